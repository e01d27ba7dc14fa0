//! What every rule asks of the workspace: does it exist, may this member.

use crate::command::Context;
use crate::id::{CompanyId, DealId, LeadId, MemberId, PipelineId, StageId};
use crate::model::{CompanyCard, Deal, DealCard, FieldValue, LeadCard, Outcome, RecordField, Role};
use crate::pipeline::{Pipeline, Stage};
use crate::refusal::Refusal;
use crate::rules::limits;
use crate::time::Day;
use crate::workspace::Workspace;

/// The workspace, and who asks.
pub(super) struct Door<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) context: &'a Context,
}

impl<'a> Door<'a> {
    /// Nobody is here yet, so that whoever comes first begins.
    pub(super) fn is_unfounded(&self) -> bool {
        self.workspace.members.is_empty()
    }

    /// The member has this role or a higher one.
    pub(super) fn needs(&self, role: Role) -> Result<(), Refusal> {
        match self.workspace.role(self.context.member) >= role {
            true => Ok(()),
            false => Err(Refusal::Role { needs: role }),
        }
    }

    /// A deal that was not discarded.
    pub(super) fn deal(&self, deal: DealId) -> Result<&'a DealCard, Refusal> {
        self.workspace.deal(deal).map(AsRef::as_ref).ok_or(Refusal::NoDeal(deal))
    }

    /// A deal that is being worked.
    pub(super) fn worked(&self, deal: DealId) -> Result<&'a DealCard, Refusal> {
        let card = self.deal(deal)?;
        match card.outcome {
            Outcome::Open => Ok(card),
            Outcome::Won { .. } | Outcome::Lost { .. } => Err(Refusal::Closed),
        }
    }

    /// Edits made apart gave a field several values, and one of them is meant.
    pub(super) fn was_told(&self, deal: DealId, is_meant: impl Fn(&FieldValue) -> bool) -> bool {
        let conflicts = self.workspace.open_deals.get(&deal).map_or(&[][..], |opened| &opened.conflicts);
        conflicts.iter().flat_map(|conflict| &conflict.versions).any(|version| is_meant(&version.value))
    }

    /// The same of a record on the deal, whichever its values are.
    pub(super) fn is_disputed(&self, deal: DealId, field: RecordField) -> bool {
        let opened = self.workspace.open_deals.get(&deal);
        opened.is_some_and(|deal| deal.record_conflicts.iter().any(|conflict| conflict.field == field))
    }

    /// A deal with everything on it; its document must be open.
    pub(super) fn opened(&self, deal: DealId) -> Result<&'a Deal, Refusal> {
        self.deal(deal)?;
        self.workspace.open_deals.get(&deal).map(AsRef::as_ref).ok_or(Refusal::Unreadable)
    }

    /// A company that was not discarded.
    pub(super) fn company(&self, company: CompanyId) -> Result<&'a CompanyCard, Refusal> {
        self.workspace.company(company).map(AsRef::as_ref).ok_or(Refusal::NoCompany(company))
    }

    /// Somebody of the team.
    pub(super) fn member(&self, member: MemberId) -> Result<(), Refusal> {
        match self.workspace.members.contains_key(&member) {
            true => Ok(()),
            false => Err(Refusal::NoMember(member)),
        }
    }

    /// A pipeline of the team.
    pub(super) fn pipeline(&self, pipeline: PipelineId) -> Result<&'a Pipeline, Refusal> {
        self.workspace.pipelines.get(&pipeline).map(AsRef::as_ref).ok_or(Refusal::NoPipeline(pipeline))
    }

    /// A stage of a pipeline of the team.
    pub(super) fn stage(&self, pipeline: PipelineId, stage: StageId) -> Result<&'a Stage, Refusal> {
        let stages = &self.pipeline(pipeline)?.stages;
        // A retired stage is one no more, although the pipeline still knows where its deals went.
        stages.iter().find(|each| each.id == stage).ok_or(Refusal::NoStage(stage))
    }

    /// A lead.
    pub(super) fn lead(&self, lead: LeadId) -> Result<&'a LeadCard, Refusal> {
        self.workspace.leads.get(&lead).map(AsRef::as_ref).ok_or(Refusal::NoLead(lead))
    }

    /// A day that can be meant.
    pub(super) fn near(&self, day: Day) -> Result<(), Refusal> {
        limits::near(self.context.now, day.start())
    }
}
