"""What matters most in a comparison of two runs: the first place, what cannot be compared, and what a difference is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from partnership_model.analysis.run_comparison import BEYOND, INPUTS
from partnership_model.display import phrases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from partnership_model.analysis.run_comparison import Comparison
    from partnership_model.knowledge.run_result import RunResult

NO_CAUSE = "This lists what differs. It does not say which difference brought about which."


def headline(found: Comparison) -> str:
    """Say what became of the first place."""
    labels = {**found.before.labels, **found.after.labels}
    old, new = (_named(run, labels) for run in (found.before, found.after))
    if found.first == "never_ordered":
        return "Neither run puts anything in order"
    if found.first == "now_ordered":
        return f"Now there is a first place, {new}; in A nothing was put in order"
    if found.first == "no_longer_ordered":
        return f"B puts nothing in order; in A the first place was {old}"
    if found.first == "same":
        return f"The first place did not change: {new}" + ("" if found.changes else ", and nothing else differs")
    return f"The first place changed from {old} to {new}"


def _named(run: RunResult, labels: Mapping[str, str]) -> str:
    names = sorted(labels.get(key, key) for key in run.leaders)
    return f"{phrases.listed(names)} (tied)" if len(names) > 1 else phrases.listed(names)


def counts(results: int, inputs: int, facts: int) -> str:
    """Say how much differs."""
    said = [
        f"{phrases.counted(results, 'difference')} in what came out",
        f"{inputs} in what was put in",
        f"{facts} in the facts and the law of the two days",
    ]
    return f"{phrases.listed(said)}."


def notes(found: Comparison) -> tuple[str, ...]:
    """Say plainly what stands between the two runs, and what could not be compared."""
    return tuple(phrases.capital(one) for one in _notes(found))


def _notes(found: Comparison) -> Iterable[str]:
    a, b = found.before, found.after
    if found.first == "changed" and not found.told_apart:
        yield "Neither run can tell the options that came first in A from those that come first in B: the change says little."
    if a.case != b.case:
        yield f"These are two cases, {a.case} and {b.case}, so most differences are no changes."
    if a.edition != b.edition:
        yield (
            "One run is the public edition, which leaves out what is for governors only: what stands in one alone may be no change. "
            "Reasons of judgements, and what the public edition does not say, are not compared."
        )
    if a.version != b.version:
        yield f"The runs were made with two versions of the workbook, {a.version} and {b.version}: what they do may differ too."
    if not found.compared:
        which = phrases.listed(name for name, run in (("A", a), ("B", b)) if run.inputs is None)
        yield f"{which} does not say what was put in, since an older version wrote it: make it anew to compare inputs."
    elif any(one.place == ("knowledge",) for one in found.of("settings")):
        yield "The two knowledge bases are not the same: facts may differ that are not listed, and results because of them."
    if a.input_hash == b.input_hash and not found.of(*INPUTS):
        yield "Case, facts, day and version are the very same."


def method(found: Comparison) -> tuple[str, ...]:
    """Say how it was compared."""
    words = sum(not one.answered for one in (*found.facts, *found.rules))
    return (
        NO_CAUSE,
        "Overall values and weights differ where the whole numbers that readers see do.",
        f"How often an option comes first differs where it is more than {BEYOND:.0f} standard errors: chance alone seldom does that.",
        "The facts of both days are those of this workbook's own knowledge base, for the options and the kinds of school of the two runs."
        + (f" For {words} more, the answer is the same and only the words about it, its mark or its standing differ." if words else ""),
        "It supports a decision and makes none.",
    )
