"""The board paper: what governors need for their meeting, on two pages, from the same numbers as the report."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from partnership_model.display import fact_words, mistake_parts, phrases, resolution_words, tables, words
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Stamp, Table
from partnership_model.display.consultation.in_short import in_short
from partnership_model.display.not_public import lacks
from partnership_model.display.sections import door_finding, nearest_switches
from partnership_model.knowledge.relied_on import ELIGIBILITY, NOT_OPEN
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.analysis.mistakes.found import Mistake
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.facts import Form
    from partnership_model.model.problem import ProblemOption
    from partnership_model.model.resolutions import Standing

# The six facts, with the head of the column of each.
FACTS = {
    "delegation": "What our governors still decide",
    "employer": "Who employs staff",
    "budget": "Whose budget it is",
    "land": "Who owns the land",
    "admissions_authority": "Who decides on admissions",
    "leave_decider": "Who can take us out again",
}
MOST = 4  # items of a list; the rest stands in the report, and the paper says how many
AHEAD = dt.timedelta(days=7)
LIKELY = ("likely", "possible", "unlikely")
EFFECT = ("severe", "serious", "slight")
AS_TODAY = "As today"


def board_paper(
    case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay, mistakes: Sequence[Mistake], resolutions: Sequence[Standing]
) -> list[Block]:
    """Give the blocks of the paper, in the order in which a meeting asks.

    Args:
        case: whose words these are; nothing is recommended that it does not recommend.
        appraisal: what follows.
        knowledge: the facts of the day.
        mistakes: the warnings, which are counted.
        resolutions: what each body has to resolve.
    """
    return [
        *_head(case, resolutions),
        *_why(case),
        *_options(case, appraisal, knowledge),
        *_what_follows(appraisal, mistakes),
        *_doors(appraisal),
        *_risks(case, appraisal),
        *_heard(case),
        Heading("What each body has to resolve", 2, "resolutions"),
        *resolution_words.table(resolutions, case, appraisal.problem),
        *_recommendation(case),
        Paragraph(
            f"{words.NOT_LEGAL_ADVICE} Law and facts are meant for {plain_day(knowledge.day)}. All else stands in the report.", "note"
        ),
    ]


def _head(case: Case, resolutions: Sequence[Standing]) -> list[Block]:
    file = case.file
    stamps = [words.EDITION[case.edition], *(["illustrative"] if file.illustrative else []), words.CASE_STATUS[file.status]]
    by = file.appraisal.decide_by
    until = f" It is to be decided by {plain_day(by)}." if by else ""
    return [
        Heading(file.title, 1),
        *map(Stamp, stamps),
        Paragraph(meeting(resolutions), "note"),
        Heading("What is asked", 2, "summary"),
        Paragraph(f"{file.decision} {file.decides}{until}"),
    ]


def meeting(resolutions: Sequence[Standing]) -> str:
    """Say for which meeting the paper is and by when it goes out: seven days ahead."""
    days = [one.resolution.on for one in resolutions if one.resolution and one.resolution.state == "asked" and one.resolution.on]
    if not days:
        return "A paper for governors, to go out seven days before they meet. The case gives no day of a meeting."
    return f"A paper for governors who meet on {plain_day(min(days))}, to go out by {plain_day(min(days) - AHEAD)}, seven days ahead."


def some(items: Iterable[str]) -> Bullets:
    """List a few items, and say how many more there are: nothing is cut without a word."""
    every = list(items)
    more = len(every) - MOST
    shown = every if more <= 1 else every[:MOST]
    return Bullets((*shown, *([f"And {more} more, in the report."] if more > 1 else [])))


def _why(case: Case) -> list[Block]:
    if not case.file.why:
        return [Heading("Why now", 2), Paragraph(lacks(case, "The case does not say why the group is asking."), "missing")]
    return [Heading("Why now", 2), some(one.says for one in case.file.why)]


def _options(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    problem = appraisal.problem
    left = [option for option in problem.options if option.status != "closed"]
    closed = [option.label for option in problem.options if option.status == "closed"]
    rows = tuple((_named(option, case, knowledge), *(changed(name, option, case, knowledge) for name in FACTS)) for option in left)
    blocks: list[Block] = [Heading("The options, and what each would change", 2)]
    blocks += [Table("Six facts", ("Option", *FACTS.values()), rows)] if rows else []
    return [*blocks, *([Paragraph(f"Closed: {phrases.listed(closed)}.", "note")] if closed else [])]


def _kinds(case: Case, knowledge: KnowledgeOfDay) -> dict[tuple[str, Form], str]:
    """Name each kind of school among those that decide, without the word school."""
    kinds = dict.fromkeys((one.category, one.form) for one in case.members)
    return {kind: fact_words.kind_of_school(knowledge.base, *kind).removesuffix(" school") for kind in kinds}


def _named(option: ProblemOption, case: Case, knowledge: KnowledgeOfDay) -> str:
    """Name an option, with the kinds of school that have no place in it."""
    kinds = _kinds(case, knowledge)
    shut = [named for kind, named in kinds.items() if knowledge.fact(ELIGIBILITY, option.key, *kind).code == NOT_OPEN]
    return f"{option.label} (not for: {phrases.listed(shut)})" if shut and len(shut) < len(kinds) else option.label


def changed(attribute: str, option: ProblemOption, case: Case, knowledge: KnowledgeOfDay) -> str:
    """Say the answer to one question under one option, with the kinds of school it is for; as today where nothing changes."""
    said: dict[str, list[str]] = {}
    every = _kinds(case, knowledge)
    inside = {kind: named for kind, named in every.items() if knowledge.fact(attribute, option.key, *kind).code != NOT_OPEN}
    for kind, named in (inside or every).items():
        today, then = (fact_words.told(knowledge.fact(attribute, key, *kind)) for key in ("stay", option.key))
        said.setdefault(AS_TODAY if option.key != "stay" and today == then else then, []).append(named)
    few_first = sorted(said.items(), key=lambda pair: len(pair[1]))
    parts = [f"{text} ({phrases.listed(named)})" for text, named in few_first[:-1]]
    text, named = few_first[-1]
    rest = "" if not parts else f" ({named[0]})" if len(named) == 1 else " (others)"
    return phrases.capital("; ".join(phrases.uncapital(part) for part in (*parts, text + rest)))


def _what_follows(appraisal: Appraisal, mistakes: Sequence[Mistake]) -> list[Block]:
    problem = appraisal.problem
    costs = {row["Option"]: row["The group"] for row in tables.money_table(problem).to_dict("records")}
    frame = tables.summary_table(appraisal)
    frame["Cost a pupil and year"] = [costs.get(name, "") for name in frame["Option"]]
    points = (*nearest_switches(appraisal), words.unconfirmed(problem), mistake_parts.counted(mistakes, "The report says more of each."))
    return [
        Heading(words.headline(appraisal), 2),
        Paragraph(words.explanation(appraisal)),
        Bullets(points),
        Table.of("What follows, and how sure", frame),
        *([Paragraph(words.not_a_chance(problem), "note")] if appraisal.robustness else []),
    ]


def _doors(appraisal: Appraisal) -> list[Block]:
    problem = appraisal.problem
    closing: dict[str, list[str]] = {}
    for option in problem.options:
        if option.way_out.closed_doors and option.status != "closed":
            closing.setdefault(tables.doors(problem, option.way_out.closed_doors), []).append(option.key)
    lines = [f"From {words.labels(problem, keys)} no way was found to: {doors}." for doors, keys in closing.items()]
    return [Heading(door_finding(problem), 2), *([some(lines)] if lines else [])]


def _risks(case: Case, appraisal: Appraisal) -> list[Block]:
    found = case.file.appraisal.risks
    if found is None:
        return [Heading("Risks", 2), Paragraph(lacks(case, "The case gives no risks: ask for them before the meeting."), "missing")]
    lines = []
    for one in sorted(found, key=lambda one: (EFFECT.index(one.effect), LIKELY.index(one.likely))):
        about = words.labels(appraisal.problem, one.options) if one.options else "all options"
        lines.append(f"{one.risk.rstrip('.')} ({about}; {one.effect}, {one.likely}). {one.meet.rstrip('.')} ({one.who}).")
    return [Heading("Risks, the worst ones first", 2), some(lines)]


def _heard(case: Case) -> list[Block]:
    found = case.file.appraisal.consultation
    told = list(in_short(case))
    if found is None and told:
        return [Heading("What others said", 2), Bullets(tuple(told))]
    if found is None:
        text = lacks(case, "The case does not say what others were asked, nor what they said.")
        return [Heading("What others said", 2), Paragraph(text, "missing")]
    lines = []
    for one in found:
        answered = f"{one.answered:,} answered" if one.answered is not None else "how many answered is not given"
        heard = " ".join(each.says for each in one.heard) or "What they said is not given."
        lines.append(f"{one.of} ({answered}): {heard}" + (f" Since then: {one.changed}" if one.changed else ""))
    return [Heading("What others said", 2), *([Bullets(tuple(told))] if told else []), some(lines)]


def _recommendation(case: Case) -> list[Block]:
    said = case.file.recommendation
    heading = Heading("The recommendation", 2)
    if said is None:
        text = lacks(case, "Not given. A recommendation is the group's own; the workbook never writes one.")
        return [heading, Paragraph(text, "missing")]
    parts = (("Conditions", said.conditions), ("Dissent", said.dissent))
    return [
        heading,
        Paragraph(said.says),
        *(Paragraph(f"{name}: {' '.join(items) or 'none'}") for name, items in parts if items is not None),
    ]
