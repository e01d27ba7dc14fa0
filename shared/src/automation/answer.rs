//! What the team's rules answer to a command that was just carried out here.

use std::cmp::Reverse;
use std::sync::Arc;

use super::cause::{self, Cause};
use super::{Action, Automation, Setting, Trigger, Whom};
use crate::command::{Command, Context, Origin};
use crate::gate;
use crate::gather::Arrange as _;
use crate::id::{ActivityId, CriterionId, DocumentId, MemberId, NoticeId, StageId};
use crate::model::{ActivityKind, Deal, DealCard, Outcome, RecordRef};
use crate::pipeline::Pipeline;
use crate::text::Label;
use crate::workspace::{Customers, Workspace};

/// For how many deals rules answer one published version.
pub const MAX_TIGHTENED: usize = 200;

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
    let scene = Scene { workspace, context, card: &deal.card };
    let customers = workspace.customers();
    let causes = cause::of(&customers, deal, pipeline, command, before);
    let entered = causes.iter().filter_map(Cause::entered);
    let planned = entered.flat_map(|stage| scene.key_activities(deal, pipeline, stage));
    planned.chain(causes.iter().flat_map(|cause| scene.answer(&customers, cause))).collect()
}

/// What the team's rules about reopened gates answer to a version of a pipeline that was just published here, with the
/// version before it at hand: for the deals whose gates it reopened. Their documents need not be open, so whoever stores
/// documents opens each and asks. Of very many deals only those that were touched last are answered for; on the others
/// rules remind, as long as the gate is reopened.
pub fn tightened(
    workspace: &Workspace,
    context: &Context,
    command: &Command,
    before: Option<&Pipeline>,
) -> Vec<Command> {
    let (Origin::Hand | Origin::Console, Command::PublishPipeline(next)) = (context.origin, command) else {
        return Vec::new();
    };
    let listens = |rule: &Automation| rule.when == Trigger::GateReopened && !rule.paused;
    let Some(before) = before.filter(|_| workspace.automations.values().any(listens)) else { return Vec::new() };
    let cards = workspace.deals.values().filter(|card| card.pipeline == next.id && !card.discarded);
    let customers = workspace.customers();
    let reopened_by = |card: &DealCard, version: &Pipeline| gate::first_reopened(&customers, card, version);
    let open = cards.filter(|card| card.outcome == Outcome::Open && reopened_by(card, before).is_none());
    let mut reopened: Vec<_> = open.filter_map(|card| Some((card, reopened_by(card, next)?.criterion))).collect();
    reopened.arrange_by_key(|(card, _)| Reverse(card.touched));
    reopened.truncate(MAX_TIGHTENED);
    let answer = |(card, criterion): (&Arc<DealCard>, CriterionId)| {
        Scene { workspace, context, card }.answer(&customers, &Cause::Tightened(criterion, next.version))
    };
    reopened.into_iter().flat_map(answer).collect()
}

struct Scene<'a> {
    workspace: &'a Workspace,
    context: &'a Context,
    card: &'a DealCard,
}

impl Scene<'_> {
    /// What every rule does that the cause triggers.
    fn answer(&self, customers: &Customers<'_>, cause: &Cause) -> Vec<Command> {
        let rules = self.workspace.automations.values();
        let rules = rules.filter(|rule| rule.is_for(customers, self.card) && cause.triggers(rule));
        rules.flat_map(|rule| self.carry_out(rule, cause)).collect()
    }

    /// A key activity that was planned or done for this deal before is not planned again.
    fn key_activities(&self, deal: &Deal, pipeline: &Pipeline, stage: StageId) -> Vec<Command> {
        let id = self.card.id;
        let stage = pipeline.stage(stage).map(|stage| stage.activities.as_slice()).unwrap_or_default();
        let fresh = stage.iter().filter(|key| deal.activities.iter().all(|each| each.key != Some(key.id)));
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
        let named = |index: usize| format!("{}/{index}/{}", rule.id, cause.name(self.card.id));
        let actions = rule.then.iter().enumerate();
        actions.flat_map(|(index, action)| self.act(action, &named(index))).collect()
    }

    fn act(&self, action: &Action, name: &str) -> Vec<Command> {
        let deal = self.card.id;
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
                whom.members(self.workspace, self.card).into_iter().map(told).collect()
            }
        }
    }

    fn plan(&self, name: &str, kind: ActivityKind, what: &Label, due_after: u16) -> Command {
        Command::PlanActivity {
            deal: self.card.id,
            activity: ActivityId::minted(name),
            kind,
            summary: both(what),
            due: self.context.today.plus(i32::from(due_after)),
            key: None,
        }
    }

    fn set(&self, setting: &Setting) -> Command {
        let deal = self.card.id;
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
pub(super) fn both(label: &Label) -> String {
    match (label.zh.trim(), label.en.trim()) {
        (one, other) if one == other || other.is_empty() => one.to_owned(),
        ("", en) => en.to_owned(),
        (zh, en) => format!("{zh} / {en}"),
    }
}
