//! The real program as a process that can be killed.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::running::post;

pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    pub(crate) secret: String,
    data: PathBuf,
    child: Child,
}

impl Process {
    pub(crate) fn start(data: &Path) -> Self {
        let mut child = sluice(data, &["serve", "--listen", "127.0.0.1:0"]).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let link = line.trim().strip_prefix("Open http://").unwrap();
        let (address, secret) = link.split_once("/#/join/").unwrap();
        let (address, secret) = (address.parse().unwrap(), secret.to_owned());
        Self { address, secret, data: data.to_owned(), child }
    }

    /// Joins with a secret; the token.
    pub(crate) fn join(&self, secret: &str) -> String {
        let (status, joined) = post(self.address, "/join", None, &json!({ "secret": secret, "device": "d" }));
        assert_eq!(status, 200, "{joined}");
        joined["token"].as_str().unwrap().to_owned()
    }

    /// A fresh secret, made at the console.
    pub(crate) fn invite(&self) -> String {
        let printed = sluice(&self.data, &["invite"]).output().unwrap();
        String::from_utf8(printed.stdout).unwrap().trim().to_owned()
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Stops it politely, so that all data is in its file.
    pub(crate) fn stop(self) {
        signal(self.id(), "TERM");
        assert!(self.ended_well());
    }

    /// Waits for it to end; whether it ended well.
    pub(crate) fn ended_well(mut self) -> bool {
        self.child.wait().unwrap().success()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be dead already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program with a data directory.
pub(crate) fn sluice(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sluice"));
    command.args(arguments).arg("--data").arg(data).stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

/// Sends a signal by name.
pub(crate) fn signal(id: u32, name: &str) {
    assert!(Command::new("kill").args(["-s", name, &id.to_string()]).status().unwrap().success());
}
