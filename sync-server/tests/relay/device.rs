//! A device as the relay sees one: a socket, a key, and what it has got so far.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use shared::change::ChangeHash;
use shared::document::unfold;
use shared::id::{DocumentId, LogId};
use shared::wire::{Ended, Entry, Frame, Pass, Position, Stand, Withdrawn, fill_frames};
use tokio_tungstenite::tungstenite::{Error, Message, WebSocket, client};

use crate::key::Key;

/// Long enough for a busy machine, short enough to notice that nothing comes.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Device {
    socket: WebSocket<TcpStream>,
    pub(crate) log: Option<LogId>,
    pub(crate) position: Position,
    /// The furthest position it has heard of.
    pub(crate) furthest: Position,
    /// By how many entries of the list what it has was chosen.
    pub(crate) under: u64,
    pub(crate) head: Position,
    /// What it shows with what it asks of files.
    pub(crate) pass: Pass,
    /// The relay does not know the position this device came with.
    pub(crate) anew: bool,
    /// How often each change came.
    pub(crate) got: BTreeMap<(DocumentId, ChangeHash), usize>,
    /// Every change it has as a change of its own.
    pub(crate) held: BTreeMap<(DocumentId, ChangeHash), Entry>,
    pub(crate) snapshots: Vec<(DocumentId, Vec<u8>)>,
    /// The documents in the order they first came.
    pub(crate) order: Vec<DocumentId>,
    /// The deals that were withdrawn, and whose they are.
    pub(crate) withdrawn: Vec<Withdrawn>,
    /// Everything that it heard, as bytes.
    pub(crate) heard: Vec<u8>,
    pub(crate) bytes_heard: usize,
}

impl Device {
    pub(crate) fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.set_nodelay(true).unwrap();
        let (socket, _) = client(format!("ws://{address}/sync"), stream).unwrap();
        Self {
            socket,
            log: None,
            position: 0,
            furthest: 0,
            under: 0,
            head: 0,
            pass: [0; 32],
            anew: false,
            got: BTreeMap::new(),
            held: BTreeMap::new(),
            snapshots: Vec::new(),
            order: Vec::new(),
            withdrawn: Vec::new(),
            heard: Vec::new(),
            bytes_heard: 0,
        }
    }

    /// Connects as somebody who has nothing yet.
    pub(crate) fn arrive(address: SocketAddr, key: &Key) -> Self {
        Self::knock(address, key).unwrap()
    }

    /// Connects as somebody who may not be let in.
    pub(crate) fn knock(address: SocketAddr, key: &Key) -> Result<Self, Ended> {
        let mut device = Self::connect(address);
        device.greet(key).map(|()| device)
    }

    /// Connects as the same device again.
    pub(crate) fn return_as(self, address: SocketAddr, key: &Key) -> Self {
        let fresh = Self::connect(address);
        let mut device = Self { socket: fresh.socket, bytes_heard: 0, ..self };
        device.greet(key).unwrap();
        device
    }

    fn greet(&mut self, key: &Key) -> Result<(), Ended> {
        let furthest = self.furthest.max(self.position);
        let stand = self.log.map(|log| Stand { log, after: self.position, furthest, under: self.under });
        let hello = key.hello(&self.challenge(), stand);
        self.say(&hello);
        let known = self.log.is_some();
        match self.hear() {
            Frame::Welcome { log, head, anew, members, pass } => {
                (self.log, self.head, self.anew, self.pass) = (Some(log), head, anew, pass);
                self.under = if known { self.under } else { members };
            }
            Frame::End(ended) => return Err(ended),
            other => panic!("neither welcome nor end: {other:?}"),
        }
        if self.anew {
            (self.position, self.furthest) = (0, 0);
        }
        Ok(())
    }

    /// What the relay drew for this connection.
    pub(crate) fn challenge(&mut self) -> [u8; 32] {
        let Frame::Challenge(nonce) = self.hear() else { panic!("no challenge") };
        nonce
    }

    pub(crate) fn say(&mut self, frame: &Frame) {
        self.say_bytes(frame.encode());
    }

    pub(crate) fn say_bytes(&mut self, bytes: Vec<u8>) {
        self.send(Message::Binary(bytes.into())).unwrap();
    }

    pub(crate) fn send(&mut self, message: Message) -> Result<(), Error> {
        self.socket.send(message)
    }

    pub(crate) fn hear(&mut self) -> Frame {
        self.try_hear().unwrap()
    }

    pub(crate) fn try_hear(&mut self) -> Result<Frame, Error> {
        loop {
            match self.socket.read()? {
                Message::Binary(bytes) => {
                    self.bytes_heard += bytes.len();
                    self.heard.extend_from_slice(&bytes);
                    return Ok(Frame::decode(&bytes).unwrap());
                }
                Message::Close(_) => return Err(Error::ConnectionClosed),
                Message::Ping(_) | Message::Pong(_) | Message::Text(_) | Message::Frame(_) => {}
            }
        }
    }

    /// Nothing comes for a while.
    pub(crate) fn hears_nothing(&mut self) {
        self.socket.get_ref().set_read_timeout(Some(Duration::from_millis(300))).unwrap();
        let heard = self.try_hear();
        assert!(matches!(heard, Err(Error::Io(_))), "{heard:?}");
        self.socket.get_ref().set_read_timeout(Some(PATIENCE)).unwrap();
    }

    /// The relay ends the conversation and says why.
    pub(crate) fn is_ended(&mut self) -> Ended {
        loop {
            if let Frame::End(ended) = self.hear() {
                return ended;
            }
        }
    }

    /// Pushes and waits until it is stored, taking in what else comes.
    pub(crate) fn push(&mut self, number: u64, entries: Vec<Entry>) {
        self.hold(&entries);
        self.say(&Frame::Push { number, entries });
        loop {
            match self.hear() {
                Frame::Stored { number: stored, upto } if stored == number => {
                    self.furthest = self.furthest.max(upto);
                    return;
                }
                other => self.take(other),
            }
        }
    }

    /// What the relay says to a push, taking in what else comes.
    pub(crate) fn hears_of(&mut self, push: u64) -> Frame {
        loop {
            match self.hear() {
                stored @ Frame::Stored { number, .. } if number == push => return stored,
                refused @ (Frame::Refused { .. } | Frame::Forked { .. }) => return refused,
                other => self.take(other),
            }
        }
    }

    /// Pushes everything it holds, as a device does that finds its relay anew.
    pub(crate) fn give_back(&mut self) {
        let unfolded = self.snapshots.iter().flat_map(|(document, bytes)| {
            unfold(*document, bytes).unwrap().into_iter().map(|change| Entry::new(*document, change))
        });
        let entries = unfolded.chain(self.held.values().cloned()).collect();
        for (number, entries) in (1..).zip(fill_frames(entries)) {
            self.push(number, entries);
        }
    }

    /// Takes in frames until everything up to a position is here.
    pub(crate) fn catch_up(&mut self, to: Position) {
        while self.position < to {
            let frame = self.hear();
            self.take(frame);
        }
    }

    /// Takes in frames until something is so.
    pub(crate) fn hears_until(&mut self, is_so: impl Fn(&Self) -> bool) {
        while !is_so(self) {
            let frame = self.hear();
            self.take(frame);
        }
    }

    fn take(&mut self, frame: Frame) {
        match frame {
            Frame::Log { upto, entries } => {
                self.take_changes(entries);
                self.position = self.position.max(upto);
            }
            Frame::Wholes { documents, upto, .. } => {
                for whole in documents {
                    self.order.push(whole.document);
                    self.snapshots.extend(whole.snapshot.map(|bytes| (whole.document, bytes)));
                    self.take_changes(whole.changes);
                }
                self.position = self.position.max(upto.unwrap_or(0));
            }
            Frame::Ping => self.say(&Frame::Pong),
            Frame::Withdrawn { deals } => self.withdrawn.extend(deals),
            Frame::Sighted(under) => self.under = under,
            Frame::Stored { .. } | Frame::Members { .. } => {}
            other => panic!("unexpected {other:?}"),
        }
    }

    fn hold(&mut self, entries: &[Entry]) {
        self.held.extend(entries.iter().map(|entry| ((entry.document, entry.hash), entry.clone())));
    }

    fn take_changes(&mut self, entries: Vec<Entry>) {
        self.hold(&entries);
        for entry in entries {
            let name = (entry.document, entry.hash);
            entry.open().unwrap();
            *self.got.entry(name).or_default() += 1;
        }
    }

    /// Has exactly these changes, each once, besides what the relay founded its workspace with.
    pub(crate) fn has_exactly(&self, entries: &[Entry]) {
        let wanted: BTreeMap<_, _> = entries.iter().map(|entry| ((entry.document, entry.hash), 1)).collect();
        let mut got = self.got.clone();
        got.retain(|(document, _), _| *document != DocumentId::Workspace);
        assert!(got == wanted, "has {} changes, should have {}", got.len(), wanted.len());
    }
}
