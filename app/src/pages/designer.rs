//! The designer: a draft of a pipeline that stays in the page until it is published as the next version.

mod activity;
mod criterion;
mod fold;
mod gone;
mod part;
mod publish;
mod sort;
mod stage;
mod versions;

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use shared::id::{PipelineId, StageId};
use shared::model::Role;
use shared::pipeline::{Leave, Pipeline};
use shared::rules::{self, Fault, Place};
use shared::sorted::SortedSet;
use shared::text::{Label, Lang};

use super::desk::Desk;
use crate::engine::{browser, leaving};
use crate::widgets::input::{select, text};
use part::{List, Part};
use publish::Step;
use sort::{Row, Sort};

/// One draft, as the parts of the page see it.
#[derive(Clone, Copy)]
pub(super) struct Designer {
    desk: Desk,
    id: PipelineId,
    draft: RwSignal<Pipeline>,
    /// The published version that the draft began with; none for one that was never published.
    base: RwSignal<Option<Arc<Pipeline>>>,
    dirty: Memo<bool>,
    faults: Memo<Vec<Fault>>,
    /// Somebody wanted to publish, so faults are shown where they are.
    tried: RwSignal<bool>,
    /// The rows that are unfolded.
    opened: RwSignal<SortedSet<String>>,
    /// The draft before the last removal, until the next change.
    before: RwSignal<Option<Pipeline>>,
    step: RwSignal<Step>,
    /// The stage that is to be removed, while it is asked where its deals go.
    asked: RwSignal<Option<StageId>>,
    said: RwSignal<String>,
    sort: Sort,
}

/// The designer of a pipeline: of the version that is published, or of a draft that was handed over.
pub fn designer_page(desk: Desk, id: PipelineId) -> impl IntoView {
    let handed = desk.handed(id);
    let pipelines = desk.mirror().pipelines;
    let known = Memo::new(move |_| pipelines.with(|all| all.contains_key(&id)));
    move || {
        let current = || known.get().then(|| untrack(|| desk.pipeline(id))).flatten();
        let begun = handed.clone().or_else(|| current().map(|current| current.as_ref().clone()));
        match begun {
            Some(draft) => design(Designer::new(desk, draft)).into_any(),
            None => missing(desk).into_any(),
        }
    }
}

impl Designer {
    fn new(desk: Desk, draft: Pipeline) -> Self {
        let id = draft.id;
        let base = RwSignal::new(untrack(|| desk.pipeline(id)));
        let draft = RwSignal::new(draft);
        let dirty = Memo::new(move |_| draft.with(|draft| base.with(|base| differs(draft, base.as_deref()))));
        let faults = Memo::new(move |_| {
            desk.mirror().turn.track();
            let candidate = candidate(desk, draft);
            desk.mirror().look(|world| rules::faults(world, &candidate))
        });
        Self {
            desk,
            id,
            draft,
            base,
            dirty,
            faults,
            tried: RwSignal::new(false),
            opened: RwSignal::default(),
            before: RwSignal::new(None),
            step: RwSignal::new(Step::Editing),
            asked: RwSignal::new(None),
            said: RwSignal::default(),
            sort: Sort::new(),
        }
    }

    /// Follows the published version as long as nothing was changed here, and asks before changes are lost.
    fn watch(self) {
        Effect::new(move |_| {
            let current = self.desk.pipeline(self.id);
            let follows = !self.dirty.get_untracked()
                || current
                    .as_ref()
                    .is_some_and(|current| !self.draft.with_untracked(|draft| differs(draft, Some(current))));
            if let Some(current) = current.filter(|_| follows) {
                self.begin_with(&current);
            }
        });
        Effect::new(move |_| leaving::guard(self.dirty.get().then(|| self.desk.lang.leave_draft().to_owned())));
        on_cleanup(|| leaving::guard(None));
        self.sort.listen(self);
    }

    /// Drops the draft for a published version.
    fn begin_with(self, current: &Arc<Pipeline>) {
        self.before.set(None);
        self.draft.set(current.as_ref().clone());
        self.base.set(Some(current.clone()));
    }

    fn edit(self, change: impl FnOnce(&mut Pipeline)) {
        self.before.set(None);
        self.draft.update(change);
    }

    /// Takes something out, and offers to put it back.
    fn cut(self, change: impl FnOnce(&mut Pipeline)) {
        let was = self.draft.get_untracked();
        self.draft.update(change);
        self.before.set(Some(was));
        self.said.set(self.desk.lang.was_removed().to_owned());
    }

    /// The draft as it would be published now; tracked.
    fn candidate(self) -> Pipeline {
        candidate(self.desk, self.draft)
    }

    /// What a part is called; tracked.
    fn title(self, part: Part) -> String {
        let lang = self.desk.lang;
        let name = self.draft.with(|draft| part.label(draft).map(|label| label.get(lang).trim().to_owned()));
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| lang.unnamed().to_owned())
    }

    fn place(self, row: &Row, to: usize) {
        let ids = self.draft.with_untracked(|draft| row.list.ids(draft));
        let from = ids.iter().position(|id| *id == row.id);
        if let Some(from) = from.filter(|from| *from != to && to < ids.len()) {
            self.edit(|draft| row.list.put(draft, from, to));
            let name = untrack(|| row.part().map(|part| self.title(part)));
            self.said.set(self.desk.lang.moved_to_place(&name.unwrap_or_default(), to + 1));
        }
    }

    fn step(self, row: &Row, by: isize) {
        let at = self.draft.with_untracked(|draft| row.list.ids(draft).iter().position(|id| *id == row.id));
        let to = at.and_then(|at| at.checked_add_signed(by));
        to.into_iter().for_each(|to| self.place(row, to));
    }

    /// Unfolds a part and brings it into view.
    fn reveal(self, place: Place) {
        let at = self.draft.with_untracked(|draft| folds(draft, place));
        let selector = format!("[data-place=\"{}\"]", at.last().map_or("pipeline", String::as_str));
        self.opened.update(|opened| opened.extend(at));
        set_timeout(move || browser::bring_into_view(&selector), Duration::from_millis(60));
    }
}

impl Row {
    fn part(&self) -> Option<Part> {
        match self.list {
            List::Stages => self.id.parse().ok().map(Part::Stage),
            List::Activities(_) => self.id.parse().ok().map(Part::Activity),
            List::Criteria(_) => self.id.parse().ok().map(Part::Criterion),
        }
    }
}

fn candidate(desk: Desk, draft: RwSignal<Pipeline>) -> Pipeline {
    let draft = draft.get();
    match desk.pipeline(draft.id) {
        Some(current) => draft.after(&current),
        None => Pipeline { version: 1, ..draft },
    }
}

fn differs(draft: &Pipeline, base: Option<&Pipeline>) -> bool {
    base.is_none_or(|base| *base != Pipeline { version: base.version, ..draft.clone() })
}

/// The rows that hold a part, the innermost last.
fn folds(draft: &Pipeline, place: Place) -> Vec<String> {
    let stage_of = |has: &dyn Fn(&shared::pipeline::Stage) -> bool| {
        draft.stages.iter().find(|stage| has(stage)).map(|stage| stage.id.to_string())
    };
    match place {
        Place::Pipeline => Vec::new(),
        Place::Gone(stage) | Place::Stage(stage) => vec![stage.to_string()],
        Place::Activity(id) => {
            let holder = stage_of(&|stage| stage.activities.iter().any(|each| each.id == id));
            holder.into_iter().chain([id.to_string()]).collect()
        }
        Place::Criterion(id) => {
            let holder = stage_of(&|stage| stage.criteria.iter().any(|each| each.id == id));
            holder.into_iter().chain([id.to_string()]).collect()
        }
    }
}

fn design(designer: Designer) -> impl IntoView {
    designer.watch();
    let (desk, lang) = (designer.desk, designer.desk.lang);
    let may = Memo::new(move |_| desk.role() >= Role::Manager);
    let stages =
        Memo::new(move |_| designer.draft.with(|draft| draft.stages.iter().map(|stage| stage.id).collect::<Vec<_>>()));
    let version = move || match designer.base.get() {
        Some(base) => lang.version_number(base.version),
        None => lang.never_published().to_owned(),
    };
    view! {
        <section class="designer" data-testid="designer" data-pipeline=designer.id.to_string()>
            <a class="back" href="#/pipelines">"← "{lang.to_pipelines()}</a>
            <header class="page-head">
                <h1>{move || designer.title(Part::Pipeline)}</h1>
                <span class="chip" data-testid="version">{version}</span>
            </header>
            <Show when=move || !may.get()><p class="panel notice" role="note">{lang.may_not_design()}</p></Show>
            {versions::versions(designer)}
            <fieldset disabled=move || !may.get()>
                <div class="panel" data-place="pipeline">
                    {names(designer, lang.pipeline_name(), Part::Pipeline)}
                    {fold::faults(designer, Place::Pipeline)}
                    <h2>{lang.legal_moves()}</h2>
                    <div class="numbers">{leave(designer, lang.move_skip(), |draft| &mut draft.moves.skip)}
                        {leave(designer, lang.move_back(), |draft| &mut draft.moves.back)}</div>
                </div>
                {gone::gone(designer)}
                <ol class="folds">
                    <For each=move || stages.get() key=|id| *id children=move |id| stage::stage(designer, id)/>
                </ol>
                <button type="button" class="button" on:click=move |_| stage::add(designer)>{lang.add_stage()}</button>
            </fieldset>
            <p class="said" role="status" aria-live="polite">{move || designer.said.get()}</p>
            <Show when=move || may.get()>{publish::bar(designer)}</Show>
        </section>
    }
}

/// The two names of a part; one is enough.
fn names(designer: Designer, what: &str, part: Part) -> AnyView {
    let lang = designer.desk.lang;
    let input = |label: String, text_of: fn(&Label) -> &String, text_mut: fn(&mut Label) -> &mut String| {
        let now = Signal::derive(move || {
            designer.draft.with(|draft| part.label(draft).map(text_of).cloned()).unwrap_or_default()
        });
        let write = Callback::new(move |words| {
            designer.edit(|draft| {
                if let Some(label) = part.label_mut(draft) {
                    *text_mut(label) = words;
                }
            });
        });
        text(label, "text", now, write)
    };
    let mut both = [
        input(lang.in_chinese(what), |label| &label.zh, |label| &mut label.zh),
        input(lang.in_english(what), |label| &label.en, |label| &mut label.en),
    ];
    if lang == Lang::En {
        both.reverse();
    }
    view! { <div class="names">{both.into_iter().collect_view()}</div> }.into_any()
}

fn leave(designer: Designer, label: &'static str, at: fn(&mut Pipeline) -> &mut Leave) -> AnyView {
    let ways = Leave::ALL.map(|each| (each, designer.desk.lang.leave(each).to_owned())).to_vec();
    let now = move || designer.draft.with(|draft| *at(&mut draft.clone()));
    select(label.to_owned(), ways, now, move |to| designer.edit(|draft| *at(draft) = to))
}

fn missing(desk: Desk) -> impl IntoView {
    view! {
        <div class="empty">
            <h1>{desk.lang.pipeline_missing()}</h1>
            <a class="button" href="#/pipelines">{desk.lang.to_pipelines()}</a>
        </div>
    }
}
