"""INS1 to INS5, INS12, INS13: every kind from the first click to the submission, by forms alone."""

import re

import pytest
from institution_site import Editor

from fourcorners.institutions import kinds, needs
from fourcorners.institutions.kinds import Kind
from fourcorners.institutions.queries import get_institution, list_attestations, read_attestation
from fourcorners.institutions.sections import questions
from institution_cases import ADDRESS, FACTS, pdf

EVERY = [(kind, variant) for kind, entry in kinds().items() for variant in (entry.variants or ("",))]
HOLDER = {
    Kind.TRUST: [("settlor", ""), ("trustee", ""), ("beneficiary", "")],
    Kind.GOVERNMENT_OWNED: [("senior_manager", "")],
}
"""How the one person of these applications appears in the chart; elsewhere they hold all shares."""


def party_of(answer):
    return re.search(r"key_people/(pty_\w+)", str(answer.url))[1]


@pytest.mark.parametrize(("kind", "variant"), EVERY, ids=lambda value: str(value) or "-")
def test_a_kind_from_the_first_click_to_the_submission(sqlite_floor, kind, variant):
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
    with sqlite_floor.database.read() as db:
        assert get_institution(db, editor.id).state == "under_review"
        kept = list_attestations(db, editor.id)
        assert sorted(one.key for one in kept) == sorted(wanted.attestations)
        assert read_attestation(db, kept[0]) == {"signer": "Ann Lee", "address": "testclient"}


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
