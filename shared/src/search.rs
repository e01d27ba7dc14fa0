//! Search over everything: every word of a query stands in a record, as written, in pinyin or by initials.
//!
//! The index reads cards, never documents. It is refreshed from the workspace when somebody searches and reads only
//! what is another card than before. How characters are spoken is the caller's knowledge.

mod find;
mod index;
mod notes;
mod query;
mod readings;
mod texts;

use std::ops::Range;

use crate::id::{CompanyId, DealId, LeadId, PipelineId, StageId, ViewId};

pub use index::Index;
pub use notes::{Note, notes};
pub use query::Query;

/// How a character is spoken: a syllable of pinyin in lower case, without tone, `v` for `ü`.
pub type Spell<'a> = &'a dyn Fn(char) -> Option<&'static str>;

/// The kinds of what can be found, in the order they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Deals.
    Deal,
    /// Customers and the people there.
    Company,
    /// Leads.
    Lead,
    /// Pipelines and their stages.
    Pipeline,
    /// Saved views.
    View,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A deal.
    Deal(DealId),
    /// A company; a merged one stands for the one it was merged into.
    Company(CompanyId),
    /// A lead.
    Lead(LeadId),
    /// A pipeline.
    Pipeline(PipelineId),
    /// A stage of a pipeline.
    Stage(PipelineId, StageId),
    /// A saved view.
    View(ViewId),
}

impl Target {
    /// Its kind.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Deal(_) => Kind::Deal,
            Self::Company(_) => Kind::Company,
            Self::Lead(_) => Kind::Lead,
            Self::Pipeline(_) | Self::Stage(_, _) => Kind::Pipeline,
            Self::View(_) => Kind::View,
        }
    }
}

/// A text with the parts that were searched for, as ranges of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// Where words of the query stand, in order and apart.
    pub marks: Vec<Range<usize>>,
}

impl Marked {
    /// The text in pieces, each with whether it was searched for.
    pub fn pieces(&self) -> Vec<(String, bool)> {
        let mut pieces: Vec<(String, bool)> = Vec::new();
        for (place, letter) in self.text.chars().enumerate() {
            let is_mark = self.marks.iter().any(|mark| mark.contains(&place));
            match pieces.last_mut() {
                Some((piece, was_mark)) if *was_mark == is_mark => piece.push(letter),
                Some(_) | None => pieces.push((letter.into(), is_mark)),
            }
        }
        pieces
    }
}

/// One record that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub target: Target,
    /// What it is called.
    pub title: Marked,
    /// Other texts of it in which words were found.
    pub found: Vec<Marked>,
}

/// What was found of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The kind.
    pub kind: Kind,
    /// How many there are.
    pub count: usize,
    /// The first of them.
    pub hits: Vec<Hit>,
}

#[cfg(test)]
mod tests;
