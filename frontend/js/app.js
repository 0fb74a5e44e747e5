// Small helps only. Every page works without this file.
import { initAll } from "./govuk-frontend.min.js";
import { forgetMarks, startRegister } from "./register.js";

/** A tick box in a table's head ticks every box of the name it gives in that table. */
function startSelectAll(all) {
  const table = all.closest("table");
  const boxes = () => [...table.querySelectorAll(`input[type=checkbox][name="${all.dataset.selectAll}"]`)];
  const heads = [all, ...narrowTwin(all, table)];
  const reflect = () => {
    const ticked = boxes().filter((box) => box.checked).length;
    for (const head of heads) {
      head.checked = ticked > 0 && ticked === boxes().length;
      head.indeterminate = ticked > 0 && !head.checked;
    }
  };
  const tickAll = (event) => {
    for (const box of boxes()) box.checked = event.target.checked;
    reflect();
  };
  all.closest("[hidden]")?.removeAttribute("hidden");
  for (const head of heads) head.addEventListener("change", tickAll);
  table.addEventListener("change", (event) => { if (event.target !== all) reflect(); });
  reflect();
}

/** On a phone a table that stacks hides its head, so the tick box for all stands above it too. */
function narrowTwin(all, table) {
  if (!table.classList.contains("tp-table--stack")) return [];
  const label = document.createElement("label");
  const twin = document.createElement("input");
  twin.type = "checkbox";
  twin.className = "tp-tick";
  label.className = "govuk-body tp-select-all";
  label.append(twin, ` ${all.getAttribute("aria-label")}`);
  table.before(label);
  return [twin];
}

/** Filters start open, so that they work with no script; on a phone they would push the list off the screen. */
function foldFilter(panel) {
  if (!window.matchMedia("(min-width: 48.0625rem)").matches) panel.open = false;
}

/** What is folded under a word of the menu lies over the page: looking elsewhere, or Escape, folds it away again. */
function startFoldingAway(part) {
  const leave = (event) => { if (!part.contains(event.target)) part.open = false; };
  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);
  part.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !part.open) return;
    part.open = false;
    part.querySelector("summary").focus();
  });
}

// A component that is already running says so by an InitError; anything else is worth seeing.
const onError = (error) => { if (error.name !== "InitError") console.error(error); };

function start() {
  // Going back makes htmx fetch the whole page, whose body comes without the classes js-enabled.js gave the first one.
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
  initAll({ onError });
  const beginnings = [
    ["[data-select-all]", startSelectAll],
    ["details[data-fold-when-narrow]", foldFilter],
    ["details[data-fold-away]", startFoldingAway],
    ["form[data-register]", startRegister],
  ];
  for (const [name, begin] of beginnings) {
    for (const part of document.querySelectorAll(`${name}:not([data-started])`)) {
      part.dataset.started = "";
      begin(part);
    }
  }
}

forgetMarks();
start();

// What htmx brings in may hold components of its own.
document.addEventListener("htmx:after:swap", start);
