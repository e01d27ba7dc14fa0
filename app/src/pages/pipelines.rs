//! The team's pipelines: to be opened in the designer, copied, put away, handed on as files, and begun anew.

mod file;

use leptos::prelude::*;
use shared::command::Command;
use shared::gather::Arrange as _;
use shared::id::PipelineId;
use shared::model::Role;
use shared::pipeline::{Pipeline, Template, copy, file as written, founding};
use shared::review::Slot;
use shared::text::Label;

use super::desk::Desk;
use crate::engine::{browser, clock};

/// The list of pipelines.
pub fn pipelines_page(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let pipelines = desk.mirror().pipelines;
    let may = Memo::new(move |_| desk.role() >= Role::Manager);
    let ids = Memo::new(move |_| {
        pipelines.with(|all| {
            let mut order: Vec<_> = all.values().map(|each| (each.archived, each.id != founding(), each.id)).collect();
            order.arrange();
            order.into_iter().map(|(_, _, id)| id).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="pipelines" data-testid="pipelines">
            <header class="page-head"><h1>{lang.pipelines()}</h1></header>
            <p class="hint">{lang.pipelines_hint()}</p>
            <ul><For each=move || ids.get() key=|id| *id children=move |id| row(desk, id, may)/></ul>
            <Show when=move || may.get()>{fresh(desk)}{file::import(desk)}</Show>
        </section>
    }
}

fn row(desk: Desk, id: PipelineId, may: Memo<bool>) -> AnyView {
    let pipeline = Memo::new(move |_| desk.pipeline(id));
    let drawn = move || pipeline.get().map(|pipeline| drawn(desk, &pipeline, may));
    view! { <li class="panel" data-testid="pipeline" data-pipeline=id.to_string()>{drawn}</li> }.into_any()
}

fn drawn(desk: Desk, pipeline: &Pipeline, may: Memo<bool>) -> AnyView {
    let (lang, id, archived) = (desk.lang, pipeline.id, pipeline.archived);
    let name = pipeline.name.get(lang).to_owned();
    let columns: Vec<_> = pipeline.stages.iter().map(|stage| desk.mirror().column(Slot::Stage(id, stage.id))).collect();
    let open = move || columns.iter().map(|column| column.with(|column| column.count)).sum::<usize>();
    let (copied, put_away) = (pipeline.clone(), pipeline.clone());
    let copying = move |_| desk.hand(beside(&copied));
    let archiving = move |_| archive(desk, &put_away);
    let showing = move |_| {
        desk.show(id);
        browser::go("/board");
    };
    view! {
        <h2><a href=format!("#/pipeline/{id}")>{name.clone()}</a></h2>
        <p>
            <span class="chip">{lang.version_number(pipeline.version)}</span>
            {archived.then(|| view! { <span class="chip warn">{lang.archived()}</span> })}
            " "{lang.stages_count(pipeline.stages.len())}" · "<span data-testid="open-deals">{move || lang.open_deals_count(open())}</span>
        </p>
        <p class="kinds">
            <a class="button" href=format!("#/pipeline/{id}")>{lang.design()}</a>
            {(!archived).then(|| view! { <button type="button" class="button" on:click=showing>{lang.show_on_board()}</button> })}
            {export(desk, pipeline)}
            <Show when=move || may.get()>
                <button type="button" class="button" on:click=copying.clone()>{lang.copy_pipeline()}</button>
                <button type="button" class="button" on:click=archiving.clone()>
                    {if archived { lang.unarchive_pipeline() } else { lang.archive_pipeline() }}
                </button>
            </Show>
        </p>
    }
    .into_any()
}

/// A link with the file in it, so that it is saved without asking anybody.
fn export(desk: Desk, pipeline: &Pipeline) -> AnyView {
    let text = desk.mirror().fields.with(|fields| written::write(pipeline, fields));
    let name = format!("{}.pipeline.json", pipeline.name.get(desk.lang).replace(['/', '\\'], "-"));
    view! { <a class="button" download=name href=browser::as_file("application/json", &text)>{desk.lang.export_pipeline()}</a> }
        .into_any()
}

/// A copy under a name that tells it from its original.
fn beside(original: &Pipeline) -> Pipeline {
    use shared::text::Lang;
    let marked = |lang: Lang, name: &str| if name.is_empty() { String::new() } else { lang.copy_of(name) };
    let name = Label { zh: marked(Lang::Zh, &original.name.zh), en: marked(Lang::En, &original.name.en) };
    Pipeline { name, ..copy(original, clock::fresh(PipelineId::from_bytes)) }
}

fn archive(desk: Desk, pipeline: &Pipeline) {
    let name = pipeline.name.get(desk.lang).to_owned();
    let next = Pipeline { archived: !pipeline.archived, ..pipeline.clone() }.after(pipeline);
    let told = if next.archived { desk.lang.pipeline_archived(&name) } else { desk.lang.pipeline_unarchived(&name) };
    desk.ask_undoable(Command::PublishPipeline(next), told);
}

fn fresh(desk: Desk) -> AnyView {
    let lang = desk.lang;
    let offer = |template: Template| {
        let stages = template.pipeline().stages;
        let stages = stages.iter().map(|stage| stage.name.get(lang)).collect::<Vec<_>>().join(" → ");
        let begin = move |_| desk.hand(copy(&template.pipeline(), clock::fresh(PipelineId::from_bytes)));
        view! {
            <button type="button" class="entry" on:click=begin>
                <span>{lang.template(template)}</span><small>{stages}</small>
            </button>
        }
    };
    view! {
        <div class="panel" data-testid="new-pipeline">
            <h2>{lang.new_pipeline()}</h2>
            <p>{lang.from_template()}</p>
            <div class="entries">{Template::ALL.map(offer).into_iter().collect_view()}</div>
        </div>
    }
    .into_any()
}
