"""The dashboard's one widget: it shows pages, takes moves, survives whatever the browser sends, and says what is wrong with a case."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import appraise
from partnership_model.display import pages, widgets
from partnership_model.display.history_panel import panel_of
from partnership_model.display.moves import STEPS
from partnership_model.display.pages import page_of
from tests.display.exploring import GOOD, START, WEIGHED, WRONG_MESSAGES, messages, moved, swing, unchanged
from tests.display.page_reading import charts_sent, whole, without_words
from tests.display.test_blocks import HOSTILE, Reader
from tests.display.test_history import visited
from tests.display.test_notebook import copied, swapped
from tests.making import pure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def dashboard() -> Iterator[Any]:
    """Open the dashboard of the Ember case, which was read already."""
    found = widgets.GovernorsDashboard(START)
    yield found
    found.close()


def answered(dashboard: Any, message: object, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:  # noqa: ANN401 - a widget
    """Let the browser send something, and give what goes back."""
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr(dashboard, "send", sent.append)
    dashboard._handle_custom_msg(message, [])  # noqa: SLF001 - what ipywidgets calls when something arrives
    return sent


# What it shows


def test_it_begins_with_the_page_of_the_first_step() -> None:
    dashboard = widgets.governors_dashboard("ember-2016")
    assert isinstance(dashboard, widgets.GovernorsDashboard)
    first = page_of(START)
    assert (whole(dashboard), charts_sent(dashboard), dashboard.headline) == (first.html, without_words(first.charts), first.headline)
    assert Reader(whole(dashboard)).texts("h1") == ["How should our schools work together from the school year 2016 to 2017?"]


def test_the_server_can_be_started_at_a_step_and_then_the_weights_of_the_case_are_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(widgets.STEP_VARIABLE, "what_follows")
    dashboard = widgets.governors_dashboard("ember-2016")
    assert isinstance(dashboard, widgets.GovernorsDashboard)
    expected = page_of(moved({"do": "weights", "of": "case"}, {"do": "go", "step": "what_follows"}))
    assert Reader(whole(dashboard)).texts("h1") == Reader(expected.html).texts("h1")
    assert charts_sent(dashboard) == without_words(expected.charts)
    assert len(dashboard.visit.changes) == 1  # which can be undone, and which a link carries
    assert "<svg" in widgets.first_page("ember-2016")


def test_a_case_without_weights_opens_at_the_step_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(widgets.STEP_VARIABLE, "what_follows")
    dashboard = widgets.governors_dashboard("typical-2026")
    assert Reader(whole(dashboard)).texts("h1") == ["Nobody has weighed yet, so nothing is put in order"]
    assert "problem" not in whole(dashboard)


def test_a_step_that_there_is_not_is_said_with_those_that_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(widgets.STEP_VARIABLE, "<end>")
    trouble = widgets.governors_dashboard("ember-2016")
    assert isinstance(trouble, widgets.Trouble)
    assert trouble.says.startswith("PARTNERSHIP_STEP names the step to begin with: one of why, facts, must_haves,")
    assert trouble.says.endswith('not "<end>".')
    assert widgets.first_page("ember-2016") == ""


@pytest.mark.parametrize("step", STEPS)
def test_a_move_shows_the_page_that_follows_from_it(dashboard: Any, step: str) -> None:  # noqa: ANN401 - a widget
    moves = ({"do": "weights", "of": "case"}, {"do": "go", "step": step})
    for move in moves:
        dashboard.move(move)
    panel = panel_of(visited(*moves), dashboard.case)
    expected = page_of(moved(*moves), panel)
    assert dashboard.kept == panel.text
    shown = (whole(dashboard), charts_sent(dashboard), dashboard.headline)
    assert shown == (expected.html, without_words(expected.charts), expected.headline)


def test_page_charts_and_headline_go_to_the_browser_and_the_state_does_not(dashboard: Any) -> None:  # noqa: ANN401 - a widget
    sent = {"html", "pieces", "templates", "rows", "headline"}
    assert sent <= set(dashboard.keys)
    assert not {"state", "visit"} & set(dashboard.keys)
    assert set(dashboard.get_state(list(sent))) == sent


def sent_with(dashboard: Any, message: object) -> set[str]:  # noqa: ANN401 - a widget
    """Make a move and give the names of what changed and so goes to the browser."""
    changed: set[str] = set()
    dashboard.observe(lambda change: changed.add(change.name))
    dashboard.move(message)
    return changed


def test_a_weight_that_moves_sends_rows_and_no_specification(dashboard: Any) -> None:  # noqa: ANN401 - a widget
    for move in ({"do": "weights", "of": "case"}, {"do": "go", "step": "what_follows"}):
        dashboard.move(move)
    assert sent_with(dashboard, swing("55")) - {"headline"} == {"html", "rows", "kept"}


def test_another_order_sends_new_names_and_another_width_new_specifications(dashboard: Any) -> None:  # noqa: ANN401 - a widget
    for move in ({"do": "weights", "of": "case"}, {"do": "go", "step": "what_follows"}):
        dashboard.move(move)
    sent = sent_with(dashboard, {"do": "gate", "gate": "way_out", "on": True})
    assert {"names", "rows"} <= set(sent)
    assert "templates" not in sent
    assert len(dashboard.names["ranges"].split("\x1f")) == len({row["row"] for row in dashboard.rows["ranges"]}) + 1
    assert "templates" in sent_with(dashboard, {"do": "width", "narrow": True})


def test_script_and_style_travel_with_it_and_fetch_nothing_from_elsewhere(dashboard: Any) -> None:  # noqa: ANN401 - a widget
    state = dashboard.get_state(["_esm", "_css"])
    assert "export default { render }" in state["_esm"]
    for text in state.values():
        assert "http://" not in text
        assert "https://" not in text
        assert "@import" not in text


# What the browser sends


@pytest.mark.parametrize("message", GOOD)
def test_every_move_is_answered_when_it_is_done(dashboard: Any, message: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ANN401
    assert answered(dashboard, message, monkeypatch) == [{"done": True}]
    assert dashboard.state.problems == {}


@pytest.mark.parametrize("message", WRONG_MESSAGES, ids=lambda message: repr(message)[:40])
def test_a_message_that_no_page_sends_is_answered_too_and_changes_nothing(
    dashboard: Any,  # noqa: ANN401 - a widget
    message: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A page that waits for an answer and gets none would stand still for good."""
    before = dashboard.state
    assert answered(dashboard, message, monkeypatch) == [{"done": True}]
    assert unchanged(before, dashboard.state)
    assert "That did not work. Nothing was changed." in whole(dashboard)


@pure(12)
@given(st.lists(messages, max_size=3))
def test_no_message_ends_the_dashboard(sent: list[object]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "appraise", partial(appraise, samples=1))
        found = widgets.GovernorsDashboard(moved({"do": "go", "step": "what_follows"}, state=WEIGHED))
        for message in sent:
            found.move(message)
            assert len(Reader(found.html).of("h1")) == 1
        found.close()


def test_a_wrong_number_keeps_the_last_good_result(dashboard: Any) -> None:  # noqa: ANN401 - a widget
    for move in ({"do": "weights", "of": "case"}, {"do": "go", "step": "what_follows"}, swing("55")):
        dashboard.move(move)
    charts, headline, state = charts_sent(dashboard), dashboard.headline, dashboard.state
    rows = Reader(whole(dashboard)).rows("Overall values")
    dashboard.move(swing("fifty"))
    assert (charts_sent(dashboard), dashboard.headline) == (charts, headline)
    assert unchanged(state, dashboard.state)
    assert Reader(whole(dashboard)).rows("Overall values") == rows
    assert "“fifty” is not a number. Give one from 0 to 100." in Reader(whole(dashboard)).text


# A case that cannot be opened


def test_the_case_is_the_one_that_is_named_or_that_the_server_was_started_with_or_the_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, served = copied(tmp_path, "own"), copied(tmp_path, "served")
    swapped(own / "case.yaml", "title: The Ember schools, spring 2016", "title: Our own schools")
    swapped(served / "case.yaml", "title: The Ember schools, spring 2016", "title: The schools that are served")
    monkeypatch.delenv(widgets.CASE_VARIABLE, raising=False)
    assert "The Ember schools" in whole(widgets.governors_dashboard())
    monkeypatch.setenv(widgets.CASE_VARIABLE, str(served))
    assert "The schools that are served" in whole(widgets.governors_dashboard())
    assert "Our own schools" in whole(widgets.governors_dashboard(str(own)))


def test_a_broken_case_shows_every_fault_with_its_line_and_no_traceback(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    swapped(folder / "case.yaml", "autonomy: 90", "autonomy: -90")
    swapped(folder / "case.yaml", "  - federation\n", "  - federaton\n")
    swapped(folder / "judgements.csv", "stay,autonomy,,,,B", "stay,autonomy,,,,Z")
    found = widgets.governors_dashboard(str(folder))
    assert isinstance(found, widgets.Trouble)
    lines = found.says.splitlines()
    assert any(line.startswith("case.yaml:") and '"federaton" is not an option. Did you mean "federation"?' in line for line in lines)
    assert any(line.startswith("case.yaml:") and "autonomy" in line and "negative" in line for line in lines)
    assert any(line.startswith("judgements.csv:2: evidence: ") for line in lines)
    assert lines[-1].endswith("faults found.")
    assert "Traceback" not in found.says
    assert not hasattr(found, "html")


@pytest.mark.parametrize(
    ("case", "says"),
    [
        ("no-such-case", "no-such-case: there is no such folder, and no example of that name. Examples: "),
        ("x" * 5000, "Examples: "),
        ("a\0b", "Examples: "),
        ("no/such/folder", "Examples: "),
    ],
)
def test_a_case_that_there_is_not_is_said(case: str, says: str) -> None:
    found = widgets.governors_dashboard(case)
    assert isinstance(found, widgets.Trouble)
    assert says in found.says


def test_a_case_whose_options_did_not_exist_on_the_day_of_today_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The case itself is right; only the day, which is taken from the clock, is not."""
    folder = copied(tmp_path)
    swapped(folder / "case.yaml", "as_of: 2016-04-15\n", "")

    class Clock:
        UTC = dt.UTC

        class datetime:  # noqa: N801 - the name that is used
            @staticmethod
            def now(_zone: object) -> object:
                return dt.datetime(1999, 1, 1, tzinfo=dt.UTC)

    monkeypatch.setattr(widgets, "dt", Clock)
    found = widgets.governors_dashboard(str(folder))
    assert isinstance(found, widgets.Trouble)
    assert "do not exist on 1999-01-01" in found.says


def test_what_is_wrong_is_shown_as_text_and_never_as_html() -> None:
    script = widgets.Trouble(says="<script>alert(1)</script>").get_state(["_esm", "says"])
    assert "textContent" in script["_esm"]
    assert "innerHTML" not in script["_esm"]
    assert script["says"] == "<script>alert(1)</script>"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_reason_does_not_end_the_dashboard(dashboard: Any, text: str) -> None:  # noqa: ANN401 - a widget
    dashboard.move({"do": "go", "step": "how_sure"})
    dashboard.move({"do": "judge", "option": "stay", "criterion": "staff", "low": "1", "likely": "2", "high": "3", "note": text})
    assert dashboard.state.problems == {}
    assert Reader(whole(dashboard)).handlers == []
    assert Reader(whole(dashboard)).of("script", "img") == []


def test_a_move_that_breaks_something_is_answered_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page sends no further move before the last one was answered: silence would freeze it for good."""
    opened = widgets.governors_dashboard("ember-2016")
    before = opened.state.step
    sent: list[object] = []
    monkeypatch.setattr(opened, "send", sent.append)
    monkeypatch.setattr("partnership_model.display.widgets.acted", lambda *_: 1 / 0)
    opened.move({"do": "go", "step": "facts"})
    assert sent == [{"done": True}]
    assert opened.state.step == before
    assert "That did not work. Nothing was changed." in whole(opened)


def test_a_page_cannot_write_what_is_shown() -> None:
    opened = widgets.governors_dashboard("ember-2016")
    before = whole(opened)
    opened.set_state({"html": "<h1>forged</h1>", "_esm": "alert(1)"})
    assert whole(opened) == before


def test_what_was_chosen_is_undone_kept_and_opened_by_another_page(dashboard: Any) -> None:  # noqa: ANN401 - a widget
    for move in ({"do": "weights", "of": "case"}, {"do": "go", "step": "what_follows"}):
        dashboard.move(move)
    reader = Reader(whole(dashboard))
    assert "The weights of the case taken over" in reader.texts("li")
    assert "What we changed (1)" in reader.texts("summary")
    other = widgets.GovernorsDashboard(START)
    other.move({"do": "open", "source": "sent", "text": dashboard.kept})
    assert unchanged(other.state, dashboard.state)
    assert other.headline.startswith("Opened, with 1 change. ")
    other.move({"do": "undo"})
    assert (other.state.swings, other.state.step) == ({}, "what_follows")
    assert other.headline.startswith("Undone: the weights of the case taken over. ")
    other.close()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_reason_is_listed_as_text(dashboard: Any, text: str) -> None:  # noqa: ANN401 - a widget
    dashboard.move({"do": "judge", "option": "stay", "criterion": "staff", "low": "1", "likely": "2", "high": "3", "note": text})
    dashboard.move({"do": "open", "source": "sent", "text": text})
    assert "open" in dashboard.state.problems
    assert Reader(whole(dashboard)).handlers == []
    assert Reader(whole(dashboard)).of("script", "img") == []


def test_the_first_page_says_under_which_name_its_case_is_kept() -> None:
    opened = widgets.governors_dashboard("ember-2016")
    assert f'data-case="{opened.case}"' in widgets.first_page("ember-2016")
