//! Brotli. Its highest setting takes seconds, so what the last build compressed is used again.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use brotli::enc::backward_references::BrotliEncoderMode;

use super::build::Build;

const COMPRESSED: [&str; 7] = ["css", "html", "js", "json", "svg", "wasm", "webmanifest"];

/// Tells whether a file of this name becomes smaller; pictures already are.
pub(super) fn is_worthwhile(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| COMPRESSED.contains(&extension))
}

/// The compressed form of `bytes`, taken from the file of the `last` build where that is the same.
pub(super) fn compress(bytes: &[u8], build: Build, last: &Path) -> Result<Vec<u8>> {
    let same = fs::read(last).is_ok_and(|last| last == bytes);
    match fs::read(sibling(last)) {
        Ok(compressed) if same => Ok(compressed),
        _ => brotli(bytes, build.brotli_quality()),
    }
}

/// Where the compressed form of a file lies.
pub(super) fn sibling(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".br");
    PathBuf::from(name)
}

/// The mode that is called one for fonts writes distances in a way that suits compiled code better too, and blocks of 128
/// KiB follow its changes closer than the default's: together 0.4 % of the app, and nothing of its text.
fn brotli(mut bytes: &[u8], quality: i32) -> Result<Vec<u8>> {
    let mode = BrotliEncoderMode::BROTLI_MODE_FONT;
    let parameters =
        BrotliEncoderParams { quality, mode, lgwin: 22, lgblock: 17, size_hint: bytes.len(), ..Default::default() };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters).context("brotli failed")?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_compressed_is_what_comes_out_again() {
        let text = "stage ".repeat(1000);
        for build in [Build::Deployed, Build::Quick] {
            let compressed = brotli(text.as_bytes(), build.brotli_quality()).expect("memory does not fail");
            let mut restored = Vec::new();
            brotli::BrotliDecompress(&mut compressed.as_slice(), &mut restored).expect("it was just compressed");
            assert!(compressed.len() < 100 && restored == text.as_bytes());
        }
    }

    #[test]
    fn pictures_stay_as_they_are() {
        assert!(is_worthwhile("assets/app-1.wasm") && is_worthwhile("index.html"));
        assert!(!is_worthwhile("assets/icon-1.png"));
    }
}
