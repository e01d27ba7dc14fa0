//! What can be chosen in the search: records, screens, and things to do.

use shared::id::{DealId, StageId};
use shared::search::{Group, Hit, Index, Marked, Query, Target};
use shared::text::Lang;
use shared::view::Shown;
use shared::workspace::Workspace;

use crate::engine::browser;
use crate::pages::navigation::screens;

/// The most records of a kind that are shown.
const MOST: usize = 7;

/// What choosing does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Act {
    /// Goes to an address.
    Go(String),
    /// Opens the form of a new deal.
    NewDeal(StageId),
}

/// One thing to choose.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub(super) act: Act,
    pub(super) title: Marked,
    pub(super) more: Vec<Marked>,
}

/// Choices under one head.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heap {
    pub(super) name: String,
    pub(super) choices: Vec<Choice>,
    /// How many more there are than are shown.
    pub(super) left: usize,
}

/// What is offered before anything is typed.
pub(super) fn offered(lang: Lang, world: &Workspace, recent: &[String]) -> Vec<Heap> {
    let recent = recent.iter().filter_map(|address| opened(lang, world, address)).collect();
    let heaps = [heap(lang.recent(), recent), heap(lang.things_to_do(), things(lang, world))];
    heaps.into_iter().filter(|heap| !heap.choices.is_empty()).collect()
}

/// What a query finds.
pub(super) fn found(lang: Lang, world: &Workspace, index: &Index, text: &str) -> Vec<Heap> {
    let groups = index.search(&Query::new(text), MOST);
    let mut heaps: Vec<Heap> = groups.into_iter().map(|group| of_group(lang, world, group)).collect();
    let wanted = text.trim().to_lowercase();
    let fits = |choice: &Choice| !wanted.is_empty() && choice.title.text.to_lowercase().contains(&wanted);
    let things: Vec<Choice> = things(lang, world).into_iter().filter(fits).collect();
    heaps.extend((!things.is_empty()).then(|| heap(lang.things_to_do(), things)));
    heaps
}

fn of_group(lang: Lang, world: &Workspace, group: Group) -> Heap {
    let left = group.count - group.hits.len();
    let choices = group.hits.into_iter().map(|hit| of_hit(lang, world, hit)).collect();
    Heap { name: lang.found_kind(group.kind).to_owned(), choices, left }
}

fn of_hit(lang: Lang, world: &Workspace, hit: Hit) -> Choice {
    let more = match hit.target {
        Target::Deal(deal) if hit.found.is_empty() => vec![plain(facts(lang, world, deal))],
        _ => hit.found,
    };
    Choice { act: Act::Go(address(hit.target)), title: hit.title, more }
}

fn address(target: Target) -> String {
    let board = |shown: Shown| format!("/board?{}", shown.query());
    match target {
        Target::Deal(deal) => format!("/deal/{deal}"),
        Target::Company(company) => format!("/company/{company}"),
        Target::Lead(_) => "/leads".to_owned(),
        Target::Pipeline(pipeline) | Target::Stage(pipeline, _) => {
            board(Shown { pipeline: Some(pipeline), ..Shown::default() })
        }
        Target::View(view) => board(Shown { view: Some(view), ..Shown::default() }),
    }
}

/// What a deal is beside its title: customer, stage, worth.
pub(super) fn facts(lang: Lang, world: &Workspace, deal: DealId) -> String {
    let Some(card) = world.deal(deal) else { return String::new() };
    let company = card.company.and_then(|company| world.company(world.standing_for(company)));
    let pipeline = world.pipelines.get(&card.pipeline);
    let stage = pipeline.and_then(|pipeline| pipeline.stage(card.stage));
    let parts = [
        company.map(|company| company.name.clone()),
        stage.map(|stage| stage.name.get(lang).to_owned()),
        card.amount.map(|amount| browser::money(lang, amount)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn opened(lang: Lang, world: &Workspace, address: &str) -> Option<Choice> {
    let (title, more) = match address.trim_matches('/').split_once('/')? {
        ("deal", id) => {
            let id = id.parse().ok()?;
            (world.deal(id)?.title.clone(), vec![plain(facts(lang, world, id))])
        }
        ("company", id) => (world.company(id.parse().ok()?)?.name.clone(), Vec::new()),
        _ => return None,
    };
    Some(Choice { act: Act::Go(address.to_owned()), title: plain(title), more })
}

fn things(lang: Lang, world: &Workspace) -> Vec<Choice> {
    let choice = |act, title: String| Choice { act, title: plain(title), more: Vec::new() };
    let first =
        world.pipelines.values().find(|pipeline| !pipeline.archived).and_then(|pipeline| pipeline.stages.first());
    let fresh = first.map(|stage| choice(Act::NewDeal(stage.id), lang.new_deal().to_owned()));
    let screens = screens().map(|(to, name)| choice(Act::Go(to.to_owned()), lang.go_to(name(lang))));
    fresh.into_iter().chain(screens).collect()
}

pub(super) fn heap(name: &str, choices: Vec<Choice>) -> Heap {
    Heap { name: name.to_owned(), choices, left: 0 }
}

pub(super) fn plain(text: String) -> Marked {
    Marked { text, marks: Vec::new() }
}
