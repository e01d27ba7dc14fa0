//! Interactions with a customer: calls, meetings, mails, visits; planned, then done.

use serde::{Deserialize, Serialize};

use crate::id::{ActivityId, FieldId, KeyActivityId, MemberId};
use crate::model::Entry;
use crate::sorted::SortedMap;
use crate::time::{Day, Timestamp};

/// What kind of interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActivityKind {
    /// A telephone or video call.
    Call,
    /// A meeting on either side's premises or online.
    Meeting,
    /// A visit to the customer.
    Visit,
    /// A product demonstration.
    Demo,
    /// A mail or message.
    Mail,
    /// Something to do without the customer.
    Task,
    /// A remark worth keeping.
    Note,
}

impl ActivityKind {
    /// Every kind, in the order they are offered.
    pub const ALL: [Self; 7] = [Self::Call, Self::Meeting, Self::Visit, Self::Demo, Self::Mail, Self::Task, Self::Note];
}

/// One interaction on a deal's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Its identity.
    pub id: ActivityId,
    /// What kind of interaction.
    pub kind: ActivityKind,
    /// What it is about or what came of it, in the seller's words.
    pub summary: String,
    /// The key activity of a stage that it answers, if any.
    pub key: Option<KeyActivityId>,
    /// The day it is planned for, if it was planned.
    pub due: Option<Day>,
    /// When it was done; none while it is only planned.
    pub done: Option<Timestamp>,
    /// Planned, and then called off.
    pub cancelled: bool,
    /// Who planned or logged it.
    pub by: MemberId,
    /// What the team's own fields say.
    pub custom: SortedMap<FieldId, Entry>,
}

/// A planned activity of a deal, as cards and the day's list show it. The earliest is the deal's next step.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NextStep {
    /// The day it is planned for.
    pub due: Day,
    /// Which activity.
    pub activity: ActivityId,
    /// What kind of interaction.
    pub kind: ActivityKind,
    /// What it is about.
    pub summary: String,
    /// The key activity of a stage that it answers, if any.
    pub key: Option<KeyActivityId>,
}
