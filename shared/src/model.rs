//! The records: what a sales team keeps about its customers.

pub mod activity;
pub mod card;
pub mod company;
pub mod deal;
pub mod evidence;
pub mod field;
pub mod member;

pub use activity::{Activity, ActivityKind, NextStep};
pub use card::{CompanyCard, DealCard, Withdrawal};
pub use company::{Company, Contact, ContactRole};
pub use deal::{Approval, Conflict, Deal, Event, GateOverride, Outcome, Source, Version};
pub use evidence::{Evidence, EvidenceKind};
pub use field::{Field, FieldValue};
pub use member::{Member, Role};
