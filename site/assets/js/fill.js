// Blanks of a text and what fills them. The rules are those of package book,
// which fills the same blanks in the answers of the function.

// A value means nothing special to a shell and is no option. Only such a value
// goes into a command: it comes from outside, and people paste commands.
const safe = /^[A-Za-z0-9/][A-Za-z0-9\-._/:@+=,]*$/;
const control = /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ue000-\ue003]/;

// valueOf returns what a blank is filled with, "" if it stays blank: the value
// of its name, or, for service-name and service-namespace, a part of "ns/name".
export function valueOf(values, name, inCode) {
  const [whole, part] = name.split("-");
  let value = values[name] ?? values[whole] ?? "";
  if (part && !values[name]) {
    const slash = value.indexOf("/");
    if (slash < 0) return "";
    value = part === "namespace" ? value.slice(0, slash) : value.slice(slash + 1);
  }
  if (value.toLowerCase() === "xxx" || control.test(value)) return "";
  return inCode && !safe.test(value) ? "" : value;
}

// nameOf returns the name of a blank, which it shows as <name>.
export const nameOf = (blank) => (blank.dataset.name ??= blank.textContent.slice(1, -1));

// fill puts values into the blanks below an element.
export function fill(element, values) {
  for (const blank of element.querySelectorAll("var")) {
    const value = valueOf(values, nameOf(blank), blank.closest("code"));
    blank.textContent = value || `<${nameOf(blank)}>`;
    blank.classList.toggle("filled", value !== "");
    blank.classList.toggle("long", blank.textContent.length > 24);
  }
}

// blanksOf returns the names of the blanks below an element, each once.
export const blanksOf = (element) => [...new Set([...element.querySelectorAll("var")].map(nameOf))];
