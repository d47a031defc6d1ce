"""The public edition of an appraisal: nothing that is for governors stands in any of its files, in no form and nowhere."""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pikepdf
import pypdf
import pytest

from partnership_model.delivery.appraise import Outcome, appraise_case
from partnership_model.delivery.outputs import BOARD, FORMATS, Wanted
from partnership_model.knowledge.case_writing import with_keys
from partnership_model.knowledge.editions import REASON_KEPT
from partnership_model.knowledge.yaml_file import parse_yaml
from tests.delivery.appraising import PARAMETERS, order
from tests.display.test_result import faults
from tests.knowledge.record_making import EVERY_KEY_OF_A_RECORD
from tests.knowledge.test_editions import CASE, HEADING, HIDDEN, ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator

EVERYTHING = (*FORMATS, BOARD)
PUBLIC = Wanted(EVERYTHING, "public")
# What has to be one of a few words or names, or a day; every other text of a record takes a secret.
FIXED = {"option", "options", "criteria", "likely", "effect", "reliability", "kind", "shortlist"}
DAY = re.compile(r"\d{4}-\d\d-\d\d$")
ROOT = Path(__file__).resolve().parents[2]


def seeded(folder: Path, *swaps: tuple[str, str]) -> Path:
    """Write a case with a secret in every field that is not public; swaps give it other secrets."""
    case = folder / "three-schools"
    case.mkdir(parents=True)
    record = {key: with_secrets(one) for key, one in parse_yaml(EVERY_KEY_OF_A_RECORD, "record").value.items()}
    texts = {"case.yaml": with_keys(CASE, record), "judgements.csv": HEADING + ROWS}
    for name, text in texts.items():
        for old, new in swaps:
            text = text.replace(old, new)  # noqa: PLW2901 - one after the other
        (case / name).write_text(text, encoding="utf-8")
    return case


def with_secrets(part: Any, key: str = "") -> Any:  # noqa: ANN401 - plain data
    """Put a secret into every text of some data that may hold one, and let nothing of it be public."""
    if isinstance(part, dict):
        return {name: with_secrets(one, name) for name, one in part.items() if name not in ("for", "source")}
    if isinstance(part, list):
        return [with_secrets(one, key) for one in part]
    return f"{HIDDEN} {part}" if isinstance(part, str) and key not in FIXED and not DAY.match(part) else part


def appraised(case: Path, out: Path, wanted: Wanted) -> Outcome:
    """Appraise a case for real."""
    out.mkdir(parents=True)
    outcome = appraise_case(order(case, out, wanted=wanted, parameters=PARAMETERS | {"edition": wanted.edition}))
    assert outcome.state == "done", outcome.says
    return outcome


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """Appraise the seeded case in public, once."""
    folder = tmp_path_factory.mktemp("public")
    return appraised(seeded(folder), folder / "results", PUBLIC)


def readable(path: Path) -> str:
    """Give everything that anybody could read in a file, unpacked."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as parts:
            return "\n".join([*parts.namelist(), *(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())])
    if path.suffix == ".pdf":
        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
        with pikepdf.open(path) as opened:
            objects = [text for one in opened.objects for text in unpacked(one)]
        return "\n".join([*pages, *objects])
    return path.read_text(encoding="utf-8")


def unpacked(one: Any) -> Iterator[str]:  # noqa: ANN401 - any object of a PDF
    """Give the texts of an object of a PDF: alternatives, titles, addresses, and whatever is packed in a stream."""
    if isinstance(one, pikepdf.String):
        yield str(one)
    elif isinstance(one, pikepdf.Array):
        for part in one:
            yield from unpacked(part) if not getattr(part, "is_indirect", False) else ()
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for part in (one[key] for key in one.keys()):  # noqa: SIM118 - no mapping of Python's
            yield from unpacked(part) if not getattr(part, "is_indirect", False) else ()
        if isinstance(one, pikepdf.Stream):
            yield one.read_bytes().decode("latin-1")


def secrets(path: Path) -> list[str]:
    """Name what should not be in a file."""
    text = readable(path)
    squeezed = re.sub(r"\s+", " ", text)
    known = (HIDDEN, HIDDEN.replace("-", ""), "98,765", "98,764", tempfile.gettempdir() + "/", str(ROOT), str(Path.home()) + "/")
    sums = re.findall(r"(?<![\d.])9876[45](?![\d.])", text)  # and not the digits of some coordinate
    return [*(one for one in known if one in text or one in squeezed), *sums]


def test_no_secret_and_no_place_on_the_machine_is_in_any_public_file(public: Outcome) -> None:
    assert len(public.files) == 9
    everything = sorted(path for path in public.order.target.rglob("*") if path.is_file())
    assert {path.name for path in everything} == {path.name for path in public.files} | {"run-public.json"}
    assert {path.name: secrets(path) for path in everything} == {path.name: [] for path in everything}


def test_a_secret_would_be_found_in_every_format(tmp_path: Path) -> None:
    """The test above can fail: in the governors' edition each format tells it."""
    written = appraised(seeded(tmp_path), tmp_path / "results", Wanted(EVERYTHING))
    assert {path.suffix: HIDDEN in secrets(path) for path in written.files if path.suffix != ".json"} == dict.fromkeys(
        (".html", ".pdf", ".docx", ".xlsx", ".ipynb"), True
    )
    assert {path.name for path in written.files} & {path.name for path in (tmp_path / "results").rglob("*public*")} == set()


def test_what_is_public_is_there(public: Outcome) -> None:
    for path in public.files:
        text = re.sub(r"\s+", " ", readable(path)).replace("&#39;", "'").replace("\u2019", "'")
        if path.suffix != ".json" and "board" not in path.name:
            assert "We say it ourselves." in text, path.name
            assert "Public edition" in text, path.name
            assert REASON_KEPT in text, path.name


def test_the_files_are_named_public_and_the_result_says_so_and_keeps_to_its_schema(public: Outcome) -> None:
    assert all("-public." in path.name for path in public.files)
    result = json.loads((public.order.target / "result-public.json").read_text(encoding="utf-8"))
    assert (result["edition"], faults(result)) == ("public", [])


def test_the_public_notebook_names_the_case_where_it_was_run_with_a_folder(public: Outcome) -> None:
    notebook = nbformat.read(next(path for path in public.files if path.suffix == ".ipynb"), as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.papermill.parameters["case"] == "three-schools"
    injected = next(cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", []))
    assert 'case = "three-schools"' in injected.source
    assert 'edition = "public"' in injected.source
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")


def test_other_secrets_give_the_same_public_result_and_report_byte_for_byte(public: Outcome, tmp_path: Path) -> None:
    """Not even a fingerprint of them is told, which somebody could compare with guesses."""
    other = seeded(tmp_path, (HIDDEN, "Something-Else"), ("-98765", "-12"), ("98764", "13"))
    written = appraised(other, tmp_path / "results", Wanted(("html", "pdf", "json"), "public"))
    first = {path.name: path for path in public.files}
    for path in written.files:
        assert path.read_bytes() == first[path.name].read_bytes(), path.name
