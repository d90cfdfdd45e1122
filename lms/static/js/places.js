// Asking at a place of a lesson works without this file: a link under the text, and a choice of the place.
// Here each place gets a link of its own; on a touch screen they are shown on demand.
const article = document.querySelector("[data-places]");
const model = document.querySelector("[data-ask]");
const toggle = document.querySelector("[data-ask-toggle]");
for (const block of article.querySelectorAll("[data-at]")) {
  const link = model.cloneNode(true);
  link.hidden = false;
  link.removeAttribute("data-ask");
  link.href += `?place=${encodeURIComponent(block.dataset.at)}`;
  link.querySelector(".vh").textContent += `: ${block.textContent.trim().slice(0, 40)}`;
  if (block.matches("pre, div")) block.after(link);
  else block.append(link);
}
toggle.hidden = false;
toggle.addEventListener("click", () => {
  const on = article.classList.toggle("asks");
  toggle.setAttribute("aria-pressed", on);
  if (on) article.querySelector(".ask")?.focus();
});
// An address that names a question opens what holds it.
const named = location.hash.startsWith("#tanya-") && document.getElementById(location.hash.slice(1));
for (let box = named && named.closest("details"); box; box = box.parentElement.closest("details")) {
  box.open = true;
  named.scrollIntoView({ block: "center" });
}
