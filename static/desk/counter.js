// Counts letters or lines beside a field while it is typed: [data-counts] names the field's id.
const counters = new Map();
for (const counter of document.querySelectorAll("[data-counts]")) counters.set(counter.dataset.counts, counter);

document.addEventListener("input", (event) => {
  const counter = counters.get(event.target.id);
  if (!counter) return;
  const text = event.target.value;
  const lines = new Set(text.split("\n").map((line) => line.trim()).filter(Boolean));
  const count = "lines" in counter.dataset ? lines.size : Array.from(text).length;
  counter.querySelector("[data-count]").textContent = count;
  counter.classList.toggle("is-full", count > Number(counter.dataset.most));
});
