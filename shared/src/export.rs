//! Export: the deals as a table that spreadsheets open and an import reads back. Pure: reads a workspace.
//!
//! Activities, proofs and products stay out, and so does everybody at a customer but the first; they do not fit a row.

mod cell;
mod row;

use crate::gather::Arrange as _;
use crate::import::apart;
use crate::model::{CustomField, DealCard, RecordKind};
use crate::sorted::SortedMap;
use crate::text::Lang;
use crate::workspace::Workspace;
use row::{COLUMNS, Words};

/// Every deal that was not discarded as a CSV file in UTF-8, the oldest first: what each deal has, then what the
/// team's own fields say of it, of its customer and of whoever decides there. Names of columns, stages and states are
/// in the language.
pub fn deals(workspace: &Workspace, lang: Lang) -> Vec<u8> {
    let own = RecordKind::IN_ROWS.map(|on| CustomField::asked(&workspace.fields, on));
    let [_, _, of_people] = &own;
    let has_people = !of_people.is_empty();
    let mut file = cell::File::new();
    file.line(header(&own, has_people, lang));
    let mut deals: Vec<&DealCard> =
        workspace.deals.values().map(AsRef::as_ref).filter(|card| !card.discarded).collect();
    deals.arrange_by_key(|card| (card.created, card.id));
    let words = Words::new(workspace, lang);
    for card in deals {
        let standard = COLUMNS.iter().map(|(_, say)| say(&words, card));
        let person = words.person(card);
        let named = has_people.then(|| person.map_or(String::new(), |person| person.name.clone()));
        let said = [Some(&card.custom), words.customer(card).map(|it| &it.custom), person.map(|it| &it.custom)];
        let cell = |field: &CustomField, said: Option<&SortedMap<_, _>>| {
            said.and_then(|said| said.get(&field.id)).map_or(String::new(), |entry| words.entry(entry))
        };
        let cells = own.iter().zip(said).flat_map(|(fields, said)| fields.iter().map(move |field| cell(field, said)));
        file.line(standard.chain(named).chain(cells));
    }
    file.bytes()
}

/// A field that is called like another column is told apart from it.
fn header(own: &[Vec<&CustomField>], has_people: bool, lang: Lang) -> Vec<String> {
    let mut names: Vec<String> = COLUMNS.iter().map(|(name, _)| name(lang).to_owned()).collect();
    names.extend(has_people.then(|| lang.record_kind(RecordKind::Contact).to_owned()));
    for field in own.iter().flatten() {
        let name = field.name.get(lang).trim();
        let taken = names.iter().any(|each| each.eq_ignore_ascii_case(name));
        names.push(if taken { apart(field).get(lang).to_owned() } else { name.to_owned() });
    }
    names
}

#[cfg(test)]
mod tests;
