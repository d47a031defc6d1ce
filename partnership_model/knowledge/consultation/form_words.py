"""What the forms of a consultation say, in each language that somebody wrote down."""

from __future__ import annotations

import string
from functools import cache
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from partnership_model.errors import FaultsError
from partnership_model.knowledge.schema import Key, ShortText, Strict, Text, parse
from partnership_model.knowledge.shipped import shipped
from partnership_model.knowledge.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from partnership_model.errors import Fault
    from partnership_model.knowledge.files import Document

ENGLISH = "en"
ENDS = ("from_worst", "to_best")  # how the two ends of a criterion are said


class FormWords(Strict):
    """One language.

    Attributes:
        language: its own name, as its readers write it.
        direction: whether it is read from the left or from the right.
        unchecked: says that no speaker of the language has read it yet.
    """

    language: ShortText
    direction: Literal["ltr", "rtl"]
    unchecked: Text | None = None
    words: dict[Key, Text] = Field(min_length=1)

    def say(self, key: str, **about: str) -> str:
        """Give the words of a key, with its gaps filled."""
        return self.words[key].format_map(about)


@cache
def form_words(language: str) -> FormWords:
    """Read one language.

    Raises:
        FaultsError: it is not there, or its keys or gaps are not those of English.
    """
    document = read_yaml(shipped("data", "form_words", f"{language}.yaml"))
    found = parse(FormWords, document)
    if language != ENGLISH:
        faults = list(_differences(document, found, form_words(ENGLISH)))
        if faults:
            raise FaultsError(faults)
    return found


def known_languages() -> tuple[str, ...]:
    """Give the languages that there are, by their codes."""
    return tuple(sorted(path.stem for path in shipped("data", "form_words").glob("*.yaml")))


def _differences(document: Document, found: FormWords, english: FormWords) -> Iterator[Fault]:
    for key in english.words.keys() - found.words.keys():
        yield document.fault(("words",), f"`{key}` is missing; English says: {english.words[key]}")
    for key, says in found.words.items():
        if key not in english.words:
            yield document.fault(("words", key), "English has no such key; leave it out")
        elif _gaps(says) != _gaps(english.words[key]):
            gaps = ", ".join(sorted(_gaps(english.words[key]))) or "none"
            yield document.fault(("words", key), f"its gaps differ from those of English, which are: {gaps}")


def _gaps(says: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(says) if name is not None}
