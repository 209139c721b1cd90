"""Devices: which browsers of a person are known, and how a new one is let in."""

from fourcorners.devices.actions.arriving import ask_device, ask_device_of_customers
from fourcorners.devices.queries import held_until

__all__ = ["ask_device", "ask_device_of_customers", "held_until"]
