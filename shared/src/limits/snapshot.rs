//! A folded past: one document of Automerge's, whose columns may be compressed.

use std::io::Read as _;

use flate2::bufread::DeflateDecoder;

use super::change::{actor, heads, number};
use super::column::{CHANGES, Columns, OPERATIONS, Table};
use super::{
    Limit, MAX_DEPENDENCIES, MAX_DOCUMENT_CHANGES, MAX_DOCUMENT_OPERATIONS, MAX_FRAME_BYTES, MAX_INFLATED_BYTES, Reader,
};
use crate::change::{SealError, contained};

const DOCUMENT: u8 = 0;

/// The bit of a column's number that says that it is compressed.
const COMPRESSED: u32 = 0b1000;

/// Holds a folded past, container and all, against every limit.
pub(crate) fn hold(bytes: &[u8]) -> Result<(), SealError> {
    let (_, body) = contained(DOCUMENT, MAX_FRAME_BYTES, bytes)?;
    Ok(held(Reader(body))?)
}

fn held(mut reader: Reader<'_>) -> Result<(), Limit> {
    let actors = number(&mut reader, MAX_DOCUMENT_CHANGES, Limit::Actors)?;
    (0..actors).try_for_each(|_| actor(&mut reader).map(drop))?;
    let count = number(&mut reader, MAX_DEPENDENCIES, Limit::Dependencies)?;
    (0..count).try_for_each(|_| reader.take(32).map(drop))?;
    let (changes, operations) = (heads(&mut reader)?, heads(&mut reader)?);
    let mut room = MAX_INFLATED_BYTES;
    let mut changing = Columns::new(actors, MAX_DOCUMENT_CHANGES, Limit::Changes);
    columns(&mut reader, &mut changing, CHANGES, &changes, &mut room)?;
    let mut working = Columns::new(actors, MAX_DOCUMENT_OPERATIONS, Limit::Operations);
    columns(&mut reader, &mut working, OPERATIONS, &operations, &mut room)?;
    // The places of the last changes follow; older writers left them out.
    if !reader.is_empty() {
        (0..count).try_for_each(|_| number(&mut reader, MAX_DOCUMENT_CHANGES, Limit::Changes).map(drop))?;
    }
    if reader.is_empty() { Ok(()) } else { Err(Limit::Tail) }
}

fn columns(
    reader: &mut Reader<'_>,
    columns: &mut Columns,
    table: Table,
    heads: &[(u32, u64)],
    room: &mut usize,
) -> Result<(), Limit> {
    let mut inflated = Vec::with_capacity(heads.len());
    for (number, length) in heads {
        let bytes = reader.take(*length)?;
        let plain = if number & COMPRESSED == 0 { bytes.to_vec() } else { inflate(bytes, *room)? };
        *room = room.checked_sub(plain.len()).ok_or(Limit::Inflated)?;
        inflated.push((number & !COMPRESSED, plain));
    }
    let plain: Vec<(u32, &[u8])> = inflated.iter().map(|(number, bytes)| (*number, &**bytes)).collect();
    columns.hold(table, &plain)
}

/// Never more than there is room for, however little there is to inflate.
fn inflate(bytes: &[u8], room: usize) -> Result<Vec<u8>, Limit> {
    let mut plain = Vec::new();
    let read = DeflateDecoder::new(bytes).take(room as u64 + 1).read_to_end(&mut plain);
    if read.is_ok() && plain.len() <= room { Ok(plain) } else { Err(Limit::Inflated) }
}
