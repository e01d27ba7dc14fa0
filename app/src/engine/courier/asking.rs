//! Requests for files, beside the socket, and how much room there is.

use futures::future::{Either, select};
use js_sys::{Function, Object, Reflect, Uint8Array};
use shared::freight::{Course, Parcel};
use shared::wire::Pass;
use shared::wire::files::{COMPLETE, OFFSET, ROOT, Room, bearer};
use shared::wire::joining::decode;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response};

use super::super::storage::Trouble;
use super::super::{Engine, clock};
use super::carrying::Stuck;

/// How long an answer may take, in milliseconds: a piece on a slow network takes some seconds.
const ANSWER_WITHIN_MILLIS: i32 = 60_000;

/// What the relay answered.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    headers: JsValue,
}

/// How much of files is where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stock {
    /// Bytes of files on this device.
    pub here: u64,
    /// How many of them are not at the relay.
    pub waiting: usize,
    /// What the relay holds and may hold, as it was when it was last asked.
    pub relay: Option<Room>,
}

impl Engine {
    /// How much of files is where.
    ///
    /// # Errors
    /// Storage does not work.
    pub async fn file_stock(&self) -> Result<Stock, Trouble> {
        let here = self.files.files_here().await?;
        let parcels: Vec<Parcel> =
            self.parcels.parcels().await?.into_iter().filter(|parcel| here.contains(&parcel.hash)).collect();
        let waiting = parcels.iter().filter(|parcel| parcel.course == Course::Up).count();
        let relay = self.parcels.room().await?.and_then(|room| decode(&room));
        Ok(Stock { here: parcels.iter().map(|parcel| parcel.of).sum(), waiting, relay })
    }

    /// Asks the relay how much room there is, and keeps what it says for all tabs.
    pub(super) async fn learn_room(&self, pass: &Pass) -> Result<Option<Room>, Stuck> {
        let answer = ask(pass, "GET", ROOT, &[], None).await?;
        let room = decode(&answer.body).filter(|_| answer.status == 200);
        if room.is_some() {
            self.parcels.put_room(&answer.body).await?;
        }
        Ok(room)
    }
}

impl Answer {
    /// How many bytes of a file the relay has.
    pub(super) fn offset(&self) -> Option<u64> {
        self.header(OFFSET)?.parse().ok()
    }

    /// Whether the relay has all of it.
    pub(super) fn is_complete(&self) -> bool {
        self.header(COMPLETE).is_some_and(|said| said == "?1")
    }

    /// How many bytes the file has of which this is a piece.
    pub(super) fn length(&self) -> Option<u64> {
        self.header("content-range")?.rsplit_once('/')?.1.parse().ok()
    }

    fn header(&self, name: &str) -> Option<String> {
        let get: Function = Reflect::get(&self.headers, &"get".into()).ok()?.dyn_into().ok()?;
        get.call1(&self.headers, &name.into()).ok()?.as_string()
    }
}

/// Asks, and waits for the answer.
pub(super) async fn ask(
    pass: &Pass,
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: Option<&[u8]>,
) -> Result<Answer, Stuck> {
    let asked = std::pin::pin!(answer(pass, method, path, headers, body));
    let answered = match select(asked, std::pin::pin!(clock::sleep(ANSWER_WITHIN_MILLIS))).await {
        Either::Left((answered, _)) => answered.ok(),
        Either::Right(_) => None,
    };
    // A pass that is none any more is of a conversation that is over; the next one brings another.
    answered.filter(|answer| answer.status != 401).ok_or(Stuck::OutOfReach)
}

async fn answer(
    pass: &Pass,
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: Option<&[u8]>,
) -> Result<Answer, JsValue> {
    let (init, said) = (RequestInit::new(), Object::new());
    Reflect::set(&said, &"Authorization".into(), &bearer(pass).into())?;
    for (name, value) in headers {
        Reflect::set(&said, &(*name).into(), &value.as_str().into())?;
    }
    init.set_method(method);
    Reflect::set(&init, &"cache".into(), &"no-store".into())?;
    Reflect::set(&init, &"headers".into(), &said)?;
    if let Some(body) = body {
        init.set_body(&Uint8Array::from(body));
    }
    let request = Request::new_with_str_and_init(path, &init)?;
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let response: Response = JsFuture::from(window.fetch_with_request(&request)).await?.dyn_into()?;
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    let headers = Reflect::get(&response, &"headers".into())?;
    Ok(Answer { status: response.status(), body: Uint8Array::new(&bytes).to_vec(), headers })
}
