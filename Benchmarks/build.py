"""Builds of generated products on tmpfs as whole processes: cold beside Hugo and a plain copy, then what one edit costs."""

import json
import pathlib
import random
import shutil
import tempfile
import time

import hugo
import shop
from measure import median, run

Rows = list[tuple[str, str]]


class Bench:
    """A generated shop on tmpfs and the program that builds it."""

    def __init__(self, keyfront: pathlib.Path, root: pathlib.Path, folder: pathlib.Path, count: int, **options):
        self.keyfront, self.count = keyfront, count
        self.folder, self.site = folder, folder / "site"
        shop.write(folder, root, count, **options)

    def build(self, *options: str) -> tuple[float, int]:
        return run([str(self.keyfront), "build", "--shop", str(self.folder), *options])

    def cold(self) -> tuple[float, int]:
        shutil.rmtree(self.site, ignore_errors=True)
        return self.build()

    def product(self, number: int) -> pathlib.Path:
        return self.folder / f"content/products/product-{number:06}.md"

    def files(self) -> int:
        return sum(1 for path in self.site.rglob("*") if path.is_file() and ".keyfront" not in path.parts)

    def settle(self) -> None:
        """Lets file times grow older than the clock's grain, as they are when a person has edited; builds what that leaves."""
        time.sleep(0.2)
        self.build()


def edits(bench: Bench, rounds: int) -> Rows:
    """What a build costs after one edit, the site being there."""
    card = bench.folder / "templates/partials/card.html"

    def text(number: int) -> None:
        with open(bench.product(number), "a", encoding="utf-8") as file:
            file.write(f"\nMore about it: {number}.\n")

    def price(number: int) -> None:
        path = bench.product(number)
        lines = path.read_text(encoding="utf-8").split("\n")
        path.write_text("\n".join(f'price: "{number + 500}.01"' if line.startswith("price:") else line for line in lines), encoding="utf-8")

    def partial(number: int) -> None:
        card.write_text(card.read_text(encoding="utf-8").replace("<li class=\"card\"", f"<li data-round=\"{number}\" class=\"card\"", 1))

    rows = []
    for name, edit, times in [
        ("nothing changed", None, rounds), ("one product's text changed", text, rounds), ("one product's price changed", price, rounds),
        ("a changed partial that is on every page", partial, 1),
    ]:
        taken = []
        for number in range(times):
            if edit is not None:
                edit(number * 37 + 11)
            else:
                bench.settle()
            taken.append(bench.build()[0])
        rows.append((f"{name}, {bench.count:,} products", f"{median(taken) * 1000:.0f} ms"))
    return rows


def promoters(keyfront: pathlib.Path, root: pathlib.Path, folder: pathlib.Path, count: int, products: int = 1000) -> Rows:
    """Pages of their own for many promoters, beside a copy of the same files."""
    bench = Bench(keyfront, root, folder, products, languages="[en]", pages="full")
    people = [{"token": f"promoter{number:06}", "name": f"Name {number}", "message": "Look at this."} for number in range(count)]
    (folder / "promoters.json").write_text("".join(json.dumps(person) + "\n" for person in people), encoding="utf-8")
    seconds, memory = bench.cold()
    files = bench.files()
    # A million pages do not fit into memory twice: then the floor is taken on some of the promoters.
    some = sorted((bench.site / "r").iterdir())[:200]
    (folder / "copy").mkdir()
    copy, _ = run(["cp", "-r", *map(str, some), str(folder / "copy")])
    copied = sum(1 for path in (folder / "copy").rglob("*") if path.is_file())
    return [
        (f"{count:,} promoters × {products:,} products, {files:,} files", f"{seconds:.1f} s, {memory / 2**20:.0f} MB"),
        ("promoters' pages a second", f"{files / seconds:,.0f}"),
        (f"floor: cp -r of {copied:,} of these files, a second", f"{copied / copy:,.0f}"),
        ("promoters' build ÷ floor", f"{(seconds / files) / (copy / copied):.2f}"),
    ]


def verified(bench: Bench, count: int, seed: int = 1) -> Rows:
    """Edits at random, each build compared with a clean one; a difference ends the bench."""
    source = random.Random(seed)
    for _ in range(count):
        number = source.randrange(bench.count)
        path = bench.product(number)
        match source.randrange(4):
            case 0 if path.exists():
                path.unlink()
            case 1 if path.exists():
                path.write_text(path.read_text(encoding="utf-8") + f"\nText {source.random()}.\n", encoding="utf-8")
            case _:
                path.write_text(shop.product(source.randrange(10**6) * 1_000_000 + number), encoding="utf-8")
        bench.build("--verify")
    return [(f"random edits, each compared with a clean build of {bench.count:,} products", f"{count}, all equal")]


def bench(
    keyfront: pathlib.Path, root: pathlib.Path, products: int = 10_000, rounds: int = 5, peer: bool = True, large: bool = False,
    sellers: int = 100, random_edits: int = 0,
) -> Rows:
    rows: Rows = []
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="keyfront-bench-") as name:
        folder = pathlib.Path(name)
        one = Bench(keyfront, root, folder / "one", products, languages="[en]")
        program = hugo.binary(root) if peer else None
        if program:
            hugo.write(folder / "hugo", root, one.folder)
        ours, theirs, floor = [], [], []
        for _ in range(rounds):
            ours.append(one.cold())
            if program:
                theirs.append(hugo.build(program, folder / "hugo"))
            shutil.rmtree(folder / "copy", ignore_errors=True)
            floor.append(run(["cp", "-r", str(one.site), str(folder / "copy")])[0])
        shutil.rmtree(folder / "copy", ignore_errors=True)
        seconds, memory = median([t for t, _ in ours]), median([m for _, m in ours])
        rows.append((f"cold build, {products:,} products, one language, {one.files():,} files", f"{seconds:.2f} s, {memory / 2**20:.0f} MB"))
        if theirs:
            hugo_seconds, hugo_memory = median([t for t, _ in theirs]), median([m for _, m in theirs])
            count = sum(1 for path in (folder / "hugo/public").rglob("*") if path.is_file())
            rows += [
                (f"Hugo 0.168, the same Markdown, {count:,} files", f"{hugo_seconds:.2f} s, {hugo_memory / 2**20:.0f} MB"),
                ("Hugo ÷ Keyfront: time, memory", f"{hugo_seconds / seconds:.1f}, {hugo_memory / memory:.1f}"),
            ]
        rows += [
            ("floor: cp -r of the same files", f"{median(floor):.2f} s"),
            ("cold build ÷ floor", f"{seconds / median(floor):.2f}"),
        ]
        one.settle()
        rows += edits(one, rounds)
        if random_edits:
            rows += verified(one, random_edits)
        for path in ("one", "hugo"):
            shutil.rmtree(folder / path, ignore_errors=True)

        two = Bench(keyfront, root, folder / "two", products)
        taken = [two.cold() for _ in range(rounds)]
        rows.append((
            f"cold build, {products:,} products, two languages, {two.files():,} files",
            f"{median([t for t, _ in taken]):.2f} s, {median([m for _, m in taken]) / 2**20:.0f} MB"))
        shutil.rmtree(folder / "two")

        if sellers:
            rows += promoters(keyfront, root, folder / "promoters", sellers)
            shutil.rmtree(folder / "promoters")
        if large:
            many = Bench(keyfront, root, folder / "large", products * 10, languages="[en]")
            long, peak = many.cold()
            rows.append((f"cold build, {products * 10:,} products, one language", f"{long:.1f} s, {peak / 2**20:.0f} MB"))
            rows.append(("time for ten times the products ÷ ten", f"{long / seconds / 10:.2f}"))
    return rows
