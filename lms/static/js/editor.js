// The writing page: saves by itself, keeps a copy on this device until the server has it, shows the preview
// and the problems beside the text. Without this file the form saves and previews by its buttons.
import { marks } from "./marks.js";
import { numbers } from "./numbers.js";
import { paste } from "./paste.js";
import { pictures } from "./pictures.js";
import { store } from "./queue.js";

const SAVE_AFTER = 2000;
const PREVIEW_AFTER = 400;
const COPY_AFTER = 250;
const AGAIN_AFTER = 15000;

const place = document.querySelector("[data-writing]");
const form = document.querySelector("[data-editor]");
const area = form.elements.text;
const base = form.elements.base;
const page = place.querySelector("[data-page]");
const panel = document.querySelector("[data-problems]");
const line = place.querySelector(".writing-state .status");
const word = line.querySelector("[data-word]");
const recover = place.querySelector("[data-recover]");
const copy = `text:${form.dataset.copy}`;

// On a slow line people type before this file is there. After Back or a reload the browser itself puts old text in.
const fresh = performance.getEntriesByType("navigation")[0]?.type === "navigate";
let saved = fresh ? area.defaultValue : area.value;
let busy = false;
let stopped = false;
let sending = false; // by the form itself: the next page has the text
const timers = {};

const later = (name, wait, act) => {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(act, wait);
};
const say = (text, kind) => {
  word.textContent = text;
  line.className = `status ${kind}`;
};
const changed = () => area.value !== saved;
const keep = () => {
  if (changed()) store.set(copy, { text: area.value, base: base.value, sent: sending });
  else store.drop(copy);
};
const send = (address, extra, accept) => {
  const data = new URLSearchParams({ text: area.value, base: base.value, ...extra });
  data.append("csrf_token", form.elements.csrf_token.value);
  return fetch(address, { method: "POST", body: data, headers: { Accept: accept }, signal: AbortSignal.timeout(20000) });
};

// A new token after another sign-in: the page is asked for once more, its text is left alone.
const renew = async () => {
  const answer = await fetch(location.href);
  if (answer.redirected || !answer.ok) return false;
  const there = new DOMParser().parseFromString(await answer.text(), "text/html");
  const token = there.querySelector("[data-editor] [name=csrf_token]");
  if (token) form.elements.csrf_token.value = token.value;
  return Boolean(token);
};

const showProblems = async () => {
  const answer = await fetch(panel.dataset.url);
  if (!answer.ok || answer.redirected) return;
  panel.innerHTML = await answer.text();
  for (const token of panel.querySelectorAll("[name=csrf_token]")) token.value = form.elements.csrf_token.value;
  lines.mark(panel);
};

const save = async () => {
  if (busy || stopped || !changed()) return;
  busy = true;
  keep();
  const sent = area.value;
  say(form.dataset.wordsSaving, "");
  try {
    let answer = await send(form.action, {}, "application/json");
    if ((answer.status === 400 || answer.status === 401) && (await renew())) answer = await send(form.action, {}, "application/json");
    const reply = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
    if (answer.ok && reply.state === "saved") {
      saved = sent;
      base.value = reply.base;
      keep();
      say(changed() ? form.dataset.wordsWaiting : reply.words, changed() ? "" : "ok");
      if (reply.address !== form.getAttribute("action")) location.replace(reply.address);
      showProblems();
    } else if (answer.status === 409) {
      stopped = true;
      say(reply.state === "closed" ? form.dataset.wordsClosed : form.dataset.wordsChanged, "danger");
      if (reply.state === "changed") recover.hidden = false;
    } else {
      const { wordsSession, wordsLarge, wordsOffline, wordsWaiting } = form.dataset;
      const words = { 400: wordsSession, 401: wordsSession, 413: wordsLarge }[answer.status];
      say(words ?? (answer.status >= 500 ? wordsOffline : wordsWaiting), "warn");
      later("save", AGAIN_AFTER, save);
    }
  } catch {
    say(form.dataset.wordsOffline, "warn");
    later("save", AGAIN_AFTER, save);
  }
  busy = false;
  if (changed() && !stopped) later("save", SAVE_AFTER, save);
};

let asked = 0;
const preview = async () => {
  const number = ++asked;
  try {
    const answer = await send(form.dataset.preview, { part: "1" }, "text/html");
    if (answer.ok && !answer.redirected && number === asked) page.innerHTML = await answer.text();
  } catch {
    // the line is away for a moment; the next change asks again
  }
};

const typed = () => {
  lines.draw();
  if (changed() && !stopped) say(form.dataset.wordsWaiting, "");
  later("copy", COPY_AFTER, keep);
  later("preview", PREVIEW_AFTER, preview);
  if (!stopped) later("save", SAVE_AFTER, save);
};

const lines = numbers(area);
const insert = marks(form, area);
paste(area, insert);
pictures(form, area, insert, () => form.elements.csrf_token.value);

// A copy that was never sent: taken back when nobody saved meanwhile, else the person chooses.
const left = store.get(copy);
if (changed()) typed();
else if (left && left.text !== saved) {
  if (left.base === base.value) {
    area.value = left.text;
    typed();
  } else if (left.sent) store.drop(copy);
  else {
    recover.hidden = false;
    stopped = true;
  }
} else store.drop(copy);
recover.querySelector("[data-take]").addEventListener("click", () => {
  const kept = store.get(copy);
  if (kept) {
    area.value = kept.text;
    base.value = kept.base;
  }
  saved = area.value;
  store.drop(copy);
  form.submit();
});
recover.querySelector("[data-drop]").addEventListener("click", () => {
  store.drop(copy);
  saved = area.value;
  location.reload();
});

area.addEventListener("input", typed);
area.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    event.preventDefault();
    save();
  }
});
form.addEventListener("submit", () => {
  clearTimeout(timers.save);
  clearTimeout(timers.copy);
  stopped = sending = true;
  keep();
});
document.addEventListener("visibilitychange", () => { if (!document.hidden && changed()) save(); });
addEventListener("online", save);
addEventListener("beforeunload", (event) => {
  keep();
  if (changed() && !stopped) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const jump = event.target.closest("[data-line]");
  if (jump) {
    event.preventDefault();
    show("text");
    lines.go(Number(jump.dataset.line));
  }
});

// On a narrow screen one thing at a time.
const panes = document.querySelector("[data-panes]");
const show = (name) => {
  place.dataset.pane = name;
  for (const button of panes.querySelectorAll("[data-show]")) button.setAttribute("aria-pressed", button.dataset.show === name);
};
panes.addEventListener("click", (event) => { if (event.target.dataset.show) show(event.target.dataset.show); });
const widths = place.querySelector("[data-widths]");
const view = place.querySelector(".pre-view");
widths.addEventListener("click", (event) => {
  const name = event.target.dataset.width;
  if (!name) return;
  view.classList.toggle("phone", name === "phone");
  place.querySelector("[data-edit]").classList.toggle("wide", name === "wide");
  for (const button of widths.querySelectorAll("button")) button.setAttribute("aria-pressed", button.dataset.width === name);
});
view.classList.add("phone");
place.classList.add("scripted");
for (const part of [panes, widths]) part.hidden = false;
form.querySelector("[data-no-script]").hidden = true;
lines.draw();
lines.mark(panel);
const wanted = Number(new URLSearchParams(location.search).get("line"));
if (wanted > 0) lines.go(wanted);
