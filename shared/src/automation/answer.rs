//! What the team's rules answer to a command that was just carried out here.

use std::sync::Arc;

use super::{Action, Automation, Setting, Trigger, Whom};
use crate::command::{Command, Context, Origin};
use crate::gate;
use crate::id::{ActivityId, DealId, DocumentId, MemberId, NoticeId, StageId};
use crate::model::{ActivityKind, Deal, DealCard, Field, Outcome, RecordRef};
use crate::pipeline::Pipeline;
use crate::text::Label;
use crate::workspace::Workspace;

/// The deal that a command is about, as it is before the command is carried out.
pub fn before(workspace: &Workspace, command: &Command) -> Option<Arc<DealCard>> {
    match command.document() {
        DocumentId::Deal(deal) => workspace.deal(deal).cloned(),
        DocumentId::Company(_) | DocumentId::Lead(_) | DocumentId::Workspace | DocumentId::Views => None,
    }
}

/// The commands that plan a stage's key activities and carry the team's rules out, after `command` was carried out.
/// Imports and rules are not answered, so that a rule never answers a rule.
pub fn follow_ups(
    workspace: &Workspace,
    context: &Context,
    command: &Command,
    before: Option<&DealCard>,
) -> Vec<Command> {
    let (Origin::Hand | Origin::Console, DocumentId::Deal(id)) = (context.origin, command.document()) else {
        return Vec::new();
    };
    let Some(deal) = workspace.open_deals.get(&id).filter(|deal| !deal.card.discarded) else { return Vec::new() };
    let Some(pipeline) = workspace.pipelines.get(&deal.card.pipeline) else { return Vec::new() };
    let scene = Scene { workspace, context, deal, pipeline };
    let causes = scene.causes(command, before);
    let entered = causes.iter().filter_map(|cause| match cause {
        Cause::Entered(stage) => Some(*stage),
        _ => None,
    });
    let mut answers: Vec<Command> = entered.flat_map(|stage| scene.key_activities(stage)).collect();
    for rule in workspace.automations.values().filter(|rule| scene.obeys(rule)) {
        let answered = causes.iter().filter(|cause| cause.triggers(rule));
        answers.extend(answered.flat_map(|cause| scene.carry_out(rule, cause)));
    }
    answers
}

/// Something that happened to a deal, as rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cause {
    Entered(StageId),
    Done(ActivityKind, ActivityId),
    /// With what it is now, since the same change back and forth is two causes.
    Changed(Field, String),
    /// With the first criterion that no longer holds.
    Reopened(String),
}

impl Cause {
    fn triggers(&self, rule: &Automation) -> bool {
        match (self, &rule.when) {
            (Self::Entered(stage), Trigger::StageEntered(asked)) => stage == asked,
            (Self::Done(kind, _), Trigger::ActivityDone(asked)) => kind == asked,
            (Self::Changed(field, _), Trigger::FieldChanged(asked)) => field == asked,
            (Self::Reopened(_), Trigger::GateReopened) => true,
            (_, _) => false,
        }
    }

    /// What ids are minted from: the same on every device that saw the same thing happen.
    fn name(&self, deal: DealId) -> String {
        match self {
            Self::Entered(stage) => format!("{deal}/entered/{stage}"),
            Self::Done(_, activity) => format!("{deal}/done/{activity}"),
            Self::Changed(field, value) => format!("{deal}/changed/{field:?}/{value}"),
            Self::Reopened(criterion) => format!("{deal}/reopened/{criterion}"),
        }
    }
}

struct Scene<'a> {
    workspace: &'a Workspace,
    context: &'a Context,
    deal: &'a Deal,
    pipeline: &'a Pipeline,
}

impl Scene<'_> {
    fn causes(&self, command: &Command, before: Option<&DealCard>) -> Vec<Cause> {
        let card = &self.deal.card;
        let moved = before.is_none_or(|before| before.stage != card.stage) && card.outcome == Outcome::Open;
        let mut causes: Vec<Cause> = moved.then_some(Cause::Entered(card.stage)).into_iter().collect();
        if let Command::LogActivity { activity, .. } | Command::FinishActivity { activity, .. } = command {
            let found = self.deal.activities.iter().find(|each| each.id == *activity);
            causes.extend(found.map(|found| Cause::Done(found.kind, found.id)));
        }
        let Some(before) = before else { return causes };
        causes.extend(self.changed(command, before));
        let stood = |card: &DealCard| gate::standing(card, self.pipeline).reopened;
        if let (true, Some(first)) = (stood(before).is_empty(), stood(card).first()) {
            causes.push(Cause::Reopened(first.criterion.to_string()));
        }
        causes
    }

    fn changed(&self, command: &Command, before: &DealCard) -> Vec<Cause> {
        let mut fields = Field::ALL.to_vec();
        if let Command::SetField { of: RecordRef::Deal(_), field, .. } = command {
            fields.push(Field::Custom(*field));
        }
        let now = |field: Field| value(&self.deal.card, field);
        let changed = fields.into_iter().filter(|field| value(before, *field) != now(*field));
        changed.map(|field| Cause::Changed(field, now(field))).collect()
    }

    fn obeys(&self, rule: &Automation) -> bool {
        let card = &self.deal.card;
        !rule.paused
            && rule.pipeline.is_none_or(|pipeline| pipeline == card.pipeline)
            && rule.only_if.as_ref().is_none_or(|condition| condition.holds(card))
    }

    /// A key activity that was planned or done for this deal before is not planned again.
    fn key_activities(&self, stage: StageId) -> Vec<Command> {
        let id = self.deal.card.id;
        let stage = self.pipeline.stage(stage).map(|stage| stage.activities.as_slice()).unwrap_or_default();
        let fresh = stage.iter().filter(|key| self.deal.activities.iter().all(|each| each.key != Some(key.id)));
        let plan = fresh.map(|key| Command::PlanActivity {
            deal: id,
            activity: ActivityId::minted(&format!("{id}/{}", key.id)),
            kind: key.kind,
            // The key activity has the words, in both languages.
            summary: String::new(),
            due: self.context.today.plus(i32::from(key.due_after)),
            key: Some(key.id),
        });
        plan.collect()
    }

    fn carry_out(&self, rule: &Automation, cause: &Cause) -> Vec<Command> {
        let named = |index: usize| format!("{}/{index}/{}", rule.id, cause.name(self.deal.card.id));
        let actions = rule.then.iter().enumerate();
        actions.flat_map(|(index, action)| self.act(action, &named(index))).collect()
    }

    fn act(&self, action: &Action, name: &str) -> Vec<Command> {
        let deal = self.deal.card.id;
        match action {
            Action::Plan { kind, what, due_after } => vec![self.plan(name, *kind, what, *due_after)],
            Action::Remind(what) => vec![self.plan(name, ActivityKind::Task, what, 0)],
            Action::Set(setting) => vec![self.set(setting)],
            Action::Ask(criterion) => {
                vec![Command::RequestApproval { deal, criterion: *criterion, note: String::new() }]
            }
            Action::Notify { whom, text } => {
                let told = |to: MemberId| Command::Notify {
                    deal,
                    notice: NoticeId::minted(&format!("{name}/{to}")),
                    to,
                    text: both(text),
                };
                whom.members(self.workspace, &self.deal.card).into_iter().map(told).collect()
            }
        }
    }

    fn plan(&self, name: &str, kind: ActivityKind, what: &Label, due_after: u16) -> Command {
        Command::PlanActivity {
            deal: self.deal.card.id,
            activity: ActivityId::minted(name),
            kind,
            summary: both(what),
            due: self.context.today.plus(i32::from(due_after)),
            key: None,
        }
    }

    fn set(&self, setting: &Setting) -> Command {
        let deal = self.deal.card.id;
        match setting {
            Setting::Category(category) => Command::ClassifyDeal { deal, category: Some(*category) },
            Setting::CloseIn(days) => {
                Command::ExpectDeal { deal, close: Some(self.context.today.plus(i32::from(*days))) }
            }
            Setting::Owner(member) => Command::AssignDeal { deal, owner: Some(*member) },
            Setting::Custom(field, entry) => {
                Command::SetField { of: RecordRef::Deal(deal), field: *field, value: Some(entry.clone()) }
            }
        }
    }
}

impl Whom {
    /// Who that is, for a deal.
    pub fn members(self, workspace: &Workspace, card: &DealCard) -> Vec<MemberId> {
        match self {
            Self::Owner => card.owner.into_iter().collect(),
            Self::Member(member) => vec![member],
            Self::Role(role) => {
                let members = workspace.members.values().filter(|member| member.role == role);
                members.map(|member| member.id).collect()
            }
        }
    }
}

/// A rule does not know who will read its words, so it writes both languages where both are given.
fn both(label: &Label) -> String {
    match (label.zh.trim(), label.en.trim()) {
        (one, other) if one == other || other.is_empty() => one.to_owned(),
        ("", en) => en.to_owned(),
        (zh, en) => format!("{zh} / {en}"),
    }
}

/// A field's value as a text that differs when the value does.
fn value(card: &DealCard, field: Field) -> String {
    match field {
        Field::Title => card.title.clone(),
        Field::Company => format!("{:?}", card.company),
        Field::Owner => format!("{:?}", card.owner),
        Field::Amount => format!("{:?}", card.amount),
        Field::Close => format!("{:?}", card.close),
        Field::Category => format!("{:?}", card.category),
        Field::Stage => card.stage.to_string(),
        Field::Outcome => format!("{:?}", card.outcome),
        Field::Custom(field) => format!("{:?}", card.custom.get(&field)),
    }
}
