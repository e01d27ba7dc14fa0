/* The main journey: two people work the same deals in airplane mode, restart, and meet again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Person, agree } from "./harness/person.mjs";

test("two devices that worked apart in airplane mode agree when they meet, and nothing is lost", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop", { lang: "zh-CN" }), relay.invitation, "王");
  const stages = await wang.stages();
  const moved = await wang.opensDeal(stages[1], { title: "产线改造", company: "东岭精密", amount: "280000" });
  const priced = await wang.opensDeal(stages[0], { title: "冷链温控", company: "鲜达供应链", amount: "420000" });
  const proven = await wang.opensDeal(stages[1], { title: "数字孪生车间", company: "恒信汽配", amount: "1480000" });
  await wang.proves(proven, "书面确认需求");
  await wang.settled();

  const li = await Person.joins(await world.device("phone", { lang: "en-US" }), await wang.invites(), "Li");
  await li.settled();
  await wang.board();
  await agree(wang, li, 5_000);

  await Promise.all([wang.device.goOffline(), li.device.goOffline()]);
  await wang.moves(moved, stages[0]);
  await wang.prices(priced, "111");
  await wang.logs(priced, "王的电话");
  await wang.withdraws(proven);

  await li.proves(moved, "confirmed by mail");
  await li.moves(moved, stages[2]);
  await li.prices(priced, "222");
  await li.logs(priced, "Li's visit");
  await li.moves(proven, stages[2]);

  const apart = await Promise.all([wang.digest(), li.digest()]);
  assert.notEqual(apart[0], apart[1]);
  // Each move also planned the key activity of its stage.
  for (const [person, digest, made] of [[wang, apart[0], 5], [li, apart[1], 7]]) {
    await person.restarts();
    await person.page.waitForFunction(
      (shown) => document.querySelector("[data-testid=digest]")?.textContent === shown, digest);
    assert.equal(await person.waiting(), made, "every change of the flight is kept and waits");
  }

  await Promise.all([wang.device.goOnline(), li.device.goOnline()]);
  const took = await agree(wang, li, 2_000);
  t.diagnostic(`the boards were equal ${Math.round(took)} ms after both were back`);

  for (const person of [wang, li]) {
    await person.deal(priced);
    const amounts = person.page.locator("[data-testid=conflict][data-field=amount] [data-testid=version] b");
    const shown = (await amounts.allTextContents()).join(" ");
    assert.match(shown, /111/);
    assert.match(shown, /222/);
    const timeline = await person.page.getByTestId("timeline").textContent();
    assert.match(timeline, /王的电话/);
    assert.match(timeline, /Li's visit/);

    await person.deal(moved);
    assert.equal(await person.page.locator("[data-testid=conflict][data-field=stage] [data-testid=version]").count(), 2);

    await person.deal(proven);
    assert.match(await person.page.getByTestId("reopened").textContent(), /王/, "the reopened gate says by whom");
  }

  await li.deal(priced);
  await li.page.getByTestId("keep").first().click();
  await li.page.locator("[data-testid=conflict]").waitFor({ state: "detached" });
  await agree(wang, li, 2_000);
  await wang.deal(priced);
  assert.equal(await wang.page.locator("[data-testid=conflict]").count(), 0, "settling a conflict syncs");

  await wang.deal(moved);
  await wang.page.getByTestId("keep").last().click();
  await wang.page.locator("[data-testid=conflict]").waitFor({ state: "detached" });
  await agree(wang, li, 2_000);
  await li.deal(moved);
  assert.equal(await li.page.locator("[data-testid=conflict]").count(), 0, "so does settling the stage it is in");
  assert.deepEqual(wang.device.problems.filter((line) => !/ERR_INTERNET_DISCONNECTED|WebSocket/.test(line)), []);
});

test("a drop that breaks a gate is refused where it was dropped, and the way to meet it is there", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const person = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  const { page } = person;
  const stages = await person.stages();
  const deal = await person.opensDeal(stages[0], { title: "Line upgrade", company: "Dongling", amount: "100" });
  await person.device.goOffline();

  const card = page.locator(`[data-testid=card][data-deal="${deal}"]`);
  const column = page.locator(`[data-testid=column][data-stage="${stages[1]}"]`);
  await card.hover();
  await page.mouse.down();
  const target = await column.boundingBox();
  await page.mouse.move(target.x + 80, target.y + 200, { steps: 8 });
  await page.mouse.up();
  const refused = column.getByTestId("refused");
  await refused.waitFor();
  assert.equal(await refused.locator("li").count(), 1);
  assert.equal(await card.getAttribute("data-stage"), stages[0], "nothing else happened");

  await refused.locator("li button").click();
  await page.getByTestId("form").locator("[name=summary]").fill("They took the call");
  await page.getByTestId("form").locator("[type=submit]").click();
  await refused.locator("li").waitFor({ state: "detached" });
  await refused.locator("button.retry").click();
  await column.getByTestId("card").filter({ hasText: "Line upgrade" }).waitFor();

  await page.getByTestId("undo").click();
  await page.locator(`[data-testid=column][data-stage="${stages[0]}"]`).getByTestId("card").waitFor();
});
