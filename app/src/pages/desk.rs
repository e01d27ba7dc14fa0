//! What every page has at hand: the language, the mirror, the door, the open form and the toast.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::Command;
use shared::id::{ChoiceId, CompanyId, DeviceId, MemberId, PipelineId, StageId};
use shared::model::{CompanyCard, CustomField, DealCard, Entry, Field, Role};
use shared::pipeline::{Pipeline, Stage};
use shared::refusal::Refusal;
use shared::text::Lang;
use shared::workspace::Customers;

use super::companies::Apart;
use super::forms::Form;
use super::later::Part;
use crate::dispatch::Dispatch;
use crate::engine::browser;
use crate::mirror::Mirror;
use crate::widgets::gate_bar::looks;

/// How long a toast offers to undo.
const TOAST: Duration = Duration::from_secs(8);

/// Where the browser keeps which pipeline the board shows.
const SHOWN: &str = "board";

/// A message that leaves by itself, with the commands that undo what it tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// What happened.
    pub text: String,
    /// What undoes it; empty if nothing does.
    pub undo: Vec<Command>,
    turn: u64,
}

/// Handles to everything; copying it copies no data.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The language of the screen; another language draws another desk.
    pub lang: Lang,
    /// The form that is open, if any.
    pub form: RwSignal<Option<Form>>,
    /// The toast.
    pub toast: RwSignal<Option<Toast>>,
    /// The pipeline that the board shows; none for the first one.
    pub shown: RwSignal<Option<PipelineId>>,
    handed: StoredValue<Option<Pipeline>>,
    /// Records that look like one and are not, as somebody said in this browser.
    pub apart: RwSignal<Apart>,
    /// How far the later part of the program is.
    pub(super) part: RwSignal<Part>,
    mirror: StoredValue<Mirror, LocalStorage>,
    dispatch: StoredValue<Dispatch, LocalStorage>,
    undo: StoredValue<Vec<Vec<Command>>>,
}

impl Desk {
    /// A desk; called once for each language that is shown.
    pub(super) fn new(lang: Lang, mirror: Mirror, dispatch: Dispatch, part: RwSignal<Part>) -> Self {
        Self {
            lang,
            form: RwSignal::new(None),
            toast: RwSignal::new(None),
            shown: RwSignal::new(browser::kept(SHOWN).and_then(|id| id.parse().ok())),
            handed: StoredValue::new(None),
            apart: RwSignal::new(Apart::kept()),
            part,
            mirror: StoredValue::new_local(mirror),
            dispatch: StoredValue::new_local(dispatch),
            undo: StoredValue::new(Vec::new()),
        }
    }

    /// The mirror.
    pub fn mirror(self) -> Mirror {
        self.mirror.get_value()
    }

    /// The door.
    pub fn dispatch(self) -> Dispatch {
        self.dispatch.get_value()
    }

    /// Shows a pipeline on the board, now and after the next start.
    pub fn show(self, pipeline: PipelineId) {
        browser::keep(SHOWN, &pipeline.to_string());
        self.shown.set(Some(pipeline));
    }

    /// Opens the designer with a draft that is nowhere else yet.
    pub fn hand(self, draft: Pipeline) {
        let to = format!("/pipeline/{}", draft.id);
        self.handed.set_value(Some(draft));
        browser::go(&to);
    }

    /// The draft that was handed to the designer of a pipeline, once.
    pub fn handed(self, id: PipelineId) -> Option<Pipeline> {
        self.handed.try_update_value(|handed| handed.take_if(|draft| draft.id == id)).flatten()
    }

    /// Asks for these changes one after the other and stops at the first refusal.
    pub fn ask(self, commands: Vec<Command>, then: impl FnOnce(Result<(), Refusal>) + 'static) {
        self.ask_for_undo(commands, move |answer| then(answer.map(|_| ())));
    }

    /// Asks for these changes one after the other, stops at the first refusal, and hears what undoes all of them.
    fn ask_for_undo(self, commands: Vec<Command>, then: impl FnOnce(Result<Vec<Command>, Refusal>) + 'static) {
        let dispatch = self.dispatch();
        spawn_local(async move {
            let mut undo = Vec::new();
            for command in commands {
                match dispatch.ask(command).await {
                    // What was done last is taken back first.
                    Ok(back) => drop(undo.splice(0..0, back)),
                    Err(refusal) => return then(Err(refusal)),
                }
            }
            then(Ok(undo));
        });
    }

    /// Asks for one change; a refusal is told in a toast.
    pub fn ask_or_tell(self, command: Command) {
        self.ask_all_or_tell(vec![command]);
    }

    fn ask_all_or_tell(self, commands: Vec<Command>) {
        self.ask(commands, move |answer| {
            if let Err(refusal) = answer {
                self.tell(self.lang.refusal(&refusal), None);
            }
        });
    }

    /// Shows a toast, and remembers how to undo what it tells.
    pub fn tell(self, text: String, undo: impl IntoIterator<Item = Command>) {
        let undo: Vec<Command> = undo.into_iter().collect();
        if !undo.is_empty() {
            self.undo.update_value(|stack| stack.push(undo.clone()));
        }
        let turn = self.toast.with_untracked(|toast| toast.as_ref().map_or(0, |toast| toast.turn + 1));
        self.toast.set(Some(Toast { text, undo, turn }));
        let leave = move || {
            let shown = self.toast.try_with_untracked(|toast| toast.as_ref().is_some_and(|toast| toast.turn == turn));
            if shown == Some(true) {
                self.toast.set(None);
            }
        };
        set_timeout(leave, TOAST);
    }

    /// Undoes the last thing that can be undone.
    pub fn undo(self) {
        let last = self.undo.try_update_value(Vec::pop).flatten();
        if let Some(commands) = last {
            self.toast.set(None);
            self.ask_all_or_tell(commands);
        }
    }

    /// Asks for one change and offers to undo it; a refusal is told in a toast.
    pub fn ask_undoable(self, command: Command, text: String) {
        self.ask_all(vec![command], text, move |answer| {
            if let Err(refusal) = answer {
                self.tell(self.lang.refusal(&refusal), None);
            }
        });
    }

    /// Asks for these changes one after the other, and offers to undo all of them together.
    pub fn ask_all(self, commands: Vec<Command>, text: String, then: impl FnOnce(Result<(), Refusal>) + 'static) {
        self.ask_for_undo(commands, move |answer| then(answer.map(|undo| self.tell(text, undo))));
    }

    /// Words, and what they are about: a button says so to those who do not see what it stands beside.
    pub fn about(self, words: &str, name: &str) -> String {
        [words, self.lang.colon(), name].concat()
    }

    /// Who works here; tracked.
    pub fn me(self) -> Option<MemberId> {
        let dispatch = self.dispatch();
        dispatch.phase().track();
        dispatch.identity().map(|identity| identity.member)
    }

    /// This device; tracked.
    pub fn device(self) -> Option<DeviceId> {
        let dispatch = self.dispatch();
        dispatch.phase().track();
        dispatch.identity().map(|identity| identity.device)
    }

    /// What the one who works here may do; tracked.
    pub fn role(self) -> Role {
        let mirror = self.mirror();
        let me = self.me();
        mirror.members.with(|members| me.and_then(|me| members.get(&me)).map_or(Role::Viewer, |member| member.role))
    }

    /// The name of a company, or of the one it was merged into; tracked.
    pub fn company(self, id: Option<CompanyId>) -> String {
        let name = self.standing(id).map(|company| company.name.clone());
        name.unwrap_or_else(|| self.lang.no_company().to_owned())
    }

    /// A company, or the one it was merged into; tracked.
    pub fn standing(self, id: Option<CompanyId>) -> Option<Arc<CompanyCard>> {
        let mirror = self.mirror();
        mirror.companies().track();
        mirror.look(|world| id.and_then(|id| world.company(world.standing_for(id)).cloned()))
    }

    /// Judges with the customers as they are now; tracked by their records. The mirror is locked inside: it must not
    /// be asked for anything else there.
    pub fn judge<T>(self, judge: impl FnOnce(&Customers<'_>) -> T) -> T {
        let mirror = self.mirror();
        mirror.companies().track();
        mirror.look(|world| judge(&world.customers()))
    }

    /// How a stage's criteria look on a deal; tracked by the customers.
    pub fn looks(self, card: &DealCard, stage: &Stage) -> Vec<&'static str> {
        self.judge(|customers| looks(customers, card, stage))
    }

    /// A member's name; tracked.
    pub fn member(self, id: Option<MemberId>) -> String {
        let name = |id| self.mirror().members.with(|members| members.get(&id).map(|member| member.name.clone()));
        id.and_then(name).unwrap_or_else(|| self.lang.nobody().to_owned())
    }

    /// What is written in a field that the team added, as people read it; tracked.
    pub fn entry(self, entry: &Entry) -> String {
        let lang = self.lang;
        match entry {
            Entry::Text(text) | Entry::Link(text) => text.clone(),
            Entry::Number(number) => number.to_string(),
            Entry::Money(money) => browser::money(lang, *money),
            Entry::Date(day) => browser::day(lang, *day),
            Entry::Choice(choice) => self.choice(*choice),
            Entry::Choices(choices) => {
                let names: Vec<String> = choices.iter().map(|choice| self.choice(*choice)).collect();
                names.join(lang.list_comma())
            }
            Entry::Person(member) => self.member(Some(*member)),
            Entry::Flag(flag) => if *flag { lang.yes() } else { lang.no() }.to_owned(),
        }
    }

    /// What a field of a deal is called. Not tracked.
    pub fn field(self, field: Field) -> String {
        self.mirror().fields.with_untracked(|fields| self.lang.field_name(field, fields))
    }

    fn choice(self, id: ChoiceId) -> String {
        let name = |field: &CustomField| {
            let found = field.choices.iter().find(|choice| choice.id == id);
            found.map(|choice| choice.name.get(self.lang).to_owned())
        };
        self.mirror().fields.with(|fields| fields.values().find_map(name)).unwrap_or_default()
    }

    /// A pipeline; tracked.
    pub fn pipeline(self, id: PipelineId) -> Option<Arc<Pipeline>> {
        self.mirror().pipelines.with(|all| all.get(&id).cloned())
    }

    /// Moves a deal and offers to undo it. What a closed gate answers goes to `refused`.
    pub fn move_deal(self, card: &DealCard, to: StageId, refused: impl FnOnce(Refusal) + 'static) {
        self.move_deal_and(card, to, None, refused);
    }

    /// Moves a deal, then asks for something else about it, and offers to undo both.
    pub fn move_deal_and(
        self,
        card: &DealCard,
        to: StageId,
        then: Option<Command>,
        refused: impl FnOnce(Refusal) + 'static,
    ) {
        let (deal, title) = (card.id, card.title.clone());
        let commands: Vec<Command> =
            std::iter::once(Command::MoveDeal { deal, to, reason: String::new() }).chain(then.clone()).collect();
        let stage = untrack(|| self.pipeline(card.pipeline));
        let name = stage.and_then(|all| all.stage(to).map(|stage| stage.name.get(self.lang).to_owned()));
        self.ask_for_undo(commands, move |answer| match answer {
            Ok(undo) => {
                let text = self.lang.moved(&title, &name.unwrap_or_default());
                self.tell(text, undo);
            }
            Err(Refusal::MoveReason(_)) => {
                self.form.set(Some(Form::MoveReason { deal, to }));
                then.into_iter().for_each(|command| self.ask_or_tell(command));
            }
            Err(refusal) => refused(refusal),
        });
    }
}
