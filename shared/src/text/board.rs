//! The board: columns, cards, dragging, and what a refused drop says.

phrases! {
    sees_own() { zh: "这里只显示你自己的商机", en: "You see your own deals" }
    sees_team() { zh: "这里只显示你所在小组的商机", en: "You see your team’s deals" }
    new_deal() { zh: "新商机", en: "New deal" }
    deals_count(n: usize) { zh: "{n} 个商机", en: "Deals: {n}" }
    won_total(n: usize) { zh: "赢单 {n}", en: "Won {n}" }
    lost_total(n: usize) { zh: "输单 {n}", en: "Lost {n}" }
    stalled(n: usize) { zh: "{n} 停滞", en: "{n} stalled" }
    reopened_gate() { zh: "关卡重开", en: "Gate reopened" }
    no_next_step() { zh: "没有下一步", en: "No next step" }
    late_step(days: i64, what: &str) { zh: "逾期 {days} 天 {what}", en: "{days} d late · {what}" }
    planned_step(day: &str, what: &str) { zh: "{day} {what}", en: "{day} · {what}" }
    move_to() { zh: "移到…", en: "Move to…" }
    move_deal_to(title: &str) { zh: "把「{title}」移到", en: "Move “{title}” to" }
    moved(title: &str, stage: &str) { zh: "「{title}」已移到「{stage}」", en: "“{title}” moved to {stage}" }
    empty_column() { zh: "这个阶段没有商机", en: "No deals in this stage" }
    empty_board() { zh: "还没有商机", en: "No deals yet" }
    empty_board_hint() {
        zh: "写下第一个商机，或导入你已有的表格。没有网络也可以。",
        en: "Write the first deal down, or import the table you have. No network is needed."
    }
    import_a_table() { zh: "导入表格", en: "Import a table" }
    past_day() { zh: "历史", en: "Past day" }
    stages_nav() { zh: "阶段", en: "Stages" }
    not_yet_into(stage: &str) { zh: "还不能进入「{stage}」", en: "Not yet into {stage}" }
    move_now(stage: &str) { zh: "现在移到「{stage}」", en: "Move to {stage} now" }
    judged_here(title: &str) { zh: "{title} · 在本机判定", en: "{title} · judged on this device" }
    lifted(title: &str, stage: &str) {
        zh: "已拿起「{title}」，在「{stage}」。左右键换阶段，空格放下，Esc 取消。",
        en: "Lifted “{title}”, in {stage}. Arrow keys change the stage, Space drops, Escape cancels."
    }
    over_stage(stage: &str) { zh: "在「{stage}」上方", en: "Over {stage}" }
    drop_cancelled() { zh: "已取消，商机没有移动", en: "Cancelled; the deal did not move" }
    gate_of(met: usize, all: usize) { zh: "关卡 {met}/{all}", en: "Gate {met} of {all}" }
    title() { zh: "商机名称", en: "Title" }
    new_company_hint() { zh: "输入名称；没有的会新建", en: "Type a name; an unknown one is added" }
    open_deal_in(stage: &str) { zh: "在「{stage}」新建", en: "New in {stage}" }
    owner_of(name: &str) { zh: "负责人 {name}", en: "Owner {name}" }
}
