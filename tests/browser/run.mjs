// The sample in a real browser, both editions: `node tests/browser/run.mjs`. The browser is $CHROMIUM, or `chromium`.
import { execFileSync, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import puppeteer from "puppeteer-core";
import { HtmlValidate } from "html-validate";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { large, paper, reading, search } from "./behaviour.mjs";
import { MEMBERS, band, drill, marks } from "./members.mjs";
import { check } from "./pages.mjs";
import { build, pages, serve } from "./site.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const RULES = { extends: ["html-validate:standard"], rules: { "no-inline-style": "error" } };

let failed = 0;
const report = (name, wrong) => {
  const distinct = [...new Set(wrong)];
  failed += distinct.length;
  console.log(`${distinct.length ? "FAILED" : "ok"}  ${name}${distinct.length ? `: ${distinct.length}` : ""}`);
  distinct.slice(0, 40).forEach((what) => console.log(`  ${what}`));
};

// The checker of the web's own standards body; it needs Java.
const nu = (site) => {
  const require = createRequire(import.meta.url);
  const jar = join(dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  const { stderr, error } = spawnSync("java", ["-jar", jar, "--also-check-css", "--also-check-svg", "--skip-non-html", "--format", "json", site], { encoding: "utf8", maxBuffer: 1 << 28 });
  if (error) return null;
  const { messages } = JSON.parse(stderr);
  return messages.map((it) => `${(it.url || "").split("/site/")[1]}:${it.lastLine}: ${it.subType || it.type}: ${it.message} ${(it.extract || "").slice(0, 120)}`);
};

const valid = async (site, paths) => {
  const htmlvalidate = new HtmlValidate(RULES);
  const wrong = [];
  for (const path of paths) {
    const result = await htmlvalidate.validateString(readFileSync(join(site, path), "utf8"), path);
    for (const { messages } of result.results) wrong.push(...messages.map((it) => `${path}:${it.line}: ${it.ruleId}: ${it.message}`));
  }
  return wrong;
};

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || execFileSync("which", ["chromium"], { encoding: "utf8" }).trim(), args: FLAGS });
try {
  const kinds = ["index.html", "police/index.html", "police/messages/safer/index.html", "police/faq/index.html", "police/talking-points/index.html", "police/share/index.html", "facts/index.html", "words/index.html", "wins/index.html", "partners/index.html", "search/index.html", "start-one-in-your-town/index.html"];
  for (const edition of ["public", "partners"]) {
    const site = build("--edition", edition);
    const paths = pages(site);
    const host = await serve(site, "/toolkit/");
    report(`${edition}: ${paths.length} pages by axe, phone light and desktop dark`, await check(browser, site, host.root, paths, edition === "public" ? 8 : 10));
    report(`${edition}: html-validate`, await valid(site, paths));
    const index = gzipSync(readFileSync(join(site, "search/index.js")), { level: 9 }).length;
    report(`${edition}: what can be found, ${index} bytes compressed`, edition === "public" && index > 40_960 ? ["more than 40 kB"] : []);
    const told = nu(site);
    if (told) report(`${edition}: Nu checker`, told); else console.log("skip  Nu checker: no java");
    const page = await browser.newPage();
    report(`${edition}: twice the type`, await large(page, host.root, edition === "public" ? kinds : [...kinds, ...MEMBERS]));
    if (edition === "partners") {
      report("partners: tough questions by keyboard", await drill(page, host.root));
      report("partners: marks that are said", await marks(page, host.root));
      const sheets = await band(page, host.root, paths.filter((path) => path.endsWith("/brief/index.html")));
      if (sheets) report("partners: the band on every printed sheet", sheets); else console.log("skip  the band on paper: no pdftotext");
    }
    await page.close();
    host.stop();
  }
  const [site, disk] = [build(), build("--offline")];
  const hosts = [await serve(site, "/"), await serve(site, "/a/b/c/")];
  const places = [...hosts.map((host) => [host.root, ""]), [`file://${disk}/`, "index.html"]];
  for (const [root, index] of places) {
    const page = await browser.newPage();
    const name = index ? "a disk" : new URL(root).pathname;
    const said = [];
    page.on("pageerror", (error) => said.push(`script: ${error}`));
    report(`${name}: search`, [...await search(page, root, index), ...said]);
    report(`${name}: answers and copies`, await reading(page, root, index));
    report(`${name}: paper`, await paper(page, root, index));
    await page.close();
  }
  hosts.forEach((host) => host.stop());
} finally {
  await browser.close();
}
process.exitCode = failed ? 1 : 0;
