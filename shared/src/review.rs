//! Numbers about the team's deals: pure over cards, the same on every device.

pub mod board;
pub mod customers;
pub mod leads;
pub mod next;
pub mod recent;
pub mod report;
pub mod today;
pub mod what_if;

pub use board::{Board, Column, Light, Slot, is_stalled};
pub use customers::{Customer, Dealings, customers, dealings};
pub use leads::{Pile, piles};
pub use next::{Suggestion, suggestion};
pub use recent::recent;
pub use report::{Report, report};
pub use today::{Agenda, Outlook, Row, Scope, Section, What, agenda};
pub use what_if::{Failing, WhatIf, displaced, what_if};
