//! The designer: pipelines, stages, key activities, criteria and their conditions.

phrases! {
    all_of_these() { zh: "全部满足", en: "All of these" }
    any_of_these() { zh: "满足任一", en: "Any of these" }
    opposite() { zh: "取反", en: "Not" }
    add_clause() { zh: "＋ 条件", en: "+ Condition" }
    add_group() { zh: "＋ 一组条件", en: "+ Group" }
    remove_clause() { zh: "删除这个条件", en: "Remove this condition" }
    remove_group() { zh: "删除这组条件", en: "Remove this group" }
    group_of_conditions() { zh: "一组条件", en: "Group of conditions" }
    clause_field() { zh: "字段", en: "Field" }
    clause_comparison() { zh: "比较", en: "Comparison" }
    clause_value() { zh: "值", en: "Value" }
    clause_lines() { zh: "产品合计", en: "Products" }
    clause_unfinished() { zh: "还缺一个能读懂的值", en: "It lacks a value that can be read" }
    unknown_field_name() { zh: "已不存在的字段", en: "A field that is gone" }
}
