//! What may be tried with the team's way of working: gates tightened and loosened, stages retired, fields, rules, views.

use shared::automation::{Action, Automation, Setting, Trigger, Whom};
use shared::command::Command;
use shared::id::{AutomationId, CriterionId, FieldId, ViewId};
use shared::model::{ActivityKind, Category, CustomField, Field, FieldKind, RecordKind};
use shared::number::Number;
use shared::pipeline::{Comparison, Condition, Criterion, Leave, Literal, Pipeline, Rule, Weight};
use shared::text::Label;
use shared::view::{Filter, Lanes, View};
use shared::workspace::Workspace;

use super::Dice;
use super::deals::pipeline;

impl Dice {
    pub(super) fn team_command(&mut self, workspace: &Workspace) -> Command {
        match self.below(6) {
            0..3 => Command::PublishPipeline(self.gate_edit(workspace)),
            3 => Command::DefineField(self.custom_field()),
            4 => Command::PutAutomation(self.automation(workspace)),
            _ => self.view_command(),
        }
    }

    fn view_command(&mut self) -> Command {
        let id = ViewId::minted(&self.below(3).to_string());
        match self.below(3) {
            0 => Command::RemoveView { view: id },
            _ => {
                let (name, lanes) = (format!("View {}", self.below(9)), Lanes::default());
                Command::PutView(View { id, name, pipeline: None, filter: Filter::default(), lanes })
            }
        }
    }

    /// The next version of the pipeline: a criterion more, one fewer, another weight, another order of legality, or a
    /// stage retired into the one before it.
    fn gate_edit(&mut self, workspace: &Workspace) -> Pipeline {
        let mut draft = pipeline(workspace);
        draft.version += 1;
        let at = self.below(draft.stages.len());
        match self.below(6) {
            0 => draft.stages[at].criteria.push(self.criterion(workspace)),
            1 => drop(draft.stages[at].criteria.pop()),
            2 => {
                if let Some(criterion) = draft.stages[at].criteria.last_mut() {
                    criterion.weight = Weight::Advised;
                }
            }
            3 => draft.moves.back = Leave::ALL[self.below(3)],
            4 if draft.stages.len() > 3 && at > 0 => {
                let gone = draft.stages.remove(at);
                draft.retired.insert(gone.id, draft.stages[at - 1].id);
            }
            _ => draft.stages[at].stalled_after += 1,
        }
        draft
    }

    fn criterion(&mut self, workspace: &Workspace) -> Criterion {
        let fields: Vec<FieldId> = workspace.fields.keys().copied().collect();
        let rule = match self.pick(&fields) {
            Some(field) => Rule::Fields(Condition::Compare {
                field: Field::Custom(field),
                is: Comparison::AtLeast,
                value: Literal::Number(Number::whole(self.below(9) as i32)),
            }),
            None => Rule::Fields(Condition::Filled(Field::Close)),
        };
        let id = CriterionId::from_bytes(self.bytes());
        Criterion { id, name: Label::new("更严", "Tighter"), weight: Weight::Required, rule }
    }

    fn custom_field(&mut self) -> CustomField {
        let (on, number) = (RecordKind::ALL[self.below(4)], self.below(2));
        CustomField {
            id: FieldId::minted(&format!("{on:?} {number}")),
            on,
            name: Label::new("规模", "Size"),
            kind: FieldKind::Number,
            choices: Vec::new(),
            on_card: self.percent(50),
            rank: 0,
            retired: self.percent(20),
        }
    }

    fn automation(&mut self, workspace: &Workspace) -> Automation {
        let stages = pipeline(workspace).stages;
        let when = match self.below(4) {
            0 => Trigger::StageEntered(stages[self.below(stages.len())].id),
            1 => Trigger::ActivityDone(ActivityKind::Call),
            2 => Trigger::FieldChanged(Field::Amount),
            _ => Trigger::GateReopened,
        };
        let then = match self.below(3) {
            0 => Action::Remind(Label::new("看一下", "Look")),
            1 => Action::Set(Setting::Category(Category::Commit)),
            _ => Action::Notify { whom: Whom::Role(shared::model::Role::Owner), text: Label::new("", "Look") },
        };
        let id = AutomationId::minted(&self.below(3).to_string());
        let name = Label::new("规则", "Rule");
        Automation { id, name, pipeline: None, when, only_if: None, then: vec![then], paused: self.percent(10) }
    }
}
