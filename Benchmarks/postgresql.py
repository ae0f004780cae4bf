"""Paid notices to two daemons that share one PostgreSQL, which syncs every commit."""

import asyncio
import base64
import concurrent.futures
import contextlib
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

import notices
import shop


@contextlib.contextmanager
def server(root: pathlib.Path, fsync: bool = True):
    """A PostgreSQL of its own; gives its address."""
    environment = os.environ | {"KEYFRONT_TEST_FSYNC": "on" if fsync else "off"}
    process = subprocess.Popen([str(root / "Tests/Peers/postgresql"), "bash", "-c", "echo $KEYFRONT_TEST_DATABASE; read -r line"],
                               env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        address = process.stdout.readline().strip()
        if not address:
            raise SystemExit("PostgreSQL did not start")
        yield address
    finally:
        process.stdin.close()
        process.wait()


def bench(binaries: pathlib.Path, root: pathlib.Path, count: int = 10_000, connections: int = 64) -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory(prefix="keyfront-bench-") as name, server(root) as address:
        os.environ["KEYFRONT_DATABASE"] = address
        folders, ports = [pathlib.Path(name) / "one", pathlib.Path(name) / "two"], [notices.free_port(), notices.free_port()]
        shop.write(folders[0], root, 1, port=ports[0], mail=notices.free_port())
        (folders[0] / "secrets").mkdir(mode=0o700)
        key = folders[0] / "secrets/master.key"
        key.write_bytes(base64.b64encode(os.urandom(32)) + b"\n")
        key.chmod(0o600)
        shutil.copytree(folders[0], folders[1])
        settings = folders[1] / "shop.yaml"
        settings.write_text(settings.read_text().replace(f":{ports[0]}", f":{ports[1]}"))
        keyfront = [str(binaries / "keyfront")]
        keys = "".join(f"KEY-{hashlib.sha256(str(n).encode()).hexdigest()[:20]}\n" for n in range(count))
        subprocess.run([*keyfront, "stock", "import", "sku-0", "-", "--shop", str(folders[0])], input=keys.encode(), check=True,
                       stdout=subprocess.DEVNULL)
        with notices.daemon(binaries / "keyfront-webhook", folders[0], ports[0]), \
                notices.daemon(binaries / "keyfront-webhook", folders[1], ports[1]), \
                concurrent.futures.ThreadPoolExecutor(2) as threads:
            placed = list(threads.map(lambda port: asyncio.run(notices.checkouts(port, count // 2, 16)), ports))
            # Each daemon hears of the orders that the other one placed.
            for folder, orders in zip(folders, reversed(placed)):
                notices.sign(orders, folder / "notices.tsv")
            results = list(threads.map(lambda pair: notices.load(pair[1], pair[0] / "notices.tsv", connections // 2), zip(folders, ports)))
            # And then one hears of all once more, from the last to the first: of those nothing may come, but for the few that wrk
            # had sent and not seen answered when it stopped.
            notices.sign([*placed[0], *placed[1]][::-1], folders[0] / "again.tsv")
            again = notices.load(ports[0], folders[0] / "again.tsv", 16)
        listed = json.loads(subprocess.run([*keyfront, "stock", "list", "--json", "--shop", str(folders[0])], check=True,
                                           stdout=subprocess.PIPE).stdout)
        levels = listed if isinstance(listed, list) else next(value for value in listed.values() if isinstance(value, list))
        sold = sum(level["sold"] for level in levels)
        subprocess.run([*keyfront, "ledger", "verify", "--shop", str(folders[0])], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*keyfront, "audit", "verify", "--shop", str(folders[0])], check=True, stdout=subprocess.DEVNULL)
        del os.environ["KEYFRONT_DATABASE"]
    failed = sum(result["failed"] for result in [*results, again])
    if failed or sold != count // 2 * 2:
        raise SystemExit(f"{failed} notices failed, {sold} keys are sold of {count}: {results}")
    rate = count // 2 * 2 / max(result["seconds"] for result in results)
    return [
        (f"two daemons on one PostgreSQL, {connections} connections, {count:,} orders, 0 double", f"{rate:,.0f}/s"),
        ("latency p50, p99 of the slower one",
         f"{max(result['p50'] for result in results):.1f} ms, {max(result['p99'] for result in results):.1f} ms"),
    ]
