/* Fingers: a long press lifts a card, a swipe scrolls and never lifts one, and a lift that the system takes back drops nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Person } from "./harness/person.mjs";

/** Longer than a press has to be before it lifts. */
const LONG_PRESS = 400;

/** A finger, told to the browser below the page, so that the browser itself decides what scrolls. */
class Finger {
  static async on(page) {
    const finger = new Finger();
    finger.session = await page.context().newCDPSession(page);
    return finger;
  }

  #send = (type, points) => this.session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  down = (at) => this.#send("touchStart", [at]);
  up = () => this.#send("touchEnd", []);
  taken = () => this.#send("touchCancel", []);

  async moves(from, to, steps = 12) {
    for (let step = 1; step <= steps; step += 1) {
      const part = step / steps;
      await this.#send("touchMove", [{ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }]);
    }
  }
}

const middle = async (locator) => {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 200) };
};
const rests = (page, time) => page.waitForTimeout(time);

async function boardOf(t, kind) {
  const world = new World(t);
  const relay = await world.relay();
  const person = await Person.joins(await world.device(kind), relay.invitation, "Wang");
  const [first, second] = await person.stages();
  const deal = await person.opensDeal(second, { title: "Line upgrade", company: "Dongling", amount: "100" });
  const card = person.page.locator(`[data-testid=card][data-deal="${deal}"]`);
  const column = (stage) => person.page.locator(`[data-testid=column][data-stage="${stage}"]`);
  return { page: person.page, finger: await Finger.on(person.page), card, column, first, second };
}

for (const kind of ["tablet", "phone"]) {
  test(`on a ${kind} a long press carries a card to another stage`, async (t) => {
    const { page, finger, card, column, first } = await boardOf(t, kind);
    await card.scrollIntoViewIfNeeded();
    const from = await middle(card);
    await finger.down(from);
    await rests(page, LONG_PRESS);
    await page.locator(".ghost").waitFor();
    // On a phone the stage lies beyond the edge, where holding the card scrolls to it.
    const edge = { x: 8, y: from.y };
    await finger.moves(from, edge);
    await page.waitForFunction((stage) => {
      const box = document.querySelector(`[data-testid=column][data-stage="${stage}"]`).getBoundingClientRect();
      return box.left >= 0 && box.right <= innerWidth;
    }, first);
    const to = await middle(column(first));
    await finger.moves(edge, to);
    await finger.up();
    await column(first).getByTestId("card").filter({ hasText: "Line upgrade" }).waitFor();
    assert.equal(await page.locator(".ghost").count(), 0);
    assert.match(page.url(), /#\/board/, "letting go of a card is no tap on it");
  });
}

test("a swipe that begins on a card scrolls the board and lifts nothing", async (t) => {
  const { page, finger, card, second } = await boardOf(t, "phone");
  await card.scrollIntoViewIfNeeded();
  const columns = page.locator("#columns");
  const before = await columns.evaluate((element) => element.scrollLeft);
  const from = await middle(card);
  await finger.down(from);
  await finger.moves(from, { x: from.x - 220, y: from.y });
  assert.equal(await page.locator(".ghost").count(), 0);
  await finger.up();
  await page.waitForFunction((was) => document.querySelector("#columns").scrollLeft > was, before);
  await rests(page, LONG_PRESS);
  assert.equal(await page.locator(".ghost").count(), 0, "a finger that has left lifts nothing later");
  assert.equal(await card.getAttribute("data-stage"), second);
});

test("a drag that the system takes back leaves the deal where it was", async (t) => {
  const { page, finger, card, second } = await boardOf(t, "tablet");
  const from = await middle(card);
  await finger.down(from);
  await rests(page, LONG_PRESS);
  await page.locator(".ghost").waitFor();
  await finger.moves(from, { x: 60, y: from.y });
  await finger.taken();
  await page.locator(".ghost").waitFor({ state: "detached" });
  assert.equal(await card.getAttribute("data-stage"), second);
});
