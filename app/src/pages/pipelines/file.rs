//! A pipeline that comes as a file: read, asked about if the team has it, and opened as a draft in the designer.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::id::PipelineId;
use shared::pipeline::Pipeline;
use shared::pipeline::file::{self, PipelineFile};

use crate::engine::{browser, clock};
use crate::pages::desk::Desk;

pub(super) fn import(desk: Desk) -> AnyView {
    let lang = desk.lang;
    let input = NodeRef::<html::Input>::new();
    let problem = RwSignal::new(String::new());
    let waiting = RwSignal::new(None::<PipelineFile>);
    let chosen = move |_| {
        let input = input.get_untracked();
        let file = input.as_ref().and_then(|input| input.files()).and_then(|files| files.get(0));
        file.into_iter().for_each(|file| read(desk, file, problem, waiting));
        // The same file chosen again is a change again.
        input.into_iter().for_each(|input| input.set_value(""));
    };
    view! {
        <div class="panel" data-testid="import-pipeline">
            <label class="choosing">
                <h2>{lang.import_pipeline()}</h2>
                <span class="button">{lang.choose_file()}</span>
                <input type="file" class="said" accept=".json,application/json" node_ref=input on:change=chosen/>
            </label>
            <p class="problem" role="alert">{move || problem.get()}</p>
            {move || waiting.get().map(|file| question(desk, file, problem))}
        </div>
    }
    .into_any()
}

fn read(desk: Desk, chosen: browser::File, problem: RwSignal<String>, waiting: RwSignal<Option<PipelineFile>>) {
    let lang = desk.lang;
    waiting.set(None);
    // A file of gigabytes is not even taken into memory.
    if chosen.size() > file::MAX_BYTES as f64 {
        return problem.set(lang.pipeline_file_error(&file::PipelineFileError::TooLarge));
    }
    spawn_local(async move {
        let read = match browser::bytes(chosen).await {
            Some(bytes) => file::read(&bytes).map_err(|error| lang.pipeline_file_error(&error)),
            None => Err(lang.file_gone().to_owned()),
        };
        match read {
            Ok(read) => {
                problem.set(String::new());
                arrived(desk, read, problem, waiting);
            }
            Err(words) => problem.set(words),
        }
    });
}

/// A pipeline that the team has, and fields that it has not, are asked about; all else is opened at once.
fn arrived(desk: Desk, file: PipelineFile, problem: RwSignal<String>, waiting: RwSignal<Option<PipelineFile>>) {
    let mirror = desk.mirror();
    let known = mirror.pipelines.with_untracked(|all| all.contains_key(&file.pipeline.id));
    let lacks = mirror.fields.with_untracked(|fields| !file.lacking(fields).is_empty());
    match known || lacks {
        true => waiting.set(Some(file)),
        false => open(desk, &file, beside(desk, &file), problem),
    }
}

fn question(desk: Desk, file: PipelineFile, problem: RwSignal<String>) -> AnyView {
    let (lang, mirror) = (desk.lang, desk.mirror());
    let known = mirror.pipelines.with_untracked(|all| all.get(&file.pipeline.id).cloned());
    let lacking = mirror.fields.with_untracked(|fields| file.lacking(fields));
    let names = lacking.iter().map(|field| field.name.get(lang)).collect::<Vec<_>>().join(lang.list_comma());
    let asked = known.as_ref().map(|known| view! { <p>{lang.pipeline_known(known.name.get(lang))}</p> });
    let (next, aside) = (file.clone(), file);
    let as_next = known.map(|known| {
        let draft = Pipeline { archived: known.archived, ..next.pipeline.clone() };
        let draft = Pipeline { version: known.version, ..draft };
        let go = move |_| open(desk, &next, draft.clone(), problem);
        view! { <button type="button" class="primary" on:click=go>{lang.as_next_version()}</button> }
    });
    let is_known = as_next.is_some();
    let as_copy = move |_| open(desk, &aside, if is_known { duplicate(&aside) } else { beside(desk, &aside) }, problem);
    view! {
        <div class="notice panel" data-testid="arrived">
            {asked}
            {(!lacking.is_empty()).then(|| view! { <p>{lang.brings_fields(&names)}</p> })}
            <p class="kinds">
                {as_next}
                <button type="button" class="button" on:click=as_copy>
                    {if is_known { lang.as_copy() } else { lang.import_pipeline() }}
                </button>
            </p>
        </div>
    }
    .into_any()
}

/// The pipeline as it is, unless parts of it belong to another one here.
fn beside(desk: Desk, file: &PipelineFile) -> Pipeline {
    let pipelines = desk.mirror().pipelines;
    match pipelines.with_untracked(|all| file.clashes(all.values().map(AsRef::as_ref))) {
        true => duplicate(file),
        false => file.fresh(file.pipeline.id),
    }
}

fn duplicate(file: &PipelineFile) -> Pipeline {
    file.fresh(clock::fresh(PipelineId::from_bytes))
}

/// Adds the fields that it asks for through the door, then opens the draft.
fn open(desk: Desk, file: &PipelineFile, draft: Pipeline, problem: RwSignal<String>) {
    let lacking = desk.mirror().fields.with_untracked(|fields| file.lacking(fields));
    let commands = lacking.into_iter().map(Command::DefineField).collect();
    desk.ask(commands, move |answer| match answer {
        Ok(()) => desk.hand(draft),
        Err(refusal) => problem.set(desk.lang.refusal(&refusal)),
    });
}
