"""The case: what one applicant handed in, decoded, with everything that was measured in it."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from fourcorners.checks.claims import Claims, ClaimsRefused, parse_claims
from fourcorners.kit.errors import Refusal
from fourcorners.vision.decode import decode
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.fields import DocumentReading, ReadField, merge
from fourcorners.vision.mrz import MrzReading
from fourcorners.vision.picture import Picture
from fourcorners.vision.selfie import SelfieFrame

__all__ = ["SUBJECTS", "Case", "Claims", "ClaimsRefused", "Source", "open_case", "parse_claims"]

SUBJECTS = ("front", "back", "selfie")
"""The pictures of a case, in the order shown to people."""

Source: TypeAlias = bytes | str | Path
"""A picture: its bytes, or the path of its file."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Case:
    """One applicant's pictures and claims. `refused` holds, per subject, why its file was not a picture.

    `today` is the day on which age and expiry are judged: the case holds no clock, so that it can be replayed.
    """

    today: date
    front: DocumentFrame | None = None
    back: DocumentFrame | None = None
    selfie: SelfieFrame | None = None
    claims: Claims = field(default_factory=Claims)
    refused: Mapping[str, Refusal] = field(default_factory=dict)

    @property
    def frames(self) -> Mapping[str, DocumentFrame | SelfieFrame]:
        """The pictures that could be decoded, by subject."""
        pairs = (("front", self.front), ("back", self.back), ("selfie", self.selfie))
        return {subject: frame for subject, frame in pairs if frame is not None}

    @property
    def sides(self) -> Mapping[str, DocumentFrame]:
        """The sides of the document that could be decoded."""
        return {s: frame for s, frame in (("front", self.front), ("back", self.back)) if frame is not None}

    @property
    def given(self) -> tuple[str, ...]:
        """The subjects that were handed in, readable or not."""
        return tuple(s for s in SUBJECTS if s in self.frames or s in self.refused)

    @cached_property
    def reading(self) -> DocumentReading:
        """What both sides of the document say together."""
        return merge(frame.reading for frame in self.sides.values())

    @property
    def mrz(self) -> tuple[str, MrzReading] | None:
        """The machine-readable zone and the side it is on. Of two the one that was read better, else the front's."""
        found = [(side, frame.mrz) for side, frame in self.sides.items() if frame.mrz is not None]
        return max(found, key=lambda f: (f[1].sure, f[1].check_digits_agree, f[1].mrz is not None), default=None)

    def side_of(self, entry: ReadField) -> str:
        """The side on which `entry` was read; `case` when it is on neither."""
        for side, frame in self.sides.items():
            if any(entry is other for other in frame.reading.fields.get(entry.name, ())):
                return side
        return "case"

    def alone(self, subject: str) -> "Case":
        """The same case with no other picture than `subject`."""
        frames = {s: self.frames.get(s) if s == subject else None for s in SUBJECTS}
        refused = {s: r for s, r in self.refused.items() if s == subject}
        return replace(self, refused=refused, **frames)  # type: ignore[arg-type]


DECODERS = 2
"""Pictures decoded at a time: each takes one core."""


def open_case(
    document: Source | Sequence[Source] = (),
    selfie: Source | None = None,
    claims: Claims | Mapping[str, object] | str | bytes | None = None,
    *,
    today: date,
) -> Case:
    """Decode what was handed in. `document` is one picture, or the front and the back.

    A file that is no picture does not raise: it is kept in `refused`. Raises ClaimsRefused, and ValueError for more
    than two pictures of a document.
    """
    sides = [document] if isinstance(document, (bytes, str, Path)) else list(document)
    if len(sides) > 2:
        raise ValueError("A document has a front and a back: two pictures at most.")
    sources = {**dict(zip(("front", "back"), sides, strict=False)), **({} if selfie is None else {"selfie": selfie})}
    with ThreadPoolExecutor(DECODERS) as threads:
        opened = dict(zip(sources, threads.map(_opened, sources.values()), strict=True))
    refused = {subject: found for subject, found in opened.items() if isinstance(found, Refusal)}
    pictures = {subject: found for subject, found in opened.items() if isinstance(found, Picture)}
    known = claims if isinstance(claims, Claims) else Claims() if claims is None else parse_claims(claims)
    return Case(
        today=today,
        front=DocumentFrame(pictures["front"], today) if "front" in pictures else None,
        back=DocumentFrame(pictures["back"], today) if "back" in pictures else None,
        selfie=SelfieFrame(pictures["selfie"]) if "selfie" in pictures else None,
        claims=known,
        refused=refused,
    )


def _opened(source: Source) -> Picture | Refusal:
    try:
        return decode(source, strict_name=True)
    except Refusal as refusal:
        return refusal
