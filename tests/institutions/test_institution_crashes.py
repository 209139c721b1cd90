"""A process that dies before its commit changes nothing, whatever it did; done again, it is done once."""

import pytest
from sqlalchemy import func, select

from cases import staff
from fourcorners.clearance import Outcome
from fourcorners.clearance.actions import answer
from fourcorners.clearance.institutions import ask_institution, decide_institution, rule_item
from fourcorners.infra.audit import verify_chain
from fourcorners.infra.db import Model
from fourcorners.institutions.actions import add_party, reopen, save_section, sign, submit, tick
from fourcorners.institutions.queries import get_institution
from institution_cases import ORIGIN, PERSON, accept_all, begin, fill_in, give_paper, hand_over, pdf, work_off


class Died(Exception):
    """The process ended here."""


def die(db):
    raise Died


def rows(floor):
    """How many rows every table has, and where the audit chain ends."""
    with floor.database.read() as db:
        counts = {t.name: db.scalar(select(func.count()).select_from(t)) for t in Model.metadata.sorted_tables}
        return counts, verify_chain(db).head


def dies_then_does(floor, act):
    """Do it in a process that dies at the end, then in one that lives."""
    before = rows(floor)
    floor.database.at_commit.append(die)
    with pytest.raises(Died), floor.database.write() as db:
        act(db)
    floor.database.at_commit.remove(die)
    assert rows(floor) == before
    with floor.database.write() as db:
        done = act(db)
    assert rows(floor) != before
    return done


def test_every_step_of_an_application_is_whole_or_not_at_all(floor):
    ins = begin(floor)
    fill_in(floor, ins, sign_it=False)
    changes = {"trading_name": "Muster"}
    dies_then_does(floor, lambda db: save_section(db, ins, "basic_info", actor="e", changes=changes, seen=1))
    values = {**PERSON, "name": "Bob", "node": "", "roles": ["director"]}
    bob = dies_then_does(floor, lambda db: add_party(db, ins, actor="e", values=values)).id
    floor.database.at_commit.append(die)
    with pytest.raises(Died):
        give_paper(floor, ins, "identity_page", bob, data=pdf("bob"))
    floor.database.at_commit.remove(die)
    for paper in ("identity_page", "proof_of_address"):
        give_paper(floor, ins, paper, bob, data=pdf(f"bob {paper}"))
    dies_then_does(floor, lambda db: sign(db, ins, actor="e", signer="Ann Lee", kind="typed"))
    dies_then_does(floor, lambda db: submit(db, ins, actor="e", origin=ORIGIN))
    work_off(floor)
    anna, berta = staff(), staff(name="berta")
    dies_then_does(floor, lambda db: ask_institution(db, ins, actor=anna, text="Who?", origin=ORIGIN))
    dies_then_does(floor, lambda db: answer(db, ins, actor="e", text="He."))
    work_off(floor)
    refused = {"accepted": False, "reasons": ["details_wrong"]}
    dies_then_does(floor, lambda db: rule_item(db, ins, "section:addresses", actor=anna, **refused))
    dies_then_does(floor, lambda db: decide_institution(db, ins, actor=anna, outcome=Outcome.REJECT))
    dies_then_does(floor, lambda db: reopen(db, ins, actor="e"))
    address = {"registered.lines": "Gasse 2"}
    dies_then_does(floor, lambda db: save_section(db, ins, "addresses", actor="e", changes=address, seen=1))
    with floor.database.write() as db:
        tick(db, ins, "terms", actor="e", signer="Ann Lee")
        sign(db, ins, actor="e", signer="Ann Lee", kind="typed")
    hand_over(floor, ins)
    work_off(floor)
    accept_all(floor, ins, anna)
    done = dies_then_does(floor, lambda db: decide_institution(db, ins, actor=anna, outcome=Outcome.APPROVE))
    if done.standing == "proposed":
        dies_then_does(floor, lambda db: decide_institution(db, ins, actor=berta, outcome=Outcome.APPROVE))
    with floor.database.read() as db:
        assert get_institution(db, ins).state == "approved"
