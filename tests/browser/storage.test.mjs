/* Storage that fails: a full disk, a browser that gives none, connections that die. Nothing that was saved is lost. */
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { World, app } from "./harness.mjs";
import { Person, agree } from "./harness/person.mjs";

const DEAL = { title: "Line upgrade", company: "Dongling", amount: "100" };

/** What a small disk has beyond the app's own files, in bytes. */
const ROOM = 4e6;

/** A device with room for the app and a little more; `more` gives it the whole disk. */
async function deviceWithSmallDisk(world, origin) {
  const device = await world.device("desktop");
  const protocol = await device.protocol();
  const files = (await app.files()).filter((file) => !file.endsWith(".br"));
  const sizes = await Promise.all(files.map(async (file) => (await app.read(file)).length));
  const quotaSize = sizes.reduce((sum, size) => sum + size, ROOM);
  await protocol.send("Storage.overrideQuotaForOrigin", { origin, quotaSize });
  return { device, more: () => protocol.send("Storage.overrideQuotaForOrigin", { origin }) };
}

/** Fills the disk with noise. What a browser once found to be free, it gives away before it looks again. */
const fill = (page) =>
  page.evaluate(async () => {
    const database = await new Promise((opened, failed) => {
      const request = indexedDB.open("filler");
      request.onupgradeneeded = () => request.result.createObjectStore("noise", { autoIncrement: true });
      [request.onsuccess, request.onerror] = [() => opened(request.result), () => failed(request.error)];
    });
    const fits = (size) =>
      new Promise((done) => {
        const transaction = database.transaction("noise", "readwrite");
        transaction.objectStore("noise").put(new Uint8Array(size).map(() => Math.random() * 256));
        [transaction.oncomplete, transaction.onabort] = [() => done(true), () => done(false)];
      });
    for (let size = 1e6; size >= 1; size = Math.floor(size / 4)) while (await fits(size)) continue;
    database.close();
  });

const amountOf = (person) => person.page.locator("button.value[data-field=amount]");
const inMood = (person, mood) => person.page.locator(`[data-testid=sync][data-mood=${mood}]`).first().waitFor();

test("on a full disk the person is told what to do, keeps the draft, and goes on when there is room", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const { device, more } = await deviceWithSmallDisk(world, relay.url);
  const wang = await Person.joins(device, relay.invitation, "Wang");
  const [stage] = await wang.stages();
  const deal = await wang.opensDeal(stage, DEAL);
  const li = await Person.joins(await world.device("phone"), await wang.invites(), "Li");
  await wang.settled();
  await wang.deal(deal);

  await fill(wang.page);
  await amountOf(wang).click();
  const form = wang.page.getByTestId("form");
  await form.locator("[name=amount]").fill("250");
  await form.locator("[type=submit]").click();
  await inMood(wang, "problem");
  assert.match(await wang.badge().innerText(), /disk is full.*free space/i, "the badge says what and what to do");
  await form.locator(".problem:not(:empty)").waitFor();
  assert.match(await form.locator(".problem").innerText(), /disk is full.*free space/i, "so does the form");
  assert.equal(await form.locator("[name=amount]").inputValue(), "250", "the draft is kept");
  assert.equal(await wang.waiting(), 0, "nothing waits that was not saved");

  await li.logs(deal, "seen by Li");
  await li.settled();
  await wang.restarts();
  await wang.deal(deal);
  assert.match(await amountOf(wang).innerText(), /100/, "what was saved is there after a restart on the full disk");

  await more();
  await wang.prices(deal, "250");
  await wang.settled();
  assert.equal(await wang.badge().getAttribute("data-mood"), "good", "the trouble is over");
  await agree(wang, li, 20_000);
  await wang.restarts();
  await wang.deal(deal);
  assert.match(await amountOf(wang).innerText(), /250/);
  assert.match(await wang.page.getByTestId("timeline").innerText(), /seen by Li/, "and so is what arrived meanwhile");
});

test("an import that fills the disk says where it stopped, keeps what was saved, and can be done again", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const { device, more } = await deviceWithSmallDisk(world, relay.url);
  const wang = await Person.joins(device, relay.invitation, "Wang");
  const file = join(await world.folder(), "deals.csv");
  const rows = Array.from({ length: 6_000 }, (_, n) => `S${n},Deal ${n},Company ${n % 50},${n + 1},Identified`);
  await writeFile(file, ["id,Deal Name,Company,Amount,Stage", ...rows].join("\n"));
  await wang.settled();

  await wang.tries(file);
  await wang.page.getByTestId("run").click();
  await wang.page.waitForFunction(() => document.querySelector("[data-testid=import-state] progress")?.value >= 1_500);
  await fill(wang.page);
  const state = wang.page.locator("[data-testid=import-state][data-state=stopped]");
  await state.waitFor({ timeout: 60_000 });
  assert.match(await state.innerText(), /stopped.*disk is full.*free space/i);
  await wang.restarts();
  await wang.board();
  const kept = Number(await wang.page.getByTestId("column").first().getAttribute("data-count"));
  t.diagnostic(`${kept} of 6,000 deals were saved before the disk was full`);
  assert.ok(kept > 0 && kept < 6_000, `${kept} deals were saved before the disk was full`);

  await more();
  await wang.imports(file, 6_000 - kept);
  await wang.board();
  assert.equal(await wang.page.getByTestId("column").first().getAttribute("data-count"), "6000");
  await wang.settled(60_000);
});

/** Whether the browser lets sites store anything, as its own settings say. */
async function setSiteData(profile, allowed) {
  await mkdir(join(profile, "Default"), { recursive: true });
  const cookies = allowed ? 1 : 2;
  const preferences = { profile: { default_content_setting_values: { cookies } } };
  await writeFile(join(profile, "Default/Preferences"), JSON.stringify(preferences));
}

async function tellsTheWayOut(page) {
  const told = page.getByTestId("failed");
  await told.waitFor();
  assert.match(await told.innerText(), /refuses to store.*allow storage/i);
  await told.getByRole("button").waitFor();
}

test("a browser that gives no storage says so before a link is used up, and joins when it gives some", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const profile = await world.folder();
  await setSiteData(profile, false);
  const denied = await world.deviceWithProfile(profile, "phone");
  await tellsTheWayOut(await denied.visit(relay.invitation));
  await denied.close();

  await setSiteData(profile, true);
  const person = await Person.joins(await world.deviceWithProfile(profile, "phone"), relay.invitation, "Wang");
  const [stage] = await person.stages();
  await person.opensDeal(stage, DEAL);
  await person.settled();
});

test("storage that is denied later is named with the way out, and what was saved is there again after it", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.device("desktop");
  const person = await Person.joins(device, relay.invitation, "Wang");
  const [stage] = await person.stages();
  const deal = await person.opensDeal(stage, DEAL);
  await device.goOffline();
  await person.prices(deal, "333");
  const digest = await person.digest();

  const page = await device.context.newPage();
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("denied for the test", "SecurityError");
    };
  });
  await page.goto(relay.url);
  await tellsTheWayOut(page);
  await page.close();

  await person.restarts();
  await person.page.waitForFunction((shown) => document.querySelector("[data-testid=digest]")?.textContent === shown, digest);
  assert.ok((await person.waiting()) > 0);
  await device.goOnline();
  await person.settled();
});

test("a browser that does not tell which databases there are starts as a new device", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const page = await (await world.device("phone")).page();
  await page.addInitScript(() => delete IDBFactory.prototype.databases);
  await page.goto(relay.url);
  await page.getByTestId("join").waitFor();
});

/** Opens a deal in a tab whose browser fails so many times to open databases, or to tell which there are. */
async function opensWhileRepairing(person, deal, method, failures) {
  // As after a power cut: the browser had not yet written its small storage down, and repairs the large one.
  await person.page.evaluate(() => localStorage.clear());
  const page = await person.device.context.newPage();
  await page.addInitScript(
    ([method, failures]) => {
      const error = new DOMException("not yet, for the test", "UnknownError");
      const fails = {
        databases: () => Promise.reject(error),
        open: (open) => {
          open("repaired", 2);
          const request = open("repaired", 1); // Fails, as the first one has it.
          Object.defineProperty(request, "error", { value: error });
          return request;
        },
      };
      const { [method]: works } = IDBFactory.prototype;
      IDBFactory.prototype[method] = function (...args) {
        const left = Number(sessionStorage.getItem("failures") ?? failures);
        sessionStorage.setItem("failures", String(left - 1));
        return left > 0 ? fails[method](works.bind(this)) : works.apply(this, args);
      };
    },
    [method, failures],
  );
  await page.goto(`${new URL(person.page.url()).origin}/#/deal/${deal}`);
  return page;
}

for (const method of ["open", "databases"]) {
  test(`a device whose storage is being repaired (${method}) waits, then says so, and is never taken for a new one`, async (t) => {
    const world = new World(t);
    const relay = await world.relay();
    const person = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
    const [stage] = await person.stages();
    const deal = await person.opensDeal(stage, DEAL);

    const short = await opensWhileRepairing(person, deal, method, 3);
    await short.getByTestId("timeline").waitFor();
    await short.close();

    const long = await opensWhileRepairing(person, deal, method, 4);
    const told = long.getByTestId("failed");
    await told.waitFor();
    assert.match(await told.innerText(), /UnknownError/, "what the browser said is named");
    assert.doesNotMatch(await told.innerText(), /private/i, "and not taken for a refusal");
    await told.getByRole("button").click();
    await long.getByTestId("timeline").waitFor();
  });
}

test("a browser that never answers whether it opened the storage leaves a way out", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.device("phone");
  const person = await Person.joins(device, relay.invitation, "Wang");
  await person.settled();
  const page = await device.context.newPage();
  await page.addInitScript(() => {
    if (sessionStorage.getItem("silent")) return;
    sessionStorage.setItem("silent", "yes");
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function () {
      window.kept = open.call(this, "silent", 1);
      return open.call(this, "silent", 2); // Waits for the first one to be closed, which nobody does.
    };
  });
  await page.goto(relay.url);
  await page.getByRole("status").first().waitFor();
  const wayOut = page.getByRole("button");
  assert.equal(await wayOut.count(), 0, "who waits for a moment is not asked to do anything");
  await wayOut.click();
  await page.getByTestId("sync").first().waitFor();
});

/** Runs in the page: `cut()` ends its connections to IndexedDB, `cutNextWrite()` does so in the middle of a write. */
function holdConnections() {
  const connections = new Set();
  let armed = false;
  window.cut = () => {
    for (const each of connections) each.close();
    connections.clear();
  };
  window.cutNextWrite = () => (armed = true);
  window.isCut = () => !armed;
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = function (...args) {
    const request = open.apply(this, args);
    request.addEventListener("success", () => connections.add(request.result));
    return request;
  };
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...args) {
    const request = put.apply(this, args);
    if (armed) {
      armed = false;
      request.addEventListener("success", () => (this.transaction.abort(), window.cut()));
    }
    return request;
  };
}

test("connections to the storage that die, at rest and in the middle of writing, cost nothing", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.device("desktop");
  await device.context.addInitScript(holdConnections);
  const wang = await Person.joins(device, relay.invitation, "Wang");
  const [stage] = await wang.stages();
  const deal = await wang.opensDeal(stage, DEAL);
  const li = await Person.joins(await world.device("phone"), await wang.invites(), "Li");
  await wang.settled();

  await wang.page.evaluate(() => cut());
  await wang.prices(deal, "111");
  for (let note = 0; note < 10; note += 1) {
    await wang.page.evaluate((delay) => setTimeout(() => cut(), delay), 40 * note);
    await wang.logs(deal, `note ${note}`);
  }
  await wang.settled();
  await agree(wang, li, 20_000);

  await wang.restarts();
  await wang.page.evaluate(() => cutNextWrite());
  await wang.prices(deal, "222");
  assert.ok(await wang.page.evaluate(() => isCut()), "a write was cut");
  await wang.settled();
  assert.equal(await wang.badge().getAttribute("data-mood"), "good", "no trouble is left");
  await agree(wang, li, 20_000);
  await wang.restarts();
  await wang.deal(deal);
  assert.match(await amountOf(wang).innerText(), /222/);
  const timeline = await wang.page.getByTestId("timeline").innerText();
  for (let note = 0; note < 10; note += 1) assert.match(timeline, new RegExp(`note ${note}`));
});
