"""The example of docs/method/what_would_change.md: every number of it is what the analysis finds and the parts say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.display import judgement_change_parts, potential_parts, robustness_words, sweep_parts
from partnership_model.display.blocks import Bullets
from tests.making import make_criterion, make_problem

PAGE = Path(__file__).resolve().parents[2] / "docs" / "method" / "what_would_change.md"
LABELS = {"stay": "Stay", "federation": "Federation", "joint": "Joint committee", "trust": "New trust"}
CRITERIA = {
    name: make_criterion(label=label) for name, label in (("teach", "Help to teach better"), ("own", "Autonomy"), ("cost", "Cost kept low"))
}
TABLE = {
    "stay": [(20, 30, 50), (80, 90, 100), (60, 70, 80)],
    "federation": [(40, 60, 80), (40, 50, 60), (50, 60, 70)],
    "joint": [(30, 40, 50), (50, 60, 70), (55, 60, 70)],
    "trust": [(30, 60, 80), (20, 30, 50), (40, 60, 75)],
}


@pytest.fixture(scope="module")
def found() -> Appraisal:
    """Appraise the example."""
    problem = make_problem(TABLE, (40, 40, 20), CRITERIA)
    options = tuple(replace(one, label=LABELS[one.key], in_a_sentence=LABELS[one.key].lower()) for one in problem.options)
    return appraise(replace(problem, options=options), 1)


def text() -> str:
    """Read the page with its lines joined."""
    return " ".join(PAGE.read_text(encoding="utf-8").replace("*", "").split())


def test_the_page_shows_the_figures_and_overall_values_of_the_example(found: Appraisal) -> None:
    for key, row in TABLE.items():
        cells = " | ".join(f"{low} to {high}, likely {likely}" for low, likely, high in row)
        assert f"| {LABELS[key].lower()} | {cells} |" in text()
    assert found.overall is not None
    values = ", ".join(f"{LABELS[key].lower()} {found.overall[key].likely:.0f}" for key in TABLE)
    assert f"Overall values: {values}" in text()


def test_one_weight_and_two_as_the_page_says(found: Appraisal) -> None:
    """Stay less federation is -30, 40 and 10: at x for teaching 30x = 30(1 - x), the rest being 40 and 10 two to one."""
    (bullets,) = (block for block in sweep_parts.part(found) if isinstance(block, Bullets))
    assert bullets.items[0] == "With a weight of help to teach better up to 50 stay leads; above 50 federation leads."
    assert "Stay leads until help to teach better carries 50 of 100, then federation does" in text()
    said = bullets.items[1].replace(" on 32 of 100", " on 32").replace(": stay", " stay")
    assert said == "Over all weights of autonomy and help to teach better stay leads on 68 of 100 parts of the map, federation on 32."
    assert said in text()


def test_several_weights_as_the_page_says(found: Appraisal) -> None:
    """6 behind; a point from autonomy (40 behind) to teaching (30 ahead) gains 0.7, so 6 / 0.7 = 8.57 points."""
    assert robustness_words.smallest_changes(found)[0] == (
        "To put federation first, 9 points of 100 would have to move: from autonomy (9) to help to teach better (9)."
    )
    change = found.smallest_changes["federation"]
    assert change is not None
    assert change.moved == pytest.approx(6 / 0.7)
    assert "For federation 9 points go from autonomy to help to teach better" in text()


def test_judgements_as_the_page_says(found: Appraisal) -> None:
    first, second, _ = (judgement_change_parts.sentence(found, found.judgement_changes[key]) for key in ("federation", "joint", "trust"))
    says = "its judgement on help to teach better would have to be 75 instead of 60"
    assert says in first
    assert f"{says}, which lies inside the range given, 40 to 80" in text()
    assert re.findall(r"(\d+) instead", second) == ["50", "70", "70"]
    assert "all three have to be at the best end: 50, 70 and 70" in text()


def test_what_could_come_first_as_the_page_says(found: Appraisal) -> None:
    said = potential_parts.sentences(found)
    assert "New trust could at most draw level, whatever the weights." in said
    assert "The new trust could at most draw level." in text()
    (mixed,) = (one for one in said if "averaged" in one)
    assert mixed == (
        "Whatever the weights, something is ahead of joint committee: stay and federation, averaged 50 to 50, have at least 5 points more "
        "on every criterion."
    )
    assert "stay and federation, averaged 50 to 50, have 45, 70 and 65, at least 5 points more on every criterion" in text()
    assert [(a[1] + b[1]) / 2 for a, b in zip(TABLE["stay"], TABLE["federation"], strict=True)] == [45, 70, 65]


def test_what_is_left_out_as_the_page_says(found: Appraisal) -> None:
    assert "If autonomy were left out, federation and new trust would tie for first." in robustness_words.left_out(found)
    assert "Without autonomy federation and the new trust tie." in text()
