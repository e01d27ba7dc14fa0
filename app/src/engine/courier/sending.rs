//! A file on its way to the relay: first it is asked how much is there, then piece follows piece.

use std::rc::Rc;

use shared::freight::{Failure, Parcel};
use shared::wire::Pass;
use shared::wire::files::{LENGTH, OFFSET, PIECE_BYTES, address};

use super::super::{Engine, clock};
use super::asking::{Answer, ask};
use super::carrying::{Load, Stuck};

impl Engine {
    /// Sends the next piece; none if there is nothing to send, because the file is not on this device any more.
    pub(super) async fn send_piece(
        &self,
        pass: &Pass,
        parcel: Parcel,
        load: &mut Load,
    ) -> Result<Option<Parcel>, Stuck> {
        let address = address(parcel.document, parcel.hash);
        let loaded = load.as_ref().filter(|(hash, _)| *hash == parcel.hash).map(|(_, bytes)| bytes.clone());
        let Some(bytes) = loaded else {
            let Some(bytes) = self.files.file(parcel.hash).await? else {
                self.parcels.drop_parcel(&parcel).await?;
                return Ok(None);
            };
            let length = bytes.len() as u64;
            *load = Some((parcel.hash, Rc::new(bytes)));
            let known = ask(pass, "HEAD", &address, &[], None).await?;
            return Ok(Some(self.answered(parcel, &known, length, pass).await?));
        };
        let begin = usize::try_from(parcel.at).unwrap_or(0).min(bytes.len());
        let piece = &bytes[begin..bytes.len().min(begin + PIECE_BYTES)];
        let headers = [(OFFSET, begin.to_string()), (LENGTH, bytes.len().to_string())];
        let answer = ask(pass, "PATCH", &address, &headers, Some(piece)).await?;
        Ok(Some(self.answered(parcel, &answer, bytes.len() as u64, pass).await?))
    }

    /// Where the parcel is after an answer of the relay's.
    async fn answered(&self, parcel: Parcel, answer: &Answer, length: u64, pass: &Pass) -> Result<Parcel, Stuck> {
        let failed = |why| Ok(parcel.clone().failed(why, clock::now()));
        match (answer.status, answer.offset()) {
            (200 | 204, Some(at)) if answer.is_complete() => Ok(parcel.moved(at, length).arrived()),
            (200 | 204, Some(at)) => Ok(parcel.moved(at, length)),
            // Somebody else sends it too, or the relay lost some of it.
            (409, Some(at)) if at != parcel.at && at <= length => Ok(parcel.moved(at, length)),
            (403, _) => failed(Failure::Forbidden),
            (422, _) => Ok(parcel.moved(0, length).failed(Failure::Damaged, clock::now())),
            (507, _) => {
                let room = self.learn_room(pass).await?;
                failed(Failure::Full(room.map_or(0, |room| room.files_allowed)))
            }
            _ => failed(Failure::Relay),
        }
    }
}
