//! Fields that a team adds, and what may be written in them.

use crate::id::{ChoiceId, FieldId};
use crate::model::{CustomField, Entry, Field, RecordRef, is_link};
use crate::money::Money;
use crate::pipeline::{Condition, Rule};
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::{activities, companies, limits, team};
use crate::text::Label;
use crate::workspace::Workspace;

/// How many values a choice may offer.
const MAX_CHOICES: usize = 200;

pub(super) fn define(door: &Door<'_>, field: &CustomField) -> Result<(), Refusal> {
    team::named(&field.name)?;
    field.choices.iter().try_for_each(|choice| team::named(&choice.name))?;
    if field.choices.len() > MAX_CHOICES || field.kind.offers() == field.choices.is_empty() {
        return Err(Refusal::WrongEntry(field.id));
    }
    if let Some(now) = door.workspace.fields.get(&field.id) {
        let has = |choice: ChoiceId| field.choices.iter().any(|each| each.id == choice);
        let keeps = now.choices.iter().all(|choice| has(choice.id));
        if (now.on, now.kind) != (field.on, field.kind) || !keeps {
            return Err(Refusal::FieldFixed(field.id));
        }
    }
    match user(door.workspace, field.id).filter(|_| field.retired) {
        Some(user) => Err(Refusal::FieldInUse { field: field.id, user: Box::new(user.clone()) }),
        None => Ok(()),
    }
}

/// The value is one that the record's field can have.
pub(super) fn set(door: &Door<'_>, of: RecordRef, field: FieldId, value: Option<&Entry>) -> Result<(), Refusal> {
    present(door, of)?;
    let known = door.workspace.fields.get(&field).filter(|known| known.on == of.kind() && !known.retired);
    let known = known.ok_or(Refusal::NoField(field))?;
    value.map_or(Ok(()), |value| fits(door, known, value))
}

/// The value fits the field.
pub(super) fn fits(door: &Door<'_>, field: &CustomField, value: &Entry) -> Result<(), Refusal> {
    let wrong = Err(Refusal::WrongEntry(field.id));
    if value.kind() != field.kind {
        return wrong;
    }
    let offered = |choice: &ChoiceId| field.choices.iter().any(|each| each.id == *choice);
    match value {
        Entry::Text(text) => limits::says(Wording::Entry, text),
        Entry::Link(text) if is_link(text) => limits::fits(Wording::Entry, text),
        Entry::Number(number) if number.is_sane() => Ok(()),
        Entry::Money(money) => limits::sane(Some(Money { ..*money })),
        Entry::Date(day) => door.near(*day),
        Entry::Choice(choice) if offered(choice) => Ok(()),
        Entry::Choices(choices) if !choices.is_empty() && choices.iter().all(offered) => Ok(()),
        Entry::Person(member) => door.member(*member),
        Entry::Flag(_) => Ok(()),
        Entry::Link(_) | Entry::Number(_) | Entry::Choice(_) | Entry::Choices(_) => wrong,
    }
}

fn present(door: &Door<'_>, of: RecordRef) -> Result<(), Refusal> {
    match of {
        RecordRef::Deal(deal) => door.deal(deal).map(drop),
        RecordRef::Company(company) => door.company(company).map(drop),
        RecordRef::Contact(company, contact) => companies::contact_of(door, company, contact).map(drop),
        RecordRef::Activity(deal, activity) => activities::find(door, deal, activity).map(drop),
    }
}

/// The name of the pipeline, rule or view that still asks for a field.
fn user(workspace: &Workspace, field: FieldId) -> Option<&Label> {
    let asks = |condition: &Condition| {
        let mut found = false;
        condition.fields(&mut |each| found |= each == Field::Custom(field));
        found
    };
    let criteria = workspace.pipelines.values().filter(|pipeline| !pipeline.archived).flat_map(|pipeline| {
        let criteria = pipeline.stages.iter().flat_map(|stage| &stage.criteria);
        criteria.map(|criterion| (&criterion.name, &criterion.rule))
    });
    let by_gate = criteria.filter(|(_, rule)| matches!(rule, Rule::Fields(condition) if asks(condition)));
    let by_rule = workspace.automations.values().filter(|rule| rule.names(Field::Custom(field), &asks));
    by_gate.map(|(name, _)| name).chain(by_rule.map(|rule| &rule.name)).next()
}
