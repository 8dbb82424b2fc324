// Suggestions below a search field: a list of links, fetched while somebody types.
// The field works without; arrow keys walk through the list, Escape closes it.
const WAIT = 150;

for (const field of document.querySelectorAll("input[data-suggestions]")) {
  const form = field.form;
  const box = document.createElement("div");
  const told = document.createElement("p");
  box.className = "suggestions";
  box.hidden = true;
  told.className = "visually-hidden";
  told.setAttribute("role", "status");
  field.closest(".search-field").after(box, told);
  let timer = 0;
  let asked = null;

  const close = () => {
    box.hidden = true;
    told.textContent = "";
  };

  const ask = async () => {
    const text = field.value.trim();
    asked?.abort();
    if (text.length < 2) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`${field.dataset.suggestions}?q=${encodeURIComponent(text)}`, { signal: asked.signal });
      if (!answer.ok) return close();
      box.innerHTML = await answer.text();
    } catch {
      return; // a newer question, or no network: the button still works
    }
    const count = box.querySelectorAll("a").length;
    box.hidden = count === 0;
    told.textContent = count ? `${count} ${count === 1 ? "Vorschlag" : "Vorschläge"}, mit der Pfeiltaste erreichbar` : "";
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });

  form.addEventListener("keydown", (event) => {
    const links = [...box.querySelectorAll("a")];
    if (event.key === "Escape" && !box.hidden) {
      close();
      field.focus();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && links.length && !box.hidden) {
      event.preventDefault();
      const stops = [field, ...links];
      const step = event.key === "ArrowDown" ? 1 : -1;
      stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
    }
  });

  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
}
