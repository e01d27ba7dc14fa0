//! Today: everything that waits for the one who works here, and what is done about it right there.

mod handed;
mod row;
mod waiting;

use leptos::prelude::*;
use shared::model::Role;
use shared::review::{Agenda, Outlook, Scope, Section, agenda};

use super::desk::Desk;
use super::forms::Form;
use crate::engine::{browser, clock};
use crate::widgets::portion::portion;
pub use handed::handed;
pub use row::words;

/// The page of the day.
pub fn today_page(desk: Desk) -> impl IntoView {
    let scope = RwSignal::new(Scope::Mine);
    let day = RwSignal::new(clock::today());
    // A page that was left open overnight shows the day on which it is looked at again.
    let looked = window_event_listener(leptos::ev::focus, move |_| {
        if day.get_untracked() != clock::today() {
            day.set(clock::today());
        }
    });
    on_cleanup(move || looked.remove());
    let turn = desk.mirror().turn;
    let all = Memo::new(move |_| {
        turn.track();
        let outlook = Outlook { member: desk.me()?, scope: scope.get(), now: clock::now(), today: day.get() };
        Some(desk.mirror().look(|world| agenda(world, &outlook)))
    });
    let all = Memo::new(move |_| all.get().unwrap_or_default());
    let is_empty = Memo::new(move |_| all.with(Agenda::is_empty));
    view! {
        <section class="today" data-testid="today">
            {head(desk, scope, day)}
            <Show when=move || is_empty.get()>{nothing(desk)}</Show>
            <div class="parts">{Section::ALL.map(|section| part(desk, all, section)).into_iter().collect_view()}</div>
        </section>
    }
}

fn head(desk: Desk, scope: RwSignal<Scope>, day: RwSignal<shared::time::Day>) -> impl IntoView {
    let lang = desk.lang;
    let chip = move |each: Scope, words: &'static str| {
        let pressed = move || (scope.get() == each).to_string();
        view! { <button type="button" class="chip" aria-pressed=pressed on:click=move |_| scope.set(each)>{words}</button> }
    };
    let may_see_all = Memo::new(move |_| desk.role() >= Role::Manager);
    view! {
        <header class="page-head">
            <h1>{lang.today()}</h1>
            <span class="day">{move || browser::day(lang, day.get())}</span>
            <Show when=move || may_see_all.get()>
                <div class="kinds" role="group" aria-label=lang.whose_day()>
                    {chip(Scope::Mine, lang.mine())}
                    {chip(Scope::Everybody, lang.everybodys())}
                </div>
            </Show>
            <button type="button" class="primary fab" data-testid="log" aria-label=lang.log_activity()
                on:click=move |_| desk.form.set(Some(Form::Log))>
                <span aria-hidden="true">"＋"</span><span class="words">{lang.log_activity()}</span>
            </button>
        </header>
    }
}

fn nothing(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    view! {
        <div class="empty" role="status">
            <h2>{lang.nothing_waits()}</h2>
            <p>{lang.nothing_waits_hint()}</p>
            <a class="button" href="#/board">{lang.to_board()}</a>
        </div>
    }
}

fn part(desk: Desk, all: Memo<Agenda>, section: Section) -> impl IntoView {
    let rows = Memo::new(move |_| all.with(|all| all.rows(section)));
    let count = Memo::new(move |_| rows.with(|rows| rows.len()));
    let name = desk.lang.section(section);
    view! {
        <Show when=move || { count.get() > 0 }>
            <section class="agenda" aria-label=name data-section=format!("{section:?}").to_lowercase()>
                <h2>{name}<span class="count" data-testid="count">{move || count.get()}</span></h2>
                {portion(rows, move |left| desk.lang.show_more(left), row::key, move |each| row::row(desk, &each))}
            </section>
        </Show>
    }
}
