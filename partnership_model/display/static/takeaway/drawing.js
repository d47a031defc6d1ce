// Makes elements, and the tables with small bars and dots in them. Text is set as text, never as markup.
const drawing = (() => {
  "use strict";

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (key === "on") Object.entries(value).forEach(([event, does]) => made.addEventListener(event, does));
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  }

  // Rows of cells: texts, elements, or lists of both; the first cell of a row is its head.
  function table(caption, columns, rows, style = "") {
    const head = columns.map((column) => element("th", { scope: "col" }, column));
    const body = rows.map((row) => element("tr", {}, row.map((cell, at) => (at === 0
      ? element("th", { scope: "row" }, cell)
      : element("td", { "data-label": columns[at] }, cell)))));
    return element("table", { class: `rows-become-blocks ${style}`.trim() }, element("caption", {}, caption),
      element("thead", {}, element("tr", {}, head)), element("tbody", {}, body));
  }

  const hidden = (...children) => element("span", { class: "drawn", "aria-hidden": "true" }, ...children);

  // A line from 0 to 100 with a band from low to high, and a tick; what it shows stands beside it in words.
  function range(low, high, at) {
    const track = hidden(part("band", low, high - low));
    if (at !== null) track.append(part("at", at, 0));
    track.classList.add("track");
    return track;
  }

  function part(name, left, width) {
    const made = element("span", { class: name });
    made.style.left = `${left}%`;
    if (width) made.style.width = `${Math.max(width, 0.5)}%`;
    return made;
  }

  function dots(filled) {
    const drawn = hidden(Array.from({ length: 10 }, (_, at) => element("span", { class: at < filled ? "dot filled" : "dot" })));
    drawn.classList.add("dots");
    return drawn;
  }

  function bar(points, most) {
    const drawn = hidden(part("bar-of", 0, most > 0 ? (100 * points) / most : 0));
    drawn.classList.add("bar-line");
    return drawn;
  }

  function fill(id, ...children) {
    const place = document.getElementById(id), found = children.flat(Infinity).filter((child) => child !== null && child !== "");
    place.replaceChildren(...found);
    place.hidden = found.length === 0;
    return place;
  }

  const bullets = (texts, style = "plain") => element("ul", { class: style }, texts.map((text) => element("li", {}, text)));

  return { element, table, range, dots, bar, fill, bullets };
})();
