"""The export of a closed consultation: rows in cells of five, with nothing that a spreadsheet would work out."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from partnership_model.delivery.consultation.freezing import close_frozen, frozen_of
from partnership_model.delivery.consultation.store import Store
from partnership_model.knowledge.consultation.ballots import Ballot
from tests.consulting import CASE, CLOSED, NEIGHBOURS, PARENTS, STAFF, Evening, consulted

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase

ORDER = {"community_voice": 1, "school_improvement": 2, "autonomy": 3, "staff": 4, "cost": 5}
HALL = (
    *(Ballot(PARENTS, "Infant A", "session", ORDER, {}, {"stay": "for"}) for _ in range(9)),
    *(Ballot(STAFF, "Junior B", "session", {"staff": 1}) for _ in range(6)),
    *(Ballot(NEIGHBOURS, "Infant A", "session", {"cost": 1}, comment="Parking, says I.") for _ in range(2)),
)


def exported(tmp_path: Path, base: KnowledgeBase, case: str = CASE, hall: tuple[Ballot, ...] = HALL) -> str:
    """Hold an evening, close the consultation, and export it."""
    folder = tmp_path / "elm-hill"
    folder.mkdir()
    (folder / "case.yaml").write_text(case, encoding="utf-8")
    store = Store(f"sqlite:///{tmp_path}/ballots.db")
    about = consulted(folder, store, base, [Evening("Hall", "session", hall)])
    close_frozen(store, about.id, CLOSED)
    text = frozen_of(store, about.id).rows
    store.close()
    return text


def test_every_row_stands_among_five_of_its_group_and_school(tmp_path: Path, base: KnowledgeBase) -> None:
    text = exported(tmp_path, base)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert Counter((row["group"], row["school"]) for row in rows) == {
        (f"{PARENTS}, with a few of other groups", "another school, or not said"): 11,
        (STAFF, "Junior B"): 6,
    }
    assert {row["support: stay"] for row in rows if row["group"].startswith(PARENTS)} == {"for", ""}
    assert {row["place: staff"] for row in rows if row["group"] == STAFF} == {"1"}
    assert {row["about"] for row in rows} == {"This is not a vote. It says what matters to people; the governing bodies decide."}
    assert "Parking" not in text
    assert "session" not in text


def test_a_group_that_is_named_like_a_formula_is_no_formula(tmp_path: Path, base: KnowledgeBase) -> None:
    hall = tuple(Ballot("=1+1", "Infant A", "session", ORDER) for _ in range(5))
    text = exported(tmp_path, base, CASE.replace("{group: Neighbours}", '{group: "=1+1"}'), hall)
    assert "\r\n'=1+1,Infant A," in text
