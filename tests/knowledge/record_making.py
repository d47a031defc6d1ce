"""A record of an appraisal with every key, for a case with the options stay and federation and the criteria autonomy, staff and cost."""

INFANT = "{name: Infant A, category: community, phase: primary, pupils: 270, budget: 1180000}"
BEGINNING = f"""\
decision: How should we work together?
decides: Each governing body decides for its own school.
status: exploring
as_of: 2016-04-15
schools:
  - {INFANT}
"""
SMALL = f"""\
title: Two schools
{BEGINNING}\
  - {{name: Junior B, category: community, phase: primary, pupils: 360, budget: 1490000}}
options: [stay, federation]
criteria: [autonomy, staff, cost]
"""
EVERY_KEY_OF_A_RECORD = """\
appraisal:
  for: governors
  decide_by: 2016-07-01
  expires: 2017-04-15
  shortlist: [stay, federation]
  took_part: [{role: Chair of Infant A, did: Weighed., interests: None declared., for: public}]
  absent: [{role: Head of Junior B, why: Was ill.}]
  conflicts: [{role: Business manager, says: Works for both., handled: Did not judge costs.}]
  trend: [{says: Rolls fall., source: source_001}]
  long_list: [{option: Amalgamation, fell: Nobody wants one school.}, {option: Federation}]
  criteria_left_out: [{criterion: Travel, why: It is the same for all.}]
  overlaps_checked: [{criteria: [autonomy, staff], says: No question asks for both.}]
  risks: [{risk: A head leaves., options: [stay], likely: possible, effect: serious, meet: Share a deputy., who: Chair of Infant A}]
  equality: {looked_at: Pupils with SEND., findings: [No harm was found.], signed: Clerk, on: 2016-05-01, for: public}
  consultation:
    - {asked: What do you think?, of: Parents, how: A form., opened: 2016-04-01, closed: 2016-05-01, invited: 400, answered: 90,
       heard: [{option: federation, says: Many fear for the name.}, {says: More time is wanted.}], changed: The name is kept.}
  policy_scenarios: [{name: A trust for all, says: Every school must join., means: [{option: stay, says: It ends.}]}]
  triggers: [{says: A head leaves.}]
  assumptions: [{says: Rolls fall by a tenth., effect: Costs rise., reliability: low, who: Business manager, on: 2016-04-01}]
  decisions: [{on: 2016-04-12, kind: weights_set, says: Weights were set., by: Joint meeting}]
  assurance: [{by: Auditor, on: 2016-05-02, checked: The sums., limits: Not the law.}]
"""
