#!/usr/bin/env python3
"""Sets our rehearsal beside Mesa 3.3.1 on one agent model, the small case of REH-29, on one core: how it ends, and speed.

Installs Mesa (some 8 packages, 300 MB and more) into a temporary folder, and removes it at the end. See README.md.
"""

import argparse
import pathlib
import statistics
import sys
import tomllib

import common

VERSION = "3.3.1"
AGENTS = pathlib.Path(__file__).resolve().parent / "agents"
WORLD = AGENTS / "small_case.toml"
# Lengths of the text, in beats.
BRAKE = 1
TERM = 240
FIGURES = ("survival", "false-alarm", "accident", "lapse")
# The two ways Mesa has of running it: its usual one, for which the aim is set, and its experimental one.
STEPPED = "stepped"
THEIRS = (STEPPED, "scheduled")
AIM = 100


def main():
    options = arguments()
    runs, exact = common.prepared(options, f"mesa=={VERSION}", "agents", all_runs)
    return report(options, {side: summed(results) for side, results in runs.items()}, exact)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stepped", type=int, default=500, help="lives in each run of the Mesa model with steps")
    parser.add_argument("--scheduled", type=int, default=10_000, help="lives in each run of the one with events")
    parser.add_argument("--ours", type=int, default=50_000, help="lives in each of our runs")
    parser.add_argument("--only", choices=THEIRS, help="compare with one of the two Mesa models alone")
    common.add_options(parser)
    return parser.parse_args()


def all_runs(options, python, environment):
    """The runs of each side, which take turns so that all meet the same machine, and what is exact."""
    runs = {"ours": [], **{kind: [] for kind in THEIRS if options.only in (None, kind)}}
    for run in range(options.runs):
        print(f"run {run + 1} of {options.runs} ...", file=sys.stderr, flush=True)
        for side, results in runs.items():
            seed = options.seed + run
            if side == "ours":
                result, exact = run_ours(options, seed)
            else:
                result = run_theirs(options, python, environment, side, seed)
            results.append(result)
    return runs, exact


def run_theirs(options, python, environment, kind, seed):
    script = [python, AGENTS / "small_case.py", "--version", VERSION, "--world", WORLD, "--kind", kind]
    script += ["--brake", BRAKE, "--term", TERM, "--lives", getattr(options, kind), "--seed", seed]
    return common.answer(script, env=environment)


def run_ours(options, seed):
    seconds = tomllib.loads(WORLD.read_text())["channel"]["beat_seconds"]
    words = ["--model", WORLD, "--brake", f"{BRAKE * seconds // 3600}h", "--term", f"{TERM * seconds // 3600}h"]
    words += ["--lives", options.ours, "--seed", seed]
    result = common.answer(common.cargo("agents", "run", "--", *words), cwd=common.ROOT)
    return result, result["exact"]


def summed(results):
    """Counts over all runs, and the median of their speeds."""
    return {
        "lives": sum(result["lives"] for result in results),
        "counts": {name: sum(result["counts"][name] for result in results) for name in FIGURES},
        "speed": statistics.median(result["years_per_second"] for result in results),
    }


def report(options, sides, exact):
    seconds = tomllib.loads(WORLD.read_text())["channel"]["beat_seconds"]
    print(f"\nBeats of {seconds} s, a brake of {BRAKE}, terms of {TERM}: shares of lives (standard error).")
    columns = "{:<12} {:>8} " + " {:>18}" * len(sides) + "  {:>5}"
    print(columns.format("", "exact", *sides, "agree"))
    for name in FIGURES:
        shares = [f"{share(side, name):.5f} ({error(exact[name], side):.5f})" for side in sides.values()]
        print(columns.format(name, f"{exact[name]:.5f}", *shares, "yes" if agree(sides, name, exact) else "NO"))
    print(f"\nYears of restraint a second, the median of {options.runs}, and ours over theirs:")
    theirs = [kind for kind in sides if kind != "ours"]
    print(f"{'ours':<10} {sides['ours']['speed']:>9.0f}")
    for kind in theirs:
        met = "met" if ratio(sides, kind) >= AIM else "NOT met"
        aim = f"the aim of {AIM} is {met}" if kind == STEPPED else "for comparison; no aim was set for it"
        print(f"{kind:<10} {sides[kind]['speed']:>9.0f}  ratio {ratio(sides, kind):.1f}, {aim}")
    sound = all(agree(sides, name, exact) for name in FIGURES)
    least = ratio(sides, STEPPED) if STEPPED in theirs else None
    return common.verdict("Shares", sound, least, AIM)


def share(side, name):
    return side["counts"][name] / side["lives"]


def error(exact, *sides):
    """The standard error of a share whose probability is known, or of the difference of two."""
    return (exact * (1 - exact) * sum(1 / side["lives"] for side in sides)) ** 0.5


def agree(sides, name, exact):
    """Whether all shares lie within 4 standard errors of each other and of the exact probability."""
    every = list(sides.values())
    pairs = [(one, other) for at, one in enumerate(every) for other in every[:at]]
    near = [abs(share(one, name) - exact[name]) <= 4 * error(exact[name], one) for one in every]
    near += [
        abs(share(one, name) - share(other, name)) <= 4 * error(exact[name], one, other) for one, other in pairs
    ]
    return all(near)


def ratio(sides, kind):
    return sides["ours"]["speed"] / sides[kind]["speed"]


if __name__ == "__main__":
    sys.exit(main())
