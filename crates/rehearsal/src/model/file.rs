//! Reads a model file (REH-1 to REH-6).

use super::walk::{Leaf, leaves, number, table};
use super::{
    Courier, Fault, Faults, Key, Model, RuleKind, SIDES, check_range, claims, named, parameter, resolve,
    rows, unknown,
};
use backchannel_accord::claims::Exported;
use std::collections::BTreeMap;
use toml::de::DeValue;

/// What is known while a file is read.
struct Reader<'r> {
    model: Model,
    register: Option<&'r Exported>,
    faults: Vec<Fault>,
    /// The line of every key that was given, by the side's own key.
    lines: BTreeMap<String, usize>,
}

/// Reads a model file; every fault with its line.
pub(super) fn parse(text: &str, register: Option<&Exported>) -> Result<Model, Faults> {
    let table = table(text)?;
    let mut reader = Reader { model: Model::default(), register, faults: Vec::new(), lines: BTreeMap::new() };
    let mut found = Vec::new();
    leaves(text, table.get_ref(), "", &mut found, &mut reader.faults);
    // What is said of both sides comes first, wherever it stands.
    found.sort_by_key(|leaf| !leaf.key.starts_with("both."));
    for leaf in &found {
        reader.leaf(text, leaf);
    }
    reader.finish()
}

impl Reader<'_> {
    fn leaf(&mut self, text: &str, leaf: &Leaf<'_, '_>) {
        let sides = sides_of(&leaf.key);
        let rest = leaf.key.split_once('.').map_or("", |(_, rest)| rest);
        let outcome = match (sides, rest) {
            (Some(sides), "rule") => self.rule(sides, leaf).map(|()| None),
            (Some(sides), "table") => self.table(text, sides, leaf).map(|()| None),
            (None, "kind") if leaf.key == "channel.kind" => self.courier(leaf).map(|()| None),
            (None, "towards") if leaf.key == "channel.towards" => self.towards(leaf).map(|()| None),
            _ => self.number(leaf),
        };
        match outcome {
            Ok(source) => self.note(leaf, sides, source),
            Err(fault) => self.faults.push(Fault { line: fault.line.or(Some(leaf.line)), ..fault }),
        }
    }

    /// Keeps the line and the source of what was taken. What is said of one side stands without the source of both.
    fn note(&mut self, leaf: &Leaf<'_, '_>, sides: Option<[bool; 2]>, source: Option<String>) {
        let rest = leaf.key.split_once('.').map_or("", |(_, rest)| rest);
        let of_side = |(side, is): (&&str, bool)| is.then(|| format!("{side}.{rest}"));
        let keys: Vec<String> = match sides {
            Some(sides) => SIDES.iter().zip(sides).filter_map(of_side).collect(),
            None => vec![leaf.key.clone()],
        };
        let source = source.or_else(|| leaf.source.clone()).filter(|source| !source.trim().is_empty());
        for key in keys {
            self.lines.insert(key.clone(), leaf.line);
            match &source {
                Some(source) => drop(self.model.sources.insert(key, source.clone())),
                None => drop(self.model.sources.remove(&key)),
            }
        }
    }

    /// Takes a number, and tells its source if that is known here.
    fn number(&mut self, leaf: &Leaf<'_, '_>) -> Result<Option<String>, Fault> {
        // In the file a side's key stands under its side, and the channel's under the channel.
        let whole = sides_of(&leaf.key).is_some() || leaf.key.starts_with("channel.") || leaf.key == "years";
        let key = resolve(&leaf.key).filter(|_| whole).ok_or_else(|| misplaced(&leaf.key))?;
        let (value, source) = match leaf.claim {
            Some(claim) => claims::credence(parameter(key), self.register, claim)?,
            None => {
                let hint = format!("write a number, as {}", parameter(key).default);
                let needed = || Fault::new(format!("`{}` needs a number (REH-2)", leaf.key), hint);
                (number(leaf.value).ok_or_else(needed)?, None)
            }
        };
        check_range(parameter(key), value)?;
        self.model.put(key, value);
        Ok(source)
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
        self.model.favoured = Some(named(word(leaf)?, side, SIDES)?);
        Ok(())
    }

    /// What does not go together is told at the first of the lines that say it.
    fn finish(mut self) -> Result<Model, Faults> {
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
