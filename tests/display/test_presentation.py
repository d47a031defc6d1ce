"""The presentation view: one finding a slide, of the present state, and nothing that is for governors only or that anybody typed."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from partnership_model.display.exploration import Exploration, after, begin
from partnership_model.display.history import Visit
from partnership_model.display.pages import Page, page_of
from partnership_model.display.presentation import MOST_LINES, public, slides
from partnership_model.knowledge.cases import Recommendation, Said
from tests.display.exploring import JUDGE, START, moved, opened
from tests.display.page_reading import ELEMENTS, STATES, found_in
from tests.display.test_blocks import Reader, harmless
from tests.display.test_notebook import EMBER, ember

SECRET = "Zebrafish"  # noqa: S105 - what must not be shown, and no password
PRESENTED = {"do": "present", "slide": 0}


def every_slide(state: Exploration) -> list[Page]:
    """Write all slides of a state."""
    first = page_of(replace(state, presenting=0))
    count = int(Reader(first.html).of("div")[0]["data-slides"])
    return [first, *(page_of(replace(state, presenting=at)) for at in range(1, count))]


def with_secrets() -> Exploration:
    """Put a secret into everything of a case that is for governors, and into a reason that was typed in the room."""
    said = Said.model_validate({"says": f"{SECRET} one."})
    file = EMBER.file.model_copy(
        update={
            "why": (said, *EMBER.file.why),
            "aims": (said,),
            "claims": (said,),
            "next_steps": (said, *EMBER.file.next_steps),
            "schools": tuple(one.model_copy(update={"balance": -987654.0}) for one in EMBER.file.schools),
            "recommendation": Recommendation.model_validate({"says": f"{SECRET} two.", "conditions": [SECRET], "dissent": [SECRET]}),
        }
    )
    judgements = tuple(replace(one, note=f"{SECRET} three.") for one in EMBER.judgements)
    state = begin(replace(EMBER, file=file, judgements=judgements), ember().knowledge)
    typed = moved({"do": "weights", "of": "case"}, JUDGE | {"note": f"{SECRET} four."}, {"do": "ask", "text": SECRET}, state=state)
    return moved(JUDGE | {"criterion": "resilience", "note": f"{SECRET} five."}, state=typed)


def test_no_slide_shows_what_is_for_governors_or_what_somebody_typed() -> None:
    state = with_secrets()
    state = moved({"do": "judgement", "option": "stay", "criterion": "staff", "on": True}, state=state)
    assert SECRET in page_of(replace(state, step="how_sure")).html  # the pages of the room do
    assert SECRET in page_of(replace(state, step="why")).html
    for page in every_slide(state):
        sent = page.html + json.dumps(page.charts) + page.headline
        assert SECRET.lower() not in sent.lower()
        assert "987654" not in sent.replace(",", "")


def test_a_public_recommendation_is_the_slide_of_what_comes_next() -> None:
    advice = Recommendation.model_validate({"says": "Form the trust.", "conditions": ["The diocese agrees"], "audience": "public"})
    state = opened(recommendation=advice)
    last = Reader(every_slide(state)[-2].html)
    assert last.texts("h1") == ["Form the trust."]
    assert "On condition that: the diocese agrees" in last.text


@pytest.mark.parametrize("name", STATES)
def test_each_slide_has_one_finding_and_at_most_one_thing_that_shows_it(name: str) -> None:
    found = slides(public(STATES[name]), found_in(STATES[name]))
    for slide in found:
        assert slide.title
        assert len(slide.lines) <= MOST_LINES
        assert sum(map(bool, (slide.lines, slide.table, slide.chart, slide.weights))) <= 1
        assert slide.table is None or len(slide.table["rows"]) <= 8
    assert len({slide.key for slide in found}) == len(found)


@pytest.mark.parametrize("name", STATES)
def test_slides_are_counted_and_lead_back_and_forward_and_out(name: str) -> None:
    pages = every_slide(STATES[name])
    for at, page in enumerate(pages):
        reader = Reader(page.html)
        assert f"Slide {at + 1} of {len(pages)}" in reader.text
        assert len(reader.texts("h1")) == 1
        targets = {about["data-key"]: about["data-slide"] for about in reader.of("button")}
        assert targets.get("slide-back") == (str(at - 1) if at else None)
        assert targets.get("slide-next") == (str(at + 1) if at + 1 < len(pages) else None)
        assert targets["slide-leave"] == ""
        harmless(page.html, {*ELEMENTS, "footer", "output"})


@pytest.mark.parametrize("name", ["unweighed", "partly weighed", "withheld", "closed"])
def test_no_slide_puts_options_in_an_order_that_the_pages_withhold(name: str) -> None:
    text = " ".join(Reader(page.html).text for page in every_slide(STATES[name]))
    assert not re.search(r"comes first|highest overall|cannot be separated|likely \d", text)


def test_before_anybody_has_weighed_no_weight_and_no_chart_is_shown() -> None:
    pages = every_slide(START)
    assert all(not page.charts for page in pages)
    assert any("Nobody has weighed yet" in Reader(page.html).texts("h1")[0] for page in pages)


def test_a_slide_beyond_the_last_is_the_last() -> None:
    assert page_of(replace(START, presenting=50)).html == every_slide(START)[-1].html


def test_moving_a_weight_changes_the_weighing_slide_and_the_ranges() -> None:
    before = moved({"do": "weights", "of": "case"})
    then = moved({"do": "swing", "criterion": "cost", "value": "100"}, state=before)
    changed = [
        (Reader(one.html).of("div")[0]["data-slide"], one.charts != two.charts)
        for one, two in zip(every_slide(before), every_slide(then), strict=False)
        if one.html != two.html or one.charts != two.charts
    ]
    assert ("4", False) in changed
    assert ("5", True) in changed


def test_a_hall_sees_the_numbers_that_the_room_sees() -> None:
    state = with_secrets()
    room, hall = found_in(state), found_in(public(state))
    assert hall.overall == room.overall
    assert hall.ranking == room.ranking


def test_presenting_is_a_look_that_no_link_and_no_list_of_changes_keeps() -> None:
    visit = Visit.begun(START).made(PRESENTED)
    assert visit.now.presenting == 0
    assert visit.log == []
    assert visit.changes == ()
    assert visit.made({"do": "go", "step": "doors"}).now.presenting is None
    assert Visit.replayed(START, [PRESENTED]).now.presenting is None


@pytest.mark.parametrize("slide", [-1, 51, 1.5, "1", True, [1]])
def test_a_slide_is_a_whole_number_or_none(slide: object) -> None:
    assert after(START, {"do": "present", "slide": slide}).problems == {"page": "That did not work. Nothing was changed."}


def test_in_a_narrow_window_the_charts_are_those_of_a_telephone() -> None:
    wide = moved({"do": "weights", "of": "case"})
    narrow = moved({"do": "width", "narrow": True}, state=wide)
    for one, two in zip(every_slide(wide), every_slide(narrow), strict=True):
        assert one.charts.keys() == two.charts.keys()
        assert not one.charts or one.charts != two.charts
