"""What the doors take for a title, the record takes too: nothing that was opened can be impossible to close."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from partnership_model.delivery.consultation.freezing import close_frozen, frozen_of
from partnership_model.delivery.consultation.store import Store
from partnership_model.delivery.consultation.told_store import keep_meeting
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.consultation.meetings import Meeting
from partnership_model.knowledge.consultation.plan import MOST_INVITED, ConsultedGroup
from partnership_model.knowledge.consultation.record import MOST
from partnership_model.knowledge.consultation.record_file import read_record
from tests.consultation_making import questions
from tests.delivery.consultation.voting import DAY

NO_TEXT = ("Hall\x0bone", "Hall\x7fone", "Hall\x85one", "\x85", "Hall\none", "\u2028", "\ud800Hall", " " * 130 + "Hall", "Hall " * 30)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Open a store for all titles."""
    store = Store(f"sqlite:///{tmp_path_factory.mktemp('titles') / 'ballots.db'}")
    yield store
    store.close()


@given(st.lists(st.text(st.characters(), max_size=140), min_size=1, max_size=4))
@example(list(NO_TEXT))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_consultation_closes_whatever_titles_its_sessions_were_opened_with(kept: Store, titles: list[str]) -> None:
    about = kept.open_consultation("/cases/mine", questions(), DAY)
    opened = []
    for title in titles:
        try:
            opened.append(kept.open_session(about.id, title, "session", DAY))
        except PartnershipError as error:
            assert str(error) == "Give the session a title."  # noqa: PT017 - whether it is refused depends on what is drawn
    close_frozen(kept, about.id, DAY)
    record = read_record(frozen_of(kept, about.id).record)
    assert [one.title for one in record.sessions] == [one.title for one in kept.sessions(about.id)]
    assert len(record.sessions) == len(opened)


@pytest.mark.parametrize(("title", "stands"), [("Hall\x0bone", "Hall one"), ("\x7f", "Without a title"), ("Hall\x85one", "Hall one")])
def test_a_title_that_an_older_version_took_is_cleaned_when_the_record_is_written(kept: Store, title: str, stands: str) -> None:
    about = kept.open_consultation("/cases/mine", questions(), DAY)
    session = kept.open_session(about.id, "Hall", "session", DAY)
    with kept.transaction() as connection:
        connection.execute(sa.text("UPDATE session SET title = :title WHERE id = :id"), {"title": title, "id": session.id})
    kept.close_session(session.id, DAY)  # an act that names it
    close_frozen(kept, about.id, DAY)
    record = read_record(frozen_of(kept, about.id).record)
    assert [one.title for one in record.sessions] == [stands]
    assert all(one.about.isprintable() for one in record.acts)


def test_as_many_as_a_plan_can_invite_can_be_recorded(kept: Store) -> None:
    schools = tuple(f"School {number}" for number in range(60))
    everywhere = dict.fromkeys(schools, MOST_INVITED)
    groups = tuple(ConsultedGroup(group=f"Group {number}", invited=everywhere) for number in range(12))
    about = kept.open_consultation("/cases/mine", questions(groups=groups, schools=schools), DAY)
    close_frozen(kept, about.id, DAY)
    record = read_record(frozen_of(kept, about.id).record)
    assert record.response.everybody.invited == MOST_INVITED * 60 * 12


def test_no_more_sessions_and_meetings_are_taken_than_a_record_holds(kept: Store) -> None:
    letters = Meeting("letters", "Letters", "", "", DAY, "letters", 3, ("Parking.",))
    about = kept.open_consultation("/cases/mine", questions(), DAY)
    with kept.transaction():  # which waits for the disk once
        for number in range(MOST):
            kept.open_session(about.id, f"Hall {number}", "session", DAY)
            keep_meeting(kept, about.id, letters)
    with pytest.raises(PartnershipError, match=f"has at most {MOST} meetings"):
        keep_meeting(kept, about.id, letters)
    with pytest.raises(PartnershipError, match=f"has at most {MOST} sessions"):
        kept.open_session(about.id, "One more", "session", DAY)
    close_frozen(kept, about.id, DAY)
    record = read_record(frozen_of(kept, about.id).record)
    assert (len(record.sessions), len(record.meetings)) == (MOST, MOST)
