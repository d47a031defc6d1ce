// Facts side by side for one school: what differs, what changes for a role, and questions looked for by their words.
const facts = (() => {
  "use strict";
  const { element, table, fill, bullets } = drawing;

  function start(data, options) {
    const staying = options.findIndex((option) => option.key === "stay");
    const state = { school: 0, compared: new Set(data.compared), same: false, all: false, role: "governor", asked: "" };
    const shown = () => [staying, ...options.flatMap((one, at) => (state.compared.has(one.key) ? [at] : []))];
    const cellsOf = (option, question) => data.cells[data.schools[state.school].kind][option][question];
    const answerOf = (option, question) => data.answers[cellsOf(option, question)[0]];

    function cell(option, question) {
      const [number, , hint] = cellsOf(option, question), one = data.answers[number];
      const asks = [one.status, one.ask && `ask ${one.ask}`].filter(Boolean).map((text) => [element("span", { class: "ask" }, text), " "]);
      return [element("strong", {}, one.answer), " ", element("span", { class: `mark ${one.mark}` }, one.mark), " ", asks,
        hint ? element("span", { class: "changes" }, data.hints[hint]) : null, inWords(one)];
    }

    function inWords(one) {
      const sources = (one.sources ?? []).map((at) => data.sources[at]).map(([title, place, href]) => element("li", {},
        href ? element("a", { href, rel: "noreferrer noopener", target: "_blank" }, title) : title, place));
      return element("details", {}, element("summary", {}, "In words"), element("p", {}, one.says),
        sources.length ? element("ul", { class: "sources" }, sources) : null,
        one.shared ? element("p", { class: "note" }, "The same words are recorded for other schools or options too.") : null,
        one.later ? element("p", { class: "note" }, "The text that was read is later than the day asked about.") : null);
    }

    function answers(caption, questions) {
      const columns = shown();
      const rows = questions.map((question) => [data.questions[question].asks, ...columns.map((option) => cell(option, question))]);
      return table(caption, ["Question", ...columns.map((at) => options[at].label)], rows, "facts");
    }

    const differs = (question) => shown().some((option) => !cellsOf(option, question)[1]);
    const asked = () => data.questions.flatMap((one, at) => (one.first || state.all ? [at] : []));

    // The finding, as the dashboard says it.
    function finding() {
      const rows = asked(), compared = shown().slice(1);
      if (!compared.length) return "Choose an option to put beside staying as you are";
      const open = compared.filter((option) => rows.some((question) => !answerOf(option, question).not_open));
      const closed = words.listed(compared.filter((option) => !open.includes(option)).map((at) => options[at].inASentence));
      if (!open.length) return `Not open to this school: ${closed}`;
      const parts = open.map((option, at) => {
        const changed = rows.filter((question) => !cellsOf(option, question)[1]).length;
        return `${changed}${at === 0 ? " would change" : ""} with ${options[option].inASentence}`;
      });
      const end = open.length < compared.length ? `; not open to this school: ${closed}` : "";
      return `Of ${rows.length} ${state.all ? "answers" : "key answers"}, ${words.listed(parts)}${end}`;
    }

    function draw() {
      const school = data.schools[state.school], rows = asked(), differing = rows.filter(differs);
      document.getElementById("finding-facts").textContent = finding();
      document.getElementById("facts-lead").textContent = `For ${school.name} (${school.plain}${school.invited ? "; it is invited, so its facts are shown but it is not scored" : ""}).`;
      fill("compared", answers(state.same ? "Questions and answers" : "What differs", state.same ? rows : differing),
        differing.length || state.same ? null : element("p", { class: "missing" }, "No answer differs between the options chosen."),
        element("p", { class: "buttons" },
          rows.length > differing.length ? button("show-same", state.same ? "Only what differs" : `Show the questions with the same answer (${rows.length - differing.length})`, () => { state.same = !state.same; }) : null,
          button("show-all", state.all ? "Only the key questions" : `All ${data.questions.length} questions`, () => { state.all = !state.all; })));
      drawRole();
      drawAsked();
    }

    function button(id, text, does) {
      return element("button", { type: "button", id, on: { click: () => { does(); draw(); document.getElementById(id)?.focus(); } } }, text);
    }

    function drawRole() {
      const role = data.roles.find((one) => one.key === state.role);
      const every = shown().slice(1).map((option) => forRole(role, option));
      fill("for-role", every.length ? every : element("p", { class: "missing" }, "Choose an option to put beside staying as you are."));
    }

    function forRole(role, option) {
      const found = role.changes[data.schools[state.school].kind][option].map(([question, kind]) => ({ question, kind: data.changeWords[kind] }));
      const of = (name) => found.filter((one) => one.kind[0] === name);
      const title = element("h4", {}, options[option].label);
      if (found.length && of("not_open").length === found.length) return [title, element("p", { class: "missing" }, "Not open to this school.")];
      const kinds = ["lost", "gained", "changed", "unknown"].filter((name) => of(name).length);
      const said = [...kinds.map((name) => `${of(name).length} ${of(name)[0].kind[1].toLowerCase()}`), `${of("kept").length} kept`];
      const first = [...of("lost"), ...of("gained")];
      return [title, element("p", {}, `Of ${found.length} questions that concern ${role.plain}: ${words.listed(said)}.`),
        first.length ? changeTable("What is gained and lost", first, option) : null,
        ["changed", "unknown"].filter((name) => of(name).length).map((name) => folded(`${of(name)[0].kind[1]}: ${of(name).length}`,
          changeTable(of(name)[0].kind[1], of(name), option))),
        of("kept").length ? folded(`Kept: ${of("kept").length}`, bullets(of("kept").map((one) => data.questions[one.question].asks), "")) : null];
    }

    const folded = (title, content) => element("details", {}, element("summary", {}, title), content);

    function changeTable(caption, lines, option) {
      const rows = lines.map(({ question, kind }) => {
        const then = answerOf(option, question);
        return [kind[1], data.questions[question].asks, answerOf(staying, question).answer,
          [then.answer, " ", element("span", { class: `mark ${then.mark}` }, then.mark), then.ask ? [" ", element("span", { class: "ask" }, `ask ${then.ask}`)] : null]];
      });
      return table(caption, ["Change", "Question", "Today", "Then"], rows);
    }

    // Questions by the words that were typed; a word counts the more the rarer it is among the questions.
    const wordsIn = (text) => text.toLowerCase().match(/[a-z]{2,}/g) ?? [];
    const stem = (word) => (word.length > 4 ? word.replace(/(ies|ing|ed|es|s)$/, "") : word);
    const known = new Set(data.often.flatMap((one) => one.about));
    const entries = [...data.often, ...data.questions.flatMap((one, at) => (known.has(at) ? [] : [{ asks: one.asks, also: "", about: [at] }]))]
      .map((one) => ({ ...one, words: wordsIn([one.asks, one.also, ...one.about.map((at) => data.questions[at].asks)].join(" ")).map(stem) }));
    const rarity = (word) => {
      const count = entries.filter((one) => one.words.some((other) => other.startsWith(word))).length;
      return count ? Math.log(1 + entries.length / count) : 2;
    };

    function find(text) {
      const typed = [...new Set(wordsIn(text).map(stem))], rare = new Map(typed.map((word) => [word, rarity(word)]));
      const every = typed.reduce((sum, word) => sum + rare.get(word), 0);
      return entries.map((one) => [typed.reduce((sum, word) => sum + (one.words.some((other) => other.startsWith(word)) ? rare.get(word) : 0), 0), one])
        .filter(([score]) => every > 0 && score / every >= 0.5).sort((a, b) => b[0] - a[0]).slice(0, 5).map(([, one]) => one);
    }

    function drawAsked() {
      const found = find(state.asked);
      if (!wordsIn(state.asked).length) { fill("asked"); return; }
      fill("asked", found.length ? found.map((one, at) => element("details", { open: at === 0 }, element("summary", {}, one.asks), answers(`Answers to: ${one.asks}`, one.about)))
        : element("p", { class: "missing" }, `Nothing here answers “${state.asked}”. Try one of its words alone.`));
    }

    function controls() {
      const school = document.getElementById("school"), role = document.getElementById("role"), ask = document.getElementById("ask");
      data.schools.forEach((one, at) => school.append(element("option", { value: at }, one.name)));
      data.roles.forEach((one) => role.append(element("option", { value: one.key, selected: one.key === state.role }, one.plain)));
      school.addEventListener("change", () => { state.school = Number(school.value); draw(); });
      role.addEventListener("change", () => { state.role = role.value; drawRole(); });
      ask.addEventListener("input", () => { state.asked = ask.value.trim(); drawAsked(); });
      document.getElementById("compare-legend").textContent = `Beside staying as we are (up to ${data.most})`;
      options.forEach((option, at) => { if (at !== staying) document.getElementById("compare").append(compare(option)); });
    }

    function compare(option) {
      const box = element("input", { type: "checkbox", checked: state.compared.has(option.key) });
      box.addEventListener("change", () => {
        const many = box.checked && state.compared.size >= data.most;
        const problem = document.getElementById("compare-problem");
        problem.hidden = !many;
        problem.textContent = many ? `${data.most} options at a time can stand beside staying. Take one away first.` : "";
        if (many) { box.checked = false; return; }
        if (box.checked) state.compared.add(option.key); else state.compared.delete(option.key);
        draw();
      });
      return element("label", { class: "check" }, box, ` ${option.label}`);
    }

    controls();
    draw();
    return { state, finding, find, draw };
  }

  return { start };
})();
