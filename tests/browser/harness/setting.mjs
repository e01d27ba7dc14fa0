/* Where the things under test are: as the environment names them, else where a build of this project leaves them. */
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { delimiter, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const target = process.env.CARGO_TARGET_DIR ?? fileURLToPath(new URL("../../../target", import.meta.url));
const program = (name) => (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name));

const USUAL = {
  SLUICE_APP: () => [fileURLToPath(new URL("../../../target/dist", import.meta.url))],
  SLUICE_BINARY: () => [join(target, "debug/sluice"), join(target, "debug/sluice.exe")],
  CHROMIUM: () => ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].flatMap(program),
};

/** The path of a thing under test. */
export function setting(name) {
  const value = process.env[name] || USUAL[name]().find((path) => existsSync(path));
  if (!value) throw new Error(`${name} is nowhere: run \`cargo xtask test\` once, or set it to a path`);
  return value;
}

/** The built app as it lies on disk. */
export const app = {
  /** Paths of all files, below the root and with slashes. */
  async files() {
    const root = setting("SLUICE_APP");
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    return files.map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"));
  },
  read: (file) => readFile(join(setting("SLUICE_APP"), file)),
};
