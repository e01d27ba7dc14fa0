//! The team's own documents, from their cards and under the signed list.

use std::sync::Arc;

use super::{context, founded, opened, write};
use crate::command::Command;
use crate::id::{DealId, DocumentId, MemberId, ViewId};
use crate::membership::Seats;
use crate::model::{Member, Role};
use crate::replica::{Actor, Piece, Replica};
use crate::stored::Card;
use crate::view::{Filter, Lanes, View};

fn view(name: &str) -> View {
    let (id, filter, lanes) = (ViewId::minted(name), Filter::default(), Lanes::default());
    View { id, name: name.to_owned(), pipeline: None, filter, lanes }
}

/// Another replica, from the cards alone, as they read back.
fn restarted(replica: &Replica) -> Replica {
    let stored = DocumentId::OF_TEAM.into_iter().filter_map(|own| Some(replica.card(own)?.encode()));
    let mut again = Replica::new(Actor([2; 16]));
    again.restore(stored.map(|bytes| Card::decode(&bytes).expect("it was just written")));
    again
}

#[test]
fn a_start_from_cards_knows_the_team_and_its_views_and_opens_nothing() {
    let (mut replica, _) = founded();
    replica.open(DocumentId::Views, Vec::new());
    assert_eq!(replica.card(DocumentId::Views), None, "nobody saved one yet");
    write(&mut replica, Command::PutView(view("Mine")));
    let again = restarted(&replica);
    assert_eq!(again.workspace(), replica.workspace());
    assert_eq!(again.digest(), replica.digest());
    assert_eq!(again.open_documents().count(), 0);

    write(&mut replica, Command::RemoveView { view: view("Mine").id });
    assert!(replica.workspace().views.is_empty());
    assert!(restarted(&replica).workspace().views.is_empty(), "the last one is gone for good");
}

#[test]
fn the_signed_list_changes_what_is_shown_and_no_card() {
    let (mut replica, team) = founded();
    let (card, digest) = (replica.card(DocumentId::Workspace), replica.digest());
    let guest = MemberId::minted("guest");
    let member = Member { id: guest, name: "Wen".to_owned(), role: Role::Manager };
    let seats = Arc::new(Seats { members: [(guest, member)].into(), ..Seats::default() });
    replica.seat(seats.clone());
    assert_eq!(replica.workspace().role(guest), Role::Manager);
    assert_eq!(replica.workspace().role(context().member), Role::Rep, "whom the list does not know is a name");
    assert_eq!((replica.card(DocumentId::Workspace), replica.digest()), (card, digest));

    let mut other = restarted(&replica);
    other.seat(seats);
    other.receive(DocumentId::Workspace, team.into_iter().map(Piece::Change).collect());
    assert_eq!(other.workspace(), replica.workspace(), "a card, or its document, under the same list");
    assert_eq!(other.digest(), digest);
}

#[test]
fn a_deal_that_is_forgotten_is_as_one_that_never_came() {
    let (mut replica, _) = founded();
    let (before, deal) = (replica.digest(), DealId::minted("tide"));
    write(&mut replica, opened(deal));
    assert_ne!(replica.digest(), before);
    assert!(replica.forget(deal).0.contains(&DocumentId::Deal(deal)));
    assert_eq!((replica.workspace().deal(deal), replica.digest()), (None, before));
    assert!(!replica.open_documents().any(|open| open == DocumentId::Deal(deal)));
    assert!(replica.forget(deal).0.contains(&DocumentId::Deal(deal)), "once more is nothing");
    assert_eq!(replica.digest(), before);
}
