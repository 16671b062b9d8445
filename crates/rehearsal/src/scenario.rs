//! The scenario that ships: scenarios/will-it-hold, the quiet pact in its world, and the variants that are compared.

use crate::model::{Fault, Faults, Model, line_of, member, number, table_of};
use crate::world::{Rehearsal, read_text};
use toml::de::{DeTable, DeValue};

/// The text of the quiet pact at its full length.
pub const PACT: &str = include_str!("../../../scenarios/will-it-hold/pact.toml");
/// The world it is rehearsed in.
pub const MODEL: &str = include_str!("../../../scenarios/will-it-hold/model.toml");
/// What is compared.
pub const STUDY: &str = include_str!("../../../scenarios/will-it-hold/study.toml");
/// Variants of one study: what a page can show side by side.
const VARIANTS_MAX: usize = 64;

/// A variant: its name, the terms it differs in by name and value, and what is run.
pub type Variant = (String, Vec<(String, String)>, Rehearsal);

/// The quiet pact in its world.
pub fn quiet_pact() -> Result<Rehearsal, Faults> {
    Rehearsal::new(&read_text(PACT)?, &Model::parse(MODEL)?)
}

/// The variants of scenarios/will-it-hold, the plain one first.
pub fn will_it_hold() -> Result<Vec<Variant>, Faults> {
    variants(STUDY, &quiet_pact()?)
}

/// The variants that a file lists of a rehearsal, in its order; every fault with its line (REH-30).
pub fn variants(toml: &str, plain: &Rehearsal) -> Result<Vec<Variant>, Faults> {
    let table = table_of(toml)?;
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    let hint = "write [[variant]] tables, each with a name and what it sets";
    for (key, value) in table.get_ref() {
        let at = |place: usize| Some(line_of(toml, place));
        let Some(list) = value.get_ref().as_array().filter(|_| key.get_ref() == "variant") else {
            let problem = format!("`{}` is no list of variants (REH-30)", key.get_ref());
            faults.push(Fault::new(problem, hint).at(at(key.span().start)));
            continue;
        };
        for one in list.iter().take(VARIANTS_MAX + 1) {
            let line = at(one.span().start);
            let read = one
                .get_ref()
                .as_table()
                .ok_or_else(|| Fault::new("this is no variant (REH-30)", hint).into());
            match read.and_then(|table| variant(toml, table, plain)) {
                Ok(variant) => all.push(variant),
                Err(Faults(found)) => {
                    faults
                        .extend(found.into_iter().map(|fault| Fault { line: fault.line.or(line), ..fault }));
                }
            }
        }
    }
    if all.len() > VARIANTS_MAX {
        faults.push(Fault::new(
            format!("there are more than {VARIANTS_MAX} variants (REH-30)"),
            "compare fewer",
        ));
    }
    let mut names: Vec<&String> = all.iter().map(|(name, ..)| name).collect();
    names.sort_unstable();
    if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        let problem = format!("two variants are named `{}` (REH-30)", twice[0]);
        faults.push(Fault::new(problem, "give each its own name"));
    }
    Faults::of(faults).map(|()| all)
}

fn variant(toml: &str, table: &DeTable<'_>, plain: &Rehearsal) -> Result<Variant, Faults> {
    let unknown = table.keys().find(|key| !["name", "set"].contains(&key.get_ref().as_ref()));
    if let Some(key) = unknown {
        let problem = format!("`{}` is no part of a variant (REH-30)", key.get_ref());
        return Err(Fault::new(problem, "write `name` and `set`")
            .at(Some(line_of(toml, key.span().start)))
            .into());
    }
    let name = member(table, "name").and_then(DeValue::as_str).filter(|name| !name.trim().is_empty());
    let name =
        name.ok_or_else(|| Fault::new("a variant has no name (REH-30)", "add `name = \"brake-72h\"`"))?;
    let none = DeTable::default();
    let set = match member(table, "set") {
        None => &none,
        Some(DeValue::Table(set)) => set,
        Some(_) => {
            return Err(Fault::new("this sets nothing (REH-30)", "write `set = { brake = \"72h\" }`").into());
        }
    };
    let (mut terms, mut lines) = (Vec::new(), Vec::new());
    for (key, value) in set {
        let line = Some(line_of(toml, key.span().start));
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(_) | DeValue::Float(_) => {
                number(value.get_ref()).map(|number| number.to_string()).unwrap_or_default()
            }
            DeValue::Boolean(yes) => yes.to_string(),
            _ => {
                return Err(Fault::new("this is no value (REH-30)", "write a number or a word")
                    .at(line)
                    .into());
            }
        };
        terms.push((key.get_ref().to_string(), text));
        lines.push(line);
    }
    let rehearsal = plain.vary_all(&terms).map_err(|(at, Faults(found))| {
        let line = at.map_or(lines.first(), |at| lines.get(at)).copied().flatten();
        Faults(found.into_iter().map(|fault| fault.at(line)).collect())
    })?;
    Ok((name.to_owned(), terms, rehearsal))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::Trial;

    fn names(variants: &[Variant]) -> Vec<&str> {
        variants.iter().map(|(name, ..)| name.as_str()).collect()
    }

    // REH-30
    #[test]
    fn the_shipped_scenario_has_its_variants_the_plain_one_first() {
        let all = will_it_hold().unwrap();
        let expected = [
            "channel",
            "no-channel",
            "brake-0h",
            "brake-6h",
            "brake-24h",
            "brake-72h",
            "courier-faithful",
            "courier-absent",
            "courier-faithless",
        ];
        assert_eq!(names(&all), expected);
        assert!(all[0].1.is_empty());
        assert_eq!(all[2].1, [("brake".to_owned(), "0h".to_owned())]);
        assert_eq!(all[2].2.value("brake").as_deref(), Some("0h"));
        // What names the same terms is the same.
        assert!((0..50).all(|run| all[0].2.run(1, run) == all[4].2.run(1, run)));
    }

    // REH-30
    #[test]
    fn a_study_that_lists_no_variants_it_could_run_is_refused_with_its_line() {
        let plain = quiet_pact().unwrap();
        let refused = |file: &str, line: Option<usize>, problem: &str| {
            let faults = variants(file, &plain).unwrap_err();
            assert_eq!(faults.0[0].line, line, "{faults}");
            assert!(faults.0[0].problem.contains(problem), "{faults}");
        };
        refused("\nyears = 3\n", Some(2), "no list of variants");
        refused("variant = [3]\n", Some(1), "no variant");
        refused("[[variant]]\nname = \"a\"\nwith = 3\n", Some(3), "no part of a variant");
        refused("[[variant]]\nset = { brake = \"6h\" }\n", Some(1), "no name");
        refused("[[variant]]\nname = \"a\"\nset = 3\n", Some(1), "sets nothing");
        refused("[[variant]]\nname = \"a\"\n[variant.set]\nloss = 0.1\nbreak = \"6h\"\n", Some(5), "no term");
        refused("[[variant]]\nname = \"a\"\nset = { loss = [1] }\n", Some(3), "no value");
        refused("[[variant]]\nname = \"a\"\n[[variant]]\nname = \"a\"\n", None, "two variants");
        let biased = "[[variant]]\nname = \"a\"\nset = { channel = \"biased\" }\n";
        refused(biased, Some(3), "whom the courier favours");
        let sound = "[[variant]]\nname = \"a\"\nset = { channel = \"biased\", towards = \"first\", reward = 8, temptation = 0x10 }\n";
        let read = variants(sound, &plain).unwrap();
        assert_eq!(read[0].2.value("temptation").as_deref(), Some("16"));
        refused(&"[[variant]]\nname = \"a\"\n".repeat(65), None, "more than 64");
    }
}
