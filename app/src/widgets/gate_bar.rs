//! The gate of a stage as a thin bar: one segment for each criterion.

use leptos::prelude::*;
use shared::gate::{Progress, progress};
use shared::model::DealCard;
use shared::pipeline::{Criterion, Stage, Weight};
use shared::workspace::Customers;

/// What a criterion that is met looks like.
const MET: &str = "met";

/// The look of one criterion on a deal.
pub fn look(customers: &Customers<'_>, card: &DealCard, criterion: &Criterion) -> &'static str {
    match (progress(customers, card, criterion), criterion.weight) {
        (Progress::Met, _) => MET,
        (Progress::Withdrawn, _) => "withdrawn",
        (Progress::Open, Weight::Advised) => "advised",
        (Progress::Open, Weight::Required) => "open",
    }
}

/// The looks of all criteria of a stage.
pub fn looks(customers: &Customers<'_>, card: &DealCard, stage: &Stage) -> Vec<&'static str> {
    stage.criteria.iter().map(|criterion| look(customers, card, criterion)).collect()
}

/// How many criteria of a stage are met, and how many there are.
pub fn tally(looks: &[&str]) -> (usize, usize) {
    (looks.iter().filter(|look| **look == MET).count(), looks.len())
}

/// The bar. It is drawn anew with its card; the words stand in `label`.
pub fn gate_bar(looks: Vec<&'static str>, label: String) -> impl IntoView {
    view! {
        <div class="gate-bar" role="img" aria-label=label>
            {looks.into_iter().map(|look| view! { <i class=look></i> }).collect_view()}
        </div>
    }
}
