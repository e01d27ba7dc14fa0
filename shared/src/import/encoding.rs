//! In which encoding a file was saved, told from its bytes alone.
//!
//! Decoding is the caller's: a browser brings the tables of every encoding, so the app need not carry them.

/// How the characters of a file are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first: what spreadsheets call "Unicode text".
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// GB18030, which includes GBK and GB2312.
    Gb18030,
    /// Windows-1252, of Western European spreadsheets.
    Windows1252,
}

impl Encoding {
    /// The name of the encoding as every decoder knows it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gb18030 => "gb18030",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The likeliest encoding of a text.
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xff, 0xfe, ..] => Self::Utf16Le,
            [0xfe, 0xff, ..] => Self::Utf16Be,
            _ if mostly_utf8(bytes) => Self::Utf8,
            _ if mostly_gb18030(bytes) => Self::Gb18030,
            _ => Self::Windows1252,
        }
    }
}

/// A few broken bytes do not make a UTF-8 file another encoding's: their rows are reported, the rest is read.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut broken, mut wide) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        broken += usize::from(!chunk.invalid().is_empty());
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    broken == 0 || wide > broken
}

/// Chinese text is pairs of high bytes; a Western text has single ones between letters, which GB18030
/// would accept too and turn into Chinese characters nobody wrote.
fn mostly_gb18030(bytes: &[u8]) -> bool {
    let (mut pairs, mut others, mut rest) = (0_usize, 0_usize, bytes);
    loop {
        rest = match rest {
            [] => break,
            [0..=0x7f, tail @ ..] => tail,
            [0x81..=0xfe, 0x80..=0xfe, tail @ ..] => {
                pairs += 1;
                tail
            }
            [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, tail @ ..] => {
                pairs += 1;
                tail
            }
            [_, tail @ ..] => {
                others += 1;
                tail
            }
        };
    }
    pairs > others
}
