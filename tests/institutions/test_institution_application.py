"""INS2 to INS5, INS10, INS13, INS15: an application filled in by several, kept, signed, submitted, on both engines."""

import threading

import pytest

from cases import fill_in as fill_in_person
from fourcorners.accounts.actions.links import make_account
from fourcorners.accounts.errors import AccountKindFixed
from fourcorners.accounts.rules import Kind as AccountKind
from fourcorners.evidence.actions import check_file
from fourcorners.evidence.queries import get_upload, read_upload
from fourcorners.infra.audit import AuditEvent, verify_chain
from fourcorners.infra.handover import HandOver
from fourcorners.infra.mail import list_mails, read_mail
from fourcorners.infra.webhooks import Event
from fourcorners.institutions.actions import (
    ASSESS,
    change_party,
    export_graph,
    import_graph,
    invite_editor,
    join_editor,
    redeem_editor_link,
    remove_editor,
    remove_paper,
    remove_party,
    reopen,
    send_party_link,
    sign,
    start,
    submit,
    tick,
    withdraw,
)
from fourcorners.institutions.actions.beginning import find_editor_by_secret
from fourcorners.institutions.errors import (
    ApplicationIncomplete,
    FieldUnknown,
    NotOpenForChanges,
    SectionChanged,
    TransitionNotAllowed,
)
from fourcorners.institutions.queries import (
    get_institution,
    get_party,
    list_attestations,
    list_editors,
    list_papers,
    list_parties,
    list_submissions,
    read_attestation,
    read_content,
    read_party,
    read_section,
)
from fourcorners.institutions.reading import advice_of, progress_of
from fourcorners.people.actions import register_applicant
from fourcorners.people.actions import submit as submit_person
from fourcorners.people.models import Verification
from fourcorners.vision.decode import PictureRefused
from institution_cases import (
    GRAPH,
    ORIGIN,
    PERSON,
    begin,
    fill_in,
    give_paper,
    hand_over,
    name_party,
    pdf,
    save,
    submitted,
)


def states(floor, institution):
    with floor.database.read() as db:
        return progress_of(db, get_institution(db, institution), today=db.now.date())


def test_two_editors_write_at_once_and_neither_loses_a_word(floor):
    """INS2: other fields are merged; the same field is refused, with what is there now."""
    institution = begin(floor)
    first = save(floor, institution, "basic_info", {"legal_name": "Muster AG", "country": "CH"})
    assert first.version == 1
    save(floor, institution, "basic_info", {"industry": "wholesale"}, seen=1)
    merged = save(floor, institution, "basic_info", {"country": "DE"}, seen=1)
    assert merged.values == {"legal_name": "Muster AG", "country": "DE", "industry": "wholesale"}
    with pytest.raises(SectionChanged) as refused:
        save(floor, institution, "basic_info", {"country": "AT", "tax_number": "1"}, seen=1)
    assert refused.value.fields == {"version": 3, "fields": ["country"], "values": {"country": "DE"}}
    again = save(floor, institution, "basic_info", {"country": "DE"}, seen=1)
    assert again.version == 3, "saving the same again is no conflict"
    with floor.database.read() as db:
        assert get_institution(db, institution).country == "DE"
        assert read_section(db, institution, "basic_info").values["industry"] == "wholesale"


def test_six_who_save_at_the_same_moment_all_keep_their_words(floor):
    institution, fields = begin(floor), ["legal_name", "trading_name", "industry", "website", "phone", "purpose"]
    together = threading.Barrier(len(fields))
    wrong = []

    def type_in(field):
        together.wait()
        try:
            save(floor, institution, "basic_info", {field: field.upper()}, seen=0)
        except Exception as error:  # told below
            wrong.append(error)

    threads = [threading.Thread(target=type_in, args=(field,)) for field in fields]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with floor.database.read() as db:
        held = read_section(db, institution, "basic_info")
    assert held.values == {field: field.upper() for field in fields}
    assert held.version == len(fields)


def test_a_field_that_is_not_there_is_refused_by_name(floor):
    institution = begin(floor)
    for section, changes, named in (
        ("basic_info", {"colour": "red"}, "colour"),
        ("basic_info", {"legal_name": 7}, "legal_name"),
        ("type", {"kind": "shop"}, "kind"),
        ("ownership", {"node:a": {"id": "b"}}, "node:a"),
        ("key_people", {}, "key_people"),
    ):
        with pytest.raises(FieldUnknown) as refused:
            save(floor, institution, section, changes)
        assert list(refused.value.fields["problems"]) == [named]


def test_a_complete_application_is_submitted_once_and_kept_as_it_was(floor):
    """INS3, INS4: double clicks make one submission; the content is sealed, and its work handed over."""
    institution = begin(floor)
    person = fill_in(floor, institution)
    assert states(floor, institution).is_complete
    assert set(states(floor, institution).states.values()) == {"complete"}
    first, second = hand_over(floor, institution), hand_over(floor, institution)
    assert first == second
    with floor.database.read() as db:
        row = get_institution(db, institution)
        assert (row.state, row.kind, row.country) == ("under_review", "private_company", "CH")
        assert (row.due_at - row.submitted_at).days == 9, "seven working days from a Sunday"
        (kept,) = list_submissions(db, institution)
        assert read_content(db, kept)["parties"][person]["name"] == "Ann Lee"
        work = [w for w in db.query(HandOver) if w.kind == ASSESS]
        assert [w.payload for w in work] == [{"institution": institution, "submission": first}]
        assert [e.kind for e in db.query(Event).order_by(Event.id)] == ["institution.created", "institution.submitted"]
        assert verify_chain(db).broken_at is None
        assert b"Ann Lee" not in kept.content
    with pytest.raises(NotOpenForChanges):
        save(floor, institution, "basic_info", {"legal_name": "Other"})


def test_what_is_missing_is_named_and_nothing_moves(floor):
    """INS4."""
    institution = begin(floor)
    fill_in(floor, institution)
    with floor.database.write() as db:
        taken = next(p for p in list_papers(db, institution) if p.paper == "articles")
        remove_paper(db, institution, taken.id, actor="edi_test")
        remove_paper(db, institution, taken.id, actor="edi_test")
    with pytest.raises(ApplicationIncomplete, match="Memorandum and articles") as refused:
        hand_over(floor, institution)
    assert refused.value.fields["items"] == ["articles", "signature"], "what was signed has changed as well"
    with floor.database.read() as db:
        assert get_institution(db, institution).state == "draft"
        assert list_submissions(db, institution) == []


def test_a_signature_lapses_when_what_it_signed_is_changed(floor):
    """INS13: text version, signer, time and address of each tick; the signature is over everything."""
    institution = begin(floor)
    person = fill_in(floor, institution)
    with floor.database.write() as db:
        twice = sign(db, institution, actor="edi_test", signer="Ann  Lee", kind="typed", address="192.0.2.7")
        assert twice.id == sign(db, institution, actor="edi_test", signer="Ann Lee", kind="typed").id
        held = {t.key: t for t in list_attestations(db, institution)}
        again = tick(db, institution, "terms", actor="edi_other", signer="Bob")
        assert again.id == held["terms"].id
        assert read_attestation(db, held["terms"]) == {"signer": "Ann Lee", "address": "192.0.2.7"}
        assert len(held) == 7
        change_party(db, institution, person, actor="edi_test", changes={"position": "CEO"}, seen=1)
    assert [i.item for i in states(floor, institution).items] == ["signature"]
    with floor.database.write() as db:
        change_party(db, institution, person, actor="edi_test", changes={"position": None}, seen=2)
    assert states(floor, institution).is_complete, "what was signed stands there again"
    with floor.database.write() as db:
        for strokes in ([], [[[1, 1], [1, 1]]], [[["a", 1]]], [[[1, 1], [9999, 2]]]):
            with pytest.raises(FieldUnknown):
                sign(db, institution, actor="edi_test", signer="Ann Lee", kind="drawn", strokes=strokes)
        drawn = sign(db, institution, actor="e", signer="Ann Lee", kind="drawn", strokes=[[[1, 2], [30.6, 40]]])
        assert drawn.id != twice.id


def test_people_are_entered_once_with_files_or_a_link_of_their_own(floor):
    """INS5: both sides or the page alone; somebody verified by a link needs nothing else."""
    institution = begin(floor)
    save(floor, institution, "type", {"kind": "private_company"})
    party = name_party(floor, institution, roles=["officer", "owner"])
    key = {"key": "pty_01jdkz6b3mfhvs5tq9w8e0r2xy"}

    def items():
        return {i.item for i in states(floor, institution).items if i.item.startswith(party)}

    assert items() == {f"{party}.identity", f"{party}.proof_of_address"}
    front = give_paper(floor, institution, "identity_front", party)
    assert give_paper(floor, institution, "identity_front", party).id == front.id, "the same file again is the same"
    newer = give_paper(floor, institution, "identity_front", party, data=pdf("another"))
    assert items() == {f"{party}.identity", f"{party}.proof_of_address"}
    give_paper(floor, institution, "identity_back", party)
    assert items() == {f"{party}.proof_of_address"}
    with floor.database.write() as db:
        assert [p.id for p in list_papers(db, institution) if p.paper == "identity_front"] == [newer.id]
        linked = send_party_link(db, institution, party, actor="edi_test", origin=ORIGIN)
        send_party_link(db, institution, party, actor="edi_test", origin=ORIGIN)
        (letter,) = [read_mail(db, m.id) for m in list_mails(db, linked.applicant_id)]
        assert letter.to == PERSON["email"]
        assert f"{ORIGIN}/verify/open/" in letter.text
        case = db.query(Verification).where(Verification.applicant_id == linked.applicant_id).one()
        assert (case.state, case.level_wanted) == ("not_started", 3)
        case.state = "verified"
    assert items() == set()
    with floor.database.write() as db:
        remove_party(db, institution, party, actor="edi_test")
        remove_party(db, institution, party, actor="edi_test")
        assert list_parties(db, institution) == []
        assert list_papers(db, institution) == []
        made = [add_twice(db, institution, key), add_twice(db, institution, key)]
        assert made[0].id == made[1].id == key["key"]
        assert read_party(db, get_party(db, institution, key["key"])).version == 1


def add_twice(db, institution, key):
    from fourcorners.institutions.actions import add_party

    return add_party(db, institution, actor="edi_test", values={"name": "Bob", "roles": ["director"]}, **key)


def test_files_are_originals_of_less_than_20_mb(floor):
    """INS10: PDF, JPEG and PNG; every byte kept as evidence, also of a paper that was taken back."""
    institution = begin(floor)
    large = pdf("articles") + b"\n" * (12_000_000)
    paper = give_paper(floor, institution, "articles", data=pdf("articles"))
    for data, code in (
        (b"", "file_empty"),
        (b"GIF89a" + bytes(100), "file_type_unsupported"),
        (b"%PDF-1.7" + bytes(20_000_000), "file_too_large"),
    ):
        with pytest.raises(PictureRefused) as refused:
            check_file("institution_paper", data)
        assert refused.value.code == code
    with pytest.raises(PictureRefused) as refused:
        check_file("institution_paper", pdf("x"), "scan.png")
    assert refused.value.code == "file_type_mismatch"
    assert len(large) > 10_000_000
    with floor.database.write() as db:
        remove_paper(db, institution, paper.id, actor="edi_test")
        assert read_upload(db, floor.blobs, get_upload(db, paper.upload_id)) == pdf("articles")


def test_an_account_is_a_persons_or_an_institutions(floor):
    """INS15, in both directions."""
    with floor.database.write() as db:
        office = make_account(db, "office@example.org", "Office", AccountKind.CUSTOMER, None, "en", actor="system")
        mine = start(db, actor=office.id, account_id=office.id)
        assert start(db, actor=office.id, account_id=office.id).id == mine.id
        person = register_applicant(db, actor=office.id, account_id=office.id).id
    fill_in_person(floor, person)
    with floor.database.write() as db, pytest.raises(AccountKindFixed):
        submit_person(db, person, actor=office.id)
    with floor.database.write() as db:
        anna = make_account(db, "anna@example.org", "Anna", AccountKind.CUSTOMER, None, "en", actor="system")
        case = register_applicant(db, actor=anna.id, account_id=anna.id).id
    fill_in_person(floor, case)
    with floor.database.write() as db:
        submit_person(db, case, actor=anna.id)
    with floor.database.write() as db, pytest.raises(AccountKindFixed):
        start(db, actor=anna.id, account_id=anna.id)


def test_editors_come_by_a_link_and_go_at_once(floor):
    institution = begin(floor)
    with floor.database.write() as db:
        editor = invite_editor(db, institution, actor="edi_test", email="bob@example.org", origin=ORIGIN)
        invite_editor(db, institution, actor="edi_test", email="Bob@Example.org", origin=ORIGIN)
        (mail,) = list_mails(db, institution)
        secret = read_mail(db, mail.id).text.partition("/institution/open/")[2].split()[0]
        who, browser = redeem_editor_link(db, secret)
        assert who.id == editor.id
        assert find_editor_by_secret(db, browser, ("browser",)).id == editor.id
        assert find_editor_by_secret(db, browser, ("link",)) is None
        account = make_account(db, "bob@example.org", "Bob", AccountKind.CUSTOMER, None, "en", actor="system")
        assert join_editor(db, secret, account_id=account.id).account_id == account.id
        assert [e.role for e in list_editors(db, institution)] == ["owner", "editor"]
        remove_editor(db, institution, editor.id, actor="edi_test")
        assert find_editor_by_secret(db, browser, ("browser",)) is None
        assert db.query(AuditEvent).where(AuditEvent.action == "editor.removed").count() == 0, "chained at the end"


def test_a_graph_comes_from_statements_and_goes_there_again(floor):
    """Import and export as BODS 0.4: what was read is written word for word, what was drawn since is added."""
    institution = begin(floor)
    fill_in(floor, institution)
    save(floor, institution, "ownership", {"edge:e1": {**GRAPH["edge:e1"], "share": "1/3"}})
    with floor.database.write() as db:
        told = export_graph(db, institution, actor="edi_test", publisher="Muster")
    other = begin(floor, email="other@example.org")
    save(floor, other, "type", {"kind": "private_company"})
    with floor.database.write() as db:
        import_graph(db, other, actor="edi_test", text=told, seen=0, subject="own")
        assert read_section(db, other, "ownership").values["subject"] == "own"
        assert export_graph(db, other, actor="edi_test", publisher="Muster") == told
    more = {"node:bob": {"id": "bob", "kind": "person", "name": "Bob"}}
    save(floor, other, "ownership", more)
    with floor.database.write() as db:
        again = export_graph(db, other, actor="edi_test", publisher="Muster")
    assert len(again) > len(told)
    assert "Bob" in again
    save(floor, other, "ownership", {"edge:x": {"id": "x", "owner": "bob", "owned": "nobody", "kind": "shares"}})
    assert any("nobody" in i.says and i.is_error for i in states(floor, other).items)


def test_withdrawn_is_for_good_and_only_a_refusal_is_opened_again(floor):
    """INS3."""
    institution, _ = submitted(floor)
    with floor.database.write() as db, pytest.raises(TransitionNotAllowed):
        reopen(db, institution, actor="edi_test")
    with floor.database.write() as db:
        withdraw(db, institution, actor="edi_test")
        withdraw(db, institution, actor="edi_test")
        assert get_institution(db, institution).state == "withdrawn"
    with floor.database.write() as db, pytest.raises(TransitionNotAllowed):
        submit(db, institution, actor="edi_test", origin=ORIGIN)


def test_the_adviser_works_on_what_was_answered(floor):
    """INS1."""
    institution = begin(floor)
    save(floor, institution, "type", {"is_trust": "no", "state_share": "60 %"})
    with floor.database.read() as db:
        assert advice_of(db, institution).kind == "government_owned"
