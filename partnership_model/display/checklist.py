"""What an appraisal gives of the twenty items of a credible one, and what it does not: named, never left out in silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from partnership_model.display.blocks import Table
from partnership_model.display.checklist_items import ITEMS, SECTIONS, Item, Part, Seen

if TYPE_CHECKING:
    from collections.abc import Iterator

State = Literal["given", "not_given", "not_public", "cannot"]
# Of these keys a public edition may lack what the case has, so nobody is told whether it has it.
MAY_BE_KEPT = ("appraisal.", "consultation.", "recommendation", "weights", "why", "aims", "next_steps")
NONE = "Nothing"
NEVER_KEPT = ("appraisal.decide_by", "appraisal.expires", "appraisal.shortlist")


@dataclass(frozen=True)
class Checked:
    """One part of an item, and whether this appraisal gives it.

    Attributes:
        fill_in: the key of the case by which it would be given; empty where it is given or cannot be.
        section: the anchor of the section in which it stands.
    """

    item: Item
    part: Part
    state: State
    fill_in: str
    section: str

    @property
    def name(self) -> str:
        """Give the part's own name, by which machines find it."""
        return f"{self.item.number}.{self.part.name}"

    @property
    def sentence(self) -> str:
        """Say what is missing and how to mend it; that it is given where it is."""
        if self.state == "cannot":
            return f"{self.part.says}: the workbook cannot do this yet. {self.part.cannot}."
        if self.state == "not_public":
            return f"{self.part.says}: nothing on this is in the public edition of the case."
        if self.state == "not_given":
            key, _, more = self.fill_in.partition(",")
            return f"{self.part.says}: the case does not give this. Fill in `{key}`{',' if more else ''}{more}."
        return f"{self.part.says}: given."


def checklist(seen: Seen) -> tuple[Checked, ...]:
    """Look at every part of every item."""
    return tuple(_checked(seen))


def _checked(seen: Seen) -> Iterator[Checked]:
    for item in ITEMS:
        for part in item.parts:
            where = part.consulted if part.consulted and seen.case.consulted else part.section
            fill_in = "" if part.cannot else part.fill_in(seen)
            if part.cannot:
                yield Checked(item, part, "cannot", "", where)
            elif not fill_in:
                yield Checked(item, part, "given", "", where)
            elif seen.case.edition == "public" and fill_in.startswith(MAY_BE_KEPT) and fill_in not in NEVER_KEPT:
                yield Checked(item, part, "not_public", "", where)
            else:
                yield Checked(item, part, "not_given", fill_in, where)


def missing(seen: Seen) -> list[Checked]:
    """Give what this appraisal lacks, in the order of the items."""
    return [one for one in checklist(seen) if one.state != "given"]


def counted(seen: Seen) -> str:
    """Say how many parts of a full appraisal are missing."""
    every, lacks = checklist(seen), missing(seen)
    if not lacks:
        return f"All {len(every)} parts of a full appraisal are given."
    return f"Of {len(every)} parts of a full appraisal, {len(lacks)} {'is' if len(lacks) == 1 else 'are'} missing."


def lacking(seen: Seen) -> list[str]:
    """Say of each part that is missing how to mend it, and once of which parts nothing is public."""
    lacks = missing(seen)
    said = [one.sentence for one in lacks if one.state != "not_public"]
    kept = [one.part.says for one in lacks if one.state == "not_public"]
    return [*said, *([f"Nothing on these is in the public edition of the case: {'; '.join(kept)}."] if kept else [])]


def table(seen: Seen) -> Table:
    """Give every item with where its parts stand and which are missing. Columns: Item, Given, and where, Missing."""
    every = checklist(seen)
    rows = tuple(
        (f"{item.number}. {item.title}", _given(parts) or NONE, "; ".join(one.part.says for one in parts if one.state != "given") or NONE)
        for item in ITEMS
        for parts in [[one for one in every if one.item is item]]
    )
    return Table("The twenty items of a full appraisal, and where each stands", ("Item", "Given, and where", "Missing"), rows)


def _given(parts: list[Checked]) -> str:
    """Name the parts that are given, by the section in which they stand."""
    found: dict[str, list[str]] = {}
    for one in parts:
        if one.state == "given":
            found.setdefault(SECTIONS[one.section], []).append(one.part.says)
    return ". ".join(f"{'; '.join(says)}: “{section}”" for section, says in found.items())


def data(seen: Seen) -> list[dict[str, Any]]:
    """Give the same for `result.json`."""
    return [
        {
            "item": one.item.number,
            "title": one.item.title,
            "part": one.part.name,
            "says": one.part.says,
            "section": one.section,
            "state": one.state,
            "fill_in": one.fill_in or None,
            "missing": None if one.state == "given" else one.sentence,
        }
        for one in checklist(seen)
    ]
