//! One change: what it builds on, who wrote it, and what its operations may be.

use super::column::{CHANGE, Columns};
use super::{
    ACTOR_BYTES, Limit, MAX_ACTORS, MAX_DEPENDENCIES, MAX_DOCUMENT_CHANGES, MAX_DOCUMENT_OPERATIONS, MAX_MESSAGE_BYTES,
    MAX_OPERATIONS, MOMENTS, Reader,
};

/// The name under which every document begins; a change under it would hide from the history.
const NOBODY: [u8; ACTOR_BYTES as usize] = [0; ACTOR_BYTES as usize];

/// Who wrote a change, and as its how manyeth, out of its body. What follows in the body is not looked at.
pub(crate) fn origin(body: &[u8]) -> Result<([u8; ACTOR_BYTES as usize], u64), Limit> {
    let mut reader = Reader(body);
    let (writer, number) = counted(&mut reader)?;
    Ok((writer.try_into().map_err(|_| Limit::Actor)?, number))
}

/// Holds a change's body, what follows its container's head, against every limit.
pub(crate) fn hold(body: &[u8]) -> Result<(), Limit> {
    let mut reader = Reader(body);
    if counted(&mut reader)?.0 == NOBODY {
        return Err(Limit::Actor);
    }
    number(&mut reader, MAX_DOCUMENT_OPERATIONS, Limit::Count)?;
    if !MOMENTS.contains(&reader.signed()?) {
        return Err(Limit::Moment);
    }
    let message = number(&mut reader, MAX_MESSAGE_BYTES, Limit::Message)?;
    reader.take(message)?;
    let others = number(&mut reader, MAX_ACTORS, Limit::Actors)?;
    (0..others).try_for_each(|_| actor(&mut reader).map(drop))?;
    let columns = columns(&mut reader)?;
    Columns::new(others + 1, MAX_OPERATIONS, Limit::Operations).hold(CHANGE, &columns)?;
    if reader.is_empty() { Ok(()) } else { Err(Limit::Tail) }
}

/// The writer and its number, which stand after the names of what the change builds on.
fn counted<'a>(reader: &mut Reader<'a>) -> Result<(&'a [u8], u64), Limit> {
    let dependencies = number(reader, MAX_DEPENDENCIES, Limit::Dependencies)?;
    reader.take(32 * dependencies)?;
    Ok((actor(reader)?, number(reader, MAX_DOCUMENT_CHANGES, Limit::Changes)?))
}

pub(super) fn number(reader: &mut Reader<'_>, most: u64, broken: Limit) -> Result<u64, Limit> {
    reader.unsigned().and_then(|number| if number <= most { Ok(number) } else { Err(broken) })
}

pub(super) fn actor<'a>(reader: &mut Reader<'a>) -> Result<&'a [u8], Limit> {
    match reader.unsigned()? {
        ACTOR_BYTES => reader.take(ACTOR_BYTES),
        _ => Err(Limit::Actor),
    }
}

/// The numbers and lengths of columns, as they stand before their bytes.
pub(super) fn heads(reader: &mut Reader<'_>) -> Result<Vec<(u32, u64)>, Limit> {
    // No table has more columns; the longest has twelve.
    let count = number(reader, 16, Limit::Column(u32::MAX))?;
    let head = |_| Ok((u32::try_from(reader.unsigned()?).map_err(|_| Limit::Number)?, reader.unsigned()?));
    (0..count).map(head).collect()
}

fn columns<'a>(reader: &mut Reader<'a>) -> Result<Vec<(u32, &'a [u8])>, Limit> {
    let heads = heads(reader)?;
    heads.into_iter().map(|(number, length)| Ok((number, reader.take(length)?))).collect()
}
