// Runs before anything is shown, so that nothing on the page jumps: says that
// there are scripts, brings back the reader's choices, and goes on from the root
// of the site to the language of the browser, and from a retired address to the
// new one.
import { indexFile } from "./place.js";
import { chosen } from "./choices.js";

const page = document.documentElement;
page.classList.add("js");
// A small screen shows one view of the steps until the reader wants another, or both.
const usual = matchMedia("(max-width: 40rem)").matches ? { view: "kubectl" } : {};
const apply = () => {
  for (const name of ["theme", "view"]) {
    const value = chosen(name) ?? usual[name];
    if (value) page.dataset[name] = value;
  }
};
apply();
addEventListener("pageshow", apply); // the way back may show a page as it was

// What is pasted must not leave before the script that reads it is there. If
// that script fails, the page is one without scripts, and says so.
addEventListener("submit", (event) => {
  const form = event.target.dataset;
  if (form.empty && !form.ready && page.classList.contains("js")) {
    event.preventDefault();
    form.waiting = "1";
  }
}, true);
addEventListener("error", (event) => {
  if ((event.filename ?? event.target.src ?? "").endsWith("/site.js")) page.classList.remove("js");
}, true);

const known = ["en", "ja", "zh"];
const preferred = () => (navigator.languages ?? []).map((l) => l.slice(0, 2)).find((l) => known.includes(l)) ?? "en";

if ("choose" in page.dataset) {
  location.replace(preferred() + "/" + indexFile + location.hash);
}
if ("moved" in page.dataset) {
  location.replace(page.dataset.moved + indexFile + location.hash);
}
if ("missing" in page.dataset) {
  page.dataset.missing = location.pathname.split("/").find((part) => known.includes(part)) ?? preferred();
}
