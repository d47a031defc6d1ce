"""What the appraisal notebook calls: a case opened once, and each section of its appraisal as an output."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import shlex
from functools import cached_property
from typing import TYPE_CHECKING, Any

from partnership_model import __version__
from partnership_model.analysis.appraisal import SAMPLES, SEED, Appraisal, appraise
from partnership_model.analysis.mistakes.search import find_mistakes
from partnership_model.display import (
    agreement_parts,
    cash_parts,
    checklist,
    door_parts,
    elicitation,
    fact_sections,
    mistake_parts,
    record_parts,
    resolution_words,
    school_parts,
    sections,
    shortlist_parts,
    words,
)
from partnership_model.display.annex_section import annex
from partnership_model.display.blocks import BOARD_MIME, RESULT_MIME, Block, Shown
from partnership_model.display.board_paper import board_paper
from partnership_model.display.checklist_items import Seen
from partnership_model.display.consultation import told
from partnership_model.display.not_public import said_once
from partnership_model.display.result import result_data
from partnership_model.display.result_inputs import inputs_data, knowledge_files
from partnership_model.display.summary_section import summary
from partnership_model.errors import PartnershipError, nearest
from partnership_model.knowledge.case_archive import CASE, OWN
from partnership_model.knowledge.cases import Case, read_case
from partnership_model.knowledge.editions import EDITIONS, case_key, public_edition
from partnership_model.knowledge.listing import resting_on_withdrawn, stale, stale_rules
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.schema import parse_day, plain_day
from partnership_model.knowledge.shipped import find_case
from partnership_model.model.problem import build_problem
from partnership_model.model.resolutions import standings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from partnership_model.analysis.mistakes.found import Mistake
    from partnership_model.knowledge.base import KnowledgeOfDay
    from partnership_model.model.resolutions import Standing

MOST_SAMPLES = 10_000_000


def open_appraisal(case: str, as_of: str = "", samples: int = SAMPLES, seed: int = SEED, edition: str = "governors") -> AppraisalRun:
    """Open a case for its appraisal.

    Args:
        case: a folder, or the name of an example that ships.
        as_of: the day whose law and facts count, such as "2016-04-15"; empty for the case's own day, or today.
        samples: how many ways of weighing are drawn.
        seed: the same seed gives the same numbers.
        edition: `governors` for everything in the case, `public` for its public items alone.

    Raises:
        PartnershipError: a parameter or the case is wrong; every fault is named.
    """
    day = parse_day(as_of, "as_of") if as_of else None
    _check_whole("samples", samples, 1, MOST_SAMPLES)
    _check_whole("seed", seed, 0, 2**63 - 1)
    if edition not in EDITIONS:
        message = f"edition: found {edition!r}. {nearest(str(edition), EDITIONS)}"
        raise PartnershipError(message)
    base = read_knowledge()
    found = read_case(find_case(case), base)
    found = found if edition == "governors" else public_edition(found)
    return AppraisalRun(found, base.on(day or found.as_of(dt.datetime.now(dt.UTC).date())), samples, seed)


def _check_whole(name: str, number: object, least: int, most: int) -> None:
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        message = f"{name}: found {number!r}; expected a whole number from {least} to {most:,}."
        raise PartnershipError(message)


class AppraisalRun:
    """One case, its day, and what follows; every section shows the same numbers."""

    def __init__(self, case: Case, knowledge: KnowledgeOfDay, samples: int, seed: int) -> None:
        """Keep what was opened; nothing is worked out before it is asked for."""
        self.case, self.knowledge, self.samples, self.seed = case, knowledge, samples, seed

    @cached_property
    def appraisal(self) -> Appraisal:
        """Work out the appraisal once."""
        return appraise(build_problem(self.case, self.knowledge), self.samples, self.seed)

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Look once for the mistakes that appraisals are known for."""
        return find_mistakes(self.case, self.appraisal, self.knowledge, dt.datetime.now(dt.UTC).date())

    def _shown(self, blocks: list[Block]) -> Shown:
        """Show a section; a public one says once what is not in it."""
        return Shown(blocks if self.case.edition == "governors" else said_once(blocks))

    def _warned(self, section: mistake_parts.Section, blocks: list[Block]) -> Shown:
        """Show a section with the warnings that belong to it."""
        return self._shown([*blocks, *mistake_parts.beside(section, self.mistakes, self.appraisal)])

    def summary(self) -> Shown:
        """Show the one-page summary."""
        later = [one for one in self.warnings() if one.startswith(("This appraisal", "These facts", "Texts"))]
        return Shown(summary(self.case, self.appraisal, [*later, mistake_parts.counted(self.mistakes)]))

    def why(self) -> Shown:
        """Show why the group asks."""
        return self._shown(
            [
                *sections.why(self.case, self.knowledge),
                *record_parts.took_part(self.case),
                *record_parts.trend(self.case, self.knowledge),
            ]
        )

    def facts(self) -> Shown:
        """Show the facts."""
        return self._warned("facts", fact_sections.facts(self.case, self.appraisal, self.knowledge))

    def must_haves(self) -> Shown:
        """Show the must-haves and who may take part."""
        long_list = record_parts.long_list(self.case, self.knowledge)
        return self._warned("must_haves", [*sections.must_haves(self.case, self.appraisal), *long_list])

    def research(self) -> Shown:
        """Show what research shows."""
        return Shown(fact_sections.research(self.case, self.knowledge))

    def what_matters(self) -> Shown:
        """Show what matters."""
        return self._warned(
            "what_matters",
            [
                *sections.what_matters(self.case, self.appraisal),
                *mistake_parts.who_counts(self.case, self.appraisal),
                *agreement_parts.part(self.appraisal),
                *record_parts.criteria(self.case, self.appraisal),
            ],
        )

    def told_us(self) -> Shown:
        """Show what people told us in a consultation that was closed; nothing where there was none."""
        return Shown(told.told_us(self.case, self.appraisal, self.knowledge))

    def what_follows(self) -> Shown:
        """Show what follows."""
        return self._warned(
            "what_follows",
            [
                *sections.what_follows(self.appraisal),
                *cash_parts.part(self.case, self.appraisal, self.knowledge),
                *school_parts.part(self.case, self.appraisal, self.knowledge),
            ],
        )

    def how_sure(self) -> Shown:
        """Show how sure this is and what would change it."""
        return self._warned("how_sure", sections.how_sure(self.appraisal))

    def doors(self) -> Shown:
        """Show which doors stay open."""
        maps = door_parts.maps(self.case, self.appraisal, self.knowledge)
        policy = record_parts.policy(self.case, self.appraisal, self.knowledge)
        return self._shown([*sections.doors(self.appraisal, self.knowledge), *maps, *policy])

    def shortlist(self) -> Shown:
        """Show the shortlist on money, risk, consultation and law."""
        return self._shown(shortlist_parts.shortlist(self.case, self.appraisal, self.knowledge))

    def what_next(self) -> Shown:
        """Show what comes next."""
        later = record_parts.afterwards(self.case, self.knowledge)
        resolved = resolution_words.section(self.resolutions, self.case, self.appraisal.problem)
        return self._warned("what_next", [*sections.what_next(self.case, self.appraisal, self.knowledge), *resolved, *later])

    def fact_sheets(self) -> Shown:
        """Show the same sheet of facts for every option."""
        return Shown(fact_sections.fact_sheets(self.case, self.appraisal, self.knowledge))

    def annex(self) -> Shown:
        """Show what stands behind the numbers."""
        run = {key.replace("_", " "): str(value) for key, value in self.run_data().items()}
        again = (
            f"partnership appraise {shlex.quote(self.case.name)} --as-of {self.knowledge.day} --samples {self.samples} --seed {self.seed}"
        ) + ("" if self.case.edition == "governors" else f" --edition {self.case.edition}")
        checked = mistake_parts.annex(self.mistakes, self.case, self.appraisal)
        run |= {"facts of": plain_day(self.knowledge.day), "command": again}
        return self._shown([*annex(self.case, self.appraisal, self.knowledge, run), *checked])

    @cached_property
    def resolutions(self) -> tuple[Standing, ...]:
        """Find once what each body has to resolve."""
        return standings(self.case, self.appraisal.problem, self.knowledge)

    def board_paper(self) -> Shown:
        """Show the paper for the governors' meeting, which is no part of the report."""
        return Shown(board_paper(self.case, self.appraisal, self.knowledge, self.mistakes, self.resolutions), BOARD_MIME)

    def result(self) -> Result:
        """Show the result as data, which becomes `result.json`."""
        data = result_data(self.appraisal, self.case.name, self.run_data(), self.warnings())
        seen = Seen(self.case, self.appraisal.problem, self.appraisal.withheld)
        more = {
            "inputs": inputs_data(self.case, self.appraisal.problem),
            "elicitation": elicitation.data(self.case, self.appraisal),
            "cash": cash_parts.data(self.case, self.appraisal, self.knowledge),
            "checklist": checklist.data(seen),
            "consultation": told.data(self.case),
            "resolutions": resolution_words.data(self.resolutions),
            "mistakes": mistake_parts.data(self.mistakes, self.case, self.appraisal),
        }
        return Result(data | more)

    def run_data(self) -> dict[str, Any]:
        """Give what one needs to run this again."""
        drawn = self.appraisal.robustness
        return {
            "version": __version__,
            "seed": self.seed,
            "samples": drawn.samples if drawn else 0,
            "edition": self.case.edition,
            # Of a public edition the hash is of its public items: no more may be found out by trying.
            "input_hash": input_hash(self.case.texts or {CASE: case_key(self.case)}, str(self.knowledge.day)),
        }

    def warnings(self) -> list[str]:
        """Give the sentences that no reader may miss."""
        found = [words.unconfirmed(self.appraisal.problem)] if self.appraisal.problem.unconfirmed else []
        found += [f"Illustrative: {self.case.file.illustrative_note or 'the figures are invented.'}"] if self.case.file.illustrative else []
        today = dt.datetime.now(dt.UTC).date()
        old = [*stale(self.knowledge.base, today), *stale_rules(self.knowledge.base, today)]
        expires = self.case.file.appraisal.expires
        if expires and expires <= today:
            found.append(f"This appraisal counts no longer since {plain_day(expires)}: look again before you rely on it.")
        found += [f"These facts have not been checked since they went stale: {', '.join(old)}."] if old else []
        found += resting_on_withdrawn(self.knowledge)
        later = _later_texts(self.case, self.appraisal, self.knowledge)
        found += (
            [f"Texts later than {plain_day(self.knowledge.day)} carry {sum(later)} of {len(later)} key answers, which could differ."]
            if any(later)
            else []
        )
        return found


def _later_texts(case: Case, appraisal: Appraisal, knowledge: KnowledgeOfDay) -> list[bool]:
    """Say for each first answer whether every text that was read is later than the day."""
    kinds = dict.fromkeys((school.category, school.form) for school in case.members)
    cells = itertools.product(fact_sections.first_questions(knowledge), appraisal.problem.options, kinds)
    return [knowledge.fact(name, option.key, *kind).later_text for name, option, kind in cells]


def input_hash(texts: Mapping[str, str], day: str) -> str:
    """Hash everything that a result depends on: the case's files, the knowledge base, the day and the version."""
    hashed = hashlib.sha256(f"{__version__} {day}".encode())
    for name in OWN:
        if name in texts:
            hashed.update(name.encode() + b"\0" + texts[name].encode().replace(b"\r\n", b"\n") + b"\0")
    for path in knowledge_files():
        hashed.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return hashed.hexdigest()


class Result:
    """The result as data; shows one line, and travels in the notebook for the report writer."""

    def __init__(self, data: dict[str, Any]) -> None:
        """Keep the data."""
        self.data = data

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            RESULT_MIME: self.data,
            "text/plain": f"Result of {self.data['case']} as of {self.data['as_of']}, schema {self.data['schema_version']}",
        }


def rehearse(case: str) -> None:
    """Go through a small appraisal once: kernels that are forked from this process then share what it has made."""
    run = open_appraisal(case, samples=1)
    for section in (run.summary, run.facts, run.research, run.what_matters, run.what_follows, run.how_sure, run.doors, run.annex):
        section()
