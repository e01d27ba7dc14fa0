//! A new deal.

use leptos::prelude::*;
use shared::command::{Command, NewDeal};
use shared::id::{DealId, StageId};
use shared::model::{Field, Outcome};

use super::input::{amount, company, line, named_company, read_amount, read_day, usual_currency};
use crate::engine::clock;
use crate::pages::desk::Desk;

pub(super) fn fresh_form(desk: Desk, stage: StageId) -> impl IntoView {
    super::sheet(desk, desk.lang.new_deal().to_owned(), move || {
        let lang = desk.lang;
        let [title, customer, number, close] = std::array::from_fn(|_| RwSignal::new(String::new()));
        let currency = RwSignal::new(usual_currency(lang));
        let fields = view! {
            {line(lang.title(), "title", "text", title)}
            {company(desk, lang.field(Field::Company), customer)}
            {amount(lang, lang.field(Field::Amount), number, currency)}
            {line(lang.field(Field::Close), "close", "date", close)}
        };
        let build = move || {
            let (company, add) = named_company(desk, &customer.get_untracked());
            let pipelines = desk.mirror().pipelines.get_untracked();
            let pipeline = pipelines.values().find(|pipeline| pipeline.index(stage).is_some());
            let fresh = NewDeal {
                deal: clock::fresh(DealId::from_bytes),
                title: title.get_untracked().trim().to_owned(),
                company,
                owner: untrack(|| desk.me()),
                amount: read_amount(lang, &number.get_untracked(), &currency.get_untracked())?,
                close: read_day(&close.get_untracked()),
                pipeline: pipeline.map(|pipeline| pipeline.id).ok_or_else(|| lang.gone().to_owned())?,
                stage,
                created: clock::now(),
                outcome: Outcome::Open,
                source: None,
            };
            Ok(add.into_iter().chain([Command::OpenDeal(fresh)]).collect())
        };
        super::asking(desk, lang.save(), fields, super::leave(desk), build)
    })
}
