"""The reports: self-contained pages that let a person follow, and dispute, a verdict or a reading."""

from fourcorners.verdict.report.paper import render_paper
from fourcorners.verdict.report.reading import ReadingView, render_readings, view_reading
from fourcorners.verdict.report.render import render

__all__ = ["ReadingView", "render", "render_paper", "render_readings", "view_reading"]
