//! Reads the words of the report in every language: a missing message, variable or case ends the build. Makes a constant of
//! each message's name, so that a page cannot ask for one that is not there.

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// The first is the one that the others are compared with.
const LANGUAGES: [&str; 6] = ["en", "fr", "ru", "ar", "fa", "he"];
/// Names of cases that stand for numbers and differ from language to language.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What must be alike in all languages: the variables of a message, and its cases by name.
#[derive(Default, PartialEq)]
struct Shape {
    variables: BTreeSet<String>,
    cases: BTreeSet<String>,
}

fn main() {
    println!("cargo::rerun-if-changed=languages");
    let read = |language: &str| {
        let path = format!("languages/{language}.ftl");
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let resource = fluent_syntax::parser::parse(text.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{path} is not Fluent: {errors:?}"));
        shapes(&path, &resource)
    };
    let first = read(LANGUAGES[0]);
    for language in &LANGUAGES[1..] {
        compare(language, &first, &read(language));
    }
    let mut code = String::new();
    for name in first.keys() {
        let constant = name.replace('-', "_").to_uppercase();
        writeln!(code, "/// `{name}`\npub const {constant}: Id = Id(\"{name}\");").expect(TAKES_ALL);
    }
    writeln!(code, "/// Every message.\n#[cfg(test)]\npub const ALL: &[Id] = &[").expect(TAKES_ALL);
    first.keys().for_each(|name| writeln!(code, "    Id(\"{name}\"),").expect(TAKES_ALL));
    code.push_str("];\n");
    let out = env::var_os("OUT_DIR").unwrap_or_else(|| panic!("cargo names OUT_DIR"));
    fs::write(Path::new(&out).join("ids.rs"), code).unwrap_or_else(|error| panic!("ids.rs: {error}"));
}

const TAKES_ALL: &str = "a string takes all that is written";

fn compare(language: &str, first: &BTreeMap<String, Shape>, other: &BTreeMap<String, Shape>) {
    let mut faults = Vec::new();
    for (name, shape) in first {
        match other.get(name) {
            None => faults.push(format!("`{name}` is missing")),
            Some(other) if other != shape => faults.push(format!("`{name}` has other variables or cases")),
            Some(_) => {}
        }
    }
    let unknown = other.keys().filter(|name| !first.contains_key(*name));
    faults.extend(unknown.map(|name| format!("`{name}` is unknown")));
    assert!(faults.is_empty(), "languages/{language}.ftl: {}", faults.join("; "));
}

fn shapes(path: &str, resource: &Resource<&str>) -> BTreeMap<String, Shape> {
    let mut out = BTreeMap::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                let name = message.id.name;
                let value = message.value.as_ref().unwrap_or_else(|| panic!("{path}: {name} is empty"));
                let mut shape = Shape::default();
                of_pattern(value, &mut shape);
                assert!(out.insert(name.to_owned(), shape).is_none(), "{path}: {name} stands there twice");
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            Entry::Term(_) | Entry::Junk { .. } => panic!("{path}: not understood: {entry:?}"),
        }
    }
    out
}

fn of_pattern(pattern: &Pattern<&str>, shape: &mut Shape) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        match expression {
            Expression::Inline(inline) => of_inline(inline, shape),
            Expression::Select { selector, variants } => {
                of_inline(selector, shape);
                for variant in variants {
                    if let VariantKey::Identifier { name } = variant.key
                        && !PLURALS.contains(&name)
                    {
                        shape.cases.insert(name.to_owned());
                    }
                    of_pattern(&variant.value, shape);
                }
            }
        }
    }
}

fn of_inline(inline: &InlineExpression<&str>, shape: &mut Shape) {
    match inline {
        InlineExpression::VariableReference { id } => drop(shape.variables.insert(id.name.to_owned())),
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inline) = expression.as_ref() {
                of_inline(inline, shape);
            }
        }
        _ => {}
    }
}
