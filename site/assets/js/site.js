// What every page has: the search, the choice of light or dark, and what its
// kind of page adds.
import { askForm } from "./ask.js";
import { choose } from "./choices.js";
import { entryPage } from "./entry.js";
import { data, inFolder, indexFile } from "./place.js";
import { searchBox } from "./searchbox.js";
import { equip } from "./steps.js";

const { folder } = document.body.dataset;
const each = (selector, use) => document.querySelectorAll(selector).forEach(use);

if (inFolder) each('a[href$="/"]:not([href*="://"])', (a) => (a.href += indexFile));

each(".search", (box) =>
  searchBox(box, () => data("search", `search.${folder}.js`), (address) => (location.href = address + indexFile)),
);

each(".theme", (button) => button.addEventListener("click", () => {
  const { theme } = document.documentElement.dataset;
  const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  choose("theme", dark ? "light" : "dark");
}));

// The values that fill a page go along to another language.
each(".languages a", (a) => a.addEventListener("click", () => (a.hash = location.hash)));

each("[data-entry-page]", entryPage);
each(".prose, main[data-copy]", (part) => equip(part, part.dataset));
each("form.ask[data-empty]", (form) => askForm(form, folder));

// 404.html holds all languages; early.js has chosen one.
const { missing } = document.documentElement.dataset;
each(`[data-language="${missing}"]`, (section) => {
  document.documentElement.lang = section.lang;
  document.title = section.querySelector("h2").textContent + " · reasonbook";
});
