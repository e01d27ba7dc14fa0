/* Files between devices: attached without a network, sent in pieces when there is one, small pictures first. */
import assert from "node:assert/strict";
import { cp, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Person } from "./harness/person.mjs";

/** A photograph that stays long, because no two of its pixels are alike. */
async function photograph(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1800, 1200);
    const context = canvas.getContext("2d");
    const noise = context.createImageData(canvas.width, canvas.height);
    for (let at = 0; at < noise.data.length; at += 65_536) crypto.getRandomValues(noise.data.subarray(at, at + 65_536));
    for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
    context.putImageData(noise, 0, 0);
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
    const text = Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join("");
    return btoa(text);
  });
  return { name: "site.jpg", mimeType: "image/jpeg", buffer: Buffer.from(bytes, "base64") };
}

async function attaches(person, deal, file) {
  await person.deal(deal);
  await person.page.getByTestId("remedy").first().click();
  const form = person.page.getByTestId("form");
  await form.locator("[name=from]").fill("Zhou Min");
  await form.locator("[name=quote]").fill("As it stands in the hall");
  await form.locator("[name=file]").setInputFiles(file);
  await form.locator(".files li").waitFor({ timeout: 20_000 });
  await form.locator("[type=submit]").click();
  await form.waitFor({ state: "detached" });
}

const shown = (person, carriage) => person.page.locator(`[data-testid=attached][data-carriage=${carriage}]`);

/** The pieces that a device sends: of which file, and from where. */
function pieces(person) {
  const sent = [];
  person.page.on("request", (request) => {
    if (request.method() !== "PATCH") return;
    sent.push({ file: request.url().split("/").at(-1), offset: Number(request.headers()["upload-offset"]) });
  });
  return sent;
}

/** What lies at the relay: whole files, or parts that are arriving. */
async function lying(relay, parts) {
  const entries = await readdir(join(relay.data, "files"), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile() && entry.name.endsWith(".part") === parts);
}

/** The longest part that has arrived at the relay. */
async function arrived(relay) {
  const parts = await lying(relay, true);
  const sizes = await Promise.all(parts.map((part) => stat(join(part.parentPath ?? part.path, part.name)).catch(() => ({ size: 0 }))));
  return Math.max(0, ...sizes.map((each) => each.size));
}

async function scene(t) {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  const [, stage] = await wang.stages();
  const deal = await wang.opensDeal(stage, { title: "Cold chain", company: "Xianda", amount: "1" });
  return { world, relay, wang, deal };
}

test("a photograph attached offline arrives at the other device: its small picture at once, all of it when it is asked for", async (t) => {
  const { world, wang, deal } = await scene(t);
  const li = await Person.joins(await world.device("phone"), await wang.invites(), "Li");
  await wang.settled();
  const photo = await photograph(wang.page);
  const sent = pieces(wang);
  await wang.device.goOffline();
  await attaches(wang, deal, photo);
  await wang.page.getByTestId("thumbnail").waitFor();
  await shown(wang, "only-here").waitFor();
  await wang.restarts();
  await wang.deal(deal);
  await shown(wang, "only-here").waitFor();
  assert.deepEqual(sent, [], "nothing left this device");

  await wang.device.goOnline();
  await shown(wang, "at-relay").waitFor({ timeout: 30_000 });
  const file = await wang.page.getByTestId("attached").getAttribute("data-file");
  assert.ok(sent.length > 3, `${sent.length} pieces`);
  assert.notEqual(sent[0].file, file, "the small picture went first");
  assert.ok(sent.slice(1).every((piece) => piece.file === file));

  await li.deal(deal);
  await li.page.getByTestId("thumbnail").waitFor({ timeout: 20_000 });
  await shown(li, "away").waitFor();
  await li.page.getByTestId("fetch-file").click();
  await shown(li, "at-relay").waitFor({ timeout: 20_000 });
  await li.device.goOffline();
  const [opened] = await Promise.all([li.device.context.waitForEvent("page"), li.page.getByTestId("file").click()]);
  await opened.waitForURL(/^blob:/);
  await opened.close();

  await wang.goTo("#/settings");
  const stock = await wang.page.getByTestId("file-stock").innerText();
  assert.match(stock, /Files on this device: .*iB[\s\S]*Files on the relay: .* of 4 GiB allowed/);
  assert.deepEqual(wang.device.problems.filter((problem) => /Content Security|Refused to/.test(problem)), []);
});

test("an upload that is cut when the relay is killed goes on where it was", async (t) => {
  const { relay, wang, deal } = await scene(t);
  await wang.settled();
  const photo = await photograph(wang.page);
  const line = await wang.device.protocol();
  const pace = (bytes) =>
    line.send("Network.emulateNetworkConditions", { offline: false, latency: 20, downloadThroughput: -1, uploadThroughput: bytes });
  await line.send("Network.enable");
  await pace(400_000);
  const sent = pieces(wang);
  await attaches(wang, deal, photo);
  const file = await wang.page.getByTestId("attached").getAttribute("data-file");
  const deadline = Date.now() + 60_000;
  while ((await arrived(relay)) < 2 * 256 * 1024) {
    assert.ok(Date.now() < deadline, "two pieces arrive");
    await new Promise((later) => setTimeout(later, 20));
  }
  await relay.stop("SIGKILL");
  const before = sent.filter((piece) => piece.file === file).length;
  await shown(wang, "sending").waitFor();
  await wang.restarts();
  await relay.start();
  await pace(-1);
  await wang.deal(deal);
  await shown(wang, "at-relay").waitFor({ timeout: 60_000 });
  const after = sent.filter((piece) => piece.file === file).slice(before);
  assert.ok(after.length > 0 && after.every((piece) => piece.offset > 0), JSON.stringify({ before, after }));
});

test("a relay that is set back to an older copy gets the files again", async (t) => {
  const { world, relay, wang, deal } = await scene(t);
  await wang.settled();
  const older = await world.folder();
  await relay.stop();
  await cp(relay.data, older, { recursive: true });
  await relay.start();
  await attaches(wang, deal, await photograph(wang.page));
  await shown(wang, "at-relay").waitFor({ timeout: 60_000 });
  assert.equal((await lying(relay, false)).length, 2, "the photograph and its small picture");

  await relay.stop();
  await rm(relay.data, { recursive: true });
  await cp(older, relay.data, { recursive: true });
  assert.deepEqual(await lying(relay, false), []);
  await relay.start();
  for (const end = Date.now() + 60_000; (await lying(relay, false)).length < 2; ) {
    assert.ok(Date.now() < end, "they do not come");
    await new Promise((later) => setTimeout(later, 50));
  }
  await shown(wang, "at-relay").waitFor();
});
