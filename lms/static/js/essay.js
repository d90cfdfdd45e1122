// Counts the words of an essay while it is typed. The rule is that of count_words in the server:
// runs between white space that hold a letter or a digit. All words come from the page.
for (const line of document.querySelectorAll("[data-words]")) {
  const field = document.getElementById(line.dataset.words);
  const { low, high, fine, few, many } = line.dataset;
  const show = () => {
    const count = (field.value.match(/\S+/gu) ?? []).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
    const short = count > 0 && count < Number(low);
    const long = Number(high) > 0 && count > Number(high);
    line.textContent = (short ? few : long ? many : fine).replace("{n}", count);
  };
  field.addEventListener("input", show);
  show();
}
