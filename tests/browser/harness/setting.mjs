/* Where the things under test are. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** A path that whoever runs the tests has to name. */
export function setting(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`cargo xtask test\`, or set it to a path`);
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
