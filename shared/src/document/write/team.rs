//! What commands write in the team's own documents.

use automerge::ROOT;

use super::Pen;
use crate::command::Command;
use crate::document::schema as key;
use crate::document::view::name;

impl Pen<'_> {
    pub(super) fn team(&mut self, command: Command) {
        match command {
            Command::PutMember { member, name: called, role } => {
                for (field, text) in [(key::NAME, called), (key::ROLE, name(&role))] {
                    let map = self.known(key::MEMBERS, &member.to_string(), field);
                    self.put_changed(&map, field, text);
                }
            }
            Command::PublishPipeline(pipeline) => {
                let map = self.root_map(key::PIPELINES);
                self.json(&map, &pipeline.id.to_string(), &pipeline);
            }
            Command::DefineField(field) => self.json(&ROOT, &format!("{}{}", key::FIELD, field.id), &field),
            Command::PutAutomation(rule) => self.json(&ROOT, &format!("{}{}", key::AUTOMATION, rule.id), &rule),
            Command::RemoveAutomation { automation } => self.drop_under(key::AUTOMATION, &automation.to_string()),
            Command::PutView(view) => self.json(&ROOT, &format!("{}{}", key::VIEW, view.id), &view),
            Command::RemoveView { view } => self.drop_under(key::VIEW, &view.to_string()),
            // `Command::document` names every other command another document.
            _ => {}
        }
    }
}
