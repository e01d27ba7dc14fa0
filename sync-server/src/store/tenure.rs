//! Whose a deal is and was.

use shared::id::MemberId;
use shared::wire::Position;

/// Whose a deal is from a position on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// Where the change stands that made it so.
    pub position: Position,
    /// Whose; nobody's too if its document cannot be read.
    pub owner: Option<MemberId>,
    /// No change that is here already may yet make it another's.
    pub is_settled: bool,
}

/// Everybody whose a deal was, the first one first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tenure(pub Vec<Holding>);

impl Tenure {
    /// Whether there is such a deal.
    pub fn is_known(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether there was one at a position.
    pub fn was_known(&self, at: Position) -> bool {
        self.0.first().is_some_and(|first| first.position <= at)
    }

    /// Whose it is.
    pub fn now(&self) -> Option<MemberId> {
        self.0.last().and_then(|last| last.owner)
    }

    /// Whose it was at a position.
    pub fn as_of(&self, at: Position) -> Option<MemberId> {
        self.0.iter().rev().find(|holding| holding.position <= at).and_then(|holding| holding.owner)
    }

    /// Whose it was at a position, and everybody whose it was after that.
    pub fn since(&self, at: Position) -> impl Iterator<Item = Option<MemberId>> {
        let later = self.0.iter().filter(move |holding| holding.position > at);
        std::iter::once(self.as_of(at)).chain(later.map(|holding| holding.owner))
    }

    /// The positions after one and up to another at which it became somebody's.
    pub fn turns(&self, after: Position, upto: Position) -> impl Iterator<Item = Position> {
        self.0.iter().map(|holding| holding.position).filter(move |position| (after + 1..=upto).contains(position))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str) -> Option<MemberId> {
        Some(MemberId::minted(name))
    }

    #[test]
    fn a_tenure_tells_whose_a_deal_was_at_each_position() {
        let holding = |position, owner| Holding { position, owner, is_settled: true };
        let tenure = Tenure(vec![holding(3, member("a")), holding(7, None), holding(9, member("b"))]);
        for (at, owner, known) in [
            (0, None, false),
            (2, None, false),
            (3, member("a"), true),
            (6, member("a"), true),
            (8, None, true),
            (9, member("b"), true),
            (u64::MAX, member("b"), true),
        ] {
            assert_eq!((tenure.as_of(at), tenure.was_known(at)), (owner, known), "at {at}");
        }
        assert_eq!(tenure.now(), member("b"));
        assert_eq!(tenure.since(4).collect::<Vec<_>>(), [member("a"), None, member("b")]);
        assert_eq!(tenure.turns(3, 8).collect::<Vec<_>>(), [7]);
        assert!(tenure.is_known() && !Tenure::default().is_known());
    }
}
