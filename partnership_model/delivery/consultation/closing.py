"""Closing a consultation: from its ballots to the record that stays with the case. Ballots stay in the store."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from partnership_model.delivery.consultation.database import records_folder
from partnership_model.delivery.consultation.erasing import erase
from partnership_model.delivery.consultation.freezing import close_frozen, frozen_of
from partnership_model.delivery.consultation.kept_rows import ClosedError
from partnership_model.delivery.writing import write_new, write_whole
from partnership_model.display.consultation.own_weights import at_closing, before_closing
from partnership_model.errors import FaultsError, PartnershipError
from partnership_model.knowledge.case_archive import CASE, CONSULTATION
from partnership_model.knowledge.cases import case_of, read_case
from partnership_model.knowledge.consultation.record_file import SHORT, read_record, record_hash
from partnership_model.knowledge.files import LARGEST_FILE
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.delivery.consultation.kept_rows import Consultation
    from partnership_model.delivery.consultation.store import Store
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.consultation.record import ConsultationRecord


@dataclass(frozen=True)
class Closed:
    """What became of a consultation that was closed.

    Attributes:
        text: what `consultation.json` says, for a download.
        sha256: the hash by which the record is named, to be written down where nobody can change it.
        written: the file in the case's folder; None where it was not written there.
        because: why it was not; "" where it was.
        kept: the file beside the store in which it stands instead; None where it is in the case, or could not be written there either.
        counts: what its weights do not do in the ranking, where the case has weights of its own.
        erased: whether nothing of what was deleted at the closing stands in the store's files any more.
    """

    record: ConsultationRecord
    text: str
    sha256: str
    written: Path | None
    because: str
    kept: Path | None
    counts: tuple[str, ...]
    erased: bool


def close(store: Store, consultation: Consultation, base: KnowledgeBase, today: dt.date) -> Closed:
    """Close a consultation, and put its record into the case's folder; the record of one that is closed already is put there again.

    Args:
        store: where its ballots are.
        consultation: what is to be closed.
        base: the knowledge base.
        today: the day on which it is closed.

    Raises:
        StoreDownError: it does not answer, and nothing is closed.
    """
    if consultation.closed is None:
        with contextlib.suppress(ClosedError):  # it was closed a moment ago, from another window
            close_frozen(store, consultation.id, today)
    text = frozen_of(store, consultation.id).record
    erased = erase(store)
    record = read_record(text)
    written, because = put_into_case(text, Path(consultation.place), base)
    kept = None if written else keep_beside(store, store.consultation(consultation.id), text)
    return Closed(record, text, record_hash(record), written, because, kept, tuple(counts_of(consultation, base, record)), erased)


def counts_of(consultation: Consultation, base: KnowledgeBase, record: ConsultationRecord | None = None) -> list[str]:
    """Say which weights will not count, before and after closing; nothing of a case that cannot be read, which closing itself names."""
    try:
        case = read_case(Path(consultation.place), base)
    except PartnershipError:
        return []
    return at_closing(case.file, record) if record else before_closing(case.file, case.consulted, consultation.questions)


def keep_beside(store: Store, consultation: Consultation, text: str) -> Path | None:
    """Write the record beside the store, so that it outlives the ballots; None where that cannot be done.

    A file of that name that says something else stays as it is, and the record goes beside it under its own hash.
    """
    name = f"{Path(consultation.place).stem}-{consultation.closed}-{consultation.id[:SHORT]}"
    for path in (records_folder(store.engine) / f"{name}{own}.json" for own in ("", f"-{record_hash(read_record(text))[:SHORT]}")):
        try:
            if _says(path) != text:
                write_new(path, text.encode())
        except PartnershipError:
            continue
        return path
    return None


def put_into_case(text: str, folder: Path, base: KnowledgeBase) -> tuple[Path | None, str]:
    """Write the record beside `case.yaml`, unless that would harm the case, or the case cannot be read as it is now; says why not."""
    because = _why_not(text, folder, base)
    if because:
        return None, because
    path = folder / CONSULTATION
    try:
        if _says(path) != text:
            write_whole({path: text})
    except PartnershipError as error:
        return None, str(error)
    return path, ""


def _why_not(text: str, folder: Path, base: KnowledgeBase) -> str:
    """Say why a record cannot be put into a case; "" where it can."""
    if says := _no_place(folder):
        return says
    if len(text.encode()) > LARGEST_FILE:
        return f"The record has {len(text.encode()):,} bytes, and no file of a case is read that has more than {LARGEST_FILE:,}."
    if _says(folder / CONSULTATION) not in ("", text):
        return f"The case has the record of another consultation, and nothing is written over it: move its {CONSULTATION} away first."
    try:
        case = read_case(folder, base)
    except FaultsError as error:
        return f"The case cannot be read as it is now. {_first(error)} Once that is mended, open this page again."
    try:
        case_of({**case.texts, CONSULTATION: text}, case.name, base)
    except FaultsError as error:
        return f"The case was changed since the consultation was opened, and the record does not fit it any more. {_first(error)}"
    return ""


def _first(error: FaultsError) -> str:
    says = str(error.faults[0])
    return says if says.endswith((".", "?")) else f"{says}."


def _says(path: Path) -> str:
    """Give what a file says; "" where there is none, or none that can be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _no_place(folder: Path) -> str:
    """Say why nothing is written into a folder; "" where it can be."""
    if not folder.exists():
        return f"{folder} is not there any more: put the record beside the case.yaml of the case."
    if not (folder / CASE).is_file():
        return "The case is one file, and nothing is written into it: save it as a folder, and put the record beside its case.yaml."
    if folder.resolve().is_relative_to(shipped("data", "cases").resolve()):
        return "This is an example that ships, so nothing is written into it: copy its folder, and put the record into the copy."
    return "" if os.access(folder, os.W_OK) else f"{folder} cannot be written to."
