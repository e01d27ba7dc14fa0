//! A proof from the customer: who, when, and in which words.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{CriterionId, DealId, EvidenceId};
use shared::model::EvidenceKind;
use shared::pipeline::Rule;
use shared::text::Lang;

use super::input::{choice, line, lines, read_day};
use crate::engine::clock;
use crate::pages::desk::Desk;

pub(super) fn evidence_form(desk: Desk, deal: DealId, criterion: CriterionId) -> impl IntoView {
    let lang = desk.lang;
    super::sheet(desk, lang.add_evidence().to_owned(), move || {
        let [from, quote] = std::array::from_fn(|_| RwSignal::new(String::new()));
        let kind = RwSignal::new(asked(desk, deal, criterion).map(|kind| format!("{kind:?}")).unwrap_or_default());
        let day = RwSignal::new(clock::today().to_string());
        let fields = view! {
            {name_of(desk, deal, criterion).map(|name| view! { <p class="about">{name}</p> })}
            {choice(lang.evidence_kind(), "kind", kinds(lang), kind)}
            {line(lang.evidence_from(), "from", "text", from)}
            {line(lang.evidence_day(), "day", "date", day)}
            {lines(lang.evidence_quote(), "quote", quote)}
        };
        let build = move || {
            let day = read_day(&day.get_untracked()).ok_or_else(|| lang.blank(lang.evidence_day()))?;
            let evidence = clock::fresh(EvidenceId::from_bytes);
            let (from, quote) = (from.get_untracked(), quote.get_untracked());
            Ok(vec![Command::RecordEvidence {
                deal,
                evidence,
                criterion,
                kind: read_kind(&kind.get_untracked()),
                from,
                day,
                quote,
                files: Vec::new(),
            }])
        };
        super::asking(desk, lang.save(), fields, super::leave(desk), build)
    })
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
