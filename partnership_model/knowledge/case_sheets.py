"""The sheets of a case that is written in Excel: what each column holds, and which are there for the reader alone."""

from __future__ import annotations

from dataclasses import dataclass

CASE_SHEET, SCHOOLS, OPTIONS, CRITERIA, WEIGHTS, JUDGEMENTS = "Case", "Schools", "Options", "Criteria", "Weights", "Judgements"
KEY, VALUE, SOURCE, FOR = "key", "value", "source", "for"
SAYINGS = ("why", "aims", "claims", "next_steps")
# Parts of a case that people expect on a sheet of their own, with a key by which one of them stands on the sheet Case.
ON_THE_CASE_SHEET = {
    "resolutions": "resolutions.1.body",
    "appraisal": "appraisal.took_part.1.role",
    "recommendation": "recommendation.says",
    "consultation": "consultation.groups.1.group",
    "non_negotiables": "non_negotiables.1.attribute",
    "money": "money.years",
}
NONE_OF_THEM = "none"  # of lists that may say so with an empty one
FLAGS = {"yes": True, "no": False}
USE = "use"
SHOWN = "("  # a heading that begins so is for the reader, and its column is not read


@dataclass(frozen=True)
class SheetPlan:
    """What a sheet holds.

    Attributes:
        needed: columns that have to be there.
        more: columns that may be.
        free: whether further columns are taken, one for each criterion.
    """

    name: str
    needed: tuple[str, ...]
    more: tuple[str, ...] = ()
    free: bool = False
    required: bool = True


PLANS = (
    SheetPlan(CASE_SHEET, (KEY, VALUE), (SOURCE, FOR)),
    SheetPlan(
        SCHOOLS,
        ("name", "category", "phase", "pupils", "budget"),
        ("form", "role", "joins_later", "diocese_policy", "balance", "balance_for"),
    ),
    SheetPlan(OPTIONS, ("option",), ("label", "in_a_sentence", "named", "articles", "ranked")),
    SheetPlan(CRITERIA, ("criterion", USE)),
    SheetPlan(WEIGHTS, ("group", "method", "on", "how", "people"), (FOR,), free=True, required=False),
    SheetPlan(JUDGEMENTS, ("option", "criterion", "low", "likely", "high", "evidence", "note"), ("spread", FOR), required=False),
)
IN_NUMBERS = ("pupils", "budget", "balance", "people", "low", "likely", "high")
WEIGHING_METHODS = ("points", "swing", "ranking")  # pairs and trade-offs are no row of figures
