"""`partnership facts` and `partnership check`: what they print of the knowledge base, and files written whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from partnership_model.delivery import all_cases, cli
from partnership_model.delivery.fact_list import answer, as_csv, listing, totals
from partnership_model.delivery.reference_pages import WRITTEN, as_pages
from partnership_model.knowledge.listing import MARKS
from tests.delivery.appraising import contents
from tests.display.test_notebook import BASE, DAY

if TYPE_CHECKING:
    from typing import Any

    from partnership_model.knowledge.base import KnowledgeBase


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - a function
    """Give a function that puts a changed knowledge base in place of the one that ships."""

    def put(**changes: Any) -> KnowledgeBase:  # noqa: ANN401 - fields
        changed = replace(BASE, **changes)
        for module in (cli, all_cases):
            monkeypatch.setattr(module, "read_knowledge", lambda: changed)
        return changed

    return put


def today() -> dt.date:
    """Give the day of today, as the command takes it."""
    return dt.datetime.now(dt.UTC).date()


# Lists


def test_without_more_every_question_is_listed_with_the_shares_of_the_marks(command: Any) -> None:  # noqa: ANN401
    said = command("facts")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == [*listing(BASE, day=today()), *totals(BASE)]


@pytest.mark.parametrize("mark", MARKS)
def test_facts_are_listed_by_mark(command: Any, mark: str) -> None:  # noqa: ANN401
    said = command("facts", "--mark", mark)
    assert said.code == 0
    *lines, last = said.out.splitlines()
    assert lines == listing(BASE, mark=mark, day=today())
    assert all(re.search(rf"\d {mark}\b", line) for line in lines)
    assert [last] == totals(BASE)


def test_only_what_went_stale_is_listed_as_of_the_day_that_is_named(command: Any, base: Any) -> None:  # noqa: ANN401
    base(attributes={**BASE.attributes, "land": BASE.attributes["land"].model_copy(update={"stale_after": DAY})})
    lines = command("facts", "--stale", "--on", "2016-04-16").out.splitlines()
    assert [line.partition(": ")[0] for line in lines[:-1]] == ["land"]
    assert "STALE since 2016-04-15" in lines[0]
    phones = BASE.parameters["phones"].model_copy(update={"stale_after": DAY})
    base(parameters={**BASE.parameters, "phones": phones})
    assert command("facts", "--stale", "--on", "2016-04-16").out.startswith(f"rule phones: {phones.question} ")
    assert command("facts", "--stale", "--on", "2016-04-15").out.splitlines() == totals(BASE)


# One answer


def test_one_question_is_answered_for_a_kind_of_school_on_a_day(command: Any) -> None:  # noqa: ANN401
    choices = ("--option", "new_mat", "--category", "academy", "--form", "in_mat", "--on", "2016-04-15")
    said = command("facts", "--attribute", "employer", *choices)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines() == answer(BASE.on(DAY), "employer", "new_mat", "academy", "in_mat")
    assert "New multi-academy trust, an academy in a multi-academy trust, on 15 April 2016:" in said.out


def test_without_more_the_answer_is_that_of_a_community_school_that_stays_today(command: Any) -> None:  # noqa: ANN401
    said = command("facts", "--attribute", "employer")
    assert said.out.splitlines() == answer(BASE.on(today()), "employer", "stay", "community", "alone")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--attribute", "emploer"], 'Did you mean "employer"?'),
        (["--attribute", "employer", "--option", "federaton"], 'Did you mean "federation"?'),
        (["--attribute", "employer", "--category", "comunity"], 'Did you mean "community"?'),
        (["--attribute", "employer", "--form", "federatd"], 'Did you mean "federated"?'),
        (["--attribute", "employer", "--on", "2016-02-30"], '--on: found "2016-02-30"; expected a date that exists, such as 2016-04-15.'),
        (["--attribute", "employer", "--option", "la_trust", "--on", "2016-04-15"], "does not exist on 15 April 2016."),
        (["--attribute", "a\0b"], "is not a question of the knowledge base."),
        (["--attribute", "x" * 5000], "is not a question of the knowledge base."),
        (["--on", "spring"], '--on: found "spring"; expected a date that exists'),
        (["--mark", "sourcd"], "'sourcd' is not one of 'sourced', 'named', 'memory', 'estimate'"),
        (["--option", "federation"], "Name the question too, such as --attribute employer."),
        (["--category", "comunity"], "Name the question too, such as --attribute employer."),
        (["--option", "stay"], "--option would do nothing here. Name the question too, such as --attribute employer."),
        (["--form", "in_mat", "--stale"], "--form would do nothing here. Name the question too, such as --attribute employer."),
        (["--on", "2016-04-15"], "--on would do nothing here. Name the question too, such as --attribute employer."),
        (["--on", "2016-04-15", "--mark", "memory"], "--on would do nothing here."),
        (["--attribute", "employer", "--stale"], "--attribute answers one question; leave out --stale."),
        (["--attribute", "employer", "--mark", "memory"], "--attribute answers one question; leave out --mark."),
        (["--csv", "facts.csv", "--mark", "memory"], "--csv writes all there is; leave out --mark."),
        (["--pages", "pages", "--attribute", "employer"], "--pages writes all there is; leave out --attribute."),
        (
            ["--csv", "a", "--pages", "b", "--stale", "--on", "2016-04-15"],
            "--csv and --pages write all there is; leave out --on and --stale.",
        ),
        (["--csv", "-", "--option", "stay"], "--csv writes all there is; leave out --option."),
        (["--csv", ""], "Invalid value for '--csv': the name is empty."),
        (["--csv", " "], "Invalid value for '--csv': the name is empty."),
        (["--pages", ""], "Invalid value for '--pages': the name is empty."),
        (["--csv", "pages/README.md", "--pages", "pages"], "pages/README.md would be both the table and a page. Name another file."),
        (["--colour"], "No such option"),
        (["employer"], "unexpected extra argument"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_a_wrong_name_ends_with_one_message_and_exit_code_2(
    command: Any,  # noqa: ANN401 - a function
    elsewhere: Path,
    arguments: list[str],
    says: str,
) -> None:
    said = command("facts", *arguments)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert "\0" not in said.err
    assert contents(elsewhere) == {}


# Files


def test_the_table_is_written_whole_and_named(command: Any, tmp_path: Path) -> None:  # noqa: ANN401
    path = tmp_path / "new" / "facts.csv"
    said = command("facts", "--csv", path)
    assert (said.code, said.out, said.err) == (0, f"{path}\n", "")
    assert path.read_bytes().decode("utf-8") == as_csv(BASE)
    assert contents(tmp_path).keys() == {"new/facts.csv"}
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    assert len({len(row) for row in rows}) == 1


def test_the_pages_are_written_whole_and_named(command: Any, tmp_path: Path) -> None:  # noqa: ANN401
    said = command("facts", "--pages", tmp_path / "pages")
    pages = as_pages(BASE)
    assert said.code == 0
    assert said.out.splitlines() == [str(tmp_path / "pages" / name) for name in pages]
    assert contents(tmp_path / "pages") == pages


def test_table_and_pages_can_be_written_at_once(command: Any, tmp_path: Path) -> None:  # noqa: ANN401
    said = command("facts", "--csv", tmp_path / "facts.csv", "--pages", tmp_path)
    assert said.code == 0
    assert set(contents(tmp_path)) == {"facts.csv", *as_pages(BASE)}


@pytest.mark.parametrize(("choice", "name"), [("--csv", "facts.csv"), ("--pages", "README.md")])
def test_where_the_disk_is_full_what_was_there_before_stays_and_nothing_half_written_does(
    command: Any,  # noqa: ANN401 - a function
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    choice: str,
    name: str,
) -> None:
    ours = f"# An older page\n\n{WRITTEN}\n"
    (tmp_path / name).write_text(ours, encoding="utf-8")
    write = Path.write_text

    def full(path: Path, text: str, encoding: str | None = None, newline: str | None = None) -> int:
        write(path, text[:100], encoding=encoding, newline=newline)
        message = "No space left on device"
        raise OSError(28, message)

    monkeypatch.setattr(Path, "write_text", full)
    said = command("facts", choice, tmp_path / name if choice == "--csv" else tmp_path)
    assert (said.code, said.out) == (2, "")
    assert f"{tmp_path / name} cannot be written: No space left on device. Name another file." in said.err
    assert contents(tmp_path) == {name: ours}


def test_a_table_on_standard_output_stands_there_alone(command: Any, elsewhere: Path) -> None:  # noqa: ANN401
    said = command("facts", "--csv", "-")
    assert (said.code, said.out, said.err) == (0, as_csv(BASE), "")
    assert contents(elsewhere) == {}
    said = command("facts", "--csv", "-", "--pages", "pages")
    assert (said.code, said.out) == (0, as_csv(BASE))
    assert said.err.splitlines() == [str(Path("pages") / name) for name in as_pages(BASE)]
    assert contents(elsewhere / "pages") == as_pages(BASE)


def test_pages_are_written_over_pages_and_over_nothing_else(command: Any, tmp_path: Path) -> None:  # noqa: ANN401
    pages = as_pages(BASE)
    assert all(WRITTEN in page.splitlines() for page in pages.values())
    (tmp_path / "README.md").write_text(f"# Old\n\n{WRITTEN}\n", encoding="utf-8")
    assert command("facts", "--pages", tmp_path).code == 0
    assert contents(tmp_path) == pages
    for ours in ("# Our trust\n", f"It says: {WRITTEN}\n", ""):
        (tmp_path / "money.md").write_text(ours, encoding="utf-8")
        (tmp_path / "README.md").write_text(f"# Old\n\n{WRITTEN}\n", encoding="utf-8")
        said = command("facts", "--pages", tmp_path)
        assert (said.code, said.out) == (2, "")
        assert f"{tmp_path / 'money.md'} was not written by this command, so it is not written over." in said.err
        assert contents(tmp_path) == {**pages, "money.md": ours, "README.md": f"# Old\n\n{WRITTEN}\n"}


def test_where_a_page_is_refused_no_table_is_written_either(command: Any, tmp_path: Path) -> None:  # noqa: ANN401
    (tmp_path / "money.md").write_text("ours", encoding="utf-8")
    assert command("facts", "--csv", tmp_path / "facts.csv", "--pages", tmp_path).code == 2
    assert contents(tmp_path) == {"money.md": "ours"}


def test_the_help_says_what_each_choice_writes(command: Any) -> None:  # noqa: ANN401
    said = " ".join(command("facts", "--help").out.split())
    assert "one dated value a row, to this file; - for standard output." in said
    assert "over pages of this command and no other file." in said
    assert "List only questions, rules and amounts that went stale." in said


@pytest.mark.parametrize(("choice", "below"), [("--csv", "facts.csv"), ("--pages", "pages")])
def test_a_place_below_a_file_is_refused(command: Any, tmp_path: Path, choice: str, below: str) -> None:  # noqa: ANN401
    (tmp_path / "out").write_text("ours", encoding="utf-8")
    said = command("facts", choice, tmp_path / "out" / below)
    assert (said.code, said.out) == (2, "")
    assert " cannot be written: " in said.err
    assert contents(tmp_path) == {"out": "ours"}


@pytest.mark.parametrize(("choice", "name"), [("--csv", "folder"), ("--pages", "file")])
def test_a_folder_is_no_table_and_a_file_no_folder(command: Any, tmp_path: Path, choice: str, name: str) -> None:  # noqa: ANN401
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("ours", encoding="utf-8")
    said = command("facts", choice, tmp_path / name)
    assert (said.code, said.out) == (2, "")
    assert contents(tmp_path) == {"file": "ours", "folder/": ""}


# Check


def test_check_takes_the_name_of_an_example(command: Any, elsewhere: Path) -> None:  # noqa: ANN401
    said = command("check", "ember-2016")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == "No faults found."
    assert contents(elsewhere) == {}


def test_check_says_what_is_not_known_of_each_option_and_the_shares_of_the_marks(command: Any) -> None:  # noqa: ANN401
    lines = command("check").out.splitlines()
    kinds = sum(len(one.forms) for one in BASE.categories.values())
    found = re.fullmatch(rf"Not known on \d+ \w+ \d{{4}}, of {len(BASE.attributes) * kinds} answers an option: (.+)\.", lines[1])
    assert found
    counts = {one.rpartition(" ")[0]: int(one.rpartition(" ")[2]) for one in found[1].split(", ")}
    knowledge = BASE.on(today())
    expected = {
        about.label: sum(
            knowledge.fact(name, key, category, form).code == "unknown"
            for name in BASE.attributes
            for category, kind in BASE.categories.items()
            for form in kind.forms
        )
        for key, about in knowledge.options.items()
    }
    assert counts == {label: count for label, count in expected.items() if count}
    assert totals(BASE)[0] in lines


def test_check_names_what_rests_on_a_withdrawn_study_and_on_a_withdrawn_source(command: Any, base: Any) -> None:  # noqa: ANN401
    rests = {pair for pair, one in BASE.assumptions.items() if "study:ofsted_leadership_2011" in one.evidence}
    title = BASE.evidence.evidence["ofsted_leadership_2011"].title
    (line,) = [line for line in command("check").out.splitlines() if line.startswith(f"“{title}” was withdrawn. On it rests: ")]
    assert {
        re.fullmatch(r"the starting assumption of (\w+) on (\w+)", one).groups() for one in line[:-1].split(": ")[1].split("; ")
    } == rests
    act = BASE.sources["education_act_2002"].model_copy(update={"withdrawn": DAY})
    base(sources={**BASE.sources, "education_act_2002": act})
    said = command("check").out
    assert f"“{act.title}” was withdrawn. On it rests: " in said
    assert "the fact employer from 2010-09-01" in said


def test_check_names_what_went_stale(command: Any, base: Any) -> None:  # noqa: ANN401
    base(attributes={**BASE.attributes, "land": BASE.attributes["land"].model_copy(update={"stale_after": DAY})})
    assert command("check").out.splitlines()[-1] == "Not checked since they went stale: land."


def test_check_names_every_case_that_there_is_not(command: Any) -> None:  # noqa: ANN401
    said = command("check", "ember-206", "ember-2016", "nowhere")
    assert (said.code, said.out) == (2, "")
    assert said.err.count("there is no such folder, and no example of that name. Examples: ") == 2
    assert said.err.splitlines()[-1] == "2 faults found."
