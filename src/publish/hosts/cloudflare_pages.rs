//! Cloudflare Pages: uploaded by its own program, or by hand.

use super::{HEADERS_FILE, Host, REDIRECTS_FILE};

pub(super) static HOST: Host = Host {
    name: "cloudflare-pages",
    title: "Cloudflare Pages",
    files: &[HEADERS_FILE, REDIRECTS_FILE],
    steps: &[
        "once: make a project; its program asks you to sign in:",
        "  npx wrangler pages project create NAME --production-branch main",
        "each time: upload the site; the first time the address is told, NAME.pages.dev:",
        "  npx wrangler pages deploy {folder} --project-name NAME --branch main",
        "by hand instead: at dash.cloudflare.com, Workers & Pages, drag the folder into the project; at most 1,000 files that way, and 25 MiB a file",
    ],
    last: [&[]; 2],
    zip: &[
        "at dash.cloudflare.com, Workers & Pages: choose `Create`, then `Pages`, then `Drag and drop your files`, and upload {zip}; at most 1,000 files that way",
        "each time after that: in the project, `Create a new deployment`, and the same",
    ],
};
