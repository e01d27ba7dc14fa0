//! Who the customer is: each text turns into its form when it is tapped, and leads where it points.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::CompanyId;
use shared::model::{CompanyCard, CompanyText, RecordRef};
use shared::reach;

use crate::engine::browser;
use crate::pages::desk::Desk;
use crate::pages::forms::{Form, company_text_form, custom_fields};

/// The name, or one of the texts.
type What = Option<CompanyText>;

/// The head stays while its values change, so that a text that is being edited keeps its draft.
pub(super) fn head(desk: Desk, id: CompanyId) -> impl IntoView {
    let card = Memo::new(move |_| desk.standing(Some(id)));
    let editing = RwSignal::new(None::<What>);
    let facts = CompanyText::ALL.map(|what| {
        let row = text(desk, id, Some(what), card, editing);
        let link = move || card.get().and_then(|card| link(desk, &card, what));
        view! { <div><dt>{desk.lang.company_text(what)}</dt><dd class="linked">{row}{link}</dd></div> }
    });
    let custom = Signal::derive(move || card.get().map(|card| card.custom.clone()).unwrap_or_default());
    view! {
        <header>
            <h1>{text(desk, id, None, card, editing)}</h1>
            <dl class="facts" aria-label=desk.lang.fields()>{facts.into_iter().collect_view()}</dl>
            {custom_fields(desk, RecordRef::Company(id), custom)}
            <div class="kinds">
                <button type="button" class="link" on:click=move |_| desk.form.set(Some(Form::OtherCompany { company: id }))>
                    {desk.lang.same_as()}
                </button>
                <button type="button" class="link discard" data-testid="discard"
                    on:click=move |_| desk.form.set(Some(Form::DiscardCompany { company: id }))>{desk.lang.delete_company()}</button>
            </div>
        </header>
    }
}

fn text(
    desk: Desk,
    id: CompanyId,
    what: What,
    card: Memo<Option<Arc<CompanyCard>>>,
    editing: RwSignal<Option<What>>,
) -> impl IntoView {
    let lang = desk.lang;
    let is_edited = Memo::new(move |_| editing.get() == Some(what));
    let label = what.map_or(lang.company_name(), |what| lang.company_text(what));
    let text = Memo::new(move |_| {
        card.with(|card| card.as_ref().map(|card| what.map_or(card.name.as_str(), |what| card.text(what)).to_owned()))
    });
    let is_blank = Memo::new(move |_| text.with(|text| text.as_ref().is_some_and(String::is_empty)));
    let value = move || if is_blank.get() { Some(lang.empty_value().to_owned()) } else { text.get() };
    let done = Callback::new(move |()| editing.set(None));
    let edit = lang.edit_field(label);
    move || match is_edited.get() {
        true => company_text_form(desk, id, what, done).into_any(),
        false => {
            let named = edit.clone();
            view! {
                <button type="button" class="value" class:blank=move || is_blank.get() on:click=move |_| editing.set(Some(what))>
                    <span class="said">{named}" "</span>{value}
                </button>
            }
            .into_any()
        }
    }
}

/// Where a text leads.
fn link(desk: Desk, card: &CompanyCard, what: CompanyText) -> Option<impl IntoView + use<>> {
    let (lang, text) = (desk.lang, card.text(what));
    let (to, words, sign) = match what {
        CompanyText::Website => (reach::web(text)?, lang.visit_site().to_owned(), "↗"),
        CompanyText::Phone => (reach::tel(text)?, lang.call_to(&card.name), "✆"),
        CompanyText::Address => (browser::maps().link(text)?, lang.show_on_map().to_owned(), "◎"),
        CompanyText::Note => return None,
    };
    Some(go(to, words, sign))
}

/// A link out of the app.
pub(super) fn go(to: String, words: String, sign: &'static str) -> impl IntoView {
    view! { <a class="go" href=to target="_blank" rel="noopener noreferrer" aria-label=words.clone() title=words>{sign}</a> }
}
