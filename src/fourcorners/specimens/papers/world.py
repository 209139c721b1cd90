"""Papers of many countries, each written out line by line, in another manner than the layouts of this package."""

import io
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from fourcorners.kit.data import load_toml
from fourcorners.specimens.papers.layouts import Sheet
from fourcorners.specimens.papers.model import DAY, PaperSpecimen, PaperTruth

__all__ = ["WORLD_PAPERS", "draw_world_paper"]

FAMILIES = ("roboto", "sans", "roboto-light", "sans-light")
"""Typefaces with all the letters that these countries write."""

LANGUAGES = {"FR": "fr", "CA": "en", "DE": "de", "AT": "de", "NL": "nl", "BE": "nl", "ES": "es"}
"""Whose months are printed; elsewhere numbers or English."""

FIELDS = ("a", "b", "c", "d")


def _table() -> Mapping[str, Any]:
    return load_toml("fourcorners.specimens.papers", "world.toml")


WORLD_PAPERS = len(_table()["papers"])
"""How many papers are written out."""


def draw_world_paper(number: int, *, seed: int) -> PaperSpecimen:
    """Paper `number` (0 to WORLD_PAPERS - 1) with a holder, an address and a day by lot; the same bytes every time."""
    rng = np.random.default_rng((seed, number, 67))
    paper = _table()["papers"][number]
    country: str = paper["country"]
    known = _table()[country]
    name, place = str(rng.choice(known["people"])), known["places"][int(rng.integers(len(known["places"])))]
    issued = DAY - timedelta(days=int(rng.integers(3, 80)))
    days = {
        "day": issued,
        "due": issued + timedelta(days=int(rng.integers(10, 29))),
        "from": issued - timedelta(days=int(rng.integers(35, 60))),
        "until": issued - timedelta(days=int(rng.integers(3, 6))),
        "end": DAY + timedelta(days=300),
        "born": date(1980, 1, 1) + timedelta(days=int(rng.integers(0, 8000))),
    }
    words = {key: _printed(day, paper, country) for key, day in days.items()}
    words |= {"name": name, "issuer": paper["issuer"], "place": ", ".join(place)}
    words |= dict(zip(FIELDS, place, strict=False))
    lease = paper["kind"] == "rental_agreement"
    truth = PaperTruth(
        paper["kind"], country, f"world {number}", name, words["place"], paper["issuer"], issued,
        days["end"] if lease else None,
    )  # fmt: skip
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setProducer("Fourcorners specimens")
    sheet = Sheet(canvas, str(rng.choice(FAMILIES)))
    for line in paper["lines"]:
        x, y, size, text = line.split(" ", 3)
        if not any(f"{{{field}}}" in text for field in FIELDS[len(place) :]):
            field = next((key for key in ("name", "a", "day") if text == f"{{{key}}}"), "")
            named = {"a": "address", "day": "issue_date"}.get(field, field)
            sheet.text(float(x), float(y), text.format(**words), float(size.rstrip("b")), size.endswith("b"), named)
    canvas.showPage()
    canvas.save()
    written = issued.strftime("D:%Y%m%d").encode()
    return PaperSpecimen(out.getvalue().replace(b"D:20000101", written), truth, dict(sheet.places), dict(sheet.texts))


def _printed(day: date, paper: Mapping[str, Any], country: str) -> str:
    months = load_toml("fourcorners.formats", "months.toml")["names"]
    language = "fr" if country == "CA" and "Date de" in " ".join(paper["lines"]) else LANGUAGES.get(country, "en")
    form = paper["date"].replace("%B", months[language][day.month - 1])
    return day.strftime(form.replace("%-d", str(day.day)).replace("%-m", str(day.month)))
