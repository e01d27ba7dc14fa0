//! The deal page: fields, gate, evidence, activities, outcome, conflicts, timeline.

phrases! {
    gate_done() { zh: "关卡已全部满足", en: "The gate is met" }
    gate_passed(stage: &str) { zh: "「{stage}」的关卡已通过", en: "The gate of {stage} is passed" }
    gates_behind(n: usize) { zh: "走过的关卡（{n}）", en: "Gates behind it ({n})" }
    gate_left(stage: &str, n: usize) { zh: "进入「{stage}」还差 {n} 项", en: "{n} left before {stage}" }
    gate_left_to_win(n: usize) { zh: "赢单还差 {n} 项", en: "{n} left before it is won" }
    required() { zh: "必需", en: "Required" }
    advised() { zh: "建议", en: "Advised" }
    met() { zh: "已满足", en: "Met" }
    open() { zh: "未满足", en: "Open" }
    withdrawn() { zh: "已撤回", en: "Withdrawn" }
    withdrawn_by(who: &str, when: &str) { zh: "{who} 于 {when} 撤回", en: "Withdrawn by {who}, {when}" }
    recorded_by(who: &str, when: &str) { zh: "{who} 记录于 {when}", en: "Recorded by {who}, {when}" }
    add_evidence() { zh: "添加凭证", en: "Add evidence" }
    record_activity() { zh: "记录活动", en: "Record activity" }
    set_field(field: &str) { zh: "填写{field}", en: "Fill in: {field}" }
    declined_by(who: &str, when: &str, reason: &str) {
        zh: "{who} 于 {when} 不批准：{reason}",
        en: "Declined by {who}, {when}: {reason}"
    }
    take_approval_back() { zh: "收回批准", en: "Take the approval back" }
    approval_taken_back(what: &str) { zh: "已收回批准：{what}", en: "Approval taken back: {what}" }
    approve() { zh: "批准", en: "Approve" }
    needs_role(role: &str) { zh: "需要{role}批准", en: "Needs approval by: {role}" }
    ask_approval(role: &str) { zh: "请{role}批准", en: "Ask for approval: {role}" }
    approval_waiting(role: &str) { zh: "已请求，等{role}批准", en: "Asked; waits for: {role}" }
    override_gate() { zh: "放行（填写理由）", en: "Override with a reason" }
    overridden_by(who: &str, reason: &str) { zh: "{who} 放行：{reason}", en: "Overridden by {who}: {reason}" }
    hold_gate() { zh: "收回放行", en: "Take the override back" }
    gate_held() { zh: "已收回放行", en: "The override is taken back" }
    withdraw() { zh: "撤回凭证", en: "Withdraw" }
    evidence_withdrawn(from: &str) { zh: "已撤回凭证：{from}", en: "Evidence withdrawn: {from}" }
    evidence_kind() { zh: "什么凭证", en: "Kind of evidence" }
    evidence_from() { zh: "客户方是谁给出的", en: "Who at the customer gave it" }
    evidence_day() { zh: "哪一天", en: "On which day" }
    evidence_quote() { zh: "客户原话或文件内容", en: "The customer’s words, or what it shows" }
    reopened_because(criterion: &str, stage: &str) {
        zh: "关卡重开：「{criterion}」不再满足。核实到的阶段：{stage}。",
        en: "Gate reopened: “{criterion}” no longer holds. Verified stage: {stage}."
    }
    reopened_by(who: &str, when: &str, criterion: &str, stage: &str) {
        zh: "关卡重开：{who} 于 {when} 撤回了「{criterion}」。核实到的阶段：{stage}。",
        en: "Gate reopened: {who} withdrew “{criterion}” at {when}. Verified stage: {stage}."
    }
    log_activity() { zh: "记一笔", en: "Log" }
    plan_activity() { zh: "计划", en: "Plan" }
    activity_summary() { zh: "说了什么，结果如何", en: "What was said, what came of it" }
    activity_due() { zh: "计划在哪一天", en: "Planned for" }
    finish_activity() { zh: "完成", en: "Done" }
    answers_key() { zh: "对应关键活动", en: "Answers the key activity" }
    no_key() { zh: "不对应", en: "None" }
    planned() { zh: "已计划", en: "Planned" }
    win() { zh: "赢单", en: "Won" }
    lose() { zh: "输单", en: "Lost" }
    lose_reason() { zh: "客户为什么没有买", en: "Why the customer did not buy" }
    reason() { zh: "理由", en: "Reason" }
    reopen() { zh: "重新打开", en: "Reopen" }
    deal_won(title: &str) { zh: "「{title}」已赢单", en: "“{title}” is won" }
    deal_reopened(title: &str) { zh: "「{title}」已重新打开", en: "“{title}” is open again" }
    won_at(when: &str) { zh: "{when} 赢单", en: "Won {when}" }
    lost_because(when: &str, reason: &str) { zh: "{when} 输单：{reason}", en: "Lost {when}: {reason}" }
    lost_without_reason(when: &str) { zh: "{when} 输单", en: "Lost {when}" }
    conflict_of(field: &str) {
        zh: "「{field}」在两处同时被改，两个值都保留着",
        en: "“{field}” was changed in two places at once; both values are kept"
    }
    keep_this() { zh: "保留这个", en: "Keep this one" }
    shown_now() { zh: "现在显示的", en: "Shown now" }
    timeline() { zh: "往来", en: "Timeline" }
    delete_deal() { zh: "删除商机…", en: "Delete the deal…" }
    delete_deal_note() {
        zh: "它会从所有设备的看板、列表和数字里消失。历史保留着，可以撤销。",
        en: "It leaves the board, the lists and the numbers on every device. Its history is kept, and this can be undone."
    }
    delete_now() { zh: "删除", en: "Delete" }
    deleted(what: &str) { zh: "已删除「{what}」", en: "“{what}” is deleted" }
    deal_missing() { zh: "没有这个商机，或已被撤回", en: "There is no such deal, or it was taken back" }
    opening_deal() { zh: "正在打开商机…", en: "Opening the deal…" }
    somebody() { zh: "有人", en: "Somebody" }
    fields() { zh: "资料", en: "Details" }
    gate() { zh: "关卡", en: "Gate" }
    stage_stepper() { zh: "阶段进度", en: "Stages" }
    stage_days(days: i64) { zh: "在此阶段 {days} 天", en: "{days} d in this stage" }
    currency() { zh: "币种", en: "Currency" }
    move_why() { zh: "为什么这样移动", en: "Why it moves this way" }
    as_stage_suggests() { zh: "按阶段推算", en: "As the stage suggests" }
    kept() { zh: "已保存", en: "Saved" }
    signature() { zh: "签名", en: "Signature" }
    sign_here() { zh: "请客户在这里签名", en: "The customer signs here" }
    clear_signature() { zh: "重签", en: "Clear" }
    keep_signature() { zh: "附上签名", en: "Attach the signature" }
    attachments() { zh: "附件", en: "Attachments" }
    attach_file() { zh: "附上文件", en: "Attach a file" }
    take_photo() { zh: "拍照", en: "Take a photo" }
    take_off() { zh: "去掉", en: "Take off" }
    file_line(name: &str, kilobytes: u64, hash: &str) {
        zh: "{name} · {kilobytes} KB · SHA-256 {hash}…",
        en: "{name} · {kilobytes} KB · SHA-256 {hash}…"
    }
    file_not_read(name: &str) { zh: "读不出「{name}」；请重新选择，或换一个文件", en: "“{name}” cannot be read; choose it again, or another file" }
    mail_not_read(name: &str) {
        zh: "读不出「{name}」里的内容；文件已附上，请自己填写",
        en: "What “{name}” says cannot be read; it is attached, so write down what it says"
    }
    file_not_kept() {
        zh: "本机存不下这个文件；请腾出空间后再附上",
        en: "There is no room for the file on this device; free some and attach it again"
    }
    on_device(who: &str, device: &str) { zh: "{who} · {device}", en: "{who} · {device}" }
    by_rule(who: &str) { zh: "{who} · 规则", en: "{who} · rule" }
    by_import(who: &str) { zh: "{who} · 导入", en: "{who} · import" }
    lost_in(stage: &str) { zh: "输在「{stage}」", en: "Lost in {stage}" }
    as_it_was() { zh: "当时的样子", en: "As it was" }
    as_of_day() { zh: "看某一天结束时的样子", en: "As it was at the end of a day" }
    back_to_now() { zh: "回到现在", en: "Back to now" }
    not_yet_then() { zh: "那天还没有这个商机", en: "There was no such deal on that day" }
    stage_then(stage: &str) { zh: "阶段：{stage}", en: "Stage: {stage}" }
    reopened_after(event: &str, who: &str, when: &str, criterion: &str, stage: &str) {
        zh: "关卡重开：「{criterion}」不再满足（{who} 于 {when} {event}）。核实到的阶段：{stage}。",
        en: "Gate reopened: “{criterion}” no longer holds ({event} by {who}, {when}). Verified stage: {stage}."
    }
    gate_changed(criterion: &str, version: u32, stage: &str) {
        zh: "关卡重开：流程第 {version} 版新增或收紧了「{criterion}」。核实到的阶段：{stage}。",
        en: "Gate reopened: version {version} of the pipeline added or tightened “{criterion}”. Verified stage: {stage}."
    }
}

impl super::Lang {
    /// When a deal was lost, and why if that is known.
    pub fn lost_at(self, when: &str, reason: &str) -> String {
        if reason.is_empty() { self.lost_without_reason(when) } else { self.lost_because(when, reason) }
    }

    /// Why customers usually do not buy, in the words that are offered.
    pub const fn usual_losses(self) -> [&'static str; 6] {
        match self {
            Self::Zh => ["价格", "选了竞争对手", "没有预算", "需求不匹配", "时机未到", "没有回音"],
            Self::En => ["Price", "Chose a competitor", "No budget", "Does not fit", "Not the time", "No answer"],
        }
    }
}
