//! The real program as a process that can be killed.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::key::{self, Key};

pub(crate) struct Process {
    pub(crate) address: SocketAddr,
    /// The founding link's, on the first start.
    pub(crate) secret: Option<String>,
    child: Child,
}

impl Process {
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_with(data, Stdio::null())
    }

    /// What it has to say goes somewhere.
    pub(crate) fn start_with(data: &Path, said: Stdio) -> Self {
        let mut child = sluice(data, &["serve", "--listen", "127.0.0.1:0"]).stderr(said).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let link = line.trim().strip_prefix("Open http://").unwrap();
        let (address, secret) = link.split_once('/').unwrap();
        let secret = secret.strip_prefix("#/join/").map(str::to_owned);
        Self { address: address.parse().unwrap(), secret, child }
    }

    /// Founds the workspace.
    pub(crate) fn found(&self) -> Key {
        key::join(self.address, self.secret.as_ref().unwrap(), "founder").unwrap()
    }

    /// Joins with a link that the console makes.
    pub(crate) fn join(&self, data: &Path, name: &str) -> Key {
        let printed = sluice(data, &["invite"]).output().unwrap();
        key::join(self.address, &String::from_utf8(printed.stdout).unwrap(), name).unwrap()
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
