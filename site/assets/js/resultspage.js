// The page with all results of a search. What is searched for stands behind the
// “#”, which browsers keep to themselves; “?q=” is understood too.
import { indexFile } from "./place.js";
import { load, result } from "./results.js";
import { search } from "./search.js";

(globalThis.reasonbookData ??= {}).resultsPage = (page, folder) => {
  const { count, nothing, kinds, base } = page.dataset;
  const said = page.querySelector("[role=status]");
  const list = page.querySelector("ol");
  const input = document.getElementById("q");
  const show = async () => {
    const query = new URLSearchParams(location.hash.slice(1)).get("q") ?? new URLSearchParams(location.search).get("q") ?? "";
    input.value = query;
    page.querySelector(".query").textContent = query;
    const found = search(await load(folder), query);
    said.textContent = found.length ? count.replace("{n}", found.length) : nothing;
    list.replaceChildren(...found.map((entry) => {
      const a = document.createElement("a");
      a.href = base + entry.id + "/" + indexFile;
      return result(document.createElement("li"), a, entry, kinds);
    }));
  };
  addEventListener("hashchange", show);
  return show();
};
