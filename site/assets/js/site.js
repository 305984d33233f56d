// What every page has: the search, the choice of light or dark, and what its
// kind of page adds.
import { askForm } from "./ask.js";
import { choose } from "./choices.js";
import { entryPage } from "./entry.js";
import { keep } from "./pasted.js";
import { data, inFolder, indexFile } from "./place.js";
import { searchBox } from "./searchbox.js";
import { equip } from "./steps.js";

const { folder } = document.body.dataset;
const each = (selector, use) => document.querySelectorAll(selector).forEach(use);

if (inFolder) {
  each('a[href$="/"]:not([href*="://"])', (a) => (a.href += indexFile));
  each("a[download]", (a) => a.parentElement.remove()); // this is the download
}

each(".search", (box) =>
  searchBox(box, () => data("search", `search.${folder}.js`), (address) => (location.href = address + indexFile), (text) => {
    const reason = document.getElementById("reason");
    keep(text, true);
    if (!reason) return (location.href = box.querySelector("input").dataset.base + indexFile);
    reason.value = text;
    reason.form.requestSubmit();
  }),
);

each(".theme", (button) => button.addEventListener("click", () => {
  const { theme } = document.documentElement.dataset;
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  choose("theme", dark ? "light" : "dark");
}));

// What fills a page goes along to another language.
each(".languages a", (a) => a.addEventListener("click", () => {
  a.hash = document.body.dataset.values || location.hash;
  const { value } = document.getElementById("reason") ?? {};
  if (value) keep(value, true);
}));

each("[data-entry-page]", entryPage);
each(".prose, main[data-copy]", (part) => equip(part, part.dataset));
each("form.ask[data-empty]", (form) => askForm(form, folder));

// 404.html holds all languages; early.js has chosen one.
const { missing } = document.documentElement.dataset;
each(`[data-language="${missing}"]`, (section) => {
  document.documentElement.lang = section.lang;
  document.title = section.querySelector("h2").textContent + " · reasonbook";
});
