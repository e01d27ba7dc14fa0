//! Rules as sentences: when, only if, then what. One rule reads the same on its page and in its form.

use super::{Label, Lang, Names};
use crate::automation::{Action, Automation, Setting, Trigger, Whom};
use crate::id::{CriterionId, StageId};
use crate::model::Entry;
use crate::workspace::Workspace;

phrases! {
    automations() { zh: "自动规则", en: "Rules" }
    rules_hint() {
        zh: "规则只回应这台设备上的操作；同一件事只做一次，不管有几台设备；再次发生就再做一次。只看时间的规则只提醒，不写入任何东西。",
        en: "Rules answer what is done on this device, and answer one thing once, whatever number of devices; what happens again is answered again. Rules about time alone remind and write nothing."
    }
    reopened_hint(most: usize) {
        zh: "关卡因这里的操作或这里发布的新版本而重开时，规则做一次（新版本最多为 {most} 个商机做）。因两台设备的改动合到一起而重开时，规则不写入任何东西，只在关卡重开期间，在「今天」里提醒和通知。",
        en: "Where a gate reopens by what is done here, or by a version that is published here, the rule acts once (after a version, for {most} deals at most). Where it reopens because changes of two devices met, the rule writes nothing; as long as the gate is reopened, it reminds and tells on Today."
    }
    no_rules() { zh: "还没有规则；可以从下面现成的开始", en: "No rules yet; start from a ready-made one below" }
    ready_rules() { zh: "现成的规则", en: "Ready-made rules" }
    use_rule() { zh: "使用", en: "Use" }
    use_rule_named(name: &str) { zh: "使用「{name}」", en: "Use: {name}" }
    new_rule() { zh: "新建规则", en: "New rule" }
    edit_rule(name: &str) { zh: "编辑「{name}」", en: "Edit: {name}" }
    pause_rule() { zh: "暂停", en: "Pause" }
    pause_rule_named(name: &str) { zh: "暂停「{name}」", en: "Pause: {name}" }
    resume_rule() { zh: "继续", en: "Resume" }
    resume_rule_named(name: &str) { zh: "继续「{name}」", en: "Resume: {name}" }
    remove_rule() { zh: "删除", en: "Delete" }
    remove_rule_named(name: &str) { zh: "删除「{name}」", en: "Delete: {name}" }
    rule_saved(name: &str) { zh: "规则「{name}」已保存", en: "Rule saved: {name}" }
    rule_removed(name: &str) { zh: "已删除规则「{name}」", en: "Rule deleted: {name}" }
    rule_state(name: &str) { zh: "「{name}」已更改", en: "Changed: {name}" }
    rule_pipeline() { zh: "用于哪条销售管道", en: "For which pipeline" }
    every_pipeline() { zh: "全部", en: "All of them" }
    rule_when() { zh: "当", en: "When" }
    rule_only_if() { zh: "只有这样才做（可以不填）", en: "Only if (may be left empty)" }
    rule_do() { zh: "就做", en: "Do" }
    rule_stage() { zh: "哪个阶段", en: "Which stage" }
    rule_kind() { zh: "哪种活动", en: "Which kind of activity" }
    rule_field() { zh: "哪个字段", en: "Which field" }
    rule_days() { zh: "天数", en: "Days" }
    rule_due() { zh: "几天后", en: "Days later" }
    rule_value() { zh: "填成什么", en: "To what" }
    rule_criterion() { zh: "哪项批准", en: "Which approval" }
    rule_whom() { zh: "通知谁", en: "Whom" }
    words_zh() { zh: "内容（中文）", en: "Words in Chinese" }
    words_en() { zh: "内容（英文）", en: "Words in English" }
    sort_entered() { zh: "商机进入一个阶段", en: "A deal enters a stage" }
    sort_done() { zh: "完成一种活动", en: "An activity is done" }
    sort_changed() { zh: "一个字段改变", en: "A field changes" }
    sort_reopened() { zh: "关卡重开", en: "A gate reopens" }
    sort_quiet() { zh: "若干天没有动静", en: "Nothing happens for some days" }
    sort_near() { zh: "预计成交日临近", en: "The expected close is near" }
    sort_past() { zh: "预计成交日已过", en: "The expected close is over" }
    sort_plan() { zh: "计划活动", en: "Plan an activity" }
    sort_remind() { zh: "提醒", en: "Remind" }
    sort_set() { zh: "填写字段", en: "Fill in a field" }
    sort_ask() { zh: "请求批准", en: "Ask for approval" }
    sort_notify() { zh: "通知成员", en: "Tell a member" }
    add_action() { zh: "再做一件事", en: "Do one more thing" }
    remove_action() { zh: "去掉这件事", en: "Take this out" }
    condition_unfinished() { zh: "条件还没有填完；请补上或去掉它", en: "A condition is unfinished; complete it or take it out" }
    value_needed() { zh: "请写要填的值", en: "Say what to fill in" }
    in_pipeline(pipeline: &str) { zh: "在「{pipeline}」里，", en: "In {pipeline}: " }
    when_entered(stage: &str) { zh: "商机进入「{stage}」时", en: "when a deal enters {stage}" }
    when_done(kind: &str) { zh: "完成「{kind}」后", en: "when an activity is done ({kind})" }
    when_changed(field: &str) { zh: "「{field}」改变时", en: "when “{field}” changes" }
    when_reopened() { zh: "关卡重开时", en: "when a gate reopens" }
    when_quiet(days: u16) { zh: "连续 {days} 天没有动静时", en: "while nothing has happened for {days} days" }
    when_near(days: u16) {
        zh: "离预计成交日不超过 {days} 天时",
        en: "while the expected close is no more than {days} days away"
    }
    when_past() { zh: "过了预计成交日还没有结束时", en: "while a deal is open past its expected close" }
    if_so(condition: &str) { zh: "，如果{condition}", en: ", if {condition}" }
    then_do(actions: &str) { zh: "，就{actions}", en: ": {actions}" }
    then_also() { zh: "，并", en: "; " }
    sentence_end() { zh: "。", en: "." }
    rule_paused() { zh: "已暂停", en: "Paused" }
    do_plan(kind: &str, what: &str, when: &str) { zh: "计划{kind}「{what}」（{when}）", en: "plan “{what}” ({kind}, {when})" }
    same_day() { zh: "当天", en: "the same day" }
    days_later(days: u16) { zh: "{days} 天后", en: "{days} days later" }
    do_remind(what: &str) { zh: "提醒「{what}」", en: "remind of “{what}”" }
    do_fill(field: &str, value: &str) { zh: "把「{field}」填为{value}", en: "set “{field}” to {value}" }
    do_ask(criterion: &str) { zh: "请求批准「{criterion}」", en: "ask for the approval “{criterion}”" }
    do_notify(whom: &str, text: &str) { zh: "通知{whom}「{text}」", en: "tell {whom} “{text}”" }
    starter_follow_up() { zh: "演示后跟进", en: "Follow up after a demo" }
    starter_follow_up_what() { zh: "演示之后的想法和下一步", en: "What they think after the demo, and the next step" }
    starter_quiet() { zh: "两周没有动静", en: "Quiet for two weeks" }
    starter_quiet_what() { zh: "联系客户，或放下这个商机", en: "Get in touch, or let the deal go" }
    starter_past() { zh: "预计成交日已过", en: "Past its expected close" }
    starter_past_what() { zh: "和客户核对新的成交日", en: "Agree on a new day with the customer" }
    starter_reopened() { zh: "关卡重开就通知", en: "Tell about reopened gates" }
    starter_reopened_what() { zh: "关卡重开了，请看原因", en: "A gate reopened; see why" }
    starter_approval() { zh: "进入阶段就请求批准", en: "Ask for approval on entering" }
    whom_owner() { zh: "负责人", en: "the deal’s owner" }
    whom_role(role: &str) { zh: "每位{role}", en: "everybody with the role {role}" }
}

impl Lang {
    /// A rule as one sentence.
    pub fn rule(self, rule: &Automation, world: &Workspace) -> String {
        let place = rule.pipeline.map(|id| {
            let pipeline = world.pipelines.get(&id).map(|pipeline| pipeline.name.get(self));
            self.in_pipeline(pipeline.unwrap_or_else(|| self.unknown_name()))
        });
        let names = Names { fields: &world.fields, members: &world.members, companies: &world.companies };
        let only_if = rule.only_if.as_ref().map(|it| self.if_so(&self.condition(it, names)));
        let actions: Vec<String> = rule.then.iter().map(|action| self.action(action, world)).collect();
        let then = self.then_do(&actions.join(self.then_also()));
        let parts = [place, Some(self.trigger(&rule.when, world)), only_if, Some(then)];
        let sentence: String = parts.into_iter().flatten().collect();
        format!("{}{}", capitalized(&sentence), self.sentence_end())
    }

    /// What a rule answers.
    pub fn trigger(self, when: &Trigger, world: &Workspace) -> String {
        match when {
            Trigger::StageEntered(stage) => self.when_entered(self.stage_of(*stage, world)),
            Trigger::ActivityDone(kind) => self.when_done(self.activity(*kind)),
            Trigger::FieldChanged(field) => self.when_changed(&self.field_name(*field, &world.fields)),
            Trigger::GateReopened => self.when_reopened().to_owned(),
            Trigger::Quiet(days) => self.when_quiet(*days),
            Trigger::CloseNear(days) => self.when_near(*days),
            Trigger::ClosePast => self.when_past().to_owned(),
        }
    }

    /// What a rule does.
    pub fn action(self, action: &Action, world: &Workspace) -> String {
        match action {
            Action::Plan { kind, what, due_after } => {
                self.do_plan(self.activity(*kind), what.get(self), &self.after_days(*due_after))
            }
            Action::Remind(what) => self.do_remind(what.get(self)),
            Action::Set(setting) => {
                let value = self.setting(setting, world);
                self.do_fill(&self.field_name(setting.field(), &world.fields), &value)
            }
            Action::Ask(criterion) => self.do_ask(self.criterion_of(*criterion, world)),
            Action::Notify { whom, text } => self.do_notify(&self.whom(*whom, world), text.get(self)),
        }
    }

    /// Whom a rule tells.
    pub fn whom(self, whom: Whom, world: &Workspace) -> String {
        match whom {
            Whom::Owner => self.whom_owner().to_owned(),
            Whom::Role(role) => self.whom_role(self.role(role)),
            Whom::Member(member) => self.entry(&Entry::Person(member), &world.fields, &world.members),
        }
    }

    fn after_days(self, days: u16) -> String {
        match days {
            0 => self.same_day().to_owned(),
            days => self.days_later(days),
        }
    }

    fn setting(self, setting: &Setting, world: &Workspace) -> String {
        match setting {
            Setting::Category(category) => self.category(*category).to_owned(),
            Setting::CloseIn(days) => self.after_days(*days),
            Setting::Owner(member) => self.entry(&Entry::Person(*member), &world.fields, &world.members),
            Setting::Custom(_, entry) => self.entry(entry, &world.fields, &world.members),
        }
    }

    fn stage_of(self, stage: StageId, world: &Workspace) -> &str {
        let found = world.pipelines.values().find_map(|pipeline| pipeline.stage(stage));
        found.map_or(self.unknown_name(), |stage| stage.name.get(self))
    }

    fn criterion_of(self, criterion: CriterionId, world: &Workspace) -> &str {
        let found = world.pipelines.values().find_map(|pipeline| pipeline.criterion(criterion));
        found.map_or(self.unknown_name(), |(_, criterion)| criterion.name.get(self))
    }
}

impl Label {
    /// The same words in both languages.
    pub fn of(words: impl Fn(Lang) -> String) -> Self {
        Self { zh: words(Lang::Zh), en: words(Lang::En) }
    }
}

fn capitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
