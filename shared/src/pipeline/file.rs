//! A pipeline as a file that people hand on: JSON with the name and version of its format.
//!
//! What is read is only well formed. Whether the team can use it, the door decides.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Pipeline, Rule};
use crate::id::{FieldId, PipelineId};
use crate::model::{CustomField, Field};
use crate::sorted::{SortedMap, SortedSet};

/// What the file says it is.
const FORMAT: &str = "sluice-pipeline";

/// The version of the format that is written, and the newest that is read.
const VERSION: u64 = 1;

/// The largest file that is read: many times what thirty full stages need.
pub const MAX_BYTES: usize = 1024 * 1024;

/// A pipeline with the fields that its conditions ask for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineFile {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// The fields of the team it comes from.
    #[serde(default)]
    pub fields: Vec<CustomField>,
}

/// Why a file is not a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PipelineFileError {
    /// More than [`MAX_BYTES`].
    #[error("the file is larger than {MAX_BYTES} bytes")]
    TooLarge,
    /// Not JSON, or JSON of something else.
    #[error("the file is not a pipeline of Sluice")]
    Format,
    /// Written by a later Sluice.
    #[error("the file has version {0} of the format; this Sluice reads {VERSION}")]
    Newer(u64),
    /// A part of it is missing or of the wrong type.
    #[error("a part of the file cannot be read: {0}")]
    Damaged(String),
}

/// Writes a pipeline with those of the team's fields that its conditions ask for.
pub fn write(pipeline: &Pipeline, fields: &SortedMap<FieldId, CustomField>) -> String {
    let fields: Vec<&CustomField> = asked(pipeline).iter().filter_map(|id| fields.get(id)).collect();
    let file = json!({ "format": FORMAT, "version": VERSION, "pipeline": pipeline, "fields": fields });
    format!("{file:#}\n")
}

/// Reads a file.
///
/// # Errors
/// Says why it is not a pipeline.
pub fn read(bytes: &[u8]) -> Result<PipelineFile, PipelineFileError> {
    if bytes.len() > MAX_BYTES {
        return Err(PipelineFileError::TooLarge);
    }
    let plain = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let file: Value = serde_json::from_slice(plain).map_err(|_| PipelineFileError::Format)?;
    if file.get("format").and_then(Value::as_str) != Some(FORMAT) {
        return Err(PipelineFileError::Format);
    }
    match file.get("version").and_then(Value::as_u64) {
        Some(1..=VERSION) => {
            serde_json::from_value(file).map_err(|error| PipelineFileError::Damaged(error.to_string()))
        }
        Some(newer) if newer > VERSION => Err(PipelineFileError::Newer(newer)),
        Some(_) | None => Err(PipelineFileError::Format),
    }
}

impl PipelineFile {
    /// The fields that its conditions ask for and the team has not.
    pub fn lacking(&self, fields: &SortedMap<FieldId, CustomField>) -> Vec<CustomField> {
        let asked = asked(&self.pipeline);
        let lacks = |field: &&CustomField| asked.contains(&field.id) && !fields.contains_key(&field.id);
        self.fields.iter().filter(lacks).cloned().collect()
    }

    /// Whether a stage, key activity or criterion of it belongs to another pipeline already. Deals would lie in both.
    pub fn clashes<'a>(&self, pipelines: impl IntoIterator<Item = &'a Pipeline>) -> bool {
        let own = ids(&self.pipeline);
        let others = pipelines.into_iter().filter(|other| other.id != self.pipeline.id);
        others.into_iter().any(|other| !ids(other).is_disjoint(&own))
    }

    /// The pipeline as one that the team has not had yet.
    pub fn fresh(&self, id: PipelineId) -> Pipeline {
        match id == self.pipeline.id {
            true => Pipeline { version: 1, retired: SortedMap::new(), archived: false, ..self.pipeline.clone() },
            false => super::copy(&self.pipeline, id),
        }
    }
}

fn ids(pipeline: &Pipeline) -> SortedSet<[u8; 16]> {
    let of_stages = pipeline.stages.iter().flat_map(|stage| {
        let keys = stage.activities.iter().map(|activity| *activity.id.as_bytes());
        keys.chain(stage.criteria.iter().map(|criterion| *criterion.id.as_bytes())).chain([*stage.id.as_bytes()])
    });
    of_stages.collect()
}

/// The team's own fields that a pipeline's conditions ask for.
fn asked(pipeline: &Pipeline) -> SortedSet<FieldId> {
    let mut asked = SortedSet::new();
    for criterion in pipeline.stages.iter().flat_map(|stage| &stage.criteria) {
        if let Rule::Fields(condition) = &criterion.rule {
            condition.fields(&mut |field| {
                asked.extend(match field {
                    Field::Custom(id) => Some(id),
                    _ => None,
                })
            });
        }
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FieldKind, RecordKind};
    use crate::pipeline::{Condition, Template, b2b};
    use crate::text::Label;

    fn field(name: &str) -> CustomField {
        CustomField {
            id: FieldId::minted(name),
            on: RecordKind::Deal,
            name: Label::new(name, name),
            kind: FieldKind::Flag,
            choices: Vec::new(),
            on_card: false,
            rank: 0,
            retired: false,
        }
    }

    fn asking() -> Pipeline {
        let mut pipeline = b2b();
        let tested = Condition::Filled(Field::Custom(field("tested").id));
        pipeline.stages[0].criteria[0].rule = Rule::Fields(Condition::Not(Box::new(tested)));
        pipeline
    }

    #[test]
    fn every_template_reads_back_as_it_was_written() {
        for template in Template::ALL {
            let written = write(&template.pipeline(), &SortedMap::new());
            assert_eq!(read(written.as_bytes()).unwrap().pipeline, template.pipeline());
        }
    }

    #[test]
    fn a_file_brings_the_fields_its_conditions_ask_for_and_no_others() {
        let fields: SortedMap<_, _> = ["tested", "other"].map(field).map(|field| (field.id, field)).into();
        let file = read(write(&asking(), &fields).as_bytes()).unwrap();
        assert_eq!(file.lacking(&SortedMap::new()), [field("tested")]);
        assert_eq!(file.lacking(&fields), []);
    }

    #[test]
    fn a_pipeline_whose_stages_another_one_has_comes_as_a_copy() {
        let file = PipelineFile { pipeline: b2b(), fields: Vec::new() };
        assert!(!file.clashes([&b2b()]), "the same pipeline is its next version");
        let other = Pipeline { id: PipelineId::minted("other"), ..b2b() };
        assert!(file.clashes([&other]));
        let copied = file.fresh(PipelineId::minted("copy"));
        assert!(!PipelineFile { pipeline: copied, fields: Vec::new() }.clashes([&other]));
        let later = Pipeline { version: 9, archived: true, ..b2b() };
        assert_eq!(PipelineFile { pipeline: later, fields: Vec::new() }.fresh(b2b().id), b2b());
    }

    #[test]
    fn what_is_not_a_pipeline_is_refused_with_the_reason() {
        let written = write(&b2b(), &SortedMap::new());
        let deep = format!("{{\"format\":\"{FORMAT}\",\"version\":1,\"pipeline\":{}", "[".repeat(100_000));
        let cases = [
            (String::new(), PipelineFileError::Format),
            ("Deal,Amount\nTide,5\n".to_owned(), PipelineFileError::Format),
            ("{\"version\":1}".to_owned(), PipelineFileError::Format),
            (written.replace(FORMAT, "sluice-backup"), PipelineFileError::Format),
            (deep, PipelineFileError::Format),
            (" ".repeat(MAX_BYTES + 1), PipelineFileError::TooLarge),
        ];
        for (text, error) in cases {
            assert_eq!(read(text.as_bytes()), Err(error), "{}", text.chars().take(80).collect::<String>());
        }
        assert_eq!(read(&[0xff, 0xfe, 0x00]), Err(PipelineFileError::Format));
        let mut value: Value = serde_json::from_str(&written).unwrap();
        value["version"] = json!("1");
        assert_eq!(read(value.to_string().as_bytes()), Err(PipelineFileError::Format));
        value["version"] = json!(7);
        assert_eq!(read(value.to_string().as_bytes()), Err(PipelineFileError::Newer(7)));
        value["version"] = json!(1);
        for (key, wrong) in [("id", json!("x")), ("stages", json!(5)), ("version", json!(-1))] {
            let mut damaged = value.clone();
            damaged["pipeline"][key] = wrong;
            assert!(matches!(read(damaged.to_string().as_bytes()), Err(PipelineFileError::Damaged(_))), "{key}");
        }
    }
}
