"""What the covering network tells apart, in the order of its outputs; `face` is that there is one."""

__all__ = ["LABELS"]

LABELS = ("mask", "sunglasses", "glasses", "hat", "hand", "hair", "glare", "face")
