"""Drawing a document: paper, print, the holder's data and portrait, the machine-readable zone, the barcode."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from fourcorners.formats import aamva, mrz
from fourcorners.specimens.barcode import draw_pdf417
from fourcorners.specimens.designs import DEMO, Design, design_named, designs_of
from fourcorners.specimens.holders import make_holder
from fourcorners.specimens.model import Document, DocumentKind, Holder, SpecimenError
from fourcorners.specimens.people import head
from fourcorners.specimens.pictures import as_u8
from fourcorners.specimens.portraits import Person, id_portrait
from fourcorners.specimens.sides import Artwork, draw_side
from fourcorners.specimens.signature import draw_signature

__all__ = ["draw"]

MRZ_OF = {
    DocumentKind.ID_CARD: (mrz.MrzFormat.TD1, "I"),
    DocumentKind.ID_CARD_TD2: (mrz.MrzFormat.TD2, "I"),
    DocumentKind.PASSPORT: (mrz.MrzFormat.TD3, "P"),
    DocumentKind.RESIDENCE_PERMIT: (mrz.MrzFormat.TD1, "IR"),
    DocumentKind.VISA_A: (mrz.MrzFormat.MRVA, "V"),
    DocumentKind.VISA_B: (mrz.MrzFormat.MRVB, "V"),
}
"""Format and document code of each kind that has a machine-readable zone."""
CODE_OF = {mrz.MrzFormat.FRID: "ID", mrz.MrzFormat.EUDL1: "D1"}
"""Document codes of the formats that only some designs use."""
FRID_STATE = "FRA"
"""The French card's layout is bound to its code: with UTO it would be read as TD2."""
FRID_NUMBER_DIGITS = 12
DEFAULT_DPI = 300
SIGNATURE_SIZE = (420, 110)


def draw(
    kind: DocumentKind | str,
    *,
    seed: int,
    portrait: Person = 0,
    design: str | None = None,
    split: str = DEMO,
    dpi: float = DEFAULT_DPI,
    mrz_font: Path | None = None,
    **overrides: str | int | date,
) -> Document:
    """Draw a document of a country that does not exist.

    `portrait` is 0 for the public-domain photograph, another number for a person derived from it, or a picture file.
    `design` names one of the templates, else the seed chooses among those of `split` (see `designs.Design`).
    `mrz_font` is a font file to set the machine-readable zone in instead of our own OCR-B. `overrides` replace fields
    of `Holder`, for example `expiry_date`. The same arguments give the same bytes. Raises SpecimenError for an unknown
    kind, design or field, or a value that cannot be printed.
    """
    try:
        kind = DocumentKind(kind)
    except ValueError:
        raise SpecimenError(f"{kind!r} is no kind of document; there are {', '.join(DocumentKind)}.") from None
    rng = np.random.default_rng((seed, 1))
    choices = designs_of(kind, split)
    if not choices:
        raise SpecimenError(f"No design of a {kind} is for {split!r}.", split=split)
    chosen = design_named(design) if design else choices[int(rng.integers(len(choices)))]
    if chosen.kind != kind:
        raise SpecimenError(f"The design {chosen.name!r} is of a {chosen.kind}, not of a {kind}.")
    holder = _overridden(
        make_holder(rng, chosen.state, None if isinstance(portrait, Path) else head(portrait).sex), overrides
    )
    if chosen.mrz == mrz.MrzFormat.FRID and "document_number" not in overrides:
        holder = replace(holder, document_number=_digits(FRID_NUMBER_DIGITS, rng))
    lines = _mrz_lines(chosen, holder)
    payload = _barcode(chosen, holder)
    photo = id_portrait(portrait, seed)
    if chosen.portrait_tone == "grey":
        photo = as_u8(cv2.cvtColor(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB))
    signature = draw_signature(f"{holder.given_names[:1]} {holder.family_name}", SIGNATURE_SIZE, rng)
    symbol = draw_pdf417(payload) if payload else None
    artwork = Artwork(photo, signature, lines, payload, symbol, mrz_font)
    front = draw_side(chosen, chosen.front, holder, artwork, dpi)
    back = draw_side(chosen, chosen.back, holder, artwork, dpi) if chosen.back else None
    return Document(kind, chosen.name, chosen.state, holder, front, back, seed)


def _digits(count: int, rng: np.random.Generator) -> str:
    return "".join(str(digit) for digit in rng.integers(0, 10, count))


def _overridden(holder: Holder, overrides: dict[str, str | int | date]) -> Holder:
    known = Holder.__dataclass_fields__
    for name, value in overrides.items():
        if name not in known:
            raise SpecimenError(f"A holder has no {name!r}; there are {', '.join(known)}.", field=name)
        if type(value) is not type(getattr(holder, name)):
            wanted = type(getattr(holder, name)).__name__
            raise SpecimenError(f"{name} must be a {wanted}.", field=name)
    checked: dict[str, Any] = dict(overrides)
    return replace(holder, **checked)


def _mrz_format(design: Design) -> tuple[mrz.MrzFormat, str] | None:
    """Format and document code; None for a design without a machine-readable zone."""
    if design.mrz is None:
        return MRZ_OF.get(design.kind)
    if not design.mrz:
        return None
    form = mrz.MrzFormat(design.mrz)
    return form, CODE_OF[form]


def _mrz_lines(design: Design, holder: Holder) -> tuple[str, ...]:
    chosen = _mrz_format(design)
    if chosen is None:
        return ()
    form, code = chosen
    optional = {mrz.MrzFormat.TD2: "", mrz.MrzFormat.MRVB: "", mrz.MrzFormat.FRID: "",
                mrz.MrzFormat.EUDL1: holder.document_number}  # fmt: skip
    return mrz.write(
        form,
        document_code=code,
        issuing_state=FRID_STATE if form is mrz.MrzFormat.FRID else design.state,
        nationality=holder.nationality,
        family_name=holder.family_name,
        given_names=holder.given_names,
        document_number=holder.document_number,
        birth_date=holder.birth_date,
        sex=holder.sex,
        expiry_date=holder.expiry_date,
        optional_data=optional.get(form, holder.personal_number),
    )


def _barcode(design: Design, holder: Holder) -> bytes:
    if design.aamva_issuer is None:
        return b""
    return aamva.write(
        issuer=design.aamva_issuer,
        family_name=holder.family_name,
        given_names=holder.given_names,
        document_number=holder.document_number,
        birth_date=holder.birth_date,
        expiry_date=holder.expiry_date,
        issue_date=holder.issue_date,
        sex=holder.sex,
        street=holder.street,
        city=holder.city,
        state=holder.state,
        postcode=holder.postcode,
    )
