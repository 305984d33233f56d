// What the search loads, and how a result looks wherever it stands.
import { data } from "./place.js";
import { prepare, search } from "./search.js";

const loading = {};

// load returns the index of a language, loaded and folded once.
export function load(folder) {
  loading[folder] ??= Promise.all([data("search", `search.${folder}.js`), data("words", `words.${folder}.js`)]).then(([rows, words]) => prepare(rows, words));
  loading[folder].catch(() => delete loading[folder]); // the next try may succeed
  return loading[folder];
}

// result fills an element with what is shown of an entry; name names it, a link
// or not. kinds are the names of the kinds.
export function result(item, name, { kind, title, lead }, kinds) {
  const shape = document.createElement("span");
  shape.className = "mark " + kind;
  shape.setAttribute("role", "img");
  shape.setAttribute("aria-label", kinds.split("|")[["state", "cause", "log"].indexOf(kind)]);
  name.textContent = title;
  const text = document.createElement("span");
  text.className = "lead";
  text.textContent = lead;
  item.append(shape, name, text);
  return item;
}

// nearest returns the entries that the lines of a text are most likely about, by
// what their pages say.
export async function nearest(text, folder, limit) {
  const index = await load(folder);
  const votes = new Map();
  for (const line of text.split("\n").filter((line) => line.trim()).slice(-30)) {
    search(index, line.slice(0, 300), 3).forEach((entry, i) => votes.set(entry, (votes.get(entry) ?? 0) + 3 - i));
  }
  return [...votes].sort((a, b) => b[1] - a[1]).slice(0, limit).map(([entry]) => entry);
}

(globalThis.reasonbookData ??= {}).nearestPages = nearest;
