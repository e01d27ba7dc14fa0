//! What can be set about a relay, with the values that are right unless a test says otherwise.

use std::path::PathBuf;
use std::time::Duration;

/// How a relay is set up.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The folder of the built app; none serves a page that says how to build it.
    pub app: Option<PathBuf>,
    /// How long to wait for what.
    pub patience: Patience,
}

/// How long the relay waits.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// For the first frame of a connection.
    pub greeting: Duration,
    /// Without a word from the device, before it is asked whether it is there.
    pub quiet: Duration,
    /// Without a word from the device, before the connection is given up.
    pub gone: Duration,
    /// For a frame to be taken, plus a second for each KiB of it.
    pub sending: Duration,
    /// Between looks for what other processes committed.
    pub outside: Duration,
    /// Between rounds of folding.
    pub folding: Duration,
    /// For devices to be told that the relay stops.
    pub farewell: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            greeting: Duration::from_secs(5),
            quiet: Duration::from_secs(30),
            gone: Duration::from_secs(75),
            sending: Duration::from_secs(30),
            outside: Duration::from_millis(200),
            folding: Duration::from_secs(2),
            farewell: Duration::from_secs(5),
        }
    }
}
