// Search over the titles, patterns and leads of the entries. Text without word
// breaks is looked for as it stands, then by pairs of characters; Latin words
// may be misspelt.

const fold = (s) => s.normalize("NFKC").toLowerCase();
const bare = (s) => s.replace(/[\p{P}\p{S}\s]+/gu, "");

// prepare folds an index of [id, kind, title, lead, keywords, rank] rows once.
export function prepare(index) {
  return index.map(([id, kind, title, lead, keywords, rank]) => {
    const fields = [id, title, keywords, lead].map(fold);
    return { entry: { id, kind, title, lead }, rank, fields, bare: fields.map(bare), words: latin(fields.slice(0, 3).join(" ")) };
  });
}

// latin returns the Latin words of a text, and each two that follow one another
// as one: people write readinessprobe.
function latin(s) {
  const words = s.match(/[a-z0-9]+/g) ?? [];
  return [...new Set([...words, ...words.slice(1).map((word, i) => words[i] + word)])].filter((word) => word.length > 3);
}

// search returns up to limit entries, best first: those that hold the whole
// query, or all of its terms, or else most of them, as of a message with names
// and numbers in it.
export function search(prepared, query, limit = 8) {
  const terms = fold(query).split(/\s+/).map(bare).filter(Boolean);
  if (!terms.length) return [];
  const whole = terms.join("");
  const scores = (score) => prepared.map((p, order) => ({ p, order, score: score(p) })).filter((f) => f.score);
  const mean = (p, list, least) => {
    const each = list.map((term) => placed(p, term) || similar(p, term));
    return each.filter(Boolean).length < least ? 0 : each.reduce((a, b) => a + b) / each.length / 2;
  };
  let found = scores((p) => placed(p, whole) || Math.max(mean(p, terms, terms.length), similar(p, whole) / 2));
  if (!found.length) {
    const telling = terms.filter((term) => term.length > 2 && !/^\d+$/.test(term));
    if (telling.length) found = scores((p) => mean(p, telling, telling.length / 2));
  }
  found.sort((a, b) => b.score - a.score || a.p.rank - b.p.rank || a.order - b.order);
  return found.slice(0, limit).map((f) => f.p.entry);
}

// placed scores a term by the best place that holds it as it stands.
function placed({ bare: [id, title, keywords, lead] }, term) {
  if (id === term || title.startsWith(term)) return id === term ? 20 : 16;
  if (id.startsWith(term)) return 15;
  return title.includes(term) || id.includes(term) ? 12 : keywords.includes(term) ? 8 : lead.includes(term) ? 4 : 0;
}

// similar scores a term that stands nowhere: misspelt Latin, or text of which
// most pairs of characters are there.
function similar({ words, bare: [id, title, keywords, lead] }, term) {
  if (/^[a-z0-9]+$/.test(term)) {
    const most = term.length < 4 ? 0 : term.length < 8 ? 1 : term.length < 12 ? 2 : 3;
    const near = most ? words.filter((word) => Math.abs(word.length - term.length) <= most && word[0] === term[0] && distance(word, term, most) <= most) : [];
    return near.includes(id) ? 4 : near.length ? 3 : 0;
  }
  const text = title + " " + keywords + " " + lead;
  const all = [...term].slice(1).map((c, i) => [...term][i] + c);
  // Particles and endings say little.
  const telling = all.filter((pair) => !/\p{Script=Hiragana}/u.test(pair));
  const pairs = telling.length > 1 ? telling : all;
  const share = (text) => pairs.filter((pair) => text.includes(pair)).length / pairs.length;
  return pairs.length > 1 && share(text) >= 0.6 ? share(text) + share(title) : 0;
}

// distance counts the letters that differ, two that changed places as one.
function distance(a, b, most) {
  let before = [], last = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length];
}
