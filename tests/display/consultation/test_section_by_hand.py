"""Every figure of the section, worked out once more from the example's ballots in plain Python, beside what its tables say."""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING

import pytest

from partnership_model.analysis.consultation.recording import results_again
from partnership_model.display.blocks import Bullets, Heading, Paragraph, Table
from partnership_model.display.consultation.section import consultation_section
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes
from partnership_model.knowledge.consultation.record_file import read_record
from tests.consulting import CRITERIA, EXAMPLE, LEVELS, NEIGHBOURS, PARENTS, SCHOOLS, STAFF, evenings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.display.blocks import Block
    from partnership_model.knowledge.consultation.ballots import Ballot

BALLOTS = [one for evening in evenings() for one in evening.ballots]
# Three neighbours are too few, alone and with nobody else: they count with the largest group.
GROUPS = {PARENTS: [one for one in BALLOTS if one.group in (PARENTS, NEIGHBOURS)], STAFF: [one for one in BALLOTS if one.group == STAFF]}
EVERYBODY = {**GROUPS, "Everybody": BALLOTS}
LABELS = {"school_improvement": "Help to teach better", "staff": "Staff", "community_voice": "Community voice"}
LABELS |= {"autonomy": "Autonomy", "cost": "Cost"}
LESS = Fraction(1)  # whole points that sum to 100 lie less than one from what they round


@pytest.fixture(scope="module")
def blocks() -> list[Block]:
    return consultation_section(results_again(read_record((EXAMPLE / "consultation.json").read_text(encoding="utf-8"))))


def rows(blocks: Sequence[Block], caption: str) -> dict[str, tuple[str, ...]]:
    """Give the rows of the table whose caption begins so, by what stands first in them."""
    table = next(one for one in blocks if isinstance(one, Table) and one.caption.startswith(caption))
    return {str(row[0]): tuple(map(str, row[1:])) for row in table.rows}


def ranks(ballot: Ballot) -> dict[str, Fraction]:
    """Rank what somebody put in order; those in one place share the middle of their ranks, and those left out are level and last."""
    places = {name: ballot.places.get(name, 99) for name in CRITERIA}
    return {
        name: Fraction(1 + 2 * sum(other < at for other in places.values()) + sum(other == at for other in places.values()), 2)
        for name, at in places.items()
    }


def mean_ranks(ballots: Sequence[Ballot]) -> dict[str, Fraction]:
    return {name: sum((ranks(one)[name] for one in ballots), Fraction()) / len(ballots) for name in CRITERIA}


def weights(ballots: Sequence[Ballot]) -> dict[str, Fraction]:
    """Give the mean of the rank order centroids, of 100; level ones share what their places are worth."""
    worth = [sum(Fraction(1, place) for place in range(rank, len(CRITERIA) + 1)) / len(CRITERIA) for rank in range(1, len(CRITERIA) + 1)]
    total = dict.fromkeys(CRITERIA, Fraction())
    for one in ballots:
        rank = ranks(one)
        for name in CRITERIA:
            before = sum(other < rank[name] for other in rank.values())
            level = sum(other == rank[name] for other in rank.values())
            total[name] += sum(worth[before : before + level]) / level
    return {name: 100 * value / len(ballots) for name, value in total.items()}


def mean_of(several: Sequence[Mapping[str, Fraction]]) -> dict[str, Fraction]:
    return {name: sum((one[name] for one in several), Fraction()) / len(several) for name in CRITERIA}


def kendalls_w(orders: Sequence[Mapping[str, Fraction]]) -> float:
    """Work out W with its correction for ties (Kendall and Gibbons 1990, chapter 6)."""
    many, things = len(orders), len(CRITERIA)
    sums = [sum(one[name] for one in orders) for name in CRITERIA]
    apart = sum((one - Fraction(sum(sums), things)) ** 2 for one in sums)
    ties = sum(count**3 - count for one in orders for count in Counter(one.values()).values())
    return float(12 * apart / (many**2 * (things**3 - things) - many * ties))


def order_of(means: Mapping[str, Fraction]) -> dict[str, Fraction]:
    return {
        name: Fraction(1 + 2 * sum(other < mean for other in means.values()) + sum(other == mean for other in means.values()), 2)
        for name, mean in means.items()
    }


def at_schools() -> dict[str, list[Ballot]]:
    """Give the ballots that are counted at each school: of each group, those schools at which nobody is one of a few.

    The three neighbours lie with the parents, at no school. As three are too few, the parents of the smaller school lie with them.
    """
    here = {school: [one for one in BALLOTS if (one.group, one.school) == (PARENTS, school)] for school in SCHOOLS}
    given_up = min(SCHOOLS, key=lambda school: len(here[school]))
    found = {}
    for school in SCHOOLS:
        staff = [one for one in BALLOTS if (one.group, one.school) == (STAFF, school)]
        assert len(staff) >= 5
        found[school] = staff + (here[school] if school != given_up else [])
    return found


def test_how_many_answered_of_how_many(blocks: list[Block]) -> None:
    lines = next(one for one in blocks if isinstance(one, Bullets)).items
    assert [re.findall(r"\d+", line) for line in lines[:2]] == [
        [str(len(GROUPS[PARENTS])), "200", str(round(100 * len(GROUPS[PARENTS]) / 200)), "100"],
        [str(len(GROUPS[STAFF])), "42", str(round(100 * len(GROUPS[STAFF]) / 42)), "100"],
    ]
    invited = {"Infant A": {PARENTS: 90, STAFF: 18}, "Junior B": {PARENTS: 110, STAFF: 24}}
    for school, ballots in at_schools().items():
        groups = [name for name in (PARENTS, STAFF) if any(one.group == name for one in ballots)]
        of = sum(invited[school][name] for name in groups)
        said = rows(blocks, "How many answered, by school")[school]
        assert said == (" and ".join(groups), str(len(ballots)), f"{of} people", str(round(100 * len(ballots) / of)))
    came = Counter(one.channel for one in BALLOTS)
    ways = next(one.text for one in blocks if isinstance(one, Paragraph) and one.text.startswith("How the answers came in"))
    assert sorted(map(int, re.findall(r"\d+", ways))) == sorted(came.values())


def test_what_matters_to_whom(blocks: list[Block]) -> None:
    told, placed = rows(blocks, "What matters to whom"), rows(blocks, "Mean rank and median rank")
    for at, ballots in enumerate(EVERYBODY.values()):
        for name, weight in weights(ballots).items():
            assert abs(int(told[LABELS[name]][at].split()[0]) - weight) < LESS
            mean, middle = mean_ranks(ballots)[name], median(ranks(one)[name] for one in ballots)
            assert placed[LABELS[name]][at] == f"{float(mean):.1f} (median {round(float(middle), 1):g})"


def test_what_matters_at_each_school(blocks: list[Block]) -> None:
    told = rows(blocks, "What matters at each school")
    for at, (school, ballots) in enumerate(at_schools().items()):
        assert school in SCHOOLS[at]
        assert told["Answers"][at] == str(len(ballots))
        for name, weight in weights(ballots).items():
            assert abs(int(told[LABELS[name]][at].split()[0]) - weight) < LESS


def test_first_places_and_what_was_left_out(blocks: list[Block]) -> None:
    told = rows(blocks, "First places")
    first = {name: sum(one.places.get(name) == min(one.places.values()) for one in BALLOTS) for name in CRITERIA}
    placed = {name: sum(name in one.places for one in BALLOTS) for name in CRITERIA}
    for name in CRITERIA:
        shown = told[LABELS[name]]
        assert shown[0] in (str(first[name]), "not shown")
        assert (shown[0] == "not shown") >= (0 < first[name] < 5)
        assert shown[1] == (str(placed[name]) if len(BALLOTS) - placed[name] >= 5 or placed[name] == len(BALLOTS) else shown[1])
    partial = sum(len(one.places) < len(CRITERIA) for one in BALLOTS)
    assert f"{partial} of {len(BALLOTS)} left at least one criterion out." in [one.text for one in blocks if isinstance(one, Paragraph)]


def test_how_far_people_agree(blocks: list[Block]) -> None:
    orders = [order_of(mean_ranks(ballots)) for ballots in GROUPS.values()]
    expected = {f"Within: {name}": kendalls_w([ranks(one) for one in ballots]) for name, ballots in GROUPS.items()}
    expected |= {"Between the groups": kendalls_w(orders), "Everybody": kendalls_w([ranks(one) for one in BALLOTS])}
    told = rows(blocks, "Agreement on the order")
    assert told == {name: (f"{value:.2f}",) for name, value in expected.items()}
    apart = sum((orders[0][name] - orders[1][name]) ** 2 for name in CRITERIA)
    (alike,) = rows(blocks, "How alike the orders of two groups are").values()
    assert alike == (f"{float(1 - Fraction(6 * apart, 5 * 24)):.2f}",)


def test_one_voice_for_each_person_group_or_school(blocks: list[Block]) -> None:
    ways = [
        weights(BALLOTS),
        mean_of([weights(ballots) for ballots in GROUPS.values()]),
        mean_of([weights(ballots) for ballots in at_schools().values()]),
    ]
    told = rows(blocks, "Weights of 100, by who has one voice")
    for at, way in enumerate(ways):
        assert sum(int(cells[at]) for cells in told.values()) == 100
        for name, weight in way.items():
            assert abs(int(told[LABELS[name]][at]) - weight) < LESS
    titles = [one.text for one in blocks if isinstance(one, Heading)]
    most = [LABELS[max(way, key=lambda name: way[name])] for way in ways]
    by = ("person", "group", "school")
    # Infant A counts staff alone and Junior B parents as well, so the two are not compared in a title.
    said = "; ".join(f"{what} if each {who} has one voice" for what, who in zip(most[:2], by[:2], strict=True))
    assert f"What weighs most depends on who has a voice: {said}" in titles


def test_what_people_think_of_the_options(blocks: list[Block]) -> None:
    told = rows(blocks, "What people think of the options")
    sides = (LEVELS[:2], LEVELS[2:3], LEVELS[3:])
    for key, label in (("stay", "Stay as we are"), ("federation", "Council-maintained federation")):
        counts = {name: [sum(one.support.get(key) in side for one in ballots) for side in sides] for name, ballots in EVERYBODY.items()}
        assert told[label] == (str(len(BALLOTS)), *map(str, counts["Everybody"]))
        assert rows(blocks, f"{label}: support by group") == {name: tuple(map(str, row)) for name, row in counts.items()}
        line = next(item for one in blocks if isinstance(one, Bullets) for item in one.items if item.startswith(f"{label}: of"))
        levels = [sum(one.support.get(key) == level for one in BALLOTS) for level in LEVELS]
        assert [int(number) for number in re.findall(r"\d+", line)] == [len(BALLOTS), *levels]


def test_what_comments_are_about(blocks: list[Block]) -> None:
    themes = read_comment_themes()
    told = rows(blocks, next(one.caption for one in blocks if isinstance(one, Table) and "one may be about several things" in one.caption))
    about = {name: [themes.suggested(one.comment) for one in ballots if one.comment] for name, ballots in EVERYBODY.items()}
    for key in themes.themes:
        many, *groups = [sum(key in one for one in about[name]) for name in ("Everybody", PARENTS, STAFF)]
        assert 0 in groups  # so a count by group would say whose each of these comments is
        assert told.get(key) == ((str(many),) if many else None)
