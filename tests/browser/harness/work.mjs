/* A deal at its gates: refused, with the open criteria in sight, until they are met one by one. */
import assert from "node:assert/strict";

/** A person at one deal; `fills` says for each criterion what goes into the form of its button. */
export class Work {
  constructor(person, id, fills) {
    Object.assign(this, { person, page: person.page, id, fills });
  }

  /** The gate the deal stands at; those behind it are folded. */
  gate = () => this.page.locator("[data-testid=gate]:not(details *)").last();
  #dialog = () => this.page.locator("dialog[open]");

  /** The line of a criterion that looks so. */
  look = (name, look) =>
    this.page.locator(`[data-criterion][data-look=${look}]`).filter({ has: this.page.locator("b", { hasText: name }) });
  told = (words) => this.page.getByTestId("toast").filter({ hasText: words }).waitFor();
  stands = (stage) => this.page.locator(".stepper [aria-current=step]").filter({ hasText: stage }).waitFor();

  /** Asks for a stage in the head of the page, where no toast lies over it, or for the end where there is none. */
  asksFor(stage) {
    const step = this.page.locator(".stepper").getByRole("button", { name: stage });
    return (stage ? step : this.page.getByTestId("win")).click();
  }

  /** Is refused, and sees which required criteria are open. */
  async isRefused(at, stage, open) {
    await this.asksFor(stage);
    await this.told(`The gate is closed: ${open.length} open`);
    await this.stands(at);
    const heading = `${open.length} left before ${stage ?? "it is won"}`;
    assert.match(await this.gate().getByRole("heading").innerText(), new RegExp(heading));
    const lines = this.gate().locator("[data-criterion]:not([data-look=met])").filter({ hasText: "Required" });
    assert.deepEqual(await lines.locator("b").allTextContents(), open);
    assert.equal(await this.page.getByTestId("reopen").count(), 0, "the deal is still open");
  }

  async meets(name) {
    await this.look(name, "open").getByTestId("remedy").click();
    const form = this.#dialog().getByTestId("form");
    await this.fills[name](form);
    await form.locator("[type=submit]").click();
    await this.#dialog().waitFor({ state: "detached" });
    await this.look(name, "met").waitFor();
  }

  async goesTo(stage) {
    await this.asksFor(stage);
    await this.told(`moved to ${stage}`);
    await this.stands(stage);
  }

  /** Is refused for each criterion in turn, meets it, and goes on; without a stage the last step is left to the journey. */
  async passes(at, stage, criteria) {
    for (const [index, name] of criteria.entries()) {
      await this.isRefused(at, stage, criteria.slice(index));
      await this.meets(name);
    }
    await this.gate().getByText("The gate is met").waitFor();
    if (stage) await this.goesTo(stage);
  }
}
