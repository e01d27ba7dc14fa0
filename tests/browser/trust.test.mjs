/* Who belongs to a workspace: lost phones, roles that change while somebody is away, and the way back for the owner. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Person, agree } from "./harness/person.mjs";

const settings = async (person) => {
  await person.goTo("#/board");
  await person.goTo("#/settings");
  await person.page.getByTestId("devices").locator("li").first().waitFor();
};

const deviceOf = (person, name) => person.page.getByTestId("devices").locator("li").filter({ hasText: name });

const givesRole = async (person, name, role) => {
  await settings(person);
  const amended = person.page.waitForResponse((response) => response.url().endsWith("/amend") && response.ok());
  await person.page.getByLabel(`Role of ${name}`).selectOption({ label: role });
  await amended;
};

/** What lies in storage as this device's key. */
const storedKey = (page) =>
  page.evaluate(async () => {
    const [{ name }] = (await indexedDB.databases()).filter(({ name }) => /^sluice-[0-9a-f]{32}$/.test(name));
    const database = await new Promise((done) => (indexedDB.open(name).onsuccess = ({ target }) => done(target.result)));
    const ask = database.transaction("meta").objectStore("meta").get("key");
    const key = await new Promise((done) => (ask.onsuccess = () => done(ask.result)));
    return { kind: key.constructor.name, extractable: key.extractable, type: key.type };
  });

test("a lost phone is removed from another device, cut off at once, and keeps what it has", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  const mei = await Person.joins(await world.device("phone"), await wang.invites(), "Mei");
  assert.deepEqual(await storedKey(mei.page), { kind: "CryptoKey", extractable: false, type: "private" });
  const [stage] = await wang.stages();
  const deal = await wang.opensDeal(stage, { title: "Tide gate", company: "Dongling", amount: "1" });
  await agree(wang, mei, 20_000);

  await settings(wang);
  assert.equal(await wang.page.getByTestId("devices").locator("li").count(), 3, "two people and the console");
  await wang.page.getByTestId("devices").getByText(/this device/).waitFor();
  const remove = deviceOf(wang, "Mei").getByTestId("remove-device");
  await remove.click();
  await remove.filter({ hasText: "Press again" }).click();
  await deviceOf(wang, "Mei").waitFor({ state: "detached" });
  await mei.page.getByText("this device was removed from the workspace").first().waitFor({ state: "attached" });
  await mei.restarts();
  await mei.deal(deal);
  assert.match(await mei.page.locator("h1").first().innerText(), /Tide gate/);
  await mei.page.getByText("this device was removed from the workspace").first().waitFor({ state: "attached" });
  assert.equal((relay.log.match(/a device was not let in/g) ?? []).length, 1, "its next greeting was refused, once");

  await mei.page.goto(await wang.invites());
  await mei.page.getByTestId("join").locator("[name=name]").fill("Mei");
  await mei.page.getByTestId("join").locator("[type=submit]").click();
  await mei.page.getByTestId("today").waitFor();
  await agree(wang, mei, 20_000);
});

test("what a role may not write stays on the device until the role is back", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  const mei = await Person.joins(await world.device("desktop"), await wang.invites(), "Mei");
  const [stage] = await mei.stages();
  await agree(wang, mei, 20_000);
  await mei.device.goOffline();
  const deal = await mei.opensDeal(stage, { title: "Far away", company: "Dongling", amount: "1" });
  await givesRole(wang, "Mei", "Viewer");
  await mei.device.goOnline();
  await mei.badge().filter({ hasText: "stay on this device" }).waitFor({ timeout: 20_000 });
  await wang.board();
  assert.equal(await wang.page.getByText("Far away").count(), 0);
  await givesRole(wang, "Mei", "Rep");
  await agree(wang, mei, 20_000);
  await wang.deal(deal);
});

test("the last owner comes back with the printed code, once", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("phone"), relay.invitation, "Wang");
  await settings(wang);
  await wang.page.getByTestId("make-recovery").click();
  const code = await wang.page.getByTestId("recovery-code").innerText();
  assert.match(code, /^([0-9A-Z]{4}-){9}[0-9A-Z]{4}$/);
  const types = async (device) => {
    const page = await device.visit(relay.url);
    await page.getByTestId("join").locator("[name=link]").fill(code.toLowerCase());
    await page.getByTestId("join").locator("[name=name]").fill("Wang");
    await page.getByTestId("join").locator("[type=submit]").click();
    return page;
  };
  const device = await world.device("desktop");
  const again = new Person(device, await types(device));
  await again.board();
  await settings(again);
  const lost = again.page.getByTestId("devices").locator("li").filter({ hasText: "last seen" }).filter({ hasText: "Wang" });
  await lost.getByTestId("remove-device").click();
  await lost.getByTestId("remove-device").click();
  await wang.page.getByText("this device was removed from the workspace").first().waitFor({ state: "attached" });
  const late = await types(await world.device("desktop"));
  await late.getByText("does not know this link").waitFor();
});

/** What a camera sees of it, with what lies around it, in a size that a camera has. */
const photo = async (shown) => {
  await shown.scrollIntoViewIfNeeded();
  const { x, y } = await shown.boundingBox();
  const clip = { x: Math.max(0, x - 100), y: Math.max(0, y - 100), width: 640, height: 480 };
  return shown.page().screenshot({ type: "jpeg", quality: 90, clip });
};

test("a phone joins by looking at the code on another screen", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  await wang.invites();
  const seen = join(await world.folder(), "seen.mjpeg");
  await writeFile(seen, await photo(wang.page.locator(".qr")));
  const device = await world.deviceWithProfile(await world.folder(), "phone", { seen });
  const page = await device.visit(relay.url);
  await page.getByTestId("scan").click();
  await page.waitForFunction(() => document.querySelector("[name=link]").value.includes("/join/"));
  await page.locator("[name=name]").fill("Li");
  await page.getByTestId("join").locator("[type=submit]").click();
  await page.getByTestId("today").waitFor();
  await agree(wang, new Person(device, page), 20_000);
  assert.deepEqual(device.problems, []);
});
