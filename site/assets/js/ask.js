// “Paste it here”: the matcher of the function, compiled to WebAssembly, reads
// the text in this page. All this is loaded when the box is used, and nothing of
// the text goes anywhere.
import { fill } from "./fill.js";
import { keep, kept } from "./pasted.js";
import { asset, data, forget, indexFile } from "./place.js";
import { reportLink } from "./report.js";
import { equip } from "./steps.js";

const maxText = 6 << 20; // bytes, as for the function

const answersPerFile = 8; // as package site writes them

// One matcher for the page.
let ready;

function matcher() {
  ready ??= (async () => {
    const [start, entries] = await Promise.all([data("start", "matcher.js"), data("patterns", "patterns.js")]);
    const reasonbook = await start({ asset, data });
    const fault = reasonbook.compile(entries.map(([id, kind, ...rest]) => [id, kind === "state", ...rest]));
    if (fault) throw new Error(fault);
    return { entries, diagnose: reasonbook.diagnose };
  })();
  ready.catch(() => (ready = undefined)); // the next try may succeed
  return ready;
}

// diagnose returns what the function answers to a text: {ignored, running, diagnoses:
// [{subject, matches}], nearest}, with entries in a language.
async function diagnose(text, folder) {
  const { entries, diagnose } = await matcher();
  const entry = async (i) => {
    const [id, kind] = entries[i];
    const file = `${folder}-${Math.floor(i / answersPerFile)}`;
    const [of, title, facts, meaning, confirm, steps, causes] = (await data(file, `answers/${file}.js`))[i % answersPerFile];
    if (of !== id) {
      // The files are of different builds: better no answer than a wrong one.
      forget();
      ready = undefined;
      throw new Error(file);
    }
    return { id, kind, title, facts, meaning, confirm, steps, causes };
  };
  // explains tells whether an entry brings about another, directly or through others.
  const explains = (id, other, seen = new Set()) => {
    const [, , list = []] = entries.find(([of]) => of === id) ?? [];
    return !seen.has(id) && (seen.add(id), list.includes(other) || list.some((next) => explains(next, other, seen)));
  };
  const answer = diagnose(text);
  return {
    explains,
    ...answer,
    nearest: await Promise.all(answer.nearest.map(entry)),
    diagnoses: await Promise.all(
      answer.diagnoses.map(async ({ subject, matches }) => ({
        subject,
        matches: await Promise.all(
          matches.map(async (m) => ({
            ...(await entry(m.entry)),
            container: m.container,
            evidence: m.evidence,
            parameters: { ...blanksOf({ ...subject, container: m.container }), ...Object.fromEntries(m.parameters) },
            alternatives: await Promise.all(m.alternatives.map(entry)),
          })),
        ),
      })),
    ),
  };
}

// suspected returns what may be behind an alert whose name stands in a text, as the
// function finds it in package payload.
async function suspected(text, folder) {
  const letters = text.slice(0, 4096).replace(/[^A-Za-z0-9]/g, "").toLowerCase();
  return (await data("suspects", `suspects.${folder}.js`)).find(([part]) => letters.includes(part))?.[1] ?? "";
}

// blanksOf returns what a subject fills into the texts of an entry.
function blanksOf({ namespace, name, container }) {
  return Object.fromEntries(Object.entries({ namespace, instance: name, container }).filter(([, value]) => value));
}

(globalThis.reasonbookData ??= {}).askForm = (form, folder) => {
  const words = form.dataset;
  const box = form.elements.reason;
  const said = form.querySelector(".said");
  const answer = document.getElementById("answer");
  let asked = 0;
  matcher().catch(() => {});
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.hidden = true;
    const question = ++asked;
    const text = box.value;
    if (!text.trim()) {
      said.textContent = words.empty;
      return box.focus();
    }
    if (new Blob([text]).size > maxText) {
      said.textContent = words.large;
      return;
    }
    keep(text, false);
    said.textContent = words.working;
    // The matcher holds up the page, for a long text long enough to be seen.
    if (text.length > 100_000) await new Promise((resolve) => setTimeout(resolve, 30));
    try {
      const found = await diagnose(text, folder);
      if (question !== asked) return; // a later text has its own answer
      if (!found.diagnoses.length && !found.ignored && !found.running) {
        found.causes = await suspected(text, folder).catch(() => "");
        if (!found.nearest.length) {
          const nearest = await data("nearestPages", "searchbox.js").catch(() => () => []);
          found.related = await nearest(text, folder, 5).catch(() => []);
        }
        if (question !== asked) return;
      }
      const summary = show(answer, found, words, text);
      said.textContent = found.ignored ? words.healthy : found.running ? words.running : found.diagnoses.length ? summary : words.none;
    } catch {
      if (question === asked) said.textContent = words.failed;
    }
  });
  form.dataset.ready = "1";
  const before = kept();
  box.value ||= before;
  if (before || form.dataset.waiting) form.requestSubmit();
};

function element(name, className, ...children) {
  const e = document.createElement(name);
  if (className) e.className = className;
  e.append(...children);
  return e;
}

function link(href, text, className) {
  const a = element("a", className, text);
  a.href = href;
  return a;
}

// cardsOf returns the findings of a diagnosis: a match, and the states of the
// same container that it explains.
function cardsOf({ subject, matches }, explains) {
  const cards = [];
  for (const m of matches) {
    const by = cards.find((c) => (!c.container || !m.container || c.container === m.container) && c.id !== m.id && explains(c.id, m.id));
    if (by) by.shows.push(m);
    else cards.push({ ...m, shows: [], subject: subjectLine({ ...subject, container: m.container }), workload: subject.workload });
  }
  return cards;
}

// show shows an answer, and returns what is said of it.
function show(answer, { diagnoses, nearest, related = [], causes, explains, ignored: healthy }, words, text) {
  const cards = diagnoses.flatMap((d) => cardsOf(d, explains));
  // As in the function's answer, what may have brought a state about stands once.
  cards.forEach((c, i) => (c.again = cards.findIndex((other) => other.id === c.id) < i));
  const parts = [];
  const said = cards.length > 1 ? words.findings.replace("{n}", cards.length) : "";
  if (said) {
    const list = element("ol", "", ...cards.map((c, i) => element("li", "", link("#finding-" + i, c.subject ? c.subject + words.separator + c.title : c.title), " ", element("q", "", c.evidence))));
    const heading = element("h2", "", said);
    heading.id = "summary";
    parts.push(element("nav", "summary", heading, list));
    parts[0].setAttribute("aria-labelledby", "summary");
  }
  parts.push(...cards.map((c, i) => matchCard(c, i, !said, words)));
  if (causes) {
    const next = element("div", "next");
    next.innerHTML = causes; // the site's own HTML
    parts.push(element("h2", "", words.next), next);
  }
  for (const [list, said, className] of [[nearest, words.nearest, "ways"], [related, words.related, "related"]]) {
    if (!list.length) continue;
    parts.push(element("p", "", said), element("ul", className, ...list.map((e) => element("li", "", element("span", "mark " + e.kind), link(pageOf(e.id), e.title)))));
  }
  if (!cards.length && !healthy) {
    const missing = document.getElementById("paste-next").content.cloneNode(true);
    equip(missing, words);
    for (const box of missing.querySelectorAll(".report")) reportLink(box, text);
    parts.push(missing);
  }
  answer.replaceChildren(...parts);
  answer.hidden = !parts.length;
  if (parts.length) {
    answer.focus({ preventScroll: true }); // which would show the middle of a long one
    answer.scrollIntoView();
  }
  return said;
}

// subjectLine names a subject as kubectl would: Pod shop/cart-7d9f (app).
function subjectLine({ kind, namespace, name, container }) {
  if (!name) return "";
  return [kind, namespace ? `${namespace}/${name}` : name, container && `(${container})`].filter(Boolean).join(" ");
}

// heading returns a link with a title in its two parts, as on the entry's page.
function heading(page, title, separator) {
  const a = link(page, "");
  const at = title.indexOf(separator);
  if (at >= 0) a.append(element("span", "reason", title.slice(0, at)), element("span", "separator", separator));
  a.append(element("span", "gist", at < 0 ? title : title.slice(at + separator.length)));
  return a;
}

function pageOf(id, parameters = {}) {
  const values = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value.length <= 200)).toString();
  return `${id}/${indexFile}${values && "#" + values}`;
}

function matchCard(m, number, alone, words) {
  const kinds = words.kinds.split("|");
  const card = element("article", "match " + m.kind);
  card.dataset.entry = m.id;
  card.id = "finding-" + number;
  const kind = kinds[["state", "cause", "log"].indexOf(m.kind)];
  const page = pageOf(m.id, m.parameters);
  const own = (name, className, html) => {
    const e = element(name, className);
    e.innerHTML = html; // the site's own HTML, as on the entry's page
    return e;
  };
  const meaning = own("div", "meaning", m.meaning);
  const steps = own("ol", "steps", m.steps.map((step) => `<li>${step}</li>`).join(""));
  const box = element("details", "", element("summary", "", words.steps), element("h3", "", words.confirm), own("div", "confirm", m.confirm), element("h3", "", words.steps), steps);
  box.open = alone;
  if (steps.querySelector(".picture")) box.append(element("p", "small", words.screenshots));
  card.append(
    element("p", "kind", element("span", "mark " + m.kind), kind),
    element("h2", "", heading(page, m.title, words.separator)),
    own("p", "facts", m.facts),
    element("p", "evidence", m.subject ? element("code", "", m.workload ? m.subject + " · " + m.workload : m.subject) : "", " ", element("span", "", words.evidence), " ", element("q", "", m.evidence)),
  );
  if (m.shows.length) {
    card.append(element("p", "above", words.above, ...m.shows.map((s) => {
      const a = link(pageOf(s.id, s.parameters), s.title.split(words.separator)[0]);
      a.dataset.shows = s.id;
      a.prepend(element("span", "mark " + s.kind));
      return a;
    })));
  }
  if (m.causes && !m.again) card.append(element("h3", "", words.next), own("div", "next", m.causes));
  card.append(meaning, box, element("p", "", link(page, page.includes("#") ? words.open : words.openPlain, "more")));
  fill(card, m.parameters);
  equip(card, words, {
    value: (name) => m.parameters[name] ?? "",
    change: (name, value) => {
      m.parameters[name] = value;
      fill(card, m.parameters);
    },
  });
  return card;
}
