//! What the relay counts, for whoever watches it: read at `/metrics` in the text form that Prometheus scrapes.

use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use shared::wire::Ended;

use crate::files::FileRefusal;

/// Everything that is counted. Counting is lock-free.
pub(crate) struct Metrics {
    devices: Gauge,
    frames: Family<Traffic, Counter>,
    bytes: Family<Traffic, Counter>,
    acknowledged: Counter,
    pieces: Family<Traffic, Counter>,
    piece_bytes: Family<Traffic, Counter>,
    files: Counter,
    commits: Histogram,
    refused: Family<Refused, Counter>,
}

/// Which way a frame went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(crate) enum Way {
    In,
    Out,
}

/// Why a device did not get what it asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EncodeLabelValue)]
pub(crate) enum Reason {
    /// It sent more than it may and was heard later.
    Slowed,
    /// Its workspace holds as much as it may.
    Full,
    /// What it sent forks from what another wrote under its name.
    Forked,
    /// It has too many connections.
    Crowded,
    /// All devices together have too many, or it asks for too many pieces of files at once.
    Busy,
    /// It is not known here.
    Unknown,
    /// It was taken off the list of members.
    Removed,
    /// Its member may not write such a document.
    Role,
    /// It speaks another version.
    Version,
    /// It sent what is no frame.
    Malformed,
    /// The relay could not.
    Unavailable,
    /// A file that it asked for is not here.
    Missing,
    /// A file that it sent is not what its name says.
    Damaged,
}

/// What is asked of the store when somebody looks.
pub(crate) struct Stock {
    pub(crate) workspaces: u64,
    pub(crate) workspaces_in_use: u64,
    pub(crate) bytes: u64,
    pub(crate) file_bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Traffic {
    way: Way,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Refused {
    reason: Reason,
}

/// A device that is connected for as long as this lives.
pub(crate) struct Present(Gauge);

impl Drop for Present {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Default for Metrics {
    fn default() -> Self {
        Self {
            devices: Gauge::default(),
            frames: Family::default(),
            bytes: Family::default(),
            acknowledged: Counter::default(),
            pieces: Family::default(),
            piece_bytes: Family::default(),
            files: Counter::default(),
            // From a quarter of a millisecond, which only memory reaches, to eight seconds.
            commits: Histogram::new(exponential_buckets(0.000_25, 2.0, 16)),
            refused: Family::default(),
        }
    }
}

impl Metrics {
    /// A device is connected from now on.
    pub(crate) fn present(&self) -> Present {
        self.devices.inc();
        Present(self.devices.clone())
    }

    /// A frame went by.
    pub(crate) fn frame(&self, way: Way, bytes: usize) {
        self.frames.get_or_create(&Traffic { way }).inc();
        self.bytes.get_or_create(&Traffic { way }).inc_by(bytes as u64);
    }

    /// A piece of a file went by.
    pub(crate) fn piece(&self, way: Way, bytes: usize) {
        self.pieces.get_or_create(&Traffic { way }).inc();
        self.piece_bytes.get_or_create(&Traffic { way }).inc_by(bytes as u64);
    }

    /// All of a file is on disk.
    pub(crate) fn file_kept(&self) {
        self.files.inc();
    }

    /// A commit brought so many pushed changes to the disk.
    pub(crate) fn committed(&self, changes: usize, took: Duration) {
        self.acknowledged.inc_by(changes as u64);
        self.commits.observe(took.as_secs_f64());
    }

    /// A device did not get what it asked for.
    pub(crate) fn refused(&self, reason: Reason) {
        self.refused.get_or_create(&Refused { reason }).inc();
    }

    /// All of it as text.
    pub(crate) fn text(&self, stock: &Stock) -> String {
        let mut registry = Registry::with_prefix("sluice");
        let gauge = |value: u64| {
            let gauge: Gauge = Gauge::default();
            gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
            gauge
        };
        registry.register("connected_devices", "Connections of devices that were let in", self.devices.clone());
        registry.register("workspaces", "Workspaces in the store", gauge(stock.workspaces));
        registry.register("workspaces_in_use", "Workspaces with a device connected", gauge(stock.workspaces_in_use));
        registry.register("stored_bytes", "Bytes of changes in the store", gauge(stock.bytes));
        registry.register("stored_file_bytes", "Bytes of files beside the store", gauge(stock.file_bytes));
        registry.register("file_pieces", "Pieces of files, by way", self.pieces.clone());
        registry.register("file_piece_bytes", "Bytes of pieces of files, by way", self.piece_bytes.clone());
        registry.register("kept_files", "Files that came and are on disk", self.files.clone());
        registry.register("frames", "Frames, by way", self.frames.clone());
        registry.register("frame_bytes", "Bytes of frames, by way", self.bytes.clone());
        registry.register("acknowledged_changes", "Pushed changes that are on disk", self.acknowledged.clone());
        registry.register("commit_seconds", "How long a commit took", self.commits.clone());
        registry.register("refused", "What devices did not get, by reason", self.refused.clone());
        let mut text = String::new();
        encode(&mut text, &registry).expect("a String takes every letter");
        text
    }
}

impl From<&Ended> for Reason {
    fn from(ended: &Ended) -> Self {
        match ended {
            Ended::Unknown => Self::Unknown,
            Ended::Removed => Self::Removed,
            Ended::Version(_) => Self::Version,
            Ended::Malformed(_) => Self::Malformed,
            Ended::Unavailable => Self::Unavailable,
            Ended::Crowded => Self::Crowded,
            Ended::Full(_) => Self::Full,
        }
    }
}

impl From<&FileRefusal> for Reason {
    fn from(refusal: &FileRefusal) -> Self {
        match refusal {
            FileRefusal::Pass => Self::Unknown,
            FileRefusal::Turns => Self::Busy,
            FileRefusal::Role { .. } | FileRefusal::Unseen => Self::Role,
            FileRefusal::Missing => Self::Missing,
            FileRefusal::Damaged => Self::Damaged,
            FileRefusal::Full { .. } => Self::Full,
            FileRefusal::Offset(_) | FileRefusal::Length => Self::Malformed,
            FileRefusal::Disk { .. } => Self::Unavailable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_counted_stands_in_the_text() {
        let metrics = Metrics::default();
        let here = metrics.present();
        drop(metrics.present());
        metrics.frame(Way::In, 40);
        metrics.frame(Way::In, 2);
        metrics.committed(7, Duration::from_millis(3));
        metrics.piece(Way::In, 9);
        metrics.file_kept();
        metrics.refused(Reason::from(&Ended::Full(1)));
        let text = metrics.text(&Stock { workspaces: 3, workspaces_in_use: 1, bytes: 99, file_bytes: 98 });
        for line in [
            "sluice_connected_devices 1",
            "sluice_workspaces 3",
            "sluice_workspaces_in_use 1",
            "sluice_stored_bytes 99",
            "sluice_stored_file_bytes 98",
            "sluice_file_pieces_total{way=\"In\"} 1",
            "sluice_file_piece_bytes_total{way=\"In\"} 9",
            "sluice_kept_files_total 1",
            "sluice_frames_total{way=\"In\"} 2",
            "sluice_frame_bytes_total{way=\"In\"} 42",
            "sluice_acknowledged_changes_total 7",
            "sluice_commit_seconds_bucket{le=\"0.004\"} 1",
            "sluice_refused_total{reason=\"Full\"} 1",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in:\n{text}");
        }
        drop(here);
    }
}
