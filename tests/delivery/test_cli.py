"""The command line: what it prints, what it writes, and one clear message with exit code 2 for whatever is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from partnership_model import __version__
from partnership_model.analysis.appraisal import SAMPLES, SEED
from partnership_model.delivery import appraise_command, batch_pool
from partnership_model.delivery.appraise import Order, Outcome
from partnership_model.delivery.outputs import FORMATS, Wanted
from partnership_model.display import words
from partnership_model.knowledge.shipped import shipped
from tests.delivery.appraising import contents
from tests.delivery.commanding import Said
from tests.delivery.test_appraise import NOTES, OLD, left_behind, template
from tests.display.test_blocks import Reader
from tests.display.test_notebook import as_json, copied, ember, swapped
from tests.display.test_result import faults

if TYPE_CHECKING:
    from typing import Any

WITHIN = 120
EXAMPLES = ", ".join(sorted(one.name for one in shipped("data", "cases").iterdir() if one.is_dir()))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Order]:
    """Note what the command asks of the runs, which do not take place."""
    found: list[Order] = []

    def run(order: Order) -> Outcome:
        found.append(order)
        return Outcome(order, "done", files=(order.target / "report.html",), warnings=(f"a warning of {order.name}",))

    monkeypatch.setattr(batch_pool, "appraise_case", run)
    monkeypatch.setattr(batch_pool.warm_kernels, "warm_up", lambda *_: None)
    return found


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[Said, Path]:
    """Run the installed command, as a user does, in a folder with nothing in it."""
    folder = tmp_path_factory.mktemp("cli")
    program = Path(sys.executable).with_name("partnership")
    done = subprocess.run(
        [program, "appraise", "ember-2016", "--samples", "1"], cwd=folder, capture_output=True, text=True, timeout=WITHIN, check=False
    )
    return Said(done.returncode, done.stdout, done.stderr), folder


# A run


def test_an_appraisal_prints_what_it_wrote_and_notes_what_no_reader_may_miss(real: tuple[Said, Path]) -> None:
    said, folder = real
    assert said.code == 0
    written = [f"results/ember-2016/{name}" for name in Wanted().names.values()]
    assert said.out.splitlines() == written
    assert sorted(contents(folder)) == sorted([*written, "results/ember-2016/run.json"])
    result = json.loads((folder / written[-1]).read_text(encoding="utf-8"))
    assert said.err.splitlines() == [f"Note: {warning}" for warning in result["warnings"]]


def test_the_result_keeps_to_its_schema_and_is_the_same_in_every_process(real: tuple[Said, Path]) -> None:
    text = (real[1] / "results" / "ember-2016" / "result.json").read_text(encoding="utf-8")
    assert faults(json.loads(text)) == []
    assert text == as_json(ember())


def test_the_report_has_the_finding_of_the_result(real: tuple[Said, Path]) -> None:
    report = Reader((real[1] / "results" / "ember-2016" / "report-governors.html").read_text(encoding="utf-8"))
    assert report.texts("h2")[0] == words.headline(ember().appraisal)


# What is asked for


def test_the_example_is_found_by_its_name_and_all_formats_are_written(
    command: Any,  # noqa: ANN401 - a function
    asked: list[Order],
    elsewhere: Path,
) -> None:
    said = command("appraise", "ember-2016")
    assert said.code == 0
    (order,) = asked
    assert order.case == shipped("data", "cases", "ember-2016")
    assert order.target == elsewhere / "results" / "ember-2016"
    assert order.wanted == Wanted()
    assert order.parameters == {"as_of": "", "samples": SAMPLES, "seed": SEED, "edition": "governors"}
    assert said.out == "results/ember-2016/report.html\n"
    assert said.err == "Note: a warning of ember-2016\n"


def test_every_choice_reaches_the_run(command: Any, asked: list[Order], tmp_path: Path) -> None:  # noqa: ANN401
    arguments = (
        "--to",
        " json , html,json",
        "--out",
        tmp_path,
        "--as-of",
        "2016-06-01",
        "--samples",
        "5",
        "--seed",
        "0",
        "--edition",
        "public",
    )
    assert command("appraise", "ember-2016", *arguments).code == 0
    assert (asked[0].target, asked[0].wanted) == (tmp_path / "ember-2016", Wanted(("json", "html"), "public"))
    assert asked[0].parameters == {"as_of": "2016-06-01", "samples": 5, "seed": 0, "edition": "public"}


def test_the_same_case_given_in_two_ways_is_run_once(command: Any, asked: list[Order], elsewhere: Path) -> None:  # noqa: ANN401
    ours = copied(elsewhere, "ours")
    said = command("appraise", ours, "ours", "./ours/", "--jobs", "1")
    assert (said.code, len(asked)) == (0, 1)


# Wrong input


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ember-2016", "--to", "pdff"], '"pdff" is not a format.'),
        (["ember-2016", "--to", "htm"], '"htm" is not a format. Did you mean "html"?'),
        (["ember-2016", "--to", "html,odt2"], '"odt2" is not a format. Known: board, docx, html, ipynb, json, pdf, xlsx.'),
        (["ember-2016", "--to", ""], '"" is not a format. Known: board, docx, html, ipynb, json, pdf, xlsx.'),
        (["ember-2016", "--to", " , "], '" , " is not a format.'),
        (["ember-2016", "--as-of", "2016-02-30"], '--as-of: found "2016-02-30"; expected a date that exists, such as 2016-04-15.'),
        (["ember-2016", "--as-of", "spring"], '--as-of: found "spring"; expected a date that exists'),
        (["ember-2016", "--as-of", " "], '--as-of: found " "; expected a date that exists'),
        (["ember-2016", "--samples", "0"], "0 is not in the range"),
        (["ember-2016", "--samples", "10000001"], "10000001 is not in the range"),
        (["ember-2016", "--samples", "many"], "'many' is not a valid integer"),
        (["ember-2016", "--seed", "-1"], "-1 is not in the range"),
        (["ember-2016", "--seed", "9223372036854775808"], "is not in the range"),
        (["ember-2016", "--colour"], "No such option"),
        (["ember-2016", "--jobs", "0"], "0 is not in the range"),
        (["ember-2016", "--cluster", "tcp://example.org:8786"], "would send the cases unencrypted"),
        (["ember-2016", "--cluster", "tcp://127.0.0.1:1", "--jobs", "2"], "--jobs would do nothing here"),
        (["ember-2016", "--tls-ca", "pyproject.toml"], "does not exist"),
        (["ember-206"], f"ember-206: there is no such folder, and no example of that name. Examples: {EXAMPLES}."),
        (["data/cases/ember"], f"there is no such folder, and no example of that name. Examples: {EXAMPLES}."),
        (["../ember-2016/.."], "there is no such folder"),
        (["x" * 5000], "there is no such folder"),
        (["a\0b"], "there is no such folder"),
        ([""], ""),
        ([], "Missing argument"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_wrong_input_ends_with_one_message_and_exit_code_2_and_nothing_runs(
    command: Any,  # noqa: ANN401 - a function
    asked: list[Order],
    arguments: list[str],
    says: str,
    elsewhere: Path,
) -> None:
    said = command("appraise", *arguments)
    assert said.code == 2
    assert says in said.err
    assert said.out == ""
    assert asked == []
    assert contents(elsewhere) == {}


def test_results_into_a_file_are_refused(command: Any, asked: list[Order], tmp_path: Path) -> None:  # noqa: ANN401
    (tmp_path / "out").write_text("ours", encoding="utf-8")
    said = command("appraise", "ember-2016", "--out", tmp_path / "out")
    assert (said.code, asked) == (2, [])
    assert "is a file" in said.err
    assert contents(tmp_path) == {"out": "ours"}


def test_a_folder_below_a_file_is_refused_before_anything_runs(command: Any, tmp_path: Path) -> None:  # noqa: ANN401
    (tmp_path / "out").write_text("ours", encoding="utf-8")
    said = command("appraise", "ember-2016", "--out", tmp_path / "out" / "below")
    assert said.code == 2
    assert "the results cannot be written there: Not a directory" in said.err
    assert contents(tmp_path) == {"out": "ours"}


def broken(tmp_path: Path, name: str) -> Path:
    """Copy the case and make two faults."""
    folder = copied(tmp_path, name)
    swapped(folder / "case.yaml", "  - federation\n", "  - federaton\n")
    swapped(folder / "judgements.csv", "stay,autonomy,,,,B", "stay,autonomy,,,,Z")
    return folder


def test_every_fault_of_every_case_is_said_at_once_and_none_of_them_is_run(
    command: Any,  # noqa: ANN401 - a function
    asked: list[Order],
    tmp_path: Path,
) -> None:
    said = command("appraise", "ember-2016", broken(tmp_path, "one"), broken(tmp_path, "two"))
    assert (said.code, said.out, asked) == (2, "", [])
    lines = said.err.splitlines()
    assert lines[-1].endswith("faults found.")
    assert said.err.count('"federaton" is not an option. Did you mean "federation"?') == 2
    for name in ("one", "two"):
        assert any(name in line and "case.yaml:" in line for line in lines)
        assert any(name in line and "judgements.csv:2: evidence: " in line for line in lines)


def test_a_broken_case_is_named_with_file_and_line(command: Any, asked: list[Order], tmp_path: Path) -> None:  # noqa: ANN401
    said = command("appraise", broken(tmp_path, "ours"))
    line = 1 + (tmp_path / "ours" / "case.yaml").read_text(encoding="utf-8").splitlines().index("  - federaton")
    assert (said.code, asked) == (2, [])
    assert f"case.yaml:{line}: options.2" in said.err


def test_a_name_with_a_sign_that_no_report_can_show_is_refused_or_survived(command: Any, tmp_path: Path) -> None:  # noqa: ANN401
    """Drawn into a chart, a control character would take the whole process down."""
    folder = copied(tmp_path)
    swapped(folder / "case.yaml", "label: A new MAT led by Secondary F", 'label: "A new \\x01 MAT"')
    said = command("check", folder)
    assert said.code == 2
    assert "case.yaml:" in said.err


def test_a_run_that_fails_ends_with_exit_code_1_and_one_message(
    command: Any,  # noqa: ANN401 - a function
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = left_behind(tmp_path / "results")
    template(tmp_path, monkeypatch, "1 / 0")
    said = command("appraise", "ember-2016", "--out", out)
    assert (said.code, said.out) == (1, "")
    assert said.err == f"{out / 'ember-2016'}: the run stopped: ZeroDivisionError: division by zero\n"
    assert {**OLD, **NOTES}.items() <= contents(out / "ember-2016").items()


# The other commands


def test_check_finds_nothing_wrong_with_what_ships(command: Any) -> None:  # noqa: ANN401
    said = command("check", shipped("data", "cases", "ember-2016"))
    assert said.code == 0
    assert said.out.splitlines()[0] == "No faults found."
    assert said.err == ""


def test_check_reports_every_fault_of_every_case_at_once(command: Any, tmp_path: Path) -> None:  # noqa: ANN401
    said = command("check", broken(tmp_path, "one"), broken(tmp_path, "two"), tmp_path / "no such folder")
    assert said.code == 2
    assert said.err.splitlines()[-1] == "5 faults found."
    assert "there is no such folder" in said.err
    assert {name for name in ("one", "two") if f"{name}{os.sep}case.yaml:" in said.err} == {"one", "two"}


def test_check_takes_a_name_that_no_disk_can_hold(command: Any) -> None:  # noqa: ANN401
    assert command("check", "x" * 5000).code == 2


def test_the_version_is_said(command: Any) -> None:  # noqa: ANN401
    said = command("--version")
    assert (said.code, said.out.strip()) == (0, f"partnership, version {__version__}")


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["appraise", "--help"], ["check", "-h"], ["explore", "--help"]])
def test_help_is_given_for_every_command(command: Any, arguments: list[str]) -> None:  # noqa: ANN401
    said = command(*arguments)
    assert said.code == 0
    assert said.out.startswith("Usage: partnership")


def test_an_unknown_command_is_refused(command: Any) -> None:  # noqa: ANN401
    assert command("appraize").code == 2


@pytest.mark.parametrize("case", ["ember-206", "x" * 5000])
def test_explore_refuses_a_case_that_there_is_not(command: Any, case: str) -> None:  # noqa: ANN401
    said = command("explore", case, "--no-browser")
    assert said.code == 2
    assert f"there is no such folder, and no example of that name. Examples: {EXAMPLES}." in said.err


def test_explore_refuses_a_broken_case_before_it_serves_anything(command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    monkeypatch.setattr("partnership_model.delivery.server.serve", lambda *_, **__: pytest.fail("it was served"))
    said = command("explore", broken(tmp_path, "ours"), "--no-browser")
    assert said.code == 2
    assert '"federaton" is not an option' in said.err


def test_explore_serves_the_case_that_is_named(command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    served: list[Any] = []
    monkeypatch.setattr("partnership_model.delivery.server.serve", lambda *case, **choices: served.append((*case, choices)))
    folder = copied(tmp_path, "ours")
    assert command("explore", folder, "--port", "0", "--no-browser").code == 0
    assert served == [(folder, {"port": 0, "open_browser": False, "sessions": 8, "behind": ""})]


@pytest.mark.parametrize("arguments", [["--behind", "example.org"], ["--sessions", "0"], ["--sessions", "many"], ["--port", "70000"]])
def test_explore_says_what_is_wrong_with_a_choice(command: Any, arguments: list[str]) -> None:  # noqa: ANN401
    said = command("explore", "ember-2016", "--no-browser", *arguments)
    assert said.code == 2
    assert arguments[0] in said.err


def test_the_formats_of_the_command_are_those_that_a_run_can_write() -> None:
    assert FORMATS == appraise_command.FORMATS
