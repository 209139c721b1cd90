"""One selfie with everything that was measured in it, computed once, when first asked for."""

from fourcorners.kit.lazy import lazy
from fourcorners.vision.faces import Embedding, Face, FaceMesh, FaceView, embed, find_faces, fit_mesh, view_of
from fourcorners.vision.faces.coverings import Covering, evidence_for
from fourcorners.vision.picture import Picture

__all__ = ["SelfieFrame"]


class SelfieFrame:
    """A photo of (supposedly) one person. Boxes and points are in photo pixels."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture
        self._coverings: dict[str, Covering | None] = {}

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

    def covering(self, name: str) -> Covering | None:
        """Evidence that `name` (one of faces.coverings.COVERINGS) is on the face; None where it cannot be seen."""
        if name not in self._coverings:
            seen = None if self.view is None or self.mesh is None else evidence_for(self.view, self.mesh, name)
            self._coverings[name] = seen
        return self._coverings[name]

    @lazy
    def embedding(self) -> Embedding | None:
        """The default embedder's vector of the largest face."""
        return None if self.mesh is None else embed(self.picture.pixels, self.mesh)
