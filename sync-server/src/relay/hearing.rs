//! What a device's frames ask, checked before anything is believed. Pure: bytes in, an answer out.

use shared::id::LogId;
use shared::wire::{Ended, Entry, Frame, FrameError, Position, WIRE_VERSION};

/// A device's first frame.
pub(crate) struct Greeting {
    pub(crate) token: String,
    pub(crate) log: Option<LogId>,
    pub(crate) after: Position,
}

/// What a later frame asks.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Store these changes, all of which are what their names say.
    Store { number: u64, entries: Vec<Entry> },
    /// Show that you are there.
    Answer,
    /// Nothing: the device only shows that it is there.
    Nothing,
}

/// Reads the first frame.
pub(crate) fn greeted(bytes: &[u8]) -> Result<Greeting, Ended> {
    match decode(bytes)? {
        Frame::Hello { token, log, after } => Ok(Greeting { token, log, after }),
        other => Err(out_of_turn(&other, "before Hello")),
    }
}

/// Reads any later frame.
pub(crate) fn hear(bytes: &[u8]) -> Result<Asked, Ended> {
    match decode(bytes)? {
        Frame::Push { number, entries } => Ok(Asked::Store { number, entries: opened(number, entries)? }),
        Frame::Ping => Ok(Asked::Answer),
        Frame::Pong => Ok(Asked::Nothing),
        other @ Frame::Hello { .. } => Err(out_of_turn(&other, "a second time")),
        other @ (Frame::Welcome { .. }
        | Frame::Stored { .. }
        | Frame::Full { .. }
        | Frame::Log { .. }
        | Frame::Wholes { .. }
        | Frame::End(_)) => Err(out_of_turn(&other, "from a device; only the relay says that")),
    }
}

fn decode(bytes: &[u8]) -> Result<Frame, Ended> {
    Frame::decode(bytes).map_err(|error| match error {
        FrameError::Version(_) => Ended::Version(WIRE_VERSION),
        FrameError::TooLarge(_) | FrameError::Empty | FrameError::Malformed(_) | FrameError::Bounds => {
            Ended::Malformed(error.to_string())
        }
    })
}

/// All of a push, or none: a change that is not what its name says ends the conversation.
fn opened(number: u64, entries: Vec<Entry>) -> Result<Vec<Entry>, Ended> {
    entries
        .into_iter()
        .map(|entry| {
            let (document, hash) = (entry.document, entry.hash);
            let opened = entry.open().map_err(|error| {
                Ended::Malformed(format!("change {hash} of {document}: {error}; nothing of push {number} was stored"))
            })?;
            Ok(Entry::new(opened.0, opened.1))
        })
        .collect()
}

fn out_of_turn(frame: &Frame, how: &str) -> Ended {
    let name = match frame {
        Frame::Hello { .. } => "Hello",
        Frame::Welcome { .. } => "Welcome",
        Frame::Push { .. } => "Push",
        Frame::Stored { .. } => "Stored",
        Frame::Full { .. } => "Full",
        Frame::Log { .. } => "Log",
        Frame::Wholes { .. } => "Wholes",
        Frame::Ping => "Ping",
        Frame::Pong => "Pong",
        Frame::End(_) => "End",
    };
    Ended::Malformed(format!("{name} {how}"))
}

#[cfg(test)]
mod tests {
    use shared::change::ChangeHash;
    use shared::id::DocumentId;

    use super::*;

    #[test]
    fn a_change_that_is_not_its_name_is_named() {
        let entry = Entry { document: DocumentId::Workspace, hash: ChangeHash([7; 32]), bytes: vec![1; 40] };
        let Err(Ended::Malformed(why)) = hear(&Frame::Push { number: 4, entries: vec![entry] }.encode()) else {
            panic!("it was believed");
        };
        assert!(why.starts_with("change 0707"), "{why}");
        assert!(why.ends_with("nothing of push 4 was stored"), "{why}");
    }

    #[test]
    fn another_version_is_told_ours() {
        assert_eq!(hear(&[WIRE_VERSION + 1, 0]), Err(Ended::Version(WIRE_VERSION)));
    }

    #[test]
    fn frames_at_the_wrong_time_are_named() {
        let welcome = Frame::Welcome { log: LogId::minted("l"), head: 1, anew: true }.encode();
        assert!(matches!(hear(&welcome), Err(Ended::Malformed(why)) if why.starts_with("Welcome from a device")));
        let early = greeted(&Frame::Ping.encode()).err();
        assert_eq!(early, Some(Ended::Malformed("Ping before Hello".to_owned())));
    }
}
