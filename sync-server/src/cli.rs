//! The commands, one file each. What a command answers goes to stdout, everything else to stderr.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use sync_server::store::Sqlite;

mod ask;
mod backup;
mod check;
mod export;
mod import;
mod invite;
mod report;
mod serve;

/// What can be asked of the program.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Run the relay and serve the app.
    Serve(serve::Serve),
    /// Print a fresh secret for one more device to join with.
    Invite(invite::Invite),
    /// Turn the rows of a CSV file into deals; works while the relay serves.
    Import(import::Import),
    /// Carry out the commands of a script; works while the relay serves.
    Ask(ask::Ask),
    /// Print all deals as a CSV file that spreadsheets open and `import` reads back.
    Export(export::Export),
    /// Print the pipeline in numbers.
    Report(report::Report),
    /// Say whether everything that is stored is what it should be; works while the relay serves.
    Check(check::Check),
    /// Write all data into one file; works while the relay serves.
    Backup(backup::Backup),
    /// Make a backup the data of a directory.
    Restore(backup::Restore),
}

impl Command {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Serve(serve) => serve.run(),
            Self::Invite(invite) => invite.run(),
            Self::Import(import) => import.run(),
            Self::Ask(ask) => ask.run(),
            Self::Export(export) => export.run(),
            Self::Report(report) => report.run(),
            Self::Check(check) => check.run(),
            Self::Backup(backup) => backup.run(),
            Self::Restore(restore) => restore.run(),
        }
    }
}

/// Where the data lies; every command takes it.
#[derive(Args)]
pub(crate) struct Data {
    /// The directory that holds everything; it is made if it is not there.
    #[arg(long = "data", value_name = "DIR", default_value = "sluice-data")]
    directory: PathBuf,
}

impl Data {
    pub(crate) fn directory(&self) -> &Path {
        &self.directory
    }

    pub(crate) fn open(&self) -> anyhow::Result<Sqlite> {
        Ok(Sqlite::open(&self.directory)?)
    }
}
