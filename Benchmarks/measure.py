"""Running a program and asking what it cost."""

import os
import statistics
import subprocess
import time


def run(command: list[str], **options) -> tuple[float, int]:
    """Wall-clock seconds and peak resident memory in bytes of one process; its output is shown only when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{output.decode(errors='replace')}")
    return seconds, usage.ru_maxrss * 1024


def median(values: list[float]) -> float:
    return statistics.median(values)
