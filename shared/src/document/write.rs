//! From an admitted command to one change that puts the keys it means and no others.

use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{Automerge, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};

use super::history::message;
use super::schema as key;
use super::view::name;
use crate::command::{Command, Context, NewDeal};
use crate::model::{Outcome, Role, Source};
use crate::money::Money;
use crate::rules::Admitted;
use crate::time::Timestamp;

/// Writes one change: named after the command, timed by its context. `role` is the asking member's.
/// Automerge drops a put of the value that is there, so a command that changes nothing makes no change.
pub(super) fn write(doc: &mut Automerge, role: Role, admitted: Admitted) -> Option<ChangeHash> {
    let (context, command) = admitted.into_parts();
    let options = CommitOptions::default().with_message(message(&context, &command)).with_time(context.now.seconds());
    let mut pen = Pen { change: doc.transaction(), context, role };
    pen.command(command);
    pen.change.commit_with(options).0
}

struct Pen<'a> {
    change: Transaction<'a>,
    context: Context,
    role: Role,
}

impl Pen<'_> {
    fn command(&mut self, command: Command) {
        match command {
            Command::OpenDeal(new) => self.open_deal(&new),
            Command::RenameDeal { title, .. } => self.put(&ROOT, key::TITLE, title),
            Command::PriceDeal { amount, .. } => self.money(amount),
            Command::ExpectDeal { close, .. } => self.optional(&ROOT, key::CLOSE, close.map(|day| day.to_string())),
            Command::AssignDeal { owner, .. } => self.optional(&ROOT, key::OWNER, owner.map(|id| id.to_string())),
            Command::LinkDeal { company, .. } => self.optional(&ROOT, key::COMPANY, company.map(|id| id.to_string())),
            Command::MoveDeal { to, .. } => self.claim(&to.to_string(), self.context.now),
            Command::WinDeal { .. } => self.outcome(&Outcome::Won { at: self.context.now }),
            Command::LoseDeal { reason, .. } => self.outcome(&Outcome::Lost { at: self.context.now, reason }),
            Command::ReopenDeal { .. } => self.outcome(&Outcome::Open),
            Command::DiscardDeal { .. } | Command::DiscardCompany { .. } => self.put(&ROOT, key::DISCARDED, true),
            Command::RestoreDeal { .. } | Command::RestoreCompany { .. } => self.put(&ROOT, key::DISCARDED, false),
            Command::OverrideGate { stage, reason, .. } => {
                let map = self.fresh(key::OVERRIDES, &stage.to_string());
                self.put(&map, key::REASON, reason);
                self.signed(&map);
            }
            Command::HoldGate { stage, .. } => {
                let map = self.root_map(key::OVERRIDES);
                self.put(&map, &stage.to_string(), ScalarValue::Null);
            }
            Command::Approve { criterion, .. } => {
                let map = self.fresh(key::APPROVALS, &criterion.to_string());
                self.put(&map, key::ROLE, name(&self.role));
                self.signed(&map);
            }
            Command::RecordEvidence { .. } | Command::WithdrawEvidence { .. } => self.evidence(command),
            Command::PlanActivity { .. }
            | Command::LogActivity { .. }
            | Command::FinishActivity { .. }
            | Command::UnfinishActivity { .. } => self.activity(command),
            Command::AddCompany { name, source, .. } => {
                self.put(&ROOT, key::NAME, name);
                self.source(source);
            }
            Command::RenameCompany { name, .. } => self.put(&ROOT, key::NAME, name),
            Command::PutContact { contact, name: called, role, phone, email, .. } => {
                let map = self.known(key::CONTACTS, &contact.to_string());
                let fields = [(key::NAME, called), (key::ROLE, name(&role)), (key::PHONE, phone), (key::EMAIL, email)];
                fields.into_iter().for_each(|(field, text)| self.put_changed(&map, field, text));
            }
            Command::PutMember { member, name: called, role } => {
                let map = self.known(key::MEMBERS, &member.to_string());
                self.put_changed(&map, key::NAME, called);
                self.put_changed(&map, key::ROLE, name(&role));
            }
            Command::PublishPipeline(pipeline) => {
                let map = self.root_map(key::PIPELINES);
                let text = serde_json::to_string(&pipeline).expect("a pipeline is plain data with text keys");
                self.put(&map, &pipeline.id.to_string(), text);
            }
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

    /// Stage and moment are one fact: a map of its own, so that a merge never mixes two moves.
    fn claim(&mut self, stage: &str, entered: Timestamp) {
        let map = self.map(&ROOT, key::CLAIM);
        self.put(&map, key::STAGE, stage);
        self.time(&map, key::ENTERED, entered);
    }

    fn money(&mut self, amount: Option<Money>) {
        let Some(money) = amount else { return self.put(&ROOT, key::AMOUNT, ScalarValue::Null) };
        let map = self.map(&ROOT, key::AMOUNT);
        self.put(&map, key::MINOR, money.minor);
        self.put(&map, key::CURRENCY, money.currency.code());
    }

    fn outcome(&mut self, outcome: &Outcome) {
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
            }
        }
    }

    fn evidence(&mut self, command: Command) {
        if let Command::RecordEvidence { evidence, criterion, kind, from, day, quote, .. } = command {
            let map = self.fresh(key::EVIDENCE, &evidence.to_string());
            self.put(&map, key::CRITERION, criterion.to_string());
            self.put(&map, key::KIND, name(&kind));
            self.put(&map, key::FROM, from);
            self.put(&map, key::DAY, day.to_string());
            self.put(&map, key::QUOTE, quote);
            self.signed(&map);
        } else if let Command::WithdrawEvidence { evidence, .. } = command {
            let map = self.known(key::EVIDENCE, &evidence.to_string());
            let withdrawal = self.map(&map, key::WITHDRAWN);
            self.signed(&withdrawal);
        }
    }

    fn activity(&mut self, command: Command) {
        let now = self.context.now;
        if let Command::PlanActivity { activity, kind, summary, due, key: answers, .. } = command {
            let map = self.fresh(key::ACTIVITIES, &activity.to_string());
            self.interaction(&map, &name(&kind), summary, answers.map(|id| id.to_string()));
            self.put(&map, key::DUE, due.to_string());
        } else if let Command::LogActivity { activity, kind, summary, key: answers, .. } = command {
            let map = self.fresh(key::ACTIVITIES, &activity.to_string());
            self.interaction(&map, &name(&kind), summary, answers.map(|id| id.to_string()));
            self.time(&map, key::DONE, now);
        } else if let Command::FinishActivity { activity, summary, .. } = command {
            let map = self.known(key::ACTIVITIES, &activity.to_string());
            self.put_changed(&map, key::SUMMARY, summary);
            self.time(&map, key::DONE, now);
        } else if let Command::UnfinishActivity { activity, .. } = command {
            let map = self.known(key::ACTIVITIES, &activity.to_string());
            self.put(&map, key::DONE, ScalarValue::Null);
        }
    }

    fn interaction(&mut self, map: &ObjId, kind: &str, summary: String, answers: Option<String>) {
        self.put(map, key::KIND, kind);
        self.put(map, key::SUMMARY, summary);
        self.put(map, key::BY, self.context.member.to_string());
        if let Some(answers) = answers {
            self.put(map, key::KEY, answers);
        }
    }

    fn source(&mut self, source: Option<Source>) {
        let Some(source) = source else { return };
        let map = self.map(&ROOT, key::SOURCE);
        self.put(&map, key::BATCH, source.batch.to_string());
        self.put(&map, key::KEY, source.key);
    }

    fn signed(&mut self, map: &ObjId) {
        self.put(map, key::BY, self.context.member.to_string());
        self.time(map, key::AT, self.context.now);
    }

    fn time(&mut self, map: &ObjId, field: &str, at: Timestamp) {
        self.put(map, field, ScalarValue::Timestamp(at.millis()));
    }

    fn optional(&mut self, map: &ObjId, field: &str, text: Option<String>) {
        match text {
            Some(text) => self.put(map, field, text),
            None => self.put(map, field, ScalarValue::Null),
        }
    }

    /// Leaves a field alone that says so already, so that another device's edit of it does not conflict.
    fn put_changed(&mut self, map: &ObjId, field: &str, text: String) {
        let now = self.change.get(map, field).ok().flatten();
        if now.is_none_or(|(value, _)| value.as_str() != Some(text.as_str())) {
            self.put(map, field, text);
        }
    }

    fn put(&mut self, map: &ObjId, field: &str, value: impl Into<ScalarValue>) {
        self.change.put(map, field, value).expect("the object was just found to be a map, which takes any key");
    }

    fn map(&mut self, map: &ObjId, field: &str) -> ObjId {
        self.change
            .put_object(map, field, ObjType::Map)
            .expect("the object was just found to be a map, which takes any key")
    }

    fn root_map(&mut self, field: &str) -> ObjId {
        match self.change.get(ROOT, field) {
            Ok(Some((value, id))) if value.is_object() => id,
            Ok(_) | Err(_) => self.map(&ROOT, field),
        }
    }

    fn fresh(&mut self, records: &str, id: &str) -> ObjId {
        let records = self.root_map(records);
        self.map(&records, id)
    }

    fn known(&mut self, records: &str, id: &str) -> ObjId {
        let map = self.root_map(records);
        match self.change.get(&map, id) {
            Ok(Some((value, id))) if value.is_object() => id,
            Ok(_) | Err(_) => self.map(&map, id),
        }
    }
}
