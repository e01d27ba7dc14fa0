//! Imports of the past, taken back and brought back in real documents.

use super::world::{now, table};
use crate::command::{Command, Context, Origin};
use crate::id::{BatchId, DeviceId, DocumentId, MemberId};
use crate::import::{guess, past, plan, redo, undo};
use crate::model::Role;
use crate::pipeline::b2b;
use crate::replica::{Actor, Replica};

const FILE: &[u8] = b"Deal ID,Deal Name,Company\n1,Pumps,Acme\n2,Valves,Acme\n3,Seals,Berg\n";

fn ask(replica: &mut Replica, origin: Origin, commands: impl IntoIterator<Item = Command>) {
    let (member, device) = (MemberId::minted("lin"), DeviceId::minted("desk"));
    let context = Context { member, device, now: now(), today: now().day(), origin };
    for command in commands {
        replica.execute(&context, command).expect("the owner may do this");
    }
}

fn team() -> Replica {
    let mut replica = Replica::new(Actor([1; 16]));
    replica.open(DocumentId::Workspace, Vec::new());
    let lin = Command::PutMember { member: MemberId::minted("lin"), name: "Lin".to_owned(), role: Role::Owner };
    ask(&mut replica, Origin::Hand, [lin, Command::PublishPipeline(b2b())]);
    replica
}

fn import(replica: &mut Replica, file: &[u8], batch: BatchId) {
    let table = table(file);
    let mapping = guess(&table, replica.workspace());
    let plan = plan(replica.workspace(), &table, &mapping, batch, now()).expect("the mapping fits");
    ask(replica, Origin::Import(batch), plan.rows.into_iter().flat_map(|row| row.commands));
}

/// Which imports stand, by when they began, with how many deals; and how many companies stand.
fn standing(replica: &Replica) -> (Vec<(i64, usize)>, usize) {
    let workspace = replica.workspace();
    let imports = past(workspace.deals.values().map(AsRef::as_ref));
    let told = imports.into_iter().map(|import| (import.began.map_or(0, |at| at.millis()), import.deals));
    (told.collect(), workspace.companies.values().filter(|card| !card.discarded).count())
}

fn batch(millis: i64) -> BatchId {
    BatchId::begun(crate::time::Timestamp::from_millis(millis), [9; 16])
}

#[test]
fn past_imports_are_told_from_cards_and_each_is_taken_back_for_itself() {
    let mut replica = team();
    import(&mut replica, FILE, batch(1_000));
    import(&mut replica, b"Deal ID,Deal Name,Company\n4,Locks,Acme\n", batch(2_000));
    assert_eq!(standing(&replica), (vec![(2_000, 1), (1_000, 3)], 2));
    let taken_back = undo(replica.workspace(), batch(1_000));
    ask(&mut replica, Origin::Hand, taken_back.clone());
    assert_eq!(standing(&replica), (vec![(2_000, 1)], 1), "the other import needs one of the companies");
    assert_eq!(undo(replica.workspace(), batch(1_000)), []);
    ask(&mut replica, Origin::Hand, redo(&taken_back));
    assert_eq!(standing(&replica), (vec![(2_000, 1), (1_000, 3)], 2));
}

#[test]
fn a_restored_deal_belongs_to_the_import_that_restored_it() {
    let mut replica = team();
    import(&mut replica, FILE, batch(1_000));
    let first = undo(replica.workspace(), batch(1_000));
    ask(&mut replica, Origin::Hand, first.into_iter().filter(|it| matches!(it, Command::DiscardDeal { .. })).take(2));
    import(&mut replica, FILE, batch(2_000));
    assert_eq!(standing(&replica), (vec![(2_000, 2), (1_000, 1)], 2));
    let second = undo(replica.workspace(), batch(2_000));
    assert_eq!(second.len(), 2, "{second:?}");
    ask(&mut replica, Origin::Hand, second);
    assert_eq!(standing(&replica), (vec![(1_000, 1)], 2));
    import(&mut replica, FILE, batch(3_000));
    assert_eq!(standing(&replica), (vec![(3_000, 2), (1_000, 1)], 2), "a restored deal is found by its row again");
}
