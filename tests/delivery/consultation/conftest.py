"""What tests of consultations share: an empty store on each database, the questions of an example, and ballots on them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery.consultation.store import Store
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.question_set import question_set
from partnership_model.knowledge.shipped import find_case
from tests.delivery.consultation.own_postgres import OwnPostgres
from tests.delivery.consultation.voting import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from partnership_model.delivery.consultation.kept_rows import Consultation, Session
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.consultation.question_set import QuestionSet


@pytest.fixture(scope="session")
def postgres() -> Iterator[OwnPostgres]:
    """Start a PostgreSQL once."""
    server = OwnPostgres()
    try:
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def questions(base: KnowledgeBase) -> QuestionSet:
    """Give what an example asks."""
    case = read_case(find_case("ember-2016"), base)
    assert case.file.consultation is not None
    return question_set(case, case.file.consultation, base, DAY)


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'ballots.db'}"
    found: OwnPostgres = request.getfixturevalue("postgres")
    return found.emptied()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """Open a store."""
    opened = Store(address)
    yield opened
    opened.close()


@pytest.fixture
def consultation(store: Store, questions: QuestionSet) -> Consultation:
    """Open a consultation in it."""
    return store.open_consultation("/cases/ember-2016", questions, DAY)


@pytest.fixture
def session(store: Store, consultation: Consultation) -> Session:
    """Open an evening."""
    return store.open_session(consultation.id, "An evening", "session", DAY + dt.timedelta(days=1))
