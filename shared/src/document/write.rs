//! From an admitted command to one change that puts the keys it means and no others.

mod company;
mod deal;
mod records;
mod team;

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use serde::Serialize;

use super::history::Note;
use super::schema as key;
use super::view::{maps, place};
use crate::command::{Command, Context, Origin};
use crate::id::DocumentId;
use crate::model::{RecordRef, Role, Source};
use crate::rules::Admitted;
use crate::time::Timestamp;

/// What a change says that neither command nor context do.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms {
    /// The asking member's role.
    pub(crate) role: Role,
    /// The version of the pipeline that a moved deal is in; 0 for other commands.
    pub(crate) version: u32,
}

/// Writes one change: named after the command, timed by its context. Automerge drops a put of the value that is
/// there, so a command that changes nothing makes no change.
pub(super) fn write(doc: &mut Automerge, terms: Terms, admitted: Admitted) -> Option<ChangeHash> {
    let (context, command) = admitted.into_parts();
    let (note, time) = (Note::of(&context, &command), context.now.seconds());
    let Terms { role, version } = terms;
    let mut pen = Pen { change: doc.transaction(), context, role, version, dropped: 0 };
    pen.command(command);
    let options = CommitOptions::default().with_message(note.message(pen.dropped)).with_time(time);
    pen.change.commit_with(options).0
}

struct Pen<'a> {
    change: Transaction<'a>,
    context: Context,
    role: Role,
    version: u32,
    /// How often values told apart were dropped so that one could be told again.
    dropped: u64,
}

impl Pen<'_> {
    fn command(&mut self, command: Command) {
        match command {
            Command::SetField { of, field, value } => self.entry(of, &format!("{}{field}", key::FIELD), value),
            Command::DiscardDeal { .. } | Command::DiscardCompany { .. } => self.put(&ROOT, key::DISCARDED, true),
            Command::RestoreDeal { .. } | Command::RestoreCompany { .. } => {
                self.put(&ROOT, key::DISCARDED, false);
                self.brought_again();
            }
            command => match command.document() {
                DocumentId::Deal(_) => self.deal(command),
                DocumentId::Company(_) => self.company(command),
                DocumentId::Lead(_) => self.lead(command),
                DocumentId::Workspace | DocumentId::Views => self.team(command),
            },
        }
    }

    /// A field that the team added lies in its record's own map under a key of its own: a map made for it on two
    /// devices at once would hide one side's values.
    fn entry(&mut self, of: RecordRef, field: &str, value: Option<impl Serialize>) {
        let map = match of {
            RecordRef::Deal(_) | RecordRef::Company(_) => ROOT,
            RecordRef::Contact(_, contact) => self.known(key::CONTACTS, &contact.to_string(), field),
            RecordRef::Activity(_, activity) => self.known(key::ACTIVITIES, &activity.to_string(), field),
        };
        match value {
            Some(value) => self.json(&map, field, &value),
            None => self.put(&map, field, ScalarValue::Null),
        }
    }

    fn source(&mut self, source: Option<Source>) {
        let Some(source) = source else { return };
        let map = self.map(&ROOT, key::SOURCE);
        self.put(&map, key::BATCH, source.batch.to_string());
        self.put(&map, key::KEY, source.key);
    }

    /// What an import restores belongs to that import, so that it is taken back with it.
    fn brought_again(&mut self) {
        let Origin::Import(batch) = self.context.origin else { return };
        let Ok(Some((_, source))) = self.change.get(ROOT, key::SOURCE) else { return };
        let Ok(Some((named, _))) = self.change.get(&source, key::KEY) else { return };
        self.source(named.into_string().ok().map(|key| Source { batch, key }));
    }

    fn signed(&mut self, map: &ObjId) {
        self.put(map, key::BY, self.context.member.to_string());
        self.time(map, key::AT, self.context.now);
    }

    fn time(&mut self, map: &ObjId, field: &str, at: Timestamp) {
        self.put(map, field, ScalarValue::Timestamp(at.millis()));
    }

    fn json(&mut self, map: &ObjId, field: &str, value: &impl Serialize) {
        let text = serde_json::to_string(value).expect("model types are plain data with text keys");
        self.put(map, field, text);
    }

    fn optional(&mut self, map: &ObjId, field: &str, text: Option<String>) {
        match text {
            Some(text) => self.put(map, field, text),
            None => self.put(map, field, ScalarValue::Null),
        }
    }

    /// Leaves a field alone that says so already, so that another device's edit of it does not conflict.
    fn put_changed(&mut self, map: &ObjId, field: &str, text: String) {
        if !self.says(map, field, &text) {
            self.put(map, field, text);
        }
    }

    /// Whether this is what a field shows.
    fn says(&self, map: &ObjId, field: &str, text: &str) -> bool {
        let now = self.change.get(map, field).ok().flatten();
        now.is_some_and(|(value, _)| value.as_str() == Some(text))
    }

    fn put(&mut self, map: &ObjId, field: &str, value: impl Into<ScalarValue>) {
        // Told the value that is shown, Automerge would only drop the others: nothing would be told now, and an older
        // change of another device could still take its place.
        if self.change.get_all(map, field).is_ok_and(|all| all.len() > 1) {
            self.change.delete(map, field).expect("the key was just found to have values");
            self.dropped += 1;
        }
        self.change.put(map, field, value).expect("the object was just found to be a map, which takes any key");
    }

    fn map(&mut self, map: &ObjId, field: &str) -> ObjId {
        self.change
            .put_object(map, field, ObjType::Map)
            .expect("the object was just found to be a map, which takes any key")
    }

    fn root_map(&mut self, field: &str) -> ObjId {
        match self.change.get(ROOT, field) {
            Ok(Some((value, id))) if value.is_object() => id,
            Ok(_) | Err(_) => self.map(&ROOT, field),
        }
    }

    fn fresh(&mut self, records: &str, id: &str) -> ObjId {
        let records = self.root_map(records);
        self.map(&records, id)
    }

    /// The map of a record to write a field in. Where devices made the record apart it has several, and the one is
    /// taken that tells the field now: Automerge leaves out what a map already says, though another may say else.
    fn known(&mut self, records: &str, id: &str, field: &str) -> ObjId {
        let records = self.root_map(records);
        let told = |map: &ObjId| self.change.get(map, field).ok().flatten().and_then(|(_, written)| place(&written));
        let last = maps(&self.change, &records, id).max_by_key(told);
        last.unwrap_or_else(|| self.map(&records, id))
    }

    /// Forgets a record that lies in the root under a prefix and its id.
    fn drop_under(&mut self, prefix: &str, id: &str) {
        self.put(&ROOT, &format!("{prefix}{id}"), ScalarValue::Null);
    }

    /// A record in the root under a prefix and its id.
    fn under(&mut self, prefix: &str, id: &str) -> ObjId {
        self.map(&ROOT, &format!("{prefix}{id}"))
    }
}
