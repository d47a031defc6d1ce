"""Makers of ballots and questions for the tests of a consultation, and strategies that draw odd ones."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from partnership_model.knowledge.consultation.ballots import SUPPORTS, Ballot
from partnership_model.knowledge.consultation.plan import ConsultedGroup
from partnership_model.knowledge.consultation.question_set import AskedCriterion, AskedOption, QuestionSet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ABC = ("a", "b", "c")
CRITERIA = ("a", "b", "c", "d")
OPTIONS = ("stay", "federation", "new_mat")


def order(*steps: str, group: str = "Staff", school: str = "Infant A", **more: object) -> Ballot:
    """Make a ballot that puts criteria of one letter in order: `order("a", "bc")` has b and c level."""
    places = {name: place for place, step in enumerate(steps, 1) for name in step}
    return Ballot(group, school, "session", places, **more)  # type: ignore[arg-type]


def points(group: str = "Staff", **shares: int) -> Ballot:
    """Make a ballot that shares out points."""
    return Ballot(group, "", "session", points=shares)


def supports(levels: Mapping[str, str], group: str = "Staff") -> Ballot:
    """Make a ballot that says what it thinks of options: `for`, `against` and so on."""
    return Ballot(group, "", "session", support=dict(levels))  # type: ignore[arg-type]


def questions(
    criteria: Sequence[str] = CRITERIA,
    options: Sequence[str] = (),
    groups: Sequence[ConsultedGroup] = (ConsultedGroup(group="Staff"), ConsultedGroup(group="Parents")),
    schools: Sequence[str] = ("Infant A", "Junior B"),
    **more: object,
) -> QuestionSet:
    """Make a question set; each criterion and option is called as its key, with a capital."""
    fields: dict[str, object] = {
        "case": "made",
        "title": "Made for a test",
        "asks": "What matters to you?",
        "about": None,
        "decides": "Each governing body decides.",
        "criteria": tuple(AskedCriterion(key=one, label=_named(one), worst="the worst", best="the best") for one in criteria),
        "options": tuple(AskedOption(key=one, label=_named(one), in_a_sentence=one) for one in options),
        "groups": tuple(groups),
        "schools": tuple(schools),
        "also": ("support", "comment"),
        "languages": ("en",),
        "once": "open",
        "option_order": False,
        "keep_until": dt.date(2027, 1, 1),
        "illustrative": True,
    }
    return QuestionSet.model_validate(fields | more)


def _named(key: str) -> str:
    return key.replace("_", " ").capitalize()


def ballots(criteria: Sequence[str] = CRITERIA, options: Sequence[str] = OPTIONS) -> st.SearchStrategy[Ballot]:
    """Draw a ballot: ties, gaps and criteria left out, points or none, support for some options."""
    places = st.dictionaries(st.sampled_from(criteria), st.integers(1, len(criteria)))
    cuts = st.lists(st.integers(0, 100), min_size=len(criteria) - 1, max_size=len(criteria) - 1).map(sorted)
    shared = cuts.map(lambda ends: {name: high - low for name, low, high in zip(criteria, [0, *ends], [*ends, 100], strict=True)})
    support = st.dictionaries(st.sampled_from(options), st.sampled_from(SUPPORTS))
    return st.builds(
        Ballot,
        st.sampled_from(["Staff", "Parents", ""]),
        st.sampled_from(["Infant A", "Junior B", ""]),
        st.sampled_from(["session", "paper"]),
        places,
        st.one_of(st.just({}), shared),
        support,
    )
