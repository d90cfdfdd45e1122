// Rows of a question's form: added and moved where they stand, by the server's own answer, without a new page.
// Without this file, or when the line is away, the same buttons send the form.
const form = document.querySelector("form[data-rows]");

const turn = async (button) => {
  const data = new FormData(form, button);
  const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const rows = page.querySelector("#rows");
  if (!answer.ok || answer.redirected || !rows) throw new Error("another page came");
  return rows;
};

const focused = (rows, what) => {
  const [way, at] = what.split("-");
  const groups = rows.querySelectorAll(".answer-row");
  if (way === "row") return groups[groups.length - 1]?.querySelector("input:not([type=hidden]), textarea");
  const group = groups[Number(at) + (way === "up" ? -1 : 1)];
  return group?.querySelector(`button[value^="${way}-"]`) ?? group?.querySelector("button");
};

form?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  const what = button?.name === "what" ? button.value : "";
  if (!/^(row|(up|down)-\d+)$/.test(what)) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  try {
    const rows = document.adoptNode(await turn(button));
    form.querySelector("#rows").replaceWith(rows);
    focused(rows, what)?.focus();
  } catch {
    const kept = Object.assign(document.createElement("input"), { type: "hidden", name: "what", value: what });
    form.append(kept);
    form.submit();
  } finally {
    form.removeAttribute("aria-busy");
  }
});
