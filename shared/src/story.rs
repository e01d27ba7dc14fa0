//! What happened with a customer: one story out of all documents that are open, the newest first.

use std::sync::Arc;

use crate::gather::Arrange as _;
use crate::id::ActivityId;
use crate::model::{Activity, Company, Deal, Event, Evidence, FileRef};
use crate::sorted::SortedMap;
use crate::time::Timestamp;

/// The record a line of the story is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Of {
    /// A deal.
    Deal(Arc<Deal>),
    /// The customer itself.
    Company(Arc<Company>),
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// To what.
    pub of: Of,
    /// The change: who, when, on which device.
    pub event: Event,
    /// When, as exactly as anything here knows.
    pub at: Timestamp,
    /// The interaction, if it was one.
    pub activity: Option<Activity>,
    /// The proof, if one was recorded or taken back.
    pub proof: Option<Evidence>,
}

/// Everything that happened, the newest first. A plan is told when it was carried out, and a glance at a notice never.
pub fn story(deals: &[Arc<Deal>], companies: &[Arc<Company>]) -> Vec<Line> {
    let of_deals = deals.iter().flat_map(|deal| in_order(told(deal)));
    let of_companies = companies.iter().flat_map(|company| {
        let line = |event: &Event| plain(Of::Company(company.clone()), event);
        in_order(company.history.iter().map(line).collect())
    });
    let mut lines: Vec<Line> = of_deals.chain(of_companies).collect();
    // Lines of one moment are turned round too, so that what was done last stands first.
    lines.reverse();
    lines.arrange_by_key(|line| std::cmp::Reverse(line.at));
    lines
}

/// A change knows its second and an activity its moment: within a second, a record's lines stay in their order.
fn in_order(mut lines: Vec<Line>) -> Vec<Line> {
    let mut last = Timestamp::default();
    for line in &mut lines {
        if line.at.seconds() == last.seconds() {
            line.at = line.at.max(last);
        }
        last = line.at;
    }
    lines
}

fn plain(of: Of, event: &Event) -> Line {
    Line { of, event: event.clone(), at: event.at, activity: None, proof: None }
}

fn told(deal: &Arc<Deal>) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut done: SortedMap<ActivityId, usize> = SortedMap::new();
    for event in &deal.history {
        let line = plain(Of::Deal(deal.clone()), event);
        match event.command.as_str() {
            "see_notice" => {}
            // What was finished twice, because it was set back in between, happened once: the last time.
            "log_activity" | "finish_activity" => {
                let activity = activity(deal, event);
                let known = activity.as_ref().and_then(|activity| done.insert(activity.id, lines.len()));
                if let Some(index) = known {
                    remove(&mut lines, index);
                }
                lines.push(activity.map(|activity| {
                    let exact = activity.done.filter(|done| done.seconds() == event.at.seconds());
                    Line { at: exact.unwrap_or(event.at), activity: Some(activity), ..line }
                }));
            }
            command if command.ends_with("_activity") => {}
            command if command.ends_with("_evidence") => {
                let proof = deal.evidence.iter().find(|proof| proof.id.to_string() == event.subject).cloned();
                lines.push(Some(Line { proof, ..line }));
            }
            _ => lines.push(Some(line)),
        }
    }
    lines.into_iter().flatten().collect()
}

fn remove(lines: &mut [Option<Line>], index: usize) {
    if let Some(line) = lines.get_mut(index) {
        *line = None;
    }
}

/// The activity that an event logged or finished, if it still counts as done.
fn activity(deal: &Deal, event: &Event) -> Option<Activity> {
    let its = |activity: &&Activity| activity.id.to_string() == event.subject && activity.done.is_some();
    deal.activities.iter().find(its).cloned()
}

/// A file that proves something, and the deal it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The deal.
    pub deal: Arc<Deal>,
    /// The proof it is attached to.
    pub proof: Evidence,
    /// The file.
    pub file: FileRef,
}

/// The files attached to the proofs of these deals, the one that was recorded last first. Withdrawn proofs show theirs
/// no more.
pub fn attachments(deals: &[Arc<Deal>]) -> Vec<Attachment> {
    let proofs = deals.iter().flat_map(|deal| deal.evidence.iter().map(move |proof| (deal, proof)));
    let standing = proofs.filter(|(_, proof)| proof.withdrawn.is_none());
    let mut files: Vec<Attachment> = standing
        .flat_map(|(deal, proof)| {
            let of = |file: &FileRef| Attachment { deal: deal.clone(), proof: proof.clone(), file: file.clone() };
            proof.files.iter().map(of)
        })
        .collect();
    files.arrange_by_key(|each| std::cmp::Reverse(each.proof.at));
    files
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::ChangeHash;
    use crate::id::DealId;
    use crate::model::{FileHash, FileKind};
    use crate::rules::sample::{bare, deal};

    fn event(at: i64, command: &str, subject: &str) -> Event {
        Event {
            reason: String::new(),
            hash: ChangeHash([0; 32]),
            command: command.to_owned(),
            subject: subject.to_owned(),
            by: None,
            origin: "hand".to_owned(),
            device: None,
            at: Timestamp::from_millis(at * 1000),
        }
    }

    fn with(name: &str, history: Vec<Event>) -> Arc<Deal> {
        Arc::new(Deal { history, ..deal(bare(DealId::minted(name))) })
    }

    /// Each line as its command and moment.
    fn lines(deals: &[Arc<Deal>]) -> Vec<String> {
        let line = |line: Line| format!("{} {}", line.event.command, line.event.at.seconds());
        story(deals, &[]).into_iter().map(line).collect()
    }

    #[test]
    fn the_actions_of_two_deals_are_one_story_the_newest_first() {
        let one = with("one", vec![event(1, "open_deal", ""), event(4, "move_deal", "x")]);
        let other = with("other", vec![event(2, "open_deal", ""), event(4, "win_deal", "")]);
        assert_eq!(lines(&[one, other]), ["win_deal 4", "move_deal 4", "open_deal 2", "open_deal 1"]);
    }

    #[test]
    fn an_activity_is_told_once_when_it_was_done() {
        let done = ActivityId::minted("done").to_string();
        let planned = ActivityId::minted("planned").to_string();
        let one = with(
            "one",
            vec![
                event(1, "plan_activity", &done),
                event(2, "finish_activity", &done),
                event(3, "unfinish_activity", &done),
                event(4, "finish_activity", &done),
                event(5, "log_activity", &planned),
                event(6, "see_notice", ""),
            ],
        );
        let told = story(&[one], &[]);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].event.at.seconds(), 4);
        assert_eq!(told[0].activity.as_ref().map(|activity| activity.id), Some(ActivityId::minted("done")));
    }

    #[test]
    fn activities_of_one_second_are_told_by_their_moment_and_other_changes_of_a_deal_in_their_order() {
        let called = |name: &str, millis: i64, then: &[&str]| {
            let done = ActivityId::minted("done").to_string();
            let logged = event(7, "log_activity", &done);
            let then = then.iter().map(|command| event(7, command, ""));
            let mut deal = deal(bare(DealId::minted(name)));
            let its = |activity: &&mut Activity| activity.id.to_string() == done;
            deal.activities.iter_mut().find(its).unwrap().done = Some(Timestamp::from_millis(7_000 + millis));
            deal.history = std::iter::once(logged).chain(then).collect();
            Arc::new(deal)
        };
        let (late, early) = (called("late", 900, &["win_deal"]), called("early", 100, &["move_deal"]));
        let expect = ["win_deal 7", "log_activity 7", "move_deal 7", "log_activity 7"];
        assert_eq!(lines(&[late.clone(), early.clone()]), expect);
        assert_eq!(lines(&[early, late]), expect);
    }

    #[test]
    fn attachments_are_those_of_proofs_that_stand() {
        let mut shown = deal(bare(DealId::minted("one")));
        let file = |name: &str| FileRef {
            hash: FileHash::of(name.as_bytes()),
            name: name.to_owned(),
            kind: FileKind::Pdf,
            size: 1,
            thumbnail: None,
        };
        for proof in &mut shown.evidence {
            proof.files = vec![file(if proof.withdrawn.is_some() { "taken.pdf" } else { "given.pdf" })];
        }
        let names: Vec<_> = attachments(&[Arc::new(shown)]).into_iter().map(|each| each.file.name).collect();
        assert_eq!(names, ["given.pdf"]);
    }
}
