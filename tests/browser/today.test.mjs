/* A seller's day on a phone: a lead becomes a deal, talks are logged, steps finished and moved; a manager answers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { World, auditAccessibility } from "./harness.mjs";
import { Person } from "./harness/person.mjs";

const dialog = (page, name) => page.getByRole("dialog", { name });
const part = (page, name) => page.getByRole("region", { name, exact: true });
const go = (page, name) => page.getByRole("navigation", { name: /页面|Screens/ }).getByRole("link", { name, exact: true }).click();

test("a phone's day: a lead becomes a deal, a call is two taps and a sentence, and every step can be undone", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const boss = await Person.joins(await world.device("desktop"), relay.invitation, "Boss");
  const phone = await Person.joins(await world.device("phone", { lang: "zh-CN" }), await boss.invites(), "李");
  const page = phone.page;

  // The phone begins with the day, the wide screen with the board.
  await page.getByRole("heading", { name: "没有等着你的事" }).waitFor();
  await boss.goTo("#/");
  await boss.page.getByTestId("column").first().waitFor();

  await go(page, "线索");
  await page.getByRole("button", { name: "新线索" }).click();
  const fresh = dialog(page, "新线索");
  for (const [label, text] of [
    ["公司", "东岭精密"],
    ["联系人", "周敏"],
    ["电话", "139 0000 0000"],
    ["来源", "展会"],
    ["需求", "质检视觉"],
  ]) {
    await fresh.getByLabel(label, { exact: true }).fill(text);
  }
  await fresh.getByRole("button", { name: "保存" }).click();
  const lead = page.getByTestId("lead").filter({ hasText: "东岭精密" });
  assert.equal(await lead.getByRole("link", { name: "致电 周敏" }).getAttribute("href"), "tel:13900000000");
  assert.deepEqual(await auditAccessibility(page), []);

  // Edited where it stands.
  await lead.getByRole("button", { name: /东岭精密/ }).click();
  await lead.getByRole("button", { name: "展会", exact: true }).click();
  await lead.getByLabel("来源").fill("转介绍");
  await lead.getByRole("button", { name: "保存" }).click();
  await lead.getByRole("button", { name: "转介绍", exact: true }).waitFor();

  await lead.getByRole("button", { name: "转为商机" }).click();
  const convert = dialog(page, "转为商机");
  assert.equal(await convert.getByLabel("公司").inputValue(), "东岭精密");
  await convert.getByLabel("商机名称").fill("质检视觉");
  await convert.getByRole("button", { name: "转为商机" }).click();
  const deal = page.getByRole("article").filter({ hasText: "质检视觉" });
  await deal.getByRole("link", { name: "致电 周敏" }).waitFor();

  // Two taps and a sentence; the next step is the stage's own, planned when the deal was opened.
  await go(page, "今天");
  await part(page, "未来 7 天").getByText("首次沟通").waitFor();
  await page.getByRole("button", { name: "记一笔" }).click();
  const log = dialog(page, "记一笔");
  await log.getByRole("button", { name: "拜访" }).click();
  await log.getByRole("button", { name: /质检视觉/ }).click();
  const sentence = log.getByLabel("说了什么，结果如何");
  assert.ok(await sentence.evaluate((area) => area === document.activeElement), "the sentence has the focus");
  await page.keyboard.type("看了产线，节拍 12 秒");
  await log.getByRole("button", { name: "保存" }).click();
  const next = dialog(page, "下一步");
  await next.getByText("首次沟通").waitFor();
  await next.getByRole("button", { name: "保存" }).click();
  await next.waitFor({ state: "detached" });

  // One tap finishes; the sentence and the next step follow, and the whole can be taken back.
  const soon = part(page, "未来 7 天");
  const tick = soon.getByRole("button", { name: "完成：电话 · 首次沟通 · 质检视觉" });
  await tick.click();
  await next.getByRole("button", { name: "撤销" }).click();
  await tick.click();
  await next.getByLabel(/结果如何/).fill("愿意看方案");
  await next.getByRole("button", { name: "保存" }).click();
  await next.waitFor({ state: "detached" });
  assert.equal(await soon.getByTestId("count").textContent(), "1");
  assert.deepEqual(await auditAccessibility(page), []);

  // Another day, and back.
  const line = soon.getByRole("listitem");
  const before = await line.getByRole("time").textContent();
  await line.getByRole("button", { name: "「质检视觉」的更多操作" }).click();
  await dialog(page, "质检视觉").getByRole("button", { name: "明天" }).click();
  await line.getByText("明天").waitFor();
  await page.getByTestId("toast").getByRole("button", { name: "撤销" }).click();
  await line.getByText(before).waitFor();

  await line.getByRole("link", { name: /质检视觉/ }).click();
  await page.getByTestId("timeline").getByText("愿意看方案").waitFor();
  await page.getByTestId("timeline").getByText("看了产线，节拍 12 秒").waitFor();

  await go(page, "线索");
  await page.getByRole("button", { name: /已转商机/ }).click();
  await lead.getByRole("link", { name: "打开商机" }).waitFor();
  await phone.settled();
});

test("an approval is asked for from the gate and answered from another device's day", async (t) => {
  const world = new World(t);
  const relay = await world.relay();
  const boss = await Person.joins(await world.device("desktop"), relay.invitation, "Boss");
  const rep = await Person.joins(await world.device("phone", { lang: "zh-CN" }), await boss.invites(), "李");
  const stages = await rep.stages();
  const id = await rep.opensDeal(stages[3], { title: "数字孪生车间", company: "恒信汽配", amount: "1480000" });

  const asks = async (note) => {
    await rep.deal(id);
    await rep.page.getByRole("button", { name: "请经理批准" }).click();
    const form = rep.page.getByRole("dialog");
    await form.getByLabel("为什么需要（可不填）").fill(note);
    await form.getByRole("button", { name: "请求" }).click();
    await rep.page.getByText("已请求，等经理批准").waitFor();
  };
  await boss.goTo("#/today");
  const waiting = part(boss.page, "Waiting for your approval");

  await asks("八五折");
  await waiting.getByText("八五折").waitFor();
  await waiting.getByRole("button", { name: "Decline" }).click();
  const decline = dialog(boss.page, "Decline");
  await decline.getByLabel("Reason").fill("Nine tenths at least");
  await decline.getByRole("button", { name: "Decline" }).click();
  await waiting.waitFor({ state: "detached" });

  await asks("九折");
  await waiting.getByText("九折").waitFor();
  assert.equal(await waiting.getByTestId("count").textContent(), "1");
  await waiting.getByRole("button", { name: "Approve" }).click();
  await waiting.waitFor({ state: "detached" });
  await rep.page.locator("[data-criterion][data-look=met]").filter({ hasText: "批准" }).waitFor();
});
