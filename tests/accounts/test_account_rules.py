"""Permissions: the whole table, role by permission, as it was agreed; a change of one cell fails here."""

import itertools

import pytest

from fourcorners.accounts.errors import NotAllowed
from fourcorners.accounts.rules import (
    ALLOWED,
    SYSTEM,
    Actor,
    Kind,
    Permission,
    Role,
    can,
    can_manage,
    check_can,
    check_can_manage,
)

# reviewer, senior reviewer, compliance officer, administrator, developer
AGREED = """
see_cases           x x x . x
see_personal_data   x x x . .
decide_cases        x x x . .
confirm_decisions   . x x . .
overrule_decisions  . x x . .
assign_cases        . x x . .
try_policy          . x x . .
change_policy       . . x . .
see_audit           . . x x .
hold_data           . . x . .
erase_data          . . x . .
export_data         . . x . .
manage_staff        . . . x .
manage_keys         . . . x x
manage_webhooks     . . . x x
see_operations      . . . x x
write_help          . x x x .
"""
TABLE = {line.split()[0]: dict(zip(Role, line.split()[1:], strict=True)) for line in AGREED.split("\n") if line}


def test_the_table_agreed_on_names_every_permission():
    assert set(TABLE) == set(Permission) == set(ALLOWED)


@pytest.mark.parametrize(("role", "permission"), [*itertools.product(Role, Permission)])
def test_every_cell(role, permission):
    actor = Actor("acc_1", Kind.STAFF, role)
    assert can(actor, permission) is (TABLE[permission][role] == "x")
    if can(actor, permission):
        check_can(actor, permission)
    else:
        with pytest.raises(NotAllowed) as refused:
            check_can(actor, permission)
        assert refused.value.fields == {"permission": permission}


@pytest.mark.parametrize("permission", Permission)
def test_customers_the_switched_off_and_staff_without_a_role_may_nothing_and_the_operator_everything(permission):
    assert not can(Actor("acc_1", Kind.CUSTOMER), permission)
    assert not can(Actor("acc_1", Kind.CUSTOMER, Role.ADMINISTRATOR), permission)
    assert not can(Actor("acc_1", None, Role.ADMINISTRATOR), permission)
    assert not can(Actor("acc_1", Kind.STAFF), permission)
    assert can(SYSTEM, permission)


@pytest.mark.parametrize("role", Role)
def test_only_administrators_manage_and_never_themselves(role):
    actor = Actor("acc_1", Kind.STAFF, role)
    assert can_manage(actor, "acc_2") is (role is Role.ADMINISTRATOR)
    assert not can_manage(actor, "acc_1")
    with pytest.raises(NotAllowed):
        check_can_manage(actor, "acc_1")


def test_nobody_both_decides_cases_and_manages_accounts():
    for role in Role:
        actor = Actor("acc_1", Kind.STAFF, role)
        assert not (can(actor, Permission.DECIDE_CASES) and can(actor, Permission.MANAGE_STAFF))
