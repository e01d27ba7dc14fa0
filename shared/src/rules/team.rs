//! Whom the records name, and the views of the team.

use crate::command::Origin;
use crate::id::{MemberId, ViewId};
use crate::model::Role;
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::limits;
use crate::text::Label;
use crate::view::View;

pub(super) fn put_member(door: &Door<'_>, member: MemberId, name: &str, role: Role) -> Result<(), Refusal> {
    door.needs(role_to_put(door, member, role))?;
    limits::says(Wording::Name, name)
}

/// Whoever comes in with a device is on the signed list; an import brings the sellers that its rows name.
fn role_to_put(door: &Door<'_>, member: MemberId, role: Role) -> Role {
    let known = door.workspace.members.contains_key(&member);
    match door.context.origin {
        _ if door.is_unfounded() => Role::Viewer,
        Origin::Import(_) if !known && role == Role::Rep => Role::Manager,
        Origin::Hand | Origin::Import(_) | Origin::Automation | Origin::Console => Role::Owner,
    }
}

pub(super) fn put_view(door: &Door<'_>, view: &View) -> Result<(), Refusal> {
    limits::says(Wording::Name, &view.name)?;
    view.filter.condition.as_ref().map_or(Ok(()), |condition| Ok(condition.check(&door.workspace.fields)?))
}

pub(super) fn remove_view(door: &Door<'_>, view: ViewId) -> Result<(), Refusal> {
    match door.workspace.views.contains_key(&view) {
        true => Ok(()),
        false => Err(Refusal::NoView(view)),
    }
}

/// One language is enough, since a label falls back to the other.
pub(super) fn named(label: &Label) -> Result<(), Refusal> {
    limits::fits(Wording::Name, &label.zh)?;
    limits::fits(Wording::Name, &label.en)?;
    limits::says(Wording::Name, if label.zh.trim().is_empty() { &label.en } else { &label.zh })
}
