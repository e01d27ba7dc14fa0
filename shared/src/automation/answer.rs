//! What the team's rules answer to a command that was just carried out here.

use std::sync::Arc;

use super::cause::{self, Cause};
use super::{Action, Automation, Setting, Whom};
use crate::command::{Command, Context, Origin};
use crate::id::{ActivityId, DocumentId, MemberId, NoticeId, StageId};
use crate::model::{ActivityKind, Deal, DealCard, RecordRef};
use crate::pipeline::Pipeline;
use crate::text::Label;
use crate::workspace::Workspace;

/// The deal that a command is about, as it is before the command is carried out.
pub fn before(workspace: &Workspace, command: &Command) -> Option<Arc<DealCard>> {
    match command.document() {
        DocumentId::Deal(deal) => workspace.deal(deal).cloned(),
        DocumentId::Company(_) | DocumentId::Lead(_) | DocumentId::Workspace => None,
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
    let causes = cause::of(deal, pipeline, command, before);
    let entered = causes.iter().filter_map(Cause::entered);
    let mut answers: Vec<Command> = entered.flat_map(|stage| scene.key_activities(stage)).collect();
    for rule in workspace.automations.values().filter(|rule| scene.obeys(rule)) {
        let answered = causes.iter().filter(|cause| cause.triggers(rule));
        answers.extend(answered.flat_map(|cause| scene.carry_out(rule, cause)));
    }
    answers
}

struct Scene<'a> {
    workspace: &'a Workspace,
    context: &'a Context,
    deal: &'a Deal,
    pipeline: &'a Pipeline,
}

impl Scene<'_> {
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
