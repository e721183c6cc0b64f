// Search as one types. The words come from one script file, which is asked for when someone searches; so it works from a disk.
(() => {
  const form = document.querySelector("form[data-index]"), field = form.elements.q;
  const list = document.getElementById("found"), everything = document.getElementById("everything"), count = document.getElementById("count");
  const say = form.dataset;
  const MOST = 30;
  let telling = 0;

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const split = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) || [];

  // At most one slip: a letter more, less, other, or two in each other's place.
  const slip = (a, b) => {
    if (Math.abs(a.length - b.length) > 1) return false;
    let at = 0, end = 0;
    while (at < a.length && a[at] === b[at]) at++;
    while (end < Math.min(a.length, b.length) - at && a.at(-1 - end) === b.at(-1 - end)) end++;
    const [left, right] = [a.slice(at, a.length - end), b.slice(at, b.length - end)];
    return left.length < 2 && right.length < 2 || left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  };
  // The same word with another ending: arrest, arrested, arrests; decide, deciding.
  const akin = (a, b) => {
    const short = Math.min(a.length, b.length);
    let same = 0;
    while (same < short && a[same] === b[same]) same++;
    return same >= 4 && a.length - same <= 3 && b.length - same <= 3 && same >= short - 1;
  };

  let texts = [], words = new Map();
  // Every text once, and for every word the texts that hold it.
  const read = ({ items }) => {
    for (const [kind, parts, versions] of items) {
      const numbers = parts.map((part) => {
        for (const word of new Set(split(part))) words.has(word) ? words.get(word).push(texts.length) : words.set(word, [texts.length]);
        return texts.push(part) - 1;
      });
      for (const version of versions) { version[2] = numbers[version[2]]; version[3] = version[3].map((n) => numbers[n]); }
    }
  };

  // What is meant by a word: itself and what begins so, else its kin, else a slip; each with its weight.
  const meant = (word, last) => {
    const found = new Map();
    const look = (weight, test) => { for (const other of words.keys()) if (!found.has(other) && test(other)) found.set(other, weight); };
    if (words.has(word)) found.set(word, 1);
    if (word.length > 1 || !found.size) look(last ? .8 : .6, (other) => other.startsWith(word) && (last || other.length - word.length < 4));
    if (word.length > 3) look(.6, (other) => akin(word, other));
    if (!found.size && word.length > 3) look(.4, (other) => slip(word, other));
    if (!found.size && word.length > 5) look(.3, (other) => slip(word, other.slice(0, word.length)));
    const weights = new Map();
    for (const [other, weight] of found) for (const n of words.get(other)) weights.set(n, Math.max(weight, weights.get(n) || 0));
    return { words: found, weights, rare: Math.log(1 + texts.length / (1 + weights.size)) ** 2 };
  };

  const rank = (query) => {
    const typed = split(query);
    const asked = typed.map((word, n) => meant(word, n === typed.length - 1)).filter((it) => it.words.size);
    if (!asked.length) return { asked, results: [] };
    const results = [];
    for (const [kind, , versions] of window.onevoice.items) {
      let best = null;
      const fitting = versions.map((version) => {
        let score = 0, hits = 0;
        // a word counts more in a title, and most in a short one
        const head = 2 + 3 / Math.sqrt(split(texts[version[2]]).length || 1);
        for (const { weights, rare } of asked) {
          const weight = Math.max(head * (weights.get(version[2]) || 0), ...version[3].map((n) => weights.get(n) || 0), 0);
          if (weight) { hits++; score += weight * rare; }
        }
        return { kind, version, score, hits };
      }).filter((it) => it.hits);
      for (const it of fitting) if (!best || it.hits > best.hits || it.hits === best.hits && it.score > best.score) best = it;
      if (best) results.push({ ...best, others: fitting.filter((it) => it !== best && it.hits === best.hits) });
    }
    // most of the words, or those that say most: "what about warrants?" is about warrants
    const most = Math.max(0, ...results.map((it) => it.hits)), top = Math.max(0, ...results.map((it) => it.score));
    return { asked, results: results.filter((it) => it.hits === most || it.score > top / 2).sort((a, b) => b.score - a.score) };
  };

  const element = (name, text, set = {}) => Object.assign(document.createElement(name), { textContent: text }, set);
  // The words around the first that was meant, with all of them marked.
  const excerpt = (text, all) => {
    const spans = [...text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].filter((it) => all.has(fold(it[0])));
    const out = document.createElement("p");
    if (!spans.length) { out.textContent = text.length > 170 ? text.slice(0, text.lastIndexOf(" ", 160)) + " …" : text; return out; }
    const start = spans[0].index < 70 ? 0 : text.indexOf(" ", spans[0].index - 60) + 1;
    const end = start + 170 >= text.length ? text.length : Math.max(text.lastIndexOf(" ", start + 170), spans[0].index + spans[0][0].length);
    let at = start;
    if (start) out.append("… ");
    for (const it of spans) {
      if (it.index + it[0].length > end) break;
      out.append(text.slice(at, it.index), element("b", it[0]));
      at = it.index + it[0].length;
    }
    out.append(text.slice(at, end), end < text.length ? " …" : "");
    return out;
  };

  const row = ({ kind, version: [path, reader, title, parts], others }, asked) => {
    const { kinds, readers } = window.onevoice;
    const all = new Set(asked.flatMap((it) => [...it.words.keys()]));
    const weight = (n) => asked.reduce((sum, it) => sum + (it.weights.get(n) || 0) * it.rare, 0);
    const text = parts.reduce((best, n) => best === undefined || weight(n) > weight(best) ? n : best, undefined);
    const item = document.createElement("li");
    item.append(element("a", texts[title], { href: say.root + path }));
    item.append(element("p", reader ? `${kinds[kind]} · ${readers[reader]}` : kinds[kind], { className: "small" }));
    if (text !== undefined) item.append(excerpt(texts[text], all));
    if (others.length) {
      const also = element("p", say.also + " ", { className: "small also" });
      for (const it of others) also.append(element("a", readers[it.version[1]], { href: say.root + it.version[0], ariaLabel: `${readers[it.version[1]]}: ${texts[it.version[2]]}` }), " ");
      item.append(also);
    }
    return item;
  };

  const show = () => {
    const query = field.value.trim();
    const { asked, results } = query ? rank(query) : { results: [] };
    list.replaceChildren(...results.slice(0, MOST).map((it) => row(it, asked)));
    list.hidden = !results.length;
    everything.hidden = results.length > 0;
    const many = results.length > MOST ? say.first.replace("%n", MOST) : say.many;
    const told = !query ? "" : !results.length ? say.none : results.length === 1 ? say.one : many.replace("%s", results.length);
    // read aloud: once after the last key, and not again what was said
    clearTimeout(telling);
    telling = setTimeout(() => { if (count.textContent !== told) count.textContent = told; }, query ? 500 : 0);
  };

  let asked = null, timer = 0;
  const ready = () => asked ||= new Promise((done) => {
    document.head.append(Object.assign(document.createElement("script"), { src: say.index, onload: () => { read(window.onevoice); done(); } }));
  });
  const search = () => {
    clearTimeout(timer);
    timer = setTimeout(() => ready().then(show), 60);
  };
  field.addEventListener("focus", ready);
  field.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    history.replaceState(null, "", field.value ? "?q=" + encodeURIComponent(field.value) : location.pathname);
    ready().then(show).then(() => list.querySelector("a")?.focus());
  });
  // The keys of lists: down into the results, up again, away.
  form.parentElement.parentElement.addEventListener("keydown", (event) => {
    const links = [field, ...list.querySelectorAll("li > a:first-child")], at = links.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && field.value) { field.value = ""; show(); field.focus(); event.preventDefault(); }
    if (!step || at < 0 || list.hidden) return;
    links[at + step]?.focus();
    event.preventDefault();
  });
  const query = new URLSearchParams(location.search).get("q");
  if (query) { field.value = query; search(); }
})();
