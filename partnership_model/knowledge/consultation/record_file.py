"""The file `consultation.json`: written in one way only, sealed part by part, so that a changed byte is found and named."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Never

from partnership_model.errors import Fault, FaultsError
from partnership_model.knowledge.case_archive import CONSULTATION
from partnership_model.knowledge.consultation.record import ConsultationRecord
from partnership_model.knowledge.files import Document, Place
from partnership_model.knowledge.schema import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SEALED = "sealed"
WHOLE = "all"  # under `sealed`: the hash of all parts' hashes, by which a record is named
SHORT = 12  # letters of a hash by which people tell two records apart
MEND = "take the file as it was written when the consultation was closed; if that is lost, close it again from its store"


def sealed(record: ConsultationRecord) -> ConsultationRecord:
    """Seal a record: it names its parts' hashes from now on."""
    return record.model_copy(update={SEALED: _seals(record.model_dump(mode="json", exclude_defaults=True))})


def record_text(record: ConsultationRecord) -> str:
    """Write a sealed record, the same for the same record."""
    return _written(record.model_dump(mode="json", exclude_defaults=True))


def record_hash(record: ConsultationRecord) -> str:
    """Give the hash by which a record is named."""
    return _seals(record.model_dump(mode="json", exclude_defaults=True))[WHOLE]


def read_record(text: str, name: str = CONSULTATION) -> ConsultationRecord:
    """Read what `record_text` wrote.

    Raises:
        FaultsError: everything that is wrong with it, a part that was changed by its name.
    """
    text = text.replace("\r\n", "\n")
    value = _loaded(text, name)
    document = Document(name, value, dict(_lines(value)) if _written(value) == text else {})
    faults: list[Fault] = []
    record = None
    try:
        record = parse(ConsultationRecord, document)
    except FaultsError as error:
        faults += error.faults
    faults += _broken(document)
    if record and record.questions.digest != record.questions_sha256:
        faults.append(document.fault(("questions_sha256",), f"this is not the hash of the questions in this file; {MEND}"))
    if record and not faults and record_text(record) != text:
        line = _first_difference(text, record_text(record))
        faults.append(Fault(name, line, "", f"this was written in another way than it is at closing; {MEND}"))
    if faults or record is None:
        raise FaultsError(faults)
    return record


def _written(value: Any) -> str:  # noqa: ANN401 - JSON
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _seals(value: Mapping[str, Any]) -> dict[str, str]:
    parts = {key: _hash(json.dumps(part, ensure_ascii=False)) for key, part in value.items() if key != SEALED}
    return {**parts, WHOLE: _hash(json.dumps(parts, sort_keys=True))}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _broken(document: Document) -> Iterator[Fault]:
    """Name every part that differs from what was sealed."""
    if not isinstance(document.value, dict) or not isinstance(document.value.get(SEALED), dict):
        return
    said, found = document.value[SEALED], _seals(document.value)
    changed = [key for key in {**found, **said} if key != WHOLE and said.get(key) != found.get(key)]
    for key in changed:
        yield document.fault((key,), f"this part was changed after the consultation was closed; {MEND}")
    if not changed and said.get(WHOLE) != found[WHOLE]:
        yield document.fault((SEALED, WHOLE), f"this was changed after the consultation was closed; {MEND}")


def _loaded(text: str, name: str) -> Any:  # noqa: ANN401 - JSON
    """Read JSON.

    Raises:
        FaultsError: it is none, or holds what nobody here writes.
    """
    try:
        value = json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise FaultsError([Fault(name, error.lineno, "", f"this is not valid JSON, or only a part of the file; {MEND}")]) from None
    except (RecursionError, ValueError) as error:
        says = "parts lie inside each other too deep" if isinstance(error, RecursionError) else f"this is not what is written: {error}"
        raise FaultsError([Fault(name, None, "", f"{says}; {MEND}")]) from None
    return value


def _refuse(name: str) -> Never:
    message = f"{name} is no number"
    raise ValueError(message)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = "a key stands twice"
        raise ValueError(message)
    return found


def _lines(value: Any) -> Iterator[tuple[Place, int]]:  # noqa: ANN401 - JSON
    """Give the line of each part of what `_written` writes: a value a line, and a line more where a part ends."""
    line = 1
    waiting: list[tuple[Place, Any] | None] = [((), value)]
    while waiting:
        one = waiting.pop()
        if one is None:
            line += 1
            continue
        place, part = one
        yield place, line
        if isinstance(part, dict | list) and part:
            inside = part.items() if isinstance(part, dict) else enumerate(part)
            waiting += [None, *reversed([((*place, key), child) for key, child in inside])]
        line += 1


def _first_difference(text: str, written: str) -> int:
    """Give the first line that differs."""
    two = zip(text.split("\n"), written.split("\n"), strict=False)
    return next((number for number, (one, other) in enumerate(two, 1) if one != other), min(text.count("\n"), written.count("\n")) + 1)
