// What a phone with scripts has more: a criterion moves up and down, points are added up. Nothing here is needed to answer.
(() => {
  const form = document.getElementById("form");
  if (!form) return;
  const order = document.getElementById("order");
  const said = JSON.parse(form.dataset.words || "{}");
  const selects = [...order.querySelectorAll("select")];
  const placed = () => selects.filter((one) => one.value).sort((a, b) => a.value - b.value);
  const number = (list) => list.forEach((one, at) => { one.value = String(at + 1); });
  const told = document.createElement("p");
  told.className = "unseen";
  told.setAttribute("role", "status");
  order.after(told);
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
    told.textContent = `${select.labels[0].textContent}: ${select.value}`;
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
