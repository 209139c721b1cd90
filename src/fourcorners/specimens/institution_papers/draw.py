"""Draw a made-up paper of an institution as a PDF."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from fourcorners.specimens.institution_papers.company import make_institution, place_of, words_of
from fourcorners.specimens.institution_papers.layouts import (
    PLANS,
    TABLES,
    Content,
    signature_block,
    write_filler,
    write_marks,
)
from fourcorners.specimens.institution_papers.layouts_apart import APART_FORMS, APART_PROSE, APART_TABLES
from fourcorners.specimens.institution_papers.model import (
    COUNTRIES,
    DAY,
    KINDS,
    LISTS,
    SPLITS,
    Institution,
    InstitutionPaper,
    InstitutionTruth,
    SpecimenError,
)
from fourcorners.specimens.papers import COUNTRIES as BILL_COUNTRIES
from fourcorners.specimens.papers import draw_paper
from fourcorners.specimens.papers.facts import printed_date
from fourcorners.specimens.papers.layouts import Sheet
from fourcorners.specimens.papers.typefaces import CORE, EVALUATION_FAMILIES, FAMILIES

__all__ = ["FORMS_OF", "draw_institution_paper"]

FORMS_OF = {"ownership": ("register", "chart"), "authorisation": ("letter", "board_resolution")}
"""Kinds that come in two forms."""

FORM_KINDS = ("registration", "licence", "directors_register", "ownership", "state_ownership", "aml_programme")
"""Kinds that are laid out as forms; of these the lists and questionnaires always are."""

SIGNED_KINDS = ("partnership_agreement", "ownership", "authorisation", "trust_deed", "supplement_letter")
ROWS = {
    "registration": (
        "legal_name", "registration_number", "status", "incorporation_date", "registered_address", "capital",
        "tax_number", "lei", "issue_date",
    ),
    "licence": ("legal_name", "registration_number", "registered_address", "issue_date", "expiry_date"),
    "directors_register": ("legal_name", "registration_number", "registered_address"),
    "ownership": ("legal_name", "registration_number"),
    "state_ownership": ("legal_name", "registration_number", "issue_date"),
    "aml_programme": ("legal_name", "registration_number", "lei"),
}  # fmt: skip
HEADLESS = ("centred", "bare")
"""Layouts that print the name only where the text says it."""

OPTIONAL = ("tax_number", "lei", "capital", "status")
BILLS = ("electricity_bill", "water_bill", "gas_bill", "bank_statement", "landline_bill")
PLACEHOLDERS = {
    "name": "legal_name",
    "number": "registration_number",
    "tax": "tax_number",
    "lei": "lei",
    "address": "registered_address",
    "made": "incorporation_date",
    "day": "issue_date",
    "end": "expiry_date",
    "person": "authorised_person",
}


def draw_institution_paper(
    kind: str,
    *,
    seed: int,
    country: str | None = None,
    form: str = "",
    layout: str | None = None,
    dated: date | None = None,
    ends: date | None = None,
    signed: bool = True,
    marks: tuple[str, ...] = (),
    one_page: bool = False,
    split: str = "building",
) -> InstitutionPaper:
    """A paper of a kind of KINDS; what is not given is drawn by lot. The same arguments give the same bytes.

    `form` is one of FORMS_OF; `dated` the day of issue or signature, `ends` that of a licence; `marks` of
    `certified_copy`, `sworn_translation`; deeds may have a second page unless `one_page`; `split` as of `draw_paper`.
    Raises SpecimenError for what does not exist.
    """
    if kind not in KINDS or split not in SPLITS or (country is not None and country not in COUNTRIES):
        raise SpecimenError(f"There is no {kind} of {country} in the split {split}.")
    rng = np.random.default_rng((seed, 71))
    country = country or str(rng.choice(COUNTRIES))
    institution = make_institution(kind, country, rng, split)
    day = dated or DAY - timedelta(days=int(rng.integers(3, 330)))
    if kind == "business_address":
        return _bill(institution, seed, dated or DAY - timedelta(days=int(rng.integers(3, 80))), split)
    form = form or str(rng.choice(FORMS_OF.get(kind, ("",))))
    drawing = _Drawing(institution, kind, form, split, rng)
    drawing.one_page = one_page
    return drawing.draw(day, ends or DAY + timedelta(days=400), layout, signed=signed, marks=marks)


class _Drawing:
    """One paper being drawn."""

    def __init__(self, institution: Institution, kind: str, form: str, split: str, rng: np.random.Generator) -> None:
        self.of, self.kind, self.form, self.rng = institution, kind, form, rng
        self.apart = split == "evaluation"
        self.place = place_of(institution.country, split)
        self.language: str = self.place["language"]
        self.words = words_of(self.language, split)
        self.one_page = False
        self.said = ""
        self.dates = str(rng.choice(self.place["dates"]))

    def draw(
        self, day: date, ends: date, layout: str | None, *, signed: bool, marks: tuple[str, ...]
    ) -> InstitutionPaper:
        values = {
            "legal_name": self.of.legal_name,
            "registration_number": self.of.registration_number,
            "tax_number": self.of.tax_number,
            "lei": self.of.lei,
            "registered_address": self.of.registered_address,
            "incorporation_date": self._printed(self.of.incorporation_date),
            "issue_date": self._printed(day),
            "expiry_date": self._printed(ends),
            "authorised_person": self.of.authorised_user,
        }
        as_form = self.kind in FORM_KINDS and (self.kind in (*LISTS, "aml_programme") or self.rng.random() < 0.6)
        plans = {**(APART_FORMS if as_form else APART_PROSE)} if self.apart else _of_sort(as_form)
        layout = layout if layout is not None and layout in plans else str(self.rng.choice(sorted(plans)))
        sentences = self._sentences(values) if not as_form or self.kind == "aml_programme" else ()
        rows = self._rows(values) if as_form else ()
        printed = self._fields(values, rows, as_form=as_form, headed=layout not in HEADLESS)
        signs = self.kind in SIGNED_KINDS
        shows_day = self.kind in LISTS or (signs and "issue_date" not in printed)
        if shows_day:
            printed.add("issue_date")
        content = Content(
            title=self._title(),
            name=self.of.legal_name,
            rows=rows,
            sentences=sentences,
            heads=(),
            table=(),
            total="",
            dated=(self._label("signed_date"), values["issue_date"]) if shows_day else ("", ""),
            signature=self._label("signature") if signs else "",
            signer=self.of.directors[-1] if signs else "",
            signed=signs and signed,
            marks=tuple(str(self.rng.choice(self.words["marks"][mark])) for mark in marks),
            places={key: values[key] for key in ("legal_name", "registration_number")},
        )
        content, listed = self._with_table(content)
        pdf, sheet = self._paint(content, plans[layout], layout, day)
        iso = {
            "incorporation_date": self.of.incorporation_date.isoformat(),
            "issue_date": day.isoformat(),
            "expiry_date": ends.isoformat(),
        }
        fields = {key: iso.get(key, values[key]) for key in PLACEHOLDERS.values() if key in printed}
        truth = InstitutionTruth(
            self.kind, self.form, self.of.country, layout, fields, listed, content.signed, tuple(marks)
        )
        return InstitutionPaper(pdf, truth, self.of, dict(sheet.places), dict(sheet.texts))

    def _paint(self, content: Content, plan: Any, layout: str, day: date) -> tuple[bytes, Sheet]:  # noqa: ANN401
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
        canvas.setProducer("Fourcorners specimens")
        families = EVALUATION_FAMILIES if self.apart else FAMILIES
        sheet = Sheet(canvas, str(self.rng.choice([f for f in families if self.language != "tr" or f not in CORE])))
        y = plan(sheet, content, self.rng)
        if self.kind == "aml_programme":
            for sentence in content.sentences:
                sheet.text(20, y, sentence, 9)
                y += 6.5
            y += 6
        if content.table:
            tables = APART_TABLES if self.apart else TABLES
            wanted = ("sideways", "chart") if self.form == "chart" else ("grid", "register")
            y = next(tables[name] for name in wanted if name in tables)(sheet, content, y + 4, self.rng)
        long = (
            self.kind in ("partnership_agreement", "trust_deed", "articles")
            and self.rng.random() < 0.4
            and not self.one_page
        )
        if long:
            write_marks(sheet, content, self.rng)
            canvas.showPage()
            y = 30.0
        y = write_filler(sheet, self._filler(), 20, y + 2) + 8
        signature_block(sheet, content, 20, min(max(y, 60.0), 240.0), self.rng)
        if not long:
            write_marks(sheet, content, self.rng)
        sheet.text(180, 289, self._label("page"), 7)
        canvas.showPage()
        canvas.save()
        written = day.strftime("D:%Y%m%d").encode()
        return out.getvalue().replace(b"D:20000101", written), sheet

    def _with_table(self, content: Content) -> tuple[Content, tuple[tuple[str, str], ...]]:
        columns, language, start = self.words["columns"], self.language, self.of.incorporation_date
        if self.kind == "directors_register":
            heads = tuple((key, self._column(key, plain=key == "name")) for key in ("name", "role", "appointed"))
            table = tuple(
                {
                    "name": name,
                    "role": str(self.rng.choice(columns["roles"])),
                    "appointed": self._printed(start + timedelta(days=int(self.rng.integers(0, 600)))),
                }
                for name in self.of.directors
            )
            return replace(content, heads=heads, table=table), tuple((name, "") for name in self.of.directors)
        if self.kind != "ownership":
            return content, ()
        ways = ["{} %", "{}%", "{},00 %" if language != "en" else "{}.00 %", *(["%{}"] if language == "tr" else [])]
        way = str(self.rng.choice(ways))
        heads = tuple((key, self._column(key)) for key in ("name", "shares", "share"))
        heads = tuple(h for h in heads if h[0] != "shares" or self.rng.random() < 0.6)
        table = tuple(
            {"name": name, "share": way.format(part), "shares": str(int(part) * 100)} for name, part in self.of.holders
        )
        whole = sum(int(part) for _, part in self.of.holders) == 100
        total = self._column("total") if whole and self.form == "register" and self.rng.random() < 0.6 else ""
        places = {**content.places, "share": table[0]["share"]}
        return replace(content, heads=heads, table=table, total=total, places=places), self.of.holders

    def _sentences(self, values: Mapping[str, str]) -> tuple[str, ...]:
        said = str(self.rng.choice(self.words["says"][self.kind if self.form != "board_resolution" else self.form]))
        parts = {
            "name": values["legal_name"],
            "number": values["registration_number"],
            "tax": values["tax_number"],
            "lei": values["lei"],
            "address": values["registered_address"],
            "made": values["incorporation_date"],
            "day": values["issue_date"],
            "end": values["expiry_date"],
            "person": values["authorised_person"],
            "court": self.place["court"],
            "share": f"{self.rng.integers(51, 100)} %",
        }
        self.said = said
        return tuple(s.format(**parts) for s in re.split(r"(?<=[.?]) (?=[^\W\d_]|\d\.|§|¿|\{)", said))

    def _rows(self, values: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
        extra = {"status": "AG" if self.language == "de" else "A-1", "capital": f"{self.rng.integers(10, 90)}.000"}
        keys = [k for k in ROWS[self.kind] if k not in OPTIONAL or self.rng.random() < 0.5]
        return tuple((key, self._label(key), values.get(key, extra.get(key, ""))) for key in keys)

    def _fields(
        self, values: Mapping[str, str], rows: tuple[tuple[str, str, str], ...], *, as_form: bool, headed: bool
    ) -> set[str]:
        printed = {key for key, _, _ in rows if key in values}
        if not as_form:
            printed |= {PLACEHOLDERS[p] for p in re.findall(r"{(\w+)}", self.said) if p in PLACEHOLDERS}
            printed |= {"legal_name"} if headed else set()
        return printed - ({"authorised_person"} if self.kind != "authorisation" else set())

    def _filler(self) -> list[str]:
        """Some sentences that papers of every kind have, which mention other kinds."""
        lines = self.words["filler"]
        return [str(line) for line in self.rng.permutation(lines)[: int(self.rng.integers(1, len(lines)))]]

    def _title(self) -> str:
        titles = self.words["titles"]
        return str(self.rng.choice(titles[self.form if self.form in titles else self.kind]))

    def _label(self, key: str) -> str:
        return str(self.rng.choice(self.words["labels"][key]))

    def _column(self, key: str, *, plain: bool = False) -> str:
        return str(self.words["columns"][key][0] if plain else self.rng.choice(self.words["columns"][key]))

    def _printed(self, day: date) -> str:
        return printed_date(day, self.dates, self.language)


def _of_sort(as_form: bool) -> dict[str, Any]:
    forms = ("form", "inline", "stacked")
    return {name: plan for name, plan in PLANS.items() if (name in forms) == as_form}


def _bill(institution: Institution, seed: int, day: date, split: str) -> InstitutionPaper:
    """A bill in the name of the institution; countries of which no bills are drawn take another's."""
    rng = np.random.default_rng((seed, 72))
    country = institution.country if institution.country in BILL_COUNTRIES else "GB"
    kinds = BILLS[:3] if country == "TR" else BILLS  # those that prove the address of a Turkish institution
    bill = draw_paper(
        str(rng.choice(kinds)), seed=seed, country=country, issued=day, split=split, holder=institution.legal_name
    )
    fields = {
        "legal_name": institution.legal_name,
        "business_address": bill.truth.address,
        "issue_date": day.isoformat(),
    }
    truth = InstitutionTruth("business_address", "", country, bill.truth.layout, fields)
    places = {"legal_name": bill.places["name"]} if "name" in bill.places else {}
    texts = {"legal_name": bill.texts["name"]} if "name" in bill.texts else {}
    return InstitutionPaper(bill.pdf, truth, replace(institution, country=country), places, texts)
