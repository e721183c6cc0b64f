//! Netlify: uploaded by its own program, or by hand.

use super::{HEADERS_FILE, Host, REDIRECTS_FILE};

pub(super) static HOST: Host = Host {
    name: "netlify",
    title: "Netlify",
    files: &[HEADERS_FILE, REDIRECTS_FILE],
    steps: &[
        "once: sign in and make a project:",
        "  npx netlify-cli login",
        "  npx netlify-cli sites:create --name NAME",
        "each time: upload the site, which stands at NAME.netlify.app:",
        "  npx netlify-cli deploy --prod --no-build --site NAME --dir {folder}",
        "by hand instead: at app.netlify.com, open the project, then Deploys, and drag the folder onto the page",
    ],
    last: [&[]; 2],
    zip: &[
        "at app.netlify.com, open the project, then Deploys, and drag {zip} onto the page; for a new site go to app.netlify.com/drop",
    ],
};
