//! A lead becomes one deal: on one device, on two that are apart, and again after it was taken back.

use super::*;
use crate::command::{Context, Origin};
use crate::id::{DeviceId, DocumentId, LeadId};
use crate::model::{LeadState, Role};
use crate::pipeline::b2b;
use crate::replica::{Actor, Piece, Replica, Saved};
use crate::rules::sample::{acme, context, member, now, stage};
use crate::undo::inverse;

fn lead() -> LeadId {
    LeadId::minted("fair")
}

fn wish(company: &str) -> Conversion {
    Conversion {
        title: "Tide gate".to_owned(),
        company: company.to_owned(),
        owner: Some(member(Role::Rep)),
        pipeline: b2b().id,
        stage: stage("identify"),
    }
}

fn founding() -> Vec<Command> {
    let texts = [
        (LeadText::Company, "Donglin"),
        (LeadText::Person, "Zhou Min"),
        (LeadText::Phone, "139 0000 0000"),
        (LeadText::Need, "A gate that opens at night"),
    ];
    let texts = texts.map(|(what, text)| (what, text.to_owned())).into();
    vec![
        Command::PutMember { member: member(Role::Owner), name: "Owner".to_owned(), role: Role::Owner },
        Command::PutMember { member: member(Role::Rep), name: "Rep".to_owned(), role: Role::Rep },
        Command::PublishPipeline(b2b()),
        Command::AddCompany { company: acme(), name: "Acme".to_owned(), source: None },
        Command::AddLead { lead: lead(), owner: None, texts },
    ]
}

/// Replicas that know the same team and the same lead.
fn teams() -> [Replica; 2] {
    let mut replicas = [1, 2].map(|actor| Replica::new(Actor([actor; 16])));
    replicas[0].open(DocumentId::Workspace, Vec::new());
    let saved = run(&mut replicas[0], context(Role::Owner), founding());
    deliver(&mut replicas[1], saved);
    replicas
}

fn run(replica: &mut Replica, context: Context, commands: Vec<Command>) -> Vec<Saved> {
    let saved = |command: Command| match replica.execute(&context, command.clone()) {
        Ok(effects) => effects.saved,
        Err(refusal) => panic!("{command:?} was refused: {refusal:?}"),
    };
    commands.into_iter().flat_map(saved).collect()
}

fn deliver(replica: &mut Replica, saved: Vec<Saved>) {
    for saved in saved {
        let (_, damaged) = replica.receive(saved.document, vec![Piece::Change(saved.change)]);
        assert_eq!(damaged, []);
    }
}

fn card(replica: &Replica) -> LeadCard {
    replica.workspace().leads[&lead()].as_ref().clone()
}

fn commands(replica: &Replica, company: &str) -> Vec<Command> {
    convert(replica.workspace(), &card(replica), &wish(company), now())
}

/// A device some minutes off, as another member's would be.
fn other() -> Context {
    let now = Timestamp::from_millis(now().millis() + 420_000);
    Context { now, device: DeviceId::minted("phone"), origin: Origin::Hand, ..context(Role::Rep) }
}

#[test]
fn two_devices_that_convert_a_lead_apart_get_one_deal_one_company_and_one_contact() {
    let mut replicas = teams();
    let mine = commands(&replicas[0], "Donglin");
    let mine = run(&mut replicas[0], context(Role::Owner), mine);
    let theirs = commands(&replicas[1], "Donglin");
    let theirs = run(&mut replicas[1], other(), theirs);
    deliver(&mut replicas[0], theirs);
    deliver(&mut replicas[1], mine);
    assert_eq!(replicas[0].digest(), replicas[1].digest());
    let world = replicas[0].workspace();
    let deals: Vec<_> = world.deals.keys().copied().collect();
    assert_eq!(deals, [card(&replicas[0]).deal()]);
    assert!(matches!(card(&replicas[0]).state, LeadState::Converted { deal, .. } if deal == deals[0]));
    let deal = &world.open_deals[&deals[0]];
    let company = &world.companies[&deal.card.company.unwrap()];
    assert_eq!((company.name.as_str(), company.contacts.len()), ("Donglin", 1));
    assert_eq!(company.contacts[0].phone, "139 0000 0000");
    assert_eq!(world.companies.len(), 2, "the one of the lead and the one that was there");
    assert!(deal.card.disputed.is_empty(), "both wrote the same: {:?}", deal.conflicts);
    assert_eq!(deal.card.planned.len(), 1, "the first key activity is planned once");
    let notes: Vec<_> = deal.activities.iter().filter(|each| each.kind == ActivityKind::Note).collect();
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].summary, "A gate that opens at night");
}

#[test]
fn a_device_that_hears_of_the_deal_before_the_lead_adds_what_is_missing() {
    let mut replicas = teams();
    let mine = commands(&replicas[0], "Donglin");
    let mine = run(&mut replicas[0], context(Role::Owner), mine);
    let (lead_only, rest): (Vec<_>, Vec<_>) =
        mine.into_iter().partition(|saved| matches!(saved.document, DocumentId::Lead(_)));
    deliver(&mut replicas[1], rest);
    let theirs = commands(&replicas[1], "Donglin");
    let deal = card(&replicas[1]).deal();
    assert_eq!(theirs, [Command::ConvertLead { lead: lead(), deal }], "all else is there");
    let theirs = run(&mut replicas[1], other(), theirs);
    deliver(&mut replicas[1], lead_only);
    deliver(&mut replicas[0], theirs);
    assert_eq!(replicas[0].digest(), replicas[1].digest());
}

#[test]
fn a_known_company_is_taken_by_its_name_and_keeps_what_is_known_of_the_person() {
    let [mut replica, _] = teams();
    let contact = ContactId::minted("zhou");
    let role = ContactRole::DecisionMaker;
    let known = |phone: &str| Command::PutContact {
        company: acme(),
        contact,
        name: "Zhou Min".to_owned(),
        role,
        phone: phone.to_owned(),
        email: "zhou@acme.cn".to_owned(),
    };
    run(&mut replica, context(Role::Owner), vec![known("")]);
    let given = commands(&replica, " ACME ");
    assert_eq!(given[0], known("139 0000 0000"), "the number is new, the address stays");
    assert!(matches!(&given[1], Command::OpenDeal(new) if new.company == Some(acme())));
    run(&mut replica, context(Role::Owner), given);
    assert_eq!(replica.workspace().companies.len(), 1);
}

#[test]
fn a_conversion_that_was_undone_can_be_done_again() {
    let [mut replica, _] = teams();
    for _ in 0..2 {
        let mut back = Vec::new();
        for command in commands(&replica, "Donglin") {
            let undo = inverse(replica.workspace(), &command);
            run(&mut replica, context(Role::Owner), vec![command]);
            back.splice(0..0, undo);
        }
        let deal = card(&replica).deal();
        assert!(replica.workspace().deal(deal).is_some());
        run(&mut replica, context(Role::Owner), back);
        assert_eq!((replica.workspace().deal(deal), card(&replica).state), (None, LeadState::New));
    }
}

#[test]
fn a_lead_without_a_company_or_a_person_loses_nothing() {
    let [replica, _] = teams();
    let bare = |texts: &[(LeadText, &str)]| LeadCard {
        texts: texts.iter().map(|(what, text)| (*what, (*text).to_owned())).collect(),
        ..card(&replica)
    };
    let company = CompanyId::minted(&lead().to_string());
    let number = bare(&[(LeadText::Company, "Donglin"), (LeadText::Phone, "88")]);
    let given = convert(replica.workspace(), &number, &wish("Donglin"), now());
    let phone = Command::DescribeCompany { company, what: CompanyText::Phone, text: "88".to_owned() };
    assert_eq!(given[1], phone, "a number without a person is the company's");
    let mail = bare(&[(LeadText::Company, "Donglin"), (LeadText::Email, "a@b.cn")]);
    let given = convert(replica.workspace(), &mail, &wish("Donglin"), now());
    assert!(matches!(&given[1], Command::PutContact { name, email, .. } if name == "a@b.cn" && email == "a@b.cn"));
    let alone = convert(replica.workspace(), &mail, &wish(" "), now());
    assert!(matches!(&alone[0], Command::OpenDeal(new) if new.company.is_none()));
    assert_eq!(alone.len(), 2);
}
