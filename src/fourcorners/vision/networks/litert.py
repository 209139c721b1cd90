"""LiteRT (TensorFlow Lite) networks, one thread each. An interpreter is not thread-safe: every thread has its own."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from ai_edge_litert.interpreter import Interpreter
from numpy.typing import NDArray

from fourcorners.vision.networks.weights import weights_path

__all__ = ["run_litert"]

_local = threading.local()
_stderr_lock = threading.Lock()


def run_litert(name: str, tensor: NDArray[np.floating[Any]]) -> tuple[NDArray[np.float32], ...]:
    """Outputs, in the file's order, of the network of card `name` for one input; loaded and verified at first use.

    Raises WeightsMissing or WeightsTampered.
    """
    interpreter, input_index, output_indices = _loaded(name)
    interpreter.set_tensor(input_index, np.ascontiguousarray(tensor, dtype=np.float32))
    interpreter.invoke()
    return tuple(interpreter.get_tensor(i) for i in output_indices)


def _loaded(name: str) -> tuple[Interpreter, int, list[int]]:
    networks: dict[str, tuple[Interpreter, int, list[int]]] = _local.__dict__
    if name not in networks:
        with _silence():
            interpreter = Interpreter(model_path=str(weights_path(name)), num_threads=1)
            interpreter.allocate_tensors()
        outputs = [int(d["index"]) for d in interpreter.get_output_details()]
        networks[name] = (interpreter, int(interpreter.get_input_details()[0]["index"]), outputs)
    return networks[name]


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the library's start-up line off standard error: it writes to the file descriptor and has no switch."""
    with _stderr_lock:
        sys.stderr.flush()
        kept = os.dup(2)
        try:
            with open(os.devnull, "wb") as nothing:  # noqa: PTH123 - a device
                os.dup2(nothing.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
