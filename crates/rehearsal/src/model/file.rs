//! Reads a model file (REH-1 to REH-6).

use super::walk::{Leaf, leaves, number, table};
use super::{
    Courier, Fault, Faults, Key, Model, RuleKind, SIDES, check_range, named, parameter, resolve, rows,
    unknown,
};
use std::collections::BTreeMap;
use toml::de::DeValue;

/// What is known while a file is read.
struct Reader {
    model: Model,
    faults: Vec<Fault>,
    /// The line of every key that was given, by the side's own key.
    lines: BTreeMap<String, usize>,
}

/// Reads a model file; every fault with its line.
pub(super) fn parse(text: &str) -> Result<Model, Faults> {
    let table = table(text)?;
    let mut reader = Reader { model: Model::default(), faults: Vec::new(), lines: BTreeMap::new() };
    let mut found = Vec::new();
    leaves(text, table.get_ref(), "", &mut found, &mut reader.faults);
    // What is said of both sides comes first, wherever it stands.
    found.sort_by_key(|leaf| !leaf.key.starts_with("both."));
    for leaf in &found {
        reader.leaf(text, leaf);
    }
    reader.finish()
}

impl Reader {
    fn leaf(&mut self, text: &str, leaf: &Leaf<'_, '_>) {
        let sides = sides_of(&leaf.key);
        let rest = leaf.key.split_once('.').map_or("", |(_, rest)| rest);
        let outcome = match (sides, rest) {
            (Some(sides), "rule") => self.rule(sides, leaf),
            (Some(sides), "table") => self.table(text, sides, leaf),
            (None, "kind") if leaf.key == "channel.kind" => self.courier(leaf),
            (None, "towards") if leaf.key == "channel.towards" => self.towards(leaf),
            _ => self.number(leaf),
        };
        match outcome {
            Ok(()) => self.note(leaf, sides),
            Err(fault) => self.faults.push(Fault { line: fault.line.or(Some(leaf.line)), ..fault }),
        }
    }

    /// Keeps the line and the source of what was taken.
    fn note(&mut self, leaf: &Leaf<'_, '_>, sides: Option<[bool; 2]>) {
        let rest = leaf.key.split_once('.').map_or("", |(_, rest)| rest);
        match sides {
            Some(sides) => {
                let named = SIDES.iter().zip(sides).filter(|(_, is)| *is);
                let keys = named.map(|(side, _)| format!("{side}.{rest}"));
                self.lines.extend(keys.map(|key| (key, leaf.line)));
            }
            None => drop(self.lines.insert(leaf.key.clone(), leaf.line)),
        }
        if let Some(source) = &leaf.source {
            self.model.sources.insert(leaf.key.clone(), source.clone());
        }
    }

    fn number(&mut self, leaf: &Leaf<'_, '_>) -> Result<(), Fault> {
        // In the file a side's key stands under its side, and the channel's under the channel.
        let whole = sides_of(&leaf.key).is_some() || leaf.key.starts_with("channel.") || leaf.key == "years";
        let key = resolve(&leaf.key).filter(|_| whole).ok_or_else(|| misplaced(&leaf.key))?;
        let hint = format!("write a number, as {}", parameter(key).default);
        let value = number(leaf.value)
            .ok_or_else(|| Fault::new(format!("`{}` needs a number (REH-2)", leaf.key), hint))?;
        check_range(parameter(key), value)?;
        self.model.put(key, value);
        Ok(())
    }

    fn rule(&mut self, sides: [bool; 2], leaf: &Leaf<'_, '_>) -> Result<(), Fault> {
        let rule = named(word(leaf)?, RuleKind::named, RuleKind::ALL.map(RuleKind::name))?;
        let mine = self.model.rules.iter_mut().zip(sides).filter(|(_, is)| *is);
        mine.for_each(|(mine, _)| *mine = rule);
        Ok(())
    }

    fn table(&mut self, text: &str, sides: [bool; 2], leaf: &Leaf<'_, '_>) -> Result<(), Fault> {
        let rows = rows::read(text, leaf.value, &mut self.faults)?;
        let mine = self.model.tables.iter_mut().zip(sides).filter(|(_, is)| *is);
        mine.for_each(|(mine, _)| mine.clone_from(&rows));
        Ok(())
    }

    fn courier(&mut self, leaf: &Leaf<'_, '_>) -> Result<(), Fault> {
        self.model.courier = named(word(leaf)?, Courier::named, Courier::ALL.map(Courier::name))?;
        Ok(())
    }

    fn towards(&mut self, leaf: &Leaf<'_, '_>) -> Result<(), Fault> {
        let side = |word: &str| SIDES.iter().position(|side| *side == word);
        self.model.favoured = named(word(leaf)?, side, SIDES)?;
        Ok(())
    }

    /// What does not go together is told at the first of the lines that say it.
    fn finish(mut self) -> Result<Model, Faults> {
        if self.model.courier == Courier::Biased && !self.lines.contains_key("channel.towards") {
            let line = self.lines.get("channel.kind").copied();
            let hint = "add `towards = \"first\"` or `\"second\"` to [channel]";
            self.faults.push(Fault::new("it is not said whom the courier favours (REH-4)", hint).at(line));
        }
        // What is wrong in itself is put right first: it may be all that is wrong.
        if self.faults.is_empty() {
            for (keys, fault) in self.model.contradictions() {
                let line = keys.iter().filter_map(|key| self.lines.get(key)).min().copied();
                self.faults.push(fault.at(line));
            }
            self.faults.dedup();
        }
        Faults::of(self.faults).map(|()| self.model)
    }
}

/// The sides a key of the file is about.
fn sides_of(key: &str) -> Option<[bool; 2]> {
    match key.split_once('.')?.0 {
        "both" => Some([true; 2]),
        "first" => Some([true, false]),
        "second" => Some([false, true]),
        _ => None,
    }
}

fn word<'t>(leaf: &'t Leaf<'_, '_>) -> Result<&'t str, Fault> {
    let wrong = || Fault::new(format!("`{}` needs a word (REH-1)", leaf.key), "write it in quotation marks");
    match leaf.value {
        DeValue::String(word) => Ok(word),
        _ => Err(wrong()),
    }
}

/// REH-1
fn misplaced(key: &str) -> Fault {
    match resolve(key) {
        Some(Key::Own(..)) => Fault::new(
            format!("`{key}` belongs to a side (REH-1)"),
            "put it under [both], [first] or [second]",
        ),
        Some(Key::Shared(_)) => {
            Fault::new(format!("`{key}` belongs to the channel (REH-1)"), "put it under [channel]")
        }
        None => unknown(key),
    }
}
