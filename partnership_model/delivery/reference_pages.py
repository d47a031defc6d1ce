"""The knowledge base as pages of the documentation, written by `partnership facts --pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.delivery.fact_list import totals
from partnership_model.display import fact_words, phrases, words
from partnership_model.knowledge.facts import ALWAYS_ALLOWED
from partnership_model.knowledge.listing import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.facts import Attribute, DatedValue, Reference

TOPICS = {
    "control": "Control: who decides",
    "people": "People: staff and heads",
    "children": "Children: admissions, curriculum, character",
    "money": "Money, land and buildings",
    "exit": "Exit: getting out again",
    "process": "Process: who may, who must agree, how long",
    "policy": "Policy and intervention",
}


def as_pages(base: KnowledgeBase) -> dict[str, str]:
    """Write the base as pages of the documentation, by file name: an index, one page a topic, rules and amounts of the country."""
    pages = {"README.md": _index(base)}
    for topic, title in TOPICS.items():
        asked = [one for one in base.attributes.values() if one.topic == topic]
        parts = [f"# {title}", "", WRITTEN, ""] + [line for one in asked for line in _attribute_page(base, one)]
        pages[f"{topic}.md"] = _page(parts)
    parts = [f"# {OTHERS['parameters']}", "", WRITTEN, ""]
    for key, one in base.parameters.items():
        where = f", {one.holds_for}" if one.holds_for else ""
        parts += [f"## {one.question}", "", f"`{key}`{where}. {one.description}", ""]
        parts += [line for value in one.values for line in _value_lines(base, value, _told(value, one.codes, key, one.unit))] + [""]
    pages["parameters.md"] = _page(parts)
    return pages | {
        "criteria.md": _criteria(base),
        "evidence.md": _evidence(base),
        "moves.md": _moves(base),
        "fact_sheets.md": _sheets(base),
        "glossary.md": _glossary(base),
    }


OTHERS = {
    "parameters": "Rules and amounts of the country, and of single councils",
    "moves": "From which option one may go on to which",
    "fact_sheets": "Other routes, ways of joining, and combinations",
    "evidence": "What research shows",
    "criteria": "Criteria, and the starting assumptions",
    "glossary": "Words",
}


WRITTEN = "Written by `partnership facts --pages`; do not edit it by hand. The data are in `data/`."


def _page(parts: list[str]) -> str:
    return "\n".join(parts).rstrip() + "\n"


def _index(base: KnowledgeBase) -> str:
    meanings = (
        "the passage was read and says so",
        "a source is named, its passage was not read or is doubtful",
        "not verified",
        "low, likely and high",
    )
    parts = ["# Reference: the knowledge base", "", WRITTEN, "", *totals(base), "", "| mark | means |", "|---|---|"]
    parts += [f"| {mark} | {meaning} |" for mark, meaning in zip(MARKS, meanings, strict=True)]
    parts += ["", "## Pages", "", *(f"- [{title}]({topic}.md)" for topic, title in TOPICS.items())]
    parts += [f"- [{title}]({name}.md)" for name, title in OTHERS.items()]
    parts += ["", "## Names", "", "| name | means |", "|---|---|"]
    parts += [f"| {key} | {one.label} |" for key, one in base.options.items()]
    parts += [f"| {key} | {one.label} |" for key, one in base.categories.items()]
    parts += [f"| {key} | {', '.join(base.categories[name].label for name in names)} |" for key, names in base.groups.items()]
    parts += [f"| {key} | {one.label}: {one.plain} |" for key, one in base.forms.items()]
    parts += ["", "## The forty questions", ""]
    parts += [f"{one.number}. {one.asks} ({_answered_by(one.attributes, one.calculations)})" for one in base.questions]
    return _page(parts)


def _answered_by(attributes: Iterable[str], calculations: Iterable[str]) -> str:
    return ", ".join([*(f"`{name}`" for name in attributes), *(f"worked out: {name.replace('_', ' ')}" for name in calculations)])


def _attribute_page(base: KnowledgeBase, attribute: Attribute) -> list[str]:
    parts = [f"## {attribute.question}", "", f"`{attribute.attribute}`. {attribute.description}"]
    parts += [f"Checked {attribute.checked.date}; stale after {attribute.stale_after}.", ""]
    for cell in attribute.cells:
        covers = [
            "every option" if cell.options == "any" else ", ".join(cell.options),
            "every category" if cell.categories == "any" else ", ".join(cell.categories),
            "" if cell.forms == "any" else ", ".join(cell.forms),
        ]
        parts.append(f"- {'; '.join(part for part in covers if part)}")
        parts += [
            line
            for one in cell.values
            for line in _value_lines(base, one, _told(one, attribute.codes, attribute.attribute, attribute.unit), "  ")
        ]
    return [*parts, ""]


def _value_lines(base: KnowledgeBase, one: DatedValue, short: str, indent: str = "") -> list[str]:
    references = "; ".join(_short(base, reference) for reference in one.references)
    return [f"{indent}- {one.since}: {_value(one, short)}", *([f"{indent}  Source: {references}."] if references else [])]


def _short(base: KnowledgeBase, one: Reference) -> str:
    """Link a source, with the place in it and the day of its text."""
    source, href = base.sources[one.source], one.href or base.sources[one.source].href
    title = f"[{source.title}](<{href}>)" if href else source.title
    return title + (f", {one.at}" if one.at else "") + (f", text of {one.text_of}" if one.text_of else ", undated")


def _value(one: DatedValue, short: str) -> str:
    if one.ended:
        return "the rule ended"
    status = "" if one.status == "in_force" else f", {fact_words.STATUS[one.status]}"
    return f"{f'**{short}.** ' if short else ''}{one.says} ({one.mark}{status}{f'; ask {one.ask}' if one.ask else ''})"


def _told(one: DatedValue, codes: dict[str, str], attribute: str, unit: str | None) -> str:
    """Say the short answer of a value, or its figure."""
    if one.amount:
        return fact_words.figure_of(attribute, one.amount, unit)
    return {**ALWAYS_ALLOWED, **codes}.get(one.code or "", "")


def _criteria(base: KnowledgeBase) -> str:
    parts = [f"# {OTHERS['criteria']}", "", WRITTEN, ""]
    for key, one in base.criteria.items():
        overlaps = f" Overlaps with {phrases.listed(base.criteria[name].label for name in one.overlaps)}." if one.overlaps else ""
        parts += [f"## {one.label}", "", f"`{key}`{', one of the eight defaults' if one.default else ''}. {one.question}", ""]
        parts += [f"0 is: {one.worst}. 100 is: {one.best}.{overlaps}", ""]
        rows = [found for (_, name), found in base.assumptions.items() if name == key]
        if rows:
            parts += ["| option | low, likely, high | evidence | rests on | why |", "|---|---|---|---|---|"]
        for row in rows:
            figures = f"{row.amount.low:g}, {row.amount.likely:g}, {row.amount.high:g}"
            label = base.options[row.option].label
            parts.append(f"| {label} | {figures} | {words.GRADE[row.grade]} | {', '.join(row.evidence)} | {row.reasoning} |")
        parts.append("" if rows else "Computed from facts.\n" if one.derived else "No starting assumption: a group judges it itself.\n")
    return _page(parts)


def _evidence(base: KnowledgeBase) -> str:
    parts = [f"# {OTHERS['evidence']}", "", WRITTEN, "", base.evidence.in_short, ""]
    for key, one in base.evidence.evidence.items():
        source = base.sources[one.source]
        link = f"[{source.title}](<{source.href}>)" if source.href else source.title
        parts += [f"## {one.title} ({one.year})", "", f"`study:{key}`. {fact_words.how_many(one)}; {fact_words.DESIGN[one.design]}.", ""]
        parts += [f"{one.found} ({fact_words.direction(one)}) How far apart: {one.spread} Care: {one.caution}", ""]
        parts += [*fact_words.impossible(one), f"Strength: {words.GRADE[one.grade]}. {one.mark}: {link}, {one.at}.", ""]
    return _page(parts)


def _moves(base: KnowledgeBase) -> str:
    parts = [f"# {OTHERS['moves']}", "", WRITTEN, ""]
    parts += ["Months and sums are estimates, whatever the mark of the law. For a school that was council-maintained before.", ""]
    for move in base.moves:
        parts += [f"## {', '.join(move.from_options)} to {', '.join(move.to_options)}", ""]
        for one in move.values:
            if one.ended:
                parts.append(f"- {one.since}: the rule ended")
                continue
            parts += _value_lines(base, one, "")
            if one.open and one.months and one.amount:
                figures = f"{fact_words.figure(one.months, 'months')}; {fact_words.figure(one.amount, 'GBP_per_school', once=True)}"
                back = fact_words.BACK[one.back].lower() if one.back else "not known"
                parts.append(
                    f"  Open. {figures}. Applies: {one.applies}. Consents: {one.consents}. Way back: {back}. Lands as: {one.lands}."
                )
            else:
                parts.append(f"  {'Open' if one.open else 'No way was found'}.")
        parts.append("")
    return _page(parts)


def _sheets(base: KnowledgeBase) -> str:
    parts = [f"# {OTHERS['fact_sheets']}", "", WRITTEN, ""]
    for sheet in base.fact_sheets.values():
        parts += [f"## {sheet.label}", "", sheet.plain, ""]
        for one in sheet.facts:
            parts += [f"**{one.question}**", "", *_value_lines(base, one, _told(one, {}, "", "GBP")), ""]
    return _page(parts)


def _glossary(base: KnowledgeBase) -> str:
    terms = sorted(base.glossary.values(), key=lambda one: one.term.lower())
    return _page([f"# {OTHERS['glossary']}", "", WRITTEN, "", *(f"- **{one.term}**: {one.plain}" for one in terms)])
