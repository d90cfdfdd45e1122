// The appearance is kept by the server (a form); here the page changes at once and the menu closes itself.
const root = document.documentElement;

for (const form of document.querySelectorAll("[data-theme-form]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { name, value } = event.submitter;
    const body = new FormData(form);
    body.set(name, value);
    if (value === "auto") root.removeAttribute("data-theme");
    else root.dataset.theme = value;
    for (const button of document.querySelectorAll("[data-theme-form] button")) {
      button.setAttribute("aria-pressed", String(button.value === value));
    }
    fetch(form.action, { method: "POST", body }).catch(() => { /* this page has it; the next one asks again */ });
  });
}

for (const menu of document.querySelectorAll("[data-pop]")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// After a form came back with errors, the summary is where reading goes on.
document.querySelector(".errors[tabindex]")?.focus();
