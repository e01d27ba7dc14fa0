//! One version of a pipeline after another: which stages are gone, and where their deals go.

use super::Pipeline;
use crate::gather::Gather;
use crate::id::StageId;
use crate::sorted::SortedSet;

impl Pipeline {
    /// The stages of the version before, and of those before it, that need a place for their deals: they are not
    /// among the stages now, and were so in the last version or have no place.
    pub fn gone(&self, before: &Self) -> Vec<StageId> {
        let has = |pipeline: &Self, stage: StageId| pipeline.stages.iter().any(|each| each.id == stage);
        let known: SortedSet<StageId> =
            before.retired.keys().copied().chain(before.stages.iter().map(|each| each.id)).into_set();
        let needs = |stage: &StageId| !has(self, *stage) && (has(before, *stage) || self.index(*stage).is_none());
        known.into_iter().filter(needs).collect()
    }

    /// This pipeline as the version after another: what earlier versions said of retired stages still holds.
    #[must_use]
    pub fn after(self, before: &Self) -> Self {
        let mut retired = before.retired.clone();
        retired.extend(self.retired);
        Self { id: before.id, version: before.version.saturating_add(1), retired, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::b2b;

    #[test]
    fn a_stage_that_was_retired_stays_so_and_asks_again_only_if_its_place_is_gone() {
        let before = b2b();
        let ids: Vec<StageId> = before.stages.iter().map(|stage| stage.id).collect();
        let mut second = before.clone();
        second.stages.remove(0);
        assert_eq!(second.gone(&before), [ids[0]]);
        second.retired.insert(ids[0], ids[1]);
        let second = second.after(&before);
        assert_eq!(second.version, before.version + 1);

        let mut third = second.clone();
        third.retired.clear();
        let third = third.after(&second);
        assert_eq!(third.gone(&second), [], "what the second version said still holds");
        let mut fourth = third.clone();
        fourth.stages.remove(0);
        let mut gone = fourth.gone(&third);
        gone.sort_by_key(|stage| ids.iter().position(|each| each == stage));
        assert_eq!(gone, ids[..2]);
    }
}
