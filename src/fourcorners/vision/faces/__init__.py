"""Faces: where they are, their landmarks, and who they might be."""

from fourcorners.vision.faces.embed import Embedding, distance, embed, similarity
from fourcorners.vision.faces.embedders import EMBEDDER_FILE, Embedder, EmbedderRefused, embedder
from fourcorners.vision.faces.eyes import Eye
from fourcorners.vision.faces.face import Face
from fourcorners.vision.faces.find import find_faces
from fourcorners.vision.faces.mesh import FaceMesh, Pose, fit_mesh
from fourcorners.vision.faces.view import FaceView, view_of

__all__ = [
    "EMBEDDER_FILE",
    "Embedder",
    "EmbedderRefused",
    "Embedding",
    "Eye",
    "Face",
    "FaceMesh",
    "FaceView",
    "Pose",
    "distance",
    "embed",
    "embedder",
    "find_faces",
    "fit_mesh",
    "similarity",
    "view_of",
]
