//! What the board shows: all deals of now straight from the mirror, or those of a view or of a past day, laid out
//! once for each change and never for each card.

use std::sync::Arc;

use leptos::prelude::*;
use shared::gather::Gather;
use shared::id::{DealId, PipelineId, ViewId};
use shared::model::{Category, DealCard};
use shared::money::Sums;
use shared::pipeline::Pipeline;
use shared::review::{Board, Slot};
use shared::sorted::SortedMap;
use shared::view::{Filter, Lane, Shown, Sight, View, arrange, past};

use crate::engine::{browser, clock};
use crate::mirror::ColumnView;
use crate::pages::desk::Desk;

/// The deals as they were, on a board of the past.
type Then = Option<Arc<SortedMap<DealId, Arc<DealCard>>>>;

/// One lane with its columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LaneView {
    pub(super) lane: Lane,
    pub(super) count: usize,
    pub(super) sum: Sums,
    columns: SortedMap<Slot, Arc<ColumnView>>,
}

/// A board that is not all deals of now.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Laid {
    pub(super) lanes: Vec<LaneView>,
    /// The columns of all lanes together.
    whole: SortedMap<Slot, Arc<ColumnView>>,
}

/// Where the board's deals come from.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Scene {
    pub(super) desk: Desk,
    pub(super) pipeline: PipelineId,
    pub(super) shown: Memo<Shown>,
    then: Memo<Then>,
    laid: Memo<Option<Arc<Laid>>>,
}

/// What the address says is shown, with the filter and lanes of the saved view it names.
pub(super) fn shown(desk: Desk) -> Memo<Shown> {
    let address = RwSignal::new(browser::hash());
    let heard = window_event_listener(leptos::ev::hashchange, move |_| {
        let hash = browser::hash();
        // On the way to another screen the board stays as it was.
        if hash.trim_matches('/').is_empty() || hash.starts_with("/board") {
            address.set(hash);
        }
    });
    on_cleanup(move || heard.remove());
    let views = desk.mirror().views;
    Memo::new(move |_| {
        let said = address.with(|address| Shown::read(address.split_once('?').map_or("", |(_, query)| query)));
        let view = said.view.and_then(|id| views.with(|views| views.get(&id).cloned()));
        match view {
            Some(View { pipeline, filter, lanes, .. }) => {
                Shown { pipeline: pipeline.or(said.pipeline), filter, lanes, ..said }
            }
            None => said,
        }
    })
}

/// Shows something else, in place of what is shown.
pub(super) fn show(shown: &Shown) {
    let query = match shown.view {
        // A saved view is named, so that its address shows what it says tomorrow.
        Some(view) => Shown { view: Some(view), day: shown.day, ..Shown::default() }.query(),
        None => shown.query(),
    };
    browser::replace(&if query.is_empty() { "/board".to_owned() } else { format!("/board?{query}") });
}

impl Scene {
    pub(super) fn new(desk: Desk, shown: Memo<Shown>, pipeline: Arc<Pipeline>) -> Self {
        let id = pipeline.id;
        let day = Memo::new(move |_| shown.with(|shown| shown.day).filter(|day| *day < clock::today()));
        let turn = desk.mirror().turn;
        let tracked = turn.clone();
        let then: Memo<Then> = Memo::new(move |_| {
            let at = clock::end_of(day.get()?);
            tracked.track();
            Some(Arc::new(desk.mirror().look(|world| past(world, at))))
        });
        let laid = Memo::new(move |_| {
            let (shown, then) = (shown.get(), then.get());
            if shown.is_plain() && then.is_none() {
                return None;
            }
            turn.track();
            Some(Arc::new(lay(desk, &pipeline, &shown, &then)))
        });
        Self { desk, pipeline: id, shown, then, laid }
    }

    /// Whether the board is one of the past, which can only be looked at; tracked.
    pub(super) fn is_past(self) -> bool {
        self.then.with(Option::is_some)
    }

    /// A deal as it is on this board.
    pub(super) fn deal(self, id: DealId) -> Signal<Option<Arc<DealCard>>> {
        let now = self.desk.mirror().deal(id);
        Signal::derive(move || match self.then.get() {
            Some(then) => then.get(&id).cloned(),
            None => now.get(),
        })
    }

    /// One column of a lane.
    pub(super) fn column(self, lane: Lane, slot: Slot) -> Signal<Arc<ColumnView>> {
        let all = self.desk.mirror().column(slot);
        let laid = Memo::new(move |_| {
            self.laid.with(|laid| laid.as_ref().map(|laid| laid.column(lane, slot).unwrap_or_default()))
        });
        Signal::derive(move || laid.get().unwrap_or_else(|| all.get()))
    }

    /// A column of all lanes together.
    pub(super) fn whole(self, slot: Slot) -> Signal<Arc<ColumnView>> {
        self.column(Lane::All, slot)
    }

    /// The lanes that are shown; tracked.
    pub(super) fn laid(self) -> Option<Arc<Laid>> {
        self.laid.get()
    }

    /// The lane a deal lies in; not tracked.
    pub(super) fn lane_of(self, card: &DealCard, pipeline: &Pipeline) -> Lane {
        let lanes = self.shown.with_untracked(|shown| shown.lanes);
        self.desk.mirror().look(|world| lanes.of(card, pipeline, &sight(world)))
    }

    /// What a lane is called; tracked.
    pub(super) fn lane_name(self, lane: Lane) -> String {
        match lane {
            Lane::All => String::new(),
            Lane::Owner(owner) => self.desk.member(owner),
            Lane::Company(company) => self.desk.company(company),
            Lane::Category(category) => self.desk.lang.category(category).to_owned(),
        }
    }

    /// The lane above or below one; not tracked.
    pub(super) fn lane_beside(self, lane: Lane, by: isize) -> Option<Lane> {
        let laid = self.laid.get_untracked()?;
        let at = laid.lanes.iter().position(|view| view.lane == lane)?;
        laid.lanes.get(at.checked_add_signed(by)?).map(|view| view.lane)
    }

    /// The lane of a name in an attribute; not tracked.
    pub(super) fn lane_by_key(self, wanted: &str) -> Option<Lane> {
        let find = |laid: &Laid| laid.lanes.iter().map(|view| view.lane).find(|lane| key(*lane) == wanted);
        self.laid.with_untracked(|laid| laid.as_ref().and_then(|laid| find(laid)))
    }
}

impl Laid {
    /// Whether no deal is shown.
    pub(super) fn is_empty(&self) -> bool {
        self.whole.is_empty()
    }

    fn column(&self, lane: Lane, slot: Slot) -> Option<Arc<ColumnView>> {
        let columns = match lane {
            Lane::All => &self.whole,
            lane => &self.lanes.iter().find(|view| view.lane == lane)?.columns,
        };
        columns.get(&slot).cloned()
    }
}

/// A lane's name in attributes.
pub(super) fn key(lane: Lane) -> String {
    let or_none = |id: Option<String>| id.unwrap_or_else(|| "-".to_owned());
    match lane {
        Lane::All => String::new(),
        Lane::Owner(owner) => or_none(owner.map(|owner| owner.to_string())),
        Lane::Company(company) => or_none(company.map(|company| company.to_string())),
        Lane::Category(category) => match category {
            Category::Omitted => "omitted",
            Category::Pipeline => "pipeline",
            Category::BestCase => "best",
            Category::Commit => "commit",
        }
        .to_owned(),
    }
}

fn sight(world: &shared::workspace::Workspace) -> Sight<'_> {
    Sight::of(world, clock::now(), clock::today())
}

fn lay(desk: Desk, pipeline: &Pipeline, shown: &Shown, then: &Then) -> Laid {
    // What wants attention is known of today only.
    let filter = match then {
        Some(_) => Filter { flags: [].into(), ..shown.filter.clone() },
        None => shown.filter.clone(),
    };
    desk.mirror().look(|world| {
        let cards = then.as_deref().unwrap_or(&world.deals);
        let lay = |lanes| arrange(world, pipeline, cards.values().map(AsRef::as_ref), &filter, lanes, &sight(world));
        let lanes = lay(shown.lanes).iter().map(|(lane, board)| lane_view(pipeline, *lane, board, cards)).collect();
        let whole = lay(shared::view::Lanes::None);
        let whole = whole.first().map(|(_, board)| columns(pipeline, board, cards)).unwrap_or_default();
        Laid { lanes, whole }
    })
}

fn lane_view(pipeline: &Pipeline, lane: Lane, board: &Board, cards: &SortedMap<DealId, Arc<DealCard>>) -> LaneView {
    let columns = columns(pipeline, board, cards);
    let open = || columns.iter().filter(|(slot, _)| matches!(slot, Slot::Stage(_, _))).map(|(_, column)| column);
    let count = open().map(|column| column.count).sum();
    let sum = open().fold(Sums::default(), |mut sum, column| {
        sum.extend(&column.sum);
        sum
    });
    LaneView { lane, count, sum, columns }
}

fn columns(
    pipeline: &Pipeline,
    board: &Board,
    cards: &SortedMap<DealId, Arc<DealCard>>,
) -> SortedMap<Slot, Arc<ColumnView>> {
    let now = clock::now();
    let view = |(slot, column): (Slot, &shared::review::Column)| {
        let stage = match slot {
            Slot::Stage(_, stage) => pipeline.stage(stage),
            Slot::Won(_) | Slot::Lost(_) => None,
        };
        (slot, Arc::new(ColumnView::of(column, stage, cards, now)))
    };
    board.columns().map(view).into_map()
}

/// A saved view of this name, or a fresh identity for one.
pub(super) fn view_named(desk: Desk, name: &str) -> ViewId {
    let views = desk.mirror().views;
    let known = views.with_untracked(|views| views.values().find(|view| view.name == name).map(|view| view.id));
    known.unwrap_or_else(|| clock::fresh(ViewId::from_bytes))
}
