"""Every code of the catalogue has a picture (or file, or claim) that triggers it, and one that does not."""

import io
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from PIL import Image

import fourcorners
from fourcorners import specimens
from fourcorners.checks.finding import Outcome
from fourcorners.verdict.catalogue import catalogue

DAY = date(2026, 11, 1)
SIZE = (1280, 960)
DESIGN = "orchard"
LIVES = {"issue_date": date(2021, 3, 1), "expiry_date": date(2031, 2, 28)}

ELSEWHERE = {
    # Codes that need no picture of their own, with the test that triggers each.
    "age_uncertain": "checks/case/test_dates.py",
    "barcode_disagrees": "checks/case/test_agreement_of_sources.py",
    "camera_blocked": "web/applicant/test_applicant_words.py",
    "country_unsupported": "web/applicant/test_applicant_words.py",
    "further_review": "workflows/test_screening_people.py",
    "id_already_verified": "workflows/test_whole_case.py",
    "live_by_person": "workflows/test_whole_case.py",
    "live_face_differs": "workflows/test_whole_case.py",
    "live_missing": "workflows/test_whole_case.py",
    "live_not_passed": "workflows/test_whole_case.py",
    "page_unresponsive": "web/applicant/test_applicant_words.py",
    "barcode_missing": "checks/case/test_barcode_valid.py",
    "check_not_made": "verdict/test_decide.py",
    "claims_missing": "verdict/test_decide.py",
    "corner_covered": "checks/document/test_outline_checks.py",
    "not_assessed_no_data": "verdict/test_decide.py",
    "not_assessed_portrait_unclear": "checks/match/test_face_matches.py",
    "claims_unconfirmed": "checks/case/test_agreement_of_sources.py",
    "page_too_large": "checks/address/test_address_reasons.py",
    "pdf_attachment": "checks/address/test_address_reasons.py",
    "pdf_empty": "checks/address/test_address_reasons.py",
    "pdf_encrypted": "checks/address/test_address_reasons.py",
    "pdf_scripted": "checks/address/test_address_reasons.py",
    "pdf_too_long": "checks/address/test_address_reasons.py",
    "poa_address": "checks/address/test_address_reasons.py",
    "poa_cropped": "checks/address/test_address_reasons.py",
    "poa_date_in_future": "checks/address/test_address_reasons.py",
    "poa_edited": "checks/address/test_address_reasons.py",
    "poa_illegible": "checks/address/test_address_reasons.py",
    "poa_incomplete": "checks/address/test_address_reasons.py",
    "poa_lease_short": "checks/address/test_address_reasons.py",
    "poa_mobile_bill": "checks/address/test_address_reasons.py",
    "poa_name": "checks/address/test_address_reasons.py",
    "poa_no_date": "checks/address/test_address_reasons.py",
    "poa_not_residential": "checks/address/test_address_reasons.py",
    "poa_same_as_id": "checks/address/test_address_reasons.py",
    "poa_not_signed": "checks/address/test_paper_signed.py",
    "poa_screenshot": "checks/address/test_address_reasons.py",
    "poa_supplement": "checks/address/test_check_address_call.py",
    "poa_text_differs": "checks/address/test_address_reasons.py",
    "poa_too_old": "checks/address/test_address_reasons.py",
    "poa_type": "checks/address/test_address_reasons.py",
    "weights_missing": "vision/networks/test_weights.py",
    "weights_tampered": "vision/networks/test_weights.py",
}


def png(pixels: np.ndarray) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def jpeg(pixels: np.ndarray, **texts: str) -> bytes:
    exif = Image.Exif()
    for tag, text in {0x010F: "Utopia", 0x0110: "Utopia Phone", **{int(k[1:]): v for k, v in texts.items()}}.items():
        exif[tag] = text
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=92, exif=exif.tobytes())
    return out.getvalue()


@cache
def passport(**changed: object) -> specimens.Document:
    return specimens.draw("passport", seed=21, design=DESIGN, **{**LIVES, **changed})


def photo(
    kind: str = "genuine", severity: float = 0.1, document: specimens.Document | None = None, **how: object
) -> bytes:
    taken = specimens.capture(document or passport(), kind, severity, **{"seed": 21, "size": SIZE, **how})
    return jpeg(taken.pixels) if taken.truth.from_camera else taken.encoded


def pixels(kind: str = "genuine", severity: float = 0.1, document: specimens.Document | None = None) -> np.ndarray:
    return specimens.capture(document or passport(), kind, severity, seed=21, size=SIZE).pixels


def with_clean_portrait() -> np.ndarray:
    """The photo with a portrait that no sensor has seen."""
    taken = specimens.capture(passport(), "genuine", 0.1, seed=21, size=SIZE)
    place = cv2.fillConvexPoly(
        np.zeros(taken.pixels.shape[:2], np.uint8), np.round(taken.truth.regions["portrait"]).astype(np.int32), (255,)
    )
    return np.where(place[..., None] > 0, cv2.GaussianBlur(taken.pixels, (0, 0), 3), taken.pixels)


def selfie(kind: str = "genuine", severity: float = 0.2, person: int = 0, seed: int = 21) -> bytes:
    return specimens.selfie(person, kind, severity, seed=seed, size=(900, 1200)).encoded


def redrawn(change: Callable[[np.ndarray, specimens.Side], None]) -> specimens.Document:
    """The passport with its front painted over."""
    front = passport().front
    painted = front.pixels.copy()
    change(painted, front)
    return replace(passport(), front=replace(front, pixels=painted))


def blank(*regions: str) -> Callable[[np.ndarray, specimens.Side], None]:
    """Paints regions over with the paper between them."""

    def paint(painted: np.ndarray, side: specimens.Side) -> None:
        for name in regions:
            (left, top), (right, bottom) = side.regions[name].min(axis=0), side.regions[name].max(axis=0)
            box = slice(round(top) - 4, round(bottom) + 4), slice(round(left) - 4, round(right) + 4)
            mask = np.zeros(painted.shape[:2], np.uint8)
            mask[box] = 255
            painted[:] = cv2.inpaint(painted, mask, 5, cv2.INPAINT_TELEA)

    return paint


def smeared(*regions: str, sigma: float = 9) -> Callable[[np.ndarray, specimens.Side], None]:
    """Blurs regions until nothing in them can be told."""

    def paint(painted: np.ndarray, side: specimens.Side) -> None:
        for name in regions:
            (left, top), (right, bottom) = side.regions[name].min(axis=0), side.regions[name].max(axis=0)
            box = slice(round(top), round(bottom)), slice(round(left), round(right))
            painted[box] = cv2.GaussianBlur(painted[box], (0, 0), sigma)

    return paint


def claims(**changed: str) -> dict[str, object]:
    holder = passport().holder
    told = {"family_name": holder.family_name, "birth_date": holder.birth_date.isoformat()}
    return {**told, "document_number": holder.document_number, **changed}


def scaled(picture: np.ndarray, factor: float) -> np.ndarray:
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def brightened(picture: np.ndarray, gain: float) -> np.ndarray:
    return np.clip(picture.astype(np.float32) * gain, 0, 255).astype(np.uint8)


def reasons(**case: object) -> set[str]:
    """Codes of all findings of a case, whatever they lead to, and of its verdict."""
    verdict = fourcorners.check(today=DAY, **case)
    told = {f.reason for f in verdict.findings if f.outcome is not Outcome.PASS and f.reason}
    return told | set(verdict.reasons)


def cases() -> dict[str, Callable[[], dict[str, object]]]:
    """Cases by name, each with the codes that it is there for."""
    card = cache(lambda **how: specimens.draw("id_card", seed=8, **{**LIVES, **how}))
    licence = cache(lambda: specimens.draw("driving_licence", seed=4, **LIVES))
    face = skimage.data.astronaut()
    return {
        # the file
        "file_missing": lambda: {"document": Path("no/such/file.jpg")},
        "file_empty": lambda: {"document": b""},
        "file_too_large": lambda: {"document": photo() + bytes(20_000_000)},
        "file_truncated": lambda: {"document": photo()[:40_000]},
        "file_damaged": lambda: {"document": _damaged(png(pixels()))},
        "file_type_unsupported": lambda: {"document": b"%PDF-1.7\n%%EOF\n"},
        "file_type_mismatch": lambda: {"document": _misnamed()},
        "file_polyglot": lambda: {"document": photo() + b"%PDF-1.7\n%%EOF\n"},
        "picture_too_large": lambda: {"document": png(np.zeros((7200, 7200, 3), np.uint8))},
        "picture_too_small": lambda: {"document": png(np.zeros((40, 40, 3), np.uint8))},
        "picture_animated": lambda: {"document": _animated()},
        # the picture of the document
        "no_document": lambda: {"document": photo("no_document")},
        "corner_cut_off": lambda: {"document": photo("cut_off", 0.4, specimens.draw("passport", seed=500), seed=500)},
        "corner_near_edge": lambda: {"document": jpeg(_cropped(6))},
        "two_documents": lambda: {
            "document": photo("two_documents", 0.4, specimens.draw("id_card_td2", seed=507), seed=507)
        },
        "low_resolution": lambda: {"document": jpeg(scaled(pixels(), 0.3))},
        "blurred": lambda: {"document": photo("blur", 1.0)},
        "glare": lambda: {"document": photo("glare", 1.0)},
        "shadow": lambda: {"document": photo("shadow", 1.0)},
        "too_dark": lambda: {"document": photo("low_light", 1.0)},
        "too_bright": lambda: {"document": jpeg(brightened(pixels(), 8))},
        "covered": lambda: {"document": photo("finger", 0.8)},
        "greyscale_file": lambda: {"document": jpeg(cv2.cvtColor(pixels(), cv2.COLOR_RGB2GRAY))},
        "greyscale_copy": lambda: {"document": photo("grey_copy", 0.3)},
        "colour_copy": lambda: {"document": photo("colour_copy", 1.0, size=(2400, 1800))},
        "screenshot": lambda: {"document": photo("screenshot")},
        "screen_photo": lambda: {"document": photo("screen_photo", 0.6)},
        "flat_scan": lambda: {"document": photo("scan", 0.0)},
        "edited_picture": lambda: {"document": jpeg(pixels(), t305="Adobe Photoshop 27.0")},
        "pasted_in": lambda: {"document": jpeg(with_clean_portrait())},
        # the document
        "unknown_document_kind": lambda: {"document": jpeg(face)},
        "no_portrait": lambda: {"document": photo(document=redrawn(blank("portrait", "ghost_portrait")))},
        "portrait_unclear": lambda: {
            "document": photo(document=redrawn(smeared("portrait", "ghost_portrait", sigma=8)))
        },
        "unsigned": lambda: {"document": photo(document=redrawn(blank("signature")))},
        "document_expired": lambda: {
            "document": photo(document=passport(issue_date=date(2011, 3, 1), expiry_date=date(2021, 2, 28)))
        },
        "underage": lambda: {"document": photo(document=passport(birth_date=date(2015, 5, 1)))},
        "mrz_missing": lambda: {"document": photo(document=redrawn(blank("mrz_1", "mrz_2")))},
        "mrz_unreadable": lambda: {"document": photo(document=redrawn(smeared("mrz_1", "mrz_2", sigma=6)))},
        "mrz_invalid": lambda: {"document": photo(document=_misprinted())},
        "print_disagrees": lambda: {"document": photo(document=_forged())},
        "wrong_document_kind": lambda: {"document": jpeg(_bill())},
        "side_missing": lambda: {"document": photo(document=card())},
        "same_side_twice": lambda: {"document": [photo(document=card()), photo(document=card(), kind="colour_cast")]},
        "both_sides": lambda: {"document": [photo(document=card()), photo(document=card(), side="back")]},
        "licence": lambda: {"document": [photo(document=licence()), photo(document=licence(), side="back")]},
        "document_missing": lambda: {"selfie": selfie()},
        "claims_disagree": lambda: {"document": photo(), "claims": claims(birth_date="1971-01-01")},
        # the selfie
        "no_face": lambda: {"selfie": selfie("no_face")},
        "several_faces": lambda: {"selfie": selfie("two_faces")},
        "face_outside_oval": lambda: {"selfie": selfie("off_centre", 0.5, seed=11, person=3)},
        "face_cut_off": lambda: {"selfie": jpeg(scaled(face[:330, 190:420], 3))},
        "face_too_small": lambda: {"selfie": jpeg(scaled(face, 0.6))},
        "uneven_light": lambda: {"selfie": jpeg(_half_dark(face))},
        "head_turned": lambda: {"selfie": jpeg(_turned(face, 45))},
        "mask": lambda: {"selfie": selfie("mask", 0.5)},
        "sunglasses": lambda: {"selfie": selfie("sunglasses", 0.8)},
        "glasses": lambda: {"selfie": selfie("glasses", 0.8)},
        "head_covered": lambda: {"selfie": selfie("hat", 0.6)},
        "hand_on_face": lambda: {"selfie": selfie("hand", 0.6, person=3, seed=28)},
        "face_too_dark": lambda: {"selfie": selfie("dark", 1.0)},
        "face_overexposed": lambda: {"selfie": jpeg(brightened(face, 2.5))},
        "face_blurred": lambda: {"selfie": selfie("blurred", 1.0)},
        "unnatural_colour": lambda: {"selfie": jpeg(np.dstack([cv2.cvtColor(face, cv2.COLOR_RGB2GRAY)] * 3))},
        "not_live": lambda: {"selfie": selfie("screen_photo", 1.0)},
        "face_mismatch": lambda: {"document": photo(), "selfie": selfie(person=14)},
        "not_assessed_selfie_unclear": lambda: {"document": photo(), "selfie": selfie("blurred", 1.0)},
        "eyes_closed": lambda: {"selfie": jpeg(_eyes_painted_shut(face))},
        "hair_over_eyes": lambda: {"selfie": jpeg(_hair_over_eye(face))},
        "glare_on_glasses": lambda: {"selfie": jpeg(_glaring_glasses(face))},
        "face_uncertain": lambda: {"document": photo(), "selfie": selfie(person=3)},
        "genuine": lambda: {"document": photo(), "selfie": selfie(), "claims": claims()},
    }


def _damaged(file: bytes) -> bytes:
    middle = len(file) // 2
    return file[:middle] + bytes(64) + file[middle + 64 :]


def _misnamed() -> Path:
    path = Path(tempfile.mkdtemp()) / "photo.png"
    path.write_bytes(photo())
    return path


def _cropped(margin: int) -> np.ndarray:
    """The photo cut so closely that a corner all but touches its edge."""
    taken = specimens.capture(passport(), "genuine", 0.1, seed=21, size=SIZE)
    left = int(taken.truth.corners[:, 0].min()) - margin
    return np.ascontiguousarray(taken.pixels[:, left:])


def _misprinted() -> specimens.Document:
    """A passport whose printed check digits are wrong: the zone of another one over its own."""
    return redrawn(_with_zone_of(passport(document_number="123456789"), rows=("mrz_2",), shift=1))


def _forged() -> specimens.Document:
    """A passport whose zone says another name and number than its print."""
    return redrawn(_with_zone_of(passport(document_number="111222333", family_name="Sommer"), rows=("mrz_1", "mrz_2")))


def _with_zone_of(other: specimens.Document, rows: tuple[str, ...], shift: int = 0) -> Callable:
    def paint(painted: np.ndarray, side: specimens.Side) -> None:
        for row in rows:
            (left, top), (right, bottom) = side.regions[row].min(axis=0).round(), side.regions[row].max(axis=0).round()
            box = slice(int(top), int(bottom)), slice(int(left), int(right))
            part = other.front.pixels[box].copy()
            if shift:  # the first character's ink is moved over the second: the number no longer fits its check digit
                width = part.shape[1] // 44
                part[:, width : 2 * width] = part[:, :width]
                part[:, 3 * width : 4 * width] = part[:, :width]
            painted[box] = part

    return paint


def _bill() -> np.ndarray:
    """A letter with the words of a bill, on a table."""
    from PIL import ImageDraw, ImageFont

    table = np.random.default_rng(3).normal(90, 6, (1400, 1100, 3)).clip(0, 255).astype(np.uint8)
    sheet = Image.new("RGB", (800, 1130), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(34)
    for row, text in enumerate(
        ("ELECTRICITY BILL", "Invoice", "Amount due 42.00", "Account number 55871", "Meter reading", "Tariff")
    ):
        pen.text((80, 90 + 90 * row), text, fill="black", font=font)
    table[130:1260, 150:950] = np.array(sheet)
    return table


def _eyes_painted_shut(face: np.ndarray) -> np.ndarray:
    """Skin over the eyes, lashes below."""
    picture = scaled(face, 2)
    for x, y in ((404, 210), (484, 212)):
        cv2.ellipse(picture, (x, y), (30, 16), 0, 0, 360, (222, 170, 140), -1, cv2.LINE_AA)
        cv2.ellipse(picture, (x, y), (28, 12), 0, 20, 160, (70, 45, 35), 3, cv2.LINE_AA)
    return picture


def _hair_over_eye(face: np.ndarray) -> np.ndarray:
    """Dark strands from the parting over one eye down to the cheek."""
    picture = scaled(face, 2)
    rng = np.random.default_rng(3)
    for _ in range(160):
        x = rng.uniform(370, 445)
        path = np.column_stack([x + rng.normal(0, 5, 6).cumsum(), np.linspace(105, rng.uniform(255, 290), 6)])
        cv2.polylines(picture, [path.round().astype(np.int32)], False, rng.uniform(25, 70, 3), 2, cv2.LINE_AA)
    return picture


def _glaring_glasses(face: np.ndarray) -> np.ndarray:
    """Glasses whose lenses mirror a lamp, in which the eyes drown."""
    picture = scaled(face, 2)
    for eye in ((402, 212), (486, 214)):
        lamp = cv2.ellipse(np.zeros(picture.shape[:2]), eye, (18, 22), 0, 0, 360, 0.95, -1, cv2.LINE_AA)
        share = cv2.GaussianBlur(lamp, (0, 0), 5)[..., None]
        picture = (picture * (1 - share) + np.array([238, 242, 248]) * share).astype(np.uint8)
        cv2.ellipse(picture, eye, (37, 29), 0, 0, 360, (40, 34, 32), 4, cv2.LINE_AA)
    cv2.line(picture, (438, 208), (450, 208), (40, 34, 32), 4, cv2.LINE_AA)
    return picture


def _half_dark(face: np.ndarray) -> np.ndarray:
    ramp = np.clip((np.arange(face.shape[1]) - 195) / 60, 0, 1)[None, :, None]
    return (face * (0.12 + 0.88 * ramp)).astype(np.uint8)


def _animated() -> bytes:
    out = io.BytesIO()
    two = [Image.fromarray(np.full((80, 80, 3), v, np.uint8)) for v in (0, 255)]
    two[0].save(out, "WEBP", save_all=True, append_images=two[1:])
    return out.getvalue()


def _turned(picture: np.ndarray, degrees: float) -> np.ndarray:
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width * 0.44, height * 0.25), degrees, 1.0)
    return cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)


CASES = cases()


@cache
def told(name: str) -> frozenset[str]:
    return frozenset(reasons(**CASES[name]()))


def test_every_code_is_triggered_by_a_case_and_not_by_another() -> None:
    """FAI16. A case is named after the code it is there for; further codes may be told by any case."""
    seen = {name: told(name) for name in CASES}
    silent = [code for code in CASES if code in catalogue() and code not in seen[code]]
    assert not silent, {code: sorted(seen[code]) for code in silent}
    ever = frozenset.union(*seen.values())
    assert not set(catalogue()) - ever - set(ELSEWHERE), "no case triggers these"
    # No kind of document needs all of MRZ, AAMVA barcode and signature: this one is told in every case.
    always = frozenset.intersection(*seen.values()) - {"not_assessed_not_required"}
    assert not always, "codes that every case triggers say nothing"


def test_a_good_case_is_approved_without_a_reason() -> None:
    assert told("genuine") <= {"not_assessed_not_required", "not_assessed_one_side", "not_assessed_one_source"}


@pytest.mark.parametrize("code", sorted(ELSEWHERE))
def test_a_code_without_a_picture_is_triggered_in_another_test(code: str) -> None:
    body = (Path(__file__).parent / ELSEWHERE[code]).read_text(encoding="utf-8")
    assert f'"{code}"' in body
