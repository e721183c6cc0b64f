// The members' pages: the drill by keyboard, the marks for those who hear them, and the band on every printed sheet.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const MEMBERS = ["board/index.html", "coverage/index.html", "compare/safer/index.html", "review/police-liaison/index.html", "police/tough-questions/index.html", "police/brief/index.html", "police/profile/index.html"];
const SHEETS = [...MEMBERS, "index.html", "police/index.html", "police/messages/safer/index.html", "police/faq/index.html", "police/talking-points/index.html", "facts/index.html", "words/index.html", "partners/index.html"];

// A question is answered before its answer is seen: both are folded, and open with the keyboard alone.
export const drill = async (page, root) => {
  const wrong = [];
  await page.goto(`${root}police/tough-questions/index.html`);
  if (await page.$("main details[open]")) wrong.push("an answer is open before anyone asks for it");
  await page.focus("main summary");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  const open = await page.$$eval("article:first-of-type details", (all) => all.filter((it) => it.open).length);
  if (open !== 2) wrong.push(`the keyboard opens ${open} of 2`);
  return wrong;
};

// What is marked is said, too: each mark begins with a word that only those hear who do not see it.
export const marks = async (page, root) => {
  await page.goto(`${root}compare/safer/index.html`);
  const [all, said] = await page.$$eval("main mark", (all) => [all.length, all.filter((it) => it.firstElementChild?.matches(".unseen") && it.textContent.startsWith("differs: ")).length]);
  const headed = await page.$$eval("main article", (all) => all.every((it) => it.querySelector("h3")));
  return [...(all > 5 && all === said ? [] : [`${said} of ${all} marks are said`]), ...(headed ? [] : ["a version has no heading"])];
};

// The words on each sheet; none where there is no `pdftotext`.
const sheets = (pdf) => {
  const folder = mkdtempSync(join(tmpdir(), "onevoice-paper-"));
  writeFileSync(join(folder, "page.pdf"), pdf);
  const { stdout, error } = spawnSync("pdftotext", ["-layout", join(folder, "page.pdf"), "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
  rmSync(folder, { recursive: true });
  return error ? null : stdout.split("\f").slice(0, -1);
};

// Every sheet says whom it is for, and the brief is two sheets at most.
export const band = async (page, root, briefs) => {
  const wrong = [];
  for (const path of [...SHEETS, ...briefs]) {
    await page.goto(root + path);
    const found = sheets(await page.pdf({ format: "letter", preferCSSPageSize: true }));
    if (!found) return null;
    found.forEach((text, n) => { if (!text.includes("Partners only")) wrong.push(`${path}: sheet ${n + 1} of ${found.length} has no band`); });
    if (briefs.includes(path) && found.length > 2) wrong.push(`${path}: ${found.length} sheets`);
  }
  return wrong;
};
