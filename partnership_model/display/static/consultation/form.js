// What a phone with scripts has more: a criterion moves up and down, points are added up, a lost connection loses nothing.
// Nothing here is needed to answer.
(() => {
  const form = document.getElementById("form");
  const key = `partnership ${location.pathname.slice(0, 7)}`;
  const kept = {
    read: () => { try { return JSON.parse(sessionStorage.getItem(key) || "null"); } catch { return null; } },
    write: (said) => { try { sessionStorage.setItem(key, JSON.stringify(said)); } catch { /* a browser that keeps nothing */ } },
    clear: () => { try { sessionStorage.removeItem(key); } catch { /* the same */ } },
  };
  // A page that the browser put aside whole would show the next person what was typed on it.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (!form) {
    if (document.querySelector("[data-sent]")) kept.clear();
    // What was typed here went into a form that was over: it is asked about as always, and then stands in a form of its own.
    if (document.querySelector("[data-left]") && kept.read()) kept.write({ ...kept.read(), ties: [], asked: false });
    return;
  }
  const order = document.getElementById("order");
  const said = JSON.parse(form.dataset.words || "{}");
  const status = (beside) => {
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    beside.after(told);
    return told;
  };

  // What was typed, kept in this tab until there is a receipt for it, with what makes sending it twice count once.
  const own = () => [...form.elements].filter((one) => one.name && !["hidden", "submit"].includes(one.type) && one.name !== "voucher");
  const ticks = (one) => ["radio", "checkbox"].includes(one.type);
  const ties = ["participant", "proof", "sitting"].map((name) => form.elements[name]);
  let sent = false;
  const keep = () => kept.write({
    at: Date.now(), sent, ties: ties.map((one) => one.value), typed: own().map((one) => [one.name, one.value, ticks(one) && !one.checked]),
  });
  const bring = (before) => {
    before.ties.forEach((value, at) => { ties[at].value = value; });
    for (const [name, value, off] of before.typed)
      for (const one of own().filter((other) => other.name === name))
        if (!ticks(one)) one.value = value;
        else if (one.value === value) one.checked = !off;
    for (const one of form.querySelectorAll("details")) one.open = [...one.querySelectorAll("input,select")].some((other) => other.value);
    sent = before.sent;
  };
  const card = (says) => {
    const told = status(document.querySelector("h1"));
    told.className = "card";
    told.textContent = says;
    return told;
  };
  // Whoever comes to the form anew may be the next person at this device, and sees nothing of before; where no receipt came, they are asked.
  const ask = (before) => {
    kept.write({ ...before, asked: true });
    const told = card(said.draft_asks);
    const answers = document.createElement("p");
    answers.className = "two";
    told.after(answers);
    const answer = (word, then) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "second";
      button.textContent = said[word];
      button.addEventListener("click", () => { answers.remove(); then(); });
      answers.append(button);
    };
    answer("draft_mine", () => { bring(before); told.textContent = said.draft_back; keep(); settle(); add(); });
    answer("draft_other", () => { kept.clear(); told.remove(); });
  };
  const within = 15 * 60 * 1000;
  const before = kept.read();
  if (form.dataset.fresh === "yes" && before) {
    const came = performance.getEntriesByType("navigation")[0]?.type;
    if (!before.ties || Date.now() - before.at > within) kept.clear();
    else if (!before.asked && ["reload", "back_forward"].includes(came)) { bring(before); card(said.draft_back); }
    else if (before.sent) ask(before);
    else kept.clear();
  }
  form.addEventListener("input", keep);
  for (const link of document.querySelectorAll("[data-anew]")) link.addEventListener("click", kept.clear);

  // Sent only when there is a network; until then the page stays, and tries again by itself.
  const again = 5000;
  let ready = false;
  let waiting = 0;
  let told = null;
  const reached = async () => {
    const signal = AbortSignal.timeout ? AbortSignal.timeout(again) : undefined; // older phones wait as long as they do
    try { await fetch(form.getAttribute("action"), { method: "HEAD", cache: "no-store", signal }); return true; } catch { return false; }
  };
  const send = async (button) => {
    clearTimeout(waiting);
    if (await reached()) {
      ready = true;
      sent = button?.name !== "switch";
      keep();
      if (form.requestSubmit) form.requestSubmit(button);
      else form.submit();
      return;
    }
    if (!told) { told = status(form.querySelector("p:last-of-type")); told.className = "errors"; }
    told.textContent = said.not_sent;
    waiting = setTimeout(() => send(button), again);
  };
  let asked = false;
  form.addEventListener("submit", (event) => {
    if (ready) { ready = false; return; }
    event.preventDefault();
    keep();
    if (asked) return;
    asked = true;
    send(event.submitter).finally(() => { asked = false; });
  });

  // The rows stand in the order that the places say; the row whose button was pressed stays under the thumb, and the others go round it.
  const selects = [...order.querySelectorAll("select")];
  const row = (select) => select.closest("li");
  const placed = () => selects.filter((one) => one.value).sort((a, b) => a.value - b.value);
  const settle = (pressed) => {
    const list = placed();
    const rows = [...list, ...selects.filter((one) => !list.includes(one))].map(row);
    if (!pressed) { order.append(...rows); return; }
    const mine = row(pressed);
    const at = rows.indexOf(mine);
    const { top } = mine.getBoundingClientRect();
    mine.before(...rows.slice(0, at));
    mine.after(...rows.slice(at + 1));
    scrollBy(0, mine.getBoundingClientRect().top - top);
    for (const one of rows) one.classList.toggle("moved", one === mine);
  };
  const moved = status(order);
  moved.className = "unseen";
  const move = (select, by) => {
    const steps = []; // what shares a place goes on sharing it
    for (const one of placed()) {
      const last = steps[steps.length - 1];
      if (last && last[0].value === one.value) last.push(one);
      else steps.push([one]);
    }
    const at = steps.findIndex((step) => step.includes(select));
    const alone = at < 0 || steps[at].length === 1;
    const to = at < 0 ? steps.length : alone ? at + by : Math.max(at, at + by);
    if (alone && at >= 0 && (to < 0 || to >= steps.length)) return;
    if (alone && at >= 0) steps.splice(at, 1);
    else if (at >= 0) steps[at] = steps[at].filter((one) => one !== select);
    steps.splice(to, 0, [select]);
    steps.forEach((step, place) => step.forEach((one) => { one.value = String(place + 1); }));
    settle(select);
    keep();
    moved.textContent = `${select.getAttribute("aria-label")}: ${select.value}`;
  };
  // What is left out stands under what has a place, whichever way the place was given: it counts as mattering least.
  for (const select of selects) select.addEventListener("change", () => settle(select));
  for (const select of selects)
    for (const [word, by] of [["higher", -1], ["lower", 1]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "step";
      button.textContent = said[word];
      button.setAttribute("aria-label", `${said[word]}: ${select.labels[0].textContent}`);
      button.addEventListener("click", () => move(select, by));
      select.parentElement.append(button);
    }
  settle();

  const total = document.getElementById("total");
  const shares = [...form.querySelectorAll("input.short")];
  // Figures of Arabic and Urdu keyboards are figures too; what is no whole number is not counted, and the server says so.
  const whole = (text) => {
    const plain = text.trim().replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (one) => one.charCodeAt(0) % 16);
    return /^\d+$/.test(plain) ? Number(plain) : 0;
  };
  const add = () => {
    if (!total) return;
    const sum = shares.reduce((all, one) => all + whole(one.value), 0);
    total.hidden = !sum;
    total.textContent = said.points_so_far.replace("{total}", String(sum));
  };
  shares.forEach((one) => one.addEventListener("input", add));
  add();
})();
