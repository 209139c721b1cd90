"""The report: one self-contained page that lets a person follow, and dispute, a verdict."""

from fourcorners.verdict.report.render import render

__all__ = ["render"]
