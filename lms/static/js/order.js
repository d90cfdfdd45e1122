// Steps to put in order: the numbers are the answer and work without this file. Here buttons and dragging
// move a step and write the numbers anew. Neighbours are moved around the step, which keeps its focus.
for (const list of document.querySelectorAll("[data-order]")) arrange(list);

function arrange(list) {
  const rows = () => [...list.children];
  const field = (row) => row.querySelector("input");
  const settle = (row) => { // numbers that were typed count more than where the steps stand
    const sorted = rows().sort((a, b) => field(a).value - field(b).value);
    if (!sorted.every((one, at) => Number(field(one).value) === at + 1)) return;
    const place = sorted.indexOf(row);
    row.before(...sorted.slice(0, place));
    row.after(...sorted.slice(place + 1));
  };
  settle(list.firstElementChild);

  function move(row, by) {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return false;
    if (by < 0) row.after(other);
    else row.before(other);
    return true;
  }
  function number(row) {
    rows().forEach((one, at) => { field(one).value = at + 1; });
    field(row).dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector("[data-say]").textContent = list.dataset.wMoved
      .replace("{step}", row.querySelector("label").textContent)
      .replace("{n}", rows().indexOf(row) + 1).replace("{total}", rows().length);
  }
  function drag(row, grip) {
    let moved = false;
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      settle(row);
      grip.setPointerCapture(event.pointerId);
      row.classList.add("moving");
      moved = false;
    });
    grip.addEventListener("pointermove", (event) => {
      if (!grip.hasPointerCapture(event.pointerId)) return;
      const middle = (one) => one.getBoundingClientRect().top + one.offsetHeight / 2;
      const [before, after] = [row.previousElementSibling, row.nextElementSibling];
      if (before && event.clientY < middle(before)) moved = move(row, -1) || moved;
      else if (after && event.clientY > middle(after)) moved = move(row, 1) || moved;
    });
    grip.addEventListener("lostpointercapture", () => {
      row.classList.remove("moving");
      if (moved) number(row);
    });
  }

  for (const row of rows()) {
    row.querySelector("[data-moves]").hidden = false;
    for (const button of row.querySelectorAll("[data-by]")) {
      button.addEventListener("click", () => {
        settle(row);
        if (move(row, Number(button.dataset.by))) number(row);
      });
    }
    drag(row, row.querySelector("[data-grip]"));
  }
}
