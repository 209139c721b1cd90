"""Lines of print that somebody set anew: ground, strokes, noise and earlier savings of each line, weighed together."""

from collections.abc import Sequence

from fourcorners.checks.document.weighed import log_odds, said
from fourcorners.checks.finding import Evidence, quad
from fourcorners.checks.limits import Limits
from fourcorners.kit.geometry import Quad
from fourcorners.vision.document import DocumentFrame
from fourcorners.vision.legibility.regions import Region
from fourcorners.vision.originality.line_ground import lacking_ground
from fourcorners.vision.originality.noise_floor import Quiet
from fourcorners.vision.originality.saved_before import SavedBefore
from fourcorners.vision.originality.strokes import sharper_strokes

__all__ = ["but_for_design", "line_signs", "set_anew"]

Signs = dict[str, float]


def line_signs(
    frame: DocumentFrame,
    places: Sequence[Region],
    quads: Sequence[Quad],
    noise: Quiet | None,
    before: SavedBefore | None,
    limits: Limits,
) -> dict[int, Signs]:
    """For each of `places` that is a line of print, by its number, its signs; `quads` are theirs in the photo.

    0 for what could not be told.
    """
    lines = [n for n, place in enumerate(places) if place.kind == "text"]
    lacking = lacking_ground(frame.page.pixels, [places[n].quad for n in lines])
    sharper = sharper_strokes(frame.picture.pixels, [quads[n] for n in lines])
    signs = {}
    for n, ground, strokes in zip(lines, but_for_design(lacking, limits), sharper, strict=True):
        once = None if before is None else before.once[n]
        share = None if noise is None or noise.floor < limits["floor_min"] else noise.shares[n]
        signs[n] = {
            "ground": ground,
            "strokes": strokes or 0.0,
            "saved once": 0.0 if once is None or once[1] > limits["once_most"] else once[0],
            "noise": share or 0.0,
        }
    return signs


def but_for_design(lacking: Sequence[float | None], limits: Limits) -> list[float]:
    """What lines lack of their ground; nothing where so many do that the document was printed so."""
    blank = sum(lack is not None and lack >= limits["ground_blank"] for lack in lacking)
    by_design = blank > max(limits["blank_lines_most"], limits["blank_share_most"] * len(lacking))
    return [0.0 if lack is None or (by_design and lack > 0) else lack for lack in lacking]


def set_anew(signs: dict[int, Signs], quads: Sequence[Quad], limits: Limits) -> tuple[float, list[Evidence]]:
    """The log odds that the likeliest line was set anew, and evidence: which lines are suspect, and why."""
    odds = {n: log_odds(told, limits["line_weights"]) for n, told in signs.items()}
    scale = limits.scale("line_set_anew")
    suspect = sorted((n for n in odds if not scale.passes(odds[n])), key=lambda n: -odds[n])
    seen: list[Evidence] = [quad(quads[n], f"text: {_why(signs[n], limits)}") for n in suspect]
    if suspect:
        seen.append(said(signs[suspect[0]]))
    return max(odds.values(), default=limits["line_weights"]["one"][0]), seen


def _why(signs: Signs, limits: Limits) -> str:
    """In plain words, what is said of a line."""
    words = {
        "ground": "the pattern about it does not go on under it",
        "strokes": "its strokes are sharper than those of all lines like it",
        "saved once": "saved once, the page twice",
        "noise": "without the noise of the rest",
    }
    counted = [words[name] for name, least in limits["line_said_from"].items() if signs[name] >= least]
    return "; ".join(counted) if counted else "several weak signs together"
