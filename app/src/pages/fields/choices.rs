//! What a choice field offers, while it is being written: names in both languages, in an order.

use leptos::prelude::*;
use shared::id::ChoiceId;
use shared::model::Choice;
use shared::text::{Label, Lang};

use crate::engine::clock;
use crate::pages::desk::Desk;

/// One choice while it is being written.
#[derive(Clone, Copy, PartialEq)]
struct Draft {
    id: ChoiceId,
    zh: RwSignal<String>,
    en: RwSignal<String>,
}

impl Draft {
    fn of(id: ChoiceId, name: &Label) -> Self {
        Self { id, zh: RwSignal::new(name.zh.clone()), en: RwSignal::new(name.en.clone()) }
    }
}

/// The choices of one field.
#[derive(Clone, Copy)]
pub(super) struct Offered(RwSignal<Vec<Draft>>);

impl Offered {
    /// What the field offers now; two empty lines for one that offers nothing yet.
    pub(super) fn of(choices: &[Choice]) -> Self {
        let mut drafts: Vec<Draft> = choices.iter().map(|choice| Draft::of(choice.id, &choice.name)).collect();
        while drafts.len() < 2 {
            drafts.push(fresh());
        }
        Self(RwSignal::new(drafts))
    }

    /// The choices that have a name.
    pub(super) fn read(self) -> Vec<Choice> {
        let one = |draft: &Draft| {
            let [zh, en] = [draft.zh, draft.en].map(|name| name.get_untracked().trim().to_owned());
            (!zh.is_empty() || !en.is_empty()).then_some(Choice { id: draft.id, name: Label { zh, en } })
        };
        self.0.with_untracked(|drafts| drafts.iter().filter_map(one).collect())
    }
}

fn fresh() -> Draft {
    Draft::of(clock::fresh(ChoiceId::from_bytes), &Label::new("", ""))
}

/// The list to write them in.
pub(super) fn offered(desk: Desk, choices: Offered) -> impl IntoView {
    let lang = desk.lang;
    let add = move |_| choices.0.update(|drafts| drafts.push(fresh()));
    view! {
        <fieldset class="checks">
            <legend>{lang.choices_label()}</legend>
            <ol class="choices">
                <For each=move || choices.0.get() key=|draft| draft.id children=move |draft| one(lang, choices, draft)/>
            </ol>
            <p class="hint">{lang.choices_stay()}</p>
            <button type="button" class="button" on:click=add>{lang.add_choice()}</button>
        </fieldset>
    }
}

fn one(lang: Lang, choices: Offered, draft: Draft) -> impl IntoView {
    let place = Memo::new(move |_| choices.0.with(|all| all.iter().position(|each| each.id == draft.id).unwrap_or(0)));
    let swap = move |one: usize, other: usize| {
        choices.0.update(|all| {
            if other < all.len() {
                all.swap(one, other)
            }
        })
    };
    let last = Memo::new(move |_| choices.0.with(|all| place.get() + 1 == all.len()));
    let called = move || {
        let (zh, en) = (draft.zh.get(), draft.en.get());
        Label { zh, en }.get(lang).to_owned()
    };
    let zh = name(Signal::derive(move || lang.choice_zh(place.get() + 1)), draft.zh);
    let en = name(Signal::derive(move || lang.choice_en(place.get() + 1)), draft.en);
    view! {
        <li>
            <div class="both">{zh}{en}</div>
            <button type="button" class="quiet" aria-label=move || lang.move_up(&called()) disabled=move || place.get() == 0
                on:click=move |_| swap(place.get_untracked(), place.get_untracked().wrapping_sub(1))>"↑"</button>
            <button type="button" class="quiet" aria-label=move || lang.move_down(&called()) disabled=move || last.get()
                on:click=move |_| swap(place.get_untracked(), place.get_untracked() + 1)>"↓"</button>
        </li>
    }
}

/// A name under a label that follows the choice's place, so that moving it keeps the focus.
fn name(label: Signal<String>, value: RwSignal<String>) -> impl IntoView {
    view! {
        <label class="field">
            <span>{move || label.get()}</span>
            <input type="text" autocomplete="off" prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))/>
        </label>
    }
}
