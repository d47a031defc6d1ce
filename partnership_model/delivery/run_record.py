"""What a run leaves beside its files: which files are ours, by their hash, and what they were made from."""

from __future__ import annotations

import hashlib
import re
import stat
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints, ValidationError

from partnership_model.knowledge.editions import Edition
from partnership_model.knowledge.schema import Strict

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RUN: dict[Edition, str] = {"governors": "run.json", "public": "run-public.json"}
BATCH = "batch.json"
LARGEST = 1024 * 1024  # bytes; ours have some thousand

State = Literal["done", "failed", "unfinished"]
# A record may come from anybody: no name in it leads out of its folder.
FileName = Annotated[str, StringConstraints(pattern=re.compile(r"\A[^/\\:\x00-\x1f.][^/\\:\x00-\x1f]*\Z"), max_length=255)]
Hash = Annotated[str, StringConstraints(pattern=re.compile(r"\A[0-9a-f]{64}\Z"))]


class Record(Strict):
    """Files in a folder that are ours.

    Attributes:
        state: `unfinished` while files take the place of older ones.
        files: each with the hash of what we wrote; with two while it is being replaced.
    """

    made_by: Literal["partnership appraise"] = "partnership appraise"
    state: State
    files: dict[FileName, tuple[Hash, ...]] = Field(default_factory=dict)

    @property
    def place(self) -> str:
        """Give the name of the file in which it stands."""
        raise NotImplementedError


class RunRecord(Record):
    """A run of one edition of one case.

    Attributes:
        key: the hash of all that the files were made from; of a run that failed, would have been.
        formats: the file of each format.
        ended: the moment in UTC.
        finding: what follows, in the words of the report.
        leads: the names of the options that come first, and of those that cannot be separated from them; none where
            nothing is put in order.
        says: why it failed.
    """

    case: str
    edition: Edition
    key: Hash
    formats: dict[str, FileName] = Field(default_factory=dict)
    ended: str
    seconds: float
    as_of: str = ""
    finding: str = ""
    leads: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    says: str = ""

    @property
    def place(self) -> str:
        """Give the name of the file in which it stands: each edition has its own."""
        return RUN[self.edition]


class BatchRecord(Record):
    """The lists of all runs in a folder."""

    @property
    def place(self) -> str:
        """Give the name of the file in which it stands."""
        return BATCH


Kind = TypeVar("Kind", bound=Record)


def read_run(folder: Path, edition: Edition) -> RunRecord | None:
    """Read the record of one edition's run; None where there is none, or what is there is not ours."""
    record = read_record(folder / RUN[edition], RunRecord)
    return record if record and record.edition == edition else None


def read_record(path: Path, kind: type[Kind]) -> Kind | None:
    """Read a record; None where there is none, or what is there is not ours."""
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST:
            return None
        return kind.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def hash_file(path: Path) -> str:
    """Hash an ordinary file; nothing for whatever else has its name, or where nothing has."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def changed_by_hand(folder: Path, record: Record | None, names: Iterable[str]) -> list[str]:
    """Name the files that are there and that we did not leave so: somebody else's, or ours with somebody's changes."""
    known = record.files if record else {}
    return [name for name in names if _there(folder / name) and hash_file(folder / name) not in known.get(name, ())]


def _there(path: Path) -> bool:
    try:
        path.lstat()
    except OSError:
        return False
    return True
