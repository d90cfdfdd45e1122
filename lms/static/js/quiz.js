// A quiz works without this file: one form, a Save button, a Hand in button.
// Here each answer is sent alone when it changes. What is not sent yet stays in this browser and is sent
// again; nothing is called saved before the server said so. All words come from the form.
import { forget, name, outgoing, refused, sendOthers, step, store } from "./queue.js";

// A result is shown: nothing of this attempt waits any more.
const done = document.querySelector("[data-quiz-done]")?.dataset.quizDone;
if (done) {
  for (const key of store.keys(done)) store.drop(key);
  forget(done);
}

const form = document.querySelector("form[data-quiz]");
if (form) run(form);

function run(form) {
  const { quiz: attempt, ...words } = form.dataset;
  const questions = [...form.querySelectorAll("[data-q]")].map(question);
  let wait = 0;
  let timer = 0;
  let leaving = false;
  let handing = false; // the whole form is on its way and carries every answer: nothing else is sent
  let over = false;
  let others = []; // questions of other pages whose answers wait in this browser

  function question(box) {
    const key = box.dataset.q;
    const seen = form.elements[`seen-${key}`];
    return { key, box, seen, line: box.querySelector("[data-state]"), flag: form.elements[`flag-${key}`],
      nav: document.querySelector(`[data-nav="${CSS.escape(key)}"]`), rev: 0, entry: null, timer: 0, busy: false, stop: null,
      saved: Boolean(box.querySelector(".status.ok")), stuck: false };
  }
  const fields = (q) => [...q.box.querySelectorAll("input, select, textarea")].filter(
    (field) => field.name.startsWith("q-") || field === q.flag);
  const parts = (q) => fields(q).filter((field) => field.name.includes(":"));
  const choice = (field) => field.type === "radio" || field.type === "checkbox";
  const first = (field) => field.options // as the page came: a list has no defaultValue
    ? [...field.options].find((option) => option.defaultSelected)?.value ?? "" : field.defaultValue;
  const body = (q, original = false) => {
    const pairs = new URLSearchParams();
    for (const field of fields(q)) {
      const on = original ? field.defaultChecked : field.checked;
      if (!choice(field)) pairs.append(field.name, original ? first(field) : field.value);
      else if (on) pairs.append(field.name, field.value);
    }
    return pairs.toString();
  };
  const fill = (q, text) => {
    const pairs = new URLSearchParams(text);
    for (const field of fields(q)) {
      if (choice(field)) field.checked = pairs.getAll(field.name).includes(field.value);
      else field.value = pairs.get(field.name) ?? "";
    }
  };
  const given = (field) => (choice(field) ? field.checked : field.value.trim());
  const answered = (q) => !q.box.querySelector("[aria-invalid=true]") && (parts(q).length
    ? parts(q).every(given) : fields(q).some((field) => field !== q.flag && given(field)));

  function tell(q, kind, icon, text) {
    q.line.className = `status ${kind}`;
    const use = q.line.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${icon}`));
    q.line.querySelector("[data-word]").textContent = text;
    show();
  }
  function show() {
    const unsent = questions.filter((q) => q.entry).length + others.length;
    const total = document.querySelector("[data-total]");
    total.hidden = false;
    total.className = `status ${unsent ? "warn" : "ok"}`;
    const use = total.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, unsent ? "#cloud-off" : "#cloud-check"));
    total.querySelector("[data-word]").textContent = unsent ? words.wTotal.replace("{n}", unsent) : words.wAll;
    for (const q of questions) {
      const full = answered(q);
      q.nav.classList.toggle("open", !full);
      const line = q.box.querySelector("[data-parts]");
      if (line) line.textContent = line.dataset.parts
        .replace("{n}", parts(q).filter(given).length).replace("{total}", parts(q).length);
      q.nav.classList.toggle("unsent", Boolean(q.entry));
      q.nav.classList.toggle("done", full && q.saved && !q.entry);
      q.nav.classList.toggle("flagged", q.flag.checked);
      const state = q.entry ? words.wWaiting : full && q.saved ? words.wSaved : words.wEmpty;
      q.nav.querySelector(".vh").textContent = `, ${state}${q.flag.checked ? `, ${words.wFlagged}` : ""}`;
    }
    const navs = [...document.querySelectorAll("[data-nav]")]; // more than the page shows, one question at a time
    const open = navs.filter((nav) => nav.classList.contains("open")).map((nav) => navs.indexOf(nav) + 1);
    document.querySelector("[data-answered]").textContent = words.wAnswered
      .replace("{n}", navs.length - open.length).replace("{total}", navs.length);
    form.querySelector("[data-missing]").textContent = open.length
      ? words.wMissing.replace("{list}", open.join(", ")) : words.wComplete;
  }

  function changed(q, delay) {
    if (over) return;
    handing = leaving = false;
    q.entry = { body: body(q), seen: q.entry?.seen ?? q.seen.value, was: q.entry?.was ?? [], rev: ++q.rev };
    store.set(name(attempt, q.key), q.entry);
    q.stuck = false;
    q.box.querySelector("[data-mine]")?.closest("p").remove();
    tell(q, "", "cloud-off", words.wSending);
    clearTimeout(q.timer);
    q.timer = setTimeout(() => send(q), delay);
  }
  async function send(q, retried = false) {
    if (!q.entry || q.busy || q.stuck || over || handing) return;
    const sent = q.entry;
    q.busy = true;
    tell(q, "", "cloud-off", words.wSending);
    const place = name(attempt, q.key);
    const out = outgoing(attempt, q.key, sent, form.elements.csrf_token.value);
    const stop = q.stop = new AbortController();
    const limit = setTimeout(() => stop.abort(), 15000);
    let reply = null;
    let told = {};
    try {
      reply = await fetch(words.save + encodeURIComponent(q.key), {
        method: "POST", body: out.data, headers: { Accept: "application/json" }, signal: stop.signal });
      if (reply.headers.get("Content-Type")?.includes("json")) told = await reply.json();
    } catch { reply = null; }
    clearTimeout(limit);
    q.busy = false;
    if (handing) return;
    if (reply?.ok && told.seen) return kept(q, sent, out.text, told);
    if (reply?.status === 400 && !told.message && !retried && await freshToken()) return send(q, true);
    if (reply?.status === 409 && told.reason === "newer") return conflict(q, told);
    if (told.message && [404, 409, 410].includes(reply.status)) return closed(q, told);
    refused(place, q.entry, out, reply, told);
    const signedOut = reply?.status === 401 || reply?.redirected;
    tell(q, "warn", "cloud-off", told.message || (signedOut ? words.wSignedOut : words.wUnsent));
    again();
  }
  function kept(q, sent, text, told) {
    wait = 0;
    if (told.end) words.end = told.end; // a trainer may have added time
    q.seen.value = told.seen;
    if (q.entry !== sent || text !== sent.body) { // the newer one follows
      Object.assign(q.entry, { seen: told.seen, was: [], forced: false });
      store.set(name(attempt, q.key), q.entry);
      return send(q);
    }
    q.entry = null;
    q.saved = true;
    store.drop(name(attempt, q.key));
    for (const [part, text] of [["echo", told.echo], ["problem", told.problem]]) {
      const place = q.box.querySelector(`[data-${part}]`);
      if (!place) continue;
      (place.querySelector("span") ?? place).textContent = text;
      if (part === "problem") {
        place.hidden = !text;
        q.box.querySelector("[data-field]").classList.toggle("bad", Boolean(text));
        for (const field of fields(q)) if (field !== q.flag) {
          field.setAttribute("aria-invalid", String(told.bad.length ? told.bad.includes(field.name) : Boolean(text)));
        }
      }
    }
    tell(q, told.problem || !told.whole ? "" : "ok", "cloud-check", told.message);
  }
  function conflict(q, told) {
    q.stuck = true;
    tell(q, "warn", "cloud-off", told.message);
    q.box.append(form.querySelector("[data-newer]").content.cloneNode(true));
    q.box.querySelector("[data-mine]").addEventListener("click", () => {
      changed(q, 0);
      q.entry.forced = true;
    });
    q.box.querySelector("[data-theirs]").addEventListener("click", () => {
      store.drop(name(attempt, q.key));
      q.entry = null;
      location.reload();
    });
  }
  function closed(q, told) {
    over = true;
    for (const one of questions) {
      store.drop(name(attempt, one.key));
      if (one.entry) tell(one, "danger", "cloud-off", told.message);
      one.entry = null;
    }
    tell(q, "danger", "cloud-off", told.message);
    document.querySelector("[data-total] [data-word]").textContent = told.message;
  }
  async function freshToken() { // signed in again in another tab: that session has another token
    try {
      const page = await fetch(location.pathname);
      const token = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-quiz] [name=csrf_token]");
      if (!token) return false;
      form.elements.csrf_token.value = token.value;
      return true;
    } catch { return false; }
  }
  function again() { // one wait for a round, however many answers failed in it
    if (timer) return;
    wait = Math.min(60, wait * 2 || 2);
    timer = setTimeout(sendAll, wait * 1000);
  }
  function sendAll() {
    clearTimeout(timer);
    timer = 0;
    for (const q of questions) send(q);
  }
  function now() {
    wait = 0;
    sendAll();
    sendWaiting();
  }
  async function sendWaiting() {
    const { saved, left } = await sendOthers(attempt, words.save, form.elements.csrf_token.value, questions.map((q) => q.key));
    const nav = (key) => document.querySelector(`[data-nav="${CSS.escape(key)}"]`);
    for (const key of left) nav(key)?.classList.add("unsent");
    for (const key of saved) nav(key)?.classList.remove("unsent");
    others = left;
    if (!over) show();
  }

  form.addEventListener("input", (event) => {
    const q = questions.find((one) => one.box.contains(event.target));
    if (q) changed(q, choice(event.target) || event.target.options ? 0 : 600);
  });
  form.addEventListener("keydown", (event) => { // Enter in a field saves that answer; it never hands in
    if (event.key !== "Enter" || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    now();
  });
  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault();
      const total = document.querySelector("[data-total]");
      total.querySelector("[data-word]").textContent = words.wOffline;
      document.querySelector("[data-say]").textContent = words.wOffline;
      return;
    }
    const carry = (name, value) => form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    for (const q of questions) {
      for (const text of q.entry?.was ?? []) carry(`was-${q.key}`, text);
      carry(`step-${q.key}`, step(attempt));
    }
    leaving = handing = true;
    for (const q of questions) q.stop?.abort();
  });
  addEventListener("beforeunload", (event) => {
    if (leaving || !questions.some((q) => q.entry)) return;
    event.preventDefault();
    event.returnValue = "";
  });
  addEventListener("online", now);
  addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") now(); });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  for (const button of form.querySelectorAll("[data-plain]")) button.hidden = true;
  for (const q of questions) { // what waited in this browser, or was changed before this file ran
    const waiting = store.get(name(attempt, q.key));
    if (waiting) fill(q, waiting.body);
    if (waiting && waiting.body !== body(q, true)) {
      q.entry = { seen: q.seen.value, was: [], ...waiting, rev: ++q.rev };
      tell(q, "warn", "cloud-off", words.wUnsent);
    } else if (waiting) store.drop(name(attempt, q.key));
    else if (body(q) !== body(q, true)) changed(q, 0);
  }
  show();
  sendAll();
  sendWaiting();
  if (words.end) countdown(form, words, () => { leaving = true; sendAll(); setTimeout(() => location.reload(), 1500); });
}

function countdown(form, words, finish) {
  const offset = Number(words.now) * 1000 - Date.now();
  const shown = document.querySelector("[data-left]");
  const say = document.querySelector("[data-say]");
  let last = Infinity;
  const tick = () => {
    const left = Math.max(0, Math.round(Number(words.end) - (Date.now() + offset) / 1000));
    shown.textContent = `${Math.floor(left / 60)}.${String(left % 60).padStart(2, "0")}`;
    for (const minutes of [10, 5, 1]) {
      if (left <= minutes * 60 && last > minutes * 60 && last !== Infinity) {
        say.textContent = minutes === 1 ? words.wLast : words.wLeft.replace("{n}", minutes);
      }
    }
    last = left;
    if (!left) {
      clearInterval(clock);
      finish();
    }
  };
  const clock = setInterval(tick, 1000);
  tick();
}
