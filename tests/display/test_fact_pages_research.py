"""What research shows before anybody weighs: what was published by the day, what was withdrawn, what cannot be."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.display.exploring import START
from tests.display.facts_made import make_study, with_studies
from tests.display.page_reading import STATES, read, text_of
from tests.display.test_blocks import squeezed
from tests.display.test_notebook import BASE, DAY

if TYPE_CHECKING:
    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.evidence import Study


def researched(**studies: Study) -> Exploration:
    """Put these studies in place of the knowledge base's own."""
    return replace(START, knowledge=with_studies(studies).on(DAY))


def test_what_was_measured_of_pupils_stands_apart_from_what_else_was_said() -> None:
    reader = read(researched(one=make_study(title="Measured", outcomes=True), two=make_study(title="Said")), "research")
    assert [row[0] for row in reader.rows("What was measured of pupils’ results")[1:]] == ["Measured (2014) sourced"]
    assert [row[0] for row in reader.rows("What else was studied or said")[1:]] == ["Said (2014) sourced"]
    nothing = text_of(researched(one=make_study()), "research")
    assert "What was measured of pupils’ results: none was published by 15 April 2016." in nothing


def test_a_study_says_how_many_what_it_found_how_far_apart_and_how_strong_it_is() -> None:
    study = make_study(n=264, out_of=1000, spread="Far apart.", grade="A", direction="mixed", options=("federation", "stay"))
    reader = read(researched(one=study), "research")
    (row,) = reader.rows("What else was studied or said")[1:]
    assert row[1:4] == ["264 of 1,000 schools", "Results rose. Said to be mixed, results not measured.", "Far apart."]
    assert row[4].startswith("strong Care It is old. About: ")
    about = f"{BASE.options['federation'].label}, {BASE.options['stay'].label}"
    assert f"About: {about}. Design: schools compared with similar schools." in row[4]


def test_studies_later_than_the_day_are_left_out_and_counted() -> None:
    one = make_study(title="Of its time", year=2015)
    later = make_study(title="Too late", year=2017)
    reader = read(researched(one=one), "research")
    assert "left out" not in reader.text
    reader = read(researched(one=one, two=later), "research")
    assert "1 later study is left out, because the question is asked for 15 April 2016." in reader.text
    reader = read(researched(one=one, two=later, three=later), "research")
    assert "2 later studies are left out" in reader.text
    assert "Too late" not in reader.text
    assert "Of its time" in reader.text


def test_no_study_of_the_knowledge_base_is_shown_before_it_was_published() -> None:
    reader = read(START, "research")
    titles = {squeezed(one.title): one for one in BASE.evidence.evidence.values()}
    shown = [re.sub(r" \(\d{4}\) \w+( withdrawn)?$", "", row[0]) for caption in reader.texts("caption") for row in reader.rows(caption)[1:]]
    assert shown
    for title in shown:
        study = titles[title]
        published = BASE.sources[study.source].date
        assert study.year <= DAY.year
        assert published is None or published <= DAY, title
    assert f"{len(titles) - len(shown)} later studies are left out" in reader.text


def test_a_withdrawn_study_and_an_impossible_percentage_are_named() -> None:
    odd = {"percent": 96, "of": 20, "what": "partnerships"}
    study = make_study(withdrawn=dt.date(2026, 11, 21), percentages=(odd,))
    (row,) = read(researched(one=study), "research").rows("What else was studied or said")[1:]
    assert row[0] == "A study (2014) sourced withdrawn"
    assert "Seen as withdrawn by its publisher on 21 November 2026." in row[4]
    assert "96% of 20 partnerships cannot be: 19 of 20 is 95%." in row[4]
    (row,) = read(researched(one=make_study()), "research").rows("What else was studied or said")[1:]
    assert "withdrawn" not in " ".join(row)
    assert "cannot be" not in " ".join(row)


def test_research_sets_no_score_and_says_so() -> None:
    reader = read(START, "research")
    assert "None of this sets a score" in reader.text
    assert squeezed(BASE.evidence.in_short) in reader.text
    assert read(STATES["ranked"], "research").rows("What was measured") == reader.rows("What was measured")
