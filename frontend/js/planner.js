// Dragging a card of the year planner to another half-term. Every card has a Move link, so nothing here is needed.
const drop = document.getElementById("planner-drop");
let dragged = null;

/** A card goes to the same year group's cells of other half-terms: what is dragged is when it is, never for whom. */
const takes = (cell) => {
  const from = dragged?.closest("[data-drop]");
  return Boolean(from) && cell.dataset.row === from.dataset.row && cell.dataset.drop !== from.dataset.drop;
};

function startCard(card) {
  card.draggable = true;
  // A link is dragged by itself otherwise, and not the card it names.
  for (const link of card.querySelectorAll("a")) link.draggable = false;
  card.addEventListener("dragstart", (event) => {
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.querySelector("a").textContent);
    for (const cell of document.querySelectorAll("[data-drop]")) cell.classList.toggle("tp-planner__cell--takes", takes(cell));
  });
  card.addEventListener("dragend", () => {
    dragged = null;
    for (const cell of document.querySelectorAll("[data-drop]")) cell.classList.remove("tp-planner__cell--takes", "tp-planner__cell--over");
  });
}

function startCell(cell) {
  cell.addEventListener("dragover", (event) => {
    if (!takes(cell)) return;
    event.preventDefault();
    cell.classList.add("tp-planner__cell--over");
  });
  cell.addEventListener("dragleave", () => cell.classList.remove("tp-planner__cell--over"));
  cell.addEventListener("drop", (event) => {
    if (!takes(cell)) return;
    event.preventDefault();
    send(dragged, cell.dataset.drop);
  });
}

/** Posted as the form on the card's own page is, so the server answers both alike. */
function send(card, halfTerm) {
  if (drop.dataset.sent) return;
  drop.dataset.sent = "yes";
  drop.action = card.dataset.move + window.location.search;
  drop.elements.when.value = halfTerm;
  drop.elements.stamp.value = card.dataset.stamp;
  drop.submit();
}

if (drop) {
  document.querySelectorAll("[data-move]").forEach(startCard);
  document.querySelectorAll("[data-drop]").forEach(startCell);
  document.querySelector(".tp-planner__hint")?.removeAttribute("hidden");
  // Gone back to from the browser's memory, the page may send again.
  window.addEventListener("pageshow", () => { delete drop.dataset.sent; });
}
