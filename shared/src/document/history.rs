//! Changes as history: each names its command, who asked, and from where.

use std::num::NonZeroU64;

use automerge::{ActorId, Automerge, ChangeMetadata};
use serde::{Deserialize, Serialize};

use super::genesis;
use super::view::name;
use crate::change::ChangeHash;
use crate::command::{Command, Context};
use crate::gather::{Arrange as _, Gather};
use crate::id::MemberId;
use crate::model::Event;
use crate::sorted::SortedSet;
use crate::time::Timestamp;

/// What a change says about itself, as the text of its message.
#[derive(Serialize, Deserialize)]
pub(super) struct Note {
    #[serde(rename = "c")]
    command: String,
    #[serde(rename = "s", default, skip_serializing_if = "String::is_empty")]
    subject: String,
    #[serde(rename = "m")]
    member: String,
    #[serde(rename = "o")]
    origin: String,
    #[serde(rename = "d", default, skip_serializing_if = "String::is_empty")]
    device: String,
    #[serde(rename = "r", default, skip_serializing_if = "String::is_empty")]
    reason: String,
    /// How many operations stand before the one that tells.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    before: Option<NonZeroU64>,
}

impl Note {
    /// What a command's change will say.
    pub(super) fn of(context: &Context, command: &Command) -> Self {
        Self {
            command: command.name().to_owned(),
            subject: subject(command),
            member: context.member.to_string(),
            origin: context.origin.name().to_owned(),
            device: context.device.to_string(),
            reason: command.reason().to_owned(),
            before: None,
        }
    }

    /// The message, of a change in which so many operations stand before the one that tells.
    pub(super) fn message(self, before: u64) -> String {
        serde_json::to_string(&Self { before: NonZeroU64::new(before), ..self })
            .expect("a struct of texts and a number always serialises")
    }

    fn read(message: Option<&str>) -> Option<Self> {
        message.and_then(|text| serde_json::from_str(text).ok())
    }
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
        Command::ClassifyDeal { category, .. } => category.map_or_else(String::new, |category| name(&category)),
        Command::OverrideGate { stage, .. } | Command::HoldGate { stage, .. } => stage.to_string(),
        Command::RequestApproval { criterion, .. }
        | Command::WithdrawRequest { criterion, .. }
        | Command::Approve { criterion, .. }
        | Command::Decline { criterion, .. } => criterion.to_string(),
        Command::RecordEvidence { evidence, .. }
        | Command::WithdrawEvidence { evidence, .. }
        | Command::RestoreEvidence { evidence, .. } => evidence.to_string(),
        Command::PlanActivity { activity, .. }
        | Command::LogActivity { activity, .. }
        | Command::FinishActivity { activity, .. }
        | Command::DescribeActivity { activity, .. }
        | Command::UnfinishActivity { activity, .. }
        | Command::RescheduleActivity { activity, .. }
        | Command::CancelActivity { activity, .. } => activity.to_string(),
        Command::PutLine { product, .. } => product.clone(),
        Command::RemoveLine { line, .. } => line.to_string(),
        Command::Notify { text, .. } => text.clone(),
        Command::SeeNotice { notice, .. } => notice.to_string(),
        Command::SetField { field, .. } => field.to_string(),
        Command::DescribeCompany { what, .. } => name(what),
        Command::MergeCompany { into, .. } => into.to_string(),
        Command::PutContact { contact, .. }
        | Command::DiscardContact { contact, .. }
        | Command::MergeContact { contact, .. }
        | Command::UnmergeContact { contact, .. } => contact.to_string(),
        Command::DescribeLead { what, .. } => name(what),
        Command::AssignLead { owner, .. } => owner.map_or_else(String::new, |owner| owner.to_string()),
        Command::ConvertLead { deal, .. } => deal.to_string(),
        Command::PutMember { member, .. } => member.to_string(),
        Command::PublishPipeline(pipeline) => pipeline.id.to_string(),
        Command::DefineField(field) => field.id.to_string(),
        Command::PutAutomation(rule) => rule.id.to_string(),
        Command::RemoveAutomation { automation } => automation.to_string(),
        Command::PutView(view) => view.id.to_string(),
        Command::RemoveView { view } => view.to_string(),
        Command::AddCompany { name, .. } | Command::RenameCompany { name, .. } => name.clone(),
        // Why is told beside what.
        Command::LoseDeal { .. }
        | Command::DismissLead { .. }
        | Command::WinDeal { .. }
        | Command::ReopenDeal { .. }
        | Command::DiscardDeal { .. }
        | Command::RestoreDeal { .. }
        | Command::DiscardCompany { .. }
        | Command::RestoreCompany { .. }
        | Command::UnmergeCompany { .. }
        | Command::AddLead { .. }
        | Command::ReviveLead { .. } => String::new(),
    }
}

/// A change of the history with the place of the operation that tells in Automerge's order.
pub(super) struct Told {
    pub(super) place: Place,
    pub(super) event: Event,
}

impl Told {
    fn read(change: &ChangeMetadata<'_>) -> Self {
        let note = Note::read(change.message.as_deref());
        let before = note.as_ref().and_then(|note| note.before).map_or(0, NonZeroU64::get);
        let place = (change.start_op.saturating_add(before), change.actor.as_ref().clone());
        Self { place, event: event(change.hash.0, change.timestamp, note) }
    }
}

/// Where an operation stands: after all that caused it, and where neither caused the other as Automerge settles which
/// of two values is shown. So all devices tell one order, and the last value in it is the one that stands.
pub(super) type Place = (u64, ActorId);

/// Every change but the genesis, in order.
pub(super) fn told(doc: &Automerge) -> Vec<Told> {
    let mut changes = doc.get_changes_meta(&[]);
    changes.retain(|change| change.actor.to_bytes() != genesis::ACTOR);
    let mut told: Vec<Told> = changes.iter().map(Told::read).collect();
    told.arrange_by(|one, other| one.place.cmp(&other.place));
    told
}

/// Every change but the genesis, in order, as the screen tells it.
pub(super) fn events(doc: &Automerge) -> Vec<Event> {
    told(doc).into_iter().map(|told| told.event).collect()
}

/// The newest of the changes that were made up to a moment; with them comes all they build on.
pub(super) fn heads_at(doc: &Automerge, at: Timestamp) -> Vec<automerge::ChangeHash> {
    let changes = doc.get_changes_meta(&[]);
    let early = changes.iter().filter(|change| change.timestamp <= at.seconds());
    let mut heads: SortedSet<automerge::ChangeHash> = early.clone().map(|change| change.hash).into_set();
    for dep in early.flat_map(|change| &change.deps) {
        heads.remove(dep);
    }
    heads.into_iter().collect()
}

/// Who made a change and when.
pub(super) fn author(doc: &Automerge, hash: &automerge::ChangeHash) -> (Option<MemberId>, Timestamp) {
    let told = doc.get_change_meta_by_hash(hash).map(|change| Told::read(&change));
    told.map_or((None, Timestamp::default()), |told| (told.event.by, told.event.at))
}

fn event(hash: [u8; 32], seconds: i64, note: Option<Note>) -> Event {
    let at = Timestamp::from_millis(seconds.saturating_mul(1000));
    let hash = ChangeHash(hash);
    match note {
        Some(note) => Event {
            hash,
            command: note.command,
            subject: note.subject,
            by: note.member.parse().ok(),
            origin: note.origin,
            device: note.device.parse().ok(),
            reason: note.reason,
            at,
        },
        None => Event {
            hash,
            command: String::new(),
            subject: String::new(),
            by: None,
            origin: String::new(),
            device: None,
            reason: String::new(),
            at,
        },
    }
}
