//! What commands write in a deal: its fields, its stage, its end, its gates.

use automerge::{ObjId, ROOT, ReadDoc, ScalarValue, Value};

use super::Pen;
use crate::command::{Command, NewDeal};
use crate::document::schema as key;
use crate::document::view::{maps, name};
use crate::model::Outcome;
use crate::money::Money;
use crate::time::Timestamp;

impl Pen<'_> {
    pub(super) fn deal(&mut self, command: Command) {
        match command {
            Command::OpenDeal(new) => self.open_deal(&new),
            Command::RenameDeal { title, .. } => self.put(&ROOT, key::TITLE, title),
            Command::PriceDeal { amount, .. } => self.money(amount),
            Command::ExpectDeal { close, .. } => self.optional(&ROOT, key::CLOSE, close.map(|day| day.to_string())),
            Command::AssignDeal { owner, .. } => self.optional(&ROOT, key::OWNER, owner.map(|id| id.to_string())),
            Command::LinkDeal { company, .. } => self.optional(&ROOT, key::COMPANY, company.map(|id| id.to_string())),
            Command::ClassifyDeal { category, .. } => self.optional(&ROOT, key::CATEGORY, category.as_ref().map(name)),
            Command::MoveDeal { to, reason, .. } => self.move_to(&to.to_string(), reason),
            Command::WinDeal { .. } => self.outcome(&Outcome::Won { at: self.context.now }),
            Command::LoseDeal { reason, .. } => self.outcome(&Outcome::Lost { at: self.context.now, reason }),
            Command::ReopenDeal { .. } => self.outcome(&Outcome::Open),
            Command::OverrideGate { stage, reason, .. } => {
                let map = self.fresh(key::OVERRIDES, &stage.to_string());
                self.put(&map, key::REASON, reason);
                self.signed(&map);
            }
            Command::HoldGate { stage, .. } => {
                let map = self.root_map(key::OVERRIDES);
                self.put(&map, &stage.to_string(), ScalarValue::Null);
            }
            command => self.record(command),
        }
    }

    fn open_deal(&mut self, new: &NewDeal) {
        self.put(&ROOT, key::TITLE, new.title.clone());
        self.put(&ROOT, key::PIPELINE, new.pipeline.to_string());
        self.put(&ROOT, key::BASELINE, new.stage.to_string());
        self.put(&ROOT, key::CREATED, ScalarValue::Timestamp(new.created.millis()));
        self.claim(&new.stage.to_string(), new.created);
        if let Some(company) = new.company {
            self.put(&ROOT, key::COMPANY, company.to_string());
        }
        if let Some(owner) = new.owner {
            self.put(&ROOT, key::OWNER, owner.to_string());
        }
        if let Some(close) = new.close {
            self.put(&ROOT, key::CLOSE, close.to_string());
        }
        if new.amount.is_some() {
            self.money(new.amount);
        }
        if new.outcome != Outcome::Open {
            self.outcome(&new.outcome);
        }
        self.source(new.source.clone());
    }

    fn move_to(&mut self, stage: &str, reason: String) {
        if self.keep(key::CLAIM, &[(key::STAGE, stage)]) {
            return;
        }
        let map = self.claim(stage, self.context.now);
        if !reason.is_empty() {
            self.put(&map, key::REASON, reason);
        }
    }

    /// Of the facts that devices told apart, tells the one again that says this, with the moment it has. False where
    /// nothing like it was told apart.
    fn keep(&mut self, field: &str, says: &[(&str, &str)]) -> bool {
        let apart: Vec<ObjId> = maps(&self.change, &ROOT, field).collect();
        let is_meant = |map: &&ObjId| says.iter().all(|(key, text)| self.says(map, key, text));
        let Some(meant) = apart.iter().find(is_meant).filter(|_| apart.len() > 1) else { return false };
        let told = self.change.keys(meant).collect::<Vec<_>>();
        let map = self.map(&ROOT, field);
        for key in told {
            if let Ok(Some((Value::Scalar(value), _))) = self.change.get(meant, key.as_str()) {
                self.put(&map, &key, value.into_owned());
            }
        }
        true
    }

    /// Stage, moment and the version of the pipeline are one fact: a map of its own, so that a merge never mixes
    /// two moves.
    fn claim(&mut self, stage: &str, entered: Timestamp) -> ObjId {
        let map = self.map(&ROOT, key::CLAIM);
        self.put(&map, key::STAGE, stage);
        self.time(&map, key::ENTERED, entered);
        self.put(&map, key::VERSION, i64::from(self.version));
        map
    }

    fn money(&mut self, amount: Option<Money>) {
        let Some(money) = amount else { return self.put(&ROOT, key::AMOUNT, ScalarValue::Null) };
        let map = self.map(&ROOT, key::AMOUNT);
        self.amount(&map, money);
    }

    pub(super) fn amount(&mut self, map: &ObjId, money: Money) {
        self.put(map, key::MINOR, money.minor);
        self.put(map, key::CURRENCY, money.currency.code());
    }

    fn outcome(&mut self, outcome: &Outcome) {
        let kept = match outcome {
            Outcome::Open => self.keep(key::OUTCOME, &[(key::KIND, "open")]),
            Outcome::Won { .. } => self.keep(key::OUTCOME, &[(key::KIND, "won")]),
            Outcome::Lost { reason, .. } => self.keep(key::OUTCOME, &[(key::KIND, "lost"), (key::REASON, reason)]),
        };
        if !kept {
            self.end(outcome);
        }
    }

    fn end(&mut self, outcome: &Outcome) {
        let stage = self.claimed();
        let map = self.map(&ROOT, key::OUTCOME);
        match outcome {
            Outcome::Open => self.put(&map, key::KIND, "open"),
            Outcome::Won { at } => {
                self.put(&map, key::KIND, "won");
                self.time(&map, key::AT, *at);
            }
            Outcome::Lost { at, reason } => {
                self.put(&map, key::KIND, "lost");
                self.time(&map, key::AT, *at);
                self.put(&map, key::REASON, reason.as_str());
                self.optional(&map, key::STAGE, stage);
            }
        }
    }

    /// The stage the deal is in now; a loss keeps it, whatever another device moves the deal to meanwhile.
    fn claimed(&self) -> Option<String> {
        let (_, claim) = self.change.get(ROOT, key::CLAIM).ok()??;
        let (stage, _) = self.change.get(&claim, key::STAGE).ok()??;
        stage.into_string().ok()
    }
}
