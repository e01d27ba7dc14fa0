//! What may be tried with a deal.

use shared::command::{Command, NewDeal};
use shared::id::{ActivityId, CompanyId, ContactId, DealId, EvidenceId, LineId, PipelineId, StageId};
use shared::model::{
    ActivityKind, Category, CustomField, Entry, FileHash, FileKind, FileRef, Outcome, RecordKind, RecordRef,
};
use shared::money::{Currency, Money};
use shared::number::Number;
use shared::pipeline::{Pipeline, Rule, Stage};
use shared::time::Timestamp;
use shared::workspace::Workspace;

use super::Dice;

impl Dice {
    pub(super) fn new_deal(&mut self, workspace: &Workspace) -> NewDeal {
        let pipeline = pipeline(workspace);
        let companies: Vec<CompanyId> = workspace.companies.keys().copied().collect();
        NewDeal {
            // Few names, so that two devices offline sometimes write the same deal down.
            deal: if self.percent(20) {
                DealId::minted(&self.below(4).to_string())
            } else {
                DealId::from_bytes(self.bytes())
            },
            title: format!("Deal {}", self.below(1000)),
            company: self.pick(&companies),
            owner: None,
            amount: self.amount(),
            close: None,
            stage: pipeline.stages[self.below(2)].id,
            pipeline: pipeline.id,
            created: Timestamp::from_millis(1_700_000_000_000),
            outcome: Outcome::Open,
            source: None,
        }
    }

    pub(super) fn deal_command(&mut self, workspace: &Workspace, deal: DealId) -> Command {
        let pipeline = pipeline(workspace);
        let at = workspace.deals.get(&deal).and_then(|card| pipeline.index(card.stage)).unwrap_or(0);
        let stage = pipeline.stages[self.below(pipeline.stages.len())].id;
        let next = pipeline.stages[(at + 1).min(pipeline.stages.len() - 1)].id;
        let companies: Vec<CompanyId> = workspace.companies.keys().copied().collect();
        match self.below(30) {
            0..5 => Command::MoveDeal { deal, to: next, reason: String::new() },
            5 => Command::MoveDeal { deal, to: stage, reason: "Agreed".to_owned() },
            6..14 => self.toward(&pipeline.stages[at], deal),
            14 => Command::PriceDeal { deal, amount: self.amount() },
            15 => Command::RenameDeal { deal, title: format!("Renamed {}", self.below(1000)) },
            16 => Command::LinkDeal { deal, company: self.pick(&companies) },
            17..20 => self.withdraw(workspace, deal),
            20 => Command::ClassifyDeal { deal, category: self.pick(&Category::ALL) },
            21 => self.close_or_reopen(deal),
            22 => self.override_or_hold(deal, stage),
            23..27 => self.activity_command(workspace, deal),
            27 => self.line(deal),
            28 => self.field(workspace, deal),
            _ => Command::ExpectDeal { deal, close: Some(self.day()) },
        }
    }

    /// Something that meets a criterion of this stage.
    fn toward(&mut self, stage: &Stage, deal: DealId) -> Command {
        let Some(criterion) = self.pick(&stage.criteria) else {
            return Command::PriceDeal { deal, amount: self.amount() };
        };
        match criterion.rule {
            Rule::Fields(_) => Command::PriceDeal { deal, amount: self.amount() },
            Rule::Approval(_) => match self.below(5) {
                0 => Command::RequestApproval { deal, criterion: criterion.id, note: "Please".to_owned() },
                1 => Command::WithdrawRequest { deal, criterion: criterion.id },
                2 => Command::Decline { deal, criterion: criterion.id, reason: "Too cheap".to_owned() },
                _ => Command::Approve { deal, criterion: criterion.id },
            },
            Rule::KeyActivity(key) => Command::LogActivity {
                deal,
                activity: ActivityId::from_bytes(self.bytes()),
                kind: ActivityKind::Call,
                summary: "Talked".to_owned(),
                key: Some(key),
            },
            Rule::Evidence(kind) => Command::RecordEvidence {
                deal,
                evidence: EvidenceId::from_bytes(self.bytes()),
                criterion: criterion.id,
                kind,
                from: "Zhou".to_owned(),
                day: self.day(),
                quote: "Agreed".to_owned(),
                files: vec![FileRef {
                    hash: FileHash::of(b"proof"),
                    name: "proof.png".to_owned(),
                    kind: FileKind::Image,
                    size: 5,
                    thumbnail: None,
                }],
            },
        }
    }

    fn withdraw(&mut self, workspace: &Workspace, deal: DealId) -> Command {
        let proofs = workspace.open_deals.get(&deal).map(|deal| deal.evidence.clone()).unwrap_or_default();
        let proof = self.pick(&proofs).map_or_else(|| EvidenceId::minted("none"), |proof| proof.id);
        match self.below(4) {
            0 => Command::RestoreEvidence { deal, evidence: proof },
            _ => Command::WithdrawEvidence { deal, evidence: proof },
        }
    }

    fn close_or_reopen(&mut self, deal: DealId) -> Command {
        match self.below(5) {
            0 => Command::WinDeal { deal },
            1 => Command::LoseDeal { deal, reason: "Price".to_owned() },
            2 => Command::DiscardDeal { deal },
            3 => Command::RestoreDeal { deal },
            _ => Command::ReopenDeal { deal },
        }
    }

    fn override_or_hold(&mut self, deal: DealId, stage: StageId) -> Command {
        match self.below(2) {
            0 => Command::OverrideGate { deal, stage, reason: "Known customer".to_owned() },
            _ => Command::HoldGate { deal, stage },
        }
    }

    fn activity_command(&mut self, workspace: &Workspace, deal: DealId) -> Command {
        let known = workspace.open_deals.get(&deal).map(|deal| deal.activities.clone()).unwrap_or_default();
        match (self.below(5), self.pick(&known).map(|known| known.id)) {
            (0, Some(activity)) => Command::FinishActivity { deal, activity, summary: "Done".to_owned() },
            (1, Some(activity)) => Command::UnfinishActivity { deal, activity },
            (2, Some(activity)) => Command::RescheduleActivity { deal, activity, due: self.day() },
            (3, Some(activity)) => Command::CancelActivity { deal, activity },
            (_, _) => Command::PlanActivity {
                deal,
                activity: ActivityId::from_bytes(self.bytes()),
                kind: ActivityKind::Visit,
                summary: "Visit".to_owned(),
                due: self.day(),
                key: None,
            },
        }
    }

    fn line(&mut self, deal: DealId) -> Command {
        let line = LineId::minted(&self.below(3).to_string());
        match self.below(3) {
            0 => Command::RemoveLine { deal, line },
            _ => Command::PutLine {
                deal,
                line,
                product: "Pump".to_owned(),
                quantity: Number::whole(1 + self.below(9) as i32),
                price: Money { minor: 100 * self.below(500) as i64, currency: Currency::CNY },
            },
        }
    }

    fn field(&mut self, workspace: &Workspace, deal: DealId) -> Command {
        let fields: Vec<&CustomField> = workspace.fields.values().collect();
        match self.pick(&fields) {
            Some(field) => {
                let value = (!self.percent(20)).then(|| Entry::Number(Number::whole(self.below(9) as i32)));
                Command::SetField { of: self.record(workspace, deal, field.on), field: field.id, value }
            }
            None => Command::PriceDeal { deal, amount: None },
        }
    }

    /// A record of this kind that a deal's gates may ask; the deal itself where there is none.
    fn record(&mut self, workspace: &Workspace, deal: DealId, on: RecordKind) -> RecordRef {
        let known = workspace.open_deals.get(&deal).map(|deal| deal.activities.clone()).unwrap_or_default();
        let company = workspace.deals.get(&deal).and_then(|card| card.company);
        let found = match on {
            RecordKind::Deal => None,
            RecordKind::Activity => self.pick(&known).map(|activity| RecordRef::Activity(deal, activity.id)),
            RecordKind::Company => company.map(RecordRef::Company),
            RecordKind::Contact => company.map(|company| {
                let contact = ContactId::minted(&self.below(3).to_string());
                RecordRef::Contact(company, contact)
            }),
        };
        found.unwrap_or(RecordRef::Deal(deal))
    }
}

/// The pipeline of the schedules, in the version that this device knows.
pub(super) fn pipeline(workspace: &Workspace) -> Pipeline {
    let found = workspace.pipelines.get(&PipelineId::minted("b2b"));
    found.map(|found| found.as_ref().clone()).expect("the founder published it before anybody worked")
}
