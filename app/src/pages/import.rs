//! Importing a table: a file, what its columns mean, a try without effect, the import, and taking imports back.

mod mapped;
mod outcome;
mod past;
mod written;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::{Command, Origin};
use shared::export;
use shared::id::BatchId;
use shared::import::{self, Mapping, MappingError, Plan, Table, TableError};
use shared::refusal::Refusal;

use super::desk::Desk;
use crate::engine::{browser, clock};

/// How far an import is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// No file, or what is wrong with it.
    File(String),
    /// The file is being read.
    Reading,
    /// The mapping can be edited; the plan follows it.
    Mapping,
    /// So many commands of a work are done.
    Running(Work, usize, usize),
    /// Done; how many commands the door refused.
    Done(Work, usize),
    /// What came after could not be saved, for this reason.
    Stopped(Work, String),
}

/// What is done with a whole import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// Its rows go in.
    Import(BatchId),
    /// Its deals are taken back, by these commands.
    TakeBack(BatchId, Arc<[Command]>),
    /// Its deals come back after all.
    BringBack(BatchId),
}

/// A file that was read. Each is an import of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) table: Table,
    batch: BatchId,
}

/// One import, as the parts of the page see it.
#[derive(Clone, Copy)]
pub(super) struct Import {
    pub(super) desk: Desk,
    pub(super) step: RwSignal<Step>,
    pub(super) file: RwSignal<Option<Arc<Chosen>>>,
    pub(super) mapping: RwSignal<Mapping>,
    /// Which values are asked about has changed.
    pub(super) asked: RwSignal<()>,
    pub(super) plan: Memo<Option<Result<Arc<Plan>, MappingError>>>,
}

impl Import {
    /// Changes the mapping.
    fn edit(self, change: &dyn Fn(&mut Mapping)) {
        self.mapping.update(change);
    }

    /// Changes the mapping where other values come into play, which are then guessed.
    fn remap(self, change: &dyn Fn(&mut Mapping)) {
        let pipelines = self.desk.mirror().pipelines.get_untracked();
        let file = self.file.get_untracked();
        self.edit(&|mapping| {
            change(mapping);
            file.iter().for_each(|file| mapping.guess_values(&file.table, &pipelines));
        });
        self.asked.set(());
    }
}

/// The import page.
pub fn import_page(desk: Desk) -> impl IntoView {
    let (file, mapping) = (RwSignal::new(None::<Arc<Chosen>>), RwSignal::new(Mapping::default()));
    let plan = Memo::new(move |_| {
        let file = file.get()?;
        let planned = import::plan(&desk.mirror().snapshot(), &file.table, &mapping.get(), file.batch, clock::now());
        Some(planned.map(Arc::new))
    });
    let step = RwSignal::new(Step::File(String::new()));
    let page = Import { desk, step, file, mapping, asked: RwSignal::new(()), plan };
    view! {
        <section class="import" data-testid="import">
            <header class="page-head"><h1>{desk.lang.import_title()}</h1></header>
            {move || match page.step.get() {
                Step::File(problem) => view! { {chooser(page, problem)}{past::past(page)} }.into_any(),
                Step::Reading => view! { <p class="empty" role="status">{desk.lang.reading_file()}</p> }.into_any(),
                Step::Mapping => view! { {outcome::unfit(page)}{mapped::mapped(page)}{outcome::tried(page)} }.into_any(),
                Step::Running(work, done, all) => outcome::running(page, &work, done, all).into_any(),
                Step::Done(work, refused) => outcome::done(page, work, refused).into_any(),
                Step::Stopped(work, cause) => outcome::stopped(page, work, &cause).into_any(),
            }}
        </section>
    }
}

fn chooser(page: Import, problem: String) -> impl IntoView {
    let lang = page.desk.lang;
    let input = NodeRef::<html::Input>::new();
    let chosen = move |_| {
        let file = input.get_untracked().and_then(|input| input.files()).and_then(|files| files.get(0));
        file.into_iter().for_each(|file| read(page, file));
    };
    let dropped = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        let file = event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0));
        file.into_iter().for_each(|file| read(page, file));
    };
    view! {
        <label class="panel drop" on:dragover=|event| event.prevent_default() on:drop=dropped>
            <p>{lang.import_hint()}</p>
            <span class="primary">{lang.choose_file()}</span>
            <input type="file" class="said" accept=".csv,.tsv,.txt,text/csv" data-testid="file" node_ref=input on:change=chosen/>
            <p class="problem" role="alert">{problem}</p>
        </label>
        {exported(page.desk)}
    }
}

/// The way out: all deals as a file that this page reads again.
fn exported(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let save = move |_| {
        let file = desk.mirror().look(|world| export::deals(world, lang));
        browser::save_file(&format!("sluice-{}.csv", clock::today()), "text/csv;charset=utf-8", &file);
    };
    view! {
        <div class="panel exported">
            <p>{lang.export_hint()}</p>
            <button type="button" class="button" data-testid="export" on:click=save>{lang.export_deals()}</button>
        </div>
    }
}

/// Lets another file be chosen; what was done stays.
pub(super) fn another(page: Import) -> impl IntoView {
    let again = move |_| page.step.set(Step::File(String::new()));
    view! { <button type="button" class="button" data-testid="another" on:click=again>{page.desk.lang.another_file()}</button> }
}

fn read(page: Import, file: browser::File) {
    let lang = page.desk.lang;
    // A file of gigabytes is not even taken into memory.
    if file.size() > import::MAX_FILE_BYTES as f64 {
        let words = lang.file_unreadable(&lang.table_error(&TableError::FileSize));
        return page.step.set(Step::File(words));
    }
    page.step.set(Step::Reading);
    spawn_local(async move {
        let table = match browser::bytes(file).await {
            Some(bytes) => {
                clock::pause().await;
                let decode = |bytes: &[u8], encoding: import::Encoding| browser::decode(encoding.label(), bytes);
                Table::read(&bytes, decode).map_err(|error| lang.file_unreadable(&lang.table_error(&error)))
            }
            None => Err(lang.file_gone().to_owned()),
        };
        match table {
            Ok(table) => {
                page.mapping.set(import::guess(&table, &page.desk.mirror().snapshot()));
                let batch = BatchId::begun(clock::now(), clock::fresh(|dice| dice));
                page.file.set(Some(Arc::new(Chosen { table, batch })));
                page.step.set(Step::Mapping);
            }
            Err(words) => page.step.set(Step::File(words)),
        }
    });
}

/// Asks for everything the plan says, row by row.
pub(super) fn run(page: Import, plan: &Plan) {
    let commands = plan.rows.iter().flat_map(|row| row.commands.clone()).collect();
    ask_all(page, Work::Import(plan.batch), commands, Origin::Import(plan.batch));
}

/// Does what is lacking of a work that was stopped.
pub(super) fn resume(page: Import, work: &Work) {
    match work {
        Work::Import(_) => {
            page.file.notify();
            page.step.set(Step::Mapping);
        }
        Work::TakeBack(batch, _) => take_back(page, *batch),
        Work::BringBack(_) => page.step.set(Step::File(String::new())),
    }
}

/// Takes a whole import back.
pub(super) fn take_back(page: Import, batch: BatchId) {
    let commands = import::undo(&page.desk.mirror().snapshot(), batch);
    ask_all(page, Work::TakeBack(batch, commands.as_slice().into()), commands, Origin::Hand);
}

/// Undoes that it was taken back.
pub(super) fn bring_back(page: Import, batch: BatchId, taken_back: &[Command]) {
    ask_all(page, Work::BringBack(batch), import::redo(taken_back), Origin::Hand);
}

fn ask_all(page: Import, work: Work, commands: Vec<Command>, origin: Origin) {
    let all = commands.len();
    page.step.set(Step::Running(work.clone(), 0, all));
    spawn_local(async move {
        let doing = work.clone();
        let progress = move |done| page.step.set(Step::Running(doing.clone(), done, all));
        let refused = page.desk.dispatch().run(commands, origin, progress).await;
        let unsaved = refused.iter().find(|(_, refusal)| matches!(refusal, Refusal::Full | Refusal::Unsaved));
        page.step.set(match unsaved {
            Some((_, refusal)) => Step::Stopped(work, page.desk.lang.refusal(refusal)),
            None => Step::Done(work, refused.len()),
        });
    });
}
