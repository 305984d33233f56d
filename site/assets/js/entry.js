// The page of an entry: fills the blanks, keeps the ticks of the steps while
// the tab lives, and remembers which view of the steps the reader wants.
import { choose } from "./choices.js";
import { blanksOf, fill, valueOf } from "./fill.js";
import { equip } from "./steps.js";

export function entryPage(article) {
  folds(article);
  equip(article, article.dataset, blanks(article));
  ticks(article);
  const radios = [...article.querySelectorAll("[name=view]")];
  const showView = () => radios.forEach((radio) => (radio.checked = radio.value === (document.documentElement.dataset.view ?? "")));
  showView();
  addEventListener("pageshow", showView);
  for (const radio of radios) radio.addEventListener("change", () => choose("view", radio.value));
}

// folds closes what follows the steps where the screen is small: the page then
// fits a few screens. Whatever a link leads to opens, and all of it does in print.
function folds(article) {
  const all = [...article.querySelectorAll(".fold")];
  const open = (is) => all.forEach((fold) => (fold.open = is));
  if (matchMedia("(max-width: 40rem)").matches) open(false);
  addEventListener("beforeprint", () => open(true));
  const follow = () => document.getElementById(location.hash.slice(1))?.closest(".fold")?.setAttribute("open", "");
  addEventListener("hashchange", follow);
  follow();
}

// blanks fills the page with the values in its address, as links from answers
// have them behind the “#”, and lets the reader change them. What stands there
// never leaves the browser. A part of a value, such as service-name of service,
// is asked for only where the whole is not. It returns how single blanks are filled.
function blanks(article) {
  const all = blanksOf(article);
  const names = all.filter((name) => !all.includes(name.split("-")[0]) || !name.includes("-"));
  const panel = article.querySelector(".blanks");
  if (!panel || !names.length) return undefined;
  const box = document.createElement("details");
  const summary = document.createElement("summary");
  const given = document.createElement("span");
  given.className = "given";
  summary.append(article.dataset.blanks, " ", given);
  const hint = document.createElement("p");
  hint.className = "small";
  hint.textContent = article.dataset.hint;
  box.append(summary);
  const inputs = names.map((name) => {
    const label = document.createElement("label");
    const input = document.createElement("input");
    const note = document.createElement("span");
    note.className = "small";
    note.setAttribute("role", "status");
    input.name = name;
    input.autocomplete = "off";
    input.spellcheck = false;
    label.append(name, input, note);
    box.append(label);
    return input;
  });
  box.append(hint);
  panel.append(box);

  // show returns whether there are values that commands do not take.
  const show = (values) => {
    fill(article, values);
    const filled = inputs.filter((input) => input.value);
    document.body.dataset.values = new URLSearchParams(filled.map((input) => [input.name, input.value]));
    given.textContent = filled.map((input) => input.value).join(" · ");
    for (const input of inputs) {
      const unsafe = input.value && !valueOf(values, input.name, true);
      input.nextSibling.textContent = unsafe ? article.dataset.unsafe : "";
    }
    return filled.some((input) => input.nextSibling.textContent);
  };
  const fromAddress = () => {
    if (location.hash && !location.hash.includes("=")) return; // a section
    const values = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
    for (const input of inputs) input.value = valueOf(values, input.name, false);
    // The steps come first: what is filled in stands in the one line.
    box.open = show(values);
  };
  box.addEventListener("input", () => {
    const values = Object.fromEntries(inputs.filter((i) => i.value).map((i) => [i.name, i.value.trim()]));
    show(values);
    history.replaceState(null, "", "#" + document.body.dataset.values);
  });
  // The way to a section leaves the values in the address.
  document.addEventListener("click", (event) => {
    const target = document.getElementById(event.target.closest?.('a[href^="#"]')?.hash.slice(1));
    if (!target || !document.body.dataset.values || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
  });
  addEventListener("hashchange", fromAddress);
  fromAddress();
  // A part of a value is filled by the field of the whole, where that is asked for.
  const field = (name) => inputs.find((input) => input.name === name) ?? inputs.find((input) => input.name === name.split("-")[0]);
  return {
    value: (name) => field(name).value,
    change: (name, value) => {
      field(name).value = value;
      box.dispatchEvent(new Event("input"));
    },
  };
}

// ticks keeps the ticks while the tab lives. They belong to the values that the
// page is filled with: another instance has its own.
function ticks(article) {
  const id = location.pathname.split("/").filter((part) => part && part !== "index.html").pop();
  const key = () => "reasonbook-ticks-" + id + "?" + (document.body.dataset.values ?? "");
  const boxes = [...article.querySelectorAll(".steps > li > input")];
  const show = () => {
    const kept = (sessionStorage.getItem(key()) ?? "").split(",");
    boxes.forEach((box, i) => (box.checked = kept.includes(String(i))));
  };
  try {
    show();
    addEventListener("hashchange", show);
    article.addEventListener("change", () =>
      sessionStorage.setItem(key(), boxes.flatMap((box, i) => (box.checked ? [i] : [])).join()),
    );
  } catch {} // storage is switched off
}
