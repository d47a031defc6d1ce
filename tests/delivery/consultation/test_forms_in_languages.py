"""The forms in several languages: chosen, asked for by the browser, switched without a loss; English is marked where it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.knowledge.consultation.case_words import CaseWords, CriterionWords
from partnership_model.knowledge.consultation.form_words import form_words
from tests.delivery.consultation.hall_serving import Hall, hall

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "pl", "ro", "ur", "ar")
POLISH = CaseWords(
    asks="Co jest dla Was najważniejsze?",
    criteria={"cost": CriterionWords(label="Koszty", worst="drożej", best="taniej")},
    options={"federation": "Federacja", "umbrella_trust": "Trust parasolowy"},
    plain={"federation": "Szkoły mają jedną radę."},
    groups={"Staff": "Pracownicy"},
)


@pytest.fixture(scope="module")
def evening(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """An evening in five languages, for one of which the case has words of its own."""
    with hall(tmp_path_factory.mktemp("evening"), languages=LANGUAGES, translations={"pl": POLISH}) as opened:
        yield opened


def said(code: str, key: str) -> str:
    """Give the words of a key, as they stand in a page."""
    return form_words(code).words[key].replace("'", "&#39;")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_page_is_in_the_language_that_was_chosen(evening: Hall, code: str) -> None:
    asked = f"?lang={code}"
    tag = f'<html lang="{code}" dir="{form_words(code).direction}">'
    for path, key in (
        ("/", "join_title"),
        (evening.form, "order"),
        (f"{evening.form}/privacy", "privacy_closes_says"),
        (f"{evening.form}/change", "change_hint"),
        ("/AAAAAA", "wrong_code"),
        ("/no/such/page", "nowhere_says"),
    ):
        page = evening.ask(path + asked).text
        assert tag in page
        assert said(code, key) in page
        assert (said(code, "english_counts") in page) == (code != "en")
    fields = evening.ask(evening.form + asked).fields
    assert said(code, "thanks") in evening.ask(evening.form, {**fields, "place.cost": "1"}).text
    assert said(code, "error_empty") in evening.ask(evening.form, fields).text


def test_a_browser_is_answered_in_its_own_language_where_there_is_a_form_in_it(evening: Hall) -> None:
    for header, code in (("pl-PL,pl;q=0.9,en;q=0.8", "pl"), ("de,ro;q=0.5", "ro"), ("xx", "en"), (";;q=,," * 40, "en"), ("ur;q=0", "en")):
        assert f'<html lang="{code}"' in evening.ask("/", Accept_Language=header).text
    assert '<html lang="ur"' in evening.ask("/?lang=ur", Accept_Language="pl").text
    assert '<html lang="en"' in evening.ask("/?lang=%FF%FE").text


def test_switching_the_language_keeps_all_that_was_typed_and_sends_nothing(evening: Hall) -> None:
    before = len(evening.store.ballots(evening.consultation.id))
    typed = {
        "group": "Staff",
        "school": "Junior B",
        "place.cost": "2",
        "points.staff": "60",
        "support.federation": "against",
        "comment": "Ę <b>",
    }
    fields = {**evening.ask(evening.form).fields, **typed}
    switched = evening.ask(evening.form, {**fields, "switch": "ar"})
    assert switched.status == 200
    assert '<html lang="ar" dir="rtl">' in switched.text
    assert 'role="alert"' not in switched.text
    assert {name: switched.fields[name] for name in typed} == typed | {"comment": "Ę <b>"}
    assert switched.fields["participant"] == fields["participant"]
    assert len(evening.store.ballots(evening.consultation.id)) == before
    kept = evening.ask(evening.form, {**switched.fields, "points.staff": ""})
    assert said("ar", "thanks") in kept.text


def test_enter_sends_the_form_and_does_not_switch_the_language(evening: Hall) -> None:
    """A browser presses the first button of a form."""
    page = evening.ask(evening.form).text
    assert page.index("<button") == page.index('<button form="form" class="unseen"') < page.index('name="switch"')


def test_what_the_case_says_in_a_language_stands_there_and_the_rest_is_marked_as_english(evening: Hall) -> None:
    page = evening.ask(f"{evening.form}?lang=pl").text
    assert "<h1>Co jest dla Was najważniejsze?</h1>" in page
    assert '<label for="place.cost">Koszty</label>' in page
    assert '<label for="place.staff" lang="en" dir="ltr">Staff</label>' in page
    assert '<label for="support.federation">Federacja</label>' in page
    assert '<span class="hint" id="plain.federation">Szkoły mają jedną radę.</span>' in page
    assert '<span class="hint" id="plain.umbrella_trust" lang="en" dir="ltr">Separately governed schools' in page
    assert 'value="Staff"><span>Pracownicy</span>' in page  # what is kept is the English name
    fields = {**evening.ask(f"{evening.form}?lang=pl").fields, "place.cost": "9"}
    assert "Koszty: podaj miejsce od 1 do 8" in evening.ask(evening.form, fields).text


def test_a_language_that_the_form_does_not_have_changes_nothing(evening: Hall) -> None:
    fields = {**evening.ask(evening.form).fields, "place.cost": "1", "switch": "../../etc/passwd", "lang": "xx"}
    assert "Your receipt" in evening.ask(evening.form, fields).text
