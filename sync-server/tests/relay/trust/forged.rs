//! What is forged, recorded and played again, taken from elsewhere, or guessed.

use std::time::{Duration, Instant};

use shared::id::{DeviceId, LogId, WorkspaceId};
use shared::membership::{Act, Membership, Signer, Ticket};
use shared::model::Role;
use shared::wire::{Ended, Frame};
use sync_server::store::{Log as _, Workspace};

use super::{Scene, documents, fresh};
use crate::device::Device;
use crate::key::{Key, amend, entering, invitation};
use crate::pen::Pen;

/// Another workspace at the same relay.
fn other_workspace(scene: &Scene) -> WorkspaceId {
    let id = WorkspaceId::minted("other");
    scene.store().create_workspace(Workspace { id, log: LogId::minted("other") }).unwrap();
    id
}

/// A greeting as somebody would change it on its way.
fn readdressed(hello: Frame, to: WorkspaceId, by: DeviceId) -> Frame {
    match hello {
        Frame::Hello { signature, members, stand, .. } => {
            Frame::Hello { workspace: to, device: by, signature, members, stand }
        }
        frame => frame,
    }
}

#[test]
fn no_forged_or_replayed_greeting_gets_in() {
    let mut scene = Scene::open();
    let key = scene.joins(Role::Rep, "phone");
    let colleague = scene.joins(Role::Rep, "colleague");
    let other = other_workspace(&scene);
    let guessed = WorkspaceId::minted("guessed");
    let mut recorded = Device::connect(scene.process.address);
    let old = key.hello(&recorded.challenge(), None);
    recorded.say(&old);
    assert!(matches!(recorded.hear(), Frame::Welcome { .. }));
    scene.is_kept_out(Ended::Unknown, |_| old);
    // Signed for a conversation that is still open elsewhere.
    let elsewhere = Device::connect(scene.process.address).challenge();
    scene.is_kept_out(Ended::Unknown, |_| key.hello(&elsewhere, None));
    scene.is_kept_out(Ended::Unknown, |mut nonce| {
        nonce[0] ^= 1;
        key.hello(&nonce, None)
    });
    let forged = Key { private: fresh("forged"), ..key.clone() };
    let claimed = Key { device: colleague.device, ..key.clone() };
    let abroad = Key { workspace: other, ..key.clone() };
    let astray = Key { workspace: guessed, ..key.clone() };
    for wrong in [forged, claimed, abroad, astray, Key::named(key.workspace, "stranger")] {
        scene.is_kept_out(Ended::Unknown, |nonce| wrong.hello(&nonce, None));
    }
    // Signed well, and then changed.
    for (to, by) in [(other, key.device), (guessed, key.device), (key.workspace, colleague.device)] {
        scene.is_kept_out(Ended::Unknown, |nonce| readdressed(key.hello(&nonce, None), to, by));
    }
    scene.removes(&key);
    assert_eq!(recorded.is_ended(), Ended::Removed);
    scene.lines += 1;
    scene.is_kept_out(Ended::Removed, |nonce| key.hello(&nonce, None));
}

#[test]
fn a_push_that_was_recorded_is_worth_what_its_sender_may() {
    let mut scene = Scene::open();
    let [viewer, rep, manager] =
        [Role::Viewer, Role::Rep, Role::Manager].map(|role| scene.joins(role, &role.to_string()));
    let [workspace, _, _, deal, _] = documents().map(|document| Pen::on(document).write("recorded"));
    let [deal, workspace] =
        [(1, deal), (2, workspace)].map(|(number, entry)| Frame::Push { number, entries: vec![entry] });
    let says = |key: &Key, frame: &Frame, number: u64| {
        let mut device = Device::arrive(scene.process.address, key);
        device.say(frame);
        device.hears_of(number)
    };
    for (frame, number) in [(&deal, 1), (&workspace, 2)] {
        assert!(matches!(says(&manager, frame, number), Frame::Stored { .. }));
    }
    let kept = scene.kept();
    assert!(matches!(says(&rep, &deal, 1), Frame::Stored { .. }), "it is there already");
    assert_eq!(scene.said(), scene.lines);
    let refused = [(&viewer, &deal, 1), (&viewer, &workspace, 2), (&rep, &workspace, 2)];
    let answers = refused.map(|(key, frame, number)| says(key, frame, number));
    assert!(answers.iter().all(|answer| matches!(answer, Frame::Refused { .. })), "{answers:?}");
    scene.lines += refused.len() - 1;
    scene.refused_one();
    assert_eq!(scene.kept(), kept, "nothing counts twice");
}

#[test]
fn no_forged_or_replayed_entry_gets_on_the_list() {
    let mut scene = Scene::open();
    let (founder, rep) = (scene.founder.clone(), scene.joins(Role::Rep, "rep"));
    let list = scene.list();
    let forged = list.statement(Signer::Device(founder.device), Act::Remove { device: founder.device });
    scene.is_kept_off(&forged.sign(&rep.private), "refused");
    let guessed = Ticket::to_join([7; 16], list.root());
    let newcomer = Key::named(founder.workspace, "eve").newcomer();
    scene.is_kept_off(&entering(&list, &guessed, newcomer), "invite_unknown");
    // Of another list, which began alike.
    let (_, abroad) = invitation(&Membership::unfounded(WorkspaceId::minted("other")), &founder, Role::Rep, [4; 16]);
    scene.is_kept_off(&abroad, "refused");
    let (_, entry) = invitation(&list, &founder, Role::Rep, [5; 16]);
    let stray = amend(scene.process.address, WorkspaceId::minted("guessed"), &entry);
    assert_eq!(stray, Err((403, "not_joined".to_owned())));
    scene.refused_one();
    scene.amends(&entry).unwrap();
    scene.is_kept_off(&entry, "moved_on");
    let before = invitation(&list, &founder, Role::Rep, [6; 16]).1;
    scene.is_kept_off(&before, "moved_on");
}

/// How long it takes to refuse this, in the middle of some tries.
fn patience(mut refuse: impl FnMut()) -> Duration {
    let mut took = [(); 5].map(|()| {
        let begun = Instant::now();
        refuse();
        begun.elapsed()
    });
    took.sort_unstable();
    took[took.len() / 2]
}

#[test]
fn how_long_a_refusal_takes_does_not_tell_what_was_guessed() {
    let scene = Scene::open();
    let address = scene.process.address;
    let stranger = Key::named(scene.founder.workspace, "stranger");
    let astray = Key { workspace: WorkspaceId::minted("guessed"), ..stranger.clone() };
    let forged = Key { private: stranger.private.clone(), ..scene.founder.clone() };
    let (_, entry) = invitation(&scene.list(), &stranger, Role::Rep, [5; 16]);
    let knocks = [&stranger, &astray, &forged]
        .map(|key| patience(|| assert_eq!(Device::knock(address, key).err(), Some(Ended::Unknown))));
    let amends = [stranger.workspace, astray.workspace]
        .map(|to| patience(|| assert_eq!(amend(address, to, &entry), Err((403, "not_joined".to_owned())))));
    for took in [&knocks[..], &amends] {
        let (quick, slow) = (took.iter().min().unwrap(), took.iter().max().unwrap());
        assert!(*quick >= Duration::from_millis(100), "a refusal takes its time: {knocks:?} {amends:?}");
        assert!(*slow < *quick + Duration::from_millis(50), "{knocks:?} {amends:?}");
    }
}
