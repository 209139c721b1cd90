"""The one call for a proof of address: several files, a supplement (POA7), refusals, the same bytes each time."""

import io
import json
from collections.abc import Sequence
from datetime import date

import pytest
from reportlab.pdfgen.canvas import Canvas

import fourcorners
from fourcorners.kit.errors import Refusal
from fourcorners.specimens.papers import PaperSpecimen, draw_paper, edit_paper
from fourcorners.verdict.paper import PaperVerdict

DAY = date(2026, 11, 1)
ISSUED = date(2026, 10, 5)
OWNER = draw_paper("electricity_bill", seed=3, country="US", layout="labelled", issued=ISSUED)


def written(*lines: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for n, line in enumerate(lines):
        canvas.drawString(60, 780 - 16 * n, line)
    canvas.save()
    return out.getvalue().replace(b"D:20000101", b"D:20261010")


LETTER = written(
    "Attestation",
    "I attest that Sam Foster lives with me at the address below.",
    OWNER.truth.name,
    *OWNER.truth.address.split(", "),
    "October 9, 2026",
    "Signed:",
    "My relation to Sam Foster: parent",
    "Given at Austin",
)


def check(files: Sequence[bytes], **changed: object) -> PaperVerdict:
    claims = {"name": "Sam Foster", "address": OWNER.truth.address, "country": "US", "today": DAY}
    return fourcorners.check_address(files, **{**claims, **changed})


def supplement(**changed: object) -> dict[str, object]:
    whole = {"attestation": LETTER, "paper": OWNER.pdf, "owner": OWNER.truth.name, "relation": "parent"}
    return {**whole, **changed}


def test_a_good_paper_is_approved_with_its_parts_beside_the_claims() -> None:
    verdict = check([OWNER.pdf], name=OWNER.truth.name)
    told = json.loads(verdict.to_json())
    assert (told["verdict"], told["reasons"], told["rules"]) == ("approve", [], "US-individual")
    assert told["read"]["kind"] == "electricity_bill"
    assert told["read"]["fields"]["issue_date"]["value"] == ISSUED.isoformat()
    assert told["compared"]["name"]["outcome"] == "same"
    parts = {part["part"]: part["outcome"] for part in told["compared"]["address"]["parts"]}
    assert parts.items() >= {"house_number": "same", "street": "same", "postcode": "same", "city": "same"}.items()
    assert [set(file) for file in told["files"]] == [
        {"sha256", "format", "size_bytes", "pages", "pages_read", "width", "height"}
    ]
    assert verdict.to_json() == check([OWNER.pdf], name=OWNER.truth.name).to_json()


def test_poa3_the_part_that_differs_is_named() -> None:
    number = OWNER.truth.address.split()[0]
    verdict = check([OWNER.pdf], name=OWNER.truth.name, address=OWNER.truth.address.replace(number, "9999", 1))
    parts = {part["part"]: part["outcome"] for part in verdict.to_dict()["compared"]["address"]["parts"]}
    assert (verdict.decision.value, verdict.reasons, verdict.redo) == ("resubmit", ("poa_address",), ("paper",))
    assert parts["house_number"] == "different"
    assert parts["street"] == "same"


def test_poa4_files_are_the_pages_of_one_paper() -> None:
    head = written("Northmoor Power Ltd", "Electricity bill", "Ann Lee", "4 Mill Lane", "Leeds", "LS6 3QT", "312 kWh")
    foot = written("Northmoor Power Ltd", "Date: 5 October 2026", *(f"Meter {n}: {n}00 kWh" for n in range(8)))
    claims = {"name": "Ann Lee", "address": "4 Mill Lane, Leeds, LS6 3QT", "country": "GB"}
    assert check([head], **claims).reasons == ("poa_no_date",)
    both = check([head, foot], **claims)
    assert (both.decision.value, both.reasons) == ("approve", ())
    assert both.to_dict()["read"]["fields"]["issue_date"]["page"] == 2
    refused = check([head, b"no paper"], **claims)
    assert refused.decision.value == "resubmit"
    assert [f.subject for f in refused.findings if f.reason == "file_type_unsupported"] == ["paper_2"]
    assert refused.redo == ("paper",)
    identity = both.to_dict()["files"][1]["sha256"]
    assert check([head, foot], **claims, identity_sha256=identity).reasons[0] == "poa_same_as_id"


@pytest.mark.parametrize("count", [0, 6])
def test_poa4_one_to_five_files(count: int) -> None:
    with pytest.raises(Refusal) as refused:
        check([OWNER.pdf] * count)
    assert refused.value.code == "address_files_invalid"


def test_poa7_a_complete_supplement_proves_the_address() -> None:
    assert check([OWNER.pdf]).reasons == ("poa_name",)
    for files in ([], [OWNER.pdf]):
        verdict = check(files, supplement=supplement())
        assert (verdict.decision.value, verdict.reasons) == ("approve", ())
        assert {f.subject for f in verdict.findings} >= {"attestation", "owners_paper"}
        told = verdict.to_dict()["supplement"]
        assert (told["relation"], told["paper"]["read"]["kind"]) == ("parent", "electricity_bill")


def test_poa7_a_paper_that_does_alone_needs_no_supplement() -> None:
    verdict = check([OWNER.pdf], name=OWNER.truth.name, supplement=supplement(attestation=b"nothing"))
    assert (verdict.decision.value, {f.subject for f in verdict.findings}) == ("approve", {"paper"})


OLD = draw_paper("electricity_bill", seed=3, country="US", layout="labelled", issued=date(2026, 1, 5))
LACKING = [
    ({"relation": "landlord"}, "poa_supplement"),
    ({"owner": "Wilhelmina Zander"}, "poa_supplement"),
    ({"attestation": written("I attest that somebody lives with me.")}, "poa_supplement"),
    ({"paper": OLD.pdf}, "poa_too_old"),
    ({"attestation": b"no paper"}, "file_type_unsupported"),
]


@pytest.mark.parametrize(("changed", "code"), LACKING)
def test_poa7_what_is_lacking_is_asked_for_in_its_slot(changed: dict[str, object], code: str) -> None:
    verdict = check([], supplement=supplement(**changed))
    assert verdict.decision.value == "resubmit"
    assert code in verdict.reasons
    assert {"attestation", "owners_paper"} & set(verdict.redo)


def test_poa7_a_supplement_does_not_cover_an_edited_paper() -> None:
    forged: PaperSpecimen = edit_paper(OWNER, "patch", seed=3)
    verdict = check([forged.pdf], supplement=supplement())
    assert (verdict.decision.value, verdict.reasons[0]) == ("review", "poa_edited")


@pytest.mark.parametrize("wrong", [{"owner": 7}, {"relation": None}, {"paper": 7}, {"more": 1}])
def test_poa7_a_supplement_out_of_order_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Refusal) as refused:
        check([], supplement=supplement(**wrong))
    assert refused.value.code == "address_claims_invalid"
