"""Blocks: what a notebook shows, what a report reads back from it, and HTML that nothing can break out of."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnership_model.display.blocks import (
    IN_A_NOTEBOOK,
    KINDS,
    MIME,
    Block,
    Bullets,
    Figure,
    Heading,
    Paragraph,
    Shown,
    Stamp,
    Table,
    as_data,
    from_data,
    html,
)
from tests.making import pure

if TYPE_CHECKING:
    from collections.abc import Callable

# Each of these would do harm in some language if it were taken for code: HTML, an attribute, Jinja, JavaScript, Vega.
HOSTILE = (
    "<script>alert(1)</script> & \"quoted\" 'words'",
    '"><img src=x onerror=alert(1)> and more of it',
    "' onmouseover='alert(1)' x='",
    "{{ 7 * 7 }} {% raw %} ${7 * 7} {# gone #}",
    '\\" + datum["option"]) || alert(1) || ("',
    "a line\nand </table></figure></style> another\r\nline",
    "&lt;b&gt; &amp;amp; ]]> --> <!--",
    "long " * 23 + "end",
    "x" * 120,
    "a line\u2028that is\u2029separated in an unusual way",
)
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
SILENT = {"style", "script", "svg"}
DRAWING = {"svg", "g", "path", "text", "tspan", "line", "rect", "defs", "clippath", "title"}
STARTS = {"table", "thead", "tbody", "tr", "caption", "th", "td", "figure", "figcaption", "div"}
ALLOWED = {"h1", "h2", "h3", "p", "ul", "ol", "li", "a", *STARTS, *DRAWING}


class Reader(HTMLParser):
    """Reads HTML as a browser does: elements with their attributes, text, and what is not closed properly."""

    def __init__(self, page: str) -> None:
        """Read all of it."""
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.faults: list[str] = []
        self._contents: list[list[str]] = []
        self._open: list[int] = []
        self._said: list[str] = []
        self.feed(page)
        self.close()
        self.faults += [f"<{self.elements[place][0]}> is not closed" for place in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._contents.append([])

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if not self._open or self.elements[self._open.pop()][0] != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        """Note text for every element that it stands in."""
        for place in self._open:
            self._contents[place].append(data)
        if not SILENT & {self.elements[place][0] for place in self._open}:
            self._said.append(data)

    def of(self, *tags: str) -> list[dict[str, str]]:
        """Give the attributes of every element of these kinds."""
        return [attributes for tag, attributes in self.elements if tag in tags]

    def texts(self, *tags: str) -> list[str]:
        """Give the text of every element of these kinds."""
        return [squeezed(" ".join(self._contents[place])) for place, (tag, _) in enumerate(self.elements) if tag in tags]

    def rows(self, caption: str) -> list[list[str]]:
        """Give the cells of the table with this caption, row by row, its heading included."""
        place = self._place("table", lambda inside: inside.startswith(caption))
        found: list[list[str]] = []
        for here in range(place + 1, len(self.elements)):
            tag = self.elements[here][0]
            if tag == "table":
                break
            if tag == "tr":
                found.append([])
            if tag in ("th", "td"):
                found[-1].append(squeezed(" ".join(self._contents[here])))
        return found

    def _place(self, tag: str, fits: Callable[[str], bool]) -> int:
        return next(
            place for place, (name, _) in enumerate(self.elements) if name == tag and fits(squeezed(" ".join(self._contents[place])))
        )

    @property
    def text(self) -> str:
        """Give all text that is read out, with single spaces; no style and no drawing."""
        return squeezed(" ".join(self._said))

    @property
    def handlers(self) -> list[str]:
        """Give the attributes that would run something."""
        return [name for _, attributes in self.elements for name in attributes if name.startswith("on")]


def squeezed(text: str) -> str:
    """Put single spaces where any white space stands."""
    return " ".join(text.split())


def harmless(page: str, allowed: set[str]) -> Reader:
    """Read a page, and fail where a text has become an element, an attribute that runs something, or has gone."""
    reader = Reader(page)
    assert {tag for tag, _ in reader.elements} <= allowed
    assert reader.handlers == []
    assert reader.faults == []
    return reader


def as_a_notebook_keeps_it(block: Block) -> dict[str, Any]:
    """Send a block through JSON, as a notebook does."""
    return json.loads(json.dumps(as_data(block)))


def a_chart(name: str = "Federation") -> alt.Chart:
    """Make the smallest chart with a description."""
    rows = alt.Data(values=[{"option": name, "value": 3}])
    return alt.Chart(rows, description=f"{name}: 3").mark_bar().encode(x="value:Q", y="option:N")


class Displayed:
    """Stands in for the place where a notebook shows things."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Catch what is shown."""
        self.bundles: list[dict[str, Any]] = []
        monkeypatch.setattr("IPython.display.display", self.take)

    def take(self, bundle: dict[str, Any], *, raw: bool) -> None:
        """Keep one output."""
        assert raw
        self.bundles.append(bundle)


words = st.text(max_size=60)
cells = st.one_of(words, st.integers(-(10**9), 10**9))
tables = st.integers(1, 4).flatmap(
    lambda width: st.builds(
        Table,
        words,
        st.tuples(*[words] * width),
        st.lists(st.tuples(*[cells] * width), max_size=4).map(tuple),
    )
)
data = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False), words),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(words, inner, max_size=3)),
    max_leaves=8,
)
figures = st.builds(Figure, words, words, st.dictionaries(words, data, max_size=4))
blocks = st.one_of(
    st.builds(Heading, words, st.sampled_from([1, 2, 3]), words),
    st.builds(Paragraph, words, st.sampled_from(["plain", "lead", "note", "missing"])),
    st.builds(Bullets, st.lists(words, max_size=4).map(tuple), st.booleans(), st.booleans()),
    st.builds(Stamp, words),
    tables,
    figures,
)


# There and back again


@pure(300)
@given(blocks)
@example(Figure("A title", "In words", {"data": {"values": [1, [2, 3]]}}))
def test_a_block_comes_back_from_a_notebook_as_it_went_in(block: Block) -> None:
    again = from_data(as_a_notebook_keeps_it(block))
    assert again == block
    assert type(again) is type(block)
    assert as_data(again) == as_data(block)


@pure(100)
@given(blocks.filter(lambda block: not isinstance(block, Figure)))
def test_a_block_that_came_back_can_be_shown_and_can_be_a_key(block: Block) -> None:
    """A table or list that came back with lists inside would be neither equal nor a key."""
    again = from_data(as_a_notebook_keeps_it(block))
    assert html([again]) == html([block])
    assert hash(again) == hash(block)


def test_every_kind_of_block_can_be_read_back() -> None:
    assert set(KINDS) == {"heading", "paragraph", "bullets", "stamp", "table", "figure"}


@pytest.mark.parametrize("data", [{"kind": "script", "text": "x"}, {"kind": "Heading", "text": "x"}])
def test_an_unknown_kind_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(KeyError, match=r"script|Heading"):
        from_data(data)


def test_a_block_with_a_field_that_it_does_not_have_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        from_data({"kind": "stamp", "text": "illustrative", "colour": "red"})


# Tables and figures


def test_a_table_keeps_words_and_whole_numbers_apart() -> None:
    table = Table.of("Points", pd.DataFrame([{"Option": "Stay", "Cost": 5, "Total": 60}]))
    assert table == Table("Points", ("Option", "Cost", "Total"), (("Stay", 5, 60),))
    assert [type(cell) for cell in table.rows[0]] == [str, int, int]


def test_a_table_without_rows_keeps_its_columns() -> None:
    assert Table.of("Places", pd.DataFrame(columns=["Option"])) == Table("Places", ("Option",), ())


def test_a_figure_takes_its_text_alternative_from_the_chart() -> None:
    figure = Figure.of("Federation is worth most", a_chart())
    assert (figure.title, figure.alternative) == ("Federation is worth most", "Federation: 3")
    assert figure.spec["mark"]["type"] == "bar"


def test_a_figure_of_a_chart_without_a_description_says_its_title() -> None:
    chart = alt.Chart(alt.Data(values=[{"x": 1}])).mark_bar().encode(x="x:Q")
    assert Figure.of("What it shows", chart).alternative == "What it shows"


def test_a_chart_with_an_error_is_refused_and_not_drawn_half() -> None:
    wrong = a_chart()
    wrong.mark = "no such mark"
    with pytest.raises(alt.utils.schemapi.SchemaValidationError, match="no such mark"):
        Figure.of("A title", wrong)


def test_a_chart_is_drawn_without_a_network() -> None:
    drawing = Figure.of("A title", a_chart("Co-operative trust")).svg()
    assert drawing.startswith("<svg")
    assert "Co-operative trust" in drawing


# As HTML


def test_each_kind_of_block_becomes_its_own_element() -> None:
    reader = harmless(
        html(
            [
                Heading("On top", 1),
                Heading("A section", 2, "why"),
                Heading("Inside it", 3),
                Paragraph("A lead", "lead"),
                Bullets(("one", "two")),
                Bullets(("first", "second"), ordered=True),
                Stamp("illustrative"),
                Table("A caption", ("Option", "Points"), (("Stay", 5),)),
            ]
        ),
        ALLOWED,
    )
    assert reader.texts("h1") == ["On top"]
    assert reader.of("h2") == [{"id": "why"}]
    assert reader.of("h1", "h3") == [{}, {}]
    assert reader.of("p") == [{"class": "lead"}, {"class": "stamp"}]
    assert (reader.texts("ul"), reader.texts("ol")) == (["one two"], ["first second"])
    assert reader.texts("caption") == ["A caption"]


def test_a_table_says_what_its_rows_and_columns_are() -> None:
    reader = Reader(html([Table("A caption", ("Option", "Points", "Why"), (("Stay", 5, "so"), ("Leave", 0, "no")))]))
    assert reader.of("th") == [{"scope": "col"}, {"scope": "col", "class": "number"}, {"scope": "col"}, *[{"scope": "row"}] * 2]
    assert reader.texts("th") == ["Option", "Points", "Why", "Stay", "Leave"]
    assert [cell["data-label"] for cell in reader.of("td")] == ["Points", "Why", "Points", "Why"]
    assert [cell.get("class") for cell in reader.of("td")] == ["number", None, "number", None]
    assert reader.texts("td") == ["5", "so", "0", "no"]


def test_words_in_a_column_of_numbers_stand_under_them() -> None:
    reader = Reader(html([Table("A caption", ("Option", "Points"), (("Stay", 5), ("Leave", "under 1")))]))
    assert [cell.get("class") for cell in reader.of("td")] == ["number", "number"]


def test_a_drawing_has_a_label_that_says_what_it_shows() -> None:
    reader = harmless(html([Figure.of("Federation is worth most", a_chart())]), ALLOWED)
    assert {"role": "img", "aria-label": "Federation: 3"} in reader.of("div")
    assert reader.texts("figcaption") == ["Federation is worth most"]


def test_drawings_that_are_there_already_are_taken_by_their_place() -> None:
    figure = Figure.of("A title", a_chart())
    page = html([Heading("A"), figure, Heading("B"), figure], {1: "<svg><text>one</text></svg>", 3: "<svg><text>two</text></svg>"})
    assert Reader(page).texts("text") == ["one", "two"]
    assert page.index("one") < page.index(">B<") < page.index("two")


def test_a_web_address_becomes_a_link_only_where_links_are_meant() -> None:
    said = "The Act, section 1. https://www.legislation.gov.uk/ukpga/2010/32"
    linked = Reader(html([Bullets((said,), linked=True)]))
    assert linked.of("a") == [{"href": "https://www.legislation.gov.uk/ukpga/2010/32", "rel": "noopener noreferrer"}]
    assert linked.text == said
    assert Reader(html([Bullets((said,))])).of("a") == []


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", 'https://x.test/"onclick="alert(1)', "file:///etc/passwd"])
def test_no_other_address_becomes_a_link(address: str) -> None:
    reader = harmless(html([Bullets((f"See {address}",), linked=True)]), ALLOWED)
    assert all(link["href"].startswith("https://x.test/") for link in reader.of("a"))
    assert address in reader.text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out_of_any_block(text: str) -> None:
    everything: list[Block] = [
        Heading(text, 1),
        Heading(text, 2, "safe"),
        Paragraph(text),
        Bullets((text, text)),
        Bullets((text,), ordered=True, linked=True),
        Stamp(text),
        Table(text, (text, "Points", text), ((text, 1, text),)),
        Figure(text, text, {}),
    ]
    reader = harmless(html(everything, {7: "<svg></svg>"}), ALLOWED)
    said = squeezed(text)
    assert reader.text.count(said) >= 12
    assert said in [squeezed(one.get("aria-label", "")) for one in reader.of("div")]
    assert all(squeezed(cell["data-label"]) in (said, "Points") for cell in reader.of("td"))


@pytest.mark.parametrize("text", [*HOSTILE, '";}*{display:none}', "</style>", "\\", "line\nbreak"])
def test_a_slim_table_names_its_columns_once_and_no_name_breaks_out_of_the_style(text: str) -> None:
    reader = harmless(html([Table("A table", ("Option", text, "Points"), (("Stay", "Yes", 1),))], slim=True), ALLOWED)
    assert all("data-label" not in cell for cell in reader.of("td"))
    (about,) = reader.of("table")
    assert re.fullmatch(r'--c2:"(?:[\w .,:()-]|\\[0-9a-f]+ )*";--c3:"Points"', about["style"])
    said = re.sub(r"\\([0-9a-f]+) ", lambda found: chr(int(found[1], 16)), about["style"])
    assert said == f'--c2:"{text}";--c3:"Points"'


def test_a_block_of_an_unknown_kind_is_a_fault_and_not_left_out() -> None:
    with pytest.raises(TypeError, match="A block of this kind cannot be written"):
        html([Heading("A"), "no block"])  # type: ignore[list-item]


@pure(150)
@given(st.lists(blocks.filter(lambda block: not isinstance(block, Figure)), max_size=5))
def test_no_text_at_all_becomes_an_element_of_its_own(found: list[Block]) -> None:
    reader = harmless(html(found), ALLOWED)
    headings = [block.text for block in found if isinstance(block, Heading)]
    assert len(reader.of("h1", "h2", "h3")) == len(headings)
    assert len(reader.of("table")) == sum(isinstance(block, Table) for block in found)


# In a notebook


def test_in_a_notebook_every_block_is_one_output_that_can_be_read_back(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Displayed(monkeypatch)
    kept: list[Block] = [Heading("Why"), Stamp("illustrative"), Table("Points", ("Option",), (("Stay",),)), Bullets(("a", "b"))]
    Shown(kept)._ipython_display_()
    assert [from_data(json.loads(json.dumps(one[MIME]))) for one in shown.bundles] == kept
    assert [one["text/plain"] for one in shown.bundles[:3]] == ["Why", "illustrative", "Points"]
    assert [one["text/html"].removesuffix(IN_A_NOTEBOOK) for one in shown.bundles] == [html([block]) for block in kept]
    assert [one["text/html"].endswith(IN_A_NOTEBOOK) for one in shown.bundles] == [False, False, True, False]


def test_in_a_notebook_a_chart_is_a_drawing_with_its_alternative_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Displayed(monkeypatch)
    Shown([Figure.of("A title", a_chart())])._ipython_display_()
    (output,) = shown.bundles
    assert set(output) == {MIME, "image/svg+xml", "text/html", "text/plain"}
    assert output["image/svg+xml"].startswith("<svg")
    assert output["text/plain"] == "Federation: 3"
    assert output["text/html"] == html([Figure.of("A title", a_chart())], {0: output["image/svg+xml"]})
    assert "<figcaption>A title</figcaption>" in output["text/html"]
