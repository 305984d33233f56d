// The text that a reader has pasted. It is kept while the tab lives, so that a
// reload, the way back and another language find it again; it never leaves the
// browser.
const key = "reasonbook-pasted";

// keep keeps a text; again asks for its diagnosis on the next home page.
export function keep(text, again) {
  try {
    sessionStorage.setItem(key, (again ? "1" : "0") + text);
  } catch {} // storage is full or switched off
}

// kept returns the text that this page shall show, "" for none.
export function kept() {
  try {
    const value = sessionStorage.getItem(key) ?? "";
    const [{ type }] = performance.getEntriesByType("navigation");
    return value[0] === "1" || type === "reload" || type === "back_forward" ? value.slice(1) : "";
  } catch {
    return "";
  }
}
