"""Six questions of governors, answered on three cases by mouse, by keyboard alone and on a phone, within a stated number of steps."""

from __future__ import annotations

import contextlib
import csv
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from playwright.sync_api import expect

from tests.browser.conftest import explored
from tests.browser.driving import WAYS, Person, sit_down

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import SimpleNamespace

    from playwright.sync_api import Browser, Locator

ROOT = Path(__file__).resolve().parents[2]
ASKED = yaml.safe_load((ROOT / "tests" / "cases" / "tasks.yaml").read_text(encoding="utf-8"))
TASKS = list(ASKED["steps"])
CASES = list(ASKED["cases"])
MADE = "made"
OPTIONS = {
    "Stay as we are": "stay",
    "Collaborative partnership": "collaboration",
    "Council-maintained federation": "federation",
    "Co-operative trust": "co_operative_trust",
}
CRITERIA = {
    "Autonomy": "autonomy",
    "Community voice": "community_voice",
    "Coping with trouble": "resilience",
    "Effort of change": "effort_of_change",
}
Cells = dict[tuple[str, str], tuple[float, float, float, bool]]


@pytest.fixture(scope="module")
def dashboards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], SimpleNamespace]]:
    """Give a function that serves a case, one server each, and makes the one that has to be made."""
    running: dict[str, SimpleNamespace] = {}
    with contextlib.ExitStack() as stack:

        def serve(case: str) -> SimpleNamespace:
            if case not in running:
                folder = ROOT / "data" / "cases" / case
                if case == MADE:
                    folder = tmp_path_factory.mktemp("tasks") / "Hilltop schools"
                    command = [sys.executable, "-m", "partnership_model.delivery.cli", "new", folder.name, "--into", folder.parent]
                    subprocess.run(command, check=True, capture_output=True)
                running[case] = stack.enter_context(explored(folder))
            return running[case]

        yield serve


@pytest.fixture(scope="module", params=[(case, way) for case in CASES for way in WAYS], ids="-".join)
def person(request: pytest.FixtureRequest, browser: Browser, dashboards: Callable[[str], SimpleNamespace]) -> Iterator[tuple[str, Person]]:
    """Sit down in front of a case in one way; the tasks are done in turn, as in a meeting."""
    case, way = request.param
    dashboard = dashboards(case)
    one = sit_down(browser, way, dashboard.address, dashboard.cookie)
    yield case, one
    one.page.context.close()


@pytest.mark.parametrize("task", TASKS)
def test_a_governor_finds_the_answer_within_the_stated_steps(person: tuple[str, Person], task: str) -> None:
    case, one = person
    start(one)
    HOW[task](one, ASKED["cases"][case][task])
    assert one.steps <= ASKED["steps"][task][one.way]


# The answers, worked out anew from the files alone


def judged(case: str) -> Cells:
    """Give low, likely, high, and whether the group has looked at it, of each cell on a scale of points."""
    found: Cells = {}
    with (ROOT / "data" / "starting_assumptions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["option"], row["criterion"]] = (float(row["low"]), float(row["likely"]), float(row["high"]), False)
    own = ROOT / "data" / "cases" / case / "judgements.csv"
    for row in csv.DictReader(own.read_text(encoding="utf-8").splitlines()) if own.exists() else ():
        cell = (row["option"], row["criterion"])
        figures = [float(row[end]) for end in ("low", "likely", "high")] if row["likely"] else found.get(cell, ())[:3]
        if figures:
            found[cell] = (*figures, True)
    return found


def overall(cells: Cells, weights: dict[str, float], **instead: float) -> dict[str, float]:
    """Add up weight times likely figure; `instead` has other figures for `option__criterion`."""
    options = [option for option, criterion in cells if criterion == "autonomy" and option != "la_trust"]
    total = sum(weights.values())
    return {
        option: sum(weight * instead.get(f"{option}__{name}", cells[option, name][1]) for name, weight in weights.items()) / total
        for option in options
    }


def first(totals: dict[str, float]) -> set[str]:
    """Give those that come first in whole numbers, a half going up."""
    whole = {option: math.floor(total + 0.5 + 1e-9) for option, total in totals.items()}
    return {option for option, total in whole.items() if total == max(whole.values())}


def could_decide(cells: Cells, weights: dict[str, float]) -> set[tuple[str, str]]:
    """Give the cells that nobody has looked at and that alone, at one end of their range, change who comes first."""
    now = first(overall(cells, weights))
    return {
        (option, name)
        for option in overall(cells, weights)
        for name in weights
        if not cells[option, name][3]
        for end in (0, 2)
        if first(overall(cells, weights, **{f"{option}__{name}": cells[option, name][end]})) != now
    }


def meets(cells: Cells, weights: dict[str, float], moved: str, option: str) -> float:
    """Give the weight of 100 at which an option reaches the one that comes first, the other weight giving way."""
    (leader,) = first(overall(cells, weights))
    (other,) = set(weights) - {moved}
    ahead = cells[leader, other][1] - cells[option, other][1]
    gains = cells[option, moved][1] - cells[leader, moved][1]
    return 100 * ahead / (ahead + gains)


@pytest.mark.parametrize("case", CASES)
def test_the_stated_answers_are_what_plain_arithmetic_gives(case: str) -> None:
    told = ASKED["cases"][case]
    weights = {CRITERIA[label]: float(weight) for label, weight in told["weigh"]["weights"].items()}
    cells = judged(case)
    count = len(could_decide(cells, weights))
    assert told["weigh"]["answer"].startswith(f"{count} starting assumption")
    change = told["judgement"]["change"]
    changed, *left = [
        (OPTIONS[one["option"]], CRITERIA[one["criterion"].capitalize()]) for one in [change, *told["judgement"].get("leave", ())]
    ]
    assert {changed, *left} == could_decide(cells, weights)
    for cell in left:
        cells[cell] = (*cells[cell][:3], True)
    cells[changed] = (change["low"], change["likely"], change["high"], True)
    assert could_decide(cells, weights) == set()
    totals = overall(cells, weights)
    assert first(totals) == {"stay"}
    close = {option for option, total in totals.items() if totals["stay"] - total < 3}
    assert (len(close) > 1) == ("cannot be separated" in told["judgement"]["answer"])
    said = re.fullmatch(
        r"If (.+) carried more than (\d+) of 100 \(now (\d+)\), a (.+) would come first\.", told["what_would_change"]["answer"]
    )
    assert said is not None
    moved = CRITERIA[said[1].capitalize()]
    reached = {option: meets(cells, weights, moved, option) for option in totals if cells[option, moved][1] > cells["stay", moved][1]}
    nearest = min(reached, key=reached.get)
    assert nearest == OPTIONS[said[4].capitalize()]
    assert (round(reached[nearest]), round(100 * weights[moved] / sum(weights.values()))) == (int(said[2]), int(said[3]))


# The answers, found by a person


def start(one: Person) -> None:
    """Begin at the first step, with the focus at the top, as when the dashboard was just opened."""
    for step in ("next", "why"):
        one.page.locator(f"nav [data-step={step}]").dispatch_event("click")
        one.page.wait_for_selector(f".step[data-step={step}]")
    expect(one.page.locator("h1")).to_be_focused()
    one.steps = 0


def employer(one: Person, told: dict[str, Any]) -> None:
    """Who employs us: one of the ten first questions, which stand side by side."""
    one.press("Facts")
    one.choose("Look as", told["school"])
    row = one.page.locator("tr:visible", has=one.page.locator("th", has_text="Who employs our staff?")).first
    assert told["today"] in one.read(row.locator("[data-label='Stay as we are']"))
    assert told["answer"] in one.read(row.locator(f"[data-label='{told['option']}'] strong"))


def way_out(one: Person, told: dict[str, Any]) -> None:
    """A question in one's own words, and its answers below the field."""
    one.press("Facts")
    one.choose("Look as", told["school"])
    if told.get("add"):
        one.tick(told["option"])
    one.type("Your question", told["types"])
    one.enter()
    answers = one.page.get_by_role("status").filter(has=one.page.locator("h3"))
    for question, answer in (("Who can take our school out again?", "decides"), ("If we left, what would our school be?", "lands")):
        row = answers.locator("tr:visible", has=one.page.locator("th", has_text=question)).first
        assert told[answer] in one.read(row.locator(f"[data-label='{told['option']}'] strong"))


def must_have(one: Person, told: dict[str, Any]) -> None:
    """What is left beside a must-have, each by its name."""
    one.press("Must-haves")
    one.tick(told["ticks"])
    expect(one.page.locator("h1")).to_have_text(told["answer"])
    assert one.read(one.page.get_by_text(re.compile("^Left: "))) == f"Left: {', '.join(told['left'][:-1])} and {told['left'][-1]}."
    spent = one.steps
    one.tick(told["ticks"])  # given up again, for the questions that follow
    one.steps = spent


def weigh(one: Person, told: dict[str, Any]) -> None:
    """Weights typed in, the rest nothing."""
    one.press("What matters")
    for criterion, weight in told["weights"].items():
        one.type(f"{criterion}, 0 to 100", str(weight))
    one.press("The rest is worth nothing to us")
    one.press("See what follows")
    assert one.read(one.page.locator("h1")).startswith(told["answer"])


def judgement(one: Person, told: dict[str, Any]) -> None:
    """The judgement that could change the answer, other figures for it with a reason, and what follows."""
    one.press("How sure")
    for left in told.get("leave", ()):
        one.press("We have looked at it and leave it", cell_of(one, left))
    change = told["change"]
    cell = cell_of(one, change)
    one.read(cell.get_by_role("heading"))
    one.unfold("Change it", cell)
    for field in ("low", "likely", "high", "why"):
        one.type(field, str(change[field]), cell)
    one.press("Use our figures", cell)
    one.press("See what follows")
    assert told["answer"] in one.read(one.page.locator("h1"))
    expect(one.page.locator(".body > .lead")).to_contain_text(f"On the likely figures the order is: {told['order'][0]};")


def cell_of(one: Person, of: dict[str, Any]) -> Locator:
    """Find the judgement of an option on a criterion."""
    return one.page.locator("[data-form]", has=one.page.get_by_role("heading", name=f"{of['option']}: {of['criterion']}"))


def what_would_change(one: Person, told: dict[str, Any]) -> None:
    """What would have to matter more, in words."""
    one.press("What follows")
    one.read(one.page.get_by_text(told["answer"]))


HOW = {
    "employer": employer,
    "way_out": way_out,
    "must_have": must_have,
    "weigh": weigh,
    "judgement": judgement,
    "what_would_change": what_would_change,
}
