//! What a deal says in each column.

use crate::id::MemberId;
use crate::import::whole;
use crate::model::{CompanyCard, Contact, DealCard, Entry, Outcome};
use crate::sorted::SortedMap;
use crate::text::Lang;
use crate::time::Timestamp;
use crate::workspace::{Customers, Workspace};

/// What a column is called.
type Name = fn(Lang) -> &'static str;

/// What a column says of a deal.
type Say = fn(&Words<'_>, &DealCard) -> String;

/// The columns that every deal has, under names that an import knows.
pub(super) const COLUMNS: [(Name, Say); 12] = [
    (Lang::export_id, |_, card| card.source.as_ref().map_or(card.id.to_string(), |source| source.key.clone())),
    (Lang::export_title, |_, card| card.title.clone()),
    (Lang::export_company, |words, card| words.company(card)),
    (Lang::export_owner, |words, card| words.owner(card)),
    (Lang::export_amount, |_, card| card.amount.map_or(String::new(), |amount| amount.decimal())),
    (Lang::export_currency, |_, card| card.amount.map_or(String::new(), |amount| amount.currency.to_string())),
    (Lang::export_stage, |words, card| words.stage(card)),
    (Lang::export_status, |words, card| words.status(card)),
    (Lang::export_expected, |_, card| card.close.map_or(String::new(), |day| day.to_string())),
    (Lang::export_closed, |_, card| ended(&card.outcome).map_or(String::new(), |at| at.day().to_string())),
    (Lang::export_created, |_, card| card.created.day().to_string()),
    (Lang::export_reason, |_, card| match &card.outcome {
        Outcome::Lost { reason, .. } => reason.clone(),
        Outcome::Open | Outcome::Won { .. } => String::new(),
    }),
];

/// Finds names in a workspace.
pub(super) struct Words<'a> {
    workspace: &'a Workspace,
    customers: Customers<'a>,
    lang: Lang,
    /// How many stages of all pipelines have a name.
    stages: SortedMap<&'a str, usize>,
}

impl<'a> Words<'a> {
    pub(super) fn new(workspace: &'a Workspace, lang: Lang) -> Self {
        let mut stages = SortedMap::new();
        for stage in workspace.pipelines.values().flat_map(|pipeline| &pipeline.stages) {
            *stages.entry(stage.name.get(lang)).or_default() += 1;
        }
        Self { workspace, customers: workspace.customers(), lang, stages }
    }

    pub(super) fn entry(&self, entry: &Entry) -> String {
        self.lang.entry(entry, &self.workspace.fields, &self.workspace.members)
    }

    /// The customer.
    pub(super) fn customer(&self, card: &DealCard) -> Option<&'a CompanyCard> {
        self.customers.of(card)
    }

    /// The person at the customer that decides, or stands before the others there.
    pub(super) fn person(&self, card: &DealCard) -> Option<&'a Contact> {
        self.customers.people(card).min_by_key(|person| person.role)
    }

    fn company(&self, card: &DealCard) -> String {
        self.customer(card).map_or(String::new(), |company| company.name.clone())
    }

    fn owner(&self, card: &DealCard) -> String {
        self.member(card.owner)
    }

    fn member(&self, member: Option<MemberId>) -> String {
        let member = member.and_then(|member| self.workspace.members.get(&member));
        member.map_or(String::new(), |member| member.name.clone())
    }

    fn stage(&self, card: &DealCard) -> String {
        let pipeline = self.workspace.pipelines.get(&card.pipeline);
        let found = pipeline.and_then(|pipeline| Some((pipeline, pipeline.stage(card.stage)?)));
        match found {
            None => String::new(),
            Some((_, stage)) if self.stages.get(stage.name.get(self.lang)) == Some(&1) => {
                stage.name.get(self.lang).to_owned()
            }
            Some((pipeline, stage)) => whole(pipeline, stage).get(self.lang).to_owned(),
        }
    }

    fn status(&self, card: &DealCard) -> String {
        let words = match card.outcome {
            Outcome::Open => self.lang.status_open(),
            Outcome::Won { .. } => self.lang.win(),
            Outcome::Lost { .. } => self.lang.lose(),
        };
        words.to_owned()
    }
}

const fn ended(outcome: &Outcome) -> Option<Timestamp> {
    match outcome {
        Outcome::Open => None,
        Outcome::Won { at } | Outcome::Lost { at, .. } => Some(*at),
    }
}
