"""Statements of the Beneficial Ownership Data Standard 0.4: checked, read into a graph, written again without loss."""

from .read import StatementsInvalid, graph_from_bods, read_graph
from .validate import problems
from .write import graph_to_bods

__all__ = ["StatementsInvalid", "graph_from_bods", "graph_to_bods", "problems", "read_graph"]
