// Everything here is a convenience: without it the page says and prints the same.
(() => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  document.documentElement.classList.add("js");

  // The answer that the address points to, for browsers that do not open it by themselves.
  const reveal = () => {
    let at = null;
    try { at = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { /* no id is written like this */ }
    const fold = at && at.closest("details");
    if (fold && !fold.open) { fold.open = true; at.scrollIntoView(); }
  };
  addEventListener("hashchange", reveal);
  reveal();

  for (const button of all("button[data-open]")) button.onclick = () => {
    const open = button.textContent === button.dataset.open;
    for (const fold of all("details")) fold.open = open;
    button.textContent = open ? button.dataset.close : button.dataset.open;
  };

  // At a source, the way back to the mark that led there.
  const back = document.createElement("button");
  for (const mark of all("sup.mark a")) mark.onclick = () => {
    const source = document.querySelector(mark.hash);
    if (!source) return;
    back.textContent = source.closest("section").dataset.back;
    back.onclick = () => { back.remove(); mark.focus(); };
    source.append(back);
    // who hears the page begins to read at the source, not behind its first line
    source.tabIndex = -1;
    setTimeout(() => source.focus());
  };

  for (const button of all("button[data-print]")) button.onclick = () => print();

  // On paper answers are open; older browsers cannot be told so by the style sheet.
  if (!CSS.supports("selector(::details-content)")) {
    let closed = [];
    addEventListener("beforeprint", () => { closed = all("details:not([open])"); for (const fold of closed) fold.open = true; });
    addEventListener("afterprint", () => { for (const fold of closed) fold.open = false; });
  }

  // The words as they are said: paragraphs apart, no source marks.
  const words = (text) => {
    const copy = text.cloneNode(true);
    for (const mark of all("sup", copy)) mark.remove();
    const parts = copy.querySelector("p") ? [...copy.children] : [copy];
    return parts.map((part) => part.textContent.trim().replace(/\s+/g, " ")).join("\n\n");
  };
  // Where there is no clipboard (an address without https), the old way.
  const copyOldWay = (text) => {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
  const status = document.querySelector("[data-copied]");
  for (const button of all("button[data-copy]")) {
    const label = button.textContent;
    let timer = 0;
    button.onclick = async () => {
      const text = words(document.getElementById(button.dataset.copy));
      let done = true;
      try { await navigator.clipboard.writeText(text); } catch { done = copyOldWay(text); }
      const { copied, failed } = status.dataset;
      button.focus();
      button.textContent = status.textContent = done ? copied : failed;
      clearTimeout(timer);
      timer = setTimeout(() => { button.textContent = label; status.textContent = ""; }, 3000);
    };
  }
})();
