//! Names of fields, roles, kinds and parts.

use super::Lang;
use crate::id::FieldId;
use crate::membership::Sight;
use crate::model::{
    ActivityKind, Category, CompanyText, ContactRole, CustomField, EvidenceKind, Field, FieldKind, LeadText,
    RecordKind, Role,
};
use crate::pipeline::{Leave, Template, Weight};
use crate::refusal::{Way, Wording};
use crate::review::{Pile, Section};
use crate::search::Kind;
use crate::sorted::SortedMap;
use crate::view::{Flag, Lanes};

/// Makes a method of `Lang` that names each variant of an enum without data.
macro_rules! names {
    ($($(#[$meta:meta])* $name:ident($kind:ident) { $($variant:ident: $zh:literal, $en:literal;)* })*) => {
        impl Lang {$(
            $(#[$meta])*
            pub const fn $name(self, of: $kind) -> &'static str {
                match (of, self) {
                    $(($kind::$variant, Lang::Zh) => $zh, ($kind::$variant, Lang::En) => $en,)*
                }
            }
        )*}
    };
}

names! {
    /// What a member may do.
    role(Role) {
        Viewer: "查看者", "Viewer";
        Rep: "销售", "Rep";
        Manager: "经理", "Manager";
        Owner: "所有者", "Owner";
    }
    /// Which deals a member sees.
    sight(Sight) {
        Own: "自己的商机", "Own deals";
        Team: "小组的商机", "The team’s deals";
        All: "全部商机", "All deals";
    }
    /// A kind of interaction.
    activity(ActivityKind) {
        Call: "电话", "Call";
        Meeting: "会议", "Meeting";
        Visit: "拜访", "Visit";
        Demo: "演示", "Demo";
        Mail: "邮件", "Mail";
        Task: "任务", "Task";
        Note: "备注", "Note";
    }
    /// A kind of proof.
    evidence(EvidenceKind) {
        WrittenConfirmation: "书面确认", "Written confirmation";
        AcceptedMeeting: "接受的会议", "Accepted meeting";
        SignedDocument: "签署的文件", "Signed document";
        Photo: "照片", "Photo";
    }
    /// What a text is meant for.
    wording(Wording) {
        Title: "名称", "The title";
        Name: "名字", "The name";
        Reason: "理由", "The reason";
        Summary: "内容", "The summary";
        From: "来自谁", "Who gave it";
        Quote: "原话", "The quote";
        Reach: "电话或邮箱", "The number or address";
        Entry: "内容", "The value";
        Product: "产品", "The product";
        Message: "消息", "The message";
    }
    /// A forecast category.
    category(Category) {
        Omitted: "不计入", "Omitted";
        Pipeline: "有可能", "Pipeline";
        BestCase: "较有把握", "Best case";
        Commit: "承诺", "Commit";
    }
    /// A person's part in the customer's decision.
    contact_role(ContactRole) {
        DecisionMaker: "决策人", "Decision maker";
        User: "使用者", "User";
        Gatekeeper: "把关人", "Gatekeeper";
        Champion: "支持者", "Champion";
        Other: "其他", "Other";
    }
    /// What is known of a company.
    company_text(CompanyText) {
        Website: "网站", "Website";
        Phone: "电话", "Phone";
        Address: "地址", "Address";
        Note: "备注", "Note";
    }
    /// What is known of a lead.
    lead_text(LeadText) {
        Person: "联系人", "Person";
        Company: "公司", "Company";
        Phone: "电话", "Phone";
        Email: "邮箱", "Email";
        Channel: "来源", "Source";
        Need: "需求", "What they want";
    }
    /// A kind of field.
    field_kind(FieldKind) {
        Text: "文本", "Text";
        Number: "数字", "Number";
        Money: "金额", "Money";
        Date: "日期", "Date";
        Choice: "单选", "Choice";
        Choices: "多选", "Several choices";
        Person: "成员", "Member";
        Link: "链接", "Link";
        Flag: "是/否", "Yes or no";
    }
    /// Records that have fields.
    record_kind(RecordKind) {
        Deal: "商机", "Deal";
        Company: "客户", "Company";
        Contact: "联系人", "Contact";
        Activity: "活动", "Activity";
    }
    /// Required or advised.
    weight(Weight) {
        Required: "必需", "Required";
        Advised: "建议", "Advised";
    }
    /// Whether a kind of move is legal.
    leave(Leave) {
        Free: "允许", "Allowed";
        Reason: "需填写理由", "With a reason";
        Never: "不允许", "Never";
    }
    /// Which way a deal is moved.
    way(Way) {
        Skip: "跳过阶段", "Skipping a stage";
        Back: "退回", "Moving back";
        Win: "从较早的阶段直接赢单（请先移到最后一个阶段）", "Winning from an earlier stage (move it to the last stage first)";
        Begin: "手工新建在后面的阶段（请从第一个阶段开始，或用导入）", "Beginning in a later stage by hand (begin in the first one, or import it)";
    }
    /// A pipeline to start from.
    template(Template) {
        B2b: "企业销售", "B2B sales";
        Poc: "企业销售（演示与试点）", "B2B with demo and POC";
        Technical: "技术验证销售", "Technical validation";
        Blank: "空白", "Blank";
    }
    /// What wants attention.
    flag(Flag) {
        Stalled: "停滞", "Stalled";
        Late: "下一步逾期", "Next step late";
        NoNextStep: "没有下一步", "No next step";
        Reopened: "关卡重开", "Gate reopened";
        Disputed: "两处同时被改", "Changed in two places";
        Overdue: "已过预计成交日", "Past its expected close";
    }
    /// A part of somebody's day.
    section(Section) {
        Reopened: "关卡重开", "Gates reopened";
        Approvals: "等你批准", "Waiting for your approval";
        Notices: "给你的消息", "Messages to you";
        Overdue: "逾期", "Overdue";
        Today: "今天", "Today";
        Soon: "未来 7 天", "Next 7 days";
        Idle: "没有下一步", "No next step";
        Stalled: "停滞", "Stalled";
        Reminders: "规则提醒", "Reminders";
    }
    /// What became of a lead.
    pile(Pile) {
        New: "待跟进", "New";
        Converted: "已转商机", "Converted";
        Dismissed: "已放弃", "Dismissed";
    }
    /// The kinds of what a search finds.
    found_kind(Kind) {
        Deal: "商机", "Deals";
        Company: "客户", "Customers";
        Lead: "线索", "Leads";
        Pipeline: "管道与阶段", "Pipelines and stages";
        View: "视图", "Views";
    }
    /// What a board's lanes are.
    lanes(Lanes) {
        None: "不分泳道", "No lanes";
        Owner: "按负责人", "By owner";
        Company: "按客户", "By customer";
        Category: "按预测类别", "By forecast category";
    }
}

impl Lang {
    /// A field of a deal; one that the team added by the name of its sort.
    pub const fn field(self, field: Field) -> &'static str {
        match (field, self) {
            (Field::Title, Self::Zh) => "商机名称",
            (Field::Title, Self::En) => "Title",
            (Field::Company, Self::Zh) => "客户",
            (Field::Company, Self::En) => "Customer",
            (Field::Owner, Self::Zh) => "负责人",
            (Field::Owner, Self::En) => "Owner",
            (Field::Amount, Self::Zh) => "金额",
            (Field::Amount, Self::En) => "Amount",
            (Field::Close, Self::Zh) => "预计成交日",
            (Field::Close, Self::En) => "Expected close",
            (Field::Category, Self::Zh) => "预测类别",
            (Field::Category, Self::En) => "Forecast category",
            (Field::Stage, Self::Zh) => "阶段",
            (Field::Stage, Self::En) => "Stage",
            (Field::Outcome, Self::Zh) => "结果",
            (Field::Outcome, Self::En) => "Outcome",
            (Field::Custom(_), Self::Zh) => "自定义字段",
            (Field::Custom(_), Self::En) => "Custom field",
        }
    }

    /// A field of a deal; one that the team added by its own name.
    pub fn field_name(self, field: Field, fields: &SortedMap<FieldId, CustomField>) -> String {
        let custom = match field {
            Field::Custom(id) => fields.get(&id),
            _ => None,
        };
        custom.map_or_else(|| self.field(field), |custom| custom.name.get(self)).to_owned()
    }
}
