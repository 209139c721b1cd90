"""Policy as versioned data: what findings do to a case, per country, level and kind of applicant."""

from fourcorners.clearance.policy.document import Policy, PolicyInvalid, read_policy
from fourcorners.clearance.policy.force import Facts, InForce, in_force
from fourcorners.clearance.policy.versions import Version, policy_for, version_at

__all__ = [
    "Facts",
    "InForce",
    "Policy",
    "PolicyInvalid",
    "Version",
    "in_force",
    "policy_for",
    "read_policy",
    "version_at",
]
