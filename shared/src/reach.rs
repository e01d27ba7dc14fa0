//! Links out of what people wrote: to dial, to write, to find on a map, to visit. Only schemes that do no harm.

use crate::text::Lang;

/// What dials a number as written; none if there is hardly a digit in it.
pub fn tel(number: &str) -> Option<String> {
    let dialled: String = number.chars().take_while(|c| !matches!(c, '/' | ',' | ';' | '、')).collect();
    let digits: String = dialled.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    (digits.len() > 2).then(|| format!("tel:{digits}"))
}

/// What writes to a mail address; none if it is not one.
pub fn mail(address: &str) -> Option<String> {
    let address = address.trim();
    let (name, host) = address.rsplit_once('@')?;
    let is_plain = !address.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '&' | '<' | '>' | '"'));
    (!name.is_empty() && host.contains('.') && is_plain).then(|| format!("mailto:{}", encoded(address)))
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

/// What shows an address on a map that is known where the language is spoken; none without an address.
pub fn map(lang: Lang, address: &str) -> Option<String> {
    let place = encoded(address.trim());
    let site = match lang {
        Lang::Zh => "https://uri.amap.com/search?keyword=",
        Lang::En => "https://www.openstreetmap.org/search?query=",
    };
    (!place.is_empty()).then(|| format!("{site}{place}"))
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'@' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_become_links_and_nothing_else_does() {
        assert_eq!(tel("+86 (21) 6123-4567 / 138…").as_deref(), Some("tel:+862161234567"));
        assert_eq!(tel("ask Lin"), None);
        assert_eq!(mail(" zhou@dongling.cn").as_deref(), Some("mailto:zhou@dongling.cn"));
        assert_eq!(mail("a@b.cn?bcc=c@d.cn"), None);
        assert_eq!(mail("zhou"), None);
        assert_eq!(
            map(Lang::En, "1 Bund & Co").as_deref(),
            Some("https://www.openstreetmap.org/search?query=1%20Bund%20%26%20Co")
        );
        assert_eq!(map(Lang::Zh, " "), None);
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
