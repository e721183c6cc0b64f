//! A folder, and what becomes of it is the user's own affair.

use super::Host;

pub(super) static HOST: Host = Host {
    name: "folder",
    title: "a host of your own",
    files: &[],
    steps: &[
        "bring everything in {folder} to the host, hidden files too, and delete there what is listed as removed",
        "`--host NAME` prints the steps for a host, and writes the files that it wants",
    ],
    last: [&[]; 2],
    zip: &["unpack {zip} where the site is to stand; `--host NAME` prints the steps for a host"],
};
