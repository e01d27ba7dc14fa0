//! Tables: which deals a filter shows, in which lanes, and that an address says all of it.

use std::sync::Arc;

use super::*;
use crate::id::{DealId, FieldId};
use crate::model::{CompanyCard, CustomField, Entry, Field, FieldKind, Outcome, RecordKind, Role};
use crate::pipeline::{Comparison, Literal, b2b};
use crate::review::Slot;
use crate::rules::sample;
use crate::text::Label;

fn lin() -> MemberId {
    MemberId::minted("lin")
}

fn key_account() -> FieldId {
    FieldId::minted("key account")
}

fn of_company(id: FieldId) -> CustomField {
    let (kind, on) = (FieldKind::Flag, RecordKind::Company);
    let name = Label::new("重点客户", "Key account");
    CustomField { id, on, name, kind, choices: Vec::new(), on_card: false, rank: 0, retired: false }
}

fn merged() -> CompanyId {
    CompanyId::minted("acme too")
}

/// Four deals: `plain` of nobody, `lins`, `sure` of a company that was merged into Acme, `won`.
fn world() -> Workspace {
    let mut world = sample::workspace(sample::bare(DealId::minted("plain")));
    let into = Some(sample::acme());
    let company = CompanyCard { merged: into, ..sample::company(merged(), "Acme too") };
    world.companies.insert(merged(), Arc::new(company));
    let acme = Arc::make_mut(world.companies.get_mut(&sample::acme()).unwrap());
    acme.custom.insert(key_account(), Entry::Flag(true));
    world.fields.insert(key_account(), of_company(key_account()));
    let mut add = |name: &str, edit: &dyn Fn(&mut DealCard)| {
        let mut card = sample::bare(DealId::minted(name));
        (card.title, card.amount) = (name.to_owned(), Some(sample::usd(100)));
        edit(&mut card);
        world.deals.insert(card.id, Arc::new(card));
    };
    add("lins", &|card| (card.owner, card.company) = (Some(lin()), Some(sample::acme())));
    add("sure", &|card| (card.category, card.company) = (Some(Category::Commit), Some(merged())));
    add("won", &|card| (card.owner, card.outcome) = (Some(lin()), Outcome::Won { at: sample::now() }));
    world
}

fn sight(world: &Workspace) -> Sight<'_> {
    Sight::of(world, sample::now(), sample::today())
}

/// The lanes of a view with the titles in them.
fn shown(world: &Workspace, filter: &Filter, lanes: Lanes) -> Vec<(Lane, Vec<String>)> {
    let cards = world.deals.values().map(AsRef::as_ref);
    let boards = arrange(world, &b2b(), cards, filter, lanes, &sight(world));
    let titles = |board: &crate::review::Board| {
        let ids = board.columns().flat_map(|(_, column)| column.ids().collect::<Vec<_>>());
        let mut titles: Vec<String> = ids.map(|id| world.deals[&id].title.clone()).collect();
        titles.sort();
        titles
    };
    boards.iter().map(|(lane, board)| (*lane, titles(board))).collect()
}

fn check(filter: Filter, expected: &[&str]) {
    let lanes = shown(&world(), &filter, Lanes::None);
    assert_eq!(lanes, [(Lane::All, expected.iter().map(|&title| title.to_owned()).collect())], "{filter:?}");
    let shown = Shown { filter, ..Shown::default() };
    assert_eq!(Shown::read(&shown.query()), shown, "{}", shown.query());
}

#[test]
fn a_filter_shows_what_all_of_its_parts_admit() {
    let none = Filter::default;
    let rich =
        Condition::Compare { field: Field::Amount, is: Comparison::AtLeast, value: Literal::Money(sample::usd(1)) };
    let of_key_account =
        Condition::Compare { field: Field::Custom(key_account()), is: Comparison::Equal, value: Literal::Flag(true) };
    check(none(), &["Tide gate", "lins", "sure", "won"]);
    check(Filter { condition: Some(of_key_account), ..none() }, &["lins", "sure"]);
    check(Filter { owners: [Some(lin())].into(), ..none() }, &["lins", "won"]);
    check(Filter { owners: [None].into(), ..none() }, &["Tide gate", "sure"]);
    check(Filter { owners: [None, Some(lin())].into(), ..none() }, &["Tide gate", "lins", "sure", "won"]);
    check(Filter { categories: [Category::Commit].into(), ..none() }, &["sure"]);
    check(Filter { condition: Some(rich), ..none() }, &["lins", "sure", "won"]);
    check(Filter { flags: [Flag::Late].into(), ..none() }, &[]);
    check(Filter { owners: [Some(lin())].into(), categories: [Category::Commit].into(), ..none() }, &[]);
}

#[test]
fn merged_companies_are_one_whichever_a_filter_names() {
    check(Filter { companies: [sample::acme()].into(), ..Filter::default() }, &["lins", "sure"]);
    check(Filter { companies: [merged()].into(), ..Filter::default() }, &["lins", "sure"]);
    check(Filter { companies: [CompanyId::minted("other")].into(), ..Filter::default() }, &[]);
}

#[test]
fn lanes_are_in_order_and_what_has_none_comes_last() {
    let (world, all) = (world(), Filter::default());
    let of =
        |lanes| shown(&world, &all, lanes).into_iter().map(|(lane, titles)| (lane, titles.len())).collect::<Vec<_>>();
    assert_eq!(of(Lanes::None), [(Lane::All, 4)]);
    // Lin is not of this team: a lane without a name stands behind the ones that have one.
    assert_eq!(of(Lanes::Owner), [(Lane::Owner(None), 2), (Lane::Owner(Some(lin())), 2)]);
    assert_eq!(of(Lanes::Company), [(Lane::Company(Some(sample::acme())), 2), (Lane::Company(None), 2)]);
    let suggested = category(&sample::bare(DealId::minted("any")), &b2b());
    assert_eq!(of(Lanes::Category), [(Lane::Category(Category::Commit), 1), (Lane::Category(suggested), 3)]);
}

#[test]
fn counts_and_sums_are_those_of_the_deals_that_are_shown() {
    let world = world();
    let filter = Filter { owners: [Some(lin())].into(), ..Filter::default() };
    let cards = world.deals.values().map(AsRef::as_ref);
    let boards = arrange(&world, &b2b(), cards, &filter, Lanes::None, &sight(&world));
    let (_, board) = &boards[0];
    for slot in [Slot::Stage(b2b().id, sample::stage("identify")), Slot::Won(b2b().id)] {
        let column = board.column(slot).unwrap();
        assert_eq!((column.count(), column.sum().iter().next().unwrap().1), (1, 100));
    }
}

#[test]
fn an_address_keeps_everything_and_passes_over_what_it_cannot_read() {
    let shown = Shown {
        view: Some(ViewId::minted("one")),
        pipeline: Some(PipelineId::minted("two")),
        filter: Filter {
            condition: Some(Condition::Compare {
                field: Field::Title,
                is: Comparison::Has,
                value: Literal::Text("100% & 华东 = a?b#c,d".to_owned()),
            }),
            flags: Flag::ALL.into(),
            ..Filter::default()
        },
        lanes: Lanes::Company,
        day: Day::new(2017, 3, 1),
    };
    assert_eq!(Shown::read(&shown.query()), shown);
    assert!(shown.query().is_ascii() && !shown.query().contains(['#', ' ', '"']), "{}", shown.query());
    assert_eq!(Shown::default().query(), "");
    for nonsense in ["", "&&", "owner", "owner=x&lanes=y&on=2017-02-30&if=%7B&flag=%", "new=thing"] {
        assert_eq!(Shown::read(nonsense), Shown::default(), "{nonsense}");
    }
    assert!(Shown::default().is_plain() && !shown.is_plain());
    let manager = sample::member(Role::Manager);
    let one =
        Shown { filter: Filter { owners: [None, Some(manager)].into(), ..Filter::default() }, ..Shown::default() };
    assert_eq!(one.query(), format!("owner=-,{manager}"));
}
