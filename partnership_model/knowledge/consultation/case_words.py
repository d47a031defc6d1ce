"""What a case says of its own questions in another language; what it leaves out is said in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from partnership_model.knowledge.consultation.form_words import ENGLISH, known_languages
from partnership_model.knowledge.schema import Strict, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from partnership_model.errors import Fault
    from partnership_model.knowledge.case_names import Hints
    from partnership_model.knowledge.files import Document, Place


class CriterionWords(Strict):
    """A criterion and its two ends."""

    label: Text
    worst: Text
    best: Text


class CaseWords(Strict):
    """The case's own texts in one language.

    Attributes:
        options: what each is called.
        plain: what each option is, in a sentence.
    """

    title: Text | None = None
    asks: Text | None = None
    about: Text | None = None
    decides: Text | None = None
    notice: Text | None = None
    criteria: dict[str, CriterionWords] = Field(default_factory=dict, max_length=40)
    options: dict[str, Text] = Field(default_factory=dict, max_length=40)
    plain: dict[str, Text] = Field(default_factory=dict, max_length=40)
    groups: dict[str, Text] = Field(default_factory=dict, max_length=12)


def language_faults(
    document: Document, at: str, plan: Mapping[Any, Any], known: Mapping[str, Sequence[str]], hints: Hints
) -> Iterator[Fault]:
    """Find each language without words of its own, and each name in a translation that the case does not know.

    Args:
        document: the case.
        at: the key under which the plan stands.
        plan: what stands there.
        known: the names of criteria, options and groups.
        hints: what a wrong name may have been meant for.
    """
    asked, own = plan.get("languages"), plan.get("translations")
    languages = [one for one in asked[:100] if isinstance(one, str)] if isinstance(asked, list) else [ENGLISH]
    there = known_languages()
    for index, code in enumerate(languages):
        if asked is not None and code not in there:
            says = f'no form is written in "{code}" yet. {hints.near(code, there)} docs/consultation.md says how to add one'
            yield document.fault((at, "languages", index), says)
    for code, texts in list(own.items())[:100] if isinstance(own, dict) else ():
        place: Place = (at, "translations", code)
        if code == ENGLISH:
            yield document.fault(place, "English is what stands in the case itself; leave it out here")
        elif code not in languages:
            yield document.fault(place, f'"{code}" is not among the `languages` of the form')
        for kind, what in {**{kind: kind for kind in known}, "plain": "options"}.items():
            names = known[what]
            given = texts.get(kind) if isinstance(texts, dict) else None
            for name in given if isinstance(given, dict) else ():
                if isinstance(name, str) and name not in names:
                    yield document.fault((*place, kind, name), f'"{name}" is none of the {what} that are asked. {hints.near(name, names)}')
