//! An nginx of one's own.

use super::{Host, UNPACK};

pub(super) static HOST: Host = Host {
    name: "nginx",
    title: "nginx",
    files: &[],
    steps: &[
        "each time, unless {folder} is the folder that is served: copy the site to the server, and delete there what it no longer has:",
        "  rsync --recursive --links --times --delete --delay-updates --exclude /.git {folder}/ USER@HOST:/var/www/NAME/",
        "once: in the server's settings, between `server {` and `}`, then `nginx -s reload`; for a site in a sub-folder, /var/www is what `root` names:",
        "  root /var/www/NAME;",
        "  index index.html;",
        "  error_page 404 {root}404.html;",
        "  location ~ /\\.(git|onevoice) { return 404; }",
        "  add_header Content-Security-Policy \"{policy}\" always;",
        "  add_header Referrer-Policy strict-origin-when-cross-origin always;",
        "  add_header X-Content-Type-Options nosniff always;",
    ],
    last: [&[]; 2],
    zip: &UNPACK,
};
