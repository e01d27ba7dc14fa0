//! Containers of Automerge's as an attacker writes them: every part as one likes, under a hash that fits.

use sha2::{Digest, Sha256};

/// The kind of container that holds one change.
pub const CHANGE: u8 = 1;

/// The kind of container that holds a folded past.
pub const FOLDED: u8 = 0;

/// Columns by their number in the format.
pub type Columns = Vec<(u32, Vec<u8>)>;

/// A change. As it comes it is sound and puts one text into the root of an empty document.
#[derive(Clone)]
pub struct Change {
    /// The changes it builds on.
    pub dependencies: Vec<[u8; 32]>,
    /// Who wrote it.
    pub actor: Vec<u8>,
    /// The how many-th of its writer it is.
    pub number: u64,
    /// The number of its first operation.
    pub start: u64,
    /// When it was written, in seconds.
    pub seconds: i64,
    /// What it says of itself.
    pub message: Vec<u8>,
    /// The other writers it names.
    pub others: Vec<Vec<u8>>,
    /// What its operations lie in.
    pub columns: Columns,
    /// What follows.
    pub tail: Vec<u8>,
}

impl Default for Change {
    fn default() -> Self {
        Self {
            dependencies: Vec::new(),
            actor: vec![9; 16],
            number: 1,
            start: 1,
            seconds: 1_790_000_000,
            message: Vec::new(),
            others: Vec::new(),
            columns: vec![
                (0x15, vec![0x7f, 1, b'a']),
                (0x34, vec![1]),
                (0x42, vec![0x7f, 1]),
                (0x56, vec![0x7f, 0x16]),
                (0x57, vec![b'x']),
                (0x70, vec![0x7f, 0]),
            ],
            tail: Vec::new(),
        }
    }
}

impl Change {
    /// The change with other columns; an empty one goes.
    pub fn with(mut self, columns: Columns) -> Self {
        for (number, bytes) in columns {
            self.columns.retain(|(known, _)| *known != number);
            if !bytes.is_empty() {
                self.columns.push((number, bytes));
            }
        }
        self.columns.sort_by_key(|(number, _)| *number & !8);
        self
    }

    /// Its bytes, in their container.
    pub fn seal(&self) -> Vec<u8> {
        let mut body = listed(&self.dependencies, |hash| hash.to_vec());
        body.extend(lengthened(&self.actor));
        body.extend([unsigned(self.number), unsigned(self.start), signed(self.seconds)].concat());
        body.extend(lengthened(&self.message));
        body.extend(listed(&self.others, |actor| lengthened(actor)));
        body.extend(heads(&self.columns));
        body.extend(self.columns.iter().flat_map(|(_, bytes)| bytes));
        body.extend(&self.tail);
        contain(CHANGE, &body)
    }
}

/// A folded past of one writer with these columns of changes and of operations.
pub fn folded(heads_of: &[[u8; 32]], changes: &Columns, operations: &Columns) -> Vec<u8> {
    let mut body = listed(&[vec![9; 16]], |actor: &Vec<u8>| lengthened(actor));
    body.extend(listed(heads_of, |hash| hash.to_vec()));
    body.extend([heads(changes), heads(operations)].concat());
    body.extend(changes.iter().chain(operations).flat_map(|(_, bytes)| bytes));
    contain(FOLDED, &body)
}

/// Puts a body into a container whose checksum fits.
pub fn contain(kind: u8, body: &[u8]) -> Vec<u8> {
    let rest = [vec![kind], unsigned(body.len() as u64), body.to_vec()].concat();
    let hash = Sha256::digest(&rest);
    [&[0x85, 0x6f, 0x4a, 0x83], &hash[..4], &rest].concat()
}

/// What is in a container, if it is one.
pub fn contained(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (head, rest) = bytes.split_at_checked(9)?;
    let digits = rest.iter().position(|byte| byte & 0x80 == 0)? + 1;
    Some((head[8], rest.get(digits..)?))
}

/// A LEB128 number from 0 on.
pub fn unsigned(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

/// A LEB128 number with a sign.
pub fn signed(mut number: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while !(-0x40..0x40).contains(&number) {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8 & 0x7f);
    bytes
}

fn lengthened(bytes: &[u8]) -> Vec<u8> {
    [unsigned(bytes.len() as u64), bytes.to_vec()].concat()
}

fn listed<T>(things: &[T], write: impl Fn(&T) -> Vec<u8>) -> Vec<u8> {
    let mut bytes = unsigned(things.len() as u64);
    bytes.extend(things.iter().flat_map(write));
    bytes
}

fn heads(columns: &Columns) -> Vec<u8> {
    listed(columns, |(number, bytes)| [unsigned(u64::from(*number)), unsigned(bytes.len() as u64)].concat())
}
