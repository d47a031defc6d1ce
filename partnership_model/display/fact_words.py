"""Facts as sentences: the short answer or the figure, where it comes from, and the words of the field that a text uses."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from partnership_model.analysis.overall import whole
from partnership_model.display.words import span
from partnership_model.knowledge.schema import plain_day
from partnership_model.model.money import reversed_sign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.base import KnowledgeBase, KnowledgeOfDay
    from partnership_model.knowledge.catalogue import Term
    from partnership_model.knowledge.evidence import Study
    from partnership_model.knowledge.facts import Fact, Form, Reference
    from partnership_model.knowledge.parameters import Standing
    from partnership_model.knowledge.schema import Range
    from partnership_model.model.calculations import Calculated

STATUS = {"announced": "announced", "proposed": "proposed", "enacted": "passed, not yet in force", "withdrawn": "withdrawn"}
KIND = {
    "gained": "Gained",
    "lost": "Lost",
    "changed": "Changed",
    "kept": "Kept",
    "unknown": "Not known",
    "not_open": "Not open to this school",
}
DESIGN = {
    "matched_comparison": "schools compared with similar schools",
    "natural_experiment": "a comparison that chance or a rule made",
    "administrative_data": "results of all schools, compared",
    "evaluation": "an evaluation of a programme",
    "survey": "a survey: what people said of themselves",
    "case_studies": "a few schools, described",
    "inspection_visits": "visits by inspectors",
    "review": "a reading of other studies",
    "claim": "a claim by somebody with an interest",
}
DIRECTION = {
    "better": "better results, on average",
    "mixed": "mixed results",
    "no_difference": "no clear difference",
    "worse": "worse results, on average",
    "not_measured": "results not measured",
}
SAID_TO_BE = {
    "better": "said to be better",
    "mixed": "said to be mixed",
    "no_difference": "said to make no difference",
    "worse": "said to be worse",
}
BACK = {"easy": "Easy", "medium": "Possible, with a procedure", "hard": "Hard", "none": "None was found"}
ROLES = {
    "parent": "a parent",
    "pupil": "a pupil",
    "teacher": "a teacher",
    "support_staff": "a member of the support staff",
    "head": "a head",
    "governor": "a governor",
}
_UNIT = {
    "GBP_per_school": ("£", " a school"),
    "GBP": ("£", ""),
    "percent": ("", "%"),
    "percent_of_budget": ("", "% of the budget"),
    "percent_of_top_slice": ("", "% of the top-slice"),
    "months": ("", " months"),
    "GBP_once": ("£", ", once"),
    "GBP_a_year": ("£", " a year"),
    "years": ("", " years"),
}
_WORD = re.compile(r"[\w-]+")
_WHOLE = re.compile(r"s?(?![\w-])")  # what follows a whole word, also in the plural
_INSIDE = re.compile(r"[\w-]")
_ONCE = ("set_up_cost", "leave_cost")


def told(fact: Fact) -> str:
    """Say a fact's short answer, or its figure."""
    if fact.amount is not None:
        return amount_of(fact)
    return fact.answer or fact.says


def amount_of(fact: Fact) -> str:
    """Say the figure of an amount."""
    return figure_of(fact.attribute, fact.amount, fact.unit) if fact.amount else fact.answer


def figure_of(attribute: str, amount: Range, unit: str | None) -> str:
    """Say the figure of an amount as its question means it: a saving is no cost, and some sums are paid once."""
    return figure(reversed_sign(amount) if attribute == "savings" else amount, unit or "", once=attribute in _ONCE)


def figure(amount: Range, unit: str, *, once: bool = False) -> str:
    """Say a range in its unit; one number where both ends are the same.

    >>> from partnership_model.knowledge.schema import Range
    >>> figure(Range(low=6, likely=9, high=18), "months")
    '6 to 18 months, likely 9'
    >>> figure(Range(low=0, likely=500, high=2000), "GBP_once")
    '£0 to £2,000, likely £500, once'
    """
    if unit == "GBP_per_pupil_per_year":
        return f"{span(amount, unit)} a pupil and year"
    before, after = _UNIT.get(unit, ("", ""))
    if amount.low == amount.high == 1 and unit in ("months", "years"):
        return f"1{after.removesuffix('s')}"
    low, likely, high = (_number(number, before) for number in (amount.low, amount.likely, amount.high))
    after += ", once" if once else ""
    if low == high:
        return f"{low}{after}"
    ends = after.startswith((",", " a year")) or not after.strip()
    return f"{low} to {high}, likely {likely}{after}" if ends else f"{low} to {high}{after}, likely {likely}"


def _number(number: float, before: str) -> str:
    size = f"{abs(number):,.0f}" if number == whole(number) or abs(number) >= 100 else f"{abs(number):,.1f}"
    return f"{'−' if number < 0 and size.strip('0.') else ''}{before}{size}"


def calculated(one: Calculated) -> str:
    """Say the result of a calculation, or what it lacks."""
    if one.amount is not None:
        return figure(one.amount, one.unit) + (f". Today: {figure(one.at_present, one.unit)}" if one.at_present else "")
    return one.says or f"Cannot be worked out: {one.missing}."


def standing(one: Standing, unit: str) -> str:
    """Say what a rule or an amount of the country is, and whether it is in force."""
    said = one.answer or (figure(one.amount, unit) if one.amount else one.says)
    return said if one.status == "in_force" else f"{said} ({STATUS[one.status]})"


def kind_of_school(base: KnowledgeBase, category: str, form: Form) -> str:
    """Name a kind of school, and how it stands today where it is not on its own."""
    label = base.categories[category].label
    return label if form == "alone" else f"{label} {base.forms[form].label}"


def footnote(fact: Fact, titles: Mapping[str, str]) -> str:
    """Say where a fact comes from, when it was read, and whom to ask."""
    parts = [f"{title}{place}" for title, place, _ in (cited(one, titles) for one in fact.references)]
    if fact.later_text:
        parts.append("the text that was read is later than the day asked about")
    if fact.ask:
        parts.append(f"ask {fact.ask}")
    return f"{fact.mark}: {'; '.join(parts)}." if parts else f"{fact.mark}."


def cited(one: Reference, titles: Mapping[str, str], href: str = "") -> tuple[str, str, str]:
    """Give a source's title, the place in it with the day of its text, and its address."""
    day = f"text of {plain_day(one.text_of)}" if one.text_of else "undated" if one.read else "not read"
    place = f", {one.at}" if one.at else ""
    return titles.get(one.source, one.source), f"{place} ({day}{', read in a public copy' if one.from_copy else ''})", href


def terms_in(text: str, glossary: Mapping[str, Term]) -> list[Term]:
    """Find the terms of the glossary that a text uses, in full or in short, in alphabetical order."""
    lowered = text.lower()
    used = set(_WORD.findall(lowered))
    found = [
        one
        for one in glossary.values()
        if any(_may_stand(used, name) and _stands_in(text if name.isupper() else lowered, name) for name in one.names)
    ]
    return sorted(found, key=lambda one: one.term.lower())


def _may_stand(used: set[str], name: str) -> bool:
    """Whether all words of a name are among those of a text, the last one perhaps in the plural: looked up before any search."""
    words = _words(name)
    return not words or (used.issuperset(words[:-1]) and (words[-1] in used or f"{words[-1]}s" in used))


@lru_cache(maxsize=4096)
def _words(name: str) -> list[str]:
    return _WORD.findall(name.lower())


def _stands_in(text: str, name: str) -> bool:
    """Whether a text has a name, also in the plural; a short form counts in capitals only, others in a text of small letters."""
    sought = name if name.isupper() else name.lower()
    at = text.find(sought)  # many times quicker than a pattern's search for whole words
    while at >= 0:
        if _WHOLE.match(text, at + len(sought)) and not (at and _INSIDE.match(text, at - 1)):
            return True
        at = text.find(sought, at + 1)
    return False


def studies_of_day(knowledge: KnowledgeOfDay) -> list[Study]:
    """Give the studies that were published by the day; one of the same year whose day nobody knows counts as published."""
    base, day = knowledge.base, knowledge.day
    published = {key: base.sources[one.source].date or day for key, one in base.evidence.evidence.items()}
    return [one for key, one in base.evidence.evidence.items() if one.year < day.year or (one.year == day.year and published[key] <= day)]


def how_many(study: Study) -> str:
    """Say how many were studied, and of how many."""
    if study.n is None:
        return f"number not seen ({study.unit})"
    return f"{study.n:,} {study.unit}" if study.out_of is None else f"{study.n:,} of {study.out_of:,} {study.unit}"


def direction(study: Study) -> str:
    """Say which way a study points; one that measured no pupils' results is not said to have found better ones."""
    if study.outcomes or study.direction == "not_measured":
        return DIRECTION[study.direction]
    return f"{SAID_TO_BE[study.direction]}, results not measured"


def care(study: Study) -> str:
    """Say what a study does not show, and from when its data are."""
    return study.caution + (f" Data: {study.data_from.rstrip('.')}." if study.data_from else "")


def impossible(study: Study) -> list[str]:
    """Say which printed percentages no whole number can make."""
    return [
        f"{one.percent:g}% of {one.of} {one.what} cannot be: "
        f"{one.nearest_possible[0]} of {one.of} is {one.nearest_possible[1]:.{one.decimals}f}%."
        for one in study.impossible
    ]
