"""ONNX Runtime sessions, one thread each: two workers with one thread beat one worker with two on small networks."""

from functools import cache

import onnxruntime as ort

from fourcorners.vision.networks.weights import weights_path

__all__ = ["onnx_session", "session_of"]


@cache
def onnx_session(name: str) -> ort.InferenceSession:
    """The session of the card `name`; loaded and verified at first use, then kept."""
    return session_of(weights_path(name).read_bytes())


def session_of(weights: bytes) -> ort.InferenceSession:
    """A new session. Raises ValueError for bytes that hold no network."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Each session would keep what its largest run took: 85 MB of a process that judges pictures, for 2 % of its time.
    options.enable_cpu_mem_arena = False
    try:
        return ort.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no base but this one
        raise ValueError(f"no ONNX network: {error}") from error
