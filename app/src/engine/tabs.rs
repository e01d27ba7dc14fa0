//! Other tabs on the same storage: what they saved, and what only one of them does.

mod locks;

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use shared::change::ChangeHash;
use shared::id::{DeviceId, DocumentId, WorkspaceId};
use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use locks::Lease;

/// The lock of the tab that talks to the relay.
const LINK: &str = "sluice-link";

/// How many tabs keep an actor of their own for later.
const SLOTS: u32 = 64;

/// What one tab tells the others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Said {
    /// These pieces are in storage now.
    Saved(Vec<(DocumentId, ChangeHash)>),
    /// How the connection to the relay is, and when the relay last acknowledged (milliseconds).
    Link(Reach, Option<i64>),
    /// How is the connection?
    AskLink,
    /// Stored pieces were damaged and put aside; the relay is to be asked for them.
    Damaged,
    /// Changes in storage were told again under another name; who wrote them begins anew under a fresh one.
    ToldAgain,
    /// The relay acknowledged some.
    Acknowledged,
    /// The list of members in storage is longer now.
    Seated,
    /// When were the devices last here?
    AskSeen,
    /// Devices, and when they were last here (milliseconds).
    Seen(Vec<(DeviceId, i64)>),
    /// Files are elsewhere than they were, or are to be.
    Carried,
}

/// How far the relay is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Reach {
    /// No connection.
    Offline,
    /// One is being made, or the log is catching up.
    Connecting,
    /// Everything that is known is exchanged as it happens.
    Online,
}

/// This tab among the others.
pub(super) struct Tabs {
    channel: Option<BroadcastChannel>,
    alone: Rc<Cell<bool>>,
    _listener: Option<Closure<dyn FnMut(MessageEvent)>>,
}

impl Tabs {
    /// Listens to the other tabs of a workspace. A browser without channels has lonely tabs, which still
    /// notice each other's work before they save.
    pub(super) fn open(workspace: WorkspaceId, heard: impl Fn(Said) + 'static) -> Self {
        let Ok(channel) = BroadcastChannel::new(&format!("sluice-{workspace}")) else {
            return Self { channel: None, alone: Rc::default(), _listener: None };
        };
        let alone = Rc::new(Cell::new(true));
        let still = Rc::clone(&alone);
        let listener = Closure::new(move |event: MessageEvent| {
            still.set(false);
            let bytes = event.data().dyn_into::<Uint8Array>().map(|bytes| bytes.to_vec()).unwrap_or_default();
            if let Ok(said) = postcard::from_bytes(&bytes) {
                heard(said);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        Self { channel: Some(channel), alone, _listener: Some(listener) }
    }

    /// Whether no other tab was ever heard. Each asks for the link when it starts, and the one that has it answers.
    pub(super) fn is_alone(&self) -> bool {
        self.alone.get()
    }

    /// Tells the other tabs.
    pub(super) fn say(&self, said: &Said) {
        if let (Some(channel), Ok(bytes)) = (&self.channel, postcard::to_stdvec(said)) {
            let _heard = channel.post_message(&Uint8Array::from(bytes.as_slice()));
        }
    }
}

/// Leases the lowest free slot for as long as the tab lives; none where there are no locks.
pub(super) async fn lease_slot() -> Option<u32> {
    for slot in 0..SLOTS {
        match locks::try_hold(&format!("sluice-slot-{slot}")).await {
            Lease::Held => return Some(slot),
            Lease::Taken => {}
            Lease::Unsupported => return None,
        }
    }
    None
}

/// Waits until this tab is the one that talks to the relay, and says whether another was it before. Without locks each
/// tab does, which costs only traffic.
pub(super) async fn take_over_link() -> bool {
    match locks::try_hold(LINK).await {
        Lease::Taken => locks::hold(LINK).await == Lease::Held,
        Lease::Held | Lease::Unsupported => false,
    }
}
