"""Whatever was answered comes back, in each shape of ranking, separator and encoding."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from partnership_model.knowledge.consultation.ballots import SUPPORTS, Ballot
from partnership_model.knowledge.surveys.mapping import Mapping, Order, SupportColumns, Who
from partnership_model.knowledge.surveys.reading import read_ballots
from partnership_model.knowledge.surveys.survey_table import read_survey
from tests.making import pure
from tests.surveys.asking import LABELS, places, questions

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

GROUPS, SCHOOLS = ["Parents and carers", "Staff", "Governors", ""], ["Infant A", "Junior B", ""]
WORDS = st.text("abc £é\n;,\t\"'=-", max_size=20).map(str.strip).filter(lambda text: any(letter.isalpha() for letter in text) or not text)
WORDS = WORDS.filter(lambda text: "é££" not in text)  # in Windows' own encoding that is a letter of UTF-8 too
ORDERS = st.lists(st.sampled_from(list(LABELS)), unique=True, min_size=1).map(" ".join)
SUPPORT = st.dictionaries(st.sampled_from(["stay", "federation"]), st.sampled_from(SUPPORTS))
BALLOTS = st.lists(
    st.builds(
        Ballot, st.sampled_from(GROUPS), st.sampled_from(SCHOOLS), st.just("survey"), ORDERS.map(places), st.just({}), SUPPORT, WORDS
    ),
    min_size=1,
    max_size=6,
)
SHAPES: dict[str, Order] = {
    "one_cell": Order(one_cell="Order"),
    "item_columns": Order(item_columns=LABELS),
    "position_columns": Order(position_columns=tuple(f"Rank {at}" for at in range(1, 5))),
}


def order_cells(one: Ballot, shape: str) -> dict[str, Any]:
    listed = sorted(one.places, key=one.places.__getitem__)
    if shape == "one_cell":
        return {"Order": "".join(f"{LABELS[name]};" for name in listed)}
    if shape == "item_columns":
        return {LABELS[name]: one.places.get(name, "N/A") for name in LABELS}
    return {f"Rank {at + 1}": LABELS[listed[at]] if at < len(listed) else "" for at in range(4)}


def test_letters_that_only_begin_like_another_encoding_are_read(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes("Group,Words\r\nStaff,é£5 for a café\r\n".encode("cp1252"))
    assert "é£5 for a café" in str(read_survey(path).rows)


@given(
    ballots=BALLOTS,
    shape=st.sampled_from(list(SHAPES)),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    separator=st.sampled_from([",", ";", "\t"]),
)
@pure(120)
def test_whatever_was_answered_comes_back(
    tmp_path_factory: pytest.TempPathFactory, ballots: list[Ballot], shape: str, encoding: str, separator: str
) -> None:
    rows = [
        {"Group": one.group, "School": one.school, **order_cells(one, shape), **dict.fromkeys(("stay", "federation"), ""), **one.support}
        | {"Words": one.comment}
        for one in ballots
    ]
    held = io.StringIO(newline="")
    writer = csv.DictWriter(held, list(rows[0]), delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    path = tmp_path_factory.mktemp("shape") / "answers.csv"
    path.write_bytes(held.getvalue().encode(encoding))
    mapping = Mapping(
        version=1,
        tool="other",
        group=Who(column="Group"),
        school=Who(column="School"),
        order=SHAPES[shape],
        support=SupportColumns(columns={"stay": "stay", "federation": "federation"}),
        comment=("Words",),
    )
    found = read_ballots(read_survey(path), mapping, questions())
    wanted = [replace(one, comment=one.comment.replace("\t", " ")) for one in ballots]
    assert (list(found.ballots), found.rejected) == (wanted, ())
