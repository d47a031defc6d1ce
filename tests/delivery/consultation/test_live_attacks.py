"""The attacks on a whole evening, from the store to the live pictures, the record and the export: they find nobody."""

from __future__ import annotations

import asyncio
import csv
import functools
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.analysis.consultation.coarsening import Protection
from partnership_model.analysis.consultation.live_pictures import next_pictures
from partnership_model.delivery.consultation import freezing
from partnership_model.delivery.consultation import live as live_module
from partnership_model.delivery.consultation.closing import close
from partnership_model.delivery.consultation.desk import Desk
from partnership_model.delivery.consultation.freezing import frozen_of
from partnership_model.delivery.consultation.live import LivePictures
from partnership_model.delivery.consultation.store import Store
from partnership_model.display.consultation.export_table import ANOTHER_GROUP, ANOTHER_SCHOOL
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.ballots import Ballot
from partnership_model.knowledge.consultation.question_set import question_set
from tests.analysis.consultation import attacks
from tests.analysis.consultation.showing import only_the_small_hidden
from tests.consulting import CASE, CLOSED, CRITERIA, NEIGHBOURS, OPENED, PARENTS, STAFF

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.knowledge.base import KnowledgeBase

AT_ONCE = Protection(batch=1, held_back=0)


@pytest.fixture
def desk(tmp_path: Path, base: KnowledgeBase) -> Iterator[Desk]:
    """Open a consultation on the example."""
    folder = tmp_path / "elm-hill"
    folder.mkdir()
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    case = read_case(folder, base)
    store = Store(f"sqlite:///{tmp_path}/ballots.db")
    opened = store.open_consultation(str(folder), question_set(case, case.file.consultation, base, OPENED), OPENED)
    found = Desk(store, opened)
    yield found
    found.close()
    store.close()


def acts() -> Iterator[tuple[int, Ballot]]:
    """Play an evening: who hands in what. Every fourth act is of somebody who changes their mind; three neighbours come last."""
    for at in range(44):
        person = at if at % 4 else max(0, at - 7)
        group = STAFF if person % 3 else PARENTS
        school = "Infant A" if person % 2 else "Junior B"
        yield person, _ballot(group, school, at)
    for person in range(100, 103):
        yield person, _ballot(NEIGHBOURS, "Infant A", person)


def _ballot(group: str, school: str, turn: int) -> Ballot:
    return Ballot(group, school, "session", {name: (place + turn * turn) % 5 + 1 for place, name in enumerate(CRITERIA)})


async def watched(desk: Desk, session: Session) -> list[dict[str, Any]]:
    """Hand in one ballot after the other, and write down what is shown each time."""
    pictures, seen, done = LivePictures(desk), [], dict.fromkeys((PARENTS, STAFF, NEIGHBOURS), 0)
    for person, ballot in acts():
        desk.store.cast(session.id, f"person {person}", ballot)
        done[ballot.group] += 1
        now = await pictures.now()
        seen.append({"acts": dict(done), "pictures": dict(now.live.pictures), "answers": now.answers})
    return seen


def evening(desk: Desk) -> list[dict[str, Any]]:
    """Play it."""
    session = desk.store.open_session(desk.consultation.id, "Hall", "session", OPENED)
    return asyncio.run(watched(desk, session))


def closed_by(desk: Desk, base: KnowledgeBase) -> tuple[Consultation, dict[str, Any]]:
    """Close the consultation, and give its record as its file has it."""
    about = desk.consultation
    made = close(desk.store, about, base, CLOSED)
    return desk.store.consultation(about.id), json.loads(made.text)


def printed(text: str) -> list[dict[str, Any]]:
    """Read the export as a spreadsheet would."""
    rows = []
    for row in csv.DictReader(io.StringIO(text)):
        places = {name.removeprefix("place: "): int(place) for name, place in row.items() if name.startswith("place: ") and place}
        group = "" if row["group"] == ANOTHER_GROUP else row["group"].partition(", with")[0]
        rows.append({"group": group, "school": "" if row["school"] == ANOTHER_SCHOOL else row["school"], "places": places})
    return rows


def test_nobody_is_found_in_an_evening_its_record_and_its_export(desk: Desk, base: KnowledgeBase) -> None:
    seen = evening(desk)
    assert len({str(one["pictures"]) for one in seen}) > 3  # the pictures did move
    assert not attacks.successive_pictures(seen)
    about, record = closed_by(desk, base)
    tables = attacks.record_tables(record)
    assert {name for table in tables for name in table.get("groups", ())} >= {PARENTS, STAFF}
    last = {name: {"n": one.at_least, "means": {}} for name, one in seen[-1]["pictures"].items()}
    closing = {table["groups"][0]: table for table in tables if "groups" in table and "schools" not in table}
    assert not attacks.closing_minus_last(last, closing)
    rows = printed(frozen_of(desk.store, about.id).rows)
    assert not attacks.rows_against_tables(rows, tables)
    assert not [*attacks.small_tables(tables), *attacks.totals_minus_parts(tables), *attacks.counts_of_support(record)]
    assert attacks.hidden_sizes(tables, [PARENTS, STAFF, NEIGHBOURS], seen[-1]["answers"]) == {}


def test_a_record_and_its_rows_that_hide_only_what_is_small_give_the_three_neighbours_away(
    desk: Desk, base: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "closing", only_the_small_hidden)
    seen = evening(desk)
    about, record = closed_by(desk, base)
    tables = [one for one in attacks.record_tables(record) if "schools" not in one]
    assert 3 in [one.size for one in attacks.totals_minus_parts(tables)]
    assert attacks.hidden_sizes(tables, [PARENTS, STAFF, NEIGHBOURS], seen[-1]["answers"]) == {NEIGHBOURS: 3}
    assert 3 in [one.size for one in attacks.rows_against_tables(printed(frozen_of(desk.store, about.id).rows), tables)]


def test_an_evening_whose_pictures_move_at_once_gives_single_ballots_away(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "next_pictures", functools.partial(next_pictures, protection=AT_ONCE))
    found = attacks.successive_pictures(evening(desk))
    assert len(found) > 20
    assert [one.size for one in found].count(1) > 20


async def marks_of(desk: Desk, session: Session, cost: int) -> tuple[str, object]:
    """Let ten people answer, nine alike, and give the mark and the picture."""
    for at in range(10):
        places = {"community_voice": 1, "cost": cost if at == 0 else 3, "staff": 2}
        desk.store.cast(session.id, f"person {at}", Ballot(STAFF, "Junior B", "session", places))
    now = await LivePictures(desk).now()
    return now.mark, now.live.pictures


def test_the_mark_of_what_is_shown_says_no_more_than_what_is_shown(desk: Desk) -> None:
    session = desk.store.open_session(desk.consultation.id, "Hall", "session", OPENED)
    first = asyncio.run(marks_of(desk, session, 3))
    kept = json.loads(desk.store.consultation(desk.consultation.id).live)
    kept["tallies"][STAFF][1]["cost"] += 0.01  # finer than what is shown
    desk.store.keep_live(desk.consultation.id, kept, desk.store.consultation(desk.consultation.id).live)
    now = asyncio.run(LivePictures(desk).now())
    assert (now.mark, now.live.pictures) == first
