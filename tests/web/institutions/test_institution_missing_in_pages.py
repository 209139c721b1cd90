"""INS4, INS7, INS8, INS10, INS11: whatever a kind needs is named when it is missing, with the way to its field."""

import html
import re

import pytest
from institution_site import Editor

from engines import TestClock, open_test_floor
from fourcorners.infra.sealing import seal_json
from fourcorners.institutions import kinds, needs
from fourcorners.institutions.actions import remove_paper, untick
from fourcorners.institutions.actions.filling import change_party
from fourcorners.institutions.queries import ABOUT, get_party, list_papers, list_parties, read_party, read_section
from fourcorners.web.areas import AREAS
from fourcorners.web.words import WordsOf
from institution_cases import fill_in, give_paper, save

EVERY = [(kind, variant) for kind, entry in kinds().items() for variant in (entry.variants or ("",))]
SAY = WordsOf(AREAS).of("en")


def listed(editor):
    """What the page to sign says is missing: words by the way to the field."""
    text = editor.get("review_and_sign").text
    part = text.split('id="lacking"')[1].split("</section>")[0] if 'id="lacking"' in text else ""
    return {
        html.unescape(where): html.unescape(said) for where, said in re.findall(r'<a href="([^"]+)">([^<]+)</a>', part)
    }


def refused(editor, where, said):
    """It is named, there is a way to its field, and it cannot be submitted."""
    found = listed(editor)
    assert found == {f"{editor.path}/{where}": said}
    page, _, field = where.partition("#")
    assert re.search(rf'id="{re.escape(field)}"', editor.get(page).text), field
    answer = editor.send("submit", page="review_and_sign")
    assert answer.status_code == 422
    assert html.unescape(answer.text).count(said) >= 1


def change(floor, institution, party, **changes):
    with floor.database.write() as db:
        held = read_party(db, get_party(db, institution, party))
        change_party(db, institution, party, actor="edi_test", changes=changes, seen=held.version)


@pytest.mark.parametrize(("kind", "variant"), EVERY, ids=lambda value: str(value) or "-")
def test_every_paper_and_every_role_of_a_kind_is_named_when_it_is_missing(sqlite_floor, kind, variant):
    editor = Editor.begun(sqlite_floor)
    person = fill_in(sqlite_floor, editor.id, kind, variant, sign_it=False)
    wanted = needs(kind, variant=variant, country="CH")
    assert listed(editor) == {}
    for paper in wanted.papers:
        with sqlite_floor.database.write() as db:
            held = next(p for p in list_papers(db, editor.id) if p.paper == paper)
            remove_paper(db, editor.id, held.id, actor="edi_test")
        refused(editor, f"documents#paper-{paper}", f"This paper is missing: {SAY(f'institutions.papers.{paper}')}.")
        give_paper(
            sqlite_floor, editor.id, paper, **({"dated": "2026-10-01", "signed": True} if paper == "ownership" else {})
        )
    roles = [*wanted.people, *wanted.people_if_any]
    for role in wanted.people:
        if role == "owner" and wanted.graph:
            continue  # follows from the chart: told below
        change(sqlite_floor, editor.id, person, roles=[r for r in roles if r != role])
        words = SAY(
            "institutions.missing.role",
            role=SAY(f"institutions.roles.{role}"),
            words=SAY(f"institutions.roles_text.{role}"),
        )
        assert listed(editor) == {f"{editor.path}/key_people/new?role={role}#{role}": words}
        assert editor.send("submit", page="review_and_sign").status_code == 422
        change(sqlite_floor, editor.id, person, roles=roles)
    for answer in ("regulated", *wanted.answers):
        save(sqlite_floor, editor.id, "additional_info", {answer: None})
        refused(editor, f"additional_info#{answer}", f"Not answered: {SAY(f'institutions.fields.{answer}')}")
        save(sqlite_floor, editor.id, "additional_info", {answer: "no"})
    if wanted.questionnaires:
        save(sqlite_floor, editor.id, "additional_info", {"aml_programme:law": None})
        refused(editor, "additional_info#questionnaire", SAY("institutions.missing.questionnaire"))


ELSEWHERE = {"business.lines": "Weg 2", "business.city": "Bern", "business.country": "CH"}
SIXTY = {"id": "e1", "owner": "ann", "owned": "own", "kind": "shares", "share": "60 %"}


def wrong(field):
    return SAY(f"institutions.wrong.{field}", country="Switzerland")


CASES = [
    ("basic_info", {"legal_name": None}, "#legal_name", "Legal name is missing."),
    ("basic_info", {"industry": None}, "#industry", "Industry is missing."),
    ("basic_info", {"registration_number": None}, "#registration_number", "Registration number is missing."),
    ("basic_info", {"incorporation_date": None}, "#incorporation_date", "Date of incorporation is missing."),
    ("basic_info", {"registration_number": "CHE-1"}, "#registration_number", wrong("registration_number")),
    ("basic_info", {"tax_number": "CHE-1"}, "#tax_number", wrong("tax_number")),
    ("basic_info", {"lei": "1"}, "#lei", wrong("lei")),
    ("basic_info", {"incorporation_date": "2027-01-01"}, "#incorporation_date", wrong("incorporation_date")),
    ("addresses", {"registered.city": None}, "#registered.city", "Registered address: City is missing."),
    ("addresses", {"registered.postcode": "XX"}, "#registered.postcode", wrong("postcode")),
    (
        "addresses",
        ELSEWHERE,
        "documents#paper-business_address",
        "This paper is missing: Proof of the business address.",
    ),
    ("additional_info", {"regulated": "yes"}, "#questionnaire", SAY("institutions.missing.questionnaire")),
    ("ownership", {"edge:e1": SIXTY}, "#node-own", SAY("institutions.missing.holders", name="Muster Handel AG")),
]


@pytest.fixture(scope="module")
def complete(tmp_path_factory):
    opened = open_test_floor("sqlite", tmp_path_factory.mktemp("floor"), TestClock())
    editor = Editor.begun(opened)
    editor.person = fill_in(opened, editor.id, sign_it=False)
    yield editor
    opened.close()


@pytest.mark.parametrize(
    ("section", "changes", "where", "said"), CASES, ids=lambda v: v if isinstance(v, str) and "#" in v else ""
)
def test_a_field_that_is_missing_or_wrong_is_named_on_its_place(complete, section, changes, where, said):
    with complete.floor.database.read() as db:
        before = dict(read_section(db, complete.id, section).values)
    save(complete.floor, complete.id, section, changes)
    refused(complete, where if where[0] != "#" else section + where, said)
    save(complete.floor, complete.id, section, {name: before.get(name) for name in changes})
    assert listed(complete) == {}


PEOPLE = [
    ({"birth_date": None}, "birth_date", "Ann Lee: the date of birth is missing."),
    ({"birth_date": "2027-01-01"}, "birth_date", "Ann Lee: the date of birth has not come yet."),
    ({"nationality": None}, "nationality", "Ann Lee: the nationality is missing."),
    ({"residence": None}, "residence", "Ann Lee: the country of residence is missing."),
    ({"identity_expires": "2020-01-01"}, "identity_page", "Ann Lee: the identity document has expired."),
]


@pytest.mark.parametrize(("changes", "field", "said"), PEOPLE)
def test_what_somebody_lacks_is_named_with_their_name(complete, changes, field, said):
    with complete.floor.database.read() as db:
        before = dict(read_party(db, get_party(db, complete.id, complete.person)).values)
    change(complete.floor, complete.id, complete.person, **changes)
    refused(complete, f"key_people/{complete.person}#{field}", said)
    change(complete.floor, complete.id, complete.person, **{name: before[name] for name in changes})


@pytest.mark.parametrize("paper", ["identity_page", "proof_of_address"])
def test_the_files_of_somebody_are_asked_for_by_name(complete, paper):
    with complete.floor.database.write() as db:
        held = next(p for p in list_papers(db, complete.id) if p.paper == paper)
        remove_paper(db, complete.id, held.id, actor="edi_test")
    key = {"identity_page": "identity", "proof_of_address": "proof_of_address"}[paper]
    refused(complete, f"key_people/{complete.person}#{paper}", SAY(f"institutions.missing_of.{key}", name="Ann Lee"))
    give_paper(complete.floor, complete.id, paper, complete.person)


GOOD = {"dated": "2026-10-01", "signed": True}
CHART = SAY("institutions.papers.ownership")
ABOUT_CHART = [
    ({"dated": "2026-10-01"}, SAY("institutions.wrong.paper_unsigned", paper=CHART)),
    ({"dated": "2025-10-01", "signed": True}, SAY("institutions.wrong.paper_undated", count=12, paper=CHART)),
    ({"signed": True}, SAY("institutions.wrong.paper_undated", count=12, paper=CHART)),
    ({**GOOD, "expires": "2026-10-31"}, SAY("institutions.wrong.paper_expired", paper=CHART)),
]  # fmt: skip


@pytest.mark.parametrize(("about", "said"), ABOUT_CHART)
def test_a_chart_must_be_signed_and_dated_within_twelve_months(complete, about, said):
    with complete.floor.database.write() as db:
        paper = next(p for p in list_papers(db, complete.id) if p.paper == "ownership")
        paper.about = seal_json(db, complete.id, about, f"{ABOUT} {paper.id}")
    refused(complete, "documents#paper-ownership", said)
    with complete.floor.database.write() as db:
        paper = next(p for p in list_papers(db, complete.id) if p.paper == "ownership")
        paper.about = seal_json(db, complete.id, GOOD, f"{ABOUT} {paper.id}")


def test_an_owner_who_is_not_among_the_people_is_named(complete):
    save(complete.floor, complete.id, "ownership", {"node:ann": {"id": "ann", "kind": "person", "name": "Zoe Quist"}})
    change(complete.floor, complete.id, complete.person, node=None)
    said = SAY("institutions.missing.owner_named", name="Zoe Quist")
    assert listed(complete) == {f"{complete.path}/key_people/new?role=owner&node=ann#name": said}
    shown = complete.get("key_people/new?role=owner&node=ann").text
    assert 'value="Zoe Quist"' in shown
    assert re.search(r'id="role-owner"[^>]*checked', shown)
    save(complete.floor, complete.id, "ownership", {"node:ann": {"id": "ann", "kind": "person", "name": "Ann Lee"}})


def test_a_statement_that_is_not_ticked_is_named(complete):
    with complete.floor.database.write() as db:
        untick(db, complete.id, "not_us", actor="edi_test")
    said = SAY("institutions.missing.attestation", text=SAY("institutions.attestations.not_us"))
    refused(complete, "attestations#not_us", said)


def test_a_kind_that_does_not_go_with_the_state_s_share_is_refused(sqlite_floor):
    editor = Editor.begun(sqlite_floor)
    fill_in(sqlite_floor, editor.id, "government_owned", sign_it=False)
    save(sqlite_floor, editor.id, "ownership", {"edge:e1": None})
    save(
        sqlite_floor,
        editor.id,
        "ownership",
        {"edge:e2": {"id": "e2", "owner": "ann", "owned": "own", "kind": "shares", "share": "100 %"}},
    )
    assert listed(editor)[f"{editor.path}/type#kind"] == SAY("institutions.wrong.state_share")
    assert "Something is wrong" in editor.get("type").text
    with sqlite_floor.database.read() as db:
        assert len(list_parties(db, editor.id)) == 1
