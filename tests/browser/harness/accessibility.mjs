/* The accessibility audit that every screen has to pass. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Serious and critical faults of what `page` shows, each with the places it was found at. */
export async function auditAccessibility(page) {
  await page.evaluate(await source);
  const { violations } = await page.evaluate(() => axe.run());
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.target).join(", ")}`);
}
