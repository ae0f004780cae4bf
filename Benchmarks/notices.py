"""Paid notices over loopback HTTP to durable fulfilment, beside the same number of commits on a bare SQLite file."""

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import os
import pathlib
import re
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.request

import shop
from measure import median

SECRET = "whsec_" + base64.b64encode(hashlib.sha256(b"keyfront bench").digest()).decode()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def daemon(binary: pathlib.Path, folder: pathlib.Path, port: int):
    environment = os.environ | {"PARTNER_WEBHOOK_SECRET": SECRET}
    with open(folder / "daemon.log", "wb") as log:
        process = subprocess.Popen([str(binary), "--shop", str(folder)], env=environment, stdout=log, stderr=log)
    try:
        started = time.perf_counter()
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=5).read()
                break
            if process.poll() is not None or time.perf_counter() - started > 10:
                raise SystemExit("the daemon did not start:\n" + (folder / "daemon.log").read_text())
            time.sleep(0.005)
        yield process, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait()


async def checkouts(port: int, count: int, concurrency: int = 32) -> list[dict]:
    """Places `count` orders over kept-alive connections."""
    numbers = iter(range(count))
    orders: list[dict] = []

    async def buyer() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for number in numbers:
            body = json.dumps({"sku": f"sku-0", "quantity": 1, "email": f"buyer{number}@example.com", "gateway": "partner", "language": "en"}).encode()
            writer.write(b"POST /checkout HTTP/1.1\r\nHost: bench\r\nAccept: application/json\r\nContent-Type: application/json\r\n"
                         + f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(re.search(rb"(?i)content-length: *(\d+)", head).group(1))
            answer = json.loads(await reader.readexactly(length))
            if not head.startswith(b"HTTP/1.1 201"):
                raise SystemExit(f"a checkout was refused: {head.decode()}{answer}")
            orders.append(answer)
        writer.close()

    await asyncio.gather(*(buyer() for _ in range(concurrency)))
    return orders


def sign(orders: list[dict], path: pathlib.Path) -> None:
    """One line a notice: id, time, signature, body."""
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    stamp = str(int(time.time()))
    with open(path, "w", encoding="utf-8") as file:
        for order in orders:
            name = "msg_" + order["order"]
            body = json.dumps({"type": "payment.paid", "timestamp": "2026-01-01T00:00:00Z", "data": {
                "order_id": order["order"], "amount_minor": order["amountMinor"], "currency": order["currency"],
                "transaction_id": "txn_" + order["order"]}}, separators=(",", ":"))
            signature = base64.b64encode(hmac.digest(key, f"{name}.{stamp}.{body}".encode(), "sha256")).decode()
            file.write(f"{name}\t{stamp}\t{signature}\t{body}\n")


def load(port: int, notices: pathlib.Path, connections: int) -> dict:
    """Sends every prepared notice once, through wrk."""
    script, seconds = pathlib.Path(__file__).with_name("notices.lua"), notices.with_name(notices.name + ".seconds")
    process = subprocess.Popen(
        ["wrk", "-t1", f"-c{connections}", "-d300s", "-s", str(script), f"http://127.0.0.1:{port}/notify/partner", "--", str(notices)],
        stdout=subprocess.PIPE, text=True)
    while not seconds.exists() and process.poll() is None:
        time.sleep(0.05)
    # wrk would sleep until its time is over; an interrupt lets it print what it has.
    process.send_signal(signal.SIGINT)
    output, _ = process.communicate()
    return json.loads(output.strip().splitlines()[-1]) | {"seconds": float(seconds.read_text())}


def floor(folder: pathlib.Path, transactions: int, batch: int) -> float:
    """Commits a second of a bare SQLite file: a row of a notice's size in ten tables, `batch` of them a commit, synchronous=FULL."""
    database = sqlite3.connect(folder / "floor.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    for table in range(10):
        database.execute(f"CREATE TABLE t{table} (id TEXT PRIMARY KEY, value BLOB)")
    start = time.perf_counter()
    for first in range(0, transactions, batch):
        database.execute("BEGIN IMMEDIATE")
        for number in range(first, min(first + batch, transactions)):
            for table in range(10):
                database.execute(f"INSERT INTO t{table} VALUES (?, ?)", (f"{number * 7919 % 1_000_003}-{number}", b"x" * 80))
        database.execute("COMMIT")
    return transactions / (time.perf_counter() - start)


def bench(binaries: pathlib.Path, root: pathlib.Path, count: int = 20_000, connections: int = 64) -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory(prefix="keyfront-bench-") as name:
        folder, port = pathlib.Path(name) / "shop", free_port()
        shop.write(folder, root, 1, port=port, mail=free_port())
        (folder / "secrets").mkdir(mode=0o700)
        key = folder / "secrets/master.key"
        key.write_bytes(base64.b64encode(os.urandom(32)) + b"\n")
        key.chmod(0o600)
        keys = "".join(f"KEY-{hashlib.sha256(str(n).encode()).hexdigest()[:20]}\n" for n in range(count))
        subprocess.run([str(binaries / "keyfront"), "stock", "import", "sku-0", "-", "--shop", str(folder)], input=keys.encode(),
                       check=True, stdout=subprocess.DEVNULL)
        with daemon(binaries / "keyfront-webhook", folder, port) as (process, ready):
            placed = time.perf_counter()
            orders = asyncio.run(checkouts(port, count))
            placed = time.perf_counter() - placed
            sign(orders, folder / "notices.tsv")
            result = load(port, folder / "notices.tsv", connections)
            memory = next(int(line.split()[1]) * 1024 for line in open(f"/proc/{process.pid}/status") if line.startswith("VmHWM"))
            sample = json.load(urllib.request.urlopen(urllib.request.Request(
                f"http://127.0.0.1:{port}/orders/{orders[-1]['token']}", headers={"accept": "application/json"})))
        if result["failed"] or result["answered"] < count or sample["state"] != "fulfilled":
            raise SystemExit(f"not every notice was fulfilled: {result}, the last order is {sample['state']}")
        floors = [floor(pathlib.Path(tempfile.mkdtemp(dir=name)), count, 64) for _ in range(3)]
    rate = count / result["seconds"]
    return [
        (f"paid notices to durable fulfilment, {connections} connections, {count:,} orders", f"{rate:,.0f}/s"),
        ("latency p50, p99", f"{result['p50']:.1f} ms, {result['p99']:.1f} ms"),
        ("checkouts, one load generator in Python", f"{count / placed:,.0f}/s"),
        ("daemon: ready after, peak memory", f"{ready * 1000:.0f} ms, {memory / 2**20:.0f} MB"),
        ("floor: bare SQLite, 10 inserts each, 64 a commit, FULL", f"{median(floors):,.0f}/s"),
        ("notices ÷ floor", f"{rate / median(floors):.2f}"),
    ]
