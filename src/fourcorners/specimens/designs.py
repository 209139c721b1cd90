"""Made-up templates of documents, and the words that they print: all from data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from fourcorners.kit.data import load_toml
from fourcorners.specimens.canvas import Colour
from fourcorners.specimens.model import DocumentKind, Holder, SpecimenError
from fourcorners.specimens.templates import expanded_templates

__all__ = [
    "DEMO",
    "Design",
    "Layout",
    "design_named",
    "designs_of",
    "field_values",
    "label",
    "layout_named",
    "title_words",
]

_PACKAGE = "fourcorners.specimens"
DEMO = "demo"
MIRRORED = " mirrored"
Layout = Mapping[str, Any]


@dataclass(frozen=True)
class Design:
    """One template. Colours are RGB; `print` names a net of lines; `laminate` is the surface's shine, 0..1.

    `mrz` is the format of its machine-readable zone where it is not that of its kind, "" for none. `split` says what
    its pictures may be used for: "train", "tuning", "evaluation"; or "demo" for the ten that everything has seen.
    """

    name: str
    kind: DocumentKind
    state: str
    state_names: tuple[str, ...]
    languages: tuple[str, ...]
    front: str
    print: str
    paper: tuple[Colour, Colour]
    inks: tuple[Colour, ...]
    title_colour: Colour
    label_colour: Colour
    value_colour: Colour
    emblem: str
    fonts: Mapping[str, str]
    date: str
    portrait_tone: str
    laminate: float
    back: str | None = None
    codes: str | None = None
    header_colour: Colour | None = None
    aamva_issuer: str | None = None
    mrz: str | None = None
    split: str = DEMO


@cache
def _designs() -> Mapping[str, Design]:
    designs = {}
    for entry in (*load_toml(_PACKAGE, "designs.toml")["design"], *expanded_templates()):
        values = {name: _frozen(value) for name, value in entry.items()}
        designs[entry["name"]] = Design(**{**values, "kind": DocumentKind(entry["kind"])})
    return designs


def _frozen(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def design_named(name: str) -> Design:
    """The design of that name. Raises SpecimenError where there is none."""
    try:
        return _designs()[name]
    except KeyError:
        raise SpecimenError(f"No design is called {name!r}; there are {', '.join(_designs())}.") from None


def designs_of(kind: DocumentKind | None = None, split: str | None = DEMO) -> tuple[Design, ...]:
    """The designs of a kind of document (None: of all) in a split (None: in all), in a fixed order.

    A kind that has no design for demonstration gives those for training instead.
    """
    found = [design for design in _designs().values() if kind in (None, design.kind)]
    chosen = tuple(design for design in found if split in (None, design.split))
    return chosen or (designs_of(kind, "train") if split == DEMO else ())


def layout_named(name: str) -> Layout:
    """Where things stand on a side, as `layouts.toml` says; a name that ends in " mirrored" swaps left and right."""
    layout: Layout = load_toml(_PACKAGE, "layouts.toml")[name.removesuffix(MIRRORED)]
    return _mirrored(layout) if name.endswith(MIRRORED) else layout


def _mirrored(layout: Layout) -> Layout:
    """The portrait and the block of fields change sides. What runs across stays: header, titles, stripe, MRZ."""
    portrait_x, _, portrait_width, _ = layout["portrait"]
    left = min(x for _, x, _, _ in layout["fields"])
    right = max(x + width for _, x, _, width in layout["fields"])
    on_the_left = portrait_x < left
    block_shift = portrait_x - left if on_the_left else portrait_x + portrait_width - right
    portrait_shift = (right - portrait_width if on_the_left else left) - portrait_x
    swapped = dict(layout)
    for name in ("portrait", "ghost", "signature", "panel"):
        if name in layout:
            x, y, width, height = layout[name]
            with_portrait = portrait_x <= x + width / 2 <= portrait_x + portrait_width
            swapped[name] = [x + (portrait_shift if with_portrait else block_shift), y, width, height]
    swapped["fields"] = [[name, x + block_shift, y, width] for name, x, y, width in layout["fields"]]
    return swapped


def label(design: Design, field: str) -> str | None:
    """The printed name of a field in the languages of the design, or its code; None where it has none."""
    if design.codes is not None:
        code: str | None = _words(design.codes).get(field)
        if code is not None:
            return code or None
    found = [_words(language)[field] for language in design.languages if field in _words(language)]
    return " / ".join(dict.fromkeys(found)) or None


def title_words(design: Design) -> str:
    """What the document calls itself."""
    return " / ".join(dict.fromkeys(_words(language)[design.kind] for language in design.languages))


def _words(language: str) -> Mapping[str, Any]:
    """What documents call their fields; a field without a word is printed without a label."""
    return load_toml(_PACKAGE, f"labels/{language}.toml")


def field_values(design: Design, holder: Holder) -> dict[str, tuple[str, str]]:
    """For each field its value (dates as YYYY-MM-DD) and how this design prints it."""
    upper = {
        "family_name": holder.family_name,
        "given_names": holder.given_names,
        "birth_place": holder.birth_place,
        "address": f"{holder.street}, {holder.city} {holder.state} {holder.postcode}",
        "authority": holder.authority,
    }
    plain = {
        "document_number": holder.document_number,
        "personal_number": holder.personal_number,
        "sex": holder.sex,
        "nationality": holder.nationality,
        "issuing_state": design.state,
        "document_type": "P",
        "visa_type": "C",
        "entries": "MULT",
        "duration": "90",
        "permit_type": "D",
        "remarks": "A1 - T3",
        "height": f"{holder.height_cm} cm",
        "eyes": holder.eyes,
        "categories": "AM A1 B" if design.codes == "eu_codes" else "C",
    }
    dates = {"birth_date": holder.birth_date, "issue_date": holder.issue_date, "expiry_date": holder.expiry_date}
    values = {name: (value, _upper(value)) for name, value in upper.items()}
    values |= {name: (value, value) for name, value in plain.items()}
    return values | {name: (day.isoformat(), _printed_date(design, day)) for name, day in dates.items()}


def _upper(text: str) -> str:
    """Capitals as documents print them: a German sharp s stays as it is."""
    return "".join(letter if letter == "ß" else letter.upper() for letter in text)


def _printed_date(design: Design, day: date) -> str:
    months = dict.fromkeys(_words(language)["months"][day.month - 1] for language in design.languages)
    return day.strftime(design.date).replace("{month}", "/".join(months))
