//! The app's files by address, before they are written.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

/// Every file of the deployable app; the key is its path below the site's root.
#[derive(Default)]
pub(super) struct Site {
    files: BTreeMap<String, Vec<u8>>,
    /// Those that the first screen does without.
    later: BTreeSet<String>,
}

impl Site {
    /// Adds a file under the name it is known by.
    pub(super) fn add(&mut self, name: &str, bytes: Vec<u8>) {
        self.files.insert(name.to_owned(), bytes);
    }

    /// Adds a file under a name that says its content, and returns the address.
    pub(super) fn add_asset(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let path = asset(name, &[&bytes]);
        let address = format!("/{path}");
        self.files.insert(path, bytes);
        address
    }

    /// Adds an asset that the first screen does without.
    pub(super) fn add_later_asset(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let address = self.add_asset(name, bytes);
        self.later.insert(address[1..].to_owned());
        address
    }

    /// Tells whether the first screen does without this file.
    pub(super) fn is_later(&self, name: &str) -> bool {
        self.later.contains(name)
    }

    /// All files in the order of their names.
    pub(super) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// Names this very app: the same sources give the same version on every machine.
    pub(super) fn version(&self, not_yet_added: &[&str]) -> String {
        let mut digest = Sha256::new();
        for (name, bytes) in &self.files {
            digest.update(name);
            digest.update(hash(bytes));
        }
        for text in not_yet_added {
            digest.update(hash(text.as_bytes()));
        }
        hexadecimal(&digest.finalize())[..16].to_owned()
    }
}

/// The path of an asset that is made of these parts.
pub(super) fn asset(name: &str, parts: &[&[u8]]) -> String {
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "bin"));
    let hashes: String = parts.iter().map(|part| hash(part)).collect();
    format!("assets/{stem}-{}.{extension}", &hash(hashes.as_bytes())[..16])
}

/// The SHA-256 of `bytes` in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_named_after_its_content() {
        let mut site = Site::default();
        let first = site.add_asset("app.css", b"a{}".to_vec());
        let second = site.add_asset("app.css", b"b{}".to_vec());
        assert!(first.starts_with("/assets/app-") && first.ends_with(".css"), "{first}");
        assert_ne!(first, second);
    }

    #[test]
    fn a_change_of_any_file_or_of_the_page_is_another_version() {
        let mut site = Site::default();
        let empty = site.version(&["page"]);
        assert_ne!(empty, site.version(&["other page"]));
        site.add("manifest.webmanifest", b"{}".to_vec());
        assert_ne!(empty, site.version(&["page"]));
    }
}
