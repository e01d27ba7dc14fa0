//! What members are told about a deal.

use crate::id::{DealId, MemberId, NoticeId};
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::limits;

pub(super) fn notify(door: &Door<'_>, deal: DealId, to: MemberId, text: &str) -> Result<(), Refusal> {
    door.deal(deal)?;
    door.member(to)?;
    limits::says(Wording::Message, text)
}

/// Only the one it is for can have seen it.
pub(super) fn see(door: &Door<'_>, deal: DealId, notice: NoticeId) -> Result<(), Refusal> {
    let mine = |member: MemberId| member == door.context.member;
    match door.deal(deal)?.notices.iter().any(|each| each.id == notice && mine(each.to)) {
        true => Ok(()),
        false => Err(Refusal::NoNotice(notice)),
    }
}
