"""INS6: the chart of owners drawn in the page, its proofs readable, its files in and out; nothing broken is kept."""

import json
import re

import pytest
from institution_site import Editor

from fourcorners.institutions.queries import list_parties, read_party, read_section
from fourcorners.institutions.reading import graph_of
from institution_cases import GRAPH, give_paper, name_party, save

AT = "ownership/holdings"


@pytest.fixture
def editor(sqlite_floor):
    begun = Editor.begun(sqlite_floor)
    begun.save("type", kind="private_company", variant="company")
    begun.save("basic_info", legal_name="Muster Handel AG", country="CH")
    return begun


def graph(editor):
    with editor.floor.database.read() as db:
        return graph_of(db, editor.id).graph


def test_a_chain_is_drawn_holding_by_holding_with_the_paper_behind_each(editor):
    give_paper(editor.floor, editor.id, "registration")
    paper = re.search(r'name="documents" value="(pap_\w+)"', editor.get("ownership").text)[1]
    new = {"owner": "new", "name": "Berg Holding", "node_kind": "entity", "country": "DE"}
    editor.save(AT, shown_at="ownership", kind="shares", share="60", documents=paper, **new)
    holding = next(node.id for node in graph(editor).nodes.values() if node.name == "Berg Holding")
    person = {"owner": "new", "name": "Ann Lee", "node_kind": "person"}
    editor.save(AT, shown_at="ownership", kind="shares", share="1/2", owned=holding, **person)
    ann = next(node.id for node in graph(editor).nodes.values() if node.name == "Ann Lee")
    shown = editor.save(AT, shown_at="ownership", owner=ann, kind="shares", share="12,5 %", owned="own").text
    proofs = re.sub(r"<[^>]+>|\s+", " ", shown.split('id="owners"')[1])
    proofs = " ".join(proofs.split())
    assert "Ann Lee 50 % of Berg Holding no paper × Berg Holding 60 % of Muster Handel AG Certificate of" in proofs
    assert "= 30 %" in proofs
    assert "30 % + 12.5 % = 42.5 %" in proofs
    assert "<svg" in shown
    assert "The holders of Muster Handel AG do not add up" in shown
    widely = {"name": "Muster Handel AG", "node_kind": "entity", "country": "CH", "widely_held": "listed in Paris"}
    answer = editor.save("ownership/boxes/own", shown_at="ownership", **widely)
    assert "The holders of Muster Handel AG" not in answer.text
    assert editor.send(f"papers/{paper}/remove", page="documents").status_code == 200
    assert f"<bdi>{paper}" not in editor.get("ownership").text, "what was taken back is called what it was"


@pytest.mark.parametrize(
    ("language", "title", "owner"),
    [
        ("de", "Wem Muster Handel AG gehört", "Person · CH · wirtschaftlich berechtigt"),
        ("fr", "À qui appartient Muster Handel AG", "personne · CH · bénéficiaire effectif"),
        ("ar", "من يملك Muster Handel AG", "شخص · CH · مالك مستفيد"),
    ],
)
def test_the_drawing_is_in_the_language_of_the_page(editor, language, title, owner):
    save(editor.floor, editor.id, "ownership", GRAPH)
    editor.client.headers["accept-language"] = language
    drawn = editor.get("ownership").text.split('<figure class="chart"')[1].split("</figure>")[0]
    assert title in drawn
    assert owner in drawn
    assert ('direction="rtl"' in drawn) == (language == "ar")


def test_a_holding_that_cannot_be_is_refused_on_its_field_and_nothing_is_kept(editor):
    new = {"owner": "new", "name": "Ann Lee", "node_kind": "person", "kind": "shares"}
    for share in ("", "101", "x", "-1"):
        wrong = editor.save(AT, shown_at="ownership", share=share, **new)
        assert wrong.status_code == 422
        assert "A share lies between 0 and 100 %" in wrong.text
        assert 'value="Ann Lee"' in wrong.text
    assert "Please fill this in." in editor.save(AT, shown_at="ownership", owner="", kind="control").text
    assert "Please fill this in." in editor.save(AT, shown_at="ownership", owner="new", name="", kind="control").text
    broken = editor.save(AT, shown_at="ownership", **{**new, "kind": "trustee"})
    assert "does not hang together" in broken.text
    with editor.floor.database.read() as db:
        assert read_section(db, editor.id, "ownership").version == 0


def test_other_means_nominees_and_bearer_shares_are_said_and_changed_and_removed(editor):
    new = {"owner": "new", "node_kind": "person"}
    editor.save(AT, shown_at="ownership", kind="control", means="appoints the board", name="Ann Lee", **new)
    shown = editor.save(AT, shown_at="ownership", kind="shares", share="100", name="Nom Inee", **new).text
    assert "by other means" in shown
    assert "appoints the board" in shown
    edges = {edge.kind.value: edge for edge in graph(editor).edges.values()}
    ann, nominee, held = edges["control"].owner, edges["shares"].owner, edges["shares"].id
    told = {"owner": nominee, "owned": "own", "kind": "shares", "share": "100", "held_for": ann, "bearer": "yes"}
    shown = editor.save(f"{AT}/{held}", shown_at="ownership", **told).text
    assert "Nominees hold for others" in shown
    assert "There are bearer shares" in shown
    assert graph(editor).edges[held].held_for == ann
    assert editor.send(f"{AT}/{held}/remove", page="ownership").status_code == 409, "without the version it was seen in"
    editor.save(f"{AT}/{held}/remove", shown_at="ownership")
    assert held not in graph(editor).edges
    editor.save(f"ownership/boxes/{ann}/remove", shown_at="ownership")
    assert ann not in graph(editor).nodes
    assert not graph(editor).edges


def test_one_of_the_key_people_takes_their_place_in_the_chart(editor):
    person = name_party(editor.floor, editor.id, roles=["owner"], node="")
    editor.save(AT, shown_at="ownership", owner=f"party:{person}", kind="shares", share="100")
    with editor.floor.database.read() as db:
        assert read_party(db, list_parties(db, editor.id)[0]).values["node"] == person
    assert graph(editor).nodes[person].name == "Ann Lee"
    assert "Owners who are not among the key people" not in editor.get("ownership").text


def test_two_editors_who_change_one_holding_see_both(editor):
    save(editor.floor, editor.id, "ownership", GRAPH)
    form = editor.hidden("ownership")
    mine = {**form, "owner": "ann", "owned": "own", "kind": "shares", "share": "70"}
    save(editor.floor, editor.id, "ownership", {"edge:e1": {**GRAPH["edge:e1"], "share": "80 %"}})
    clash = editor.client.post(f"{editor.path}/{AT}/e1", data=mine)
    assert clash.status_code == 409
    assert "Somebody else changed this meanwhile." in clash.text
    assert "80 %" in clash.text
    assert 'value="70 %"' in clash.text
    again = editor.save(f"{AT}/e1", shown_at="ownership", **{k: mine[k] for k in ("owner", "owned", "kind", "share")})
    assert again.status_code == 200
    assert str(graph(editor).edges["e1"].share) == "7/10"


def test_a_file_of_statements_goes_in_and_out_without_loss(editor):
    save(editor.floor, editor.id, "ownership", GRAPH)
    out = editor.send("ownership/export", page="ownership")
    assert out.headers["content-disposition"] == 'attachment; filename="ownership.json"'
    statements = json.loads(out.text)
    assert {statement["recordType"] for statement in statements} == {"person", "entity", "relationship"}
    for name in ("edge:e1", "node:ann", "node:own", "subject"):
        save(editor.floor, editor.id, "ownership", {name: None})
    subject = next(s["recordId"] for s in statements if s["recordType"] == "entity")
    for data, subject_said, code in ((b"{", "", 422), (b"\xff", "", 422), (out.content, subject, 200)):
        file = {"file": ("a.json", data, "application/json")}
        form = {"subject": subject_said, "seen": editor.hidden("ownership")["seen"]}
        assert editor.send("ownership/files", form, files=file, page="ownership").status_code == code
    assert [edge.share for edge in graph(editor).edges.values()] == [1]
    again = json.loads(editor.send("ownership/export", page="ownership").text)
    assert [s["recordId"] for s in again] == [s["recordId"] for s in statements]


def test_a_large_chart_is_listed_in_part_and_each_of_it_can_be_changed(editor):
    """The page stays small enough for a phone; owners are found all the same."""
    people = {f"node:p{i}": {"id": f"p{i}", "kind": "person", "name": f"Person {i}"} for i in range(500)}
    shares = {
        f"edge:e{i}": {"id": f"e{i}", "owner": f"p{i}", "owned": "own", "kind": "shares", "share": "1/500"}
        for i in range(500)
    }
    save(editor.floor, editor.id, "ownership", {"subject": "own", "node:own": GRAPH["node:own"], **people, **shares})
    shown = editor.get("ownership").text
    assert "200 more are not listed here." in shown
    assert "too many boxes to be drawn" in shown
    assert "No owner was found" in shown
    assert len(shown) < 600_000
    last = editor.get("ownership?at=edge:e499").text
    assert f"{editor.path}/ownership/holdings/e499" in last
    told = {"owner": "p499", "owned": "own", "kind": "shares", "share": "2/5"}
    answer = editor.save("ownership/holdings/e499", shown_at="ownership", **told)
    assert "does not hang together" in answer.text
    assert 'data-section="ownership" data-state="error"' in answer.text
