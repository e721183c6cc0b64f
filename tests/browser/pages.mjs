// What holds on every page: axe finds nothing, nothing is fetched from elsewhere, nothing is cut, and little is loaded.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const VIEWS = [
  { name: "phone", width: 390, height: 844, scheme: "light" },
  { name: "desktop", width: 1280, height: 900, scheme: "dark" },
];

// Asks axe; what it finds and what it leaves for a person to judge.
const axe = async (page) => {
  await page.evaluate(AXE);
  const result = await page.evaluate((values) => window.axe.run(document, { preload: false, runOnly: values }), RULES);
  const told = (kind) => (it) => it.nodes.map((node) => `${kind} ${it.id}: ${node.html.slice(0, 140)}: ${[...node.any, ...node.all].map((why) => why.message).join("; ").slice(0, 200)}`);
  // a cell that has to be scrolled to on a phone can't be judged there; on a desktop it is
  const left = result.incomplete.filter((it) => !(it.id === "color-contrast" && page.viewport().width < 600));
  return [...result.violations.flatMap(told("axe")), ...left.flatMap(told("axe, to be judged"))];
};

// Everything that can be pressed is 44 by 44 or more, links in sentences apart; and the count of those that are not.
const targets = (page) =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input, summary, label")].filter((it) => it.checkVisibility() && !it.matches(".skip"));
    const own = all.filter((it) => !it.closest("p:not(.more, .link, .actions, .name, .also) , .html, li p, dd, td") || it.closest("nav, .more, .link"));
    const small = own.filter((it) => {
      const { width, height } = it.getBoundingClientRect();
      const inside = it.closest("li");
      const wide = inside && getComputedStyle(inside).position === "relative" ? inside.getBoundingClientRect() : { width, height };
      return Math.max(height, wide.height) < 43.5 || Math.max(width, wide.width) < 43.5;
    });
    return { all: own.length, small: small.map((it) => it.outerHTML.slice(0, 100)) };
  });

// What reaches over the edge of the window.
const overflow = (page) =>
  page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const wide = [...document.querySelectorAll("body *")].filter((it) => it.getBoundingClientRect().right > room + 1 && !it.closest(".table"));
    return wide.slice(0, 3).map((it) => `${it.tagName} ${it.className} reaches over the edge: ${it.textContent.trim().slice(0, 60)}`);
  });

// How many stops a keyboard makes before the text.
const stops = (page) =>
  page.evaluate(() => {
    const main = document.querySelector("main");
    return [...document.querySelectorAll("a[href], button, input")].filter((it) => it.checkVisibility() && main.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_PRECEDING).length;
  });

// Bytes of a page's first view, compressed, with 300 for the headers of each answer.
const weigh = (site, path) => {
  const html = readFileSync(join(site, path), "utf8");
  const files = [...html.matchAll(/(?:href|src)="[^"]*(assets\/[^"?]+)/g)].map((it) => it[1]);
  const sizes = [path, ...new Set(files)].map((file) => gzipSync(readFileSync(join(site, file)), { level: 9 }).length + 300);
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), requests: sizes.length };
};

// `most` is how many stops there may be before the text: the partners' line has more pages.
export const check = async (browser, site, root, paths, most) => {
  const wrong = [], weights = [];
  let [all, small] = [0, 0];
  const asked = new Set();
  for (const view of VIEWS) {
    const page = await browser.newPage();
    await page.setViewport(view);
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: view.scheme }]);
    let at = "";
    const tell = (what) => wrong.push(`${at} (${view.name}): ${what}`);
    page.on("console", (message) => tell(`console: ${message.text()}`));
    page.on("pageerror", (error) => tell(`script: ${error}`));
    page.on("request", (request) => { if (!request.url().startsWith(root)) tell(`asks for ${request.url()}`); asked.add(request.url()); });
    for (at of paths) {
      await page.goto(root + at);
      const found = await targets(page);
      all += found.all; small += found.small.length;
      (await overflow(page)).forEach(tell);
      if (await stops(page) > most) tell(`${await stops(page)} stops before the text`);
      // answers are judged, too
      await page.$$eval("details", (all) => all.forEach((it) => { it.open = true; }));
      (await axe(page)).forEach(tell);
      if (view.name !== "phone") continue;
      await page.setViewport({ width: 320, height: 700 });
      (await overflow(page)).forEach((what) => tell(`320 pixels: ${what}`));
      await page.setViewport(view);
      weights.push({ path: at, ...weigh(site, at) });
    }
    await page.close();
  }
  weights.sort((a, b) => a.bytes - b.bytes);
  const median = weights[weights.length >> 1], heaviest = weights.at(-1);
  if (median.bytes > 12_000) wrong.push(`the first view has ${median.bytes} bytes in the median`);
  if (heaviest.bytes > 40_000) wrong.push(`${heaviest.path} has ${heaviest.bytes} bytes`);
  weights.filter((it) => it.requests > 4 && it.path !== "search/index.html").forEach((it) => wrong.push(`${it.path}: ${it.requests} requests`));
  if (small / all > .05) wrong.push(`${small} of ${all} targets are small`);
  console.log(`  first view: median ${median.bytes} bytes, most ${heaviest.bytes} (${heaviest.path}); targets of 44 px: ${((1 - small / all) * 100).toFixed(1)}%`);
  return wrong;
};
