// Runs before anything is shown, so that nothing on the page jumps: says that
// there are scripts, brings back the reader's choices, and at the root of the
// site goes on to the language of the browser.
import { indexFile } from "./place.js";
import { chosen } from "./choices.js";

const page = document.documentElement;
page.classList.add("js");
for (const name of ["theme", "view"]) {
  const value = chosen(name);
  if (value) page.dataset[name] = value;
}

const known = ["en", "ja", "zh"];
const preferred = () => (navigator.languages ?? []).map((l) => l.slice(0, 2)).find((l) => known.includes(l)) ?? "en";

if ("choose" in page.dataset) {
  location.replace(preferred() + "/" + indexFile + location.hash);
}
if ("missing" in page.dataset) {
  page.dataset.missing = location.pathname.split("/").find((part) => known.includes(part)) ?? preferred();
}
