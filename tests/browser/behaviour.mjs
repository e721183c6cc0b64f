// What readers do: search, open an answer by its address, copy, print, read large; each from a host and from a disk.

const wait = (page, what) => page.waitForFunction(what, { timeout: 5000 });

// What is typed, and a page that has to be among the first three found.
const SEARCHES = [
  ["trespass notice", "business-owners/"],
  ["busines owners", "business-owners/"], // a slip
  ["polcie", "/police/"], // two letters in each other's place
  ["deciding", "officers-decide"], // another ending
  ["felon", "facts/"], // half a word
  ["privat", "is-my-information-private"],
  ["WARRANT", "officers-decide"],
];

export const search = async (page, root, index) => {
  const wrong = [];
  await page.goto(`${root}search/${index}`);
  const early = await page.evaluate(() => performance.getEntriesByType("resource").some((it) => it.name.includes("search/index.js")));
  if (early) wrong.push("the index is loaded before anyone searches");
  for (const [typed, wanted] of SEARCHES) {
    await page.$eval("#q", (field) => { field.value = ""; });
    await page.type("#q", typed);
    try {
      await wait(page, `document.querySelectorAll("#found li").length && document.querySelector("#count").textContent`);
      await new Promise((done) => setTimeout(done, 150));
      const found = await page.$$eval("#found > li > a:first-child", (links) => links.slice(0, 3).map((link) => link.href));
      if (!found.some((href) => href.includes(wanted))) wrong.push(`search for ${typed}: ${found.join(" ")}`);
    } catch { wrong.push(`search for ${typed}: nothing found`); }
  }
  await page.focus("#q");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  if (!(await page.evaluate(() => document.activeElement === document.querySelectorAll("#found > li > a:first-child")[1]))) wrong.push("search: the arrow keys do not move");
  const place = await page.evaluate(() => document.activeElement.href);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  if (page.url() !== place || !(await page.$("main"))) wrong.push(`search leads to ${page.url()}`);
  await page.goto(`${root}search/${index}`);
  await page.type("#q", "overdose");
  await page.keyboard.press("Enter"); // before the last letter has been searched for
  await wait(page, `document.activeElement.matches("#found a")`).catch(() => wrong.push("search: Enter at once does not lead to the first result"));
  await new Promise((done) => setTimeout(done, 150));
  if (!(await page.evaluate(() => document.activeElement.matches("#found a")))) wrong.push("search: the first result loses the focus");
  await page.goto(`${root}search/${index}`);
  await page.type("#q", "zzzzqqq");
  await wait(page, `document.querySelector("#count").textContent`);
  if (await page.$eval("#everything", (it) => it.hidden)) wrong.push("search: the lists go although nothing is found");
  await page.goto(`${root}search/${index}?q=overdose`);
  await wait(page, `document.querySelectorAll("#found li").length`);
  return wrong;
};

export const reading = async (page, root, index) => {
  const wrong = [];
  const faq = `${root}residents/faq/${index}`;
  await page.goto(faq);
  const id = await page.$eval("details > div[id]", (it) => it.id);
  await page.setJavaScriptEnabled(false);
  await page.goto("about:blank");
  await page.goto(`${faq}#${id}`);
  await page.setJavaScriptEnabled(true);
  const open = await page.evaluate((id) => document.getElementById(id).closest("details").open, id);
  if (!open) wrong.push("an answer does not open by its address without script");
  await page.goto("about:blank");
  await page.goto(`${root}residents/messages/safer/${index}`);
  await page.evaluate(() => {
    window.copied = "";
    Object.defineProperty(navigator, "clipboard", { value: { writeText: (text) => { window.copied = text; return Promise.resolve(); } } });
  });
  await page.click("button[data-copy=thirty_text]");
  await wait(page, `document.querySelector("[role=status]").textContent`);
  const copied = await page.evaluate(() => window.copied);
  if (copied.split(" ").length < 60 || /\d\s*than people/.test(copied.replace("58%", ""))) wrong.push(`copied: ${copied}`);
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject();
    document.execCommand = () => false;
  });
  await page.click("button[data-copy=sixty_text]");
  try {
    await wait(page, `document.querySelector("[role=status]").textContent.includes("Select the text")`);
  } catch { wrong.push("a copy that fails is silent"); }
  if (!(await page.$eval("button[data-copy=sixty_text]", (it) => it.textContent.includes("Select the text")))) wrong.push("a copy that fails is not seen");
  await page.focus("sup.mark a");
  await page.keyboard.press("Enter");
  const source = await page.evaluate(() => location.hash);
  await wait(page, `document.activeElement.matches("[id^=source-]")`).catch(() => wrong.push("who hears the page is not led to the source"));
  await page.click(`${source} button`);
  if (!(await page.evaluate((source) => document.activeElement.hash === source, source))) wrong.push("no way leads back from a source");
  return wrong;
};

// Words that paper loses: closed answers.
export const paper = async (page, root, index) => {
  await page.goto(`${root}residents/faq/${index}`);
  await page.emulateMediaType("print");
  const hidden = await page.$$eval("details > div", (all) => all.filter((it) => !it.checkVisibility({ contentVisibilityAuto: true }) || it.getBoundingClientRect().height < 10).length);
  const shown = await page.$$eval("nav, button, .skip, .find", (all) => all.filter((it) => it.checkVisibility()).length);
  await page.emulateMediaType(null);
  return [...(hidden ? [`${hidden} answers are closed on paper`] : []), ...(shown ? [`${shown} pieces of navigation are on paper`] : [])];
};

// Twice the type and spacing as readers set it (WCAG 2.2, 1.4.4 and 1.4.12): nothing is cut.
export const large = async (page, root, paths) => {
  const wrong = [];
  await page.setViewport({ width: 640, height: 800 });
  for (const path of paths) {
    await page.goto(root + path);
    await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("html{font-size:200%!important} *{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important} p{margin-block-end:2em!important}");
      document.adoptedStyleSheets = [sheet];
    });
    const cut = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (cut > 0) wrong.push(`${path}: ${cut} pixels over the edge with twice the type`);
  }
  return wrong;
};
