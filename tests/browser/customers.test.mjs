/* Customers: two records that are one, everything about one customer on one page, and two people who say different things. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Person, agree } from "./harness/person.mjs";

/** Two ways of writing one customer, as exports have them, and another that only looks like it. */
const TABLE = [
  "Deal ID,Deal Name,Company,Stage,Amount,Currency",
  "1,Line upgrade,Dongling Precision Ltd,Identified,1000,CNY",
  "2,Spindles,DONGLING PRECISION,Identified,500,CNY",
  "3,Moulds,Dongling Moulds Ltd,Identified,70,CNY",
].join("\n");

const region = (page, name) => page.getByTestId(name);
const dialog = (page) => page.getByRole("dialog");

async function withTable(world, person) {
  const file = join(await world.folder(), "customers.csv");
  await writeFile(file, TABLE);
  await person.imports(file, 3);
}

async function customers(person) {
  await person.goTo("#/companies");
  await person.page.getByRole("heading", { name: "Customers", level: 1 }).waitFor();
}

async function customer(person, name) {
  await customers(person);
  await person.page.getByRole("link", { name }).first().click();
  await person.page.getByRole("button", { name: `Edit Name ${name}` }).waitFor();
}

const listed = (page) => page.locator("[data-company]").evaluateAll((lines) => lines.map((line) => line.innerText));

async function saves(page) {
  await page.getByRole("button", { name: "Save" }).click();
}

async function logs(person, deal, words) {
  const { page } = person;
  await region(page, "dealings").getByRole("link", { name: deal }).click();
  await page.getByTestId("log").click();
  await page.getByTestId("form").locator("[name=summary]").fill(words);
  await saves(page);
  await dialog(page).getByRole("heading", { name: "Next step" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByTestId("timeline").getByText(words).waitFor();
  await page.getByRole("link", { name: /Open customer/ }).click();
  await page.getByTestId("company").waitFor();
}

for (const kind of ["desktop", "phone"]) {
  test(`two records of one customer are merged, seen as one, and parted again (${kind})`, async (t) => {
    const world = new World(t);
    const relay = await world.relay();
    const person = await Person.joins(await world.device(kind), relay.invitation, "Wang");
    const { page } = person;
    await withTable(world, person);

    await customers(person);
    assert.equal((await listed(page)).length, 3);
    await page.getByText("Possible duplicates: 1").click();
    await page.getByText("same name").waitFor();
    await page.getByRole("button", { name: /^Compare Dongling Precision|^Compare DONGLING/ }).click();
    assert.equal(await dialog(page).getByRole("row").count(), 7);
    await dialog(page).getByRole("button", { name: "Merge, keep Dongling Precision Ltd" }).click();
    await page.waitForFunction(() => document.querySelectorAll("[data-company]").length === 2);
    assert.equal(await page.getByText(/Possible duplicates/).count(), 0);
    assert.match((await listed(page)).join(), /Dongling Precision Ltd\n.*\n2 open\n.*1,500/);

    await customer(person, "Dongling Precision Ltd");
    for (const title of ["Line upgrade", "Spindles"]) await region(page, "dealings").getByText(title).waitFor();
    await logs(person, "Spindles", "They want two spindles");
    await logs(person, "Line upgrade", "Looked at the line");
    const story = region(page, "story");
    await story.getByText("Looked at the line").waitFor();
    const lines = await story.getByRole("listitem").allInnerTexts();
    const line = (words) => lines.findIndex((text) => text.includes(words));
    assert.ok(line("Looked at the line") < line("They want two spindles"), "the newest first");
    assert.match(lines[line("They want two spindles")], /Spindles[\s\S]*Wang · \S/, "deal, author and device");
    assert.match(lines[line("Looked at the line")], /Line upgrade/);

    await region(page, "people").getByRole("button", { name: "Add contact" }).click();
    await page.getByTestId("form").getByLabel("Name").fill("Zhou Min");
    await page.getByTestId("form").getByLabel("Part in the decision").selectOption({ label: "Decision maker" });
    await page.getByTestId("form").getByLabel("Phone").fill("021-6123 4567");
    await page.getByTestId("form").getByLabel("Email").fill("zhou@dongling.cn");
    await saves(page);
    const zhou = region(page, "person").filter({ hasText: "Zhou Min" });
    await zhou.getByText("Decision maker").waitFor();
    assert.equal(await zhou.getByRole("link", { name: "Call Zhou Min" }).getAttribute("href"), "tel:02161234567");
    assert.equal(await zhou.getByRole("link", { name: "Write to Zhou Min" }).getAttribute("href"), "mailto:zhou@dongling.cn");

    const merged = region(page, "merged");
    await merged.getByRole("button", { name: "Take the merge back" }).click();
    await merged.waitFor({ state: "detached" });
    await region(page, "dealings").getByText("Spindles").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Undo" }).click();
    await merged.waitFor();
    await region(page, "dealings").getByText("Spindles").waitFor();
    await merged.getByRole("button", { name: "Take the merge back" }).click();
    await merged.waitFor({ state: "detached" });

    await customers(person);
    assert.equal((await listed(page)).length, 3);
    await page.getByText("Possible duplicates: 1").click();
    await page.getByRole("button", { name: /^Compare/ }).click();
    await dialog(page).getByRole("button", { name: "Not the same" }).click();
    await page.getByText("Possible duplicates: 1").waitFor({ state: "detached" });
    await person.restarts();
    await customers(person);
    await page.getByRole("searchbox", { name: "Find by name" }).fill("moulds");
    await page.waitForFunction(() => document.querySelectorAll("[data-company]").length === 1);
    assert.equal(await page.getByText(/Possible duplicates/).count(), 0, "what is not the same stays apart");
    assert.deepEqual(person.device.problems, []);
  });
}

test("people at merged customers are merged, and what is planned is finished from the customer's page", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const person = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  const { page } = person;
  await withTable(world, person);
  for (const [name, contact] of [["Dongling Precision Ltd", "Zhou Min"], ["DONGLING PRECISION", "Ms. Zhou Min"]]) {
    await customer(person, name);
    await region(page, "people").getByRole("button", { name: "Add contact" }).click();
    await page.getByTestId("form").getByLabel("Name").fill(contact);
    await page.getByTestId("form").getByLabel("Phone").fill("13812345678");
    await saves(page);
    await region(page, "person").filter({ hasText: contact }).waitFor();
  }
  await customers(person);
  await page.getByText("Contacts who may be one person: 1").click();
  await page.getByRole("button", { name: /^Compare.*Zhou Min/ }).click();
  await dialog(page).getByText("Merge the customers first").waitFor();
  await dialog(page).getByRole("button", { name: "Compare" }).click();
  await dialog(page).getByRole("button", { name: "Merge, keep Dongling Precision Ltd" }).click();
  await customer(person, "Dongling Precision Ltd");
  assert.equal(await region(page, "person").count(), 2);
  await region(page, "people").getByText("Contacts who may be one person: 1").click();
  await region(page, "people").getByRole("button", { name: /^Compare/ }).click();
  await dialog(page).getByRole("button", { name: "Merge, keep Zhou Min" }).click();
  await page.waitForFunction(() => document.querySelectorAll("[data-testid=person]").length === 1);
  await region(page, "person").getByRole("button", { name: "Take the merge back" }).click();
  await page.waitForFunction(() => document.querySelectorAll("[data-testid=person]").length === 2);

  await region(page, "dealings").getByRole("link", { name: "Line upgrade" }).click();
  await page.getByTestId("plan").click();
  await page.getByTestId("form").locator("[name=about]").fill("Show the drawings");
  await saves(page);
  await page.getByRole("link", { name: /Open customer/ }).click();
  await region(page, "planned").getByText("Show the drawings").waitFor();
  await region(page, "planned").getByRole("button", { name: "Done" }).click();
  await page.getByTestId("form").locator("[name=summary]").fill("They liked the drawings");
  await page.getByTestId("form").getByRole("button", { name: "Done" }).click();
  await dialog(page).getByRole("heading", { name: "Next step" }).waitFor();
  await page.keyboard.press("Escape");
  await region(page, "story").getByText("They liked the drawings").waitFor();
  await region(page, "planned").getByText("Nothing is planned").waitFor();
  assert.deepEqual(person.device.problems, []);
});

test("what two people said of a customer at once is kept and settled with one tap", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  await withTable(world, wang);
  const li = await Person.joins(await world.device("phone"), await wang.invites(), "Li");
  await wang.settled();
  await li.settled();
  await agree(wang, li, 10_000);
  for (const person of [wang, li]) await customer(person, "Dongling Precision Ltd");
  await Promise.all([wang.device.goOffline(), li.device.goOffline()]);
  for (const [{ page }, site] of [[wang, "dongling.cn"], [li, "dongling.com"]]) {
    await page.getByRole("button", { name: /^Edit Website/ }).click();
    await page.getByRole("textbox", { name: "Website" }).fill(site);
    await saves(page);
    await page.getByRole("link", { name: "Open the web site" }).waitFor();
  }
  await Promise.all([wang.device.goOnline(), li.device.goOnline()]);
  for (const { page } of [wang, li]) {
    const conflict = region(page, "conflict");
    await conflict.getByText("Website").waitFor();
    assert.deepEqual((await conflict.locator("b").allTextContents()).sort(), ["dongling.cn", "dongling.com"]);
  }
  const version = li.page.getByTestId("version").filter({ hasText: "dongling.com" });
  assert.match(await version.innerText(), /Li/);
  await version.getByRole("button", { name: "Keep this one" }).click();
  for (const { page } of [wang, li]) {
    await region(page, "conflict").waitFor({ state: "detached" });
    assert.equal(await page.getByRole("link", { name: "Open the web site" }).getAttribute("href"), "https://dongling.com");
  }
  await agree(wang, li, 5_000);
});

test("a customer with many deals shows those touched last at once and the rest when asked", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const person = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  const { page } = person;
  const file = join(await world.folder(), "many.csv");
  const rows = Array.from({ length: 45 }, (_, index) => `${index},Order ${index},Dongling,Identified,10,CNY`);
  await writeFile(file, ["Deal ID,Deal Name,Company,Stage,Amount,Currency", ...rows].join("\n"));
  await person.imports(file, 45);
  await person.restarts();
  await customer(person, "Dongling");
  const story = region(page, "story");
  const told = async (count) =>
    page.waitForFunction((count) => document.querySelectorAll("[data-testid=story] li").length === count, count);
  await story.getByRole("button", { name: "Load the other 15" }).waitFor();
  await told(31);
  const start = performance.now();
  await story.getByRole("button", { name: "Load the other 15" }).click();
  await told(46);
  t.diagnostic(`15 more deals were opened and told in ${Math.round(performance.now() - start)} ms`);
  assert.equal(await story.getByRole("button", { name: /Load/ }).count(), 0);
  assert.equal(await region(page, "dealings").getByRole("listitem").count(), 45);
  assert.deepEqual(person.device.problems, []);
});
