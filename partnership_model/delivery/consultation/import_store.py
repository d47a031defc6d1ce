"""Where imported ballots go: the consultation of a case, as it was opened, or as it would be."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import make_url

from partnership_model.delivery.consultation.database import default_address
from partnership_model.delivery.consultation.store import Store
from partnership_model.display import phrases
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.consultation.question_set import question_set
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.delivery.consultation.store import Consultation
    from partnership_model.knowledge.consultation.question_set import QuestionSet
    from partnership_model.knowledge.surveys.imported import ImportedBallots

Earlier = Literal["replace", "keep"]


@dataclass
class Target:
    """A case's consultation, which is opened once ballots are really stored."""

    place: str
    address: str
    questions: QuestionSet
    store: Store | None
    consultation: Consultation | None

    def add(self, found: ImportedBallots, today: dt.date, earlier: Earlier | None) -> str:
        """Store the ballots, all or none, and say so.

        Raises:
            PartnershipError: they are in already, the consultation is closed, or the store does not answer.
        """
        opened = ""
        if self.store is None:
            self.store = Store(self.address)
        if self.consultation is None:
            self.consultation = self.store.open_consultation(self.place, self.questions, today)
            opened = " A consultation was opened for them, on the questions that the case asks today."
        self.store.add_ballots(self.consultation.id, found, today, earlier)
        return f"{phrases.counted(len(found.ballots), 'ballot')} stored.{opened}"


@contextlib.contextmanager
def target(case: str, address: str) -> Iterator[Target]:
    """Find the consultation of a case; a store that is not there yet is not made for a look.

    Raises:
        PartnershipError: there is no such case, it asks nothing, or the store cannot be used.
    """
    folder, base = find_case(case), read_knowledge()
    read, address = read_case(folder, base), address or default_address()
    place = str(folder.resolve())
    store = Store(address) if _is_there(address) else None
    try:
        consultation = store.latest(place) if store else None
        if consultation is not None:
            yield Target(place, address, consultation.questions, store, consultation)
            return
        if read.file.consultation is None:
            message = f"{case} asks nothing yet: give it the key `consultation` (docs/cases.md)."
            raise PartnershipError(message)
        questions = question_set(read, read.file.consultation, base, dt.datetime.now(dt.UTC).date())
        found = Target(place, address, questions, store, None)
        yield found
        store = found.store
    finally:
        if store:
            store.close()


def _is_there(address: str) -> bool:
    """Say whether a store may have something in it: a file of SQLite that is not there has not."""
    with contextlib.suppress(Exception):  # what is no address is refused by the store itself
        url = make_url(address)
        return url.get_backend_name() != "sqlite" or bool(url.database and Path(url.database).exists())
    return True
