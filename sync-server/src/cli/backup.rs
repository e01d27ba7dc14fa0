//! `sluice backup` and `sluice restore`: all data as one file, taken while the relay serves, and put back.

use std::path::PathBuf;

use anyhow::bail;
use clap::Args;
use sync_server::backup::{BackupError, Existing, backup, restore};

use super::{Data, check};

/// What to write.
#[derive(Args)]
pub(crate) struct Backup {
    /// The file to write; it must not be there.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

/// What to put back.
#[derive(Args)]
pub(crate) struct Restore {
    /// A file that `backup` wrote.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
    /// Put data that is there aside instead of refusing; the relay must be stopped.
    #[arg(long)]
    replace: bool,
}

impl Backup {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let report = backup(self.data.directory(), &self.file)?;
        check::print(&report);
        if !report.is_sound() {
            bail!("{} is written, but holds the damage of the data; see `sluice check`", self.file.display());
        }
        Ok(())
    }
}

impl Restore {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let existing = if self.replace { Existing::PutAside } else { Existing::Refuse };
        let restored = restore(&self.file, self.data.directory(), existing);
        if let Err(BackupError::Unsound { report, .. }) = &restored {
            check::print(report);
        }
        let restored = restored?;
        check::print(&restored.report);
        if let Some(aside) = restored.aside {
            println!("what was there is now {}", aside.display());
        }
        println!("once the relay is started, devices put back what this backup lacks");
        Ok(())
    }
}
