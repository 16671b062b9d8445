//! The parts of an inquiry, one after another.

use super::axis::{combinations, varied};
use super::{Answer, Inquiry, InquiryError, NOTICE, Named, Part, Saved, Watched, published, rare};
use crate::model::overlap;
use crate::results::{Assumption, Bar, Results, Searched};
use crate::run::Trial;
use crate::study::{
    Arm, Checkpoint, Control, Limits, Offer, Plan, Progress, Study, StudyError, Swing, frontier, search,
    tornado, variants,
};
use crate::world::{KNOBS, Rehearsal};
use backchannel_wire::tagged::{Tag, hash};
use std::fmt::Write as _;

/// Dates of a curve, both ends included.
const DATES: u32 = 121;
/// Milliseconds of a year of 365 days.
const YEAR_MS: f64 = 365.0 * 86_400_000.0;
/// Variants side by side: more lines than can be told apart.
const SIDE_BY_SIDE: usize = 12;
/// Runs of each bar and choice for each of a variant: they are many, and only to be compared.
const LESS: u64 = 4;
/// Fewest runs of anything.
const RUNS_MIN: u64 = 256;
/// Runs a search may spend on choosing, for each of a variant.
const SEARCH: u64 = 8;

/// An inquiry under way.
pub(super) struct Steps<'a> {
    inquiry: &'a Inquiry,
    watched: Watched<'a>,
    /// What all runs are of, for what is kept of them.
    of: String,
    saved: Saved,
    results: Results,
}

impl<'a> Steps<'a> {
    pub(super) fn new(
        inquiry: &'a Inquiry,
        watched: Watched<'a>,
        saved: &Saved,
    ) -> Result<Self, InquiryError> {
        let first = inquiry.variants.first().ok_or(StudyError::Nothing)?;
        let results = Results {
            title: inquiry.title.clone(),
            notice: NOTICE.to_owned(),
            seed: inquiry.seed,
            years: first.rehearsal.horizon_ms() as f64 / YEAR_MS,
            level: inquiry.level.get(),
            partial: false,
            variants: Vec::new(),
            terms: first.rehearsal.terms(),
            tornado: Vec::new(),
            left_out: Vec::new(),
            frontier: Vec::new(),
            best: None,
            searched: None,
            convergence: Vec::new(),
            oracles: published::oracles(),
            assumptions: first.rehearsal.assumptions(),
            remarks: Vec::new(),
        };
        Ok(Self { inquiry, watched, of: what(inquiry), saved: saved.clone(), results })
    }

    /// Every part that is wanted. Once stopped, the parts that follow are left out.
    pub(super) fn all(mut self) -> Result<Answer, InquiryError> {
        // What cannot be is refused before anything runs.
        let base = self.base()?.clone();
        check(self.inquiry, &base)?;
        let offers = combinations(&base, &self.inquiry.choices)?;
        let (swings, left_out) = if self.inquiry.tornado { swings(&base) } else { Default::default() };
        self.results.left_out = left_out;
        self.variants(&offers)?;
        if !swings.is_empty() {
            self.tornado(&swings)?;
        }
        if !self.inquiry.choices.is_empty() {
            self.choices(&offers)?;
        }
        if !self.inquiry.search.is_empty() {
            self.search(&base)?;
        }
        if self.inquiry.rare {
            rare::rare(self.inquiry, self.watched, &mut self.results)?;
        }
        self.results.remarks = published::remarks(&self.results.variants);
        mattered(&mut self.results.assumptions, &self.results.tornado);
        Ok(Answer { results: self.results, saved: self.saved })
    }

    fn base(&self) -> Result<&Rehearsal, InquiryError> {
        Ok(&self.inquiry.variants.first().ok_or(StudyError::Nothing)?.rehearsal)
    }

    fn plan(&self, runs: u64) -> Result<Plan, StudyError> {
        let horizon = self.inquiry.variants.first().ok_or(StudyError::Nothing)?.rehearsal.horizon_ms();
        let dates = Plan::even_dates(horizon, DATES);
        Ok(Plan::new(self.inquiry.seed, runs, dates, self.inquiry.level)?.of(self.of.clone()))
    }

    fn fewer(&self) -> u64 {
        (self.inquiry.runs / LESS).max(RUNS_MIN)
    }

    /// Makes one part, unless it was stopped before.
    fn part<T>(
        &mut self,
        part: Part,
        place: impl Fn(&mut Saved) -> &mut Option<Checkpoint>,
        make: impl FnOnce(&Control<'_>) -> Result<Study<T>, StudyError>,
    ) -> Result<Option<Study<T>>, StudyError> {
        if self.results.partial {
            return Ok(None);
        }
        let resume = place(&mut self.saved).clone();
        let watched = self.watched;
        let progress = move |at: Progress| (watched.progress)(part, at);
        let control = Control {
            progress: &progress,
            stop: watched.stop,
            threads: watched.threads,
            resume: resume.as_ref(),
        };
        match make(&control) {
            Ok(study) => {
                self.results.partial |= study.partial;
                *place(&mut self.saved) = Some(study.checkpoint.clone());
                Ok(Some(study))
            }
            // Stopped before this part had anything to show: the parts before stand.
            Err(StudyError::Stopped) if part != Part::Variants => {
                self.results.partial = true;
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Variants side by side; choices of terms among them as long as they are few.
    fn variants(&mut self, offers: &[Named]) -> Result<(), StudyError> {
        let plan = self.plan(self.inquiry.runs)?;
        let named = &self.inquiry.variants;
        let chosen = !self.inquiry.choices.is_empty();
        let few = if chosen && named.len() + offers.len() <= SIDE_BY_SIDE { offers } else { &[] };
        let arms: Vec<Arm<'_>> = named
            .iter()
            .chain(few)
            .map(|one| Arm { name: one.name.clone(), terms: one.terms.clone(), trial: &one.rehearsal })
            .collect();
        let made = self.part(
            Part::Variants,
            |saved| &mut saved.variants,
            |control| variants(&arms, &plan, control),
        )?;
        if let Some(study) = made {
            (self.results.variants, self.results.convergence) = (study.found, study.convergence);
        }
        Ok(())
    }

    fn tornado(&mut self, ends: &[Ends]) -> Result<(), StudyError> {
        let plan = self.plan(self.fewer())?;
        let swings: Vec<Swing<'_>> = ends
            .iter()
            .map(|one| Swing {
                name: one.name.clone(),
                values: one.values.clone(),
                low: &one.low,
                high: &one.high,
                is_term: one.is_term,
            })
            .collect();
        let made =
            self.part(Part::Tornado, |saved| &mut saved.tornado, |control| tornado(&swings, &plan, control))?;
        if let Some(study) = made {
            self.results.tornado = study.found;
        }
        Ok(())
    }

    fn choices(&mut self, offers: &[Named]) -> Result<(), StudyError> {
        let plan = self.plan(self.fewer())?;
        let offers: Vec<Offer<'_>> =
            offers.iter().map(|one| Offer { terms: one.terms.clone(), trial: &one.rehearsal }).collect();
        let made = self.part(
            Part::Choices,
            |saved| &mut saved.choices,
            |control| frontier(&offers, &plan, control),
        )?;
        if let Some(study) = made {
            self.results.frontier = study.found;
        }
        Ok(())
    }

    fn search(&mut self, base: &Rehearsal) -> Result<(), StudyError> {
        let plan = self.plan(self.inquiry.runs)?;
        let terms = &self.inquiry.search;
        let limits = Limits {
            axes: terms.iter().map(super::Choices::axis).collect(),
            cost_max: self.inquiry.cost_max,
            budget_runs: self.inquiry.runs.saturating_mul(SEARCH),
        };
        let make = |places: &[f64]| -> Result<Box<dyn Trial + '_>, String> {
            // A search's axis holds the places of its values, which are whole numbers below their count.
            let of = |(term, place): (&super::Choices, &f64)| {
                Some((term.name.clone(), term.values.get(*place as usize)?.clone()))
            };
            let chosen: Vec<(String, String)> = terms.iter().zip(places).filter_map(of).collect();
            let rehearsal = varied(base, &chosen).map_err(|error| error.to_string())?;
            Ok(Box::new(rehearsal))
        };
        let made = self.part(
            Part::Search,
            |saved| &mut saved.search,
            |control| search(&limits, &make, &plan, control),
        )?;
        if let Some(study) = made {
            let looked_at = study.found.looked_at.len() as u64;
            if self.results.frontier.is_empty() {
                self.results.frontier = study.found.looked_at;
            }
            self.results.searched = Some(Searched {
                cost_max: self.inquiry.cost_max,
                looked_at,
                impossible: study.found.impossible.len() as u64,
                whole: study.found.whole_grid,
                keeps_cost: study.found.keeps_cost,
                chosen_by: study.found.chosen_by,
            });
            self.results.best = study.found.best;
        }
        Ok(())
    }
}

/// A digest of every text and model that is rehearsed: runs of others are not gone on with.
fn what(inquiry: &Inquiry) -> String {
    let mut whole = String::new();
    for Named { name, terms, rehearsal } in &inquiry.variants {
        // Writing into a string cannot fail.
        let _ = writeln!(whole, "{name:?} {terms:?} {rehearsal:?}");
    }
    let digest = hash(Tag("backchannel rehearsal v1"), &[whole.as_bytes()]);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A term or assumption at both ends of the range over which it is tried.
struct Ends {
    name: String,
    values: (String, String),
    low: Rehearsal,
    high: Rehearsal,
    is_term: bool,
}

/// Refuses what could not be tried or searched for, before anything runs (REH-5).
fn check(inquiry: &Inquiry, base: &Rehearsal) -> Result<(), InquiryError> {
    if let Some(cost) = inquiry.cost_max.filter(|cost| !(0.0..f64::INFINITY).contains(cost)) {
        return Err(InquiryError::Cost(cost));
    }
    for all in [&inquiry.choices, &inquiry.search] {
        for (at, one) in all.iter().enumerate() {
            if one.name == "years" {
                return Err(InquiryError::Years(one.name.clone()));
            }
            if all[..at].iter().any(|before| overlap(&before.name, &one.name)) {
                return Err(InquiryError::Twice(one.name.clone()));
            }
        }
    }
    for one in &inquiry.search {
        for value in &one.values {
            // What only does not go together may go with another value.
            if let Err((Some(_), faults)) = base.vary_all(&[(one.name.as_str(), value.as_str())]) {
                let (name, value) = (one.name.clone(), value.clone());
                return Err(InquiryError::Value { name, value, why: faults.to_string() });
            }
        }
    }
    Ok(())
}

/// Every knob that can be turned to both ends from here, and those that contradict the rest at an end.
fn swings(base: &Rehearsal) -> (Vec<Ends>, Vec<String>) {
    let ends = |knob: &crate::world::Knob| {
        let (low, high) = (base.vary(knob.name, &knob.low).ok()?, base.vary(knob.name, &knob.high).ok()?);
        let values = (knob.low.clone(), knob.high.clone());
        Some(Ends { name: knob.name.to_owned(), values, low, high, is_term: knob.is_term })
    };
    let (mut swings, mut left_out) = (Vec::new(), Vec::new());
    for knob in KNOBS.iter() {
        match ends(knob) {
            Some(ends) => swings.push(ends),
            None => left_out.push(knob.name.to_owned()),
        }
    }
    (swings, left_out)
}

/// How far each assumption moved the result, and those first that moved it most.
fn mattered(assumptions: &mut [Assumption], bars: &[Bar]) {
    for one in assumptions.iter_mut() {
        let of = |bar: &&Bar| one.key == bar.name || one.key.ends_with(&format!(".{}", bar.name));
        let bar = bars.iter().filter(|bar| !bar.is_term).find(of);
        one.matters = bar.map(|bar| (bar.survival.1.value - bar.survival.0.value).abs());
    }
    // Those that were not looked at come last, in the order of the file.
    assumptions.sort_by(|one, other| other.matters.unwrap_or(-1.0).total_cmp(&one.matters.unwrap_or(-1.0)));
}
