//! The small forms that board and deal page open over themselves. A draft stays here until it is a command.

mod activity;
pub(in crate::pages) mod attach;
mod choose;
mod customer;
mod discard;
mod entry;
mod evidence;
mod field;
mod fresh;
pub(super) mod input;
mod lead;
mod moving;
mod next;
mod product;
mod reason;
mod same;
mod step;
mod whose;

use leptos::prelude::*;
use shared::command::Command;
use shared::duplicates::PersonId;
use shared::id::{ActivityId, CompanyId, ContactId, CriterionId, DealId, KeyActivityId, LeadId, LineId, StageId};
use shared::model::{ActivityKind, Field};

use super::desk::Desk;
use crate::engine::browser;
use crate::widgets::dialog::Dialog;

pub use customer::company_text_form;
pub use entry::{Draft, custom_fields, entry_form};
pub use field::field_form;
pub use input::{CURRENCIES, choice, like, members, usual_currency};
pub use lead::lead_input;

/// What is shown once an activity is finished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// The next step, to be planned.
    NextStep,
    /// The gate that the activity was finished for.
    Gate,
}

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
    /// An activity that happened on a deal that is to be chosen.
    Log,
    /// What to do next, after an activity of this kind; also what came of that one, if it was just finished.
    Next { deal: DealId, kind: ActivityKind, finished: Option<ActivityId> },
    /// What else can be done about a deal, and with a planned activity of it.
    Step { deal: DealId, activity: Option<ActivityId> },
    /// An activity to come.
    Plan { deal: DealId },
    /// A planned activity happened.
    Finish { deal: DealId, activity: ActivityId, then: Then },
    /// A proof.
    Evidence { deal: DealId, criterion: CriterionId },
    /// An approval.
    Approve { deal: DealId, criterion: CriterionId },
    /// An approval refused.
    Decline { deal: DealId, criterion: CriterionId },
    /// An approval asked for.
    Request { deal: DealId, criterion: CriterionId },
    /// A gate passed by word.
    Override { deal: DealId, stage: StageId },
    /// Why a deal goes a way that its pipeline asks a reason for.
    MoveReason { deal: DealId, to: StageId },
    /// A product of a deal; none for another one.
    Product { deal: DealId, line: Option<LineId> },
    /// The end of a deal that was not won.
    Lose { deal: DealId },
    /// A deal to be taken away from everywhere.
    DiscardDeal { deal: DealId },
    /// A customer to be taken away from everywhere.
    DiscardCompany { company: CompanyId },
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
    /// A new lead.
    Lead,
    /// A lead that becomes a deal.
    Convert { lead: LeadId },
    /// A lead that leads nowhere.
    Dismiss { lead: LeadId },
}

/// Draws the form that is open.
pub fn open_form(desk: Desk, form: Form) -> AnyView {
    match form {
        Form::New { stage } => fresh::fresh_form(desk, stage).into_any(),
        Form::Move { deal } => moving::move_form(desk, deal).into_any(),
        Form::Field { deal, field } => {
            let inner = move || field_form(desk, deal, field, Callback::new(move |()| desk.form.set(None)));
            let fields = desk.mirror().fields.get_untracked();
            sheet(desk, desk.lang.asked_field(field, &fields), inner).into_any()
        }
        Form::Activity { deal, kind, key } => activity::log_form(desk, Some(deal), kind, key).into_any(),
        Form::Log => activity::log_form(desk, None, None, None).into_any(),
        Form::Next { deal, kind, finished } => next::next_form(desk, deal, kind, finished).into_any(),
        Form::Step { deal, activity } => step::step_form(desk, deal, activity).into_any(),
        Form::Plan { deal } => activity::plan_form(desk, deal).into_any(),
        Form::Finish { deal, activity, then } => activity::finish_form(desk, deal, activity, then).into_any(),
        Form::Evidence { deal, criterion } => evidence::evidence_form(desk, deal, criterion).into_any(),
        Form::Approve { deal, criterion } => reason::approve_form(desk, deal, criterion).into_any(),
        Form::Decline { deal, criterion } => reason::decline_form(desk, deal, criterion).into_any(),
        Form::Request { deal, criterion } => reason::request_form(desk, deal, criterion).into_any(),
        Form::Override { deal, stage } => reason::override_form(desk, deal, stage).into_any(),
        Form::MoveReason { deal, to } => reason::move_reason_form(desk, deal, to).into_any(),
        Form::Product { deal, line } => product::product_form(desk, deal, line).into_any(),
        Form::Lose { deal } => reason::lose_form(desk, deal).into_any(),
        Form::DiscardDeal { deal } => discard::discard_deal(desk, deal).into_any(),
        Form::DiscardCompany { company } => discard::discard_company(desk, company).into_any(),
        Form::Company => customer::company_form(desk).into_any(),
        Form::Contact { company, known } => customer::contact_form(desk, company, known).into_any(),
        Form::SameCompany { one, other } => same::same_company(desk, one, other).into_any(),
        Form::SamePerson { one, other } => same::same_person(desk, one, other).into_any(),
        Form::OtherCompany { company } => same::other_company(desk, company).into_any(),
        Form::OtherPerson { person } => same::other_person(desk, person).into_any(),
        Form::Lead => lead::lead_form(desk).into_any(),
        Form::Convert { lead } => lead::convert_form(desk, lead).into_any(),
        Form::Dismiss { lead } => lead::dismiss_form(desk, lead).into_any(),
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

/// What a form's buttons say and lead to.
pub struct Ways {
    /// On the button that keeps the draft.
    pub keep: &'static str,
    /// On the one that gives it up.
    pub leave: &'static str,
    /// It is kept.
    pub kept: Callback<()>,
    /// It is given up.
    pub left: Callback<()>,
    /// What a toast tells when it is kept, with a way to undo it.
    pub told: Option<Signal<String>>,
}

impl Ways {
    /// Keeping and giving up lead to the same, and nothing is told.
    pub fn to(desk: Desk, keep: &'static str, done: Callback<()>) -> Self {
        Self { keep, leave: desk.lang.cancel(), kept: done, left: done, told: None }
    }
}

/// A form that asks for what `build` makes of its draft, then is done; a refusal is shown and the draft kept.
pub(super) fn asking<V: IntoView + 'static>(
    desk: Desk,
    button: &'static str,
    fields: V,
    done: Callback<()>,
    build: impl Fn() -> Result<Vec<Command>, String> + Send + Sync + 'static,
) -> impl IntoView {
    asking_ways(desk, Ways::to(desk, button, done), fields, build)
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
    asking_ways(desk, Ways { told: Some(told.into()), ..Ways::to(desk, desk.lang.save(), done) }, fields, build)
}

/// The same with more ways out.
pub fn asking_ways<V: IntoView + 'static>(
    desk: Desk,
    ways: Ways,
    fields: V,
    build: impl Fn() -> Result<Vec<Command>, String> + Send + Sync + 'static,
) -> impl IntoView {
    let Ways { keep, leave, kept, left, told } = ways;
    let problem = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match build() {
            Ok(commands) => {
                let then = move |answer| match answer {
                    Ok(()) => kept.run(()),
                    Err(refusal) => problem.set(desk.lang.refusal(&refusal)),
                };
                let words = told.map_or_else(|| desk.lang.kept().to_owned(), |told| told.get_untracked());
                desk.ask_all(commands, words, then);
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
                <button type="button" class="button" on:click=move |_| left.run(())>{leave}</button>
                <button type="submit" class="primary">{keep}</button>
            </footer>
        </form>
    }
}

fn leave(desk: Desk) -> Callback<()> {
    Callback::new(move |()| desk.form.set(None))
}
