// Keeps what is typed on the server some seconds after a change, and asks once a minute who else is here.
// Files are not kept. Nothing here is needed to save: without it the form works as it stands.
const REST = 3_000; // milliseconds after the last change
const BEAT = 60_000;

const token = document.querySelector("[data-autosave]");
const form = token?.form;
const status = document.getElementById("desk-status");
const opened = Number(form?.elements.revision?.value) || null;
let changed = token ? "touched" in token.dataset : false;
let timer = 0;
let running = null; // what can stop the request under way
let stopped = false;
let isOut = false; // whether the session is over

if (form) {
  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  document.addEventListener("formset:added", touch);
  document.addEventListener("formset:removed", touch);
  form.addEventListener("submit", (event) => {
    // The preview opens beside the form; any other button leaves it.
    if (event.submitter?.name === "_preview") return;
    stopped = true;
    clearTimeout(timer);
    running?.abort();
  });
  window.addEventListener("pageshow", () => (stopped = false));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden ? changed : isOut) send();
  });
  setInterval(send, BEAT);
}

function touch() {
  changed = true;
  clearTimeout(timer);
  timer = setTimeout(send, REST);
}

async function send() {
  if (stopped || running) return;
  // Older typing lies on the server: it must not be written over before somebody has decided.
  const waits = "waits" in token.dataset;
  if (waits && changed) say("Nichts wird zwischengespeichert, bis Sie oben „Weiterarbeiten“ oder „Verwerfen“ wählen.");
  const whole = changed && !waits;
  running = new AbortController();
  const { signal } = running;
  try {
    // After a new log-in in another window this form needs a new CSRF token first.
    if (isOut && !(await welcome(signal))) return;
    if (whole) changed = false;
    const answer = await fetch(token.dataset.autosave, { method: "POST", body: fields(whole), signal });
    if (answer.status === 401 || answer.status === 403) {
      changed ||= whole;
      await loggedOut(answer);
    } else if (!answer.ok) {
      changed ||= whole;
      say(`Zwischenspeichern ging nicht (${answer.status}). Ihre Eingaben stehen noch hier.`);
    } else show(await answer.json());
  } catch (error) {
    changed ||= whole;
    if (error.name !== "AbortError") say("Keine Verbindung. Ihre Eingaben stehen noch hier.");
  } finally {
    running = null;
  }
}

function fields(whole) {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const isNeeded = name === "csrfmiddlewaretoken" || name === "typing_token";
    if (typeof value === "string" && !name.includes("__prefix__") && (whole || isNeeded)) data.append(name, value);
  }
  return data;
}

async function welcome(signal) {
  const answer = await fetch(token.dataset.autosave, { headers: { "X-Typing-Token": token.value }, signal });
  if (!answer.ok) return false;
  isOut = false;
  const { csrf } = await answer.json();
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = csrf;
  say("Sie sind wieder angemeldet.");
  return true;
}

async function loggedOut(answer) {
  isOut = true;
  const isData = answer.headers.get("Content-Type")?.startsWith("application/json");
  const { said, login } = isData ? await answer.json() : {};
  say(said ?? "Sie haben sich inzwischen neu angemeldet; beim nächsten Versuch geht es weiter.");
  if (!login) return;
  const link = document.createElement("a");
  link.href = login;
  link.target = "_blank";
  link.textContent = "In einem neuen Fenster anmelden";
  status.append(" ", link);
}

function show(answer) {
  if (answer.saved_at) say(`Zwischengespeichert um ${answer.saved_at} Uhr`);
  for (const [name, sentence] of Object.entries(answer.reading ?? {})) {
    const note = document.querySelector(`[data-reading="${name}"]`);
    if (note) note.textContent = sentence;
  }
  const others = document.getElementById("desk-others");
  others.querySelector("span").textContent = answer.others.join(", ");
  others.hidden = !answer.others.length;
  const newer = document.getElementById("desk-newer");
  newer.hidden = !opened || !answer.newest || answer.newest === opened;
  if (!newer.hidden) {
    newer.textContent =
      `Inzwischen gibt es Fassung ${answer.newest}, von ${answer.newest_by}. ` +
      "Wenn Sie speichern, sehen Sie beide Texte nebeneinander und wählen Feld für Feld.";
  }
}

function say(sentence) {
  if (status.textContent !== sentence) status.textContent = sentence;
}
