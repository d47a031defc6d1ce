"""The pages that a participant sees: joining, the form, the receipt. They work without scripts and need nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from partnership_model.display.consultation.case_texts import CaseTexts
from partnership_model.display.static_files import static_text
from partnership_model.knowledge.consultation.ballots import LONGEST_COMMENT, PLACE, SHARE, SUPPORT, SUPPORTS, Ballot
from partnership_model.knowledge.consultation.form_words import ENDS, ENGLISH, form_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from partnership_model.display.consultation.case_texts import CaseText
    from partnership_model.display.consultation.typed_back import Said
    from partnership_model.knowledge.consultation.ballots import FormFault
    from partnership_model.knowledge.consultation.form_words import FormWords
    from partnership_model.knowledge.consultation.question_set import QuestionSet

PAGES = jinja2.Environment(
    loader=jinja2.PackageLoader("partnership_model.display", "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    auto_reload=False,  # else each page looks at the files again, which a hall would notice
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.filters["twice"] = lambda text: (text, text)  # a choice whose value is what it says
SCRIPTED = (
    "higher",
    "lower",
    "points_so_far",
    "not_sent",
    "draft_back",
    "draft_asks",
    "draft_mine",
    "draft_other",
)  # words that the script says


@dataclass(frozen=True)
class Onward:
    """How a device is given to the next person.

    Attributes:
        address: to which it is sent.
        sitting: which ends so.
        proof: that something was sent in it.
    """

    address: str
    sitting: str
    proof: str


@cache
def form_style() -> str:
    """Give the style of every page here."""
    return static_text("consultation/form.css")


@cache
def form_script() -> str:
    """Give the script of the form."""
    return static_text("consultation/form.js")


@cache
def form_policy() -> str:
    """Let a browser run our own style and script on these pages, and load nothing."""
    style, script = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (form_style(), form_script()))
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; img-src data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def _page(template: str, language: str, *, title: str, scripted: bool = False, refresh: str = "", **about: Any) -> str:  # noqa: ANN401
    words = form_words(language)
    return PAGES.get_template(f"consultation/{template}.html.j2").render(
        language=language,
        words=words,
        say=words.say,
        title=title,
        style=Markup(form_style()),  # noqa: S704 - our own file
        script=Markup(form_script()) if scripted else "",  # noqa: S704 - our own file
        refresh=refresh,
        translated=language != ENGLISH,
        **about,
    )


def _languages(codes: Sequence[str]) -> list[dict[str, str]]:
    return [{"code": code, "name": form_words(code).language, "direction": form_words(code).direction} for code in codes]


def message_page(  # noqa: PLR0913 - what a message leads to
    key: str,
    language: str = ENGLISH,
    *,
    link: tuple[str, str] | None = None,
    refresh: str = "",
    said: Sequence[Said] = (),
    onward: Onward | None = None,
) -> str:
    """Write a page of one heading and one sentence, such as `closed` and `closed_says`.

    Args:
        key: which.
        language: the code of a language.
        link: the address that leads on, and the key of what it is called.
        refresh: after how many seconds the page is asked for again.
        said: what somebody typed and nobody kept, to be copied.
        onward: how a device is given to the next person.
    """
    words = form_words(language)
    way = {"address": link[0], "text": words.say(link[1])} if link else None
    return _page(
        "message",
        language,
        title=words.say(key),
        text=words.say(f"{key}_says"),
        link=way,
        refresh=refresh,
        said=said,
        onward=onward,
        scripted=key == "left",
        left=key == "left",
    )


def join_page(action: str, language: str = ENGLISH, *, typed: str = "", fault: str = "", languages: Sequence[str] = ()) -> str:
    """Ask for the code of a session."""
    say = form_words(language).say
    said = {"label": say("join_code"), "hint": say("join_hint"), "fault": say(fault) if fault else ""}
    ways = {"languages": _languages(languages), "sitting": ""}
    return _page("typed_code", language, title=say("join_title"), action=action, typed=typed, **ways, **said)


def change_page(action: str, language: str = ENGLISH, *, typed: str = "", fault: str = "", sitting: str = "") -> str:
    """Ask for a receipt."""
    say = form_words(language).say
    said = {"label": say("receipt"), "hint": say("change_hint"), "fault": say(fault) if fault else ""}
    ways = {"languages": [], "sitting": sitting}
    return _page("typed_code", language, title=say("change_title"), action=action, typed=typed, **ways, **said)


def receipt_page(receipt: str, address: str, language: str, *, again: bool, onward: Onward) -> str:
    """Say that the answers are kept, and by what they can be changed; nothing of the answers stands here."""
    say = form_words(language).say
    title = say("thanks_again" if again else "thanks")
    change = f"{address}/change?lang={language}"
    return _page("receipt", language, title=title, scripted=True, receipt=receipt, change=change, onward=onward)


def privacy_page(questions: QuestionSet, address: str, language: str) -> str:
    """Say what happens with the answers."""
    words, own = form_words(language), CaseTexts(questions, language)
    return _page(
        "privacy",
        language,
        title=words.say("privacy"),
        questions=questions,
        own=own,
        schools=[own.english(one) for one in questions.schools],
        day=own.day(questions.keep_until),
        back=f"{address}?lang={language}",
    )


def form_page(  # noqa: PLR0913 - what a form is filled with
    questions: QuestionSet,
    address: str,
    language: str,
    *,
    participant: str,
    proof: str,
    sitting: str,
    typed: Mapping[str, str],
    faults: Sequence[FormFault] = (),
    trouble: str = "",
    fresh: bool = False,
) -> str:
    """Write the form, with what was typed and what is wrong with it.

    Args:
        questions: what is asked.
        address: the path of the session.
        language: the code of a language that the question set names.
        participant, proof: what makes sending it twice count once.
        sitting: what tells this person's time at a device from the next one's.
        typed: the fields as they were sent.
        faults: what is wrong with them.
        trouble: the key of what went wrong with the page as a whole, such as `stale`.
        fresh: whether nobody has typed anything yet.
    """
    words, own = form_words(language), CaseTexts(questions, language)
    says = [{"at": one.at, "says": words.say(f"error_{one.key}", **own.about_faults(one.about))} for one in faults]
    first = [{"at": "form", "says": words.say(f"error_{trouble}")}] if trouble else []
    return _page(
        "form",
        language,
        title=own.title.says,
        scripted=True,
        script_words=json.dumps({key: words.words[key] for key in SCRIPTED}),
        questions=questions,
        own=own,
        action=address,
        privacy=f"{address}/privacy?lang={language}",
        change=f"{address}/change?lang={language}",
        empty=f"{address}?lang={language}",
        languages=_languages(questions.languages),
        ends={one.key: _ends(words, *own.ends(one)) for one in questions.criteria},
        day=own.day(questions.keep_until),
        participant=participant,
        proof=proof,
        sitting=sitting,
        fresh=fresh,
        typed=typed,
        faults=[*first, *says],
        faults_at={one["at"]: one["says"] for one in reversed(says)},
        asks_level=typed.get("level") == "yes" or any(one.key == "level" for one in faults),
        opened={"points": _said(typed, SHARE), "support": _said(typed, SUPPORT)},
        levels=SUPPORTS,
        most_letters=str(LONGEST_COMMENT),
    )


def typed_of(ballot: Ballot) -> dict[str, str]:
    """Give the fields of a form that say what a ballot says."""
    places, steps = ballot.places, set(ballot.places.values())
    return {
        "group": ballot.group,
        "school": ballot.school,
        "comment": ballot.comment,
        "level": "yes" if len(steps) < len(places) else "",
        **{f"{PLACE}{name}": str(place) for name, place in places.items()},
        **{f"{SHARE}{name}": str(share) for name, share in ballot.points.items()},
        **{f"{SUPPORT}{name}": level for name, level in ballot.support.items()},
    }


def _ends(words: FormWords, worst: CaseText, best: CaseText) -> list[Markup]:
    """Say from where to where a criterion goes, an end a line."""
    said = {"worst": worst, "best": best}
    marked = {name: Markup("<bdi><i{}>{}</i></bdi>").format(one.mark, one.says) for name, one in said.items()}
    return [Markup(words.words[key]).format(**marked) for key in ENDS]  # noqa: S704 - the gaps are escaped


def _said(typed: Mapping[str, str], prefix: str) -> bool:
    return any(value for name, value in typed.items() if name.startswith(prefix))
