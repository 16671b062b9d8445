"""What the scripts here have in common: installing, building our example, keeping to one core, and the verdict."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]


def prepared(options, requirement, example, work):
    """Installs theirs, builds ours, keeps to one core, and gives what `work` makes of their interpreter and its
    environment."""
    core = min(os.sched_getaffinity(0))
    print(f"Everything is measured on core {core}; a busy machine disturbs both sides, so look at the medians.")
    with tempfile.TemporaryDirectory(prefix=f"compare-{requirement.split('=')[0]}-") as folder:
        python, environment = installed(pathlib.Path(options.reuse or folder), requirement)
        print("Building our side ...", flush=True)
        subprocess.run(cargo(example, "build"), cwd=ROOT, check=True)
        os.sched_setaffinity(0, {core})
        return work(options, python, environment)


def add_options(parser):
    """The options of every script here."""
    parser.add_argument("--runs", type=int, default=5, help="runs of each; the median counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reuse", metavar="FOLDER", help="install there and keep it, or use what is there")


def installed(folder, requirement):
    """The interpreter to call and its environment, with what is required in a folder of its own."""
    python = folder / "venv" / "bin" / "python"
    target = folder / "packages"
    if not python.exists() and not target.exists():
        print(f"Installing {requirement} and what it needs with pip, only into {folder} ...", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", folder / "venv"], capture_output=True)
        if made.returncode == 0:
            place = [python, "-m", "pip", "install"]
        else:
            print("There is no venv here: pip installs into a plain folder instead.", flush=True)
            place = [sys.executable, "-m", "pip", "install", "--target", target]
        subprocess.run([*place, "--quiet", "--disable-pip-version-check", requirement], check=True)
    if target.exists():
        return sys.executable, {**os.environ, "PYTHONPATH": str(target)}
    return python, dict(os.environ)


def cargo(example, verb, *rest):
    """A cargo command for an example of ours, as a list of words."""
    package = ["--release", "--locked", "--quiet", "-p", "backchannel-rehearsal", "--example", example]
    return ["cargo", verb, *package, *rest]


def answer(command, **where):
    """What a command prints, read as JSON."""
    words = [str(word) for word in command]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, **where)
    return json.loads(done.stdout)


def verdict(what, sound, least, aim):
    """Prints whether all is as it should be, and gives the status to end with. Without a ratio no aim was measured."""
    print(f"\n{what} agree within 4 standard errors: {'yes' if sound else 'NO'}.")
    if least is None:
        return 0 if sound else 1
    print(f"Least ratio of speeds: {least:.0f}; the aim is {aim}: {'met' if least >= aim else 'NOT met'}.")
    return 0 if sound and least >= aim else 1
