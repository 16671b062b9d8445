//! Breakdowns of each variant by splitting, over levels that a pilot found (REH-32).

use super::{Inquiry, InquiryError, Part, Watched};
use crate::results::{Lack, Rare, Results};
use crate::statistics::rare::{RareError, Splitting, pilot, split};
use crate::study::{Control, Progress};
use crate::world::Rehearsal;

/// Trials that begin at each level, for each run of a variant, and the fewest.
const EFFORT: u64 = 4;
const EFFORT_MIN: u64 = 250;
/// The most: each keeps a whole run in memory, some ten kilobytes. More runs make more repeats.
const EFFORT_MAX: u64 = 4_000;
const REPEATS_MAX: u64 = 100_000;
/// Independent repeats of the splitting, and of the pilot with half as many trials.
const REPEATS: u32 = 32;
const PILOT_REPEATS: u32 = 4;
/// What sets the seeds of both apart from that of plain runs, and from each other.
const SPLITTING_SEED: u64 = 0x5350_4c49_5454_494e;
const PILOT_SEED: u64 = 0x5049_4c4f_5449_4e47;

/// Puts down for every variant what splitting finds. Stopped, it leaves the rest without an estimate.
pub(super) fn rare(
    inquiry: &Inquiry,
    watched: Watched<'_>,
    results: &mut Results,
) -> Result<(), InquiryError> {
    let each = u64::from(PILOT_REPEATS + repeats(inquiry.runs));
    let all = each * inquiry.variants.len() as u64;
    for (at, (named, variant)) in (0..).zip(inquiry.variants.iter().zip(&mut results.variants)) {
        if results.partial {
            variant.rare = Some(none(Lack::Stopped));
            continue;
        }
        let tell = |done: u64| (watched.progress)(Part::Rare, Progress { done: at * each + done, all });
        match of(inquiry, &named.rehearsal, watched, &tell) {
            Ok((found, partial)) => {
                results.partial |= partial;
                variant.rare = Some(found);
            }
            Err(RareError::Unreached { .. }) => variant.rare = Some(none(Lack::Unreached)),
            Err(RareError::Stopped) => {
                results.partial = true;
                variant.rare = Some(none(Lack::Stopped));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn none(lack: Lack) -> Rare {
    Rare { probability: None, lacks: Some(lack), trials: 0, repeats: 0, is_rough: false }
}

/// Independent repeats, for so many runs of a variant.
fn repeats(runs: u64) -> u32 {
    let more = (runs / EFFORT).div_ceil(EFFORT_MAX).max(1);
    // At most a hundred thousand.
    more.saturating_mul(u64::from(REPEATS)).min(REPEATS_MAX) as u32
}

/// One variant: what was found, and whether it was stopped on the way.
fn of(
    inquiry: &Inquiry,
    rehearsal: &Rehearsal,
    watched: Watched<'_>,
    tell: &(dyn Fn(u64) + Sync),
) -> Result<(Rare, bool), RareError> {
    // At most four thousand.
    let effort = (inquiry.runs / EFFORT).clamp(EFFORT_MIN, EFFORT_MAX) as u32;
    let control = Control { stop: watched.stop, threads: watched.threads, ..Control::default() };
    let levels = {
        let progress = |at: Progress| tell(at.done);
        let control = Control { progress: &progress, ..control };
        pilot(rehearsal, inquiry.seed ^ PILOT_SEED, (effort / 2, PILOT_REPEATS), &control)?
    };
    let plan =
        Splitting::new(inquiry.seed ^ SPLITTING_SEED, levels, effort, repeats(inquiry.runs), inquiry.level)?;
    let progress = |at: Progress| tell(u64::from(PILOT_REPEATS) + at.done);
    let found = split(rehearsal, &plan, &Control { progress: &progress, ..control })?;
    let rare = Rare {
        probability: Some(found.probability),
        lacks: None,
        trials: found.trials,
        repeats: found.repeats,
        is_rough: found.is_rough,
    };
    Ok((rare, found.partial))
}
