//! The gate of a stage as a thin bar: one segment for each criterion.

use leptos::prelude::*;
use shared::gate::{Progress, progress};
use shared::model::DealCard;
use shared::pipeline::{Criterion, Stage, Weight};

/// The look of one criterion on a deal.
pub fn look(card: &DealCard, criterion: &Criterion) -> &'static str {
    match (progress(card, criterion), criterion.weight) {
        (Progress::Met, _) => "met",
        (Progress::Withdrawn, _) => "withdrawn",
        (Progress::Open, Weight::Advised) => "advised",
        (Progress::Open, Weight::Required) => "open",
    }
}

/// How many criteria of a stage are met, and how many there are.
pub fn tally(card: &DealCard, stage: &Stage) -> (usize, usize) {
    let met = stage.criteria.iter().filter(|criterion| progress(card, criterion) == Progress::Met).count();
    (met, stage.criteria.len())
}

/// The bar. It is drawn anew with its card; the words stand in `label`.
pub fn gate_bar(card: &DealCard, stage: &Stage, label: String) -> impl IntoView + use<> {
    let looks: Vec<_> = stage.criteria.iter().map(|criterion| look(card, criterion)).collect();
    view! {
        <div class="gate-bar" role="img" aria-label=label>
            {looks.into_iter().map(|look| view! { <i class=look></i> }).collect_view()}
        </div>
    }
}
