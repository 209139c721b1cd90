"""Durable work: what was handed over is done, and done once, whatever process dies in between."""

from fourcorners.workflows.dispatch import Dispatch, make_work_tables
from fourcorners.workflows.handlers import HANDLERS, perform

__all__ = ["HANDLERS", "Dispatch", "make_work_tables", "perform"]
