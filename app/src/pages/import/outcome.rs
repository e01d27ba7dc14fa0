//! The try in numbers with its refused rows, the progress, and the result with what undoes it.

use leptos::prelude::*;
use shared::import::{Plan, Problem};
use shared::text::Lang;

use super::{Import, Work, another, bring_back, resume, run, take_back};

/// The most refused rows that are listed.
const LISTED: usize = 200;

/// Why the file cannot be imported as it is mapped now; stands above the choices that change it.
pub(super) fn unfit(page: Import) -> impl IntoView {
    let lang = page.desk.lang;
    move || {
        let error = page.plan.get().and_then(Result::err)?;
        let words = lang.not_yet_importable(&lang.mapping_error(&error));
        Some(view! { <p class="panel problem" role="alert">{words}</p> })
    }
}

pub(super) fn tried(page: Import) -> impl IntoView {
    let lang = page.desk.lang;
    move || {
        let plan = page.plan.get().and_then(Result::ok)?;
        let summary = plan.summary();
        let (rows, refused) = (plan.rows.len(), problems(lang, &plan));
        Some(view! {
            <div class="panel" data-testid="dry-run" data-rows=summary.rows data-created=summary.created
                data-merged=summary.merged data-refused=summary.refused.len()>
                <p class="kinds">
                    <span class="chip">{lang.rows_found(summary.rows)}</span>
                    <span class="chip">{lang.would_create(summary.created)}</span>
                    <span class="chip">{lang.would_merge(summary.merged)}</span>
                    <span class="chip warn">{lang.would_refuse(summary.refused.len())}</span>
                </p>
                {refused}
                <p class="kinds">
                    <button type="button" class="primary" data-testid="run" on:click=move |_| run(page, &plan)>
                        {lang.run_import(rows)}
                    </button>
                    {another(page)}
                </p>
            </div>
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

pub(super) fn running(page: Import, work: &Work, done: usize, all: usize) -> impl IntoView {
    let lang = page.desk.lang;
    let words = match work {
        Work::Import(_) => lang.importing(done, all),
        Work::TakeBack(..) => lang.taking_back(done, all),
        Work::BringBack(_) => lang.bringing_back(done, all),
    };
    view! {
        <div class="panel" role="status" data-testid="import-state" data-state="running">
            <p>{words}</p><progress value=done max=all></progress>
        </div>
    }
}

pub(super) fn done(page: Import, work: Work, refused: usize) -> impl IntoView {
    let lang = page.desk.lang;
    let (state, words) = match work {
        Work::Import(_) => ("done", lang.import_done()),
        Work::TakeBack(..) => ("undone", lang.import_undone()),
        Work::BringBack(_) => ("done", lang.import_restored()),
    };
    let refused = (refused > 0).then(|| format!(" · {}", lang.would_refuse(refused)));
    view! {
        <div class="panel" role="status" data-testid="import-state" data-state=state>
            <p>{words}{refused}</p>
            <p class="kinds"><a class="button" href="#/board">{lang.to_board()}</a>{undoing(page, work)}{another(page)}</p>
        </div>
    }
}

/// The disk was full on the way: what is saved stays, and what is lacking can be done once there is room.
pub(super) fn stopped(page: Import, work: Work, cause: &str) -> impl IntoView + use<> {
    let lang = page.desk.lang;
    let lacking = work.clone();
    view! {
        <div class="panel" role="status" data-testid="import-state" data-state="stopped">
            <p>{lang.stopped_at(cause)}</p>
            <p class="kinds">
                <button type="button" class="primary" data-testid="resume" on:click=move |_| resume(page, &lacking)>{lang.try_again()}</button>
                {undoing(page, work)}
            </p>
        </div>
    }
}

fn undoing(page: Import, work: Work) -> impl IntoView {
    let lang = page.desk.lang;
    let words = if matches!(work, Work::TakeBack(..)) { lang.undo() } else { lang.undo_import() };
    let undo = move |_| match &work {
        Work::Import(batch) | Work::BringBack(batch) => take_back(page, *batch),
        Work::TakeBack(batch, commands) => bring_back(page, *batch, commands),
    };
    view! { <button type="button" class="button" data-testid="undo-import" on:click=undo>{words}</button> }
}
