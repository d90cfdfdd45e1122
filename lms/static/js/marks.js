// Buttons that write marks into the text, and the one way to put text in: it can be undone by the browser.
export function marks(form, area) {
  const bar = form.querySelector("[data-toolbar]");

  const put = (text, from = area.selectionStart, to = area.selectionEnd) => {
    area.focus();
    area.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const lineStart = () => area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;

  // A block stands between empty lines.
  const block = (text) => {
    const before = area.value.slice(0, area.selectionStart);
    const after = area.value.slice(area.selectionEnd);
    const above = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    put(`${above}${text}${after.startsWith("\n") || after === "" ? "" : "\n"}`);
  };
  const around = (mark, empty) => {
    const { selectionStart: from, selectionEnd: to } = area;
    const chosen = area.value.slice(from, to) || empty;
    put(`${mark}${chosen}${mark}`);
    area.setSelectionRange(from + mark.length, from + mark.length + chosen.length);
  };
  const start = (mark) => {
    const from = lineStart();
    const to = area.selectionEnd;
    const rows = area.value.slice(from, to).split("\n");
    put(rows.map((row) => (row.startsWith(mark) ? row.slice(mark.length) : mark + row)).join("\n"), from, to);
  };
  const link = (question) => {
    const { selectionStart: from, selectionEnd: to } = area;
    const target = prompt(question, "https://");
    if (target) put(`[${area.value.slice(from, to) || target}](${target.trim()})`, from, to);
  };

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { around: mark, empty, start: begin, link: question, insert } = button.dataset;
    if (mark) around(mark, empty);
    else if (begin) start(begin);
    else if (question) link(question);
    else if (insert) {
      button.closest("details").open = false;
      block(insert);
    }
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    const wanted = { b: () => around("**", ""), k: () => bar.querySelector("[data-link]").click() }[event.key];
    if (wanted) {
      event.preventDefault();
      wanted();
    }
  });
  bar.hidden = false;
  return { put, block };
}
