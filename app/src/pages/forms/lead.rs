//! Leads: written down, turned into deals, dismissed.

use leptos::prelude::*;
use shared::command::Command;
use shared::conversion::{Conversion, convert};
use shared::id::{LeadId, PipelineId};
use shared::model::{LeadCard, LeadText};

use super::Ways;
use super::input::{choice, company, first_lines, line, lines, members};
use crate::engine::{browser, clock};
use crate::pages::desk::Desk;

/// An input for what is known of a lead.
pub fn lead_input(desk: Desk, what: LeadText, value: RwSignal<String>) -> AnyView {
    let label = desk.lang.lead_text(what);
    match what {
        LeadText::Company => line(label, "company", "text", value).into_any(),
        LeadText::Person => line(label, "person", "text", value).into_any(),
        LeadText::Phone => line(label, "phone", "tel", value).into_any(),
        LeadText::Email => line(label, "email", "email", value).into_any(),
        LeadText::Channel => line(label, "channel", "text", value).into_any(),
        LeadText::Need => lines(label, "need", value).into_any(),
    }
}

pub(super) fn lead_form(desk: Desk) -> impl IntoView {
    super::sheet(desk, desk.lang.add_lead().to_owned(), move || {
        let texts = LeadText::ALL.map(|what| (what, RwSignal::new(String::new())));
        let fields = texts.map(|(what, value)| lead_input(desk, what, value)).into_iter().collect_view();
        let build = move || {
            let texts = texts.map(|(what, value)| (what, value.get_untracked().trim().to_owned()));
            let texts = texts.into_iter().filter(|(_, text)| !text.is_empty()).collect();
            let lead = clock::fresh(LeadId::from_bytes);
            Ok(vec![Command::AddLead { lead, owner: untrack(|| desk.me()), texts }])
        };
        super::asking(desk, desk.lang.save(), fields, super::leave(desk), build)
    })
}

pub(super) fn convert_form(desk: Desk, lead: LeadId) -> impl IntoView {
    let card = found(desk, lead)?;
    let lang = desk.lang;
    Some(super::sheet(desk, lang.convert().to_owned(), move || {
        let owner = card.owner.or_else(|| untrack(|| desk.me()));
        let [title, customer] = std::array::from_fn(|_| RwSignal::new(card.title().to_owned()));
        let owner = RwSignal::new(owner.map(|owner| owner.to_string()).unwrap_or_default());
        let pipelines = pipelines(desk);
        let pipeline = RwSignal::new(pipelines.first().map(|(id, _)| id.clone()).unwrap_or_default());
        let several = (pipelines.len() > 1).then(|| choice(lang.pipeline(), "pipeline", pipelines, pipeline));
        let fields = view! {
            {line(lang.title(), "title", "text", title)}
            {company(desk, lang.lead_text(LeadText::Company), customer)}
            {several}
            {choice(lang.field(shared::model::Field::Owner), "owner", members(desk), owner)}
        };
        let (deal, name) = (card.deal(), card.title().to_owned());
        let kept = Callback::new(move |()| {
            desk.form.set(None);
            browser::go(&format!("/deal/{deal}"));
        });
        let told = Some(lang.converted(&name).into());
        let ways = Ways { kept, told, ..Ways::to(desk, lang.convert(), super::leave(desk)) };
        super::asking_ways(desk, ways, fields, move || {
            let (title, company) = (title.get_untracked(), customer.get_untracked());
            let owner = owner.get_untracked().parse().ok();
            let pipeline = pipeline.get_untracked().parse().map_err(|_| lang.gone().to_owned())?;
            desk.mirror().look(|world| {
                let stages = world.pipelines.get(&pipeline).map(|found| found.stages.as_slice()).unwrap_or_default();
                let stage = stages.first().map(|stage| stage.id).ok_or_else(|| lang.gone().to_owned())?;
                Ok(convert(world, &card, &Conversion { title, company, owner, pipeline, stage }, clock::now()))
            })
        })
    }))
}

pub(super) fn dismiss_form(desk: Desk, lead: LeadId) -> impl IntoView {
    let name = found(desk, lead)?.title().to_owned();
    Some(super::sheet(desk, name.clone(), move || {
        let reason = RwSignal::new(String::new());
        let told = Some(desk.lang.dismissed(&name).into());
        let ways = Ways { told, ..Ways::to(desk, desk.lang.dismiss(), super::leave(desk)) };
        let build = move || Ok(vec![Command::DismissLead { lead, reason: reason.get_untracked() }]);
        super::asking_ways(desk, ways, first_lines(desk.lang.dismiss_reason(), "reason", reason), build)
    }))
}

fn found(desk: Desk, lead: LeadId) -> Option<LeadCard> {
    desk.mirror().look(|world| world.leads.get(&lead).map(|card| card.as_ref().clone()))
}

/// The pipelines that new deals may be opened in.
fn pipelines(desk: Desk) -> Vec<(String, String)> {
    let pipelines = desk.mirror().pipelines.get_untracked();
    let open = pipelines.values().filter(|pipeline| !pipeline.archived);
    let named = |id: PipelineId, name: &str| (id.to_string(), name.to_owned());
    open.map(|pipeline| named(pipeline.id, pipeline.name.get(desk.lang))).collect()
}
