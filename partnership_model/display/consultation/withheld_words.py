"""What of a consultation is not shown, and why, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnership_model.analysis.consultation.release import Release

FEW = "{name}: too few answered, or nobody, so what they said is not shown."
OTHERS = "{name}: not shown, because with it the answers of a few others could be computed."
TAKES_IN = "The answers of a few who named another group, or none, are counted with {name}, so that nobody can compute them."
NOBODY = "Fewer than five answered, so nothing is shown."


def withheld_words(released: Release) -> tuple[str, ...]:
    """Say what is withheld; nothing where everything is shown."""
    if released.together is None:
        return (NOBODY,)
    kept = (*released.withheld_groups, *released.withheld_schools)
    said = tuple((FEW if one.why == "few" else OTHERS).format(name=one.name) for one in kept)
    return (*said, TAKES_IN.format(name=released.takes_in)) if released.takes_in else said
