// What every page has: the choice of light or dark, what its kind of page adds,
// and the way to the scripts that only a search or a pasted text needs.
import { choose } from "./choices.js";
import { entryPage } from "./entry.js";
import { keep, kept } from "./pasted.js";
import { data, inFolder, indexFile } from "./place.js";
import { reportLink } from "./report.js";
import { sides } from "./sides.js";
import { equip } from "./steps.js";

const { folder } = document.body.dataset;
const each = (selector, use) => document.querySelectorAll(selector).forEach(use);

if (inFolder) {
  each('a[href$="/"]:not([href*="://"])', (a) => (a.href += indexFile));
  each("a[download]", (a) => a.parentElement.remove()); // this is the download
}

// once returns a function that loads a script on its first call and starts what
// it holds; after a failure the next call tries again.
function once(name, file, ...use) {
  let begun;
  return () => (begun ??= data(name, file).then((start) => start(...use))).catch((fault) => {
    begun = undefined;
    throw fault;
  });
}

each(".search", (box) => {
  const input = box.querySelector("input");
  const begin = once("searchBox", "searchbox.js", box, folder, (text) => {
    const reason = document.getElementById("reason");
    keep(text, true);
    if (!reason) return (location.href = input.dataset.base + indexFile);
    reason.value = text;
    reason.form.requestSubmit();
  });
  for (const event of ["focus", "input"]) input.addEventListener(event, () => begin().catch(() => {}));
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
});

each(".results-page", (page) => data("resultsPage", "searchbox.js").then((show) => show(page, folder)).catch(() => {}));

each(".report", (box) => reportLink(box));

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
each("article:is(.entry, .prose)", sides);
each(".prose, main[data-copy]", (part) => equip(part, part.dataset));
each("form.ask[data-empty]", (form) => {
  const words = form.dataset;
  const said = form.querySelector(".said");
  const start = once("askForm", "ask.js", form, folder);
  const begin = () => start().catch(() => words.waiting && (said.textContent = words.failed));
  form.noValidate = true; // the browser's own words may be in another language
  form.addEventListener("focusin", begin);
  const ask = (text) => {
    form.reason.value = text;
    form.requestSubmit();
  };
  form.querySelectorAll(".try button").forEach((b) => b.addEventListener("click", () => ask(b.value)));
  const paste = form.querySelector(".clipboard");
  paste.hidden = !navigator.clipboard?.readText;
  paste.addEventListener("click", () => navigator.clipboard.readText().then(ask, () => form.reason.focus()));
  form.addEventListener("submit", () => {
    if (words.ready) return; // it answers by itself
    said.textContent = words.working; // early.js has kept the text
    begin();
  });
  if (words.waiting || kept()) begin();
});

each(".filter input", (input) => {
  const status = input.closest(".filter").querySelector("[role=status]");
  const plain = (s) => s.normalize("NFKC").toLowerCase();
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/);
    let n = 0;
    each(".group", (group) => {
      const before = n;
      for (const item of group.querySelectorAll(".names > li, .signs > div")) {
        const text = plain(item.textContent);
        item.hidden = !words.every((word) => text.includes(word));
        n += !item.hidden;
      }
      group.hidden = n === before;
    });
    status.textContent = words.join("") && input.dataset.count.replace("{n}", n);
  });
});

// 404.html holds all languages; early.js has chosen one.
const { missing } = document.documentElement.dataset;
each(`[data-language="${missing}"]`, (section) => {
  document.documentElement.lang = section.lang;
  document.title = section.querySelector("h2").textContent + " · reasonbook";
});
each(`.not-found:is([data-language="${missing}"], [data-language="${folder}"])`, (part) => {
  data("lost", "searchbox.js").then((lost) => lost(part), () => {});
});
