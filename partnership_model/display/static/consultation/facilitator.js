// The number of answers moves on its own, and pictures when they change. Without scripts the page shows what was so when it was opened.
(() => {
  const every = 500;
  const pictures = document.getElementById("pictures");
  if (!pictures) return;
  const on = pictures.dataset.on || "";
  const redraw = async (mark) => {
    const answer = await fetch(`/consultation/pictures?on=${on}`, { cache: "no-store" });
    if (!answer.ok) return;
    const html = await answer.text();
    pictures.innerHTML = html;
    pictures.dataset.mark = mark;
    const wall = document.querySelector(".projector");
    if (wall) wall.classList.toggle("showing", html.trim() !== ""); // pictures come first on a wall
  };
  const joined = (now, at) => {
    if (now.joined.includes(at)) return at;
    if (now.joined.length) return now.joined[0];
    return now.ends ? "closing" : "";
  };
  const show = async (now) => {
    if (now.closed !== ("closed" in pictures.dataset)) return location.reload(); // closed while it was open here
    const beside = document.querySelector("[data-joined]");
    if (beside && beside.dataset.joined !== joined(now, beside.dataset.joined)) return location.reload(); // another session, or none
    for (const one of document.querySelectorAll("[data-answers]")) one.textContent = String(now.answers);
    for (const one of document.querySelectorAll("[data-left]")) one.textContent = now.left;
    for (const one of document.querySelectorAll("[data-plural]")) one.textContent = now.answers === 1 ? "" : "s";
    for (const one of document.querySelectorAll("[data-session]")) one.textContent = String(now.sessions[one.dataset.session] || 0);
    for (const one of document.querySelectorAll("[data-school]")) {
      const said = now.schools[one.dataset.school] || "";
      if (one.textContent !== said) one.textContent = said;
    }
    for (const one of document.querySelectorAll("[data-warned]")) {
      const said = now.warned[one.dataset.warned] || "";
      if (one.textContent !== said.trim()) one.textContent = said;
    }
    if (pictures.dataset.mark !== now.mark) await redraw(now.mark);
  };
  const ask = async () => {
    try {
      const answer = await fetch(`/consultation/now?on=${on}`, { cache: "no-store" });
      if (answer.ok) await show(await answer.json());
    } catch {
      // The server is away for a moment; the next round asks again.
    } finally {
      setTimeout(ask, every);
    }
  };
  setTimeout(ask, every);
})();
