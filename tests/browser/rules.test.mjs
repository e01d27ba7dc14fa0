/* A team's own fields, rules and products, set up by hand on a phone and seen at work. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Person } from "./harness/person.mjs";

const dialog = (page) => page.locator("dialog[open]");
const picks = (within, name) => within.getByRole("combobox", { name, exact: true });
const closed = (page) => dialog(page).waitFor({ state: "detached" });

async function goesToTheRest(page, name) {
  await page.evaluate(() => (location.hash = "#/more"));
  await page.getByTestId("more").getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** A choice field of deals that the board's cards show. */
async function definesIndustry(page) {
  await goesToTheRest(page, "Custom fields");
  await page.getByRole("button", { name: "Add a field: Deal" }).click();
  await page.getByLabel("Name in English").fill("Industry");
  await page.getByLabel("Name in Chinese").fill("行业");
  await picks(page, "Kind (stays as it is)").selectOption({ label: "Choice" });
  await page.getByRole("button", { name: "Save" }).click();
  await dialog(page).getByText("Write at least one choice").waitFor();
  await page.getByLabel("Choice 1 in English").fill("Food");
  await page.getByLabel("Choice 2 in English").fill("Automotive");
  await page.getByRole("button", { name: "Move “Automotive” up" }).click();
  await page.getByLabel("Show on board cards").check();
  await page.getByRole("button", { name: "Save" }).click();
  await closed(page);
  await page.getByText("Choice · Automotive, Food").waitFor();
}

/** After a demo at a customer of one industry, a call three days later. */
async function makesTheRule(page) {
  await goesToTheRest(page, "Rules");
  await page.getByRole("button", { name: "Use: Follow up after a demo" }).click();
  const words = dialog(page).getByLabel("Words in English");
  await words.fill("Ask what they think");
  await dialog(page).getByRole("button", { name: "+ Condition" }).click();
  await picks(dialog(page), "Field").selectOption({ label: "Industry" });
  await picks(dialog(page), "Comparison").selectOption({ label: "is" });
  await page.getByRole("button", { name: "Save" }).click();
  await dialog(page).getByText("A condition is unfinished").waitFor();
  await picks(dialog(page), "Value").selectOption({ label: "Automotive" });
  const sentence = "When an activity is done (Demo), if Industry is Automotive: plan “Ask what they think” (Call, 3 days later).";
  await page.getByTestId("rule-sentence").filter({ hasText: sentence }).waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await closed(page);
  await page.getByTestId("rule").filter({ hasText: sentence }).waitFor();
}

async function logs(page, kind, summary) {
  await page.getByTestId("log").click();
  await dialog(page).getByRole("button", { name: kind, exact: true }).click();
  await dialog(page).locator("[name=summary]").fill(summary);
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await dialog(page).getByRole("button", { name: "Not now" }).click();
  await closed(page);
  await page.getByTestId("timeline").getByText(summary).first().waitFor();
}

async function addsProduct(page, name, quantity, price) {
  await page.getByTestId("add-product").click();
  await dialog(page).getByLabel("Product", { exact: true }).fill(name);
  await dialog(page).getByLabel("Quantity").fill(quantity);
  await dialog(page).getByLabel("Unit price").fill(price);
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await page.getByTestId("line").filter({ hasText: name }).waitFor();
}

test("a field and a rule made by hand on a phone act once, and products become the amount", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const person = await Person.joins(await world.device("phone"), relay.invitation, "Wang");
  const { page } = person;
  const [first] = await person.stages();
  const deal = await person.opensDeal(first, { title: "Line upgrade", company: "Dongling", amount: "100" });
  await definesIndustry(page);
  await makesTheRule(page);

  await person.deal(deal);
  await logs(page, "Demo", "Too early: the field is empty");
  const planned = page.getByTestId("timeline").locator("li.planned").filter({ hasText: "Ask what they think" });
  assert.equal(await planned.count(), 0, "the condition does not hold yet");
  const value = page.locator("dl", { hasText: "Industry" }).getByRole("button", { name: "Empty" });
  await value.click();
  await picks(page, "Industry").selectOption({ label: "Automotive" });
  await page.getByTestId("form").getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Automotive" }).waitFor();
  await logs(page, "Demo", "They liked the second line");
  await planned.first().waitFor();
  await logs(page, "Call", "Another call");
  assert.equal(await planned.count(), 1, "one cause, one answer");

  await addsProduct(page, "Pump", "2", "120.5");
  await addsProduct(page, "Valve", "1.5", "10");
  const products = page.getByTestId("products");
  assert.match(await page.getByTestId("products-sum").innerText(), /256/);
  await products.getByText(/Differs from the amount/).waitFor();
  await page.getByTestId("take-sum").click();
  await page.locator("button.value[data-field=amount]", { hasText: "256" }).waitFor();
  await page.getByTestId("undo").click();
  await page.locator("button.value[data-field=amount]", { hasText: "100" }).waitFor();
  await page.getByTestId("take-sum").click();
  await products.getByRole("button", { name: "Take Valve off" }).click();
  await page.getByTestId("line").filter({ hasText: "Valve" }).waitFor({ state: "detached" });
  await page.getByTestId("undo").click();
  await page.getByTestId("line").filter({ hasText: "Valve" }).waitFor();
  await page.getByTestId("take-sum").waitFor({ state: "detached" });

  await person.board();
  const card = page.locator(`[data-testid=card][data-deal="${deal}"]`);
  await card.getByTestId("own").filter({ hasText: "Automotive" }).waitFor();
  const height = (await card.boundingBox()).height;
  assert.equal(Math.round(height), 126, "a card with fields of the team's own is as high as any other");

  await goesToTheRest(page, "Custom fields");
  await page.getByRole("button", { name: "Edit Industry" }).click();
  await page.getByRole("button", { name: "Retire the field" }).click();
  await dialog(page).getByText(/“Follow up after a demo” still asks for this field/).waitFor();
  await dialog(page).getByRole("link", { name: "Open the rules" }).click();
  await page.getByRole("heading", { level: 1, name: "Rules" }).waitFor();
  await page.getByRole("button", { name: "Delete: Follow up after a demo" }).click();
  await page.getByTestId("rule").waitFor({ state: "detached" });
  await page.getByTestId("undo").click();
  await page.getByTestId("rule").waitFor();
  await page.getByRole("button", { name: "Pause: Follow up after a demo" }).click();
  await page.getByTestId("rule").getByText("Paused").waitFor();
  assert.deepEqual(person.device.problems, []);
});

test("a rule that cannot be is refused in its form, and an export imported again creates nothing", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const person = await Person.joins(await world.device("phone"), relay.invitation, "Wang");
  const { page } = person;
  const [first] = await person.stages();
  const deal = await person.opensDeal(first, { title: "=Line, \"upgrade\"", company: "Dongling", amount: "100" });
  await definesIndustry(page);
  await person.deal(deal);
  await page.locator("dl", { hasText: "Industry" }).getByRole("button", { name: "Empty" }).click();
  await picks(page, "Industry").selectOption({ label: "Food" });
  await page.getByTestId("form").getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: "Food" }).waitFor();

  await goesToTheRest(page, "Rules");
  await page.getByRole("button", { name: "Use: Quiet for two weeks" }).click();
  const action = dialog(page).getByTestId("action");
  await picks(action, "Do").selectOption({ label: "Plan an activity" });
  await action.getByLabel("Words in English").fill("Call");
  await page.getByRole("button", { name: "Save" }).click();
  await dialog(page).getByText("can only remind or notify").waitFor();
  await picks(page, "When").selectOption({ label: "A field changes" });
  await picks(page, "Which field").selectOption({ label: "Industry" });
  await picks(action, "Do").selectOption({ label: "Fill in a field" });
  await picks(action, "Which field").selectOption({ label: "Industry" });
  await picks(action, "Industry").selectOption({ label: "Food" });
  await page.getByRole("button", { name: "Save" }).click();
  await dialog(page).getByText("would answer itself").waitFor();
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await closed(page);

  await person.goTo("#/import");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByTestId("export").click()]);
  const text = await readFile(await download.path(), "utf8");
  assert.match(text, /^\ufeffDeal ID,Deal Name,.*,Industry\r\n/);
  assert.match(text, /"'=Line, ""upgrade"""/, "no spreadsheet runs a title");
  const file = join(await world.folder(), "again.csv");
  await writeFile(file, text);
  const plan = await person.tries(file);
  assert.deepEqual(
    await plan.evaluate((panel) => ({ rows: panel.dataset.rows, created: panel.dataset.created, merged: panel.dataset.merged })),
    { rows: "1", created: "0", merged: "1" },
  );
  await writeFile(file, "Deal ID,Deal Name,行业\n1,Seals,Steel\n2,Pumps,Food\n");
  await person.goTo("#/board");
  const bad = await person.tries(file);
  assert.match(await bad.innerText(), /Steel/);
  assert.equal(await bad.getAttribute("data-created"), "1");
});
