"""A fictional case that was consulted on: its ballots are drawn here, and its record is made by closing, as a facilitator does.

`python -m tests.consulting` writes `tests/consulted_case/` anew. Everything in it is invented.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from partnership_model.delivery.consultation.closing import Closed, close
from partnership_model.delivery.consultation.moderation import comments_of, moderate
from partnership_model.delivery.consultation.store import Store
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.ballots import Ballot
from partnership_model.knowledge.consultation.comment_themes import read_comment_themes
from partnership_model.knowledge.consultation.question_set import question_set
from partnership_model.knowledge.reading import read_knowledge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from partnership_model.delivery.consultation.kept_rows import Consultation
    from partnership_model.knowledge.base import KnowledgeBase

EXAMPLE = Path(__file__).parent / "consulted_case"
OPENED, CLOSED = dt.date(2026, 11, 2), dt.date(2026, 11, 20)
PARENTS, STAFF, NEIGHBOURS = "Parents and carers", "Staff", "Neighbours"
SCHOOLS = ("Infant A", "Junior B")
CRITERIA = ("school_improvement", "staff", "community_voice", "autonomy", "cost")
LIKES = {  # what comes first for most of a group, best first
    PARENTS: ("community_voice", "school_improvement", "autonomy", "staff", "cost"),
    STAFF: ("staff", "school_improvement", "cost", "autonomy", "community_voice"),
    NEIGHBOURS: ("community_voice", "autonomy", "cost", "staff", "school_improvement"),
}
LEVELS = ("strongly_for", "for", "neither", "against", "strongly_against")
SAID = {
    PARENTS: ("How do the children travel if the bus goes?", "Please keep our own governors.", "Keep the uniform cheap."),
    STAFF: ("What happens to our pay and our contracts?",),
    NEIGHBOURS: ("Parking is bad already.",),
}
CASE = """\
title: Elm Hill schools
decision: How should our two schools work together?
decides: Each governing body decides for its own school.
status: consulting
as_of: 2026-11-21
illustrative: true
illustrative_note: The schools, the ballots and every figure are invented.
why:
  - {says: Numbers are falling.}
schools:
  - {name: Infant A, category: community, phase: primary, pupils: 180, budget: 1100000}
  - {name: Junior B, category: community, phase: primary, pupils: 240, budget: 1400000}
options: [stay, federation, new_mat]
criteria: [school_improvement, staff, community_voice, autonomy, cost]
who_counts: group
weights:
  - group: Governors
    method: points
    values: {school_improvement: 40, staff: 20, community_voice: 10, autonomy: 20, cost: 10}
    elicited: {on: 2026-10-05, how: cards at a meeting, people: 14}
consultation:
  asks: What should matter most when the schools choose how to work together?
  groups:
    - {group: Parents and carers, invited: {Infant A: 90, Junior B: 110}}
    - {group: Staff, invited: {Infant A: 18, Junior B: 24}}
    - {group: Neighbours}
  also: [support, comment]
"""
ANSWERS = """\
  themes:
    - theme: {0}
      response: accepted
      why: The governing bodies agree that this matters.
      changed: A condition was put into the plan.
    - {{theme: {1}, response: not_accepted, why: The council decides on this.}}
"""


@dataclass(frozen=True)
class Evening:
    """A session of the consultation and what was said in it."""

    title: str
    channel: str
    ballots: tuple[Ballot, ...]


def drawn(group: str, count: int, channel: str, seed: int) -> tuple[Ballot, ...]:
    """Draw ballots of people who mostly like what their group likes; some tie, some leave the last out."""
    chance = random.Random(f"{group} {seed}")  # noqa: S311 - drawn for a test
    return tuple(_one(group, channel, chance) for _ in range(count))


def _one(group: str, channel: str, chance: random.Random) -> Ballot:
    order = list(LIKES[group])
    for _ in range(chance.randrange(3)):
        at = chance.randrange(len(order) - 1)
        order[at], order[at + 1] = order[at + 1], order[at]
    places = {name: place for place, name in enumerate(order, 1)}
    if chance.random() < 0.2:
        del places[order[-1]]
    if chance.random() < 0.1:
        places[order[1]] = 1
    lean = chance.choice(LEVELS)
    support = {"stay": chance.choice(LEVELS), "federation": lean}
    comment = chance.choice(SAID[group]) if chance.random() < 0.5 else ""
    return Ballot(group, chance.choice(SCHOOLS), channel, places, support=support, comment=comment)  # type: ignore[arg-type]


def evenings() -> tuple[Evening, ...]:
    """Give the three sessions of the example."""
    return (
        Evening("Evening in the hall", "session", (*drawn(PARENTS, 30, "session", 1), *drawn(NEIGHBOURS, 3, "session", 1))),
        Evening("Open form", "open_form", (*drawn(PARENTS, 22, "open_form", 2), *drawn(STAFF, 12, "open_form", 2))),
        Evening("Staff meeting, on paper", "paper", drawn(STAFF, 11, "paper", 3)),
    )


def consulted(folder: Path, store: Store, base: KnowledgeBase, sessions: Iterable[Evening]) -> Consultation:
    """Open the consultation of a case that lies in a folder, and cast every ballot."""
    case = read_case(folder, base)
    assert case.file.consultation
    opened = store.open_consultation(str(folder), question_set(case, case.file.consultation, base, OPENED), OPENED)
    for number, evening in enumerate(sessions):
        session = store.open_session(opened.id, evening.title, evening.channel, OPENED)  # type: ignore[arg-type]
        for at, ballot in enumerate(evening.ballots):
            store.cast(session.id, f"{number}-{at}", ballot)
    return opened


def approve_all(store: Store, consultation: str) -> None:
    """Approve every comment under the themes that are suggested."""
    themes = read_comment_themes()
    for one in comments_of(store, consultation):
        moderate(store, consultation, one.id, "approved", themes=themes.suggested(one.written))


def close_example(folder: Path, base: KnowledgeBase, sessions: Sequence[Evening] | None = None, text: str = CASE) -> Closed:
    """Play the consultation of a case in a folder from its first ballot to its record."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    with tempfile.TemporaryDirectory() as kept:
        store = Store(f"sqlite:///{kept}/ballots.db")
        opened = consulted(folder, store, base, sessions or evenings())
        approve_all(store, opened.id)
        try:
            return close(store, opened, base, CLOSED)
        finally:
            store.close()


def main() -> None:
    """Write the example anew."""
    shutil.rmtree(EXAMPLE, ignore_errors=True)
    found = close_example(EXAMPLE, read_knowledge())
    themes = [one.theme for one in found.record.comments.themes]
    (EXAMPLE / "case.yaml").write_text(CASE + ANSWERS.format(*themes), encoding="utf-8")


if __name__ == "__main__":
    main()
