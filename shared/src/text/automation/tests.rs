//! Every kind of trigger and action, as sentences in both languages.

use super::*;
use crate::automation::{Action, Automation, Setting, Trigger, Whom};
use crate::id::{AutomationId, ChoiceId, FieldId};
use crate::model::{ActivityKind, Category, Choice, CustomField, Field, FieldKind, RecordKind, Role};
use crate::pipeline::Condition;
use crate::rules::sample::{bare, criterion, member, stage, tide, workspace};

fn world() -> Workspace {
    let choice = Choice { id: ChoiceId::minted("gold"), name: Label::new("金牌", "Gold") };
    let tier = CustomField {
        id: FieldId::minted("tier"),
        on: RecordKind::Deal,
        name: Label::new("级别", "Tier"),
        kind: FieldKind::Choice,
        choices: vec![choice],
        on_card: false,
        rank: 0,
        retired: false,
    };
    let mut world = workspace(bare(tide()));
    world.fields.insert(tier.id, tier);
    world
}

#[track_caller]
fn check(when: Trigger, then: Vec<Action>, zh: &str, en: &str) {
    let id = AutomationId::minted("rule");
    let name = Label::new("规则", "Rule");
    let rule = Automation { id, name, pipeline: None, when, only_if: None, then, paused: false };
    let world = world();
    assert_eq!(Lang::Zh.rule(&rule, &world), zh);
    assert_eq!(Lang::En.rule(&rule, &world), en);
}

fn remind() -> Vec<Action> {
    vec![Action::Remind(Label::new("看一看", "Have a look"))]
}

#[test]
fn every_trigger_says_when() {
    let rest = ("，就提醒「看一看」。", ": remind of “Have a look”.");
    for (when, zh, en) in [
        (Trigger::StageEntered(stage("propose")), "商机进入「方案提出」时", "When a deal enters Proposal"),
        (Trigger::ActivityDone(ActivityKind::Demo), "完成「演示」后", "When an activity is done (Demo)"),
        (Trigger::FieldChanged(Field::Amount), "「金额」改变时", "When “Amount” changes"),
        (Trigger::FieldChanged(Field::Custom(FieldId::minted("tier"))), "「级别」改变时", "When “Tier” changes"),
        (Trigger::GateReopened, "关卡重开时", "When a gate reopens"),
        (Trigger::Quiet(14), "连续 14 天没有动静时", "While nothing has happened for 14 days"),
        (Trigger::CloseNear(7), "离预计成交日不超过 7 天时", "While the expected close is no more than 7 days away"),
        (Trigger::ClosePast, "过了预计成交日还没有结束时", "While a deal is open past its expected close"),
    ] {
        check(when, remind(), &format!("{zh}{}", rest.0), &format!("{en}{}", rest.1));
    }
}

#[test]
fn every_action_says_what() {
    let (zh, en) = ("关卡重开时，就", "When a gate reopens: ");
    let words = || Label::new("跟进", "Follow up");
    let plan = |due_after| Action::Plan { kind: ActivityKind::Call, what: words(), due_after };
    let notify = |whom| Action::Notify { whom, text: words() };
    let tier = Setting::Custom(FieldId::minted("tier"), Entry::Choice(ChoiceId::minted("gold")));
    for (action, said_zh, said_en) in [
        (plan(3), "计划电话「跟进」（3 天后）", "plan “Follow up” (Call, 3 days later)"),
        (plan(0), "计划电话「跟进」（当天）", "plan “Follow up” (Call, the same day)"),
        (
            Action::Set(Setting::Category(Category::Commit)),
            "把「预测类别」填为承诺",
            "set “Forecast category” to Commit",
        ),
        (Action::Set(Setting::CloseIn(30)), "把「预计成交日」填为30 天后", "set “Expected close” to 30 days later"),
        (Action::Set(Setting::Owner(member(Role::Rep))), "把「负责人」填为Rep", "set “Owner” to Rep"),
        (Action::Set(tier), "把「级别」填为金牌", "set “Tier” to Gold"),
        (notify(Whom::Owner), "通知负责人「跟进」", "tell the deal’s owner “Follow up”"),
        (notify(Whom::Role(Role::Manager)), "通知每位经理「跟进」", "tell everybody with the role Manager “Follow up”"),
        (notify(Whom::Member(member(Role::Owner))), "通知Owner「跟进」", "tell Owner “Follow up”"),
    ] {
        check(Trigger::GateReopened, vec![action], &format!("{zh}{said_zh}。"), &format!("{en}{said_en}."));
    }
}

#[test]
fn a_whole_rule_names_its_pipeline_condition_and_actions_in_order() {
    let world = world();
    let pipeline = world.pipelines.values().next().unwrap();
    let rule = Automation {
        id: AutomationId::minted("rule"),
        name: Label::new("", "Rule"),
        pipeline: Some(pipeline.id),
        when: Trigger::StageEntered(stage("negotiate")),
        only_if: Some(Condition::Filled(Field::Amount)),
        then: vec![Action::Ask(criterion("negotiate/approval")), Action::Remind(Label::new("", "Look"))],
        paused: false,
    };
    let (place, approval) = (&pipeline.name, &pipeline.criterion(criterion("negotiate/approval")).unwrap().1.name);
    let negotiate = &pipeline.stage(stage("negotiate")).unwrap().name;
    assert_eq!(
        Lang::Zh.rule(&rule, &world),
        format!(
            "在「{}」里，商机进入「{}」时，如果金额已填写，就请求批准「{}」，并提醒「Look」。",
            place.zh, negotiate.zh, approval.zh
        )
    );
    assert_eq!(
        Lang::En.rule(&rule, &world),
        format!(
            "In {}: when a deal enters {}, if Amount is filled in: ask for the approval “{}”; remind of “Look”.",
            place.en, negotiate.en, approval.en
        )
    );
}
