"""`make bench`: what the shop does, beside a physical limit or a peer in the same run. Machines are noisy: compare the ratios."""

import argparse
import os
import pathlib
import platform

import build
import notices

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARIES = ROOT / ".build/release"

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--products", type=int, default=10_000)
parser.add_argument("--notices", type=int, default=20_000)
parser.add_argument("--only", choices=["build", "notices"])
options = parser.parse_args()

rows = [("machine", f"{platform.machine()}, {os.cpu_count()} cores")]
if options.only != "notices":
    rows += build.bench(BINARIES / "keyfront", ROOT, options.products)
if options.only != "build":
    rows += notices.bench(BINARIES, ROOT, options.notices)
width = max(len(name) for name, _ in rows)
for name, value in rows:
    print(f"{name.ljust(width)}  {value}")
