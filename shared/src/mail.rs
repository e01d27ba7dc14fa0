//! A mail as a file: who wrote it, when, and in which words. Reading it changes nothing.
//!
//! Mails come from outside and are often not quite what their standards ask for; what cannot be read is left out.

use mail_parser::{Address, Message, MessageParser, MessagePart, MimeHeaders};
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// What a mail says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// Who wrote it: the name, or the address where there is no name; empty if neither can be read.
    pub from: String,
    /// When it was written.
    pub date: Option<Timestamp>,
    /// The subject.
    pub subject: String,
    /// The words, those of HTML without its marks.
    pub text: String,
    /// What came with it.
    pub attachments: Vec<Attachment>,
}

/// A file that came with a mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The file's name; empty if it has none.
    pub name: String,
    /// What the sender calls its type, such as `application/pdf`.
    pub mime: String,
    /// How many bytes it has.
    pub size: usize,
}

impl Mail {
    /// Reads a mail; none if the bytes are no mail.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let message = MessageParser::default().parse(bytes)?;
        let mail = Self {
            from: message.from().and_then(sender).unwrap_or_default(),
            date: written(&message),
            subject: tidied(message.subject().unwrap_or_default()),
            text: message.body_text(0).map(|text| tidied(&text)).unwrap_or_default(),
            attachments: message.attachments().map(attachment).collect(),
        };
        // Any text can be taken for a mail's body, so a mail is what says at least who or when.
        (!mail.from.is_empty() || mail.date.is_some()).then_some(mail)
    }
}

fn sender(from: &Address<'_>) -> Option<String> {
    let first = from.first()?;
    let name = first.name().map(tidied).filter(|name| !name.is_empty());
    name.or_else(|| first.address().map(tidied))
}

fn written(message: &Message<'_>) -> Option<Timestamp> {
    let date = message.date().filter(|date| date.is_valid())?;
    date.to_timestamp().checked_mul(1000).map(Timestamp::from_millis)
}

fn attachment(part: &MessagePart<'_>) -> Attachment {
    let mime = part.content_type().map(|kind| match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}", kind.ctype()),
        None => kind.ctype().to_owned(),
    });
    Attachment {
        name: part.attachment_name().map(tidied).unwrap_or_default(),
        mime: mime.unwrap_or_default().to_lowercase(),
        size: part.len(),
    }
}

/// Lines end as they do here, and nothing stands around the text.
fn tidied(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\0', "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Mail {
        Mail::read(text.replace('\n', "\r\n").as_bytes()).expect("it is a mail")
    }

    #[test]
    fn a_mail_says_who_wrote_what_and_when() {
        let mail = read(
            "From: Zhou Min <zhou@example.com>\nDate: Tue, 2 Jun 2026 09:30:00 +0800\nSubject: Re: offer\n\nWe agree.\n\nZhou\n",
        );
        assert_eq!(mail.from, "Zhou Min");
        assert_eq!(mail.date.map(|date| date.day().to_string()).as_deref(), Some("2026-06-02"));
        assert_eq!(mail.date.map(Timestamp::millis), Some(1_780_363_800_000));
        assert_eq!((mail.subject.as_str(), mail.text.as_str()), ("Re: offer", "We agree.\n\nZhou"));
        assert_eq!(mail.attachments, []);
    }

    #[test]
    fn chinese_words_are_read_in_the_encodings_that_mail_programs_use() {
        let mail = read(
            "From: =?gb2312?B?1tzD9A==?= <zhou@example.com>\nSubject: =?UTF-8?Q?=E5=90=88=E5=90=8C?=\n\
             Content-Type: text/plain; charset=gb18030\nContent-Transfer-Encoding: base64\n\nztLDx82s0uKhow==\n",
        );
        assert_eq!((mail.from.as_str(), mail.subject.as_str()), ("周敏", "合同"));
        assert_eq!(mail.text, "我们同意。");
    }

    #[test]
    fn attachments_are_named_and_measured_and_html_becomes_words() {
        let mail = read(
            "From: zhou@example.com\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
             --b\nContent-Type: text/html\n\n<p>We <b>agree</b> &amp; sign.</p>\n\
             --b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\
             Content-Disposition: attachment; filename*=UTF-8''%E5%90%88%E5%90%8C.pdf\n\nJVBERi0xLjQ=\n--b--\n",
        );
        assert_eq!((mail.from.as_str(), mail.text.as_str()), ("zhou@example.com", "We agree & sign."));
        let attachment = Attachment { name: "合同.pdf".to_owned(), mime: "application/pdf".to_owned(), size: 8 };
        assert_eq!(mail.attachments, [attachment]);
    }

    #[test]
    fn what_is_no_mail_is_none_and_damage_never_panics() {
        for bytes in [&b""[..], b"hello", b"%PDF-1.4", b"\xff\xfe\x00", b"Subject: x\n\ny"] {
            assert_eq!(Mail::read(bytes), None, "{bytes:?}");
        }
        let whole = b"From: a@b.c\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\
                      Content-Type: message/rfc822\r\n\r\nFrom: d\r\n\r\n=?gb2312?B?1tzD9A==?=\r\n--b--\r\n";
        for end in 0..whole.len() {
            let _mail = Mail::read(&whole[..end]);
        }
        for at in 0..whole.len() {
            let mut damaged = *whole;
            damaged[at] ^= 0x80;
            let _mail = Mail::read(&damaged);
        }
    }
}
