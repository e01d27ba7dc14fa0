//! What meets a gate is taken back and brought back, and an undo that the door would refuse is not offered.

use super::*;
use crate::id::{CompanyId, ContactId, EvidenceId, StageId};
use crate::model::{Activity, ContactRole, EvidenceKind, FileHash, FileKind, FileRef};
use crate::pipeline::Leave;
use crate::rules::sample::{acme, criterion, key};

/// What gates and lists read of the deal and its customer.
fn facts(replica: &Replica) -> impl PartialEq + std::fmt::Debug + use<> {
    let world = replica.workspace();
    let card = world.deals[&tide()].as_ref().clone();
    let called_off = |activity: &&Activity| !activity.cancelled;
    let activities: Vec<_> = world.open_deals[&tide()].activities.iter().filter(called_off).cloned().collect();
    let activities: Vec<_> = activities.into_iter().map(|each| (each.id, each.summary, each.done.is_some())).collect();
    let contacts = world.companies.get(&acme()).map(|company| company.contacts.clone());
    let asked: Vec<_> = card.asked.iter().map(|(criterion, asked)| (*criterion, asked.note.clone())).collect();
    (card.proven, card.done, card.approved, asked, card.overridden, activities, contacts)
}

fn file() -> FileRef {
    FileRef {
        hash: FileHash::of(b"signed"),
        name: "signed.pdf".to_owned(),
        kind: FileKind::Pdf,
        size: 6,
        thumbnail: None,
    }
}

/// Each command is carried out after these, undone, and what undoes it is undone as well.
#[track_caller]
fn check(given: &[Command], command: Command) {
    let (mut replica, owner) = (replica(), context(Role::Owner));
    let add = Command::AddCompany { company: acme(), name: "Acme".to_owned(), source: None };
    for command in [add].iter().chain(given) {
        replica.execute(&owner, command.clone()).unwrap();
    }
    let before = facts(&replica);
    let undo = inverse(replica.workspace(), &command);
    replica.execute(&owner, command.clone()).unwrap();
    assert_ne!(facts(&replica), before, "{command:?} does something");
    let undo = offered(replica.workspace(), &owner, undo);
    assert!(!undo.is_empty(), "{command:?} can be undone");
    undo.into_iter().for_each(|back| drop(replica.execute(&owner, back).unwrap()));
    assert_eq!(facts(&replica), before, "{command:?}");
}

#[test]
fn what_meets_a_gate_is_undone() {
    let (deal, activity, evidence) = (tide(), ActivityId::minted("talk"), EvidenceId::minted("contract"));
    let (approval, contract, sign) = (criterion("negotiate/approval"), criterion("sign/contract"), stage("sign"));
    let log = || Command::LogActivity {
        deal,
        activity,
        kind: ActivityKind::Call,
        summary: "Talked".to_owned(),
        key: Some(key("identify/talk")).filter(|key| b2b().key_activity(*key).is_some()),
    };
    let prove = || Command::RecordEvidence {
        deal,
        evidence,
        criterion: contract,
        kind: EvidenceKind::SignedDocument,
        from: "Ms Lin".to_owned(),
        day: today(),
        quote: "Signed".to_owned(),
        files: vec![file()],
    };
    let ask = || Command::RequestApproval { deal, criterion: approval, note: "Please".to_owned() };
    let approve = || Command::Approve { deal, criterion: approval };
    let decline = || Command::Decline { deal, criterion: approval, reason: "Too cheap".to_owned() };
    let pass = || Command::OverrideGate { deal, stage: sign, reason: "Known".to_owned() };
    check(&[], log());
    check(&[log()], Command::UnfinishActivity { deal, activity });
    check(&[], prove());
    check(&[prove()], Command::WithdrawEvidence { deal, evidence });
    check(&[prove(), Command::WithdrawEvidence { deal, evidence }], Command::RestoreEvidence { deal, evidence });
    check(&[], ask());
    check(&[ask()], Command::WithdrawRequest { deal, criterion: approval });
    check(&[], approve());
    check(&[ask()], approve());
    check(&[ask()], decline());
    check(&[approve()], decline());
    check(&[], pass());
    check(&[pass()], Command::HoldGate { deal, stage: sign });
}

#[test]
fn a_person_written_down_by_mistake_is_taken_back_and_comes_back() {
    let (company, contact): (CompanyId, _) = (acme(), ContactId::minted("lin"));
    let put = |name: &str| Command::PutContact {
        company,
        contact,
        name: name.to_owned(),
        role: ContactRole::Champion,
        phone: "1".to_owned(),
        email: String::new(),
    };
    check(&[], put("Ms Lin"));
    check(&[put("Ms Lin")], put("Ms Lim"));
    check(&[put("Ms Lin")], Command::DiscardContact { company, contact });
}

#[test]
fn an_undo_that_the_door_would_refuse_is_not_offered() {
    let step = |to: StageId| Command::MoveDeal { deal: tide(), to, reason: "Agreed".to_owned() };
    for (back, is_offered) in [(Leave::Free, true), (Leave::Reason, true), (Leave::Never, false)] {
        let (mut replica, owner) = (replica(), context(Role::Owner));
        let mut pipeline = Pipeline { version: 2, ..b2b() };
        pipeline.moves.back = back;
        let open = |world: &Workspace| world.deals[&tide()].stage;
        replica.execute(&owner, step(stage("negotiate"))).unwrap();
        replica.execute(&owner, Command::PublishPipeline(pipeline)).unwrap();
        assert_eq!(open(replica.workspace()), stage("negotiate"));
        let forward = step(stage("sign"));
        let undo = inverse(replica.workspace(), &forward);
        replica.execute(&owner, forward).unwrap();
        assert_eq!(!offered(replica.workspace(), &owner, undo).is_empty(), is_offered, "{back:?}");
    }
    let (mut replica, owner) = (replica(), context(Role::Owner));
    let approve = Command::Approve { deal: tide(), criterion: criterion("negotiate/approval") };
    replica.execute(&owner, approve.clone()).unwrap();
    assert_eq!(inverse(replica.workspace(), &approve), [], "another's approval would go with it");
}
