//! The devices of the workspace: whose they are, when they were last here, and how a lost one is taken out.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{DeviceId, MemberId};
use shared::model::{Device, Role};
use shared::sorted::SortedMap;
use shared::time::Timestamp;

use crate::engine::browser;
use crate::pages::desk::Desk;
use crate::pages::reasons::join_error;

/// What the list is drawn with.
#[derive(Clone, Copy)]
struct Shelf {
    desk: Desk,
    seen: RwSignal<SortedMap<DeviceId, Timestamp>>,
    /// The device that is taken out when the button is pressed once more.
    asked: RwSignal<Option<DeviceId>>,
    problem: RwSignal<String>,
}

/// The list.
pub(super) fn devices(desk: Desk) -> impl IntoView {
    let (seen, asked, problem) = (RwSignal::new(SortedMap::new()), RwSignal::new(None), RwSignal::new(String::new()));
    let shelf = Shelf { desk, seen, asked, problem };
    spawn_local(async move { drop(seen.try_set(desk.dispatch().last_seen().await)) });
    let turn = desk.mirror().turn;
    let here = Memo::new(move |_| {
        turn.track();
        desk.mirror().look(|world| {
            let seats =
                world.seats.iter().flat_map(|seats| seats.devices.values().map(|device| (device, &seats.removed)));
            let here = seats.filter(|(device, removed)| !removed.contains(&device.id));
            here.map(|(device, _)| device.clone()).collect::<Vec<Device>>()
        })
    });
    view! {
        <div class="panel devices">
            <h2>{desk.lang.devices()}</h2>
            <ul class="rows" data-testid="devices">
                {move || here.get().into_iter().map(|device| shelf.row(device)).collect_view()}
            </ul>
            <p class="problem" role="alert">{move || problem.get()}</p>
        </div>
    }
}

impl Shelf {
    fn row(self, device: Device) -> impl IntoView {
        let Device { id, name, member } = device;
        let whose = move || self.desk.member(Some(member));
        view! {
            <li data-device=id.to_string()>
                <span class="what"><b>{name}</b><small>{whose}" · "{move || self.last(id)}</small></span>
                <Show when=move || self.may_remove(id, member)>{self.removal(id)}</Show>
            </li>
        }
    }

    fn last(self, device: DeviceId) -> String {
        let lang = self.desk.lang;
        if self.desk.device() == Some(device) {
            return lang.this_device().to_owned();
        }
        match self.seen.with(|seen| seen.get(&device).copied()) {
            Some(at) => lang.last_seen(&browser::moment(lang, at)),
            None => lang.not_seen().to_owned(),
        }
    }

    fn may_remove(self, device: DeviceId, member: MemberId) -> bool {
        let is_own = self.desk.me() == Some(member);
        self.desk.device() != Some(device) && (is_own || self.desk.role() == Role::Owner)
    }

    fn removal(self, device: DeviceId) -> impl IntoView {
        let lang = self.desk.lang;
        let is_asked = move || self.asked.get() == Some(device);
        let press = move |_| match self.asked.get_untracked() == Some(device) {
            true => self.remove(device),
            false => self.asked.set(Some(device)),
        };
        view! {
            <button type="button" class="button" class:danger=is_asked data-testid="remove-device" on:click=press>
                {move || if is_asked() { lang.remove_device_really() } else { lang.remove_device() }}
            </button>
        }
    }

    fn remove(self, device: DeviceId) {
        spawn_local(async move {
            let removed = self.desk.dispatch().remove_device(device).await;
            self.asked.set(None);
            self.problem.set(removed.err().map(|error| join_error(self.desk.lang, &error)).unwrap_or_default());
        });
    }
}
