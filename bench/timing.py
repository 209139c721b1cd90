"""Time things honestly: warm, repeated, with the median and the 95th percentile; memory and cold start from outside."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles


@dataclass(frozen=True)
class Times:
    """Seconds of repeated runs."""

    name: str
    seconds: list[float]

    @property
    def median_ms(self) -> float:
        """Milliseconds that half of the runs took at most."""
        return 1000 * median(self.seconds)

    @property
    def p95_ms(self) -> float:
        """Milliseconds that 95 of 100 runs took at most."""
        return 1000 * (quantiles(self.seconds, n=20)[-1] if len(self.seconds) > 1 else self.seconds[0])


def timed(name: str, action: Callable[[], object], repeat: int = 11) -> Times:
    """Run once to warm up, then `repeat` times."""
    action()
    seconds = []
    for _ in range(repeat):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return Times(name, seconds)


def cold(name: str, command: list[str], repeat: int = 5) -> tuple[Times, float]:
    """Wall times of whole processes and the highest peak memory of one, in MB. The first run only fills file caches."""
    seconds, peak = [], 0.0
    for turn in range(repeat + 1):
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if turn:
            seconds.append(time.perf_counter() - start)
            peak = max(peak, _megabytes(usage))
    return Times(name, seconds), peak


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
