// The sample in a real Firefox, by hand: `node tests/browser/firefox.mjs`. The browser is $FIREFOX, or `firefox-esr`; paper needs `pdftotext`.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { search } from "./behaviour.mjs";
import { build, pages, serve } from "./site.mjs";

const wrong = [];
const must = (what, so) => { if (!so) wrong.push(what); };
const settle = () => new Promise((done) => setTimeout(done, 300));

const narrow = async (page, root, paths) => {
  await page.setViewport({ width: 320, height: 800 });
  for (const path of paths) {
    await page.goto(root + path);
    await page.$$eval("details", (all) => all.forEach((it) => { it.open = true; }));
    must(`${path}: over the edge at 320 pixels`, await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth));
  }
  await page.setViewport({ width: 1280, height: 800 });
};

const reading = async (page, root) => {
  await page.goto(`${root}police/faq/`);
  const id = (await page.$$eval("details > div[id]", (all) => all.map((it) => it.id)))[12];
  await page.goto("about:blank");
  await page.goto(`${root}police/faq/#${id}`);
  must("an answer does not open by its address", await page.evaluate((id) => document.getElementById(id).closest("details").open, id));
  await page.click("button[data-open]");
  must("the button does not open all answers", await page.$$eval("details", (all) => all.every((it) => it.open)));
  await page.goto(`${root}police/messages/safer/`);
  await page.evaluate(() => { Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject() } }); document.execCommand = () => false; });
  await page.click("button[data-copy]");
  await settle();
  must("a copy that fails is not seen", await page.$eval("button[data-copy]", (it) => it.textContent.includes("Not copied")));
  await page.focus("sup.mark a");
  await page.keyboard.press("Enter");
  await settle();
  must("nothing leads to the source", await page.evaluate(() => document.activeElement.matches("[id^=source-]")));
  await page.click(".sources li button");
  must("nothing leads back from a source", await page.evaluate(() => document.activeElement.matches("sup.mark a")));
};

// Firefox keeps no heading with its text by itself.
const paper = async (page, root) => {
  const folder = mkdtempSync(join(tmpdir(), "onevoice-firefox-"));
  for (const path of ["police/faq/", "police/messages/safer/"]) {
    await page.goto(root + path);
    // folds are painted last: the order of a sheet with folds is not that of the eye
    const heads = await page.$$eval("h2, h3", (all) => all.filter((it) => !it.closest("summary")).map((it) => it.textContent.trim()));
    const folds = await page.$$eval("details p", (all) => all.length);
    writeFileSync(join(folder, "page.pdf"), await page.pdf({ format: "letter" }));
    const sheets = execFileSync("pdftotext", ["-raw", join(folder, "page.pdf"), "-"], { encoding: "utf8" }).split("\f").filter((it) => it.trim());
    if (folds) must(`${path}: paper loses answers`, sheets.join(" ").split(/\s+/).length > 2500);
    else for (const sheet of sheets.slice(0, -1)) {
      const last = sheet.trim().split("\n").at(-1).trim();
      must(`${path}: "${last}" alone at the foot of a sheet`, !heads.includes(last));
    }
  }
  rmSync(folder, { recursive: true });
};

const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.env.FIREFOX || "/usr/bin/firefox-esr", headless: true });
try {
  for (const edition of ["public", "partners"]) {
    const site = build("--edition", edition);
    const host = await serve(site, "/toolkit/");
    const page = await browser.newPage();
    page.on("console", (it) => wrong.push(`console: ${it.text()}`));
    page.on("pageerror", (it) => wrong.push(`script: ${it}`));
    await narrow(page, host.root, pages(site).filter((path) => edition === "partners" || !path.includes("messages/")));
    if (edition === "public") {
      wrong.push(...await search(page, host.root, ""));
      await reading(page, host.root);
      await paper(page, host.root);
    }
    await page.close();
    host.stop();
  }
} finally {
  await browser.close();
}
console.log(wrong.length ? [...new Set(wrong)].join("\n") : "ok");
process.exitCode = wrong.length ? 1 : 0;
