#!/usr/bin/env python3
"""Texts that no writer writes, once and twice as long: `check` takes at most 2.2 times as long for twice the text.

    BENCH_ONEVOICE=target/release/onevoice python3 hostile.py
Prints a Markdown table: seconds for the text and for twice the text (the best of three runs), and their ratio.
"""
import os, pathlib, shutil, subprocess, sys, tempfile, time

PROGRAM = os.path.abspath(os.environ.get("BENCH_ONEVOICE", "target/release/onevoice"))
FACT = """sources: {s: {title: A study}}
facts:
  - {id: odds, label: Odds, value: 58, unit: "% lower odds", reads: 58% lower odds, plain: They had 58% lower odds., source: s, review_by: 2030-01-01}
"""
TERMS = "terms:\n  - {avoid: [addict, drug addict], say: [person], why: The illness is not the person., level: change}\n"
TEXTS = {
    "a line of 1 MB": lambda k: "The people of our town came to the square and talked. " * (19_000 * k),
    "a line with 20,000 figures": lambda k: "About 40% of calls came from 1,200 people. " * (10_000 * k),
    "50,000 headings": lambda k: "## What happens\n\n" * (50_000 * k),
    "100,000 opening brackets": lambda k: "[" * (100_000 * k),
    "10,000 fact links": lambda k: "Calls had [58% lower odds](fact:odds). " * (10_000 * k),
    "20,000 words to avoid": lambda k: "One drug addict more.\n" * (20_000 * k),
    "10,000 words to avoid between fact links and quotations": lambda k: 'One addict "with words" and [58% lower odds](fact:odds). ' * (10_000 * k),
    "100,000 number words": lambda k: "one hundred " * (50_000 * k),
    "100,000 quotation marks": lambda k: '"a ' * (100_000 * k),
    "10,000 footnotes": lambda k: "".join(f"Word.[^{n}]\n\n[^{n}]: Note.\n\n" for n in range(10_000 * k)),
    "5,000 tailored blocks": lambda k: "::: police\nYou decide, and 40 people know.\n::: else\nOfficers decide, and 41 people know.\n:::\n\n" * (5_000 * k),
}


def seconds(text: str) -> float:
    folder = pathlib.Path(tempfile.mkdtemp(dir=os.environ.get("BENCH_WORK")))
    try:
        for path, body in {
            "toolkit.yaml": "title: T\nbase_url: https://toolkit.example.org\n",
            "content/audiences/police.yaml": "name: Police\nask: Refer people.\n",
            "content/facts.yaml": FACT, "content/terms.yaml": TERMS,
            "content/faqs/long.md": "---\nquestion: What happens?\n---\n" + text + "\n",
        }.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(body)
        best = 1e9
        for _ in range(3):
            start = time.perf_counter()
            subprocess.run([PROGRAM, "-C", folder, "check", "--format", "json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            best = min(best, time.perf_counter() - start)
        return best
    finally:
        shutil.rmtree(folder)


print("| text | once | twice | ratio |\n|---|---|---|---|")
for name, make in TEXTS.items():
    if len(sys.argv) > 1 and sys.argv[1] not in name:
        continue
    once, twice = seconds(make(1)), seconds(make(2))
    print(f"| {name} | {once:.2f} s | {twice:.2f} s | {twice / once:.2f} |", flush=True)
