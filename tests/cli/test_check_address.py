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
