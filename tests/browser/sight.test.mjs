/* Who sees which deals: a rep who sees own deals only, deals that go to and fro, and what was done before anybody heard. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Person } from "./harness/person.mjs";

const settings = async (person) => {
  await person.goTo("#/board");
  await person.goTo("#/settings");
  await person.page.getByTestId("devices").locator("li").first().waitFor();
};

/** Chooses something about a member, and waits until the relay has it. */
const decides = async (person, choose) => {
  await settings(person);
  const amended = person.page.waitForResponse((response) => response.url().endsWith("/amend") && response.ok());
  await choose(person.page);
  await amended;
};

const seesOnly = (person, name, what) =>
  decides(person, (page) => page.getByLabel(`${name} sees`).selectOption({ label: what }));

/** Gives a deal to somebody. */
const gives = async (person, deal, name) => {
  await person.deal(deal);
  await person.page.locator("button.value[data-field=owner]").click();
  await person.page.getByTestId("form").locator("select").selectOption({ label: name });
  await person.page.getByTestId("form").locator("[type=submit]").click();
  await person.page.getByTestId("form").waitFor({ state: "detached" });
  await person.settled();
};

const card = (person, deal) => person.page.locator(`[data-testid=card][data-deal="${deal}"]`);

/** What the day says of deals that changed hands. */
const handed = async (person) => {
  await person.goTo("#/today");
  const part = person.page.locator("[data-section=handed]");
  await part.waitFor();
  return part.innerText();
};

/** Everything that lies in the storage of a device, as names. */
const stored = (page) =>
  page.evaluate(async () => {
    const [{ name }] = (await indexedDB.databases()).filter(({ name }) => /^sluice-[0-9a-f]{32}$/.test(name));
    const database = await new Promise((done) => (indexedDB.open(name).onsuccess = ({ target }) => done(target.result)));
    const keys = ["chunks", "cards", "outbox"].map(
      (store) =>
        new Promise((done) => {
          const ask = database.transaction(store).objectStore(store)[store === "outbox" ? "getAll" : "getAllKeys"]();
          ask.onsuccess = () => done(ask.result);
        }),
    );
    return (await Promise.all(keys)).flat().join("\n");
  });

test("a rep sees own deals only, loses one that is given away, is told, and gets the one that is handed over", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  const mei = await Person.joins(await world.device("desktop"), await wang.invites(), "Mei");
  const [stage] = await wang.stages();
  const others = await wang.opensDeal(stage, { title: "Harbour crane", company: "Dongling", amount: "1" });
  const own = await mei.opensDeal(stage, { title: "Tide gate", company: "Xianda", amount: "2" });
  await Promise.all([wang.settled(), mei.settled()]);
  await card(mei, others).waitFor();

  await seesOnly(wang, "Mei", "Own deals");
  await card(mei, others).waitFor({ state: "detached" });
  await mei.page.getByTestId("partial").filter({ hasText: "You see your own deals" }).waitFor();
  await card(mei, own).waitFor();
  assert.ok(!(await stored(mei.page)).includes(others), "nothing of it lies on the device any more");
  await mei.restarts();
  await mei.board();
  await card(mei, own).waitFor();
  assert.equal(await card(mei, others).count(), 0);

  await wang.board();
  await card(wang, own).waitFor();
  await gives(wang, own, "Wang");
  await card(mei, own).waitFor({ state: "detached" });
  const told = await handed(mei);
  assert.match(told, /Tide gate/);
  assert.match(told, /is now with Wang/);
  assert.doesNotMatch(told, /Harbour crane/, "what was never Mei's is no loss");
  assert.ok(!(await stored(mei.page)).includes(own));

  await gives(wang, others, "Mei");
  await mei.board();
  await card(mei, others).waitFor();
  assert.match(await handed(mei), /Harbour crane[\s\S]*Wang handed it to you/);
  await mei.page.locator("[data-section=handed] button").first().click();
  await mei.page.locator("[data-section=handed]").filter({ hasText: "Harbour crane" }).waitFor({ state: "detached" });
  await mei.logs(others, "called them");
  await mei.settled();
  await wang.deal(others);
  await wang.page.getByTestId("timeline").getByText("called them").first().waitFor();
});

test("what a rep did offline on a deal that was given away meanwhile reaches the new owner", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  await settings(wang);
  await wang.page.getByLabel("Sees").first().selectOption({ label: "Own deals" });
  await wang.page.getByTestId("invite").click();
  const mei = await Person.joins(
    await world.device("desktop"),
    await wang.page.getByTestId("invite-link").inputValue(),
    "Mei",
  );
  const [stage] = await mei.stages();
  const deal = await mei.opensDeal(stage, { title: "Tide gate", company: "Xianda", amount: "2" });
  await mei.settled();
  const kept = await mei.opensDeal(stage, { title: "Weir", company: "Xianda", amount: "3" });
  await mei.settled();
  await wang.board();
  await card(wang, deal).waitFor();

  await mei.device.goOffline();
  await mei.logs(deal, "said offline");
  await gives(wang, deal, "Wang");
  await mei.device.goOnline();
  await mei.board();
  await card(mei, deal).waitFor({ state: "detached", timeout: 20_000 });
  await card(mei, kept).waitFor();
  await mei.settled();
  await wang.deal(deal);
  await wang.page.getByTestId("timeline").getByText("said offline").first().waitFor();
  assert.match(await handed(mei), /Tide gate[\s\S]*is now with Wang/);
});
