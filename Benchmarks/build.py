"""A cold build of generated products on tmpfs, beside a plain copy of what it wrote."""

import pathlib
import shutil
import tempfile

import shop
from measure import median, run


def bench(keyfront: pathlib.Path, root: pathlib.Path, products: int = 10_000, rounds: int = 5) -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="keyfront-bench-") as name:
        folder = pathlib.Path(name)
        shop.write(folder / "shop", root, products)
        site, copy = folder / "shop/site", folder / "copy"
        cold, memory, floor, again = [], [], [], []
        for _ in range(rounds):
            shutil.rmtree(site, ignore_errors=True)
            seconds, peak = run([str(keyfront), "build", "--shop", str(folder / "shop")])
            cold.append(seconds)
            memory.append(peak)
            again.append(run([str(keyfront), "build", "--shop", str(folder / "shop")])[0])
            shutil.rmtree(copy, ignore_errors=True)
            floor.append(run(["cp", "-r", str(site), str(copy)])[0])
        files = sum(1 for path in site.rglob("*") if path.is_file())
    return [
        (f"cold build, {products:,} products, {files:,} files", f"{median(cold):.2f} s, {median(memory) / 2**20:.0f} MB"),
        ("nothing changed, the same process again", f"{median(again):.2f} s"),
        ("floor: cp -r of the same files", f"{median(floor):.2f} s"),
        ("cold build ÷ floor", f"{median(cold) / median(floor):.2f}"),
        ("files written a second", f"{files / median(cold):,.0f}"),
    ]
