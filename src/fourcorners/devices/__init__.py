"""Devices: which browsers of a person are known, and how a new one is let in."""

from fourcorners.devices.actions.arriving import ask_device
from fourcorners.devices.queries import held_until

__all__ = ["ask_device", "held_until"]
