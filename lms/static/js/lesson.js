// Questions inside a lesson work without scripts: a form each, and a way back to its place.
// Here an answer is judged in place. What the server does not answer as expected goes the plain way.
const headers = { "X-Fragment": "1" };

async function fetched(url, options) {
  const stop = new AbortController();
  const limit = setTimeout(() => stop.abort(), 15000);
  try {
    const reply = await fetch(url, { ...options, headers, signal: stop.signal });
    const html = await reply.text();
    return { html: reply.ok && !reply.redirected ? html : "" };
  } catch { return null; } finally { clearTimeout(limit); }
}

function put(place, html, focus) {
  place.innerHTML = html;
  const left = place.querySelector("[data-left]")?.dataset.left ?? "";
  const shown = document.querySelector("[data-checks-left]");
  if (shown) shown.textContent = left;
  (place.querySelector(focus) ?? place.querySelector("[data-left]"))?.focus();
}

const say = (box, text) => { box.querySelector("[data-say]").textContent = text; };

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-check]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  say(form, form.dataset.wSending);
  const answer = await fetched(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  delete form.dataset.busy;
  if (answer?.html) put(form.closest("[data-place]"), answer.html, "[data-verdict], [aria-invalid=true], [name^=q-]");
  else if (answer) form.submit(); // signed out, or the page is old: the whole page says what to do
  else say(form, form.dataset.wUnsent);
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-again]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const answer = await fetched(link.dataset.again);
  if (answer?.html) put(link.closest("[data-place]"), answer.html, "fieldset");
  else location.assign(link.href);
});

// Asking at a place of a lesson works without scripts: a link under the text, and a choice of the place.
// Here each place gets a link of its own; on a touch screen they are shown on demand.
function ask(article) {
  const model = document.querySelector("[data-ask]");
  const toggle = document.querySelector("[data-ask-toggle]");
  for (const block of article.querySelectorAll("[data-at]")) {
    const link = model.cloneNode(true);
    link.hidden = false;
    link.removeAttribute("data-ask");
    link.href += `?place=${encodeURIComponent(block.dataset.at)}`;
    link.ariaLabel = `${link.textContent.trim()}: ${block.textContent.trim().slice(0, 40)}`;
    if (block.matches("pre, div")) block.after(link);
    else block.append(link);
  }
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const on = article.classList.toggle("asks");
    toggle.setAttribute("aria-pressed", on);
    if (on) article.querySelector(".ask")?.focus();
  });
}

document.querySelectorAll("[data-places]").forEach(ask);

// An address that names a question opens what holds it.
const named = location.hash.startsWith("#tanya-") && document.getElementById(location.hash.slice(1));
for (let box = named && named.closest("details"); box; box = box.parentElement.closest("details")) {
  box.open = true;
  named.scrollIntoView({ block: "center" });
}
