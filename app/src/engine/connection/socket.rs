//! One WebSocket: frames in as events, frames out as bytes.

use futures::channel::mpsc::UnboundedSender;
use js_sys::{ArrayBuffer, Uint8Array};
use shared::wire::Frame;
use wasm_bindgen::prelude::*;
use web_sys::{BinaryType, MessageEvent, WebSocket};

use super::Event;

/// An open or opening socket; dropping it closes it.
pub(super) struct Socket {
    socket: WebSocket,
    _closed: Closure<dyn FnMut()>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
}

impl Socket {
    /// Begins to connect to the relay that served this page; none if there is no address for that.
    pub(super) fn open(number: u64, sender: &UnboundedSender<Event>) -> Option<Self> {
        let socket = WebSocket::new(&address()?).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);
        let (closing, hearing) = (sender.clone(), sender.clone());
        let closed = Closure::<dyn FnMut()>::new(move || drop(closing.unbounded_send(Event::Closed(number))));
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() {
                let bytes = Uint8Array::new(&buffer).to_vec();
                drop(hearing.unbounded_send(Event::Heard(number, bytes)));
            }
        });
        socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        Some(Self { socket, _closed: closed, _heard: heard })
    }

    /// Sends a frame. One that cannot be sent is followed by the socket's closing.
    pub(super) fn send(&self, frame: &Frame) {
        let _closing = self.socket.send_with_u8_array(&frame.encode());
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.socket.set_onclose(None);
        self.socket.set_onmessage(None);
        let _closed = self.socket.close();
    }
}

fn address() -> Option<String> {
    let location = web_sys::window()?.location();
    let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
    Some(format!("{scheme}://{}/sync", location.host().ok()?))
}
