//! What the workspace document says, as plain data that is stored like the card of any other document.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Workspace;
use crate::automation::Automation;
use crate::gather::Gather;
use crate::id::PipelineId;
use crate::model::{CustomField, Member};
use crate::pipeline::Pipeline;
use crate::view::View;

/// The team and its way of working: the card of the workspace document, with which a device starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    pub(crate) pipelines: Vec<Pipeline>,
    pub(crate) alternatives: Vec<(PipelineId, Vec<Pipeline>)>,
    pub(crate) members: Vec<Member>,
    pub(crate) fields: Vec<CustomField>,
    pub(crate) automations: Vec<Automation>,
}

impl Workspace {
    /// Puts a card of the workspace document in the place of what is known.
    pub(crate) fn set_team(&mut self, team: Team) {
        self.pipelines = team.pipelines.into_iter().map(|pipeline| (pipeline.id, Arc::new(pipeline))).into_map();
        self.alternatives = team.alternatives.into_iter().into_map();
        self.members = team.members.into_iter().map(|member| (member.id, member)).into_map();
        self.fields = team.fields.into_iter().map(|field| (field.id, field)).into_map();
        self.automations = team.automations.into_iter().map(|rule| (rule.id, rule)).into_map();
        self.seat();
    }

    /// Puts the saved views in the place of those that are known.
    pub(crate) fn set_views(&mut self, views: Vec<View>) {
        self.views = views.into_iter().map(|view| (view.id, view)).into_map();
    }
}
