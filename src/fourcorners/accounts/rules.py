"""Who may do what: roles, permissions, scopes. Whether a case allows it is not asked here."""

from dataclasses import dataclass
from enum import StrEnum

from fourcorners.accounts.errors import NotAllowed

__all__ = [
    "ALLOWED",
    "SYSTEM",
    "Actor",
    "Kind",
    "Permission",
    "Role",
    "Scope",
    "can",
    "can_manage",
    "check_can",
    "check_can_manage",
]


class Kind(StrEnum):
    """The two kinds of account; one never turns into the other."""

    STAFF = "staff"
    CUSTOMER = "customer"


class Role(StrEnum):
    """What a member of staff is for."""

    REVIEWER = "reviewer"
    SENIOR_REVIEWER = "senior_reviewer"
    COMPLIANCE_OFFICER = "compliance_officer"
    ADMINISTRATOR = "administrator"
    DEVELOPER = "developer"


class Permission(StrEnum):
    """What can be allowed. Whoever manages accounts decides no cases, and whoever decides cases manages no accounts."""

    SEE_CASES = "see_cases"
    SEE_PERSONAL_DATA = "see_personal_data"
    DECIDE_CASES = "decide_cases"
    CONFIRM_DECISIONS = "confirm_decisions"
    OVERRULE_DECISIONS = "overrule_decisions"
    ASSIGN_CASES = "assign_cases"
    TRY_POLICY = "try_policy"
    CHANGE_POLICY = "change_policy"
    SEE_AUDIT = "see_audit"
    HOLD_DATA = "hold_data"
    ERASE_DATA = "erase_data"
    EXPORT_DATA = "export_data"
    MANAGE_STAFF = "manage_staff"
    MANAGE_KEYS = "manage_keys"
    MANAGE_WEBHOOKS = "manage_webhooks"
    SEE_OPERATIONS = "see_operations"
    WRITE_HELP = "write_help"


class Scope(StrEnum):
    """What an API key can be good for."""

    APPLICANTS_READ = "applicants:read"
    APPLICANTS_WRITE = "applicants:write"
    FILES_WRITE = "files:write"
    DECISIONS_READ = "decisions:read"
    DECISIONS_WRITE = "decisions:write"
    EXPORTS_READ = "exports:read"
    WEBHOOKS_WRITE = "webhooks:write"


_REVIEW = frozenset({Role.REVIEWER, Role.SENIOR_REVIEWER, Role.COMPLIANCE_OFFICER})
_SENIOR = frozenset({Role.SENIOR_REVIEWER, Role.COMPLIANCE_OFFICER})
_COMPLIANCE = frozenset({Role.COMPLIANCE_OFFICER})
_TECHNICAL = frozenset({Role.ADMINISTRATOR, Role.DEVELOPER})

ALLOWED: dict[Permission, frozenset[Role]] = {
    Permission.SEE_CASES: _REVIEW | {Role.DEVELOPER},  # a developer sees them redacted
    Permission.SEE_PERSONAL_DATA: _REVIEW,
    Permission.DECIDE_CASES: _REVIEW,
    Permission.CONFIRM_DECISIONS: _SENIOR,
    Permission.OVERRULE_DECISIONS: _SENIOR,
    Permission.ASSIGN_CASES: _SENIOR,
    Permission.TRY_POLICY: _SENIOR,
    Permission.CHANGE_POLICY: _COMPLIANCE,
    Permission.SEE_AUDIT: _COMPLIANCE | {Role.ADMINISTRATOR},
    Permission.HOLD_DATA: _COMPLIANCE,
    Permission.ERASE_DATA: _COMPLIANCE,
    Permission.EXPORT_DATA: _COMPLIANCE,
    Permission.MANAGE_STAFF: frozenset({Role.ADMINISTRATOR}),
    Permission.MANAGE_KEYS: _TECHNICAL,
    Permission.MANAGE_WEBHOOKS: _TECHNICAL,
    Permission.SEE_OPERATIONS: _TECHNICAL,
    Permission.WRITE_HELP: _SENIOR | {Role.ADMINISTRATOR},
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the id of an account, or `system`, which is the command line on the operator's own machine."""

    id: str
    kind: Kind | None = None
    role: Role | None = None


SYSTEM = Actor("system")


def can(actor: Actor, permission: Permission) -> bool:
    """May they? Customers have no permission of staff."""
    return actor == SYSTEM or (actor.kind is Kind.STAFF and actor.role in ALLOWED[permission])


def check_can(actor: Actor, permission: Permission) -> None:
    """Raises NotAllowed unless they may."""
    if not can(actor, permission):
        raise NotAllowed("Your role does not include that.", permission=permission.value)


def can_manage(actor: Actor, account_id: str) -> bool:
    """May they change the role of this account, or switch it off? Never their own."""
    return can(actor, Permission.MANAGE_STAFF) and actor.id != account_id


def check_can_manage(actor: Actor, account_id: str) -> None:
    """Raises NotAllowed unless they may."""
    check_can(actor, Permission.MANAGE_STAFF)
    if not can_manage(actor, account_id):
        raise NotAllowed("Another administrator must change your own account.", permission="manage_staff")
