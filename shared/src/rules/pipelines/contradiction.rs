//! Gates that no deal could pass together.
//!
//! A deal is verified as far as every gate from its first stage on holds at once, so what one gate asks must not be
//! what another one excludes, however far apart they are.

use super::{Fault, Place};
use crate::id::FieldId;
use crate::model::CustomField;
use crate::pipeline::{Condition, Criterion, Rule, Stage, Weight};
use crate::refusal::Refusal;
use crate::sorted::SortedMap;

/// The fields that the team added.
type Fields = SortedMap<FieldId, CustomField>;

/// A required criterion with what it asks of the fields.
type Asked<'a> = (&'a Criterion, &'a Condition);

/// The first criterion of the last of these stages that excludes one before it, in its own gate or an earlier one.
pub(super) fn of(fields: &Fields, stages: &[Stage]) -> Option<Fault> {
    let (stage, earlier) = stages.split_last()?;
    let mut before: Vec<Asked<'_>> = earlier.iter().flat_map(|stage| asked(fields, stage)).collect();
    for each in asked(fields, stage) {
        if let Some(refusal) = before.iter().find_map(|other| exclude(fields, *other, each)) {
            return Some(Fault::new(Place::Criterion(each.0.id), refusal));
        }
        before.push(each);
    }
    None
}

fn exclude(fields: &Fields, earlier: Asked<'_>, later: Asked<'_>) -> Option<Refusal> {
    let field = Condition::contradiction(fields, [earlier.1, later.1])?;
    let [earlier, later] = [earlier, later].map(|(criterion, _)| Box::new(criterion.name.clone()));
    Some(Refusal::Contradicted { field, earlier, later })
}

/// A criterion that excludes itself is found where it is judged alone.
fn asked<'a>(fields: &Fields, stage: &'a Stage) -> impl Iterator<Item = Asked<'a>> {
    let required = stage.criteria.iter().filter(|criterion| criterion.weight == Weight::Required);
    required.filter_map(|criterion| match &criterion.rule {
        Rule::Fields(condition) if Condition::contradiction(fields, [condition]).is_none() => {
            Some((criterion, condition))
        }
        Rule::Fields(_) | Rule::KeyActivity(_) | Rule::Evidence(_) | Rule::Approval(_) => None,
    })
}
