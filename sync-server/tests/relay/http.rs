//! HTTP as it stands on the line, so that nothing tidies an address up, and what is asked of files with it.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use shared::id::DocumentId;
use shared::model::FileHash;
use shared::wire::Pass;
use shared::wire::files::{COMPLETE, LENGTH, OFFSET, PIECE_BYTES, address, bearer};

/// What the relay answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }

    /// The code in a refusal.
    pub(crate) fn code(&self) -> String {
        let refused: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        refused["code"].as_str().unwrap_or_default().to_owned()
    }

    /// How much of a file the relay says that it has, and whether that is all.
    pub(crate) fn progress(&self) -> (u64, bool) {
        let offset = self.header(OFFSET).and_then(|offset| offset.parse().ok());
        (offset.unwrap_or_else(|| panic!("no offset in {self:?}")), self.header(COMPLETE) == Some("?1"))
    }
}

/// Asks for a path, letter by letter as it is given.
pub(crate) fn ask(relay: SocketAddr, method: &str, path: &str, headers: &[(&str, String)], body: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(relay).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {relay}\r\nConnection: close\r\n");
    headers.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    // A relay that refuses may close before it has read everything.
    let _sent = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
    let mut answer = Vec::new();
    let _closed = stream.read_to_end(&mut answer);
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or_else(|| panic!("no answer to {path}"));
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head, body: answer[end + 4..].to_vec() }
}

/// A device's way to the files of one document.
#[derive(Clone, Copy)]
pub(crate) struct Files {
    pub(crate) relay: SocketAddr,
    pub(crate) pass: Pass,
    pub(crate) document: DocumentId,
}

impl Files {
    pub(crate) fn head(&self, hash: FileHash) -> Answer {
        self.ask("HEAD", hash, &[], &[])
    }

    /// Sends one piece of a file of so many bytes.
    pub(crate) fn patch(&self, hash: FileHash, offset: usize, length: usize, piece: &[u8]) -> Answer {
        self.ask("PATCH", hash, &[(OFFSET, offset.to_string()), (LENGTH, length.to_string())], piece)
    }

    /// Sends a file as a device does: from where the relay is, piece by piece; the answer to the last piece.
    pub(crate) fn send(&self, bytes: &[u8]) -> Answer {
        let hash = FileHash::of(bytes);
        let mut answer = self.head(hash);
        while let (200 | 204, (has, false)) = (answer.status, answer.progress()) {
            let from = usize::try_from(has).unwrap();
            answer = self.patch(hash, from, bytes.len(), &bytes[from..bytes.len().min(from + PIECE_BYTES)]);
            if !matches!(answer.status, 200 | 204) {
                break;
            }
        }
        answer
    }

    pub(crate) fn get(&self, hash: FileHash, range: &str) -> Answer {
        self.ask("GET", hash, &[("Range", format!("bytes={range}"))], &[])
    }

    /// Fetches a whole file piece by piece.
    pub(crate) fn fetch(&self, hash: FileHash) -> Vec<u8> {
        let mut bytes = Vec::new();
        loop {
            let answer = self.get(hash, &format!("{}-{}", bytes.len(), bytes.len() + PIECE_BYTES - 1));
            assert_eq!(answer.status, 206, "{answer:?}");
            bytes.extend(&answer.body);
            let length = answer.header("content-range").unwrap().rsplit_once('/').unwrap().1.to_owned();
            if bytes.len().to_string() == length {
                return bytes;
            }
        }
    }

    fn ask(&self, method: &str, hash: FileHash, headers: &[(&str, String)], body: &[u8]) -> Answer {
        let shown = [("Authorization", bearer(&self.pass))];
        let headers: Vec<_> = shown.iter().chain(headers).cloned().collect();
        ask(self.relay, method, &address(self.document, hash), &headers, body)
    }
}
