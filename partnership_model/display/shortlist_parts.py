"""The shortlist compared on money, risk, consultation and law, with the risks, equality and consultation of the case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.display import cash_words, phrases, screening_words
from partnership_model.display.blocks import Block, Bullets, Heading, Paragraph, Table
from partnership_model.display.record_parts import NOT_SAID, cited, lacks
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    from partnership_model.analysis.appraisal import Appraisal
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.knowledge.cases import Case
    from partnership_model.knowledge.record_entries import Consultation
    from partnership_model.model.problem import ProblemOption

NOT_GIVEN = "not given"
FEWEST = 5  # answers of a group of which a share is said: of fewer, each could be guessed
STANDS_ON = "Scores narrow and explain. What is left is compared here on money, risk, consultation and law; no score stands in this table."


def shortlist(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    """Compare the shortlist side by side, then give risks, equality and consultation."""
    options = shortlisted(case, appraisal)
    rows = tuple(
        (
            option.label,
            cash_words.in_short(case, option, knowledge),
            _risk(case, option.key),
            _heard(case, option.key),
            _law(option),
        )
        for option in options
    )
    blocks: list[Block] = [Heading("The shortlist side by side", 2, "shortlist"), Paragraph(STANDS_ON)]
    if case.file.appraisal.shortlist is None:
        blocks.append(
            Paragraph(
                "The group has named no shortlist: every option that is open and that no other beats on all counts is here.", "missing"
            )
        )
    columns = ("Option", "Money", "Risk", "Consultation", "Law")
    blocks += [Table("Money, risk, consultation and law", columns, rows)] if rows else [Paragraph("No option is left.", "missing")]
    return [*blocks, *_risks(case, appraisal), *_equality(case), *_consultation(case, appraisal, knowledge)]


def shortlisted(case: Case, appraisal: Appraisal) -> list[ProblemOption]:
    """Give the options that the group put on its shortlist; without one those that are open and that no other beats on all counts."""
    problem, named = appraisal.problem, case.file.appraisal.shortlist
    if named is not None:
        return [option for option in problem.options if option.key in (*named, "stay")]
    beaten = {one.option for one in appraisal.dominated}
    return [option for option in problem.ranked_options if option.key not in beaten or option.key == "stay"]


def _law(option: ProblemOption) -> str:
    """Say whether the law and the must-haves leave an option open, and why."""
    status, because = screening_words.status(option), screening_words.because(option)
    return because if because.startswith(status) else f"{status}. {because}"


def _risk(case: Case, option: str) -> str:
    carried = [one for one in case.file.appraisal.risks or () if not one.options or option in one.options]
    said = "; ".join(f"{one.risk.rstrip('.')} ({one.likely}, {one.effect})" for one in carried)
    return f"{said}." if said else NOT_GIVEN


def _heard(case: Case, option: str) -> str:
    said = [f"{one.of}: {heard.says}" for one in case.file.appraisal.consultation or () for heard in one.heard if heard.option == option]
    return " ".join(said) or NOT_GIVEN


def _risks(case: Case, appraisal: Appraisal) -> list[Block]:
    risks = case.file.appraisal.risks
    blocks: list[Block] = [Heading("Risks", 3)]
    if not risks:
        return [*blocks, lacks(case, "The case names no risks, and no way to meet them.")]
    rows = tuple(
        (
            one.risk,
            phrases.listed(appraisal.problem.option(key).label for key in one.options) if one.options else "all",
            one.likely,
            one.effect,
            one.meet,
            one.who,
        )
        for one in risks
    )
    return [*blocks, Table("Risks and how each is met", ("Risk", "Options", "How likely", "How bad", "How it is met", "Who"), rows)]


def _equality(case: Case) -> list[Block]:
    equality = case.file.appraisal.equality
    blocks: list[Block] = [Heading("Equality", 3)]
    if equality is None:
        return [
            *blocks,
            lacks(case, "The case does not say what was looked at for equality. Schools have to think about it before they decide."),
        ]
    blocks += [Paragraph(f"What was looked at: {equality.looked_at}"), Bullets(equality.findings)]
    if equality.signed and equality.on:
        return [*blocks, Paragraph(f"Signed: {equality.signed}, {plain_day(equality.on)}.")]
    return [*blocks, Paragraph("Nobody has signed this yet.", "missing")]


def _consultation(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[Block]:
    rounds = case.file.appraisal.consultation
    blocks: list[Block] = [Heading("Consultation", 3), *_told(case)]
    if not rounds and case.consulted:
        return blocks
    if not rounds:
        return [*blocks, lacks(case, "The case does not say what was asked in a consultation, how many answered, or what that changed.")]
    rows = tuple((one.of, cited(one.asked, one, knowledge), _when(one), _answers(one), one.changed or NOT_SAID) for one in rounds)
    columns = ("Asked of", "What was asked", "When and how", "Answers", "What it changed")
    blocks.append(Table("What was asked, how many answered, what it changed", columns, rows))
    heard = [
        (one.of, appraisal.problem.option(part.option).label if part.option else "all of it", part.says)
        for one in rounds
        for part in one.heard
    ]
    return [*blocks, Table("What was heard", ("Who", "About", "What they said"), tuple(heard))] if heard else blocks


def _told(case: Case) -> list[Block]:
    """Lead to what a closed consultation left, and say what it changed; nothing where none was closed."""
    if case.consulted is None:
        return []
    themes = case.file.consultation.themes if case.file.consultation else ()
    changed = [one.changed for one in themes if one.changed]
    see = "See \N{LEFT DOUBLE QUOTATION MARK}What people told us\N{RIGHT DOUBLE QUOTATION MARK}."
    if changed:
        return [Paragraph(f"{see} What it changed:"), Bullets(tuple(changed))]
    return [Paragraph(f"{see} What it changed is not said yet.", "missing")]


def _when(one: Consultation) -> str:
    days = [f"{word} {plain_day(day)}" for word, day in (("from", one.opened), ("to", one.closed)) if day]
    said = phrases.capital(" ".join(days))
    return " ".join(filter(None, (f"{said}." if said else "", one.how or ""))) or NOT_SAID


def _answers(one: Consultation) -> str:
    if one.answered is None:
        return NOT_SAID if one.invited is None else f"{one.invited:,} invited; how many answered is not said"
    few = f"fewer than {FEWEST}" if one.answered < FEWEST else f"{one.answered:,}"
    return f"{few} of {one.invited:,}" if one.invited else f"{few}; how many were invited is not said"
