/* Every screen passes the accessibility audit, in both themes and languages, small and large. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { World, auditAccessibility } from "./harness.mjs";
import { inBothLanguages, walk } from "./harness/screens.mjs";

test("no screen has a serious fault of accessibility", { timeout: 1_200_000 }, async (t) => {
  const world = new World(t);
  const faults = [];
  let audits = 0;
  await inBothLanguages(world, async (relay, story, lang) => {
    for (const kind of ["phone", "desktop"]) {
      await walk(world, relay, story, kind, async (screen, theme, page) => {
        const found = await auditAccessibility(page);
        audits += 1;
        faults.push(...found.map((fault) => `${screen}, ${kind}, ${theme}, ${lang}: ${fault}`));
      });
    }
  });
  t.diagnostic(`${audits} screens were audited`);
  assert.deepEqual(faults, []);
});
