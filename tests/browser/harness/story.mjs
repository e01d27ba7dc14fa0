/*
 * A team's pipeline on an ordinary day, in the words of one language: some deals are late, some have stalled,
 * one was reopened, one is disputed. Screens are looked at and audited with it.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Person, agree } from "./person.mjs";

/* Title and customer in Chinese and English, amount in thousands, stage, days there, whose, days to the next step. */
const DEALS = [
  ["产线改造", "东岭精密制造", "Line upgrade", "Dongling Precision", 280, 0, 3, 0, 2],
  ["仓储看板试点", "海川物流", "Warehouse board pilot", "Haichuan Logistics", 96, 0, 11, 1],
  ["门店巡检系统", "禾木餐饮", "Store inspections", "Hemu Restaurants", 150, 0, 19, 0, -2],
  ["园区一卡通", "临港产业园区", "Campus card", "Lingang Park", 210, 0, 1, 2, 6],
  ["排产优化", "立新纺织", "Scheduling", "Lixin Textiles", 390, 0, 8, 0, -1],
  ["设备点检小程序", "华岩水泥", "Machine checks on the phone", "Huayan Cement", 64, 0, 5, 1, 4],
  ["冷库温度告警", "鲜达供应链", "Cold store alarms", "Xianda Supply Chain", 118, 0, 26, 2],
  ["供应商门户", "北辰集团", "Supplier portal", "Beichen Group", 720, 0, 2, 0, 9],
  ["能源审计", "洛川矿业", "Energy audit", "Luochuan Mining", 88, 0, 17, 1, -5],
  ["智能工牌", "恒信汽配", "Smart badges", "Hengxin Auto Parts", 45, 0, 4, 2],
  ["报工终端", "普创电机", "Shop floor terminals", "Puchuang Motors", 132, 0, 6, 1, 3],
  ["设备联网二期", "中原重工", "Connected machines, phase two", "Zhongyuan Heavy Industry", 1260, 1, 6, 2, 1],
  ["冷链温控", "鲜达供应链", "Cold chain control", "Xianda Supply Chain", 420, 1, 4, 1, 2],
  ["能耗监测", "临港产业园区", "Energy monitoring", "Lingang Park", 760, 1, 15, 0, -2],
  ["数字孪生车间", "恒信汽配", "Digital twin of the press shop", "Hengxin Auto Parts", 1480, 1, 5, 2, 3],
  ["质量追溯", "青禾乳业", "Traceability", "Qinghe Dairy", 530, 1, 9, 1, 5],
  ["配件商城", "洛川矿业", "Spare parts shop", "Luochuan Mining", 310, 1, 33, 0],
  ["无人叉车试点", "海川物流", "Driverless forklifts", "Haichuan Logistics", 890, 1, 12, 2, 7],
  ["客服工单", "禾木餐饮", "Service tickets", "Hemu Restaurants", 76, 1, 2, 1, 1],
  ["实验室信息管理", "明德制药", "Laboratory records", "Mingde Pharma", 640, 1, 24, 0, -8],
  ["质检视觉", "锐视电子", "Visual inspection", "Ruishi Electronics", 530, 2, 2, 1, 0],
  ["备件预测", "中原重工", "Parts forecast", "Zhongyuan Heavy Industry", 640, 2, 8, 0, 4],
  ["车间大屏", "普创电机", "Shop floor screens", "Puchuang Motors", 185, 2, 13, 2, -3],
  ["数据中台", "北辰集团", "Data platform for the group and its fourteen plants", "Beichen Group", 2350, 2, 28, 0],
  ["仓库改造", "华岩水泥", "Warehouse rebuild", "Huayan Cement", 470, 2, 6, 1, 2],
  ["洁净室监测", "明德制药", "Clean room monitoring", "Mingde Pharma", 360, 2, 3, 2, 6],
  ["移动巡检", "立新纺织", "Mobile inspections", "Lixin Textiles", 125, 2, 18, 1],
  ["集团采购框架", "北辰集团", "Group purchasing", "Beichen Group", 2100, 3, 9, 0, 1],
  ["备件平台", "洛川矿业", "Parts platform", "Luochuan Mining", 640, 3, 21, 2],
  ["自动装箱线", "青禾乳业", "Packing line", "Qinghe Dairy", 980, 3, 5, 1, 3],
  ["视觉分拣", "鲜达供应链", "Visual sorting", "Xianda Supply Chain", 415, 3, 7, 0, -1],
  ["排放监测", "华岩水泥", "Emission monitoring", "Huayan Cement", 275, 3, 12, 2, 8],
  ["MES 升级", "华岩水泥", "MES upgrade", "Huayan Cement", 880, 4, 3, 1, 2],
  ["安灯系统", "普创电机", "Andon system", "Puchuang Motors", 310, 4, 1, 0, 5],
  ["电子看板", "东岭精密制造", "Electronic boards", "Dongling Precision", 152, 4, 6, 2],
  ["工业网关", "中原重工", "Industrial gateways", "Zhongyuan Heavy Industry", 340, "won", 20, 0],
  ["能源看板", "临港产业园区", "Energy board", "Lingang Park", 120, "won", 34, 1],
  ["车队管理", "海川物流", "Fleet management", "Haichuan Logistics", 510, "won", 41, 2],
  ["会员系统", "禾木餐饮", "Loyalty programme", "Hemu Restaurants", 230, "lost", 25, 1],
  ["云桌面", "锐视电子", "Cloud desktops", "Ruishi Electronics", 410, "lost", 38, 0],
];

const WORDS = {
  "zh-CN": {
    team: ["王敏", "李强", "赵蕾"],
    header: "商机编号,商机名称,客户名称,负责人,金额,币种,阶段,创建日期,预计成交日期",
    stages: ["线索识别", "需求确认", "方案提出", "商务谈判", "合同签订"],
    won: "赢单",
    lost: "输单",
    plan: "回访并确认下一步",
    customer: "周敏（设备部）",
    quote: "确认需求，预算已列入明年计划。",
    terms: "合同已盖章寄出。",
    call: "电话 12 分钟，确认预算区间 50–60 万",
    demo: "当面讲解方案，客户要求补充产线节拍数据",
    visit: "到现场看了两条线，设备部同意提供接口文档",
    reason: "客户把预算转给了总部统一采购的平台，明年再看",
    leads: [
      { company: "东岭精密制造", person: "周敏（设备部）", phone: "139 0000 1234", email: "zhou@dongling.example", channel: "展会", need: "质检视觉，两条产线，明年一季度上线" },
      { company: "海州港务", person: "陈工", channel: "官网表单", need: "堆场看板" },
    ],
    note: "九折，三年维保，客户周五开评审会",
    view: "本月要签的",
    industry: "消费电子",
    product: "视觉工位（含镜头与光源）",
    messy: ["商机名称,客户名称,金额,阶段,创建日期", "展厅互动屏,东岭精密制造,120000,线索识别,2026-09-01",
      "巡检机器人,中原重工,-5,需求确认,2026-09-03", "智能仓,海川物流,880000,等待老板拍板,2026-09-04",
      "空压站改造,华岩水泥,12 万左右,方案提出,2026-09-05", "少了几列,洛川矿业", "数字展厅,青禾乳业,260000,方案提出,九月初",
      ",,,需求确认,2026-09-08", "能源看板二期,临港产业园区,340000,商务谈判,2026-09-09", "冷库门改造,鲜达供应链,56000,赢单,2026-06-11"],
  },
  "en-US": {
    team: ["Min Wang", "Qiang Li", "Lei Zhao"],
    header: "Opportunity ID,Deal Name,Company,Owner,Amount,Currency,Stage,Create Date,Expected Close Date",
    stages: ["Identified", "Needs confirmed", "Proposal", "Negotiation", "Contract"],
    won: "Won",
    lost: "Lost",
    plan: "Call back and agree on the next step",
    customer: "Min Zhou (equipment)",
    quote: "We confirm the need; the budget is in next year’s plan.",
    terms: "The contract is stamped and in the post.",
    call: "12 minutes on the phone, the budget is between 500 and 600 thousand",
    demo: "Presented the proposal; they ask for the cycle times of both lines",
    visit: "Saw two lines on site; the equipment department will hand over the interface description",
    reason: "The budget went to the group’s own purchasing platform; ask again next year",
    leads: [
      { company: "Dongling Precision", person: "Min Zhou (equipment)", phone: "139 0000 1234", email: "zhou@dongling.example", channel: "Trade fair", need: "Visual inspection on two lines, running in the first quarter" },
      { company: "Haizhou Port", person: "Mr Chen", channel: "Web form", need: "A board for the yard" },
    ],
    note: "Ten percent off with three years of maintenance; their review is on Friday",
    view: "To be signed this month",
    industry: "Consumer electronics",
    product: "Inspection station (lens and lights included)",
    messy: ["Deal Name,Company,Amount,Stage,Create Date", "Showroom screens,Dongling Precision,120000,Identified,2026-09-01",
      "Inspection robots,Zhongyuan Heavy Industry,-5,Needs confirmed,2026-09-03",
      "Smart warehouse,Haichuan Logistics,880000,Waiting for the boss,2026-09-04",
      "Compressor station,Huayan Cement,about 120k,Proposal,2026-09-05", "Too short,Luochuan Mining",
      "Digital showroom,Qinghe Dairy,260000,Proposal,early September", ",,,Needs confirmed,2026-09-08",
      "Energy board two,Lingang Park,340000,Negotiation,2026-09-09", "Cold store doors,Xianda Supply Chain,56000,Won,2026-06-11"],
  },
};

const day = (offset) => new Date(Date.now() + offset * 86_400_000).toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });

export class Story {
  /** Tells the story on a relay: what came before is imported, the rest is done by two people as people do it. */
  static async told(world, relay, lang) {
    const story = new Story(lang, await world.folder());
    story.author = await Person.joins(await world.device("desktop", { lang }), relay.invitation, story.words.team[0]);
    const invitation = await story.author.invites();
    const colleague = await Person.joins(await world.device("desktop", { lang }), invitation, story.words.team[1]);
    await agree(story.author, colleague, 20_000);
    await story.author.imports(await story.table(), DEALS.length);
    story.stages = await story.author.stages();
    await story.plans();
    await story.works();
    await story.sets();
    await story.asks(colleague);
    await story.quarrels(colleague);
    return story;
  }

  constructor(lang, folder) {
    this.lang = lang;
    this.words = WORDS[lang];
    this.folder = folder;
    this.zh = lang === "zh-CN";
    /** The deals of the screens, by what is to be seen on them. */
    this.deals = {};
  }

  title = (deal) => deal[this.zh ? 0 : 2];
  named = (title) => DEALS.find((deal) => deal[0] === title);

  async table() {
    const row = (deal, index) => {
      const [, , , , amount, stage, since, owner] = deal;
      const words = typeof stage === "number" ? this.words.stages[stage] : this.words[stage];
      const currency = index % 13 === 6 ? "USD" : "CNY";
      const cells = [`S${index}`, `"${this.title(deal)}"`, deal[this.zh ? 1 : 3], this.words.team[owner], amount * 1000, currency];
      return [...cells, words, day(-since), day(20 + index)].join(",");
    };
    return this.file("pipeline.csv", [this.words.header, ...DEALS.map(row)]);
  }

  /** A table with most of what can be wrong with one. */
  messyTable = () => this.file("messy.csv", this.words.messy);

  async file(name, lines) {
    const file = join(this.folder, name);
    await writeFile(file, `${lines.join("\n")}\n`);
    return file;
  }

  async id(title) {
    const words = this.title(this.named(title));
    await this.author.board();
    return this.author.page.getByTestId("card").filter({ hasText: words }).first().getAttribute("data-deal");
  }

  async plans() {
    for (const deal of DEALS.filter((deal) => deal[8] !== undefined)) {
      await this.author.plans(await this.id(deal[0]), day(deal[8]), this.words.plan);
    }
  }

  async works() {
    const { author, words, deals } = this;
    for (const title of ["冷链温控", "质量追溯", "集团采购框架", "自动装箱线"]) await author.proves(await this.id(title), words.quote);
    deals.open = await this.id("质检视觉");
    await author.logs(deals.open, words.call);
    await author.logs(deals.open, words.demo, 3);
    deals.won = await this.id("MES 升级");
    await author.logs(deals.won, words.visit);
    await author.proves(deals.won, words.terms);
    await author.wins(deals.won);
    deals.lost = await this.id("移动巡检");
    await author.logs(deals.lost, words.call);
    await author.loses(deals.lost, words.reason);
  }

  /** What a team has beside its deals: leads, someone to call, a product, a field and a rule of its own, a view. */
  async sets() {
    const { author, words, deals, zh } = this;
    for (const lead of words.leads) await author.writesLead(lead);
    await author.knows(deals.open, { name: words.customer, phone: "139 0000 1234", email: "zhou@dongling.example" });
    await author.sells(deals.open, { product: words.product, quantity: "2", amount: "248000" });
    await author.definesField({ "name-zh": "行业", "name-en": "Industry" });
    await author.describes(deals.open, words.industry);
    await author.usesRule();
    await author.keepsView(words.view, zh ? "王敏" : "Min Wang");
  }

  /** A colleague asks for an approval that the author's day then waits for. */
  async asks(colleague) {
    await colleague.asksApproval(await this.id("备件平台"), this.words.note);
  }

  /** Two people change the same things while they do not hear of each other. */
  async quarrels(colleague) {
    const { author, words, deals, stages } = this;
    deals.conflict = await this.id("能耗监测");
    deals.reopened = await this.id("数字孪生车间");
    await author.proves(deals.reopened, words.quote);
    await author.settled();
    await agree(author, colleague, 20_000);
    await Promise.all([author.device.goOffline(), colleague.device.goOffline()]);
    await author.prices(deals.conflict, "780000");
    await author.moves(deals.reopened, stages[2]);
    await colleague.prices(deals.conflict, "715000");
    await colleague.logs(deals.conflict, words.visit);
    await colleague.withdraws(deals.reopened);
    await Promise.all([author.device.goOnline(), colleague.device.goOnline()]);
    await agree(author, colleague, 20_000);
  }
}
