//! Rules as sentences: when, only if, then what. One rule reads the same on its page and in its form.

use super::{Label, Lang, Names};
use crate::automation::{Action, Automation, Setting, Trigger, Whom};
use crate::id::{CriterionId, StageId};
use crate::model::Entry;
use crate::workspace::Workspace;

phrases! {
    automations() { zh: "自动规则", en: "Rules" }
    in_pipeline(pipeline: &str) { zh: "在「{pipeline}」里，", en: "In {pipeline}: " }
    when_entered(stage: &str) { zh: "商机进入「{stage}」时", en: "when a deal enters {stage}" }
    when_done(kind: &str) { zh: "完成「{kind}」后", en: "when this is done: {kind}" }
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
