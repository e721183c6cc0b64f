// What a page does in the preview: it hears what is new, is loaded again where it has changed, and shows what is wrong.
// It stands in no file that is published. No text from outside is ever read as HTML here.
(() => {
  'use strict';
  const here = location.pathname;
  const desk = here.startsWith('/_onevoice/');
  const kept = 'onevoice:' + here;

  // ---- which version of this page is shown
  const timing = performance.getEntriesByType('navigation')[0];
  let tag = timing && timing.serverTiming && timing.serverTiming.find((entry) => entry.name === 'page');
  tag = tag ? tag.description : null;
  let heard = null;
  let leaving = false;

  const tagNow = async () => {
    const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' });
    const found = answer.headers.get('etag');
    return found ? found.replaceAll('"', '') : null;
  };

  // ---- the place where the reader is
  const foldOuts = () => [...document.querySelectorAll('details')];
  const keepPlace = () => {
    const open = foldOuts().map((it) => it.open);
    sessionStorage.setItem(kept, JSON.stringify({ x: scrollX, y: scrollY, open }));
  };
  const findPlace = () => {
    const text = sessionStorage.getItem(kept);
    if (!text) return;
    sessionStorage.removeItem(kept);
    const place = JSON.parse(text);
    foldOuts().forEach((it, n) => { if (n in place.open) it.open = place.open[n]; });
    const go = () => scrollTo({ left: place.x, top: place.y, behavior: 'instant' });
    go();
    // pictures may still make the page longer; whoever has moved on meanwhile stays where they are
    const reached = scrollY;
    if (document.readyState !== 'complete') addEventListener('load', () => { if (scrollY === reached) go(); }, { once: true });
  };
  const again = () => {
    leaving = true;
    keepPlace();
    location.reload();
  };

  // ---- what is shown over the page
  let box = null;
  let closed = null;
  const make = (name, attributes, ...inside) => {
    const it = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
    it.append(...inside);
    return it;
  };
  const root = () => {
    if (box && box.isConnected) return box.shadowRoot;
    box = make('div', { id: 'onevoice-preview' });
    const shadow = box.attachShadow({ mode: 'open' });
    shadow.append(make('link', { rel: 'stylesheet', href: '/_onevoice/preview.css' }), make('div', { class: 'live', role: 'alert' }), make('aside', { class: 'mark', 'aria-label': 'Preview' }));
    document.body.append(box);
    return shadow;
  };
  // what stands between backticks is code
  const words = (text) => {
    const parts = text.split('`');
    return parts.length % 2 ? parts.map((part, n) => (n % 2 ? make('code', {}, part) : part)) : [text];
  };
  const mishap = (error) => {
    const place = error.line ? `${error.file}:${error.line}:${error.column}` : error.file;
    const item = make('li', {}, make('p', { class: 'what' }, ...words(error.message), ' ', make('code', {}, error.rule)), make('p', { class: 'where' }, place));
    if (error.before || error.marked || error.after) {
      const mark = make('mark', {}, error.marked || '\u2038');
      item.append(make('pre', { tabindex: '0' }, error.before, mark, error.after));
      if (error.label) item.append(make('p', { class: 'label' }, ...words(error.label)));
    }
    if (error.help) item.append(make('p', { class: 'help' }, make('b', {}, 'help: '), ...words(error.help)));
    return item;
  };
  const show = (news) => {
    if (desk) return;
    const live = root().querySelector('.live');
    const shown = JSON.stringify(news.errors);
    if (!news.errors.length || !news.site || shown === closed) {
      live.replaceChildren();
    } else if (live.dataset.shown !== shown || !live.firstChild) {
      const count = news.counts.error;
      const close = make('button', { type: 'button' }, 'Show the page');
      close.addEventListener('click', () => { closed = shown; live.replaceChildren(); });
      const rest = count - news.errors.length;
      live.replaceChildren(make('section', { 'aria-label': 'What is to be mended' },
        make('header', {}, make('h2', {}, count === 1 ? 'One thing is to be mended' : `${count} things are to be mended`), close),
        make('p', {}, 'Behind this is the page as it was before. This goes away by itself when all is mended.'),
        make('ol', {}, ...news.errors.map(mishap)),
        ...(rest > 0 ? [make('p', {}, make('a', { href: '/_onevoice/' }, `and ${rest} more`))] : [])));
    }
    live.dataset.shown = shown;
    const mark = root().querySelector('.mark');
    const { error, warning } = news.counts;
    const words = [];
    if (error) words.push(error === 1 ? '1 error' : `${error} errors`);
    if (warning) words.push(warning === 1 ? '1 warning' : `${warning} warnings`);
    if (words.length && news.site) {
      const link = make('a', { href: '/_onevoice/', class: error ? 'bad' : '' }, words.join(', '));
      mark.replaceChildren(link);
    } else {
      mark.replaceChildren();
    }
  };

  // ---- style sheets are exchanged without loading the page again
  const restyle = (styles) => {
    for (const old of document.querySelectorAll('link[rel=stylesheet]')) {
      const url = new URL(old.href);
      const name = Object.keys(styles).find((name) => url.pathname.endsWith('/assets/' + name));
      if (!name || url.searchParams.get('v') === styles[name]) continue;
      url.searchParams.set('v', styles[name]);
      const fresh = old.cloneNode();
      fresh.href = url.href;
      fresh.addEventListener('load', () => old.remove(), { once: true });
      fresh.addEventListener('error', () => fresh.remove(), { once: true });
      old.after(fresh);
    }
  };

  // ---- news
  const hear = async (news) => {
    if (leaving) return;
    const next = heard && heard.run === news.run && news.build === heard.build + 1;
    const first = heard === null;
    heard = { run: news.run, build: news.build };
    show(news);
    if (news.errors.length && news.site && !desk) return;
    if (!first && news.follow && news.follow !== here && !desk) {
      leaving = true;
      location.assign(news.follow);
      return;
    }
    let now;
    try { now = await tagNow(); } catch { return; }
    if (leaving || heard.build !== news.build) return;
    if (tag === null) tag = now;
    if (now === tag) return;
    if (next && news.styles) {
      tag = now;
      restyle(news.styles);
    } else {
      again();
    }
  };

  // ---- the line: a browser opens six to one server, so a page that is not seen gives its own back
  let line = null;
  const listen = () => {
    if (line) return;
    line = new EventSource('/_onevoice/events?at=' + encodeURIComponent(decodeURIComponent(here)));
    line.onmessage = (event) => hear(JSON.parse(event.data));
    line.onerror = () => {
      // refused for good: the server was ended or is another one; it may come back
      if (line && line.readyState === EventSource.CLOSED) {
        line = null;
        setTimeout(listen, 1000);
      }
    };
  };
  const hush = () => {
    if (line) line.close();
    line = null;
  };
  addEventListener('pagehide', hush);
  addEventListener('pageshow', (event) => { if (event.persisted) { leaving = false; listen(); } });
  document.addEventListener('visibilitychange', () => (document.hidden ? hush() : listen()));
  findPlace();
  if (!document.hidden) listen();
})();
