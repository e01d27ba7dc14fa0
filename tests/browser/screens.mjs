/*
 * Pictures of every screen on phone, tablet and desktop, in both themes and languages, for people to look at:
 *
 *   node tests/browser/screens.mjs [phone|tablet|desktop …]
 *
 * They lie in target/screens; index.html there shows them side by side. What is longer than its screen is there
 * twice: as it is seen, and whole.
 */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { World } from "./harness.mjs";
import { inBothLanguages, walk } from "./harness/screens.mjs";

const FOLDER = fileURLToPath(new URL("../../target/screens", import.meta.url));
const KINDS = process.argv.length > 2 ? process.argv.slice(2) : ["phone", "tablet", "desktop"];

const taken = [];

async function picture(name, page) {
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: "disabled" });
  taken.push(name);
}

/** The screen as it would be if it were as high as what it shows. */
async function wholePicture(name, page) {
  const size = page.viewportSize();
  const hidden = await page.evaluate(() => {
    const main = document.querySelector("dialog[open]") ?? document.querySelector("#content");
    return main ? main.scrollHeight - main.clientHeight : 0;
  });
  if (hidden <= 0) return;
  await page.setViewportSize({ width: size.width, height: size.height + hidden });
  await picture(`${name}-whole`, page);
  await page.setViewportSize(size);
}

const figure = (name) => `<figure><a href="${name}.png"><img loading="lazy" src="${name}.png"></a><figcaption>${name}</figcaption></figure>`;
const page = (names) => `<!doctype html><meta charset="utf-8"><title>Screens</title>
<style>body{font:14px sans-serif;background:#999}figure{display:inline-block;margin:6px}img{height:420px}</style>${names.map(figure).join("\n")}`;

const closers = [];
const world = new World({ after: (close) => closers.push(close) });
try {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  await inBothLanguages(world, async (relay, story, lang) => {
    for (const kind of KINDS) {
      await walk(world, relay, story, kind, async (screen, theme, page) => {
        const name = [screen, kind, theme, lang.slice(0, 2)].join("-");
        await picture(name, page);
        await wholePicture(name, page);
      });
    }
  });
  await writeFile(join(FOLDER, "index.html"), page(taken.sort()));
  console.log(`${taken.length} pictures: ${join(FOLDER, "index.html")}`);
} finally {
  for (const close of closers) await close();
}
