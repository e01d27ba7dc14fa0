//! Key names, and the genesis every document starts from.

use std::sync::LazyLock;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT, TextEncoding};

use crate::id::DocumentId;

pub(super) const ACTIVITIES: &str = "activities";
pub(super) const APPROVALS: &str = "approvals";
pub(super) const CONTACTS: &str = "contacts";
pub(super) const EVIDENCE: &str = "evidence";
pub(super) const MEMBERS: &str = "members";
pub(super) const OVERRIDES: &str = "overrides";
pub(super) const PIPELINES: &str = "pipelines";

pub(super) const AMOUNT: &str = "amount";
pub(super) const AT: &str = "at";
pub(super) const BASELINE: &str = "baseline";
pub(super) const BATCH: &str = "batch";
pub(super) const BY: &str = "by";
pub(super) const CANCELLED: &str = "cancelled";
pub(super) const CATEGORY: &str = "category";
pub(super) const CLAIM: &str = "claim";
pub(super) const CLOSE: &str = "close";
pub(super) const COMPANY: &str = "company";
pub(super) const CONVERTED: &str = "converted";
pub(super) const CREATED: &str = "created";
pub(super) const CRITERION: &str = "criterion";
pub(super) const CURRENCY: &str = "currency";
pub(super) const DAY: &str = "day";
pub(super) const DEAL: &str = "deal";
pub(super) const DISCARDED: &str = "discarded";
pub(super) const DISMISSED: &str = "dismissed";
pub(super) const DONE: &str = "done";
pub(super) const DUE: &str = "due";
pub(super) const EMAIL: &str = "email";
pub(super) const ENTERED: &str = "entered";
pub(super) const FILES: &str = "files";
pub(super) const FROM: &str = "from";
pub(super) const KEY: &str = "key";
pub(super) const KIND: &str = "kind";
pub(super) const MERGED: &str = "merged";
pub(super) const MINOR: &str = "minor";
pub(super) const NAME: &str = "name";
pub(super) const NOTE: &str = "note";
pub(super) const OUTCOME: &str = "outcome";
pub(super) const OWNER: &str = "owner";
pub(super) const PHONE: &str = "phone";
pub(super) const PIPELINE: &str = "pipeline";
pub(super) const PRODUCT: &str = "product";
pub(super) const QUANTITY: &str = "quantity";
pub(super) const QUOTE: &str = "quote";
pub(super) const REASON: &str = "reason";
pub(super) const ROLE: &str = "role";
pub(super) const SOURCE: &str = "source";
pub(super) const STAGE: &str = "stage";
pub(super) const STATE: &str = "state";
pub(super) const SUMMARY: &str = "summary";
pub(super) const TEXT: &str = "text";
pub(super) const TITLE: &str = "title";
pub(super) const TO: &str = "to";
pub(super) const VERSION: &str = "version";
pub(super) const WITHDRAWN: &str = "withdrawn";

// Records that came after the root maps of the genesis lie in the root itself, each under one of these and its id,
// since another root map would take another genesis, and older documents would not merge with newer ones.
pub(super) const ASKED: &str = "asked/";
pub(super) const AUTOMATION: &str = "automation/";
pub(super) const DECLINED: &str = "declined/";
pub(super) const FIELD: &str = "field/";
pub(super) const LINE: &str = "line/";
pub(super) const NOTICE: &str = "notice/";
pub(super) const TEXTS: &str = "text/";
pub(super) const VIEW: &str = "view/";

/// The actor of every genesis, which nobody else writes under.
pub(super) const GENESIS: [u8; 16] = [0; 16];

/// Root maps made apart on two devices would be two maps, and one device's records would vanish
/// from view; so they come from one change that is the same everywhere.
pub(super) fn genesis(id: DocumentId) -> Automerge {
    static DEAL: LazyLock<Automerge> = LazyLock::new(|| build(&[ACTIVITIES, EVIDENCE, APPROVALS, OVERRIDES]));
    static COMPANY: LazyLock<Automerge> = LazyLock::new(|| build(&[CONTACTS]));
    static LEAD: LazyLock<Automerge> = LazyLock::new(|| build(&[]));
    static VIEWS: LazyLock<Automerge> = LazyLock::new(|| build(&[]));
    static WORKSPACE: LazyLock<Automerge> = LazyLock::new(|| build(&[PIPELINES, MEMBERS]));
    match id {
        DocumentId::Deal(_) => DEAL.clone(),
        DocumentId::Company(_) => COMPANY.clone(),
        DocumentId::Lead(_) => LEAD.clone(),
        DocumentId::Views => VIEWS.clone(),
        DocumentId::Workspace => WORKSPACE.clone(),
    }
}

fn build(maps: &[&str]) -> Automerge {
    let mut doc = Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint).with_actor(ActorId::from(GENESIS));
    let mut change = doc.transaction();
    for map in maps {
        change.put_object(ROOT, *map, ObjType::Map).expect("the root is a map and takes any key");
    }
    change.commit_with(CommitOptions::default().with_time(0));
    doc
}
