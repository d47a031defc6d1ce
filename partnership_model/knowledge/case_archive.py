"""A case as one small zip file: the same files give the same bytes, and whatever else such a file could hold is refused."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError, listed
from partnership_model.knowledge.files import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CASE, JUDGEMENTS, CONSULTATION, CHANGES = "case.yaml", "judgements.csv", "consultation.json", "changes.json"
OWN = (CASE, JUDGEMENTS, CONSULTATION)  # what the case itself says
FILES = (*OWN, CHANGES)
LARGEST_ARCHIVE = 1024 * 1024  # bytes; what the dashboard saves has some thousand
MOST_ENTRIES = 10
_NO_CLOCK = (1980, 1, 1, 0, 0, 0)
_FILE_FOR_ITS_OWNER = (stat.S_IFREG | 0o644) << 16
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF_8 = 0x800
_HEADER = struct.Struct("<4s5H3L2H")  # of each file, before its content
_BEGINS = b"PK\x03\x04"
_UNREADABLE = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, OverflowError, UnicodeError, ValueError, struct.error)
_DAMAGED = "the file is damaged or was cut off; save it again, or ask for it again"


def pack(folder: str, files: Mapping[str, str]) -> bytes:
    """Write texts as a zip file with one folder in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, text in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", _NO_CLOCK)
            entry.create_system, entry.external_attr, entry.compress_type = 3, _FILE_FOR_ITS_OWNER, zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())
    return made.getvalue()


def unpack(data: bytes, name: str) -> dict[str, bytes]:
    """Give the files of the one folder in a zip file, in memory: nothing of it is ever written anywhere.

    Args:
        data: the file; it may come from anybody and hold anything.
        name: the file as it is shown.

    Raises:
        FaultsError: everything that is wrong with it.
    """
    if len(data) > LARGEST_ARCHIVE:
        raise FaultsError([Fault(name, None, "", f"the file has {len(data):,} bytes; the largest that is read has {LARGEST_ARCHIVE:,}")])
    if not data.startswith(_BEGINS):
        says = "a case is a folder with case.yaml, or a zip file that the dashboard saved; this is neither"
        raise FaultsError([Fault(name, None, "", says)])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries, end = archive.infolist(), archive.start_dir
    except _UNREADABLE:
        raise FaultsError([Fault(name, None, "", _DAMAGED)]) from None
    faults = [Fault(name, None, *wrong) for wrong in _faults(entries)]
    if faults:
        raise FaultsError(faults)
    found: dict[str, bytes] = {}
    for entry, limit in _in_their_places(entries, end):
        content, says = _content(data, entry, limit)
        faults += [Fault(name, None, _shown(entry), says)] if says else []
        if not entry.is_dir():
            found[entry.orig_filename.rpartition("/")[2]] = content
    if faults:
        raise FaultsError(faults)
    return {name: found[name] for name in FILES if name in found}


def _faults(entries: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """Find what is wrong with what the file says it holds: each time the entry, and the words."""
    if len(entries) > MOST_ENTRIES:
        yield "", f"it holds {len(entries):,} files; a case has at most {len(FILES)}: {', '.join(FILES)}"
        return
    for entry in entries:
        if says := _wrong_name(entry.orig_filename) or _wrong_kind(entry):
            yield _shown(entry), says
    seen: set[str] = set()
    for entry in entries:
        folded = entry.orig_filename.casefold()
        if folded in seen:
            yield _shown(entry), "this name stands twice, or twice but for capitals; keep one"
        seen.add(folded)
    if len({entry.orig_filename.partition("/")[0] for entry in entries}) > 1:
        yield "", "it holds more than one folder; expected one, with the files of one case"


def _wrong_name(name: str) -> str:
    """Say what is wrong with a name, which is `FOLDER/FILE` with the file of a case, or the folder itself."""
    folder, _, file = name.partition("/")
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
        return "this name leads out of the folder; a saved case has one folder, and its files in it"
    if not name.isprintable():
        return "this name holds a control character"
    if not folder.strip(". ") or file not in (*FILES, "") or "/" not in name:
        return f"this is no file of a case. {listed(FILES)} They lie in one folder"
    return ""


def _wrong_kind(entry: zipfile.ZipInfo) -> str:
    """Say what is wrong with an entry that is no plain file, or one that nobody here can read."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFDIR if entry.is_dir() else stat.S_IFREG):
        return "this is a link or a device; a case has plain files"
    if entry.flag_bits & _ENCRYPTED:
        return "this is encrypted; save it without a password"
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "this is packed by a method that is not read; pack it as an ordinary zip file"
    if entry.file_size > LARGEST_FILE or (entry.is_dir() and entry.file_size):
        return f"unpacked it would have {entry.file_size:,} bytes; the largest that is read has {LARGEST_FILE:,}"
    return ""


def _in_their_places(entries: Sequence[zipfile.ZipInfo], end: int) -> Iterator[tuple[zipfile.ZipInfo, int]]:
    """Give each entry and where it must have ended: at the next one, or where the list of all begins."""
    placed = sorted(entries, key=lambda entry: entry.header_offset)
    yield from zip(placed, [*(one.header_offset for one in placed[1:]), end], strict=True)


def _content(data: bytes, entry: zipfile.ZipInfo, limit: int) -> tuple[bytes, str]:
    """Unpack one entry, never more of it than is read; says what is wrong where it is not what the list says."""
    begins = entry.header_offset
    if not 0 <= begins <= limit - _HEADER.size:
        return b"", _DAMAGED
    signature, _, flags, method, _, _, _, _, _, letters, extra = _HEADER.unpack_from(data, begins)
    begins += _HEADER.size
    local = data[begins : begins + letters].decode("utf-8" if flags & _UTF_8 else "cp437", "replace")
    begins += letters + extra
    packed = data[begins : begins + entry.compress_size]
    alike = (signature, method, local) == (_BEGINS, entry.compress_type, entry.orig_filename) and not flags & _ENCRYPTED
    if not alike or begins + entry.compress_size > limit:
        return b"", "what the file says of this and what it holds differ, or it overlaps with another; it may be made to harm"
    content = packed
    if method == zipfile.ZIP_DEFLATED:
        content, says = _inflated(packed)
        if says:
            return b"", says
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        return b"", _DAMAGED
    return content, ""


def _inflated(packed: bytes) -> tuple[bytes, str]:
    """Unpack what is packed, never more of it than is read."""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = unpacking.decompress(packed, LARGEST_FILE + 1)
    except zlib.error:
        return b"", _DAMAGED
    if len(content) > LARGEST_FILE:
        return b"", f"unpacked it would have more bytes than it says; the largest that is read has {LARGEST_FILE:,}"
    return (content, "") if unpacking.eof and not unpacking.unused_data else (b"", _DAMAGED)


def _shown(entry: zipfile.ZipInfo) -> str:
    name = entry.orig_filename
    return name if len(name) <= 60 else f"{name[:57]}..."  # noqa: PLR2004 - letters that fit a line
