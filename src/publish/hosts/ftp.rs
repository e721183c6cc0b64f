//! Web space by FTP: nobody deletes there what the site no longer has, unless the program does.

use super::{Host, UNPACK};

pub(super) static HOST: Host = Host {
    name: "ftp",
    title: "the web space",
    files: &[],
    steps: &[
        "each time: upload with lftp, which also deletes there what the site no longer has; SUBFOLDER is the folder that the webmaster names:",
        "  lftp -u USER -e \"set ftp:ssl-force true; mirror --reverse --delete --verbose --exclude '^\\.git/' {folder} SUBFOLDER; bye\" HOST",
        "what stands there and is not in {folder} is deleted too: type the line once with `--dry-run` after `mirror`, look at it, and bring what has to stay, such as .htaccess, into {folder}",
        "with another program: upload everything, hidden files too, and delete by hand the files that are listed above as removed",
        "by SFTP, if the web space has it: write sftp://HOST instead of HOST",
    ],
    last: [&[]; 2],
    zip: &UNPACK,
};
