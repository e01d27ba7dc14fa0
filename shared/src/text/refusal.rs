//! Why not, in words that say what to do.

use super::Lang;
use crate::model::{EvidenceKind, Field, FileError};
use crate::pipeline::ConditionError;
use crate::refusal::{AutomationFault, Refusal, Span};

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
    absurd_span(what: &str, least: u16, most: u16) {
        zh: "「{what}」要在 {least} 到 {most} 天之间；请改成这个范围内的天数",
        en: "“{what}” takes {least} to {most} days; choose a number among them"
    }
    pipeline_wrong() { zh: "管道没有阶段、阶段太多或编号重复", en: "The pipeline has no stages, too many, or one id twice" }
    illegal_move(way: &str) { zh: "这条管道不允许{way}", en: "This pipeline does not allow it: {way}" }
    move_reason(way: &str) { zh: "{way}需要填写理由", en: "Say why: {way} takes a reason here" }
    no_override() { zh: "这道关卡不能放行；请满足它的条件", en: "Nobody can override this gate; meet its criteria" }
    merge_ring() { zh: "不能与自己或已合并的记录合并", en: "It cannot be merged into itself or into a merged record" }
    wrong_entry() { zh: "填写的值不符合这个字段", en: "This value does not fit the field" }
    field_fixed() {
        zh: "字段的类型和已有选项不能改；请新建一个字段",
        en: "A field’s kind and its choices stay as they are; add another field"
    }
    field_in_use(user: &str) {
        zh: "「{user}」还在用这个字段；请先改掉它",
        en: "“{user}” still asks for this field; change that first"
    }
    stage_in_use(n: usize) {
        zh: "去掉的阶段里还有 {n} 个商机；请选择它们移到哪里",
        en: "A stage you took out has deals: {n}. Say where they go"
    }
    still_named(rule: &str, part: &str) {
        zh: "规则「{rule}」还在用「{part}」；请先改掉或删除那条规则",
        en: "The rule “{rule}” still names “{part}”; change or delete that rule first"
    }
    circular() {
        zh: "条件要求后面阶段才有的关键活动，永远无法满足；请把活动移到这个阶段或更早",
        en: "A criterion waits for a key activity of a later stage, so it could never be met; move the activity here or earlier"
    }
    contradiction(field: &str) {
        zh: "对「{field}」的要求互相矛盾，没有商机能满足；请改掉其中一条",
        en: "What is asked of “{field}” can never hold together; change one of the conditions"
    }
    contradicted(earlier: &str, later: &str, field: &str) {
        zh: "「{earlier}」和「{later}」对「{field}」的要求互相矛盾，没有商机能同时满足；请改掉其中一条",
        en: "“{earlier}” and “{later}” can never hold together, since both ask about “{field}”; change one of them"
    }
    unknown_field() { zh: "条件用到的字段已不存在；请换一个字段", en: "A condition asks for a field that is gone; choose another" }
    wrong_type(field: &str) {
        zh: "「{field}」不能这样比较；请换一种比较或值",
        en: "“{field}” cannot be compared so; choose another comparison or value"
    }
    condition_large() { zh: "条件太多或嵌套太深；请拆开", en: "The condition is too large or too deep; split it" }
    condition_empty() { zh: "有一组条件是空的；请补上或删除", en: "A group of conditions is empty; fill it or take it out" }
    percent_wrong() { zh: "赢单概率最多 100%", en: "A probability is 100% at most" }
    criterion_gone() {
        zh: "条件所指的关键活动或条件已不存在；请重新选择",
        en: "What this criterion asks for is not there any more; choose again"
    }
    answers_itself() {
        zh: "这条规则会触发自己；请换一个触发条件或动作",
        en: "This rule would answer itself; choose another trigger or action"
    }
    only_reminds() {
        zh: "只看时间的规则只能提醒或通知",
        en: "A rule that depends on time alone can only remind or notify"
    }
    actions_wrong() { zh: "规则至少要有一个动作，最多十个", en: "A rule has one to ten actions" }
    file_empty(name: &str) { zh: "「{name}」是空文件", en: "“{name}” is empty" }
    file_large(name: &str, megabytes: u64, limit: usize) {
        zh: "「{name}」有 {megabytes} MB，最多 {limit} MB；请压缩，或用较低的清晰度重拍",
        en: "“{name}” has {megabytes} MB and {limit} MB are allowed; compress it, or take it at a lower resolution"
    }
    file_pretends(name: &str) {
        zh: "「{name}」的内容与扩展名不符；请用正确的文件",
        en: "“{name}” is not what its name says; choose the right file"
    }
    file_unknown(name: &str) {
        zh: "不能附上「{name}」这种文件；可以是照片、PDF、邮件、文本或办公文档",
        en: "“{name}” cannot be attached; pictures, PDF, mails, text and office documents can"
    }
    file_many(name: &str) { zh: "一份凭证的文件太多，没有加上「{name}」", en: "A proof has too many files; “{name}” was left out" }
    photo_lacking() {
        zh: "还没有照片；请拍一张，或附上一张图片",
        en: "The photo is missing; take one, or attach a picture"
    }
    document_lacking() {
        zh: "还没有签字的文件；请附上文件，或让客户在屏幕上签字",
        en: "The signed document is missing; attach its file, or let the customer sign on the screen"
    }
    unreadable() {
        zh: "这份资料在本机还读不出来；请稍后再试，或重新加载",
        en: "This record cannot be read here yet; try again in a moment, or reload"
    }
    unsaved() {
        zh: "没有保存；同步状态里写着原因和办法",
        en: "This was not saved; the sync badge says why and what to do"
    }
}

impl Lang {
    /// A refusal as one sentence.
    pub fn refusal(self, refusal: &Refusal) -> String {
        let plain = match refusal {
            Refusal::GateClosed { open } => return self.gate_closed(open.len()),
            Refusal::Role { needs } => return self.role_needed(self.role(*needs)),
            Refusal::Blank(what) => return self.blank(self.wording(*what)),
            Refusal::TooLong { what, limit } => return self.too_long(self.wording(*what), *limit),
            Refusal::Day(years) => return self.absurd_day(*years),
            Refusal::Days { what, least, most } => return self.absurd_span(self.span(*what), *least, *most),
            Refusal::IllegalMove(way) => return self.illegal_move(self.way(*way)),
            Refusal::MoveReason(way) => return self.move_reason(self.way(*way)),
            Refusal::FieldInUse { user, .. } => return self.field_in_use(user.get(self)),
            Refusal::Contradicted { field, earlier, later } => {
                return self.contradicted(earlier.get(self), later.get(self), self.field(*field));
            }
            Refusal::StageInUse { deals, .. } => return self.stage_in_use(*deals),
            Refusal::StillNamed { part, rule } => return self.still_named(rule.get(self), part.get(self)),
            Refusal::Condition(error) => return self.condition_error(error),
            Refusal::File(error) => return self.file_error(error),
            Refusal::Past => self.past(),
            Refusal::Exists => self.exists(),
            Refusal::Closed => self.deal_closed(),
            Refusal::NotClosed => self.not_closed(),
            Refusal::SameState => self.same_state(),
            Refusal::Amount => self.absurd_amount(),
            Refusal::Pipeline => self.pipeline_wrong(),
            Refusal::NoOverride(_) => self.no_override(),
            Refusal::MergeRing => self.merge_ring(),
            Refusal::WrongEntry(_) => self.wrong_entry(),
            Refusal::FieldFixed(_) => self.field_fixed(),
            Refusal::Circular(_) => self.circular(),
            Refusal::Percent => self.percent_wrong(),
            Refusal::NoCriterion(_) => self.criterion_gone(),
            Refusal::Unshown(EvidenceKind::Photo) => self.photo_lacking(),
            Refusal::Unshown(_) => self.document_lacking(),
            Refusal::Automation(AutomationFault::AnswersItself) => self.answers_itself(),
            Refusal::Automation(AutomationFault::OnlyReminds) => self.only_reminds(),
            Refusal::Automation(AutomationFault::Actions) => self.actions_wrong(),
            Refusal::Unreadable => self.unreadable(),
            Refusal::Unready => self.part_missing(),
            Refusal::Full => self.disk_full(),
            Refusal::Unsaved => self.unsaved(),
            Refusal::NoDeal(_)
            | Refusal::NoCompany(_)
            | Refusal::NoMember(_)
            | Refusal::NoPipeline(_)
            | Refusal::NoStage(_)
            | Refusal::NoActivity(_)
            | Refusal::NoEvidence(_)
            | Refusal::NoContact(_)
            | Refusal::NoLead(_)
            | Refusal::NoLine(_)
            | Refusal::NoNotice(_)
            | Refusal::NoField(_)
            | Refusal::NoAutomation(_)
            | Refusal::NoView(_) => self.gone(),
        };
        plain.to_owned()
    }

    /// A file that cannot be attached.
    pub fn file_error(self, error: &FileError) -> String {
        match error {
            FileError::Empty(name) => self.file_empty(name),
            FileError::TooLarge { name, size, limit } => {
                self.file_large(name, size / (1024 * 1024), limit / (1024 * 1024))
            }
            FileError::TooMany(name) => self.file_many(name),
            FileError::Pretends(name) => self.file_pretends(name),
            FileError::Unknown(name) => self.file_unknown(name),
        }
    }

    /// A number of days, as the form that asks for it calls it.
    const fn span(self, what: Span) -> &'static str {
        match what {
            Span::Stalled => self.stage_stalled(),
            Span::Due => self.activity_due_after(),
            Span::Planned => self.rule_due(),
            Span::Close => self.field(Field::Close),
            Span::Quiet => self.sort_quiet(),
            Span::Near => self.sort_near(),
        }
    }

    fn condition_error(self, error: &ConditionError) -> String {
        match error {
            ConditionError::Type(field) => self.wrong_type(self.field(*field)),
            ConditionError::Contradiction(field) => self.contradiction(self.field(*field)),
            ConditionError::NoField(_) => self.unknown_field().to_owned(),
            ConditionError::TooLarge => self.condition_large().to_owned(),
            ConditionError::Empty => self.condition_empty().to_owned(),
        }
    }
}
