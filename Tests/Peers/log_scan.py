"""Reads the log of every daemon of a run of the suite for what must be in none of them.

Argument: the folder that `KEYFRONT_TEST_LOGS` named: *.log, and *.secrets with one JSON list [kind, text] a line. A short text is looked
for as it is. Of a body any 32 characters in a row from its beginning, its middle or its end will do, with quotation marks, backslashes and
blanks left out on both sides, so that one which was escaped or wrapped is found as well. Exits with 1 when something is found, and when
there is nothing to look through or to look for.
"""

import json
import pathlib
import sys

WHOLE = 24


def bare(text: str) -> str:
    return "".join(text.translate({ord(letter): None for letter in "\\\"'"}).split())


def needles(kind: str, text: str) -> list[str]:
    if kind not in ("body", "query"):
        return [text]
    text = bare(text)
    middle = len(text) // 2
    return [text] if len(text) <= 32 else [text[:32], text[middle - 16:middle + 16], text[-32:]]


def main(folder: str) -> int:
    logs = sorted(pathlib.Path(folder).glob("*.log"))
    kinds: dict[str, str] = {}
    for file in sorted(pathlib.Path(folder).glob("*.secrets")):
        for line in file.read_text("utf-8").splitlines():
            kind, text = json.loads(line)
            for needle in needles(kind, text):
                if len(needle) >= 6:
                    kinds.setdefault(needle, kind)
    # Where a text of that length could begin, it is looked up in a set: one pass over the logs, however many secrets there are.
    heads: dict[int, dict[str, list[str]]] = {}
    for needle in kinds:
        length = min(len(needle), WHOLE)
        heads.setdefault(length, {}).setdefault(needle[:length], []).append(needle)
    lines = found = 0
    for log in logs:
        text = log.read_text("utf-8", "replace")
        lines += text.count("\n")
        for line in {*text.splitlines()}:
            for form in {line, bare(line)}:
                for length, known in heads.items():
                    for start in range(len(form) - length + 1):
                        for needle in known.get(form[start:start + length], ()):
                            if form.startswith(needle, start):
                                found += 1
                                print(f"{log.name}: {kinds[needle]} “{needle}” in: {line}", file=sys.stderr)
    print(f"{len(logs)} logs, {lines} lines, {len(kinds)} texts that must not be in them: {found} found")
    if not logs or not lines or not kinds:
        print("there is nothing to look through, or nothing to look for", file=sys.stderr)
        return 1
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
