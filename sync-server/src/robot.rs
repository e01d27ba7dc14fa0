//! The relay's own member: a replica over the store, for work that is done at the console.
//!
//! It passes through the same door as every device, and may write while the relay serves.

use std::sync::Arc;

use shared::command::{Command, Context, Origin};
use shared::id::{DocumentId, WorkspaceId};
use shared::model::Role;
use shared::pipeline::b2b;
use shared::refusal::Refusal;
use shared::replica::{Actor, Piece, Replica};
use shared::time::Timestamp;
use shared::wire::{Entry, MAX_CHANGES, Position};

use crate::access::{Roster, console, draw, now};
use crate::error::Error;
use crate::store::{Store, StoreError};

/// How many changes a relay begins a workspace with.
pub(crate) const FOUNDING: Position = 2;

/// A member that is a program.
pub struct Robot<'a> {
    store: &'a dyn Store,
    workspace: WorkspaceId,
    replica: Replica,
    /// Changes that are made and not yet in the store.
    made: Vec<Entry>,
}

impl<'a> Robot<'a> {
    /// Reads a team's own documents, and founds the workspace if nobody has.
    ///
    /// # Errors
    /// The store cannot be read or written, or holds bytes that are not a document.
    pub fn found(store: &'a dyn Store, workspace: WorkspaceId) -> Result<Self, Error> {
        let replica = Replica::new(Actor(draw()?));
        let mut robot = Self { store, workspace, replica, made: Vec::new() };
        DocumentId::OF_TEAM.into_iter().try_for_each(|own| robot.read(own))?;
        let roster = Roster::read(store, workspace)?;
        if roster.list().is_founded() {
            robot.replica.seat(Arc::new(roster.list().seats()));
        }
        if robot.workspace().members.is_empty() {
            robot.begin()?;
        }
        Ok(robot)
    }

    /// [`Robot::found`], and reads the cards of all documents.
    ///
    /// # Errors
    /// As [`Robot::found`].
    pub fn start(store: &'a dyn Store, workspace: WorkspaceId) -> Result<Self, Error> {
        let mut robot = Self::found(store, workspace)?;
        for document in store.documents(workspace)?.documents {
            robot.read(document)?;
            robot.close(document);
        }
        Ok(robot)
    }

    /// What the workspace holds.
    pub fn workspace(&self) -> &shared::workspace::Workspace {
        self.replica.workspace()
    }

    /// The context of something the robot does now.
    pub fn context(origin: Origin) -> Context {
        let now = Timestamp::from_millis(now());
        Context { member: console::member(), device: console::device(), now, today: now.day(), origin }
    }

    /// Asks the door. The change is in the store after the next [`Robot::keep`].
    ///
    /// # Errors
    /// The outer one: the store cannot be read or written. The inner one: the door says no.
    pub fn ask(&mut self, context: &Context, command: Command) -> Result<Result<(), Refusal>, Error> {
        let answers = match self.execute(context, command)? {
            Ok(answers) => answers,
            Err(refusal) => return Ok(Err(refusal)),
        };
        // Whatever a rule may not do, what it answers was done.
        let context = Context { origin: Origin::Automation, ..*context };
        for answer in answers {
            let _refused = self.execute(&context, answer)?;
        }
        Ok(Ok(()))
    }

    /// One command, and what rules answer to it on records that are not open.
    fn execute(&mut self, context: &Context, command: Command) -> Result<Result<Vec<Command>, Refusal>, Error> {
        self.read(command.document())?;
        let effects = match self.replica.execute(context, command) {
            Ok(effects) => effects,
            Err(refusal) => return Ok(Err(refusal)),
        };
        self.made.extend(effects.saved.into_iter().map(|saved| Entry::new(saved.document, saved.change)));
        if self.made.len() >= MAX_CHANGES {
            self.keep()?;
        }
        Ok(Ok(effects.answers))
    }

    /// Stores what was made. What is on disk when this returns will not be lost.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn keep(&mut self) -> Result<(), Error> {
        let made = std::mem::take(&mut self.made);
        let documents: Vec<DocumentId> = made.iter().map(|entry| entry.document).collect();
        self.store.append(self.workspace, console::device(), made)?;
        documents.into_iter().for_each(|document| self.close(document));
        Ok(())
    }

    fn read(&mut self, document: DocumentId) -> Result<(), Error> {
        if self.replica.is_open(document) {
            return Ok(());
        }
        let past = self.store.past(self.workspace, document)?;
        let snapshot = past.snapshot.map(|snapshot| Piece::Snapshot(snapshot.bytes));
        let mut pieces: Vec<Piece> = snapshot.into_iter().collect();
        for entry in past.changes {
            let (_, sealed) = entry.open().map_err(|why| damaged(document, why))?;
            pieces.push(Piece::Change(sealed));
        }
        match self.replica.open(document, pieces).first() {
            None => Ok(()),
            Some(damage) => Err(damaged(document, &damage.error)),
        }
    }

    /// The team's own documents are small and always needed.
    fn close(&mut self, document: DocumentId) {
        if !document.is_of_team() {
            self.replica.close(document);
        }
    }

    /// A workspace begins with the robot as its first owner, who publishes the template.
    fn begin(&mut self) -> Result<(), Error> {
        let context = Self::context(Origin::Hand);
        let myself = Command::PutMember { member: console::member(), name: "Sluice".to_owned(), role: Role::Owner };
        for command in [myself, Command::PublishPipeline(b2b())] {
            self.ask(&context, command)?.map_err(|refusal| Error::Request(refusal.to_string()))?;
        }
        self.keep()
    }
}

fn damaged(document: DocumentId, why: impl std::fmt::Display) -> Error {
    Error::Store(StoreError::Unreadable { document, why: why.to_string() })
}
