"""`fourcorners check-paper` keeps its form."""

import json

from fourcorners.specimens.institution_papers import draw_institution_paper


def drawn(tmp_path, kind, **how):
    paper = draw_institution_paper(kind, seed=7, country="GB", **how)
    (tmp_path / "paper.pdf").write_bytes(paper.pdf)
    return paper.institution, str(tmp_path / "paper.pdf")


def test_a_register_is_read_and_compared_with_the_owners(run, tmp_path):
    of, file = drawn(tmp_path, "ownership", form="register")
    entered = ["--name", of.legal_name, "--number", of.registration_number, "--country", "GB", "--day", "2026-11-01"]
    holders = [part for name, share in of.holders for part in ("--holder", f"{name}={share}%")]
    status, out, err = run("check-paper", file, "--kind", "ownership", *entered, *holders, "--json")
    assert (status, err) == (0, "")
    told = json.loads(out)
    assert (told["kind"], told["form"], told["verdict"]) == ("ownership", "register", "approve")
    assert [entry["name"]["value"] for entry in told["listed"]] == [name for name, _ in of.holders]
    assert len(told["fields"]["legal_name"]["box"]) == 4
    fewer = holders[2:]
    status, out, _ = run("check-paper", file, "--kind", "ownership", *entered, *fewer)
    assert status == 10
    assert "paper_holders_differ" in out
    assert "resubmit" in out


def test_without_a_kind_it_only_reads(run, tmp_path):
    _, file = drawn(tmp_path, "authorisation", marks=("certified_copy",))
    status, out, _ = run("check-paper", file)
    assert status == 0
    assert "authorisation" in out
    assert "certified_copy" in out


def test_what_is_refused_says_so(run, tmp_path):
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert run("check-paper", tmp_path / "empty.pdf")[0] == 3
    status, out, _ = run("check-paper", tmp_path / "empty.pdf", "--kind", "licence", "--json")
    assert status == 10
    assert json.loads(out)["refused"] == "file_empty"
    _, file = drawn(tmp_path, "licence")
    assert run("check-paper", file, "--kind", "love_letter")[0] == 3
    assert run("check-paper", file, "--kind", "ownership", "--holder", "Ann Lee")[0] == 2
