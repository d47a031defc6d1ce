"""Charts: valid, described in words, readable without colour, moving with the weights, and drawn whatever the names are."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import altair as alt
import pytest
import vl_convert
from altair.utils.schemapi import SchemaValidationError
from hypothesis import given
from hypothesis import strategies as st

from partnership_model.analysis.appraisal import Appraisal, appraise
from partnership_model.display import charts, drawing, phrases, tables, words
from partnership_model.display.blocks import Figure
from partnership_model.model.weights import from_points
from tests.display.test_blocks import DRAWING, HOSTILE, Reader, harmless
from tests.display.test_notebook import GATES, ember, unlooked
from tests.display.test_tables_results import rows_of
from tests.making import make_problem, pure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from partnership_model.model.problem import DecisionProblem

CHARTS: dict[str, Callable[..., Any]] = {
    "ranges": charts.chart_ranges,
    "points": charts.chart_contributions,
    "shares": charts.chart_shares,
    "switching": charts.chart_switching,
}
ALTERNATIVES: dict[str, Callable[[Appraisal], str]] = {
    "ranges": charts.alt_ranges,
    "points": charts.alt_contributions,
    "shares": charts.alt_shares,
    "switching": charts.alt_switching,
}
OF_OPTIONS = ("ranges", "points", "shares")
WIDTHS = pytest.mark.parametrize("narrow", [False, True], ids=["wide", "narrow"])
EACH = pytest.mark.parametrize("name", CHARTS)


@pytest.fixture(scope="module")
def problem() -> DecisionProblem:
    """Take the Ember case, with every judgement looked at, so that nothing is withheld whatever the weights."""
    problem = ember().appraisal.problem
    return replace(problem, judgements={cell: replace(one, confirmed=True) for cell, one in problem.judgements.items()})


@pytest.fixture(scope="module")
def found(problem: DecisionProblem) -> Appraisal:
    """Appraise it with one block of samples."""
    return appraise(problem, 1)


def weighed(problem: DecisionProblem, **points: float) -> Appraisal:
    """Appraise a problem with these weights, the rest of the criteria at 10."""
    return appraise(problem.with_weights(from_points({name: points.get(name, 10.0) for name in problem.criteria}, "a test")), 1)


def named(problem: DecisionProblem, **labels: str) -> Appraisal:
    """Appraise a problem with other names for some options."""
    options = tuple(replace(one, label=labels.get(one.key, one.label)) for one in problem.options)
    return appraise(replace(problem, options=options), 1)


def parts_of(spec: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a part of a specification
    """Give every mapping inside a specification."""
    if isinstance(spec, dict):
        yield spec
    for part in spec.values() if isinstance(spec, dict) else spec if isinstance(spec, list) else ():
        yield from parts_of(part)


def drawn(chart: Any) -> Reader:  # noqa: ANN401 - any Altair chart
    """Draw a chart and read the drawing."""
    return harmless(vl_convert.vegalite_to_svg(chart.to_dict()), DRAWING)


def without_blanks(text: str) -> str:
    """Leave out white space, which a drawing puts elsewhere."""
    return "".join(text.split())


# Valid and described


@WIDTHS
@EACH
def test_every_chart_is_valid_and_can_be_drawn(found: Appraisal, name: str, *, narrow: bool) -> None:
    chart = CHARTS[name](found, narrow=narrow)
    spec = chart.to_dict()
    assert alt.Chart.from_dict(spec)  # Altair holds it against the schema of Vega-Lite
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec
    assert drawn(chart).texts("text")


@WIDTHS
@EACH
def test_every_chart_has_a_description_in_words(found: Appraisal, name: str, *, narrow: bool) -> None:
    chart = CHARTS[name](found, narrow=narrow)
    assert chart.to_dict()["description"] == ALTERNATIVES[name](found)
    assert Figure.of("A title", chart).alternative == ALTERNATIVES[name](found)


@pytest.mark.parametrize("name", OF_OPTIONS)
def test_the_description_names_every_option_with_its_number(found: Appraisal, name: str) -> None:
    said = ALTERNATIVES[name](found)
    assert found.overall is not None
    assert found.robustness is not None
    for option in found.problem.ranked_options:
        number = {
            "ranges": words.span(found.overall[option.key]),
            "points": f"{words.whole(found.overall[option.key].likely)} points in all, most from ",
            "shares": phrases.of_hundred(found.robustness.first_place_share(option.key)),
        }[name]
        assert f"{option.label}: {number}" in said


def test_the_description_of_weights_names_every_criterion_and_what_would_change(found: Appraisal) -> None:
    said = charts.alt_switching(found)
    assert all(criterion.label.lower() in said for criterion in found.problem.criteria.values())
    assert all(sentence in said for sentence in words.switching(found))


@pytest.mark.parametrize("name", OF_OPTIONS)
def test_a_closed_option_is_not_drawn_as_if_it_were_worth_nothing(name: str) -> None:
    found = ember(non_negotiables=(GATES["way_out"],)).appraisal
    closed = {option.label for option in found.problem.options if option.status == "closed"}
    chart = CHARTS[name](found)
    assert len(closed) == 4
    assert not closed & {row["name"] for row in rows_of(chart)}
    assert not any(label in chart.to_dict()["description"] for label in closed)


def test_while_nothing_is_put_in_order_the_chart_of_ranges_keeps_the_order_of_the_case() -> None:
    found = unlooked().appraisal
    assert found.withheld == "unconfirmed"
    shown = list(dict.fromkeys(row["name"] for row in rows_of(charts.chart_ranges(found))))
    assert shown == [option.label for option in found.problem.ranked_options]
    assert "first" not in json.dumps(charts.chart_ranges(found).to_dict()).lower()
    assert "first" not in json.dumps(charts.chart_contributions(found).to_dict()).lower()
    assert charts.alt_shares(found) == "Nothing is put in order yet."


# Readable


@pytest.mark.parametrize("name", CHARTS)
def test_on_a_wide_screen_every_row_has_its_name_on_the_axis(found: Appraisal, name: str) -> None:
    chart = CHARTS[name](found)
    labels = [row["name"] for row in rows_of(chart)]
    text = without_blanks("".join(drawn(chart).texts("text")))
    assert labels
    assert all(without_blanks(label) in text for label in labels)


@pytest.mark.parametrize("name", CHARTS)
def test_on_a_narrow_screen_every_row_has_its_name_above_the_mark(found: Appraisal, name: str) -> None:
    chart = CHARTS[name](found, narrow=True)
    texts = drawn(chart).texts("text")
    for label in {row["name"] for row in rows_of(chart)}:
        assert texts.count(label) == (8 if name == "points" else 1)
    assert chart.to_dict().get("width", 0) <= 320


@WIDTHS
@EACH
def test_no_option_is_known_by_its_colour_alone(found: Appraisal, name: str, *, narrow: bool) -> None:
    """Colour follows no name: there is no legend, and the same drawing in grey says the same."""
    for part in parts_of(CHARTS[name](found, narrow=narrow).to_dict()):
        for channel in ("color", "fill", "stroke", "shape", "opacity"):
            about = part.get(channel)
            assert not (isinstance(about, dict) and "field" in about)
        assert "legend" not in part


@WIDTHS
@EACH
def test_every_number_that_is_drawn_is_also_written(found: Appraisal, name: str, *, narrow: bool) -> None:
    chart = CHARTS[name](found, narrow=narrow)
    texts = drawn(chart).texts("text")
    for row in rows_of(chart):
        assert row["said"] in texts or row["said"] == ""
        if row["said"]:
            assert "." not in row["said"]


@WIDTHS
@pytest.mark.parametrize("name", ["ranges", "switching"])
def test_a_scale_begins_at_zero_and_ends_at_a_hundred(found: Appraisal, name: str, *, narrow: bool) -> None:
    scales = [
        part["scale"]["domain"] for part in parts_of(CHARTS[name](found, narrow=narrow).to_dict()) if "domain" in part.get("scale", {})
    ]
    assert scales
    assert all(domain == [0, 100] for domain in scales)


def test_the_length_of_a_bar_is_in_proportion_to_its_points(found: Appraisal) -> None:
    rows = [row for row in rows_of(charts.chart_contributions(found)) if row["criterion"] != "Total" and row["points"] > 0]
    ratios = [row["length"] / row["points"] for row in rows]
    assert max(ratios) - min(ratios) < 1e-9
    assert all(row["end"] - row["start"] == pytest.approx(row["length"]) for row in rows)
    assert max(row["length"] for row in rows) < 1


def test_dots_are_ten_and_are_filled_from_the_left(found: Appraisal) -> None:
    rows = rows_of(charts.chart_shares(found))
    for label in {row["name"] for row in rows}:
        mine = [row for row in rows if row["name"] == label]
        assert [row["dot"] for row in mine] == list(range(10))
        assert [row["filled"] for row in mine] == sorted((row["filled"] for row in mine), reverse=True)


@EACH
def test_all_charts_share_one_quiet_theme(found: Appraisal, name: str) -> None:
    config = CHARTS[name](found).to_dict()["config"]
    assert config["font"] == drawing.FONT
    assert config["axis"]["grid"] is False
    assert config["view"]["stroke"] is None


@EACH
def test_nothing_in_a_chart_is_fetched(found: Appraisal, name: str) -> None:
    for part in parts_of(CHARTS[name](found).to_dict()):
        assert "url" not in part
        assert "href" not in part


# Moving with the weights


@WIDTHS
@EACH
def test_a_chart_changes_when_a_weight_changes(problem: DecisionProblem, name: str, *, narrow: bool) -> None:
    one, other = (weighed(problem, staff=staff) for staff in (20, 5))
    before, after = (CHARTS[name](found, narrow=narrow).to_dict() for found in (one, other))
    assert before != after
    assert before["description"] != after["description"]
    assert {row["name"] for row in rows_of(CHARTS[name](one))} == {row["name"] for row in rows_of(CHARTS[name](other))}


@EACH
def test_a_chart_that_was_made_is_not_changed_by_the_next_one(problem: DecisionProblem, name: str) -> None:
    """Charts of the same names share what was built once; each keeps its own rows and words."""
    one, other = (weighed(problem, staff=staff) for staff in (20, 5))
    chart = CHARTS[name](one)
    before = json.dumps(chart.to_dict())
    second = json.dumps(CHARTS[name](other).to_dict())
    assert json.dumps(chart.to_dict()) == before != second
    assert json.dumps(CHARTS[name](one).to_dict()) == before


def test_a_weight_that_moves_leaves_the_template_as_it_is(problem: DecisionProblem) -> None:
    """What is drawn already can so receive new rows."""
    one, other = (weighed(problem, staff=staff) for staff in (20, 19))
    assert [key for key, _ in charts._options(one)] == [key for key, _ in charts._options(other)]  # noqa: SLF001
    for draw in CHARTS.values():
        for narrow in (False, True):
            assert draw(one, narrow=narrow).template is draw(other, narrow=narrow).template


def test_a_template_that_is_no_vega_lite_is_refused_when_it_is_built() -> None:
    @drawing.template
    def wrong() -> alt.LayerChart:
        chart = alt.layer(alt.Chart().mark_bar())
        chart.width = "wide"
        return chart

    with pytest.raises(SchemaValidationError, match="wide"):
        wrong()


def test_the_order_of_the_rows_is_that_of_the_ranking(problem: DecisionProblem) -> None:
    found = weighed(problem, autonomy=100, reversibility=100)
    shown = list(dict.fromkeys(row["name"] for row in rows_of(charts.chart_ranges(found))))
    assert shown == [words.label_of(problem, key) for key in tables.shown_order(found)]
    wanted = [without_blanks(name) for name in shown]  # a long name stands in two lines
    texts = [without_blanks(text) for text in drawn(charts.chart_ranges(found, narrow=True)).texts("text")]
    assert [text for text in texts if text in wanted] == wanted


# Whatever the names are


@pytest.mark.parametrize("text", [*HOSTILE, "null", "12", "__proto__", "constructor", "Total"])
def test_every_chart_is_drawn_whatever_an_option_is_called(problem: DecisionProblem, text: str) -> None:
    """A name stands inside expressions that the drawing library runs; it must stay a name there."""
    found = named(problem, new_mat=text)
    for name in ("ranges", "points"):
        reader = drawn(CHARTS[name](found))
        if len(text) <= 40:  # what is longer is cut on the axis, and stands in full in the table
            assert without_blanks(text) in without_blanks("".join(reader.texts("text")))
    drawn(charts.chart_shares(found, narrow=True))


@pytest.mark.parametrize("name", OF_OPTIONS)
def test_two_options_with_the_same_name_are_two_rows(problem: DecisionProblem, name: str) -> None:
    """Bars of two options on top of each other would show one option that does not exist."""
    found = named(problem, new_mat="A trust", established_mat="A trust")
    texts = drawn(CHARTS[name](found)).texts("text")
    assert texts.count("A trust") == 2


@pure(6)
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60))
def test_every_specification_is_valid_whatever_an_option_is_called(text: str) -> None:
    found = named(make_problem({"stay": [50, 50], "federation": [60, 60]}), federation=text)
    for make in CHARTS.values():
        for narrow in (False, True):
            assert make(found, narrow=narrow).to_dict()["$schema"]


@pytest.mark.parametrize("table", [{"stay": [50, 50]}, {"stay": [0, 0], "federation": [0, 0]}, {"stay": [100, 100], "federation": [0, 0]}])
@EACH
def test_a_chart_of_one_option_or_of_nothing_but_noughts_is_drawn(table: dict[str, list[float]], name: str) -> None:
    found = appraise(make_problem(table), 1)
    for narrow in (False, True):
        assert drawn(CHARTS[name](found, narrow=narrow)).texts("text")
