"""One case, three ways to it: the command line, papermill and the dashboard say the same, to the digit, before and after a change."""

from __future__ import annotations

import datetime as dt
import json
import warnings
from typing import TYPE_CHECKING, Any

import papermill
import pytest

from partnership_model.analysis.appraisal import SAMPLES, SEED, appraise
from partnership_model.analysis.mistakes.search import find_mistakes
from partnership_model.analysis.overall import whole
from partnership_model.delivery import cli
from partnership_model.delivery.outputs import Wanted
from partnership_model.display import cash_parts, checklist, elicitation, mistake_parts, resolution_words
from partnership_model.display.blocks import RESULT_MIME
from partnership_model.display.checklist_items import Seen
from partnership_model.display.consultation import told
from partnership_model.display.exploration import after, begin
from partnership_model.display.pages import page_of
from partnership_model.display.result import result_data
from partnership_model.display.result_inputs import inputs_data
from partnership_model.display.widgets import GovernorsDashboard, governors_dashboard
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.shipped import shipped
from partnership_model.model.resolutions import standings
from tests.display.test_blocks import Reader
from tests.display.test_notebook import BASE, DAY, copied, ember, swapped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STAFF = """  - group: Staff
    method: ranking
    values: [staff, school_improvement, resilience, [autonomy, community_voice], reversibility, effort_of_change, cost]
    elicited: {on: 2016-04-13, how: "cards put in order, in a staff meeting", people: 46}
"""
NAMES = set(Wanted().names.values())
TRUST = "Co-operative trust"


class Ways:
    """What the three ways to a case say of it at one moment."""

    def __init__(self, folder: Path, work: Path) -> None:
        """Take all three; nothing may have been written before."""
        self.before = [path for path in (*work.rglob("*"), *folder.rglob("*")) if path.name in NAMES]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the libraries that run the notebook
            with pytest.raises(SystemExit, match=r"^0$"):
                cli.main(["appraise", str(folder), "--out", str(work / "results")])
            made = papermill.execute_notebook(
                shipped("notebooks", "option_appraisal.ipynb"), work / "out.ipynb", {"case": str(folder)}, progress_bar=False
            )
        self.command = json.loads((work / "results" / folder.name / "result.json").read_text(encoding="utf-8"))
        self.report = Reader((work / "results" / folder.name / "report-governors.html").read_text(encoding="utf-8"))
        outputs = [output.get("data", {}) for cell in made.cells for output in cell.get("outputs", [])]
        (self.papermill,) = [data[RESULT_MIME] for data in outputs if RESULT_MIME in data]
        self.dashboard = governors_dashboard(str(folder))
        assert isinstance(self.dashboard, GovernorsDashboard)
        self.dashboard.move({"do": "weights", "of": "case"})
        self.pages: dict[str, tuple[Reader, dict[str, Any]]] = {}
        for step in ("what_follows", "how_sure"):
            self.dashboard.move({"do": "go", "step": step})
            self.pages[step] = Reader(self.dashboard.html), page_of(self.dashboard.state).charts
        found = appraise(self.dashboard.state.problem)
        run = {name: self.command[name] for name in ("version", "seed", "samples", "edition", "input_hash")}
        explored = result_data(found, folder.name, run, self.command["warnings"])
        stated = self.dashboard.state.case
        taken = elicitation.data(stated, found)
        known = find_mistakes(stated, found, self.dashboard.state.knowledge, dt.datetime.now(dt.UTC).date())
        parts = {
            "elicitation": taken,
            "inputs": inputs_data(stated, found.problem),
            "cash": cash_parts.data(stated, found, self.dashboard.state.knowledge),
            "checklist": checklist.data(Seen(stated, found.problem, found.withheld)),
            "consultation": told.data(stated),
            "resolutions": resolution_words.data(standings(stated, found.problem, self.dashboard.state.knowledge)),
            "mistakes": mistake_parts.data(known, stated, found),
        }
        self.explored = json.loads(json.dumps(explored | parts))

    def option(self, label: str) -> dict[str, Any]:
        """Give one option as the command line has it."""
        return next(one for one in self.command["options"] if one["label"] == label)


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ways]:
    """Take the three ways before and after one judgement of the case is changed."""
    work = tmp_path_factory.mktemp("same")
    folder = copied(work)
    swapped(folder / "case.yaml", STAFF, "")  # the dashboard begins from one group's weights
    found = {}
    for moment, change in (("before", lambda: None), ("after", lambda: lowered(folder))):
        change()
        place = work / moment
        place.mkdir()
        found[moment] = Ways(folder, place)
    return found


def lowered(folder: Path) -> None:
    """Take the co-operative trust down on one criterion."""
    swapped(folder / "judgements.csv", "co_operative_trust,school_improvement,30,50,70", "co_operative_trust,school_improvement,1,2,3")


MOMENT = pytest.mark.parametrize("moment", ["before", "after"])


@MOMENT
def test_no_result_exists_before_the_run(ways: dict[str, Ways], moment: str) -> None:
    assert ways[moment].before == []


@MOMENT
def test_command_line_papermill_and_dashboard_say_the_same_to_the_digit(ways: dict[str, Ways], moment: str) -> None:
    one = ways[moment]
    assert one.papermill == one.command
    assert one.explored == one.command
    assert (one.command["samples"], one.command["seed"], one.command["as_of"]) == (SAMPLES, SEED, DAY.isoformat())
    assert one.command["withheld"] is None


def in_cell(share: float) -> str:
    """Say a share as a cell of the table of places does: little is not called none, nor nearly all everything."""
    if share not in (0, 1) and not 0.01 <= share <= 0.99:
        return "under 1" if share < 0.5 else "over 99"
    return str(whole(share * 100))


@MOMENT
def test_the_report_shows_the_numbers_of_the_result(ways: dict[str, Ways], moment: str) -> None:
    one = ways[moment]
    for row in one.report.rows("Overall values")[1:]:
        overall = one.option(row[0])["overall"]
        assert row[1] == f"{whole(overall['low'])} to {whole(overall['high'])}, likely {whole(overall['likely'])}"
    for row in one.report.rows("Points from each criterion")[1:]:
        assert row[1:-1] == [str(whole(points)) for points in one.option(row[0])["contributions"].values()]
    for row in one.report.rows("How often each option takes each place")[1:]:
        assert row[1:] == [in_cell(share) for share in one.option(row[0])["rank_acceptability"]]


@MOMENT
def test_the_pages_show_the_tables_sentences_and_charts_of_the_report(ways: dict[str, Ways], moment: str) -> None:
    one = ways[moment]
    (follows, drawn), (sure, shares) = one.pages["what_follows"], one.pages["how_sure"]
    for page, caption in ((follows, "Overall values"), (follows, "Points from each criterion"), (sure, "How often each option takes each")):
        assert page.rows(caption) == one.report.rows(caption)
    assert sure.rows("The weight of one criterion at a time")[1:] == one.report.rows("What would change the answer")[1:]
    assert follows.texts("h1") == sure.texts("h1") == one.report.texts("h2")[:1] == [one.dashboard.headline]
    labels = [about["aria-label"] for about in one.report.of("div") if about.get("role") == "img"]
    annexed = [label for label in labels if label.startswith("Place of each option here and by each method")]
    assert len(annexed) == 1  # other methods are only in the report's annex
    maps = [label for label in labels if label.startswith("Map of the doors")]
    assert len(maps) == 2  # of the options in front; the page has one of the option that is chosen there
    costs = [label for label in labels if label.startswith("What each option costs the group over five years")]
    assert len(costs) == 1  # no page shows cash over years
    assert sorted(set(labels) - {*annexed, *maps, *costs}) == sorted(spec["description"] for spec in (drawn | shares).values())


@MOMENT
def test_the_charts_are_drawn_from_the_numbers_of_the_result_to_the_digit(ways: dict[str, Ways], moment: str) -> None:
    one = ways[moment]
    charts = one.pages["what_follows"][1]
    for row in charts["ranges"]["data"]["values"]:
        overall = one.option(row["name"])["overall"]
        assert [round(row[name], 6) for name in ("low", "at", "high")] == [overall[name] for name in ("low", "likely", "high")]
    labels = {criterion.label: name for name, criterion in BASE.criteria.items()}
    cells = [row for row in charts["points"]["data"]["values"] if row["criterion"] in labels]
    assert len(cells) == 7 * 8
    for row in cells:
        assert round(row["points"], 6) == one.option(row["name"])["contributions"][labels[row["criterion"]]]


CHANGES: dict[str, Callable[[Ways], Any]] = {
    "command line": lambda one: one.option(TRUST)["overall"]["likely"],
    "papermill": lambda one: next(found for found in one.papermill["options"] if found["label"] == TRUST)["overall"]["likely"],
    "dashboard": lambda one: next(found for found in one.explored["options"] if found["label"] == TRUST)["overall"]["likely"],
}


def test_one_changed_judgement_changes_all_three_alike(ways: dict[str, Ways]) -> None:
    moved = {name: [say(ways[moment]) for moment in ("before", "after")] for name, say in CHANGES.items()}
    assert len({tuple(numbers) for numbers in moved.values()}) == 1
    before, after = moved["command line"]
    weight = ways["before"].command["weights"]["school_improvement"]
    assert before - after == pytest.approx(weight * (50 - 2), abs=1e-4)  # by hand: 100 of 540, over 48 points


def test_the_change_is_seen_in_report_tables_sentences_and_charts(ways: dict[str, Ways]) -> None:
    before, after = ways["before"], ways["after"]
    assert before.command["input_hash"] != after.command["input_hash"]
    assert before.command["ranking"] != after.command["ranking"]
    assert before.report.texts("h2")[0] != after.report.texts("h2")[0]
    for caption in ("Overall values", "Points from each criterion", "How often each option takes each place"):
        assert before.report.rows(caption) != after.report.rows(caption)
    for step in ("what_follows", "how_sure"):
        assert before.pages[step][1] != after.pages[step][1]
        assert before.pages[step][0].texts("h1") != after.pages[step][0].texts("h1")
    judged = [row for row in after.report.rows("Every judgement in use") if row[:2] == [TRUST, "Help to teach better"]]
    assert judged[0][2] == "1 to 3, likely 2"


def test_what_was_not_changed_is_the_same_as_before(ways: dict[str, Ways]) -> None:
    before, after = ways["before"].command, ways["after"].command
    for old, new in zip(before["options"], after["options"], strict=True):
        assert old["status"] == new["status"]
        if old["label"] != TRUST:
            assert (old["overall"], old["contributions"]) == (new["overall"], new["contributions"])
    for name in ("weights", "as_of", "unconfirmed", "exclusion", "version"):
        assert before[name] == after[name]


def test_the_group_makes_the_same_change_in_the_dashboard_and_sees_what_the_changed_case_says(ways: dict[str, Ways]) -> None:
    """A governor who types the figures sees the numbers that a consultant gets who writes them into the case."""
    state = ways["before"].dashboard.state
    dashboard = GovernorsDashboard(state)
    figures = {"low": "1", "likely": "2", "high": "3", "note": "We have changed our mind."}
    dashboard.move({"do": "judge", "option": "co_operative_trust", "criterion": "school_improvement"} | figures)
    found = result_data(appraise(dashboard.state.problem), "ember-2016", {}, [])
    after = ways["after"].command
    for name in ("options", "ranking", "switching_values", "cannot_separate", "dominated", "to_confirm", "unconfirmed"):
        assert json.loads(json.dumps(found[name])) == after[name]


def test_the_case_that_is_compared_is_the_shipped_one_with_one_group(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    swapped(folder / "case.yaml", STAFF, "")
    case = read_case(folder, BASE)
    assert [group.group for group in case.file.weights] == ["Governors"]
    assert begin(case, BASE.on(DAY)).swings == {}


def test_the_example_with_its_two_groups_says_the_same_in_the_dashboard_as_in_a_run() -> None:
    """Combined weights that were rounded for the sliders would differ in the last digits."""
    run = ember()
    assert len(run.case.file.weights) == 2
    state = after(begin(run.case, run.knowledge), {"do": "weights", "of": "case"})
    found = appraise(state.problem, 1)
    explored = result_data(found, run.case.name, run.run_data(), run.warnings())
    mistakes = mistake_parts.data(find_mistakes(state.case, found, state.knowledge, dt.datetime.now(dt.UTC).date()), state.case, found)
    parts = {
        "elicitation": elicitation.data(state.case, run.appraisal),
        "inputs": inputs_data(state.case, found.problem),
        "cash": cash_parts.data(state.case, found, state.knowledge),
        "checklist": checklist.data(Seen(state.case, found.problem, found.withheld)),
        "consultation": told.data(state.case),
        "resolutions": resolution_words.data(standings(state.case, found.problem, state.knowledge)),
        "mistakes": mistakes,
    }
    assert explored | parts == run.result().data
