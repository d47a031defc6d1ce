"""Many appraisals in one call: everything is checked before any starts, what is done is skipped, and each ends by itself."""

from __future__ import annotations

import itertools
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from partnership_model.delivery.appraise import Order, done_already
from partnership_model.delivery.batch_cluster import checked_address, run_on_cluster
from partnership_model.delivery.batch_lists import LISTS, write_lists
from partnership_model.delivery.batch_pool import default_jobs, run_here, run_in_pool
from partnership_model.delivery.result_folder import WORK, forget, only_one, out_refusal, refusal
from partnership_model.delivery.run_key import run_key, workbook_hash
from partnership_model.delivery.run_record import BATCH
from partnership_model.errors import Fault, FaultsError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from partnership_model.delivery.appraise import Outcome
    from partnership_model.delivery.outputs import Wanted
    from partnership_model.knowledge.base import KnowledgeBase
    from partnership_model.knowledge.cases import Case

    Runner = Callable[[Sequence[Order]], Iterator[Outcome]]


def orders_of(  # noqa: PLR0913 - what the command line gives
    cases: Sequence[Case], base: KnowledgeBase, out: Path, *, wanted: Wanted, parameters: Mapping[str, Any], today: dt.date
) -> list[Order]:
    """Make an order of each case, by name.

    Raises:
        FaultsError: every reason why the results could not be written, of all cases at once.
    """
    out = out.resolve()
    says = out_refusal(out, LISTS if len(cases) > 1 else ())
    faults = _name_faults(cases) + ([Fault(str(out), None, "", says)] if says else [])
    look = not faults
    orders = []
    for case in sorted(cases, key=lambda one: one.name):
        target = out / case.name
        says = refusal(target, wanted.edition, wanted.names.values()) if look else ""
        faults += [Fault(str(target), None, "", says)] if says else []
        key = run_key(case, base, wanted, parameters, today)
        about = {**parameters, "edition": wanted.edition}
        orders.append(Order(case.name, case.folder.resolve(), target, wanted, about, key, workbook_hash()))
    if faults:
        raise FaultsError(faults)
    return orders


def _name_faults(cases: Sequence[Case]) -> list[Fault]:
    """Find cases whose results would be written over one another, or over our own lists, on whatever disk."""
    alike: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        alike[unicodedata.normalize("NFC", case.name).casefold()].append(case)
    faults = []
    for name, same in alike.items():
        if len(same) > 1:
            others = ", ".join(str(one.folder) for one in same)
            says = f"Two cases have the same name, and one would be written over: {others}. Rename one, or use two --out."
            faults.append(Fault(str(same[0].folder), None, "", says))
        if name in (*LISTS, BATCH) or name.startswith(WORK):
            faults.append(Fault(str(same[0].folder), None, "", "no case can have this name, which is one of ours. Rename its folder."))
    return faults


def runner(jobs: int | None, cluster: str = "", certificates: Mapping[str, Path] | None = None) -> Runner:
    """Give what runs orders: in this process where there is one, else in several, or on a cluster.

    Raises:
        PartnershipError: the address of the cluster is none that may be used.
    """
    address = checked_address(cluster) if cluster else ""

    def run(orders: Sequence[Order]) -> Iterator[Outcome]:
        if address and orders:
            return run_on_cluster(orders, address, dict(certificates or {}))
        most = min(jobs or default_jobs(), len(orders))
        return run_here(orders) if most <= 1 else run_in_pool(orders, most)

    return run


def run_batch(orders: Sequence[Order], run: Runner, tell: Callable[[Outcome], None], *, again: bool = False) -> list[Outcome]:
    """Run what is not done yet, and list it all where there is more than one.

    Args:
        orders: at least one; all have the same folder of results.
        run: runs orders and gives each outcome when it is there.
        tell: is told of each outcome.
        again: whether to run what is done already, too.

    Raises:
        PartnershipError: another command is writing into the folder, or it cannot be written into.
    """
    out = orders[0].target.parent
    outcomes: list[Outcome] = []
    with only_one(out):
        for order in orders if again else ():
            forget(order.target, order.wanted.edition)
        found = [done_already(order) for order in orders]
        done = [outcome for outcome in found if outcome]
        for outcome in itertools.chain(done, run([order for order, outcome in zip(orders, found, strict=True) if not outcome])):
            outcomes.append(outcome)
            tell(outcome)
        if len(orders) > 1:
            write_lists(out, outcomes)
    return outcomes
