//! Rules that plan and remind: which ones make sense.

use crate::automation::{Action, Automation, Setting, Trigger, Whom};
use crate::id::AutomationId;
use crate::model::{Field, RecordKind};
use crate::pipeline::Rule;
use crate::refusal::{AutomationFault, Refusal, Span, Wording};
use crate::rules::door::Door;
use crate::rules::{fields, limits, team};

/// How many things one rule may do.
const MAX_ACTIONS: usize = 10;

pub(super) fn put(door: &Door<'_>, rule: &Automation) -> Result<(), Refusal> {
    team::named(&rule.name)?;
    if let Some(pipeline) = rule.pipeline {
        door.pipeline(pipeline)?;
    }
    if let Some(condition) = &rule.only_if {
        condition.check(&door.workspace.fields)?;
    }
    triggered(door, &rule.when)?;
    if !(1..=MAX_ACTIONS).contains(&rule.then.len()) {
        return Err(Refusal::Automation(AutomationFault::Actions));
    }
    rule.then.iter().try_for_each(|action| sensible(door, &rule.when, action))
}

pub(super) fn remove(door: &Door<'_>, rule: AutomationId) -> Result<(), Refusal> {
    match door.workspace.automations.contains_key(&rule) {
        true => Ok(()),
        false => Err(Refusal::NoAutomation(rule)),
    }
}

fn triggered(door: &Door<'_>, when: &Trigger) -> Result<(), Refusal> {
    match when {
        Trigger::StageEntered(stage) => {
            let mut stages = door.workspace.pipelines.values().flat_map(|pipeline| &pipeline.stages);
            stages.find(|each| each.id == *stage).map(drop).ok_or(Refusal::NoStage(*stage))
        }
        Trigger::FieldChanged(field) => of_deals(door, *field),
        Trigger::Quiet(days) => limits::days(Span::Quiet, *days),
        Trigger::CloseNear(days) => limits::days(Span::Near, *days),
        Trigger::ActivityDone(_) | Trigger::GateReopened | Trigger::ClosePast => Ok(()),
    }
}

fn sensible(door: &Door<'_>, when: &Trigger, action: &Action) -> Result<(), Refusal> {
    let reminds = matches!(action, Action::Remind(_) | Action::Notify { .. });
    if when.is_derived() && !reminds {
        return Err(Refusal::Automation(AutomationFault::OnlyReminds));
    }
    match action {
        Action::Plan { what, due_after, .. } => {
            team::named(what)?;
            limits::days(Span::Planned, *due_after)
        }
        Action::Remind(what) => team::named(what),
        Action::Set(setting) if *when == Trigger::FieldChanged(setting.field()) => {
            Err(Refusal::Automation(AutomationFault::AnswersItself))
        }
        Action::Set(setting) => settable(door, setting),
        Action::Ask(criterion) => {
            let found = door.workspace.pipelines.values().find_map(|pipeline| pipeline.criterion(*criterion));
            match found.map(|(_, found)| &found.rule) {
                Some(Rule::Approval(_)) => Ok(()),
                Some(_) | None => Err(Refusal::NoCriterion(*criterion)),
            }
        }
        Action::Notify { whom, text } => {
            if let Whom::Member(member) = whom {
                door.member(*member)?;
            }
            team::named(text)?;
            limits::fits(Wording::Message, &text.zh)
        }
    }
}

fn settable(door: &Door<'_>, setting: &Setting) -> Result<(), Refusal> {
    match setting {
        Setting::Category(_) => Ok(()),
        Setting::CloseIn(days) => limits::days(Span::Close, *days),
        Setting::Owner(member) => door.member(*member),
        Setting::Custom(field, entry) => {
            of_deals(door, setting.field())?;
            let known = door.workspace.fields.get(field).ok_or(Refusal::NoField(*field))?;
            fields::fits(door, known, entry)
        }
    }
}

/// A rule answers what happens to a deal, and writes into the deal alone.
fn of_deals(door: &Door<'_>, field: Field) -> Result<(), Refusal> {
    let Field::Custom(id) = field else { return Ok(()) };
    let known = door.workspace.fields.get(&id).filter(|known| known.on == RecordKind::Deal && !known.retired);
    known.map(drop).ok_or(Refusal::NoField(id))
}
