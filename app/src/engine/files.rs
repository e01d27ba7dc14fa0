//! Files that prove something: looked at, made smaller, kept on this device under their hash, and shown.

use js_sys::{Array, Uint8Array};
use shared::model::{FileError, FileHash, FileKind, FileRef, media_type};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, Url};

use super::Engine;
use super::picture::{Pad, smaller, thumbnail};
use super::storage::Trouble;

/// Why a file was not attached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttachError {
    /// It cannot be a proof.
    File(FileError),
    /// It could not be read.
    Unreadable(String),
    /// It could not be kept.
    Storage(Trouble),
}

impl Engine {
    /// Looks at a file, makes a photograph smaller, and keeps it on this device.
    ///
    /// # Errors
    /// Why not. A file that is too large is not read at all.
    pub async fn attach(&self, file: &File) -> Result<FileRef, AttachError> {
        let name = file.name();
        if !file.type_().starts_with("image/") {
            FileRef::fits(&name, file.size() as u64).map_err(AttachError::File)?;
            return self.keep(&name, file).await;
        }
        FileRef::fits_picture(&name, file.size() as u64).map_err(AttachError::File)?;
        // Its first bytes are asked before the browser is made to read it as a picture.
        let head = file.slice_with_i32_and_i32(0, HEAD).map_err(|_| AttachError::Unreadable(name.clone()))?;
        FileRef::of(&name, &bytes(&name, &head).await?).map_err(AttachError::File)?;
        let small = smaller(file).await.ok_or_else(|| AttachError::Unreadable(name.clone()))?;
        self.keep(&renamed(&name, &small), &small).await
    }

    /// Keeps what was drawn on a pad.
    ///
    /// # Errors
    /// Why not.
    pub async fn attach_drawing(&self, name: &str, pad: &Pad) -> Result<FileRef, AttachError> {
        let picture = pad.picture().await.ok_or_else(|| AttachError::Unreadable(name.to_owned()))?;
        self.keep(name, &picture).await
    }

    /// An address of this page under which the browser shows a file; none if the file is not on this device.
    pub async fn file_address(&self, file: FileHash) -> Option<String> {
        let bytes = self.files.file(file).await.ok()??;
        let (parts, options) = (Array::of1(&Uint8Array::from(bytes.as_slice())), BlobPropertyBag::new());
        options.set_type(media_type(&bytes));
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
        Url::create_object_url_with_blob(&blob).ok()
    }

    async fn keep(&self, name: &str, blob: &Blob) -> Result<FileRef, AttachError> {
        let bytes = bytes(name, blob).await?;
        let file = FileRef::of(name, &bytes).map_err(AttachError::File)?;
        self.files.keep_file(file.hash, &bytes).await.map_err(AttachError::Storage)?;
        match file.kind {
            FileKind::Image => Ok(FileRef { thumbnail: self.keep_thumbnail(name, blob).await?, ..file }),
            FileKind::Pdf | FileKind::Mail | FileKind::Text | FileKind::Office => Ok(file),
        }
    }

    async fn keep_thumbnail(&self, name: &str, picture: &Blob) -> Result<Option<FileHash>, AttachError> {
        let Some(small) = thumbnail(picture).await else { return Ok(None) };
        let bytes = bytes(name, &small).await?;
        let hash = FileHash::of(&bytes);
        self.files.keep_file(hash, &bytes).await.map_err(AttachError::Storage)?;
        Ok(Some(hash))
    }
}

/// How many bytes say what a file is.
const HEAD: i32 = 64;

async fn bytes(name: &str, blob: &Blob) -> Result<Vec<u8>, AttachError> {
    let buffer = JsFuture::from(blob.array_buffer()).await;
    let buffer = buffer.map_err(|_| AttachError::Unreadable(name.to_owned()))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// A photograph that was made smaller is a JPEG, whatever it was.
fn renamed(name: &str, blob: &Blob) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let is_jpeg = blob.type_() == "image/jpeg" && blob.dyn_ref::<File>().is_none();
    if is_jpeg { format!("{stem}.jpg") } else { name.to_owned() }
}
