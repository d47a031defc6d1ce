"""Ballots on paper: each number once, the last taken back whole, and large print that reads back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pdfua
import pypdf
import pytest
from sqlalchemy import func, select

from partnership_model.delivery.consultation.freezing import close_frozen
from partnership_model.delivery.consultation.kept_rows import ClosedError, EnteredError
from partnership_model.delivery.consultation.marks import mark_of
from partnership_model.delivery.consultation.paper_pdf import paper_pdf
from partnership_model.delivery.consultation.paper_store import (
    PaperRun,
    enter,
    keep_paper_run,
    numbers_entered,
    paper_counts_of,
    paper_runs_of,
    take_back,
)
from partnership_model.delivery.consultation.schema import comments
from partnership_model.delivery.consultation.told_store import (
    keep_meeting,
    keep_sheet,
    meetings_of,
    remove_meeting,
    remove_sheet,
    sheets_of,
)
from partnership_model.display.consultation.paper_ballot import numbers, paper_ballot, paper_page
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.ballots import Ballot
from partnership_model.knowledge.consultation.class_sheets import ClassSheet
from partnership_model.knowledge.consultation.meetings import Meeting
from tests.delivery.consultation.hall_serving import questions
from tests.delivery.consultation.voting import DAY, at_once

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.delivery.consultation.store import Store

SAID = Ballot("Staff", "Infant A", "paper", {"cost": 1, "staff": 1}, comment="On paper")
ADDRESS = "http://192.168.1.20:8080"


def mark(number: int) -> str:
    """Make the mark of a ballot's number."""
    return mark_of(b"secret", f"paper {number}")


def test_each_number_is_entered_once_and_the_first_stays(store: Store, session: Session) -> None:
    enter(store, session, mark(17), SAID)
    other = Ballot("Governors", "", "paper", {"cost": 2})
    with pytest.raises(EnteredError, match="entered already"):
        enter(store, session, mark(17), other)
    enter(store, session, mark(3), other)
    assert numbers_entered(store, session.id, mark) == (3, 17)
    assert {one.ballot.group for one in store.ballots(session.consultation)} == {"Staff", "Governors"}
    assert {one.ballot.channel for one in store.ballots(session.consultation)} == {"paper"}


def test_the_last_is_taken_back_with_its_comment_and_can_be_entered_again(store: Store, session: Session) -> None:
    enter(store, session, mark(17), SAID)
    assert take_back(store, session.id, mark(17)) == SAID
    assert not store.ballots(session.consultation)
    with store.transaction() as connection:
        assert connection.execute(select(func.count()).select_from(comments)).scalar_one() == 0
    assert take_back(store, session.id, mark(17)) is None
    enter(store, session, mark(17), SAID)
    assert [one.revision for one in store.ballots(session.consultation)] == [1]


def test_a_ballot_that_was_sent_by_a_form_cannot_be_taken_back_as_paper(store: Store, session: Session) -> None:
    sent = Ballot("Staff", "", "session", {"cost": 1})
    store.cast(session.id, mark(17), sent)
    assert take_back(store, session.id, mark(17)) is None
    assert numbers_entered(store, session.id, mark) == ()
    assert len(store.ballots(session.consultation)) == 1


def test_paper_of_a_closed_session_is_entered_and_taken_back_until_the_consultation_is_closed(store: Store, session: Session) -> None:
    store.close_session(session.id, DAY)
    enter(store, session, mark(17), SAID)
    with pytest.raises(ClosedError, match="closed"):
        store.cast(session.id, mark(18), Ballot("Staff", "", "session", {"cost": 1}))
    assert take_back(store, session.id, mark(17)) == SAID
    enter(store, session, mark(17), SAID)
    close_frozen(store, session.consultation, DAY)
    with pytest.raises(ClosedError, match="closed"):
        enter(store, session, mark(19), SAID)
    with pytest.raises(ClosedError, match="closed"):
        take_back(store, session.id, mark(17))
    with pytest.raises(ClosedError, match="closed"):
        keep_paper_run(store, session.consultation, PaperRun(session.id, 1, 2, ADDRESS))
    assert len(store.ballots(session.consultation)) == 1


def test_a_number_that_two_type_at_once_is_entered_once(store: Store, session: Session) -> None:
    found = at_once([lambda: _entered(store, session)] * 4)
    assert sorted(found) == [False, False, False, True]
    assert len(store.ballots(session.consultation)) == 1


def _entered(store: Store, session: Session) -> bool:
    try:
        enter(store, session, mark(17), SAID)
    except EnteredError:
        return False
    return True


def test_what_was_printed_and_entered_is_counted_by_session(store: Store, session: Session) -> None:
    other = store.open_session(session.consultation, "Another", "paper", DAY)
    runs = (PaperRun(session.id, 1, 30, ADDRESS), PaperRun(other.id, 31, 40, ADDRESS), PaperRun(session.id, 41, 50, "http://x"))
    for run in reversed(runs):
        keep_paper_run(store, session.consultation, run)
    assert paper_runs_of(store, session.consultation) == runs
    enter(store, session, mark(17), SAID)
    store.cast(session.id, mark(2), Ballot("Staff", "", "session", {"cost": 1}))
    assert paper_counts_of(store, session.consultation) == {session.id: (40, 1), other.id: (10, 0)}


def test_meetings_and_sheets_are_kept_apart_from_ballots_and_taken_out_again(store: Store, consultation: Consultation) -> None:
    meeting = Meeting("letters", "Letters to the school", "", "Infant A", DAY, "letters", 9, ("Keep the pond",))
    sheet = ClassSheet("Learners", "Infant A", 28, ((20, 5, 3), ("More football",), ()))
    keep_meeting(store, consultation.id, meeting)
    made = keep_sheet(store, consultation.id, sheet)
    [kept], [written] = meetings_of(store, consultation.id), sheets_of(store, consultation.id)
    assert (kept.meeting, written.sheet, written.id) == (meeting, sheet, made)
    assert not store.ballots(consultation.id)
    assert remove_meeting(store, consultation.id, kept.id) == meeting
    assert remove_sheet(store, consultation.id, written.id) == sheet
    assert (remove_meeting(store, consultation.id, kept.id), remove_sheet(store, consultation.id, written.id)) == (None, None)
    assert not meetings_of(store, consultation.id)
    assert not sheets_of(store, consultation.id)


def test_after_the_closing_nothing_is_told_any_more(store: Store, consultation: Consultation) -> None:
    close_frozen(store, consultation.id, DAY)
    sheet = ClassSheet("Learners", "", 28, ((20, 5, 3),))
    with pytest.raises(ClosedError, match="closed"):
        keep_sheet(store, consultation.id, sheet)
    with pytest.raises(ClosedError, match="closed"):
        remove_meeting(store, consultation.id, "any")


def sizes(path: Path) -> dict[float, str]:
    """Give the sizes of the letters of a PDF, and what stands in each."""
    found: dict[float, str] = {}

    def visit(text: str, _cm: object, tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            at = round(size * abs(tm[3]), 1)
            found[at] = f"{found.get(at, '')} {text.strip()}"

    for page in pypdf.PdfReader(path).pages:
        page.extract_text(visitor_text=visit)
    return found


def test_the_paper_ballot_asks_what_the_form_asks_in_large_print_on_two_leaves(tmp_path: Path) -> None:
    asked = questions()
    path = tmp_path / "ballots.pdf"
    path.write_bytes(paper_pdf(paper_ballot(asked, "en", "KX4P7M", ADDRESS), numbers("en", 41, 42)))
    pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    said = " ".join(pages)
    for says in (asked.asks, asked.decides, "This is not a vote", *asked.schools, *(one.group for one in asked.adults)):
        assert says in re.sub(r"\s+", " ", said)
    for one in asked.criteria:
        assert one.label in said
    assert "Learners" not in said
    for option in asked.options:
        assert option.plain
        assert option.plain in re.sub(r"\s+", " ", said)
    assert all(("Ballot 41" in page) != ("Ballot 42" in page) for page in pages)
    assert all("KX4P7M" in page for page in pages)
    assert [re.search(r"\d of \d", page)[0] for page in pages] == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"] * 2  # type: ignore[index]
    for together in ([one.group for one in asked.adults], asked.schools, [one.label for one in asked.options]):
        assert [one for one in pages[:4] if all(name in re.sub(r"\s+", " ", one) for name in together)]
    found = sizes(path)
    assert min(found) >= 16
    smaller = " ".join(said for size, said in found.items() if size < 18)  # heads over narrow columns
    assert {*smaller.split()} <= {"strongly", "for", "it", "neither", "nor", "against"}
    assert pdfua.validate(str(path)).findings == ()


@pytest.mark.parametrize("code", ["en", "pl", "ro", "ur", "ar"])
def test_the_page_to_print_is_there_in_every_language_and_escapes_what_a_case_says(code: str) -> None:
    asked = questions().model_copy(update={"asks": "<script>alert(1)</script>", "languages": (code,)})
    page = paper_page(paper_ballot(asked, code, "KX4P7M", ADDRESS), numbers(code, 1, 2))
    assert f'<html lang="{code}"' in page
    assert page.count("<article>") == 2
    assert "<script" not in page


def test_a_pdf_in_letters_that_no_font_has_is_refused_and_the_page_is_named() -> None:
    ballot = paper_ballot(questions().model_copy(update={"languages": ("ur",)}), "ur", "KX4P7M", ADDRESS)
    with pytest.raises(PartnershipError, match="print the web page instead"):
        paper_pdf(ballot, numbers("ur", 1, 1))
