"""`fourcorners ownership` keeps its form."""

import json

GRAPH = {
    "subject": "c",
    "nodes": [{"id": "c", "kind": "entity", "name": "Acme"}, {"id": "p", "kind": "person", "name": "Ann Lee"}],
    "edges": [
        {"id": "e", "owner": "p", "owned": "c", "kind": "shares", "share": "100 %", "documents": ["register.pdf"]}
    ],
}


def test_owners_are_printed_drawn_and_told_as_json(run, tmp_path):
    (tmp_path / "graph.json").write_text(json.dumps(GRAPH), encoding="utf-8")
    status, out, err = run("ownership", tmp_path / "graph.json", "--svg", tmp_path / "chart.svg", "--day", "2026-11-01")
    assert (status, err) == (0, "")
    assert "Ann Lee 100 % [register.pdf] > Acme: 100 % = 100 %" in out
    assert (tmp_path / "chart.svg").read_text(encoding="utf-8").startswith("<svg")
    status, out, _ = run("ownership", tmp_path / "graph.json", "--json", "--risk", "high")
    assert status == 0
    assert json.loads(out)["owners"][0]["grounds"][0]["share"]["exact"] == "1"


def test_what_is_no_graph_is_refused(run, tmp_path):
    (tmp_path / "graph.json").write_text("{}", encoding="utf-8")
    status, _, err = run("ownership", tmp_path / "graph.json")
    assert status == 3
    assert "ownership_graph_invalid" in err


def test_statements_are_written_and_read(run, tmp_path):
    (tmp_path / "graph.json").write_text(json.dumps(GRAPH), encoding="utf-8")
    status, first, _ = run(
        "ownership", tmp_path / "graph.json", "--bods", tmp_path / "bods.json", "--day", "2026-11-01"
    )
    assert status == 0
    status, second, _ = run("ownership", tmp_path / "bods.json", "--day", "2026-11-01")
    assert status == 0
    assert first.splitlines()[:3] == second.splitlines()[:3]
