// Keeps what was chosen in this tab, and opens it again after a reload, from a link or from a field. The text is the kernel's; nothing here reads it.

const IN_A_LINK = "#state=";

// The store may be full, switched off or forged; then the page round the dashboard carries the text over a reload in the address.
const stored = {
  read(name) {
    try { return sessionStorage.getItem(`partnership-${name}`) ?? ""; } catch { return ""; }
  },
  write(name, text) {
    try {
      if (text) sessionStorage.setItem(`partnership-${name}`, text);
      else sessionStorage.removeItem(`partnership-${name}`);
      return true;
    } catch { return false; }
  },
};

// Gives the text in the address once: it must not stay there to be opened a second time, or to be seen on the projector.
function fromAddress() {
  if (!location.hash.startsWith(IN_A_LINK)) return "";
  const text = location.hash.slice(IN_A_LINK.length);
  history.replaceState(history.state, "", location.pathname + location.search);
  return text;
}

async function copyLink(page, text) {
  const link = location.origin + location.pathname + IN_A_LINK + text;
  const place = page.querySelector(".copied");
  try {
    await navigator.clipboard.writeText(link);
    place.textContent = "The link is copied.";
  } catch {
    const field = document.createElement("input");
    Object.assign(field, { type: "text", readOnly: true, value: link });
    field.setAttribute("aria-label", "The link: copy it from here");
    place.replaceChildren("Copy it from here: ", field);
    field.select();
  }
  place.setAttribute("role", "status");
}
