// Before a paper is handed in: what still waits in this browser is sent first, so that no answer is left out.
import { sendOthers } from "./queue.js";

const form = document.querySelector("form[data-overview]");
if (form) {
  const { overview: attempt, save } = form.dataset;
  const say = form.querySelector("[data-say]");
  const send = () => sendOthers(attempt, save, form.elements.csrf_token.value);
  const tell = (left) => { say.textContent = left.length ? form.dataset.wTotal.replace("{n}", left.length) : ""; };
  send().then(({ saved, left }) => {
    tell(left);
    if (saved.length) location.reload();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { left } = await send();
    tell(left);
    if (!left.length && navigator.onLine) form.submit();
    else if (!left.length) say.textContent = form.dataset.wOffline;
  });
}
