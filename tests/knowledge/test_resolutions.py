"""Resolutions of a case: strict, kept as they were written, and for governors unless they say otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from partnership_model.errors import FaultsError
from partnership_model.knowledge.case_archive import CASE, pack
from partnership_model.knowledge.case_writing import with_keys
from partnership_model.knowledge.cases import case_of, read_case
from partnership_model.knowledge.editions import case_key, left_out, public_edition
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.resolutions import BODIES, Resolution
from tests.knowledge.test_appraisal_record import SMALL

if TYPE_CHECKING:
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case

EVERY_KEY = """\
resolutions:
  - {body: governing_body, schools: [Infant A], options: [federation], says: That we propose to federate., state: asked,
     on: 2016-05-10, quorum: Half of the governors, for: public}
  - {body: diocese, state: not_asked}
  - {body: other, called: The parish council, state: passed, on: 2016-03-01}
"""


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    """Read the knowledge base once."""
    return read_knowledge()


def case_with(base: KnowledgeBase, resolutions: str = EVERY_KEY) -> Case:
    """Read the small case with resolutions."""
    return case_of({CASE: SMALL + resolutions}, "two-schools", base)


def test_every_key_of_a_resolution_is_read_and_none_has_to_be_given(base: KnowledgeBase) -> None:
    first, *_ = case_with(base).file.resolutions
    assert first.model_fields_set == set(Resolution.model_fields) - {"called"}
    assert case_with(base, "").file.resolutions == ()


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{body: governor, state: not_asked}", "body: found 'governor'; expected 'governing_body'"),
        ("{body: diocese}", "state: this key is missing"),
        ("{body: diocese, state: not_asked, when: 1}", "when: unknown key."),
        ("{body: diocese, state: asked}", "`asked`, `passed` and `refused` have a day (`on`); `not_asked` has none"),
        ("{body: diocese, state: not_asked, on: 2016-05-10}", "`asked`, `passed` and `refused` have a day"),
        ("{body: diocese, state: passed, on: May}", "on: found 'May'; expected a date that exists, such as 2016-04-15"),
        ("{body: other, state: not_asked}", "say which body it is: `called`"),
        ("{body: diocese, state: not_asked, schools: [Infant B]}", 'schools.0: "Infant B" is not a school of this case. Did you'),
        ("{body: diocese, state: not_asked, options: [stya]}", 'options.0: "stya" is not an option of this case. Did you mean "stay"?'),
        ("{body: diocese, state: not_asked, says: Write to clerk@example.org}", "this looks like an e-mail address; name roles"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(base: KnowledgeBase, entry: str, says: str) -> None:
    with pytest.raises(FaultsError, match=r"1 fault found\.$") as error:
        case_with(base, f"resolutions:\n  - {entry}\n")
    (found,) = map(str, error.value.faults)
    assert found.startswith("case.yaml:12: resolutions.0")
    assert says in found


def test_a_resolution_is_public_only_where_it_says_so(base: KnowledgeBase) -> None:
    case = case_with(base)
    public = public_edition(case)
    assert [one.body for one in public.file.resolutions] == ["governing_body"]
    assert "resolutions: 2 of 3" in left_out(case)
    assert case_key(case) == case_key(case_with(base, EVERY_KEY.replace("The parish council", "The town council")))


def test_resolutions_are_kept_when_another_key_is_saved_and_come_back_from_a_zip_file(base: KnowledgeBase, tmp_path: Path) -> None:
    text = SMALL + EVERY_KEY
    assert EVERY_KEY in with_keys(text, {"as_of": "2016-05-01"})
    path = tmp_path / "case.zip"
    path.write_bytes(pack("two-schools", {CASE: text}))
    assert read_case(path, base).file.resolutions == case_with(base).file.resolutions


def test_every_answer_on_consents_names_the_bodies_that_resolve(base: KnowledgeBase) -> None:
    consents = base.attributes["consents"]
    assert set(consents.resolved_by) == set(consents.codes)
    assert {body for bodies in consents.resolved_by.values() for body in bodies} < set(BODIES)
