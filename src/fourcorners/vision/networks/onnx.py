"""ONNX Runtime sessions, one thread each: two workers with one thread beat one worker with two on small networks."""

from functools import cache

import onnxruntime as ort

from fourcorners.vision.networks.weights import weights_path

__all__ = ["onnx_session"]


@cache
def onnx_session(name: str) -> ort.InferenceSession:
    """The session of the card `name`; loaded and verified at first use, then kept."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(str(weights_path(name)), options, providers=["CPUExecutionProvider"])
