//! The words that other systems use: headers of their exports, names of stages and states.
//!
//! Pipedrive, HubSpot, Salesforce, Dynamics, Odoo, vtiger, and common Chinese and German files.

use super::mapping::Status;

/// What a column may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Meaning {
    Id,
    Title,
    Product,
    Company,
    Contact,
    Owner,
    Amount,
    Currency,
    Stage,
    Status,
    Expected,
    /// A closing day: expected while the deal is open, then the day it closed.
    Close,
    Closed,
    Created,
    LostReason,
}

/// What a value of a stage column may say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// How far the deal is, in quarters of the way to the last stage.
    Quarter(usize),
    Won,
    Lost,
}

/// Headers in their bare form; where a file has several of a line, the first one counts.
pub(super) const HEADERS: [(Meaning, &str); 15] = [
    (
        Meaning::Id,
        "donotmodifyopportunity opportunityid dealid dealpipedrivesystemid pipedrivesystemid recordid 商机编号 商机id \
         opportunitynumber verkaufschanceid leadid externalid id 编号",
    ),
    (
        Meaning::Title,
        "dealname dealtitle propertydealname opportunityname topic 商机名称 项目名称 verkaufschance verkaufschancenname \
         opportunity title name 名称",
    ),
    (Meaning::Product, "product productname produkt 产品 产品名称"),
    (
        Meaning::Company,
        "account accountname organizationname organization associatedcompany company companyname customer customername \
         客户名称 客户 公司名称 公司 企业名称 firma kunde",
    ),
    (Meaning::Contact, "contactname contactperson contact primarycontact 联系人 联系人姓名 客户联系人 ansprechpartner"),
    (
        Meaning::Owner,
        "salesagent dealowner opportunityowner salesperson salesrep ownername owner 负责人 销售负责人 商机负责人 所有人 \
         inhaber verantwortlich",
    ),
    (
        Meaning::Amount,
        "closevalue amount dealvalue dealamount propertyamount estrevenue 预计金额 商机金额 预计成交金额 合同金额 金额 \
         betrag value expectedrevenue actualrevenue",
    ),
    (Meaning::Currency, "currency dealcurrencyofvalue dealcurrency currencycode 币种 货币 währung"),
    (
        Meaning::Stage,
        "dealstage stage stagename salesstage pipelinephase dealpipelinestageid 销售阶段 商机阶段 阶段 phase",
    ),
    (Meaning::Status, "dealstatus status 商机状态 状态"),
    (
        Meaning::Expected,
        "expectedclosedate dealexpectedclosedate estclosedate expectedclosing 预计成交日期 预计成交时间 预计达成时间 \
         预计结束日期 deadline",
    ),
    (Meaning::Close, "closedate propertyclosedate closingdate abschlussdatum"),
    (Meaning::Closed, "actualclosedate dealclosedon closedon closedat dealwontime 实际关闭日期 关闭日期 成交日期"),
    (
        Meaning::Created,
        "engagedate createdate createddate createdon creationdate dealcreationdate propertycreatedate createdat created \
         创建时间 创建日期 录入时间 erstelldatum erstelltam",
    ),
    (Meaning::LostReason, "lostreason deallostreason closedlostreason 输单原因 丢单原因 verlustgrund"),
];

const STEPS: [(Step, &str); 7] = [
    (
        Step::Quarter(0),
        "prospecting prospect lead leadin new qualify appointmentscheduled 线索 线索确认 线索识别 初步接洽 发现 资质审查",
    ),
    (
        Step::Quarter(1),
        "engaging qualified qualification qualifiedtobuy needsanalysis valueproposition develop contactmade discovery \
         立项 验证 评估 需求确认 需求调研 需求分析 qualifizierung bedarfsanalyse",
    ),
    (
        Step::Quarter(2),
        "proposal propose proposalpricequote proposalquotation proposition presentationscheduled demoscheduled quote \
         proposalmade iddecisionmakers identifydecisionmakers perceptionanalysis 价值建议 确定决策者 方案 方案报价 方案提出 \
         报价 提案报价 angebot",
    ),
    (
        Step::Quarter(3),
        "negotiation negotiationreview negotiationsstarted decisionmakerboughtin 谈判 商务谈判 谈判复审 verhandlung",
    ),
    (Step::Quarter(4), "contractsent contract close closing 签约跟进 合同签订 vertrag"),
    (Step::Won, "won closedwon win 赢单 已赢单 成交 已成交 已完成 gewonnen"),
    (
        Step::Lost,
        "lost closedlost abandoned canceled cancelled 输单 已输单 丢单 无效 已作废 作废 丢失的线索 因竞争丢失关闭 verloren",
    ),
];

const OPEN: &str = "open inprogress active 进行中 跟进中 offen";

/// Letters and digits only, in lower case: how words are compared.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a stage's name says in another system; a number before it is passed over.
pub(super) fn step(value: &str) -> Option<Step> {
    let bare = bare(value);
    let name = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    STEPS.iter().find(|(_, words)| contains(words, name)).map(|(step, _)| *step)
}

/// What a state's name says in another system.
pub(super) fn status(value: &str) -> Option<Status> {
    match step(value) {
        Some(Step::Won) => Some(Status::Won),
        Some(Step::Lost) => Some(Status::Lost),
        Some(Step::Quarter(_)) | None => contains(OPEN, &bare(value)).then_some(Status::Open),
    }
}

/// Where a header stands among the words for a meaning; lower is likelier. What stands in parentheses
/// (a unit, a remark) counts only where the whole header is known.
pub(super) fn rank(header: &str, words: &str) -> Option<usize> {
    let place = |name: &str| words.split_whitespace().position(|word| word == name);
    place(&bare(header)).or_else(|| place(&bare(&without_parentheses(header))))
}

fn contains(words: &str, name: &str) -> bool {
    words.split_whitespace().any(|word| word == name)
}

fn without_parentheses(text: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for c in text.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => outside.push(c),
            _ => {}
        }
    }
    outside
}
