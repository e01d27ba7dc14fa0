//! Chance from a seed: the commands people might give, and what may go wrong on the way.

mod deals;
mod team;

use shared::command::{Command, Context, Origin};
use shared::id::{CompanyId, ContactId, DealId, DeviceId, LeadId, MemberId};
use shared::model::{CompanyText, ContactRole, LeadText, Role};
use shared::money::{Currency, Money};
use shared::replica::Actor;
use shared::time::{Day, Timestamp};
use shared::workspace::Workspace;

use crate::disk::Fate;

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

    /// What happens to a transaction.
    pub fn fate(&mut self) -> Fate {
        match self.below(100) {
            0..4 => Fate::Aborted,
            4..14 => Fate::Believed,
            _ => Fate::Synced,
        }
    }

    /// An actor that nobody else has.
    pub fn actor(&mut self) -> Actor {
        Actor(self.bytes())
    }

    /// Other dice, which fall alike for the same seed.
    pub fn fork(&mut self) -> Self {
        Self(self.0.fork())
    }

    fn bytes(&mut self) -> [u8; 16] {
        self.0.u128(..).to_be_bytes()
    }

    /// Something a member of this workspace may try now. Not all of it is allowed.
    pub fn command(&mut self, workspace: &Workspace) -> Command {
        let deals: Vec<DealId> = workspace.deals.keys().copied().collect();
        match (self.below(100), self.pick(&deals)) {
            (0..6, _) => self.team_command(workspace),
            (6..12, _) => self.company_command(workspace),
            (12..16, _) => self.lead_command(workspace),
            (16..92, Some(deal)) => self.deal_command(workspace, deal),
            (_, _) => Command::OpenDeal(self.new_deal(workspace)),
        }
    }

    fn company_command(&mut self, workspace: &Workspace) -> Command {
        let companies: Vec<CompanyId> = workspace.companies.keys().copied().collect();
        let (one, other) = (self.pick(&companies), self.pick(&companies));
        let (Some(company), Some(into)) = (one, other) else {
            let company = CompanyId::from_bytes(self.bytes());
            return Command::AddCompany { company, name: format!("Company {}", self.below(9)), source: None };
        };
        let mut someone = || ContactId::minted(&self.below(3).to_string());
        let (contact, same) = (someone(), someone());
        match self.below(9) {
            0 => Command::MergeCompany { company, into },
            1 => Command::UnmergeCompany { company },
            2 => Command::DescribeCompany { company, what: CompanyText::Phone, text: self.below(100).to_string() },
            3 => Command::PutContact {
                company,
                contact,
                name: "Zhou".to_owned(),
                role: ContactRole::ALL[self.below(5)],
                phone: String::new(),
                email: String::new(),
            },
            4 => Command::MergeContact { company, contact, into: same },
            5 => Command::UnmergeContact { company, contact },
            6 => Command::DiscardContact { company, contact },
            7 => Command::RenameCompany { company, name: format!("Renamed {}", self.below(9)) },
            _ => {
                let company = CompanyId::from_bytes(self.bytes());
                Command::AddCompany { company, name: format!("Company {}", self.below(9)), source: None }
            }
        }
    }

    fn lead_command(&mut self, workspace: &Workspace) -> Command {
        let leads: Vec<LeadId> = workspace.leads.keys().copied().collect();
        let deals: Vec<DealId> = workspace.deals.keys().copied().collect();
        match (self.below(4), self.pick(&leads), self.pick(&deals)) {
            (0, Some(lead), Some(deal)) => Command::ConvertLead { lead, deal },
            (1, Some(lead), _) => Command::DismissLead { lead, reason: "Spam".to_owned() },
            (2, Some(lead), _) => Command::ReviveLead { lead },
            (_, _, _) => {
                let lead = LeadId::from_bytes(self.bytes());
                Command::AddLead { lead, owner: None, texts: vec![(LeadText::Person, "Lin".to_owned())] }
            }
        }
    }

    fn amount(&mut self) -> Option<Money> {
        let currency = if self.percent(50) { Currency::CNY } else { Currency::USD };
        (!self.percent(10)).then(|| Money { minor: 100 * self.below(100_000) as i64, currency })
    }

    fn day(&mut self) -> Day {
        Day::new(2026, 11, 1 + self.below(28) as u32).expect("November has 30 days")
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
