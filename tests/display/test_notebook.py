"""What the appraisal notebook calls: a case opened once, its parameters checked, its day, its seed and its hash kept."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from partnership_model import __version__
from partnership_model.analysis.appraisal import SAMPLES, SEED
from partnership_model.analysis.sampling import BLOCK
from partnership_model.display import fact_words, notebook, result_inputs, words
from partnership_model.display.blocks import RESULT_MIME, Block, Bullets, Heading, Table
from partnership_model.display.notebook import AppraisalRun, Shown, input_hash, open_appraisal
from partnership_model.errors import FaultsError, PartnershipError
from partnership_model.knowledge.case_files import read_texts
from partnership_model.knowledge.cases import Case, read_case
from partnership_model.knowledge.catalogue import NonNegotiable
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase

BASE = read_knowledge()
EMBER = read_case(shipped("data", "cases", "ember-2016"), BASE)
DAY = dt.date(2016, 4, 15)
LATER = dt.date(2016, 6, 1)
SECTIONS = (
    *("summary", "why", "facts", "must_haves", "research", "what_matters", "what_follows", "how_sure", "doors", "shortlist", "what_next"),
    *("fact_sheets", "annex"),
)
# Staying fails the first; of the two others, the trusts that make academies of schools fail each.
ACADEMY_EMPLOYER = NonNegotiable(
    id="one_employer", says="All staff have an academy trust as their employer.", attribute="employer", accept=("academy_trust",)
)
GATES = {gate.id: gate for gate in BASE.non_negotiables}
ASKS = re.compile(r"(?:(?:“[^”]+” )+n|N)either passes nor fails: ask \w")
# The mark in a table of facts.
MARKED = re.compile(
    rf"({'|'.join(words.MARK)})(?:, (?:{'|'.join(fact_words.STATUS.values())}))?(, in a later text)?(?: \(\d+(?:, \d+)*\))?(?:: ask \w.*)?"
)
CLOSES_ALL = (ACADEMY_EMPLOYER, GATES["statutory_pay"], GATES["land_stays_local"])


def ember(day: dt.date = DAY, *, base: KnowledgeBase = BASE, seed: int = SEED, **changes: Any) -> AppraisalRun:  # noqa: ANN401
    """Open the Ember case with some of it changed, with one block of samples.

    Args:
        changes: what `case.yaml` says instead; `judgements` stands for the rows of `judgements.csv`.
    """
    judgements = changes.pop("judgements", EMBER.judgements)
    case = replace(EMBER, file=EMBER.file.model_copy(update=changes), judgements=judgements)
    return AppraisalRun(case, base.on(day), 1, seed)


def unweighed(**changes: Any) -> AppraisalRun:  # noqa: ANN401
    """Open the Ember case before anybody has weighed."""
    return ember(weights=(), **changes)


def unlooked(**changes: Any) -> AppraisalRun:  # noqa: ANN401
    """Open the Ember case before anybody has looked at a judgement: order is withheld."""
    return ember(judgements=(), **changes)


def closed(**changes: Any) -> AppraisalRun:  # noqa: ANN401
    """Open the Ember case with must-haves that leave no option."""
    return ember(non_negotiables=CLOSES_ALL, **changes)


def blocks_of(run: AppraisalRun, *sections: str) -> list[Block]:
    """Give the blocks of some sections, or of all."""
    return [block for name in sections or SECTIONS for block in getattr(run, name)().blocks]


def copied(tmp_path: Path, name: str = "ember-2016") -> Path:
    """Copy the Ember case, so that it can be changed."""
    folder = tmp_path / name
    shutil.copytree(EMBER.folder, folder)
    return folder


def swapped(path: Path, old: str, new: str) -> None:
    """Change one passage of a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def as_json(run: AppraisalRun) -> str:
    """Write a result as `result.json` has it."""
    return json.dumps(run.result().data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


# Parameters


def test_an_example_is_opened_by_its_name_on_its_own_day_with_the_usual_samples() -> None:
    run = open_appraisal("ember-2016")
    assert run.case.name == "ember-2016"
    assert (run.knowledge.day, run.samples, run.seed) == (DAY, SAMPLES, SEED)


def test_a_case_is_opened_from_its_folder(tmp_path: Path) -> None:
    folder = copied(tmp_path, "our case")
    assert open_appraisal(str(folder)).case.name == "our case"


def test_the_day_that_is_asked_for_goes_before_that_of_the_case() -> None:
    assert open_appraisal("ember-2016", "2016-06-01").knowledge.day == LATER


def test_a_case_without_a_day_is_opened_on_today(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    swapped(folder / "case.yaml", "as_of: 2016-04-15\n", "")
    before = dt.datetime.now(dt.UTC).date()
    assert before <= open_appraisal(str(folder)).knowledge.day <= dt.datetime.now(dt.UTC).date()


@pytest.mark.parametrize("day", ["2016-02-30", "2016-13-01", "15 April 2016", "2016", "2016-04-15T00:00", "0000-01-01", "x" * 5000, " "])
def test_a_day_that_does_not_exist_is_refused(day: str) -> None:
    with pytest.raises(PartnershipError, match=r"as_of: found .*expected a date that exists, such as 2016-04-15"):
        open_appraisal("ember-2016", day)


@pytest.mark.parametrize("samples", [0, -1, 10_000_001, 1.5, 98304.0, "98304", True, None, [1], float("nan"), float("inf")])
def test_a_number_of_samples_that_cannot_be_drawn_is_refused(samples: Any) -> None:  # noqa: ANN401 - anything may be passed
    with pytest.raises(PartnershipError, match=r"samples: found .*expected a whole number from 1 to 10,000,000"):
        open_appraisal("ember-2016", samples=samples)


@pytest.mark.parametrize("seed", [-1, 2**63, 1.0, "2016", False, None, {}])
def test_a_seed_that_is_no_whole_number_is_refused(seed: Any) -> None:  # noqa: ANN401 - anything may be passed
    with pytest.raises(PartnershipError, match=r"seed: found .*expected a whole number from 0 to"):
        open_appraisal("ember-2016", seed=seed)


@pytest.mark.parametrize("seed", [0, 2**63 - 1])
def test_the_smallest_and_the_largest_seed_are_taken(seed: int) -> None:
    assert open_appraisal("ember-2016", samples=1, seed=seed).result().data["seed"] == seed


def test_an_unknown_case_is_refused_and_the_examples_are_named() -> None:
    with pytest.raises(PartnershipError, match=r"ember-206: there is no such folder.*Examples: .*ember-2016"):
        open_appraisal("ember-206")


def test_a_broken_case_is_refused_with_all_its_faults(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    swapped(folder / "case.yaml", "status: consulting", "status: guessing")
    swapped(folder / "judgements.csv", "stay,school_improvement,15,30,50", "stay,school_improvement,50,30,15")
    with pytest.raises(FaultsError, match=r"case.yaml:\d+: status: (.|\n)*judgements.csv:3: (.|\n)*2 faults found") as caught:
        open_appraisal(str(folder))
    assert len(caught.value.faults) == 2


def test_in_a_notebook_a_refusal_is_shown_without_a_traceback() -> None:
    with pytest.raises(PartnershipError, match="no such folder") as caught:
        open_appraisal("no-such-case")
    assert caught.value._render_traceback_() == [str(caught.value)]


# What is shown


def test_every_section_shows_blocks_and_the_first_begins_with_the_title() -> None:
    run = ember()
    for name in SECTIONS:
        shown = getattr(run, name)()
        assert isinstance(shown, Shown)
        assert isinstance(shown.blocks[0], Heading)
    assert run.summary().blocks[0] == Heading("The Ember schools, spring 2016", 1)


def test_nothing_is_worked_out_twice() -> None:
    run = ember()
    assert run.appraisal is run.appraisal
    assert "appraisal" not in vars(ember())


def test_the_result_travels_in_the_notebook_and_shows_one_line() -> None:
    run = ember()
    bundle = run.result()._repr_mimebundle_(include=None, exclude=None)
    assert bundle[RESULT_MIME] == run.result().data
    assert bundle["text/plain"] == "Result of ember-2016 as of 2016-04-15, schema 1"


def test_the_annex_says_how_to_run_it_again() -> None:
    run = ember(seed=7)
    table = next(block for block in run.annex().blocks if isinstance(block, Table) and block.caption == "How to run it again")
    said = dict(table.rows)
    data = run.result().data
    assert {name: said[name.replace("_", " ")] for name in ("version", "seed", "samples", "edition", "input_hash")} == {
        name: str(data[name]) for name in ("version", "seed", "samples", "edition", "input_hash")
    }
    assert said["facts of"] == "15 April 2016"
    assert said["command"] == "partnership appraise ember-2016 --as-of 2016-04-15 --samples 1 --seed 7"


def test_the_command_can_be_pasted_where_the_name_of_the_case_has_blanks_and_worse(tmp_path: Path) -> None:
    """Pasted as it is, the name must reach the command as one word, and nothing of it may run."""
    run = open_appraisal(str(copied(tmp_path, "our case; echo $HOME")), samples=1)
    table = next(block for block in run.annex().blocks if isinstance(block, Table) and block.caption == "How to run it again")
    assert dict(table.rows)["command"].startswith("partnership appraise 'our case; echo $HOME' --as-of")


# The day


def test_another_day_brings_other_facts_and_says_so() -> None:
    """Between the two days the government gave up making every school an academy."""
    april, june = (_policy(ember(day)) for day in (DAY, LATER))
    assert april != june
    assert ember(LATER).result().data["as_of"] == "2016-06-01"
    assert "by the law and facts of 1 June 2016:" in _said(ember(LATER))
    assert "by the law and facts of 15 April 2016:" in _said(ember())


def _policy(run: AppraisalRun) -> tuple[str, ...]:
    blocks = run.facts().blocks
    place = blocks.index(Heading("The policy of the day", 3))
    found = blocks[place + 1]
    assert isinstance(found, Bullets)
    return found.items


def _said(run: AppraisalRun) -> str:
    return " ".join(" ".join(block.items) for block in run.summary().blocks if isinstance(block, Bullets))


def test_on_a_day_on_which_an_option_did_not_exist_yet_that_is_said() -> None:
    with pytest.raises(PartnershipError, match=r"do not exist on 2005-01-01: .*co_operative_trust.*new_mat"):
        _ = ember(dt.date(2005, 1, 1)).appraisal


# What no reader may miss


def test_warnings_say_what_nobody_has_looked_at_and_that_the_figures_are_invented() -> None:
    found = ember().warnings()
    assert found[0] == (
        "Nobody in the group has looked at 33 of the 56 judgements in use: 23 are starting assumptions and 10 are computed from facts."
    )
    assert found[1].startswith("Illustrative: The schools, their figures, weights and judgements are invented.")


def test_a_real_case_is_not_called_illustrative_and_one_without_a_note_still_is() -> None:
    assert not any("llustrative" in one for one in ember(illustrative=False).warnings())
    assert "Illustrative: the figures are invented." in ember(illustrative_note=None).warnings()


def test_facts_that_went_stale_are_named() -> None:
    """What counts is when somebody reads the report, not the day that it is about: Ember asks about 2016."""
    assert not any("stale" in one for one in ember().warnings())
    stale = replace(BASE, attributes={**BASE.attributes, "land": BASE.attributes["land"].model_copy(update={"stale_after": DAY})})
    assert "These facts have not been checked since they went stale: land." in ember(base=stale).warnings()


def test_texts_later_than_the_day_are_counted() -> None:
    run = ember()
    asked = [name for name, one in BASE.attributes.items() if one.first_question]
    categories = {school.category for school in EMBER.members}
    facts = [run.knowledge.fact(name, one.option, category) for name in asked for one in EMBER.options for category in categories]
    later = sum(fact.later_text for fact in facts)
    assert 0 < later < len(facts)
    said = f"Texts later than 15 April 2016 carry {later} of {len(facts)} key answers, which could differ."
    assert [one for one in run.warnings() if "ater than" in one] == [said]
    assert any(said in block.items for block in run.summary().blocks if isinstance(block, Bullets))


# Again, to the digit


def test_the_same_case_day_samples_and_seed_give_the_same_result_byte_for_byte() -> None:
    first, again = (as_json(ember()) for _ in range(2))
    assert first == again


def test_another_seed_changes_the_sampled_numbers_and_nothing_else() -> None:
    one, other = (ember(seed=seed).result().data for seed in (1, 2))
    assert one["options"] != other["options"]
    for name in ("ranking", "switching_values", "weights", "input_hash", "to_confirm"):
        assert one[name] == other[name]
    overall = [[option["overall"] for option in data["options"]] for data in (one, other)]
    assert overall[0] == overall[1]


def test_the_samples_that_were_drawn_are_said_and_none_where_nothing_was() -> None:
    assert ember().run_data()["samples"] == BLOCK
    assert [run().run_data()["samples"] for run in (unweighed, unlooked, closed)] == [0, 0, 0]


# The hash of what went in


def hash_of(folder: Path, day: str = "2016-04-15") -> str:
    """Hash a case."""
    return input_hash(read_texts(folder)[0], day)


def test_the_hash_does_not_depend_on_where_the_case_lies_or_what_else_lies_there(tmp_path: Path) -> None:
    folder = copied(tmp_path, "elsewhere")
    (folder / "notes.txt").write_text("our own", encoding="utf-8")
    (folder / "option_appraisal.ipynb").write_text("{}", encoding="utf-8")
    assert hash_of(folder) == hash_of(EMBER.folder) == ember().result().data["input_hash"]
    assert len(hash_of(folder)) == 64


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("case.yaml", "autonomy: 90", "autonomy: 91"),
        ("case.yaml", "# The question", "# A question"),
        ("judgements.csv", "15,30,50", "15,30,51"),
        ("judgements.csv", "Nothing changes by staying", "Nothing changes"),
    ],
)
def test_any_change_of_the_case_changes_the_hash(tmp_path: Path, file: str, old: str, new: str) -> None:
    folder = copied(tmp_path)
    swapped(folder / file, old, new)
    assert hash_of(folder) != hash_of(EMBER.folder)


def test_a_case_without_judgements_has_another_hash(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    (folder / "judgements.csv").unlink()
    assert hash_of(folder) != hash_of(EMBER.folder)


def test_the_day_and_the_version_are_part_of_the_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    assert hash_of(EMBER.folder, "2016-06-01") != hash_of(EMBER.folder)
    before = hash_of(EMBER.folder)
    monkeypatch.setattr(notebook, "__version__", __version__ + "+changed")
    assert hash_of(EMBER.folder) != before


def test_line_ends_do_not_change_the_hash(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for name in ("case.yaml", "judgements.csv"):
        raw = (folder / name).read_bytes()
        assert b"\r" not in raw
        (folder / name).write_bytes(raw.replace(b"\n", b"\r\n"))
    assert hash_of(folder) == hash_of(EMBER.folder)


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the hash be taken over a copy of the knowledge base."""
    data = tmp_path / "data"
    shutil.copytree(shipped("data"), data)
    monkeypatch.setattr(result_inputs, "shipped", lambda *_: data)
    return data


def test_a_copy_of_the_knowledge_base_has_the_same_hash(knowledge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert knowledge.is_dir()
    copy = hash_of(EMBER.folder)
    monkeypatch.undo()
    assert hash_of(EMBER.folder) == copy


def _append(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n# one more line\n")


def _with_windows_line_ends(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def test_a_change_in_any_file_of_data_changes_the_hash(knowledge: Path) -> None:
    files = [path for path in knowledge.rglob("*") if path.suffix in (".yaml", ".csv") and "cases" not in path.parts]
    assert {"employer.yaml", "criteria.yaml", "glossary.yaml", "starting_assumptions.csv"} <= {path.name for path in files}
    before = hash_of(EMBER.folder)
    for path in files:
        raw = path.read_bytes()
        _append(path)
        assert hash_of(EMBER.folder) != before, f"{path.name} is not part of the hash"
        path.write_bytes(raw)
    assert hash_of(EMBER.folder) == before


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("facts/employer.yaml", _with_windows_line_ends),
        ("starting_assumptions.csv", _with_windows_line_ends),
        ("cases/ember-2016/judgements.csv", _append),
        ("README.md", _append),
    ],
)
def test_what_does_not_change_a_result_does_not_change_the_hash(knowledge: Path, name: str, change: Callable[[Path], None]) -> None:
    before = hash_of(EMBER.folder)
    change(knowledge / name)
    assert hash_of(EMBER.folder) == before


def test_a_new_or_a_lost_file_of_data_changes_the_hash(knowledge: Path) -> None:
    before = hash_of(EMBER.folder)
    (knowledge / "facts" / "new.yaml").write_text("attribute: new\n", encoding="utf-8")
    assert hash_of(EMBER.folder) != before
    (knowledge / "facts" / "new.yaml").unlink()
    (knowledge / "facts" / "land.yaml").unlink()
    assert hash_of(EMBER.folder) != before


def test_the_example_is_the_case_that_these_tests_take_it_for() -> None:
    """If the example changes so that nothing is withheld or closed any more, the tests that use it must be looked at."""
    assert isinstance(EMBER, Case)
    assert [run().appraisal.withheld for run in (ember, unweighed, unlooked, closed)] == [
        None,
        "nobody_weighed",
        "unconfirmed",
        "no_option",
    ]
