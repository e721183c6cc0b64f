// Sites built by the program, and a host that serves them under a strict policy.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(import.meta.dirname, "../..");
const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", svg: "image/svg+xml", xml: "application/xml", json: "application/json", png: "image/png" };

// The sample, built; gives its folder.
export const build = (...options) => {
  const output = join(mkdtempSync(join(tmpdir(), "onevoice-browser-")), "site");
  const program = process.env.ONEVOICE || resolve(ROOT, process.env.CARGO_TARGET_DIR || "target", "debug/onevoice");
  execFileSync(program, ["build", "-o", output, ...options], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  return output;
};

// The paths of a site's pages, sorted.
export const pages = (site, under = "") =>
  readdirSync(join(site, under)).sort().flatMap((name) => {
    const path = under + name;
    if (statSync(join(site, path)).isDirectory()) return pages(site, path + "/");
    return name.endsWith(".html") ? [path] : [];
  });

// Serves `site` at `base`; gives the address of its root, and what stops it.
export const serve = (site, base) =>
  new Promise((done) => {
    const server = createServer((request, response) => {
      const path = decodeURIComponent(request.url.split("?")[0]);
      let file = path.startsWith(base) ? path.slice(base.length) : null;
      if (file !== null && (file === "" || file.endsWith("/"))) file += "index.html";
      let [status, bytes] = [200, null];
      try { bytes = readFileSync(join(site, file)); } catch { [status, bytes, file] = [404, readFileSync(join(site, "404.html")), "404.html"]; }
      response.writeHead(status, {
        "content-type": TYPES[file.split(".").at(-1)] || "application/octet-stream",
        "content-security-policy": "default-src 'self'",
      });
      response.end(bytes);
    });
    server.listen(0, "127.0.0.1", () => done({ root: `http://127.0.0.1:${server.address().port}${base}`, stop: () => server.close() }));
  });
