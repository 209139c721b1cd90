"""One selfie with everything that was measured in it, computed once, when first asked for."""

from functools import cached_property

from fourcorners.vision.faces import Embedding, Face, FaceMesh, FaceView, embed, find_faces, fit_mesh, view_of
from fourcorners.vision.picture import Picture

__all__ = ["SelfieFrame"]


class SelfieFrame:
    """A photo of (supposedly) one person. Boxes and points are in photo pixels."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """All faces, largest first; also those in a picture that stands on its side or head."""
        return find_faces(self.picture.pixels, turned=True)

    @cached_property
    def face(self) -> Face | None:
        """The largest face."""
        return self.faces[0] if self.faces else None

    @cached_property
    def mesh(self) -> FaceMesh | None:
        """Dense landmarks of the largest face."""
        return None if self.face is None else fit_mesh(self.picture.pixels, self.face)

    @cached_property
    def view(self) -> FaceView | None:
        """The largest face, upright and at a fixed size."""
        return None if self.mesh is None else view_of(self.picture.pixels, self.mesh)

    @cached_property
    def embedding(self) -> Embedding | None:
        """The default embedder's vector of the largest face."""
        return None if self.mesh is None else embed(self.picture.pixels, self.mesh)
