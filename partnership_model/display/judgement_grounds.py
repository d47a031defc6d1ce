"""What a judgement rests on, one ground after the other: facts, studies and sources, each with its mark, its place and its days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from partnership_model.display import fact_words, phrases, words
from partnership_model.knowledge.schema import plain_day
from partnership_model.model.problem import FACT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.catalogue import MoveValue
    from partnership_model.knowledge.evidence import Study
    from partnership_model.knowledge.facts import Fact, Reference
    from partnership_model.model.problem import DecisionProblem, Judgement

STUDY = "study:"  # before the key, where evidence is a study
_LATER = ", which is after the day asked about"
Link = tuple[str, str, str]  # a source's title, the place in it with its days, and its address


@dataclass(frozen=True)
class Ground:
    """One thing that a judgement rests on.

    Attributes:
        kind: what it is, in a word.
        mark: how it is known; "" for a source that is named as a whole.
        days: from when it holds, when it was checked, or when it was published.
        more: what else a careful reader wants to know.
        links: where it stands; what has no address is only named.
    """

    kind: str
    title: str
    says: str
    mark: str = ""
    days: str = ""
    more: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


def grounds(problem: DecisionProblem, knowledge: KnowledgeOfDay, one: Judgement) -> tuple[Ground, ...]:
    """Give what a judgement rests on; nothing where nobody has named anything."""
    option, criterion = problem.option(one.option), problem.criteria[one.criterion]
    if one.origin == "group":
        return ()
    if criterion.derived == "money":
        return facts_of([(line.school, fact) for line in option.money.lines for fact in line.facts], knowledge)
    if criterion.derived == "exit":
        pairs = [(school, fact) for school, both in option.way_out.facts.items() for fact in both]
        return (*facts_of(pairs, knowledge), *_doors(problem, knowledge, one.option))
    return tuple(ground for name in one.evidence for ground in _named(name, problem, knowledge, one.option))


def _named(name: str, problem: DecisionProblem, knowledge: KnowledgeOfDay, option: str) -> Iterator[Ground]:
    """Give what a starting assumption names: facts as they are for each school, a study, or a source as a whole."""
    if name.startswith(FACT):
        schools = problem.option(option).screening.schools
        pairs = [(one.school, knowledge.fact(name.removeprefix(FACT), option, one.category, one.form)) for one in schools]
        yield from facts_of(pairs, knowledge)
    elif name.startswith(STUDY):
        yield _study(knowledge.base.evidence.evidence[name.removeprefix(STUDY)], knowledge)
    elif name in knowledge.base.sources:
        source = knowledge.base.sources[name]
        published = f", {plain_day(source.date)}" if source.date else ", no day is recorded"
        says = "Named as a whole: the passage that it rests on is not recorded."
        days = f"{source.publisher}{published}" + (_LATER if source.date and source.date > knowledge.day else "")
        yield Ground("Source", source.title, says, "", days, (), ((source.title, "", source.href or ""),))


def facts_of(pairs: Sequence[tuple[str, Fact]], knowledge: KnowledgeOfDay) -> tuple[Ground, ...]:
    """Give each fact once, with the schools for which it holds."""
    every = list(dict.fromkeys(school for school, _ in pairs))
    holds: dict[tuple[str, str, str, str], list[tuple[str, Fact]]] = {}
    for school, fact in pairs:
        holds.setdefault((fact.attribute, fact_words.told(fact), fact.says, fact.mark), []).append((school, fact))
    return tuple(
        _fact(held[0][1], phrases.those(list(dict.fromkeys(school for school, _ in held)), every), knowledge) for held in holds.values()
    )


def _fact(fact: Fact, schools: str, knowledge: KnowledgeOfDay) -> Ground:
    about = knowledge.base.attributes[fact.attribute]
    told = fact_words.told(fact)
    said = told if told == fact.says else f"{told}. {fact.says}"
    days = f"As of {plain_day(knowledge.day)}"
    days += f", recorded from {plain_day(fact.since)} on" if fact.since else ""
    days += f"; last checked on {plain_day(about.checked.date)}"
    more = [] if schools == "all" else [f"For {schools}."]
    more += [f"Prices of {fact.price_year}."] if fact.price_year else []
    more += [f"Status: {fact_words.STATUS[fact.status]}."] if fact.status in fact_words.STATUS else []
    more += ["The text that was read is later than the day asked about."] if fact.later_text else []
    more += [f"Ask {fact.ask}."] if fact.ask else []
    return Ground("Fact", about.question, said, fact.mark, days, tuple(more), links_of(fact.references, knowledge))


def links_of(references: Iterable[Reference], knowledge: KnowledgeOfDay) -> tuple[Link, ...]:
    """Give each reference's source, the place in it with the day of its text and the day it was read, and its address."""
    sources = knowledge.base.sources
    titles = {key: source.title for key, source in sources.items()}
    found = []
    for one in references:
        title, place, href = fact_words.cited(one, titles, one.href or sources[one.source].href or "")
        found.append((title, f"{place[:-1]}, read on {plain_day(one.read)})" if one.read else place, href))
    return tuple(found)


def _study(study: Study, knowledge: KnowledgeOfDay) -> Ground:
    source = knowledge.base.sources[study.source]
    later = study.year > knowledge.day.year or bool(source.date and source.date > knowledge.day)
    more = [
        f"Studied: {fact_words.how_many(study)}; {fact_words.DESIGN[study.design]}.",
        f"How far apart: {study.spread}",
        f"Care: {fact_words.care(study)}",
    ]
    more += [f"Withdrawn by its publisher; seen on {plain_day(study.withdrawn)}."] if study.withdrawn else []
    more += fact_words.impossible(study)
    more += [f"Ask {study.ask}."] if study.ask else []
    says = f"{study.found} {phrases.capital(fact_words.direction(study))}. Evidence: {words.GRADE[study.grade]}."
    days = f"{source.publisher}, {study.year}" + (_LATER if later else "")
    return Ground("Study", study.title, says, study.mark, days, tuple(more), links_of(study.references, knowledge))


def _doors(problem: DecisionProblem, knowledge: KnowledgeOfDay, start: str) -> Iterator[Ground]:
    """Give the law on going on to each of the other options."""
    for option in problem.options:
        move = knowledge.may_go(start, option.key) if option.key != start else None
        to = "standing alone again" if option.key == "stay" else option.in_a_sentence
        title = f"Can one go on to {to}?"
        if option.key == start:
            continue
        if move is None or move.mark is None:
            yield Ground("Door", title, f"Nothing is recorded for {plain_day(knowledge.day)}.")
        else:
            yield _door(title, move, knowledge)


def _door(title: str, move: MoveValue, knowledge: KnowledgeOfDay) -> Ground:
    says = f"{'Yes' if move.open else 'No way was found'}. {move.says or ''}".strip()
    days = f"As of {plain_day(knowledge.day)}, recorded from {plain_day(move.since)} on"
    more = (f"Ask {move.ask}.",) if move.ask else ()
    return Ground("Door", title, says, move.mark or "", days, more, links_of(move.references, knowledge))
