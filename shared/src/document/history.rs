//! Changes as history: each names its command, who asked, and from where.

use automerge::Automerge;
use serde::{Deserialize, Serialize};

use crate::change::ChangeHash;
use crate::command::{Command, Context};
use crate::id::MemberId;
use crate::model::Event;
use crate::time::Timestamp;

/// What a change says about itself, as the text of its message.
#[derive(Serialize, Deserialize)]
struct Note {
    #[serde(rename = "c")]
    command: String,
    #[serde(rename = "s", default, skip_serializing_if = "String::is_empty")]
    subject: String,
    #[serde(rename = "m")]
    member: String,
    #[serde(rename = "o")]
    origin: String,
}

/// The message for a command's change.
pub(super) fn message(context: &Context, command: &Command) -> String {
    let note = Note {
        command: command.name().to_owned(),
        subject: subject(command),
        member: context.member.to_string(),
        origin: context.origin.name().to_owned(),
    };
    serde_json::to_string(&note).expect("a struct of strings always serialises")
}

fn subject(command: &Command) -> String {
    match command {
        Command::OpenDeal(new) => new.stage.to_string(),
        Command::MoveDeal { to, .. } => to.to_string(),
        Command::RenameDeal { title, .. } => title.clone(),
        Command::PriceDeal { amount, .. } => {
            amount.map_or_else(String::new, |money| format!("{} {}", money.currency, money.decimal()))
        }
        Command::ExpectDeal { close, .. } => close.map_or_else(String::new, |day| day.to_string()),
        Command::AssignDeal { owner, .. } => owner.map_or_else(String::new, |owner| owner.to_string()),
        Command::LinkDeal { company, .. } => company.map_or_else(String::new, |company| company.to_string()),
        Command::OverrideGate { stage, .. } | Command::HoldGate { stage, .. } => stage.to_string(),
        Command::Approve { criterion, .. } => criterion.to_string(),
        Command::RecordEvidence { evidence, .. } | Command::WithdrawEvidence { evidence, .. } => evidence.to_string(),
        Command::PlanActivity { activity, .. }
        | Command::LogActivity { activity, .. }
        | Command::FinishActivity { activity, .. }
        | Command::UnfinishActivity { activity, .. } => activity.to_string(),
        Command::LoseDeal { reason, .. } => reason.clone(),
        Command::PutContact { contact, .. } => contact.to_string(),
        Command::PutMember { member, .. } => member.to_string(),
        Command::PublishPipeline(pipeline) => pipeline.id.to_string(),
        Command::AddCompany { name, .. } | Command::RenameCompany { name, .. } => name.clone(),
        Command::WinDeal { .. }
        | Command::ReopenDeal { .. }
        | Command::DiscardDeal { .. }
        | Command::RestoreDeal { .. }
        | Command::DiscardCompany { .. }
        | Command::RestoreCompany { .. } => String::new(),
    }
}

/// Every change but the genesis. Ordered by cause, then by name, so that all devices show one order.
pub(super) fn events(doc: &Automerge) -> Vec<Event> {
    let mut changes = doc.get_changes_meta(&[]);
    changes.retain(|change| !change.deps.is_empty());
    changes.sort_by_key(|change| (change.max_op, change.hash.0));
    changes.iter().map(|change| event(change.hash.0, change.timestamp, change.message.as_deref())).collect()
}

/// Who made a change and when.
pub(super) fn author(doc: &Automerge, hash: &automerge::ChangeHash) -> (Option<MemberId>, Timestamp) {
    let change = doc.get_change_meta_by_hash(hash);
    let event = change.map(|change| event(change.hash.0, change.timestamp, change.message.as_deref()));
    event.map_or((None, Timestamp::default()), |event| (event.by, event.at))
}

fn event(hash: [u8; 32], seconds: i64, message: Option<&str>) -> Event {
    let note: Option<Note> = message.and_then(|text| serde_json::from_str(text).ok());
    let at = Timestamp::from_millis(seconds.saturating_mul(1000));
    let hash = ChangeHash(hash);
    match note {
        Some(note) => Event {
            hash,
            command: note.command,
            subject: note.subject,
            by: note.member.parse().ok(),
            origin: note.origin,
            at,
        },
        None => Event { hash, command: String::new(), subject: String::new(), by: None, origin: String::new(), at },
    }
}
