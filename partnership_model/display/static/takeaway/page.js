// The page: opens one step at a time, moves weights and must-haves, and shows what follows at once.
const page = (() => {
  "use strict";
  const { element, table, range, dots, bar, fill, bullets } = drawing;
  const { model, facts: factData, texts } = JSON.parse(document.getElementById("data").textContent);
  const SLICE = 12; // milliseconds of counting before the page may answer again
  const chosen = { swings: {}, gates: model.gates.filter((gate) => gate.on).map((gate) => gate.id) };
  const kept = engine.newKept();
  let log = [], running = 0, said = "", asking = null;

  // Steps

  const steps = [...document.querySelectorAll("section.step")].map((section) => section.id);
  const seen = new Set();
  function open(key, focus) {
    document.querySelectorAll("section.step").forEach((section) => section.classList.toggle("open", section.id === key));
    seen.add(key);
    document.querySelectorAll("nav a").forEach((link) => {
      const step = link.hash.slice(1), before = step !== key && seen.has(step);
      if (step === key) link.setAttribute("aria-current", "step"); else link.removeAttribute("aria-current");
      link.querySelector(".tick").textContent = before ? "✓ " : "";
      link.querySelector(".unseen").textContent = before ? " (seen)" : "";
    });
    if (focus) { window.scrollTo(0, 0); document.getElementById(`finding-${key}`).focus({ preventScroll: true }); }
  }
  const asked = () => (steps.includes(location.hash.slice(1)) ? location.hash.slice(1) : null);

  // Weights: each criterion has a slider and a field in two steps, which show the same figure

  function swing(criterion, place, questions) {
    const id = `${place}-${criterion.key}`;
    const slider = element("input", { class: "swing-range", type: "range", min: 0, max: 100, step: 1, id, "data-criterion": criterion.key, "aria-describedby": `from-${id}` });
    const number = element("input", { class: "swing-number", type: "text", inputmode: "numeric", size: 4, placeholder: "–", "aria-label": `${criterion.label}, 0 to 100`, "data-criterion": criterion.key, "aria-describedby": `problem-${id}` });
    const problem = element("p", { class: "problem", role: "alert", id: `problem-${id}`, hidden: true });
    slider.addEventListener("input", () => weigh(criterion.key, slider.value));
    number.addEventListener("change", () => {
      const typed = number.value.trim().replace(",", "."), right = /^\d+(\.\d+)?$/.test(typed) && Number(typed) <= 100;
      problem.hidden = right;
      if (right) number.removeAttribute("aria-invalid");
      problem.textContent = right ? "" : `Give a number from 0 to 100; found “${number.value}”.`;
      if (right) weigh(criterion.key, typed); else number.setAttribute("aria-invalid", "true");
    });
    return element("div", { class: "swing" },
      element("div", { class: "swing-text" }, element("label", { for: id }, element("strong", {}, criterion.label)),
        questions ? element("span", { class: "question" }, criterion.question) : null,
        element("span", { class: "from-to", id: `from-${id}` }, "from ", element("em", {}, criterion.worst), " to ", element("em", {}, criterion.best))),
      slider, number, problem);
  }

  function weigh(criterion, typed) {
    chosen.swings = { ...chosen.swings, [criterion]: Number(typed) };
    log = [...log.filter((move) => move.do !== "swing" || move.criterion !== criterion), { do: "swing", criterion, value: String(typed) }];
    update();
  }

  function startFrom(of) {
    if (of === "case") chosen.swings = { ...model.caseSwings };
    if (of === "nobody") chosen.swings = {};
    if (of === "rest") chosen.swings = { ...Object.fromEntries(model.criteria.map((one) => [one.key, 0])), ...chosen.swings };
    log = of === "rest" ? [...log, { do: "weights", of }] : log.filter((move) => move.do === "gate");
    if (of === "case") log = [...log, { do: "weights", of }];
    update();
  }

  function gate(id, on) {
    chosen.gates = on ? [...chosen.gates, id] : chosen.gates.filter((other) => other !== id);
    const asAtFirst = model.gates.find((one) => one.id === id).on === on;
    log = [...log.filter((move) => move.gate !== id), ...(asAtFirst ? [] : [{ do: "gate", gate: id, on }])];
    update();
  }

  // What follows

  function update() {
    const found = engine.follows(model, chosen);
    document.body.setAttribute("data-counting", "");
    showWeights(found);
    showMustHaves(found);
    showResults(found);
    running += 1;
    countInSlices(engine.counting(found, kept), found, running, 0);
    code.written(texts, log).then((text) => { document.getElementById("code").value = text || "Nothing is chosen yet."; });
  }

  // Counts for a few milliseconds at a time, so that a slider can be moved on; a newer move ends an older count.
  function countInSlices(counting, found, turn, until) {
    let step;
    do step = counting.next(); while (!step.done && performance.now() < until);
    if (step.done) { showCounted(found, step.value); return; }
    if (until === 0) showWaiting(found);
    setTimeout(() => { if (turn === running) countInSlices(counting, found, turn, performance.now() + SLICE); }, 0);
  }

  function showWeights(found) {
    document.querySelectorAll("[data-criterion]").forEach((field) => {
      const given = field.dataset.criterion in chosen.swings, value = given ? String(engine.whole(chosen.swings[field.dataset.criterion])) : "";
      if (field.type === "range") field.value = value || "0";
      else if (document.activeElement !== field || !field.hasAttribute("aria-invalid")) {
        field.value = value;
        field.removeAttribute("aria-invalid");
        document.getElementById(field.getAttribute("aria-describedby")).hidden = true;
      }
    });
    const left = found.unweighed.length, every = model.criteria.length;
    document.getElementById("left-to-weigh").textContent = left === every ? "Nobody has weighed yet."
      : left ? words.explanation({ ...found, withheld: "nobody_weighed" }) : found.weights ? "Every lift has a weight." : "Every lift has the weight 0: give at least one lift more than nothing.";
    document.getElementById("start-rest").hidden = !(left > 0 && left < every);
  }

  function showMustHaves(found) {
    document.getElementById("finding-must_haves").textContent = words.leftOver(found);
    fill("no-option", found.withheld === "no_option" ? words.explanation(found) : "");
    fill("statuses", table("What the law and your must-haves leave open", ["Option", "Status", "Why"],
      model.options.map((option, at) => [option.label, words.statusOf(found, at), words.because(found, at)])));
    const shut = model.options.flatMap((option, at) => (found.options.includes(option) ? [] : [element("li", {}, element("strong", {}, option.label), " ", words.because(found, at))]));
    fill("closed", shut.length ? [element("h3", {}, model.options.some((one) => one.shownOnly) ? "Not in the ranking" : "Closed"), element("ul", { class: "plain" }, shut)] : "");
  }

  function showResults(found) {
    const weighed = found.overall !== null;
    document.getElementById("explanation").textContent = words.explanation(found);
    document.getElementById("unconfirmed").textContent = words.unconfirmed(found);
    fill("to-confirm", found.toConfirm.length ? toConfirm(found) : weighed ? "" : [element("p", { class: "missing" }, words.explanation(found)), toWeigh()]);
    fill("changes", weighed ? changes(found) : "");
    fill("points", weighed && found.withheld === null ? points(found) : "");
    fill("switching", found.switching.length ? switching(found) : "");
    if (!weighed) fill("overall", toWeigh());
  }

  const toWeigh = () => element("p", { class: "buttons" }, element("a", { class: "main", href: "#what_matters" }, "Say what matters"));

  const title = (text) => { for (const id of ["finding-what_follows", "finding-how_sure", "now"]) document.getElementById(id).textContent = text; };

  // What stands meanwhile: nothing that was true of other weights.
  function showWaiting(found) {
    title("Counting the ways of weighing");
    fill("overall", overall(found, null));
    fill("places", "");
  }

  // What waits for the count: the headline, the shares of first places, and the table of places.
  function showCounted(found, counted) {
    const headline = words.headline(found, counted);
    title(headline);
    if (found.overall) fill("overall", overall(found, counted));
    fill("places", counted ? places(found, counted) : "");
    fill("ways-note", counted ? [texts.notAChance, texts.otherSet ? ` ${texts.otherSet}` : ""] : "");
    if (headline !== said) { said = headline; document.getElementById("said").textContent = headline; }
    document.body.removeAttribute("data-counting");
  }

  // counted: null while the ways of weighing are still being counted, and where nothing is in order.
  function overall(found, counted) {
    const inOrder = found.withheld === null;
    const columns = ["Option", "Overall value, 0 to 100", ...(inOrder ? ["Ways of weighing in which it comes first"] : [])];
    const rows = words.shownOrder(found).map((row) => {
      const amount = found.overall[row], part = counted?.acceptability[row][0];
      const first = [found.options[row].label, [range(amount.low, amount.high, inOrder ? amount.likely : null), element("span", {}, words.overall(found, row))]];
      return inOrder ? [...first, [dots(counted ? engine.whole(part * 10) : 0), element("span", {}, counted ? words.ofHundred(part) : "being counted")]] : first;
    });
    return [element("h3", {}, "Where each option lands, and how far the evidence lets it move"), table("Overall values", columns, rows, "results"), element("p", { class: "note" }, texts.spread)];
  }

  function changes(found) {
    const near = words.nearestSwitches(found, 3);
    return [element("h3", {}, "What would change it"),
      near.length ? bullets(near) : element("p", { class: found.withheld ? "missing" : "" }, found.withheld ? "This is said once no starting assumption that nobody has looked at could change the answer." : "No weight of one criterion alone changes who comes first."),
      words.dominated(found).map((text) => element("p", { class: "note" }, text))];
  }

  function points(found) {
    const most = Math.max(1, ...found.contributions.flat());
    const rows = words.shownOrder(found).map((row) => [found.options[row].label,
      ...found.contributions[row].map((value) => [bar(value, most), element("span", {}, String(engine.whole(value)))]),
      element("strong", {}, String(engine.whole(found.overall[row].likely)))]);
    return [element("h3", {}, words.contributionTitle(found)),
      table("Points from each criterion, likely figures", ["Option", ...model.criteria.map((one) => one.label), "Total"], rows, "bars"), element("p", { class: "note" }, texts.rounded)];
  }

  function toConfirm(found) {
    const cells = found.toConfirm.map(([row, column]) => `${found.options[row].label}: ${model.criteria[column].label.toLowerCase()}`);
    return [element("h3", {}, "Each of these alone could change the answer"), bullets(cells),
      element("p", { class: "note" }, "Judgements are looked at in the workbook, with the group: here their figures, and what they rest on, stand below.")];
  }

  function places(found, counted) {
    const columns = ["Option", ...found.options.map((_, at) => `Place ${at + 1}`)];
    const rows = words.shownOrder(found).map((row) => [found.options[row].label, ...counted.acceptability[row].map(words.placeCell)]);
    return [element("h3", {}, "How often each option takes each place"), table("Of 100 ways of weighing", columns, rows, "numbers"), element("p", { class: "note" }, texts.notAChance, texts.otherSet ? ` ${texts.otherSet}` : "")];
  }

  function switching(found) {
    const rows = found.switching.map((one) => {
      const low = one.lowest * 100, high = one.highest * 100, now = one.current * 100, says = words.switchingOf(found, one).map(([, text]) => text).join(" ");
      return [model.criteria[one.column].label,
        [range(low, high, now), element("span", {}, `now ${engine.whole(now)}, stays from ${engine.whole(low)} to ${engine.whole(high)}`)],
        says || "Nothing: no weight of it alone changes who comes first."];
    });
    return [element("h3", {}, words.switchingTitle(found)), table("The weight of one criterion at a time, of 100", ["Criterion", "The same comes first", "What would change"], rows, "results")];
  }

  // At the start

  function begin() {
    document.body.classList.add("live");
    document.querySelectorAll("details.folds").forEach((one) => { one.open = false; });
    document.querySelectorAll(".swings").forEach((place, at) => place.append(...model.criteria.map((one) => swing(one, `lift${at}`, "questions" in place.dataset))));
    const offered = [["rest", "The rest is worth nothing to us"], ["nobody", "Start again"]];
    if (model.caseSwings) offered.unshift(["case", `Start from ${texts.caseWeights}`]);
    document.getElementById("start-buttons").append(...offered.map(([of, text]) => element("button", { type: "button", id: `start-${of}`, on: { click: () => startFrom(of) } }, text)));
    model.gates.forEach((one) => {
      const box = element("input", { type: "checkbox", checked: chosen.gates.includes(one.id), id: `gate-${one.id}` });
      box.addEventListener("change", () => gate(one.id, box.checked));
      document.getElementById("gates").append(element("label", { class: "check" }, box, ` ${one.says}`));
    });
    document.getElementById("copy").addEventListener("click", copy);
    window.addEventListener("hashchange", () => { if (asked()) open(asked(), true); });
    asking = facts.start(factData, model.options);
    open(asked() ?? steps[0], false);
    update();
  }

  function copy() {
    const field = document.getElementById("code");
    field.select();
    const done = () => { document.getElementById("copied").textContent = "The code is copied."; };
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(done, () => { if (document.execCommand("copy")) done(); });
    else if (document.execCommand("copy")) done();
  }

  return { begin, chosen, model, texts, facts: () => asking };
})();
page.begin();
globalThis.takeaway = { draws, engine, words, code, page };
