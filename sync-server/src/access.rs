//! Who may come in: roles, secrets, invitations. Of a secret only its digest is ever stored.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Utc;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use shared::id::{DeviceId, LogId, MemberId, WorkspaceId};

use crate::error::Error;
use crate::store::{Device, Invite, Joining, Millis, Source, Store, Workspace};

/// How long the link printed at the start is good.
pub const START_LINK: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a link made in the app or at the console is good.
pub const APP_LINK: Duration = Duration::from_secs(15 * 60);

/// The longest name a device may have, in characters.
const MAX_NAME: usize = 80;

/// What a member may do, the most powerful first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Everything.
    Owner,
    /// Everything but the owners' rights.
    Manager,
    /// Works deals.
    Rep,
    /// Looks.
    Viewer,
}

impl Role {
    /// Whether a member with this role may bring in somebody with that one.
    pub fn may_invite(self, role: Self) -> bool {
        matches!(self, Self::Owner | Self::Manager) && self <= role
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Rep => "rep",
            Self::Viewer => "viewer",
        })
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        [Self::Owner, Self::Manager, Self::Rep, Self::Viewer]
            .into_iter()
            .find(|role| role.to_string() == text)
            .ok_or_else(|| format!("{text:?} is not a role; use owner, manager, rep or viewer"))
    }
}

/// SHA-256 of a secret: what is stored of it, and what is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// The digest of a secret somebody shows.
    pub fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }
}

/// 256 random bits as 43 letters that fit a link.
fn draw_secret() -> Result<String, Error> {
    Ok(URL_SAFE_NO_PAD.encode(draw::<32>()?))
}

/// Random bytes from the system.
///
/// # Errors
/// The system has none to give.
pub fn draw<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// The time of the relay's clock.
pub fn now() -> Millis {
    Utc::now().timestamp_millis()
}

/// The store's workspace; a store that has none gets its first.
pub fn first_workspace(store: &dyn Store) -> Result<Workspace, Error> {
    if let Some(workspace) = store.workspaces()?.first() {
        return Ok(*workspace);
    }
    let fresh = Workspace { id: WorkspaceId::from_bytes(draw()?), log: LogId::from_bytes(draw()?) };
    store.create_workspace(fresh)?;
    // Another process may have begun one at the same moment; both then use the older.
    Ok(store.workspaces()?.first().copied().unwrap_or(fresh))
}

/// What is asked of a new invitation.
#[derive(Clone, Copy, Debug)]
pub struct Invitation {
    /// Who asks.
    pub source: Source,
    /// What the one who joins may do.
    pub role: Role,
    /// Who joins, if it is another device of somebody already here.
    pub member: Option<MemberId>,
    /// How long it is good.
    pub lasts: Duration,
}

/// A link's secret, told once.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    /// What stands in the link.
    pub secret: String,
    /// When it is worth nothing any more.
    pub expires: Millis,
}

/// Makes an invitation. Of the links printed at a start only the newest is good.
pub fn invite(store: &dyn Store, workspace: WorkspaceId, invitation: Invitation) -> Result<Told, Error> {
    let Invitation { source, role, member, lasts } = invitation;
    if source == Source::Start {
        store.revoke_invites(workspace, Source::Start)?;
    }
    let secret = draw_secret()?;
    let lasts = i64::try_from(lasts.as_millis()).unwrap_or(i64::MAX);
    let expires = now().saturating_add(lasts);
    store.add_invite(&Invite { secret: Digest::of(&secret), workspace, role, member, source, expires })?;
    Ok(Told { secret, expires })
}

/// Lets a device in that shows an invitation's secret; returns it with its token, told once.
pub fn join(store: &dyn Store, secret: &str, name: &str) -> Result<(Device, String), Error> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > MAX_NAME {
        return Err(Error::Request(format!("device: give it a name of 1 to {MAX_NAME} characters")));
    }
    let token = draw_secret()?;
    let joining = Joining {
        device: DeviceId::from_bytes(draw()?),
        name: name.to_owned(),
        token: Digest::of(&token),
        member: MemberId::from_bytes(draw()?),
    };
    let device = store.redeem(Digest::of(secret), now(), &joining)?;
    Ok((device, token))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_invites_above_their_own_role() {
        assert!(Role::Owner.may_invite(Role::Owner));
        assert!(Role::Manager.may_invite(Role::Rep));
        assert!(!Role::Manager.may_invite(Role::Owner));
        assert!(!Role::Rep.may_invite(Role::Rep));
        assert!(!Role::Viewer.may_invite(Role::Viewer));
    }

    #[test]
    fn roles_read_back_what_they_print() {
        assert_eq!("rep".parse(), Ok(Role::Rep));
        assert!("chief".parse::<Role>().unwrap_err().contains("owner, manager, rep or viewer"));
    }

    #[test]
    fn secrets_are_long_and_never_alike() {
        let (one, other) = (draw_secret().unwrap(), draw_secret().unwrap());
        assert_eq!(one.len(), 43);
        assert_ne!(one, other);
    }
}
