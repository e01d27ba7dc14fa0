/* The browser is killed in the middle of edits, as by a dying battery: what was shown as saved is there afterwards. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Person } from "./harness/person.mjs";

/** How often it is killed. `KILLS=100` for a long look. */
const KILLS = Number(process.env.KILLS ?? 4);

/** Every process of the browser whose profile lies in the folder. */
const kill = (folder) => spawnSync("pkill", ["-KILL", "-f", `user-data-dir=${folder}`]);

const later = (time) => new Promise((done) => setTimeout(done, time));

/** Prices a deal again and again until the browser dies; returns the last price that was shown as saved. */
async function pricesUntilKilled(person, deal, from) {
  for (let price = from; ; price += 1) {
    try {
      await person.prices(deal, String(price));
    } catch {
      return price - 1;
    }
  }
}

/** Waits for what happened with the deal; where it does not come, the failure tells what the page shows instead. */
async function comesBack(page) {
  try {
    await page.getByTestId("timeline").waitFor();
  } catch (error) {
    throw new Error(`the page shows: ${await page.locator("body").innerText()}`, { cause: error });
  }
}

async function priceOf(page) {
  const words = await page.locator("button.value[data-field=amount]").innerText();
  return Number(words.replace(/[^0-9.]/g, ""));
}

test(`a browser killed ${KILLS} times in the middle of edits loses nothing that it showed as saved`, async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const profile = await world.folder();
  let person = await Person.joins(await world.deviceWithProfile(profile, "desktop"), relay.invitation, "Wang");
  const [stage] = await person.stages();
  const deal = await person.opensDeal(stage, { title: "Cold chain", company: "Xianda", amount: "1" });
  await person.settled();
  let price = 1;
  for (let round = 0; round < KILLS; round += 1) {
    if (round % 2) await person.device.goOffline();
    const edits = pricesUntilKilled(person, deal, price + 1);
    await later(200 + Math.random() * 800);
    kill(profile);
    const saved = await edits;
    const device = await world.deviceWithProfile(profile, "desktop");
    person = new Person(device, await device.visit(`${relay.url}/#/deal/${deal}`));
    await comesBack(person.page);
    price = await priceOf(person.page);
    assert.ok(price === saved || price === saved + 1, `round ${round}: ${saved} was shown as saved, ${price} is there`);
  }
  await person.settled();
  const other = await Person.joins(await world.device("desktop"), await person.invites(), "Li");
  await other.settled();
  await other.deal(deal);
  assert.equal(await priceOf(other.page), price, "the relay got everything");
  const priced = other.page.getByTestId("timeline").locator("li", { hasText: /amount/i });
  t.diagnostic(`${KILLS} kills, the price went up to ${price}, ${await priced.count()} changes of it are told`);
});
