"""A record that somebody made up and sealed anew: it is refused in words, or whatever reads it can go on."""

from __future__ import annotations

import hashlib
import json
import random
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.display.consultation.in_short import in_short
from partnership_model.display.consultation.told import data, told_us
from partnership_model.display.notebook import open_appraisal
from partnership_model.errors import FaultsError
from partnership_model.knowledge.cases import case_of
from partnership_model.knowledge.consultation.record_file import _seals, read_record
from tests.consulting import EXAMPLE

if TYPE_CHECKING:
    from partnership_model.knowledge.base import KnowledgeBase

TEXT = (EXAMPLE / "consultation.json").read_text(encoding="utf-8")
ODD = (None, True, -1, 0, 3, 101, 10**9, 0.5, "", "x", "Staff", "cost", "stay", "2026-13-01", [], {}, ["x"], {"x": 1})
GROUP = "Parents and carers"


def resealed(value: dict[str, Any]) -> str:
    """Seal what was changed, as somebody who knows how would."""
    questions = json.dumps(value["questions"], sort_keys=True, ensure_ascii=False)
    value = {**value, "questions_sha256": hashlib.sha256(questions.encode()).hexdigest()}
    return json.dumps({**value, "sealed": _seals(value)}, ensure_ascii=False, indent=1) + "\n"


def leaves(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401 - JSON
    """Give every place of a value."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([place] if place else []), *(one for key, part in inside for one in leaves(part, (*place, key)))]


def changed(seed: int) -> str:
    """Put something odd in one place or two."""
    drawn, value = random.Random(seed), json.loads(TEXT)  # noqa: S311 - drawn for a test
    places = [one for one in leaves(value) if one[0] != "sealed"]
    for place in drawn.sample(places, drawn.choice((1, 2))):
        part = value
        try:
            for key in place[:-1]:
                part = part[key]
            part[place[-1]] = drawn.choice(ODD)
        except (KeyError, IndexError, TypeError):  # the first change took the place of the second away
            continue
    return resealed(value)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (
            lambda one: one["by_group"][GROUP]["points"][0].update(criterion="happiness"),
            "the weights of .* are of happiness",
        ),
        (lambda one: one["counting"][0]["points"].update(happiness=0), "the weights counted by person are of"),
        (lambda one: one["by_group"].update(Strangers=one["by_group"][GROUP]), "nobody was asked about the groups Strangers"),
        (lambda one: one.update(takes_in="Strangers"), "nobody was asked about the groups Strangers"),
        (lambda one: one["support"].pop(), "the support are of"),
        (lambda one: one["support"][0]["together"].pop(), "has another number of levels than of counts"),
        (lambda one: one["comments"]["themes"].append(one["comments"]["themes"][0]), "the themes name .* twice"),
        (lambda one: one.update(closed="2026-01-01"), "before it was opened"),
        (
            lambda one: one["counting"].insert(0, one["counting"].pop()) or one["counting"][0].update(by="person"),
            "the ways of counting name person twice",
        ),
    ],
)
def test_parts_that_do_not_fit_together_are_named_though_the_seals_are_right(spoil: Any, says: str) -> None:  # noqa: ANN401 - a lambda
    value = json.loads(TEXT)
    spoil(value)
    with pytest.raises(FaultsError, match=says):
        read_record(resealed(value))


def test_a_record_that_was_spoilt_anywhere_is_refused_or_can_be_shown(base: KnowledgeBase) -> None:
    run = open_appraisal(str(EXAMPLE), samples=1)
    texts, shown = dict(run.case.texts), 0
    for seed in range(500):
        try:
            case = case_of({**texts, "consultation.json": changed(seed)}, "elm-hill", base)
        except FaultsError as error:
            assert error.faults, seed  # noqa: PT017 - some changes are in order
            continue
        shown += 1
        if shown <= 20:
            assert told_us(case, run.appraisal, run.knowledge), seed
            assert list(in_short(case)), seed
            assert data(case), seed
    assert shown >= 10  # so that something was shown
