"""Durable work: what was handed over is done once, whatever process dies in between."""

from fourcorners.workflows.handlers import HANDLERS, perform

__all__ = ["HANDLERS", "perform"]
