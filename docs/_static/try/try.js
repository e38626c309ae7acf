// What is typed goes to the library as a query, and the panels that come back are shown. The form
// itself is one of them: it is made anew where a choice changes which fields there are.
const page = document.querySelector("#try");
const form = page.querySelector("form");
const note = page.querySelector(".try-note");
const FORMS = ["form", "policy"];
let worker;
let asked = null;
let busy = false;
let linked = location.hash !== "";
let language = "en";

function change(query, reform) {
  linked = true;
  ask(String(query), reform);
}

function ask(query, reform) {
  asked = { query, reform: reform || Boolean(asked?.reform) };
  if (!busy) next();
}

function next() {
  busy = asked !== null;
  if (busy) worker.postMessage(asked);
  asked = null;
}

function typed() {
  return new URLSearchParams(new FormData(form));
}

function show(panels, reform) {
  // What was typed meanwhile is not overwritten: the form is made anew with the next answer.
  if (reform && asked) {
    asked.reform = true;
    reform = false;
  }
  const focused = form.contains(document.activeElement) ? document.activeElement.id : null;
  for (const [name, html] of Object.entries(panels)) {
    if (!reform && FORMS.includes(name)) continue;
    for (const panel of page.querySelectorAll(`[data-panel="${name}"]`)) panel.innerHTML = html;
  }
  if (reform && focused !== null) {
    const added = focused.startsWith("try-add") && form.querySelector("fieldset:last-of-type select");
    const other = form.querySelector("[name=add]");
    (added || document.getElementById(focused) || other).focus();
  }
}

// The introduction and the letter that is open are in the language of the page, where that changes.
function follow() {
  const chosen = form.elements.language.value;
  if (chosen === language) return;
  language = chosen;
  for (const text of page.querySelectorAll(".try-introduction p")) text.hidden = text.lang !== language;
  for (const letter of page.querySelectorAll(".try-letters details")) {
    letter.open = letter.querySelector(`[data-panel="letter-${language}"]`) !== null;
  }
}

function answered({ data: { panels, reform, failed } }) {
  if (failed) {
    note.textContent = page.dataset.failed;
    console.warn(failed);
  } else {
    page.classList.add("try-runs");
    show(panels, reform);
    follow();
    if (linked) history.replaceState(null, "", `#${panels.query}`);
  }
  next();
}

if (typeof WebAssembly === "object" && location.protocol.startsWith("http")) {
  note.textContent = page.dataset.loading;
  worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  worker.onmessage = answered;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => change(typed(), "reform" in target.dataset));
  form.addEventListener("click", ({ target }) => {
    if (!(target instanceof HTMLButtonElement)) return;
    const query = typed();
    query.append(target.name, target.value);
    change(query, true);
  });
  addEventListener("hashchange", () => change(location.hash.slice(1), true));
  ask(location.hash.slice(1), true);
}
