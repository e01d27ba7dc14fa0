//! Who belongs to the workspace, with which devices and views.

use crate::command::Origin;
use crate::id::{DeviceId, MemberId, ViewId};
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

/// The relay's invite decided about whoever joins; an import brings the sellers that its rows name.
fn role_to_put(door: &Door<'_>, member: MemberId, role: Role) -> Role {
    let members = &door.workspace.members;
    let known = members.contains_key(&member);
    match door.context.origin {
        _ if members.is_empty() => Role::Viewer,
        Origin::Hand if !known && member == door.context.member => Role::Viewer,
        Origin::Import(_) if !known && role == Role::Rep => Role::Manager,
        Origin::Hand | Origin::Import(_) | Origin::Automation | Origin::Console => Role::Owner,
    }
}

/// A device is its member's; nobody takes over another's.
pub(super) fn name_device(door: &Door<'_>, device: DeviceId, name: &str) -> Result<(), Refusal> {
    let owner = door.workspace.devices.get(&device).map(|device| device.member);
    match owner.is_none_or(|owner| owner == door.context.member) {
        true => limits::says(Wording::Name, name),
        false => Err(Refusal::Role { needs: Role::Owner }),
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
