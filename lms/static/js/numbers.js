// Line numbers beside a text whose long lines wrap: the same text lies behind it, line by line, unseen.
export function numbers(area) {
  const box = area.closest(".lined");
  const back = document.createElement("div");
  back.className = "numbers";
  back.setAttribute("aria-hidden", "true");
  box.prepend(back);
  box.classList.add("numbered");
  area.addEventListener("scroll", () => { back.scrollTop = area.scrollTop; });

  const draw = () => {
    const texts = area.value.split("\n");
    while (back.children.length > texts.length) back.lastChild.remove();
    texts.forEach((text, at) => {
      const row = back.children[at] ?? back.appendChild(document.createElement("div"));
      if (row.textContent !== text) row.textContent = text;
    });
    back.style.width = `${area.clientWidth + 2}px`;
    back.scrollTop = area.scrollTop;
  };
  const mark = (panel) => {
    const bad = new Set([...panel.querySelectorAll("[data-line]")].map((link) => Number(link.dataset.line)));
    [...back.children].forEach((row, at) => row.classList.toggle("bad", bad.has(at + 1)));
  };
  const go = (number) => {
    const before = area.value.split("\n").slice(0, number - 1);
    const start = before.join("\n").length + (before.length ? 1 : 0);
    const end = area.value.indexOf("\n", start);
    area.focus();
    area.setSelectionRange(start, end < 0 ? area.value.length : end);
    const row = back.children[number - 1];
    if (row) area.scrollTop = Math.max(0, row.offsetTop - area.clientHeight / 3);
    area.scrollIntoView({ block: "nearest" });
  };
  addEventListener("resize", draw);
  return { draw, mark, go };
}
