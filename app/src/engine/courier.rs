//! Files travel between this device and the relay while nothing else is to be done. The tab that talks to the relay carries
//! them; every tab shows where they are. All but the waiting is with the later part of the program.

mod asking;
mod carrying;
mod fetching;
mod sending;
mod shown;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender, unbounded};
use futures::future::{Either, select};
use futures::{FutureExt as _, StreamExt as _};
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::wire::Pass;

use super::Engine;
use super::clock::sleep;
use super::roster::Work;

pub use asking::Stock;

/// The fact that the relay lost what it had, so that every file that is here is to be offered again.
pub(super) const AGAIN: &str = "files-again";

/// How long it takes until the later part of the program is asked for again, in milliseconds.
const PART_MISSING_MILLIS: i32 = 30_000;

/// What the rest of the engine tells the one who carries files.
pub(super) struct Courier {
    pass: Cell<Option<Pass>>,
    bell: UnboundedSender<()>,
    woken: RefCell<Option<UnboundedReceiver<()>>>,
}

impl Courier {
    /// Nothing is on its way.
    pub(super) fn new() -> Self {
        let (bell, woken) = unbounded();
        Self { pass: Cell::new(None), bell, woken: RefCell::new(Some(woken)) }
    }

    /// A conversation began, with its pass, or is over.
    pub(super) fn admit(&self, pass: Option<Pass>) {
        self.pass.set(pass);
        self.ring();
    }

    /// There may be something to carry, or to show.
    pub(super) fn ring(&self) {
        let _heard = self.bell.unbounded_send(());
    }
}

/// Carries files for as long as the page lives.
pub(super) async fn serve(engine: Rc<Engine>) {
    let Some(mut woken) = engine.courier.woken.take() else { return };
    let mut pause = None;
    loop {
        let slept = async move {
            match pause {
                Some(millis) => sleep(millis).await,
                None => std::future::pending().await,
            }
        };
        match select(woken.next(), std::pin::pin!(slept)).await {
            Either::Left(_) | Either::Right(_) => {}
        }
        // Whoever rang meanwhile is served by the same round.
        while let Some(Some(())) = woken.next().now_or_never() {}
        pause = match round(engine.clone()).await {
            Ok(work) => work.await,
            Err(_) => Some(PART_MISSING_MILLIS),
        };
    }
}

#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn round(engine: Rc<Engine>) -> Result<Work<Option<i32>>, SplitLoaderError> {
    Ok(Box::pin(async move { engine.carry().await }))
}
