//! What a member does about the list: inviting, removing devices, giving roles and sight, printing the recovery code.

use minicbor::bytes::ByteVec;
use shared::gather::Gather;
use shared::id::{DeviceId, MemberId};
use shared::membership::{Act, MAX_LASTS, Member, Membership, Signer, Ticket, Vantage};
use shared::model::Role;
use shared::sorted::SortedMap;
use shared::wire::joining::{Amend, decode, encode};

use super::clock::{dice, sleep};
use super::joining::{Denial, JoinError, denial_of, post};
use super::storage::Trouble;
use super::{Engine, browser};

/// How often somebody else may be quicker.
const TRIES: usize = 8;

/// How long it takes for what somebody else added to get here, in milliseconds.
const MOVED_ON_MILLIS: i32 = 400;

impl Engine {
    /// Makes a link: for a new member with a role, or for another device of the same person.
    ///
    /// # Errors
    /// Why it was not made.
    pub async fn invite(&self, role: Role, vantage: Vantage, member: Option<MemberId>) -> Result<String, JoinError> {
        let ticket = Ticket::to_join(dice(), self.list().await?.root());
        let link = ticket.key().public();
        self.amend(Act::Invite { link, role, member, lasts: MAX_LASTS, vantage }).await?;
        Ok(format!("{}/#/join/{}", browser::origin(), ticket.spelled()))
    }

    /// Makes a recovery code; an older one is worth nothing from now on.
    ///
    /// # Errors
    /// Why it was not made.
    pub async fn print_recovery(&self) -> Result<String, JoinError> {
        let ticket = Ticket::to_recover(dice(), self.list().await?.root());
        self.amend(Act::PrintRecovery { key: ticket.key().public() }).await?;
        Ok(ticket.printed())
    }

    /// Takes a device out of the workspace. It is cut off at once.
    ///
    /// # Errors
    /// Why it stays.
    pub async fn remove_device(&self, device: DeviceId) -> Result<(), JoinError> {
        self.amend(Act::Remove { device }).await
    }

    /// Lets a member do more or less.
    ///
    /// # Errors
    /// Why not.
    pub async fn set_role(&self, member: MemberId, role: Role) -> Result<(), JoinError> {
        self.amend(Act::SetRole { member, role }).await
    }

    /// Lets a member see more or fewer deals.
    ///
    /// # Errors
    /// Why not.
    pub async fn set_sight(&self, member: MemberId, vantage: Vantage) -> Result<(), JoinError> {
        self.amend(Act::SetSight { member, vantage }).await
    }

    /// From where each member looks, if the list has more entries than are known already; and how many.
    pub async fn vantages(&self, known: u64) -> Option<(u64, SortedMap<MemberId, Vantage>)> {
        if self.known_members().await.ok()? <= known {
            return None;
        }
        let list = self.list().await.ok()?;
        let vantage = |(id, member): (&MemberId, &Member)| (*id, member.vantage.clone());
        Some((list.length(), list.members().iter().map(vantage).into_map()))
    }

    /// Signs and sends an entry. Where the list moved on meanwhile, it is signed anew.
    async fn amend(&self, act: Act) -> Result<(), JoinError> {
        for _ in 0..TRIES {
            match self.amend_once(act.clone()).await {
                Err(JoinError::Refused(Denial::MovedOn)) => sleep(MOVED_ON_MILLIS).await,
                done => return done,
            }
        }
        Err(JoinError::Refused(Denial::MovedOn))
    }

    async fn amend_once(&self, act: Act) -> Result<(), JoinError> {
        let mut list = self.list().await?;
        let from = list.length();
        let statement = list.statement(Signer::Device(self.identity.device), act);
        let key = self.storage.key().await?.ok_or(Trouble::Forgotten)?;
        let signature = key.sign(&statement.message()).await.ok_or(Trouble::Forgotten)?;
        let entry = statement.signed(signature);
        list.extend(&entry).map_err(|refusal| JoinError::Refused(denial_of(refusal)))?;
        let entries: Vec<ByteVec> = vec![entry.bytes().to_vec().into()];
        post("/amend", &encode(&Amend { workspace: self.workspace, entries: entries.clone() })).await?;
        // The relay has it, so that it comes back to this device in any case.
        let _taken = self.take_in(from, &entries).await;
        Ok(())
    }

    async fn list(&self) -> Result<Membership, JoinError> {
        let stored = self.storage.roster().await?.unwrap_or_default();
        let entries: Vec<ByteVec> = decode(&stored.entries).unwrap_or_default();
        let list = Membership::verify(self.workspace, entries.iter().map(|entry| entry.as_slice()));
        list.map_err(|_| JoinError::Refused(Denial::Forged))
    }
}
