//! Chance from a seed: the commands people might give, and what may go wrong on the way.

use shared::command::{Command, Context, NewDeal, Origin};
use shared::id::{ActivityId, CompanyId, DealId, DeviceId, EvidenceId, MemberId, StageId};
use shared::model::{ActivityKind, Outcome, Role};
use shared::money::{Currency, Money};
use shared::pipeline::{Rule, Stage, b2b};
use shared::time::{Day, Timestamp};
use shared::workspace::Workspace;

/// The dice of one schedule. All dice of one seed fall alike.
pub struct Dice(fastrand::Rng);

impl Dice {
    /// The dice of a seed.
    pub fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0.usize(..end)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, chance: u32) -> bool {
        self.0.u32(..100) < chance
    }

    /// Puts things out of order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        self.0.shuffle(things);
    }

    /// One of these, if there are any.
    pub fn pick<T: Clone>(&mut self, things: &[T]) -> Option<T> {
        (!things.is_empty()).then(|| things[self.0.usize(..things.len())].clone())
    }

    fn bytes(&mut self) -> [u8; 16] {
        self.0.u128(..).to_be_bytes()
    }

    /// Something a member of this workspace may try now. Not all of it is allowed.
    pub fn command(&mut self, workspace: &Workspace) -> Command {
        let deals: Vec<DealId> = workspace.deals.keys().copied().collect();
        match self.pick(&deals) {
            Some(deal) if !self.percent(8) => self.deal_command(workspace, deal),
            Some(_) | None if self.percent(25) => {
                let company = CompanyId::from_bytes(self.bytes());
                Command::AddCompany { company, name: format!("Company {}", self.below(9)), source: None }
            }
            Some(_) | None => Command::OpenDeal(self.new_deal(workspace)),
        }
    }

    fn new_deal(&mut self, workspace: &Workspace) -> NewDeal {
        let pipeline = b2b();
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

    fn deal_command(&mut self, workspace: &Workspace, deal: DealId) -> Command {
        let pipeline = b2b();
        let at = workspace.deals.get(&deal).and_then(|card| pipeline.index(card.stage)).unwrap_or(0);
        let stage = pipeline.stages[self.below(pipeline.stages.len())].id;
        let companies: Vec<CompanyId> = workspace.companies.keys().copied().collect();
        match self.below(24) {
            0..5 => Command::MoveDeal {
                deal,
                to: pipeline.stages[(at + 1).min(pipeline.stages.len() - 1)].id,
                reason: String::new(),
            },
            5 => Command::MoveDeal { deal, to: stage, reason: String::new() },
            6..14 => self.toward(&pipeline.stages[at], deal),
            14 => Command::PriceDeal { deal, amount: self.amount() },
            15 => Command::RenameDeal { deal, title: format!("Renamed {}", self.below(1000)) },
            16 => Command::LinkDeal { deal, company: self.pick(&companies) },
            17..20 => self.withdraw(workspace, deal),
            20 => Command::PlanActivity {
                deal,
                activity: ActivityId::from_bytes(self.bytes()),
                kind: ActivityKind::Visit,
                summary: "Visit".to_owned(),
                due: Day::new(2026, 12, 1).expect("a day of the calendar"),
                key: None,
            },
            21 => self.close_or_reopen(deal),
            22 => self.override_or_hold(deal, stage),
            _ => Command::ExpectDeal { deal, close: Day::new(2027, 1, 1 + self.below(20) as u32) },
        }
    }

    /// Something that meets a criterion of this stage.
    fn toward(&mut self, stage: &Stage, deal: DealId) -> Command {
        let criterion = self.pick(&stage.criteria).expect("each stage of the template has criteria");
        match criterion.rule {
            Rule::Fields(_) => Command::PriceDeal { deal, amount: self.amount() },
            Rule::Approval(_) => Command::Approve { deal, criterion: criterion.id },
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
                day: Day::new(2026, 11, 20).expect("a day of the calendar"),
                quote: "Agreed".to_owned(),
                files: Vec::new(),
            },
        }
    }

    fn withdraw(&mut self, workspace: &Workspace, deal: DealId) -> Command {
        let proofs = workspace.open_deals.get(&deal).map(|deal| deal.evidence.clone()).unwrap_or_default();
        let proof = self.pick(&proofs).map_or_else(|| EvidenceId::minted("none"), |proof| proof.id);
        Command::WithdrawEvidence { deal, evidence: proof }
    }

    fn close_or_reopen(&mut self, deal: DealId) -> Command {
        match self.below(3) {
            0 => Command::WinDeal { deal },
            1 => Command::LoseDeal { deal, reason: "Price".to_owned() },
            _ => Command::ReopenDeal { deal },
        }
    }

    fn override_or_hold(&mut self, deal: DealId, stage: StageId) -> Command {
        match self.below(2) {
            0 => Command::OverrideGate { deal, stage, reason: "Known customer".to_owned() },
            _ => Command::HoldGate { deal, stage },
        }
    }

    fn amount(&mut self) -> Option<Money> {
        let currency = if self.percent(50) { Currency::CNY } else { Currency::USD };
        (!self.percent(10)).then(|| Money { minor: 100 * self.below(100_000) as i64, currency })
    }
}

/// The member of a simulated device.
pub fn member(index: usize) -> (MemberId, Role) {
    let roles = [Role::Owner, Role::Manager, Role::Rep];
    (MemberId::minted(&format!("member {index}")), roles[index % roles.len()])
}

/// That member's context at a step of the schedule. Clocks of devices are off by up to a year.
pub fn context(index: usize, step: usize) -> Context {
    let skew = [0, 31_000_000_000, -31_000_000_000][index % 3];
    let now = Timestamp::from_millis(1_790_000_000_000 + skew + 60_000 * step as i64);
    let device = DeviceId::minted(&format!("device {index}"));
    Context { member: member(index).0, device, now, today: now.day(), origin: Origin::Hand }
}
