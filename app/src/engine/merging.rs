//! Where pieces become documents. What reads them is a part of the program of its own, loaded after the first screen,
//! which has cards, the team's among them. A new device has none, and waits for it.

use std::cell::RefCell;

use futures::FutureExt as _;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::id::DocumentId;
use shared::replica::{Damaged, Piece, Replica};
use shared::workspace::Touched;

use super::Engine;
use super::clock::sleep;

/// How long after a failure a part of the program is asked for again.
pub(super) const ASK_AGAIN_MILLIS: i32 = 5_000;

/// What reads documents could not be loaded.
struct Missing;

impl From<SplitLoaderError> for Missing {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}

/// Once `reader` has returned, this is done in the same tick.
#[wasm_split(documents, preload(reader), wasm_split_path = leptos::wasm_split, fallible)]
fn receive(
    replica: &RefCell<Replica>,
    document: DocumentId,
    pieces: Vec<Piece>,
) -> Result<(Touched, Vec<Damaged>), Missing> {
    Ok(replica.borrow_mut().receive(document, pieces))
}

impl Engine {
    /// Whether documents can be read, after having tried to load what reads them.
    pub(super) async fn try_to_read(&self) -> bool {
        reader().await.is_ok()
    }

    /// Waits until documents can be read.
    pub(super) async fn can_read(&self) {
        while !self.try_to_read().await {
            sleep(ASK_AGAIN_MILLIS).await;
        }
    }

    /// Merges pieces into a document that can be read, opening it where it is not. In the same tick, as storage asks.
    pub(super) fn merge_pieces(&self, document: DocumentId, pieces: Vec<Piece>) -> (Touched, Vec<Damaged>) {
        let merged = receive(&self.replica, document, pieces).now_or_never();
        merged.and_then(Result::ok).expect("whoever opens a document waits until it can be read")
    }
}
