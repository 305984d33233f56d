// What a reader has chosen, as far as the browser keeps it. Storage can be
// switched off; then choices last as long as the page.

export function chosen(name) {
  try {
    return localStorage.getItem("reasonbook-" + name);
  } catch {
    return null;
  }
}

export function choose(name, value) {
  document.documentElement.dataset[name] = value;
  try {
    localStorage.setItem("reasonbook-" + name, value);
  } catch {}
}
