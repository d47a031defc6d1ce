"""The report: one file that needs nothing else, in DESIGN's order, readable by eye and by ear, with everything escaped."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from partnership_model.delivery.report import blocks_of, draw_charts, report_of
from partnership_model.delivery.report_html import shipped_style, write_html
from partnership_model.display import phrases, words
from partnership_model.display.blocks import DRAWN_LATER, MIME, Bullets, Figure, Heading, Paragraph, Shown
from partnership_model.display.how_sure import report_parts
from tests.display.section_reading import ANCHORS, CLAIMS, FIRSTS, hostile, own_words
from tests.display.test_blocks import ALLOWED, HOSTILE, Reader, a_chart, as_a_notebook_keeps_it, harmless, squeezed
from tests.display.test_notebook import SECTIONS, closed, ember, unlooked, unweighed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from partnership_model.display.blocks import Block
    from partnership_model.display.notebook import AppraisalRun

FRAME = {"html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "a"}
RUNS: dict[str, Callable[[], AppraisalRun]] = {"ranked": ember, "withheld": unlooked, "unweighed": unweighed, "closed": closed}
EACH = pytest.mark.parametrize("state", RUNS)
GOVERNORS = "Governors' edition: not for publication"
SMALL = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" viewBox="0 0 90 30"><text y="20">drawn</text></svg>'


def executed(run: AppraisalRun, drawing: str = "") -> nbformat.NotebookNode:
    """Give the notebook of a run as it is after papermill, without a kernel."""
    return notebook_of(*(getattr(run, name)().blocks for name in SECTIONS), drawing=drawing)


def notebook_of(*cells: list[Block], drawing: str = "") -> nbformat.NotebookNode:
    """Put blocks into the outputs of a notebook."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Option appraisal")])
    for blocks in cells:
        outputs = [nbformat.v4.new_output("stream", text="something else")]
        for block in blocks:
            data: dict[str, Any] = {MIME: as_a_notebook_keeps_it(block), "text/plain": "a block"}
            if isinstance(block, Figure) and drawing != "none":
                data["image/svg+xml"] = drawing or block.svg()
            outputs.append(nbformat.v4.new_output("display_data", data))
        notebook.cells.append(nbformat.v4.new_code_cell("run.section()", outputs=outputs))
    return notebook


def written(notebook: nbformat.NotebookNode, tmp_path: Path) -> str:
    """Write a report and read the file."""
    path = tmp_path / "report.html"
    write_html(report_of(notebook), path)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write the report of the Ember case in each state."""
    return {state: written(executed(run()), tmp_path_factory.mktemp("report")) for state, run in RUNS.items()}


# One file that needs nothing else


@EACH
def test_the_report_fetches_nothing(reports: dict[str, str], state: str) -> None:
    reader = harmless(reports[state], ALLOWED | FRAME)
    for tag, about in reader.elements:
        for name in ("src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href", "http-equiv"):
            assert name not in about, (tag, name)
        assert tag == "a" or "href" not in about
    style = "".join(re.findall(r"<style>(.*?)</style>", reports[state], re.DOTALL))
    assert style.startswith(shipped_style())
    # What follows is the foot of the printed page: the case's name as plain text between quotation marks.
    foot = r"\s*@page \{ @bottom-left \{ content: \"[\w .,:;()£-]*\"; [^<>]* \}\s*"
    labels = r"@media \(max-width:720px\)\{(table\.rows-become-blocks td:nth-child\(\d+\)::before\{content:var\(--c\d+\)\})+\}\s*"
    assert re.fullmatch(foot + labels, style.removeprefix(shipped_style()))
    assert "url(" not in reports[state]
    assert "@import" not in reports[state]
    assert "@font-face" not in reports[state]


@EACH
def test_what_leads_out_of_the_report_is_a_link_to_a_source_and_nothing_else(reports: dict[str, str], state: str) -> None:
    reader = Reader(reports[state])
    out = [about for about in reader.of("a") if not about["href"].startswith("#")]
    assert out
    assert all(re.match(r"https?://[^\s<>\"']+$", about["href"]) for about in out)
    assert all("noreferrer" in about["rel"] for about in out)


@EACH
def test_the_report_is_a_page_with_a_language_a_title_and_parts(reports: dict[str, str], state: str) -> None:
    assert reports[state].startswith("<!DOCTYPE html>\n")
    reader = Reader(reports[state])
    assert reader.of("html") == [{"lang": "en-GB"}]
    assert reader.texts("title") == ["The Ember schools, spring 2016: option appraisal"]
    assert {"charset": "utf-8"} in reader.of("meta")
    assert any(about.get("name") == "viewport" for about in reader.of("meta"))
    assert [len(reader.of(tag)) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert reader.of("nav")[0]["aria-label"] == "Contents"
    assert reader.of("a")[0] == {"class": "skip", "href": "#summary"}
    assert reader.faults == []


@EACH
def test_there_is_one_h1_and_headings_are_in_order(reports: dict[str, str], state: str) -> None:
    reader = Reader(reports[state])
    levels = [int(tag[1]) for tag, _ in reader.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@EACH
def test_sections_stand_in_designs_order_with_the_summary_before_everything(reports: dict[str, str], state: str) -> None:
    reader = Reader(reports[state])
    assert [about["id"] for about in reader.of("h2")] == ANCHORS
    assert reader.texts("h2")[0] == words.headline(RUNS[state]().appraisal)
    page = reports[state]
    assert page.index("<main>") < page.index("<h1>") < page.index('id="summary"') < page.index("<table") < page.index('id="why"')


@EACH
def test_the_contents_lead_to_every_section_and_no_place_is_named_twice(reports: dict[str, str], state: str) -> None:
    reader = Reader(reports[state])
    inside = [about["href"][1:] for about in reader.of("a") if about["href"].startswith("#")]
    assert inside == ["summary", *ANCHORS]
    ids = [about["id"] for _, about in reader.elements if "id" in about]
    assert set(inside) <= set(ids)
    assert len(set(ids)) == len(ids)


@EACH
def test_every_table_has_a_caption_and_headings_with_a_scope(reports: dict[str, str], state: str) -> None:
    reader = Reader(reports[state])
    assert len(reader.of("table")) == len(reader.of("caption")) > 10
    assert all(reader.texts("caption"))
    assert {about["scope"] for about in reader.of("th")} == {"col", "row"}
    assert all(about.get("scope") for about in reader.of("th"))
    heads = len([about for about in reader.of("th") if about["scope"] == "row"])
    rows = len(reader.of("tr")) - len(reader.of("thead"))
    assert heads == rows


@pytest.mark.parametrize(("state", "count"), [("ranked", 9), ("withheld", 1), ("unweighed", 0), ("closed", 0)])
def test_every_drawing_is_an_image_with_a_label_in_words_and_a_table_after_it(reports: dict[str, str], state: str, count: int) -> None:
    reader = Reader(reports[state])
    labels = [about["aria-label"] for about in reader.of("div") if about.get("role") == "img"]
    count += sum(len(one.figures) for annex in (False, True) for one in report_parts(RUNS[state]().appraisal, annex=annex))
    assert len(reader.of("svg")) == len(labels) == len(reader.texts("figcaption")) == count
    assert all(len(label) > 60 for label in labels)
    assert len(re.findall(r"</figure>\s*<table", reports[state])) == count
    assert len(re.findall(r'<div role="img" aria-label="[^"]+"><svg', reports[state])) == count


@EACH
def test_the_stamps_stand_in_the_head_and_under_the_title(reports: dict[str, str], state: str) -> None:
    reader = Reader(reports[state])
    assert reader.texts("header") == [f"The Ember schools, spring 2016 {GOVERNORS}. illustrative. Consulting: nothing is decided"]
    stamped = [text for text, about in zip(reader.texts("p"), reader.of("p"), strict=True) if about.get("class") == "stamp"]
    assert stamped == [GOVERNORS, "illustrative", "Consulting: nothing is decided"]


def test_a_decided_real_case_has_no_stamp_that_it_does_not_deserve(tmp_path: Path) -> None:
    run = ember(illustrative=False, illustrative_note=None, status="decided")
    reader = Reader(written(executed(run, SMALL), tmp_path))
    assert reader.texts("header") == [f"The Ember schools, spring 2016 {GOVERNORS}. Decided"]
    assert "illustrative" not in reader.text


@EACH
def test_it_says_that_it_supports_a_decision_and_is_no_legal_advice(reports: dict[str, str], state: str) -> None:
    reader = Reader(reports[state])
    assert words.NOT_LEGAL_ADVICE in reader.text
    assert "not legal advice" in reader.texts("footer")[0]


# What may be said


@pytest.mark.parametrize("state", ["withheld", "unweighed", "closed"])
def test_the_words_first_and_ranking_are_withheld_in_the_whole_report(reports: dict[str, str], state: str) -> None:
    run = RUNS[state]()
    text = own_words(Reader(reports[state]).text, run)
    assert FIRSTS.findall(text) == []
    assert CLAIMS.findall(text) == []
    titles = " ".join(about.get("aria-label", "") for _, about in Reader(reports[state]).elements)
    assert CLAIMS.findall(titles) == []


@EACH
def test_how_many_judgements_nobody_has_looked_at_stands_in_the_summary(reports: dict[str, str], state: str) -> None:
    summary = Reader(reports[state].split('id="why"')[0]).text
    assert words.unconfirmed(RUNS[state]().appraisal.problem) in summary


def test_where_no_option_is_left_the_report_says_so_on_its_first_page(reports: dict[str, str]) -> None:
    run = closed()
    summary = Reader(reports["closed"].split('id="why"')[0]).text
    assert "No option is left" in summary
    assert squeezed(words.explanation(run.appraisal)) in summary
    rows = Reader(reports["closed"]).rows("Which options are open to the group")
    assert [row[1] for row in rows[1:]] == ["Closed"] * 7


def test_the_tables_of_the_report_have_the_numbers_of_the_result(reports: dict[str, str]) -> None:
    run = ember()
    data = run.result().data
    reader = Reader(reports["ranked"])
    labels = {one["label"]: one for one in data["options"]}
    for row in reader.rows("Overall values")[1:]:
        overall = labels[row[0]]["overall"]
        low, likely, high = (words.whole(overall[name]) for name in ("low", "likely", "high"))
        assert row[1] == f"{low} to {high}, likely {likely}"
        assert row[2] == phrases.of_hundred(labels[row[0]]["rank_acceptability"][0])
    heads, *rows = reader.rows("Points from each criterion")
    keys = {criterion.label: name for name, criterion in run.appraisal.problem.criteria.items()}
    for row in rows:
        points = labels[row[0]]["contributions"]
        assert row[1:-1] == [str(words.whole(points[keys[head]])) for head in heads[1:-1]]
    places = reader.rows("How often each option takes each place")[1:]
    assert [row[0] for row in places] == [labels_of(data)[key] for place in data["ranking"] for key in place]
    for row in places:
        assert row[1:] == [in_cell(share) for share in labels[row[0]]["rank_acceptability"]]


def in_cell(share: float) -> str:
    """Say a share as a cell of the table of places does: little is not called none, nor nearly all everything."""
    if share not in (0, 1) and not 0.01 <= share <= 0.99:
        return "under 1" if share < 0.5 else "over 99"
    return str(words.whole(share * 100))


def labels_of(data: dict[str, Any]) -> dict[str, str]:
    """Give the options' names by their keys."""
    return {one["id"]: one["label"] for one in data["options"]}


# From a notebook to a report


def test_blocks_are_read_back_from_a_notebook_with_their_drawings_by_place() -> None:
    figure = Figure.of("A title", a_chart())
    blocks: list[Block] = [Heading("A", 1), figure, Paragraph("b"), figure]
    found, drawings = blocks_of(notebook_of(blocks[:2], blocks[2:], drawing=SMALL))
    assert found == blocks
    assert drawings == {1: SMALL, 3: SMALL}


def test_outputs_that_are_no_blocks_are_left_out() -> None:
    notebook = notebook_of([Heading("A", 1)])
    notebook.cells[-1].outputs += [
        nbformat.v4.new_output("display_data", {"text/plain": "a", "text/html": "<script>alert(1)</script>"}),
        nbformat.v4.new_output("error", ename="E", evalue="v", traceback=[]),
    ]
    assert blocks_of(notebook) == ([Heading("A", 1)], {})


def test_a_chart_without_a_drawing_is_drawn_for_the_report(tmp_path: Path) -> None:
    page = written(notebook_of([Heading("A", 1), Figure.of("A title", a_chart("Federation"))], drawing="none"), tmp_path)
    assert "Federation" in Reader(page).texts("text")


def test_a_chart_that_was_only_described_is_drawn_into_the_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **_: bundles.append(bundle))
    monkeypatch.setenv(DRAWN_LATER, "yes")
    Shown([Figure.of("A title", a_chart("Federation")), Heading("A")])._ipython_display_()
    assert set(bundles[0]) == {MIME, "text/plain"}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=[])])
    notebook.cells[0].outputs = [nbformat.v4.new_output("display_data", bundle) for bundle in bundles]
    assert blocks_of(notebook)[1] == {}
    draw_charts(notebook)
    nbformat.validate(notebook)
    assert "Federation" in blocks_of(notebook)[1][0]
    assert ["image/svg+xml" in one.data for one in notebook.cells[0].outputs] == [True, False]
    assert notebook.cells[0].outputs[0].data["text/plain"] == "Federation: 3"


def test_a_notebook_without_a_title_still_gives_a_page(tmp_path: Path) -> None:
    page = written(notebook_of([Heading("A section", 2, "why")]), tmp_path)
    assert Reader(page).texts("title") == ["Option appraisal: option appraisal"]


def test_what_a_notebook_shows_is_what_a_report_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    bundles: list[dict[str, Any]] = []
    monkeypatch.setattr("IPython.display.display", lambda bundle, **_: bundles.append(bundle))
    kept: list[Block] = [Heading("A", 1), Figure.of("A title", a_chart()), Bullets(("a", "b"), ordered=True, linked=True)]
    Shown(kept)._ipython_display_()
    outputs = [nbformat.v4.new_output("display_data", bundle) for bundle in bundles]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)])
    found, drawings = blocks_of(nbformat.reads(nbformat.writes(notebook), as_version=4))
    assert found == kept
    assert drawings[1].startswith("<svg")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out_of_the_report(tmp_path: Path, text: str) -> None:
    page = written(executed(hostile(text), SMALL), tmp_path)
    reader = harmless(page, ALLOWED | FRAME)
    assert reader.of("html") == [{"lang": "en-GB"}]
    assert reader.texts("title") == [squeezed(f"{text}: option appraisal")]
    assert reader.text.count(squeezed(text)) > 50
    assert len(reader.of("style")) == 1
    footer = re.search(r'@bottom-left \{ content: "([^"\\\n{}<>&\']*)"; ', page)
    assert footer, "the foot of a printed page is text between quotation marks, in which nothing else may stand"
