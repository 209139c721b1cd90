"""One selfie with everything that was measured in it, computed once, when first asked for."""

from functools import cached_property

from fourcorners.vision.faces import Face, FaceMesh, find_faces, fit_mesh
from fourcorners.vision.picture import Picture

__all__ = ["SelfieFrame"]


class SelfieFrame:
    """A photo of (supposedly) one person. Boxes and points are in photo pixels."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    @cached_property
    def faces(self) -> tuple[Face, ...]:
        """All faces, largest first."""
        return find_faces(self.picture.pixels)

    @cached_property
    def face(self) -> Face | None:
        """The largest face."""
        return self.faces[0] if self.faces else None

    @cached_property
    def mesh(self) -> FaceMesh | None:
        """Dense landmarks of the largest face."""
        return None if self.face is None else fit_mesh(self.picture.pixels, self.face)
