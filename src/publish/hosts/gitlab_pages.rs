//! GitLab Pages: a project of its own, whose pipeline publishes what stands in it.

use super::{Host, Offered, UNPACK, YOURS};

pub(super) static HOST: Host = Host {
    name: "gitlab-pages",
    title: "GitLab Pages",
    files: &[Offered {
        path: ".gitlab-ci.yml",
        asked: false,
        purpose: "the job that publishes what is pushed; without it GitLab shows nothing",
        text: |_| Some(format!("{YOURS}\n{JOB}")),
    }],
    steps: &[
        "once: make an empty project for the site at GitLab, not the toolkit's own, since that one holds coaching; then connect the folder with it:",
        "  git -C {folder} init -b main",
        "  git -C {folder} --git-dir .git remote add origin https://gitlab.com/OWNER/NAME.git",
        "each time: send the site there; the job in .gitlab-ci.yml publishes it:",
        "  git -C {folder} --git-dir .git add --all",
        "  git -C {folder} --git-dir .git commit -m \"publish\"",
        "  git -C {folder} --git-dir .git push -u origin main",
        "once: at GitLab, Deploy, Pages shows the address; take the tick from `Use unique domain` if the address is to be short",
    ],
    last: [&[]; 2],
    zip: &UNPACK,
};

/// The folder has to be called `public`; a site may have a folder of this name itself.
const JOB: &str = "\
pages:
  stage: deploy
  script:
    - mkdir .site
    - cp -r * .site/
    - rm -rf public
    - mv .site public
  artifacts:
    paths:
      - public
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
";
