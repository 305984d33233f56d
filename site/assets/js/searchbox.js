// The search box: a combobox with a list, as the ARIA Authoring Practices
// describe it, for the keyboard first. A bundle of its own, loaded on first use.
import "./lost.js";
import { indexFile } from "./place.js";
import { load, result } from "./results.js";
import "./resultspage.js";
import { search } from "./search.js";

// shownAtOnce is how many results the list has before the reader asks for all.
const shownAtOnce = 8;

// searchBox makes a search box of an element; ask diagnoses a text that nothing
// was found for.
(globalThis.reasonbookData ??= {}).searchBox = (root, folder, ask) => {
  const input = root.querySelector("input");
  const list = root.querySelector("ul");
  const status = root.querySelector("[role=status]");
  const words = input.dataset;
  let active = -1;

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (n) => {
    const options = [...list.querySelectorAll("[role=option]")];
    if (!options.length) return;
    active = (n + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    input.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({ block: "nearest" });
  };
  const show = async () => {
    const query = input.value;
    if (!query.trim()) return close();
    const found = await load(folder).then((index) => search(index, query), () => []); // the next key tries again
    if (query !== input.value) return; // a later key has its own answer
    active = -1;
    input.removeAttribute("aria-activedescendant");
    status.textContent = found.length ? words.count.replace("{n}", found.length) : words.none;
    const shown = found.slice(0, shownAtOnce);
    list.replaceChildren(...shown.map((entry, i) => option(entry, i, words)));
    if (!found.length) list.append(said(0, words.none));
    if (shown.length < found.length) {
      const all = said(shown.length, words.all.replace("{n}", found.length));
      all.dataset.all = words.base + "search/" + indexFile + "#" + new URLSearchParams({ q: query });
      list.append(all);
    }
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  };
  const follow = (option) => {
    if (!option) return;
    if (option.dataset.all) {
      close(); // on the page of results only what stands behind the “#” changes
      return (location.href = option.dataset.all);
    }
    if (option.dataset.href) return (location.href = option.dataset.href + indexFile);
    close();
    ask(input.value);
  };

  const warm = () => load(folder).catch(() => {});
  input.addEventListener("focus", warm);
  input.addEventListener("input", () => show());
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // the keys belong to the input method
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) show();
      else mark(active < 0 && step < 0 ? -1 : active + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      follow(list.querySelectorAll("[role=option]")[Math.max(active, 0)]);
    } else if (event.key === "Escape") {
      if (list.hidden) input.value = "";
      close();
    }
  });
  // A click on an option must not take the focus before it counts.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => follow(event.target.closest("[role=option]")));
  input.addEventListener("blur", close);
  warm();
  show(); // what was typed meanwhile
};

function option(entry, i, words) {
  const item = result(document.createElement("li"), document.createElement("b"), entry, words.kinds);
  item.id = "result-" + i;
  item.dataset.href = words.base + entry.id + "/";
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  return item;
}

// said is an option that is no entry: what to do instead, or the way to all.
function said(i, text) {
  const item = document.createElement("li");
  item.id = "result-" + i;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  item.className = "said";
  item.textContent = text;
  return item;
}
