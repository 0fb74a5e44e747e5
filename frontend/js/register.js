// Taking a register with a thumb, and keeping its marks on this device while there is no connection to save them by.
// Only references and marks are kept, never a name: for a day at the longest, until they are saved or the person signs out.
// Without this file the radios and the button work as they are.

const PREFIX = "trigpoint.register.";
const A_DAY = 24 * 60 * 60 * 1000;
const AGAIN = 15 * 1000;
const PATIENCE = 20 * 1000;
const REST = ["none", "declined", "offered"];

const keys = () => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));

/** A browser may forbid a page to keep anything: then a register is sent as any form is. */
function mayKeep() {
  try {
    return Boolean(window.localStorage);
  } catch {
    return false;
  }
}

function read(key) {
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    return kept && Date.now() - kept.at < A_DAY ? kept : null;
  } catch {
    return null;
  }
}

/** What is kept goes after a day, whichever page is opened, and with whoever signs out. */
export function forgetMarks() {
  if (!mayKeep()) return;
  for (const key of keys()) if (!read(key)) localStorage.removeItem(key);
  for (const form of document.querySelectorAll("form[action$='/logout/']")) {
    form.addEventListener("submit", () => keys().forEach((key) => localStorage.removeItem(key)));
  }
}

/** One tap on a pupil's line says absent, or what it said before; Excused is offered once somebody is absent. */
function startTapping(form) {
  form.classList.add("tp-register--tap");
  form.addEventListener("click", (event) => {
    const line = event.target.closest(".tp-register__line");
    if (!line || event.target.matches("input, a, button")) return;
    const pressed = event.target.closest("label")?.querySelector("input");
    if (pressed && !pressed.checked) return;  // another mark, which the browser gives
    event.preventDefault();
    const radio = (value) => line.querySelector(`input[value="${value}"]`);
    const rest = REST.map(radio).find(Boolean) ?? radio("absent");
    const next = radio("attended").checked ? rest : radio("attended");
    next.checked = true;
    next.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

export function startRegister(form) {
  startTapping(form);
  if (!mayKeep()) return;
  const key = PREFIX + form.dataset.register;
  const place = form.querySelector(".tp-register__kept");
  const radios = [...form.querySelectorAll("input[type=radio]")];
  const began = Object.fromEntries(radios.filter((each) => each.defaultChecked).map((each) => [each.name, each.value]));
  let timer = 0;
  let sending = false;
  let wanted = false;  // by this tab: another that shows the same register leaves the saving to it

  const changed = () => Object.fromEntries(
    radios.filter((each) => each.checked && began[each.name] !== each.value).map((each) => [each.name, each.value]),
  );
  const seenOf = (name) => form.elements[name.replace("mark-", "seen-")];
  const marks = (number) => (number ? `${number} mark${number === 1 ? "" : "s"}` : "register");
  const yours = () => `your ${marks(Object.keys(changed()).length)}`;
  const are = () => (Object.keys(changed()).length > 1 ? "are" : "is");

  function say(words, ...more) {
    place.replaceChildren(...(words ? [document.createTextNode(words), ...more] : []));
  }

  function keep() {
    const mine = changed();
    if (!wanted && !Object.keys(mine).length) return localStorage.removeItem(key);
    const seen = Object.fromEntries(Object.keys(mine).map((name) => [name, seenOf(name).value]));
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), marks: mine, seen, wanted }));
  }

  function show(mine) {
    const now = { ...began, ...mine };
    for (const radio of radios) radio.checked = now[radio.name] === radio.value;
  }

  function discard() {
    localStorage.removeItem(key);
    show({});
    say("");
  }

  /** Marks kept from before: whoever was marked otherwise since is asked about, because what was seen then is sent too. */
  function bringBack() {
    const kept = read(key);
    if (!kept) return;
    const news = Object.entries(kept.marks).filter(([name, mark]) => name in began && seenOf(name).value !== mark);
    if (!news.length && (Object.keys(kept.marks).length || Object.keys(began).every((n) => seenOf(n).value === began[n]))) {
      return localStorage.removeItem(key);
    }
    show(Object.fromEntries(news));
    for (const [name] of news) seenOf(name).value = kept.seen[name];
    wanted = kept.wanted;
    if (wanted) return send();
    const away = document.createElement("button");
    Object.assign(away, { type: "button", className: "tp-link-button tp-register__away", textContent: "Throw them away" });
    away.addEventListener("click", discard);
    say(`${marks(news.length)} you made here before ${are()} not saved yet. Save the register, or `, away);
  }

  function wait(why) {
    say(`${why}: ${yours()} ${are()} kept on this phone and will be saved when it is back. Leave this page open: it saves by itself.`);
    clearTimeout(timer);
    timer = setTimeout(send, AGAIN);
  }

  function askToSignIn() {
    const link = document.createElement("a");
    const here = encodeURIComponent(location.pathname + location.search);
    Object.assign(link, { className: "govuk-link", href: `${form.dataset.signIn}?next=${here}`, textContent: "Sign in" });
    say(`You have been signed out: ${yours()} ${are()} kept on this phone for a day. `, link, " and they are saved.");
  }

  async function post() {
    const body = new URLSearchParams(new FormData(form));
    const headers = { Accept: "application/json" };
    const signal = AbortSignal.timeout(PATIENCE);
    return fetch(location.href, { method: "POST", body, headers, redirect: "manual", signal });
  }

  async function send() {
    clearTimeout(timer);
    if (sending) return;
    if (navigator.onLine === false) return wait("No connection");
    sending = true;
    try {
      await heard(await post());
    } catch {
      wait("No connection");
    } finally {
      sending = false;
    }
  }

  async function heard(answer) {
    if (answer.ok) {
      localStorage.removeItem(key);
      location.assign((await answer.json()).next);
    } else if (answer.type === "opaqueredirect") {
      askToSignIn();
    } else if (answer.status >= 500 || answer.status === 429) {
      wait("Trigpoint cannot save at the moment");
    } else if (answer.status === 403 && !read(key)?.again) {
      // Signed in anew in another tab: this page's token is of before. A fresh page brings the marks back and sends them.
      localStorage.setItem(key, JSON.stringify({ ...read(key), again: true }));
      location.reload();
    } else {
      localStorage.removeItem(key);
      form.submit();  // it has something to ask: let the page say it
    }
  }

  /** Not at once, or this tab would be told that it is saved in place of the one that saved it. */
  function showWhatIsRecorded() {
    say("This register was saved in another tab.");
    for (const name of ["focus", "pointerdown"]) window.addEventListener(name, () => location.reload(), { once: true });
  }

  form.addEventListener("change", () => { if (!wanted) say(""); keep(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    wanted = true;
    keep();
    send();
  });
  const back = () => { if (wanted && read(key)) send(); };
  window.addEventListener("online", back);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) back(); });
  // The same register in another tab: both show the same, and once either has saved it the other shows what is recorded.
  window.addEventListener("storage", (event) => {
    if (event.key !== key) return;
    if (event.newValue === null) {
      if (!sending) showWhatIsRecorded();
    } else {
      show(read(key)?.marks ?? {});
    }
  });
  bringBack();
}
