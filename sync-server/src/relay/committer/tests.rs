//! Pushes of several workspaces in one batch.

use std::fs;

use shared::id::LogId;

use super::*;
use crate::store::{Log as _, Memory, Workspace};

fn push(room: &Arc<Semaphore>, workspace: WorkspaceId) -> (Push, Storing) {
    let (done, storing) = oneshot::channel();
    let append = Append { workspace, device: DeviceId::minted("phone"), entries: Vec::new() };
    let room = room.clone().try_acquire_owned().expect("there is room");
    (Push { append, own: Own::default(), done, room }, storing)
}

#[test]
fn a_workspace_whose_files_cannot_be_read_keeps_nobody_else_from_storing() {
    let data = tempfile::tempdir().unwrap();
    let [sound, broken] = ["sound", "broken"].map(WorkspaceId::minted);
    fs::create_dir(data.path().join("files")).unwrap();
    fs::write(data.path().join("files").join(broken.to_string()), "no folder").unwrap();
    let store = Memory::default();
    for id in [sound, broken] {
        store.create_workspace(Workspace { id, log: LogId::minted("log") }).unwrap();
    }
    let bench = Bench {
        store: Arc::new(store),
        files: Arc::new(Files::of(data.path())),
        feeds: Arc::default(),
        metrics: Arc::default(),
        allowed: 1,
    };
    let room = Arc::new(Semaphore::new(3));
    let (pushes, mut storing): (Vec<Push>, Vec<Storing>) =
        [broken, sound, broken].map(|workspace| push(&room, workspace)).into_iter().unzip();
    let taken: Vec<WorkspaceId> = bench.within_bounds(pushes).iter().map(|push| push.append.workspace).collect();
    assert_eq!(taken, [sound]);
    assert!(storing[0].try_recv().is_err(), "its device is told that it is not stored");
}
