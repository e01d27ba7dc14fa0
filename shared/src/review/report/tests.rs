//! The printed report, to the letter.

use std::sync::Arc;

use super::*;
use crate::id::DealId;
use crate::model::{DealCard, Outcome};
use crate::rules::sample::{bare, now, stage, usd, workspace};

#[test]
fn the_report_counts_open_deals_by_stage_and_prints_exact_sums() {
    let card = |name: &str, minor| DealCard { amount: Some(usd(minor)), ..bare(DealId::minted(name)) };
    let mut given = workspace(card("a", 100));
    for card in [
        DealCard { stage: stage("sign"), amount: None, ..card("b", 0) },
        DealCard { outcome: Outcome::Won { at: now() }, ..card("c", 250) },
        DealCard { outcome: Outcome::Lost { at: now(), reason: "price".to_owned() }, ..card("d", 0) },
        DealCard { discarded: true, ..card("e", 900) },
    ] {
        given.deals.insert(card.id, Arc::new(card));
    }
    let empty = |name: &str| format!(r#"{{"pipeline":"B2B sales","stage":"{name}","count":0,"sum":{{}}}}"#);
    let expect = [
        r#"{"deals":4,"open":{"count":2,"sum":{"USD":"1.00"}},"won":{"count":1,"sum":{"USD":"2.50"}},"#.to_owned(),
        r#""lost":{"count":1,"sum":{"USD":"0.00"}},"stages":["#.to_owned(),
        r#"{"pipeline":"B2B sales","stage":"Identified","count":1,"sum":{"USD":"1.00"}},"#.to_owned(),
        [empty("Needs confirmed"), empty("Proposal"), empty("Negotiation")].join(","),
        r#",{"pipeline":"B2B sales","stage":"Contract","count":1,"sum":{}}]}"#.to_owned(),
    ];
    assert_eq!(serde_json::to_string(&report(&given)).unwrap(), expect.concat());
}
