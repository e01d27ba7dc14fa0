//! What stands around every screen.

phrases! {
    board() { zh: "看板", en: "Board" }
    import() { zh: "导入", en: "Import" }
    settings() { zh: "设置", en: "Settings" }
    more() { zh: "更多", en: "More" }
    skip_to_content() { zh: "跳到内容", en: "Skip to content" }
    screens() { zh: "页面", en: "Screens" }
    save() { zh: "保存", en: "Save" }
    cancel() { zh: "取消", en: "Cancel" }
    close() { zh: "关闭", en: "Close" }
    undo() { zh: "撤销", en: "Undo" }
    edit() { zh: "编辑", en: "Edit" }
    part_missing() {
        zh: "这部分还没有下载到本机；请联网后重试",
        en: "This part of the app is not on this device yet; connect, then try again"
    }
    loading() { zh: "正在打开本机数据…", en: "Opening the data on this device…" }
    nobody() { zh: "未分配", en: "Nobody" }
    no_company() { zh: "未填客户", en: "No customer yet" }
    no_amount() { zh: "未填金额", en: "No amount yet" }
    empty_value() { zh: "空", en: "Empty" }
    days(n: i64) { zh: "{n} 天", en: "{n} d" }
    yes() { zh: "是", en: "Yes" }
    no() { zh: "否", en: "No" }
    colon() { zh: "：", en: ": " }
    list_comma() { zh: "、", en: ", " }
    choose() { zh: "请选择", en: "Choose" }
    page_missing() { zh: "没有这个页面", en: "There is no such page" }
    to_board() { zh: "回到看板", en: "Go to the board" }
}
