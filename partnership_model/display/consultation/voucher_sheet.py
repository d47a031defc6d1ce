"""Printed codes: sheets to cut up, one code for each person, household or class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from partnership_model.display.consultation.case_texts import CaseTexts
from partnership_model.display.consultation.channel_words import EACH
from partnership_model.display.consultation.form_page import PAGES
from partnership_model.display.consultation.paper_ballot import paper_style
from partnership_model.knowledge.consultation.form_words import form_words
from partnership_model.knowledge.schema import plain_day

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from partnership_model.knowledge.consultation.question_set import QuestionSet

IN_ONE = 4  # letters of a code that stand together


def voucher_sheet(questions: QuestionSet, group: str, address: str, until: dt.date | None, qr: str) -> dict[str, Any]:
    """Give what stands on every coupon, as plain data.

    Args:
        questions: what is asked, in which languages.
        group: whom the codes are for, or "" for anybody.
        address: at which the form is.
        until: the last day on which they can be used.
        qr: the address as a drawing.
    """
    unit = next((one.unit for one in questions.groups if one.group == group), None)
    said = []
    for code in questions.languages:
        words, own = form_words(code), CaseTexts(questions, code)
        texts = [own.title.says, words.say("coupon", address=address), words.say("coupon_once"), words.say("not_a_vote")]
        said.append({"language": code, "direction": words.direction, "texts": texts})
    return {
        "title": questions.title,
        "group": f"{group}: {EACH[unit]}" if unit else "",
        "until": f"To be used until {plain_day(until)}" if until else "",
        "illustrative": questions.illustrative,
        "said": said,
        "qr": qr,
        "address": address,
    }


def voucher_page(sheet: dict[str, Any], codes: Sequence[str]) -> str:
    """Write the coupons as a page to print."""
    style, qr = (Markup(text) for text in (paper_style(), sheet["qr"]))  # noqa: S704 - our own file, and drawn by segno
    return PAGES.get_template("consultation/voucher_sheet.html.j2").render(sheet=sheet, codes=_read_out(codes), style=style, qr=qr)


def voucher_data(sheet: dict[str, Any], codes: Sequence[str]) -> str:
    """Give the coupons as the PDF's template takes them."""
    return json.dumps({**sheet, "codes": _read_out(codes)}, ensure_ascii=False)


def _read_out(codes: Sequence[str]) -> list[str]:
    return ["-".join(code[at : at + IN_ONE] for at in range(0, len(code), IN_ONE)) for code in codes]
