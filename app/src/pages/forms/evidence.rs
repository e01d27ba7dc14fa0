//! A proof from the customer: who, when, and in which words.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::gather::Arrange as _;
use shared::id::{CriterionId, DealId, DocumentId, EvidenceId};
use shared::mail::Mail;
use shared::model::{Contact, EvidenceKind, FileRef};
use shared::pipeline::Rule;
use shared::refusal::{Refusal, Wording};
use shared::rules::limit;
use shared::text::Lang;

use super::Ways;
use super::attach::{Attached, attachments};
use super::input::{choice, line, lines, read_day};
use crate::engine::clock;
use crate::pages::desk::Desk;

pub(super) fn evidence_form(desk: Desk, deal: DealId, criterion: CriterionId) -> impl IntoView {
    let lang = desk.lang;
    super::sheet(desk, lang.add_evidence().to_owned(), move || {
        let [from, quote] = std::array::from_fn(|_| RwSignal::new(String::new()));
        let kind = RwSignal::new(asked(desk, deal, criterion).map(|kind| format!("{kind:?}")).unwrap_or_default());
        let day = RwSignal::new(clock::today().to_string());
        let on_mail = Callback::new(move |mail: Mail| fill(&mail, from, day, quote));
        let attached = Attached::new(desk, on_mail);
        let chosen = Signal::derive(move || read_kind(&kind.get()));
        let fields = view! {
            {name_of(desk, deal, criterion).map(|name| view! { <p class="about">{name}</p> })}
            {choice(lang.evidence_kind(), "kind", kinds(lang), kind)}
            {person(desk, deal, from)}
            {line(lang.evidence_day(), "day", "date", day)}
            {lines(lang.evidence_quote(), "quote", quote)}
            {attachments(attached, chosen)}
        };
        let build = move || {
            let day = read_day(&day.get_untracked()).ok_or_else(|| lang.blank(lang.evidence_day()))?;
            let evidence = clock::fresh(EvidenceId::from_bytes);
            let (from, files, kind) = (from.get_untracked(), attached.files.get_untracked(), chosen.get_untracked());
            shown(lang, kind, &files)?;
            let quote = shown_by(&quote.get_untracked(), &files);
            Ok(vec![Command::RecordEvidence { deal, evidence, criterion, kind, from, day, quote, files }])
        };
        let ways = Ways { kept: sent(desk, deal, attached), ..Ways::to(desk, lang.save(), super::leave(desk)) };
        super::asking_ways(desk, ways, fields, build)
    })
}

/// Once the proof is saved, its files go on their way.
fn sent(desk: Desk, deal: DealId, attached: Attached) -> Callback<()> {
    Callback::new(move |()| {
        let (dispatch, files) = (desk.dispatch(), attached.files.get_untracked());
        spawn_local(async move { dispatch.send_files(DocumentId::Deal(deal), &files).await });
        desk.form.set(None);
    })
}

/// Puts what a mail says where the person has not written anything yet.
fn fill(mail: &Mail, from: RwSignal<String>, day: RwSignal<String>, quote: RwSignal<String>) {
    let put = |at: RwSignal<String>, text: &str| {
        if at.with_untracked(|written| written.trim().is_empty()) {
            at.set(text.to_owned());
        }
    };
    put(from, &mail.from);
    let words = if mail.text.is_empty() { &mail.subject } else { &mail.text };
    put(quote, &words.chars().take(limit(Wording::Quote)).collect::<String>());
    let is_untouched = day.with_untracked(|day| *day == clock::today().to_string());
    if let Some(date) = mail.date.filter(|_| is_untouched) {
        day.set(clock::day_at(date).to_string());
    }
}

/// A file is asked for before the door asks for it, while the customer who has it is still there.
fn shown(lang: Lang, kind: EvidenceKind, files: &[FileRef]) -> Result<(), String> {
    match kind.is_shown_by(files) {
        true => Ok(()),
        false => Err(lang.refusal(&Refusal::Unshown(kind))),
    }
}

/// A document or picture shows what it shows; without words, its name says what that is.
fn shown_by(quote: &str, files: &[FileRef]) -> String {
    match (quote.trim().is_empty(), files.first()) {
        (true, Some(file)) => file.name.clone(),
        (_, _) => quote.to_owned(),
    }
}

/// Who gave it, with the customer's people offered, those who decide first.
fn person(desk: Desk, deal: DealId, from: RwSignal<String>) -> impl IntoView {
    let card = desk.mirror().deal(deal).get_untracked();
    let company = card.and_then(|card| card.company);
    let mut people: Vec<Contact> = desk.mirror().look(|world| {
        let company = company.and_then(|company| world.company(world.standing_for(company)));
        company.map(|company| company.contacts.clone()).unwrap_or_default()
    });
    people.arrange_by_key(|contact| contact.role);
    let offered = people.into_iter().map(|contact| view! { <option value=contact.name></option> }).collect_view();
    view! {
        <label class="field">
            <span>{desk.lang.evidence_from()}</span>
            <input type="text" name="from" list="people" autocomplete="off" prop:value=move || from.get()
                on:input=move |event| from.set(event_target_value(&event))/>
            <datalist id="people">{offered}</datalist>
        </label>
    }
}

fn kinds(lang: Lang) -> Vec<(String, String)> {
    EvidenceKind::ALL.map(|kind| (format!("{kind:?}"), lang.evidence(kind).to_owned())).to_vec()
}

fn read_kind(name: &str) -> EvidenceKind {
    EvidenceKind::ALL.into_iter().find(|kind| format!("{kind:?}") == name).unwrap_or(EvidenceKind::WrittenConfirmation)
}

/// The kind the criterion asks for.
fn asked(desk: Desk, deal: DealId, criterion: CriterionId) -> Option<EvidenceKind> {
    let card = desk.mirror().deal(deal).get_untracked()?;
    let pipeline = untrack(|| desk.pipeline(card.pipeline))?;
    match pipeline.criterion(criterion)?.1.rule {
        Rule::Evidence(kind) => Some(kind),
        Rule::Fields(_) | Rule::KeyActivity(_) | Rule::Approval(_) => None,
    }
}

/// What a criterion says.
pub(super) fn name_of(desk: Desk, deal: DealId, criterion: CriterionId) -> Option<String> {
    let card = desk.mirror().deal(deal).get_untracked()?;
    let pipeline = untrack(|| desk.pipeline(card.pipeline))?;
    let (_, found) = pipeline.criterion(criterion)?;
    Some(found.name.get(desk.lang).to_owned())
}
