//! For build scripts: reads the messages in every language, ends the build where one is missing, or its variables or cases are
//! others, and makes a constant of each message's name: whoever uses those asks for none that is not there.

use crate::Lang;
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::{env, fs};

/// Names of cases that stand for numbers and differ from language to language.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What must be alike in all languages: the variables of a message, and its cases by name.
#[derive(Default, PartialEq)]
struct Shape {
    variables: BTreeSet<String>,
    cases: BTreeSet<String>,
}

type Shapes = BTreeMap<String, Shape>;

/// Reads the folder `languages` of the crate that is built, and writes `ids.rs` where cargo wants what a build makes: a constant
/// of type `Id` for each message, and `ALL`. What is wrong ends the build.
pub fn make() {
    println!("cargo::rerun-if-changed=languages");
    let code = of_folder(Path::new("languages")).unwrap_or_else(|error| panic!("{error}"));
    let out = env::var_os("OUT_DIR").unwrap_or_else(|| panic!("cargo names OUT_DIR"));
    fs::write(Path::new(&out).join("ids.rs"), code).unwrap_or_else(|error| panic!("ids.rs: {error}"));
}

/// The code for the messages in a folder; what is wrong, otherwise.
fn of_folder(folder: &Path) -> Result<String, String> {
    let mut all = Vec::new();
    for lang in Lang::ALL {
        let path = folder.join(format!("{}.ftl", lang.code()));
        let told = |error: String| format!("{}: {error}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| told(error.to_string()))?;
        all.push(shapes(&text).map_err(told)?);
        compare(&all[0], &all[all.len() - 1]).map_err(told)?;
    }
    Ok(code(all[0].keys()))
}

fn code<'a>(names: impl Iterator<Item = &'a String> + Clone) -> String {
    let constant = |name: &String| {
        let upper = name.replace('-', "_").to_uppercase();
        format!("/// `{name}`\npub const {upper}: Id = Id(\"{name}\");\n")
    };
    let list = names.clone().map(|name| format!("    Id(\"{name}\"),\n"));
    let all = list.collect::<String>();
    let constants = names.map(constant).collect::<String>();
    format!("{constants}/// Every message.\n#[cfg(test)]\npub const ALL: &[Id] = &[\n{all}];\n")
}

fn compare(first: &Shapes, other: &Shapes) -> Result<(), String> {
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
    if faults.is_empty() { Ok(()) } else { Err(faults.join("; ")) }
}

fn shapes(text: &str) -> Result<Shapes, String> {
    let resource: Resource<&str> = fluent_syntax::parser::parse(text)
        .map_err(|(_, errors)| format!("this is not Fluent: {errors:?}"))?;
    let mut out = Shapes::new();
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                let name = message.id.name;
                let value = message.value.as_ref().ok_or_else(|| format!("`{name}` is empty"))?;
                let mut shape = Shape::default();
                of_pattern(value, &mut shape);
                if out.insert(name.to_owned(), shape).is_some() {
                    return Err(format!("`{name}` stands there twice"));
                }
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            Entry::Term(_) | Entry::Junk { .. } => return Err(format!("not understood: {entry:?}")),
        }
    }
    Ok(out)
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

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str =
        "a-word = Word\nhow-many = { $n ->\n    [one] One\n   *[other] { $n } of { $what }\n}\n";

    /// The outcome with these messages in Hebrew, and the English ones in all other languages.
    fn with_hebrew(text: &str) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        for lang in Lang::ALL {
            let text = if lang == Lang::He { text } else { ENGLISH };
            fs::write(folder.path().join(format!("{}.ftl", lang.code())), text).unwrap();
        }
        of_folder(folder.path())
    }

    #[test]
    fn every_message_becomes_a_constant() {
        let code = with_hebrew(ENGLISH).unwrap();
        assert!(code.contains("pub const A_WORD: Id = Id(\"a-word\");"), "{code}");
        assert!(code.contains("pub const HOW_MANY: Id = Id(\"how-many\");"), "{code}");
        assert_eq!(code.matches("    Id(").count(), 2);
    }

    #[test]
    fn plurals_may_differ_from_language_to_language() {
        let two = ENGLISH.replace("    [one] One\n", "    [one] One\n    [two] Two\n");
        assert!(with_hebrew(&two).is_ok());
    }

    #[test]
    fn what_differs_ends_the_build_and_is_named() {
        for (text, told) in [
            (ENGLISH.replace("a-word = Word\n", ""), "he.ftl: `a-word` is missing"),
            (format!("{ENGLISH}more = More\n"), "he.ftl: `more` is unknown"),
            (format!("{ENGLISH}a-word = Again\n"), "`a-word` stands there twice"),
            (ENGLISH.replace("{ $what }", "it"), "`how-many` has other variables or cases"),
            (ENGLISH.replace("[one]", "[some]"), "`how-many` has other variables or cases"),
            (format!("{ENGLISH}???\n"), "this is not Fluent"),
            (format!("{ENGLISH}-term = A term\n"), "not understood"),
            (format!("{ENGLISH}empty =\n    .title = Only this\n"), "`empty` is empty"),
        ] {
            let error = with_hebrew(&text).unwrap_err();
            assert!(error.contains(told), "{told}: {error}");
        }
        assert!(of_folder(Path::new("no-such-folder")).unwrap_err().contains("en.ftl"));
    }
}
