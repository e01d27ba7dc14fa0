/* Two tabs on one device: both work, on the same deals too, both show the same, and either may go at any moment. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Person, agree, showSame } from "./harness/person.mjs";

/** The same person in another tab of the same browser. */
async function anotherTab(person, address) {
  const tab = new Person(person.device, await person.device.context.newPage());
  await tab.page.goto(address);
  await tab.board();
  return tab;
}

const timeline = async (person, deal) => {
  await person.deal(deal);
  return person.page.getByTestId("timeline").innerText();
};

test("two tabs edit different and the same deals, offline and online, and nothing is lost", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.device("desktop");
  const left = await Person.joins(device, relay.invitation, "Wang");
  const [stage] = await left.stages();
  const deals = [];
  for (const title of ["Left", "Right", "Shared"]) deals.push(await left.opensDeal(stage, { title, company: "Dongling", amount: "1" }));
  const [own, others, shared] = deals;
  const li = await Person.joins(await world.device("phone"), await left.invites(), "Li");
  const right = await anotherTab(left, relay.url);

  await device.goOffline();
  await Promise.all([left.prices(own, "11"), right.prices(others, "22")]);
  await Promise.all([left.logs(shared, "by the left tab"), right.prices(shared, "33")]);
  for (let note = 0; note < 5; note += 1) {
    await Promise.all([left.logs(shared, `left ${note}`), right.logs(shared, `right ${note}`)]);
  }
  await showSame(left, right, 10_000);
  assert.equal(await left.waiting(), await right.waiting(), "both tabs know what waits");
  await Promise.all([left.restarts(), right.restarts()]);
  await showSame(left, right, 10_000);

  await device.goOnline();
  await agree(left, li, 20_000);
  await agree(right, li, 20_000);
  for (let note = 5; note < 8; note += 1) {
    await Promise.all([left.logs(shared, `left ${note}`), right.logs(shared, `right ${note}`), li.logs(own, `li ${note}`)]);
  }
  await agree(left, right, 20_000);
  await agree(right, li, 20_000);
  for (const person of [left, right, li]) {
    const words = await timeline(person, shared);
    for (let note = 0; note < 8; note += 1) assert.match(words, new RegExp(`left ${note}[^]*right ${note}|right ${note}[^]*left ${note}`));
    assert.match(words, /by the left tab/);
    assert.match(await person.page.locator("button.value[data-field=amount]").innerText(), /33/);
    assert.equal(await person.page.getByTestId("conflict").count(), 0, "tabs of one browser do not dispute with each other");
  }
  assert.deepEqual(device.problems.filter((line) => !/ERR_INTERNET_DISCONNECTED|WebSocket/.test(line)), []);
});

test("a tab that goes in the middle of its work leaves the link to the other, and what it saved is sent", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.device("desktop");
  const first = await Person.joins(device, relay.invitation, "Wang");
  const li = await Person.joins(await world.device("phone"), await first.invites(), "Li");
  const file = join(await world.folder(), "deals.csv");
  const rows = Array.from({ length: 3_000 }, (_, n) => `S${n},Deal ${n},Company ${n % 50},${n + 1},Identified`);
  await writeFile(file, ["id,Deal Name,Company,Amount,Stage", ...rows].join("\n"));
  const second = await anotherTab(first, relay.url);
  await second.settled();

  await first.tries(file);
  await first.page.getByTestId("run").click();
  const saved = await first.page.waitForFunction(() => {
    const done = document.querySelector("[data-testid=import-state] progress")?.value ?? 0;
    return done >= 1_000 && done;
  });
  const done = await saved.jsonValue();
  await first.page.close();

  // What was told as done, but for one transaction and the companies among the commands.
  const shows = (least) => Number(document.querySelector("[data-testid=column]")?.dataset.count) >= least;
  await second.page.waitForFunction(shows, done - 600, { timeout: 60_000 });
  await agree(second, li, 60_000);
  const column = second.page.getByTestId("column").first();
  const kept = Number(await column.getAttribute("data-count"));
  assert.ok(kept < 3_000, `${kept} deals were saved when the tab went at ${done} commands`);
  await second.imports(file, 3_000 - kept);
  await agree(second, li, 60_000);
  await second.board();
  assert.equal(await column.getAttribute("data-count"), "3000");
});

test("what a tab saved that went before it could tell is shown by the tab one turns to, and sent", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.device("desktop");
  const first = await Person.joins(device, relay.invitation, "Wang");
  const [stage] = await first.stages();
  const deal = await first.opensDeal(stage, { title: "Told by nobody", company: "Dongling", amount: "1" });
  await first.deal(deal);
  const second = await anotherTab(first, relay.url);
  await second.page.evaluate(() => {
    BroadcastChannel.prototype.postMessage = () => {};
  });

  await second.prices(deal, "77");
  await second.page.close();
  assert.doesNotMatch(await first.page.locator("button.value[data-field=amount]").innerText(), /77/, "nobody told");
  await first.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await first.page.waitForFunction(() => /77/.test(document.querySelector("button.value[data-field=amount]").innerText));
  await agree(first, await Person.joins(await world.device("phone"), await first.invites(), "Li"));
});
