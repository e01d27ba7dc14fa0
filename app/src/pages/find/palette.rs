//! The search as people see it: one line to type in, and a list that arrows walk through.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use shared::search::{Index, Marked};

use super::choice::{Act, Choice, Heap, found, heap, offered};
use super::notes::Notes;
use super::recent;
use crate::engine::{browser, pinyin};
use crate::pages::desk::Desk;
use crate::pages::forms::Form;
use crate::widgets::dialog::Dialog;

#[derive(Clone, Copy)]
struct Palette {
    desk: Desk,
    close: Callback<()>,
    text: RwSignal<String>,
    at: RwSignal<usize>,
    heaps: Memo<Vec<Heap>>,
    notes: Notes,
}

pub(super) fn palette(desk: Desk, index: StoredValue<Index, LocalStorage>, close: Callback<()>) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let notes = Notes::new(desk);
    let heaps = heaps(desk, index, text, notes);
    let palette = Palette { desk, close, text, at: RwSignal::new(0), heaps, notes };
    view! {
        <Dialog title=desk.lang.find() close=desk.lang.close() on_close=close>
            <div class="find" data-testid="find">
                {palette.line()}
                {palette.list()}
                {palette.deeper()}
            </div>
        </Dialog>
    }
}

/// What there is to choose. While the search is open the index reads what changes.
fn heaps(desk: Desk, index: StoredValue<Index, LocalStorage>, text: RwSignal<String>, notes: Notes) -> Memo<Vec<Heap>> {
    let turn = desk.mirror().turn;
    Memo::new(move |_| {
        turn.track();
        let text = text.get();
        let mut heaps = desk.mirror().look(|world| match text.trim() {
            "" => offered(desk.lang, world, &recent()),
            text => {
                index.update_value(|index| index.refresh(world, &pinyin::spell));
                index.with_value(|index| found(desk.lang, world, index, text))
            }
        });
        let places = notes.found.get();
        heaps.extend((!places.is_empty()).then(|| heap(desk.lang.in_notes(), places)));
        heaps
    })
}

impl Palette {
    fn line(self) -> impl IntoView {
        let lang = self.desk.lang;
        // What an input method is still composing is not searched for; its end brings the whole text.
        let typed = move |event: leptos::ev::Event| {
            if !browser::is_input_composing(&event) {
                self.type_in(event_target_value(&event));
            }
        };
        let current = move || self.choice(self.at.get()).map(|_| format!("found-{}", self.at.get()));
        view! {
            <input type="text" name="find" role="combobox" enterkeyhint="search" autocomplete="off" autocapitalize="off"
                spellcheck="false" autofocus aria-label=lang.find() aria-autocomplete="list" aria-controls="found"
                aria-expanded=move || self.choice(0).is_some().to_string() aria-activedescendant=current
                placeholder=lang.find_hint()
                on:input=typed
                on:compositionend=move |event| self.type_in(event_target_value(&event))
                on:keydown=move |event| self.key(&event)/>
        }
    }

    fn type_in(self, text: String) {
        if self.text.with_untracked(|shown| *shown != text) {
            self.notes.reset();
            self.at.set(0);
            self.text.set(text);
        }
    }

    fn key(self, event: &KeyboardEvent) {
        if browser::is_composing(event) {
            return;
        }
        let count = self.heaps.with_untracked(|heaps| heaps.iter().map(|heap| heap.choices.len()).sum::<usize>());
        let at = self.at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" if count > 0 => self.point((at + 1) % count),
            "ArrowUp" if count > 0 => self.point((at + count - 1) % count),
            "Enter" => self.choice(at).into_iter().for_each(|choice| self.take(choice.act)),
            _ => return,
        }
        event.prevent_default();
    }

    fn point(self, at: usize) {
        self.at.set(at);
        browser::bring_into_view(&format!("#found-{at}"));
    }

    fn choice(self, at: usize) -> Option<Choice> {
        self.heaps.with(|heaps| heaps.iter().flat_map(|heap| &heap.choices).nth(at).cloned())
    }

    fn take(self, act: Act) {
        self.close.run(());
        match act {
            Act::Go(address) => browser::go(&address),
            Act::NewDeal(stage) => self.desk.form.set(Some(Form::New { stage })),
        }
    }

    fn list(self) -> impl IntoView {
        let lang = self.desk.lang;
        let heaps = move || {
            let mut first = 0;
            let drawn = self.heaps.get().into_iter().map(|heap| {
                let begins = first;
                first += heap.choices.len();
                self.heap(heap, begins)
            });
            drawn.collect_view()
        };
        let is_empty = Memo::new(move |_| self.heaps.with(Vec::is_empty));
        let nothing =
            move || is_empty.get().then(|| view! { <p class="none">{lang.found_nothing(self.text.get().trim())}</p> });
        view! {
            <div class="found" role="listbox" id="found" aria-label=lang.found_list() hidden=move || is_empty.get()>{heaps}</div>
            <div role="status">{nothing}</div>
        }
    }

    fn heap(self, heap: Heap, first: usize) -> impl IntoView {
        let options = heap.choices.into_iter().enumerate().map(|(index, choice)| self.option(choice, first + index));
        let left = (heap.left > 0)
            .then(|| view! { <p class="none" aria-hidden="true">{self.desk.lang.found_more(heap.left)}</p> });
        let name = heap.name.clone();
        view! {
            <div role="group" aria-label=heap.name>
                <h3 aria-hidden="true">{name}</h3>
                {options.collect_view()}
                {left}
            </div>
        }
    }

    fn option(self, choice: Choice, index: usize) -> impl IntoView {
        let more =
            choice.more.iter().filter(|text| !text.text.is_empty()).map(|text| view! { <small>{marked(text)}</small> });
        let more = more.collect_view();
        let act = choice.act.clone();
        view! {
            <div role="option" id=format!("found-{index}") class="entry" data-testid="found"
                aria-selected=move || (self.at.get() == index).to_string()
                on:pointermove=move |_| self.at.set(index)
                on:click=move |_| self.take(act.clone())>
                <b>{marked(&choice.title)}</b>{more}
            </div>
        }
    }

    /// The search inside documents, which takes as long as there are deals.
    fn deeper(self) -> impl IntoView {
        let (lang, notes) = (self.desk.lang, self.notes);
        let is_asked = move || notes.progress.with(Option::is_some);
        let can_ask = Memo::new(move |_| !self.text.with(|text| text.trim().is_empty()) && !is_asked());
        let told =
            move || {
                let (done, all) = notes.progress.get()?;
                let words = match notes.is_running.get() {
                    true => lang.notes_progress(done, all),
                    false => lang.notes_found(notes.found.with(Vec::len)),
                };
                let bar = notes.is_running.get().then(|| view! {
                <progress max=all value=done aria-label=lang.search_notes()></progress>
                <button type="button" class="button" on:click=move |_| notes.stop()>{lang.stop_searching()}</button>
            });
                Some(view! { <span role="status">{words}</span>{bar} })
            };
        let run = move |_| self.text.with_untracked(|text| notes.run(text));
        view! {
            <footer class="deeper">
                <Show when=move || can_ask.get()>
                    <button type="button" class="link" on:click=run>{lang.search_notes()}</button>
                </Show>
                {told}
            </footer>
        }
    }
}

fn marked(text: &Marked) -> impl IntoView + use<> {
    let piece = |(piece, is_mark): (String, bool)| match is_mark {
        true => view! { <mark>{piece}</mark> }.into_any(),
        false => piece.into_any(),
    };
    text.pieces().into_iter().map(piece).collect_view()
}
