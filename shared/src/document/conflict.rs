//! Values that concurrent edits gave a field: all of them stay readable until somebody settles it.

use std::borrow::Cow;

use automerge::{Automerge, ObjId, ROOT, ReadDoc, Value};

use super::history::author;
use super::read::{money, outcome};
use super::schema::{AMOUNT, CATEGORY, CLAIM, CLOSE, COMPANY, FIELD, OUTCOME, OWNER, STAGE, TITLE};
use super::view::{View, named};
use crate::model::{Conflict, Field, FieldValue, Version};

/// The fields of a deal with more than one current value, in the order fields are shown.
pub(super) fn of_deal(doc: &Automerge) -> Vec<Conflict> {
    let keys: Vec<String> = doc.keys(ROOT).collect();
    let added = keys.iter().filter_map(|key| key.strip_prefix(FIELD)?.parse().ok()).map(Field::Custom);
    Field::ALL.into_iter().chain(added).filter_map(|field| conflict(doc, field)).collect()
}

fn conflict(doc: &Automerge, field: Field) -> Option<Conflict> {
    let all = doc.get_all(ROOT, key(field).as_ref()).ok()?;
    if all.len() < 2 {
        return None;
    }
    let shown = doc.get(ROOT, key(field).as_ref()).ok()??.1;
    let (first, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, id)| *id == shown);
    let mut versions: Vec<Version> = Vec::new();
    for (value, id) in first.into_iter().chain(others) {
        if let Some(version) = version(doc, field, &value, id)
            && versions.iter().all(|known| known.value != version.value)
        {
            versions.push(version);
        }
    }
    (versions.len() > 1).then_some(Conflict { field, versions })
}

fn key(field: Field) -> Cow<'static, str> {
    Cow::Borrowed(match field {
        Field::Title => TITLE,
        Field::Company => COMPANY,
        Field::Owner => OWNER,
        Field::Amount => AMOUNT,
        Field::Close => CLOSE,
        Field::Stage => CLAIM,
        Field::Outcome => OUTCOME,
        Field::Category => CATEGORY,
        Field::Custom(id) => return Cow::Owned(format!("{FIELD}{id}")),
    })
}

fn version(doc: &Automerge, field: Field, value: &Value<'_>, id: ObjId) -> Option<Version> {
    let (by, at) = doc.hash_for_opid(&id).map_or((None, Default::default()), |hash| author(doc, &hash));
    let text = value.as_str();
    let map = value.is_object().then_some(View { doc, map: id, after: None });
    let value = match field {
        Field::Title => FieldValue::Title(text?.to_owned()),
        Field::Company => FieldValue::Company(text.and_then(|text| text.parse().ok())),
        Field::Owner => FieldValue::Owner(text.and_then(|text| text.parse().ok())),
        Field::Close => FieldValue::Close(text.and_then(|text| text.parse().ok())),
        Field::Amount => FieldValue::Amount(map.as_ref().and_then(money)),
        Field::Stage => FieldValue::Stage(map?.id(STAGE)?),
        Field::Outcome => FieldValue::Outcome(outcome(&map?)),
        Field::Category => FieldValue::Category(text.and_then(|name| named(name))),
        Field::Custom(_) => FieldValue::Custom(text.and_then(|text| serde_json::from_str(text).ok())),
    };
    Some(Version { value, by, at })
}
