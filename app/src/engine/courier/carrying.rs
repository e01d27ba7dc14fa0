//! One round: whatever can go goes, piece by piece, after changes.

use std::rc::Rc;

use shared::freight::{Course, Parcel, next, pause};
use shared::model::FileHash;
use shared::wire::Pass;

use super::super::storage::Trouble;
use super::super::tabs::Said;
use super::super::{Engine, clock};
use super::AGAIN;

/// How long the relay is left alone when it cannot be reached beside the socket, in milliseconds.
const OUT_OF_REACH_MILLIS: i32 = 5_000;

/// How long a piece waits for changes at most, in steps of so many milliseconds.
const CHANGES_FIRST: (u32, i32) = (20, 250);

/// The file that is being sent, read once and not for each piece.
pub(super) type Load = Option<(FileHash, Rc<Vec<u8>>)>;

/// Why a parcel is where it was.
pub(super) enum Stuck {
    /// The relay cannot be reached, or the conversation is over.
    OutOfReach,
    /// This device's storage does not work, which is told where changes are saved.
    Storage,
}

impl From<Trouble> for Stuck {
    fn from(_: Trouble) -> Self {
        Self::Storage
    }
}

impl Engine {
    /// Carries what can be carried, and shows where everything is; in how many milliseconds to look again.
    pub(super) async fn carry(&self) -> Option<i32> {
        let carried = self.carry_all().await;
        self.show_files().await;
        match carried {
            Ok(pause) => pause,
            Err(Stuck::OutOfReach | Stuck::Storage) => Some(OUT_OF_REACH_MILLIS),
        }
    }

    async fn carry_all(&self) -> Result<Option<i32>, Stuck> {
        // Without a pass nothing can go, and what the relay lost is offered again by the tab that has one.
        if self.courier.pass.get().is_none() {
            return Ok(None);
        }
        self.requeue().await?;
        let mut load = None;
        let mut is_room_known = false;
        while let Some(pass) = self.courier.pass.get() {
            if !std::mem::replace(&mut is_room_known, true) {
                self.learn_room(&pass).await?;
            }
            let parcels = self.parcels.parcels().await?;
            let Some(parcel) = next(&parcels, clock::now()).cloned() else {
                let rest = pause(&parcels, clock::now());
                return Ok(rest.map(|millis| i32::try_from(millis).unwrap_or(OUT_OF_REACH_MILLIS)));
            };
            self.let_changes_go_first().await;
            is_room_known = !self.carry_one(&pass, parcel, &mut load).await?;
        }
        Ok(None)
    }

    /// Moves a parcel by one piece; whether the relay holds more of files than before.
    async fn carry_one(&self, pass: &Pass, parcel: Parcel, load: &mut Load) -> Result<bool, Stuck> {
        let course = parcel.course;
        let moved = match course {
            Course::Up => self.send_piece(pass, parcel, load).await?,
            Course::Down => self.fetch_piece(pass, parcel).await?,
            Course::There => Some(parcel),
        };
        let is_there = moved.as_ref().is_some_and(|parcel| parcel.course == Course::There);
        if let Some(parcel) = moved {
            self.parcels.put_parcels(&[parcel]).await?;
        }
        self.tabs.say(&Said::Carried);
        self.show_files().await;
        Ok(course == Course::Up && is_there)
    }

    /// A relay that lost everything gets the files back that are here.
    async fn requeue(&self) -> Result<(), Trouble> {
        if self.storage.fact(AGAIN).await?.is_none_or(|answer| answer != "yes") {
            return Ok(());
        }
        let there = self.parcels.parcels().await?.into_iter().filter(|parcel| parcel.course == Course::There);
        let again: Vec<Parcel> = there.map(|parcel| Parcel { course: Course::Up, at: 0, ..parcel }).collect();
        self.parcels.put_parcels(&again).await?;
        self.storage.note(&[(AGAIN, "no".to_owned())]).await
    }

    /// People wait for changes, and files can wait. Changes that cannot go now hold no file up for long.
    async fn let_changes_go_first(&self) {
        let (steps, millis) = CHANGES_FIRST;
        for _ in 0..steps {
            if !self.status.is_sending() {
                return;
            }
            clock::sleep(millis).await;
        }
    }
}
