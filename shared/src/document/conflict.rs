//! Values that concurrent edits gave a field: all of them stay readable until somebody settles it.

mod company;
mod records;

use std::borrow::Cow;

use automerge::{Automerge, ObjId, ReadDoc, Value};

use super::history::author;
use super::read::{money, outcome};
use super::schema::{AMOUNT, CATEGORY, CLAIM, CLOSE, COMPANY, FIELD, OUTCOME, OWNER, STAGE, TITLE};
use super::view::{View, named};
use crate::model::{Conflict, Field, FieldValue, Version};
use crate::time::Timestamp;
pub(super) use company::of_company;
pub(super) use records::{of_lead, of_records};

/// The fields of a deal with more than one current value, in the order fields are shown.
pub(super) fn of_deal(root: &View<'_>) -> Vec<Conflict> {
    let keys = root.keys();
    let added = keys.iter().filter_map(|key| key.strip_prefix(FIELD)?.parse().ok()).map(Field::Custom);
    let value = |field| move |value: &Value<'_>, id: ObjId| value_of(root.doc, field, value, id);
    let fields = Field::ALL.into_iter().chain(added);
    fields.filter_map(|field| conflict(root, &key(field), field, value(field))).collect()
}

/// The values of a key that has several, as `read` makes them out; none if they come to the same.
fn conflict<F, V: PartialEq>(
    view: &View<'_>,
    key: &str,
    field: F,
    read: impl Fn(&Value<'_>, ObjId) -> Option<V>,
) -> Option<Conflict<F, V>> {
    let shown = view.shown_of_several(key)?;
    let doc = view.doc;
    let all = doc.get_all(&view.map, key).ok()?;
    let (first, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, id)| *id == shown);
    let mut versions: Vec<Version<V>> = Vec::new();
    for (value, id) in first.into_iter().chain(others) {
        let (by, at) = doc.hash_for_opid(&id).map_or((None, Timestamp::default()), |hash| author(doc, &hash));
        if let Some(value) = read(&value, id)
            && versions.iter().all(|known| known.value != value)
        {
            versions.push(Version { value, by, at });
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

fn value_of(doc: &Automerge, field: Field, value: &Value<'_>, id: ObjId) -> Option<FieldValue> {
    let text = value.as_str();
    let map = value.is_object().then_some(View::of(doc, id));
    Some(match field {
        Field::Title => FieldValue::Title(text?.to_owned()),
        Field::Company => FieldValue::Company(text.and_then(|text| text.parse().ok())),
        Field::Owner => FieldValue::Owner(text.and_then(|text| text.parse().ok())),
        Field::Close => FieldValue::Close(text.and_then(|text| text.parse().ok())),
        Field::Amount => FieldValue::Amount(map.as_ref().and_then(money)),
        Field::Stage => FieldValue::Stage(map?.id(STAGE)?),
        Field::Outcome => FieldValue::Outcome(outcome(&map?)),
        Field::Category => FieldValue::Category(text.and_then(named)),
        Field::Custom(_) => FieldValue::Custom(text.and_then(|text| serde_json::from_str(text).ok())),
    })
}
