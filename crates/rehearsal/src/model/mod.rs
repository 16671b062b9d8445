//! What a rehearsal assumes of the world: events, eyes, tempers and the courier (docs/spec/rehearsal.md). Every number
//! has a source or is called illustrative.

mod claims;
mod fault;
mod file;
mod parameters;
mod rows;
mod rule;
mod walk;

pub(crate) use fault::nearest;
pub use fault::{Fault, Faults};
pub use parameters::{ATTRIBUTION, OWN, Own, Parameter, SHARED, Shared};
pub use rule::{Courier, Deed, Moment, Row, RuleKind, STATES, Scene, read};
pub(crate) use walk::{line_of, member, number, table as table_of};

use crate::results::Assumption;
use backchannel_accord::claims::Exported;
use std::collections::BTreeMap;

/// What a rehearsal assumes.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    shared: [f64; SHARED.len()],
    own: [[f64; OWN.len()]; 2],
    rules: [RuleKind; 2],
    tables: [Vec<Row>; 2],
    courier: Courier,
    favoured: Option<usize>,
    /// By side and key, or by the key of the channel.
    sources: BTreeMap<String, String>,
}

/// The sides, by the names they have in the file.
pub const SIDES: [&str; 2] = ["first", "second"];

/// Where a key leads: into one of the two tables, and to which sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    Shared(usize),
    Own(usize, [bool; 2]),
}

impl Default for Model {
    /// Every number as its table has it; both sides decide by `bayes`, the courier is faithful.
    fn default() -> Self {
        Self {
            shared: std::array::from_fn(|at| SHARED[at].default),
            own: [std::array::from_fn(|at| OWN[at].default); 2],
            rules: [RuleKind::Bayes; 2],
            tables: [Vec::new(), Vec::new()],
            courier: Courier::Faithful,
            favoured: None,
            sources: BTreeMap::new(),
        }
    }
}

impl Model {
    /// Reads a model file; every fault with its line (REH-1 to REH-5).
    pub fn parse(toml: &str) -> Result<Self, Faults> {
        file::parse(toml, None)
    }

    /// The same where probabilities may be what the members of a register of claims believe (REH-6).
    pub fn parse_with(toml: &str, register: &Exported) -> Result<Self, Faults> {
        file::parse(toml, Some(register))
    }

    /// A number of the channel or of the whole.
    pub fn shared(&self, which: Shared) -> f64 {
        self.shared[which as usize]
    }

    /// A number of a side, 0 or 1.
    pub fn own(&self, which: Own, side: usize) -> f64 {
        self.own[side][which as usize]
    }

    /// The probability that a side takes an event of a kind for another: rows and columns in the order of [`ATTRIBUTION`].
    pub fn attribution(&self, side: usize, kind: usize, seen: usize) -> f64 {
        self.own[side][ATTRIBUTION[kind] + seen]
    }

    /// How a side decides.
    pub fn rule(&self, side: usize) -> RuleKind {
        self.rules[side]
    }

    /// A side's table.
    pub fn table(&self, side: usize) -> &[Row] {
        &self.tables[side]
    }

    /// What becomes of words on their way.
    pub fn courier(&self) -> Courier {
        self.courier
    }

    /// The side a biased courier favours, 0 or 1, if one is named.
    pub fn favoured(&self) -> Option<usize> {
        self.favoured
    }

    /// Sets a number by its key; of a side `first.` or `second.` before it, else of both. A cell of a row of attribution
    /// takes from the others, or gives to them, in their proportions. Refuses what does not exist, or is out of its range,
    /// or contradicts the rest (REH-1 to REH-4).
    pub fn set(&mut self, key: &str, value: f64) -> Result<(), Fault> {
        self.try_out(|model| model.put_number(key, value))
    }

    /// Sets a number without looking at the rest.
    fn put_number(&mut self, key: &str, value: f64) -> Result<(), Fault> {
        self.put_alone(key, value)?;
        self.balance(&[key]);
        Ok(())
    }

    /// Sets a number and nothing else: what has to add up with it is left to [`Model::balance`].
    pub(crate) fn put_alone(&mut self, key: &str, value: f64) -> Result<(), Fault> {
        let found = resolve(key).ok_or_else(|| unknown(key))?;
        check_range(parameter(found), value)?;
        self.put(found, value);
        self.forget_sources(found);
        Ok(())
    }

    /// Changes something, unless that contradicts the rest.
    fn try_out(&mut self, change: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut changed = self.clone();
        change(&mut changed)?;
        changed.check()?;
        *self = changed;
        Ok(())
    }

    /// Refuses what does not go together (REH-3, REH-4).
    pub(crate) fn check(&self) -> Result<(), Fault> {
        self.contradictions().into_iter().next().map_or(Ok(()), |(_, fault)| Err(fault))
    }

    /// Sets a word by its key: `channel`, `towards`, `rule`, `first.rule` or `second.rule` (REH-1, REH-4).
    pub fn set_word(&mut self, key: &str, word: &str) -> Result<(), Fault> {
        self.try_out(|model| model.put_word(key, word))
    }

    /// Sets a word without looking at the rest.
    pub(crate) fn put_word(&mut self, key: &str, word: &str) -> Result<(), Fault> {
        let touched: &[&str] = match key {
            "channel" | "channel.kind" => {
                self.courier = named(word, Courier::named, Courier::ALL.map(Courier::name))?;
                &["channel.kind"]
            }
            "towards" | "channel.towards" => {
                let side = |word: &str| SIDES.iter().position(|side| *side == word);
                self.favoured = Some(named(word, side, SIDES)?);
                &["channel.towards"]
            }
            "rule" | "both.rule" => self.set_rule(&[0, 1], word)?,
            "first.rule" => self.set_rule(&[0], word)?,
            "second.rule" => self.set_rule(&[1], word)?,
            _ => return Err(unknown(key)),
        };
        touched.iter().for_each(|key| drop(self.sources.remove(*key)));
        Ok(())
    }

    /// Sets how some sides decide; the keys of that.
    fn set_rule(&mut self, sides: &[usize], word: &str) -> Result<&'static [&'static str], Fault> {
        let rule = named(word, RuleKind::named, RuleKind::ALL.map(RuleKind::name))?;
        sides.iter().for_each(|side| self.rules[*side] = rule);
        Ok(match sides {
            [0] => &["first.rule"],
            [1] => &["second.rule"],
            _ => &["first.rule", "second.rule"],
        })
    }

    /// The value of a key as text: of a side that of the first; none if there is no such key.
    pub fn value(&self, key: &str) -> Option<String> {
        match key {
            "channel" | "channel.kind" => return Some(self.courier.name().to_owned()),
            "towards" | "channel.towards" => {
                return Some(self.favoured.map_or("none", |side| SIDES[side]).to_owned());
            }
            "rule" | "both.rule" | "first.rule" => return Some(self.rules[0].name().to_owned()),
            "second.rule" => return Some(self.rules[1].name().to_owned()),
            _ => {}
        }
        Some(match resolve(key)? {
            Key::Shared(at) => self.shared[at].to_string(),
            Key::Own(at, sides) => self.own[usize::from(!sides[0])][at].to_string(),
        })
    }

    /// Every assumption, with its source where it has one (REH-6). What both sides share stands there once.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let word = |key: &str, value: &str| self.assumption(key.to_owned(), value.to_owned(), None);
        let mut all = vec![word("channel.kind", self.courier.name())];
        if let Some(side) = self.favoured.filter(|_| self.courier == Courier::Biased) {
            all.push(word("channel.towards", SIDES[side]));
        }
        for ((side, rule), rows) in SIDES.iter().zip(self.rules).zip(&self.tables) {
            all.push(word(&format!("{side}.rule"), rule.name()));
            for (row, number) in rows.iter().zip(1..) {
                all.push(word(&format!("{side}.table[{number}]"), &row.to_string()));
            }
        }
        for (at, one) in SHARED.iter().enumerate() {
            all.push(self.assumption(
                one.key.to_owned(),
                self.shared[at].to_string(),
                Some((one, self.shared[at])),
            ));
        }
        for (at, one) in OWN.iter().enumerate() {
            let values = [self.own[0][at], self.own[1][at]];
            let [mine, theirs] = SIDES.map(|side| self.sources.get(&format!("{side}.{}", one.key)));
            let alike = values[0] == values[1] && mine == theirs;
            if alike {
                all.push(self.assumption(
                    format!("both.{}", one.key),
                    values[0].to_string(),
                    Some((one, values[0])),
                ));
            } else {
                for (side, value) in SIDES.iter().zip(values) {
                    all.push(self.assumption(
                        format!("{side}.{}", one.key),
                        value.to_string(),
                        Some((one, value)),
                    ));
                }
            }
        }
        all
    }

    /// A source that the file names; else that of the default, if it is the default.
    fn assumption(&self, key: String, value: String, of: Option<(&Parameter, f64)>) -> Assumption {
        // What both share is kept with each.
        let said = self.sources.get(&key.replacen("both.", "first.", 1));
        let default = of.filter(|(one, value)| *value == one.default).and_then(|(one, _)| one.source);
        let source = said.cloned().or_else(|| default.map(str::to_owned));
        Assumption { key, value, source, matters: None }
    }

    fn put(&mut self, key: Key, value: f64) {
        match key {
            Key::Shared(at) => self.shared[at] = value,
            Key::Own(at, sides) => {
                (0..2).filter(|side| sides[*side]).for_each(|side| self.own[side][at] = value);
            }
        }
    }

    /// What was changed is no longer what a source says.
    fn forget_sources(&mut self, key: Key) {
        match key {
            Key::Shared(at) => drop(self.sources.remove(SHARED[at].key)),
            Key::Own(at, sides) => {
                let row = ATTRIBUTION.into_iter().find(|begins| (*begins..begins + 4).contains(&at));
                let cells = row.map_or(at..at + 1, |begins| begins..begins + 4);
                for side in SIDES.iter().zip(sides).filter(|(_, is)| *is).map(|(side, _)| side) {
                    cells
                        .clone()
                        .for_each(|at| drop(self.sources.remove(&format!("{side}.{}", OWN[at].key))));
                }
            }
        }
    }

    /// Lets rows of attribution add up again after the cells of these keys were set: those that were not give or take in their
    /// proportions (REH-3).
    pub(crate) fn balance(&mut self, set: &[&str]) {
        for (side, begins) in (0..2).flat_map(|side| ATTRIBUTION.map(|begins| (side, begins))) {
            let is_set = |cell: usize| {
                let of = |key: &&str| matches!(resolve(key), Some(Key::Own(at, sides)) if at == cell && sides[side]);
                set.iter().any(of)
            };
            let (given, free): (Vec<usize>, Vec<usize>) =
                (begins..begins + 4).partition(|cell| is_set(*cell));
            let row = &mut self.own[side];
            let rest = 1.0 - given.iter().map(|cell| row[*cell]).sum::<f64>();
            // What is too much already is told when all is looked at.
            if given.is_empty() || rest < 0.0 {
                continue;
            }
            let others: f64 = free.iter().map(|cell| row[*cell]).sum();
            for cell in &free {
                row[*cell] = if others > 0.0 { row[*cell] / others * rest } else { rest / free.len() as f64 };
            }
        }
    }

    /// What does not go together, with the keys of which one has to change (REH-3, REH-4).
    fn contradictions(&self) -> Vec<(Vec<String>, Fault)> {
        let mut found = Vec::new();
        for (side, name) in SIDES.into_iter().enumerate() {
            for begins in ATTRIBUTION {
                self.check_row(side, begins, &mut found);
            }
            self.check_payoffs(side, &mut found);
            let (rule, rows) = (self.rules[side], self.tables[side].len());
            let keys = vec![format!("{name}.rule"), format!("{name}.table")];
            if rule == RuleKind::Table && rows == 0 {
                let hint =
                    format!("add [[{name}.table]] with its conditions and `then`, or choose another rule");
                found.push((keys, Fault::new("the rule is a table, and there is none (REH-4)", hint)));
            } else if rule != RuleKind::Table && rows > 0 {
                let hint = "write `rule = \"table\"`, or leave the table out";
                found.push((keys, Fault::new("there is a table, and the rule is another (REH-4)", hint)));
            }
        }
        if self.courier == Courier::Biased && self.favoured.is_none() {
            let hint = "add `towards = \"first\"` or `\"second\"` to [channel], or vary `towards` with it";
            let fault = Fault::new("it is not said whom the courier favours (REH-4)", hint);
            found.push((vec!["channel.kind".to_owned()], fault));
        }
        if self.shared(Shared::AbsentFromDays) > 0.0 && self.shared(Shared::AbsentStretchDays) > 0.0 {
            let keys =
                ["channel.absent_stretch_days", "channel.absent_from_days"].map(str::to_owned).to_vec();
            let problem = "the intermediary is absent for good, and also for stretches (REH-4)";
            found.push((keys, Fault::new(problem, "leave one of the two out")));
        }
        if ![0.0, 1.0].contains(&self.shared(Shared::ReadBack)) {
            let keys = vec!["channel.read_back".to_owned()];
            found.push((
                keys,
                Fault::new("there is a read-back or there is none (REH-4)", "write true or false"),
            ));
        }
        found
    }

    fn check_row(&self, side: usize, begins: usize, found: &mut Vec<(Vec<String>, Fault)>) {
        let sum: f64 = self.own[side][begins..begins + 4].iter().sum();
        if (sum - 1.0).abs() > SUM_TOLERANCE {
            let keys =
                OWN[begins..begins + 4].iter().map(|one| format!("{}.{}", SIDES[side], one.key)).collect();
            let row = OWN[begins].key.trim_end_matches(".breach");
            let problem = format!("the probabilities of {row} add up to {sum:.6} (REH-3)");
            let hint = "give breach, accident, non_party and nothing, so that they add up to 1";
            found.push((keys, Fault::new(problem, hint)));
        }
    }

    fn check_payoffs(&self, side: usize, found: &mut Vec<(Vec<String>, Fault)>) {
        let order = [Own::Temptation, Own::Reward, Own::Punishment, Own::Sucker];
        let values = order.map(|which| self.own(which, side));
        if values.windows(2).any(|pair| pair[0] <= pair[1]) {
            let keys =
                order.iter().map(|which| format!("{}.{}", SIDES[side], which.parameter().key)).collect();
            let problem = "the payoffs are in no order in which restraint has to be kept (REH-4)";
            let hint =
                "let temptation be more than reward, that more than punishment, and that more than sucker";
            found.push((keys, Fault::new(problem, hint)));
        }
    }
}

/// How far a row of probabilities may be from 1: what six digits leave over.
const SUM_TOLERANCE: f64 = 1e-5;

fn parameter(key: Key) -> &'static Parameter {
    match key {
        Key::Shared(at) => &SHARED[at],
        Key::Own(at, _) => &OWN[at],
    }
}

/// Whether two keys stand for the same, of one side at least.
pub(crate) fn overlap(one: &str, other: &str) -> bool {
    match (resolve(one), resolve(other)) {
        (Some(Key::Own(at, sides)), Some(Key::Own(also, others))) => {
            at == also && (0..2).any(|side| sides[side] && others[side])
        }
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

/// The number a key stands for.
fn resolve(key: &str) -> Option<Key> {
    let shared = |key: &str| SHARED.iter().position(|one| one.key == key);
    if let Some(at) = shared(key).or_else(|| shared(&format!("channel.{key}"))) {
        return Some(Key::Shared(at));
    }
    let (sides, rest) = match key.split_once('.') {
        Some(("both", rest)) => ([true; 2], rest),
        Some(("first", rest)) => ([true, false], rest),
        Some(("second", rest)) => ([false, true], rest),
        _ => ([true; 2], key),
    };
    OWN.iter().position(|one| one.key == rest).map(|at| Key::Own(at, sides))
}

/// REH-1
fn unknown(key: &str) -> Fault {
    let bare = key
        .split_once('.')
        .filter(|(side, _)| *side == "both" || SIDES.contains(side))
        .map_or(key, |(_, rest)| rest);
    let words = ["channel.kind", "channel.towards", "rule", "table"];
    let names = SHARED.iter().chain(OWN).map(|one| one.key).chain(words);
    let short = names.clone().map(|name| name.rsplit('.').next().unwrap_or(name));
    let near = nearest(bare, names).or_else(|| nearest(bare, short));
    let hint = match near {
        Some(name) => format!("did you mean `{name}`? docs/spec/rehearsal.md lists them all"),
        None => "docs/spec/rehearsal.md lists them all".to_owned(),
    };
    Fault::new(format!("`{key}` is no number or word of a model (REH-1)"), hint)
}

/// REH-2
fn check_range(one: &Parameter, value: f64) -> Result<(), Fault> {
    let (least, most) = one.allowed;
    if (least..=most).contains(&value) {
        return Ok(());
    }
    let what = if (least, most) == (0.0, 1.0) { "a probability lies" } else { "write a number" };
    let hint = format!("{what} from {least} to {most}");
    Err(Fault::new(format!("`{}` cannot be {value} (REH-2)", one.key), hint))
}

/// REH-1
fn named<T, const N: usize>(
    word: &str,
    of: impl Fn(&str) -> Option<T>,
    names: [&'static str; N],
) -> Result<T, Fault> {
    let hint = || format!("write one of {}", names.join(", "));
    of(word).ok_or_else(|| Fault::new(format!("`{word}` is not one of those (REH-1)"), hint()))
}

#[cfg(test)]
mod tests;
