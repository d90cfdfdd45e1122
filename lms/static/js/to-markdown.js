// HTML of the clipboard as clean Markdown: headings, emphasis, lists, links, tables; all else by its words.
const SKIP = new Set(["STYLE", "SCRIPT", "META", "LINK", "TITLE", "HEAD", "O:P", "IMG", "SVG", "XML"]);
const BLOCK = new Set(["P", "DIV", "SECTION", "ARTICLE", "BLOCKQUOTE", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "TABLE", "PRE", "HR"]);
const MARK = { B: "**", STRONG: "**", I: "*", EM: "*", CODE: "`" };

// Only text with a structure is worth a change; a copy out of this very page is plain text.
export const worthReading = (html) => /<(table|h[1-6]|ul|ol|li|b|strong|i|em|a)[\s>]|mso-list|MsoListParagraph/i.test(html);

export function toMarkdown(html) {
  const body = new DOMParser().parseFromString(html, "text/html").body;
  return blocks(body).join("\n\n").replace(/\n{3,}/g, "\n\n").trim();
}

const spaces = (text) => text.replace(/[\s\u00a0]+/g, " ");
// A sign that would become a mark is shielded; at the beginning of a line numbers and hyphens are, too.
const plain = (text) => spaces(text).replace(/[\\*_`[\]<]/g, "\\$&");
const bold = (node) => /font-weight:\s*(bold|[6-9]00)/i.test(node.getAttribute?.("style") ?? "");
const normal = (node) => /font-weight:\s*(normal|400)/i.test(node.getAttribute?.("style") ?? "");

function wrapped(text, mark) {
  const inner = text.trim();
  if (!inner) return text;
  return `${text.startsWith(" ") ? " " : ""}${mark}${inner}${mark}${text.endsWith(" ") ? " " : ""}`;
}

function inline(node) {
  if (node.nodeType === 3) return plain(node.data);
  if (node.nodeType !== 1 || SKIP.has(node.tagName) || /mso-list:\s*Ignore/i.test(node.getAttribute("style") ?? "")) return "";
  if (node.tagName === "BR") return "\n";
  const text = [...node.childNodes].map(inline).join("");
  if (node.tagName === "A") {
    const address = node.getAttribute("href") ?? "";
    return /^(https?:|mailto:)/i.test(address) && text.trim() ? `[${text.trim()}](${address.replace(/[()\s]/g, encodeURIComponent)})` : text;
  }
  let mark = MARK[node.tagName];
  if (mark === "**" && normal(node)) mark = undefined;
  if (node.tagName === "SPAN" && bold(node)) mark = "**";
  return mark ? wrapped(text, mark) : text;
}

const line = (node) => inline(node).split("\n").map((part) => part.replace(/ +/g, " ").trim()).filter(Boolean).join("\n")
  .replace(/^([#>+-]|\d+[.)])(?=\s)/gm, (sign) => (/\d/.test(sign) ? sign.replace(/[.)]/, "\\$&") : `\\${sign}`));

function blocks(node) {
  const found = [];
  let loose = [];
  const flush = () => {
    const holder = document.createElement("span");
    holder.append(...loose.map((one) => one.cloneNode(true)));
    const text = line(holder);
    if (text) found.push(text);
    loose = [];
  };
  for (const child of node.childNodes) {
    if (child.nodeType === 1 && (BLOCK.has(child.tagName) || holdsBlock(child))) {
      flush();
      found.push(...block(child));
    } else loose.push(child);
  }
  flush();
  return joined(found);
}

const holdsBlock = (node) => !SKIP.has(node.tagName) && [...node.children].some((one) => BLOCK.has(one.tagName) || holdsBlock(one));

// Paragraphs that Word uses for list items stand line under line.
function joined(parts) {
  return parts.reduce((all, part) => {
    const last = all[all.length - 1];
    if (part.word && last?.word) last.text += `\n${part.text}`;
    else all.push(part.word ? { ...part } : part);
    return all;
  }, []).map((part) => part.text ?? part);
}

function block(node) {
  const tag = node.tagName;
  if (tag === "TABLE") return [table(node)].filter(Boolean);
  if (tag === "UL" || tag === "OL") return [list(node, 0)].filter(Boolean);
  if (/^H[1-6]$/.test(tag)) return line(node) ? [`${"#".repeat(Math.max(2, Number(tag[1])))} ${line(node).replace(/\n/g, " ").replace(/\*\*/g, "")}`] : [];
  if (tag === "HR") return [];
  if (tag === "PRE") return [`\`\`\`\n${node.textContent.replace(/\n$/, "")}\n\`\`\``];
  if (holdsBlock(node)) {
    const inside = blocks(node);
    return tag === "BLOCKQUOTE" ? [inside.join("\n\n").replace(/^/gm, "> ")] : inside;
  }
  const style = node.getAttribute("style") ?? "";
  if (/mso-list:\s*l/i.test(style)) {
    const level = Number(/level(\d)/i.exec(style)?.[1] ?? 1) - 1;
    const sign = /^\s*(\d+|[a-z])[.)]/i.test(node.textContent.replace(/^[\s\u00a0·§o]+(?=\S)/, "")) ? "1." : "-";
    return [{ word: true, text: `${"    ".repeat(level)}${sign} ${line(node).replace(/^\\?(?:[·•§-]|\d+\\?[.)])\s*/, "").replace(/\n/g, " ")}` }];
  }
  const text = line(node);
  if (!text) return [];
  return [tag === "BLOCKQUOTE" ? text.replace(/^/gm, "> ") : text];
}

function list(node, level) {
  let number = 0;
  return [...node.children].flatMap((item) => {
    if (item.tagName === "UL" || item.tagName === "OL") return [list(item, level + 1)];
    const inner = [...item.children].filter((one) => one.tagName === "UL" || one.tagName === "OL");
    const words = item.cloneNode(true);
    for (const one of words.querySelectorAll("ul, ol")) one.remove();
    number += 1;
    const text = `${"    ".repeat(level)}${node.tagName === "OL" ? `${number}.` : "-"} ${line(words).replace(/\n/g, " ")}`;
    return [text, ...inner.map((one) => list(one, level + 1))];
  }).filter((text) => text.trim()).join("\n");
}

const cellText = (cell) => line(cell).replace(/\n/g, " ").replace(/\|/g, "\\|");

function table(node) {
  const rows = [...node.rows].map((row) => [...row.cells].flatMap((cell) => [cellText(cell), ...Array(Math.max(0, cell.colSpan - 1)).fill("")]));
  const full = rows.filter((row) => row.some(Boolean));
  const width = Math.max(0, ...full.map((row) => row.length));
  if (!width) return "";
  if (width === 1) return full.map((row) => row[0]).join("\n\n");
  const written = full.map((row) => `| ${[...row, ...Array(width - row.length).fill("")].join(" | ")} |`);
  return [written[0], `|${"---|".repeat(width)}`, ...written.slice(1)].join("\n");
}
