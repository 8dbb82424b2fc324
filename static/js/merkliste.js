// „Merken“ without leaving the page: a click on a[data-remember] fetches the page behind the link,
// submits its form and marks the link. Whatever goes wrong, the link itself still leads there.
// One after the other: a list in a session would lose what is put there at the same moment.
let queue = Promise.resolve();

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-remember]");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link.ariaBusy === "true") return;
  link.ariaBusy = "true";
  link.setAttribute("aria-live", "polite");
  queue = queue.then(() => remember(link));
});

async function remember(link) {
  try {
    const form = (await pageFrom(link.href)).querySelector("form[data-remember-form]");
    const answer = form && (await pageFrom(link.href, { method: "POST", body: new FormData(form) }));
    const refusal = answer?.querySelector(".messages:has(.kern-alert--danger)");
    if (refusal) {
      document.querySelector("main").before(refusal);
      refusal.scrollIntoView({ block: "center" });
    } else {
      // From now on the link leads to the page that says where the Merkliste is.
      link.removeAttribute("data-remember");
      (link.querySelector(".kern-label") ?? link).textContent = "Gemerkt";
    }
    link.ariaBusy = "false";
  } catch {
    window.location.assign(link.href);
  }
}

async function pageFrom(address, options) {
  const response = await fetch(address, options);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}
