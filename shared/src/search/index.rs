//! The index: the texts of every card, read once for each card, and the ranking of what is found.

mod entry;
mod looking;

use std::cmp::Reverse;
use std::sync::Arc;

use super::{Group, Hit, Kind, Query, Spell, Target};
use crate::gather::Arrange as _;
use crate::id::{CompanyId, DealId, FieldId, LeadId, MemberId};
use crate::model::{
    CompanyCard, CustomField, DealCard, Entry as Value, FieldKind, LeadCard, LeadState, Member, Outcome,
};
use crate::sorted::{SortedMap, SortedSet};
use crate::time::Timestamp;
use crate::workspace::Workspace;
use entry::Entry;
use looking::{Looking, Names};

pub(super) use looking::mark;

/// The texts of every card. Empty at first; [`Index::refresh`] fills it.
#[derive(Default)]
pub struct Index {
    deals: SortedMap<DealId, Entry<DealCard>>,
    companies: SortedMap<CompanyId, Entry<CompanyCard>>,
    leads: SortedMap<LeadId, Entry<LeadCard>>,
    places: Vec<(Target, Entry<()>)>,
    members: SortedMap<MemberId, Entry<()>>,
    /// The company that stands for each one that was merged.
    standing: SortedMap<CompanyId, CompanyId>,
    /// When each company's deals were last worked on.
    worked: SortedMap<CompanyId, Timestamp>,
}

/// What comes first: a title that begins so, then titles, then what is open, then what was touched last.
type Rank = (usize, bool, Reverse<Timestamp>, Target);

impl Index {
    /// Reads what is another card than before.
    pub fn refresh(&mut self, world: &Workspace, spell: Spell<'_>) {
        let searchable = |field: &&CustomField| matches!(field.kind, FieldKind::Text | FieldKind::Link);
        let fields: Vec<FieldId> = world.fields.values().filter(searchable).map(|field| field.id).collect();
        let deals = entry::refresh(&mut self.deals, &world.deals, |card| deal(card, &fields, spell));
        let companies = entry::refresh(&mut self.companies, &world.companies, |card| company(card, &fields, spell));
        entry::refresh(&mut self.leads, &world.leads, |card| lead(card, spell));
        let member = |(id, member): (&MemberId, &Member)| (*id, Entry::named(&member.name, spell));
        self.members = world.members.iter().map(member).collect();
        self.places = places(world, spell);
        if deals || companies {
            self.standing = world.merged();
            self.worked = worked(world, |company| self.stand_in(company));
        }
    }

    /// The records in which every word stands, kind by kind, at most so many of each.
    pub fn search(&self, query: &Query, most: usize) -> Vec<Group> {
        if query.is_empty() {
            return Vec::new();
        }
        let mut ranks: SortedMap<Kind, Vec<Rank>> = SortedMap::new();
        let looking = Looking::new(query, Names { companies: &self.companies, members: &self.members });
        let ranked = self.deals(&looking).chain(self.companies(&looking)).chain(self.others(&looking));
        ranked.for_each(|rank| ranks.entry(rank.3.kind()).or_default().push(rank));
        let group = |(kind, mut ranks): (Kind, Vec<Rank>)| {
            ranks.arrange();
            // A company is found once, however many of its merged records were.
            let mut seen = SortedSet::new();
            ranks.retain(|rank| seen.insert(self.shown(rank.3)));
            let hits = ranks.iter().take(most).map(|rank| self.hit(rank.3, &looking)).collect();
            Group { kind, count: ranks.len(), hits }
        };
        ranks.into_iter().map(group).collect()
    }

    fn deals<'a>(&'a self, looking: &'a Looking<'_>) -> impl Iterator<Item = Rank> + 'a {
        self.deals.iter().filter(|(_, entry)| !entry.of.discarded).filter_map(|(id, entry)| {
            let tier = looking.deal(entry)?;
            let is_closed = entry.of.outcome != Outcome::Open;
            Some((tier, is_closed, Reverse(entry.of.touched), Target::Deal(*id)))
        })
    }

    fn companies<'a>(&'a self, looking: &'a Looking<'_>) -> impl Iterator<Item = Rank> + 'a {
        self.companies.iter().filter(|(_, entry)| !entry.of.discarded).filter_map(|(id, entry)| {
            let worked = self.worked.get(&self.stand_in(*id)).copied().unwrap_or_default();
            Some((looking.tier(entry)?, entry.of.merged.is_some(), Reverse(worked), Target::Company(*id)))
        })
    }

    fn others<'a>(&'a self, looking: &'a Looking<'_>) -> impl Iterator<Item = Rank> + 'a {
        let leads = self.leads.iter().filter_map(|(id, entry)| {
            let is_closed = entry.of.state != LeadState::New;
            Some((looking.tier(entry)?, is_closed, Reverse(entry.of.created), Target::Lead(*id)))
        });
        let rank = |tier, target| (tier, false, Reverse(Timestamp::default()), target);
        leads.chain(self.places.iter().filter_map(move |(target, entry)| Some(rank(looking.tier(entry)?, *target))))
    }

    /// A merged company is shown as the one that stands for it.
    fn shown(&self, target: Target) -> Target {
        match target {
            Target::Company(company) => Target::Company(self.stand_in(company)),
            other => other,
        }
    }

    fn stand_in(&self, company: CompanyId) -> CompanyId {
        self.standing.get(&company).copied().unwrap_or(company)
    }

    fn hit(&self, target: Target, looking: &Looking<'_>) -> Hit {
        let (title, found) = match target {
            Target::Deal(id) => self.deals.get(&id).map(|entry| looking.marked_deal(entry)),
            Target::Company(id) => self.companies.get(&id).map(|entry| looking.marked(entry)),
            Target::Lead(id) => self.leads.get(&id).map(|entry| looking.marked(entry)),
            other => self.places.iter().find(|(place, _)| *place == other).map(|(_, entry)| looking.marked(entry)),
        }
        .unwrap_or_default();
        Hit { target: self.shown(target), title, found }
    }
}

/// When each company's deals were last worked on.
fn worked(world: &Workspace, stand_in: impl Fn(CompanyId) -> CompanyId) -> SortedMap<CompanyId, Timestamp> {
    let mut worked = SortedMap::new();
    for card in world.deals.values().filter(|card| !card.discarded) {
        if let Some(company) = card.company {
            let last: &mut Timestamp = worked.entry(stand_in(company)).or_default();
            *last = card.touched.max(*last);
        }
    }
    worked
}

fn deal(card: &Arc<DealCard>, fields: &[FieldId], spell: Spell<'_>) -> Entry<DealCard> {
    let mut entry = Entry::new(card, &card.title, spell);
    custom(&card.custom, fields).for_each(|text| entry.add(text, spell));
    entry.amount = card.amount.map(|amount| amount.decimal());
    entry
}

fn company(card: &Arc<CompanyCard>, fields: &[FieldId], spell: Spell<'_>) -> Entry<CompanyCard> {
    let mut entry = Entry::new(card, &card.name, spell);
    card.texts.values().for_each(|text| entry.add(text, spell));
    for contact in &card.contacts {
        // One line for each person, so that a name and a number that are found belong together.
        let parts = [contact.name.as_str(), &contact.phone, &contact.email];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        entry.add(&parts.join(" · "), spell);
        custom(&contact.custom, fields).for_each(|text| entry.add(text, spell));
    }
    custom(&card.custom, fields).for_each(|text| entry.add(text, spell));
    entry
}

fn lead(card: &Arc<LeadCard>, spell: Spell<'_>) -> Entry<LeadCard> {
    let mut entry = Entry::new(card, card.title(), spell);
    card.texts.values().filter(|text| *text != card.title()).for_each(|text| entry.add(text, spell));
    entry
}

fn custom<'a>(values: &'a SortedMap<FieldId, Value>, fields: &'a [FieldId]) -> impl Iterator<Item = &'a str> {
    values.iter().filter(|(field, _)| fields.contains(field)).filter_map(|(_, value)| match value {
        Value::Text(text) | Value::Link(text) => Some(text.as_str()),
        _ => None,
    })
}

fn places(world: &Workspace, spell: Spell<'_>) -> Vec<(Target, Entry<()>)> {
    let pipelines = world.pipelines.values().flat_map(|pipeline| {
        let whole = (Target::Pipeline(pipeline.id), Entry::labelled(&pipeline.name, spell));
        let stages = pipeline.stages.iter();
        let stages = stages.map(|stage| (Target::Stage(pipeline.id, stage.id), Entry::labelled(&stage.name, spell)));
        std::iter::once(whole).chain(stages.collect::<Vec<_>>())
    });
    let views = world.views.values().map(|view| (Target::View(view.id), Entry::named(&view.name, spell)));
    pipelines.chain(views).collect()
}
