//! Levels found by a few trials made for that alone.

use super::{RareError, Splitting, Staged, once};
use crate::statistics::Level;
use crate::study::{Control, Progress, in_order, pool};

/// Levels that are tried, evenly spread.
const TRIED: u32 = 100;
/// The part of trials that is to come from each level to the next: the best is about one in five.
const PART: f64 = 0.25;
/// A level to which more than this part comes from the one before is of no use.
const PART_MAX: f64 = 0.7;
/// Levels beyond the last that was reached.
const BEYOND: u32 = 4;

/// Levels for [`split`](super::split), from so many trials at each of many levels in so many repeats. With another seed
/// than that of the splitting they are independent of what it draws, so that its estimate stays unbiased.
pub fn pilot<S: Staged>(
    trial: &S,
    seed: u64,
    (effort, repeats): (u32, u32),
    control: &Control<'_>,
) -> Result<Vec<f64>, RareError> {
    let tried = Splitting::even_levels(TRIED);
    let plan = Splitting::new(seed, tried.clone(), effort, repeats, Level::NINETY_FIVE)?;
    let pool = pool(control)?;
    let (mut begun, mut came) = (vec![0_u64; tried.len()], vec![0_u64; tried.len()]);
    let (mut done, all) = (0, u64::from(repeats));
    in_order(
        pool.as_ref(),
        0..all,
        control,
        |repeat| once(trial, &plan, repeat, control),
        |_, counts| {
            let mut before = effort;
            for (at, count) in counts.into_iter().enumerate() {
                begun[at] += if before > 0 { u64::from(effort) } else { 0 };
                came[at] += u64::from(count);
                before = count;
            }
            done += 1;
            (control.progress)(Progress { done, all });
        },
    );
    if done < all {
        return Err(RareError::Stopped);
    }
    let part = |(came, begun): (&u64, &u64)| if *begun > 0 { *came as f64 / *begun as f64 } else { 0.0 };
    let parts: Vec<f64> = came.iter().zip(&begun).map(part).collect();
    Ok(chosen(&tried, &parts))
}

/// Of levels with the part that came to each from the one before, those between which about [`PART`] comes.
fn chosen(tried: &[f64], parts: &[f64]) -> Vec<f64> {
    let mut levels: Vec<f64> = Vec::new();
    // The part that came from the last level that was chosen to the one before this.
    let (mut reached, mut before) = (1.0, 0.0);
    for (level, part) in tried.iter().zip(parts) {
        if *part == 0.0 {
            let rest = |step: u32| before + (1.0 - before) * f64::from(step) / f64::from(BEYOND + 1);
            levels.extend((0..=BEYOND).map(rest).filter(|level| *level > 0.0));
            reached = 0.0;
            break;
        }
        // Before a leap, what was reached is worth a level of its own.
        if reached <= PART_MAX && reached * part <= PART * PART_MAX {
            levels.push(before);
            reached = 1.0;
        }
        (reached, before) = (reached * part, *level);
        if reached <= PART {
            levels.push(before);
            reached = 1.0;
        }
    }
    if reached > PART_MAX {
        levels.pop();
    }
    levels.push(1.0);
    levels.dedup();
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    // REH-32
    #[test]
    fn levels_are_chosen_so_that_about_one_in_four_comes_to_each() {
        let tried = Splitting::even_levels(10);
        // Half comes from each to the next: every second one.
        assert_eq!(chosen(&tried, &[0.5; 10]), [0.2, 0.4, 0.6, 0.8, 1.0]);
        // A leap between two steady stretches, with what came before it kept.
        let parts = [1.0, 0.5, 1.0, 0.01, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0];
        assert_eq!(chosen(&tried, &parts), [0.3, 1.0]);
        // What is certain needs no level, and what nobody came to gets some by guess.
        assert_eq!(chosen(&tried, &[1.0; 10]), [1.0]);
        let parts = [0.2, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let levels = chosen(&tried, &parts);
        assert!(levels.len() == 7 && levels[..2] == [0.1, 0.2] && levels.is_sorted(), "{levels:?}");
    }
}
