"""A submission is checked by the library, and its case settled: the whole way, with drawn pictures."""

from datetime import date
from functools import cache

from cases import new_case, put_in_force
from fourcorners import specimens
from fourcorners.evidence.actions import check_file, store_upload
from fourcorners.evidence.queries import list_runs, read_verdict
from fourcorners.infra.handover import list_waiting
from fourcorners.infra.mail import list_mails, write_mail
from fourcorners.infra.sealing import seal_json
from fourcorners.kit.canonical import sha256_hex
from fourcorners.people import Item, State
from fourcorners.people.actions import choose_document, enter_details, give_item, state_residence, submit
from fourcorners.people.personas import make_persona
from fourcorners.people.queries import CLAIMS, get_verification, state_of
from fourcorners.workflows import HANDLERS, perform
from fourcorners.workflows.replay import replay
from fourcorners.workflows.verification import judge_whole


@cache
def drawn():
    """A passport of Utopia and its holder: (details, front, selfie)."""
    passport = specimens.draw(
        "passport", seed=12, design="orchard", issue_date=date(2021, 3, 1), expiry_date=date(2031, 2, 28)
    )
    holder = passport.holder
    details = {
        "family_name": holder.family_name,
        "given_names": holder.given_names,
        "birth_date": holder.birth_date.isoformat(),
        "document_number": holder.document_number,
        "address": "Orchard Lane 1, Utopia",
    }
    front = specimens.capture(passport, "genuine", severity=0.5, seed=12, size=(1800, 2400))
    return details, front, specimens.selfie(0, seed=12, size=(1200, 1600))


def test_from_upload_to_verdict(sqlite_floor, tmp_path):
    floor = sqlite_floor
    details, front, selfie = drawn()
    case = new_case(floor)
    pictures = {
        Item.DOCUMENT_FRONT: specimens.save(front, tmp_path / "front").read_bytes(),
        Item.SELFIE: specimens.save(selfie, tmp_path / "selfie").read_bytes(),
    }
    with floor.database.write() as db:
        verification = get_verification(db, case)
        verification.challenge_policy = "none"
        owner = verification.applicant_id
        state_residence(db, case, actor=owner, residence="SE", nationality="SE")
        enter_details(db, case, actor=owner, details=details)
        choose_document(db, case, actor=owner, kind="passport", country="SE")
        for item, data in pictures.items():
            upload = store_upload(
                db,
                floor.blobs,
                actor=owner,
                owner_id=owner,
                case_id=case,
                item=item.value,
                data=data,
                media_type=check_file(item.value, data),
                source="camera",
            )
            give_item(db, case, actor=owner, item=item, upload_id=upload.id)
        submit(db, case, actor=owner)
    with floor.database.read() as db:
        (work,) = list_waiting(db)
    perform(floor, work.kind, work.payload)
    perform(floor, work.kind, work.payload)
    with floor.database.read() as db:
        (run,) = list_runs(db, case)
        assert run.finished_at is not None
        assert state_of(get_verification(db, case)) is not State.IN_PROGRESS
        kept = read_verdict(db, run)
        assert run.reasons == ["claims_disagree"] or run.decision == "review", run.reasons
    assert sha256_hex(judge_whole(floor, run).to_json().encode()) == run.verdict_sha256 == sha256_hex(kept)
    floor.clock.move(minutes=1)
    with floor.database.write() as db:
        put_in_force(floor, '[rules.effects.claims_disagree]\nfail = "none"', db)
        later = {**details, "family_name": "Somebody Else"}
        get_verification(db, case).claims = seal_json(db, run.owner_id, later, CLAIMS)
    again = replay(floor, run.id)
    assert again.same, again


def test_every_kind_of_work_has_a_handler(database, sqlite_floor):
    with sqlite_floor.database.write() as db:
        write_mail(db, owner="app_1", kind="test", to="a@example.org", subject="s", text="t")
    with sqlite_floor.database.read() as db:
        (work,) = list_waiting(db)
    assert work.kind in HANDLERS
    perform(sqlite_floor, work.kind, work.payload)
    with sqlite_floor.database.read() as db:
        assert list_mails(db)[0].sent_at is not None


def test_a_persona_of_the_sandbox_is_replayed_as_well(sqlite_floor):
    case = new_case(sqlite_floor, sandbox=True)
    with sqlite_floor.database.write() as db:
        make_persona(db, get_verification(db, case), "blurred_document", actor="system")
        submit(db, case, actor="system")
        (work,) = list_waiting(db)
    perform(sqlite_floor, work.kind, work.payload)
    with sqlite_floor.database.read() as db:
        (run,) = list_runs(db, case)
    again = replay(sqlite_floor, run.id)
    assert (again.same, again.now_decision) == (True, "resubmit")
