"""`fourcorners live` keeps the form of its answer; drawn clips pass and fail as they should, from file to verdict."""

import pytest

from fourcorners.cli.exits import Exit


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """An honest clip, a photo held there instead, a stream that stands still, and somebody who follows a dot."""
    from fourcorners.cli.specimen_clip import specimen_clip

    out = tmp_path_factory.mktemp("clips")
    for kind in ("genuine", "held_photo", "frozen"):
        specimen_clip(out, "right,nod", [kind], person=3, seed=2, count=1, width=360, height=480)
    specimen_clip(out, "dot", ["genuine"], nonce="a", person=5, seed=4, count=1, width=360, height=480)
    return out


def test_the_form_of_the_answer(lines, clips):
    genuine, photo, frozen, missing = lines(
        "live", *(clips / f"clip-2-{k}.avi" for k in ("genuine", "held_photo", "frozen", "missing")),
        "--challenge", "right,nod", "--workers", "1",
    )  # fmt: skip
    assert genuine["file"] == str(clips / "clip-2-genuine.avi")
    assert (genuine["passed"], genuine["reasons"], genuine["code"]) == (True, [], "passed")
    assert [(s["name"], s["passed"]) for s in genuine["steps"]] == [("right", True), ("nod", True)]
    assert all(0 < s["start_s"] < s["end_s"] for s in genuine["steps"])
    assert photo["passed"] is False
    assert "action_not_followed" in photo["reasons"]
    assert frozen["reasons"][0] == "stream_frozen"
    assert missing["error"]["code"] == "clip_missing"


def test_another_challenge_and_an_earlier_session(run, lines, clips, tmp_path):
    clip = clips / "clip-2-genuine.avi"
    (other,) = lines("live", clip, "--challenge", "left,nod")
    assert (other["passed"], other["code"]) == (False, "action_not_followed")
    known = tmp_path / "known.txt"
    known.write_text(other["signature"] + "\n")
    (again,) = lines("live", clip, "--challenge", "right,nod", "--earlier", known)
    assert again["reasons"] == ["earlier_session"]
    status, out, _ = run("live", clip, "--challenge", "right,nod")
    assert status == Exit.OK
    assert "passed" in out
    assert "right: done" in out


def test_what_is_asked_wrongly_is_refused(run, clips, tmp_path):
    assert run("live", clips / "clip-2-genuine.avi", "--challenge", "jump")[0] == Exit.REFUSED
    known = tmp_path / "known.txt"
    known.write_bytes(b"\xff\xfe\xff")
    assert run("live", clips / "clip-2-genuine.avi", "--challenge", "nod", "--earlier", known)[0] == Exit.USAGE


def test_the_path_of_the_dot_belongs_to_the_nonce(lines, clips):
    clip = clips / "clip-4-genuine.avi"
    (own,), (other,) = (lines("live", clip, "--challenge", "dot", "--nonce", nonce) for nonce in ("a", "b"))
    assert (own["passed"], own["steps"][0]["name"]) == (True, "dot")
    assert (other["passed"], other["reasons"]) == (False, ["action_not_followed"])
