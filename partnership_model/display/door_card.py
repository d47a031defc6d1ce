"""The dashboard's card with the map of doors: for which school it is drawn, and from which option."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from partnership_model.display import door_map, fact_words, phrases
from partnership_model.display.blocks import Table, as_data
from partnership_model.model.doors import doors_from, doors_of

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.display.drawing import Drawing
    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.cases import School
    from partnership_model.model.doors import Doors


def standing(state: Exploration) -> str:
    """Give the option from which the map is drawn: the one chosen, or the first that stands beside staying."""
    return state.standing or next(iter(state.compared), "stay")


def school_of(state: Exploration) -> School:
    """Give the school as which the facts are looked at."""
    return next(one for one in state.case.file.schools if one.name == state.school)


def found_for(state: Exploration) -> Doors:
    """Give the doors that lead on from the option that was chosen."""
    return doors_from(standing(state), school_of(state), state.case, state.knowledge)


def door_view(state: Exploration, appraisal: Appraisal) -> dict[str, Any]:
    """Give what the card shows."""
    problem, found, school = appraisal.problem, found_for(state), school_of(state)
    category = fact_words.kind_of_school(state.knowledge.base, school.category, school.form)
    caption = f"From {problem.option(found.option).in_a_sentence}, for {school.name}"
    return {
        "title": door_map.finding(problem, found),
        "options": [(one.key, one.label, one.key == found.option) for one in problem.options],
        "schools": [(one.name, one.name == school.name) for one in state.case.file.schools],
        "for_whom": f"Drawn for {school.name}, {phrases.one_of(category)}; doors differ from category to category.",
        "no_place": "" if found.doors else found.start.fact.says,
        "table": as_data(Table.of(caption, door_map.door_table(problem, found))) if found.doors else None,
        "landing": found.landing.says if found.option != "stay" and found.doors else "",
        "legend": door_map.LEGEND,
        "problem": state.problems.get("stand", ""),
    }


def drawn(state: Exploration) -> dict[str, tuple[Any, Any]]:
    """Give what draws the map and what says it in words; nothing where the school has no place in the option."""
    every = doors_of(school_of(state), state.case, state.knowledge)
    start = standing(state)

    def draw(appraisal: Appraisal, *, narrow: bool) -> Drawing:
        return door_map.chart_doors(appraisal.problem, every, start, narrow=narrow)

    def say(appraisal: Appraisal) -> str:
        return door_map.alt_doors(appraisal.problem, every[start])

    return {"doors": (draw, say)} if every[start].doors else {}
