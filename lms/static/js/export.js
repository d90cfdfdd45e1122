// A file is being made: say how far it is, and show the page anew once it is whole.
// Without this file the page reloads itself now and then, and a link does the same.
const place = document.querySelector("[data-export]");
const words = place?.querySelector("[data-export-words]");
const bar = place?.querySelector("progress");
const EVERY = 2000;

const look = async () => {
  try {
    const answer = await fetch(place.dataset.export, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { state, done, total } = await answer.json();
    if (state !== "waiting") {
      location.reload();
      return;
    }
    bar.value = done;
    words.textContent = words.dataset.exportWords.replace("{done}", done).replace("{total}", total);
  } catch {
    // the line is away for a moment
  }
  setTimeout(look, EVERY);
};

if (place) setTimeout(look, EVERY);
