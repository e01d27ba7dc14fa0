//! Where pieces become documents. The team's is read by the first part of the program, for no screen is drawn without
//! it; all others are read by the later part, for the first screen has cards.

use std::cell::RefCell;

use futures::FutureExt as _;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::id::DocumentId;
use shared::replica::{Damaged, Piece, Replica};
use shared::workspace::Touched;

use super::Engine;
use super::clock::sleep;

/// How long after a failure the part of the program that reads is asked for again.
const ASK_AGAIN_MILLIS: i32 = 5_000;

/// What reads documents could not be loaded.
pub(super) struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Returns once documents can be read.
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
pub(super) fn reader() -> Result<(), Missing> {
    Ok(())
}

#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn receive(
    replica: &RefCell<Replica>,
    document: DocumentId,
    pieces: Vec<Piece>,
) -> Result<(Touched, Vec<Damaged>), Missing> {
    Ok(replica.borrow_mut().receive(document, pieces))
}

impl Engine {
    /// Waits until a document can be read.
    pub(super) async fn can_read(&self, document: DocumentId) {
        while document != DocumentId::Workspace && reader().await.is_err() {
            sleep(ASK_AGAIN_MILLIS).await;
        }
    }

    /// Merges pieces into a document that can be read, opening it where it is not. In the same tick, as storage asks.
    pub(super) fn merge_pieces(&self, document: DocumentId, pieces: Vec<Piece>) -> (Touched, Vec<Damaged>) {
        if document == DocumentId::Workspace {
            return self.replica.borrow_mut().receive_team(pieces);
        }
        let merged = receive(&self.replica, document, pieces).now_or_never();
        merged.and_then(Result::ok).expect("whoever opens a document waits until it can be read")
    }
}
