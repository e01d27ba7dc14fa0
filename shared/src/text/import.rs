//! The import page.

phrases! {
    import_title() { zh: "导入商机", en: "Import deals" }
    import_hint() {
        zh: "选择或拖入 CSV 文件。先试运行，不会改动任何数据。",
        en: "Choose a CSV file or drop it here. It is tried first; nothing changes until you say so."
    }
    choose_file() { zh: "选择文件", en: "Choose a file" }
    reading_file() { zh: "正在读取…", en: "Reading…" }
    file_unreadable(cause: &str) { zh: "无法读取文件：{cause}", en: "The file cannot be read: {cause}" }
    file_gone() {
        zh: "浏览器读不了这个文件；请确认它还在本机，再选一次",
        en: "The browser cannot read this file; make sure it is still on this device, then choose it again"
    }
    rows_found(n: usize) { zh: "{n} 行", en: "Rows: {n}" }
    columns_map() { zh: "列对应", en: "Columns" }
    title_part(n: usize) { zh: "商机名称（第 {n} 段）", en: "Title, part {n}" }
    stages_map() { zh: "阶段对应", en: "Stage values" }
    statuses_map() { zh: "状态对应", en: "Status values" }
    not_mapped() { zh: "不导入", en: "Not imported" }
    status_open() { zh: "进行中", en: "Open" }
    not_yet_importable(cause: &str) { zh: "还不能导入：{cause}", en: "This cannot be imported yet: {cause}" }
    written_how() { zh: "写法", en: "How values are written" }
    amounts_written() { zh: "金额写法", en: "Amounts" }
    amounts_times() { zh: "金额单位", en: "Amounts are in" }
    ten_thousands() { zh: "万（×10,000）", en: "Ten thousands (万)" }
    single_units() { zh: "元（×1）", en: "Units" }
    dates_written() { zh: "日期写法", en: "Dates" }
    usual_currency() { zh: "没写币种时", en: "Currency, where none is written" }
    pipeline() { zh: "销售管道", en: "Pipeline" }
    column_id() { zh: "编号", en: "Identifier" }
    column_expected() { zh: "预计成交日", en: "Expected closing day" }
    column_closed() { zh: "实际成交日", en: "Day it was closed" }
    column_created() { zh: "创建日", en: "Created" }
    column_reason() { zh: "输单原因", en: "Reason it was lost" }
    column_status() { zh: "状态", en: "Status" }
    would_create(n: usize) { zh: "新建 {n}", en: "New {n}" }
    would_merge(n: usize) { zh: "合并 {n}", en: "Merged {n}" }
    would_refuse(n: usize) { zh: "拒绝 {n}", en: "Refused {n}" }
    run_import(n: usize) { zh: "导入 {n} 行", en: "Import {n} rows" }
    importing(done: usize, all: usize) { zh: "已导入 {done} / {all}", en: "Imported {done} of {all}" }
    import_done() { zh: "导入完成", en: "Import finished" }
    stopped_at(cause: &str) { zh: "停在这里：{cause}", en: "It stopped here: {cause}" }
    undo_import() { zh: "撤销这次导入", en: "Undo this import" }
    import_undone() { zh: "这次导入已撤回", en: "The import was taken back" }
    import_restored() { zh: "这次导入已恢复", en: "The import was restored" }
    taking_back(done: usize, all: usize) { zh: "已撤回 {done} / {all}", en: "Taken back {done} of {all}" }
    bringing_back(done: usize, all: usize) { zh: "已恢复 {done} / {all}", en: "Restored {done} of {all}" }
    past_imports() { zh: "以前的导入", en: "Past imports" }
    take_back() { zh: "撤回", en: "Take back" }
    take_back_of(when: &str) { zh: "撤回 {when} 的导入", en: "Take back the import of {when}" }
    time_unknown() { zh: "时间不详", en: "Time unknown" }
    row() { zh: "行", en: "Row" }
    column() { zh: "列", en: "Column" }
    problem() { zh: "问题", en: "Problem" }
    and_more(n: usize) { zh: "另有 {n} 行", en: "and {n} more" }
    another_file() { zh: "换一个文件", en: "Another file" }
}
