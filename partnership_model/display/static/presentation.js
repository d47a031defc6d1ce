// The presentation view: keys, full screen, and nothing in the address bar. What a slide shows is the kernel's.

const ONWARDS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };

function presentation(page, send) {
  let wanted = null;
  const slide = () => page.querySelector(".slide");
  const leave = () => slide()?.querySelector("[data-key=slide-leave]").click();

  // Presses that come faster than slides count from the slide that was asked for last.
  const turn = (steps) => {
    const { slide: at, slides: count } = slide().dataset;
    const next = Math.min(Math.max((wanted ?? Number(at)) + steps, 0), Number(count) - 1);
    if (next === (wanted ?? Number(at))) return;
    send({ do: "present", slide: (wanted = next) });
  };

  const keys = (event) => {
    if (!slide() || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape") leave();
    else if (event.key in ONWARDS && !event.target.closest("input, select, textarea")) {
      event.preventDefault();
      turn(ONWARDS[event.key]);
    }
  };

  // The browser keeps Escape for itself while the screen is full, and says only that it no longer is.
  const screen = () => { if (!document.fullscreenElement) leave(); };
  const pressed = (event) => {
    if (event.target.closest("[data-on-click=present]")) wanted = null;
    if (event.target.closest("[data-key=present]")) document.documentElement.requestFullscreen?.().catch(() => {});
    if (event.target.closest("[data-key=slide-leave]") && document.fullscreenElement) document.exitFullscreen().catch(() => {});
  };

  const shown = () => {
    if (Number(slide()?.dataset.slide) === wanted || !slide()) wanted = null;
    document.documentElement.classList.toggle("presenting", Boolean(slide()));
    if (slide() && window.location.hash) window.history.replaceState(window.history.state, "", window.location.pathname + window.location.search);
  };

  document.addEventListener("keydown", keys);
  document.addEventListener("fullscreenchange", screen);
  page.addEventListener("click", pressed);
  const done = () => {
    document.removeEventListener("keydown", keys);
    document.removeEventListener("fullscreenchange", screen);
  };
  return { shown, done };
}

