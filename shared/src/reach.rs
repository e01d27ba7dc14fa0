//! Links that reach a customer: by telephone, by mail, on a map.

/// The link that dials a number as somebody wrote it down; none if no number is in it.
///
/// What follows the number, such as an extension in words, is left for the caller to dial.
pub fn tel(written: &str) -> Option<String> {
    let is_part = |c: &char| {
        c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '.' | '/' | '*' | '#') || c.is_whitespace()
    };
    let begin = written.find(|c: char| c.is_ascii_digit() || c == '+')?;
    let number =
        written[begin..].chars().take_while(is_part).filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#'));
    let number: String = number.collect();
    number.contains(|c: char| c.is_ascii_digit()).then(|| format!("tel:{}", encoded(&number, "+*")))
}

/// The link that begins a mail; none for what is no address.
pub fn mailto(written: &str) -> Option<String> {
    let address = written.trim();
    let (name, host) = address.split_once('@')?;
    let is_one = !name.is_empty() && !host.is_empty() && !address.contains(char::is_whitespace);
    is_one.then(|| format!("mailto:{}", encoded(address, "@+")))
}

/// What opens a web address as written; none for another scheme, which could run a program.
pub fn web(site: &str) -> Option<String> {
    let site = site.trim();
    let lower = site.to_lowercase();
    let is_web = lower.starts_with("https://") || lower.starts_with("http://");
    let host = if is_web { site.split_once("//").map_or("", |(_, rest)| rest) } else { site };
    let name = host.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = name.contains('.') && !name.contains(|c: char| c.is_whitespace() || matches!(c, '@' | '"' | '<'));
    let port = name.split_once(':').is_none_or(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()));
    (is_host && port).then(|| if is_web { site.to_owned() } else { format!("https://{site}") })
}

/// Whose maps a device opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maps {
    /// The maps of Apple's systems.
    Apple,
    /// Whatever maps are installed on Android.
    Android,
    /// OpenStreetMap in the browser.
    Web,
}

impl Maps {
    /// The maps of a device, by what its browser says of itself.
    pub fn of_agent(agent: &str) -> Self {
        match agent {
            agent if agent.contains("Android") => Self::Android,
            agent if ["iPhone", "iPad", "Macintosh"].iter().any(|mark| agent.contains(mark)) => Self::Apple,
            _ => Self::Web,
        }
    }

    /// The link that shows an address; none for an empty one.
    pub fn link(self, address: &str) -> Option<String> {
        let base = match self {
            Self::Apple => "https://maps.apple.com/?q=",
            Self::Android => "geo:0,0?q=",
            Self::Web => "https://www.openstreetmap.org/search?query=",
        };
        let address = address.trim();
        (!address.is_empty()).then(|| format!("{base}{}", encoded(address, "")))
    }
}

/// Percent-encodes what may not stand in a part of a link.
fn encoded(text: &str, beside: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric()
            || matches!(byte, b'-' | b'.' | b'_' | b'~')
            || beside.as_bytes().contains(&byte);
        match plain {
            true => out.push(byte.into()),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dialled_as_people_write_them() {
        for (written, expect) in [
            ("139 0000 0000", Some("tel:13900000000")),
            ("+86 (21) 5888-1234", Some("tel:+862158881234")),
            ("021-58881234 转 807", Some("tel:02158881234")),
            ("手机：13900000000", Some("tel:13900000000")),
            ("*21#", Some("tel:21%23")),
            ("没有电话", None),
            ("+", None),
            ("", None),
        ] {
            assert_eq!(tel(written).as_deref(), expect, "{written:?}");
        }
    }

    #[test]
    fn only_an_address_begins_a_mail() {
        for (written, expect) in [
            (" zhou@donglin.cn ", Some("mailto:zhou@donglin.cn")),
            ("zhou+a@b.cn?bcc=x@y.z", Some("mailto:zhou+a@b.cn%3Fbcc%3Dx@y.z")),
            ("zhou", None),
            ("@b.cn", None),
            ("a b@c.cn", None),
        ] {
            assert_eq!(mailto(written).as_deref(), expect, "{written:?}");
        }
    }

    #[test]
    fn an_address_opens_in_the_maps_of_the_device() {
        for (agent, expect) in [
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0)", "https://maps.apple.com/?q=1%20Lock%20Rd%20%26%20Co"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15)", "https://maps.apple.com/?q=1%20Lock%20Rd%20%26%20Co"),
            ("Mozilla/5.0 (Linux; Android 15)", "geo:0,0?q=1%20Lock%20Rd%20%26%20Co"),
            ("Mozilla/5.0 (X11; Linux x86_64)", "https://www.openstreetmap.org/search?query=1%20Lock%20Rd%20%26%20Co"),
        ] {
            assert_eq!(Maps::of_agent(agent).link(" 1 Lock Rd & Co").as_deref(), Some(expect));
        }
        assert_eq!(Maps::Web.link(" "), None);
        assert_eq!(
            Maps::Web.link("上海").as_deref(),
            Some("https://www.openstreetmap.org/search?query=%E4%B8%8A%E6%B5%B7")
        );
    }

    #[test]
    fn a_web_address_is_opened_and_a_program_is_not() {
        assert_eq!(web("dongling.cn/about").as_deref(), Some("https://dongling.cn/about"));
        assert_eq!(web("HTTP://dongling.cn:8080").as_deref(), Some("HTTP://dongling.cn:8080"));
        for hostile in ["javascript:alert(1)", "javascript:a.b", "data:text/html,x.y", "file:///etc/x.y", "no site", ""]
        {
            assert_eq!(web(hostile), None, "{hostile}");
        }
    }
}
