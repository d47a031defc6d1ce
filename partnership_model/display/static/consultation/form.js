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
  if (!form) { if (document.querySelector("[data-sent]")) kept.clear(); return; }
  const order = document.getElementById("order");
  const said = JSON.parse(form.dataset.words || "{}");
  const status = (beside) => {
    const told = document.createElement("p");
    told.setAttribute("role", "status");
    beside.after(told);
    return told;
  };

  // What was typed, kept in this tab until it is sent; only this page come back to shows it again.
  const own = () => [...form.elements].filter((one) => one.name && !["hidden", "submit"].includes(one.type) && one.name !== "voucher");
  const ticks = (one) => ["radio", "checkbox"].includes(one.type);
  const keep = () => kept.write({ at: Date.now(), typed: own().map((one) => [one.name, one.value, ticks(one) && !one.checked]) });
  const within = 15 * 60 * 1000;
  if (form.dataset.fresh === "yes") {
    const came = performance.getEntriesByType("navigation")[0]?.type;
    const before = kept.read();
    if (before && ["reload", "back_forward"].includes(came) && Date.now() - before.at < within) {
      for (const [name, value, off] of before.typed)
        for (const one of own().filter((other) => other.name === name))
          if (!ticks(one)) one.value = value;
          else if (one.value === value) one.checked = !off;
      for (const one of form.querySelectorAll("details")) one.open = [...one.querySelectorAll("input,select")].some((other) => other.value);
      const told = status(form.previousElementSibling);
      told.className = "card";
      told.textContent = said.draft_back;
    } else kept.clear();
  }
  form.addEventListener("input", keep);

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
    if (ready) return;
    event.preventDefault();
    keep();
    if (asked) return;
    asked = true;
    send(event.submitter).finally(() => { asked = false; });
  });

  const selects = [...order.querySelectorAll("select")];
  const placed = () => selects.filter((one) => one.value).sort((a, b) => a.value - b.value);
  const number = (list) => list.forEach((one, at) => { one.value = String(at + 1); });
  const moved = status(order);
  moved.className = "unseen";
  const move = (select, by) => {
    const list = placed();
    const at = list.indexOf(select);
    if (at < 0) list.push(select);
    else {
      const to = at + by;
      if (to < 0 || to >= list.length) return;
      list.splice(at, 1);
      list.splice(to, 0, select);
    }
    number(list);
    keep();
    moved.textContent = `${select.labels[0].textContent}: ${select.value}`;
  };
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
  const total = document.getElementById("total");
  const shares = [...form.querySelectorAll("input.short")];
  const add = () => {
    const sum = shares.reduce((all, one) => all + (Number.parseInt(one.value, 10) || 0), 0);
    total.hidden = !sum;
    total.textContent = said.points_so_far.replace("{total}", String(sum));
  };
  if (total) { shares.forEach((one) => one.addEventListener("input", add)); add(); }
})();
