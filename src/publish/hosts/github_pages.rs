//! GitHub Pages: a repository of its own, whose branch is the site.

use super::{Host, Offered, UNPACK, YOURS};

pub(super) static HOST: Host = Host {
    name: "github-pages",
    title: "GitHub Pages",
    files: &[Offered {
        path: ".github/workflows/pages.yml",
        asked: true,
        purpose: "a workflow that publishes what is pushed, for `Source: GitHub Actions`",
        text: |_| Some(format!("{YOURS}\n{WORKFLOW}")),
    }],
    steps: &[
        "once: make an empty repository for the site at GitHub, not the toolkit's own, since that one holds coaching; then connect the folder with it:",
        "  git -C {folder} init -b main",
        "  git -C {folder} --git-dir .git remote add origin https://github.com/OWNER/NAME.git",
        "each time: send the site there:",
        "  git -C {folder} --git-dir .git add --all",
        "  git -C {folder} --git-dir .git commit -m \"publish\"",
        "  git -C {folder} --git-dir .git push -u origin main",
    ],
    last: [
        &[
            "once: at GitHub, Settings, Pages, Build and deployment: choose `Deploy from a branch`, branch `main`, folder `/ (root)`",
            "if your organization asks for a workflow: publish once with `--workflow`, and choose `GitHub Actions` there",
        ],
        &[
            "once: at GitHub, Settings, Pages, Build and deployment: choose `GitHub Actions`; the workflow then publishes what is sent",
        ],
    ],
    zip: &UNPACK,
};

/// Versions as of November 2026. `.git`, `.github` and hidden files are left out by the second step.
const WORKFLOW: &str = "\
name: pages
on:
  push:
    branches: [main]
  workflow_dispatch:
permissions:
  contents: read
  pages: write
  id-token: write
concurrency:
  group: pages
  cancel-in-progress: false
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - uses: actions/checkout@v6
      - uses: actions/upload-pages-artifact@v5
        with:
          path: .
      - id: deployment
        uses: actions/deploy-pages@v5
";
