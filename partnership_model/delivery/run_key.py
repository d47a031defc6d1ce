"""The key of a run: one hash of all that its outputs depend on, so that what was done already is known."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import partnership_model
from partnership_model.delivery.run_record import hash_file
from partnership_model.knowledge.editions import case_key
from partnership_model.knowledge.listing import stale, stale_rules
from partnership_model.knowledge.shipped import shipped

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from partnership_model.delivery.outputs import Wanted
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case

DISTRIBUTION = "partnership-model"
REQUIRED_NAME = re.compile(r"[A-Za-z0-9._-]+")
LEFT_OUT = ("__pycache__", "_shipped")  # what Python makes by itself, and what is hashed from where it ships


def run_key(case: Case, base: KnowledgeBase, wanted: Wanted, parameters: Mapping[str, Any], today: dt.date) -> str:
    """Hash the case's files, the day whose law counts, the parameters, and the workbook with its data and libraries.

    Of a public edition it is a hash of the public items alone: no more may be found out by trying, and nothing else changes it.

    Args:
        case: its name stands in the report, so it counts too.
        base: the knowledge base, of which a reader is told what went stale by today.
        wanted: the edition, and the house template for Word.
        parameters: those of the notebook; an empty `as_of` is the case's own day, or today.
        today: the day on which it is run.
    """
    day = str(parameters.get("as_of") or case.as_of(today))
    old = [*stale(base, today), *stale_rules(base, today)]
    about = {
        "case": case.name,
        "says": dict(case.texts) if wanted.edition == "governors" else case_key(case),
        "edition": wanted.edition,
        "word template": hash_file(wanted.word_template) if wanted.word_template else "",
        "parameters": {**parameters, "as_of": day},
        "stale": old,
    }
    return _hash(json.dumps(about, sort_keys=True, ensure_ascii=True), workbook_hash())


@lru_cache(maxsize=1)
def workbook_hash() -> str:
    """Hash this package, its data without the example cases, its notebooks, and the versions of the libraries that it names."""
    package = Path(partnership_model.__file__).parent
    data = shipped("data")
    files = {f"package/{path.relative_to(package).as_posix()}": path for path in _files(package)}
    files |= {f"data/{path.relative_to(data).as_posix()}": path for path in _files(data) if path.relative_to(data).parts[0] != "cases"}
    files |= {f"notebooks/{path.name}": path for path in _files(shipped("notebooks"))}
    digest = hashlib.sha256()
    for name, path in sorted(files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return _hash(digest.hexdigest(), *_libraries())


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not set(LEFT_OUT) & set(path.relative_to(folder).parts)]


def _libraries() -> list[str]:
    """Name each library that the package asks for, with the version that is there; an extra's may be missing."""
    try:
        required = importlib.metadata.requires(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:  # run from its files alone
        required = []
    names = sorted({found.group() for one in required if (found := REQUIRED_NAME.match(one))})
    return [f"{name} {_version(name)}" for name in names]


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "missing"


def _hash(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
