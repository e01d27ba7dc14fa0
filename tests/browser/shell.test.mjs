/* The app as a thing that is delivered: served, painted, installed, started offline, replaced by a newer one. */
import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { World, app, auditAccessibility } from "./harness.mjs";

/** One request as a browser makes it, with the answer as it came over the line. */
function ask(address) {
  return new Promise((resolve, reject) => {
    const request = http.get(address, { headers: { "accept-encoding": "gzip, br" }, agent: false }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.on("error", reject);
  });
}

test("every file is served compressed and may be kept for as long as it is true", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const files = await app.files();
  const served = files.filter((file) => !file.endsWith(".br"));
  assert.ok(served.some((file) => file.endsWith(".wasm")), "the app has a program");
  for (const file of served) {
    const { status, headers, body } = await ask(`${relay.url}/${file}`);
    const compressed = files.includes(`${file}.br`);
    assert.equal(status, 200, file);
    assert.equal(headers["content-encoding"], compressed ? "br" : undefined, file);
    assert.deepEqual(body, await app.read(compressed ? `${file}.br` : file), file);
    assert.match(headers["cache-control"], file.startsWith("assets/") ? /immutable/ : /no-cache/, file);
    if (file.endsWith(".wasm")) assert.equal(headers["content-type"], "application/wasm");
  }
});

test("an asset that does not exist is missing, never the page", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  assert.equal((await ask(`${relay.url}/assets/app-0000000000000000.js`)).status, 404);

  const device = await world.device("phone");
  const page = await device.visit(relay.url);
  await device.readyForOffline();
  const status = await page.evaluate(async () => (await fetch("/assets/app-0000000000000000.js")).status);
  assert.equal(status, 404, "through the service worker");
});

test("the shell is painted before the program is there and gives way to it", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.device("phone");
  const page = await device.page();
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route("**/*.wasm", async (route) => (await held, route.continue()));
  await page.goto(relay.url, { waitUntil: "commit" });
  await page.locator("#shell .columns").waitFor({ state: "visible" });
  release();
  await device.drawn();
  assert.deepEqual(device.problems, []);
});

for (const [lang, expected] of [["zh-CN", "zh-CN"], ["zh-TW", "zh-CN"], ["en-GB", "en"]]) {
  test(`a browser that prefers ${lang} gets ${expected}`, async (t) => {
    const world = new World(t);
    const relay = await world.relay();
    const page = await (await world.device("phone", { lang })).visit(relay.url);
    assert.equal(await page.evaluate(() => document.documentElement.lang), expected);
  });
}

test("colours follow the system until a theme is chosen", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const lightness = (page) =>
    page.evaluate(() => Number(/oklch\(([\d.]+)/.exec(getComputedStyle(document.body).backgroundColor)[1]));
  const device = await world.device("desktop", { scheme: "dark" });
  const page = await device.visit(relay.url);
  assert.ok((await lightness(page)) < 0.3, "dark, as the system is");
  await page.evaluate(() => localStorage.setItem("theme", "light"));
  await device.visit(relay.url);
  assert.ok((await lightness(page)) > 0.9, "light, as chosen");
  const bars = await page.locator('meta[name="theme-color"]').evaluateAll((metas) => metas.map((meta) => meta.content));
  assert.equal(bars[0], bars[1], "the browser's own bar follows the choice");
});

test("a program that cannot start says in both languages that the data is safe", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const page = await (await world.device("phone")).page();
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(relay.url);
  const fault = page.getByRole("alertdialog");
  await fault.waitFor();
  assert.match(await fault.innerText(), /数据已保存在本机.*Your data is saved on this device/s);
  assert.deepEqual(await auditAccessibility(page), []);
  await page.unroute("**/*.wasm");
  await fault.getByRole("button").click();
  await page.locator("#app > *").first().waitFor({ state: "attached" });
});

test("a failure while running shows its first cause", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const page = await (await world.device("phone")).visit(relay.url);
  await page.evaluate(() => (sluicePanic("first cause"), sluicePanic("what it led to")));
  assert.equal(await page.locator("#fault pre").textContent(), "first cause");
});

test("text from outside cannot run as a script", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const page = await (await world.device("desktop")).visit(relay.url);
  const ran = await page.evaluate(async () => {
    const image = document.createElement("div");
    image.innerHTML = '<img src="data:," onerror="window.ran = true">';
    document.body.append(image);
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.body.append(script);
    await new Promise((later) => setTimeout(later, 100));
    return window.ran === true;
  });
  assert.equal(ran, false);
});

test("the app can be installed", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.deviceWithProfile(await world.folder(), "phone");
  await device.visit(relay.url);
  await device.readyForOffline();
  const protocol = await device.protocol();
  const { errors, data } = await protocol.send("Page.getAppManifest");
  assert.deepEqual(errors, []);
  assert.deepEqual(JSON.parse(data).icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`), [
    "192x192 any",
    "512x512 any",
    "512x512 maskable",
  ]);
  const { installabilityErrors } = await protocol.send("Page.getInstallabilityErrors");
  assert.deepEqual(installabilityErrors, []);
});

test("the app starts cold with the relay stopped", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const profile = await world.folder();
  const before = await world.deviceWithProfile(profile, "phone");
  await before.visit(relay.url);
  await before.readyForOffline();
  await before.close();
  await relay.stop();

  const after = await world.deviceWithProfile(profile, "phone");
  await after.visit(relay.url);
  await after.visit(`${relay.url}/any/address/of/the/app`);
});

test("a browser that cannot read the files it keeps asks the relay for them", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const device = await world.device("desktop");
  const page = await device.visit(relay.url);
  await device.readyForOffline();
  const [worker] = device.context.serviceWorkers();
  await worker.evaluate(() => {
    caches.open = () => (self.asked = true, Promise.reject(new DOMException("not yet, for the test", "UnknownError")));
  });
  await page.reload();
  await device.drawn();
  assert.equal(await worker.evaluate(() => self.asked), true, "the worker was asked and could not read");
});

test("a newer version waits, is offered, and replaces the old one without touching data", async (t) => {
  const world = new World(t);
  const folder = await world.copyOfApp();
  const relay = await world.relay({ app: folder });
  const device = await world.device("desktop");
  const page = await device.visit(relay.url);
  await device.readyForOffline();
  await page.evaluate(() => localStorage.setItem("entered", "kept"));

  const newer = await deployNewer(folder);
  await page.evaluate(async () => {
    const offered = new Promise((resolve) => addEventListener("sluice-update", resolve, { once: true }));
    await (await navigator.serviceWorker.ready).update();
    await offered;
  });
  assert.notEqual(await version(page), newer, "nothing changes under a running app");
  assert.equal(await page.evaluate(() => sluiceUpdate.waiting), true);

  await Promise.all([page.waitForEvent("load"), page.evaluate(() => sluiceUpdate.apply())]);
  await device.drawn();
  assert.equal(await version(page), newer);
  assert.equal(await page.evaluate(() => localStorage.getItem("entered")), "kept");
  await device.goOffline();
  await page.reload();
  await device.drawn();
  assert.equal(await version(page), newer, "the new version is the one kept for offline use");
});

const version = (page) => page.locator('meta[name="sluice-version"]').getAttribute("content");

/** Puts a version that differs only in its name where the relay serves from. */
async function deployNewer(folder) {
  const { version } = JSON.parse(await readFile(join(folder, "version.json"), "utf8"));
  const newer = version.split("").reverse().join("") + "-newer";
  for (const file of ["index.html", "sw.js", "version.json"]) {
    const text = await readFile(join(folder, file), "utf8");
    await writeFile(join(folder, file), text.replaceAll(version, newer));
    await rm(join(folder, `${file}.br`));
  }
  return newer;
}
