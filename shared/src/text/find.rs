//! Finding: the search over everything, filters, saved views, lanes, and the board of a past day.

phrases! {
    find() { zh: "搜索", en: "Search" }
    find_hint() { zh: "名称、客户、电话、金额、拼音或首字母", en: "Title, customer, phone, amount, pinyin or initials" }
    found_list() { zh: "搜索结果", en: "Results" }
    found_nothing(text: &str) {
        zh: "没有找到「{text}」。换个词，或者也在备注和活动里找。",
        en: "Nothing has “{text}”. Try another word, or search in notes and activities too."
    }
    found_more(n: usize) { zh: "还有 {n} 个，再多输入一些", en: "{n} more; type more to see them" }
    recent() { zh: "最近打开", en: "Recent" }
    things_to_do() { zh: "可以做的事", en: "Things to do" }
    go_to(page: &str) { zh: "打开「{page}」", en: "Go to {page}" }
    in_notes() { zh: "备注与活动", en: "Notes and activities" }
    search_notes() { zh: "也在备注、活动和证据里找", en: "Search in notes, activities and proofs too" }
    notes_progress(done: usize, all: usize) { zh: "已查 {done} / {all} 个商机", en: "{done} of {all} deals looked through" }
    notes_found(n: usize) { zh: "备注与活动中找到 {n} 处", en: "Found in notes and activities: {n}" }
    stop_searching() { zh: "停止", en: "Stop" }
    filter() { zh: "筛选", en: "Filter" }
    filtered(n: usize) { zh: "筛选 · {n}", en: "Filter · {n}" }
    filter_hint() { zh: "只显示符合全部所选的商机", en: "Only deals that meet all of what is chosen are shown" }
    clear_filter() { zh: "清除筛选", en: "Clear filter" }
    drop_filter(what: &str) { zh: "不再按「{what}」筛选", en: "Stop filtering by {what}" }
    owners() { zh: "负责人", en: "Owners" }
    categories() { zh: "预测类别", en: "Forecast categories" }
    flags() { zh: "需要关注", en: "Wants attention" }
    a_condition() { zh: "条件", en: "Condition" }
    add_to_filter() { zh: "添加", en: "Add" }
    nothing_shown() { zh: "没有商机符合这个筛选", en: "No deal meets this filter" }
    lanes_of() { zh: "泳道", en: "Lanes" }
    in_lane(lane: &str) { zh: "泳道「{lane}」", en: "lane {lane}" }
    put_into_lane(title: &str, lane: &str) { zh: "「{title}」已归入「{lane}」", en: "“{title}” put into {lane}" }
    more_lanes(n: usize) { zh: "再显示 {n} 条泳道", en: "Show {n} more lanes" }
    views() { zh: "视图", en: "Views" }
    views_hint() {
        zh: "视图是筛选加泳道，全队可见；地址栏的链接可以发给同事。",
        en: "A view is a filter with lanes, seen by the whole team. Its address can be sent to a colleague."
    }
    no_views() { zh: "还没有保存的视图", en: "No saved views yet" }
    view_name() { zh: "视图名称", en: "Name of the view" }
    save_view() { zh: "把筛选和泳道存为视图", en: "Save filter and lanes as a view" }
    view_saved(name: &str) { zh: "视图「{name}」已保存", en: "View “{name}” saved" }
    remove_view(name: &str) { zh: "删除视图「{name}」", en: "Remove the view “{name}”" }
    view_removed(name: &str) { zh: "视图「{name}」已删除", en: "View “{name}” removed" }
    view_gone() { zh: "这个视图已经不在了，显示的是整个看板。", en: "This view is gone; the whole board is shown." }
    whole_board() { zh: "整个看板", en: "The whole board" }
    board_of(day: &str) { zh: "{day} 结束时的看板，只能看。", en: "The board at the end of {day}, to look at only." }
    flags_are_of_now() { zh: "「需要关注」只对今天有意义，此处未用。", en: "What wants attention is known of today only and not asked here." }
    day_before() { zh: "前一天", en: "A day earlier" }
    day_after() { zh: "后一天", en: "A day later" }
    week_before() { zh: "前一周", en: "A week earlier" }
    week_after() { zh: "后一周", en: "A week later" }
    expected_close(day: &str) { zh: "预计 {day} 成交", en: "Close {day}" }
}
