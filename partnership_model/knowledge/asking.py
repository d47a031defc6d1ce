"""Finds what answers a question that somebody typed: the questions that governors ask, and every other fact."""

from __future__ import annotations

import difflib
import math
import re
import statistics
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.catalogue import Term
    from partnership_model.knowledge.questions import Calculation

FOUND_AT_MOST = 3
LEAST = 0.34  # of the weight of the words that were typed; below this a hit is chance
MISTYPED, UNKNOWN = 0.5, 0.3  # what such a word counts for
SHORTEST_MISTYPED = 5  # letters; a shorter word is near to too many others
NEARLY = 0.8  # so alike are two words that one may be the other mistyped
_WORD = re.compile(r"[a-z]{2,}")
_LITTLE = frozenset(
    re.findall(
        "[a-z]+",
        """
        am an and are as at be been but by can could did do does for from go had has have how if in into is it its just let may me
        might must my no not of on one or our ours shall should so still than that the their them then there they this to under up us
        was we were what when where which who whom whose why will with would yes you your school schools
        """,
    )
)


@dataclass(frozen=True)
class Found:
    """Something that answers: one of the forty questions, or a fact that none of them needs."""

    asks: str
    attributes: tuple[str, ...]
    calculations: tuple[Calculation, ...] = ()
    number: int | None = None


@dataclass(frozen=True)
class _Entry:
    found: Found
    title: frozenset[str]
    words: frozenset[str]


def find(base: KnowledgeBase, text: str) -> tuple[Found, ...]:
    """Give what answers a question, the best first; nothing where no word of weight fits.

    Words count by how rare they are among the questions, those of the question itself more than those of its facts
    (inverse document frequency: K. Sparck Jones, 1972, Journal of Documentation 28, 11-21). A word taken for a
    mistyped one counts half, and so does a word that nothing knows.
    """
    entries = _entries(base)
    rarity = _rarity(entries)
    meant = {word: _meant(word, rarity) for word in _words(text)}
    common = statistics.median(rarity.values()) if rarity else 0.0
    whole = sum(rarity[one] if one else UNKNOWN * common for one in meant.values())
    scored = []
    for place, entry in enumerate(entries):
        hits = [(word, one) for word, one in meant.items() if one and one in entry.words]
        score = sum(rarity[one] * (1.0 if one in entry.title else 0.6) * (1.0 if one == word else MISTYPED) for word, one in hits)
        if whole and score / whole >= LEAST:
            spare = len(entry.title) / 1000  # of two questions that fit alike the shorter one says it more plainly
            scored.append((-score / whole + spare, place, entry.found))
    return tuple(found for *_, found in sorted(scored, key=lambda one: one[:2])[:FOUND_AT_MOST])


def explained(base: KnowledgeBase, text: str) -> tuple[Term, ...]:
    """Give the terms that a question names, the longest first: what somebody asks who says `what is a federation`."""
    found = [
        one
        for one in base.glossary.values()
        if any(re.search(rf"(?<![\w-]){re.escape(name)}s?(?![\w-])", text, re.IGNORECASE) for name in one.names)
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.term), one.term))[:FOUND_AT_MOST])


def _words(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(text.lower().replace("’", "'").replace("'s", "")) if word not in _LITTLE)


def _stem(word: str) -> str:
    """Take the commonest endings off, so that `pensions` finds `pension`."""
    for ending, kept in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
        if word.endswith(ending) and not word.endswith("ss") and len(word) - len(ending) >= 3:  # noqa: PLR2004 - a stem has three letters
            return word[: -len(ending)] + kept
    return word


def _meant(word: str, known: Mapping[str, float]) -> str | None:
    if word in known:
        return word
    return next(iter(difflib.get_close_matches(word, known, 1, NEARLY)), None) if len(word) >= SHORTEST_MISTYPED else None


def _rarity(entries: tuple[_Entry, ...]) -> dict[str, float]:
    counts = Counter(word for entry in entries for word in entry.words)
    return {word: math.log(1 + len(entries) / count) for word, count in counts.items()}


@lru_cache(maxsize=2)
def _entries(base: KnowledgeBase) -> tuple[_Entry, ...]:
    answered = {name for question in base.questions for name in question.attributes}
    found = [
        (Found(question.asks, question.attributes, question.calculations, question.number), (question.asks, *question.also))
        for question in base.questions
    ]
    found += [(Found(one.question, (name,)), (one.question,)) for name, one in base.attributes.items() if name not in answered]
    entries = []
    for one, titles in found:
        title = frozenset().union(*(_words(text) for text in titles))
        about = [base.attributes[name] for name in one.attributes]
        rest = (text for attribute in about for text in (attribute.question, attribute.description, attribute.attribute.replace("_", " ")))
        entries.append(_Entry(one, title, title.union(*(_words(text) for text in rest))))
    return tuple(entries)
