//! Rewrites a WebAssembly module with its functions in an order that compresses well, without what only debuggers
//! read. Functions are known by number, so every place that names one is rewritten too.

use std::convert::Infallible;

use anyhow::{Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, FunctionSection, ImportSection, Module};
use wasmparser::{
    CodeSectionReader, CustomSectionReader, FunctionSectionReader, Import, Imports, Parser, Payload, TypeRef,
};

use super::alike;
use super::imports::Names;

/// The module with functions that are alike side by side, imports under other names, and without custom sections.
///
/// # Errors
/// What is no module of WebAssembly, or has what the encoder does not know.
pub(super) fn put_alike_together(module: &[u8], imports: &Names) -> Result<Vec<u8>> {
    let mut order = Order::of(module, imports)?;
    let mut ordered = Module::new();
    order.parse_core_module(&mut ordered, Parser::new(0), module).map_err(|error| anyhow!("{error}"))?;
    Ok(ordered.finish())
}

/// Where each function goes.
struct Order<'a> {
    names: &'a Names,
    /// How many functions come from outside. They have the first numbers and keep them.
    imported: u32,
    /// The functions of the module in their new order, by their old place.
    order: Vec<usize>,
    /// The new place of each, by its old one.
    places: Vec<u32>,
}

impl<'a> Order<'a> {
    fn of(module: &[u8], names: &'a Names) -> Result<Self> {
        let (mut imported, mut bodies) = (0, Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
                _ => {}
            }
        }
        let order = alike::order(&bodies);
        let mut places = vec![0; order.len()];
        for (place, index) in (0..).zip(&order) {
            places[*index] = place;
        }
        Ok(Self { names, imported, order, places })
    }
}

impl Reencode for Order<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let own = function.checked_sub(self.imported);
        Ok(own.map_or(function, |own| self.imported + self.places[own as usize]))
    }

    fn parse_imports(&mut self, renamed: &mut ImportSection, imports: Imports<'_>) -> Result<(), Error<Infallible>> {
        let names = self.names;
        let name = |name| names.get(name).map_or(name, String::as_str);
        match imports {
            Imports::Single(at, import) => {
                let single = Imports::Single(at, Import { name: name(import.name), ..import });
                utils::parse_imports(self, renamed, single)
            }
            other => utils::parse_imports(self, renamed, other),
        }
    }

    fn parse_function_section(
        &mut self,
        ordered: &mut FunctionSection,
        section: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let types = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
        self.order.iter().for_each(|index| _ = ordered.function(types[*index]));
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        ordered: &mut CodeSection,
        section: CodeSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let bodies = section.into_iter().collect::<Result<Vec<_>, _>>()?;
        for index in self.order.clone() {
            utils::parse_function_body(self, ordered, bodies[index].clone())?;
        }
        Ok(())
    }

    /// The names of functions, for those who debug the app, are a third of a module.
    fn parse_custom_section(&mut self, _: &mut Module, _: CustomSectionReader<'_>) -> Result<(), Error<Infallible>> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{
        ConstExpr, CustomSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
        TypeSection, ValType,
    };
    use wasmparser::ElementItems;

    /// A module with functions that return the given numbers, the first of which calls the last.
    fn module(numbers: &[i32]) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports.import("env", "outside", EntityType::Function(0));
        let (mut functions, mut code, mut exports) = (FunctionSection::new(), CodeSection::new(), ExportSection::new());
        let count = u32::try_from(numbers.len()).expect("a few");
        for (place, number) in (1..).zip(numbers) {
            functions.function(0);
            exports.export(&number.to_string(), ExportKind::Func, place);
            let mut body = Function::new([]);
            match place {
                1 => body.instructions().call(count).end(),
                _ => body.instructions().i32_const(*number).end(),
            };
            code.function(&body);
        }
        let mut elements = ElementSection::new();
        let named: Vec<u32> = (0..=count).collect();
        elements.active(None, &ConstExpr::i32_const(0), Elements::Functions(named.into()));
        let names = CustomSection { name: "name".into(), data: b"\0".into() };
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&exports).section(&elements);
        module.section(&code).section(&names);
        module.finish()
    }

    /// What each function returns, by its export and by its place in the table: its own number, or what it calls.
    fn told(module: &[u8]) -> Vec<(String, [Vec<u8>; 2])> {
        let (mut exports, mut bodies, mut table) = (Vec::new(), Vec::new(), Vec::new());
        for payload in Parser::new(0).parse_all(module) {
            match payload.expect("a module") {
                Payload::ExportSection(section) => {
                    exports.extend(section.into_iter().map(|export| export.expect("an export")));
                }
                Payload::ElementSection(section) => {
                    for element in section {
                        let ElementItems::Functions(named) = element.expect("a run").items else { continue };
                        table.extend(named.into_iter().map(|function| function.expect("a number")));
                    }
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.as_bytes()),
                Payload::CustomSection(_) => panic!("names are for debuggers"),
                _ => {}
            }
        }
        let body = |index: u32| bodies[index as usize - 1];
        let followed = |index| match body(index) {
            [0, 0x10, called, 0x0b] => body(u32::from(*called)),
            own => own,
        };
        // What comes from outside is the first of the table and has no body here.
        let both = exports.iter().zip(&table[1..]);
        let both = both.map(|(export, named)| (export.name, [export.index, *named]));
        both.map(|(name, both)| (name.to_owned(), both.map(|function| followed(function).to_vec()))).collect()
    }

    #[test]
    fn every_name_of_a_function_still_means_it() {
        let module = module(&[7, 70_000, 2, 70_001, 3]);
        let ordered = put_alike_together(&module, &Names::new()).expect("a module");
        assert_ne!(Order::of(&module, &Names::new()).expect("a module").order, [0, 1, 2, 3, 4], "they have moved");
        let told = told(&ordered);
        assert_eq!(told.len(), 5);
        for (number, bodies) in told {
            let wanted = if number == "7" { 3 } else { number.parse().expect("a number") };
            let mut same = Function::new([]);
            same.instructions().i32_const(wanted).end();
            let same = same.into_raw_body();
            assert_eq!(bodies, [same.clone(), same], "{number}");
        }
    }

    #[test]
    fn what_is_no_module_is_refused() {
        assert!(put_alike_together(b"no module", &Names::new()).is_err());
    }
}
