"""Who owns an institution: exact shares through chains and circles, control, and a proof for every owner."""

from .control import ControlStep
from .errors import GraphInvalid, GraphTooLarge, SharesExceedWhole, SubjectUnknown
from .holdings import Shortfall, threshold
from .model import Edge, EdgeKind, Graph, Node, NodeKind
from .owners import Basis, Ground, Owner, Ownership, find_owners
from .proof import Chain, Proof, Round, Step
from .reading import graph_from_json, graph_to_json, parse_share, share_text

__all__ = [
    "Basis",
    "Chain",
    "ControlStep",
    "Edge",
    "EdgeKind",
    "Graph",
    "GraphInvalid",
    "GraphTooLarge",
    "Ground",
    "Node",
    "NodeKind",
    "Owner",
    "Ownership",
    "Proof",
    "Round",
    "SharesExceedWhole",
    "Shortfall",
    "Step",
    "SubjectUnknown",
    "find_owners",
    "graph_from_json",
    "graph_to_json",
    "parse_share",
    "share_text",
    "threshold",
]
