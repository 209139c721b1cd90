"""Institutions in any state, made through the real actions."""

from functools import cache
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from cases import staff
from fourcorners.clearance import Outcome
from fourcorners.clearance.institutions import decide_institution, rule_item, standings
from fourcorners.evidence.actions import check_file
from fourcorners.infra.handover import list_waiting, mark_taken
from fourcorners.institutions import kinds, needs
from fourcorners.institutions.actions import add_party, hand_in, save_section, sign, start, submit, tick
from fourcorners.institutions.kinds import Kind
from fourcorners.institutions.queries import get_institution, read_section
from fourcorners.institutions.sections import questions
from fourcorners.workflows.handlers import perform

ORIGIN = "http://127.0.0.1:8000"
FACTS = {
    "legal_name": "Muster Handel AG",
    "registration_number": "CHE-100.155.212",
    "incorporation_date": "2001-02-03",
    "country": "CH",
    "industry": "wholesale",
}
ADDRESS = {
    "registered.lines": "Gasse 1",
    "registered.city": "Bern",
    "registered.postcode": "3011",
    "registered.country": "CH",
}
PERSON = {
    "name": "Ann Lee",
    "birth_date": "1980-01-01",
    "nationality": "CH",
    "residence": "CH",
    "identity_kind": "passport",
    "identity_number": "X1234567",
    "identity_expires": "2031-01-01",
    "email": "ann@example.org",
    "node": "ann",
}
GRAPH = {
    "subject": "own",
    "node:own": {"id": "own", "kind": "entity", "name": "Muster Handel AG", "country": "CH"},
    "node:ann": {"id": "ann", "kind": "person", "name": "Ann Lee", "country": "CH"},
    "edge:e1": {"id": "e1", "owner": "ann", "owned": "own", "kind": "shares", "share": "100 %"},
}


@cache
def pdf(text="Certificate"):
    """A PDF of one page that says `text`, with enough letters that it need not be read off as a picture."""
    kept = BytesIO()
    canvas = Canvas(kept, invariant=1)
    for line in range(12):
        canvas.drawString(72, 720 - 20 * line, f"{text}: words of a paper that says nothing, on line {line}")
    canvas.save()
    return kept.getvalue()


def begin(floor, **given):
    """An application in draft; returns its id."""
    with floor.database.write() as db:
        return start(db, actor="system", email=given.pop("email", "office@example.org"), **given).id


def save(floor, institution, section, changes, seen=None):
    """Save as an editor who saw the newest version, or `seen`."""
    with floor.database.write() as db:
        version = read_section(db, institution, section).version if seen is None else seen
        return save_section(db, institution, section, actor="edi_test", changes=changes, seen=version)


def give_paper(floor, institution, paper, party=None, data=None, **about):
    """A file for a paper, checked as the pages check it."""
    data = pdf(paper) if data is None else data
    media = check_file("institution_paper" if party is None else "institution_identity", data)
    with floor.database.write() as db:
        return hand_in(
            db, floor.blobs, institution, actor="edi_test", paper=paper, data=data, media_type=media, party_id=party,
            about=about,
        )  # fmt: skip


def name_party(floor, institution, **values):
    """Somebody with every role that the kind asks for, unless `roles` are given; returns their id."""
    with floor.database.write() as db:
        return add_party(db, institution, actor="edi_test", values={**PERSON, **values}).id


def graph_for(kind):
    """A graph of owners that goes with a kind."""
    if kind is Kind.TRUST:
        roles = ("settlor", "trustee", "beneficiary")
        own = {"id": "own", "kind": "arrangement", "name": "Muster Trust"}
        edges = {f"edge:{r}": {"id": r, "owner": "ann", "owned": "own", "kind": r} for r in roles}
        return {"subject": "own", "node:own": own, "node:ann": GRAPH["node:ann"], **edges}
    if kind is Kind.GOVERNMENT_OWNED:
        state = {"id": "st", "kind": "state", "name": "Canton of Bern"}
        share = {"id": "e1", "owner": "st", "owned": "own", "kind": "shares", "share": "100 %"}
        manager = {"id": "m", "owner": "ann", "owned": "own", "kind": "senior_manager"}
        return {**GRAPH, "node:st": state, "edge:e1": share, "edge:m": manager}
    return GRAPH


def fill_in(floor, institution, kind="private_company", variant=None, sign_it=True, exposed=False, **facts):
    """Everything that `submit` asks for; returns the person's id; `exposed`, they make the risk high."""
    kind = Kind(kind)
    variant = (kinds()[kind].variants or ("",))[0] if variant is None else variant
    wanted = needs(kind, variant=variant, country="CH")
    save(floor, institution, "type", {"kind": kind.value, **({"variant": variant} if variant else {})})
    save(floor, institution, "basic_info", {**FACTS, **facts})
    save(floor, institution, "addresses", ADDRESS)
    answers = {"regulated": "no", **dict.fromkeys(wanted.answers, "stated")}
    for name in wanted.questionnaires:
        answers |= {f"{name}:{key}": "stated" for key in questions()[name]}
    save(floor, institution, "additional_info", answers)
    exposure = {"is_pep": True} if exposed else {}
    person = name_party(floor, institution, roles=[*wanted.people, *wanted.people_if_any], **exposure)
    give_paper(floor, institution, "identity_page", person)
    give_paper(floor, institution, "proof_of_address", person)
    if wanted.graph:
        save(floor, institution, "ownership", graph_for(kind))
    for paper in wanted.papers:
        about = {"dated": "2026-10-01", "signed": True} if paper == "ownership" else {}
        give_paper(floor, institution, paper, **about)
    with floor.database.write() as db:
        for key in wanted.attestations:
            tick(db, institution, key, actor="edi_test", signer="Ann Lee", address="192.0.2.7")
        if sign_it:
            sign(db, institution, actor="edi_test", signer="Ann Lee", kind="typed", address="192.0.2.7")
    return person


def hand_over(floor, institution, actor="edi_test"):
    """Submit; returns the id of the submission."""
    with floor.database.write() as db:
        return submit(db, institution, actor=actor, origin=ORIGIN).id


def submitted(floor, kind="private_company", exposed=False, **given):
    """An application under review; returns its id and that of the submission."""
    institution = begin(floor, **given)
    fill_in(floor, institution, kind, exposed=exposed)
    return institution, hand_over(floor, institution)


def work_off(floor, *, again=True):
    """Do all that was handed over about institutions, as a worker would, and `again`; returns the kinds done."""
    done = []
    while True:
        with floor.database.write() as db:
            waiting = [(w.id, w.kind, w.payload) for w in list_waiting(db) if w.kind.startswith("institution.")]
            for work, _, _ in waiting:
                mark_taken(db, work)
        if not waiting:
            return done
        for _, kind, payload in waiting:
            perform(floor, kind, payload)
            if again:
                perform(floor, kind, payload)  # twice does no harm
            done.append(kind)


def in_review(floor, kind="private_company", **given):
    """An application that waits for a reviewer; returns its id."""
    institution, _ = submitted(floor, kind, **given)
    work_off(floor)
    return institution


def accept_all(floor, institution, actor):
    """Accept every item; returns their names."""
    with floor.database.write() as db:
        items = list(standings(db, institution))
        for item in items:
            rule_item(db, institution, item, actor=actor, accepted=True)
        return items


def approved(floor, kind="private_company", **given):
    """An approved institution; returns its id."""
    institution = in_review(floor, kind, **given)
    accept_all(floor, institution, staff())
    with floor.database.write() as db:
        decide_institution(db, institution, actor=staff(), outcome=Outcome.APPROVE)
    with floor.database.write() as db:
        if get_institution(db, institution).state != "approved":
            decide_institution(db, institution, actor=staff(name="berta"), outcome=Outcome.APPROVE)
    work_off(floor)
    return institution
