"""The grammar of templates: a nation's issue of a form, coloured and printed as chance, seeded by its name, says."""

from collections.abc import Iterator
from typing import Any
from zlib import crc32

import numpy as np

from fourcorners.kit.data import load_toml
from fourcorners.specimens.model import STATE

__all__ = ["expanded_templates"]

GREY_PORTRAIT_SHARE = 0.25
MIRRORED_SHARE = 0.5
FIRST_ISSUER = 696911
"""Issuer numbers of licences that no jurisdiction has (AAMVA hands out 636000 to 636062 and 604426 to 604435)."""


def expanded_templates() -> Iterator[dict[str, Any]]:
    """Values of `designs.Design` for each issue of each nation of `templates.toml`."""
    grammar = load_toml("fourcorners.specimens", "templates.toml")
    for number, (nation_name, nation) in enumerate(grammar["nations"].items()):
        for turn, form_name in enumerate(nation["issues"]):
            form = grammar["forms"][form_name]
            name = f"{nation_name}_{form_name}"
            rng = np.random.default_rng(crc32(name.encode()))
            palette = grammar["palettes"][nation["palettes"][turn % len(nation["palettes"])]]
            mirrored = form.get("may_be_mirrored", False) and rng.random() < MIRRORED_SHARE
            yield {
                "name": name,
                "kind": form["kind"],
                "split": nation["split"],
                "state": STATE,
                "state_names": nation["state_names"],
                "languages": nation["languages"],
                "front": form["front"] + (" mirrored" if mirrored else ""),
                "back": form.get("back"),
                "mrz": form.get("mrz"),
                "codes": form.get("codes"),
                "print": nation["prints"][turn % len(nation["prints"])],
                "paper": palette["paper"],
                "inks": palette["inks"],
                "title_colour": palette["title"],
                "label_colour": palette["label"],
                "value_colour": palette["value"],
                "emblem": nation["emblem"],
                "fonts": grammar["types"][nation["type"]],
                "date": nation["date"],
                "portrait_tone": "grey" if rng.random() < GREY_PORTRAIT_SHARE else "colour",
                "laminate": round(float(rng.uniform(*form["laminate"])), 2),
                "aamva_issuer": str(FIRST_ISSUER + number) if form.get("aamva") else None,
            }
