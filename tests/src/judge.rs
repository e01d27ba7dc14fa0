//! What must hold when all devices have met, whatever went wrong on the way.

use std::collections::{BTreeMap, BTreeSet};

use shared::change::{ChangeHash, Sealed};
use shared::gate::{self, Standing, Unmet};
use shared::id::{DocumentId, KeyActivityId};
use shared::model::{Activity, Deal, DealCard};
use shared::pipeline::Stage;
use shared::replica::{Actor, Piece, Replica};
use shared::stored::Card;
use shared::time::Timestamp;

use crate::device::Device;
use crate::disk::Disk;
use crate::schedule::Seen;

/// The card of these changes, derived afresh.
pub(crate) fn derived<'a>(document: DocumentId, changes: impl Iterator<Item = &'a Sealed>) -> Option<Card> {
    let mut fresh = Replica::new(Actor([0; 16]));
    let unread = fresh.open(document, changes.cloned().map(Piece::Change).collect());
    assert!(unread.is_empty(), "stored changes load: {unread:?}");
    fresh.card(document)
}

/// Cards derived afresh. The same changes in the same order are read once.
#[derive(Default)]
pub(crate) struct Derived(BTreeMap<(DocumentId, Vec<ChangeHash>), Option<Card>>);

impl Derived {
    /// Holds a document's stored card against a fresh derivation from its stored changes.
    pub(crate) fn hold_card(&mut self, disk: &Disk, document: DocumentId) {
        if !disk.rotten(document).is_empty() {
            return;
        }
        let changes = disk.stock().changes(document);
        let names = changes.iter().map(Sealed::hash).collect();
        let fresh = self.0.entry((document, names)).or_insert_with(|| derived(document, changes.iter()));
        let stored = disk.stock().cards.get(&document).and_then(|bytes| Card::decode(bytes));
        assert_eq!(stored, *fresh, "stored card of {document}");
    }
}

/// A restart shows what was shown, and every card is what its document says.
pub(crate) fn hold_restart(device: &mut Device, derived: &mut Derived) {
    let shown = device.tabs[0].replica().digest();
    for document in device.disk.stock().changes.keys() {
        derived.hold_card(&device.disk, *document);
    }
    device.restart();
    assert_eq!(device.tabs[0].replica().digest(), shown, "a restart shows what was shown");
}

/// Two devices show the same and judge alike.
pub(crate) fn agree(one: &Replica, other: &Replica) {
    let (left, right) = (one.workspace(), other.workspace());
    assert_eq!(one.digest(), other.digest(), "devices show the same fingerprint");
    assert_eq!(left.deals, right.deals, "devices agree on deals");
    assert_eq!(left.companies, right.companies, "devices agree on companies");
    assert_eq!(left.leads, right.leads, "devices agree on leads");
    assert_eq!(left.members, right.members, "devices agree on the team");
    assert_eq!(left.pipelines, right.pipelines, "devices agree on gates");
    assert_eq!(left.fields, right.fields, "devices agree on fields");
    assert_eq!(left.automations, right.automations, "devices agree on rules");
    assert_eq!(left.views, right.views, "devices agree on saved views");
    assert_eq!(verdicts(one), verdicts(other), "devices judge alike");
}

/// Counts what a device shows, and holds the facts that follow from the history of each deal.
pub(crate) fn hold_facts(replica: &Replica, seen: &mut Seen) {
    let workspace = replica.workspace();
    for (standing, card) in verdicts(replica).into_iter().zip(workspace.deals.values()) {
        seen.reopened += usize::from(!standing.0.reopened.is_empty());
        seen.disputed += usize::from(!card.disputed.is_empty());
    }
    for deal in workspace.open_deals.values() {
        hold_deal(deal, seen);
    }
    let late = Timestamp::from_millis(i64::MAX / 4);
    for card in workspace.deals.values() {
        let told = card.as_of(late).expect("every deal was opened");
        let facts =
            |card: &DealCard| (card.stage, card.amount, card.close, card.owner, card.outcome.clone(), card.discarded);
        assert_eq!(facts(&told), facts(card), "the trail of {}", card.id);
    }
}

/// What entering a stage planned exists once, whoever entered it first, and what was finished is done.
fn hold_deal(deal: &Deal, seen: &mut Seen) {
    let mut planned: BTreeMap<KeyActivityId, BTreeSet<&str>> = BTreeMap::new();
    for event in deal.history.iter().filter(|event| event.origin == "automation") {
        let of = deal.activities.iter().find(|activity| activity.id.to_string() == event.subject);
        if let Some(key) = of.and_then(|activity| activity.key) {
            planned.entry(key).or_default().insert(&event.subject);
        }
    }
    seen.planned += planned.len();
    let twice = planned.iter().find(|(_, activities)| activities.len() > 1);
    assert_eq!(twice, None, "each key activity of {} is planned once", deal.card.id);
    deal.activities.iter().for_each(|activity| hold_done(deal, activity));
}

/// What somebody finished stays done, whichever device made the activity, unless somebody took that back.
fn hold_done(deal: &Deal, activity: &Activity) {
    let subject = activity.id.to_string();
    let happened = |name: &str| deal.history.iter().any(|event| event.command == name && event.subject == subject);
    let stays = activity.done.is_some() || !happened("finish_activity") || happened("unfinish_activity");
    assert!(stays, "{subject} of {} was finished and is not done", deal.card.id);
}

/// For each deal its standing, and what keeps it from each stage and from being won.
fn verdicts(replica: &Replica) -> Vec<(Standing, Vec<Vec<Unmet>>)> {
    let workspace = replica.workspace();
    let customers = workspace.customers();
    let judge = |card: &DealCard| {
        // Where every disk lost the pipeline, there is no gate to judge.
        let pipeline = workspace.pipelines.get(&card.pipeline)?;
        let to = |stage: &Stage| gate::unmet(&customers, card, pipeline, stage.id);
        let mut unmet: Vec<_> = pipeline.stages.iter().map(to).collect();
        unmet.push(gate::unmet_to_win(&customers, card, pipeline));
        Some((gate::standing(&customers, card, pipeline), unmet))
    };
    workspace.deals.values().filter_map(|card| judge(card)).collect()
}
