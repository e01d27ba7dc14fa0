//! The two ways the app is built: small for people, quick for those who work on it.

use std::path::PathBuf;

use clap::Args;

use crate::project::Project;

/// How a command wants the app built.
#[derive(Args)]
pub(crate) struct BuildOptions {
    /// Builds in seconds, into target/dist-quick: large, hardly compressed, for daily work.
    #[arg(long)]
    quick: bool,
}

impl BuildOptions {
    /// The way that was asked for.
    pub(crate) fn build(&self) -> Build {
        if self.quick { Build::Quick } else { Build::Deployed }
    }
}

/// What a build is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Build {
    /// As people load it: small, however long that takes.
    Deployed,
    /// To try what was just written.
    Quick,
}

impl Build {
    /// Cargo's profile.
    pub(super) fn profile(self) -> &'static str {
        match self {
            Self::Deployed => "wasm-release",
            Self::Quick => "wasm-quick",
        }
    }

    /// How hard brotli tries. The quick app is compressed too, so that it is served in the same way.
    pub(super) fn brotli_quality(self) -> i32 {
        match self {
            Self::Deployed => 11,
            Self::Quick => 1,
        }
    }

    /// The folder the app lies in when it is done. Always in the project, wherever cargo builds.
    pub(super) fn folder(self, project: &Project) -> PathBuf {
        project.path(self.place())
    }

    /// A path beside that folder, for what only the build needs.
    pub(super) fn beside(self, project: &Project, what: &str) -> PathBuf {
        project.path(&format!("{}.{what}", self.place()))
    }

    /// Two folders, so that nobody deploys or measures the quick one by mistake.
    fn place(self) -> &'static str {
        match self {
            Self::Deployed => "target/dist",
            Self::Quick => "target/dist-quick",
        }
    }
}
