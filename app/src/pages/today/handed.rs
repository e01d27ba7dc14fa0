//! Deals that changed hands: which came, and which are somebody else's now. They stay until the person has seen it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::engine::{Hand, News, browser};
use crate::pages::desk::Desk;

/// The list; nothing while there is none.
pub fn handed(desk: Desk) -> impl IntoView {
    let (news, turn) = (RwSignal::new(Vec::<News>::new()), desk.mirror().turn);
    Effect::new(move |_| {
        turn.track();
        spawn_local(async move { drop(news.try_set(desk.dispatch().news().await)) });
    });
    let is_any = Memo::new(move |_| news.with(|news| !news.is_empty()));
    let rows = move || news.get().into_iter().map(|each| row(desk, each)).collect_view();
    let name = desk.lang.handed();
    view! {
        <Show when=move || is_any.get()>
            <section class="agenda" aria-label=name data-section="handed"><h2>{name}</h2><ul>{rows}</ul></section>
        </Show>
    }
}

fn row(desk: Desk, news: News) -> impl IntoView {
    let (lang, title) = (desk.lang, news.title.clone());
    let words = match news.hand {
        Hand::To(to) => lang.handed_to(&desk.member(to)),
        Hand::From(by) => lang.handed_by(&by.map_or_else(|| lang.somebody().to_owned(), |by| desk.member(Some(by)))),
    };
    let about = match news.hand {
        Hand::To(_) => view! { <b class="about">{title}</b> }.into_any(),
        Hand::From(_) => view! { <a class="about" href=format!("#/deal/{}", news.deal)><b>{title}</b></a> }.into_any(),
    };
    let (at, label) = (browser::moment(lang, news.at), desk.about(lang.seen(), &news.title));
    let seen = move |_| {
        let news = news.clone();
        spawn_local(async move { desk.dispatch().put_away(&news).await });
    };
    view! {
        <li class="line">
            {about}
            <p>{words}</p>
            <time class="when">{at}</time>
            <span class="decisions">
                <button type="button" class="button" aria-label=label on:click=seen>{lang.seen()}</button>
            </span>
        </li>
    }
}
