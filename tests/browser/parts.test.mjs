/* The parts of the program that the first screen does without: loaded after it, kept for offline use, asked for again. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { World, app } from "./harness.mjs";
import { Person } from "./harness/person.mjs";

const LATER = /\/assets\/((?!app-)[^/]*\.wasm|later-[^/]*\.css)$/;
const KEYS = /\/assets\/split_keys-[^/]*\.wasm$/;
const OTHERS = /\/assets\/(split_(later|mail|codes)-[^/]*\.wasm|later-[^/]*\.css)$/;

const MAIL = [
  "From: =?gb2312?B?1tzD9A==?= <zhou@example.com>",
  "Date: Tue, 2 Jun 2026 09:30:00 +0800",
  "Subject: =?UTF-8?Q?=E5=90=88=E5=90=8C?=",
  "Content-Type: text/plain; charset=gb18030",
  "Content-Transfer-Encoding: base64",
  "",
  "ztLDx82s0uKhow==",
].join("\r\n");

test("a new device needs what signs for its first board, and nothing of the parts for the other screens", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.device("desktop", { worker: false });
  const page = await device.page();
  const [signing, others] = [await holds(page, KEYS), await holds(page, OTHERS)];
  await device.visit(relay.invitation);
  await page.getByTestId("join").locator("[name=name]").fill("Li");
  await page.getByTestId("join").locator("[type=submit]").click();
  await page.getByRole("button", { name: "Joining…" }).waitFor();
  signing();
  await page.getByTestId("column").first().waitFor();
  await page.evaluate(() => (location.hash = "#/settings"));
  await page.locator("#content [role=status]").waitFor();
  others();
  await page.locator("#content .settings").waitFor();
  assert.deepEqual(device.problems, []);
});

/** Files of this name wait until what is returned is called. */
const holds = async (page, files) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(files, async (route) => (await held, route.continue()));
  return release;
};

test("the first screen is drawn from cards while the parts for the others are still on their way", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const li = await Person.joins(await world.device("desktop"), relay.invitation, "Li");
  const [stage] = await li.stages();
  await li.opensDeal(stage, { title: "Cold chain", company: "Fresh & Far", amount: "420000" });
  await li.settled();
  await forgetsProgram(li.page);

  const release = await holds(li.page, LATER);
  await li.page.reload();
  await li.page.getByTestId("card").filter({ hasText: "Cold chain" }).waitFor();
  await li.goTo("#/settings");
  await li.page.locator("#content [role=status]").waitFor();
  release();
  await li.page.locator("#content .settings").waitFor();
  assert.deepEqual(li.device.problems, []);
});

/** The browser has the data of the app and nothing of its program, as when a new version comes. */
const forgetsProgram = (page) =>
  page.evaluate(async () => {
    for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
  });

test("a part that could not be loaded is said so and loaded when asked again", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.device("phone", { worker: false });
  const page = await device.page();
  await page.route(LATER, (route) => route.abort());
  await device.visit(relay.invitation);
  const join = page.getByTestId("join");
  await join.locator("[name=name]").fill("Li");
  await join.locator("[type=submit]").click();
  await join.getByText("cannot be reached").waitFor();
  await page.unroute(LATER);
  await join.locator("[type=submit]").click();
  await page.getByTestId("today").waitFor();
  await page.evaluate(() => (location.hash = "#/settings"));
  await page.getByTestId("part-missing").waitFor();
  await page.getByTestId("part-missing").getByRole("button").click();
  await page.locator("#content .settings").waitFor();
  await page.locator(".team li", { hasText: "Li" }).waitFor();
});

test("a mail tells a proof who wrote what and when, without a network", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const li = await Person.joins(await world.device("phone"), relay.invitation, "Li");
  const [, stage] = await li.stages();
  const deal = await li.opensDeal(stage, { title: "Cold chain", company: "Fresh & Far", amount: "420000" });
  await li.settled();
  await li.device.goOffline();
  await li.restarts();

  await li.deal(deal);
  await li.page.getByTestId("remedy").first().click();
  const form = li.page.getByTestId("form");
  await form.locator("input[name=file]").setInputFiles([
    { name: "合同.eml", mimeType: "message/rfc822", buffer: Buffer.from(MAIL) },
  ]);
  await form.locator(".files li").waitFor();
  await li.page.waitForFunction(() => document.querySelector("[data-testid=form] [name=quote]").value !== "");
  assert.equal(await form.locator("[name=from]").inputValue(), "周敏");
  assert.equal(await form.locator("[name=day]").inputValue(), "2026-06-02");
  assert.equal(await form.locator("[name=quote]").inputValue(), "我们同意。");
  await form.locator("[type=submit]").click();
  await li.page.locator("blockquote", { hasText: "我们同意。" }).waitFor();
});

test("every part is kept for offline use", async () => {
  const parts = (await app.files()).filter((file) => file.endsWith(".wasm"));
  const worker = (await app.read("sw.js")).toString();
  assert.ok(parts.length >= 3, `there are parts: ${parts}`);
  for (const part of parts) assert.ok(worker.includes(`"/${part}"`), part);
});
