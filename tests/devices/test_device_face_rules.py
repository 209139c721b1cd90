"""What a live check at the door comes to (DEV7, FR1, FR2)."""

from dataclasses import replace

import pytest

from fourcorners.checks.live import ResultCode
from fourcorners.devices.facing import Looked, belongs, outcome

MINE = Looked("login_new_device", "dvr_1", "ses_1")


def test_a_result_speaks_once_for_its_own_request_in_its_own_session():
    """FR1: bound to one purpose, one session."""
    assert belongs(MINE, "dvr_1", "ses_1")
    assert not belongs(MINE, "dvr_2", "ses_1")
    assert not belongs(MINE, "dvr_1", "ses_2")
    for purpose in ("kyc", "security_change", "passkey_setup", "reverify"):
        assert not belongs(replace(MINE, purpose=purpose), "dvr_1", "ses_1")
    assert not belongs(replace(MINE, answered=True), "dvr_1", "ses_1")


@pytest.mark.parametrize("code", list(ResultCode))
def test_another_network_is_told_first_then_what_the_camera_saw_then_whose_face_it_was(code):
    """DEV7: `ip_mismatch` whatever was seen; a face that is not the verified one is `mismatch`."""
    assert outcome(code, same_network=False, distance=0.1, pass_at=0.5) is ResultCode.IP_MISMATCH
    if code is ResultCode.PASSED:
        assert outcome(code, same_network=True, distance=0.5, pass_at=0.5) is ResultCode.PASSED
        assert outcome(code, same_network=True, distance=0.51, pass_at=0.5) is ResultCode.MISMATCH
        assert outcome(code, same_network=True, distance=None, pass_at=0.5) is ResultCode.NO_FACE
    else:
        assert outcome(code, same_network=True, distance=0.1, pass_at=0.5) is code
