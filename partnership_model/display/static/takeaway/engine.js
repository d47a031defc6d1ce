// What follows from weights and must-haves: the same steps as analysis/overall.py, switching.py, place_counts.py and
// model/gates.py, on the values that Python worked out. Nothing here knows words or the page.
const engine = (() => {
  "use strict";
  const TOLERANCE = 1e-9, SEPARATED = 0.8;

  // Rounds as people do: a half goes up.
  const whole = (value) => Math.floor(value + 0.5 + 1e-9);
  const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
  const product = (row, weights) => row.reduce((total, one, at) => total + one * weights[at], 0);

  const failedGates = (option, gates) => gates.filter((gate) => option.gates[gate]?.failed);
  const undecidedGates = (option, gates) => gates.filter((gate) => option.gates[gate]?.undecided);

  function statusOf(option, gates) {
    if (option.screening === "closed" || failedGates(option, gates).length) return "closed";
    if (option.screening === "unknown" || undecidedGates(option, gates).length) return "unknown";
    return option.screening;
  }

  // Criteria from the most to the least important, as columns; ties share a step, those without weight are left out.
  function orderOf(weights) {
    const steps = new Map();
    weights.forEach((share, column) => {
      const level = Number(share.toFixed(9));
      if (share > 0) steps.set(level, [...(steps.get(level) ?? []), column]);
    });
    return [...steps.keys()].sort((a, b) => b - a).map((level) => steps.get(level));
  }

  // Everything that follows at once; the shares of first places are counted by `counting`, which takes a moment.
  // chosen: {swings: {criterion: 0 to 100}, gates: [ids]}
  function follows(model, chosen) {
    const gates = model.gates.map((gate) => gate.id).filter((id) => chosen.gates.includes(id));
    const statuses = model.options.map((option) => statusOf(option, gates));
    const options = model.options.filter((option, at) => statuses[at] !== "closed" && !option.shownOnly);
    const unweighed = model.criteria.filter((one) => !(one.key in chosen.swings)).map((one) => one.key);
    const swings = model.criteria.map((one) => chosen.swings[one.key] ?? 0), total = sum(swings);
    const weights = !unweighed.length && total > 0 ? swings.map((one) => one / total) : null;
    const found = { model, gates, statuses, options, unweighed, weights, exclusion: exclusion(model, gates, options), decisive: [],
      dominated: options.length ? dominated(options) : [], overall: null, ranking: null, switching: [], toConfirm: [] };
    if (!weights || !options.length) return { ...found, withheld: options.length ? "nobody_weighed" : "no_option" };
    const decisive = decisiveCells(options, weights), toConfirm = decisive.filter(([row, column]) => !options[row].confirmed[column]);
    const overall = options.map((option) => overallOf(option, weights)), withheld = toConfirm.length ? "unconfirmed" : null;
    return { ...found, withheld, overall, decisive, toConfirm,
      contributions: options.map((option) => option.likely.map((value, column) => value * weights[column])),
      ranking: withheld ? null : ranked(overall),
      switching: withheld ? [] : switchingValues(options, weights) };
  }

  function overallOf(option, weights) {
    const low = product(option.low, weights), likely = product(option.likely, weights), high = Math.max(product(option.high, weights), low);
    return { low, likely: Math.min(Math.max(likely, low), high), high };
  }

  // Rows in order of their likely overall value in whole numbers; the same whole number shares a place.
  function ranked(overall) {
    const places = new Map();
    overall.forEach((one, row) => places.set(whole(one.likely), [...(places.get(whole(one.likely)) ?? []), row]));
    return [...places.keys()].sort((a, b) => b - a).map((value) => places.get(value));
  }

  function dominated(options) {
    const beats = (better, worse) => better.every((one, at) => one >= worse[at]) && better.some((one, at) => one > worse[at]);
    const found = [];
    options.forEach((option, row) => options.forEach((other, by) => {
      if (row === by) return;
      const certain = beats(other.low, option.high);
      if (certain || beats(other.likely, option.likely)) found.push({ row, by, certain });
    }));
    return found;
  }

  const leaders = (totals) => totals.flatMap((one, row) => (one >= Math.max(...totals) - TOLERANCE ? [row] : []));
  const shownLeaders = (totals) => {
    const shown = totals.map(whole), most = Math.max(...shown);
    return shown.flatMap((one, row) => (one === most ? [row] : []));
  };
  const same = (one, other) => one.length === other.length && one.every((part, at) => part === other[at]);

  // The judgements that could change the leaders alone: at one end of its range, others share the first place.
  function decisiveCells(options, weights) {
    const totals = options.map((option) => product(option.likely, weights)), front = shownLeaders(totals), found = [];
    options.forEach((option, row) => weights.forEach((weight, column) => {
      const changes = [option.low[column], option.high[column]].some((end) => {
        const moved = totals.map((one, at) => (at === row ? one + weight * (end - option.likely[column]) : one));
        return !same(shownLeaders(moved), front);
      });
      if (changes) found.push([row, column]);
    }));
    return found;
  }

  // The interval of each weight in which the same lead, the other weights keeping their proportions.
  function switchingValues(options, weights) {
    const front = leaders(options.map((option) => product(option.likely, weights)));
    return weights.map((current, column) => {
      const atOne = options.map((option) => option.likely[column]), atZero = weights.length > 1 ? onTheRest(options, weights, column) : atOne;
      const below = nearestChange(atZero, atOne, current, front, true), above = nearestChange(atZero, atOne, current, front, false);
      return { column, current, lowest: below ? below[0] : 0, highest: above ? above[0] : 1, leaderBelow: below ? below[1] : [],
        leaderAbove: above ? above[1] : [] };
    });
  }

  function onTheRest(options, weights, column) {
    const rest = weights.filter((_, at) => at !== column), total = sum(rest);
    const shares = total > 0 ? rest.map((one) => one / total) : rest.map(() => 1 / rest.length);
    return options.map((option) => product(option.likely.filter((_, at) => at !== column), shares));
  }

  function nearestChange(atZero, atOne, current, front, downwards) {
    const stops = [0, 1], slope = atOne.map((one, row) => one - atZero[row]);
    slope.forEach((one, row) => slope.slice(0, row).forEach((other, at) => {
      const steeper = one - other, stop = (atZero[at] - atZero[row]) / steeper;
      if (Math.abs(steeper) > TOLERANCE && stop > 0 && stop < 1) stops.push(stop);
    }));
    stops.sort((a, b) => (downwards ? b - a : a - b));
    const apart = [];
    for (const stop of stops) if (!apart.length || Math.abs(stop - apart.at(-1)) > TOLERANCE) apart.push(stop);
    let here = current;
    for (const stop of apart.filter((one) => (downwards ? one < current - TOLERANCE : one > current + TOLERANCE))) {
      const middle = (here + stop) / 2, now = leaders(atZero.map((one, row) => one + middle * slope[row]));
      if (!same(now, front)) return [here, now];
      here = stop;
    }
    return null;
  }

  // The smallest sets of must-haves that leave no option, and what giving one up brings back (Berge's way, as model/gates.py).
  function exclusion(model, gates, left) {
    const failed = model.options.filter((one) => one.screening !== "closed" && !one.shownOnly)
      .map((option) => [option, failedGates(option, gates)]);
    let sets = [[]];
    for (const [, fails] of left.length ? [] : failed) {
      const widened = sets.flatMap((one) => (one.some((gate) => fails.includes(gate)) ? [one] : fails.map((gate) => [...one, gate].sort())));
      const once = [...new Map(widened.map((one) => [one.join(" "), one])).values()];
      sets = once.filter((one) => !once.some((other) => other.length < one.length && other.every((gate) => one.includes(gate))));
    }
    const smallest = sets.filter((one) => one.length).sort((a, b) => a.length - b.length || (a.join(" ") < b.join(" ") ? -1 : 1));
    const named = [...new Set(failed.flatMap(([, fails]) => fails))].sort();
    const reopened = named.map((gate) => [gate, failed.filter(([, fails]) => same(fails, [gate])).map(([option]) => option)]);
    return { smallest, reopened };
  }

  // What counting keeps: results by order and options, and the values drawn last.
  const newKept = () => ({ results: new Map(), values: new Map(), open: "" });

  // Counts places over drawn weights and judgements; gives the thread back now and then. Returns null where nothing is in order.
  function* counting(found, kept) {
    if (found.withheld !== null) return null;
    const { model, options, weights } = found, width = weights.length, blocks = Math.ceil(model.samples / draws.BLOCK);
    const steps = model.set === "any" ? [weights.map((_, column) => column)] : orderOf(weights);
    const open = options.map((option) => option.key).join(" "), key = JSON.stringify([steps, open]);
    if (kept.results.has(key)) return kept.results.get(key);
    yield;
    if (kept.open !== open) { kept.open = open; kept.values.clear(); } // drawn values fill some 20 megabytes
    const tally = newTally(options.length);
    for (let block = 0; block < blocks; block += 1) {
      const drawn = draws.orderedWeights(model.seed, block, steps, width), totals = [];
      for (const [row, option] of options.entries()) {
        totals.push(totalsOf(option, row, drawn, model.seed, block, kept));
        yield;
      }
      count(tally, totals);
      yield;
    }
    const result = sharesOf(tally, blocks * draws.BLOCK);
    kept.results.set(key, result);
    return result;
  }

  // Sums of weight times value, all exact, so that their order is free.
  function totalsOf(option, row, drawn, seed, block, kept) {
    const total = new Float64Array(draws.BLOCK);
    option.spreads.forEach((spread, column) => {
      const weights = drawn[column];
      if (typeof spread === "number") {
        for (let at = 0; at < total.length; at += 1) total[at] += weights[at] * spread;
        return;
      }
      const cell = row * drawn.length + column, key = `${cell} ${block}`;
      if (!kept.values.has(key)) kept.values.set(key, draws.values(draws.coarse(seed, block, cell), spread));
      const values = kept.values.get(key);
      for (let at = 0; at < total.length; at += 1) total[at] += weights[at] * values[at];
    });
    return total;
  }

  const table = (size) => Array.from({ length: size }, () => new Float64Array(size));
  const newTally = (size) => ({ wins: table(size), level: table(size), standing: Array.from({ length: size }, () => table(size)) });

  function count(tally, totals) {
    const size = totals.length, ahead = new Uint16Array(size), level = new Uint16Array(size);
    for (let at = 0; at < totals[0].length; at += 1) {
      ahead.fill(0); level.fill(0);
      for (let row = 1; row < size; row += 1) {
        const mine = totals[row][at];
        for (let other = 0; other < row; other += 1) {
          const theirs = totals[other][at];
          if (theirs > mine) { ahead[row] += 1; tally.wins[other][row] += 1; }
          else if (mine > theirs) { ahead[other] += 1; tally.wins[row][other] += 1; }
          else { level[row] += 1; level[other] += 1; tally.level[row][other] += 1; tally.level[other][row] += 1; }
        }
      }
      for (let row = 0; row < size; row += 1) tally.standing[row][ahead[row]][level[row]] += 1;
    }
  }

  // Options by places, where those that are level share the places that they take together; and the pairs nobody can separate.
  function sharesOf(tally, samples) {
    const size = tally.wins.length, places = table(size), pairs = [];
    for (let ahead = 0; ahead < size; ahead += 1) {
      for (let sharing = 0; sharing < size - ahead; sharing += 1) {
        for (let row = 0; row < size; row += 1) {
          const part = tally.standing[row][ahead][sharing] / (sharing + 1);
          for (let place = ahead; place <= ahead + sharing; place += 1) places[row][place] += part;
        }
      }
    }
    const over = (row, other) => (tally.wins[row][other] + tally.level[row][other] / 2) / samples;
    for (let row = 0; row < size; row += 1) {
      for (let other = 0; other < row; other += 1) if (Math.max(over(row, other), over(other, row)) < SEPARATED) pairs.push([row, other]);
    }
    return { acceptability: places.map((row) => Array.from(row, (one) => one / samples)), cannotSeparate: pairs, samples };
  }

  return { whole, follows, newKept, counting, orderOf, failedGates, undecidedGates };
})();
