//! What is left of a name, address or number once the ways of writing it are taken away.

use super::Pinyin;

/// Legal forms at the end of a Chinese name, the longest first.
const FORMS_ZH: [&str; 12] = [
    "股份有限责任公司",
    "有限责任公司",
    "股份有限公司",
    "集团有限公司",
    "控股有限公司",
    "有限公司",
    "股份公司",
    "集团公司",
    "总公司",
    "公司",
    "股份",
    "集团",
];

/// Legal forms at the end of other names.
const FORMS: [&str; 34] = [
    "ltd",
    "limited",
    "inc",
    "incorporated",
    "llc",
    "llp",
    "lp",
    "plc",
    "corp",
    "corporation",
    "co",
    "company",
    "gmbh",
    "mbh",
    "ag",
    "kg",
    "ohg",
    "se",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "ab",
    "as",
    "oy",
    "oyj",
    "aps",
    "pty",
    "pte",
    "kk",
    "group",
];

/// Mail domains that everybody can have an address of.
const FREE_MAIL: [&str; 38] = [
    "qq.com",
    "vip.qq.com",
    "foxmail.com",
    "163.com",
    "vip.163.com",
    "126.com",
    "yeah.net",
    "sina.com",
    "sina.cn",
    "sohu.com",
    "139.com",
    "189.cn",
    "wo.cn",
    "aliyun.com",
    "tom.com",
    "21cn.com",
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "live.cn",
    "msn.com",
    "yahoo.com",
    "yahoo.co.jp",
    "icloud.com",
    "me.com",
    "mac.com",
    "aol.com",
    "proton.me",
    "protonmail.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "mail.ru",
    "yandex.ru",
    "naver.com",
    "zoho.com",
];

/// Sites on which many companies have a page.
const SHARED_SITES: [&str; 14] = [
    "linkedin.com",
    "facebook.com",
    "instagram.com",
    "x.com",
    "twitter.com",
    "youtube.com",
    "github.com",
    "github.io",
    "weixin.qq.com",
    "mp.weixin.qq.com",
    "weibo.com",
    "1688.com",
    "taobao.com",
    "jd.com",
];

/// Mailboxes of a company, not of a person.
const SHARED_BOXES: [&str; 10] =
    ["info", "sales", "office", "contact", "mail", "service", "support", "hello", "admin", "hr"];

/// What people call each other by, before or after a name.
const TITLES: [&str; 18] = [
    "总经理",
    "副总",
    "经理",
    "先生",
    "女士",
    "小姐",
    "老师",
    "主任",
    "工程师",
    "总监",
    "总",
    "mr",
    "mrs",
    "ms",
    "dr",
    "prof",
    "herr",
    "frau",
];

/// Lower case, half width; what is neither letter nor digit becomes one space, dots and apostrophes nothing.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(narrow).flat_map(char::to_lowercase) {
        match c {
            '.' | '\'' | '’' | '·' => {}
            c if c.is_alphanumeric() => out.push(c),
            _ if out.ends_with(' ') || out.is_empty() => {}
            _ => out.push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Full-width letters and digits as the narrow ones they stand for.
fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        c => c,
    }
}

/// A company's name without its legal form; the whole name if nothing else is in it.
pub(super) fn company(name: &str) -> String {
    let plain = plain(name);
    let words: Vec<&str> = plain.split(' ').skip_while(|word| *word == "the").collect();
    let end = words.iter().rposition(|word| !FORMS.contains(word)).map_or(0, |last| last + 1);
    let mut short: String = words[..end].concat();
    while let Some(rest) = FORMS_ZH.iter().find_map(|form| short.strip_suffix(form)) {
        short = rest.to_owned();
    }
    if short.is_empty() { plain.replace(' ', "") } else { short }
}

/// A person's name without titles; the whole name if nothing else is in it.
pub(super) fn person(name: &str) -> String {
    let plain = plain(name);
    let words: Vec<&str> = plain.split(' ').filter(|word| !TITLES.contains(word)).collect();
    let short = words.concat();
    let bare = TITLES.iter().find_map(|title| short.strip_suffix(title)).unwrap_or(&short);
    if bare.is_empty() { plain.replace(' ', "") } else { bare.to_owned() }
}

/// Whether one name may be a shorter way of writing the other.
pub(super) fn alike(one: &str, other: &str) -> bool {
    !one.is_empty() && !other.is_empty() && (one.starts_with(other) || other.starts_with(one))
}

/// How a key of at least two characters sounds; none if a Chinese one of them is not known. One syllable is said of too
/// many.
pub(super) fn sound(key: &str, pinyin: Pinyin<'_>) -> Option<String> {
    let spoken = key.chars().map(|c| if is_chinese(c) { pinyin(c).map(str::to_owned) } else { Some(c.to_string()) });
    spoken.collect::<Option<String>>().filter(|_| key.chars().count() > 1)
}

const fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}')
}

/// The domain of a web address; none if many have a page there.
pub(super) fn web_domain(site: &str) -> Option<String> {
    let site = site.trim().to_lowercase();
    let host = site.split_once("://").map_or(site.as_str(), |(_, rest)| rest);
    let host = host.split(['/', '?', '#', ':']).next()?;
    domain(host.rsplit('@').next()?)
}

/// The domain of a mail address; none if everybody can have one there.
pub(super) fn mail_domain(email: &str) -> Option<String> {
    domain(email.trim().to_lowercase().rsplit_once('@')?.1)
}

fn domain(host: &str) -> Option<String> {
    let host = host.trim_end_matches('.');
    let host = ["www.", "mail.", "m."].iter().find_map(|front| host.strip_prefix(front)).unwrap_or(host);
    let says = host.contains('.') && !FREE_MAIL.contains(&host) && !SHARED_SITES.contains(&host);
    says.then(|| host.to_owned())
}

/// A person's own mail address; none for a mailbox of the whole company.
pub(super) fn mailbox(email: &str) -> Option<String> {
    let email = email.trim().to_lowercase();
    let (name, host) = email.rsplit_once('@')?;
    let is_own = !name.is_empty() && host.contains('.') && !SHARED_BOXES.contains(&name);
    is_own.then(|| email.clone())
}

/// The telephone numbers in a text, each as its digits without extension, trunk zero, and China's country code. Shorter
/// ones than eight digits are said in many towns.
pub(super) fn numbers(text: &str) -> Vec<String> {
    let narrow: String = text.chars().map(narrow).collect();
    let each = narrow.split([',', ';', '/', '、', '\n', '|']);
    each.map(number).filter(|digits| digits.len() >= 8).collect()
}

/// What stands before the first digit is what the number is called; what follows letters after it is an extension.
fn number(text: &str) -> String {
    let dialled = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let dialled = dialled.split(|c: char| c.is_alphabetic() || c == '#').next().unwrap_or_default();
    let digits: String = dialled.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_start_matches('0');
    let national = digits.strip_prefix("86").filter(|rest| rest.len() >= 10);
    national.map_or(digits, |rest| rest.trim_start_matches('0')).to_owned()
}

/// The last eight digits, by which numbers are grouped.
pub(super) fn tail(number: &str) -> &str {
    &number[number.len().saturating_sub(8)..]
}

/// Whether two numbers with the same last digits are one, written with and without area code.
pub(super) fn same(one: &str, other: &str) -> bool {
    one.ends_with(other) || other.ends_with(one)
}
