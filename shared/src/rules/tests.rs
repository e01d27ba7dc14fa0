//! Rules as tables: given this workspace, this member asks for that and hears this.

mod deals;
mod facts;
mod fields;
mod gates;
mod team;

use super::admit;
use crate::command::{Command, Context};
use crate::model::Role;
use crate::refusal::Refusal;
use crate::rules::sample;
use crate::workspace::Workspace;

/// The whole of what is tested here: one command at one door.
#[track_caller]
fn check(given: &Workspace, context: &Context, command: Command, expect: Result<(), Refusal>) {
    let heard = admit(given, context, command.clone()).map(|admitted| {
        assert_eq!((admitted.command(), admitted.context()), (&command, context));
    });
    assert_eq!(heard, expect, "{:?} asked for {command:?}", context.member);
}

/// The same, asked by a rep.
#[track_caller]
fn rep(given: &Workspace, command: Command, expect: Result<(), Refusal>) {
    check(given, &sample::context(Role::Rep), command, expect);
}
