"""The questions and answers of the knowledge base on which the model relies by name; the reader holds them against `data/`."""

from __future__ import annotations

STAFF_TRANSFER = "staff_transfer"
MOVES_STAFF = ("tupe", "to_federation_body")  # staff pass to another employer, of which there is more than one
ELIGIBILITY = "eligibility"
FULL, CONDITIONAL, ASSOCIATE, NOT_OPEN = "full", "conditional", "associate", "not_open"
PARTNER_DEFICIT = "partner_deficit"
SHARED_DEBTS = ("one_pot", "trust_bears")  # a partner's debt can reach a school
CONSENTS, SET_UP_MONTHS = "consents", "set_up_months"  # who must agree to a step, and how long it takes
DECIDER, LANDING = "leave_decider", "landing_place"  # each of their answers has points in the rule `derive.exit`

CODES: dict[str, tuple[str, ...]] = {
    ELIGIBILITY: (FULL, CONDITIONAL, ASSOCIATE),
    PARTNER_DEFICIT: SHARED_DEBTS,
    STAFF_TRANSFER: MOVES_STAFF,
}
NO_OTHERS = (ELIGIBILITY,)  # an answer of theirs that the model does not know would count as not known
