"""What stays out of the data that ships: contacts of persons, and sentences of the documents behind the project."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model.knowledge.files import read_text
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = shipped("data")
SOURCES = Path(__file__).resolve().parents[2] / "shared" / "sources"
RUN = 10  # words
E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
TELEPHONE = re.compile(r"(?<![\w.£-])(?:\+44[\s-]?(?:\(0\))?|\(?0)\d(?:[\s()-]{0,2}\d){8,9}(?![\w-])")
ADDRESS = re.compile(r"https?://[^\s\"'<>]+")


def texts(path: Path) -> list[str]:
    """Every text of a data file: the values of YAML, the cells of CSV, else the whole."""
    if path.suffix == ".yaml":
        return list(_leaves(read_yaml(path).value))
    if path.suffix == ".csv":
        return [cell for row in csv.reader(read_text(path).splitlines()) for cell in row]
    return [read_text(path)]


def _leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 - plain data
    if isinstance(value, dict):
        for one in value.values():
            yield from _leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one)
    elif isinstance(value, str):
        yield value


def data_files() -> list[Path]:
    """Every file that ships in the folder `data`."""
    return sorted(path for path in DATA.rglob("*") if path.is_file())


def words(text: str) -> list[str]:
    """The words of a text, without case and punctuation."""
    return re.findall(r"[a-z0-9]+(?:['\u2019][a-z]+)?", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of ten words of a text."""
    found = words(text)
    return {tuple(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


@pytest.mark.parametrize("path", data_files(), ids=lambda path: str(path.relative_to(DATA)))
def test_no_persons_contact_stands_in_the_data(path: Path) -> None:
    text = ADDRESS.sub(" ", read_text(path)) if path.stat().st_size > 2 else ""
    assert E_MAIL.findall(text) + TELEPHONE.findall(text) == []


@pytest.mark.parametrize(
    "contact",
    ["ask a.person@example.org.", "mailto:head@school.example.sch.uk", "Tel 020 7946 0000", "(020) 7946 0000",
     "01632 960123", "+44 1632 960 123", "+44 (0)1632 960123", "07700 900123"],
)  # fmt: skip
def test_the_search_for_contacts_finds_one(contact: str) -> None:
    assert E_MAIL.search(contact) or TELEPHONE.search(contact)


@pytest.mark.parametrize("harmless", ["2016-04-15", "0, 100, 250", "0.5", "SI 2012/1035", "1180000", "0 0 1 0 0 1 2 3"])
def test_the_search_for_contacts_leaves_days_and_figures_alone(harmless: str) -> None:
    assert not E_MAIL.search(harmless)
    assert not TELEPHONE.search(harmless)


def test_no_run_of_ten_words_is_copied_from_the_documents_behind_the_project() -> None:
    if not SOURCES.is_dir():
        pytest.skip("the documents behind the project are not on this machine")
    documents = sorted(SOURCES.glob("*.txt"))
    assert len(documents) == 5
    theirs = set().union(*(runs(path.read_text(encoding="utf-8", errors="replace")) for path in documents))
    assert len(theirs) > 1000
    copied = [
        f"{path.relative_to(DATA)}: {' '.join(run)}"
        for path in data_files()
        if path.stat().st_size > 2
        for text in texts(path)
        for run in sorted(runs(text) & theirs)
    ]
    assert copied == []


def test_the_search_for_copied_words_ignores_case_line_ends_and_punctuation() -> None:
    theirs = runs("What is good at present: positive,\nand providing additional Educational value - not just more")
    assert runs("they said what is GOOD at present, positive and providing additional educational value not") & theirs
    assert not runs("what is good at present positive and then providing additional educational") & theirs
