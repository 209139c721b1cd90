"""FR2: every result code has its help group; every reason leads to a code."""

import re
from pathlib import Path

import fourcorners.checks.live as package
from fourcorners.checks.live.results import HelpGroup, ResultCode, group_of, reasons, result_of
from fourcorners.kit.data import load_toml
from fourcorners.verdict.catalogue import LOCALES, text

GROUPS = {
    HelpGroup.DEVICE: {"no_permission_camera", "no_permission_album", "no_permission_storage", "app_outdated"},
    HelpGroup.NETWORK: {"network_timeout", "ip_mismatch"},
    HelpGroup.ENVIRONMENT: {
        "too_dark", "too_bright_backlight", "no_face", "multiple_faces", "face_covered", "out_of_frame"
    },
    HelpGroup.IDENTITY: {"action_not_followed", "liveness_failed", "mismatch", "attempts_exceeded", "passed"},
}  # fmt: skip


def test_fr2_every_code_is_in_one_help_group():
    assert {c.value for c in ResultCode} == set.union(*GROUPS.values())
    for group, codes in GROUPS.items():
        assert {c.value for c in ResultCode if group_of(c) is group} == codes
    assert set(load_toml("fourcorners.checks.live", "results.toml")["codes"]) == {c.value for c in ResultCode}


def test_every_reason_in_the_code_is_in_the_list_and_the_other_way_round():
    sources = "".join(p.read_text(encoding="utf-8") for p in Path(package.__file__).parent.glob("*.py"))
    told = set(re.findall(r"Sign\(\s*\"(\w+)\"", sources)) | {"action_not_followed"}
    assert told == set(reasons())


def test_the_most_telling_reason_gives_the_code():
    assert result_of(set()) == (ResultCode.PASSED, ())
    assert result_of({"action_not_followed", "face_flat"}) == (
        ResultCode.LIVENESS_FAILED,
        ("face_flat", "action_not_followed"),
    )
    assert result_of({"face_flat", "multiple_faces"})[0] is ResultCode.MULTIPLE_FACES


def test_applicants_are_told_every_code_in_every_language():
    for locale in LOCALES:
        said = {code: text("live", code, locale) for code in ResultCode}
        assert all(said[code] != code for code in ResultCode)
        assert len(set(said.values())) == len(said)
