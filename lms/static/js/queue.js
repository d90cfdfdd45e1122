// Answers of a quiz that wait in this browser until the server has said that they are saved.
export const name = (attempt, key) => `quiz:${attempt}:${key}`;
export const store = {
  get: (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* full or forbidden */ } },
  drop: (key) => { try { localStorage.removeItem(key); } catch { /* forbidden */ } },
  keys: (attempt) => {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(name(attempt, "")));
    } catch { return []; }
  },
};

// Which browser sends, and its how manieth: a text that arrives after a later one of the same browser is not taken.
let alone = null; // where nothing can be stored, this page counts for itself
export function step(attempt) {
  const place = `quiz-sender:${attempt}`;
  const known = store.get(place) ?? alone ?? { id: crypto.getRandomValues(new Uint32Array(2)).join(""), count: 0 };
  alone = { id: known.id, count: Math.max(known.count, alone?.count ?? 0) + 1 };
  store.set(place, alone);
  return `${alone.id}.${alone.count}`;
}
export const forget = (attempt) => store.drop(`quiz-sender:${attempt}`);

const MOST = 3; // texts of one answer that may have arrived without a word

// Note in the entry what is sent now and return it with its form. When MOST texts went unheard, the last of them is
// sent again until the server answers, and the newest follows: so the server always knows whose text it holds.
export function outgoing(attempt, key, entry, token) {
  const place = name(attempt, key);
  const was = entry.was ?? [];
  const text = was.length < MOST || was.includes(entry.body) ? entry.body : was.at(-1);
  const earlier = was.filter((one) => one !== text);
  entry.was = [...earlier, text];
  store.set(place, entry);
  const data = new URLSearchParams(text);
  if (!entry.forced) data.append(`seen-${key}`, entry.seen);
  for (const one of earlier) data.append(`was-${key}`, one);
  data.append(`step-${key}`, step(attempt));
  data.append("csrf_token", token);
  return { text, fresh: !was.includes(text), data };
}

// The server said that it did not take this text: it is not among those that may have arrived.
export function refused(place, entry, out, reply, told = {}) {
  const never = reply?.status === 413 || (reply?.status === 400 && told.message);
  const now = out.fresh && (reply?.redirected || (reply?.status >= 400 && reply.status < 500));
  if (never || now) entry.was = entry.was.filter((one) => one !== out.text);
  if (store.get(place)?.body === entry.body) store.set(place, entry);
}

// Send what waits for questions that are not on this page; tell which were saved and which still wait.
export async function sendOthers(attempt, save, token, here = []) {
  const saved = [];
  const left = [];
  for (const place of store.keys(attempt)) {
    const key = place.slice(name(attempt, "").length);
    const entry = here.includes(key) ? null : store.get(place);
    if (entry) (await sendOther(attempt, key, entry, save, token) ? saved : left).push(key);
  }
  return { saved, left };
}

async function sendOther(attempt, key, entry, save, token) {
  const place = name(attempt, key);
  const out = outgoing(attempt, key, entry, token);
  try {
    const reply = await fetch(save + encodeURIComponent(key), {
      method: "POST", body: out.data, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000) });
    const fixed = reply.status === 409 && (await reply.clone().json()).fixed;
    const heard = reply.ok && !reply.redirected;
    if (heard && out.text !== entry.body) {
      Object.assign(entry, { seen: (await reply.json()).seen, was: [], forced: false });
      return await sendOther(attempt, key, entry, save, token);
    }
    if (heard || reply.status === 404 || fixed) {
      store.drop(place);
      return true;
    }
    refused(place, entry, out, reply);
  } catch { /* it waits */ }
  return false;
}
