// What is pasted from a word processor or a spreadsheet becomes Markdown; plain text stays as it is.
import { toMarkdown, worthReading } from "./to-markdown.js";

export function paste(area, insert) {
  area.addEventListener("paste", (event) => {
    const data = event.clipboardData;
    if (!data || [...data.items].some((item) => item.kind === "file" && item.type.startsWith("image/") && !data.getData("text/html"))) return;
    const html = data.getData("text/html");
    if (!html || !worthReading(html)) return;
    const text = toMarkdown(html);
    if (!text.trim()) return;
    event.preventDefault();
    if (text.includes("\n")) insert.block(`${text}\n`);
    else insert.put(text);
  });
}
