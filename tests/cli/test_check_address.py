"""`fourcorners check-address` keeps its form."""

import json

from fourcorners.specimens.papers import draw_paper


def test_a_bill_is_read_and_judged(run, tmp_path):
    paper = draw_paper("water_bill", seed=9, country="GB", layout="labelled")
    (tmp_path / "bill.pdf").write_bytes(paper.pdf)
    (tmp_path / "empty.pdf").write_bytes(b"")
    files = [str(tmp_path / "bill.pdf"), str(tmp_path / "empty.pdf")]
    claims = ["--name", paper.truth.name, "--address", paper.truth.address, "--country", "GB", "--today", "2026-11-01"]
    status, out, err = run("check-address", *files, *claims, "--workers", "1", "--json")
    assert (status, err) == (0, "")
    good, empty = (json.loads(line) for line in out.splitlines())
    assert (good["file"], good["kind"], good["verdict"], good["reasons"]) == (files[0], "water_bill", "approve", [])
    assert good["fields"]["issue_date"]["value"] == paper.truth.issue_date.isoformat()
    assert len(good["fields"]["name"]["box"]) == 4
    assert {f["check"] for f in good["findings"]} > {"paper_recent", "paper_not_edited"}
    assert empty["error"]["code"] == "file_empty"


def test_without_claims_there_is_no_verdict(run, tmp_path):
    (tmp_path / "bill.pdf").write_bytes(draw_paper("gas_bill", seed=9).pdf)
    status, out, _ = run("check-address", tmp_path / "bill.pdf", "--json")
    assert status == 0
    assert "verdict" not in json.loads(out)


def test_it_reads_well_on_a_terminal(run, tmp_path):
    (tmp_path / "bill.pdf").write_bytes(draw_paper("gas_bill", seed=9).pdf)
    status, out, _ = run("check-address", tmp_path / "bill.pdf")
    assert status == 0
    assert "gas_bill" in out


def test_poa7_the_whole_path_on_the_command_line(run, tmp_path):
    owner = draw_paper("electricity_bill", seed=3, country="US", layout="labelled")
    for name in ("bill.pdf", "letter.pdf"):
        (tmp_path / name).write_bytes(owner.pdf)
    claims = ["--name", "Sam Foster", "--address", owner.truth.address, "--country", "US", "--today", "2026-11-01"]
    added = ["--attestation", str(tmp_path / "letter.pdf"), "--owners-paper", str(tmp_path / "bill.pdf")]
    status, _, _ = run("check-address", *claims, *added, "--owner", owner.truth.name)
    assert status == 2, "the relation is missing"
    added += ["--owner", owner.truth.name, "--relation", "parent"]
    status, out, _ = run("check-address", *claims, *added, "--json", "--report", tmp_path / "out.html")
    told = json.loads(out)
    assert (status, told["verdict"], told["reasons"]) == (10, "resubmit", ["poa_supplement"])
    assert told["findings"][0]["evidence"][0]["note"] == "applicant_not_named"
    assert "does not name the applicant" in (tmp_path / "out.html").read_text(encoding="utf-8")


def test_files_together_are_the_pages_of_one_paper(run, tmp_path):
    paper = draw_paper("water_bill", seed=9, country="GB", layout="labelled")
    for name in ("1.pdf", "2.pdf"):
        (tmp_path / name).write_bytes(paper.pdf)
    claims = ["--name", paper.truth.name, "--country", "GB", "--today", "2026-11-01"]
    status, out, _ = run("check-address", tmp_path / "1.pdf", tmp_path / "2.pdf", "--together", *claims)
    assert status == 0
    assert out.splitlines()[0] == "approve"
    assert out.splitlines()[-1] == "by the rules of DEFAULT-individual"
