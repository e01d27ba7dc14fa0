//! A WebSocket as a line of frames: what is slow, silent or wrong about it ends in one way.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{Message, WebSocket};
use shared::id::DeviceId;
use shared::wire::{Ended, Frame};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::error::ProtocolError;

use crate::metrics::{Metrics, Reason, Way};

/// How long the device may take to read why the conversation is over.
const GOODBYE: Duration = Duration::from_secs(1);

/// Why nothing more is said.
pub(super) enum Over {
    /// The device went away, or takes nothing any more.
    Gone,
    /// The relay ends it, and says so.
    Ended(Ended),
    /// The same, and why was written down already.
    Noted(Ended),
}

impl From<Ended> for Over {
    fn from(ended: Ended) -> Self {
        Self::Ended(ended)
    }
}

/// One connection.
pub(super) struct Line {
    socket: WebSocket,
    sending: Duration,
    metrics: Arc<Metrics>,
    /// Whose it is, once that is known.
    pub(super) device: Option<DeviceId>,
}

impl Line {
    pub(super) fn new(socket: WebSocket, sending: Duration, metrics: Arc<Metrics>) -> Self {
        Self { socket, sending, metrics, device: None }
    }

    /// The next frame's bytes. Can be dropped and asked again.
    pub(super) async fn hear(&mut self) -> Result<Bytes, Over> {
        loop {
            match self.socket.recv().await {
                Some(Ok(Message::Binary(bytes))) => {
                    self.metrics.frame(Way::In, bytes.len());
                    return Ok(bytes);
                }
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Text(_))) => {
                    return Err(Ended::Malformed("text; frames are binary".to_owned()).into());
                }
                Some(Ok(Message::Close(_))) | None => return Err(Over::Gone),
                Some(Err(error)) => return Err(broken(error)),
            }
        }
    }

    /// Sends a frame; a device too slow to take it in good time is gone.
    pub(super) async fn say(&mut self, frame: &Frame) -> Result<(), Over> {
        let bytes = frame.encode();
        self.metrics.frame(Way::Out, bytes.len());
        let kilobytes = u32::try_from(bytes.len() / 1024).unwrap_or(u32::MAX);
        let allowed = self.sending + Duration::from_secs(1) * kilobytes;
        match timeout(allowed, self.socket.send(Message::Binary(bytes.into()))).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(Over::Gone),
        }
    }

    /// Says why, and waits a moment for the device to have read it: closing at once while it still
    /// sends would make its system throw the words away.
    pub(super) async fn hang_up(mut self, over: Over) {
        let ended = match over {
            Over::Gone => return,
            Over::Noted(ended) => ended,
            Over::Ended(ended) => {
                let device = self.device.map(tracing::field::display);
                tracing::info!(device, ?ended, "a conversation was ended");
                ended
            }
        };
        self.metrics.refused(Reason::from(&ended));
        let goodbye = async {
            if self.say(&Frame::End(ended)).await.is_ok() && self.socket.send(Message::Close(None)).await.is_ok() {
                while let Some(Ok(_)) = self.socket.recv().await {}
            }
        };
        // A device that does not close its side is left behind.
        let _ = timeout(GOODBYE, goodbye).await;
    }
}

/// A device that breaks the rules of the line is told which; one whose line broke, as phones lose theirs, is gone.
fn broken(error: axum::Error) -> Over {
    match error.into_inner().downcast::<Error>().as_deref() {
        Ok(
            Error::ConnectionClosed
            | Error::AlreadyClosed
            | Error::Io(_)
            | Error::Tls(_)
            | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake),
        ) => Over::Gone,
        Ok(other) => Ended::Malformed(other.to_string()).into(),
        Err(other) => Ended::Malformed(other.to_string()).into(),
    }
}
