//! An Apache of one's own, or web space with one.

use super::{HEADERS, Host, Offered, UNPACK, YOURS};

pub(super) static HOST: Host = Host {
    name: "apache",
    title: "Apache",
    files: &[Offered {
        path: ".htaccess",
        asked: false,
        purpose: "the page for wrong addresses, and the security policy",
        text: |about| {
            let lines: String =
                HEADERS.iter().map(|(name, value)| format!("  Header always set {name} \"{value}\"\n")).collect();
            Some(format!(
                "{YOURS}\nErrorDocument 404 {}404.html\n<IfModule mod_headers.c>\n{lines}</IfModule>\n",
                about.root
            ))
        },
    }],
    steps: &[
        "each time, unless {folder} is the folder that is served: copy the site to the server, and delete there what it no longer has:",
        "  rsync --recursive --links --times --delete --delay-updates --exclude /.git {folder}/ USER@HOST:/var/www/NAME/",
        "once: the folder of the site needs `AllowOverride FileInfo` in the server's settings, so that .htaccess counts; web space mostly has it",
    ],
    last: [&[]; 2],
    zip: &UNPACK,
};
