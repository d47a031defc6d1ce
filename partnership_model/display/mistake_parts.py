"""Where the mistakes that were found stand in the report, on the command line and in `result.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from partnership_model.analysis.mistakes.found import KINDS
from partnership_model.analysis.mistakes.weighing import own_leaders, ways_of_counting
from partnership_model.display import mistake_words, phrases, words
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.display.mistake_names import GUARDS, NAMES
from partnership_model.display.mistake_words import said
from partnership_model.display.rounding import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.mistakes.found import Kind, Mistake
    from partnership_model.knowledge.cases import Case

Section = Literal["facts", "must_haves", "what_matters", "what_follows", "how_sure", "what_next"]
SECTIONS: dict[Section, tuple[Kind, ...]] = {
    "facts": ("stale_facts",),
    "must_haves": ("no_do_nothing", "deal_breaker"),
    "what_matters": (
        *("double_counting", "weights_without_ranges", "adding_errors", "weights_after_scores", "strategic_voting", "who_counts"),
        *("averaged_conflict", "cost_twice"),
    ),
    "what_follows": ("equal_scores", "local_scale", "blanks", "dominated", "cost_per_point", "rank_reversal"),
    "how_sure": ("false_precision", "optimism", "built_to_lose"),
    "what_next": ("predetermination",),
}
WAYS = {"group": "One voice for each group", "person": "One voice for each person", "school": "One voice for each school"}
TITLE = "Looked for: the mistakes that appraisals are known for"
NONE = "None of the mistakes that appraisals are known for was found in this one."


def counted(mistakes: Sequence[Mistake], where: str = "Each stands where it matters, and all of them at the end.") -> str:
    """Say for the summary how many were found, and which."""
    if not mistakes:
        return NONE
    names = [phrases.uncapital(NAMES[kind]) for kind in KINDS if any(one.kind == kind for one in mistakes)]
    return f"This appraisal has {phrases.counted(len(mistakes), 'warning')} about itself: {'; '.join(names)}. {where}"


def beside(section: Section, mistakes: Sequence[Mistake], appraisal: Appraisal) -> list[Block]:
    """Give the warnings of one section; nothing where there are none."""
    here = [said(one, appraisal) for one in mistakes if one.kind in SECTIONS[section]]
    if not here:
        return []
    heading = "A warning" if len(here) == 1 else f"{len(here)} warnings"
    return [Heading(heading, 3), Bullets(tuple(f"{NAMES[one.kind]}. {one.sentence}" for one in here))]


def who_counts(case: Case, appraisal: Appraisal) -> list[Block]:
    """Say what comes first for each way of counting voices, and for each group alone; nothing for a single group."""
    ways = ways_of_counting(case, appraisal)
    if not ways:
        return []
    rows = [
        {"Who counts": WAYS[one.counted], "Comes first": _first(appraisal, one.leaders), "Used here": _used(one.counted, case)}
        for one in ways
    ]
    alone = own_leaders(appraisal)
    rows += [
        {"Who counts": f"{phrases.capital(name)} alone", "Comes first": _first(appraisal, keys), "Used here": ""}
        for name, keys in alone.items()
    ]
    return [Table.of_rows("Who counts, and what comes first then on the likely figures", rows)]


def _first(appraisal: Appraisal, keys: Sequence[str] | None) -> str:
    if keys is None:
        return "Cannot be said: the groups are not of one school each"
    return phrases.capital(words.labels(appraisal.problem, keys)) + (" (tied)" if len(keys) > 1 else "")


def _used(counted_by: str, case: Case) -> str:
    if counted_by != case.file.who_counts:
        return ""
    return "Yes" if "who_counts" in case.file.model_fields_set else "Yes, since the case does not say"


def annex(mistakes: Sequence[Mistake], case: Case, appraisal: Appraisal) -> list[Block]:
    """List every kind of mistake, with what was found, and else with what keeps it out."""
    rows = [_row(kind, mistakes, case, appraisal) for kind in KINDS]
    columns = ("Mistake", "Here", "What to do, or what keeps it out")
    return [Heading(TITLE, 3), Paragraph(counted(mistakes)), Table("What was looked for, and what was found", columns, tuple(rows))]


def _row(kind: Kind, mistakes: Sequence[Mistake], case: Case, appraisal: Appraisal) -> tuple[str, str, str]:
    here = [said(one, appraisal) for one in mistakes if one.kind == kind]
    if here:
        return NAMES[kind], " ".join(one.says for one in here), here[0].do
    because = mistake_words.unchecked(kind, case, appraisal)
    return NAMES[kind], f"Not checked: {because}" if because else "Not found.", GUARDS[kind]


def lines(mistakes: Sequence[Mistake], appraisal: Appraisal) -> list[str]:
    """Give one line for each warning."""
    return [f"{NAMES[one.kind]}: {said(one, appraisal).sentence}" for one in mistakes]


def data(mistakes: Sequence[Mistake], case: Case, appraisal: Appraisal) -> dict[str, Any]:
    """Give the mistakes for `result.json`: those found, and the kinds that nothing could be looked for in."""
    unchecked = [{"kind": kind, "because": because} for kind in KINDS if (because := mistake_words.unchecked(kind, case, appraisal))]
    return {
        "found": [
            {"kind": one.kind, "where": list(one.where), "found": _plain(one.found), "says": it.says, "why": it.why, "do": it.do}
            for one in mistakes
            for it in (said(one, appraisal),)
        ],
        "not_checked": unchecked,
    }


def _plain(part: Any) -> Any:  # noqa: ANN401 - plain data
    if isinstance(part, dict):
        return {key: _plain(one) for key, one in part.items()}
    if isinstance(part, list | tuple):
        return [_plain(one) for one in part]
    return number(part) if isinstance(part, float) else part
