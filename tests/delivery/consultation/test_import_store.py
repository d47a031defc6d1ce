"""The ballots of a file are in the store once, as a whole or not at all, on each database."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from partnership_model.delivery.consultation import import_store
from partnership_model.delivery.consultation.ballot_writing import write_ballot
from partnership_model.delivery.consultation.import_store import Titled, add_ballots
from partnership_model.delivery.consultation.moderation import comments_of
from partnership_model.delivery.consultation.schema import imports
from partnership_model.delivery.consultation.store import Store
from partnership_model.errors import PartnershipError
from tests.delivery.consultation.voting import DAY
from tests.surveys import asking
from tests.surveys.asking import SAMPLES, imported, six

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from partnership_model.delivery.consultation.kept_rows import Consultation
    from partnership_model.knowledge.consultation.ballots import Ballot

SURVEY = Titled("Online survey", DAY, DAY + dt.timedelta(days=14))


@pytest.fixture
def ours(store: Store) -> Consultation:
    """Open a consultation on the questions that the samples answer."""
    return store.open_consultation("/cases/two-schools", asking.questions(), DAY)


def files(store: Store) -> int:
    with store.transaction() as connection:
        return connection.execute(select(func.count()).select_from(imports)).scalar_one()


def said(ballots: list[Ballot]) -> Counter[tuple[str, str, str, str]]:
    return Counter((one.group, one.school, one.channel, one.answers) for one in ballots)


def test_the_ballots_of_a_file_are_a_session_of_their_own_that_takes_no_more(store: Store, ours: Consultation) -> None:
    add_ballots(store, ours.id, imported(SAMPLES / "google_sheet.csv"), SURVEY, None)
    (session,) = store.sessions(ours.id)
    assert (session.title, session.channel, session.opened, session.closed) == ("Online survey", "survey", SURVEY.opened, SURVEY.closed)
    assert said([one.ballot for one in store.ballots(ours.id)]) == said(six())
    assert sorted(one.written for one in comments_of(store, ours.id)) == sorted(one.comment for one in six() if one.comment)
    assert {one.state for one in comments_of(store, ours.id)} == {"waiting"}


def test_an_import_that_fails_half_way_leaves_nothing_and_can_be_tried_again(
    store: Store, ours: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[Ballot] = []

    def breaks_off(connection: Connection, consultation: str, session: str, participant: str | None, ballot: Ballot) -> int:
        written.append(ballot)
        if len(written) == 4:
            raise KeyboardInterrupt
        return write_ballot(connection, consultation, session, participant, ballot)

    found = imported(SAMPLES / "google_sheet.csv")
    monkeypatch.setattr(import_store, "write_ballot", breaks_off)
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        add_ballots(store, ours.id, found, SURVEY, None)
    assert (store.ballots(ours.id), store.sessions(ours.id), files(store)) == ((), (), 0)
    monkeypatch.undo()
    add_ballots(store, ours.id, found, SURVEY, None)
    assert len(store.ballots(ours.id)) == 6


def test_a_later_export_takes_the_place_of_the_earlier_one_with_its_comments(store: Store, ours: Consultation) -> None:
    add_ballots(store, ours.id, imported(SAMPLES / "google_sheet.csv"), SURVEY, None)
    later = imported(SAMPLES / "surveymonkey.csv")
    with pytest.raises(PartnershipError, match="6 of the 6 ballots"):
        add_ballots(store, ours.id, later, SURVEY, None)
    add_ballots(store, ours.id, later, SURVEY, "replace")
    assert (len(store.ballots(ours.id)), len(comments_of(store, ours.id)), len(store.sessions(ours.id)), files(store)) == (6, 4, 1, 1)


def test_paper_that_says_the_same_is_no_later_export_of_a_survey(store: Store, ours: Consultation) -> None:
    add_ballots(store, ours.id, imported(SAMPLES / "google_sheet.csv"), SURVEY, None)
    add_ballots(store, ours.id, imported(SAMPLES / "paper.csv"), SURVEY, None)
    assert Counter(one.ballot.channel for one in store.ballots(ours.id)) == {"survey": 6, "paper": 6}


def test_of_two_programs_that_import_one_file_at_once_one_is_refused(store: Store, address: str, ours: Consultation) -> None:
    found = imported(SAMPLES / "google_sheet.csv")
    other = Store(address)

    def bring(into: Store) -> str:
        try:
            add_ballots(into, ours.id, found, SURVEY, "keep")
        except PartnershipError as error:
            return str(error)
        return ""

    with ThreadPoolExecutor(2) as both:
        ends = sorted(both.map(bring, (store, other)))
    other.close()
    assert ends[0] == ""
    assert "imported before" in ends[1]
    assert len(store.ballots(ours.id)) == 6
