// Blanks are filled where they stand: a click on one, or a copy of a command that
// has some left, opens a field below the command; on a phone it is a bar at the
// bottom.
import { nameOf } from "./fill.js";

// fillBar makes the field of an element. value returns what a blank is filled
// with, change fills it.
export function fillBar(root, words, { value, change }) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  const done = document.createElement("button");
  const note = document.createElement("span");
  const bar = document.createElement("form");
  bar.className = "fill-bar";
  input.autocomplete = "off";
  input.spellcheck = false;
  done.textContent = "OK";
  note.setAttribute("role", "status");
  bar.append(label, done, note);
  let box, name;
  const left = () => [...box.querySelectorAll("var:not(.filled)")].map(nameOf);
  const close = () => {
    bar.remove();
    box.querySelector(".copy")?.focus();
  };
  const open = (blank) => {
    box = blank.closest(".command") ?? blank.parentElement;
    name = nameOf(blank);
    label.replaceChildren(name + " ", input);
    input.value = value(name);
    note.textContent = "";
    box.after(bar);
    input.focus();
  };
  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    change(name, text);
    if (text && left().includes(name)) return (note.textContent = words.unsafe);
    const next = [...box.querySelectorAll("var:not(.filled)")].find((blank) => nameOf(blank) !== name);
    if (text && next) open(next);
    else close();
  });
  bar.addEventListener("keydown", (event) => event.key === "Escape" && close());
  root.addEventListener("click", (event) => {
    const blank = event.target.closest("var");
    if (blank) open(blank);
  });
  return open;
}
