//! Fields that a team adds: their page, and what is written in them.

phrases! {
    custom_fields() { zh: "自定义字段", en: "Custom fields" }
    number_unreadable() {
        zh: "这不是数字；最多六位小数，不用千分位",
        en: "This is not a number; up to six decimal places, no separators"
    }
    link_wrong() {
        zh: "链接以 https:// 或 http:// 开头",
        en: "A link begins with https:// or http://"
    }
    field_kept(field: &str) { zh: "已填写「{field}」", en: "{field}: saved" }
    edit_field(field: &str) { zh: "编辑{field}", en: "Edit {field}" }
    none_chosen() { zh: "不选", en: "None" }
}
