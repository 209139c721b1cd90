"""One selfie with everything that was measured in it, computed once, when first asked for."""

from fourcorners.kit.lazy import lazy
from fourcorners.vision.faces import Embedding, Face, FaceMesh, FaceView, embed, find_faces, fit_mesh, view_of
from fourcorners.vision.faces.coverings import Coverings, find_coverings
from fourcorners.vision.picture import Picture

__all__ = ["SelfieFrame"]


class SelfieFrame:
    """A photo of (supposedly) one person. Boxes and points are in photo pixels."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    @lazy
    def faces(self) -> tuple[Face, ...]:
        """All faces, the most prominent first; also covered ones, and in a picture that stands on its side or head."""
        return find_faces(self.picture.pixels, expected=True)

    @lazy
    def face(self) -> Face | None:
        """The most prominent face."""
        return self.faces[0] if self.faces else None

    @lazy
    def mesh(self) -> FaceMesh | None:
        """Dense landmarks of the largest face."""
        return None if self.face is None else fit_mesh(self.picture.pixels, self.face)

    @lazy
    def view(self) -> FaceView | None:
        """The largest face, upright and at a fixed size."""
        return None if self.mesh is None else view_of(self.picture.pixels, self.mesh)

    @lazy
    def coverings(self) -> Coverings | None:
        """What covers the largest face, and where."""
        return None if self.mesh is None else find_coverings(self.picture.pixels, self.mesh, self.face)

    @lazy
    def embedding(self) -> Embedding | None:
        """The default embedder's vector of the largest face."""
        return None if self.mesh is None else embed(self.picture.pixels, self.mesh)
