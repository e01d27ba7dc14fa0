//! Files attached as proof: named by the SHA-256 of their bytes, which their content must bear out.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::change::{ChangeHash, SealError};

/// The largest file that may be attached, in bytes.
pub const MAX_FILE_BYTES: usize = 25 * 1024 * 1024;

/// The largest photograph that is made smaller, in bytes. A larger one takes more memory than a phone has to spare.
pub const MAX_PICTURE_BYTES: usize = 60 * 1024 * 1024;

/// The SHA-256 of a file's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileHash(pub [u8; 32]);

/// What a file is, as its first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A JPEG, PNG, WebP, GIF or HEIC picture.
    Image,
    /// A PDF.
    Pdf,
    /// A mail, as `.eml`.
    Mail,
    /// Plain text.
    Text,
    /// A Word, Excel or PowerPoint document, or another archive.
    Office,
}

/// A file that was looked at: only [`FileRef::of`] makes one for a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRef {
    /// Which bytes.
    pub hash: FileHash,
    /// What it was called.
    pub name: String,
    /// What it is.
    pub kind: FileKind,
    /// How long it is, in bytes.
    pub size: u64,
    /// The small picture that is shown of it, a file as well; none for what is no picture, or small itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<FileHash>,
}

/// Why a file cannot be attached.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Nothing is in it.
    #[error("{0:?} is empty")]
    Empty(String),
    /// Longer than allowed.
    #[error("{name:?} has {size} bytes; {limit} are allowed")]
    TooLarge {
        /// How long it may be, in bytes.
        limit: usize,
        /// What it was called.
        name: String,
        /// How long it is, in bytes.
        size: u64,
    },
    /// A proof has many files already.
    #[error("{0:?} is one file too many")]
    TooMany(String),
    /// Its name promises another kind than its bytes are.
    #[error("{0:?} is not what its name says")]
    Pretends(String),
    /// Its bytes are none of the kinds that can be shown as a proof.
    #[error("{0:?} is of a kind that cannot be attached")]
    Unknown(String),
}

impl FileRef {
    /// Looks at a file's bytes: how long they are, what they are, and whether the name tells the truth.
    ///
    /// # Errors
    /// Why the file cannot be attached.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, FileError> {
        let size = bytes.len() as u64;
        Self::fits(name, size)?;
        let kind = sniff(name, bytes).ok_or_else(|| FileError::Unknown(name.to_owned()))?;
        match promised(name) {
            Some(promise) if promise != kind => Err(FileError::Pretends(name.to_owned())),
            Some(_) | None => {
                Ok(Self { hash: FileHash::of(bytes), name: name.to_owned(), kind, size, thumbnail: None })
            }
        }
    }

    /// Whether a file of this length may be attached at all; asked before its bytes are read.
    ///
    /// # Errors
    /// It is empty or too large.
    pub fn fits(name: &str, size: u64) -> Result<(), FileError> {
        within(name, size, MAX_FILE_BYTES)
    }

    /// Whether a photograph of this length may be read to be made smaller.
    ///
    /// # Errors
    /// It is empty or too large.
    pub fn fits_picture(name: &str, size: u64) -> Result<(), FileError> {
        within(name, size, MAX_PICTURE_BYTES)
    }
}

fn within(name: &str, size: u64, limit: usize) -> Result<(), FileError> {
    match size {
        0 => Err(FileError::Empty(name.to_owned())),
        size if size > limit as u64 => Err(FileError::TooLarge { name: name.to_owned(), size, limit }),
        _ => Ok(()),
    }
}

impl FileHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ChangeHash(self.0).fmt(f)
    }
}

impl fmt::Debug for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileHash({self})")
    }
}

impl FromStr for FileHash {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, SealError> {
        text.parse().map(|ChangeHash(hash)| Self(hash))
    }
}

impl Serialize for FileHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FileHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom("not the hash of a file"))
    }
}

/// As what a browser may show these bytes, by the bytes alone: what others attached must never run as a page.
pub fn media_type(bytes: &[u8]) -> &'static str {
    let at = |place: usize, mark: &[u8]| bytes.get(place..place + mark.len()) == Some(mark);
    match () {
        () if at(0, b"\xff\xd8\xff") => "image/jpeg",
        () if at(0, b"\x89PNG\r\n\x1a\n") => "image/png",
        () if at(0, b"GIF8") => "image/gif",
        () if at(0, b"RIFF") && at(8, b"WEBP") => "image/webp",
        () if at(4, b"ftyphei") || at(4, b"ftypmif1") => "image/heic",
        () if at(0, b"%PDF-") => "application/pdf",
        () if !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok() => "text/plain;charset=utf-8",
        () => "application/octet-stream",
    }
}

/// What the name's ending promises; none for an ending that promises nothing here.
fn promised(name: &str) -> Option<FileKind> {
    let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
    Some(match ending.as_str() {
        "jpg" | "jpeg" | "png" | "webp" | "gif" | "heic" | "heif" => FileKind::Image,
        "pdf" => FileKind::Pdf,
        "eml" => FileKind::Mail,
        "txt" | "md" | "csv" => FileKind::Text,
        "docx" | "xlsx" | "pptx" | "zip" => FileKind::Office,
        _ => return None,
    })
}

fn sniff(name: &str, bytes: &[u8]) -> Option<FileKind> {
    match media_type(bytes) {
        image if image.starts_with("image/") => Some(FileKind::Image),
        "application/pdf" => Some(FileKind::Pdf),
        _ if bytes.starts_with(b"PK\x03\x04") => Some(FileKind::Office),
        _ if bytes.contains(&0) => None,
        _ if promised(name) == Some(FileKind::Mail) && is_mail(bytes) => Some(FileKind::Mail),
        "text/plain;charset=utf-8" => Some(FileKind::Text),
        _ => None,
    }
}

/// A mail begins with header fields, one of which says from whom it is.
fn is_mail(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    text.starts_with("from:") || text.contains("\nfrom:")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n and the rest";

    #[test]
    fn a_file_is_what_its_bytes_are_and_its_name_must_agree() {
        assert_eq!(FileRef::of("a.png", PNG).unwrap().kind, FileKind::Image);
        assert_eq!(FileRef::of("photo", PNG).unwrap().kind, FileKind::Image);
        assert_eq!(FileRef::of("a.pdf", PNG), Err(FileError::Pretends("a.pdf".to_owned())));
        assert_eq!(FileRef::of("a.png", b"MZ\0\0"), Err(FileError::Unknown("a.png".to_owned())));
        assert_eq!(FileRef::of("a.png", b"<svg/>"), Err(FileError::Pretends("a.png".to_owned())));
        assert_eq!(FileRef::of("a.eml", b"Subject: x\nFrom: y\n\nz").unwrap().kind, FileKind::Mail);
        assert_eq!(FileRef::of("a.eml", b"no header"), Err(FileError::Pretends("a.eml".to_owned())));
    }

    #[test]
    fn what_others_attached_is_never_shown_as_a_page() {
        for (bytes, shown) in [
            (PNG, "image/png"),
            (b"%PDF-1.7".as_slice(), "application/pdf"),
            (b"<!doctype html><script>1</script>", "text/plain;charset=utf-8"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "text/plain;charset=utf-8"),
            (b"PK\x03\x04\xff\0", "application/octet-stream"),
        ] {
            assert_eq!(media_type(bytes), shown);
        }
    }

    #[test]
    fn an_empty_or_huge_file_is_refused_before_it_is_read() {
        assert_eq!(FileRef::fits("a", 0), Err(FileError::Empty("a".to_owned())));
        let size = 200 * 1024 * 1024;
        assert_eq!(
            FileRef::fits("a", size),
            Err(FileError::TooLarge { name: "a".to_owned(), size, limit: MAX_FILE_BYTES })
        );
    }

    #[test]
    fn a_file_of_before_there_were_thumbnails_reads_and_one_without_is_written_alike() {
        let old = format!(r#"{{"hash":"{}","name":"a.png","kind":"image","size":3}}"#, FileHash::of(b"abc"));
        let file: FileRef = serde_json::from_str(&old).unwrap();
        assert_eq!((file.thumbnail, serde_json::to_string(&file).unwrap()), (None, old));
        let shown = FileRef { thumbnail: Some(file.hash), ..file };
        assert_eq!(serde_json::from_str::<FileRef>(&serde_json::to_string(&shown).unwrap()).unwrap(), shown);
    }

    #[test]
    fn a_hash_reads_back_what_it_prints() {
        let hash = FileHash::of(b"abc");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert!("é".repeat(32).parse::<FileHash>().is_err());
    }
}
