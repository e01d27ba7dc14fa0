//! What devices told apart: every value is kept until somebody settles it, and settling it settles it everywhere.

use std::slice::from_ref;

use super::{Actor, Piece, Replica, context, founded, opened, write};
use crate::command::Command;
use crate::document::rewrite;
use crate::id::{ActivityId, CompanyId, ContactId, DealId, DocumentId, LeadId, LineId};
use crate::model::{
    ActivityKind, CompanyField, CompanyText, CompanyValue, ContactPart, ContactRole, DealCard, LeadText, Outcome,
    RecordField,
};
use crate::money::Money;
use crate::pipeline::b2b;

/// Two replicas with one company and one person there, which have not met since.
pub(super) fn apart() -> ([Replica; 2], CompanyId, ContactId) {
    let (company, contact) = (CompanyId::minted("acme"), ContactId::minted("zhou"));
    let (mut first, team) = founded();
    let add = Command::AddCompany { company, name: "Acme".to_owned(), source: None };
    let made = [add, person(company, contact, "Zhou", "")].map(|command| write(&mut first, command));
    let mut second = Replica::new(Actor([2; 16]));
    second.receive(DocumentId::Workspace, team.into_iter().map(Piece::Change).collect());
    second.receive(DocumentId::Company(company), made.into_iter().map(Piece::Change).collect());
    ([first, second], company, contact)
}

pub(super) fn person(company: CompanyId, contact: ContactId, name: &str, phone: &str) -> Command {
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

fn plan(deal: DealId, activity: ActivityId) -> Command {
    let (kind, summary) = (ActivityKind::Visit, "Visit".to_owned());
    Command::PlanActivity { deal, activity, kind, summary, due: context().today, key: None }
}

/// Two replicas with one deal, on each of which something was told while they were apart. They have met.
fn met(told: [&[Command]; 2]) -> [Replica; 2] {
    let deal = DealId::minted("tide");
    let (mut first, team) = founded();
    let open = write(&mut first, opened(deal));
    let mut second = Replica::new(Actor([2; 16]));
    second.receive(DocumentId::Workspace, team.into_iter().map(Piece::Change).collect());
    second.receive(DocumentId::Deal(deal), vec![Piece::Change(open)]);
    let mut both = [first, second];
    let mut tell = |index: usize| -> Vec<Piece> {
        told[index].iter().map(|command| Piece::Change(write(&mut both[index], command.clone()))).collect()
    };
    let [ones, others] = [tell(0), tell(1)];
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
    let more = [plan(deal, activity), later, finish.clone()];
    for (late, told) in [[&more[..], &more[..1]], [&more[..1], &more[..]]].into_iter().enumerate() {
        let [mut first, second] = met(told);
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
fn of_two_stages_or_two_ends_told_apart_either_can_be_kept() {
    let deal = DealId::minted("tide");
    let stages = b2b().stages;
    let to = |stage: usize| Command::MoveDeal { deal, to: stages[stage].id, reason: String::new() };
    let lose = Command::LoseDeal { deal, reason: "No budget".to_owned() };
    let (win, reopen) = (Command::WinDeal { deal }, Command::ReopenDeal { deal });
    let told: [([&[Command]; 2], [&Command; 2]); 3] = [
        ([&[to(1)], &[to(2)]], [&to(1), &to(2)]),
        ([from_ref(&lose), from_ref(&win)], [&lose, &win]),
        ([&[lose.clone(), reopen.clone()], from_ref(&win)], [&reopen, &win]),
    ];
    for (apart, values) in told {
        for kept in values {
            let [mut first, mut second] = met(apart);
            let shown = first.workspace().open_deals[&deal].clone();
            assert_eq!(shown.conflicts.len(), 1, "{apart:?}");
            assert!(crate::undo::inverse(first.workspace(), kept).is_empty());
            let settled = write(&mut first, kept.clone());
            second.receive(DocumentId::Deal(deal), vec![Piece::Change(settled)]);
            for replica in [&first, &second] {
                let card = &replica.workspace().open_deals[&deal].card;
                assert!(card.disputed.is_empty() && is_so(card, kept), "{kept:?} was kept of {apart:?}");
            }
        }
    }
}

fn is_so(card: &DealCard, kept: &Command) -> bool {
    match (kept, &card.outcome) {
        (Command::MoveDeal { to, .. }, _) => card.stage == *to && card.entered == context().now,
        (Command::LoseDeal { reason, .. }, Outcome::Lost { reason: why, .. }) => reason == why,
        (Command::WinDeal { .. }, Outcome::Won { .. }) | (Command::ReopenDeal { .. }, Outcome::Open) => true,
        (_, _) => false,
    }
}

#[test]
fn what_two_devices_say_of_activities_and_products_is_kept_until_somebody_settles_it() {
    let (deal, activity, line) = (DealId::minted("tide"), ActivityId::minted("visit"), LineId::minted("pump"));
    let day = |day: &str| Command::RescheduleActivity { deal, activity, due: day.parse().unwrap() };
    let say = |summary: &str| Command::DescribeActivity { deal, activity, summary: summary.to_owned() };
    let pump = |minor: i64| Command::PutLine {
        deal,
        line,
        product: "Pump".to_owned(),
        quantity: "2".parse().unwrap(),
        price: Money::checked(minor, "USD".parse().unwrap()).unwrap(),
    };
    let [mut first, mut second] = met([&[plan(deal, activity), pump(100)], &[]]);
    let pass = |from: &mut Replica, to: &mut Replica, commands: &[Command]| {
        let told = commands.iter().map(|command| Piece::Change(write(from, command.clone()))).collect();
        to.receive(DocumentId::Deal(deal), told)
    };
    let ones: Vec<Piece> = [day("2027-01-05"), say("Bring samples"), Command::RemoveLine { deal, line }]
        .map(|command| Piece::Change(write(&mut first, command)))
        .into();
    pass(&mut second, &mut first, &[day("2027-01-06"), say("Bring prices"), pump(200)]);
    second.receive(DocumentId::Deal(deal), ones);

    let told = |replica: &Replica| replica.workspace().open_deals[&deal].record_conflicts.clone();
    assert_eq!(told(&first), told(&second));
    let fields = [RecordField::Summary(activity), RecordField::Due(activity), RecordField::Line(line)];
    assert_eq!(told(&first).iter().map(|conflict| conflict.field).collect::<Vec<_>>(), fields);
    pass(&mut first, &mut second, &[day("2027-01-05"), say("Bring prices"), Command::RemoveLine { deal, line }]);
    for replica in [&first, &second] {
        let deal = &replica.workspace().open_deals[&deal];
        assert_eq!((deal.record_conflicts.len(), deal.lines.len()), (0, 0), "settling it settles it everywhere");
        assert_eq!(deal.activities[0].summary, "Bring prices");
        assert_eq!(deal.activities[0].due.unwrap().to_string(), "2027-01-05");
    }
}

#[test]
fn what_two_devices_say_of_a_lead_is_kept_until_somebody_settles_it() {
    let lead = LeadId::minted("fair");
    let (mut first, team) = founded();
    let added =
        write(&mut first, Command::AddLead { lead, owner: None, texts: vec![(LeadText::Person, "Lin".to_owned())] });
    let mut second = Replica::new(Actor([2; 16]));
    second.receive(DocumentId::Workspace, team.into_iter().map(Piece::Change).collect());
    second.receive(DocumentId::Lead(lead), vec![Piece::Change(added)]);
    let say = |text: &str| Command::DescribeLead { lead, what: LeadText::Phone, text: text.to_owned() };
    let (one, other) = (write(&mut first, say("1")), write(&mut second, say("2")));
    first.receive(DocumentId::Lead(lead), vec![Piece::Change(other)]);
    second.receive(DocumentId::Lead(lead), vec![Piece::Change(one)]);
    let told = |replica: &Replica| replica.workspace().open_leads[&lead].conflicts.clone();
    assert_eq!(told(&first), told(&second));
    assert_eq!((told(&first)[0].field, told(&first)[0].versions.len()), (LeadText::Phone, 2));
    let kept = write(&mut first, say(&told(&second)[0].versions[0].value));
    second.receive(DocumentId::Lead(lead), vec![Piece::Change(kept)]);
    assert_eq!((told(&first), told(&second)), (vec![], vec![]));
}

#[test]
fn what_two_devices_wrote_as_one_actor_is_told_again_under_another() {
    let (deal, activity) = (DealId::minted("tide"), ActivityId::minted("visit"));
    let (mut first, team) = founded();
    let open = write(&mut first, opened(deal));
    // The copy of a profile writes under the same actor and goes on from the same change.
    let mut copy = Replica::new(Actor([1; 16]));
    copy.receive(DocumentId::Workspace, team.into_iter().map(Piece::Change).collect());
    copy.receive(DocumentId::Deal(deal), vec![Piece::Change(open)]);
    let rename = |title: &str| Command::RenameDeal { deal, title: title.to_owned() };
    let [one, other] = [write(&mut first, rename("Lock")), write(&mut copy, rename("Weir"))];
    let more = [plan(deal, activity), Command::CancelActivity { deal, activity }, rename("Weir gate")];
    let mut forked = vec![other];
    forked.extend(more.map(|command| write(&mut copy, command)));
    assert_eq!(forked[0].origin(), one.origin(), "the relay tells them by their heads");
    let (_, damaged) = first.receive(DocumentId::Deal(deal), vec![Piece::Change(forked[0].clone())]);
    assert_eq!(damaged.len(), 1, "two changes of one number cannot both be taken");

    let told = rewrite(&forked, forked[0].hash()).unwrap();
    let again: Vec<_> = told.into_iter().map(|(_, again)| again).collect();
    let mut third = Replica::new(Actor([3; 16]));
    third.receive(DocumentId::Deal(deal), vec![Piece::Change(write(&mut founded().0, opened(deal)))]);
    for replica in [&mut first, &mut third] {
        let pieces = [one.clone()].into_iter().chain(again.clone()).map(Piece::Change).collect();
        assert_eq!(replica.receive(DocumentId::Deal(deal), pieces).1, vec![]);
        let deal = &replica.workspace().open_deals[&deal];
        assert_eq!((deal.activities.len(), deal.activities[0].cancelled), (1, true));
        assert_eq!(deal.conflicts[0].versions.len(), 2, "both titles are there: {:?}", deal.conflicts);
    }
    let id = DocumentId::Deal(deal);
    assert_eq!(first.card(id), third.card(id), "whoever gets them shows the same");
    let others = rewrite(&forked[..2], forked[0].hash()).unwrap();
    assert!(others.iter().all(|(_, other)| again.contains(other)), "whoever holds a part of them tells the same");
}
