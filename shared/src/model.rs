//! The records: what a sales team keeps about its customers.

pub mod activity;
pub mod card;
pub mod company;
pub mod custom;
pub mod deal;
pub mod evidence;
pub mod field;
pub mod file;
pub mod lead;
pub mod member;
pub mod trail;

pub use activity::{Activity, ActivityKind, NextStep};
pub use card::{DealCard, Withdrawal};
pub use company::{Company, CompanyCard, CompanyField, CompanyText, CompanyValue, Contact, ContactPart, ContactRole};
pub use custom::{Choice, CustomField, Entry, FieldKind, RecordKind, RecordRef, is_link};
pub use deal::{
    Approval, Asked, Category, Conflict, Deal, Decline, Event, GateOverride, Line, Notice, Outcome, Source, Version,
};
pub use evidence::{Evidence, EvidenceKind};
pub use field::{Field, FieldValue, RecordField, RecordValue};
pub use file::{FileError, FileHash, FileKind, FileRef, MAX_FILE_BYTES, media_type};
pub use lead::{Lead, LeadCard, LeadState, LeadText};
pub use member::{Device, Member, Role};
pub use trail::{Turn, Turned};
