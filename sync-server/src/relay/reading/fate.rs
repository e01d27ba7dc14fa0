//! What a device is sent of a deal whose owner changed, or whose member sees other deals than before. Pure.

use shared::membership::Horizon;
use shared::wire::Position;

use crate::relay::Own;
use crate::store::Tenure;

/// What becomes of a deal on a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is there, and gets what is new.
    Stays,
    /// It comes as a whole.
    Comes,
    /// It is withdrawn.
    Goes,
    /// The device hears nothing of it.
    Hidden,
}

impl Fate {
    /// In a run of the log after one position and up to another. What is hidden by now is not sent, however it was when
    /// it was written; what is seen again only after the run comes then.
    pub(super) fn in_run(tenure: &Tenure, horizon: &Horizon, (after, upto): (Position, Position), own: &Own) -> Self {
        let [was, then, now] = [tenure.as_of(after), tenure.as_of(upto), tenure.now()].map(|owner| horizon.sees(owner));
        let turned = tenure.turns(after, upto).next().is_some();
        match (turned, was, then && now) {
            (false, _, true) => Self::Stays,
            // Who made it so over this very connection has the deal.
            (true, _, true) if tenure.turns(after, upto).all(|turn| own.has(turn)) && has(tenure, was, after) => {
                Self::Stays
            }
            (true, _, true) => Self::Comes,
            (true, true, false) if !now => Self::Goes,
            (_, _, false) => Self::Hidden,
        }
    }

    /// When its member sees by other horizons than those by which the device was sent everything up to a position.
    pub(super) fn in_turn(tenure: &Tenure, held: &[Horizon], horizon: &Horizon, after: Position) -> Self {
        let was = held.iter().any(|held| held.sees(tenure.as_of(after)));
        match (was, horizon.sees(tenure.now())) {
            (true, true) => Self::Stays,
            (false, true) => Self::Comes,
            (true, false) => Self::Goes,
            (false, false) => Self::Hidden,
        }
    }

    /// When nobody knows up to where the device has what was chosen by those horizons, and it is sent all anew.
    pub(super) fn anew(tenure: &Tenure, held: &[Horizon], horizon: &Horizon) -> Self {
        let ever = |owner| held.iter().any(|held| held.sees(owner)) || horizon.sees(owner);
        match horizon.sees(tenure.now()) {
            true => Self::Comes,
            false if !held.is_empty() && tenure.since(0).any(ever) => Self::Goes,
            false => Self::Hidden,
        }
    }
}

/// Whether the device had it before, or nobody did.
fn has(tenure: &Tenure, was: bool, after: Position) -> bool {
    was || !tenure.was_known(after)
}

#[cfg(test)]
mod tests {
    use shared::id::MemberId;

    use super::*;
    use crate::store::{Holding, Placed};

    const FAR: Position = 100;

    fn only(name: &str) -> Horizon {
        Horizon::Of([MemberId::minted(name)].into())
    }

    /// Somebody's from each of these positions on.
    fn tenure(owners: &[(Position, &str)]) -> Tenure {
        let holding = |(position, owner): &(Position, &str)| Holding {
            position: *position,
            owner: Some(MemberId::minted(owner)),
            is_settled: true,
        };
        Tenure(owners.iter().map(holding).collect())
    }

    #[test]
    fn a_run_of_the_log_shows_what_is_seen_then_and_now() {
        for (owners, after, upto, fate) in [
            (&[(1, "me")][..], 5, 9, Fate::Stays),
            (&[(1, "you")], 5, 9, Fate::Hidden),
            (&[(1, "you"), (7, "me")], 5, 9, Fate::Comes),
            (&[(1, "me"), (7, "you")], 5, 9, Fate::Goes),
            (&[(6, "me")], 5, 9, Fate::Comes),
            // What is taken away later is not shown any more, what is given later comes then.
            (&[(1, "me"), (12, "you")], 5, 9, Fate::Hidden),
            (&[(1, "you"), (12, "me")], 5, 9, Fate::Hidden),
            // Taken away and given back: what was between is lacking.
            (&[(1, "me"), (6, "you"), (8, "me")], 5, 9, Fate::Comes),
            (&[(1, "me"), (6, "you"), (12, "me")], 5, 9, Fate::Hidden),
            (&[(1, "me"), (6, "you"), (12, "me")], 9, 20, Fate::Comes),
            (&[(1, "you"), (6, "me"), (8, "you")], 5, 9, Fate::Hidden),
        ] {
            let told = Fate::in_run(&tenure(owners), &only("me"), (after, upto), &Own::default());
            assert_eq!(told, fate, "{owners:?} from {after} to {upto}");
        }
    }

    #[test]
    fn who_made_it_so_over_this_connection_is_not_sent_it_back() {
        let own = Own::default();
        own.note([Placed { position: 7, fresh: true }].iter());
        let told = |owners: &[(Position, &str)]| Fate::in_run(&tenure(owners), &only("me"), (5, 9), &own);
        assert_eq!(told(&[(7, "me")]), Fate::Stays, "a deal that is begun");
        assert_eq!(told(&[(1, "me"), (7, "me")]), Fate::Stays);
        assert_eq!(told(&[(1, "me"), (7, "you")]), Fate::Goes);
        assert_eq!(told(&[(1, "you"), (7, "me")]), Fate::Comes, "what others wrote before is lacking");
        assert_eq!(told(&[(1, "me"), (6, "you"), (7, "me")]), Fate::Comes);
    }

    #[test]
    fn who_sees_other_deals_than_before_gets_those_and_loses_the_rest() {
        let (mine, yours) = (tenure(&[(1, "me")]), tenure(&[(1, "you")]));
        let told = |tenure, held: &[Horizon], horizon| Fate::in_turn(tenure, held, &horizon, FAR);
        assert_eq!(told(&yours, &[Horizon::Everything], only("me")), Fate::Goes);
        assert_eq!(told(&mine, &[Horizon::Everything], only("me")), Fate::Stays);
        assert_eq!(told(&yours, &[only("me")], Horizon::Everything), Fate::Comes);
        assert_eq!(told(&yours, &[only("me")], only("me")), Fate::Hidden);
        let given = tenure(&[(1, "you"), (9, "me")]);
        assert_eq!(Fate::in_turn(&given, &[only("you")], &only("me"), 5), Fate::Stays);
        assert_eq!(Fate::in_turn(&given, &[only("me")], &only("me"), 5), Fate::Comes);
        assert_eq!(told(&tenure(&[]), &[only("me")], only("me")), Fate::Hidden, "nobody's");
    }

    #[test]
    fn who_begins_anew_loses_what_was_seen_once_and_hears_nothing_of_the_rest() {
        let once = tenure(&[(1, "me"), (4, "you")]);
        assert_eq!(Fate::anew(&once, &[only("me")], &only("me")), Fate::Goes);
        assert_eq!(Fate::anew(&once, &[], &only("me")), Fate::Hidden, "a device that has nothing");
        assert_eq!(Fate::anew(&once, &[Horizon::Everything], &Horizon::Everything), Fate::Comes);
        assert_eq!(Fate::anew(&tenure(&[(1, "you")]), &[only("me")], &only("me")), Fate::Hidden);
        assert_eq!(Fate::anew(&tenure(&[(1, "you")]), &[Horizon::Everything], &only("me")), Fate::Goes);
    }
}
