//! What is proposed as one, and what only looks like it.

use std::sync::Arc;

use super::*;
use crate::model::ContactRole;
use crate::rules::sample;

/// A few characters as they are spoken.
fn spoken(c: char) -> Option<&'static str> {
    let all = [
        ('恒', "heng"),
        ('信', "xin"),
        ('鑫', "xin"),
        ('华', "hua"),
        ('为', "wei"),
        ('章', "zhang"),
        ('张', "zhang"),
        ('伟', "wei"),
        ('薇', "wei"),
        ('立', "li"),
        ('李', "li"),
        ('汽', "qi"),
        ('配', "pei"),
        ('王', "wang"),
    ];
    all.iter().find(|(known, _)| *known == c).map(|(_, sound)| *sound)
}

fn company(name: &str, texts: &[(CompanyText, &str)], contacts: Vec<Contact>) -> CompanyCard {
    let id = CompanyId::minted(&format!("{name}{texts:?}{}", contacts.len()));
    let texts = texts.iter().map(|(what, text)| (*what, (*text).to_owned())).collect();
    CompanyCard { texts, contacts, ..sample::company(id, name) }
}

fn contact(id: &str, name: &str, phone: &str, email: &str) -> Contact {
    Contact {
        id: ContactId::minted(id),
        name: name.to_owned(),
        role: ContactRole::Other,
        phone: phone.to_owned(),
        email: email.to_owned(),
        merged: None,
        custom: SortedMap::new(),
    }
}

fn world(cards: impl IntoIterator<Item = CompanyCard>) -> Workspace {
    let cards = cards.into_iter().map(|card| (card.id, Arc::new(card)));
    Workspace { companies: cards.collect(), ..Workspace::default() }
}

fn found<Id>(pairs: &[Pair<Id>]) -> Vec<Vec<Reason>> {
    pairs.iter().map(|pair| pair.why.iter().copied().collect()).collect()
}

#[track_caller]
fn check(one: CompanyCard, other: CompanyCard, expect: &[Reason]) {
    let names = format!("{} / {}", one.name, other.name);
    let expect = if expect.is_empty() { vec![] } else { vec![expect.to_vec()] };
    assert_eq!(found(&companies(&world([one, other]), &spoken)), expect, "{names}");
}

#[test]
fn names_are_the_same_but_for_case_width_punctuation_and_legal_form() {
    for (one, other) in [
        ("深圳市大疆创新科技有限公司", "深圳市大疆创新科技"),
        ("海尔集团", "海尔集团股份有限公司"),
        ("上海电气（集团）总公司", "上海电气集团股份有限公司"),
        ("中国银行", "中国银行股份有限公司"),
        ("ＡＢＢ（中国）有限公司", "abb(中国)有限公司"),
        ("Siemens AG", "SIEMENS"),
        ("Bosch Rexroth GmbH & Co. KG", "Bosch Rexroth"),
        ("Acme, Inc.", "ACME Inc"),
        ("The Coca-Cola Company", "Coca Cola Co."),
        ("Philips N.V.", "philips nv"),
        ("Blue Water Systems Ltd", "Bluewater Systems, LLC"),
        ("Foshan Lighting Co., Ltd.", "Foshan Lighting Corp"),
        ("L'Oréal S.A.", "L’ORÉAL"),
    ] {
        check(company(one, &[], vec![]), company(other, &[], vec![]), &[Reason::Name]);
    }
}

#[test]
fn other_towns_branches_and_trades_are_others() {
    for (one, other) in [
        ("华为技术有限公司", "华为技术（深圳）有限公司"),
        ("上海宏业贸易有限公司", "北京宏业贸易有限公司"),
        ("中国建设银行", "中国建设银行上海分行"),
        ("东岭精密机械", "东岭精密模具"),
        ("有限公司", "股份有限公司"),
        ("Delta Electronics Inc", "Delta Air Lines Inc"),
        ("Acme Ltd", "Acme Europe Ltd"),
        ("Co", "Ltd"),
        ("Cogen Inc", "Gen Inc"),
        ("Corporate Express", "Express Corp"),
        ("General Motors", "General Mills"),
    ] {
        check(company(one, &[], vec![]), company(other, &[], vec![]), &[]);
    }
}

#[test]
fn names_that_sound_the_same_may_be_one_that_was_heard_on_the_telephone() {
    check(company("恒信汽配有限公司", &[], vec![]), company("恒鑫汽配", &[], vec![]), &[Reason::Sound]);
    check(company("华为", &[], vec![]), company("Huawei Inc", &[], vec![]), &[Reason::Sound]);
    check(company("恒信汽配", &[], vec![]), company("恒信汽车", &[], vec![]), &[]);
    check(company("立", &[], vec![]), company("李", &[], vec![]), &[]);
    let glib = companies(&world([company("Müller", &[], vec![]), company("Möller", &[], vec![])]), &|_| Some("zuo"));
    assert_eq!(glib, vec![], "only Chinese characters are spoken");
    let without = companies(&world([company("华为", &[], vec![]), company("Huawei", &[], vec![])]), &|_| None);
    assert_eq!(found(&without), Vec::<Vec<Reason>>::new(), "nothing is known of the sounds");
}

#[test]
fn a_domain_of_their_own_speaks_for_one_company_and_a_free_one_does_not() {
    use CompanyText::Website;
    let by = |email: &str| vec![contact(email, "Lin", "", email)];
    check(
        company("Dongling", &[(Website, "https://www.dongling.cn/about")], vec![]),
        company("东岭精密", &[], by("zhou@DONGLING.cn")),
        &[Reason::Domain],
    );
    check(
        company("One", &[(Website, "dongling.cn:8080")], vec![]),
        company("Two", &[(Website, "http://dongling.cn?x=1")], vec![]),
        &[Reason::Domain],
    );
    check(company("One", &[], by("a@qq.com")), company("Two", &[], by("b@qq.com")), &[]);
    check(company("One", &[], by("a@gmail.com")), company("Two", &[], by("b@gmail.com")), &[]);
    let page = |name| company(name, &[(Website, "https://www.linkedin.com/company/x")], vec![]);
    check(page("One"), page("Two"), &[]);
    check(company("One", &[], by("a@dongling.cn")), company("Two", &[], by("b@notdongling.cn")), &[]);
    check(company("One", &[(Website, "localhost")], vec![]), company("Two", &[(Website, "localhost")], by("")), &[]);
}

#[test]
fn a_telephone_number_speaks_for_one_company_however_it_is_written() {
    let at = |name, phone| company(name, &[(CompanyText::Phone, phone)], vec![]);
    for (one, other) in [
        ("021-6123 4567", "+86 21 61234567"),
        ("０２１－６１２３４５６７", "(021) 6123.4567 转 802"),
        ("61234567", "021-61234567"),
        ("0086-138 1234 5678", "13812345678"),
        ("Tel 400-820-8820", "4008208820 / 021-55556666"),
        ("+49 30 1234567-0", "030 12345670"),
        ("Fax: 021-61234567 ext. 12", "021-61234567"),
    ] {
        check(at("One", one), at("Two", other), &[Reason::Phone]);
    }
    for (one, other) in [
        ("021-61234567", "010-61234567"),
        ("13812345678", "13912345678"),
        ("1234567", "1234567"),
        ("", ""),
        ("see website", "see website"),
    ] {
        check(at("One", one), at("Two", other), &[]);
    }
}

#[test]
fn a_number_that_many_share_says_nothing() {
    let name = |index: usize| format!("Tenant{}", char::from(b'A' + index as u8));
    let tenants = (0..20).map(|index| company(&name(index), &[(CompanyText::Phone, "021-61234567")], vec![]));
    assert_eq!(companies(&world(tenants), &spoken), vec![]);
}

#[test]
fn all_reasons_are_told_and_the_surest_pair_comes_first() {
    use CompanyText::{Phone, Website};
    let texts = [(Website, "dongling.cn"), (Phone, "021-61234567")];
    let pairs = companies(
        &world([
            company("东岭精密", &texts, vec![]),
            company("东岭精密有限公司", &texts, vec![]),
            company("Acme", &[], vec![]),
            company("ACME", &[], vec![]),
        ]),
        &spoken,
    );
    let expect = vec![vec![Reason::Name, Reason::Domain, Reason::Phone], vec![Reason::Name]];
    assert_eq!(found(&pairs), expect);
}

#[test]
fn what_was_merged_or_taken_back_is_proposed_no_more() {
    let (one, other) = (company("Acme", &[], vec![]), company("ACME Ltd", &[], vec![]));
    let merged = CompanyCard { merged: Some(one.id), ..other.clone() };
    let gone = CompanyCard { discarded: true, ..other.clone() };
    assert_eq!(companies(&world([one.clone(), merged]), &spoken), vec![]);
    assert_eq!(companies(&world([one.clone(), gone]), &spoken), vec![]);
    assert_eq!(companies(&world([one, other]), &spoken).len(), 1);
}

#[track_caller]
fn check_people(at_one: Vec<Contact>, at_other: Vec<Contact>, expect: &[Reason]) {
    let said = format!("{at_one:?} / {at_other:?}");
    let expect = if expect.is_empty() { vec![] } else { vec![expect.to_vec()] };
    let given = world([company("One", &[], at_one), company("Other", &[], at_other)]);
    assert_eq!(found(&people(&given, &spoken)), expect, "{said}");
}

#[test]
fn within_a_company_a_name_is_enough() {
    let two = |one: &str, other: &str| vec![contact("a", one, "", ""), contact("b", other, "", "")];
    check_people(two("王伟", "王伟 经理"), vec![], &[Reason::Name]);
    check_people(two("Ms. Lin Yue", "lin yue"), vec![], &[Reason::Name]);
    check_people(two("张伟", "章薇"), vec![], &[Reason::Sound]);
    check_people(two("王伟", "王伟强"), vec![], &[]);
    check_people(two("John Smith", "Joan Smith"), vec![], &[]);
}

#[test]
fn across_companies_it_takes_an_address_or_a_number_with_the_name() {
    let of = |id: &str, name: &str, phone: &str, email: &str| vec![contact(id, name, phone, email)];
    check_people(of("a", "王伟", "", ""), of("b", "王伟", "", ""), &[]);
    check_people(of("a", "王伟", "", "ww@a.cn"), of("b", "Wang Wei", "", "WW@a.cn"), &[Reason::Email]);
    check_people(of("a", "Lin", "", "info@a.cn"), of("b", "Zhou", "", "info@a.cn"), &[]);
    check_people(of("a", "王总", "13812345678", ""), of("b", "王伟", "138 1234 5678", ""), &[Reason::Phone]);
    check_people(of("a", "王伟", "13812345678", ""), of("b", "Wang Wei", "+86 13812345678", ""), &[Reason::Phone]);
    check_people(of("a", "李伟", "021-61234567", ""), of("b", "王伟", "021-61234567", ""), &[]);
}

#[test]
fn a_merged_person_is_proposed_again_only_when_the_other_is_gone() {
    let merged = |into: &str| Contact { merged: Some(ContactId::minted(into)), ..contact("b", "王伟", "", "") };
    check_people(vec![contact("a", "王伟", "", ""), merged("a")], vec![], &[]);
    check_people(vec![contact("a", "王伟", "", ""), merged("elsewhere")], vec![], &[Reason::Name]);
}

#[test]
fn ten_thousand_companies_are_looked_through_in_one_pass() {
    let many = (0..10_000_u32).map(|index| {
        let digits = format!("021-{:08}", 60_000_000 + index / 2);
        company(&format!("Company {index}"), &[(CompanyText::Phone, &digits)], vec![])
    });
    let pairs = companies(&world(many), &spoken);
    assert_eq!(pairs.len(), 5_000);
    assert!(pairs.iter().all(|pair| pair.why == [Reason::Phone].into()));
}
