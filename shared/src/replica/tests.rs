//! What a replica asks of its documents before it lets a command write.

use super::{Actor, Piece, Replica};
use crate::change::Sealed;
use crate::command::{Command, Context, NewDeal, Origin};
use crate::id::{BatchId, DealId, DeviceId, DocumentId, MemberId};
use crate::model::{Outcome, Role};
use crate::pipeline::b2b;
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

/// A replica whose team is one owner with one pipeline, and the changes that made it so.
fn founded() -> (Replica, Vec<Sealed>) {
    let mut replica = Replica::new(Actor([1; 16]));
    replica.open(DocumentId::Workspace, Vec::new());
    let lin = Command::PutMember { member: context().member, name: "Lin".to_owned(), role: Role::Owner };
    let changes = [lin, Command::PublishPipeline(b2b())].map(|command| write(&mut replica, command));
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
