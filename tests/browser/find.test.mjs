/* Finding: by pinyin and in notes, filters and views that travel, lanes, and the board of a past day. */
import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { World, auditAccessibility } from "./harness.mjs";
import { Person } from "./harness/person.mjs";

const ROWS = [
  "id,Deal Name,Company,Owner,Amount,Stage,Created",
  "F1,检测线,华东冶金,Li Qiang,1000,Identified,2026-01-05",
  "F2,铝材检测,重庆铝业,Wang Min,500,Identified,2026-02-10",
  "F3,Tide gate,Acme GmbH,Li Qiang,250.50,Needs confirmed,2026-03-01",
];

async function imports(person, folder) {
  const file = join(folder, "deals.csv");
  await writeFile(file, ROWS.join("\n"));
  await person.goTo("#/import");
  await person.page.getByTestId("file").setInputFiles(file);
  await person.page.getByTestId("dry-run").waitFor();
  await person.page.getByTestId("run").click();
  await person.page.locator("[data-testid=import-state][data-state=done]").waitFor();
  await person.board();
}

const search = (page) => page.getByRole("combobox", { name: "Search" });
const option = (page, words) => page.getByRole("option").filter({ hasText: words });

async function searches(person, text) {
  await person.page.keyboard.press("Control+k");
  await search(person.page).fill(text);
}

const counts = (page) =>
  page.getByTestId("column").evaluateAll((columns) => columns.map((column) => Number(column.dataset.count)));

/** Waits until the first two columns have so many deals. */
async function shows(page, expected) {
  await page.waitForFunction((expected) => {
    const columns = [...document.querySelectorAll("[data-testid=column]")];
    return columns.length > 1 && expected.every((count, index) => Number(columns[index].dataset.count) === count);
  }, expected);
}

const sums = (page) =>
  page.getByTestId("sum").evaluateAll((sums) => sums.map((sum) => sum.dataset.sum).filter((sum) => sum !== undefined));

const lanes = (page) =>
  page.getByTestId("lane").evaluateAll((lanes) => lanes.map((lane) => `${lane.getAttribute("aria-label")} ${lane.dataset.count}`));

async function laneShows(page, expected) {
  await page.waitForFunction((expected) => {
    const lanes = [...document.querySelectorAll("[data-testid=lane]")];
    return JSON.stringify(lanes.map((lane) => `${lane.getAttribute("aria-label")} ${lane.dataset.count}`)) === expected;
  }, JSON.stringify(expected));
}

async function passesAudit(page, screen) {
  assert.deepEqual(await auditAccessibility(page), [], screen);
}

test("what is there is found, by pinyin, by initials, while composing, and inside notes", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  await imports(wang, await world.folder());
  const { page } = wang;

  await searches(wang, "hdyj");
  await option(page, "检测线").first().waitFor();
  assert.deepEqual(await page.locator("[role=option] mark").allInnerTexts(), ["华东冶金", "华东冶金"]);
  await passesAudit(page, "the search");
  await page.keyboard.press("Enter");
  await page.locator("h1", { hasText: "检测线" }).waitFor();
  const id = page.url().split("/deal/")[1];

  await page.keyboard.press("Control+k");
  await page.getByRole("group", { name: "Recent" }).getByRole("option", { name: "检测线" }).waitFor();
  // The second reading of a character, then the first: the collation knows one only.
  for (const typed of ["chongqing", "cqly", "lvcai", "lcjc", "jiance 500"]) {
    await search(page).fill(typed);
    await option(page, "铝材检测").first().waitFor();
  }
  await search(page).fill("nothing has this");
  await page.getByText("Nothing has “nothing has this”").waitFor();

  // An input method shows letters before it has a word; they are not searched for and Enter ends the composing only.
  const compose = (type, text, isComposing) =>
    search(page).evaluate(
      (line, [type, text, isComposing]) => {
        line.value = text;
        const Kind = type === "compositionend" ? CompositionEvent : InputEvent;
        line.dispatchEvent(new Kind(type, { bubbles: true, isComposing, data: text }));
      },
      [type, text, isComposing],
    );
  await compose("input", "tide", true);
  assert.equal(await page.getByRole("option").count(), 0);
  await compose("compositionend", "tide", false);
  await option(page, "Tide gate").waitFor();
  await search(page).fill("e");
  await option(page, "New deal").waitFor();
  await page.keyboard.press("ArrowDown");
  assert.equal(await search(page).getAttribute("aria-activedescendant"), "found-1");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });

  await wang.logs(id, "Asked what 法兰 cost");
  await wang.settled();
  const li = await Person.joins(await world.device("phone"), await wang.invites(), "Li");
  await li.settled();
  await li.page.getByRole("button", { name: "Search" }).tap();
  await search(li.page).fill("faLan cost");
  await li.page.getByText("Nothing has").waitFor();
  await li.page.getByRole("button", { name: "Search in notes, activities and proofs too" }).tap();
  await option(li.page, "Asked what 法兰 cost").waitFor();
  await li.page.getByText("Found in notes and activities: 1").waitFor();
  await passesAudit(li.page, "the search on a phone");
  await option(li.page, "Asked what").tap();
  await li.page.locator("h1", { hasText: "检测线" }).waitFor();
  assert.deepEqual([...wang.device.problems, ...li.device.problems], []);
});

test("a filter is saved as a view and opened on another device, where it counts exactly", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  await imports(wang, await world.folder());
  const { page } = wang;
  await shows(page, [2, 1]);
  await page.getByTestId("filter").click();
  await page.getByRole("checkbox", { name: "Li Qiang" }).check();
  await passesAudit(page, "the filter");
  await page.getByTestId("filter-sheet").getByRole("button", { name: "Close" }).click();
  await shows(page, [1, 1]);
  assert.deepEqual((await sums(page)).slice(0, 2).map((sum) => sum.split(" ")[1]), ["1000.00", "250.50"]);
  await page.getByRole("button", { name: "Stop filtering by Li Qiang" }).waitFor();
  assert.match(page.url(), /owner=/);

  await page.getByTestId("views").click();
  await page.getByLabel("Name of the view").fill("What Li has");
  await page.getByRole("button", { name: /Save filter/ }).click();
  await page.getByText("View “What Li has” saved").waitFor();
  const address = new URL(page.url()).hash;
  assert.match(address, /^#\/board\?view=[0-9a-f]{32}$/);
  await wang.settled();

  const phone = await Person.joins(await world.device("phone"), await wang.invites(), "Li");
  await phone.settled();
  await phone.board();
  await shows(phone.page, [2, 1]);
  await phone.goTo(address);
  await shows(phone.page, [1, 1]);
  await phone.page.getByTestId("views").filter({ hasText: "What Li has" }).waitFor();
  await passesAudit(phone.page, "a view on a phone");

  // A deal that comes to Li while the view is open is counted in it.
  await wang.goTo("#/board");
  await shows(page, [2, 1]);
  const other = page.getByTestId("card").filter({ hasText: "铝材检测" });
  await wang.deal(await other.getAttribute("data-deal"));
  await page.locator("button.value[data-field=owner]").click();
  await page.getByTestId("form").locator("[name=owner]").selectOption({ label: "Li Qiang" });
  await page.getByTestId("form").locator("[type=submit]").click();
  await shows(phone.page, [2, 1]);

  await phone.page.getByTestId("views").tap();
  await phone.page.getByRole("button", { name: "Remove the view “What Li has”" }).tap();
  await phone.page.getByText("No saved views yet").waitFor();
  await phone.page.getByTestId("views-sheet").locator("xpath=..").getByRole("button", { name: "Close" }).first().tap();
  await phone.page.getByText("This view is gone").waitFor();
  await phone.page.getByTestId("undo").tap();
  await phone.page.getByText("This view is gone").waitFor({ state: "detached" });
  assert.deepEqual([...wang.device.problems, ...phone.device.problems], []);
});

test("in lanes a drop assigns, and one undo takes it back", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  await imports(wang, await world.folder());
  const { page } = wang;
  await page.getByLabel("Lanes").selectOption("By owner");
  await laneShows(page, ["Li Qiang 2", "Wang Min 1"]);
  assert.deepEqual(await lanes(page), ["Li Qiang 2", "Wang Min 1"]);
  await passesAudit(page, "lanes");
  assert.deepEqual((await counts(page)).slice(0, 2), [2, 1]);
  assert.match(await page.getByTestId("lane").nth(0).getByTestId("lane-sum").innerText(), /1,250\.5/);

  const card = page.getByTestId("card").filter({ hasText: "铝材检测" });
  await card.focus();
  for (const key of [" ", "ArrowUp", " "]) await page.keyboard.press(key);
  await laneShows(page, ["Li Qiang 3"]);
  await page.getByTestId("undo").click();
  await laneShows(page, ["Li Qiang 2", "Wang Min 1"]);

  const from = await page.getByTestId("card").filter({ hasText: "Tide gate" }).boundingBox();
  const to = await page.getByTestId("lane").nth(1).getByTestId("cell").nth(1).boundingBox();
  await page.mouse.move(from.x + 60, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 70, from.y + 40, { steps: 4 });
  await page.mouse.move(to.x + 60, to.y + 20, { steps: 8 });
  await page.mouse.up();
  await laneShows(page, ["Li Qiang 1", "Wang Min 2"]);

  // Into another lane and another stage at once: two commands, one undo.
  const far = await page.getByTestId("lane").nth(0).getByTestId("cell").nth(0).boundingBox();
  const back = await page.getByTestId("card").filter({ hasText: "Tide gate" }).boundingBox();
  await page.mouse.move(back.x + 60, back.y + 20);
  await page.mouse.down();
  await page.mouse.move(back.x + 70, back.y + 40, { steps: 4 });
  await page.mouse.move(far.x + 60, far.y + 20, { steps: 8 });
  await page.mouse.up();
  await laneShows(page, ["Li Qiang 2", "Wang Min 1"]);
  assert.deepEqual((await counts(page)).slice(0, 2), [3, 0]);
  await page.getByTestId("undo").click();
  await laneShows(page, ["Li Qiang 1", "Wang Min 2"]);
  await shows(page, [2, 1]);

  const head = page.getByTestId("lane").nth(1).getByRole("button", { name: "Wang Min" });
  assert.equal(await head.getAttribute("aria-expanded"), "true");
  await head.click();
  await page.getByTestId("lane").nth(1).getByTestId("cell").first().waitFor({ state: "detached" });
  assert.deepEqual(wang.device.problems, []);
});

test("the board of a past day shows what was, exactly, and cannot be changed", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("phone"), relay.invitation, "Wang");
  await imports(wang, await world.folder());
  const { page } = wang;
  await page.getByLabel("As it was at the end of a day").fill("2026-01-31");
  const banner = page.getByTestId("past");
  await banner.getByText("January 31, 2026").waitFor();
  await shows(page, [1, 0]);
  assert.match((await sums(page))[0], /1000\.00$/);
  assert.equal(await page.getByTestId("move-to").count(), 0);
  assert.equal(await page.getByTestId("new-deal").isVisible(), false);
  await passesAudit(page, "a board of the past");
  // In the date field the arrow keys change the date that is being typed.
  await page.getByLabel("As it was at the end of a day").blur();
  for (const key of ["Shift+ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  await page.locator("[data-testid=past][data-day='2026-02-10']").waitFor();
  await shows(page, [2, 0]);
  await page.keyboard.press("ArrowLeft");
  await shows(page, [1, 0]);
  await banner.getByRole("button", { name: "A week earlier" }).tap();
  await page.locator("[data-testid=past][data-day='2026-02-02']").waitFor();
  await page.reload();
  await wang.device.drawn();
  await shows(page, [1, 0]);
  await banner.getByRole("button", { name: "Back to now" }).tap();
  await shows(page, [2, 1]);
  assert.equal(await banner.count(), 0);
  assert.deepEqual(wang.device.problems, []);
});
