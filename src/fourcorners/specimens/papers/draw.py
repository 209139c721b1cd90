"""Draw a made-up paper as a PDF."""

import io
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from fourcorners.kit.data import load_toml
from fourcorners.specimens.papers.facts import make_facts
from fourcorners.specimens.papers.layouts import PLANS, Sheet
from fourcorners.specimens.papers.layouts_more import EVALUATION_PLANS, MORE_PLANS
from fourcorners.specimens.papers.model import (
    COUNTRIES,
    DAY,
    EVALUATION_LAYOUTS,
    LAYOUTS,
    SPLITS,
    PaperSpecimen,
    SpecimenError,
)
from fourcorners.specimens.papers.typefaces import CORE, EVALUATION_FAMILIES, FAMILIES

__all__ = ["PAPER_KINDS", "draw_paper"]

PAPER_KINDS = tuple(load_toml("fourcorners.specimens.papers", "words.toml")["titles"])


def draw_paper(
    kind: str,
    *,
    seed: int,
    country: str | None = None,
    layout: str | None = None,
    issued: date | None = None,
    lease_end: date | None = None,
    split: str = "building",
    signed: bool = True,
    holder: str | None = None,
) -> PaperSpecimen:
    """A paper of a kind of PAPER_KINDS; what is not given is drawn by lot. The same arguments give the same bytes.

    A lease is `signed`, or not. `holder` is another name than a person's of the country. `split` says from which
    people, words, layouts and typefaces: one of SPLITS.
    Raises SpecimenError for a kind, country, layout or split that does not exist.
    """
    if split not in SPLITS:
        raise SpecimenError(f"There is no split {split}; there are {', '.join(SPLITS)}.")
    apart = split == "evaluation"
    rng = np.random.default_rng((seed, 61))
    country = country or str(rng.choice(COUNTRIES))
    lot = str(rng.choice(EVALUATION_LAYOUTS if apart else LAYOUTS))
    lease = "prose_lease" if apart else "lease"
    layout = lease if kind == "rental_agreement" else layout or lot
    plans = {**PLANS, **MORE_PLANS, **EVALUATION_PLANS}
    if kind not in PAPER_KINDS or country not in COUNTRIES or layout not in plans:
        raise SpecimenError(f"There is no {kind} of {country} laid out as {layout}.")
    issued = issued or DAY - timedelta(days=int(rng.integers(3, 80)))
    facts = make_facts(kind, country, layout, issued, lease_end or DAY + timedelta(days=300), rng, split)
    if holder is not None:
        facts = replace(facts, truth=replace(facts.truth, name=holder))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setProducer("Fourcorners specimens")
    families = EVALUATION_FAMILIES if apart else FAMILIES
    western = facts.country["language"] not in ("pl", "tr")
    sheet = Sheet(canvas, str(rng.choice([f for f in families if western or f not in CORE])))
    plans[layout](sheet, facts, rng)
    if kind == "rental_agreement" and signed:
        sheet.sign(120, 262, facts.truth.name, rng)
    canvas.showPage()
    canvas.save()
    written = issued.strftime("D:%Y%m%d").encode()
    return PaperSpecimen(
        out.getvalue().replace(b"D:20000101", written), facts.truth, dict(sheet.places), dict(sheet.texts)
    )
