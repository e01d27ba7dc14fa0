//! Why not, in words that say what to do.

use super::Lang;
use crate::refusal::Refusal;

phrases! {
    gate_closed(n: usize) { zh: "关卡未开：还差 {n} 项", en: "The gate is closed: {n} open" }
    role_needed(role: &str) { zh: "这需要{role}角色；请联系{role}", en: "This takes the role {role}; ask one" }
    gone() { zh: "它已不在这里，可能被撤回了", en: "It is not here any more; it may have been taken back" }
    past() {
        zh: "手工新建的商机从进行中开始；过去已结束的商机请用导入带入",
        en: "A deal written down by hand begins open; bring the deals of the past in by an import"
    }
    exists() { zh: "已经存在", en: "It exists already" }
    deal_closed() { zh: "商机已结束，请先重新打开", en: "The deal is closed; reopen it first" }
    not_closed() { zh: "没有可以收回的", en: "There is nothing to take back" }
    same_state() { zh: "已经是这样了", en: "It is so already" }
    blank(what: &str) { zh: "{what}不能为空", en: "{what} must say something" }
    too_long(what: &str, limit: usize) { zh: "{what}不能超过 {limit} 个字", en: "{what} may have {limit} characters at most" }
    absurd_amount() { zh: "金额不能为负，也不能大得离谱", en: "The amount must not be negative or absurdly large" }
    amount_unreadable() { zh: "请填数字，例如 1280000", en: "Write a number, such as 1280000" }
    absurd_day(years: i32) { zh: "日期与今天相差超过 {years} 年", en: "The day is more than {years} years away" }
    condition_wrong() { zh: "条件无法判定，请在流程里修正", en: "A condition cannot be judged; mend it in the pipeline" }
    pipeline_wrong() { zh: "管道没有阶段、阶段太多或编号重复", en: "The pipeline has no stages, too many, or one id twice" }
    unreadable() {
        zh: "这份资料在本机还读不出来；请稍后再试，或重新加载",
        en: "This record cannot be read here yet; try again in a moment, or reload"
    }
}

impl Lang {
    /// A refusal as one sentence.
    pub fn refusal(self, refusal: &Refusal) -> String {
        match refusal {
            Refusal::GateClosed { open } => self.gate_closed(open.len()),
            Refusal::Role { needs } => self.role_needed(self.role(*needs)),
            Refusal::NoDeal(_) | Refusal::NoCompany(_) | Refusal::NoMember(_) | Refusal::NoPipeline(_) => {
                self.gone().to_owned()
            }
            Refusal::NoStage(_) | Refusal::NoCriterion(_) | Refusal::NoActivity(_) | Refusal::NoEvidence(_) => {
                self.gone().to_owned()
            }
            Refusal::Past => self.past().to_owned(),
            Refusal::Exists => self.exists().to_owned(),
            Refusal::Closed => self.deal_closed().to_owned(),
            Refusal::NotClosed => self.not_closed().to_owned(),
            Refusal::SameState => self.same_state().to_owned(),
            Refusal::Blank(what) => self.blank(self.wording(*what)),
            Refusal::TooLong { what, limit } => self.too_long(self.wording(*what), *limit),
            Refusal::Amount => self.absurd_amount().to_owned(),
            Refusal::Day(years) => self.absurd_day(*years),
            Refusal::Condition(_) => self.condition_wrong().to_owned(),
            Refusal::Pipeline => self.pipeline_wrong().to_owned(),
            Refusal::Unreadable => self.unreadable().to_owned(),
        }
    }
}
