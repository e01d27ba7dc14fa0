//! Rules to start from: what many teams want, ready to be changed.

use std::sync::Arc;

use super::{Action, Automation, Trigger, Whom};
use crate::id::{AutomationId, CriterionId, PipelineId, StageId};
use crate::model::ActivityKind;
use crate::pipeline::{Pipeline, Rule};
use crate::sorted::SortedMap;
use crate::text::{Label, Lang};

/// A ready-made rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Starter {
    /// After a demo, plan a call.
    FollowUp,
    /// Remind of deals where nothing happens.
    Quiet,
    /// Remind of deals whose expected close is over.
    Past,
    /// Tell the owner about a gate that reopened.
    Reopened,
    /// Ask for a stage's approval as soon as a deal is in the stage.
    Approval,
}

impl Starter {
    /// Every one, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::FollowUp, Self::Quiet, Self::Past, Self::Reopened, Self::Approval];

    /// The rule, under a fresh id; none if the team's pipelines have nothing it could be about.
    pub fn rule(self, id: AutomationId, pipelines: &SortedMap<PipelineId, Arc<Pipeline>>) -> Option<Automation> {
        let words = |say: fn(Lang) -> &'static str| Label::of(|lang| say(lang).to_owned());
        let (name, when, then) = match self {
            Self::FollowUp => {
                let what = words(Lang::starter_follow_up_what);
                let plan = Action::Plan { kind: ActivityKind::Call, what, due_after: 3 };
                (words(Lang::starter_follow_up), Trigger::ActivityDone(ActivityKind::Demo), plan)
            }
            Self::Quiet => {
                let remind = Action::Remind(words(Lang::starter_quiet_what));
                (words(Lang::starter_quiet), Trigger::Quiet(14), remind)
            }
            Self::Past => {
                let remind = Action::Remind(words(Lang::starter_past_what));
                (words(Lang::starter_past), Trigger::ClosePast, remind)
            }
            Self::Reopened => {
                let notify = Action::Notify { whom: Whom::Owner, text: words(Lang::starter_reopened_what) };
                (words(Lang::starter_reopened), Trigger::GateReopened, notify)
            }
            Self::Approval => {
                let (stage, criterion) = approval(pipelines)?;
                (words(Lang::starter_approval), Trigger::StageEntered(stage), Action::Ask(criterion))
            }
        };
        Some(Automation { id, name, pipeline: None, when, only_if: None, then: vec![then], paused: false })
    }
}

/// The first stage whose gate asks for an approval.
fn approval(pipelines: &SortedMap<PipelineId, Arc<Pipeline>>) -> Option<(StageId, CriterionId)> {
    let stages = pipelines.values().filter(|pipeline| !pipeline.archived).flat_map(|pipeline| &pipeline.stages);
    stages.into_iter().find_map(|stage| {
        let asks = stage.criteria.iter().find(|criterion| matches!(criterion.rule, Rule::Approval(_)))?;
        Some((stage.id, asks.id))
    })
}
