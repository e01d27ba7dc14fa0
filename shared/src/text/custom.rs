//! Fields that a team adds: their page, and what is written in them.

use super::Lang;
use crate::id::{FieldId, MemberId};
use crate::model::{CustomField, Entry, Member};
use crate::sorted::SortedMap;

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
    own_field() { zh: "自定义", en: "own field" }
    fields_hint() {
        zh: "给商机、客户、联系人和活动加上你们自己的字段；关卡、规则、看板卡片、导入和导出都能用到它们。",
        en: "Fields of your own for deals, companies, contacts and activities; gates, rules, board cards, import and export know them."
    }
    managers_change() { zh: "经理和所有者可以更改。", en: "Managers and owners can change this." }
    no_fields() { zh: "还没有字段", en: "No fields yet" }
    add_field() { zh: "添加字段", en: "Add a field" }
    add_field_to(record: &str) { zh: "给{record}添加字段", en: "Add a field: {record}" }
    name_zh() { zh: "中文名称", en: "Name in Chinese" }
    name_en() { zh: "英文名称", en: "Name in English" }
    field_kind_label() { zh: "类型（以后不能改）", en: "Kind (stays as it is)" }
    choices_label() { zh: "选项", en: "Choices" }
    choice_zh(n: usize) { zh: "选项 {n}（中文）", en: "Choice {n} in Chinese" }
    choice_en(n: usize) { zh: "选项 {n}（英文）", en: "Choice {n} in English" }
    add_choice() { zh: "添加选项", en: "Add a choice" }
    choices_needed() { zh: "请至少写一个选项", en: "Write at least one choice" }
    choices_stay() {
        zh: "已有的选项可以改名、换顺序，不能删除，因为可能已被选用。",
        en: "Choices can be renamed and reordered; they stay, because records may have them."
    }
    on_card() { zh: "显示在看板卡片上", en: "Show on board cards" }
    is_on_cards() { zh: "在卡片上", en: "On cards" }
    retire_field() { zh: "停用字段", en: "Retire the field" }
    retired_fields(n: usize) { zh: "已停用 {n}", en: "Retired: {n}" }
    field_retired(name: &str) { zh: "已停用「{name}」；写过的内容都保留着", en: "{name} retired; what was written is kept" }
    bring_back() { zh: "恢复使用", en: "Bring back" }
    field_saved(name: &str) { zh: "字段「{name}」已保存", en: "Field saved: {name}" }
    see_rules() { zh: "打开自动规则", en: "Open the rules" }
    see_pipelines() { zh: "打开销售管道", en: "Open the pipelines" }
    none_chosen() { zh: "不选", en: "None" }
}

impl Lang {
    /// What is written in a field, in plain words that need no formats of a browser.
    pub fn entry(
        self,
        entry: &Entry,
        fields: &SortedMap<FieldId, CustomField>,
        members: &SortedMap<MemberId, Member>,
    ) -> String {
        let choice = |id| {
            let found = fields.values().flat_map(|field| &field.choices).find(|choice| choice.id == id);
            found.map(|choice| choice.name.get(self)).unwrap_or_default()
        };
        match entry {
            Entry::Text(text) | Entry::Link(text) => text.clone(),
            Entry::Number(number) => number.to_string(),
            Entry::Money(money) => format!("{} {}", money.currency, money.decimal()),
            Entry::Date(day) => day.to_string(),
            Entry::Choice(id) => choice(*id).to_owned(),
            Entry::Choices(ids) => ids.iter().map(|id| choice(*id)).collect::<Vec<_>>().join("; "),
            Entry::Person(id) => members.get(id).map(|member| member.name.clone()).unwrap_or_default(),
            Entry::Flag(flag) => if *flag { self.yes() } else { self.no() }.to_owned(),
        }
    }
}
