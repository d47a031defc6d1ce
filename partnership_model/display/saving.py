"""What was chosen in the dashboard, as the files of a case from which the same follows, and back again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from partnership_model.display.weighing_entry import entry_data
from partnership_model.errors import FaultsError, PartnershipError
from partnership_model.knowledge.case_archive import CASE, CHANGES, CONSULTATION, JUDGEMENTS, LARGEST_ARCHIVE, OWN, pack
from partnership_model.knowledge.case_files import digest, hash_of, texts_of
from partnership_model.knowledge.case_writing import cell, figure, judgement_rows, plain, with_keys, with_rows
from partnership_model.knowledge.cases import case_of
from partnership_model.knowledge.saved_changes import FORMAT, MOST_PEOPLE, BeganFrom, SavedBy, SavedChanges, changes_text
from partnership_model.knowledge.schema import plain_day
from partnership_model.knowledge.weighings import GroupWeights
from partnership_model.knowledge.yaml_file import parse_yaml
from partnership_model.model.problem import build_problem
from partnership_model.model.weights import combine

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from partnership_model.display.exploration import Exploration
    from partnership_model.knowledge.case_writing import Rows
    from partnership_model.model.problem import DecisionProblem, Judgement
    from partnership_model.model.weights import Weights

LONGEST_NAME = 100  # letters of who saves
LONGEST_SAID = 2000
HOW = "on the dashboard"
CLOSE = 1e-9


@dataclass(frozen=True)
class Saved:
    """A case as it is offered for download.

    Attributes:
        name: of the file; safe on every computer.
    """

    name: str
    data: bytes


def saved_by(by: str, people: str, today: dt.date) -> SavedBy:
    """Read who saves and how many took part, as they were typed.

    Raises:
        PartnershipError: one of them is missing, or is not to be taken.
    """
    name = plain(by[: 10 * LONGEST_NAME])
    if not name or len(name) > LONGEST_NAME:
        message = f"Say who you are, in at most {LONGEST_NAME} letters, such as Governors of Infant A."
        raise PartnershipError(message)
    if not re.fullmatch(r"[0-9]{1,6}", people.strip()) or not 1 <= int(people) <= MOST_PEOPLE:
        message = f"Say how many people took part: a whole number from 1 to {MOST_PEOPLE:,}."
        raise PartnershipError(message)
    return SavedBy(on=today, by=name, people=int(people))


def save(state: Exploration, log: Sequence[dict[str, Any]], changes: Sequence[str], who: SavedBy) -> Saved:
    """Write a state as a case in a zip file, and read it back before it is offered.

    Args:
        state: what was chosen.
        log: the moves from which it follows.
        changes: what was changed, in words.
        who: who saves.

    Raises:
        PartnershipError: what was written would not be read.
    """
    texts = files_of(state, log, changes, who)
    folder = _safe(state.case.name)
    data = pack(folder, texts)
    try:
        again, faults = texts_of(data, folder)
        case_of(again, folder, state.knowledge.base)
    except FaultsError as error:
        faults = list(error.faults)
    if faults:
        message = f"This cannot be saved as a case: {faults[0].says}."
        raise PartnershipError(message)
    return Saved(f"{folder}-{_safe(who.by).lower()}-{who.on}.zip", data)


def files_of(state: Exploration, log: Sequence[dict[str, Any]], changes: Sequence[str], who: SavedBy) -> dict[str, str]:
    """Write the files of a case from which what was chosen follows."""
    case = state.case
    own, now = build_problem(case, state.knowledge), state.problem
    texts = {CASE: with_keys(case.texts[CASE], _keys(state, own, now, who))}
    rows = with_rows(case.texts.get(JUDGEMENTS), _rows(case.texts.get(JUDGEMENTS), own, now, who))
    if rows is not None:
        texts[JUDGEMENTS] = rows
    if CONSULTATION in case.texts:
        texts[CONSULTATION] = case.texts[CONSULTATION]
    about = SavedChanges(
        format=FORMAT,
        saved=who,
        case=BeganFrom(name=plain(case.name), sha256=case.digest),
        facts_of=state.knowledge.day,
        changes=tuple(said for one in changes if (said := plain(one)[:LONGEST_SAID])),
        moves=tuple(log),
        files={name: hash_of(text) for name, text in texts.items()},
    )
    return {**texts, CHANGES: changes_text(about)}


def _safe(text: str) -> str:
    """Make part of a file's name of small and capital letters, digits, dots and dashes."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", text).strip("-.")[:60].strip("-.") or "case"


def _keys(state: Exploration, own: DecisionProblem, now: DecisionProblem, who: SavedBy) -> dict[str, Any]:
    """Give the keys of `case.yaml` that what was chosen changes."""
    file = state.case.file
    found: dict[str, Any] = {"as_of": state.knowledge.day} if state.knowledge.day != state.own_day else {}
    chosen = [gate for gate in state.offered_gates if gate.id in state.gates]
    if [gate.id for gate in chosen] != [gate.id for gate in file.non_negotiables]:
        found["non_negotiables"] = [gate.model_dump(mode="json") for gate in chosen]
    if state.ways and state.ways != file.plausible_weights.in_use:
        said = parse_yaml(state.case.texts[CASE], CASE).value.get("plausible_weights") or {}
        found["plausible_weights"] = {"set": state.ways, **{key: value for key, value in said.items() if key != "set"}}
    if now.weights is None:
        found |= {"weights_in_use": "nobody"} if own.weights is not None else {}
    elif not _alike(own.weights, now.weights):
        found["weights_in_use"] = _entry(state, now.weights, who)
    return found


def _entry(state: Exploration, weights: Weights, who: SavedBy) -> dict[str, Any]:
    """Give what was said as an entry like those of `weights`; as lifts where the way it was said by would not give the same."""
    file = state.case.file
    groups = {group.group for group in file.weights}
    elicited = {"on": who.on, "how": HOW, "people": who.people}
    outside = dict.fromkeys((name for name in file.criteria if name not in weights.shares), 0.0)
    lifts = {"method": "swing", "values": {**{name: state.swings[name] for name in weights.shares}, **outside}}
    for said in (entry_data(state), lifts):
        entry = {"group": f"{who.by} ({HOW})" if who.by in groups else who.by, **_taken(said, elicited)}
        if "again" in entry:
            entry["again"] = _taken(entry["again"], elicited)
        if not outside and _alike(combine([GroupWeights.model_validate(entry)], tuple(weights.shares), "group"), weights):
            break
    return entry


def _taken(said: dict[str, Any], elicited: dict[str, Any]) -> dict[str, Any]:
    """Put how it was taken after what was said."""
    later = {key: said[key] for key in ("again", "use") if key in said}
    return {**{key: value for key, value in said.items() if key not in later}, "elicited": elicited, **later}


def _alike(one: Weights | None, other: Weights) -> bool:
    """Say whether two weights are the same for all that is worked out from them."""
    if one is None or one.order != other.order:
        return False
    return all(abs(one.shares[name] - share) <= CLOSE for name, share in other.shares.items())


def _rows(text: str | None, own: DecisionProblem, now: DecisionProblem, who: SavedBy) -> Rows:
    """Give the rows of `judgements.csv` that what was chosen changes or adds."""
    before = judgement_rows(text) if text else {}
    found: Rows = {}
    for at, one in now.judgements.items():
        was = own.judgements[at]
        same = (one.amount, one.shape, one.outcomes, one.origin) == (was.amount, was.shape, was.outcomes, was.origin)
        if same and one.confirmed == was.confirmed and (one.grade, one.reasoning) == (was.grade, was.reasoning):
            continue
        if one.origin == "group":
            found[at] = _figures(one)
        elif not (same and at in before):
            note = f"Looked at and left as it is by {who.by}, {plain_day(who.on)}."
            found[at] = _row(one, note)
    return found


def _row(one: Judgement, note: str, **figures: str) -> dict[str, str]:
    return {"option": one.option, "criterion": one.criterion, "evidence": one.grade or "D", "note": cell(note), **figures}


def _figures(one: Judgement) -> dict[str, str]:
    """Write the group's own figures, and how they spread."""
    note = one.reasoning or "The group's own view."
    if one.shape == "outcomes":
        return _row(one, note, spread="; ".join(f"{figure(outcome)}: {figure(100 * share)}" for outcome, share in one.outcomes))
    spread = {"spread": "even"} if one.shape == "even" else {}
    amount = one.amount
    return _row(one, note, low=figure(amount.low), likely=figure(amount.likely), high=figure(amount.high), **spread)


def moves_of(data: bytes, state: Exploration) -> tuple[SavedBy, list[Any]]:
    """Give who saved a file, and the moves from which its state follows on the case that is open.

    Args:
        data: the file; it may come from anybody and hold anything.
        state: any state of the case that is open.

    Raises:
        PartnershipError: it is no file of this case, in words that say what to do.
    """
    if len(data) > LARGEST_ARCHIVE:
        message = f"The file is too large: at most {LARGEST_ARCHIVE // 1024:,} kilobytes are read."
        raise PartnershipError(message)
    texts, about = _read(data, state)
    if about is None:
        message = "This is a case, but not one that the dashboard saved. To see it, run: partnership explore FILE"
        raise PartnershipError(message)
    if {name: hash_of(texts[name]) for name in OWN if name in texts} != about.files:
        message = "Somebody changed this case by hand after it was saved. To see it as it is now, run: partnership explore FILE"
        raise PartnershipError(message)
    if about.case.sha256 == state.case.digest:
        return about.saved, list(about.moves)
    if digest(texts) != state.case.digest:
        from_another = f"This file was saved from another case, {about.case.name}, or from an earlier version of it."
        message = f"{from_another} To see it, run: partnership explore FILE"
        raise PartnershipError(message)
    return about.saved, []


def _read(data: bytes, state: Exploration) -> tuple[dict[str, str], SavedChanges | None]:
    """Read a file and hold it against the knowledge base, as a case is.

    Raises:
        PartnershipError: the first thing that is wrong with it.
    """
    try:
        texts, faults = texts_of(data, "The file")
        if not faults:
            return texts, case_of(texts, "The file", state.knowledge.base).changes
    except FaultsError as error:
        faults = list(error.faults)
    message = f"This file cannot be opened. {faults[0]}."
    raise PartnershipError(message)
