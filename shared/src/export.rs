//! Export: the deals as a table that spreadsheets open and an import reads back. Pure: reads a workspace.
//!
//! Activities, proofs and products stay out; they do not fit a row.

mod cell;
mod row;

use crate::import::apart;
use crate::model::{CustomField, DealCard, RecordKind};
use crate::text::Lang;
use crate::workspace::Workspace;
use row::{COLUMNS, Words};

/// Every deal that was not discarded as a CSV file in UTF-8, the oldest first: what each deal has, then what the
/// team's own fields say. Names of columns, stages and states are in the language.
pub fn deals(workspace: &Workspace, lang: Lang) -> Vec<u8> {
    let fields = CustomField::asked(&workspace.fields, RecordKind::Deal);
    let mut file = cell::File::new();
    file.line(header(&fields, lang));
    let mut deals: Vec<&DealCard> =
        workspace.deals.values().map(AsRef::as_ref).filter(|card| !card.discarded).collect();
    deals.sort_by_key(|card| (card.created, card.id));
    let words = Words::new(workspace, lang);
    for card in deals {
        let standard = COLUMNS.iter().map(|(_, say)| say(&words, card));
        let own = fields.iter().map(|field| card.custom.get(&field.id).map_or(String::new(), |it| words.entry(it)));
        file.line(standard.chain(own));
    }
    file.bytes()
}

/// A field that is called like another column is told apart from it.
fn header(fields: &[&CustomField], lang: Lang) -> Vec<String> {
    let mut names: Vec<String> = COLUMNS.iter().map(|(name, _)| name(lang).to_owned()).collect();
    for field in fields {
        let name = field.name.get(lang).trim();
        let taken = names.iter().any(|each| each.eq_ignore_ascii_case(name));
        names.push(if taken { apart(&field.name).get(lang).to_owned() } else { name.to_owned() });
    }
    names
}

#[cfg(test)]
mod tests;
