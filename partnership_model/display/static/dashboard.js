// Shows the pages that the kernel writes and sends moves back. It decides nothing.

const NARROW = 640;
const ROWS = "rows"; // the name of each chart's data
const NAMES = "names"; // the name of the text with the names on its axis
const LATE = 8000; // milliseconds after which somebody who waits is told that it takes long
let vega;

function loadVega() {
  vega ??= import(new URL("/partnership/vega.js", window.location.href).href);
  return vega;
}

// What the server drew of a chart for the page that is there to read before the widget wakes.
const drawnFirst = (name) => [...document.querySelectorAll(`#first [data-chart="${name}"] > svg`)].map((svg) => svg.cloneNode(true));

// A piece that is as it was is not looked through again; it stays as it stands.
const PIECE = "[data-piece]";
let pieces = {};
function fillPiece(node) {
  node.innerHTML = node.piece = pieces[node.dataset.piece];
}
function whole(node) {
  if (node.matches?.(PIECE)) fillPiece(node);
  else node.querySelectorAll?.(PIECE).forEach(fillPiece);
  return node;
}

// Makes `old` the same as `fresh` while keeping every node that can stay, so that focus and a moving slider survive.
function morph(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || (old.dataset?.key ?? "") !== (fresh.dataset?.key ?? "")) {
    old.replaceWith(whole(fresh));
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  const open = old.nodeName === "DETAILS" && old.open;
  const moved = old.nodeName === "INPUT" && old.getAttribute("value") !== fresh.getAttribute("value");
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  if (open) old.open = true;
  if (old.type === "checkbox" || old.type === "radio") {
    // What was ticked since stays: the answer to it is still to come.
    if (!old.awaits) old.checked = fresh.hasAttribute("checked");
  }
  // What somebody types stays until the kernel has another value, so that a wrong figure can be mended.
  else if (moved && document.activeElement !== old) old.value = fresh.getAttribute("value");
  if (old.dataset.chart) return;
  if (fresh.dataset.piece) {
    if (old.piece === pieces[fresh.dataset.piece]) return;
    fillPiece(fresh);
    old.piece = fresh.piece;
  }
  morphChildren(old, fresh);
}

// Nodes with a key are found again by it, others in their order. What stays is never moved, since that would take the focus.
function morphChildren(old, fresh) {
  const wanted = new Set([...fresh.children].map((node) => node.dataset.key).filter(Boolean));
  for (const node of [...old.children]) if (node.dataset.key && !wanted.has(node.dataset.key)) node.remove();
  let at = old.firstChild;
  const drop = () => { const gone = at; at = at.nextSibling; gone.remove(); };
  for (const node of [...fresh.childNodes]) {
    const key = node.dataset?.key;
    const match = key ? [...old.children].find((other) => other.dataset.key === key) : at && !at.dataset?.key && at.nodeName === node.nodeName ? at : null;
    if (!match) { old.insertBefore(whole(node), at); continue; }
    while (at && at !== match && !at.dataset?.key) drop();
    if (at === match) at = at.nextSibling;
    else old.insertBefore(match, at);
    morph(match, node);
  }
  while (at) drop();
}

const moves = {
  go: (node) => ({ do: "go", step: node.dataset.step }),
  school: (node) => ({ do: "school", value: node.value }),
  compare: (node) => ({ do: "compare", option: node.dataset.option, on: node.checked }),
  ask: (node) => ({ do: "ask", text: node.dataset.text ?? node.closest("section").querySelector("input").value }),
  present: (node) => ({ do: "present", slide: node.dataset.slide ? Number(node.dataset.slide) : null }),
  stand: (node) => ({ do: "stand", option: node.value }),
  role: (node) => ({ do: "role", value: node.value }),
  ways: (node) => ({ do: "ways", value: node.value }),
  show: (node) => ({ do: "show", what: node.dataset.what, on: node.dataset.on === "true" }),
  gate: (node) => ({ do: "gate", gate: node.dataset.gate, on: node.checked }),
  swing: (node) => ({ do: "swing", criterion: node.dataset.criterion, value: node.value }),
  sweep: (node) => ({ do: "sweep", what: node.dataset.what, criterion: node.value }),
  weights: (node) => ({ do: "weights", of: node.dataset.of }),
  way: (node) => ({ do: "way", value: node.dataset.value }),
  points: (node) => ({ do: "points", criterion: node.dataset.criterion, value: node.value }),
  place: (node) => ({ do: "place", criterion: node.dataset.criterion, where: node.dataset.where }),
  rule: (node) => ({ do: "rule", value: node.value }),
  pair: (node) => ({ do: "pair", one: node.dataset.one, other: node.dataset.other, value: node.value }),
  trade: (node) => ({ do: "trade", one: node.dataset.one, other: node.dataset.other, part: node.dataset.part, said: node.dataset.said }),
  weigh: (node) => ({ do: "weigh", value: node.dataset.value ?? node.value }),
  undo: () => ({ do: "undo" }),
  bring_back: () => ({ do: "bring_back" }),
  start_again: () => ({ do: "start_again" }),
  open: (node) => ({ do: "open", source: "sent", text: node.parentElement.querySelector("input").value }),
  put_away: (node) => ({ do: "put_away", place: Number(node.dataset.place) }),
  save: (node) => {
    const form = node.closest("[data-form]");
    return { do: "save", by: form.querySelector("[name=by]").value, people: form.querySelector("[name=people]").value };
  },
  look: (node) => ({ do: "look", option: node.dataset.option, criterion: node.dataset.criterion }),
  judgement: (node) => ({ do: "judgement", option: node.dataset.option, criterion: node.dataset.criterion, on: node.dataset.on !== "false" }),
  replay: (node) => ({ do: "replay", day: node.dataset.day ?? node.closest("section").querySelector("input").value }),
  judge: (node) => {
    const form = node.closest("[data-form]");
    const typed = (name) => form.querySelector(`[name=${name}]`).value;
    const { option, criterion } = node.dataset;
    return { do: "judge", option, criterion, low: typed("low"), likely: typed("likely"), high: typed("high"), note: typed("note") };
  },
};

// Names the field that a move is about: of two moves of one field only the newer one counts.
// A step in an order counts each time that it is asked for, and so does undoing.
const COUNTED = new Set(["place", "undo", "bring_back"]);
let steps = 0;
const field = (move) => [move.do, move.criterion, move.option, move.gate, move.what, move.one, move.other, COUNTED.has(move.do) && steps++].join(" ");

function render({ model, el }) {
  const page = document.createElement("div");
  page.className = "pm";
  const live = document.createElement("p");
  live.className = "unseen";
  live.setAttribute("role", "status");
  el.append(page, live);
  let waiting = false, next = [], step = "", narrow = false, measured = false, views = new Map(), panel = "", goal = "", late;

  // A tick whose own move still waits to be sent; of radio buttons the whole group, since one unticks the others.
  const mark = (node, is) => {
    for (const one of node?.type === "radio" ? page.querySelectorAll(`[name="${node.name}"]`) : node ? [node] : []) one.awaits = is;
  };

  // One move is on its way at a time; of those that pile up behind it only the newest of each field is kept.
  const send = (move, node) => {
    if (waiting) {
      next = [...next.filter((other) => field(other.move) !== field(move)), { move, node }];
      mark(node, true);
      return;
    }
    waiting = true;
    page.setAttribute("aria-busy", "true");
    late = setTimeout(() => window.partnership?.late(true), LATE);
    model.send(move);
  };

  const slides = presentation(page, send), paper = printing(page);

  const leave = (name) => { views.get(name)?.finalize(); views.delete(name); };

  // Nothing is drawn before it is known how wide the page is; the first page's drawings stay until then.
  const draw = () => {
    if (!measured) return Promise.resolve();
    const templates = model.get("templates"), rows = model.get("rows");
    for (const name of views.keys()) if (!templates[name]) leave(name);
    return Promise.all(Object.entries(templates).map(([name, template]) => {
      const place = page.querySelector(`[data-chart="${name}"]`);
      return place && drawOne(place, name, template, rows[name]);
    }));
  };

  const filled = (template, data) => {
    const [values, names] = JSON.parse(data);
    return { ...template, ...(names && { params: [{ name: NAMES, value: names }] }), data: { name: ROWS, values } };
  };
  const fill = (view, data) => {
    const [values, names] = JSON.parse(data);
    if (names) view?.signal(NAMES, names);
    view?.data(ROWS, values).runAsync();
  };

  // A chart that stands there already gets its new rows; one that looks otherwise, or has other names, is drawn anew.
  const drawOne = async (place, name, template, rows) => {
    const text = JSON.stringify(template), data = JSON.stringify([rows, model.get("names")[name]]);
    if (place.template === text && place.data === data) return;
    const stays = place.template === text;
    Object.assign(place, { template: text, data });
    if (stays) {
      fill(views.get(name)?.view, data); // one that is still being drawn looks for newer rows in the end
      return;
    }
    leave(name);
    // What stands there stays until the new chart is ready.
    const frame = document.createElement("div");
    frame.hidden = true;
    frame.setAttribute("aria-busy", "true");
    place.append(frame);
    const { vegaEmbed } = await loadVega();
    const newer = () => place.template !== text || !place.isConnected;
    if (newer()) { frame.remove(); return; }
    const first = place.data;
    const made = await vegaEmbed(frame, filled(template, first), { actions: false, renderer: "svg" });
    if (newer()) { made.finalize(); frame.remove(); return; }
    frame.setAttribute("aria-hidden", "true"); // the place has the text alternative
    frame.hidden = false;
    frame.removeAttribute("aria-busy");
    place.replaceChildren(frame);
    views.set(name, made);
    if (place.data !== first) fill(made.view, place.data);
  };

  // A panel takes the focus when it opens, keeps it when what had it has gone, and gives it back to what opened it.
  const settle = (held, before, now) => {
    if (before && !now) page.querySelector(`[data-opens="${before}"]`)?.focus();
    else if (now && (now !== before || (held && !page.contains(held)))) page.querySelector("[data-panel] [tabindex]").focus();
  };

  const show = () => {
    const fresh = document.createElement("div");
    fresh.innerHTML = model.get("html");
    pieces = model.get("pieces");
    const now = fresh.firstElementChild.dataset.step;
    const held = document.activeElement, ofHistory = held?.closest(".history");
    if (page.firstElementChild && now === step) {
      morph(page.firstElementChild, fresh.firstElementChild);
      // What moved to another place in an order has lost the focus; what was asked and answered gives it to the next question.
      if (held !== document.activeElement && page.contains(held)) held.focus();
      else if (ofHistory && !page.contains(held)) page.querySelector(".history button").focus();
    } else {
      const first = step === "";
      for (const name of views.keys()) leave(name);
      page.replaceChildren(whole(fresh.firstElementChild));
      step = now;
      if (first) for (const place of page.querySelectorAll("[data-chart]")) place.append(...drawnFirst(place.dataset.chart));
      if (!first) { page.querySelector("h1").focus({ preventScroll: true }); window.scrollTo(0, 0); }
      if (goal) document.getElementById(goal)?.focus();
    }
    slides.shown();
    paper.shown();
    settle(ofHistory ? null : held, panel, (panel = page.querySelector("[data-panel]")?.dataset.panel ?? ""));
    document.title = `${page.querySelector("h1").textContent.trim()} | Partnership Model`;
    if (live.textContent !== model.get("headline")) live.textContent = model.get("headline");
    return draw();
  };

  // A link to what is chosen now: not before the last move was answered.
  let copying = false;
  const copy = () => {
    copying = waiting;
    if (!waiting) copyLink(page, model.get("kept"));
  };

  // The page and its pieces may both have changed in one answer, which shows them once, and before what waits is sent.
  let stale = false;
  const showStale = () => {
    if (!stale) return;
    stale = false;
    show();
  };
  const refresh = () => {
    if (opening || stale) return;
    stale = true;
    queueMicrotask(showStale);
  };

  const done = () => {
    showStale();
    waiting = false;
    clearTimeout(late);
    window.partnership?.late(false);
    page.removeAttribute("aria-busy");
    draw();
    const queue = next;
    next = [];
    for (const { node } of queue) mark(node, false);
    for (const { move, node } of queue) send(move, node);
    if (copying) copy();
    if (opening && !waiting) { opening = false; show().then(scrollBack); }
  };

  const act = (event, kind) => {
    const node = event.target.closest(`[data-on-${kind}]`);
    if (!node || !page.contains(node)) return;
    const move = node.getAttribute(`data-on-${kind}`);
    goal = node.dataset.to ?? "";
    if (move === "copy") copy();
    else if (move === "open_file") chosen(node, send);
    else send(moves[move](node), node);
  };
  page.addEventListener("click", (event) => act(event, "click"));
  page.addEventListener("keydown", (event) => { if (event.key === "Escape") page.querySelector("[data-closes]")?.click(); });
  page.addEventListener("change", (event) => act(event, "change"));
  page.addEventListener("input", (event) => {
    const twin = event.target.closest("[data-criterion]");
    if (event.target.type === "range" && twin) {
      const typed = page.querySelector(`input[type=text][data-criterion="${twin.dataset.criterion}"]`);
      if (typed) typed.value = event.target.value;
    }
    act(event, "input");
  });
  model.on("change:html", refresh);
  model.on("change:pieces", refresh);
  model.on("change:kept", () => keep(model.get("kept")));
  model.on("change:templates", draw);
  model.on("change:rows", draw);
  model.on("change:names", draw);
  model.on("msg:custom", (message, buffers) => { if (message.file) offer(message.file, buffers[0]); else done(); });
  const resized = new ResizeObserver(() => {
    const is = page.clientWidth > 0 && page.clientWidth < NARROW;
    measured = true;
    if (is !== narrow) send({ do: "width", narrow: (narrow = is) });
    else draw();
  });

  // What was chosen in this tab before, and what a link brings, is opened before anything is shown.
  const name = model.get("case"), own = stored.read(name), sent = fromAddress();
  const keep = (text) => {
    window.history.scrollRestoration = text ? "manual" : "auto"; // the browser would scroll before the page is long enough
    window.partnership?.keep(text, stored.write(name, text));
  };
  const scrollBack = () => { if (own && !sent && window.scrollY === 0) window.scrollTo(0, Number(stored.read("scrolled"))); };
  let opening = Boolean(own || sent);
  const left = new AbortController();
  const open = (source, text) => { if (text) send({ do: "open", source, text }); };
  addEventListener("hashchange", () => open("sent", fromAddress()), left);
  addEventListener("pagehide", () => stored.write("scrolled", String(Math.round(window.scrollY))), left);
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.key !== "z" || event.target.matches("input[type=text]")) return;
    event.preventDefault();
    send(moves.undo());
  }, left);
  if (opening) {
    window.partnership?.keep(own, true);
    const line = document.createElement("p");
    Object.assign(line, { className: "bringing-back", textContent: "Bringing back what was chosen…" });
    page.append(line);
    open("kept", own);
    open("sent", sent);
  } else show();
  resized.observe(page);
  return () => { resized.disconnect(); left.abort(); slides.done(); paper.done(); };
}

export default { render };
