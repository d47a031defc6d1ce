// Paper cannot be clicked: what is folded is opened for the time of printing, and each sheet says of which case and day it is.

function printing(page) {
  let opened = [];
  const before = () => {
    opened = [...page.querySelectorAll("details:not([open])")].filter((one) => !one.closest("[data-form]"));
    for (const one of opened) one.open = true;
  };
  const after = () => {
    for (const one of opened) one.open = false;
    opened = [];
  };
  const shown = () => {
    const said = page.querySelector("[data-printed]")?.dataset.printed;
    if (said) document.documentElement.style.setProperty("--printed", JSON.stringify(said));
  };
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
  const done = () => {
    removeEventListener("beforeprint", before);
    removeEventListener("afterprint", after);
  };
  return { shown, done };
}

