/* Every screen of the app with a story on it, in an order in which one leads to the next. */
import { Person } from "./person.mjs";
import { Story } from "./story.mjs";

const dialog = (page) => page.locator("dialog[open]");

/** Opens a form from a button and leaves it open for whoever looks. */
async function opensForm(person, button) {
  await person.page.getByTestId(button).first().click();
  await dialog(person.page).waitFor();
}

/** Goes to a page that has nothing to be waited for but its head. */
const opens = (name) => async (person) => {
  await person.goTo(`#/${name}`);
  await person.page.locator("#content h1").first().waitFor();
};

/** Goes to another page than the one that is shown, so that the next is drawn anew. */
const fresh = (person) => person.goTo("#/nowhere");

/** The page of a customer with someone to call. */
async function customer(person, { deals }) {
  await person.deal(deals.open);
  await person.page.locator("a.go").click();
  await person.page.getByTestId("story").getByRole("listitem").first().waitFor();
}

const SCREENS = {
  board: (person) => person.board(),
  async filtered(person) {
    await person.board();
    await person.page.getByTestId("views").click();
    await dialog(person.page).locator(".views .entry").first().click();
    await person.page.getByTestId("chosen").waitFor();
  },
  async lanes(person) {
    await person.board();
    await person.page.locator("select[name=lanes]").selectOption({ index: 1 });
    await person.page.getByTestId("lane").first().waitFor();
  },
  async "board-past"(person) {
    await person.goTo("#/board");
    await person.board();
    const day = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
    await person.page.locator("[name=as-of]").fill(day);
    await person.page.getByTestId("past").waitFor();
  },
  async filter(person) {
    await person.goTo("#/board");
    await person.board();
    await opensForm(person, "filter");
  },
  async views(person) {
    await person.board();
    await opensForm(person, "views");
  },
  async palette(person, { zh }) {
    await person.board();
    await opensForm(person, "find-button");
    await person.page.locator("[name=find]").fill(zh ? "dl" : "line");
    await person.page.getByTestId("found").first().waitFor();
  },
  async refused(person, { deals, stages }) {
    await person.board();
    const card = person.page.locator(`[data-testid=card][data-deal="${deals.open}"]`);
    await card.focus();
    for (const key of [" ", "ArrowRight", " "]) await person.page.keyboard.press(key);
    await person.page.locator(`[data-testid=column][data-stage="${stages[3]}"]`).getByTestId("refused").waitFor();
  },
  "deal-open": (person, { deals }) => person.deal(deals.open),
  "deal-conflict": (person, { deals }) => person.deal(deals.conflict),
  "deal-reopened": (person, { deals }) => person.deal(deals.reopened),
  "deal-won": (person, { deals }) => person.deal(deals.won),
  "deal-lost": (person, { deals }) => person.deal(deals.lost),
  async "form-new"(person) {
    await person.board();
    await opensForm(person, "new-deal");
  },
  async "form-move"(person, { deals }) {
    await person.deal(deals.open);
    await opensForm(person, "move");
  },
  async "form-log"(person, { deals }) {
    await person.deal(deals.open);
    await opensForm(person, "log");
  },
  async "form-evidence"(person, { deals }) {
    await person.deal(deals.open);
    await opensForm(person, "remedy");
  },
  async "form-product"(person, { deals }) {
    await person.deal(deals.open);
    await opensForm(person, "add-product");
  },
  customers: (person) => person.goTo("#/companies").then(() => person.page.locator("[data-company]").first().waitFor()),
  customer,
  async "form-contact"(person, story) {
    await customer(person, story);
    await person.page.getByTestId("people").getByRole("button").first().click();
    await dialog(person.page).waitFor();
  },
  ...Object.fromEntries(["today", "leads", "pipelines", "fields", "automations", "more"].map((name) => [name, opens(name)])),
  async "lead-open"(person) {
    await person.goTo("#/leads");
    await person.page.getByTestId("lead").locator(".about").last().click();
  },
  async "form-lead"(person) {
    await person.goTo("#/leads");
    await opensForm(person, "new-lead");
  },
  async "form-convert"(person) {
    await person.goTo("#/leads");
    await person.page.getByTestId("lead").locator(".decisions .primary").first().click();
    await dialog(person.page).waitFor();
  },
  /* A stage is folded open, and in it an activity and a criterion. */
  async designer(person) {
    const { page } = person;
    await person.goTo("#/pipelines");
    await page.getByTestId("pipeline").first().locator("h2 a").click();
    const stage = page.getByTestId("stage-row").nth(2);
    await stage.locator("> .fold-head > .fold-name").click();
    for (const part of ["activity-row", "criterion-row"]) await stage.getByTestId(part).first().locator(".fold-name").click();
  },
  async "form-field"(person) {
    await person.goTo("#/fields");
    await person.page.locator("[data-record=deal] .rows .button").first().click();
    await dialog(person.page).waitFor();
  },
  async "form-rule"(person) {
    await person.goTo("#/automations");
    await person.page.getByTestId("starter").first().getByRole("button").click();
    await dialog(person.page).waitFor();
  },
  import: (person) => person.goTo("#/import").then(() => person.page.getByTestId("file").waitFor({ state: "attached" })),
  "import-try": async (person, story) => person.tries(await story.messyTable()),
  settings: (person) => person.goTo("#/settings").then(() => person.page.getByTestId("add-device").waitFor()),
  invitation: (person) => person.addsDevice(),
  missing: (person) => person.goTo("#/nowhere/at/all"),
};

const THEMES = ["light", "dark"];

/** Walks a kind of device through all screens in both themes and calls `look(name, theme, page)` at each. */
export async function walk(world, relay, story, kind, look) {
  const invitation = await story.author.addsDevice();
  const device = await world.device(kind, { lang: story.lang });
  const page = await device.visit(invitation);
  await page.getByTestId("join").waitFor();
  await inThemes(page, "join", look);
  const person = await Person.joins(device, invitation, story.words.team[0]);
  await person.settled(20_000);
  for (const [name, show] of Object.entries(SCREENS)) {
    await fresh(person);
    await show(person, story);
    await inThemes(page, name, look);
    if (await dialog(page).count()) await page.keyboard.press("Escape");
  }
  await device.close();
}

async function inThemes(page, name, look) {
  for (const colorScheme of THEMES) {
    await page.emulateMedia({ colorScheme });
    await look(name, colorScheme, page);
  }
}

/** Tells the story in each language, on a relay of its own. */
export async function inBothLanguages(world, each) {
  for (const lang of ["zh-CN", "en-US"]) {
    const relay = await world.relay();
    await each(relay, await Story.told(world, relay, lang), lang);
  }
}
