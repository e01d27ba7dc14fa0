//! Gives what the program imports from its script short names. The binder puts a hash behind each, so that two of one
//! name stay apart: eight incompressible bytes, three hundred times, on both sides.

use std::collections::BTreeMap;

use anyhow::Result;
use wasmparser::{Parser, Payload};

/// What imports are called, by the names that the binder gave them.
pub(super) type Names = BTreeMap<String, String>;

/// Short names for those imports of a module that only have one of their name.
///
/// # Errors
/// What is no module of WebAssembly.
pub(super) fn short_names(module: &[u8]) -> Result<Names> {
    let mut long: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        let Payload::ImportSection(section) = payload? else { continue };
        for import in section.into_imports() {
            let name = import?.name;
            if let Some(short) = without_hash(name) {
                long.entry(short.to_owned()).or_default().push(name.to_owned());
            }
        }
    }
    let alone = long.into_iter().filter_map(|(short, long)| Some((<[String; 1]>::try_from(long).ok()?, short)));
    Ok(alone.map(|([long], short)| (long, short)).collect())
}

/// The script with the short names.
pub(super) fn rename(script: String, names: &Names) -> String {
    names.iter().fold(script, |script, (long, short)| script.replace(long, short))
}

fn without_hash(name: &str) -> Option<&str> {
    const DIGITS: usize = 16;
    let (short, hash) = name.rsplit_once('_')?;
    let is_hash = hash.len() == DIGITS && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
    (is_hash && short.starts_with("__wbg_")).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{EntityType, ImportSection, Module, TypeSection};

    #[test]
    fn a_hash_goes_where_nothing_else_has_the_name() {
        let (alone, twice) =
            ("__wbg_open_0123456789abcdef", ["__wbg_get_0123456789abcdef", "__wbg_get_fedcba9876543210"]);
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        types.ty().function([], []);
        for name in [alone, twice[0], twice[1], "memory", "__wbindgen_cast_0123456789abcdef"] {
            imports.import("./app.js", name, EntityType::Function(0));
        }
        let mut module = Module::new();
        module.section(&types).section(&imports);
        let names = short_names(&module.finish()).expect("a module");
        assert_eq!(names, Names::from([(alone.to_owned(), "__wbg_open".to_owned())]));
        assert_eq!(rename(format!("{alone}: 1, {}: 2", twice[0]), &names), format!("__wbg_open: 1, {}: 2", twice[0]));
    }
}
