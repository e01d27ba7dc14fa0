//! The columns of an export, under names that an import of any Sluice knows.

phrases! {
    export_id() { zh: "商机编号", en: "Deal ID" }
    export_title() { zh: "商机名称", en: "Deal Name" }
    export_company() { zh: "客户", en: "Company" }
    export_owner() { zh: "负责人", en: "Owner" }
    export_amount() { zh: "金额", en: "Amount" }
    export_currency() { zh: "币种", en: "Currency" }
    export_stage() { zh: "阶段", en: "Stage" }
    export_status() { zh: "状态", en: "Status" }
    export_expected() { zh: "预计成交日期", en: "Expected Close Date" }
    export_closed() { zh: "关闭日期", en: "Closed On" }
    export_created() { zh: "创建日期", en: "Created Date" }
    export_reason() { zh: "输单原因", en: "Lost Reason" }
    export_deals() { zh: "导出全部商机", en: "Export all deals" }
    export_hint() {
        zh: "一份 CSV，含自定义字段；表格软件可以直接打开，也可以再导入。",
        en: "One CSV with your own fields; spreadsheets open it, and it can be imported again."
    }
}
