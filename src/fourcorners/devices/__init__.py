"""Devices: which browsers of a person are known, and how a new one is let in."""
