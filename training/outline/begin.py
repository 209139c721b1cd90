"""Make a checkpoint to train on from, out of committed weights.

    python -m training.outline.begin BANK FILE.onnx CHECKPOINT

An ONNX file holds each convolution with its normalisation folded in. Here they are taken apart again: scenes are sent
through, and each normalisation is given the mean and the spread that it sees, and a gain and an offset that undo them.
The checkpoint then says what the file says, and can learn on.
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from training.outline.bank_file import Bank
from training.outline.model import LATER, OutlineNet, prepared
from training.outline.scenes import scene

SCENES = 192


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bank", type=Path)
    parser.add_argument("file", type=Path)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--without-later", action="store_true", help="the file is of before 2026-11-27")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    bank = Bank.load(arguments.bank)
    windows = np.stack([scene(np.random.default_rng((99, i)), bank)[0] for i in range(SCENES)])
    later = (0, 0, 0, 0, 0) if arguments.without_later else LATER
    net = unfolded(arguments.file, prepared(torch.from_numpy(windows)), later)
    torch.save({"step": 0, "net": net.state_dict()}, arguments.checkpoint)


def unfolded(file: Path, windows: Tensor, later: tuple[int, int, int, int, int]) -> OutlineNet:
    """The network of an ONNX file; `windows` (n, 3, 256, 256) show it what it is to see."""
    graph = onnx.load(file).graph
    values = {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
    folded = [[values[name] for name in node.input[1:]] for node in graph.node if node.op_type == "Conv"]
    dense = [[values[name] for name in node.input if name in values] for node in graph.node if node.op_type == "Gemm"]
    net = OutlineNet(later).eval()
    order = _in_order_of_use(net, windows[:1])
    norms = {id(conv): norm for conv, norm in zip(order[:-1:2], order[1::2], strict=True)}
    with torch.no_grad():
        for conv, (weight, bias) in zip(order[::2], folded, strict=True):
            conv.weight.copy_(weight)
            if conv.bias is not None:
                conv.bias.copy_(bias)
                continue
            norm = norms[id(conv)]
            mean, spread = _seen_by(net, norm, windows)
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(spread)
            norm.weight.copy_((spread + norm.eps).sqrt())
            norm.bias.copy_(bias + mean)
        for layer, (weight, bias) in zip([m for m in net.modules() if isinstance(m, nn.Linear)], dense, strict=True):
            layer.weight.copy_(weight)
            layer.bias.copy_(bias)
    return net


def _in_order_of_use(net: nn.Module, window: Tensor) -> list[nn.Module]:
    order: list[nn.Module] = []
    kinds = (nn.Conv2d, nn.BatchNorm2d)
    hooks = [m.register_forward_hook(lambda m, _, __: order.append(m)) for m in net.modules() if isinstance(m, kinds)]
    with torch.no_grad():
        net(window)
    for hook in hooks:
        hook.remove()
    return order


def _seen_by(net: nn.Module, norm: nn.Module, windows: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and variance of each channel that reaches a normalisation."""
    seen: list[Tensor] = []
    hook = norm.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0].transpose(0, 1).flatten(1)))
    for part in windows.split(16):
        net(part)
    hook.remove()
    values = torch.cat(seen, 1)
    return values.mean(1), values.var(1, unbiased=False)


if __name__ == "__main__":
    main()
