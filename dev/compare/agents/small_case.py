"""The small case of README.md as agent-based models in Mesa: `Stepped` steps beat by beat, `Scheduled` goes from event to
event on Mesa's own simulator. Prints what came of many lives, as JSON. Called by mesa.py."""

import argparse
import json
import math
import time
import tomllib

import mesa
from mesa.experimental.devs import DEVSimulator, Priority

DAY_SECONDS = 86_400
YEAR_DAYS = 365
WARM_UP = 3


class Case:
    """The numbers of the case, in beats."""

    def __init__(self, world, brake, term):
        beat_years = world["channel"]["beat_seconds"] / DAY_SECONDS / YEAR_DAYS
        self.beats_of_year = round(1 / beat_years)
        self.horizon = round(world["years"] / beat_years)
        self.brake, self.term = brake, term
        self.forgets = world["both"]["forgets"]
        # What alarms the first side, and how often in a beat on average.
        self.sources = {
            "false-alarm": world["first"]["false_alarms_per_year"] * beat_years,
            "accident": world["second"]["accidents_per_year"] * beat_years,
        }


class Party(mesa.Agent):
    """A side: something befalls it by chance, which alarms the first side; near the end of a term it reaffirms, unless
    it forgets."""

    def __init__(self, model, source, rate):
        super().__init__(model)
        self.source, self.rate = source, rate
        self.chance = -math.expm1(-rate)
        self.forgets = model.case.forgets
        self.random_unit = model.random.random

    def reaffirms(self):
        return self.random_unit() >= self.forgets

    # Stepped.

    def step(self):
        if self.random_unit() < self.chance:
            self.model.alarms.append(self.source)

    # Scheduled.

    def expect(self):
        if self.rate > 0:
            self.model.simulator.schedule_event_relative(self.suffers, self.random.expovariate(self.rate))

    def suffers(self):
        self.expect()
        self.model.alarmed(self.source)


class SteppedPact:
    """The registry, beat by beat."""

    def __init__(self, case):
        self.brake, self.term = case.brake, case.term
        self.beat = 0
        self.question = 0
        self.posted = False
        self.renewed = True

    def end_beat(self, opened, parties):
        """Seals what was posted a beat ago, and says whether the text is still in effect."""
        sealed, self.posted = self.posted, opened
        if self.question:
            self.question -= 1
        self.beat += 1
        if self.beat == self.term:
            self.renewed = all([party.reaffirms() for party in parties])
            if self.renewed:
                self.beat = 0
        if not self.renewed:
            # Questions opened before the end put it off; what is sealed with it or later comes too late.
            return self.question > 0
        if sealed:
            self.question = self.brake
        return True


class Stepped(mesa.Model):
    """A step is a beat."""

    def __init__(self, case, seed):
        super().__init__(seed=seed)
        self.case = case
        for source, rate in case.sources.items():
            Party(self, source, rate)

    def live(self):
        """A life from its beginning: why it ended, or None, and for how many beats it held."""
        self.pact = SteppedPact(self.case)
        self.alarms = []
        self.cause = None
        self.ends = self.steps + self.case.horizon
        begun = self.steps
        self.running = True
        self.run_model()
        return self.cause, self.steps - begun

    def step(self):
        self.agents.do("step")
        pact = self.pact
        opened = False
        if self.alarms:
            if pact.question:
                return self.end(self.random.choice(self.alarms))
            opened = True
            self.alarms.clear()
        if not pact.end_beat(opened, self.agents):
            return self.end("lapse")
        if self.steps == self.ends:
            self.running = False

    def end(self, cause):
        self.cause = cause
        self.running = False


class ScheduledPact:
    """The registry, from event to event."""

    def __init__(self, model):
        self.model = model
        self.question_until = 0
        self.renewed = True
        model.simulator.schedule_event_relative(self.term_ends, model.case.term, priority=Priority.HIGH)

    def post(self):
        """An opening is sealed at the end of the next whole beat."""
        simulator = self.model.simulator
        simulator.schedule_event_absolute(self.sealed, math.floor(simulator.time) + 2)

    def sealed(self):
        if self.renewed:
            self.question_until = self.model.simulator.time + self.model.case.brake

    def term_ends(self):
        """Questions opened before the end put it off; what is sealed with it or later comes too late."""
        simulator = self.model.simulator
        self.renewed = all([party.reaffirms() for party in self.model.agents])
        if self.renewed:
            simulator.schedule_event_relative(self.term_ends, self.model.case.term, priority=Priority.HIGH)
        elif simulator.time < self.question_until:
            simulator.schedule_event_absolute(self.lapses, self.question_until, priority=Priority.HIGH)
        else:
            self.lapses()

    def lapses(self):
        self.model.end("lapse")


class Scheduled(mesa.Model):
    """Goes from event to event; a unit of time is a beat."""

    def __init__(self, case, seed):
        super().__init__(seed=seed)
        self.case = case
        self.simulator = DEVSimulator()
        for source, rate in case.sources.items():
            Party(self, source, rate)

    def live(self):
        """A life from its beginning: why it ended, or None, and for how many beats it held."""
        self.simulator.reset()
        self.simulator.setup(self)
        self.cause = None
        self.held = self.case.horizon
        self.pact = ScheduledPact(self)
        for party in self.agents:
            party.expect()
        self.simulator.run_until(self.case.horizon)
        return self.cause, self.held

    def alarmed(self, source):
        if self.simulator.time < self.pact.question_until:
            self.end(source)
        else:
            self.pact.post()

    def end(self, cause):
        self.cause, self.held = cause, self.simulator.time
        self.simulator.event_list.clear()


def measured(model, case, lives):
    """What came of so many lives, and their speed; some first ones are set aside."""
    for _ in range(WARM_UP):
        model.live()
    counts = {"survival": 0, "false-alarm": 0, "accident": 0, "lapse": 0}
    beats = 0
    start = time.perf_counter()
    for _ in range(lives):
        cause, held = model.live()
        counts[cause or "survival"] += 1
        beats += held
    spent = time.perf_counter() - start
    return {"lives": lives, "counts": counts, "years_per_second": beats / case.beats_of_year / spent}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--version", required=True)
    parser.add_argument("--world", required=True)
    parser.add_argument("--brake", type=int, required=True, help="beats")
    parser.add_argument("--term", type=int, required=True, help="beats")
    parser.add_argument("--kind", choices=["stepped", "scheduled"], required=True)
    parser.add_argument("--lives", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    options = parser.parse_args()
    if mesa.__version__ != options.version:
        raise SystemExit(f"this is Mesa {mesa.__version__}, not {options.version}")
    with open(options.world, "rb") as file:
        case = Case(tomllib.load(file), options.brake, options.term)
    kind = {"stepped": Stepped, "scheduled": Scheduled}[options.kind]
    print(json.dumps(measured(kind(case, options.seed), case, options.lives)))


if __name__ == "__main__":
    main()
