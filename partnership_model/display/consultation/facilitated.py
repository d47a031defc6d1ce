"""What the facilitator's pages share: the ways to each other, the style and the script."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from partnership_model.display.consultation.form_page import PAGES, form_style
from partnership_model.display.static_files import static_text
from partnership_model.knowledge.consultation.form_words import ENGLISH, form_words

if TYPE_CHECKING:
    from partnership_model.knowledge.consultation.question_set import QuestionSet

WAYS = (
    ("/consultation", "Overview"),
    ("/consultation/comments", "Comments"),
    ("/consultation/paper", "Paper"),
    ("/consultation/meetings", "Meetings and letters"),
    ("/consultation/sheets", "Classes"),
    ("/consultation/channels", "All channels"),
    ("/consultation/projector", "For the projector (new tab)"),
    ("/governors", "The dashboard"),
)


@cache
def _style() -> str:
    return form_style() + static_text("consultation/facilitator.css")


@cache
def _script() -> str:
    return static_text("consultation/facilitator.js")


@cache
def policy() -> str:
    """Let a browser run our own style and script on these pages, and ask only where they came from."""
    style, script = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (_style(), _script()))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def drawn_page(template: str, title: str, **about: Any) -> str:  # noqa: ANN401 - what the template takes
    """Write a page with our style and script."""
    words = form_words(ENGLISH)
    return PAGES.get_template(f"consultation/{template}.html.j2").render(
        language=ENGLISH,
        words=words,
        say=words.say,
        title=title,
        style=Markup(_style()),  # noqa: S704 - our own file
        script=Markup(_script()),  # noqa: S704 - our own file
        refresh="",
        translated=False,
        **about,
    )


def facilitated(template: str, title: str, here: str, questions: QuestionSet, **about: Any) -> str:  # noqa: ANN401 - what the template takes
    """Write a page of the facilitator's, with the ways to the others."""
    ways = [one for one in WAYS if questions.learners or one[0] != "/consultation/sheets"]
    place = dict(ways).get(here, "Consultation")
    return drawn_page(template, title, ways=ways, here=here, place=place, questions=questions, **about)
