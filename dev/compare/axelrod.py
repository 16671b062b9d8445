#!/usr/bin/env python3
"""Sets our repeated game beside Axelrod-Python 4.13.1 on the same noisy matches, on one core: mean scores and speed.

Installs Axelrod-Python (some 30 packages, several hundred MB) into a temporary folder, and removes it at the end. See
README.md.
"""

import argparse
import json
import pathlib
import statistics
import sys
import time

import common

VERSION = "4.13.1"
HERE = pathlib.Path(__file__).resolve().parent
# Our name, and theirs: class and arguments.
STRATEGIES = {
    "tit-for-tat": ("TitForTat", {}),
    "generous": ("GTFT", {"p": 1 / 3}),
    "pavlov": ("WinStayLoseShift", {}),
}
NOISES = (0.01, 0.05)
AIM = 1000


def main():
    options = arguments()
    if options.inside:
        print(json.dumps(play_inside(options)))
        return 0
    rows = common.prepared(options, f"axelrod=={VERSION}", "matches", all_rows)
    return report(options, rows)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=200, help="turns of a match")
    parser.add_argument("--theirs", type=int, default=500, help="matches in each of their runs")
    parser.add_argument("--ours", type=int, default=1_000_000, help="matches in each of our runs")
    common.add_options(parser)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--noise", type=float, default=0.01, help=argparse.SUPPRESS)
    return parser.parse_args()


def all_rows(options, python, environment):
    return [row for noise in NOISES for row in compared(options, python, environment, noise)]


def compared(options, python, environment, noise):
    """One row for each strategy: runs of both sides take turns, so that both meet the same machine."""
    theirs = {name: [] for name in STRATEGIES}
    ours = {name: [] for name in STRATEGIES}
    for run in range(options.runs):
        print(f"noise {noise}, run {run + 1} of {options.runs} ...", file=sys.stderr, flush=True)
        for name, result in run_theirs(options, python, environment, noise, options.seed + run).items():
            theirs[name].append(result)
        for result in run_ours(options, noise, options.seed + run):
            if result["strategy"] in ours:
                ours[result["strategy"]].append(result)
    return [row(name, noise, theirs[name], ours[name]) for name in STRATEGIES]


def run_theirs(options, python, environment, noise, seed):
    script = [python, __file__, "--inside", "--noise", noise, "--seed", seed]
    script += ["--turns", options.turns, "--theirs", options.theirs]
    return common.answer(script, env=environment)


def run_ours(options, noise, seed):
    words = ["--turns", options.turns, "--noise", noise, "--matches", options.ours, "--seed", seed, "--runs", 1]
    return common.answer(common.cargo("matches", "run", "--", *words, "--json"), cwd=common.ROOT)["results"]


def play_inside(options):
    """Plays matches of each strategy with Axelrod-Python, once it is imported."""
    # This file bears the library's name and would be found first.
    sys.path = [place for place in sys.path if pathlib.Path(place).resolve() != HERE]
    import axelrod

    if axelrod.__version__ != VERSION:
        raise SystemExit(f"this is Axelrod-Python {axelrod.__version__}, not {VERSION}")
    results = {}
    for name, (kind, parameters) in STRATEGIES.items():
        players = [getattr(axelrod, kind)(**parameters) for _ in range(2)]
        match = axelrod.Match(players, turns=options.turns, noise=options.noise, seed=options.seed)
        results[name] = timed(match, options.theirs)
    return results


def timed(match, matches):
    """Scores of the first player and the speed of playing; a first match, and reading scores, are set aside."""
    match.play()
    scores = []
    spent = 0.0
    for _ in range(matches):
        start = time.perf_counter()
        match.play()
        spent += time.perf_counter() - start
        scores.append(match.final_score_per_turn()[0])
    return {"scores": scores, "matches_per_second": matches / spent}


def row(name, noise, theirs, ours):
    """Means and errors over all runs, and the medians of the speeds."""
    scores = [score for run in theirs for score in run["scores"]]
    return {
        "strategy": name,
        "noise": noise,
        "theirs": statistics.fmean(scores),
        "theirs_error": statistics.stdev(scores) / len(scores) ** 0.5,
        "ours": statistics.fmean(run["mean"] for run in ours),
        "ours_error": sum(run["standard_error"] ** 2 for run in ours) ** 0.5 / len(ours),
        "exact": ours[0]["exact"],
        "theirs_speed": statistics.median(run["matches_per_second"] for run in theirs),
        "ours_speed": statistics.median(run["matches_per_second"] for run in ours),
    }


def report(options, rows):
    print(f"\n{options.turns} turns against itself: score a turn (standard error), matches a second (median).")
    columns = "{:<12} {:>5}  {:>20}  {:>20}  {:>8}  {:>5}  {:>8}  {:>9}  {:>6}"
    titles = ["strategy", "noise", "Axelrod-Python", "ours", "exact", "agree", "theirs/s", "ours/s", "ratio"]
    print(columns.format(*titles))
    for row in rows:
        print(
            columns.format(
                row["strategy"],
                row["noise"],
                f"{row['theirs']:.6f} ({row['theirs_error']:.6f})",
                f"{row['ours']:.6f} ({row['ours_error']:.6f})",
                f"{row['exact']:.6f}",
                "yes" if agree(row) else "NO",
                f"{row['theirs_speed']:.0f}",
                f"{row['ours_speed']:.0f}",
                f"{ratio(row):.0f}",
            )
        )
    sound = all(agree(row) for row in rows)
    least = min(ratio(row) for row in rows)
    return common.verdict("Mean scores", sound, least, AIM)


def agree(row):
    """Whether both means lie within 4 standard errors of each other and of the exact value."""
    both = (row["theirs_error"] ** 2 + row["ours_error"] ** 2) ** 0.5
    pairs = [("theirs", "ours", both), ("theirs", "exact", row["theirs_error"]), ("ours", "exact", row["ours_error"])]
    return all(abs(row[one] - row[other]) <= 4 * error for one, other, error in pairs)


def ratio(row):
    return row["ours_speed"] / row["theirs_speed"]


if __name__ == "__main__":
    sys.exit(main())
