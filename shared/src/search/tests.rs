//! Tables: what is typed, and what is found in a small team's records, best first.

use std::sync::Arc;

use super::*;
use crate::id::{ContactId, FieldId, MemberId};
use crate::model::{
    CompanyText, Contact, ContactRole, CustomField, DealCard, Entry, FieldKind, LeadCard, LeadState, LeadText, Member,
    Outcome, RecordKind, Role,
};
use crate::pipeline::b2b;
use crate::rules::sample;
use crate::text::Label;
use crate::time::Timestamp;
use crate::view::{Filter, Lanes, View};
use crate::workspace::Workspace;

/// What a collation would say of the characters in these tables.
fn spell(letter: char) -> Option<&'static str> {
    const SPOKEN: [(char, &str); 18] = [
        ('华', "hua"),
        ('东', "dong"),
        ('冶', "ye"),
        ('金', "jin"),
        ('重', "zhong"),
        ('庆', "qing"),
        ('铝', "lv"),
        ('业', "ye"),
        ('西', "xi"),
        ('安', "an"),
        ('先', "xian"),
        ('进', "jin"),
        ('张', "zhang"),
        ('伟', "wei"),
        ('检', "jian"),
        ('测', "ce"),
        ('昌', "chang"),
        ('线', "xian"),
    ];
    SPOKEN.iter().find(|(of, _)| *of == letter).map(|(_, syllable)| *syllable)
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(1_790_000_000_000 + 60_000 * minute)
}

fn deal(world: &mut Workspace, title: &str, touched: i64, edit: impl FnOnce(&mut DealCard)) {
    let id = DealId::minted(title);
    let mut card = DealCard { title: title.to_owned(), touched: at(touched), ..sample::bare(id) };
    edit(&mut card);
    world.deals.insert(id, Arc::new(card));
}

fn company(world: &mut Workspace, name: &str, edit: impl FnOnce(&mut crate::model::CompanyCard)) -> CompanyId {
    let id = CompanyId::minted(name);
    let mut card = sample::company(id, name);
    edit(&mut card);
    world.companies.insert(id, Arc::new(card));
    id
}

fn field() -> FieldId {
    FieldId::minted("drawing")
}

fn world() -> Workspace {
    let mut world = Workspace::default();
    let east = company(&mut world, "华东冶金", |card| {
        card.texts.insert(CompanyText::Phone, "021-5566 7788".to_owned());
        card.texts.insert(CompanyText::Website, "hdyj.example".to_owned());
    });
    let acme = company(&mut world, "Acme GmbH", |card| {
        card.contacts.push(Contact {
            id: ContactId::minted("zhang"),
            name: "张伟".to_owned(),
            role: ContactRole::User,
            phone: "138 0013 8000".to_owned(),
            email: "zhang@acme.example".to_owned(),
            merged: None,
            custom: [].into(),
        });
    });
    company(&mut world, "ACME Group", |card| card.merged = Some(acme));
    company(&mut world, "Gone Ltd", |card| card.discarded = true);
    let lin = MemberId::minted("lin");
    world.members.insert(lin, Member { id: lin, name: "Lin Tao".to_owned(), role: Role::Rep });
    world.fields.insert(
        field(),
        CustomField {
            id: field(),
            on: RecordKind::Deal,
            name: Label::new("图号", "Drawing"),
            kind: FieldKind::Text,
            choices: Vec::new(),
            on_card: false,
            rank: 0,
            retired: false,
        },
    );
    deal(&mut world, "检测线", 5, |card| card.company = Some(east));
    deal(&mut world, "重庆铝业 检测", 4, |card| card.amount = Some(sample::usd(12_050_000)));
    deal(&mut world, "西安先进", 3, |card| {
        drop(card.custom.insert(field(), Entry::Text("Dwg ＡＢ-１2".to_owned())))
    });
    deal(&mut world, "Tide gate", 2, |card| (card.company, card.owner) = (Some(acme), Some(lin)));
    deal(&mut world, "New tide gate", 9, |_| {});
    deal(&mut world, "Tide gauge, won", 8, |card| card.outcome = Outcome::Won { at: at(8) });
    deal(&mut world, "Tide, taken back", 9, |card| card.discarded = true);
    let lead = crate::id::LeadId::minted("one");
    let texts = [(LeadText::Person, "Zoe"), (LeadText::Company, "昌先"), (LeadText::Need, "tide sensors")];
    world.leads.insert(
        lead,
        Arc::new(LeadCard {
            id: lead,
            texts: texts.map(|(what, text)| (what, text.to_owned())).into(),
            owner: None,
            created: at(1),
            state: LeadState::New,
        }),
    );
    let pipeline = b2b();
    world.pipelines.insert(pipeline.id, Arc::new(pipeline));
    let view = crate::id::ViewId::minted("mine");
    world.views.insert(
        view,
        View {
            id: view,
            name: "Late in 华东".to_owned(),
            pipeline: None,
            filter: Filter::default(),
            lanes: Lanes::None,
        },
    );
    world
}

/// Titles of what is found, marks in brackets, best first; kinds apart by `|`.
fn found(text: &str) -> String {
    let mut index = Index::default();
    index.refresh(&world(), &spell);
    let title = |hit: &Hit| shown(&hit.title);
    let groups = index.search(&Query::new(text), 10);
    let group = |group: &Group| group.hits.iter().map(title).collect::<Vec<_>>().join(", ");
    groups.iter().map(group).collect::<Vec<_>>().join(" | ")
}

fn shown(marked: &Marked) -> String {
    let piece = |(text, is_mark): (String, bool)| if is_mark { format!("[{text}]") } else { text };
    marked.pieces().into_iter().map(piece).collect()
}

#[test]
fn words_stand_anywhere_in_any_case_and_width() {
    for (typed, expected) in [
        ("", ""),
        ("tide", "[Tide] gate, [Tide] gauge, won, New [tide] gate | 昌先"),
        ("ＴＩＤＥ　gAt", "[Tide] [gat]e, New [tide] [gat]e"),
        ("gate tide", "[Tide] [gate], New [tide] [gate]"),
        ("tide nothing", ""),
        ("ab-12", "西安先进"),
        ("taken", ""),
        ("gone", ""),
    ] {
        assert_eq!(found(typed), expected, "{typed}");
    }
}

#[test]
fn characters_are_found_by_syllables_initials_and_beginnings() {
    for (typed, expected) in [
        ("hdyj", "检测线 | [华东冶金]"),
        ("huadong", "检测线 | [华东]冶金 | Late in [华东]"),
        ("hua'dong", "检测线 | [华东]冶金 | Late in [华东]"),
        ("huad", "检测线 | [华东]冶金 | Late in [华东]"),
        ("华东", "检测线 | [华东]冶金 | Late in [华东]"),
        ("hdyejin", "检测线 | [华东冶金]"),
        ("chongqing", "[重庆]铝业 检测"),
        ("zhongqing", "[重庆]铝业 检测"),
        ("cqlyjc", "[重庆铝业 检测]"),
        ("lv", "重庆[铝]业 检测"),
        ("luye", "重庆[铝业] 检测"),
        ("xianxianjin", "[西安先进]"),
        ("jcx", "[检测线]"),
        ("hdzy", ""),
        ("zhw", "Acme GmbH"),
    ] {
        assert_eq!(found(typed), expected, "{typed}");
    }
}

#[test]
fn numbers_names_and_numbers_to_call_are_found_as_they_are_typed() {
    for (typed, expected) in [
        ("120500", "重庆铝业 检测"),
        ("120,500", "重庆铝业 检测"),
        ("¥120,5", "重庆铝业 检测"),
        ("20500", ""),
        ("13800138000", "Acme GmbH"),
        ("138 0013", "Acme GmbH"),
        ("55667788", "华东冶金"),
        ("zhang@acme", "Acme GmbH"),
        ("lin tao", "Tide gate"),
        ("lt", ""),
        ("acme", "Tide gate | [Acme] GmbH"),
        ("zoe", "昌先"),
        ("sensors cx", "[昌先]"),
    ] {
        assert_eq!(found(typed), expected, "{typed}");
    }
}

#[test]
fn stages_are_found_in_both_languages() {
    let stage = &b2b().stages[0];
    let lower = stage.name.en.to_lowercase();
    assert!(found(&lower).contains(&stage.name.zh), "{}", found(&lower));
    assert!(found(&stage.name.zh).contains(&format!("[{}]", stage.name.zh)));
}

#[test]
fn what_was_found_beside_the_title_is_told() {
    let mut index = Index::default();
    index.refresh(&world(), &spell);
    let groups = index.search(&Query::new("zhangwei 0013"), 10);
    let found: Vec<String> = groups[0].hits[0].found.iter().map(shown).collect();
    assert_eq!(found, ["[张伟] · 138 [0013] 8000 · zhang@acme.example"]);
    let groups = index.search(&Query::new("lin hdyj"), 10);
    assert!(groups.is_empty());
    let groups = index.search(&Query::new("jc hdyj"), 10);
    assert_eq!(groups[0].hits[0].found.iter().map(shown).collect::<Vec<_>>(), ["[华东冶金]"]);
}

#[test]
fn an_index_that_is_refreshed_finds_what_changed_and_forgets_what_went() {
    let (mut index, mut world) = (Index::default(), world());
    index.refresh(&world, &spell);
    let titles = |index: &Index, text| {
        let groups = index.search(&Query::new(text), 10);
        groups.iter().flat_map(|group| &group.hits).map(|hit| hit.title.text.clone()).collect::<Vec<_>>()
    };
    deal(&mut world, "Tide gate", 2, |card| card.title = "Sluice".to_owned());
    world.views.clear();
    index.refresh(&world, &spell);
    assert_eq!(titles(&index, "sluice"), ["Sluice"]);
    assert_eq!(titles(&index, "acme"), ["Acme GmbH"]);
    assert!(titles(&index, "late in").is_empty());
}

#[test]
fn groups_count_all_and_show_the_first() {
    let mut index = Index::default();
    index.refresh(&world(), &spell);
    let groups = index.search(&Query::new("tide"), 2);
    assert_eq!((groups[0].kind, groups[0].count, groups[0].hits.len()), (Kind::Deal, 3, 2));
    assert_eq!(groups[1].kind, Kind::Lead);
}

#[test]
fn notes_are_cut_around_what_was_found() {
    let mut deal = sample::deal(sample::bare(sample::tide()));
    deal.evidence[0].quote = format!("{} 华东 agreed {}", "before ".repeat(30), "after ".repeat(30));
    let notes = notes(&deal, &Query::new("agreed hd"), &spell);
    assert_eq!(notes.len(), 1);
    let text = shown(&notes[0].text);
    assert!(text.starts_with('…') && text.ends_with('…') && text.contains("[华东] [agreed]"), "{text}");
    assert!(super::notes(&deal, &Query::new("agreed nobody"), &spell).is_empty());
}
