//! What commands write on a deal: proofs, approvals, activities, products, messages.

use automerge::{ObjId, ScalarValue};

use super::Pen;
use crate::command::Command;
use crate::document::schema as key;
use crate::document::view::name;
use crate::id::{ActivityId, CriterionId};

impl Pen<'_> {
    pub(super) fn record(&mut self, command: Command) {
        match command {
            Command::RequestApproval { criterion, note, .. } => {
                let map = self.under(key::ASKED, &criterion.to_string());
                self.put(&map, key::NOTE, note);
                self.signed(&map);
            }
            Command::WithdrawRequest { criterion, .. } => self.drop_under(key::ASKED, &criterion.to_string()),
            Command::Approve { criterion, .. } => self.approve(criterion),
            Command::Decline { criterion, reason, .. } => self.decline(criterion, reason),
            Command::RecordEvidence { .. } | Command::WithdrawEvidence { .. } | Command::RestoreEvidence { .. } => {
                self.evidence(command);
            }
            Command::PutLine { line, product, quantity, price, .. } => {
                let map = self.under(key::LINE, &line.to_string());
                self.put(&map, key::PRODUCT, product);
                self.put(&map, key::QUANTITY, quantity.to_string());
                self.amount(&map, price);
            }
            Command::RemoveLine { line, .. } => self.drop_under(key::LINE, &line.to_string()),
            Command::Notify { notice, to, text, .. } => {
                let map = self.under(key::NOTICE, &notice.to_string());
                self.put(&map, key::TO, to.to_string());
                self.put(&map, key::TEXT, text);
                self.signed(&map);
            }
            Command::SeeNotice { notice, .. } => self.drop_under(key::NOTICE, &notice.to_string()),
            command => self.activity(command),
        }
    }

    fn approve(&mut self, criterion: CriterionId) {
        let map = self.fresh(key::APPROVALS, &criterion.to_string());
        self.put(&map, key::ROLE, name(&self.role));
        self.signed(&map);
        self.drop_under(key::DECLINED, &criterion.to_string());
        self.drop_under(key::ASKED, &criterion.to_string());
    }

    fn decline(&mut self, criterion: CriterionId, reason: String) {
        let map = self.under(key::DECLINED, &criterion.to_string());
        self.put(&map, key::REASON, reason);
        self.signed(&map);
        let approvals = self.root_map(key::APPROVALS);
        self.put(&approvals, &criterion.to_string(), ScalarValue::Null);
        self.drop_under(key::ASKED, &criterion.to_string());
    }

    fn evidence(&mut self, command: Command) {
        if let Command::RecordEvidence { evidence, criterion, kind, from, day, quote, files, .. } = command {
            let map = self.fresh(key::EVIDENCE, &evidence.to_string());
            self.put(&map, key::CRITERION, criterion.to_string());
            self.put(&map, key::KIND, name(&kind));
            self.put(&map, key::FROM, from);
            self.put(&map, key::DAY, day.to_string());
            self.put(&map, key::QUOTE, quote);
            if !files.is_empty() {
                self.json(&map, key::FILES, &files);
            }
            self.signed(&map);
        } else if let Command::WithdrawEvidence { evidence, .. } = command {
            let map = self.known(key::EVIDENCE, &evidence.to_string(), key::WITHDRAWN);
            let withdrawal = self.map(&map, key::WITHDRAWN);
            self.signed(&withdrawal);
        } else if let Command::RestoreEvidence { evidence, .. } = command {
            let map = self.known(key::EVIDENCE, &evidence.to_string(), key::WITHDRAWN);
            self.put(&map, key::WITHDRAWN, ScalarValue::Null);
        }
    }

    fn activity(&mut self, command: Command) {
        let now = self.context.now;
        if let Command::PlanActivity { activity, kind, summary, due, key: answers, .. } = command {
            let map = self.interaction(activity, &name(&kind), summary, answers.map(|id| id.to_string()));
            self.put(&map, key::DUE, due.to_string());
        } else if let Command::LogActivity { activity, kind, summary, key: answers, .. } = command {
            let map = self.interaction(activity, &name(&kind), summary, answers.map(|id| id.to_string()));
            self.time(&map, key::DONE, now);
        } else if let Command::FinishActivity { activity, summary, .. } = command {
            let map = self.planned(activity, key::SUMMARY);
            self.put_changed(&map, key::SUMMARY, summary);
            let map = self.planned(activity, key::DONE);
            self.time(&map, key::DONE, now);
        } else if let Command::DescribeActivity { activity, summary, .. } = command {
            let map = self.planned(activity, key::SUMMARY);
            self.put(&map, key::SUMMARY, summary);
        } else if let Command::UnfinishActivity { activity, .. } = command {
            let map = self.planned(activity, key::DONE);
            self.put(&map, key::DONE, ScalarValue::Null);
        } else if let Command::RescheduleActivity { activity, due, .. } = command {
            let map = self.planned(activity, key::DUE);
            self.put(&map, key::DUE, due.to_string());
            let map = self.planned(activity, key::CANCELLED);
            self.put(&map, key::CANCELLED, false);
        } else if let Command::CancelActivity { activity, .. } = command {
            let map = self.planned(activity, key::CANCELLED);
            self.put(&map, key::CANCELLED, true);
        }
    }

    fn planned(&mut self, activity: ActivityId, field: &str) -> ObjId {
        self.known(key::ACTIVITIES, &activity.to_string(), field)
    }

    fn interaction(&mut self, id: ActivityId, kind: &str, summary: String, answers: Option<String>) -> ObjId {
        let map = self.fresh(key::ACTIVITIES, &id.to_string());
        self.put(&map, key::KIND, kind);
        self.put(&map, key::SUMMARY, summary);
        self.put(&map, key::BY, self.context.member.to_string());
        if let Some(answers) = answers {
            self.put(&map, key::KEY, answers);
        }
        map
    }
}
