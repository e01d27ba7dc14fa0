//! Companies, members, roles and published pipelines.

use std::sync::Arc;

use super::{admit, check, rep};
use crate::command::{Command, Context, Origin};
use crate::id::{BatchId, CompanyId, ContactId, KeyActivityId, LeadId, MemberId, NoticeId, ViewId};
use crate::membership::Seats;
use crate::model::{ContactRole, Member, Role};
use crate::pipeline::{Condition, ConditionError, Pipeline, Rule, b2b};
use crate::refusal::{Refusal, Wording};
use crate::rules::sample::{acme, context, criterion, member, tide, with};
use crate::text::Label;
use crate::view::{Filter, Lanes, View};
use crate::workspace::Workspace;

fn put(member: MemberId, role: Role) -> Command {
    Command::PutMember { member, name: "Wen".to_owned(), role }
}

#[test]
fn a_viewer_and_a_stranger_may_do_nothing() {
    let stranger = Context { member: MemberId::minted("no"), ..context(Role::Viewer) };
    for context in [context(Role::Viewer), stranger] {
        for command in [
            Command::PriceDeal { deal: tide(), amount: None },
            Command::AddCompany { company: CompanyId::minted("new"), name: "New".to_owned(), source: None },
            Command::Approve { deal: tide(), criterion: criterion("negotiate/approval") },
        ] {
            check(&with(|_| ()), &context, command, Err(Refusal::Role { needs: Role::Rep }));
        }
    }
}

#[test]
fn an_owner_decides_whom_the_records_name() {
    let (given, new) = (with(|_| ()), MemberId::minted("new"));
    let owners = Err(Refusal::Role { needs: Role::Owner });
    let newcomer = Context { member: new, ..context(Role::Viewer) };
    check(&given, &context(Role::Owner), put(new, Role::Owner), Ok(()));
    check(&given, &context(Role::Manager), put(new, Role::Rep), owners.clone());
    check(&given, &newcomer, put(new, Role::Rep), Err(Refusal::Role { needs: Role::Manager }));
    rep(&given, put(member(Role::Rep), Role::Owner), Err(Refusal::Role { needs: Role::Manager }));
    check(&given, &context(Role::Manager), put(member(Role::Manager), Role::Owner), owners);
    let founder = Context { member: new, ..context(Role::Owner) };
    check(&Workspace::default(), &founder, put(MemberId::minted("first"), Role::Owner), Ok(()));
    let nameless = Command::PutMember { member: new, name: String::new(), role: Role::Rep };
    check(&given, &context(Role::Owner), nameless, Err(Refusal::Blank(Wording::Name)));
}

#[test]
fn the_signed_list_goes_before_what_the_workspace_document_says() {
    let seat = |id, role| (id, Member { id, name: "Wen".to_owned(), role });
    let (demoted, guest) = (member(Role::Owner), MemberId::minted("guest"));
    let mut given = with(|_| ());
    given.members.insert(guest, Member { id: guest, name: "Guest".to_owned(), role: Role::Owner });
    let members = [seat(demoted, Role::Viewer), seat(member(Role::Rep), Role::Owner)].into();
    given.seats = Some(Arc::new(Seats { members, ..Seats::default() }));
    given.seat();
    let publish = || Command::PublishPipeline(b2b());
    let needs = |needs| Err(Refusal::Role { needs });
    check(&given, &context(Role::Owner), publish(), needs(Role::Manager));
    check(&given, &Context { member: guest, ..context(Role::Rep) }, publish(), needs(Role::Manager));
    check(&given, &context(Role::Rep), put(MemberId::minted("new"), Role::Rep), Ok(()));
}

/// What a door admits, the relay must not refuse.
#[test]
fn no_door_admits_a_change_that_the_relay_refuses() {
    let (filter, lanes) = (Filter::default(), Lanes::default());
    let view = View { id: ViewId::minted("v"), name: "Mine".to_owned(), pipeline: None, filter, lanes };
    let (company, lead) = (CompanyId::minted("new"), LeadId::minted("new"));
    for command in [
        Command::PriceDeal { deal: tide(), amount: None },
        Command::SeeNotice { deal: tide(), notice: NoticeId::minted("n") },
        Command::AddCompany { company, name: "New".to_owned(), source: None },
        Command::AddLead { lead, owner: None, texts: Vec::new() },
        Command::PutView(view),
        Command::RemoveView { view: ViewId::minted("v") },
        put(MemberId::minted("new"), Role::Rep),
        Command::PublishPipeline(b2b()),
    ] {
        let least = Role::least_to_write(command.document());
        for role in Role::ALL.into_iter().filter(|role| *role < least) {
            let heard = admit(&with(|_| ()), &context(role), command.clone());
            assert!(matches!(heard, Err(Refusal::Role { .. })), "{role} asked for {command:?}: {heard:?}");
        }
    }
}

#[test]
fn a_managers_import_adds_reps_and_changes_nobody() {
    let (given, new) = (with(|_| ()), MemberId::minted("new"));
    let import = |role| Context { origin: Origin::Import(BatchId::minted("b")), ..context(role) };
    let owners = Err(Refusal::Role { needs: Role::Owner });
    check(&given, &import(Role::Manager), put(new, Role::Rep), Ok(()));
    check(&given, &import(Role::Rep), put(new, Role::Rep), Err(Refusal::Role { needs: Role::Manager }));
    check(&given, &import(Role::Manager), put(new, Role::Owner), owners.clone());
    check(&given, &import(Role::Manager), put(member(Role::Viewer), Role::Rep), owners);
}

#[test]
fn companies_are_new_named_and_there() {
    let (given, company, no) = (with(|_| ()), acme(), CompanyId::minted("no"));
    let add = |company, name: &str| Command::AddCompany { company, name: name.to_owned(), source: None };
    let contact = |name: &str, phone: String| Command::PutContact {
        company,
        contact: ContactId::minted("c"),
        name: name.to_owned(),
        role: ContactRole::Champion,
        phone,
        email: String::new(),
    };
    let too_long = Refusal::TooLong { what: Wording::Reach, limit: 200 };
    let cases = [
        (add(no, "New"), Ok(())),
        (add(company, "New"), Err(Refusal::Exists)),
        (add(no, ""), Err(Refusal::Blank(Wording::Name))),
        (Command::RenameCompany { company, name: "New".to_owned() }, Ok(())),
        (Command::RenameCompany { company: no, name: "New".to_owned() }, Err(Refusal::NoCompany(no))),
        (Command::DiscardCompany { company }, Ok(())),
        (Command::DiscardCompany { company: no }, Err(Refusal::NoCompany(no))),
        (Command::RestoreCompany { company }, Err(Refusal::NotClosed)),
        (Command::RestoreCompany { company: no }, Err(Refusal::NoCompany(no))),
        (contact("Ms Lin", String::new()), Ok(())),
        (contact("", String::new()), Err(Refusal::Blank(Wording::Name))),
        (contact("Ms Lin", "1".repeat(201)), Err(too_long)),
    ];
    for (command, expect) in cases {
        rep(&given, command, expect);
    }
}

/// The next version of the team's pipeline, bent.
fn next(bend: impl FnOnce(&mut Pipeline)) -> Command {
    let mut pipeline = Pipeline { version: 2, ..b2b() };
    bend(&mut pipeline);
    Command::PublishPipeline(pipeline)
}

#[test]
fn a_pipeline_is_published_whole_by_a_manager() {
    let (given, manager) = (with(|_| ()), context(Role::Manager));
    rep(&given, next(|_| ()), Err(Refusal::Role { needs: Role::Manager }));
    let talked = criterion("identify/talked");
    let stray = Rule::KeyActivity(KeyActivityId::minted("no"));
    let empty = Rule::Fields(Condition::All(Vec::new()));
    let cases = [
        (next(|_| ()), Ok(())),
        (next(|pipeline| pipeline.version = 1), Err(Refusal::Exists)),
        (next(|pipeline| pipeline.stages.clear()), Err(Refusal::Pipeline)),
        (next(|pipeline| pipeline.stages = vec![pipeline.stages[0].clone(); 2]), Err(Refusal::Pipeline)),
        (next(|pipeline| pipeline.name = Label::new("", " ")), Err(Refusal::Blank(Wording::Name))),
        (next(|pipeline| pipeline.name = Label::new("", "Only English")), Ok(())),
        (next(|pipeline| pipeline.stages[0].criteria[1].rule = stray), Err(Refusal::NoCriterion(talked))),
        (next(|pipeline| pipeline.stages[0].criteria[0].rule = empty), Err(Refusal::Condition(ConditionError::Empty))),
    ];
    for (command, expect) in cases {
        check(&given, &manager, command, expect);
    }
}
