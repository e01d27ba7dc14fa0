//! `/files`: files of documents, in pieces, for devices that are connected. The pass says who asks.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use shared::wire::files::{COMPLETE, LENGTH, OFFSET, PIECE_BYTES, Room, read_address, read_bearer};
use shared::wire::joining::encode;
use tokio::sync::SemaphorePermit;
use tokio::time::{Instant, sleep, timeout};

use crate::error::Error;
use crate::files::{FileRefusal, Piece, Place, Progress};
use crate::metrics::{Reason, Way};
use crate::relay::{Holder, Relay};

/// How long a piece may take to come.
const PIECE_WITHIN: Duration = Duration::from_secs(120);

/// `GET /files`: how much the workspace holds, and may hold.
pub(crate) async fn room(State(relay): State<Arc<Relay>>, headers: HeaderMap) -> Result<Vec<u8>, Error> {
    counted(&relay, tell_room(&relay, &headers).await)
}

/// `HEAD`: how much of a file is here.
pub(crate) async fn progress(
    State(relay): State<Arc<Relay>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<HeaderMap, Error> {
    counted(&relay, tell_progress(&relay, &file, &headers).await)
}

/// `PATCH`: the next piece of a file.
pub(crate) async fn append(
    State(relay): State<Arc<Relay>>,
    Path(file): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Error> {
    counted(&relay, take_piece(&relay, &file, &headers, body).await)
}

/// `GET` with a `Range`: a piece of a whole file.
pub(crate) async fn read(
    State(relay): State<Arc<Relay>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    counted(&relay, give_piece(&relay, &file, &headers).await)
}

/// How far a file is, in headers.
pub(crate) fn told(progress: Progress) -> HeaderMap {
    let complete = HeaderValue::from_static(if progress.complete { "?1" } else { "?0" });
    let headers = [
        (HeaderName::from_static(OFFSET), HeaderValue::from(progress.has)),
        (HeaderName::from_static(COMPLETE), complete),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    headers.into_iter().collect()
}

async fn tell_room(relay: &Relay, headers: &HeaderMap) -> Result<Vec<u8>, Error> {
    let holder = holder(relay, headers)?;
    let _turn = turn(relay, &holder, 0).await?;
    let (workspace, allowance) = (holder.workspace, relay.allowance);
    relay
        .ask_files(move |files, store| {
            let (files, changes) = (files.bytes(workspace)?, store.stored_bytes(workspace)?);
            let files_allowed = allowance.for_files(changes);
            let all_allowed = allowance.workspace_bytes;
            Ok(encode(&Room { files, files_allowed, all: files.saturating_add(changes), all_allowed }))
        })
        .await
}

async fn tell_progress(relay: &Relay, file: &str, headers: &HeaderMap) -> Result<HeaderMap, Error> {
    let (holder, place) = asked(relay, file, headers)?;
    let _turn = turn(relay, &holder, 0).await?;
    let asking = holder.clone();
    relay
        .ask_files(move |files, store| {
            asking.knows_of(store, place.document)?;
            Ok(told(files.progress(&place)?))
        })
        .await
}

async fn take_piece(relay: &Relay, file: &str, headers: &HeaderMap, body: Body) -> Result<Response, Error> {
    let (holder, place) = asked(relay, file, headers)?;
    let (offset, length) = (number(headers, OFFSET)?, number(headers, LENGTH)?);
    // Nothing of it is read before the device may be heard again.
    let _turn = turn(relay, &holder, announced(headers)).await?;
    let asking = holder.clone();
    relay.ask(move |store| asking.may_write(store, place.document)).await?;
    let bytes = hear(body).await?;
    relay.metrics.piece(Way::In, bytes.len());
    let (allowance, asking) = (relay.allowance, holder.clone());
    let progress = relay.ask_files(move |files, store| {
        // The member may have been taken out while the piece came.
        asking.may_write(store, place.document)?;
        let allowed = allowance.for_files(store.stored_bytes(place.workspace)?);
        let before = files.progress(&place)?;
        Ok((before, files.append(&place, Piece { offset, length, bytes: &bytes }, allowed)?))
    });
    let (before, progress) = progress.await?;
    if progress.complete && !before.complete {
        relay.metrics.file_kept();
    }
    Ok((StatusCode::NO_CONTENT, told(progress)).into_response())
}

/// How long the piece is to be.
fn announced(headers: &HeaderMap) -> usize {
    let said = number(headers, header::CONTENT_LENGTH.as_str()).ok().and_then(|bytes| usize::try_from(bytes).ok());
    said.unwrap_or(PIECE_BYTES).min(PIECE_BYTES)
}

async fn hear(body: Body) -> Result<Bytes, Error> {
    let bytes = timeout(PIECE_WITHIN, to_bytes(body, PIECE_BYTES)).await;
    let bytes = bytes.map_err(|_| Error::Request("the piece did not come in time".to_owned()))?;
    bytes.map_err(|error| Error::Request(format!("a piece of at most {PIECE_BYTES} bytes: {error}")))
}

async fn give_piece(relay: &Relay, file: &str, headers: &HeaderMap) -> Result<Response, Error> {
    let (holder, place) = asked(relay, file, headers)?;
    let (from, most) = range(headers)?;
    let _turn = turn(relay, &holder, 0).await?;
    let asking = holder.clone();
    let found = relay.ask_files(move |files, store| {
        asking.may_see(store, place.document)?;
        Ok(files.read(&place, from, most)?)
    });
    let found = found.await?;
    let (bytes, length) = found.ok_or(FileRefusal::Missing)?;
    if bytes.is_empty() {
        return Ok(
            (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{length}"))]).into_response()
        );
    }
    relay.metrics.piece(Way::Out, bytes.len());
    let headers = [
        (header::CONTENT_RANGE, format!("bytes {from}-{}/{length}", from + bytes.len() as u64 - 1)),
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, "attachment".to_owned()),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((StatusCode::PARTIAL_CONTENT, headers, bytes).into_response())
}

/// Who asks, and for which file.
fn asked(relay: &Relay, file: &str, headers: &HeaderMap) -> Result<(Arc<Holder>, Place), Error> {
    let holder = holder(relay, headers)?;
    let (document, hash) = read_address(file).ok_or_else(|| Error::Request(format!("{file:?} names no file")))?;
    let place = Place { workspace: holder.workspace, document, hash };
    Ok((holder, place))
}

fn holder(relay: &Relay, headers: &HeaderMap) -> Result<Arc<Holder>, Error> {
    let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let pass = shown.and_then(read_bearer).and_then(|pass| relay.passes.holder(&pass));
    Ok(pass.ok_or(FileRefusal::Pass)?)
}

/// One of the turns that a conversation has. A device that asks for more than it may waits within its turn.
async fn turn<'a>(relay: &Relay, holder: &'a Holder, bytes: usize) -> Result<SemaphorePermit<'a>, Error> {
    let turn = holder.turns.try_acquire().map_err(|_| FileRefusal::Turns)?;
    let wait = relay.limits.charge(holder.device, bytes, Instant::now());
    if !wait.is_zero() {
        relay.metrics.refused(Reason::Slowed);
        sleep(wait).await;
    }
    Ok(turn)
}

fn number(headers: &HeaderMap, name: &str) -> Result<u64, Error> {
    let said = headers.get(name).and_then(|value| value.to_str().ok());
    said.and_then(|said| said.parse().ok()).ok_or_else(|| Error::Request(format!("{name} is no number")))
}

/// From where, and how many bytes at most: never more than a piece.
fn range(headers: &HeaderMap) -> Result<(u64, usize), Error> {
    let said = headers.get(header::RANGE).and_then(|value| value.to_str().ok());
    let range = said.and_then(|said| said.strip_prefix("bytes=")?.split_once('-'));
    let range = range.and_then(|(from, to)| Some((from.parse::<u64>().ok()?, to.parse::<u64>().ok()?)));
    let (from, to) = range
        .filter(|(from, to)| from <= to)
        .ok_or_else(|| Error::Request("Range asks for a piece, such as bytes=0-1023".to_owned()))?;
    let most = usize::try_from(to - from).unwrap_or(PIECE_BYTES).saturating_add(1);
    Ok((from, most.min(PIECE_BYTES)))
}

fn counted<T>(relay: &Relay, done: Result<T, Error>) -> Result<T, Error> {
    done.inspect_err(|error| {
        if let Error::File(refusal) = error {
            relay.metrics.refused(Reason::from(refusal));
        }
    })
}
