/*
 * A whole way of selling on one phone: a technical validation is set up from nothing, then one deal goes from lead to
 * won and another to lost, through every kind of criterion, in airplane mode.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { World } from "./harness.mjs";
import { Design, EN, starts } from "./harness/design.mjs";
import { Person, picture } from "./harness/person.mjs";
import { Work } from "./harness/work.mjs";

const SETUP_WITHIN = 180_000;
const PIPELINE = "Material validation";
const [DEMO, SAMPLE, ADJUSTMENT] = ["Demo", "Sample test", "Adjustment"];
const [SHOWN, BUDGET, CLOSE] = ["Shown to the engineers", "Budget is large enough", "Close day agreed"];
const [PHOTO, REPORT, AGREED] = ["Photo of the sample", "Test report", "Management agrees"];

/* The beginning of a document. */
const report = { name: "report.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") };

const dialog = (page) => page.locator("dialog[open]");

/** Without words of the customer's, a proof says what its file is called. */
async function proof(form, name, file) {
  await form.locator("[name=from]").fill("Zhou Min");
  await form.locator(`[name=${name}]`).setInputFiles(file);
  await form.getByRole("listitem").filter({ hasText: file.name }).waitFor();
}

/** What is filled in for each criterion, once the button beside it was tapped. */
const FILLS = {
  [SHOWN]: (form) => form.locator("[name=summary]").fill("Shown to three engineers; they want the data"),
  [BUDGET]: (form) => form.locator("[name=amount]").fill("250000"),
  [PHOTO]: (form) => proof(form, "photo", picture),
  [REPORT]: (form) => proof(form, "file", report),
  [AGREED]: () => {},
};

async function setsUp(person) {
  const { page } = person;
  await starts(person, /Blank/);
  const design = new Design(person, EN);
  await page.getByLabel("Pipeline name (English)").fill(PIPELINE);
  await design.unfolds(design.stage(0));
  await design.stage(0).getByLabel(EN.stageName).fill(DEMO);
  await design.addsActivity(design.stage(0), SHOWN, { kind: "Demo", days: "5", mandatory: true });
  const asks = async (stage, name, clause, choices = []) => {
    const row = await design.addsCriterion(design.stage(stage), name, choices);
    await row.getByRole("button", { name: "+ Condition" }).click();
    await design.clause(row, clause);
  };
  await asks(0, BUDGET, ["Amount", "is at least", "100000"]);
  await design.addsStage(SAMPLE);
  const proven = (kind) => [["Met by", "Evidence from the customer"], ["Kind of evidence", kind]];
  await design.addsCriterion(design.stage(1), PHOTO, proven("Photo"));
  await asks(1, CLOSE, ["Expected close"], [["Required or advised", "Advised"]]);
  await design.addsStage(ADJUSTMENT);
  await design.addsCriterion(design.stage(2), REPORT, proven("Signed document"));
  await design.addsCriterion(design.stage(2), AGREED, [["Met by", "An approval"], ["Approved at least by", "Manager"]]);
  await design.publishes();
}

/** Writes a lead down and turns it into a deal of the new pipeline. */
async function becomesDeal(person, company, title) {
  const { page } = person;
  await person.goTo("#/leads");
  await page.getByRole("button", { name: "New lead" }).click();
  for (const [label, text] of [["Company", company], ["Person", "Zhou Min"], ["What they want", title]]) {
    await dialog(page).getByLabel(label, { exact: true }).fill(text);
  }
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await page.getByTestId("lead").filter({ hasText: company }).getByRole("button", { name: "Turn into a deal" }).click();
  await dialog(page).getByLabel("Title").fill(title);
  await dialog(page).getByRole("combobox", { name: "Pipeline", exact: true }).selectOption({ label: PIPELINE });
  await dialog(page).getByRole("button", { name: "Turn into a deal" }).click();
  const deal = page.getByTestId("deal").filter({ hasText: title });
  const work = new Work(person, await deal.getAttribute("data-deal"), FILLS);
  await work.stands(DEMO);
  return work;
}

test("a pipeline set up on a phone takes one lead to won and one to lost, through every kind of criterion", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const person = await Person.joins(await world.device("phone"), relay.invitation, "Wang");
  const { page } = person;
  const began = performance.now();
  await setsUp(person);
  const took = performance.now() - began;
  t.diagnostic(`set up and published in ${Math.round(took / 100) / 10} s of scripted steps`);
  assert.ok(took < SETUP_WITHIN, `it took ${took} ms`);
  await person.goTo("#/pipelines");
  await page.getByTestId("pipeline").filter({ hasText: PIPELINE }).getByRole("button", { name: "Show on the board" }).click();
  await person.settled();
  await person.device.goOffline();

  // The key activity comes first: its stage made a criterion of it before the budget was asked for.
  const won = await becomesDeal(person, "Qinghe Dairy", "Bottle coating");
  await won.passes(DEMO, SAMPLE, [SHOWN, BUDGET]);
  await won.isRefused(SAMPLE, ADJUSTMENT, [PHOTO]);
  await won.meets(PHOTO);

  const [digest, waiting] = [await person.digest(), await person.waiting()];
  assert.ok(waiting > 0, "nothing left this device");
  await person.restarts();
  await page.locator("[data-testid=sync][data-link=offline]").waitFor();
  await page.waitForFunction((shown) => document.querySelector("[data-testid=digest]")?.textContent === shown, digest);
  assert.equal(await person.waiting(), waiting);
  await person.deal(won.id);
  await won.look(PHOTO, "met").getByTestId("file").filter({ hasText: picture.name }).waitFor();

  // What is only advised is open, and keeps nobody.
  await won.look(CLOSE, "advised").filter({ hasText: "Advised · Open" }).waitFor();
  await won.goesTo(ADJUSTMENT);
  await won.passes(ADJUSTMENT, undefined, [REPORT, AGREED]);
  await won.asksFor();
  await page.getByTestId("reopen").waitFor();
  assert.match(await page.locator(".outcome").innerText(), /^Won \d/);

  const lost = await becomesDeal(person, "Mingde Pharma", "Cap lining");
  await lost.passes(DEMO, SAMPLE, [SHOWN, BUDGET]);
  await lost.passes(SAMPLE, ADJUSTMENT, [PHOTO]);
  await lost.isRefused(ADJUSTMENT, undefined, [REPORT, AGREED]);
  await lost.meets(REPORT);
  await lost.isRefused(ADJUSTMENT, undefined, [AGREED]);
  await page.getByTestId("override").click();
  await dialog(page).getByLabel("Reason").fill("The frame contract covers it");
  await dialog(page).getByRole("button", { name: "Save" }).click();
  await lost.gate().getByText("Overridden by Wang: The frame contract covers it").waitFor();
  await lost.gate().getByText("The gate is met").waitFor();
  await lost.look(AGREED, "open").waitFor();

  // A budget that shrinks reopens its gate, and brings the gates after it into sight with their evidence.
  const reasons = page.getByTestId("reopened").locator("p");
  assert.equal(await reasons.count(), 0);
  await person.prices(lost.id, "60000");
  await reasons.filter({ hasText: /“Budget is large enough” no longer holds.*Verified stage: Demo/ }).waitFor();
  await lost.look(PHOTO, "met").getByTestId("withdraw").click();
  await lost.look(PHOTO, "withdrawn").locator("blockquote.taken").waitFor();
  await person.prices(lost.id, "120000");
  await page.waitForFunction(() => document.querySelectorAll("[data-testid=reopened] p").length === 1);
  assert.match(await reasons.innerText(), /Wang withdrew “Photo of the sample”.*Verified stage: Sample test/);
  await person.board();
  await page.getByTestId("card").filter({ hasText: "Cap lining" }).getByText("Gate reopened").waitFor();

  await person.loses(lost.id, "Chose a competitor");
  assert.match(await page.locator(".outcome").innerText(), /^Lost .*: Chose a competitor · Lost in/);
  await person.board();
  const totals = (outcome) => page.locator(`[data-outcome=${outcome}]`).innerText();
  assert.equal(await totals("won"), "Won 1 $250,000");
  assert.equal(await totals("lost"), "Lost 1 $120,000");
  const open = await page.getByTestId("column").evaluateAll((columns) => columns.map((column) => column.dataset.count));
  assert.deepEqual(open, ["0", "0", "0"]);

  await person.device.goOnline();
  await person.settled();
  assert.equal(await person.badge().getAttribute("data-mood"), "good");
  assert.deepEqual(person.device.problems.filter((line) => !/ERR_INTERNET_DISCONNECTED|WebSocket/.test(line)), []);
});
