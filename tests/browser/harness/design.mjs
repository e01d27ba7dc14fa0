/* The designer's screen: what a person does there, in the words of its labels. */

/** A person in the designer, in the words of the screen's labels. */
export class Design {
  constructor(person, words) {
    Object.assign(this, { person, page: person.page, words });
  }

  stage = (index) => this.page.getByTestId("stage-row").nth(index);
  folded = (row) => row.locator("> .fold-head > button[aria-expanded]");

  chooses = (where, label, choice) => where.getByRole("combobox", { name: label, exact: true }).selectOption({ label: choice });

  async unfolds(row) {
    if ((await this.folded(row).getAttribute("aria-expanded")) === "false") await this.folded(row).click();
  }

  async addsStage(name) {
    await this.page.getByRole("button", { name: this.words.addStage }).click();
    await this.page.getByTestId("stage-row").last().getByLabel(this.words.stageName).fill(name);
  }

  async addsActivity(stage, name, { kind, days, mandatory }) {
    await stage.getByRole("button", { name: this.words.addActivity }).click();
    const row = stage.getByTestId("activity-row").last();
    await row.getByLabel(this.words.activityWhat).fill(name);
    await this.chooses(row, this.words.activityKind, kind);
    await row.getByLabel(this.words.activityDays).fill(days);
    if (mandatory) await row.getByLabel(this.words.mandatory).check();
  }

  /** Adds a criterion; `choices` are labels of selects with what is chosen in each, in order. */
  async addsCriterion(stage, name, choices) {
    await stage.getByRole("button", { name: this.words.addCriterion, exact: true }).click();
    const row = stage.getByTestId("criterion-row").last();
    await row.getByLabel(this.words.criterionName).fill(name);
    for (const [label, choice] of choices) await this.chooses(row, label, choice);
    return row;
  }

  async clause(row, [field, comparison, value]) {
    const clause = row.getByTestId("clause").last();
    await this.chooses(clause, this.words.field, field);
    if (comparison) await this.chooses(clause, this.words.comparison, comparison);
    if (value) await clause.getByRole("textbox", { name: this.words.value, exact: true }).fill(value);
    return clause;
  }

  async publishes() {
    await this.page.getByTestId("publish").click();
    await this.page.getByTestId("publish-now").click();
    await this.page.getByTestId("what-if").waitFor({ state: "detached" });
    await this.page.locator("[data-testid=publish][disabled]").waitFor();
  }
}

/** The labels, in the language that names are then given in. */
export const ZH = {
  addStage: "＋ 阶段", stageName: "阶段名称（中文）", addActivity: "＋ 关键活动", activityWhat: "做什么（中文）", activityKind: "方式",
  activityDays: "进入阶段后几天内", mandatory: /必做/, addCriterion: "＋ 关卡条件", criterionName: "条件名称（中文）",
  field: "字段", comparison: "比较", value: "值",
};
export const EN = {
  addStage: "+ Stage", stageName: "Stage name (English)", addActivity: "+ Key activity", activityWhat: "What is done (English)",
  activityKind: "Kind", activityDays: "Days after entering", mandatory: /Mandatory/, addCriterion: "+ Criterion",
  criterionName: "Criterion name (English)", field: "Field", comparison: "Comparison", value: "Value",
};

/** Opens a fresh draft from a template. */
export async function starts(person, template) {
  await person.goTo("#/pipelines");
  await person.page.getByTestId("new-pipeline").getByRole("button", { name: template }).click();
  await person.page.getByTestId("designer").waitFor();
}

/** Opens a pipeline that is there; `index` is its place in the list. */
export async function designs(person, words, index = 0) {
  await person.goTo("#/pipelines");
  await person.page.getByTestId("pipeline").nth(index).locator("h2 a").click();
  await person.page.getByTestId("designer").waitFor();
  return new Design(person, words);
}
