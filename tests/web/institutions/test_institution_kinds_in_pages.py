"""INS1 to INS5, INS12, INS13, INS16: every kind from the first click to its approval, by forms alone."""

import re

import pytest
from institution_site import EVERY, HOLDER, Editor

from fourcorners.clearance.queries import list_decisions
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.institutions import needs
from fourcorners.institutions.kinds import Kind
from fourcorners.institutions.queries import (
    find_assessment,
    get_institution,
    list_attestations,
    list_papers,
    list_parties,
    read_assessment,
    read_attestation,
)
from fourcorners.institutions.sections import questions
from institution_cases import ADDRESS, FACTS, pdf, work_off
from institution_reviewing import at, entering


def party_of(answer):
    return re.search(r"key_people/(pty_\w+)", str(answer.url))[1]


@pytest.mark.parametrize(("kind", "variant"), EVERY, ids=lambda value: str(value) or "-")
def test_a_kind_from_the_first_click_to_its_approval(sqlite_floor, kind, variant):
    """With all papers that the kind needs, each accepted by a reviewer; by two where the risk asks for them."""
    editor = Editor.begun(sqlite_floor)
    wanted = needs(kind, variant=variant, country="CH")
    assert editor.get().text.count("Not begun") >= 8
    chosen = {"kind": kind.value, **({"variant": variant} if variant else {})}
    assert editor.save("type", **chosen).url.path.endswith("/basic_info")
    assert editor.save("basic_info", **FACTS).url.path.endswith("/addresses")
    assert editor.save("addresses", **ADDRESS).url.path.endswith("/key_people")

    shown = editor.get("key_people").text
    assert all(f"role={role}" in shown for role in wanted.people if role != "owner" or not wanted.graph)
    roles = [*wanted.people, *wanted.people_if_any]
    person = {"name": "Ann Lee", "birth_date": "1980-01-01", "nationality": "CH", "residence": "CH"}
    added = editor.save("key_people/new", what="person", has_roles="1", roles=roles, **person)
    party = party_of(added)
    files = {"identity_page": ("a.pdf", pdf("identity"), "application/pdf")}
    files |= {"proof_of_address": ("b.pdf", pdf("proof"), "application/pdf")}
    assert editor.send(f"key_people/{party}/files", files=files, page=f"key_people/{party}").status_code == 200

    if wanted.graph:
        draw(editor, kind, party)
        assert "Ann Lee" in editor.get("ownership").text.split('id="owners"')[1]
    for paper in wanted.papers:
        about = {"dated": "2026-10-01", "asks_signed": "1", "signed": "yes"} if paper == "ownership" else {}
        file = {"file": (f"{paper}.pdf", pdf(paper), "application/pdf")}
        assert editor.send(f"documents/{paper}/files", about, files=file, page="documents").status_code == 200
    answers = {"regulated": "no", **dict.fromkeys(wanted.answers, "stated")}
    for name in wanted.questionnaires:
        answers |= {f"{name}:{key}": "stated" for key in questions()[name]}
    assert editor.save("additional_info", **answers).url.path.endswith("/attestations")
    ticks = dict.fromkeys(wanted.attestations, "yes")
    assert editor.send("attestations", {"signer": "Ann Lee", **ticks}, page="attestations").status_code == 200

    before = editor.get("review_and_sign")
    assert "Nothing is missing." in before.text
    assert "disabled" in before.text.split('id="submit"')[1]
    signed = editor.send("review_and_sign", {"signer": "Ann Lee", "kind": "typed"}, page="review_and_sign")
    assert "Signed by Ann Lee" in signed.text
    done = editor.send("submit", page="review_and_sign")
    assert done.url.path == editor.path
    assert "Under review" in done.text
    assert "3 to 7 working days" in done.text
    assert "Verified on" not in done.text
    with sqlite_floor.database.read() as db:
        assert get_institution(db, editor.id).state == "under_review"
        kept = list_attestations(db, editor.id)
        assert sorted(one.key for one in kept) == sorted(wanted.attestations)
        assert read_attestation(db, kept[0]) == {"signer": "Ann Lee", "address": "testclient"}
        papers = {paper.id: paper.paper for paper in list_papers(db, editor.id) if paper.party_id is None}
        assert sorted(papers.values()) == sorted(wanted.papers)

    work_off(sqlite_floor, again=False)
    people = approve(sqlite_floor, editor.id, papers)
    work_off(sqlite_floor, again=False)
    with sqlite_floor.database.read() as db:
        risk = read_assessment(db, find_assessment(db, editor.id))["risk"]
        assert people == (2 if risk["four_eyes"] else 1)
        assert read_mail(db, list_mails(db, editor.id)[0].id).subject == "Muster Handel AG is verified"
    assert "Verified on" in editor.get().text


def approve(floor, case, papers):
    """Item by item, then as a whole, by as many people as it takes; gives how many."""
    enter = entering(floor)
    one = enter()
    accepted = one.accept_all(case)
    with floor.database.read() as db:
        assert {f"party:{party.id}" for party in list_parties(db, case)} < set(accepted)
    assert {f"paper:{paper}" for paper in papers} < set(accepted)
    said = one.decide(at(case), "approve")
    assert said.status_code == 200, said.text
    if "Waits for a second person" in said.text:
        with floor.database.read() as db:
            assert get_institution(db, case).state == "under_review"
        assert enter(name="two").decide(at(case), "approve").status_code == 200
    with floor.database.read() as db:
        assert get_institution(db, case).state == "approved"
        return len({decision.by for decision in list_decisions(db, case)})


def draw(editor, kind, party):
    """The chart that goes with a kind."""
    owner = f"party:{party}"
    if kind is Kind.GOVERNMENT_OWNED:
        state = {"owner": "new", "name": "Canton of Bern", "node_kind": "state", "kind": "shares", "share": "100"}
        assert editor.save("ownership/holdings", shown_at="ownership", **state).status_code == 200
    for held, share in HOLDER.get(kind, [("shares", "100")]):
        answer = editor.save("ownership/holdings", shown_at="ownership", owner=owner, kind=held, share=share)
        assert answer.status_code == 200, answer.text
        owner = party
