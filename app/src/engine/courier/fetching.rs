//! A file on its way here: piece by piece into storage, and held against its name before it is kept.

use shared::freight::{Failure, Parcel, Size};
use shared::model::{FileHash, MAX_FILE_BYTES};
use shared::wire::Pass;
use shared::wire::files::{PIECE_BYTES, address};

use super::super::{Engine, clock};
use super::asking::ask;
use super::carrying::Stuck;

impl Engine {
    /// Fetches the next piece, or makes the file of them once all are here.
    pub(super) async fn fetch_piece(&self, pass: &Pass, parcel: Parcel) -> Result<Option<Parcel>, Stuck> {
        if self.files.files_here().await?.contains(&parcel.hash) {
            self.parcels.drop_pieces(parcel.hash).await?;
            return Ok(Some(parcel.arrived()));
        }
        if parcel.of > 0 && parcel.at == parcel.of {
            return self.assemble(parcel).await.map(Some);
        }
        let range = format!("bytes={}-{}", parcel.at, parcel.at + PIECE_BYTES as u64 - 1);
        let address = address(parcel.document, parcel.hash);
        let answer = ask(pass, "GET", &address, &[("Range", range)], None).await?;
        let failed = |why| Ok(Some(parcel.clone().failed(why, clock::now())));
        match (answer.status, answer.length()) {
            (206, Some(length)) if fits(&parcel, length, answer.body.len()) => {
                Ok(Some(self.take_piece(parcel, length, &answer.body).await))
            }
            (206 | 416, _) => self.begin_again(parcel).await.map(Some),
            (403, _) => failed(Failure::Forbidden),
            (404, _) => failed(Failure::Missing),
            _ => failed(Failure::Relay),
        }
    }

    async fn take_piece(&self, parcel: Parcel, length: u64, piece: &[u8]) -> Parcel {
        let moved = parcel.clone().moved(parcel.at + piece.len() as u64, length);
        match self.parcels.keep_piece(parcel.hash, parcel.at, piece, &moved).await {
            Ok(()) => moved,
            Err(_) => parcel.failed(Failure::Storage, clock::now()),
        }
    }

    /// Makes the file of its pieces. They stay until it is kept: where the disk is full only this is tried again.
    async fn assemble(&self, parcel: Parcel) -> Result<Parcel, Stuck> {
        let bytes = self.parcels.pieces(parcel.hash).await?;
        if FileHash::of(&bytes) != parcel.hash {
            return self.begin_again(parcel).await;
        }
        if self.files.keep_file(parcel.hash, &bytes).await.is_err() {
            return Ok(parcel.failed(Failure::Storage, clock::now()));
        }
        self.parcels.drop_pieces(parcel.hash).await?;
        Ok(parcel.arrived())
    }

    /// What came is not the file.
    async fn begin_again(&self, parcel: Parcel) -> Result<Parcel, Stuck> {
        self.parcels.drop_pieces(parcel.hash).await?;
        Ok(Parcel { at: 0, ..parcel }.failed(Failure::Damaged, clock::now()))
    }
}

/// The relay gives something, and no more than the file can be.
fn fits(parcel: &Parcel, length: u64, piece: usize) -> bool {
    let may_have = match parcel.size {
        Size::Thumbnail => length <= PIECE_BYTES as u64,
        Size::Whole(size) => length == size && size <= MAX_FILE_BYTES as u64,
    };
    may_have && piece > 0 && piece <= PIECE_BYTES && parcel.at + piece as u64 <= length
}
