/* A person at a device: what people do in the app, in the words of the screens' test ids. */
import assert from "node:assert/strict";

const form = (page) => page.getByTestId("form");

/** One pixel. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
/** A picture of it. */
export const picture = { name: "sample.png", mimeType: "image/png", buffer: Buffer.from(PIXEL, "base64") };

export class Person {
  constructor(device, page) {
    this.device = device;
    this.page = page;
  }

  /** Joins with a one-time link and waits for the board, on a phone for the day. */
  static async joins(device, link, name) {
    const person = new Person(device, await device.visit(link));
    const join = person.page.getByTestId("join");
    await join.locator("[name=name]").fill(name);
    await join.locator("[type=submit]").click();
    await person.page.locator("[data-testid=column], [data-testid=today]").first().waitFor();
    await device.readyForOffline();
    // A phone shows the day before it knows the team, without which a table is not understood.
    await person.page.locator("[data-testid=sync][data-link=online]").first().waitFor({ state: "attached" });
    return person;
  }

  async goTo(hash) {
    await this.page.evaluate((to) => (location.hash = to), hash);
  }

  async board() {
    await this.goTo("#/board");
    await this.page.getByTestId("column").first().waitFor();
  }

  async deal(id) {
    await this.goTo(`#/deal/${id}`);
    await this.page.locator(`[data-testid=deal][data-deal="${id}"]`).waitFor();
    await this.page.getByTestId("timeline").waitFor();
  }

  /** The ids of the stages, in order. */
  async stages() {
    await this.board();
    return this.page.getByTestId("column").evaluateAll((columns) => columns.map((column) => column.dataset.stage));
  }

  /** Writes a deal down in a stage and returns its id. */
  async opensDeal(stage, { title, company, amount }) {
    await this.board();
    const column = this.page.locator(`[data-testid=column][data-stage="${stage}"]`);
    await column.locator("button.add").click();
    await form(this.page).locator("[name=title]").fill(title);
    await form(this.page).locator("[name=company]").fill(company);
    await form(this.page).locator("[name=amount]").fill(amount);
    await form(this.page).locator("[type=submit]").click();
    const card = column.getByTestId("card").filter({ hasText: title });
    await card.waitFor();
    return card.getAttribute("data-deal");
  }

  async moves(id, stage) {
    await this.deal(id);
    await this.page.getByTestId("move").click();
    await this.page.locator(`dialog .entry[data-stage="${stage}"]`).click();
  }

  async prices(id, amount) {
    await this.deal(id);
    await this.page.locator("button.value[data-field=amount]").click();
    await form(this.page).locator("[name=amount]").fill(amount);
    await form(this.page).locator("[type=submit]").click();
    await form(this.page).waitFor({ state: "detached" });
  }

  /** Logs an activity; `key` is the place of the key activity it answers in the form's list. */
  async logs(id, summary, key) {
    await this.deal(id);
    await this.page.getByTestId("log").click();
    if (key !== undefined) await form(this.page).locator("[name=key]").selectOption({ index: key });
    await form(this.page).locator("[name=summary]").fill(summary);
    await form(this.page).locator("[type=submit]").click();
    await this.skipsNextStep();
    await this.page.getByTestId("timeline").getByText(summary).first().waitFor();
  }

  /** After a talk the next step is offered; this person leaves it open. */
  async skipsNextStep() {
    const offered = this.page.locator("dialog[open][aria-label='下一步'], dialog[open][aria-label='Next step']");
    await offered.getByTestId("form").locator("footer button[type=button]").click();
    await offered.waitFor({ state: "detached" });
  }

  async plans(id, due, summary) {
    await this.deal(id);
    await this.page.getByTestId("plan").click();
    await form(this.page).locator("[name=due]").fill(due);
    await form(this.page).locator("[name=about]").fill(summary);
    await form(this.page).locator("[type=submit]").click();
    await this.page.getByTestId("timeline").getByText(summary).first().waitFor();
  }

  async wins(id) {
    await this.deal(id);
    await this.page.getByTestId("win").click();
    await this.page.getByTestId("reopen").waitFor();
  }

  async loses(id, reason) {
    await this.deal(id);
    await this.page.getByTestId("lose").click();
    await form(this.page).locator("[name=reason]").fill(reason);
    await form(this.page).locator("[type=submit]").click();
    await this.page.getByTestId("reopen").waitFor();
  }

  /** Records a proof for the first criterion that asks for one, with a picture where it has to be seen. */
  async proves(id, quote) {
    await this.deal(id);
    await this.page.getByTestId("remedy").first().click();
    await form(this.page).locator("[name=from]").fill("Zhou Min");
    await form(this.page).locator("[name=quote]").fill(quote);
    if (/Photo|Signed/.test(await form(this.page).locator("[name=kind]").inputValue())) {
      await form(this.page).locator("[name=file]").setInputFiles(picture);
      await form(this.page).locator(".files li").waitFor();
    }
    await form(this.page).locator("[type=submit]").click();
    await this.page.locator("blockquote", { hasText: quote }).waitFor();
  }

  /** Fills the open form by the names of its inputs and sends it. */
  async #sends(texts) {
    for (const [name, text] of Object.entries(texts)) await form(this.page).locator(`[name=${name}]`).fill(text);
    await form(this.page).locator("[type=submit]").click();
    await form(this.page).waitFor({ state: "detached" });
  }

  async writesLead(lead) {
    await this.goTo("#/leads");
    await this.page.getByTestId("new-lead").click();
    await this.#sends(lead);
  }

  /** Adds someone to a deal's customer. */
  async knows(id, contact) {
    await this.deal(id);
    await this.page.locator("a.go").click();
    await this.page.getByTestId("people").getByRole("button").first().click();
    await this.#sends(contact);
  }

  async sells(id, line) {
    await this.deal(id);
    await this.page.getByTestId("add-product").click();
    await this.#sends(line);
  }

  /** Gives deals a field that the board's cards show. */
  async definesField(names) {
    await this.goTo("#/fields");
    await this.page.locator("[data-record=deal] > .button").click();
    await form(this.page).getByRole("checkbox").check();
    await this.#sends(names);
  }

  /** Fills in a deal's first field of the team's own. */
  async describes(id, entry) {
    await this.deal(id);
    await this.page.locator(".deal dl.facts").nth(1).locator("button.value").first().click();
    await this.#sends({ entry });
  }

  /** Takes the first of the rules that are offered, as it is. */
  async usesRule() {
    await this.goTo("#/automations");
    await this.page.getByTestId("starter").first().getByRole("button").click();
    await this.#sends({});
  }

  /** Keeps the deals of one owner as a view. */
  async keepsView(name, owner) {
    await this.board();
    await this.page.getByTestId("filter").click();
    await this.page.getByTestId("filter-sheet").getByRole("checkbox", { name: owner }).check();
    await this.page.keyboard.press("Escape");
    await this.page.getByTestId("views").click();
    await this.page.getByTestId("views-sheet").locator("input").fill(name);
    await this.page.getByTestId("views-sheet").locator("[type=submit]").click();
    await this.page.waitForFunction(() => location.hash.includes("view="));
    await this.goTo("#/board");
  }

  /** Asks for the approval that a deal's gate wants. */
  async asksApproval(id, note) {
    await this.deal(id);
    await this.page.getByTestId("remedy").filter({ hasText: /批准|approval/ }).click();
    await this.#sends({ note });
  }

  async withdraws(id) {
    await this.deal(id);
    await this.page.getByTestId("withdraw").first().click();
    await this.page.locator("blockquote.taken").waitFor();
  }

  /** Chooses a table on the import page and waits for the dry run; returns its panel. */
  async tries(file) {
    await this.goTo("#/import");
    await this.page.getByTestId("file").setInputFiles(file);
    const plan = this.page.getByTestId("dry-run");
    await plan.waitFor({ timeout: 60_000 });
    return plan;
  }

  /** Imports a table, of which so many rows become deals. */
  async imports(file, expected, within = 60_000) {
    const plan = await this.tries(file);
    assert.equal(Number(await plan.getAttribute("data-created")), expected);
    await this.page.getByTestId("run").click();
    await this.page.locator("[data-testid=import-state][data-state=done]").waitFor({ timeout: within });
  }

  /** Starts the app again, as after the system threw it out of memory. */
  async restarts() {
    await this.page.reload();
    await this.device.drawn();
    await this.page.getByTestId("sync").waitFor();
  }

  badge() {
    return this.page.getByTestId("sync").first();
  }

  digest() {
    return this.page.getByTestId("digest").first().textContent();
  }

  waiting() {
    return this.badge().getAttribute("data-waiting").then(Number);
  }

  /** Waits until everything is acknowledged. */
  async settled(timeout = 10_000) {
    await this.page.locator('[data-testid=sync][data-link=online][data-waiting="0"]').first().waitFor({ timeout, state: "attached" });
  }

  /** A colleague's link, from the settings. */
  invites = () => this.#makesLink("invite");

  /** A link for another device of the same person. */
  addsDevice = () => this.#makesLink("add-device");

  async #makesLink(button) {
    await this.goTo("#/board");
    await this.goTo("#/settings");
    await this.page.getByTestId(button).click();
    return this.page.getByTestId("invite-link").inputValue();
  }
}

/** Waits until two people see the same board and the relay has everything; says how long it took, in milliseconds. */
export const agree = (one, other, within) => meet(one, other, within, true);

/** Waits until two people see the same board, whatever waits for the relay. */
export const showSame = (one, other, within) => meet(one, other, within, false);

async function meet(one, other, within, acknowledged) {
  const start = performance.now();
  for (;;) {
    const [left, right] = await Promise.all([one.digest(), other.digest()]);
    const waiting = (await one.waiting()) + (await other.waiting());
    const took = performance.now() - start;
    if (left === right && (waiting === 0 || !acknowledged)) return took;
    assert.ok(took < within, `after ${Math.round(took)} ms one shows ${left}, the other ${right}, ${waiting} changes wait`);
    await new Promise((later) => setTimeout(later, 20));
  }
}
