"""Reads many cases, and says everything that is wrong with any of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.errors import Fault, FaultsError, PartnershipError
from partnership_model.knowledge.cases import read_case
from partnership_model.knowledge.reading import read_knowledge
from partnership_model.knowledge.shipped import find_case

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case


def read_all(cases: Iterable[str | Path]) -> tuple[KnowledgeBase, list[Case]]:
    """Read the knowledge base and every case: a folder, a file that the dashboard saved, or the name of an example.

    Raises:
        FaultsError: every fault of every case, and each case that there is not.
    """
    folders: list[Path] = []
    faults: list[Fault] = []
    for case in cases:
        try:
            folders.append(find_case(case))
        except PartnershipError as error:
            faults.append(Fault(str(case), None, "", str(error).removeprefix(f"{case}: ")))
    base = read_knowledge()
    found: list[Case] = []
    several = len(folders) + len(faults) > 1
    for folder in folders:
        try:
            found.append(read_case(folder, base))
        except FaultsError as error:
            faults += error.under(folder).faults if several else error.faults
    if faults:
        raise FaultsError(faults)
    return base, found
