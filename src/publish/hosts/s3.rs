//! S3 and what speaks its language.

use super::{Host, UNPACK};

pub(super) static HOST: Host = Host {
    name: "s3",
    title: "S3",
    files: &[],
    steps: &[
        "once: let the bucket be a website, whose addresses of folders show their index.html:",
        "  aws s3 website s3://BUCKET --index-document index.html --error-document 404.html",
        "each time: upload what differs, and delete there what the site no longer has:",
        "  aws s3 sync {folder} s3://BUCKET --delete --exclude \".git/*\"",
        "for https put a CDN such as CloudFront in front; give it the website address of the bucket, or /faq/ is not found, and let it send the header `Content-Security-Policy: {policy}`",
    ],
    last: [&[]; 2],
    zip: &UNPACK,
};
