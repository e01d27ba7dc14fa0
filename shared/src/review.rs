//! Numbers about the team's deals: pure over cards, the same on every device.

pub mod board;
pub mod customers;
pub mod report;
pub mod what_if;

pub use board::{Board, Column, Light, Slot, is_stalled};
pub use customers::{Customer, Dealings, customers, dealings};
pub use report::{Report, report};
pub use what_if::{Failing, WhatIf, displaced, what_if};
