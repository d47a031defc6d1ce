"""What `partnership facts` prints, and the base as one table."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from partnership_model.display import fact_words, phrases
from partnership_model.errors import PartnershipError, nearest
from partnership_model.knowledge.listing import COLUMNS, all_values, cited, count_marks, rows, stale, stale_rules, use
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    import datetime as dt

    from partnership_model.knowledge.base import KnowledgeBase, KnowledgeOfDay
    from partnership_model.knowledge.facts import Fact, Mark

NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
LONE_RETURN = re.compile(r"\r(?!\n)")  # the csv writer leaves it bare, and it would end the row
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would work these out


def totals(base: KnowledgeBase) -> list[str]:
    """Count the dated values of each part of the base, and all of them together by mark, with their share."""
    parts = (
        (f"{len(base.attributes)} questions with {{}} dated values", (value for _, value in base.values())),
        (f"{len(base.parameters)} rules and amounts with {{}}", (value for one in base.parameters.values() for value in one.values)),
        (f"{len(base.moves)} moves with {{}}", (value for one in base.moves for value in one.values)),
        (f"{len(base.fact_sheets)} fact sheets with {{}}", (fact for one in base.fact_sheets.values() for fact in one.facts)),
    )
    counted = [said.format(sum(count_marks(values).values())) for said, values in parts]
    counts = count_marks(all_values(base))
    every = sum(counts.values())
    shares = [f"{count} {mark} ({100 * count / (every or 1):.0f}%)" for mark, count in counts.items()]
    return [f"{'; '.join(counted)}; together {every}: {', '.join(shares)}."]


def listing(base: KnowledgeBase, *, mark: str = "", only_stale: bool = False, day: dt.date) -> list[str]:
    """List the questions with the number of their values by mark, their age and their use.

    A list of what went stale has the rules and amounts too.
    """
    old = set(stale(base, day))
    lines = []
    for name, attribute in base.attributes.items():
        counts = count_marks(value for cell in attribute.cells for value in cell.values)
        if (mark and not counts[mark]) or (only_stale and name not in old):  # type: ignore[index]  # `mark` is one of the four
            continue
        used = use(base, name)
        parts = [
            _marks(counts),
            f"checked {attribute.checked.date}, {'STALE since' if name in old else 'good until'} {attribute.stale_after}",
            f"answers {len(used.questions)} of the forty questions, carries {len(used.assumptions)} starting assumptions"
            + (f", asked by must-haves {', '.join(used.gates)}" if used.gates else ""),
        ]
        lines.append(f"{name}: {attribute.question} {'; '.join(parts)}.")
    for name in stale_rules(base, day) if only_stale else ():
        rule = base.parameters[name]
        counts = count_marks(iter(rule.values))
        if not mark or counts[mark]:  # type: ignore[index]  # as above
            lines.append(f"{rule.kind} {name}: {rule.question} {_marks(counts)}; STALE since {rule.stale_after}.")
    return lines


def _marks(counts: dict[Mark, int]) -> str:
    return ", ".join(f"{count} {mark}" for mark, count in counts.items() if count)


def answer(knowledge: KnowledgeOfDay, attribute: str, option: str, category: str, form: str) -> list[str]:
    """Answer one question for one kind of school.

    Raises:
        PartnershipError: a name that is not known, with the nearest that is.
    """
    base = knowledge.base
    known = (("question", attribute, base.attributes), ("option", option, base.options), ("category", category, base.categories))
    for what, name, names in known:
        if name not in names:
            message = f'"{name}" is not {phrases.one_of(what)} of the knowledge base. {nearest(name, names)}'
            raise PartnershipError(message)
    forms = base.categories[category].forms
    if form not in forms:
        message = f'"{form}" is not a present form of {phrases.one_of(base.categories[category].label)}. {nearest(form, forms)}'
        raise PartnershipError(message)
    if option not in knowledge.options:
        message = f"{base.options[option].label} does not exist on {plain_day(knowledge.day)}."
        raise PartnershipError(message)
    return _answer_lines(knowledge, knowledge.fact(attribute, option, category, form))  # type: ignore[arg-type]  # checked above


def _answer_lines(knowledge: KnowledgeOfDay, fact: Fact) -> list[str]:
    base = knowledge.base
    kind = phrases.one_of(fact_words.kind_of_school(base, fact.category, fact.form))
    lines = [
        base.attributes[fact.attribute].question,
        f"{base.options[fact.option].label}, {kind}, on {plain_day(knowledge.day)}:",
        *(f"  {said}" for said in dict.fromkeys((fact_words.told(fact), fact.says))),
        f"  Mark: {fact.mark}{'' if fact.status == 'in_force' else f', {fact_words.STATUS[fact.status]}'}"
        + (f"; holds since {plain_day(fact.since)} or earlier" if fact.since else ""),
    ]
    lines += [
        f"  {number}. {step.do} ({step.who}), {step.months.low:g} to {step.months.high:g} months"
        for number, step in enumerate(fact.steps, 1)
    ]
    lines += [f"  Source: {cited(base, one)}" for one in fact.references]
    lines += ["  The text that was read is later than the day asked about."] if fact.later_text else []
    return lines + ([f"  Ask: {fact.ask}"] if fact.ask else [])


def as_csv(base: KnowledgeBase) -> str:
    """Write every dated value of the facts as one row of a CSV file that a spreadsheet cannot mistake for sums."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: as_cell(text) for key, text in row.items()} for row in rows(base))
    return out.getvalue()


def as_cell(text: str) -> str:
    """Keep a spreadsheet from working a text out, and a row whole; a plain number may begin with a minus.

    >>> as_cell("=1+1"), as_cell("-50"), as_cell("A school")
    ("'=1+1", '-50', 'A school')
    """
    harmless = f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text
    return LONE_RETURN.sub("\n", harmless)
