//! The try in numbers with its refused rows, the progress, and the result with its undo.

use leptos::prelude::*;
use shared::import::{Plan, Problem};
use shared::text::Lang;

use super::{Import, Step, resume, run, undo};

/// The most refused rows that are listed.
const LISTED: usize = 200;

pub(super) fn tried(page: Import) -> impl IntoView {
    let lang = page.desk.lang;
    move || {
        page.plan.get().map(|plan| match plan {
            Err(error) => view! { <p class="panel problem" role="alert">{lang.mapping_error(&error)}</p> }.into_any(),
            Ok(plan) => {
                let summary = plan.summary();
                let (rows, refused) = (plan.rows.len(), problems(lang, &plan));
                view! {
                    <div class="panel" data-testid="dry-run" data-rows=summary.rows data-created=summary.created
                        data-merged=summary.merged data-refused=summary.refused.len()>
                        <p class="kinds">
                            <span class="chip">{lang.rows_found(summary.rows)}</span>
                            <span class="chip">{lang.would_create(summary.created)}</span>
                            <span class="chip">{lang.would_merge(summary.merged)}</span>
                            <span class="chip warn">{lang.would_refuse(summary.refused.len())}</span>
                        </p>
                        {refused}
                        <button type="button" class="primary" data-testid="run" on:click=move |_| run(page, &plan)>
                            {lang.run_import(rows)}
                        </button>
                    </div>
                }
                .into_any()
            }
        })
    }
}

fn problems(lang: Lang, plan: &Plan) -> impl IntoView + use<> {
    let row = |problem: &Problem| {
        view! { <tr><td>{problem.row}</td><td>{problem.column.clone()}</td><td>{lang.row_reason(&problem.reason)}</td></tr> }
    };
    let more = plan.refused.len().saturating_sub(LISTED);
    let rows = plan.refused.iter().take(LISTED).map(row).collect_view();
    (!plan.refused.is_empty()).then(|| {
        view! {
            <table class="problems">
                <thead><tr><th>{lang.row()}</th><th>{lang.column()}</th><th>{lang.problem()}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {(more > 0).then(|| lang.and_more(more))}
        }
    })
}

pub(super) fn outcome(page: Import, step: Step) -> impl IntoView {
    let lang = page.desk.lang;
    let words = match &step {
        Step::Running(done, all) => lang.importing(*done, *all),
        Step::Done(_, 0) => lang.import_done().to_owned(),
        Step::Done(_, refused) => format!("{} · {}", lang.import_done(), lang.would_refuse(*refused)),
        Step::Stopped(_, cause) => lang.stopped_at(cause),
        Step::Undone => lang.import_undone().to_owned(),
        Step::File(_) | Step::Reading | Step::Mapping => String::new(),
    };
    let (state, bar) = match &step {
        Step::Running(done, all) => ("running", Some(view! { <progress value=*done max=*all></progress> })),
        Step::Done(..) => ("done", None),
        Step::Stopped(..) => ("stopped", None),
        Step::File(_) | Step::Reading | Step::Mapping | Step::Undone => ("undone", None),
    };
    let back = match step {
        Step::Done(batch, _) | Step::Stopped(batch, _) => Some(view! {
            <button type="button" class="button" data-testid="undo-import" on:click=move |_| undo(page, batch)>{lang.undo_import()}</button>
        }),
        Step::File(_) | Step::Reading | Step::Mapping | Step::Running(..) | Step::Undone => None,
    };
    let again = (state == "stopped").then(|| {
        view! { <button type="button" class="primary" data-testid="resume" on:click=move |_| resume(page)>{lang.try_again()}</button> }
    });
    view! {
        <div class="panel" role="status" data-testid="import-state" data-state=state>
            <p>{words}</p>{bar}
            <p class="kinds"><a class="button" href="#/board">{lang.to_board()}</a>{again}{back}</p>
        </div>
    }
}
