//! A file on its way here: piece by piece into storage, and held against its name before it is kept.

use shared::freight::{Failure, Parcel, Size};
use shared::model::{FileHash, MAX_FILE_BYTES};
use shared::wire::Pass;
use shared::wire::files::{PIECE_BYTES, address};

use super::super::{Engine, clock};
use super::asking::ask;
use super::carrying::Stuck;

impl Engine {
    /// Fetches the next piece.
    pub(super) async fn fetch_piece(&self, pass: &Pass, parcel: Parcel) -> Result<Option<Parcel>, Stuck> {
        if self.files.files_here().await?.contains(&parcel.hash) {
            self.parcels.drop_pieces(parcel.hash).await?;
            return Ok(Some(parcel.arrived()));
        }
        let range = format!("bytes={}-{}", parcel.at, parcel.at + PIECE_BYTES as u64 - 1);
        let address = address(parcel.document, parcel.hash);
        let answer = ask(pass, "GET", &address, &[("Range", range)], None).await?;
        let failed = |why| Ok(Some(parcel.clone().failed(why, clock::now())));
        match (answer.status, answer.length()) {
            (206, Some(length)) if fits(&parcel, length, answer.body.len()) => {
                self.take_piece(parcel, length, &answer.body).await.map(Some)
            }
            (206 | 416, _) => self.begin_again(parcel).await.map(Some),
            (403, _) => failed(Failure::Forbidden),
            (404, _) => failed(Failure::Missing),
            _ => failed(Failure::Relay),
        }
    }

    async fn take_piece(&self, parcel: Parcel, length: u64, piece: &[u8]) -> Result<Parcel, Stuck> {
        let (from, hash) = (parcel.at, parcel.hash);
        let parcel = parcel.moved(from + piece.len() as u64, length);
        if self.parcels.keep_piece(hash, from, piece, &parcel).await.is_err() {
            return Ok(Parcel { at: from, ..parcel }.failed(Failure::Storage, clock::now()));
        }
        if parcel.at < length {
            return Ok(parcel);
        }
        let bytes = self.parcels.pieces(hash).await?;
        if FileHash::of(&bytes) != hash {
            return self.begin_again(parcel).await;
        }
        if self.files.keep_file(hash, &bytes).await.is_err() {
            return Ok(parcel.failed(Failure::Storage, clock::now()));
        }
        self.parcels.drop_pieces(hash).await?;
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
