// What steps can do wherever they stand: commands are copied, screenshots are
// shown in their place, blanks are filled.
import { fillBar } from "./blanks.js";

const unreachable = new Set(); // addresses of screenshots that did not load

// equip makes commands and screenshots work; with blanks, {value, change} as
// fillBar takes them, also those.
export function equip(element, words, blanks) {
  const open = blanks && fillBar(element, words, blanks);
  for (const pre of element.querySelectorAll("pre")) {
    const code = pre.querySelector("code");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.setAttribute("aria-live", "polite");
    button.textContent = words.copy;
    button.addEventListener("click", () => copy(code, button, words, open));
    const box = document.createElement("div");
    box.className = "command";
    pre.replaceWith(box);
    box.append(button, pre);
    // What scrolls sideways can be reached by keyboard.
    new ResizeObserver(() => pre.toggleAttribute("tabindex", pre.scrollWidth > pre.clientWidth) && (pre.tabIndex = 0)).observe(code);
  }
  for (const link of element.querySelectorAll("a.picture")) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || unreachable.has(link.href)) return;
      event.preventDefault();
      const shown = link.nextElementSibling;
      if (shown?.localName === "img") return shown.remove();
      const image = document.createElement("img");
      image.alt = link.textContent;
      image.src = link.href;
      image.onerror = () => {
        image.remove();
        unreachable.add(link.href); // the next click follows the link
      };
      link.after(image);
    });
  }
}

async function copy(code, button, words, open) {
  try {
    await navigator.clipboard.writeText(code.textContent.trimEnd());
  } catch {
    // Without the clipboard, as on a page that came over plain HTTP, the
    // command is selected for the reader to copy.
    getSelection().selectAllChildren(code);
    return;
  }
  const blanks = code.querySelectorAll("var:not(.filled)");
  button.textContent = blanks.length && words.left ? words.left.replace("{n}", blanks.length) : words.copied;
  if (blanks.length) open?.(blanks[0]);
  setTimeout(() => (button.textContent = words.copy), 2000);
}
