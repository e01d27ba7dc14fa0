//! Fields of a company and the people there that two devices changed at once.

use automerge::Value;

use super::conflict;
use crate::document::schema as key;
use crate::document::view::{View, name, named};
use crate::id::{ContactId, FieldId};
use crate::model::{CompanyField, CompanyText, CompanyValue, Conflict, ContactPart};

/// The fields of a company with more than one current value, in the order fields are shown.
pub(in crate::document) fn of_company(root: &View<'_>) -> Vec<Conflict<CompanyField, CompanyValue>> {
    let texts = CompanyText::ALL.map(|what| (CompanyField::Text(what), format!("{}{}", key::TEXTS, name(&what))));
    let own = added(root).map(|(field, key)| (CompanyField::Custom(field), key));
    let fields = [(CompanyField::Name, key::NAME.to_owned())].into_iter().chain(texts).chain(own);
    let found = fields.filter_map(|(field, key)| disputed(root, &key, field));
    let people = root.map(key::CONTACTS).map(|map| map.records()).unwrap_or_default();
    let there = people.into_iter().filter(|(_, map)| !map.flag(key::DISCARDED));
    let of_people = there.flat_map(|(id, map)| of_person(id, &map));
    found.chain(of_people).collect()
}

fn of_person(id: ContactId, map: &View<'_>) -> Vec<Conflict<CompanyField, CompanyValue>> {
    let parts = ContactPart::ALL.map(|part| (CompanyField::Contact(id, part), key_of(part).to_owned()));
    let own = added(map).map(|(field, key)| (CompanyField::ContactCustom(id, field), key));
    parts.into_iter().chain(own).filter_map(|(field, key)| disputed(map, &key, field)).collect()
}

fn key_of(part: ContactPart) -> &'static str {
    match part {
        ContactPart::Name => key::NAME,
        ContactPart::Role => key::ROLE,
        ContactPart::Phone => key::PHONE,
        ContactPart::Email => key::EMAIL,
    }
}

/// The fields that the team added and somebody filled in.
fn added(map: &View<'_>) -> impl Iterator<Item = (FieldId, String)> + use<> {
    map.keys().into_iter().filter_map(|key| Some((key.strip_prefix(key::FIELD)?.parse().ok()?, key)))
}

fn disputed(map: &View<'_>, key: &str, field: CompanyField) -> Option<Conflict<CompanyField, CompanyValue>> {
    conflict(map, key, field, |value, _| value_of(field, value))
}

fn value_of(field: CompanyField, value: &Value<'_>) -> Option<CompanyValue> {
    let text = value.as_str();
    Some(match field {
        CompanyField::Contact(_, ContactPart::Role) => CompanyValue::Role(named(text?)?),
        CompanyField::Custom(_) | CompanyField::ContactCustom(..) => {
            CompanyValue::Custom(text.and_then(|text| serde_json::from_str(text).ok()))
        }
        CompanyField::Name | CompanyField::Text(_) | CompanyField::Contact(..) => CompanyValue::Text(text?.to_owned()),
    })
}
