"""What `partnership check` says of a case that has no faults: each part of a full appraisal that it does not give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from partnership_model.delivery.cli import main

COMPLETE = Path(__file__).parents[1] / "complete_case"


def said(capsys: pytest.CaptureFixture[str], *cases: str) -> str:
    """Check cases, and give what stands on standard output."""
    with pytest.raises(SystemExit, match=r"^0$"):
        main(["check", *cases])
    return capsys.readouterr().out


def test_each_missing_part_is_named_with_the_key_to_fill_in(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = (COMPLETE / "case.yaml").read_text(encoding="utf-8")
    start, end = text.index("  risks:"), text.index("  equality:")
    (tmp_path / "case.yaml").write_text(text[:start] + text[end:], encoding="utf-8")
    (tmp_path / "judgements.csv").write_bytes((COMPLETE / "judgements.csv").read_bytes())
    found = said(capsys, str(tmp_path), str(COMPLETE))
    assert "No faults found." in found
    assert f"{tmp_path.name}: Of 72 parts of a full appraisal, 3 are missing." in found
    assert (
        "  13 Risks, how likely and how bad, how each is met and by whom: the case does not give this. Fill in `appraisal.risks`." in found
    )
    assert "complete_case: Of 72 parts of a full appraisal, 1 is missing." in found
    assert len(re.findall(r"^ +\d+ .*", found, re.MULTILINE)) == 4


def test_without_a_case_nothing_is_said_of_any(capsys: pytest.CaptureFixture[str]) -> None:
    assert "parts of a full appraisal" not in said(capsys)
