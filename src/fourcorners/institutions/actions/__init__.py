"""What is done to an application: begun, filled in by several, signed, submitted, withdrawn, opened again."""

from fourcorners.institutions.actions.beginning import (
    find_editor_by_secret,
    invite_editor,
    join_editor,
    redeem_editor_link,
    remove_editor,
    reopen,
    start,
    withdraw,
)
from fourcorners.institutions.actions.filling import (
    add_party,
    change_party,
    export_graph,
    import_graph,
    remove_party,
    save_section,
    send_party_link,
)
from fourcorners.institutions.actions.handing_in import describe_paper, hand_in, remove_paper
from fourcorners.institutions.actions.signing import sign, tick, untick
from fourcorners.institutions.actions.submitting import ASSESS, submit
from fourcorners.institutions.actions.users import begin_change, hand_in_for_change, submit_change, withdraw_change

__all__ = [
    "ASSESS",
    "add_party",
    "begin_change",
    "change_party",
    "describe_paper",
    "export_graph",
    "find_editor_by_secret",
    "hand_in",
    "hand_in_for_change",
    "import_graph",
    "invite_editor",
    "join_editor",
    "redeem_editor_link",
    "remove_editor",
    "remove_paper",
    "remove_party",
    "reopen",
    "save_section",
    "send_party_link",
    "sign",
    "start",
    "submit",
    "submit_change",
    "tick",
    "untick",
    "withdraw",
    "withdraw_change",
]
