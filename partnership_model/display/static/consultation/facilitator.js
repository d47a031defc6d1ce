// The number of answers moves on its own; the page works without it, and then shows what was so when it was opened.
(() => {
  const every = 500;
  const show = (now) => {
    for (const one of document.querySelectorAll("[data-answers]")) one.textContent = String(now.answers);
    for (const one of document.querySelectorAll("[data-session]")) one.textContent = String(now.sessions[one.dataset.session] || 0);
  };
  const ask = async () => {
    try {
      const answer = await fetch("/consultation/now", { cache: "no-store" });
      if (answer.ok) show(await answer.json());
    } finally {
      setTimeout(ask, every);
    }
  };
  setTimeout(ask, every);
})();
