//! Cards as they are stored, and the fingerprint over all of them.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::id::DocumentId;
use crate::model::{CompanyCard, DealCard, LeadCard};
use crate::view::View;
use crate::workspace::Team;

/// The version of stored cards. Another version's are derived anew from their documents.
const CARD_VERSION: u8 = 6;

/// The card of any document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Card {
    /// Of a deal.
    Deal(Arc<DealCard>),
    /// Of a company.
    Company(Arc<CompanyCard>),
    /// Of a lead.
    Lead(Arc<LeadCard>),
    /// Of the workspace document.
    Team(Arc<Team>),
    /// Of the document of saved views.
    Views(Arc<Vec<View>>),
}

#[derive(Serialize)]
enum Written<'a> {
    Deal(&'a DealCard),
    Company(&'a CompanyCard),
    Lead(&'a LeadCard),
    Team(&'a Team),
    Views(&'a [View]),
}

#[derive(Deserialize)]
enum Read {
    Deal(Box<DealCard>),
    Company(CompanyCard),
    Lead(LeadCard),
    Team(Box<Team>),
    Views(Vec<View>),
}

impl Card {
    /// The document it was derived from.
    pub fn document(&self) -> DocumentId {
        match self {
            Self::Deal(card) => DocumentId::Deal(card.id),
            Self::Company(card) => DocumentId::Company(card.id),
            Self::Lead(card) => DocumentId::Lead(card.id),
            Self::Team(_) => DocumentId::Workspace,
            Self::Views(_) => DocumentId::Views,
        }
    }

    /// Its bytes: a version, then the fields in order.
    pub fn encode(&self) -> Vec<u8> {
        let written = match self {
            Self::Deal(card) => Written::Deal(card),
            Self::Company(card) => Written::Company(card),
            Self::Lead(card) => Written::Lead(card),
            Self::Team(team) => Written::Team(team),
            Self::Views(views) => Written::Views(views),
        };
        postcard::to_extend(&written, vec![CARD_VERSION]).expect("a Vec takes every byte of plain data")
    }

    /// Reads a card back; none for another version's or damaged bytes.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let (version, body) = bytes.split_first()?;
        if *version != CARD_VERSION {
            return None;
        }
        Some(match postcard::from_bytes(body).ok()? {
            Read::Deal(card) => Self::Deal(Arc::from(card)),
            Read::Company(card) => Self::Company(Arc::new(card)),
            Read::Lead(card) => Self::Lead(Arc::new(card)),
            Read::Team(team) => Self::Team(Arc::from(team)),
            Read::Views(views) => Self::Views(Arc::new(views)),
        })
    }
}

/// A fingerprint over a set of cards, in whatever order they came: the sum of their hashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Digest(u128);

impl Digest {
    /// Counts a card in.
    pub(crate) fn add(&mut self, card: &Card) {
        self.0 = self.0.wrapping_add(hash(card));
    }

    /// Takes a card out that was counted in.
    pub(crate) fn remove(&mut self, card: &Card) {
        self.0 = self.0.wrapping_sub(hash(card));
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = (self.0 >> 96) as u32;
        write!(f, "{:04x}·{:04x}", short >> 16, short & 0xffff)
    }
}

fn hash(card: &Card) -> u128 {
    let hash: [u8; 32] = Sha256::digest(card.encode()).into();
    let (head, _) = hash.split_at(16);
    u128::from_be_bytes(head.try_into().expect("half of 32 bytes is 16"))
}
