//! What a link or a printed recovery code says: a secret, and which list it belongs to.

use super::{EntryHash, PrivateKey};

/// The digits of codes: no letter looks like another or like a number (Crockford's base 32).
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How many digits stand together in a printed code.
const GROUP: usize = 4;

const SECRET: usize = 16;

/// How much of the name of the list's first entry an invitation holds. A relay cannot make another list that fits.
const ROOT: usize = 16;

/// A recovery code is typed by hand, so it holds less.
const SHORT_ROOT: usize = 9;

/// A right to come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    secret: [u8; SECRET],
    /// The beginning of the name of the list's first entry; empty for whoever makes that entry.
    root: Vec<u8>,
}

impl Ticket {
    /// Lets somebody found a workspace.
    pub fn to_found(secret: [u8; SECRET]) -> Self {
        Self { secret, root: Vec::new() }
    }

    /// Lets somebody join the workspace of this list.
    pub fn to_join(secret: [u8; SECRET], root: EntryHash) -> Self {
        Self { secret, root: root.0[..ROOT].to_vec() }
    }

    /// Lets the last owner in again.
    pub fn to_recover(secret: [u8; SECRET], root: EntryHash) -> Self {
        Self { secret, root: root.0[..SHORT_ROOT].to_vec() }
    }

    /// Reads a ticket as it stands in a link or on paper: case, spaces and dashes do not matter.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'-');
        let bytes = unspell(digits)?;
        let (secret, root) = bytes.split_first_chunk::<SECRET>()?;
        [0, SHORT_ROOT, ROOT].contains(&root.len()).then(|| Self { secret: *secret, root: root.to_vec() })
    }

    /// As it stands in a link.
    pub fn spelled(&self) -> String {
        spell(&[&self.secret[..], &self.root].concat())
    }

    /// As it is printed.
    pub fn printed(&self) -> String {
        let digits = self.spelled().to_uppercase().into_bytes();
        let groups: Vec<&str> = digits.chunks(GROUP).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        groups.join("-")
    }

    /// The key that the secret stands for.
    pub fn key(&self) -> PrivateKey {
        PrivateKey::of_secret(&self.secret)
    }

    /// Whether it is a printed recovery code.
    pub fn recovers(&self) -> bool {
        self.root.len() == SHORT_ROOT
    }

    /// Whether it was made for the list that begins with this entry; [`EntryHash::NONE`] for none yet.
    pub fn fits(&self, root: EntryHash) -> bool {
        match self.root.is_empty() {
            true => root == EntryHash::NONE,
            false => root.0.starts_with(&self.root),
        }
    }
}

fn spell(bytes: &[u8]) -> String {
    let (mut spelled, mut held, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            spelled.push(char::from(DIGITS[(held >> bits) as usize & 31]));
        }
    }
    if bits > 0 {
        spelled.push(char::from(DIGITS[(held << (5 - bits)) as usize & 31]));
    }
    spelled
}

fn unspell(digits: impl Iterator<Item = u8>) -> Option<Vec<u8>> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for digit in digits {
        held = (held << 5) | value(digit)?;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
        }
    }
    // What is left over of the last digit says nothing.
    (held & ((1 << bits) - 1) == 0).then_some(bytes)
}

fn value(digit: u8) -> Option<u32> {
    let meant = match digit.to_ascii_lowercase() {
        b'o' => b'0',
        b'i' | b'l' => b'1',
        plain => plain,
    };
    DIGITS.iter().position(|each| *each == meant).and_then(|value| u32::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT_HASH: EntryHash = EntryHash([200; 32]);

    #[test]
    fn tickets_read_back_what_they_spell_and_print() {
        let secret = [9; 16];
        let all = [Ticket::to_found(secret), Ticket::to_join(secret, ROOT_HASH), Ticket::to_recover(secret, ROOT_HASH)];
        for ticket in all {
            assert_eq!(Ticket::read(&ticket.spelled()), Some(ticket.clone()));
            assert_eq!(Ticket::read(&format!(" {} ", ticket.printed())), Some(ticket.clone()));
            assert_eq!(Ticket::read(&ticket.printed().replace('1', "l").replace('0', "O")), Some(ticket));
        }
    }

    #[test]
    fn a_ticket_fits_its_own_list_only() {
        let other = EntryHash([201; 32]);
        for (ticket, root, fits) in [
            (Ticket::to_found([1; 16]), EntryHash::NONE, true),
            (Ticket::to_found([1; 16]), ROOT_HASH, false),
            (Ticket::to_join([1; 16], ROOT_HASH), ROOT_HASH, true),
            (Ticket::to_join([1; 16], ROOT_HASH), other, false),
            (Ticket::to_join([1; 16], ROOT_HASH), EntryHash::NONE, false),
            (Ticket::to_recover([1; 16], ROOT_HASH), other, false),
        ] {
            assert_eq!(ticket.fits(root), fits, "{ticket:?}");
        }
    }

    #[test]
    fn what_is_no_ticket_is_none() {
        let good = Ticket::to_join([5; 16], ROOT_HASH).spelled();
        for text in ["", "guessed", &good[1..], &format!("{good}0"), &good.replace(&good[..1], "u"), "你好"] {
            assert_eq!(Ticket::read(text), None, "{text}");
        }
    }
}
