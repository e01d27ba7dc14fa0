//! What can be set about a relay, with the values that are right unless a test says otherwise.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

pub use crate::doorway::Certificate;
use crate::limits::Rate;

/// How a relay is set up.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The folder of the built app; none serves a page that says how to build it.
    pub app: Option<PathBuf>,
    /// How long to wait for what.
    pub patience: Patience,
    /// How much may be asked.
    pub allowance: Allowance,
    /// Who sees the metrics: whoever shows this, or without one, who asks from this machine.
    pub metrics_token: Option<String>,
    /// With it the relay speaks TLS.
    pub certificate: Option<Certificate>,
    /// A proxy in front of the relay is believed about what it did.
    pub trust_proxy: bool,
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

/// What devices and workspaces may ask of the relay. The defaults leave room for whole imports and for giving back a
/// relay all it lost; they are reached by what is broken or hostile.
#[derive(Clone, Copy, Debug, Args)]
pub struct Allowance {
    /// Connections at once, of all devices together.
    #[arg(long, env = "SLUICE_CONNECTIONS", value_name = "COUNT", default_value_t = Self::DEFAULT.connections)]
    pub connections: usize,
    /// Connections at once of one device.
    #[arg(long, env = "SLUICE_CONNECTIONS_PER_DEVICE", value_name = "COUNT",
        default_value_t = Self::DEFAULT.connections_per_device)]
    pub connections_per_device: usize,
    /// Frames a device may send each second; ten seconds' worth may come at once.
    #[arg(long, env = "SLUICE_FRAMES_PER_SECOND", value_name = "COUNT",
        default_value_t = Self::DEFAULT.frames_per_second, value_parser = clap::value_parser!(u32).range(1..))]
    pub frames_per_second: u32,
    /// Bytes a device may send each second; ten seconds' worth may come at once.
    #[arg(long, env = "SLUICE_BYTES_PER_SECOND", value_name = "BYTES",
        default_value_t = Self::DEFAULT.bytes_per_second, value_parser = clap::value_parser!(u32).range(1..))]
    pub bytes_per_second: u32,
    /// Bytes of changes and files a workspace may hold. Beyond that its devices keep their changes to themselves.
    #[arg(long, env = "SLUICE_WORKSPACE_BYTES", value_name = "BYTES", default_value_t = Self::DEFAULT.workspace_bytes)]
    pub workspace_bytes: u64,
    /// Bytes of files a workspace may hold; changes have the rest for themselves. Beyond that its devices keep further
    /// files to themselves.
    #[arg(long, env = "SLUICE_FILE_BYTES", value_name = "BYTES", default_value_t = Self::DEFAULT.file_bytes)]
    pub file_bytes: u64,
}

/// How many seconds' worth of an allowance may be used at once.
const BURST_SECONDS: f64 = 10.0;

impl Allowance {
    /// What is right for teams of up to some dozens.
    pub const DEFAULT: Self = Self {
        connections: 10_000,
        connections_per_device: 8,
        frames_per_second: 100,
        bytes_per_second: 4 * 1024 * 1024,
        workspace_bytes: 8 * 1024 * 1024 * 1024,
        file_bytes: 4 * 1024 * 1024 * 1024,
    };

    /// How many bytes a workspace's files may have, beside so many bytes of changes.
    pub(crate) fn for_files(&self, changes: u64) -> u64 {
        self.file_bytes.min(self.workspace_bytes.saturating_sub(changes))
    }

    pub(crate) fn frames(&self) -> Rate {
        rate(self.frames_per_second)
    }

    pub(crate) fn bytes(&self) -> Rate {
        rate(self.bytes_per_second)
    }
}

impl Default for Allowance {
    fn default() -> Self {
        Self::DEFAULT
    }
}

fn rate(per_second: u32) -> Rate {
    let per_second = f64::from(per_second);
    Rate { per_second, burst: per_second * BURST_SECONDS }
}
