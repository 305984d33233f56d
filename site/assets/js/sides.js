// What stands beside a page on wide screens: its contents at one side, and at the
// other what stands at the same stage. Made only where there is room.
import { data, indexFile } from "./place.js";

export function sides(article) {
  const wide = matchMedia("(min-width: 75rem)");
  const show = () => {
    if (!wide.matches) return;
    wide.removeEventListener("change", show);
    contents(article);
    siblings(article).catch(() => {});
  };
  wide.addEventListener("change", show);
  show();
}

// side adds a list of links with a name beside an article.
function side(article, className, label, links) {
  const nav = document.createElement("nav");
  nav.className = "side " + className;
  nav.setAttribute("aria-label", label);
  const heading = document.createElement("p");
  heading.textContent = label;
  const list = document.createElement("ul");
  list.append(...links.map(([href, text, here]) => {
    const item = document.createElement("li");
    const a = document.createElement("a");
    a.href = href;
    // Long words break before their capitals, as in headings.
    text.split(/(?<=[a-z]{3})(?=[A-Z][a-z]{2})/).forEach((part, i) => a.append(i ? document.createElement("wbr") : "", part));
    if (here) a.setAttribute("aria-current", "page");
    item.append(a);
    return item;
  }));
  nav.append(heading, list);
  article.after(nav);
  return nav;
}

function contents(article) {
  const headings = [...article.querySelectorAll("h2[id]")];
  if (headings.length < 2) return;
  const nav = side(article, "contents", article.dataset.contents ?? article.querySelector(".toc").getAttribute("aria-label"), headings.map((h) => ["#" + h.id, h.textContent]));
  const seen = new IntersectionObserver((list) => {
    for (const { isIntersecting, target } of list) {
      if (!isIntersecting) continue;
      nav.querySelector("[aria-current]")?.removeAttribute("aria-current");
      nav.querySelectorAll("a")[headings.indexOf(target)].setAttribute("aria-current", "true");
    }
  }, { rootMargin: "0px 0px -70% 0px" });
  headings.forEach((h) => seen.observe(h));
}

// around is how many of a stage stand there at most.
const around = 24;

async function siblings(article) {
  const { around: name, id } = article.dataset;
  if (!name) return;
  const [label, list] = await data(name, `around/${name}.js`);
  const at = list.findIndex(([other]) => other === id);
  const from = Math.max(0, Math.min(at - around / 2, list.length - around));
  side(article, "siblings", label, list.slice(from, from + around).map(([other, text]) => [`../${other}/${indexFile}`, text, other === id]));
}
