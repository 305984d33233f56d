// Search over the titles, patterns and leads of the entries, and the words of
// their pages. Text without word
// breaks is looked for as it stands, then by pairs of characters; Latin words
// may be misspelt.

const fold = (s) => s.normalize("NFKC").toLowerCase();
const bare = (s) => s.replace(/[\p{P}\p{S}\s]+/gu, "");

// What people type for the same thing, in any of the languages.
const synonyms = [
  "oom|out of memory|oomkilled|メモリ不足|内存不足|内存溢出",
  "rollback|roll back|rollout undo|ロールバック|回滚",
  "certificate|x509|証明書|证书",
  "forbidden|permission denied|unauthorized|権限|权限|认证|認証",
  "volume|mount|ボリューム|マウント|存储卷|数据卷|挂载",
  "disk full|no space left|ディスク容量|磁盘空间|磁盘",
  "timeout|timed out|タイムアウト|超时",
  "restart|再起動|重启",
  "evicted|eviction|退避|退去|驱逐",
  "scheduling|failedscheduling|スケジュール|调度",
  "health check|probe|ヘルスチェック|健康检查|探针",
  "rate limit|toomanyrequests|429|レート制限|限流",
].map((group) => group.split("|").map((word) => bare(fold(word))));

// prepare folds an index of [id, kind, title, lead, keywords, rank] rows once.
// words tell which of the rows' pages have a word: "word 3 e" of the rows 3 and 17.
export function prepare(index, words = []) {
  const pages = index.map(() => "");
  for (const line of words) {
    const [word, ...rows] = line.split(" ");
    let row = 0;
    for (const way of rows) pages[(row += parseInt(way, 36))] += word + " ";
  }
  return index.map(([id, kind, title, lead, keywords, rank], row) => {
    const fields = [id, title, keywords, lead].map(fold);
    return { entry: { id, kind, title, lead }, rank, page: fold(pages[row]), fields, bare: fields.map(bare), words: latin(fields.slice(0, 3).join(" ")) };
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
export function search(prepared, query, limit = Infinity) {
  const terms = fold(query).split(/\s+/).map(bare).filter(Boolean);
  if (!terms.length) return [];
  const whole = terms.join("");
  const scores = (score) => prepared.map((p, order) => ({ p, order, score: score(p) })).filter((f) => f.score);
  const mean = (p, list, least) => {
    const each = list.map((term) => placed(p, term) || similar(p, term));
    return each.filter(Boolean).length < least ? 0 : each.reduce((a, b) => a + b) / each.length / 2;
  };
  let list = scores((p) => placed(p, whole) || Math.max(mean(p, terms, terms.length), similar(p, whole) / 2));
  if (!list.length) {
    const telling = terms.filter((term) => term.length > 2 && !/^\d+$/.test(term));
    if (telling.length) list = scores((p) => mean(p, telling, telling.length / 2));
  }
  list.sort((a, b) => b.score - a.score || a.p.rank - b.p.rank || a.order - b.order);
  return list.slice(0, limit).map((f) => f.p.entry);
}

// placed scores a term by the best place that holds it, or what means the same.
function placed(p, term) {
  const same = synonyms.find((group) => group.includes(term)) ?? [];
  return Math.max(found(p, term), ...same.map((other) => found(p, other) - 1), 0);
}

function found({ bare, fields, page }, term) {
  const [id, title] = bare;
  if (id === term || title.startsWith(term)) return id === term ? 20 : 16;
  if (id.startsWith(term)) return 15;
  const has = (field) => holds(term, fields[field], bare[field]);
  return has(1) || has(0) ? 12 : has(2) ? 8 : has(3) ? 4 : holds(term, page) ? 3 : 0;
}

// holds reports whether a text has a term. A Latin one of up to three letters has
// to begin a word there: “oom” is also in “too many”.
function holds(term, text, bare = text) {
  if (!/^[a-z0-9]{1,3}$/.test(term)) return bare.includes(term);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (!/[a-z0-9]/.test(text[at - 1] ?? "")) return true;
  }
  return false;
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
