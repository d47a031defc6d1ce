"""Ballots on paper, in large print: what stands on them, for the page and the PDF alike."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from partnership_model.display.consultation.case_texts import CaseTexts
from partnership_model.display.consultation.form_page import PAGES
from partnership_model.display.static_files import static_text
from partnership_model.knowledge.consultation.ballots import SUPPORTS
from partnership_model.knowledge.consultation.form_words import ENDS, form_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from partnership_model.display.consultation.case_texts import CaseText
    from partnership_model.knowledge.consultation.question_set import QuestionSet


@cache
def paper_style() -> str:
    """Give the style of what is printed."""
    return static_text("consultation/paper.css")


def paper_ballot(questions: QuestionSet, language: str, code: str, address: str) -> dict[str, Any]:
    """Give what stands on every ballot, as plain data.

    Args:
        questions: what is asked.
        language: the code of a language that the question set names.
        code: of the session.
        address: at which the form is there too.
    """
    words, own = form_words(language), CaseTexts(questions, language)
    say = words.say
    semicolon = "؛ " if words.direction == "rtl" else "; "
    texts = ("not_a_vote", "paper_nameless", "paper_choose", "paper_order_hint", "paper_points_hint", "paper_support_hint", "paper_title")
    more = ("paper_comment_hint", "decides", "group", "school", "rather_not", "no_school", "order", "points", "support", "comment")
    return {
        **{key: say(key) for key in (*texts, *more)},
        "paper_place": words.words["paper_place"],
        "language": language,
        "direction": words.direction,
        "code": code,
        "once": say("paper_once", address=address, code=code),
        "back": say("paper_return", day=own.day(questions.keep_until)),
        "title": _text(own.title, language),
        "asks": _text(own.asks, language),
        "about": _text(own.about, language),
        "decides_says": _text(own.decides, language),
        "groups": [_text(own.group(one.group), language) for one in questions.adults],
        "schools": [_text(own.english(one), language) for one in questions.schools] if len(questions.schools) > 1 else [],
        "criteria": [
            {
                "label": _text(own.label(one), language),
                "ends": [_text(end, language) for end in own.ends(one)],
                "from_to": _around(semicolon.join(words.words[key] for key in ENDS)),
            }
            for one in questions.criteria
        ],
        "options": [{"label": _text(own.label(one), language), "plain": _text(own.plain(one), language)} for one in questions.options],
        "levels": [say(level) for level in SUPPORTS],
        "asks_points": "points" in questions.also,
        "asks_comment": "comment" in questions.also,
        "illustrative": questions.illustrative,
    }


def numbers(language: str, first: int, last: int) -> list[str]:
    """Name the ballots."""
    say = form_words(language).say
    return [say("paper_number", number=str(number)) for number in range(first, last + 1)]


def paper_page(ballot: dict[str, Any], named: Sequence[str]) -> str:
    """Write the ballots as a page to print."""
    style = Markup(paper_style())  # noqa: S704 - our own file
    return PAGES.get_template("consultation/paper_ballot.html.j2").render(b=ballot, named=named, style=style)


def paper_data(ballot: dict[str, Any], named: Sequence[str]) -> str:
    """Give the ballots as the PDF's template takes them."""
    return json.dumps({"ballot": ballot, "named": list(named)}, ensure_ascii=False)


def _text(text: CaseText, language: str) -> dict[str, str]:
    return {"says": text.says, "language": "en" if text.mark else language}


def _around(from_to: str) -> list[str]:
    """Cut "from {worst} to {best}" at its gaps, whichever comes first in a language."""
    before, _, rest = from_to.partition("{")
    first, _, rest = rest.partition("}")
    between, _, rest = rest.partition("{")
    _, _, after = rest.partition("}")
    return [before, between, after, "0" if first == "worst" else "1"]
