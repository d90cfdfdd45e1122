// A picture that is pasted, dropped or chosen: what it shows is asked first, then it is sent and its line inserted.
export function pictures(form, area, insert, token) {
  const dialog = document.querySelector("[data-picture-dialog]");
  if (!dialog) return; // a text that holds no pictures
  const choice = dialog.querySelector("[type=file]");
  const alt = dialog.querySelector("[name=alt]");
  const problem = dialog.querySelector(".error");
  const words = problem.querySelector("span");
  const name = dialog.querySelector("[data-name]");
  let file = null;
  let place = [0, 0];

  const take = (given) => {
    file = given ?? null;
    name.textContent = file ? file.name : "";
    problem.hidden = true;
    if (!dialog.open) {
      place = [area.selectionStart, area.selectionEnd];
      dialog.showModal();
    }
    alt.focus();
  };
  const refuse = (text) => {
    words.textContent = text;
    problem.hidden = false;
  };
  const send = async () => {
    if (!file) return refuse(dialog.dataset.wordsFile);
    if (!alt.value.trim()) {
      refuse(dialog.dataset.wordsAlt);
      return alt.focus();
    }
    const data = new FormData();
    data.append("csrf_token", token());
    data.append("alt", alt.value);
    data.append("file", file, file.name || "gambar.png");
    try {
      const answer = await fetch(dialog.dataset.url, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const reply = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
      if (!answer.ok || !reply.markdown) return refuse(reply.error ?? dialog.dataset.wordsFailed);
      dialog.close();
      area.setSelectionRange(...place);
      insert.block(`${reply.markdown}\n`);
      alt.value = choice.value = "";
      file = null;
    } catch {
      refuse(dialog.dataset.wordsFailed);
    }
  };

  form.querySelector("[data-picture]").addEventListener("click", () => take(null));
  choice.addEventListener("change", () => take(choice.files[0]));
  dialog.querySelector("[data-send]").addEventListener("click", send);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  alt.addEventListener("keydown", (event) => { if (event.key === "Enter") send(); });
  dialog.addEventListener("close", () => area.focus());

  const pictureOf = (data) => [...(data?.files ?? [])].find((one) => one.type.startsWith("image/"));
  area.addEventListener("paste", (event) => {
    const given = event.defaultPrevented ? null : pictureOf(event.clipboardData);
    if (!given || event.clipboardData.getData("text/html").includes("<table")) return;
    event.preventDefault();
    take(given);
  });
  area.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
  area.addEventListener("drop", (event) => {
    const given = pictureOf(event.dataTransfer);
    if (!given) return;
    event.preventDefault();
    take(given);
  });
}
