// The few sentences that hang on the weights or the must-haves, word for word those of display/words.py and its neighbours;
// a test holds the two against each other. `found` is what engine.follows gives, `counted` what engine.counting gives.
const words = (() => {
  "use strict";
  const { whole } = engine;
  const capital = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
  const listed = (names) => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0] ?? "none");
  const counted_ = (count, one, many) => `${count} ${count === 1 ? one : many ?? `${one}s`}`;
  const unique = (texts) => [...new Set(texts)];
  const lower = (criterion) => criterion.label.toLowerCase();
  const sentences = (found, rows) => listed(rows.map((row) => found.options[row].inASentence));

  function share(part) {
    if (part === 0) return "never";
    if (part === 1) return "always";
    if (part < 0.01) return "fewer than 1 of 100";
    if (part > 0.99) return "more than 99 of 100";
    return part <= 0.05 || part >= 0.95 ? `${whole(part * 100)} of 100` : `${whole(part * 10)} of 10`;
  }
  const ofHundred = (part) => (part === 0 || part === 1 || part < 0.01 || part > 0.99 ? share(part) : `${whole(part * 100)} of 100`);
  const placeCell = (part) => (part === 0 || part === 1 || (part >= 0.01 && part <= 0.99) ? String(whole(part * 100)) : part < 0.5 ? "under 1" : "over 99");

  function span(amount) {
    const [low, likely, high] = [amount.low, amount.likely, amount.high].map(whole);
    return low === high ? String(low) : `${low} to ${high}, likely ${likely}`;
  }
  const overall = (found, row) => {
    const amount = found.overall[row];
    return found.withheld === null ? span(amount) : `${whole(amount.low)} to ${whole(amount.high)}`;
  };
  const shownOrder = (found) => (found.ranking ? found.ranking.flat() : found.options.map((_, row) => row));

  function headline(found, counted) {
    if (found.withheld === "no_option") return "No option is left";
    if (found.withheld === "nobody_weighed") return "Nobody has weighed yet, so nothing is put in order";
    if (found.withheld === "unconfirmed") {
      const count = found.toConfirm.length;
      return `${counted_(count, "starting assumption")} could change the answer: look at ${count === 1 ? "it" : "them"} before anything is put in order`;
    }
    const together = levelWithLeader(found, counted);
    if (together.length > 1) return `${capital(sentences(found, together))} cannot be separated by what we know`;
    const [leader] = found.ranking[0], part = counted.acceptability[leader][0];
    return `${capital(found.options[leader].inASentence)} comes first in ${part === 1 ? "every way" : `${share(part)} ways`} of weighing`;
  }

  function mostOften(found, counted) {
    const shares = counted.acceptability.map(([first]) => first), most = Math.max(...shares);
    const first = found.options.map((_, row) => row).filter((row) => ofHundred(shares[row]) === ofHundred(most));
    if (most === 1) return `${capital(sentences(found, first))} comes first in every way of weighing`;
    const verb = first.length === 1 ? "comes first most often" : "each come first as often";
    return `${capital(sentences(found, first))} ${verb}: in ${ofHundred(most)} ways of weighing${most < 0.5 ? ", fewer than half" : ""}`;
  }

  function levelWithLeader(found, counted) {
    const front = new Set(found.ranking[0]), near = new Set(front);
    for (const [row, other] of counted.cannotSeparate) {
      if (front.has(row)) near.add(other);
      if (front.has(other)) near.add(row);
    }
    return found.ranking.flat().filter((row) => near.has(row));
  }

  function explanation(found) {
    const left = found.unweighed.length, every = found.model.criteria.length;
    if (found.withheld === "no_option") return noOption(found);
    if (found.withheld === "nobody_weighed" && left > 0 && left < every) {
      return `${left} of ${every} lifts have no weight yet. Give each one; 0 if it is worth nothing to you.`;
    }
    if (found.withheld === "nobody_weighed") return "The facts, the must-haves and what is closed stand already. Say what matters, and the rest follows.";
    const closed = found.model.options.filter((_, at) => found.statuses[at] === "closed").map((one) => one.label), said = [];
    if (found.ranking) {
      const places = found.ranking.map((place) => sentences(found, place) + (place.length > 1 ? " (tied)" : ""));
      said.push(`On the likely figures the order is: ${places.join("; ")}.`);
    } else {
      said.push("Overall values are shown as ranges, in the order of the list, until the group has looked at these cells.");
    }
    if (closed.length) said.push(`Closed: ${listed(closed)}.`);
    return said.join(" ");
  }

  function noOption(found) {
    const says = Object.fromEntries(found.model.gates.map((gate) => [gate.id, gate.says.replace(/\.+$/, "")]));
    const sets = found.exclusion.smallest.map((one) => one.map((gate) => `“${says[gate]}”`).join(" together with "));
    const said = [sets.length ? `Nothing passes ${listed(sets)}.` : "The law leaves no option open to this group."];
    for (const [gate, options] of found.exclusion.reopened) {
      if (options.length) said.push(`Without “${says[gate]}”, ${listed(options.map((one) => one.inASentence))} would be open again.`);
    }
    if (sets.length && said.length === 1) said.push("No must-have alone reopens an option; two or more would have to give way.");
    return said.join(" ");
  }

  function unconfirmed(found) {
    const used = found.options.length * found.model.criteria.length;
    const origins = found.options.flatMap((option) => option.origin.filter((_, column) => !option.confirmed[column])), left = origins.length;
    if (used === 0) return "No judgement is in use, since no option is left.";
    if (left === 0) return `Your group has looked at all ${used} judgements in use.`;
    const kinds = found.model.unseen.map(([origin, one, more]) => [origins.filter((other) => other === origin).length, one, more])
      .filter(([count]) => count);
    const said = kinds.length === 1 ? (left === 1 ? `it is ${kinds[0][1]}` : `they are ${kinds[0][2]}`)
      : listed(kinds.map(([count, one, more]) => `${count} ${count === 1 ? "is" : "are"} ${count === 1 ? one : more}`));
    return `Nobody in the group has looked at ${left} of the ${used} judgements in use: ${said}.`;
  }

  const atMost = (weight) => (weight >= 0.01 || weight === 0 ? String(whole(weight * 100)) : (weight * 100).toFixed(1));

  // For each change of one weight how far it would have to move, and the sentence.
  function switchingOf(found, one) {
    const name = lower(found.model.criteria[one.column]), now = whole(one.current * 100), said = [];
    const alone = found.ranking[0].length > 1 ? " alone" : "";
    for (const [leader, at, way] of [[one.leaderAbove, one.highest, "more"], [one.leaderBelow, one.lowest, "less"]]) {
      if (!leader.length) continue;
      const verb = leader.length === 1 ? `would come first${alone}` : "would tie for first";
      const than = atMost(at) === String(now) ? `a little ${way} than its ${now} of 100` : `${way} than ${atMost(at)} of 100 (now ${now})`;
      said.push([Math.abs(at - one.current), `If ${name} carried ${than}, ${sentences(found, leader)} ${verb}.`]);
    }
    return said;
  }

  const nearestSwitches = (found, count) => found.switching.flatMap((one) => switchingOf(found, one))
    .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1)).slice(0, count).map(([, sentence]) => sentence);
  const switchingTitle = (found) => nearestSwitches(found, 1)[0]?.replace(/\.+$/, "") ?? "No weight of one criterion alone changes who comes first";

  function contributionTitle(found) {
    if (found.options.length < 2) return "Where the points come from";
    const spread = found.model.criteria.map((one, column) => {
      const points = found.contributions.map((row) => row[column]);
      return [Math.max(...points) - Math.min(...points), lower(one)];
    });
    const top = spread.sort((a, b) => b[0] - a[0]).slice(0, 2).map(([, name]) => name);
    return `${capital(listed(top))} ${top.length > 1 ? "divide" : "divides"} the options most`;
  }

  const dominated = (found) => found.dominated.map(({ row, by, certain }) => {
    const how = certain ? "wherever in their ranges the judgements lie" : "on the likely figures";
    const end = certain ? ": no weights put it ahead." : ". Elsewhere in the ranges it can be.";
    return `${capital(sentences(found, [row]))} is nowhere better than ${sentences(found, [by])}, ${how}${end}`;
  });

  function statusOf(found, at) {
    const option = found.model.options[at], status = found.statuses[at];
    return !option.shownOnly || status === "closed" ? found.model.statusWords[status] : "Shown, not ranked";
  }

  function because(found, at) {
    const option = found.model.options[at], said = because_(found, option);
    return option.shownOnly && found.statuses[at] !== "closed" ? `Its rules are not settled, so it is shown and not ranked. ${said}` : said;
  }

  function because_(found, option) {
    if (option.screening === "closed") return option.closedBecause;
    const failed = engine.failedGates(option, found.gates), undecided = engine.undecidedGates(option, found.gates);
    if (failed.length) return `Closed by ${counted_(failed.length, "must-have")}: ${failed.map((gate) => option.gates[gate].failed).join(" ")}`;
    if (option.screening === "unknown" || undecided.length) {
      const said = unique(undecided.map((gate) => option.gates[gate].quoted));
      const asked = unique([...undecided.flatMap((gate) => option.gates[gate].undecided), ...option.unknownAsks]);
      const subject = said.length ? `${listed(said)} neither ${said.length === 1 ? "passes nor fails" : "pass nor fail"}` : "Neither passes nor fails";
      return `${subject}: ${listed(asked)}.`;
    }
    return [option.conditions, ...found.gates.map((gate) => option.gates[gate]?.toConfirm).filter(Boolean)].join(" ");
  }

  function leftOver(found) {
    const every = found.model.options.filter((one) => !one.shownOnly).length, open = found.options.length;
    const shown = found.model.options.filter((one, at) => one.shownOnly && found.statuses[at] !== "closed").length;
    if (!open) return "No option is left";
    const said = open === every ? `All ${every} options are left` : `${open} of ${every} options ${open === 1 ? "is" : "are"} left`;
    return said + (shown ? `; ${shown} more ${shown === 1 ? "is" : "are"} only shown` : "");
  }

  return { listed, capital, share, ofHundred, placeCell, overall, shownOrder, headline, mostOften, explanation, unconfirmed, switchingOf,
    nearestSwitches, switchingTitle, contributionTitle, dominated, statusOf, because, leftOver };
})();
