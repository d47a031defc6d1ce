// Draws weights and judgements bit for bit as analysis/sampling.py and analysis/judgement_draws.py do, so that the shares on
// this page are those of the workbook: raw words of Philox4x64-10, and then single-precision steps alone (Math.fround).
const draws = (() => {
  "use strict";
  const BLOCK = 16384, PARTS = 65536, STEP = 2 ** -24, GRID = 2 ** -25, LIFT = 128, TWO32 = 4294967296;
  const JUDGEMENTS_HIGH = 1; // the stream of judgements is 2^32: the upper half of the counter's last word
  const round = Math.fround;

  // The upper 32 bits of the product of two whole numbers of 32 bits.
  function high(a, b) {
    const a0 = a & 0xffff, a1 = a >>> 16, b0 = b & 0xffff, b1 = b >>> 16;
    const middle = a1 * b0 + ((a0 * b0) >>> 16), other = a0 * b1 + (middle & 0xffff);
    return (a1 * b1 + (middle >>> 16) + (other >>> 16)) >>> 0;
  }

  // Words of Philox (Salmon and others 2011), two halves each, the lower first; a step of the counter makes four words.
  function words(seed, block, streamHigh, firstStep, steps) {
    const found = new Uint32Array(steps * 8);
    const M0H = 0xd2e7470e, M0L = 0xe14c6c93, M1H = 0xca5a8263, M1L = 0x95121157;
    const seedHigh = Math.floor(seed / TWO32), seedLow = seed >>> 0;
    for (let step = 0; step < steps; step += 1) {
      let c0l = firstStep + step + 1, c0h = 0, c1l = 0, c1h = 0, c2l = 0, c2h = 0, c3l = 0, c3h = streamHigh;
      let k0l = seedLow, k0h = seedHigh, k1l = block, k1h = 0;
      for (let turn = 0; turn < 10; turn += 1) {
        // Two products of 64 bits each: M0 times the first word, M1 times the third.
        let cross = high(c0l, M0L) + (Math.imul(c0l, M0H) >>> 0) + (Math.imul(c0h, M0L) >>> 0);
        const p0 = Math.imul(c0l, M0L) >>> 0, p1 = cross >>> 0;
        cross = high(c0l, M0H) + high(c0h, M0L) + (Math.imul(c0h, M0H) >>> 0) + Math.floor(cross / TWO32);
        const p2 = cross >>> 0, p3 = (high(c0h, M0H) + Math.floor(cross / TWO32)) >>> 0;
        cross = high(c2l, M1L) + (Math.imul(c2l, M1H) >>> 0) + (Math.imul(c2h, M1L) >>> 0);
        const q0 = Math.imul(c2l, M1L) >>> 0, q1 = cross >>> 0;
        cross = high(c2l, M1H) + high(c2h, M1L) + (Math.imul(c2h, M1H) >>> 0) + Math.floor(cross / TWO32);
        const q2 = cross >>> 0, q3 = (high(c2h, M1H) + Math.floor(cross / TWO32)) >>> 0;
        c0l = (q2 ^ c1l ^ k0l) >>> 0; c0h = (q3 ^ c1h ^ k0h) >>> 0;
        c2l = (p2 ^ c3l ^ k1l) >>> 0; c2h = (p3 ^ c3h ^ k1h) >>> 0;
        c1l = q0; c1h = q1; c3l = p0; c3h = p1;
        let sum = k0l + 0x7f4a7c15; k0l = sum >>> 0; k0h = (k0h + 0x9e3779b9 + (sum >= TWO32 ? 1 : 0)) >>> 0;
        sum = k1l + 0x84caa73b; k1l = sum >>> 0; k1h = (k1h + 0xbb67ae85 + (sum >= TWO32 ? 1 : 0)) >>> 0;
      }
      found.set([c0l, c0h, c1l, c1h, c2l, c2h, c3l, c3h], step * 8);
    }
    return found;
  }

  // One row of numbers from 0 up to 1, the n-th that a block's source gives.
  function uniform(seed, block, row) {
    const halves = words(seed, block, 0, row * (BLOCK / 8), BLOCK / 8), found = new Float32Array(BLOCK);
    for (let at = 0; at < BLOCK; at += 1) found[at] = (halves[at] >>> 8) * STEP;
    return found;
  }

  // One row of numbers from 0.5 to PARTS - 0.5, that of one judgement.
  function coarse(seed, block, cell) {
    const halves = words(seed, block, JUDGEMENTS_HIGH, cell * (BLOCK / 16), BLOCK / 16), found = new Float32Array(BLOCK);
    halves.forEach((half, at) => { found[2 * at] = (half & 0xffff) + 0.5; found[2 * at + 1] = (half >>> 16) + 0.5; });
    return found;
  }

  // Weights drawn evenly from all that keep an order of importance: by criterion, nought where no step names it.
  // steps: lists of columns, the most important first; those that share a step are free among themselves.
  function orderedWeights(seed, block, steps, width) {
    const order = steps.flat(), count = order.length, found = Array.from({ length: width }, () => new Float64Array(BLOCK));
    if (count === 1) { found[order[0]].fill(1); return found; }
    const cuts = Array.from({ length: count - 1 }, (_, row) => uniform(seed, block, row));
    const keys = new Map();
    let row = count - 1, first = 0;
    for (const step of steps) {
      if (steps.length > 1 && step.length > 1) keys.set(first, step.map(() => uniform(seed, block, row++)));
      first += step.length;
    }
    const cut = new Float64Array(count - 1), gaps = new Float64Array(count), place = new Array(count);
    for (let at = 0; at < BLOCK; at += 1) {
      for (let one = 0; one < count - 1; one += 1) cut[one] = cuts[one][at];
      cut.sort();
      for (let one = 0; one < count; one += 1) {
        gaps[one] = Math.max((one < count - 1 ? cut[one] : 1) - (one > 0 ? cut[one - 1] : 0), GRID);
      }
      if (steps.length > 1) gaps.sort().reverse();
      let begin = 0;
      for (const step of steps) {
        const size = step.length, drawn = keys.get(begin);
        for (let one = 0; one < size; one += 1) place[one] = begin + one;
        // Sorted by the drawn numbers, and by the weights where those are alike.
        if (drawn) order_by(place, size, begin, drawn, gaps, at);
        for (let one = 0; one < size; one += 1) found[step[one]][at] = gaps[place[one]];
        begin += size;
      }
    }
    return found;
  }

  function order_by(place, size, begin, drawn, gaps, at) {
    for (let one = 1; one < size; one += 1) {
      const moved = place[one], key = drawn[moved - begin][at];
      let before = one - 1;
      for (; before >= 0; before -= 1) {
        const other = drawn[place[before] - begin][at];
        if (other < key || (other === key && gaps[place[before]] <= gaps[moved])) break;
        place[before + 1] = place[before];
      }
      place[before + 1] = moved;
    }
  }

  // The values of one judgement in one block.
  function values(share, spread) {
    if (spread.shape === "outcomes") return outcomes(share, spread);
    const [low, likely, high_] = spread.raw, base = spread.points ? 0 : low + LIFT;
    const found = spread.shape === "even" ? even(share, low, high_, base) : triangular(share, low, likely, high_, base);
    if (spread.points) {
      through(found, spread.points);
      for (let at = 0; at < BLOCK; at += 1) found[at] = round(found[at] + LIFT);
    }
    for (let at = 0; at < BLOCK; at += 1) found[at] = round(found[at] - LIFT);
    return found;
  }

  function even(share, low, high_, base) {
    const width = round((high_ - low) / PARTS), start = round(base), found = new Float32Array(BLOCK);
    for (let at = 0; at < BLOCK; at += 1) found[at] = round(round(share[at] * width) + start);
    return found;
  }

  function triangular(share, low, likely, high_, base) {
    const width = high_ - low, below = likely - low, above = high_ - likely;
    const turn = round((below / width) * PARTS), up = round((width * below) / PARTS), down = round((width * above) / PARTS);
    const end = round(base + above), found = new Float32Array(BLOCK);
    for (let at = 0; at < BLOCK; at += 1) {
      const rising = round(Math.sqrt(round(Math.min(share[at], turn) * up)));
      const falling = round(Math.sqrt(round(round(PARTS - Math.max(share[at], turn)) * down)));
      found[at] = round(round(rising - falling) + end);
    }
    return found;
  }

  // Puts figures above the lowest through a value function, piece by piece.
  function through(above, points) {
    const worths = points.map(([, worth]) => worth), least = round(Math.min(...worths)), most = round(Math.max(...worths));
    const pieces = [];
    for (let one = 1; one < points.length; one += 1) {
      const [start, first] = points[one - 1], [end, last] = points[one];
      if (first !== last) {
        pieces.push([round(start - points[0][0]), round(end - points[0][0]), round((last - first) / (end - start))]);
      }
    }
    for (let at = 0; at < BLOCK; at += 1) {
      let found = round(worths[0]);
      for (const [start, end, slope] of pieces) {
        const inside = round(Math.max(Math.min(above[at], end), start) - start);
        found = round(found + round(inside * slope));
      }
      above[at] = Math.max(Math.min(found, most), least);
    }
  }

  function outcomes(share, spread) {
    const edges = [];
    let sum = 0;
    for (const part of spread.shares.slice(0, -1)) { sum += part; edges.push(round(sum * PARTS)); }
    const found = new Float32Array(BLOCK);
    for (let at = 0; at < BLOCK; at += 1) found[at] = spread.raw[edges.filter((edge) => share[at] >= edge).length];
    return found;
  }

  return { BLOCK, words, uniform, coarse, orderedWeights, values };
})();
