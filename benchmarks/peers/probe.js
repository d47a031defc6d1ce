// Runs in each measured page before anything else. Once a frame, after whatever drew in it, it looks at what a person sees:
// the headline, and the marks and words of every chart, whichever product drew them and however deep in shadow trees.
// A chart that was drawn beforehand counts as content; only one that lives can answer a key.
window.probe = (() => {
  const CHARTS = 0; // replaced by the number of charts
  const LIVING = "svg.marks"; // replaced by what finds a chart that lives
  const never = null;
  const seen = { content: never, press: never, changed: -Infinity, marks: [] };

  function* find(selector, root = document) {
    for (const node of root.querySelectorAll("*")) {
      if (node.matches(selector)) yield node;
      if (node.shadowRoot) yield* find(selector, node.shadowRoot);
    }
  }
  const isShown = (node) => node.getBoundingClientRect().width > 0;

  // A chart is its marks and words, not its nodes: one that is drawn again as it was has not changed.
  const marks = (svg) => [...svg.querySelectorAll("path, text")]
    .map((node) => [node.getAttribute("d"), node.getAttribute("transform"), node.textContent].join(" ")).join("\n");

  const look = () => {
    requestAnimationFrame(soon);
    const now = performance.now();
    const found = [];
    let headline = false, drawn = 0;
    for (const node of find("h1, svg.marks")) {
      if (!isShown(node)) continue;
      if (node.nodeName === "H1") headline ||= node.textContent.trim() !== "";
      else if (node.querySelector("path[d], text")) {
        drawn += 1;
        if (node.matches(LIVING)) found.push(marks(node));
      }
    }
    if (headline && drawn >= CHARTS) seen.content ??= now;
    if (found.length < CHARTS) return; // not there yet, or just being drawn again
    if (found.some((chart, at) => chart !== seen.marks[at])) {
      seen.marks = found;
      seen.changed = now;
    }
    const press = seen.press;
    if (press && press.all === never && found.every((chart, at) => chart !== press.before[at])) press.all = now;
  };
  const channel = new MessageChannel();
  channel.port1.onmessage = look;
  const soon = () => channel.port2.postMessage(0);
  requestAnimationFrame(soon);

  addEventListener("keydown", (event) => {
    if (event.isTrusted) seen.press ??= { at: event.timeStamp, before: seen.marks, all: never };
  }, true);

  const until = (is, patience) => new Promise((resolve) => {
    const end = performance.now() + patience;
    const ask = () => (is() ? resolve(true) : performance.now() > end ? resolve(false) : requestAnimationFrame(ask));
    ask();
  });
  const slider = (selector) => find(selector).next().value;
  const value = (node) => node.value ?? node.getAttribute("aria-valuenow");

  return {
    seen,
    ready: (selector) => seen.marks.length === CHARTS && Boolean(slider(selector)),
    // Puts the focus on the slider for a key that is about to be pressed.
    aim: (selector, anew) => {
      if (anew) seen.press = never;
      const node = slider(selector);
      node.focus();
      seen.value = value(node);
    },
    // Says whether all charts have changed; a key that did not even move the slider was pressed too early.
    answer: async (selector, patience) => {
      const took = () => value(slider(selector)) !== seen.value;
      if (!(await until(took, 60))) return false;
      return until(() => seen.press?.all, patience);
    },
    // Waits until no chart has changed for a while.
    settled: (quiet, patience) => until(() => performance.now() - seen.changed > quiet, patience),
  };
})();
