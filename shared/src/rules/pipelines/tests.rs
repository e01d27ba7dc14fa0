//! What the door has against a pipeline, and where in it.

use super::*;
use crate::automation::{Action, Automation, Trigger};
use crate::id::{AutomationId, FieldId};
use crate::model::Field;
use crate::pipeline::{Comparison, Condition, ConditionError, Literal, Weight, b2b};
use crate::rules::sample::{bare, criterion, stage, tide, usd, workspace};
use crate::text::Label;

fn check(bend: impl FnOnce(&mut Pipeline), expect: &[(Place, Refusal)]) {
    check_with(&[], bend, expect);
}

/// The same in a team that has these rules.
fn check_with(rules: &[Automation], bend: impl FnOnce(&mut Pipeline), expect: &[(Place, Refusal)]) {
    let (mut pipeline, mut given) = (b2b(), workspace(bare(tide())));
    given.automations = rules.iter().map(|rule| (rule.id, rule.clone())).collect();
    bend(&mut pipeline);
    let found = faults(&given, &pipeline);
    let found: Vec<_> = found.into_iter().map(|fault| (fault.place, fault.refusal)).collect();
    assert_eq!(found, expect);
}

fn asks(name: &str, condition: Condition) -> Criterion {
    let id = CriterionId::minted(name);
    Criterion { id, name: Label::new(name, ""), weight: Weight::Required, rule: Rule::Fields(condition) }
}

fn amount(is: Comparison, minor: i64) -> Condition {
    Condition::Compare { field: Field::Amount, is, value: Literal::Money(usd(minor)) }
}

fn contradicted(earlier: &str, later: &str) -> Refusal {
    let [earlier, later] = [earlier, later].map(|name| Box::new(Label::new(name, "")));
    Refusal::Contradicted { field: Field::Amount, earlier, later }
}

#[test]
fn every_fault_is_found_at_once_and_names_its_part() {
    check(|_| {}, &[]);
    let gone = FieldId::minted("gone");
    let blank = || Refusal::Blank(Wording::Name);
    let last = b2b().stages[4].activities.first().map(|activity| activity.id);
    let key = b2b().stages[1].activities[0].id;
    let first = b2b().stages[0].id;
    let circular = CriterionId::minted("circular");
    check(
        |pipeline| {
            pipeline.name = Label::new("", " ");
            let stage = &mut pipeline.stages[0];
            (stage.name, stage.probability) = (Label::new(" ", ""), 101);
            stage.criteria = vec![
                asks("unknown", Condition::Filled(Field::Custom(gone))),
                asks("large", amount(Comparison::AtLeast, 200)),
                asks("small", amount(Comparison::AtMost, 100)),
                Criterion { id: circular, rule: Rule::KeyActivity(key), ..asks("", Condition::LinesAddUp) },
                Criterion { rule: Rule::KeyActivity(last.unwrap_or(key)), ..asks("circular 2", Condition::LinesAddUp) },
            ];
        },
        &[
            (Place::Pipeline, blank()),
            (Place::Stage(first), blank()),
            (Place::Stage(first), Refusal::Percent),
            (Place::Criterion(CriterionId::minted("unknown")), ConditionError::NoField(gone).into()),
            (Place::Criterion(circular), blank()),
            (Place::Criterion(CriterionId::minted("circular 2")), Refusal::Circular(CriterionId::minted("circular 2"))),
            (Place::Criterion(CriterionId::minted("small")), contradicted("large", "small")),
        ],
    );
}

#[test]
fn days_are_counted_up_to_ten_years_and_none_means_the_same_day() {
    let (first, activity) = (b2b().stages[0].id, b2b().stages[0].activities[0].id);
    let stalled = |days: u16| move |pipeline: &mut Pipeline| pipeline.stages[0].stalled_after = days;
    let due = |days: u16| move |pipeline: &mut Pipeline| pipeline.stages[0].activities[0].due_after = days;
    let refused = |what| Refusal::Days { what, least: 0, most: 3_650 };
    for days in [0, 3_650] {
        check(stalled(days), &[]);
        check(due(days), &[]);
    }
    for days in [3_651, u16::MAX] {
        check(stalled(days), &[(Place::Stage(first), refused(Span::Stalled))]);
        check(due(days), &[(Place::Activity(activity), refused(Span::Due))]);
    }
}

#[test]
fn gates_that_no_deal_could_pass_together_are_refused_with_both_criteria() {
    let (large, small) = (amount(Comparison::AtLeast, 200), amount(Comparison::AtMost, 100));
    let advised = |criterion: Criterion| Criterion { weight: Weight::Advised, ..criterion };
    let fault = || [(Place::Criterion(CriterionId::minted("small")), contradicted("large", "small"))];
    // The stages that ask for much and for little, and whether the second only advises.
    let cases: [(usize, usize, bool, &[_]); 4] =
        [(0, 0, false, &fault()), (0, 2, false, &fault()), (0, 2, true, &[]), (1, 4, false, &fault())];
    for (first, second, is_advised, expect) in cases {
        check(
            |pipeline| {
                pipeline.stages[first].criteria.push(asks("large", large.clone()));
                let small = asks("small", small.clone());
                pipeline.stages[second].criteria.push(if is_advised { advised(small) } else { small });
            },
            expect,
        );
    }
}

#[test]
fn a_part_that_a_rule_names_stays_until_the_rule_is_changed() {
    let rule = |name: &str, when: Trigger, then: Action| Automation {
        id: AutomationId::minted(name),
        name: Label::new(name, ""),
        pipeline: None,
        when,
        only_if: None,
        then: vec![then],
        paused: false,
    };
    let remind = Action::Remind(Label::new("看", "Look"));
    let (last, approval) = (b2b().stages[4].clone(), criterion("negotiate/approval"));
    let rules = [
        rule("enters", Trigger::StageEntered(last.id), remind),
        rule("asks", Trigger::GateReopened, Action::Ask(approval)),
    ];
    let named = |place: Place, part: &Label, rule: &str| {
        (place, Refusal::StillNamed { part: Box::new(part.clone()), rule: Box::new(Label::new(rule, "")) })
    };
    let approval_name = b2b().criterion(approval).unwrap().1.name.clone();
    let retire = |pipeline: &mut Pipeline| {
        pipeline.stages.pop();
        pipeline.retired.insert(last.id, stage("negotiate"));
    };
    let drop_approval = |pipeline: &mut Pipeline| pipeline.stages[3].criteria.retain(|each| each.id != approval);
    let move_approval = |pipeline: &mut Pipeline| {
        let index = pipeline.stages[3].criteria.iter().position(|each| each.id == approval).unwrap();
        let moved = pipeline.stages[3].criteria.remove(index);
        pipeline.stages[4].criteria.push(moved);
    };
    check(retire, &[]);
    check_with(&rules, |_| (), &[]);
    check_with(&rules, retire, &[named(Place::Gone(last.id), &last.name, "enters")]);
    check_with(&rules, drop_approval, &[named(Place::Stage(stage("negotiate")), &approval_name, "asks")]);
    check_with(&rules, move_approval, &[]);
}

#[test]
fn a_stage_that_is_gone_is_a_fault_until_its_deals_have_a_place() {
    let (first, second) = (stage("identify"), stage("confirm"));
    let lacks = |pipeline: &mut Pipeline| drop(pipeline.stages.remove(0));
    check(lacks, &[(Place::Gone(first), Refusal::StageInUse { stage: first, deals: 1 })]);
    check(
        |pipeline| {
            lacks(pipeline);
            pipeline.retired.insert(first, second);
        },
        &[],
    );
}
