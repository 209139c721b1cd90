"""What both networks say of a photo of a tuning template."""

import torch
from torch import nn
from training.originality.tuning_pictures import Shown

__all__ = ["said_of"]


@torch.no_grad()
def said_of(nets: nn.ModuleDict, shown: Shown, device: torch.device) -> dict[str, object]:
    """The facts, the page's chances (neither, display, print) and each place's chance."""
    near, far, windows = (torch.as_tensor(part).to(device) for part in (shown.near, shown.far, shown.windows))
    page, _ = nets["page"](near[None], far[None])
    said = {**shown.facts, "page": torch.softmax(page[0], 0).tolist(), "places": {}}
    if shown.names:
        told = nets["splice"].features(windows)  # type: ignore[operator]
        inside, beside, around = (torch.as_tensor(part).to(device) @ told for part in shown.shares)
        line = torch.tensor(shown.lines, dtype=torch.float32, device=device)
        chances = torch.sigmoid(nets["splice"].unlike(inside, beside, around, line))  # type: ignore[operator]
        said["places"] = dict(zip(shown.names, chances.tolist(), strict=True))
    return said
