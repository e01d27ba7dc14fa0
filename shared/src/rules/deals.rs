//! Deals written down, changed field by field, taken back.

use crate::command::{NewDeal, Origin};
use crate::id::{CompanyId, DealId, MemberId};
use crate::model::Outcome;
use crate::money::Money;
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::{limits, moves};
use crate::time::Day;

pub(super) fn open(door: &Door<'_>, new: &NewDeal) -> Result<(), Refusal> {
    if door.workspace.deals.contains_key(&new.deal) {
        return Err(Refusal::Exists);
    }
    limits::says(Wording::Title, &new.title)?;
    customer(door, new.company)?;
    seller(door, new.owner)?;
    limits::sane(new.amount)?;
    new.close.map_or(Ok(()), |close| door.near(close))?;
    if door.pipeline(new.pipeline)?.archived {
        return Err(Refusal::NoPipeline(new.pipeline));
    }
    door.stage(new.pipeline, new.stage)?;
    moves::begin(door, new.pipeline, new.stage)?;
    limits::near(door.context.now, new.created)?;
    ended(door, &new.outcome)
}

/// By hand a deal is won and lost at its gates; only a deal of the past comes in with its end,
/// and may have been lost without anybody writing down why.
fn ended(door: &Door<'_>, outcome: &Outcome) -> Result<(), Refusal> {
    match (outcome, door.context.origin) {
        (Outcome::Open, _) => Ok(()),
        (Outcome::Won { .. } | Outcome::Lost { .. }, Origin::Hand | Origin::Automation | Origin::Console) => {
            Err(Refusal::Past)
        }
        (Outcome::Won { at }, Origin::Import(_)) => limits::near(door.context.now, *at),
        (Outcome::Lost { at, reason }, Origin::Import(_)) => {
            limits::near(door.context.now, *at)?;
            limits::fits(Wording::Reason, reason)
        }
    }
}

pub(super) fn rename(door: &Door<'_>, deal: DealId, title: &str) -> Result<(), Refusal> {
    door.deal(deal)?;
    limits::says(Wording::Title, title)
}

pub(super) fn price(door: &Door<'_>, deal: DealId, amount: Option<Money>) -> Result<(), Refusal> {
    door.deal(deal)?;
    limits::sane(amount)
}

pub(super) fn expect(door: &Door<'_>, deal: DealId, close: Option<Day>) -> Result<(), Refusal> {
    door.deal(deal)?;
    close.map_or(Ok(()), |close| door.near(close))
}

pub(super) fn assign(door: &Door<'_>, deal: DealId, owner: Option<MemberId>) -> Result<(), Refusal> {
    door.deal(deal)?;
    seller(door, owner)
}

pub(super) fn link(door: &Door<'_>, deal: DealId, company: Option<CompanyId>) -> Result<(), Refusal> {
    door.deal(deal)?;
    customer(door, company)
}

pub(super) fn discard(door: &Door<'_>, deal: DealId) -> Result<(), Refusal> {
    door.deal(deal).map(drop)
}

pub(super) fn restore(door: &Door<'_>, deal: DealId) -> Result<(), Refusal> {
    match door.workspace.deals.get(&deal) {
        None => Err(Refusal::NoDeal(deal)),
        Some(card) if card.discarded => Ok(()),
        Some(_) => Err(Refusal::NotClosed),
    }
}

fn customer(door: &Door<'_>, company: Option<CompanyId>) -> Result<(), Refusal> {
    company.map_or(Ok(()), |company| door.company(company).map(drop))
}

fn seller(door: &Door<'_>, owner: Option<MemberId>) -> Result<(), Refusal> {
    owner.map_or(Ok(()), |owner| door.member(owner))
}
