//! The day's list, what is done from it, and how customers are reached.

phrases! {
    today() { zh: "今天", en: "Today" }
    whose_day() { zh: "显示谁的", en: "Whose" }
    mine() { zh: "我的", en: "Mine" }
    everybodys() { zh: "所有人的", en: "Everybody’s" }
    nothing_waits() { zh: "没有等着你的事", en: "Nothing waits for you" }
    nothing_waits_hint() {
        zh: "没有逾期、今天或这周的活动，也没有要批准的。去看板看看有没有该推进的商机。",
        en: "Nothing is overdue or planned this week, and nothing waits for approval. See on the board what could move."
    }
    show_more(n: usize) { zh: "再显示一些（还有 {n} 条）", en: "Show more ({n} left)" }
    yesterday() { zh: "昨天", en: "Yesterday" }
    tomorrow() { zh: "明天", en: "Tomorrow" }
    days_ago(n: i64) { zh: "{n} 天前", en: "{n} d ago" }
    quiet_for(days: i64) { zh: "{days} 天没有动静", en: "quiet for {days} d" }
    done_what(what: &str, deal: &str) { zh: "完成：{what} · {deal}", en: "Done: {what} · {deal}" }
    finished(what: &str) { zh: "已完成：{what}", en: "Done: {what}" }
    actions_for(deal: &str) { zh: "「{deal}」的更多操作", en: "More for “{deal}”" }
    came_of_it() { zh: "结果如何（可不填，可用语音输入）", en: "What came of it (optional; dictate if you like)" }
    next_saved() { zh: "下一步已记下", en: "The next step is written down" }
    activity_about() { zh: "要谈什么、做什么", en: "What it is about" }
    next_step() { zh: "下一步", en: "Next step" }
    no_next_now() { zh: "暂不计划", en: "Not now" }
    is_planned(what: &str) { zh: "已计划：{what}", en: "Planned already: {what}" }
    reschedule() { zh: "改期", en: "Reschedule" }
    to_tomorrow() { zh: "明天", en: "Tomorrow" }
    to_next_week() { zh: "一周后", en: "In a week" }
    rescheduled(what: &str, when: &str) { zh: "「{what}」改到 {when}", en: "“{what}” moved to {when}" }
    call_off() { zh: "取消活动", en: "Call it off" }
    called_off(what: &str) { zh: "已取消：{what}", en: "Called off: {what}" }
    logged(what: &str) { zh: "已记录：{what}", en: "Logged: {what}" }
    which_deal() { zh: "哪个商机", en: "Which deal" }
    deal_filter() { zh: "输入商机或客户名称查找", en: "Type a deal or a customer" }
    no_deal_found() { zh: "没有这样的商机；换个词试试", en: "No such deal; try another word" }
    another_deal() { zh: "换一个", en: "Another one" }
    choose_deal_first() { zh: "请先选择商机", en: "Choose the deal first" }
    open_deal() { zh: "打开商机", en: "Open the deal" }
    decline_approval() { zh: "不批准", en: "Decline" }
    approved(what: &str) { zh: "已批准：{what}", en: "Approved: {what}" }
    declined(what: &str) { zh: "未批准：{what}", en: "Declined: {what}" }
    asked_by(who: &str, when: &str) { zh: "{who} 于 {when} 请求", en: "{who} asked, {when}" }
    approval_note() { zh: "为什么需要（可不填）", en: "What for (optional)" }
    approval_asked(what: &str) { zh: "已请求批准：{what}", en: "Approval asked for: {what}" }
    ask_now() { zh: "请求", en: "Ask" }
    seen() { zh: "知道了", en: "Seen" }
    handed() { zh: "转手的商机", en: "Handed over" }
    handed_to(who: &str) { zh: "现在由 {who} 负责", en: "is now with {who}" }
    handed_by(who: &str) { zh: "{who} 交给了你", en: "{who} handed it to you" }
    call() { zh: "致电", en: "Call" }
    call_who(name: &str) { zh: "致电 {name}", en: "Call {name}" }
    mail_who(name: &str) { zh: "写邮件给 {name}", en: "Mail {name}" }
    on_map() { zh: "地图", en: "Map" }
    customer_people() { zh: "客户方的人", en: "People at the customer" }
    reopened_changed(who: &str, when: &str, criterion: &str, stage: &str) {
        zh: "{who} 于 {when} 的更改使「{criterion}」不再满足。核实到的阶段：{stage}。",
        en: "A change by {who}, {when}, made “{criterion}” open again. Verified stage: {stage}."
    }
}
