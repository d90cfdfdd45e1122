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

// Send what waits for questions that are not on this page; tell which were saved and which still wait.
export async function sendOthers(attempt, save, token, here = []) {
  const saved = [];
  const left = [];
  for (const place of store.keys(attempt)) {
    const key = place.slice(name(attempt, "").length);
    const entry = here.includes(key) ? null : store.get(place);
    if (!entry) continue;
    const data = new URLSearchParams(entry.body);
    if (!entry.forced) data.append(`seen-${key}`, entry.seen);
    for (const text of entry.was ?? []) data.append(`was-${key}`, text);
    data.append("csrf_token", token);
    try {
      const reply = await fetch(save + encodeURIComponent(key), {
        method: "POST", body: data, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000) });
      const fixed = reply.status === 409 && (await reply.clone().json()).fixed;
      if ((reply.ok && !reply.redirected) || reply.status === 404 || fixed) {
        store.drop(place);
        saved.push(key);
      } else left.push(key);
    } catch { left.push(key); }
  }
  return { saved, left };
}
