//! A replica: two ways in (`execute` a command, `receive` a change), one way out (`Effects`).
//!
//! It performs nothing. Whoever holds it opens documents, saves what comes out, then sends it.

use std::sync::Arc;

use crate::automation;
use crate::change::Sealed;
use crate::command::{Command, Context, Origin};
pub use crate::document::{Actor, Damaged, DocumentError, Piece};
use crate::document::{Document, Terms};
use crate::id::{DealId, DocumentId};
use crate::membership::Seats;
use crate::model::Deal;
use crate::pipeline::Pipeline;
use crate::refusal::Refusal;
use crate::rules;
use crate::sorted::SortedMap;
use crate::stored::{Card, Digest};
use crate::time::Timestamp;
use crate::workspace::{Team, Touched, Workspace};

/// A change that must be saved before it is shown as saved, announced or sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The document it belongs to.
    pub document: DocumentId,
    /// The change.
    pub change: Sealed,
}

/// What an executed command asks the shell to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effects {
    /// The records to show anew.
    pub touched: Touched,
    /// The changes to save together, then announce, then send.
    pub saved: Vec<Saved>,
    /// What the team's rules ask for on deals whose documents need not be open: to be opened and asked for one by one,
    /// as a rule, once the changes are saved. What is refused then is left.
    pub answers: Vec<Command>,
}

/// All cards, and the documents somebody looks into.
pub struct Replica {
    actor: Actor,
    workspace: Workspace,
    documents: SortedMap<DocumentId, Document>,
    /// The cards of the team's own documents, which the workspace shows together with the signed list.
    own: SortedMap<DocumentId, Card>,
    digest: Digest,
}

impl Replica {
    /// An empty replica whose changes carry this actor. No other running replica may use it.
    pub fn new(actor: Actor) -> Self {
        let (workspace, documents, own) = (Workspace::default(), SortedMap::new(), SortedMap::new());
        Self { actor, workspace, documents, own, digest: Digest::default() }
    }

    /// Everything that rules judge and views show.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The fingerprint of all cards: equal on two devices that show the same pipeline.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Starts from stored cards; no document is opened.
    pub fn restore(&mut self, cards: impl IntoIterator<Item = Card>) {
        cards.into_iter().for_each(|card| self.put_card(card));
    }

    /// Takes over who belongs here, as the signed list says.
    pub fn seat(&mut self, seats: Arc<Seats>) -> Touched {
        self.workspace.seats = Some(seats);
        self.workspace.seat();
        Touched([DocumentId::Workspace].into())
    }

    /// Whether a document is open.
    pub fn is_open(&self, document: DocumentId) -> bool {
        self.documents.contains_key(&document)
    }

    /// The documents that are open.
    pub fn open_documents(&self) -> impl Iterator<Item = DocumentId> + '_ {
        self.documents.keys().copied()
    }

    /// Opens a document from its stored pieces. What cannot be read is returned; the rest is there.
    pub fn open(&mut self, document: DocumentId, pieces: Vec<Piece>) -> Vec<Damaged> {
        self.documents.entry(document).or_insert_with(|| Document::genesis(document));
        self.receive(document, pieces).1
    }

    /// Forgets an open document. Its card stays.
    pub fn close(&mut self, document: DocumentId) {
        self.documents.remove(&document);
        match document {
            DocumentId::Deal(deal) => drop(self.workspace.open_deals.remove(&deal)),
            DocumentId::Company(company) => drop(self.workspace.open_companies.remove(&company)),
            DocumentId::Lead(lead) => drop(self.workspace.open_leads.remove(&lead)),
            DocumentId::Workspace | DocumentId::Views => {}
        }
    }

    /// Forgets a deal: its member may see it no more.
    pub fn forget(&mut self, deal: DealId) -> Touched {
        let document = DocumentId::Deal(deal);
        self.close(document);
        if let Some(card) = self.workspace.deals.remove(&deal) {
            self.digest.remove(&Card::Deal(card));
        }
        Touched([document].into())
    }

    /// The one door for work done here: what was asked for, and what the team's rules answer to it, each as a change
    /// of its own. The command's document must be open; a new record's is opened.
    /// A document that lacks changes others build on is not judged: what they say may forbid the command.
    ///
    /// # Errors
    /// Why not, as data. Nothing was written then.
    pub fn execute(&mut self, context: &Context, command: Command) -> Result<Effects, Refusal> {
        let before = automation::before(&self.workspace, &command);
        let was = published(&self.workspace, &command);
        let mut effects = self.execute_alone(context, command.clone())?;
        effects.answers = automation::tightened(&self.workspace, context, &command, was.as_deref());
        let answers = automation::follow_ups(&self.workspace, context, &command, before.as_deref());
        let context = Context { origin: Origin::Automation, ..*context };
        for answer in answers {
            // What a rule asks for passes the same door; where it is refused, the person's own work stands.
            if let Ok(more) = self.execute_alone(&context, answer) {
                effects.touched.extend(more.touched);
                effects.saved.extend(more.saved);
            }
        }
        Ok(effects)
    }

    fn execute_alone(&mut self, context: &Context, command: Command) -> Result<Effects, Refusal> {
        let id = command.document();
        if command.begins() {
            self.documents.entry(id).or_insert_with(|| Document::genesis(id));
        }
        let document = self.documents.get_mut(&id).filter(|document| document.is_whole()).ok_or(Refusal::Unreadable)?;
        let admitted = rules::admit(&self.workspace, context, command)?;
        let terms = terms(&self.workspace, context, admitted.command());
        let written = document.write(self.actor, terms, admitted).map_err(|_| Refusal::Unreadable)?;
        let change = written.ok_or(Refusal::SameState)?;
        let touched = self.refresh(id);
        Ok(Effects { touched, saved: vec![Saved { document: id, change }], answers: Vec::new() })
    }

    /// Merges what others wrote into an open document, or opens it fresh. Nothing is judged.
    /// Pieces that cannot be read are returned; the others were merged.
    pub fn receive(&mut self, id: DocumentId, pieces: Vec<Piece>) -> (Touched, Vec<Damaged>) {
        let document = self.documents.entry(id).or_insert_with(|| Document::genesis(id));
        let damaged = pieces.into_iter().flat_map(|piece| document.merge(piece)).collect();
        (self.refresh(id), damaged)
    }

    /// The card of a document, to be stored beside its changes.
    pub fn card(&self, document: DocumentId) -> Option<Card> {
        match document {
            DocumentId::Deal(deal) => self.workspace.deals.get(&deal).cloned().map(Card::Deal),
            DocumentId::Company(company) => self.workspace.companies.get(&company).cloned().map(Card::Company),
            DocumentId::Lead(lead) => self.workspace.leads.get(&lead).cloned().map(Card::Lead),
            DocumentId::Workspace | DocumentId::Views => self.own.get(&document).cloned(),
        }
    }

    /// A deal with everything on it as it was at a moment of the past; none if its document is not open, or there was
    /// no such deal yet.
    pub fn deal_as_of(&self, deal: DealId, at: Timestamp) -> Option<Deal> {
        self.documents.get(&DocumentId::Deal(deal))?.as_of(at)?.deal()
    }

    fn refresh(&mut self, id: DocumentId) -> Touched {
        let Some(document) = self.documents.get(&id) else { return Touched::default() };
        match id {
            DocumentId::Workspace => {
                document.team().into_iter().for_each(|team| self.put_card(Card::Team(Arc::new(team))));
            }
            DocumentId::Views => {
                document.views().into_iter().for_each(|views| self.put_card(Card::Views(Arc::new(views))));
            }
            DocumentId::Deal(deal) => {
                if let Some(read) = document.deal() {
                    self.put_card(Card::Deal(Arc::new(read.card.clone())));
                    self.workspace.open_deals.insert(deal, Arc::new(read));
                }
            }
            DocumentId::Company(company) => {
                if let Some(read) = document.company() {
                    self.put_card(Card::Company(Arc::new(read.card.clone())));
                    self.workspace.open_companies.insert(company, Arc::new(read));
                }
            }
            DocumentId::Lead(lead) => {
                if let Some(read) = document.lead() {
                    self.put_card(Card::Lead(Arc::new(read.card.clone())));
                    self.workspace.open_leads.insert(lead, Arc::new(read));
                }
            }
        }
        Touched([id].into())
    }

    fn put_card(&mut self, card: Card) {
        self.digest.add(&card);
        let before = match card {
            Card::Team(team) => {
                self.workspace.set_team(Team::clone(&team));
                self.own.insert(DocumentId::Workspace, Card::Team(team))
            }
            Card::Views(views) => {
                self.workspace.set_views(views.to_vec());
                self.own.insert(DocumentId::Views, Card::Views(views))
            }
            Card::Deal(card) => self.workspace.deals.insert(card.id, card).map(Card::Deal),
            Card::Company(card) => self.workspace.companies.insert(card.id, card).map(Card::Company),
            Card::Lead(card) => self.workspace.leads.insert(card.id, card).map(Card::Lead),
        };
        if let Some(before) = before {
            self.digest.remove(&before);
        }
    }
}

/// The version of a pipeline that a command replaces.
fn published(workspace: &Workspace, command: &Command) -> Option<Arc<Pipeline>> {
    match command {
        Command::PublishPipeline(next) => workspace.pipelines.get(&next.id).cloned(),
        _ => None,
    }
}

fn terms(workspace: &Workspace, context: &Context, command: &Command) -> Terms {
    let pipeline = match command {
        Command::OpenDeal(new) => Some(new.pipeline),
        Command::MoveDeal { deal, .. } => workspace.deals.get(deal).map(|card| card.pipeline),
        _ => None,
    };
    let pipeline = pipeline.and_then(|pipeline| workspace.pipelines.get(&pipeline));
    Terms { role: workspace.role(context.member), version: pipeline.map_or(0, |pipeline| pipeline.version) }
}

#[cfg(test)]
mod tests;
