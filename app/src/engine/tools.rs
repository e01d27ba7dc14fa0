//! Work that few people need on few days. Its code is a part of the program of its own, loaded when it is first asked
//! for; the worker keeps it, so that it is there without a network.

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::mail::Mail;

use super::codes::code_in;

/// Why a tool did not do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ToolError {
    /// Its part of the program is not on this device yet, and there is no network.
    Missing,
    /// The file is not what the tool reads.
    Unreadable,
}

impl From<SplitLoaderError> for ToolError {
    fn from(_: SplitLoaderError) -> Self {
        Self::Missing
    }
}

/// Reads a mail that lies in a file.
///
/// # Errors
/// The bytes are no mail, or what reads mails is not here.
#[wasm_split(mail, wasm_split_path = leptos::wasm_split, fallible)]
pub fn read_mail(bytes: Vec<u8>) -> Result<Mail, ToolError> {
    Mail::read(&bytes).ok_or(ToolError::Unreadable)
}

/// What the code in a picture says, if one is in it: the picture line by line, four bytes for each pixel.
///
/// # Errors
/// What reads codes is not here.
#[wasm_split(codes, wasm_split_path = leptos::wasm_split, fallible)]
pub fn read_code(width: usize, pixels: Vec<u8>) -> Result<Option<String>, ToolError> {
    Ok(code_in(width, &pixels))
}
