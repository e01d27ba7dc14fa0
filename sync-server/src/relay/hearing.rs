//! What a device's frames ask, checked before anything is believed. Pure: bytes in, an answer out.

use shared::id::{DeviceId, DocumentId, WorkspaceId};
use shared::membership::Signature;
use shared::model::Role;
use shared::wire::{Ended, Entry, Frame, FrameError, Stand, WIRE_VERSION};

/// A device's first frame.
pub(crate) struct Greeting {
    pub(crate) workspace: WorkspaceId,
    pub(crate) device: DeviceId,
    pub(crate) signature: Signature,
    pub(crate) members: u64,
    pub(crate) stand: Option<Stand>,
}

/// What a later frame asks.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Store these changes, all of which are what their names say.
    Store { number: u64, entries: Vec<Entry> },
    /// It may not write such a document, so that nothing of the push was looked at.
    Refused { number: u64, document: DocumentId, needs: Role },
    /// Show that you are there.
    Answer,
    /// Say when devices were last here.
    Seen,
    /// Nothing: the device only shows that it is there.
    Nothing,
}

/// Reads the first frame.
pub(crate) fn greeted(bytes: &[u8]) -> Result<Greeting, Ended> {
    match decode(bytes)? {
        Frame::Hello { workspace, device, signature, members, stand } => {
            Ok(Greeting { workspace, device, signature, members, stand })
        }
        other => Err(out_of_turn(&other, "before Hello")),
    }
}

/// Reads any later frame of a device whose member has this role.
pub(crate) fn hear(bytes: &[u8], role: Role) -> Result<Asked, Ended> {
    match decode(bytes)? {
        Frame::Push { number, entries } => match beyond(role, &entries) {
            Some((document, needs)) => Ok(Asked::Refused { number, document, needs }),
            None => Ok(Asked::Store { number, entries: opened(number, entries)? }),
        },
        Frame::AskSeen => Ok(Asked::Seen),
        Frame::Ping => Ok(Asked::Answer),
        Frame::Pong => Ok(Asked::Nothing),
        other @ Frame::Hello { .. } => Err(out_of_turn(&other, "a second time")),
        other @ (Frame::Welcome { .. }
        | Frame::Stored { .. }
        | Frame::Full { .. }
        | Frame::Forked { .. }
        | Frame::Log { .. }
        | Frame::Wholes { .. }
        | Frame::Challenge(_)
        | Frame::Members { .. }
        | Frame::Refused { .. }
        | Frame::Withdrawn { .. }
        | Frame::Sighted(_)
        | Frame::Seen { .. }
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

/// The first document that this role may not write.
fn beyond(role: Role, entries: &[Entry]) -> Option<(DocumentId, Role)> {
    let least = entries.iter().map(|entry| (entry.document, Role::least_to_write(entry.document)));
    least.into_iter().find(|(_, least)| role < *least)
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
        Frame::Forked { .. } => "Forked",
        Frame::Log { .. } => "Log",
        Frame::Wholes { .. } => "Wholes",
        Frame::Ping => "Ping",
        Frame::Pong => "Pong",
        Frame::End(_) => "End",
        Frame::Challenge(_) => "Challenge",
        Frame::Members { .. } => "Members",
        Frame::Refused { .. } => "Refused",
        Frame::Withdrawn { .. } => "Withdrawn",
        Frame::Sighted(_) => "Sighted",
        Frame::AskSeen => "AskSeen",
        Frame::Seen { .. } => "Seen",
    };
    Ended::Malformed(format!("{name} {how}"))
}

#[cfg(test)]
mod tests {
    use shared::change::ChangeHash;
    use shared::id::{CompanyId, DealId, LeadId, LogId};

    use super::*;

    fn garbage(document: DocumentId) -> Vec<u8> {
        let entry = Entry { document, hash: ChangeHash([7; 32]), bytes: vec![1; 40] };
        Frame::Push { number: 4, entries: vec![entry] }.encode()
    }

    #[test]
    fn what_a_role_may_not_write_is_refused_before_its_bytes_are_looked_at() {
        let (deal, company) = (DocumentId::Deal(DealId::minted("d")), DocumentId::Company(CompanyId::minted("c")));
        let lead = DocumentId::Lead(LeadId::minted("l"));
        for (document, least) in [
            (deal, Role::Rep),
            (company, Role::Rep),
            (lead, Role::Rep),
            (DocumentId::Views, Role::Rep),
            (DocumentId::Workspace, Role::Manager),
        ] {
            for role in Role::ALL {
                let heard = hear(&garbage(document), role);
                let refused = Ok(Asked::Refused { number: 4, document, needs: least });
                assert_eq!(heard == refused, role < least, "{role} pushes {document}: {heard:?}");
            }
        }
    }

    #[test]
    fn a_change_that_is_not_its_name_is_named() {
        let Err(Ended::Malformed(why)) = hear(&garbage(DocumentId::Workspace), Role::Owner) else {
            panic!("it was believed");
        };
        assert!(why.starts_with("change 0707"), "{why}");
        assert!(why.ends_with("nothing of push 4 was stored"), "{why}");
    }

    #[test]
    fn another_version_is_told_ours() {
        assert_eq!(hear(&[WIRE_VERSION + 1, 0], Role::Owner), Err(Ended::Version(WIRE_VERSION)));
    }

    #[test]
    fn frames_at_the_wrong_time_are_named() {
        let welcome =
            Frame::Welcome { log: LogId::minted("l"), head: 1, members: 1, anew: true, pass: [7; 32] }.encode();
        assert!(
            matches!(hear(&welcome, Role::Owner), Err(Ended::Malformed(why)) if why.starts_with("Welcome from a device"))
        );
        let early = greeted(&Frame::Ping.encode()).err();
        assert_eq!(early, Some(Ended::Malformed("Ping before Hello".to_owned())));
    }
}
