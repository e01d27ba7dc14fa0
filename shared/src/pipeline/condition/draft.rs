//! A condition while somebody fills it in: plain data that a form shows, unfinished clauses included.

use super::{Comparison, Condition, Literal, typed};
use crate::id::FieldId;
use crate::model::{Category, CustomField, Field, FieldKind};
use crate::money::Money;
use crate::sorted::SortedMap;

/// Names a part of a draft for as long as the draft lives.
pub type NodeId = u32;

/// What a clause is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A field of the deal.
    Field(Field),
    /// Whether its products cost together what it is worth.
    Lines,
}

/// One clause as its inputs show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// What it is about.
    pub about: Subject,
    /// How the field compares; none for "is filled in".
    pub is: Option<Comparison>,
    /// Whether the opposite is meant.
    pub not: bool,
    /// The value as it stands in its input: a decimal, a day, words, an id.
    pub value: String,
    /// The currency's code, for amounts.
    pub currency: String,
}

/// A part of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// One clause.
    Clause(Clause),
    /// Several parts.
    Group {
        /// Whether one of them is enough.
        any: bool,
        /// Whether the opposite is meant.
        not: bool,
        /// The parts, in their order.
        parts: Vec<NodeId>,
    },
}

/// A condition being filled in: a group of clauses and groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    nodes: SortedMap<NodeId, Node>,
    next: NodeId,
}

impl Clause {
    /// A clause about something, to be completed.
    pub fn new(about: Subject) -> Self {
        Self { about, is: None, not: false, value: String::new(), currency: String::new() }
    }

    /// The kind of field it is about; none for products, and for a field that is gone.
    pub fn kind(&self, fields: &SortedMap<FieldId, CustomField>) -> Option<FieldKind> {
        match self.about {
            Subject::Field(field) => typed::known(fields, field).ok(),
            Subject::Lines => None,
        }
    }

    /// The condition it says; none while its value is missing or cannot be read.
    pub fn condition(&self, fields: &SortedMap<FieldId, CustomField>) -> Option<Condition> {
        let plain = match (self.about, self.is) {
            (Subject::Lines, _) => Condition::LinesAddUp,
            (Subject::Field(field), None) => Condition::Filled(field),
            (Subject::Field(field), Some(is)) => Condition::Compare { field, is, value: self.literal(fields, field)? },
        };
        Some(if self.not { Condition::Not(Box::new(plain)) } else { plain })
    }

    fn literal(&self, fields: &SortedMap<FieldId, CustomField>, field: Field) -> Option<Literal> {
        let value = self.value.trim();
        Some(match (field, typed::known(fields, field).ok()?) {
            (Field::Company, _) => Literal::Company(value.parse().ok()?),
            (Field::Category, _) => {
                Literal::Category(Category::ALL.into_iter().find(|category| format!("{category:?}") == value)?)
            }
            (_, FieldKind::Money) => Literal::Money(Money::parse(value, self.currency.parse().ok()?).ok()?),
            (_, FieldKind::Date) => Literal::Day(value.parse().ok()?),
            (_, FieldKind::Number) => Literal::Number(value.parse().ok()?),
            (_, FieldKind::Text | FieldKind::Link) => Literal::Text((!value.is_empty()).then(|| value.to_owned())?),
            (_, FieldKind::Choice | FieldKind::Choices) => Literal::Choice(value.parse().ok()?),
            (_, FieldKind::Person) => Literal::Person(value.parse().ok()?),
            (_, FieldKind::Flag) => Literal::Flag(value.parse().ok()?),
        })
    }
}

impl Draft {
    /// The group that everything is in.
    pub const ROOT: NodeId = 0;

    /// A condition to be changed, or one to begin with.
    pub fn of(condition: Option<&Condition>) -> Self {
        let root = Node::Group { any: false, not: false, parts: Vec::new() };
        let mut draft = Self { nodes: [(Self::ROOT, root)].into(), next: Self::ROOT + 1 };
        if let Some(condition) = condition {
            let top = draft.read(condition, false);
            match draft.nodes.get(&top) {
                Some(Node::Group { .. }) => {
                    let group = draft.nodes.remove(&top);
                    draft.nodes.extend(group.map(|group| (Self::ROOT, group)));
                }
                Some(Node::Clause(_)) | None => draft.attach(Self::ROOT, top),
            }
        }
        draft
    }

    /// A part of it.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(&id)
    }

    /// A part of it, to be changed.
    pub fn node_mut(&mut self, id: NodeId) -> Option<&mut Node> {
        self.nodes.get_mut(&id)
    }

    /// A clause of it.
    pub fn clause(&self, id: NodeId) -> Option<&Clause> {
        match self.nodes.get(&id) {
            Some(Node::Clause(clause)) => Some(clause),
            Some(Node::Group { .. }) | None => None,
        }
    }

    /// The parts of a group.
    pub fn parts(&self, group: NodeId) -> &[NodeId] {
        match self.nodes.get(&group) {
            Some(Node::Group { parts, .. }) => parts,
            Some(Node::Clause(_)) | None => &[],
        }
    }

    /// Adds a clause to a group.
    pub fn add(&mut self, group: NodeId, clause: Clause) {
        let id = self.put(Node::Clause(clause));
        self.attach(group, id);
    }

    /// Adds a group with one clause to a group.
    pub fn add_group(&mut self, group: NodeId, first: Clause) {
        let clause = self.put(Node::Clause(first));
        let any = !matches!(self.nodes.get(&group), Some(Node::Group { any: true, .. }));
        let id = self.put(Node::Group { any, not: false, parts: vec![clause] });
        self.attach(group, id);
    }

    /// Takes a part out, and the groups that are empty then.
    pub fn remove(&mut self, id: NodeId) {
        self.parts(id).to_vec().into_iter().for_each(|part| self.remove(part));
        if id != Self::ROOT {
            self.nodes.remove(&id);
        }
        let holder = self.nodes.iter().find(|(group, _)| self.parts(**group).contains(&id)).map(|(group, _)| *group);
        if let Some(Node::Group { parts, .. }) = holder.and_then(|group| self.nodes.get_mut(&group)) {
            parts.retain(|part| *part != id);
        }
        if let Some(empty) = holder.filter(|group| *group != Self::ROOT && self.parts(*group).is_empty()) {
            self.remove(empty);
        }
    }

    /// The condition as it stands; none if it has no clauses.
    ///
    /// # Errors
    /// Names the first clause whose value is missing or cannot be read.
    pub fn condition(&self, fields: &SortedMap<FieldId, CustomField>) -> Result<Option<Condition>, NodeId> {
        if self.parts(Self::ROOT).is_empty() { Ok(None) } else { self.part(Self::ROOT, fields).map(Some) }
    }

    fn part(&self, id: NodeId, fields: &SortedMap<FieldId, CustomField>) -> Result<Condition, NodeId> {
        match self.nodes.get(&id).ok_or(id)? {
            Node::Clause(clause) => clause.condition(fields).ok_or(id),
            Node::Group { any, not, parts } => {
                let mut parts = parts.iter().map(|part| self.part(*part, fields)).collect::<Result<Vec<_>, _>>()?;
                let plain = match (parts.len(), any) {
                    (1, _) => parts.remove(0),
                    (_, true) => Condition::Any(parts),
                    (_, false) => Condition::All(parts),
                };
                Ok(if *not { Condition::Not(Box::new(plain)) } else { plain })
            }
        }
    }

    fn read(&mut self, condition: &Condition, not: bool) -> NodeId {
        let (parts, any) = match condition {
            Condition::Not(part) => return self.read(part, !not),
            Condition::All(parts) => (parts, false),
            Condition::Any(parts) => (parts, true),
            single => {
                let clause = Clause { not, ..clause(single) };
                return self.put(Node::Clause(clause));
            }
        };
        let parts = parts.iter().map(|part| self.read(part, false)).collect();
        self.put(Node::Group { any, not, parts })
    }

    fn put(&mut self, node: Node) -> NodeId {
        let id = self.next;
        self.next += 1;
        self.nodes.insert(id, node);
        id
    }

    fn attach(&mut self, group: NodeId, id: NodeId) {
        if let Some(Node::Group { parts, .. }) = self.nodes.get_mut(&group) {
            parts.push(id);
        }
    }
}

fn clause(condition: &Condition) -> Clause {
    match condition {
        Condition::Filled(field) => Clause::new(Subject::Field(*field)),
        Condition::Compare { field, is, value } => {
            let (value, currency) = written(value);
            Clause { is: Some(*is), value, currency, ..Clause::new(Subject::Field(*field)) }
        }
        _ => Clause::new(Subject::Lines),
    }
}

/// A value as its input shows it, with its currency's code.
fn written(value: &Literal) -> (String, String) {
    let plain = match value {
        Literal::Money(money) => return (money.decimal(), money.currency.to_string()),
        Literal::Day(day) => day.to_string(),
        Literal::Text(text) => text.clone(),
        Literal::Number(number) => number.to_string(),
        Literal::Choice(choice) => choice.to_string(),
        Literal::Person(member) => member.to_string(),
        Literal::Company(company) => company.to_string(),
        Literal::Category(category) => format!("{category:?}"),
        Literal::Flag(flag) => flag.to_string(),
    };
    (plain, String::new())
}

#[cfg(test)]
mod tests;
