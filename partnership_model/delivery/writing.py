"""Files that a user asks for: each written whole or not at all, and nothing of the user's written over by accident."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from partnership_model.errors import PartnershipError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

HEAD = 4096  # bytes at the beginning of a file, among which its mark has to stand


def write_whole(files: Mapping[Path, str], *, mark: str = "") -> None:
    """Write every file whole; where one of them is refused or does not fit on the disk, none is touched.

    A text that has the line `mark` is put in place of a file that has it too, and of no other.

    Raises:
        PartnershipError: a name that is taken, or a disk that refuses.
    """
    for path, text in files.items():
        with _refusal(path):
            _refuse_what_is_taken(path, mark if mark in text.splitlines() else "")
    with contextlib.ExitStack() as stack:
        parts: dict[Path, Path] = {}
        for path, text in files.items():
            with _refusal(path):
                parts[path] = _beside(path, stack)
                parts[path].write_text(text, encoding="utf-8", newline="\n")
                with contextlib.suppress(PermissionError):  # a disk that knows no rights, such as a memory stick
                    parts[path].chmod(0o666 & ~umask())  # as any new file; mkstemp's are for one user alone
        for path, part in parts.items():
            with _refusal(path):
                part.replace(path)


def write_folder(folder: Path, texts: Mapping[str, str]) -> tuple[Path, ...]:
    """Make a folder that was not there, with all its files or not at all.

    Returns:
        The files.

    Raises:
        PartnershipError: something has this name already, or the disk refuses.
    """
    with _refusal(folder, "Name another folder."):
        if os.path.lexists(folder):
            message = f"{folder} is there already, and nothing is written over it. Give another name, or move it away."
            raise PartnershipError(message)
        work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".part-"))
        try:
            for name, text in texts.items():
                (work / name).write_text(text, encoding="utf-8", newline="\n")
            with contextlib.suppress(PermissionError):  # as above
                work.chmod(0o777 & ~umask())
            work.rename(folder)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return tuple(folder / name for name in texts)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that was not there, whole or not at all.

    Raises:
        PartnershipError: something has this name already, or the disk refuses.
    """
    with _refusal(path), contextlib.ExitStack() as stack:
        if os.path.lexists(path):
            message = f"{path} is there already, and nothing is written over it. Give another name, or move it away."
            raise PartnershipError(message)
        part = _beside(path, stack)
        part.write_bytes(content)
        with contextlib.suppress(PermissionError):  # as above
            part.chmod(0o666 & ~umask())
        part.replace(path)


@contextlib.contextmanager
def _refusal(path: Path, mend: str = "Name another file.") -> Iterator[None]:
    """Say in one sentence what the disk refuses."""
    try:
        yield
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror or error}. {mend}"
        raise PartnershipError(message) from None


def _refuse_what_is_taken(path: Path, mark: str) -> None:
    try:
        kind = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(kind):
        message = f"{path} cannot be written: it is there and is no ordinary file (a folder, link, pipe or device). Name another file."
        raise PartnershipError(message)
    if mark and mark not in _head(path).splitlines():
        message = f"{path} was not written by this command, so it is not written over. Move it away, or name another folder."
        raise PartnershipError(message)


def _head(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(HEAD).decode(errors="replace")


def _beside(path: Path, stack: contextlib.ExitStack) -> Path:
    """Make a new file in the folder of another, which is taken away in the end if it still has this name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    stack.callback(Path(name).unlink, missing_ok=True)
    os.close(handle)
    return Path(name)


def umask() -> int:
    """Give the rights that new files lack; they can only be asked for by setting them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
