"""Folders of results: what is not ours is never touched, and files take their places all at once or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from partnership_model.delivery.run_record import BATCH, BatchRecord, Record, changed_by_hand, hash_file, read_record, read_run
from partnership_model.delivery.writing import umask
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.editions import EDITIONS

try:
    import fcntl
except ImportError:  # Windows, where two commands that write into one folder are not kept apart
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from partnership_model.knowledge.editions import Edition

WORK = ".partnership-"
MEND = "Move it away, or use another --out."
Kind = TypeVar("Kind", bound=Record)


def refusal(target: Path, edition: Edition, names: Iterable[str]) -> str:
    """Say why nothing may be written into a case's folder of results; nothing where all is well.

    Args:
        target: the folder, which need not be there.
        edition: which is written; the other one may lie beside it.
        names: the files that would be written.
    """
    if target.is_symlink():
        return "this is a link; results are written into a real folder. Remove it, or use another --out."
    try:
        there = any(target.iterdir()) if target.exists() else False
    except NotADirectoryError:
        return f"this is a file, and the results need a folder of that name. {MEND}"
    except OSError as error:
        return f"the results cannot be written there: {error.strerror}."
    records = {one: read_run(target, one) for one in EDITIONS}
    if there and not any(records.values()):
        return f"this folder holds files and no run.json of this command, so nothing is written into it. {MEND}"
    changed = changed_by_hand(target, records[edition], names)
    if changed:
        return f"{', '.join(changed)} would be written over, and somebody changed or made it by hand. {MEND}"
    return ""


def out_refusal(out: Path, names: Iterable[str]) -> str:
    """Say why nothing may be written into the folder of all results, which need not be there; nothing where all is well."""
    place = next(one for one in (out, *out.parents) if one.exists() or one.is_symlink())
    try:
        tempfile.TemporaryDirectory(prefix=WORK, dir=place).cleanup()
    except OSError as error:
        return f"the results cannot be written there: {error.strerror}."
    changed = changed_by_hand(out, read_record(out / BATCH, BatchRecord), names)
    if changed:
        return f"{', '.join(changed)} would be written over, and somebody changed or made it by hand. {MEND}"
    return ""


@contextlib.contextmanager
def only_one(out: Path) -> Iterator[None]:
    """Make the folder of all results, keep every other command out of it, and clear away what a killed one left.

    Raises:
        PartnershipError: another command is writing there, or the folder cannot be made.
    """
    new = [one for one in (out, *out.parents) if not one.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _locked(out, wait=False):
            _clear(out)
            try:
                yield
            finally:
                _clear(out)
                with contextlib.suppress(OSError):  # not empty: something came of it
                    for one in new:
                        one.rmdir()
    except BlockingIOError:
        message = f"{out}: another command is writing its results there. Wait for it, or use another --out."
        raise PartnershipError(message) from None


def _clear(out: Path) -> None:
    for path in out.glob(f"{WORK}*"):
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _locked(folder: Path, *, wait: bool) -> Iterator[None]:
    """Hold a folder that is there; the system lets go of it when the process ends, however it does."""
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(handle)


@contextlib.contextmanager
def work_folder(out: Path) -> Iterator[Path]:
    """Make a folder in which results are made before they take their places; it goes again in the end."""
    work = Path(tempfile.mkdtemp(prefix=WORK, dir=out))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def with_hashes(work: Path, record: Kind) -> Kind:
    """Note the hash of every file that lies in a folder."""
    return record.model_copy(update={"files": {path.name: (hash_file(path),) for path in sorted(work.iterdir())}})


def forget(target: Path, edition: Edition) -> None:
    """Let a run of before count as stopped on the way, so that it is run again whatever comes between."""
    record = read_run(target, edition)
    if record is not None and record.state == "done":
        with _locked(target, wait=True):
            _write_record(target, record.model_copy(update={"state": "unfinished"}))


def put(work: Path, target: Path, record: Record, *, kept: Iterable[str] = ()) -> None:
    """Let all that lies in `work` take its place in `target`, with its record.

    Where there was no such folder it appears whole. Where there was, the record says so until each file is in its
    place, and whoever comes next begins again.

    Args:
        work: a folder on the same disk.
        target: the folder of results.
        record: names every file of `work`.
        kept: files of the older record that still belong; the others go, unless somebody changed them.

    Raises:
        PartnershipError: a file that would be written over was changed in the meantime.
    """
    if not target.exists():
        _write_record(work, record)
        with contextlib.suppress(PermissionError):  # a disk that knows no rights
            work.chmod(0o777 & ~umask())
        with contextlib.suppress(OSError):  # somebody else was first
            work.rename(target)
            return
        (work / record.place).unlink()
    with _locked(target, wait=True):
        replace_files(work, target, record, kept)


def replace_files(work: Path, target: Path, record: Record, kept: Iterable[str] = ()) -> None:
    """Do the same in a folder that is there, and that is held already."""
    before = read_record(target / record.place, type(record))
    older = dict(before.files) if before else {}
    changed = changed_by_hand(target, before, record.files)
    if changed:
        message = f"{target}: {', '.join(changed)} would be written over, and somebody changed or made it by hand. {MEND}"
        raise PartnershipError(message)
    still = {name: older[name] for name in kept if name in older and name not in record.files}
    gone = [name for name in older if name not in record.files and name not in still]
    both = {name: hashes + older.get(name, ()) for name, hashes in record.files.items()}
    _write_record(work, record.model_copy(update={"files": {**still, **record.files}}))
    _write_record(target, record.model_copy(update={"state": "unfinished", "files": {**older, **both}}))
    for name in record.files:
        (work / name).replace(target / name)
    for name in gone:
        if hash_file(target / name) in older[name]:
            (target / name).unlink()
    (work / record.place).replace(target / record.place)


def _write_record(folder: Path, record: Record) -> None:
    """Write the record whole or not at all."""
    path = folder / record.place
    handle, name = tempfile.mkstemp(dir=folder, prefix=".part-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(record.model_dump_json(indent=2) + "\n")
        with contextlib.suppress(PermissionError):  # a disk that knows no rights
            Path(name).chmod(0o666 & ~umask())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
