//! A member's day: everything that waits for the member, in the order in which it wants to be seen.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::automation::{Automation, Prompt, prompts};
use crate::gate;
use crate::gather::Arrange as _;
use crate::id::{AutomationId, CriterionId, MemberId, NoticeId};
use crate::model::{Asked, DealCard, NextStep, Notice, Outcome, Role};
use crate::pipeline::{Criterion, Pipeline, Rule};
use crate::review::is_stalled;
use crate::time::{Day, Timestamp};
use crate::workspace::{Customers, Workspace};

/// How many days after today are near enough to be listed.
const SOON: i32 = 7;

/// Whose deals are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those the member works.
    Mine,
    /// All of the team's.
    Everybody,
}

/// Who looks, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Who.
    pub member: MemberId,
    /// At whose deals.
    pub scope: Scope,
    /// When.
    pub now: Timestamp,
    /// The day it is there.
    pub today: Day,
}

/// The parts of the day, in the order they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Gates that were passed and hold no longer.
    Reopened,
    /// Approvals that the member's role may give.
    Approvals,
    /// Messages to the member.
    Notices,
    /// Planned for a day that is over.
    Overdue,
    /// Planned for today.
    Today,
    /// Planned for one of the next seven days.
    Soon,
    /// Deals for which nothing is planned.
    Idle,
    /// Deals on which nothing happened for longer than their stage allows.
    Stalled,
    /// What the team's rules remind of.
    Reminders,
}

impl Section {
    /// Every section, in the order they are shown.
    pub const ALL: [Self; 9] = [
        Self::Reopened,
        Self::Approvals,
        Self::Notices,
        Self::Overdue,
        Self::Today,
        Self::Soon,
        Self::Idle,
        Self::Stalled,
        Self::Reminders,
    ];
}

/// What about a deal waits. It names what the card says, so that a day of thousands of rows stays small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// The first criterion that no longer holds; its stage is how far the deal is verified.
    Reopened(CriterionId),
    /// An approval that somebody asked for.
    Approval(CriterionId),
    /// A message.
    Notice(NoticeId),
    /// A planned activity, by its place among the deal's.
    Step(usize),
    /// Nothing is planned.
    Idle,
    /// Nothing happened for long.
    Stalled,
    /// A rule reminds.
    Reminder(Box<Prompt>),
}

/// One line of the day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The deal.
    pub deal: Arc<DealCard>,
    /// What about it.
    pub what: What,
}

impl Row {
    /// The planned activity, if the row is one.
    pub fn step(&self) -> Option<&NextStep> {
        match self.what {
            What::Step(place) => self.deal.planned.get(place),
            _ => None,
        }
    }

    /// Who asked for the approval, if the row is one.
    pub fn asked(&self) -> Option<&Asked> {
        match self.what {
            What::Approval(criterion) => self.deal.asked.get(&criterion),
            _ => None,
        }
    }

    /// The message, if the row is one.
    pub fn notice(&self) -> Option<&Notice> {
        match self.what {
            What::Notice(id) => self.deal.notices.iter().find(|notice| notice.id == id),
            _ => None,
        }
    }

    /// When it was asked or said.
    fn at(&self) -> Option<Timestamp> {
        self.asked().map(|asked| asked.at).or_else(|| self.notice().map(|notice| notice.at))
    }

    /// The rule it comes from.
    fn rule(&self) -> Option<AutomationId> {
        match &self.what {
            What::Reminder(prompt) => Some(prompt.automation),
            _ => None,
        }
    }
}

/// The day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    sections: [Arc<Vec<Row>>; Section::ALL.len()],
}

impl Agenda {
    /// The rows of a section.
    pub fn rows(&self, section: Section) -> Arc<Vec<Row>> {
        self.sections[section as usize].clone()
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.sections.iter().all(|rows| rows.is_empty())
    }
}

/// Everything that waits for a member.
pub fn agenda(workspace: &Workspace, outlook: &Outlook) -> Agenda {
    let gatherer = Gatherer::new(workspace, *outlook);
    let mut sections = Section::ALL.map(|_| Vec::new());
    for card in workspace.deals.values().filter(|card| !card.discarded) {
        gatherer.deal(card, &mut |section, what| {
            sections[section as usize].push(Row { deal: card.clone(), what });
        });
    }
    sections.iter_mut().zip(Section::ALL).for_each(|(rows, section)| sort(section, rows));
    Agenda { sections: sections.map(Arc::new) }
}

struct Gatherer<'a> {
    workspace: &'a Workspace,
    customers: Customers<'a>,
    outlook: Outlook,
    role: Role,
    /// Whether any rule reminds of what lasts, so that deals need to be asked about it.
    has_lasting: bool,
}

impl<'a> Gatherer<'a> {
    fn new(workspace: &'a Workspace, outlook: Outlook) -> Self {
        let role = workspace.role(outlook.member);
        let lasts = |rule: &Automation| rule.when.lasts() && !rule.paused;
        let has_lasting = workspace.automations.values().any(lasts);
        Self { workspace, customers: workspace.customers(), outlook, role, has_lasting }
    }

    fn deal(&self, card: &DealCard, put: &mut impl FnMut(Section, What)) {
        let to_me = card.notices.iter().filter(|notice| notice.to == self.outlook.member);
        to_me.for_each(|notice| put(Section::Notices, What::Notice(notice.id)));
        if card.outcome != Outcome::Open {
            return;
        }
        let pipeline = self.workspace.pipelines.get(&card.pipeline).map(AsRef::as_ref);
        if let Some(pipeline) = pipeline {
            self.approvals(card, pipeline, put);
        }
        if self.has_lasting {
            self.reminders(card, put);
        }
        if self.outlook.scope == Scope::Everybody || card.owner == Some(self.outlook.member) {
            self.work(card, pipeline, put);
        }
    }

    fn approvals(&self, card: &DealCard, pipeline: &Pipeline, put: &mut impl FnMut(Section, What)) {
        let may = |criterion: &Criterion| matches!(criterion.rule, Rule::Approval(needed) if self.role >= needed);
        let asked = card.asked.keys().filter_map(|id| pipeline.criterion(*id));
        let mine = asked.filter(|(_, criterion)| may(criterion));
        mine.for_each(|(_, criterion)| put(Section::Approvals, What::Approval(criterion.id)));
    }

    /// A reminder is for whom its rule names, whoever's deals are listed; with everybody's deals, all are shown.
    fn reminders(&self, card: &DealCard, put: &mut impl FnMut(Section, What)) {
        let Outlook { member, scope, now, today } = self.outlook;
        for prompt in prompts(self.workspace, &self.customers, card, now, today) {
            if scope == Scope::Everybody || prompt.whom.members(self.workspace, card).contains(&member) {
                put(Section::Reminders, What::Reminder(Box::new(prompt)));
            }
        }
    }

    /// What is to be done on a deal that is being worked.
    fn work(&self, card: &DealCard, pipeline: Option<&Pipeline>, put: &mut impl FnMut(Section, What)) {
        if let Some(unmet) = pipeline.and_then(|pipeline| gate::first_reopened(&self.customers, card, pipeline)) {
            put(Section::Reopened, What::Reopened(unmet.criterion));
        }
        let steps = card.planned.iter().enumerate().filter_map(|(place, step)| Some((self.when(step.due)?, place)));
        steps.for_each(|(section, place)| put(section, What::Step(place)));
        if card.planned.is_empty() {
            put(Section::Idle, What::Idle);
        }
        let stage = pipeline.and_then(|pipeline| pipeline.stage(card.stage));
        if stage.is_some_and(|stage| is_stalled(card, stage, self.outlook.now)) {
            put(Section::Stalled, What::Stalled);
        }
    }

    fn when(&self, due: Day) -> Option<Section> {
        let today = self.outlook.today;
        match due {
            due if due < today => Some(Section::Overdue),
            due if due == today => Some(Section::Today),
            due if due <= today.plus(SOON) => Some(Section::Soon),
            _ => None,
        }
    }
}

/// The order within a section; rows that are alike in it keep the order of the deals. Each key is read once, since
/// every look at a card is a look into another place of memory.
fn sort(section: Section, rows: &mut [Row]) {
    match section {
        Section::Reopened => rows.arrange_by_key(|row| Reverse(row.deal.touched)),
        Section::Approvals | Section::Notices => rows.arrange_by_key(Row::at),
        Section::Overdue | Section::Today | Section::Soon => rows.arrange_by_key(|row| row.step().map(|step| step.due)),
        Section::Idle | Section::Stalled => rows.arrange_by_key(|row| row.deal.touched),
        Section::Reminders => rows.arrange_by_key(|row| (row.rule(), row.deal.touched)),
    }
}

#[cfg(test)]
mod tests;
