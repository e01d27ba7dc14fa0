//! Characters that are spoken in more than one way, as far as names and products commonly have them.
//!
//! A collation knows one reading of each; these are the readings people may type, the collation's among them.

/// In the order of the characters.
const READINGS: &[(char, &[&str])] = &[
    ('万', &["wan", "mo"]),
    ('乐', &["le", "yue"]),
    ('了', &["le", "liao"]),
    ('会', &["hui", "kuai"]),
    ('传', &["chuan", "zhuan"]),
    ('似', &["si", "shi"]),
    ('便', &["bian", "pian"]),
    ('刹', &["sha", "cha"]),
    ('单', &["dan", "shan"]),
    ('卡', &["ka", "qia"]),
    ('厦', &["sha", "xia"]),
    ('参', &["can", "shen"]),
    ('合', &["he", "ge"]),
    ('和', &["he", "huo"]),
    ('地', &["di", "de"]),
    ('埔', &["pu", "bu"]),
    ('堡', &["bao", "pu"]),
    ('大', &["da", "dai"]),
    ('奇', &["qi", "ji"]),
    ('宿', &["su", "xiu"]),
    ('尉', &["wei", "yu"]),
    ('差', &["cha", "chai"]),
    ('弹', &["dan", "tan"]),
    ('强', &["qiang", "jiang"]),
    ('折', &["zhe", "she"]),
    ('拓', &["tuo", "ta"]),
    ('提', &["ti", "di"]),
    ('数', &["shu", "shuo"]),
    ('曾', &["zeng", "ceng"]),
    ('朝', &["chao", "zhao"]),
    ('朴', &["pu", "piao"]),
    ('柏', &["bai", "bo"]),
    ('查', &["cha", "zha"]),
    ('校', &["xiao", "jiao"]),
    ('泊', &["bo", "po"]),
    ('泌', &["mi", "bi"]),
    ('洗', &["xi", "xian"]),
    ('盖', &["gai", "ge"]),
    ('盛', &["sheng", "cheng"]),
    ('省', &["sheng", "xing"]),
    ('石', &["shi", "dan"]),
    ('种', &["zhong", "chong"]),
    ('称', &["cheng", "chen"]),
    ('系', &["xi", "ji"]),
    ('给', &["gei", "ji"]),
    ('翟', &["zhai", "di"]),
    ('耙', &["ba", "pa"]),
    ('臂', &["bi", "bei"]),
    ('色', &["se", "shai"]),
    ('茄', &["qie", "jia"]),
    ('蔚', &["wei", "yu"]),
    ('藏', &["cang", "zang"]),
    ('行', &["xing", "hang"]),
    ('解', &["jie", "xie"]),
    ('调', &["tiao", "diao"]),
    ('贾', &["jia", "gu"]),
    ('车', &["che", "ju"]),
    ('轧', &["zha", "ya"]),
    ('辗', &["zhan", "nian"]),
    ('还', &["hai", "huan"]),
    ('都', &["du", "dou"]),
    ('重', &["zhong", "chong"]),
    ('铅', &["qian", "yan"]),
    ('长', &["chang", "zhang"]),
    ('降', &["jiang", "xiang"]),
    ('露', &["lu", "lou"]),
    ('颤', &["chan", "zhan"]),
];

/// All readings of a character that has more than one; empty for the others.
pub(super) fn others(letter: char) -> &'static [&'static str] {
    READINGS.binary_search_by_key(&letter, |(of, _)| *of).map_or(&[], |found| READINGS[found].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order_so_that_it_can_be_searched() {
        assert!(READINGS.is_sorted_by(|(one, _), (other, _)| one < other));
        assert_eq!(others('重'), ["zhong", "chong"]);
        assert!(others('华').is_empty());
    }
}
