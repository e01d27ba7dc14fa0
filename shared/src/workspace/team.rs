//! What the workspace document says, as plain data that is stored like the card of any other document.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Workspace;
use crate::automation::Automation;
use crate::gather::Gather;
use crate::id::PipelineId;
use crate::model::{CustomField, Device, Member};
use crate::pipeline::Pipeline;
use crate::view::View;

/// The team and its way of working: the card of the workspace document, with which a device starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    pipelines: Vec<Pipeline>,
    alternatives: Vec<(PipelineId, Vec<Pipeline>)>,
    members: Vec<Member>,
    devices: Vec<Device>,
    fields: Vec<CustomField>,
    automations: Vec<Automation>,
    views: Vec<View>,
}

impl Workspace {
    /// The card of the workspace document; none before anything is known of it.
    pub fn team(&self) -> Option<Team> {
        let team = Team {
            pipelines: self.pipelines.values().map(|pipeline| pipeline.as_ref().clone()).collect(),
            alternatives: self.alternatives.iter().map(|(id, others)| (*id, others.clone())).collect(),
            members: self.members.values().cloned().collect(),
            devices: self.devices.values().cloned().collect(),
            fields: self.fields.values().cloned().collect(),
            automations: self.automations.values().cloned().collect(),
            views: self.views.values().cloned().collect(),
        };
        (team != Team::default()).then_some(team)
    }

    /// Puts a card of the workspace document in the place of what is known.
    pub(crate) fn set_team(&mut self, team: Team) {
        self.pipelines = team.pipelines.into_iter().map(|pipeline| (pipeline.id, Arc::new(pipeline))).into_map();
        self.alternatives = team.alternatives.into_iter().into_map();
        self.members = team.members.into_iter().map(|member| (member.id, member)).into_map();
        self.devices = team.devices.into_iter().map(|device| (device.id, device)).into_map();
        self.fields = team.fields.into_iter().map(|field| (field.id, field)).into_map();
        self.automations = team.automations.into_iter().map(|rule| (rule.id, rule)).into_map();
        self.views = team.views.into_iter().map(|view| (view.id, view)).into_map();
    }
}
