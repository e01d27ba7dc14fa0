//! The small forms that board and deal page open over themselves. A draft stays here until it is a command.

mod activity;
pub(in crate::pages) mod attach;
mod customer;
mod entry;
mod evidence;
mod field;
mod fresh;
pub(super) mod input;
mod moving;
mod product;
mod reason;
mod same;

use leptos::prelude::*;
use shared::command::Command;
use shared::duplicates::PersonId;
use shared::id::{ActivityId, CompanyId, ContactId, CriterionId, DealId, KeyActivityId, LineId, StageId};
use shared::model::{ActivityKind, Field};

use super::desk::Desk;
use crate::engine::browser;
use crate::widgets::dialog::Dialog;

pub use customer::company_text_form;
pub use entry::{Draft, custom_fields, entry_form};
pub use field::field_form;
pub use input::{CURRENCIES, usual_currency};

/// A form and what it is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A new deal.
    New { stage: StageId },
    /// Another stage for a deal.
    Move { deal: DealId },
    /// A field's value.
    Field { deal: DealId, field: Field },
    /// An activity that happened.
    Activity { deal: DealId, kind: Option<ActivityKind>, key: Option<KeyActivityId> },
    /// An activity to come.
    Plan { deal: DealId },
    /// A planned activity happened.
    Finish { deal: DealId, activity: ActivityId },
    /// A proof.
    Evidence { deal: DealId, criterion: CriterionId },
    /// An approval.
    Approve { deal: DealId, criterion: CriterionId },
    /// A gate passed by word.
    Override { deal: DealId, stage: StageId },
    /// Why a deal goes a way that its pipeline asks a reason for.
    MoveReason { deal: DealId, to: StageId },
    /// A product of a deal; none for another one.
    Product { deal: DealId, line: Option<LineId> },
    /// The end of a deal that was not won.
    Lose { deal: DealId },
    /// A new customer.
    Company,
    /// A person at a customer; none known is a new one.
    Contact { company: CompanyId, known: Option<ContactId> },
    /// Two customers that may be one.
    SameCompany { one: CompanyId, other: CompanyId },
    /// Two people who may be one.
    SamePerson { one: PersonId, other: PersonId },
    /// A customer, and another one to be chosen.
    OtherCompany { company: CompanyId },
    /// A person, and another one of the customer to be chosen.
    OtherPerson { person: PersonId },
}

/// Draws the form that is open.
pub fn open_form(desk: Desk, form: Form) -> AnyView {
    match form {
        Form::New { stage } => fresh::fresh_form(desk, stage).into_any(),
        Form::Move { deal } => moving::move_form(desk, deal).into_any(),
        Form::Field { deal, field } => {
            let inner = move || field_form(desk, deal, field, Callback::new(move |()| desk.form.set(None)));
            sheet(desk, desk.field(field), inner).into_any()
        }
        Form::Activity { deal, kind, key } => activity::log_form(desk, deal, kind, key).into_any(),
        Form::Plan { deal } => activity::plan_form(desk, deal).into_any(),
        Form::Finish { deal, activity } => activity::finish_form(desk, deal, activity).into_any(),
        Form::Evidence { deal, criterion } => evidence::evidence_form(desk, deal, criterion).into_any(),
        Form::Approve { deal, criterion } => reason::approve_form(desk, deal, criterion).into_any(),
        Form::Override { deal, stage } => reason::override_form(desk, deal, stage).into_any(),
        Form::MoveReason { deal, to } => reason::move_reason_form(desk, deal, to).into_any(),
        Form::Product { deal, line } => product::product_form(desk, deal, line).into_any(),
        Form::Lose { deal } => reason::lose_form(desk, deal).into_any(),
        Form::Company => customer::company_form(desk).into_any(),
        Form::Contact { company, known } => customer::contact_form(desk, company, known).into_any(),
        Form::SameCompany { one, other } => same::same_company(desk, one, other).into_any(),
        Form::SamePerson { one, other } => same::same_person(desk, one, other).into_any(),
        Form::OtherCompany { company } => same::other_company(desk, company).into_any(),
        Form::OtherPerson { person } => same::other_person(desk, person).into_any(),
    }
}

/// A sheet over the page; closing it drops the draft.
fn sheet<V: IntoView + 'static>(
    desk: Desk,
    title: String,
    inner: impl FnOnce() -> V + Send + 'static,
) -> impl IntoView {
    let close = Callback::new(move |()| desk.form.set(None));
    view! { <Dialog title close=desk.lang.close() on_close=close>{inner()}</Dialog> }
}

/// A form that asks for what `build` makes of its draft, then is done; a refusal is shown and the draft kept.
pub(super) fn asking<V: IntoView + 'static>(
    desk: Desk,
    button: &'static str,
    fields: V,
    done: Callback<()>,
    build: impl Fn() -> Result<Vec<Command>, String> + Send + Sync + 'static,
) -> impl IntoView {
    keeping(desk, button, fields, done, build, None)
}

/// [`asking`] for one change, which a toast then tells in these words and offers to undo.
pub(super) fn asking_undoable<V: IntoView + 'static>(
    desk: Desk,
    fields: V,
    done: Callback<()>,
    told: String,
    build: impl Fn() -> Result<Command, String> + Send + Sync + 'static,
) -> impl IntoView {
    let build = move || build().map(|command| vec![command]);
    keeping(desk, desk.lang.save(), fields, done, build, Some(told))
}

fn keeping<V: IntoView + 'static>(
    desk: Desk,
    button: &'static str,
    fields: V,
    done: Callback<()>,
    build: impl Fn() -> Result<Vec<Command>, String> + Send + Sync + 'static,
    told: Option<String>,
) -> impl IntoView {
    let kept = move |undo: Option<Command>| {
        done.run(());
        match told.clone() {
            Some(told) => desk.tell(told, undo),
            None => desk.tell_undo(undo),
        }
    };
    let kept = Callback::new(kept);
    let problem = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match build() {
            Ok(commands) => {
                let undo = desk.inverse(&commands);
                desk.ask(commands, move |answer| match answer {
                    Ok(()) => kept.run(undo),
                    Err(refusal) => problem.set(desk.lang.refusal(&refusal)),
                });
            }
            Err(words) => problem.set(words),
        }
    };
    let composing = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Enter" && browser::is_composing(&event) {
            event.prevent_default();
        }
    };
    view! {
        <form class="asking" on:submit=submit on:keydown=composing data-testid="form">
            {fields}
            <p class="problem" role="alert">{move || problem.get()}</p>
            <footer>
                <button type="button" class="button" on:click=move |_| done.run(())>{desk.lang.cancel()}</button>
                <button type="submit" class="primary">{button}</button>
            </footer>
        </form>
    }
}

fn leave(desk: Desk) -> Callback<()> {
    Callback::new(move |()| desk.form.set(None))
}
