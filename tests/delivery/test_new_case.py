"""A new case: it can be opened at once, its notes are true, and nothing is ever written over."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.delivery import new_case
from partnership_model.delivery.new_case import write_case
from partnership_model.display import tables, words
from partnership_model.display.exploration import after, begin
from partnership_model.display.moves import STEPS
from partnership_model.display.notebook import open_appraisal
from partnership_model.display.pages import page_of
from partnership_model.errors import FaultsError, PartnershipError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.yaml_file import read_yaml
from tests.delivery.appraising import contents

if TYPE_CHECKING:
    from partnership_model.knowledge.cases import Case

TODAY = dt.date(2026, 11, 22)
HEADING = "option,criterion,low,likely,high,evidence,note\n"
TABLE = (
    "name,category,phase,pupils,budget\nSt Anne's,voluntary_aided,primary,205,940000\nHill: the upper #2,community,primary,310,1400000\n"
)


def made(tmp_path: Path, name: str = "Hilltop schools", schools: Path | None = None, day: dt.date = TODAY) -> Case:
    """Write a case and read it."""
    write_case(name, tmp_path, read_knowledge(), day, schools)
    return read_case(tmp_path / name, read_knowledge())


def table(tmp_path: Path, text: str) -> Path:
    """Write a table of schools."""
    path = tmp_path / "our schools.csv"
    path.write_text(text, encoding="utf-8")
    return path


# What is written


def test_a_new_case_is_without_a_fault_and_nobody_has_weighed_or_judged(tmp_path: Path) -> None:
    case = made(tmp_path)
    assert sorted(contents(tmp_path)) == ["Hilltop schools/case.yaml", "Hilltop schools/judgements.csv"]
    assert contents(tmp_path)["Hilltop schools/judgements.csv"] == HEADING
    assert case.file.title == "Hilltop schools"
    assert (case.file.weights, case.file.non_negotiables, case.judgements, case.file.recommendation) == ((), (), (), None)
    assert case.file.as_of is None
    assert [one.option for one in case.options] == list(read_knowledge().options)
    assert list(case.file.criteria) == [
        *("autonomy", "cost", "reversibility", "school_improvement", "staff", "community_voice", "resilience", "effort_of_change")
    ]


def test_an_option_that_did_not_exist_yet_is_left_out(tmp_path: Path) -> None:
    assert "la_trust" not in [one.option for one in made(tmp_path, day=dt.date(2026, 1, 1)).options]


def test_made_up_schools_are_stamped_on_every_page_and_in_the_report(tmp_path: Path) -> None:
    case = made(tmp_path)
    state = begin(case, read_knowledge().on(TODAY))
    assert case.file.illustrative
    for step in STEPS:
        assert '<span class="stamp">illustrative</span>' in page_of(after(state, {"do": "go", "step": step})).html
    summary = str(open_appraisal(str(tmp_path / "Hilltop schools"), "2026-11-22", 1).summary().blocks)
    assert "illustrative" in summary
    assert "still have to be replaced" in summary


def test_before_anybody_has_weighed_a_new_case_puts_nothing_in_order(tmp_path: Path) -> None:
    state = after(begin(made(tmp_path), read_knowledge().on(TODAY)), {"do": "go", "step": "what_follows"})
    assert page_of(state).headline == "Nobody has weighed yet, so nothing is put in order"


def test_every_note_that_shows_a_key_is_right_about_it(tmp_path: Path) -> None:
    """With the # taken away from all that is offered the case is still one without a fault, and holds it all."""
    made(tmp_path)
    path = tmp_path / "Hilltop schools" / "case.yaml"
    text = path.read_text(encoding="utf-8")
    offered = r"(?m)^# ((?:as_of|why|aims|claims|next_steps|weights|non_negotiables|recommendation|appraisal):.*(?:\n#   .*)*)"
    shown = re.findall(offered, text)
    assert len(shown) == 9
    path.write_text(re.sub(offered, lambda found: re.sub("(?m)^# ", "", found[1]), text), encoding="utf-8")
    row = re.findall(r"(?m)^#   (stay,resilience,.*)$", text)
    path.with_name("judgements.csv").write_text(f"{HEADING}{row[0]}\n", encoding="utf-8")
    case = read_case(path.parent, read_knowledge())
    file = case.file
    assert file.as_of == TODAY
    assert all((file.why, file.aims, file.claims, file.next_steps, file.weights, file.non_negotiables, file.recommendation))
    assert len(case.judgements) == 1
    record = file.appraisal
    assert all((record.decide_by, record.expires, record.took_part, record.trend, record.long_list, record.risks, record.equality))
    assert all((record.absent == (), record.consultation, record.decisions, record.assurance))


def test_what_may_be_added_to_a_school_or_an_option_is_right_too(tmp_path: Path) -> None:
    made(tmp_path)
    path = tmp_path / "Hilltop schools" / "case.yaml"
    text = path.read_text(encoding="utf-8")
    added = dict(re.findall(r"(?m)^#   (form|role|balance|diocese_policy): (\S+)", text))
    assert set(added) == {"form", "role", "balance", "diocese_policy"}
    end = "category: voluntary_aided, phase: primary, pupils: 210, budget: 1250000}"
    more = ", ".join(f"{key}: {value}" for key, value in added.items())
    (option,) = re.findall(r"(?m)^#   - (\{option: new_mat.*\})$", text)
    text = text.replace(end, f"{end[:-1]}, {more}}}")
    text = re.sub(r"(?m)^  - new_mat .*$", f"  - {option}", text)
    path.write_text(text, encoding="utf-8")
    case = read_case(path.parent, read_knowledge())
    assert [one.label for one in case.options if one.option == "new_mat"] == ["A new MAT led by Our Secondary"]
    assert (case.file.schools[2].form, case.file.schools[2].balance) == ("federated", -20000)


def test_every_category_of_school_is_named_in_the_notes(tmp_path: Path) -> None:
    made(tmp_path)
    text = (tmp_path / "Hilltop schools" / "case.yaml").read_text(encoding="utf-8")
    notes = {word for line in text.splitlines() if line.startswith("#") for word in re.findall(r"\w+", line)}
    assert set(read_knowledge().categories) <= notes


def test_no_line_of_a_new_case_is_too_long_to_read(tmp_path: Path) -> None:
    made(tmp_path)
    lines = (tmp_path / "Hilltop schools" / "case.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if len(line) > 140 and "values:" not in line] == []


# The group's own schools


def test_a_table_of_schools_stands_in_the_case_and_nothing_is_illustrative(tmp_path: Path) -> None:
    case = made(tmp_path, schools=table(tmp_path, TABLE))
    assert [(one.name, one.category, one.pupils, one.budget) for one in case.file.schools] == [
        ("St Anne's", "voluntary_aided", 205, 940000),
        ("Hill: the upper #2", "community", 310, 1400000),
    ]
    assert not case.file.illustrative
    assert case.file.illustrative_note is None
    assert "made up" not in (tmp_path / "Hilltop schools" / "case.yaml").read_text(encoding="utf-8")


def test_figures_are_read_as_a_spreadsheet_writes_them_and_empty_cells_are_left_out(tmp_path: Path) -> None:
    text = (
        "name,category,phase,pupils,budget,form,balance,role\n"
        'A,foundation,primary,205,"£940,000",with_trust,"-12,500",\n'
        "B,community,primary,90,500000,,,invited\n"
    )
    one, other = made(tmp_path, schools=table(tmp_path, text)).file.schools
    assert (one.budget, one.form, one.balance, one.role) == (940000, "with_trust", -12500, "member")
    assert (other.form, other.balance, other.role) == ("alone", None, "invited")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("voluntary_aided", "voluntary_aide", ':2: schools.0.category: "voluntary_aide" is not a category'),
        (",310,", ",many,", ":3: schools.1.pupils: found 'many'; expected a whole number"),
        (",310,", ",,", ":3: schools.1.pupils: found ''; expected a whole number"),
        (",1400000", ',"1,40,0"', ":3: schools.1.budget: found '1,40,0'"),
        (",1400000", ",-1", ":3: schools.1.budget: found -1"),
        ("Hill: the upper #2", "St Anne's", 'two schools are called "St Anne\'s"'),
        ("Hill: the upper #2", "", ":3: schools.1.name: found ''; expected text"),
        ("phase", "fase", "fase: unknown column. Did you mean"),
        (TABLE, "name,category,phase,pupils,budget\n", "schools: expected at least 1 entry"),
        (TABLE, "", "the file is empty"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line_and_nothing_is_written(tmp_path: Path, old: str, new: str, says: str) -> None:
    path = table(tmp_path, TABLE.replace(old, new))
    with pytest.raises(FaultsError, match=re.escape(says)):
        made(tmp_path, schools=path)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FaultsError, match=r"nobody\.csv: there is no such file"):
        made(tmp_path, schools=tmp_path / "nobody.csv")


@given(name=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=40).filter(str.strip))
def test_whatever_a_school_is_called_the_case_calls_it_so_too(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("names") / "case.yaml"
    folder.write_text(f"name: {new_case._as_yaml(name)}", encoding="utf-8")  # noqa: SLF001 - the property of one function
    assert read_yaml(folder).value == {"name": name}


# Names


@pytest.mark.parametrize("name", ["Hilltop", "St Anne's & St Mark's", "Schulen Öst", "true", "1", "The schools of #2", "x" * 60])
def test_an_honest_name_is_folder_and_title(tmp_path: Path, name: str) -> None:
    case = made(tmp_path, name)
    assert (case.name, case.file.title) == (name, name)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("", "this is no name for a folder"),
        ("   ", "this is no name for a folder"),
        (".", "this is no name for a folder"),
        ("..", "this is no name for a folder"),
        ("../ours", "a folder's name cannot have /. To make the case in another folder, use --into"),
        ("/etc/ours", "cannot have /"),
        ("a\\b", "cannot have \\"),
        ("C:ours", "cannot have :"),
        ("what?*", "cannot have * or ?"),
        ("a\0b", "it has a letter that cannot be seen"),
        ("a\nb", "it has a letter that cannot be seen"),
        ("a\u202eb", "it has a letter that cannot be seen"),
        (".hidden", "begins or ends with"),
        ("-x", "begins or ends with"),
        ("ours ", "begins or ends with"),
        ("ours.", "begins or ends with"),
        ("nul", "Windows keeps this name for a device"),
        ("Aux.txt", "Windows keeps this name for a device"),
        ("com1", "Windows keeps this name for a device"),
        ("LPT³", "Windows keeps this name for a device"),
        ("x" * 61, "it has 61 letters; 60 are the most"),
        ("x" * 5000, "it has 5000 letters"),
        ("ember-2016", "an example has this name"),
        ("Ember-2016", "an example has this name"),
    ],
)
def test_a_name_that_leads_elsewhere_or_that_some_computer_cannot_open_is_refused(tmp_path: Path, name: str, says: str) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    with pytest.raises(PartnershipError, match=re.escape(says)) as refused:
        write_case(name, folder, read_knowledge(), TODAY)
    assert 'Give another name, such as "Hilltop schools".' in str(refused.value)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 300
    assert [one.name for one in tmp_path.rglob("*")] == ["here"]


# Nothing is written over


def taken(path: Path, what: str) -> None:
    """Put something where the case would be made."""
    if what == "file":
        path.write_text("ours", encoding="utf-8")
    elif what == "link":
        path.symlink_to(path.with_name("nowhere"))
    else:
        path.mkdir()
        if what == "full":
            (path / "case.yaml").write_text("ours", encoding="utf-8")


@pytest.mark.parametrize("what", ["file", "link", "empty", "full"])
def test_what_is_there_already_is_not_written_over(tmp_path: Path, what: str) -> None:
    taken(tmp_path / "ours", what)
    before = sorted((str(one), one.lstat().st_mtime_ns) for one in tmp_path.rglob("*"))
    with pytest.raises(
        PartnershipError, match=r"ours is there already, and nothing is written over it\. Give another name, or move it away\."
    ):
        write_case("ours", tmp_path, read_knowledge(), TODAY)
    assert sorted((str(one), one.lstat().st_mtime_ns) for one in tmp_path.rglob("*")) == before


def test_a_folder_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_text

    def full(path: Path, *text: Any, **choices: Any) -> int:  # noqa: ANN401 - as the method it stands for
        if path.name == "judgements.csv":
            raise OSError(28, "No space left on device")
        return real(path, *text, **choices)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(PartnershipError, match=r"ours cannot be written: No space left on device\. Name another folder\."):
        write_case("ours", tmp_path, read_knowledge(), TODAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
def test_the_folder_and_its_files_have_the_rights_that_new_ones_have(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_case("ours", tmp_path, read_knowledge(), TODAY)
    finally:
        os.umask(before)
    folder = tmp_path / "ours"
    assert (folder.stat().st_mode & 0o777, (folder / "case.yaml").stat().st_mode & 0o777) == (0o750, 0o640)


# The command


def test_the_command_writes_the_case_and_says_what_comes_next(command: Any, elsewhere: Path) -> None:  # noqa: ANN401 - a function
    said = command("new", "Hilltop schools")
    assert (said.code, said.err) == (0, "")
    paths = [str(Path("Hilltop schools") / name) for name in ("case.yaml", "judgements.csv")]
    assert said.out.splitlines()[:2] == paths
    assert 'partnership explore "Hilltop schools"' in said.out
    assert sorted(contents(elsewhere)) == ["Hilltop schools/case.yaml", "Hilltop schools/judgements.csv"]
    assert command("check", "Hilltop schools").code == 0
    assert command("new", "Hilltop schools").code == 2


def test_the_command_takes_another_folder_and_a_table(command: Any, elsewhere: Path) -> None:  # noqa: ANN401 - a function
    (elsewhere / "cases").mkdir()
    assert command("new", "ours", "--into", "cases", "--schools", table(elsewhere, TABLE)).code == 0
    assert len(read_case(elsewhere / "cases" / "ours", read_knowledge()).file.schools) == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ours", "--into", "nowhere"], "does not exist"),
        (["../ours"], "cannot be the name of a case"),
        (["ours", "--schools", "nobody.csv"], "nobody.csv: there is no such file"),
        ([], "Missing argument"),
    ],
)
def test_the_command_refuses_with_one_message(command: Any, elsewhere: Path, arguments: list[str], says: str) -> None:  # noqa: ANN401
    said = command("new", *arguments)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert contents(elsewhere) == {}


def test_a_made_up_school_is_visibly_fictional(tmp_path: Path) -> None:
    case = made(tmp_path)
    assert all(re.fullmatch(r"[A-Z][\w ]* [A-Z]", school.name) for school in case.file.schools)
    assert words.CASE_STATUS[case.file.status]
    assert len(tables.school_table(case, read_knowledge())) == 4
