"""IDP5, IDP6: every side, each once, each a picture."""

import numpy as np

from fourcorners.checks.case import file_accepted, sides_differ, sides_given
from fourcorners.checks.case.sides_differ import likeness
from fourcorners.checks.finding import Outcome
from fourcorners.checks.limits import limits_for
from fourcorners.checks.subject import open_case
from fourcorners.specimens import draw


def judge(check, case):
    return check.check(case, limits_for("case", check.NAME))


def test_idp5_a_two_sided_kind_needs_its_back(make):
    card = make.document(make.reading(kind="identity_card"))
    assert judge(sides_given, make.case(card)).reason == "side_missing"
    assert judge(sides_given, make.case(card, back=make.document())).outcome is Outcome.PASS


def test_idp5_a_passport_has_one_page(make):
    assert judge(sides_given, make.case(make.document())).outcome is Outcome.PASS


def test_an_unknown_kind_with_one_side_is_not_judged(make):
    finding = judge(sides_given, make.case(make.document(make.reading(kind="unknown"))))
    assert (finding.outcome, finding.reason) == (Outcome.NOT_ASSESSED, "not_assessed_kind")


def test_a_back_alone_is_no_document(make):
    assert judge(sides_given, make.case(back=make.document())).reason == "side_missing"


def test_idp5_the_same_file_twice_is_refused(make):
    case = make.case(make.document(sha256="a" * 64), back=make.document(sha256="a" * 64))
    finding = judge(sides_differ, case)
    assert (finding.outcome, finding.reason, finding.raw) == (Outcome.FAIL, "same_side_twice", 1.0)


def test_one_side_alone_cannot_be_the_same_as_another(make):
    assert judge(sides_differ, make.case(make.document())).reason == "not_assessed_one_side"


def test_idp5_the_same_side_is_recognised_in_any_rotation_and_light():
    scale = limits_for("case", "sides_differ").scale()
    document = draw("id_card", seed=3)
    front, back = document.front.pixels, document.back.pixels
    dimmed = (np.rot90(front, 2) * 0.7 + 20).astype(np.uint8)
    assert scale.fails(likeness(front, dimmed))
    assert scale.passes(likeness(front, back))
    assert scale.passes(likeness(front, np.zeros((64, 64, 3), np.uint8)))


def test_idp6_each_refused_file_has_its_own_finding_and_cause(tmp_path):
    case = open_case(
        [b"", tmp_path / "nowhere.jpg"], selfie=b"%PDF-1.7", today=__import__("datetime").date(2026, 11, 22)
    )
    reasons = {s: judge(file_accepted, case.alone(s)).reason for s in case.given}
    assert reasons == {"front": "file_empty", "back": "file_missing", "selfie": "file_type_unsupported"}
    assert set(reasons.values()) <= set(file_accepted.REASONS)


def test_every_refusal_of_the_decoder_is_a_reason_of_the_check():
    from fourcorners.vision.decode import PictureRefused

    def codes(kind):
        return {kind.code, *(c for sub in kind.__subclasses__() for c in codes(sub))}

    assert codes(PictureRefused) - {PictureRefused.code} == set(file_accepted.REASONS)


def test_a_case_alone_keeps_one_picture(make):
    case = make.case(make.document(), back=make.document(), selfie=make.selfie())
    assert case.given == ("front", "back", "selfie")
    assert case.alone("back").given == ("back",)
