"""What tests of `partnership check` share: how it answers, a case that is in order, and the folders of `bad_data/`."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

BAD_DATA = Path(__file__).parent / "bad_data"
PARTNERSHIP = Path(sys.executable).with_name("partnership")


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str

    @property
    def messages(self) -> list[str]:
        """The faults alone, without the closing count."""
        lines = self.err.splitlines()
        assert re.fullmatch(r"\d+ faults? found\.", lines[-1]), self.err
        return lines[:-1]


class Check(Protocol):
    """Runs `partnership check` on cases."""

    def __call__(self, *cases: Path | str) -> Answer:
        """Give what it said."""


def in_a_new_process(*cases: Path | str) -> Answer:
    """Run `partnership check` as a person does."""
    done = subprocess.run([PARTNERSHIP, "check", *map(str, cases)], capture_output=True, encoding="utf-8", timeout=30, check=False)
    return Answer(done.returncode, done.stdout, done.stderr)


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Everything in a folder, with the time of its last change."""
    return {
        str(path.relative_to(folder)): (path.read_bytes() if path.is_file() else b"", path.lstat().st_mtime_ns)
        for path in [folder, *folder.rglob("*")]
    }


def stands_at(message: str, file: str, line: int | None) -> bool:
    """Whether a message begins with this file (under whatever folder) and this line."""
    place = re.escape(file) + ("" if line is None else f":{line}")
    return re.match(rf"(?:.*[/\\])?{place}: ", message) is not None


def good_case(folder: Path) -> Path:
    """Write a case that is in order."""
    folder.mkdir()
    text = (BAD_DATA / "judgement_twice" / "case.yaml").read_text(encoding="utf-8")
    (folder / "case.yaml").write_text(text, encoding="utf-8")
    return folder
