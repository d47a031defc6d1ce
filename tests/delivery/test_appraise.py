"""An appraisal run: papermill makes all of its files or none, and whatever fails leaves what was there before."""

from __future__ import annotations

import json
import os
import shutil
import sys
import threading
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from partnership_model.delivery import appraise, outputs
from partnership_model.delivery.appraise import Written, appraise_case
from partnership_model.delivery.outputs import FORMATS, Wanted
from partnership_model.delivery.report import report_of
from partnership_model.delivery.report_html import write_html
from partnership_model.display.blocks import RESULT_MIME
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.shipped import shipped
from tests.delivery.test_report import SMALL, executed
from tests.display.test_notebook import EMBER, as_json, copied, ember, swapped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PARAMETERS = {"as_of": "", "samples": 1, "seed": 2016}
EVERYTHING = Wanted()
JSON = Wanted(["json"])
FILES = Wanted().names
OLD = {"report-governors.html": "the old report", "result.json": "{}", "notes of our own.txt": "ours"}


def contents(folder: Path) -> dict[str, str]:
    """Give every file below a folder, hidden ones too, with its text; folders with nothing in them end in a slash."""
    if not folder.exists():
        return {}
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            if not any(path.iterdir()):
                found[name + "/"] = ""
        else:
            found[name] = path.read_text(encoding="utf-8", errors="replace")
    return found


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Make a folder of results in which an earlier run has left its files."""
    out = tmp_path / "results"
    (out / "ember-2016").mkdir(parents=True)
    for name, text in OLD.items():
        (out / "ember-2016" / name).write_text(text, encoding="utf-8")
    return out


def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *cells: str) -> None:
    """Let runs use a notebook of these cells instead of the one that ships."""
    notebook = nbformat.read(shipped("notebooks", "option_appraisal.ipynb"), as_version=4)
    parameters = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    notebook.cells = [parameters, *(nbformat.v4.new_code_cell(cell) for cell in cells)]
    path = tmp_path / "template.ipynb"
    nbformat.write(notebook, path)
    monkeypatch.setattr(appraise, "shipped", lambda *_: path)


@pytest.fixture
def without_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run give the executed notebook at once."""
    notebook = executed(ember(), SMALL)
    data = {RESULT_MIME: ember().result().data, "text/plain": "a result"}
    notebook.cells.append(nbformat.v4.new_code_cell("run.result()", outputs=[nbformat.v4.new_output("execute_result", data)]))

    def run(_folder: Path, _work: Path, _parameters: dict[str, Any]) -> Any:  # noqa: ANN401 - a notebook node
        return notebook

    monkeypatch.setattr(appraise, "_run", run)


class Watch:
    """Notes every file that appears in a folder, also for a moment."""

    def __init__(self, folder: Path) -> None:
        """Begin to look."""
        self.seen: set[str] = set()
        self._folder, self._over = folder, threading.Event()
        self._looking = threading.Thread(target=self._look)
        self._looking.start()

    def _look(self) -> None:
        while not self._over.wait(0.02):
            self.seen |= {path.name for path in self._folder.iterdir()}

    def end(self) -> set[str]:
        """Look no more."""
        self._over.set()
        self._looking.join()
        return self.seen


class Run:
    """One run of the Ember case, from a folder with nothing in it."""

    def __init__(self, folder: Path) -> None:
        """Run it."""
        self.out, empty = folder / "results", folder / "empty"
        empty.mkdir()
        self.before = contents(self.out)
        here = os.getcwd()  # noqa: PTH109 - goes back to it below
        os.chdir(empty)
        watch = Watch(empty)
        try:
            self.written = appraise_case(EMBER.folder, self.out, EVERYTHING, PARAMETERS)
        finally:
            self.appeared = watch.end()
            os.chdir(here)
        self.notebook = nbformat.read(self.written.folder / FILES["ipynb"], as_version=4)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the Ember case once for all tests that only look at what it wrote."""
    return Run(tmp_path_factory.mktemp("run"))


# A run that works


def test_a_run_writes_its_six_files_into_a_folder_named_like_the_case_and_leaves_nothing_else(run: Run) -> None:
    assert run.before == {}
    assert sorted(contents(run.out)) == sorted(f"ember-2016/{name}" for name in FILES.values())
    assert run.written.folder == run.out / "ember-2016"
    assert [path.name for path in run.written.files] == list(FILES.values())
    assert all(path.is_file() for path in run.written.files)


def test_nothing_appears_in_the_folder_in_which_the_command_is_given(run: Run) -> None:
    """That folder may be write-protected, on a drive that knows no sockets, or used by another run at the same time."""
    assert run.appeared == set()


def test_the_result_is_that_of_the_same_case_in_another_process_byte_for_byte(run: Run) -> None:
    text = (run.written.folder / "result.json").read_text(encoding="utf-8")
    assert text == as_json(ember())
    assert run.written.result == json.loads(text)


def test_the_notebook_is_executed_without_an_error_and_carries_its_parameters(run: Run) -> None:
    nbformat.validate(run.notebook)
    code = [cell for cell in run.notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert not any(output.output_type == "error" for cell in code for output in cell.outputs)
    injected = next(cell.source for cell in code if "injected-parameters" in cell.metadata.get("tags", []))
    assert f'case = "{EMBER.folder.resolve()}"' in injected
    assert "samples = 1" in injected
    assert "seed = 2016" in injected
    results = [output.data[RESULT_MIME] for cell in code for output in cell.outputs if RESULT_MIME in output.get("data", {})]
    assert results == [run.written.result]


def test_the_report_can_be_written_again_from_the_notebook_alone(run: Run, tmp_path: Path) -> None:
    write_html(report_of(run.notebook), tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == (run.written.folder / FILES["html"]).read_bytes()


def test_a_second_run_gives_the_same_result_byte_for_byte_and_writes_only_what_is_asked_for(run: Run, old: Path) -> None:
    again = appraise_case(EMBER.folder, old, JSON, PARAMETERS)
    assert [path.name for path in again.files] == ["result.json"]
    first = (run.written.folder / "result.json").read_bytes()
    assert (old / "ember-2016" / "result.json").read_bytes() == first
    kept = {f"ember-2016/{name}": text for name, text in OLD.items() if name != "result.json"}
    assert contents(old) == kept | {"ember-2016/result.json": first.decode()}


def test_a_case_is_run_whatever_its_folder_is_called(tmp_path: Path) -> None:
    """The name goes into a notebook as Python; a quotation mark must not end it."""
    folder = copied(tmp_path, "our \"case\" {{ x }} 'né' \\ $HOME #")
    found = appraise_case(folder, tmp_path / "results", JSON, PARAMETERS)
    assert found.folder == tmp_path / "results" / folder.name
    assert found.result["case"] == folder.name
    assert found.result["options"] == ember().result().data["options"]


@pytest.mark.usefixtures("without_kernel")
@pytest.mark.parametrize("formats", [*([one] for one in FORMATS), ["json", "html"], list(FORMATS)])
def test_only_the_files_that_are_asked_for_are_written(tmp_path: Path, formats: list[str]) -> None:
    found = appraise_case(EMBER.folder, tmp_path / "results", Wanted(formats), PARAMETERS)
    assert sorted(contents(tmp_path / "results")) == sorted(f"ember-2016/{FILES[one]}" for one in formats)
    assert {path.name for path in found.files} == {FILES[one] for one in formats}


@pytest.mark.usefixtures("without_kernel")
def test_new_files_take_the_place_of_old_ones_and_others_stay(old: Path) -> None:
    found = appraise_case(EMBER.folder, old, EVERYTHING, PARAMETERS)
    assert isinstance(found, Written)
    now = contents(old)
    assert now["ember-2016/notes of our own.txt"] == "ours"
    assert now["ember-2016/report-governors.html"].startswith("<!DOCTYPE html>")
    assert json.loads(now["ember-2016/result.json"]) == found.result
    assert len(now) == 7


@pytest.mark.usefixtures("without_kernel")
def test_a_case_given_as_the_folder_that_one_stands_in_gets_that_folders_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copied(tmp_path, "ours"))
    assert appraise_case(type(tmp_path)("."), tmp_path / "results", JSON, PARAMETERS).folder == tmp_path / "results" / "ours"


# Runs that fail


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (["1 / 0"], r"ember-2016: .*ZeroDivisionError: division by zero"),
        (["from partnership_model.errors import PartnershipError\nraise PartnershipError('so it is')"], r"ember-2016: .*so it is"),
        (["2 + 2"], r"gave no result"),
    ],
    ids=["an error", "one of ours", "no result"],
)
def test_a_broken_notebook_leaves_what_was_there_before(
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch, cells: list[str], says: str
) -> None:
    template(tmp_path, monkeypatch, *cells)
    before = contents(old)
    with pytest.raises(PartnershipError, match=says) as caught:
        appraise_case(EMBER.folder, old, EVERYTHING, PARAMETERS)
    assert contents(old) == before
    assert "Traceback" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_a_kernel_that_dies_leaves_what_was_there_before_and_is_said(tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So ends a run that needs more memory than there is."""
    template(tmp_path, monkeypatch, "import os\nos._exit(1)")
    before = contents(old)
    with pytest.raises(PartnershipError, match=r"ember-2016: the run stopped"):
        appraise_case(EMBER.folder, old, EVERYTHING, PARAMETERS)
    assert contents(old) == before


def test_a_kernel_of_the_same_name_that_is_another_python_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m ipykernel install --user`, in whatever environment, takes the name `python3` for all of them."""
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    command = [sys.executable, "-c", "raise SystemExit(3)", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Another", "language": "python"}), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    found = appraise_case(EMBER.folder, tmp_path / "results", JSON, PARAMETERS)
    assert found.result["case"] == "ember-2016"


@pytest.mark.usefixtures("without_kernel")
@pytest.mark.parametrize(
    "error",
    [PartnershipError("so it is"), ValueError("wrong"), KeyboardInterrupt("stopped")],
    ids=["ours", "another", "a person who stops it"],
)
def test_whatever_goes_wrong_while_files_are_written_leaves_what_was_there_before(
    old: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(outputs, "write_html", fail)
    before = contents(old)
    with pytest.raises(type(error), match=str(error)):
        appraise_case(EMBER.folder, old, EVERYTHING, PARAMETERS)
    assert contents(old) == before


@pytest.mark.usefixtures("without_kernel")
def test_a_full_disk_leaves_what_was_there_before_and_is_said(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(outputs, "write_html", full)
    before = contents(old)
    with pytest.raises(PartnershipError, match=r"ember-2016: the results cannot be written there: No space left on device"):
        appraise_case(EMBER.folder, old, EVERYTHING, PARAMETERS)
    assert contents(old) == before


@pytest.mark.usefixtures("without_kernel")
@pytest.mark.parametrize("name", FILES.values())
def test_a_folder_in_the_place_of_a_file_leaves_all_files_as_they_were(old: Path, name: str) -> None:
    """Of three files none may be new while another is old."""
    (old / "ember-2016" / name).unlink(missing_ok=True)
    (old / "ember-2016" / name / "kept").mkdir(parents=True)
    before = contents(old)
    with pytest.raises(PartnershipError, match=rf"ember-2016.*({name}: there is a folder|cannot be written)"):
        appraise_case(EMBER.folder, old, EVERYTHING, PARAMETERS)
    assert contents(old) == before


@pytest.mark.parametrize("out", ["a file", "a file/below it"])
def test_results_that_cannot_be_written_are_refused_before_anything_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str) -> None:
    (tmp_path / "a file").write_text("ours", encoding="utf-8")
    monkeypatch.setattr(appraise, "_run", lambda *_: pytest.fail("it ran"))
    with pytest.raises(PartnershipError, match=r"ember-2016: the results cannot be written there: "):
        appraise_case(EMBER.folder, tmp_path / out, EVERYTHING, PARAMETERS)
    assert contents(tmp_path) == {"a file": "ours"}


def test_a_write_protected_folder_is_said(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made up, because nothing is protected from the user as whom some tests run."""

    def protected(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(appraise.tempfile, "mkdtemp", protected)
    before = contents(old)
    with pytest.raises(PartnershipError, match=r"ember-2016: the results cannot be written there: Permission denied"):
        appraise_case(EMBER.folder, old, EVERYTHING, PARAMETERS)
    assert contents(old) == before


def test_a_run_that_fails_where_there_was_nothing_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        message = "so it is"
        raise PartnershipError(message)

    monkeypatch.setattr(appraise, "_run", fail)
    out = tmp_path / "results"
    with pytest.raises(PartnershipError, match="so it is"):
        appraise_case(EMBER.folder, out, EVERYTHING, PARAMETERS)
    assert contents(tmp_path) == {}


def changed(tmp_path: Path, change: Callable[[Path], None]) -> Path:
    """Copy the case and change it."""
    folder = copied(tmp_path)
    change(folder)
    return folder


def test_a_case_that_breaks_between_check_and_run_is_said_with_its_faults(tmp_path: Path) -> None:
    """The notebook reads the case anew; what it finds wrong reaches the person who waits."""
    folder = changed(tmp_path, lambda folder: swapped(folder / "case.yaml", "  - federation\n", "  - federaton\n"))
    with pytest.raises(PartnershipError, match=r'"federaton" is not an option. Did you mean "federation"\?') as caught:
        appraise_case(folder, tmp_path / "results", EVERYTHING, PARAMETERS)
    assert "Traceback" not in str(caught.value)
    shutil.rmtree(folder)
    assert not [name for name in contents(tmp_path) if ".partnership-" in name]
