"""POA6: every reason is triggered by a paper, and not given for a good one."""

import io
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from fourcorners.checks.address import CHECKS
from fourcorners.checks.address.submission import (
    AddressClaims,
    AddressClaimsRefused,
    Submission,
    Supplement,
    open_submission,
)
from fourcorners.checks.address.supplement import Lack, lacking
from fourcorners.checks.run import run_group
from fourcorners.kit.errors import Refusal
from fourcorners.specimens.papers import PaperSpecimen, draw_paper, edit_paper, photograph_paper
from fourcorners.verdict.paper import judge_paper

DAY = date(2026, 11, 1)
ISSUED = date(2026, 10, 5)


def drawn(kind: str = "electricity_bill", **changed: object) -> PaperSpecimen:
    return draw_paper(kind, **{"seed": 3, "country": "GB", "layout": "labelled", "issued": ISSUED, **changed})


def case(paper: PaperSpecimen, file: bytes | None = None, **claimed: str) -> Submission:
    truth = paper.truth
    claims = {"name": truth.name, "address": truth.address, "country": truth.country, **claimed}
    return open_submission(paper.pdf if file is None else file, AddressClaims(**claims), today=DAY)


def reasons(submission: Submission) -> Mapping[str, str]:
    findings = run_group("address", CHECKS, submission, None, "paper")
    return {f.reason: f.outcome.value for f in findings if f.reason}


def written(*lines: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for n, line in enumerate(lines):
        canvas.drawString(60, 780 - 16 * n, line)
    canvas.save()
    return out.getvalue()


def test_poa6_a_good_paper_is_approved() -> None:
    verdict = judge_paper(case(drawn()))
    assert (verdict.decision.value, verdict.reasons, verdict.rules) == ("approve", (), "DEFAULT-individual")


CASES = {
    "poa_type": lambda: case(drawn("invoice")),
    "poa_mobile_bill": lambda: case(drawn("mobile_bill")),
    "poa_too_old": lambda: case(drawn(issued=date(2026, 7, 31))),
    "poa_date_in_future": lambda: case(drawn(issued=date(2026, 11, 2))),
    "poa_name": lambda: case(drawn(), name="Wilhelmina Zander"),
    "poa_address": lambda: case(drawn(), address="7 Elsewhere Road, Leeds, LS1 1AA"),
    "poa_lease_short": lambda: case(drawn("rental_agreement", lease_end=date(2026, 12, 31))),
    "poa_edited": lambda: case(drawn(), edit_paper(drawn(), "patch", seed=3).pdf),
    "poa_text_differs": lambda: case(drawn(), edit_paper(drawn(), "hidden", seed=3).pdf),
    "poa_no_date": lambda: case(
        drawn(),
        written("Northmoor Power Ltd", "Electricity bill", "Ann Lee", "4 Mill Lane", "Leeds", "LS6 3QT", "312 kWh"),
    ),
    "poa_incomplete": lambda: case(
        drawn(), written("Northmoor Power Ltd", "Electricity bill", "Date: 5 October 2026", "312 kWh")
    ),
    "poa_not_residential": lambda: case(drawn(), address="P.O. Box 12, Leeds, LS6 3QT"),
    "poa_same_as_id": lambda: case(drawn(), written("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "PASSPORT")),
    "pdf_scripted": lambda: case(drawn(), drawn().pdf.replace(b"/Type /Catalog", b"/JS (x) /Type /Catalog")),
}


@pytest.mark.parametrize("code", CASES)
def test_poa6_every_reason_has_its_paper(code: str) -> None:
    assert reasons(CASES[code]()).get(code) == "fail"


@pytest.mark.parametrize("code", ["pdf_encrypted", "pdf_attachment", "pdf_empty", "pdf_too_long", "page_too_large"])
def test_poa4_a_refused_file_is_a_reason(code: str) -> None:
    refused = type("Refused", (Refusal,), {"code": code})("No.")
    found = reasons(Submission(today=DAY, refused=refused))
    assert found[code] == "fail"
    assert found["not_assessed_file"] == "not_assessed"


def test_poa6_pictures_that_are_cut_off_blurred_or_screenshots() -> None:
    paper = drawn()
    photo = np.asarray(Image.open(io.BytesIO(photograph_paper(paper, seed=3, severity=0.1)[0])))
    middle = photo[300:1500, 420:1080]
    assert reasons(case(paper, png(middle))).get("poa_cropped") == "fail"
    assert reasons(case(paper, png(np.full((900, 700, 3), 200, np.uint8)))).get("poa_illegible") == "fail"
    screen = np.full((2532, 1170, 3), 255, np.uint8)
    screen[700:1900, 100:1000] = photo[300:1500, 300:1200]
    assert "poa_screenshot" in reasons(case(paper, png(screen)))


CYRILLIC = (
    "Саратовводоканал",
    "Квитанция на оплату воды",
    "Плательщик: Смирнова Ольга Викторовна",
    "Адрес: ул. Московская, д. 118, кв. 22",
    "г. Саратов",
    "Холодное водоснабжение",
    "Водоотведение",
    "Итого к оплате 480,00 руб.",
    "Оплатить до двадцатого числа",
)


def test_poa6_a_picture_in_a_script_that_is_not_read_is_illegible_and_of_no_wrong_kind() -> None:
    """The page can be read by a person; a paper of a kind that proves nothing was never handed in."""
    page = Image.new("RGB", (1240, 1754), "white")
    font = ImageFont.truetype(str(files("font_roboto") / "files" / "Roboto-Regular.ttf"), 30)
    for row, text in enumerate(CYRILLIC):
        ImageDraw.Draw(page).text((120, 120 + 90 * row), text, fill="black", font=font)
    claims = AddressClaims(name="Ольга Смирнова", address="ул. Московская 118, Саратов", country="RU")
    submission = open_submission(png(np.asarray(page)), claims, today=DAY)
    findings = run_group("address", CHECKS, submission, None, "paper")
    legible = next(f for f in findings if f.check == "paper_legible")
    assert (legible.outcome.value, legible.reason) == ("fail", "poa_illegible")
    assert "script" in [fact.name for fact in legible.evidence]
    verdict = judge_paper(submission)
    assert [b.code for b in verdict.because if b.code in ("poa_type", "poa_illegible", "poa_name")] == ["poa_illegible"]


def png(pixels: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


AGES = [
    ("GB", date(2026, 8, 1), True),
    ("GB", date(2026, 7, 31), False),
    ("DE", date(2026, 5, 1), True),
    ("DE", date(2026, 4, 30), False),
]


@pytest.mark.parametrize(("country", "issued", "good"), AGES)
def test_poa2_age_is_counted_in_calendar_months_of_the_jurisdiction(country: str, issued: date, good: bool) -> None:
    found = reasons(case(drawn(country=country, issued=issued)))
    assert ("poa_too_old" not in found) is good


@pytest.mark.parametrize(("end", "good"), [(date(2027, 1, 1), True), (date(2026, 12, 31), False)])
def test_poa2_a_lease_runs_two_more_months(end: date, good: bool) -> None:
    found = reasons(case(drawn("rental_agreement", lease_end=end)))
    assert ("poa_lease_short" not in found) is good


def test_poa2_a_lease_of_an_institution_is_judged_by_its_date() -> None:
    recent = drawn("rental_agreement", issued=DAY - timedelta(days=300), lease_end=date(2026, 11, 20))
    assert not {"poa_lease_short", "poa_too_old"} & set(reasons(case(recent, applicant="institution")))


def test_poa3_the_identity_file_itself_proves_no_address() -> None:
    paper = drawn()
    digest = case(paper).paper.sha256
    assert reasons(case(paper, identity_sha256=digest))["poa_same_as_id"] == "fail"


def test_a_driving_licence_counts_in_the_united_states_after_a_state_id() -> None:
    licence = written(
        "DRIVER LICENSE", "Bill to", "Daniel Foster", "12 Maple Street", "Springfield, IL 62704", "Issued: 10/05/2026"
    )
    paper = drawn(country="US")
    assert "poa_same_as_id" in reasons(case(paper, licence))
    assert "poa_same_as_id" not in reasons(case(paper, licence, identity_kind="state_id"))


def test_without_claims_nothing_is_compared() -> None:
    found = reasons(open_submission(drawn().pdf, today=DAY))
    assert found == {"not_assessed_no_claims": "not_assessed", "not_assessed_not_required": "not_assessed"}


def test_claims_out_of_order_are_refused() -> None:
    for wrong in ({"country": "Atlantis"}, {"applicant": "ghost"}, {"name": " "}, {"identity_sha256": "12"}):
        with pytest.raises(AddressClaimsRefused):
            AddressClaims(**wrong)


def test_poa7_who_lives_with_a_parent_hands_in_an_attestation_and_the_parents_paper() -> None:
    owner = drawn(country="US")
    letter = written("I attest that Sam Foster lives with me.", owner.truth.name, owner.truth.address)
    attestation = case(owner, letter, name="Sam Foster")

    def missing(letter: Submission, paper: PaperSpecimen, relation: str) -> tuple[Lack, ...]:
        return lacking(Supplement(attestation=letter, paper=case(paper), relation=relation))

    assert missing(attestation, owner, "parent") == ()
    assert missing(attestation, owner, "landlord") == (Lack.RELATION,)
    assert missing(case(owner, letter, name="Kim Roe"), owner, "spouse") == (Lack.APPLICANT_NOT_NAMED,)
    old = drawn(country="US", issued=date(2026, 1, 5))
    assert Lack.OWNERS_PAPER in missing(attestation, old, "parent")
    british = drawn()
    assert missing(case(british, letter), british, "parent") == (Lack.NOT_OFFERED,)
