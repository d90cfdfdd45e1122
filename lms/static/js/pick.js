// Selection in long lists: one box picks all rows of the page and the count is announced.
// Without this file every row's box and the form still work.
for (const form of document.querySelectorAll("form[data-pick]")) {
  const all = form.querySelector("[data-pick-all]");
  const match = form.querySelector("[data-pick-match]");
  const count = form.querySelector("[data-pick-count]");
  const rows = [...form.querySelectorAll("tbody .pick input")];
  const idle = count?.textContent;

  const show = () => {
    const chosen = rows.filter((box) => box.checked).length;
    for (const box of rows) box.closest("tr").classList.toggle("sel", box.checked);
    if (all) {
      all.checked = rows.length > 0 && chosen === rows.length;
      all.indeterminate = chosen > 0 && chosen < rows.length;
    }
    if (match?.checked && chosen < rows.length) match.checked = false;
    if (count) count.textContent = chosen ? count.dataset.words.replace("{n}", chosen) : idle;
  };
  const pick = (checked) => {
    for (const box of rows) box.checked = checked;
    show();
  };

  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => pick(all.checked));
  }
  match?.addEventListener("change", () => pick(match.checked));
  form.addEventListener("change", show);
  show();
}
