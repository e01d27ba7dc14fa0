//! Reaching the customer: links that dial, begin a mail and open a map.

use std::sync::Arc;

use leptos::prelude::*;
use shared::model::{CompanyCard, CompanyText, Contact, ContactRole, DealCard};
use shared::reach::{mailto, tel};

use super::desk::Desk;
use crate::engine::browser;

/// The customer of a deal, or the company that stands for it; tracked.
pub(super) fn customer(desk: Desk, card: &DealCard) -> Option<Arc<CompanyCard>> {
    let mirror = desk.mirror();
    mirror.companies().track();
    let id = card.company?;
    mirror.look(|world| world.company(world.standing_for(id)).cloned())
}

/// The one link that a row of a list has room for: it dials who decides, else somebody, else the company.
pub(super) fn dial(desk: Desk, company: &CompanyCard) -> Option<impl IntoView + use<>> {
    let of = |contact: &Contact| Some((tel(&contact.phone)?, contact.name.clone()));
    let person = company.people().into_iter().find_map(of);
    let (to, name) = person.or_else(|| Some((tel(company.text(CompanyText::Phone))?, company.name.clone())))?;
    Some(view! { <a class="chip reach" href=to aria-label=desk.lang.call_who(&name)>{desk.lang.call()}</a> })
}

/// Everybody at the customer with the part they have in the decision, and the company itself.
pub(super) fn people(desk: Desk, company: &CompanyCard) -> impl IntoView + use<> {
    let lang = desk.lang;
    let person = |contact: &Contact| {
        let role = (contact.role != ContactRole::Other).then(|| lang.contact_role(contact.role));
        let look = if contact.role == ContactRole::DecisionMaker { "chip good" } else { "chip" };
        let role = role.map(|role| view! { <span class=look>{role}</span> });
        view! { <li><b>{contact.name.clone()}</b>{role}{links(desk, &contact.name, &contact.phone, &contact.email)}</li> }
    };
    let rows = company.people().into_iter().map(person).collect_view();
    let phone = company.text(CompanyText::Phone);
    let map = browser::maps().link(company.text(CompanyText::Address)).map(|to| {
        view! { <a class="chip reach" href=to target="_blank" rel="noreferrer">{lang.on_map()}</a> }
    });
    let own = (tel(phone).is_some() || map.is_some()).then(|| {
        view! { <li><b>{company.name.clone()}</b>{links(desk, &company.name, phone, "")}{map}</li> }
    });
    let is_known = own.is_some() || !company.people().is_empty();
    is_known.then(|| view! { <ul class="reachable" aria-label=lang.customer_people()>{rows}{own}</ul> })
}

/// The links of a number and an address, where they are ones.
pub(super) fn links(desk: Desk, name: &str, phone: &str, email: &str) -> impl IntoView + use<> {
    let phone = tel(phone).map(|to| (to, phone.to_owned(), desk.lang.call_who(name)));
    let email = mailto(email).map(|to| (to, email.to_owned(), desk.lang.mail_who(name)));
    // What is read aloud holds what is written, so that a person who says what they see is understood.
    let link = |(to, words, who): (String, String, String)| {
        let label = format!("{who} {words}");
        view! { <a class="chip reach" href=to aria-label=label>{words}</a> }
    };
    phone.into_iter().chain(email).map(link).collect_view()
}
