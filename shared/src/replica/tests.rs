//! What a replica asks of its documents before it lets a command write.

use super::{Actor, Piece, Replica};
use crate::change::Sealed;
use crate::command::{Command, Context, NewDeal, Origin};
use crate::id::{ActivityId, BatchId, CompanyId, ContactId, DealId, DeviceId, DocumentId, MemberId};
use crate::model::{ActivityKind, CompanyField, CompanyText, CompanyValue, ContactPart, ContactRole, Outcome, Role};
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

/// Two replicas with one company and one person there, which have not met since.
fn apart() -> ([Replica; 2], CompanyId, ContactId) {
    let (company, contact) = (CompanyId::minted("acme"), ContactId::minted("zhou"));
    let (mut first, team) = founded();
    let add = Command::AddCompany { company, name: "Acme".to_owned(), source: None };
    let made = [add, person(company, contact, "Zhou", "")].map(|command| write(&mut first, command));
    let mut second = Replica::new(Actor([2; 16]));
    second.receive(DocumentId::Workspace, team.into_iter().map(Piece::Change).collect());
    second.receive(DocumentId::Company(company), made.into_iter().map(Piece::Change).collect());
    ([first, second], company, contact)
}

fn person(company: CompanyId, contact: ContactId, name: &str, phone: &str) -> Command {
    let (name, phone) = (name.to_owned(), phone.to_owned());
    Command::PutContact { company, contact, name, role: ContactRole::User, phone, email: String::new() }
}

#[test]
fn what_two_devices_say_of_a_company_is_kept_until_somebody_settles_it() {
    let ([mut first, mut second], company, contact) = apart();
    let id = DocumentId::Company(company);
    let site = CompanyField::Text(CompanyText::Website);
    let phone = CompanyField::Contact(contact, ContactPart::Phone);
    let say = |text: &str| Command::DescribeCompany { company, what: CompanyText::Website, text: text.to_owned() };
    let call = |name: &str| Command::RenameCompany { company, name: name.to_owned() };
    let ones = [call("Acme A"), say("a.cn"), person(company, contact, "Zhou", "1")].map(|it| write(&mut first, it));
    let others = [call("Acme B"), say("b.cn"), person(company, contact, "Zhou", "2")].map(|it| write(&mut second, it));
    first.receive(id, others.into_iter().map(Piece::Change).collect());
    second.receive(id, ones.into_iter().map(Piece::Change).collect());

    let read = |replica: &Replica| replica.workspace().open_companies[&company].as_ref().clone();
    assert_eq!(read(&first), read(&second), "both devices show one of the two, and both values");
    let disputed = read(&first).conflicts;
    let fields: Vec<CompanyField> = disputed.iter().map(|conflict| conflict.field).collect();
    assert_eq!(fields, [CompanyField::Name, site, phone]);
    for conflict in &disputed {
        assert_eq!((conflict.versions.len(), conflict.versions[0].by), (2, Some(context().member)));
    }
    let card = &read(&first).card;
    assert_eq!(disputed[0].versions[0].value, CompanyValue::Text(card.name.clone()), "the first is what is shown");

    let hidden = |index: usize| match &disputed[index].versions[1].value {
        CompanyValue::Text(text) => text.clone(),
        other => panic!("{other:?} is not a text"),
    };
    let shown = card.contacts[0].phone.clone();
    let settling = [call(&card.name), say(&hidden(1)), person(company, contact, "Zhou", &shown)];
    let settled = settling.map(|command| write(&mut first, command));
    assert_eq!(read(&first).conflicts, []);
    second.receive(id, settled.into_iter().map(Piece::Change).collect());
    assert_eq!(read(&second), read(&first), "settling it settles it everywhere");
}

#[test]
fn a_merge_stands_on_every_device_until_it_is_taken_back() {
    let ([mut replica, _], acme, zhou) = apart();
    let (other, min) = (CompanyId::minted("other"), ContactId::minted("min"));
    write(&mut replica, Command::AddCompany { company: other, name: "ACME Ltd".to_owned(), source: None });
    write(&mut replica, person(other, min, "Zhou Min", ""));
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

/// Two replicas that made the same record apart; on one of them more was told of it. They have met.
fn met(late: usize, told: &[Command]) -> [Replica; 2] {
    let deal = DealId::minted("tide");
    let (mut first, team) = founded();
    let open = write(&mut first, opened(deal));
    let mut second = Replica::new(Actor([2; 16]));
    second.receive(DocumentId::Workspace, team.into_iter().map(Piece::Change).collect());
    second.receive(DocumentId::Deal(deal), vec![Piece::Change(open)]);
    let mut both = [first, second];
    let plan = || Command::PlanActivity {
        deal,
        activity: ActivityId::minted("visit"),
        kind: ActivityKind::Visit,
        summary: "Visit".to_owned(),
        due: context().today,
        key: None,
    };
    let mut made = [0, 1].map(|index| vec![write(&mut both[index], plan())]);
    made[late].extend(told.iter().map(|command| write(&mut both[late], command.clone())));
    let [ones, others] = made.map(|changes| changes.into_iter().map(Piece::Change).collect());
    both[0].receive(DocumentId::Deal(deal), others);
    both[1].receive(DocumentId::Deal(deal), ones);
    both
}

#[test]
fn a_record_that_two_devices_made_apart_says_what_either_told_of_it() {
    let (deal, activity) = (DealId::minted("tide"), ActivityId::minted("visit"));
    let read = |replica: &Replica| replica.workspace().open_deals[&deal].activities[0].clone();
    let finish = Command::FinishActivity { deal, activity, summary: "Agreed".to_owned() };
    let later = Command::RescheduleActivity { deal, activity, due: "2027-01-05".parse().unwrap() };
    for late in [0, 1] {
        let [mut first, second] = met(late, &[later.clone(), finish.clone()]);
        let shown = read(&first);
        assert_eq!(shown, read(&second), "both devices show it alike");
        assert_eq!((shown.summary.as_str(), shown.done), ("Agreed", Some(context().now)), "told on device {late}");
        assert_eq!(shown.due.map(|due| due.to_string()).as_deref(), Some("2027-01-05"));
        write(&mut first, Command::UnfinishActivity { deal, activity });
        assert_eq!(read(&first).done, None, "what is told now stands, whichever map it was told in");
        write(&mut first, finish.clone());
        assert!(read(&first).done.is_some());
    }
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
