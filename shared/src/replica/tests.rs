//! What a replica asks of its documents before it lets a command write.

mod apart;
mod team;

use super::{Actor, Piece, Replica};
use crate::change::Sealed;
use crate::command::{Command, Context, NewDeal, Origin};
use crate::id::{BatchId, CompanyId, ContactId, DealId, DeviceId, DocumentId, MemberId};
use crate::model::{Outcome, Role};
use crate::pipeline::{Pipeline, b2b};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// Imports are not answered by rules, so that one command is one change.
fn context() -> Context {
    let now = Timestamp::from_millis(1_790_000_000_000);
    let device = DeviceId::minted("desk");
    Context {
        member: MemberId::minted("lin"),
        device,
        now,
        today: now.day(),
        origin: Origin::Import(BatchId::minted("one")),
    }
}

fn write(replica: &mut Replica, command: Command) -> Sealed {
    replica.execute(&context(), command).expect("the founder may do this").saved.remove(0).change
}

/// A pipeline through which deals go as they like.
fn ungated() -> Pipeline {
    let mut pipeline = b2b();
    pipeline.stages.iter_mut().for_each(|stage| stage.criteria.clear());
    pipeline
}

/// A replica whose team is one owner with one pipeline, and the changes that made it so.
fn founded() -> (Replica, Vec<Sealed>) {
    let mut replica = Replica::new(Actor([1; 16]));
    replica.open(DocumentId::Workspace, Vec::new());
    let lin = Command::PutMember { member: context().member, name: "Lin".to_owned(), role: Role::Owner };
    let changes = [lin, Command::PublishPipeline(ungated())].map(|command| write(&mut replica, command));
    (replica, changes.into())
}

fn opened(deal: DealId) -> Command {
    Command::OpenDeal(NewDeal {
        deal,
        title: "Tide gate".to_owned(),
        company: None,
        owner: None,
        amount: None,
        close: None,
        pipeline: b2b().id,
        stage: b2b().stages[0].id,
        created: context().now,
        outcome: Outcome::Open,
        source: None,
    })
}

#[test]
fn a_document_that_lacks_a_change_is_written_again_once_it_is_whole() {
    let deal = DealId::minted("tide");
    let rename = |title: &str| Command::RenameDeal { deal, title: title.to_owned() };
    let (mut first, team) = founded();
    let [open, lost, last] = [opened(deal), rename("Lock"), rename("Lock gate")].map(|it| write(&mut first, it));
    let mut second = Replica::new(Actor([2; 16]));
    second.receive(DocumentId::Workspace, team.into_iter().map(Piece::Change).collect());
    second.receive(DocumentId::Deal(deal), vec![Piece::Change(open), Piece::Change(last)]);

    let before = second.card(DocumentId::Deal(deal));
    assert_eq!(second.execute(&context(), rename("Weir")), Err(Refusal::Unreadable));
    assert_eq!(second.card(DocumentId::Deal(deal)), before, "a refused command changes nothing");

    second.receive(DocumentId::Deal(deal), vec![Piece::Change(lost)]);
    write(&mut second, rename("Weir"));
    assert_eq!(second.workspace().deal(deal).map(|card| card.title.as_str()), Some("Weir"));
}

#[test]
fn a_merge_stands_on_every_device_until_it_is_taken_back() {
    let ([mut replica, _], acme, zhou) = apart::apart();
    let (other, min) = (CompanyId::minted("other"), ContactId::minted("min"));
    write(&mut replica, Command::AddCompany { company: other, name: "ACME Ltd".to_owned(), source: None });
    write(&mut replica, apart::person(other, min, "Zhou Min", ""));
    let merge_people = Command::MergeContact { company: other, contact: min, into: zhou };
    assert_eq!(replica.execute(&context(), merge_people.clone()), Err(Refusal::NoContact(zhou)), "they are two yet");

    write(&mut replica, Command::MergeCompany { company: other, into: acme });
    write(&mut replica, merge_people.clone());
    let stands = |replica: &Replica| {
        let people = replica.workspace().people_at(acme);
        (replica.workspace().standing_for(other), people.iter().filter(|each| each.stands == zhou).count())
    };
    assert_eq!(stands(&replica), (acme, 2));
    let refused = [
        (Command::MergeCompany { company: other, into: acme }, Refusal::SameState),
        (Command::MergeCompany { company: acme, into: other }, Refusal::MergeRing),
        (Command::MergeCompany { company: acme, into: acme }, Refusal::MergeRing),
        (merge_people, Refusal::SameState),
        (Command::MergeContact { company: acme, contact: zhou, into: min }, Refusal::MergeRing),
    ];
    for (command, refusal) in refused {
        assert_eq!(replica.execute(&context(), command), Err(refusal));
    }

    write(&mut replica, Command::UnmergeCompany { company: other });
    assert_eq!(stands(&replica), (other, 1));
    let alone = replica.workspace().people_at(other);
    assert_eq!(alone[0].stands, min, "a person merged into somebody elsewhere stands alone again");
}

#[test]
fn the_history_says_once_why_a_deal_was_lost() {
    let deal = DealId::minted("tide");
    let (mut replica, _) = founded();
    write(&mut replica, opened(deal));
    write(&mut replica, Command::LoseDeal { deal, reason: "No budget".to_owned() });
    let last = replica.workspace().open_deals[&deal].history.last().cloned().unwrap();
    assert_eq!((last.command.as_str(), last.subject.as_str(), last.reason.as_str()), ("lose_deal", "", "No budget"));
}
