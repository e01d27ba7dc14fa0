/* A profile that was copied to another machine: both are one device and write under one name, and nothing is lost. */
import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Person, agree, showSame } from "./harness/person.mjs";

const NOTES = ["early", "by the first", "by the copy", "by the copy again", "late, by the first", "late, by the copy"];

/** A device that is switched off, and the folder of a machine that got all of its profile. */
async function copyOf(world, person, profile) {
  const copy = await world.folder();
  await person.device.close();
  await cp(profile, copy, { recursive: true, filter: (file) => !file.includes("Singleton") });
  return copy;
}

/** The machine is switched on. */
async function opens(world, profile, address) {
  const device = await world.deviceWithProfile(profile, "desktop");
  const person = new Person(device, await device.visit(address));
  await person.settled();
  return person;
}

/** How often each note stands on a deal. */
async function told(person, deal) {
  await person.deal(deal);
  const timeline = person.page.getByTestId("timeline");
  const counts = NOTES.map((note) => timeline.getByText(new RegExp(`· ${note}$`)).count());
  return Promise.all(counts);
}

test("two machines with one profile edit one deal offline, come back, and both show everything once", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const profile = await world.folder();
  const wang = await Person.joins(await world.deviceWithProfile(profile, "desktop"), relay.invitation, "Wang");
  const [stage] = await wang.stages();
  const deal = await wang.opensDeal(stage, { title: "Cold chain", company: "Xianda", amount: "1" });
  await wang.logs(deal, NOTES[0]);
  const li = await Person.joins(await world.device("phone"), await wang.invites(), "Li");
  await wang.settled();

  const copy = await copyOf(world, wang, profile);
  const [first, second] = [await opens(world, profile, relay.url), await opens(world, copy, relay.url)];
  const tab = new Person(second.device, await second.device.context.newPage());
  await tab.page.goto(relay.url);
  await tab.board();
  await Promise.all([first.device.goOffline(), second.device.goOffline()]);
  await first.logs(deal, NOTES[1]);
  await second.logs(deal, NOTES[2]);
  await second.prices(deal, "250");
  await second.logs(deal, NOTES[3]);
  assert.ok((await first.waiting()) > 0 && (await second.waiting()) > 0, "both have something to send");

  await first.device.goOnline();
  await first.settled();
  await second.device.goOnline();
  await agree(first, second, 30_000);
  await agree(second, li, 30_000);
  await showSame(second, tab, 10_000);

  // They go on as two, and hear of each other though they are one device.
  await first.logs(deal, NOTES[4]);
  await second.logs(deal, NOTES[5]);
  await agree(first, second, 30_000);
  await agree(second, li, 30_000);
  for (const person of [first, second, tab, li]) assert.deepEqual(await told(person, deal), NOTES.map(() => 1));
  await second.restarts();
  assert.deepEqual(await told(second, deal), NOTES.map(() => 1), "and so it stays");
  assert.match(await second.page.locator("button.value[data-field=amount]").innerText(), /250/);
});
