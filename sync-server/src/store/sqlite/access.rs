//! Devices and invitations in SQLite: digests only, and an invitation is used up in one transaction.

use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Row, Transaction};
use shared::id::{DeviceId, MemberId, WorkspaceId};

use super::{Sqlite, workspace_number};
use crate::access::{Digest, Role};
use crate::store::{Access, Device, Invite, InviteRefusal, Joining, Millis, Source, StoreError};

const DEVICE: &str = "SELECT devices.id, workspaces.id, devices.member, devices.role, devices.name, devices.seen
    FROM devices JOIN workspaces ON workspaces.number = devices.workspace";

impl Access for Sqlite {
    fn add_invite(&self, invite: &Invite) -> Result<(), StoreError> {
        self.write(|transaction| {
            let workspace = workspace_number(transaction, invite.workspace)?;
            let member = invite.member.map(|member| *member.as_bytes());
            let (role, source) = (invite.role.to_string(), source_name(invite.source));
            transaction.execute(
                "INSERT INTO invites (secret, workspace, role, member, source, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                (invite.secret.0, workspace, role, member, source, invite.expires),
            )?;
            Ok(())
        })
    }

    fn revoke_invites(&self, workspace: WorkspaceId, source: Source) -> Result<(), StoreError> {
        self.write(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            transaction.execute(
                "DELETE FROM invites WHERE workspace = ?1 AND source = ?2 AND used IS NULL",
                (workspace, source_name(source)),
            )?;
            Ok(())
        })
    }

    fn redeem(&self, secret: Digest, now: Millis, joining: &Joining) -> Result<Device, StoreError> {
        self.write(|transaction| {
            let invite = open_invite(transaction, secret, now)?;
            transaction.execute("UPDATE invites SET used = ?2 WHERE secret = ?1", (secret.0, now))?;
            let member = invite.member.unwrap_or(*joining.member.as_bytes());
            transaction.execute(
                "INSERT INTO devices (id, workspace, token, member, role, name, seen) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                (
                    joining.device.as_bytes(),
                    invite.workspace,
                    joining.token.0,
                    member,
                    &invite.role,
                    &joining.name,
                    now,
                ),
            )?;
            Ok(device_with(transaction, joining.token)?)
        })
    }

    fn device(&self, token: Digest) -> Result<Option<Device>, StoreError> {
        self.read(|transaction| Ok(device_with(transaction, token).optional()?))
    }

    fn devices(&self, workspace: WorkspaceId) -> Result<Vec<Device>, StoreError> {
        self.read(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            let mut query = transaction
                .prepare_cached(&format!("{DEVICE} WHERE devices.workspace = ?1 ORDER BY devices.number"))?;
            Ok(query.query_map([workspace], read_device)?.collect::<Result<_, _>>()?)
        })
    }

    fn seen(&self, devices: &[DeviceId], at: Millis) -> Result<(), StoreError> {
        self.write(|transaction| {
            let mut update = transaction.prepare_cached("UPDATE devices SET seen = ?2 WHERE id = ?1")?;
            for device in devices {
                update.execute((device.as_bytes(), at))?;
            }
            Ok(())
        })
    }

    fn remove_device(&self, device: DeviceId) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute("DELETE FROM devices WHERE id = ?1", [device.as_bytes()])?;
            Ok(())
        })
    }
}

/// What an unused, unexpired invitation grants.
struct OpenInvite {
    workspace: i64,
    role: String,
    member: Option<[u8; 16]>,
}

fn open_invite(transaction: &Transaction<'_>, secret: Digest, now: Millis) -> Result<OpenInvite, StoreError> {
    let found: Option<(OpenInvite, Millis, Option<Millis>)> = transaction
        .prepare_cached("SELECT workspace, role, member, expires, used FROM invites WHERE secret = ?1")?
        .query_row([secret.0], |row| {
            let invite = OpenInvite { workspace: row.get(0)?, role: row.get(1)?, member: row.get(2)? };
            Ok((invite, row.get(3)?, row.get(4)?))
        })
        .optional()?;
    match found {
        None => Err(InviteRefusal::Unknown.into()),
        Some((_, _, Some(_))) => Err(InviteRefusal::Used.into()),
        Some((_, expires, None)) if expires <= now => Err(InviteRefusal::Expired.into()),
        Some((invite, _, None)) => Ok(invite),
    }
}

fn device_with(transaction: &Transaction<'_>, token: Digest) -> rusqlite::Result<Device> {
    transaction.prepare_cached(&format!("{DEVICE} WHERE devices.token = ?1"))?.query_row([token.0], read_device)
}

fn read_device(row: &Row<'_>) -> rusqlite::Result<Device> {
    let role: String = row.get(3)?;
    let role: Role =
        role.parse().map_err(|why: String| rusqlite::Error::FromSqlConversionFailure(3, Type::Text, why.into()))?;
    Ok(Device {
        id: DeviceId::from_bytes(row.get(0)?),
        workspace: WorkspaceId::from_bytes(row.get(1)?),
        member: MemberId::from_bytes(row.get(2)?),
        role,
        name: row.get(4)?,
        seen: row.get(5)?,
    })
}

fn source_name(source: Source) -> &'static str {
    match source {
        Source::Start => "start",
        Source::App => "app",
        Source::Console => "console",
    }
}
