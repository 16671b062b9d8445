//! How generous one may be before defecting pays, when moves are noisy.

use super::exact::long_run;
use super::{Game, Machine, Node, PROBABILITY_MIN};

/// Halvings of an interval of length 1: beyond the last digit of a double.
const HALVINGS: u32 = 60;

/// The largest generosity against which nothing does better in the long run than always meaning to cooperate.
///
/// With generosity g the other cooperates less often by (1 - 2e)(1 - g) in the turn after one was seen to defect, and
/// remembers nothing older. A defection where the other means to cooperate gains (1-e)(T-R) + e(P-S) at once, and that
/// loss of cooperation costs (1-e)(R-S) + e(T-P) for each unit; the limit is where both are equal, and is
/// 1 - (2-e)/((1-2e)(3+e)) for the standard payoffs (Molander 1985 without noise: 1 - (T-R)/(R-S)). Nothing is returned
/// where even tit-for-tat is exploited.
pub fn generosity_limit(game: &Game) -> Option<f64> {
    let noise = game.noise();
    let [[reward, _], [sucker, _], [temptation, _], [punishment, _]] = [0, 1, 2, 3].map(|at| game.paid(at));
    let gain = (1.0 - noise) * (temptation - reward) + noise * (punishment - sucker);
    let loss = (1.0 - noise) * (reward - sucker) + noise * (temptation - punishment);
    let limit = 1.0 - gain / ((1.0 - 2.0 * noise) * loss);
    ((0.0..=1.0).contains(&limit) && noise < 0.5).then_some(limit)
}

/// The same limit found from its definition: the generosity at which a side that defects whenever it was last seen to
/// cooperate, and repents once seen to defect, earns as much in the long run as one that always means to cooperate.
///
/// Such a defector is the strictest test, for what happens next depends only on how one was last seen to act.
pub fn generosity_limit_found(game: &Game) -> Option<f64> {
    crossing(|generosity| {
        let generous = generous(generosity);
        long_run(game, &cooperator(), &generous)[0] - long_run(game, &prober(), &generous)[0]
    })
}

/// The generosity at which always defecting against it earns as much as it earns against itself.
///
/// Without noise this is (R-P)/(T-P), 1/2 for the standard payoffs: a weaker bound than [`generosity_limit`].
pub fn invasion_limit(game: &Game) -> Option<f64> {
    let defector = fixed(&[(0.0, [0; 4])]);
    crossing(|generosity| {
        let generous = generous(generosity);
        long_run(game, &generous, &generous)[0] - long_run(game, &defector, &generous)[0]
    })
}

/// Where a decreasing function of a generosity changes its sign, if it does between 0 and 1.
///
/// The ends themselves are left out: there the chain without noise depends on where it begins.
fn crossing(above: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut low, mut high) = (PROBABILITY_MIN, 1.0 - PROBABILITY_MIN);
    if above(low) < 0.0 || above(high) > 0.0 {
        return None;
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if above(middle) >= 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}

fn generous(generosity: f64) -> Machine {
    fixed(&[(1.0, [0, 1, 0, 1]), (generosity, [0, 1, 0, 1])])
}

fn cooperator() -> Machine {
    fixed(&[(1.0, [0; 4])])
}

fn prober() -> Machine {
    fixed(&[(0.0, [0, 0, 1, 1]), (1.0, [0, 0, 1, 1])])
}

fn fixed(nodes: &[(f64, [u8; 4])]) -> Machine {
    let nodes =
        nodes.iter().map(|(cooperates, next)| Node { cooperates: *cooperates, next: *next }).collect();
    Machine::new(nodes).expect("generosities lie between 0 and 1, and the tables are written above")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::repeated::Payoffs;

    fn game(noise: f64) -> Game {
        Game::new(Payoffs::STANDARD, noise).unwrap()
    }

    #[test]
    fn the_limit_comes_out_as_published() {
        let published = |noise: f64| 1.0 - (2.0 - noise) / ((1.0 - 2.0 * noise) * (3.0 + noise));
        for noise in [0.0, 1e-6, 0.001, 0.01, 0.05, 0.1] {
            let limit = generosity_limit(&game(noise)).unwrap();
            assert!((limit - published(noise)).abs() < 1e-15, "{noise}: {limit}");
        }
        assert!((generosity_limit(&game(0.01)).unwrap() - 0.325378).abs() <= 5e-7);
        assert!((generosity_limit(&game(0.05)).unwrap() - 0.289617).abs() <= 5e-7);
        assert!((generosity_limit(&game(1e-9)).unwrap() - 1.0 / 3.0).abs() < 1e-8);
    }

    #[test]
    fn the_limit_is_where_a_defector_does_as_well_as_a_cooperator() {
        for step in 0..=44 {
            let noise = f64::from(step) / 200.0;
            let (closed, found) = (generosity_limit(&game(noise)), generosity_limit_found(&game(noise)));
            let (closed, found) = (closed.unwrap(), found.unwrap());
            assert!((closed - found).abs() < 1e-9, "{noise}: {closed} and {found}");
        }
        let steep = Game::new(Payoffs { temptation: 3.5, ..Payoffs::STANDARD }, 0.03).unwrap();
        assert!((generosity_limit(&steep).unwrap() - generosity_limit_found(&steep).unwrap()).abs() < 1e-9);
    }

    #[test]
    fn below_the_limit_no_way_of_defecting_pays_and_above_it_one_does() {
        let ways = [[1.0, 1.0], [0.0, 1.0], [1.0, 0.0], [0.0, 0.0], [0.5, 0.5], [0.9, 1.0]];
        for noise in [0.0, 0.01, 0.05, 0.1] {
            let limit = generosity_limit(&game(noise)).unwrap();
            for (generosity, pays) in [(limit - 0.01, false), (limit + 0.01, true)] {
                let earned = ways.map(|[after_c, after_d]| {
                    let way = fixed(&[(after_c, [0, 0, 1, 1]), (after_d, [0, 0, 1, 1])]);
                    long_run(&game(noise), &way, &generous(generosity))[0]
                });
                let best = earned.into_iter().fold(0.0, f64::max);
                assert_eq!(best > earned[0] + 1e-12, pays, "{noise} {generosity}: {earned:?}");
            }
        }
    }

    #[test]
    fn an_invader_that_always_defects_is_kept_out_by_less() {
        assert!((invasion_limit(&game(0.0)).unwrap() - 0.5).abs() < 1e-9);
        for noise in [0.001, 0.01, 0.05] {
            assert!(invasion_limit(&game(noise)).unwrap() > generosity_limit(&game(noise)).unwrap());
        }
    }

    #[test]
    fn with_much_noise_no_generosity_deters() {
        for noise in [0.25, 0.5, 0.9, 1.0] {
            assert_eq!(generosity_limit(&game(noise)), None, "{noise}");
        }
        assert_eq!(generosity_limit_found(&game(0.25)), None);
    }
}
