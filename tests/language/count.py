#!/usr/bin/env python3
"""Counts the words and syllables of the texts beside this file with a pronouncing dictionary, and writes them into their first lines.

Run once for a new text: `python3 count.py cmudict.dict TEXT.txt …`. The dictionary is CMUdict (Carnegie Mellon University), a word and
its sounds a line; the first way to say a word is taken. What it lacks is counted by hand, in BY_HAND. Numbers are counted as they are
said, with "percent" and "dollars". A text has a sentence a line.
"""
import re
import sys

BY_HAND = {
    "911": 3,
    "988": 4,
    "30": 2,
    "58": 3,
    "78": 4,
    "27": 4,
    "9.3": 3,
    "2,100": 5,
    "5,960": 8,
    "sufferable": 4,
    "evinces": 3,
    "sufferance": 3,
    "bondsman's": 2,
    "usurpations": 4,
    "preeminently": 5,
    "unmeasured": 3,
    "collaboratively": 6,
}


def words(text):
    runs = re.split(r"[\s—–/…]", text)
    found = (re.sub(r"^\W+|\W+$", "", run) for run in runs)
    return [word for word in found if word]


def main(dictionary, *texts):
    said = {}
    for line in open(dictionary, encoding="utf-8"):
        word, _, sounds = line.partition("#")[0].strip().partition(" ")
        if "(" not in word:
            said[word] = sum(sound[-1].isdigit() for sound in sounds.split())
    missing = set()

    def syllables(word):
        word = word.lower().replace("’", "'")
        if word in BY_HAND:
            return BY_HAND[word]
        if word in said:
            return said[word]
        if "-" in word:
            return sum(syllables(part) for part in word.split("-"))
        if word.endswith("'s") and word[:-2] in said:
            return said[word[:-2]] + (said.get(word[:-2] + "s", 0) > said[word[:-2]] or word[-3] in "sxz")
        missing.add(word)
        return 0

    for name in texts:
        text = open(name, encoding="utf-8").read()
        head, _, body = text.partition("\n\n")
        every = words(body)
        total = sum(map(syllables, every)) + 2 * len(re.findall(r"\d%|\$\d", body))
        head = [line for line in head.splitlines() if not line.startswith(("words:", "syllables:"))]
        head += [f"words: {len(every)}", f"syllables: {total}"]
        open(name, "w", encoding="utf-8").write("\n".join(head) + "\n\n" + body)
        print(name, len(every), total)
    if missing:
        sys.exit("not in the dictionary, count by hand: " + " ".join(sorted(missing)))


if __name__ == "__main__":
    main(*sys.argv[1:])
