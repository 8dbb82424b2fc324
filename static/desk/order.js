// Orders the parts in each [data-ordered] group: by its grip with mouse or finger, by its buttons with the
// keyboard. The order goes into the number fields, which are all the server reads.
const ROW = ".part:not(.empty-form)";

function rowsOf(group) {
  return [...group.querySelectorAll(`:scope > ${ROW}`)];
}

function number(group, moved) {
  const rows = rowsOf(group);
  rows.forEach((row, place) => {
    const field = row.querySelector('input[name$="-position"]');
    if (field) field.value = place + 1;
  });
  const place = rows.indexOf(moved) + 1;
  group.querySelector("[data-order-status]").textContent = `Jetzt an Platz ${place} von ${rows.length}.`;
  moved.querySelector('input[name$="-position"]')?.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  const row = button.closest(ROW);
  const group = row.closest("[data-ordered]");
  const rows = rowsOf(group);
  const other = rows[rows.indexOf(row) + (button.dataset.move === "up" ? -1 : 1)];
  if (!other) return;
  if (button.dataset.move === "up") other.before(row);
  else other.after(row);
  number(group, row);
  button.focus();
});

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  const row = grip?.closest(ROW);
  if (!row || event.button !== 0) return;
  event.preventDefault();
  const group = row.closest("[data-ordered]");
  const before = rowsOf(group).indexOf(row);
  row.classList.add("is-dragged");
  grip.setPointerCapture(event.pointerId);

  const move = ({ clientY }) => {
    const rows = rowsOf(group);
    const own = rows.indexOf(row);
    // Past the middle of a neighbour the two change places; one step at a time never flickers.
    const middle = (other) => other.getBoundingClientRect().top + other.offsetHeight / 2;
    if (own > 0 && clientY < middle(rows[own - 1])) rows[own - 1].before(row);
    else if (own < rows.length - 1 && clientY > middle(rows[own + 1])) rows[own + 1].after(row);
    if (clientY < 60) window.scrollBy(0, -12);
    else if (clientY > window.innerHeight - 90) window.scrollBy(0, 12);
  };
  const end = () => {
    grip.removeEventListener("pointermove", move);
    row.classList.remove("is-dragged");
    if (rowsOf(group).indexOf(row) !== before) number(group, row);
  };
  grip.addEventListener("pointermove", move);
  grip.addEventListener("lostpointercapture", end, { once: true });
});
