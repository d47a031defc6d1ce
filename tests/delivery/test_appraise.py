"""An appraisal run: papermill makes all of its files or none, and whatever fails leaves what was there before."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import threading
from typing import TYPE_CHECKING

import nbformat
import pytest

from partnership_model.delivery import appraise, notebook_run, outputs, result_folder
from partnership_model.delivery.outputs import FORMATS, Wanted
from partnership_model.delivery.report import report_of
from partnership_model.delivery.report_html import write_html
from partnership_model.delivery.run_record import RunRecord, hash_file, read_run
from partnership_model.display import words
from partnership_model.display.blocks import RESULT_MIME
from partnership_model.errors import PartnershipError
from partnership_model.knowledge.shipped import shipped
from tests.delivery.appraising import FILES, KEY, appraised, contents, order
from tests.delivery.test_report import SMALL, executed
from tests.display.test_notebook import EMBER, as_json, copied, ember, swapped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLD = {"report-governors.html": "the old report", "result.json": "{}"}
NOTES = {"notes of our own.txt": "ours"}
NEW_KEY = "f" * 64
FEW = ("html", "json")  # those of OLD, quickly written


def left_behind(out: Path) -> Path:
    """Make what an earlier run and a person have left in a folder of results."""
    folder = out / "ember-2016"
    folder.mkdir(parents=True)
    for name, text in {**OLD, **NOTES}.items():
        (folder / name).write_text(text, encoding="utf-8")
    files = {name: (hash_file(folder / name),) for name in OLD}
    formats = {key: name for key, name in FILES.items() if name in OLD}
    record = RunRecord(state="done", files=files, case="ember-2016", edition="governors", key=KEY, formats=formats, ended="then", seconds=1)
    (folder / "run.json").write_text(record.model_dump_json(), encoding="utf-8")
    return out


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Make a folder of results in which an earlier run has left its files."""
    return left_behind(tmp_path / "results")


def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *cells: str) -> None:
    """Let runs use a notebook of these cells instead of the one that ships."""
    notebook = nbformat.read(shipped("notebooks", "option_appraisal.ipynb"), as_version=4)
    parameters = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    notebook.cells = [parameters, *(nbformat.v4.new_code_cell(cell) for cell in cells)]
    path = tmp_path / "template.ipynb"
    nbformat.write(notebook, path)
    monkeypatch.setattr(notebook_run, "shipped", lambda *_: path)


@pytest.fixture
def without_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a run give the executed notebook at once."""
    notebook = executed(ember(), SMALL)
    data = {RESULT_MIME: ember().result().data, "text/plain": "a result"}
    notebook.cells.append(nbformat.v4.new_code_cell("run.result()", outputs=[nbformat.v4.new_output("execute_result", data)]))

    monkeypatch.setattr(appraise, "run_notebook", lambda *_: notebook)


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
            self.outcome = appraised(EMBER.folder, self.out, FORMATS)
        finally:
            self.appeared = watch.end()
            os.chdir(here)
        self.folder = self.out / "ember-2016"
        self.notebook = nbformat.read(self.folder / FILES["ipynb"], as_version=4)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the Ember case once for all tests that only look at what it wrote."""
    return Run(tmp_path_factory.mktemp("run"))


# A run that works


def test_a_run_writes_its_files_and_their_record_into_a_folder_named_like_the_case_and_leaves_nothing_else(run: Run) -> None:
    assert run.before == {}
    assert sorted(contents(run.out)) == sorted(f"ember-2016/{name}" for name in [*FILES.values(), "run.json"])
    assert [path.name for path in run.outcome.files] == list(FILES.values())
    assert all(path.is_file() for path in run.outcome.files)


def test_the_record_says_what_was_made_from_what_and_what_follows(run: Run) -> None:
    record = read_run(run.folder, "governors")
    assert record
    assert (record.state, record.case, record.key, record.formats) == ("done", "ember-2016", KEY, FILES)
    assert record.files == {name: (hash_file(run.folder / name),) for name in FILES.values()}
    assert record.finding == words.headline(ember().appraisal)
    assert list(record.leads) == [ember().appraisal.problem.option(key).label for key in words.level_with_leader(ember().appraisal)]
    assert list(record.warnings) == list(run.outcome.warnings) == ember().warnings()


def test_nothing_appears_in_the_folder_in_which_the_command_is_given(run: Run) -> None:
    """That folder may be write-protected, on a drive that knows no sockets, or used by another run at the same time."""
    assert run.appeared == set()


def test_the_result_is_that_of_the_same_case_in_another_process_byte_for_byte(run: Run) -> None:
    assert (run.folder / "result.json").read_text(encoding="utf-8") == as_json(ember())


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
    assert results == [json.loads((run.folder / "result.json").read_text(encoding="utf-8"))]


def test_the_report_can_be_written_again_from_the_notebook_alone(run: Run, tmp_path: Path) -> None:
    write_html(report_of(run.notebook), tmp_path / "again.html")
    assert (tmp_path / "again.html").read_bytes() == (run.folder / FILES["html"]).read_bytes()


def test_a_case_is_run_whatever_its_folder_is_called(tmp_path: Path) -> None:
    """The name goes into a notebook as Python; a quotation mark must not end it."""
    folder = copied(tmp_path, "our \"case\" {{ x }} 'né' \\ $HOME #")
    outcome = appraised(folder, tmp_path / "results")
    assert outcome.state == "done"
    found = json.loads((tmp_path / "results" / folder.name / "result.json").read_text(encoding="utf-8"))
    assert found["case"] == folder.name
    assert found["options"] == ember().result().data["options"]


@pytest.mark.usefixtures("without_kernel")
@pytest.mark.parametrize("formats", [*([one] for one in FORMATS), ["json", "html"], list(FORMATS)])
def test_only_the_files_that_are_asked_for_are_written(tmp_path: Path, formats: list[str]) -> None:
    outcome = appraised(EMBER.folder, tmp_path / "results", formats)
    names = [FILES[one] for one in formats]
    assert sorted(contents(tmp_path / "results")) == sorted(f"ember-2016/{name}" for name in [*names, "run.json"])
    assert {path.name for path in outcome.files} == set(names)


# What an earlier run has left


@pytest.mark.usefixtures("without_kernel")
def test_new_files_take_the_place_of_old_ones_and_what_is_not_ours_stays(old: Path) -> None:
    assert appraised(EMBER.folder, old, FEW).state == "done"
    now = contents(old / "ember-2016")
    assert now["notes of our own.txt"] == "ours"
    assert now["report-governors.html"].startswith("<!DOCTYPE html>")
    assert sorted(now) == sorted([*OLD, *NOTES, "run.json"])


@pytest.mark.usefixtures("without_kernel")
def test_files_of_another_format_stay_while_they_say_the_same_and_go_when_they_no_longer_belong(old: Path) -> None:
    assert appraised(EMBER.folder, old, ["ipynb"]).state == "done"
    assert {**OLD, **NOTES}.items() <= contents(old / "ember-2016").items()
    record = read_run(old / "ember-2016", "governors")
    assert record
    assert set(record.formats) == {"html", "ipynb", "json"}
    assert appraised(EMBER.folder, old, ["ipynb"], NEW_KEY).state == "done"
    assert sorted(contents(old / "ember-2016")) == sorted([FILES["ipynb"], *NOTES, "run.json"])


@pytest.mark.usefixtures("without_kernel")
def test_a_file_that_somebody_changed_is_not_written_over(old: Path) -> None:
    """A consultant may have edited the report."""
    (old / "ember-2016" / "report-governors.html").write_text("my own words", encoding="utf-8")
    before = contents(old)
    outcome = appraised(EMBER.folder, old, FORMATS, NEW_KEY)
    assert (outcome.state, contents(old)) == ("failed", before)
    assert "report-governors.html would be written over, and somebody changed or made it by hand. Move it away" in outcome.says


@pytest.mark.usefixtures("without_kernel")
def test_a_file_that_somebody_changed_stays_when_it_no_longer_belongs(old: Path) -> None:
    (old / "ember-2016" / "report-governors.html").write_text("my own words", encoding="utf-8")
    assert appraised(EMBER.folder, old, ["json"], NEW_KEY).state == "done"
    now = contents(old / "ember-2016")
    assert now["report-governors.html"] == "my own words"
    assert json.loads(now["result.json"])["case"] == "ember-2016"


@pytest.mark.usefixtures("without_kernel")
def test_a_run_that_stops_between_two_files_says_so_and_the_next_one_completes_it(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So ends a run that is killed in the middle of putting files in place."""
    place = type(old).replace

    def cut(path: Path, to: Path) -> Path:
        if to.name == "result.json":
            raising(KeyboardInterrupt("killed"))
        return place(path, to)

    with monkeypatch.context() as once:
        once.setattr(type(old), "replace", cut)
        with pytest.raises(KeyboardInterrupt, match="killed"):
            appraised(EMBER.folder, old, FEW, NEW_KEY)
    record = read_run(old / "ember-2016", "governors")
    assert record
    assert record.state == "unfinished"
    assert contents(old / "ember-2016")["result.json"] == OLD["result.json"]
    assert appraised(EMBER.folder, old, FEW, NEW_KEY).state == "done"
    assert sorted(contents(old / "ember-2016")) == sorted([*OLD, *NOTES, "run.json"])


# Runs that fail


@pytest.mark.parametrize(
    ("cell", "says", "ename"),
    [
        ("1 / 0", r"the run stopped: ZeroDivisionError: division by zero", "ZeroDivisionError"),
        ("from partnership_model.errors import PartnershipError\nraise PartnershipError('so it is')", r"so it is", "PartnershipError"),
        ("2 + 2", r"gave no result", None),
        ("import os\nos._exit(1)", r"the run stopped, since Python ended in the middle of it", "DeadKernelError"),
    ],
    ids=["an error", "one of ours", "no result", "a dead kernel"],
)
def test_a_run_that_fails_keeps_what_was_there_and_the_notebook_as_far_as_it_came(  # noqa: PLR0913 - two of them are fixtures
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch, *, cell: str, says: str, ename: str | None
) -> None:
    """What needs more memory than there is ends in a dead kernel, which papermill leaves looking as if all were well."""
    template(tmp_path, monkeypatch, cell)
    outcome = appraised(EMBER.folder, old, FORMATS, NEW_KEY)
    now = contents(old / "ember-2016")
    assert outcome.state == "failed"
    assert re.search(f"ember-2016: .*{says}", outcome.says)
    assert re.search(says, now["failed.txt"])
    assert "What stands in report-governors.html, result.json is of an earlier run." in now["failed.txt"]
    assert {**OLD, **NOTES}.items() <= now.items()
    assert sorted(now) == sorted([*OLD, *NOTES, "failed.ipynb", "failed.txt", "run.json"])
    assert "\x1b" not in outcome.says
    notebook = nbformat.reads(now["failed.ipynb"], as_version=4)
    nbformat.validate(notebook)
    errors = [output.ename for cell in notebook.cells for output in cell.get("outputs", []) if output.output_type == "error"]
    assert errors == ([ename] if ename else [])
    assert (notebook.metadata.papermill.exception is True) == bool(ename)


def test_a_public_run_that_fails_says_where_it_stopped_and_how_to_see_more_and_keeps_no_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template(tmp_path, monkeypatch, "2 + 2", "first = 1\nfirst / 0", "3 + 3")
    out = tmp_path / "results"
    out.mkdir()
    assert appraise.appraise_case(order(EMBER.folder, out, wanted=Wanted(("json",), "public"))).state == "failed"
    now = contents(out / "ember-2016")
    assert sorted(now) == ["failed-public.txt", "run-public.json"]
    said = now["failed-public.txt"].splitlines()
    assert said[:3] == [
        "The appraisal of ember-2016 was not finished.",
        "the run stopped: ZeroDivisionError: division by zero",
        "It stopped at step 4 of 5 of the notebook, “first / 0”.",
    ]
    assert "--edition governors" in said[3]
    assert "keeps failed.ipynb, which shows everything." in said[3]
    assert said[4:] == ["The same command tries it again."]
    assert str(tmp_path) not in now["failed-public.txt"]


@pytest.mark.usefixtures("without_kernel")
def test_after_a_failure_a_run_that_works_takes_its_traces_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "results"
    with monkeypatch.context() as once:
        failing = notebook_run.RunFailedError("so it is", nbformat.v4.new_notebook())
        once.setattr(appraise, "run_notebook", lambda *_: raising(failing))
        assert appraised(EMBER.folder, out).state == "failed"
    assert sorted(contents(out / "ember-2016")) == ["failed.ipynb", "failed.txt", "run.json"]
    assert appraised(EMBER.folder, out).state == "done"
    assert sorted(contents(out / "ember-2016")) == ["result.json", "run.json"]


def raising(error: BaseException) -> None:
    """Raise an error where only an expression may stand."""
    raise error


def test_a_notebook_without_a_cell_of_parameters_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "template.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")]), path)
    monkeypatch.setattr(notebook_run, "shipped", lambda *_: path)
    outcome = appraised(EMBER.folder, tmp_path / "results")
    assert outcome.state == "failed"
    assert "no cell has the tag “parameters”" in outcome.says


def test_a_parameter_that_the_notebook_does_not_know_is_refused(tmp_path: Path) -> None:
    """Papermill only writes a line to its log (nteract/papermill#667)."""
    with pytest.raises(PartnershipError, match=r'"sampels" is no parameter of this notebook\. Did you mean "samples"\?'):
        notebook_run.run_notebook(EMBER.folder, tmp_path, {"sampels": 5})


def test_a_kernel_of_the_same_name_that_is_another_python_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m ipykernel install --user`, in whatever environment, takes the name `python3` for all of them."""
    spec = tmp_path / "jupyter" / "kernels" / "python3"
    spec.mkdir(parents=True)
    command = [sys.executable, "-c", "raise SystemExit(3)", "{connection_file}"]
    (spec / "kernel.json").write_text(json.dumps({"argv": command, "display_name": "Another", "language": "python"}), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    assert appraised(EMBER.folder, tmp_path / "results").state == "done"


def test_another_version_of_the_workbook_writes_nothing(tmp_path: Path) -> None:
    """A worker of a cluster may have one."""
    outcome = appraise.appraise_case(order(EMBER.folder, tmp_path, workbook="1" * 64))
    assert outcome.state == "failed"
    assert "has another version of the workbook" in outcome.says
    assert contents(tmp_path) == {}


@pytest.mark.usefixtures("without_kernel")
@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PartnershipError("so it is"), "so it is"),
        (ValueError("wrong"), "ValueError: wrong"),
        (OSError(28, "No space left on device"), "ember-2016: the results cannot be written there: No space left on device."),
    ],
    ids=["ours", "another", "a full disk"],
)
def test_whatever_goes_wrong_while_files_are_written_leaves_what_was_there_before(
    old: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, says: str
) -> None:
    monkeypatch.setattr(outputs, "write_html", lambda *_: raising(error))
    before = contents(old)
    outcome = appraised(EMBER.folder, old, FORMATS)
    assert (outcome.state, contents(old)) == ("failed", before)
    assert says in outcome.says


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let no file grow beyond 60,000 bytes: the system cuts it off in the middle, as a disk does that fills up."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("without_kernel", "small_files")
def test_a_disk_that_fills_up_leaves_what_was_there_before_and_no_half_file(old: Path) -> None:
    before = contents(old)
    outcome = appraised(EMBER.folder, old, FORMATS, NEW_KEY)
    assert (outcome.state, contents(old)) == ("failed", before)
    assert "ember-2016: the results cannot be written there: File too large." in outcome.says
    assert appraised(EMBER.folder, old / "new", FORMATS).state == "failed"
    assert contents(old / "new") == {}


@pytest.mark.usefixtures("without_kernel")
def test_a_person_who_stops_it_stops_all_of_it_and_leaves_what_was_there_before(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outputs, "write_html", lambda *_: raising(KeyboardInterrupt("stopped")))
    before = contents(old)
    with pytest.raises(KeyboardInterrupt, match="stopped"):
        appraised(EMBER.folder, old, FORMATS)
    assert contents(old) == before


@pytest.mark.usefixtures("without_kernel")
@pytest.mark.parametrize("name", FILES.values())
def test_a_folder_in_the_place_of_a_file_leaves_all_files_as_they_were(old: Path, name: str) -> None:
    """Of three files none may be new while another is old."""
    (old / "ember-2016" / name).unlink(missing_ok=True)
    (old / "ember-2016" / name / "kept").mkdir(parents=True)
    before = contents(old)
    outcome = appraised(EMBER.folder, old, FORMATS)
    assert (outcome.state, contents(old)) == ("failed", before)
    assert f"{name} would be written over" in outcome.says


def test_a_write_protected_folder_is_said(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made up, because nothing is protected from the user as whom some tests run."""
    monkeypatch.setattr(result_folder.tempfile, "mkdtemp", lambda **_: raising(PermissionError(13, "Permission denied")))
    before = contents(old)
    outcome = appraised(EMBER.folder, old, FORMATS)
    assert (outcome.state, contents(old)) == ("failed", before)
    assert "ember-2016: the results cannot be written there: Permission denied." in outcome.says


def test_a_case_that_breaks_between_check_and_run_is_said_with_its_faults(tmp_path: Path) -> None:
    """The notebook reads the case anew; what it finds wrong reaches the person who waits."""
    folder = copied(tmp_path)
    swapped(folder / "case.yaml", "  - federation\n", "  - federaton\n")
    outcome = appraised(folder, tmp_path / "results")
    assert outcome.state == "failed"
    assert '"federaton" is not an option. Did you mean "federation"?' in outcome.says
    assert "Traceback" not in outcome.says
    shutil.rmtree(folder)
    assert not [name for name in contents(tmp_path) if ".partnership-" in name]
