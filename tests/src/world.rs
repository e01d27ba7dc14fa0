//! A small workspace with a history, for hostile bytes to meet: some documents of every kind, their changes, and a
//! replica that has them open.

use std::collections::BTreeMap;

use shared::change::Sealed;
use shared::command::{Command, Context};
use shared::document::fold;
use shared::gate::standing;
use shared::id::{DealId, DocumentId, LeadId};
use shared::model::{LeadText, Role};
use shared::pipeline::b2b;
use shared::refusal::Refusal;
use shared::replica::{Actor, Damaged, Piece, Replica};
use shared::review::{Outlook, Scope, agenda};
use shared::stored::Card;
use shared::time::Timestamp;

use crate::dice::{Dice, context, member};

/// How many commands somebody tries before the world is met.
const TRIED: usize = 60;

/// The workspace.
pub struct World {
    replica: Replica,
    changes: BTreeMap<DocumentId, Vec<Sealed>>,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// The same workspace each time.
    pub fn new() -> Self {
        let mut world = Self { replica: Replica::new(Actor([1; 16])), changes: BTreeMap::new() };
        for own in DocumentId::OF_TEAM {
            world.replica.open(own, Vec::new());
        }
        let (member, _) = member(0);
        let texts = vec![(LeadText::Person, "Lin".to_owned())];
        let founding = [
            Command::PutMember { member, name: "Lin".to_owned(), role: Role::Owner },
            Command::PublishPipeline(b2b()),
            Command::AddLead { lead: LeadId::minted("world"), owner: None, texts },
        ];
        founding.into_iter().for_each(|command| world.ask(&context(0, 0), command).expect("the founder may"));
        let mut dice = Dice::new(7);
        for step in 1..TRIED {
            let command = dice.command(world.replica.workspace());
            // Not all that people try is allowed; what is refused changes nothing.
            let _refused = world.ask(&context(0, step), command);
        }
        world
    }

    fn ask(&mut self, context: &Context, command: Command) -> Result<(), Refusal> {
        for saved in self.replica.execute(context, command)?.saved {
            self.changes.entry(saved.document).or_default().push(saved.change);
        }
        Ok(())
    }

    /// The changes of all documents.
    pub fn changes(&self) -> impl Iterator<Item = (DocumentId, &Sealed)> {
        self.changes.iter().flat_map(|(document, changes)| changes.iter().map(|change| (*document, change)))
    }

    /// The stored cards of all documents.
    pub fn cards(&self) -> impl Iterator<Item = Card> {
        self.changes.keys().filter_map(|document| self.replica.card(*document))
    }

    /// Each document's folded past.
    pub fn pasts(&self) -> Vec<Vec<u8>> {
        let fold = |(document, changes): (&DocumentId, &Vec<Sealed>)| fold(*document, None, changes);
        self.changes.iter().map(|each| fold(each).expect("honest changes fold")).collect()
    }

    /// The folded past of the lead.
    pub fn folded(&self) -> Vec<u8> {
        let lead = DocumentId::Lead(LeadId::minted("world"));
        fold(lead, None, &self.changes[&lead]).expect("honest changes fold")
    }

    /// Merges a piece into one document of each kind, looks at what came of it, and puts the world back. Returns
    /// what was refused.
    pub fn meet(&mut self, piece: &Piece) -> Vec<Damaged> {
        let mut refused = Vec::new();
        for document in self.of_each_kind() {
            let before = self.replica.card(document);
            let (_, damaged) = self.replica.receive(document, vec![piece.clone()]);
            if damaged.is_empty() {
                self.look(document);
            } else if !damaged.iter().any(panicked) {
                assert!(self.replica.card(document) == before, "what is refused leaves nothing");
            }
            if damaged.is_empty() || damaged.iter().any(panicked) {
                self.put_back(document);
            }
            refused.extend(damaged);
        }
        refused
    }

    fn of_each_kind(&self) -> Vec<DocumentId> {
        let mut documents: Vec<DocumentId> = self.changes.keys().copied().collect();
        documents.dedup_by_key(|document| std::mem::discriminant(document));
        documents
    }

    /// What screens derive from a document.
    fn look(&mut self, document: DocumentId) {
        let card = self.replica.card(document);
        assert!(card.iter().all(|card| Card::decode(&card.encode()).as_ref() == Some(card)), "a card reads back");
        let workspace = self.replica.workspace();
        for deal in workspace.deals.values() {
            workspace.pipelines.values().for_each(|pipeline| drop(standing(&workspace.customers(), deal, pipeline)));
        }
        let Context { member, now, today, .. } = context(0, TRIED);
        drop(agenda(workspace, &Outlook { member, scope: Scope::Everybody, now, today }));
        if let DocumentId::Deal(deal) = document {
            drop(self.replica.deal_as_of(deal, now));
            drop(self.replica.deal_as_of(deal, Timestamp::from_millis(i64::MIN)));
            // Whatever others wrote, one's own work goes on or is refused.
            drop(self.replica.execute(&context(0, TRIED), rename(deal)));
        }
    }

    fn put_back(&mut self, document: DocumentId) {
        self.replica.close(document);
        let pieces = self.changes[&document].iter().cloned().map(Piece::Change).collect();
        assert_eq!(self.replica.open(document, pieces), [], "stored changes load");
    }
}

/// Whether reading it panicked, which a document survives where programs can unwind.
pub fn panicked(damaged: &Damaged) -> bool {
    damaged.error.to_string().contains("reading it panicked")
}

fn rename(deal: DealId) -> Command {
    Command::RenameDeal { deal, title: "Tide gate".to_owned() }
}
