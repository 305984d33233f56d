// The page for an address that does not exist: goes on to the page whose name was
// typed, in any case, with or without hyphens; else shows the nearest names.
import { data } from "./place.js";
import { nearest, result } from "./results.js";

// foldName is package book's FoldName.
const foldName = (name) => name.replace(/[^\p{L}\p{Nd}]+/gu, "").toLowerCase();

(globalThis.reasonbookData ??= {}).lost = async (part) => {
  const { root } = document.body.dataset;
  const folder = part.dataset.language;
  if (!location.pathname.startsWith(root)) return;
  const parts = location.pathname.slice(root.length).split("/").filter(Boolean);
  if (["en", "ja", "zh"].includes(parts[0]?.toLowerCase())) parts.shift();
  if (parts.length !== 1) return;
  let name = parts[0];
  try {
    name = decodeURIComponent(name);
  } catch {} // a sign of percent in the name
  const [names] = await data("names", "names.js");
  const folded = foldName(name);
  if (Object.hasOwn(names, folded)) return location.replace(root + folder + "/" + names[folded] + "/" + location.search + location.hash);
  const found = await nearest(name.replace(/[-_.]+/g, " "), folder, 5);
  const box = part.querySelector(".nearest");
  for (const entry of found) {
    const a = document.createElement("a");
    a.href = root + folder + "/" + entry.id + "/";
    box.querySelector("ul").append(result(document.createElement("li"), a, entry, box.dataset.kinds));
  }
  box.hidden = !found.length;
};
