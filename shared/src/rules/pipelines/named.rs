//! Parts of a pipeline that are gone while a rule of the team names them: it would never act again, and nobody would
//! be told. Saved views name no stage and no criterion.

use super::{Fault, Place};
use crate::automation::{Action, Automation, Trigger};
use crate::id::{CriterionId, StageId};
use crate::pipeline::{Pipeline, Stage};
use crate::refusal::Refusal;
use crate::text::Label;
use crate::workspace::Workspace;

/// One fault for each stage and criterion of the current version that the next one lacks and a rule names.
pub(super) fn faults(workspace: &Workspace, next: &Pipeline) -> Vec<Fault> {
    let current = workspace.pipelines.get(&next.id);
    let stages = current.into_iter().flat_map(|current| &current.stages);
    stages.flat_map(|stage| of_stage(workspace, next, stage)).collect()
}

fn of_stage(workspace: &Workspace, next: &Pipeline, was: &Stage) -> Vec<Fault> {
    let is_gone = next.stages.iter().all(|stage| stage.id != was.id);
    let place = if is_gone { Place::Gone(was.id) } else { Place::Stage(was.id) };
    let stage = is_gone.then(|| (&was.name, rule(workspace, |rule| enters(rule, was.id))));
    let gone = was.criteria.iter().filter(|criterion| next.criterion(criterion.id).is_none());
    let criteria = gone.map(|gone| (&gone.name, rule(workspace, |rule| asks(rule, gone.id))));
    let named = stage.into_iter().chain(criteria).filter_map(|(part, rule)| Some((part, rule?)));
    named.map(|(part, rule)| Fault::new(place, still_named(part, rule))).collect()
}

fn still_named(part: &Label, rule: &Automation) -> Refusal {
    Refusal::StillNamed { part: Box::new(part.clone()), rule: Box::new(rule.name.clone()) }
}

fn rule(workspace: &Workspace, names: impl Fn(&Automation) -> bool) -> Option<&Automation> {
    workspace.automations.values().find(|rule| names(rule))
}

fn enters(rule: &Automation, stage: StageId) -> bool {
    rule.when == Trigger::StageEntered(stage)
}

fn asks(rule: &Automation, criterion: CriterionId) -> bool {
    rule.then.contains(&Action::Ask(criterion))
}
