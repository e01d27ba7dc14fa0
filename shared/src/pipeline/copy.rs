//! A pipeline once more, under names of its own.

use super::{Pipeline, Rule};
use crate::id::{CriterionId, KeyActivityId, PipelineId, StageId};

/// The same stages, activities and criteria as a new pipeline. Every id is minted from the new pipeline's and the
/// old one, so that two devices that copy under one id make the same copy.
pub fn copy(original: &Pipeline, id: PipelineId) -> Pipeline {
    let mut copy = original.clone();
    (copy.id, copy.version, copy.archived) = (id, 1, false);
    copy.retired.clear();
    for stage in &mut copy.stages {
        stage.id = StageId::minted(&format!("{id}/{}", stage.id));
        for activity in &mut stage.activities {
            activity.id = key(id, activity.id);
        }
        for criterion in &mut stage.criteria {
            criterion.id = CriterionId::minted(&format!("{id}/{}", criterion.id));
            if let Rule::KeyActivity(old) = criterion.rule {
                criterion.rule = Rule::KeyActivity(key(id, old));
            }
        }
    }
    copy
}

fn key(pipeline: PipelineId, old: KeyActivityId) -> KeyActivityId {
    KeyActivityId::minted(&format!("{pipeline}/{old}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::b2b;

    #[test]
    fn a_copy_shares_no_name_with_its_original_and_its_rules_follow() {
        let (original, copied) = (b2b(), copy(&b2b(), PipelineId::minted("copy")));
        assert_eq!(copied, copy(&original, PipelineId::minted("copy")));
        for (old, new) in original.stages.iter().zip(&copied.stages) {
            assert_ne!(old.id, new.id);
            assert_eq!(old.name, new.name);
            for criterion in &new.criteria {
                assert!(original.criterion(criterion.id).is_none());
                if let Rule::KeyActivity(key) = criterion.rule {
                    assert!(new.activities.iter().any(|activity| activity.id == key));
                }
            }
        }
    }
}
