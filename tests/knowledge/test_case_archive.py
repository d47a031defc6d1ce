"""A case as one file: written the same each time, and refused whenever anything in it is other than expected."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.errors import FaultsError
from partnership_model.knowledge.case_archive import LARGEST_ARCHIVE, pack, unpack
from partnership_model.knowledge.files import LARGEST_FILE
from tests.making import pure

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = {
    "case.yaml": "title: Three schools\n",
    "judgements.csv": "option,note\r\nstay,\u00e9\r\n",
    "consultation.json": "{}\n",
    "changes.json": "{}\n",
}
GOOD = pack("three-schools", FILES)
TITLE = FILES["case.yaml"].encode()
LOCAL, LISTED, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
DAMAGED = "is damaged or was cut off"


def made(*entries: tuple[str, bytes], **changes: Any) -> bytes:  # noqa: ANN401 - fields of an entry
    """Write a zip file of some entries; the last one gets the changes."""
    to = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name that stands twice is what we want
        for place, (name, content) in enumerate(entries):
            info = zipfile.ZipInfo(name)
            info.filename = name  # as it is: the library would mend it
            info.compress_type = zipfile.ZIP_DEFLATED
            for key, value in changes.items() if place == len(entries) - 1 else ():
                setattr(info, key, value)
            archive.writestr(info, content)
    return to.getvalue()


def bent(data: bytes, signature: bytes, at: int, form: str, value: int, *, which: int = 0) -> bytes:  # noqa: PLR0913 - a place and a value
    """Change one field of a header."""
    place = -1
    for _ in range(which + 1):
        place = data.index(signature, place + 1)
    return data[: place + at] + struct.pack(form, value) + data[place + at + struct.calcsize(form) :]


def one(name: str = "a/case.yaml", content: bytes = TITLE, **changes: Any) -> bytes:  # noqa: ANN401 - fields of an entry
    return made((name, content), **changes)


def linked(kind: int) -> bytes:
    return one(external_attr=(kind | 0o777) << 16, create_system=3)


def overlapping() -> bytes:
    """List one content under two names."""
    data = made(("a/case.yaml", TITLE), ("a/changes.json", TITLE))
    return bent(data, LISTED, 42, "<L", 0, which=1)


def lying(size: int) -> bytes:
    """Say that a content has another size unpacked than it has."""
    data = one(content=b"x" * 5000)
    return bent(bent(data, LISTED, 24, "<L", size), LOCAL, 22, "<L", size)


def longer_than_it_says() -> bytes:
    data = one(content=b"x" * (LARGEST_FILE + 1))
    return bent(bent(data, LISTED, 24, "<L", 20), LOCAL, 22, "<L", 20)


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "out of the folder": (lambda: one("../case.yaml"), "leads out of the folder"),
    "out of the folder further in": (lambda: one("a/../../case.yaml"), "leads out of the folder"),
    "absolute": (lambda: one("/etc/passwd"), "leads out of the folder"),
    "a drive": (lambda: one("C:/case.yaml"), "leads out of the folder"),
    "a drive without a slash": (lambda: one("C:case.yaml"), "leads out of the folder"),
    "a stream": (lambda: one("a/case.yaml:hidden"), "leads out of the folder"),
    "backslashes": (lambda: one("a\\case.yaml"), "leads out of the folder"),
    "backslashes out of the folder": (lambda: one("..\\..\\case.yaml"), "leads out of the folder"),
    "another computer": (lambda: one("\\\\host\\share\\case.yaml"), "leads out of the folder"),
    "an escape in a name": (lambda: one("a\x1b[31m/case.yaml"), "holds a control character"),
    "an end in a name": (lambda: one("a/case.yaml\x00.exe"), "holds a control character"),
    "no folder": (
        lambda: one("case.yaml"),
        "this is no file of a case. Known: case.yaml, changes.json, consultation.json, judgements.csv.",
    ),
    "a folder without a name": (lambda: one(" ./case.yaml"), "this is no file of a case"),
    "folders in a folder": (lambda: one("a/b/case.yaml"), "this is no file of a case"),
    "an unknown file": (lambda: made(("a/case.yaml", TITLE), ("a/run.exe", b"MZ")), "a/run.exe: this is no file of a case"),
    "other capitals": (lambda: one("a/Case.YAML"), "this is no file of a case"),
    "two folders": (lambda: made(("a/case.yaml", TITLE), ("b/changes.json", b"{}")), "more than one folder"),
    "folders that differ in capitals": (lambda: made(("a/case.yaml", TITLE), ("A/case.yaml", TITLE)), "twice but for capitals"),
    "twice": (lambda: made(("a/case.yaml", TITLE), ("a/case.yaml", TITLE)), "this name stands twice"),
    "a link": (lambda: linked(stat.S_IFLNK), "this is a link or a device"),
    "a device": (lambda: linked(stat.S_IFCHR), "this is a link or a device"),
    "a pipe": (lambda: linked(stat.S_IFIFO), "this is a link or a device"),
    "a folder called like a file": (lambda: linked(stat.S_IFDIR), "this is a link or a device"),
    "encrypted": (lambda: bent(bent(one(), LISTED, 8, "<H", 1), LOCAL, 6, "<H", 1), "this is encrypted"),
    "encrypted where the list says it is not": (lambda: bent(one(), LOCAL, 6, "<H", 1), "differ, or it overlaps"),
    "packed by another method": (lambda: one(compress_type=zipfile.ZIP_BZIP2), "packed by a method that is not read"),
    "packed by a method that nobody knows": (lambda: bent(one(), LISTED, 10, "<H", 99), "packed by a method that is not read"),
    "packed otherwise than the list says": (lambda: bent(one(), LISTED, 10, "<H", 0), "differ, or it overlaps"),
    "another name than the list says": (lambda: one().replace(b"case.yaml", b"evil.yaml", 1), "differ, or it overlaps"),
    "overlapping": (overlapping, "differ, or it overlaps"),
    "a bomb": (lambda: one(content=b"0" * (LARGEST_FILE + 1)), "unpacked it would have 2,097,153 bytes"),
    "a bomb that says it is small": (longer_than_it_says, "more bytes than it says"),
    "a size too small": (lambda: lying(20), DAMAGED),
    "a size too large": (lambda: lying(6000), DAMAGED),
    "a size beyond all": (lambda: lying(0xFFFFFFFE), "unpacked it would have 4,294,967,294 bytes"),
    "another sum": (lambda: bent(one(), LISTED, 16, "<L", 7), DAMAGED),
    "no packed content": (lambda: bent(one(), LOCAL, 41, "<B", 0xFF), DAMAGED),
    "too many entries": (lambda: made(*((f"a/{number}", b"") for number in range(11))), "it holds 11 files; a case has at most 4"),
    "a place beyond the end": (lambda: bent(one(), LISTED, 42, "<L", 10**6), DAMAGED),
    "too large": (lambda: GOOD + b"\0" * LARGEST_ARCHIVE, "the largest that is read has 1,048,576"),
    "no zip file": (lambda: b"title: x", "this is neither"),
    "nothing": (lambda: b"", "this is neither"),
    "only the end of one": (lambda: END + b"\0" * 18, "this is neither"),
    "something before it": (lambda: b"#!/bin/sh\n" + GOOD, "this is neither"),
    "cut off": (lambda: GOOD[:-30], DAMAGED),
    "cut off early": (lambda: GOOD[:40], DAMAGED),
    "a list that is cut off": (lambda: bent(GOOD, END, 12, "<L", 5), DAMAGED),
    "a list in another place": (lambda: bent(GOOD, END, 16, "<L", 3), DAMAGED),
}


@pytest.mark.parametrize("name", BAD)
def test_whatever_is_wrong_with_a_file_is_said(name: str) -> None:
    make, says = BAD[name]
    with pytest.raises(FaultsError) as caught:
        unpack(make(), "sent.zip")
    assert says in str(caught.value)
    assert all(fault.where == "sent.zip" for fault in caught.value.faults)
    assert "\x1b" not in str(caught.value)


def test_every_fault_of_a_file_is_said_at_once() -> None:
    data = made(("../case.yaml", TITLE), ("/etc/passwd", b""), ("a/run.exe", b"MZ"))
    with pytest.raises(FaultsError, match="4 faults found") as caught:
        unpack(data, "sent.zip")
    assert {fault.field for fault in caught.value.faults} == {"../case.yaml", "/etc/passwd", "a/run.exe", ""}


def test_what_was_packed_is_unpacked_and_packed_again_it_is_the_same() -> None:
    assert unpack(GOOD, "x") == {name: text.encode() for name, text in FILES.items()}
    assert pack("three-schools", FILES) == GOOD
    assert zipfile.ZipFile(io.BytesIO(GOOD)).namelist() == [f"three-schools/{name}" for name in FILES]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_file_that_another_program_packed_is_read_too(method: int) -> None:
    data = made(("a b/", b""), ("a b/judgements.csv", b"x"), ("a b/case.yaml", TITLE), compress_type=method)
    assert unpack(data, "x") == {"case.yaml": TITLE, "judgements.csv": b"x"}


@pure(300)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=4), st.booleans())
def test_a_file_with_any_bytes_spoilt_is_read_as_it_was_or_refused(at: int, bytes_: bytes, cut: bool) -> None:  # noqa: FBT001 - drawn
    spoilt = GOOD[:at] + bytes_ + (b"" if cut else GOOD[at + len(bytes_) :])
    try:
        found = unpack(spoilt, "x")
    except FaultsError:
        return
    assert all(content == FILES[name].encode() for name, content in found.items())
