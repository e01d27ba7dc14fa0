//! Searching ten thousand deals: how long reading and finding takes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::command::{Command, NewDeal};
use shared::id::{CompanyId, DealId, DocumentId};
use shared::model::{CompanyCard, Outcome};
use shared::pipeline::b2b;
use shared::replica::{Actor, Replica};
use shared::search::{Index, Kind, Query};
use shared::sorted::SortedMap;
use shared::time::Timestamp;
use shared::workspace::Workspace;

use e2e::dice::context;

const DEALS: usize = 10_000;

/// The longest that a search may take where everything is optimised.
const QUICK: Duration = Duration::from_millis(50);

fn spell(letter: char) -> Option<&'static str> {
    ['华', '东', '冶', '金', '检', '测', '线', '系', '统'].contains(&letter).then_some(match letter {
        '华' => "hua",
        '东' => "dong",
        '冶' => "ye",
        '金' => "jin",
        '检' => "jian",
        '测' => "ce",
        '线' => "xian",
        '系' => "xi",
        _ => "tong",
    })
}

fn world() -> Workspace {
    let pipeline = b2b();
    let mut replica = Replica::new(Actor([1; 16]));
    replica.open(DocumentId::Workspace, Vec::new());
    let (member, role) = e2e::dice::member(0);
    let founding =
        [Command::PutMember { member, name: "Lin".to_owned(), role }, Command::PublishPipeline(pipeline.clone())];
    founding.into_iter().for_each(|command| drop(replica.execute(&context(0, 0), command).expect("it may be founded")));
    let open = Command::OpenDeal(NewDeal {
        deal: DealId::minted("one"),
        title: "检测线".to_owned(),
        company: None,
        owner: None,
        amount: None,
        close: None,
        stage: pipeline.stages[0].id,
        pipeline: pipeline.id,
        created: Timestamp::from_millis(1_700_000_000_000),
        outcome: Outcome::Open,
        source: None,
    });
    replica.execute(&context(0, 1), open).expect("a deal may be opened");
    let mut world = replica.workspace().clone();
    let model = world.deals.values().next().expect("a deal was opened").clone();
    let company = |n: usize| CompanyId::minted(&format!("company {n}"));
    for n in 0..DEALS {
        let mut card = model.as_ref().clone();
        card.id = DealId::minted(&format!("deal {n}"));
        card.title = format!("华东冶金 {n} 号 Inspection line 检测系统");
        card.company = Some(company(n % 400));
        world.deals.insert(card.id, Arc::new(card));
    }
    let companies = (0..400).map(|n| {
        let (id, name) = (company(n), format!("金属 Works {n}"));
        let (texts, contacts, custom) = Default::default();
        let card = CompanyCard { id, name, texts, contacts, custom, merged: None, source: None, discarded: false };
        (id, Arc::new(card))
    });
    world.companies = companies.collect::<SortedMap<_, _>>();
    world
}

#[test]
fn ten_thousand_deals_are_searched_before_anybody_notices() {
    let world = world();
    let mut index = Index::default();
    let start = Instant::now();
    index.refresh(&world, &spell);
    let read = start.elapsed();
    let start = Instant::now();
    index.refresh(&world, &spell);
    let again = start.elapsed();
    println!("{DEALS} deals read in {read:?}, and again after nothing changed in {again:?}");
    for (typed, count) in
        [("hdyj", 10_000), ("huadong 7777", 1), ("inspection works", 10_000), ("xyz", 0), ("jiancexian", 1)]
    {
        let start = Instant::now();
        let groups = index.search(&Query::new(typed), 8);
        let took = start.elapsed();
        println!("{typed:?} found in {took:?}");
        let found = groups.iter().find(|group| group.kind == Kind::Deal).map_or(0, |group| group.count);
        assert_eq!(found, count, "{typed:?}");
        assert!(cfg!(debug_assertions) || took < QUICK, "{typed:?} took {took:?}");
    }
}
