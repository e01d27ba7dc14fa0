/* The designer: a way of selling is set up on a phone, measured against the deals, published, and taken over. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { World, auditAccessibility } from "./harness.mjs";
import { Design, EN, ZH, designs, starts } from "./harness/design.mjs";
import { Person } from "./harness/person.mjs";

const EXPORT = fileURLToPath(new URL("../../../shared/data/maven_crm_sales/sales_pipeline.csv", import.meta.url));
const SETUP_WITHIN = 180_000;
const WHAT_IF_WITHIN = 100;

async function audited(page, where) {
  assert.deepEqual(await auditAccessibility(page), [], where);
}

test("a technical validation is set up from nothing on a phone, and stands on the board", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const person = await Person.joins(await world.device("phone", { lang: "zh-CN" }), relay.invitation, "王");
  const { page } = person;
  const began = performance.now();
  await starts(person, /空白/);
  const design = new Design(person, ZH);
  await page.getByLabel("管道名称（中文）").fill("新材料技术验证");
  await design.unfolds(design.stage(0));
  await design.stage(0).getByLabel("阶段名称（中文）").fill("技术方案演示");
  await design.stage(0).getByLabel("阶段名称（英文）").fill("Solution demo");
  await design.addsActivity(design.stage(0), "现场演示", { kind: "演示", days: "5", mandatory: true });
  const budget = await design.addsCriterion(design.stage(0), "预算够大", []);
  await budget.getByRole("button", { name: "＋ 条件" }).click();
  const clause = await design.clause(budget, ["金额", "至少", "100000"]);
  assert.match(await clause.innerText(), /金额至少 CNY 100,000/);
  await budget.getByRole("button", { name: "＋ 一组条件" }).click();
  await design.clause(budget, ["预计成交日", undefined, undefined]);
  await budget.getByTestId("group").getByLabel("取反").last().check();
  assert.match(await budget.getByTestId("sentence").innerText(), /金额至少 CNY 100,000，且预计成交日没有填/);
  await budget.getByTestId("group").getByRole("button", { name: "删除这组条件" }).click();

  await design.addsStage("样品测试");
  await design.addsCriterion(design.stage(1), "测试报告照片", [["怎样算满足", "客户的凭证"], ["什么凭证", "照片"]]);
  await design.addsCriterion(design.stage(1), "演示后再复核", [["怎样算满足", "完成关键活动"], ["必需还是建议", "建议"]]);
  await design.addsStage("方案调整");
  await design.addsCriterion(design.stage(2), "调整经经理同意", [["怎样算满足", "有人批准"], ["至少由谁批准", "经理"]]);
  await audited(page, "the designer");
  await design.publishes();
  const took = performance.now() - began;
  t.diagnostic(`set up and published in ${Math.round(took / 100) / 10} s of scripted steps`);
  assert.ok(took < SETUP_WITHIN, `it took ${took} ms`);

  await person.goTo("#/pipelines");
  const mine = page.getByTestId("pipeline").filter({ hasText: "新材料技术验证" });
  assert.match(await mine.innerText(), /第 1 版[^]*3 个阶段/);
  await audited(page, "the pipelines");
  await mine.getByRole("button", { name: "在看板上打开" }).click();
  await page.getByTestId("column").nth(2).waitFor();
  const names = await page.getByTestId("column").locator("h2").allTextContents();
  assert.deepEqual(names, ["技术方案演示", "样品测试", "方案调整"]);
  const second = await page.getByTestId("column").nth(1).getAttribute("data-stage");
  await page.locator("button.add").first().click();
  await page.getByTestId("form").locator("[name=title]").fill("电池隔膜");
  await page.getByTestId("form").locator("[type=submit]").click();
  const deal = await page.getByTestId("card").first().getAttribute("data-deal");
  await person.moves(deal, second);
  await page.getByTestId("deal").getByText("预算够大").first().waitFor();
  assert.deepEqual(person.device.problems.filter((line) => !/WebSocket/.test(line)), []);
});

test("what the door has against a pipeline stands where it is to be changed, and files from elsewhere are named", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const person = await Person.joins(await world.device("phone"), relay.invitation, "Wang");
  const { page } = person;
  await starts(person, /Technical validation/);
  const design = new Design(person, EN);
  const wrong = page.getByTestId("wrong");

  await design.unfolds(design.stage(1));
  for (const [name, comparison, value] of [["Large", "is at least", "200"], ["Small", "is at most", "100"]]) {
    const row = await design.addsCriterion(design.stage(1), name, []);
    await row.getByRole("button", { name: "+ Condition" }).click();
    await design.clause(row, ["Amount", comparison, value]);
  }
  await page.getByTestId("publish").click();
  await wrong.waitFor();
  assert.match(await wrong.innerText(), /“Small”.*never hold together/s);
  const small = design.stage(1).getByTestId("criterion-row").last();
  assert.match(await small.getByTestId("faults").innerText(), /never hold together/);
  await page.waitForFunction((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return top >= 0 && top < innerHeight && bottom > 0;
  }, await small.elementHandle());
  await audited(page, "faults");
  await small.getByRole("button", { name: "Remove this criterion" }).click();
  await wrong.waitFor({ state: "detached" });
  await page.getByTestId("put-back").click();
  await wrong.waitFor();
  await design.stage(1).getByTestId("criterion-row").last().getByRole("button", { name: "Remove this criterion" }).click();

  // A key activity of this stage, asked for by a stage that then comes before it.
  const later = await design.addsCriterion(design.stage(1), "Demo done", [["Met by", "A key activity that was done"]]);
  await design.chooses(later, "Which key activity", "Survey on site");
  await design.stage(0).getByRole("button", { name: /down$/ }).first().click();
  await page.getByTestId("publish").click();
  await wrong.waitFor();
  assert.match(await wrong.innerText(), /“Demo done”.*later stage/s);

  // The way back is asked for before the draft is lost.
  page.once("dialog", (dialog) => dialog.dismiss());
  await page.locator("a.back").click();
  await page.getByTestId("designer").waitFor();
  assert.match(page.url(), /#\/pipeline\//);
  page.once("dialog", (dialog) => dialog.accept());
  await page.locator("a.back").click();
  await page.getByTestId("pipelines").waitFor();

  const file = page.getByTestId("import-pipeline").locator("input");
  const problem = page.getByTestId("import-pipeline").getByRole("alert").first();
  const given = async (buffer) => file.setInputFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from(buffer) });
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Export as a file" }).click()]);
  const good = JSON.parse(await readFile(await saved.path(), "utf8"));
  for (const [content, words] of [
    ["Deal,Amount\nTide,5\n", /not a pipeline file/],
    [JSON.stringify({ ...good, version: 9 }), /newer Sluice/],
    [JSON.stringify({ ...good, pipeline: { ...good.pipeline, stages: 5 } }), /cannot be read/],
    [" ".repeat(2_000_000), /1024 KiB/],
  ]) {
    await given(content);
    await problem.filter({ hasText: words }).waitFor();
  }

  const asked = structuredClone(good);
  asked.pipeline.stages[0].criteria[0].rule = { fields: { filled: { custom: "00000000000000000000000000000001" } } };
  await given(JSON.stringify(asked));
  await page.getByTestId("arrived").getByRole("button", { name: "Open as a copy" }).click();
  await page.getByTestId("designer").waitFor();
  await page.getByTestId("publish").click();
  await wrong.waitFor();
  assert.match(await wrong.innerText(), /asks for a field that is gone/);
});

test("a stage is removed and its deals move along; two versions published at once are both there", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const wang = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  const stages = await wang.stages();
  for (const title of ["Tide", "Lock"]) await wang.opensDeal(stages[1], { title, company: "Dongling", amount: "100" });
  await wang.settled();
  const design = await designs(wang, EN);
  const { page } = wang;
  await design.unfolds(design.stage(1));
  await design.stage(1).getByRole("button", { name: "Remove this stage" }).click();
  const question = page.getByRole("dialog");
  assert.match(await question.innerText(), /Open deals: 2/);
  await audited(page, "the question where deals go");
  await question.getByRole("button", { name: "Proposal" }).click();
  await page.getByTestId("gone").waitFor();
  await page.getByTestId("publish").click();
  assert.match(await page.getByTestId("what-if").innerText(), /“Proposal”: 2/);
  await page.getByTestId("publish-now").click();
  await page.locator("[data-testid=publish][disabled]").waitFor();
  await wang.board();
  await page.locator(`[data-testid=column][data-stage="${stages[2]}"][data-count="2"]`).waitFor();
  assert.equal(await page.getByTestId("column").count(), 4);
  await wang.settled();

  // The same person's other device designs as well, apart.
  await wang.goTo("#/settings");
  await page.getByTestId("add-device").click();
  const link = await page.getByTestId("invite-link").inputValue();
  const phone = await Person.joins(await world.device("phone"), link, "Wang");
  await phone.settled();
  await Promise.all([wang.device.goOffline(), phone.device.goOffline()]);
  for (const [person, name] of [[wang, "At the desk"], [phone, "On the way"]]) {
    const apart = await designs(person, EN);
    await person.page.getByLabel("Pipeline name (English)").fill(name);
    await apart.publishes();
  }
  await Promise.all([wang.device.goOnline(), phone.device.goOnline()]);
  await Promise.all([wang, phone].map((person) => person.page.getByTestId("at-once").waitFor()));
  const shown = await page.getByRole("heading", { level: 1 }).innerText();
  const other = shown === "At the desk" ? "On the way" : "At the desk";
  assert.match(await page.getByTestId("at-once").innerText(), new RegExp(other));
  await page.getByRole("button", { name: "Adopt the other" }).click();
  await new Design(wang, EN).publishes();
  for (const person of [wang, phone]) {
    await person.page.getByTestId("at-once").waitFor({ state: "detached" });
    await person.page.getByRole("heading", { level: 1, name: other }).waitFor();
  }
});

/** Rows of the real export, or as many of the same shape. */
async function rows(world, t) {
  if (existsSync(EXPORT)) {
    const lines = (await readFile(EXPORT, "utf8")).trim().split(/\r?\n/).slice(1).map((line) => line.split(","));
    // The columns are opportunity, agent, product, account, stage, ...
    const failing = lines.filter(([, , , account, stage]) => stage === "Engaging" && account === "").length;
    return { file: EXPORT, count: lines.length, failing };
  }
  t.diagnostic("SKIPPED: the opportunities export is not beside the project; a generated one of its size is used");
  const file = join(await world.folder(), "scale.csv");
  const company = (n) => (n % 7 === 1 ? "" : `Company ${n % 400}`);
  const row = (n) => `S${n},Deal ${n},${company(n)},${(n % 900) + 100},${n % 2 ? "Needs confirmed" : "Identified"}`;
  await writeFile(file, ["id,Deal Name,Company,Amount,Stage", ...Array.from({ length: 8_800 }, (_, n) => row(n))].join("\n"));
  const failing = Array.from({ length: 8_800 }, (_, n) => n).filter((n) => n % 2 === 1 && n % 7 === 1).length;
  return { file, count: 8_800, failing };
}

test("tightening a gate over 8,800 deals lists exactly those that fail, at once", { timeout: 400_000 }, async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const person = await Person.joins(await world.device("desktop"), relay.invitation, "Wang");
  const { page } = person;
  const { file, count, failing } = await rows(world, t);
  await person.goTo("#/import");
  await page.getByTestId("file").setInputFiles(file);
  await page.getByTestId("dry-run").waitFor({ timeout: 60_000 });
  await page.getByTestId("run").click();
  await page.locator("[data-testid=import-state][data-state=done]").waitFor({ timeout: 300_000 });

  const design = await designs(person, EN);
  await design.unfolds(design.stage(1));
  const row = await design.addsCriterion(design.stage(1), "Known customer", []);
  await row.getByRole("button", { name: "+ Condition" }).click();
  await design.clause(row, ["Customer", undefined, undefined]);
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    times.push(await page.evaluate(async () => {
      const turn = () => new Promise((next) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = next;
        port2.postMessage(0);
      });
      const start = performance.now();
      document.querySelector("[data-testid=publish]").click();
      while (!document.querySelector("[data-testid=what-if]")) await turn();
      return performance.now() - start;
    }));
    assert.equal(await page.getByTestId("what-if").getAttribute("data-deals"), String(failing));
    if (round < 4) await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  }
  t.diagnostic(`what-if over ${count} deals, ${failing} failing: ${times.map((each) => Math.round(each)).join(", ")} ms`);
  // What our own code costs is in every round; what the machine does meanwhile is not.
  assert.ok(Math.min(...times) < WHAT_IF_WITHIN, `the quickest round took ${Math.min(...times)} ms`);

  const criterion = page.getByTestId("failing");
  assert.equal(await criterion.count(), 1, "criteria that were open before are not counted");
  assert.equal(await criterion.getAttribute("data-count"), String(failing));
  await criterion.locator("summary").click();
  await criterion.locator(".deal-row").first().waitFor();
  const drawn = await criterion.locator(".deal-row").count();
  assert.ok(drawn > 0 && drawn < 60, `${drawn} rows are drawn`);
});
