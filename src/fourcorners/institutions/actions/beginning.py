"""Begin an application, invite others to fill it in, withdraw it, open it again."""

from datetime import timedelta

from sqlalchemy import select, update

from fourcorners.accounts import get_account, person_of
from fourcorners.accounts.actions.holders import INSTITUTION, fix_holder
from fourcorners.accounts.actions.links import check_email
from fourcorners.accounts.secret import hash_of, new_secret
from fourcorners.infra.db import ReadSession, WriteSession
from fourcorners.infra.errors import NotFound
from fourcorners.infra.handover import hand_over
from fourcorners.infra.mail import write_mail
from fourcorners.infra.sealing import seal_json
from fourcorners.institutions.actions.changing import move, opened, tell_of, touch
from fourcorners.institutions.errors import (
    EditorLinkInvalid,
    InstitutionReferenceTaken,
    TooManyOfThem,
)
from fourcorners.institutions.letters import letter
from fourcorners.institutions.models import Editor, EditorGrant, Institution
from fourcorners.institutions.queries import (
    CONTACT,
    EDITOR,
    editor_key,
    find_institution,
    get_institution,
    list_editors,
)
from fourcorners.institutions.rules import Action, State
from fourcorners.institutions.sections import limit_of
from fourcorners.kit.ids import new_id
from fourcorners.people.rules import flow

__all__ = [
    "end_editor_grants",
    "find_editor_by_secret",
    "grant_editor",
    "invite_editor",
    "join_editor",
    "make_editor",
    "redeem_editor_link",
    "remove_editor",
    "reopen",
    "start",
    "withdraw",
]

WITHDRAWN = "institution.withdrawn"
"""The kind of durable work after that: the case leaves the queue. Payload: `institution`."""

OWNER, EDITING = "owner", "editor"
SECRET_LETTERS_MAX = 100
LIVING = (State.DRAFT, State.UNDER_REVIEW, State.INFO_REQUESTED, State.APPROVED, State.REJECTED)


def start(
    db: WriteSession,
    *,
    actor: str,
    account_id: str | None = None,
    reference: str | None = None,
    email: str | None = None,
    locale: str = "en",
    sandbox: bool = False,
) -> Institution:
    """A new application in draft; that of the account if it has begun one already.

    Raises AccountKindFixed (INS15: an account with which a person was submitted, or of the staff), EmailInvalid,
    InstitutionReferenceTaken.
    """
    if account_id is not None:
        begun = find_institution(db, account_id=account_id)
        if begun is not None:
            return begun
        fix_holder(db, account_id, INSTITUTION, actor=actor)
        email = email or person_of(db, get_account(db, account_id)).email
    if reference is not None and find_institution(db, reference=reference) is not None:
        raise InstitutionReferenceTaken("Another institution has this reference.", reference=reference)
    institution = Institution(
        id=new_id("ins"),
        account_id=account_id,
        reference=reference,
        locale=locale,
        state=State.DRAFT,
        sandbox=sandbox,
        created_at=db.now,
        updated_at=db.now,
    )
    if email is not None:
        institution.contact = seal_json(db, institution.id, {"email": check_email(email)}, CONTACT)
    db.add(institution)
    db.flush()
    if email is not None:
        make_editor(db, institution, email, "", owner=True, account_id=account_id)
    touch(db, institution, actor, "institution.started", {"account": account_id})
    tell_of(db, institution, "institution.created")
    return institution


def invite_editor(
    db: WriteSession, institution_id: str, *, actor: str, email: str, name: str = "", origin: str
) -> Editor:
    """Send somebody a link with which they fill in the application too. Invited twice within a minute, written to once.

    Raises EmailInvalid, TooManyOfThem, NotOpenForChanges.
    """
    institution = opened(db, institution_id, *LIVING)
    address = check_email(email)
    editors = list_editors(db, institution.id)
    editor = _known(db, institution.id, address)
    if editor is None and len(editors) >= limit_of("editors_max"):
        raise TooManyOfThem("That is enough editors.", limit=limit_of("editors_max"))
    just_now = editor is not None and editor.removed_at is None and db.now - editor.invited_at < timedelta(minutes=1)
    if editor is None:
        editor = make_editor(db, institution, address, name)
    elif just_now and editor.role == EDITING:
        return editor
    editor.removed_at, editor.invited_at = None, db.now
    secret = grant_editor(db, editor, "link", actor=actor)
    subject, text = letter(institution.locale, "invite", link=f"{origin}/institution/open/{secret}")
    write_mail(db, owner=institution.id, kind="institution.invite", to=address, subject=subject, text=text)
    touch(db, institution, actor, "editor.invited", {"editor": editor.id})
    return editor


def remove_editor(db: WriteSession, institution_id: str, editor_id: str, *, actor: str) -> None:
    """Their links and browsers stop working at once. The one who began cannot be removed. Raises NotFound."""
    institution = opened(db, institution_id, *State)
    editor = db.get(Editor, editor_id)
    if editor is None or editor.institution_id != institution_id or editor.role == OWNER:
        raise NotFound("There is no such editor.")
    if editor.removed_at is None:
        editor.removed_at = db.now
        end_editor_grants(db, editor.id)
        touch(db, institution, actor, "editor.removed", {"editor": editor.id})


def grant_editor(db: WriteSession, editor: Editor, kind: str, *, actor: str) -> str:
    """A new secret (`link` or `browser`) for an editor, given back once; only its hash is kept."""
    secret = new_secret()
    grant = EditorGrant(
        id=new_id("gra"),
        editor_id=editor.id,
        kind=kind,
        digest=hash_of(secret),
        created_at=db.now,
        expires_at=db.now + timedelta(hours=flow()["access"][f"{kind}_h"]),
    )
    db.add(grant)
    db.flush()
    touch(db, get_institution(db, editor.institution_id), actor, "editor.granted", {"grant": grant.id, "kind": kind})
    return secret


def find_editor_by_secret(db: ReadSession, secret: str, kinds: tuple[str, ...]) -> Editor | None:
    """The editor behind a secret, while it is good."""
    if not secret or len(secret) > SECRET_LETTERS_MAX:
        return None
    grant = db.scalars(select(EditorGrant).where(EditorGrant.digest == hash_of(secret))).one_or_none()
    if grant is None or grant.kind not in kinds or grant.ended_at is not None or grant.expires_at <= db.now:
        return None
    editor = db.get(Editor, grant.editor_id)
    if editor is None or editor.removed_at is not None:
        return None
    return editor if get_institution(db, editor.institution_id).erased_at is None else None


def redeem_editor_link(db: WriteSession, secret: str) -> tuple[Editor, str]:
    """Turn the link in a mail into the secret of a browser's cookie. Raises EditorLinkInvalid."""
    editor = find_editor_by_secret(db, secret, ("link",))
    if editor is None:
        raise EditorLinkInvalid("This link has run out or was taken back. Please ask for another.")
    editor.joined_at = editor.joined_at or db.now
    return editor, grant_editor(db, editor, "browser", actor=editor.id)


def join_editor(db: WriteSession, secret: str, *, account_id: str) -> Editor:
    """Whoever is signed in opens the link that they were sent: it is theirs from now on. Raises EditorLinkInvalid."""
    editor = find_editor_by_secret(db, secret, ("link",))
    if editor is None or editor.account_id not in (None, account_id):
        raise EditorLinkInvalid("This link has run out, was taken back, or is somebody else's.")
    if editor.account_id is None:
        editor.account_id, editor.joined_at = account_id, db.now
        touch(db, get_institution(db, editor.institution_id), account_id, "editor.joined", {"editor": editor.id})
    return editor


def end_editor_grants(db: WriteSession, editor_id: str) -> None:
    """Take back every link and browser of an editor."""
    good = (EditorGrant.editor_id == editor_id, EditorGrant.ended_at.is_(None))
    db.execute(update(EditorGrant).where(*good).values(ended_at=db.now))


def withdraw(db: WriteSession, institution_id: str, *, actor: str) -> None:
    """Take the application back, for good; a second time changes nothing. Raises TransitionNotAllowed."""
    institution = opened(db, institution_id, *State)
    if institution.state == State.WITHDRAWN:
        return
    move(db, institution, Action.WITHDRAW, actor)
    institution.due_at, institution.closed_at = None, db.now
    hand_over(db, WITHDRAWN, {"institution": institution.id})
    tell_of(db, institution, "institution.withdrawn")


def reopen(db: WriteSession, institution_id: str, *, actor: str) -> None:
    """A refused application becomes a draft again, with everything in it (INS3). Raises TransitionNotAllowed."""
    institution = opened(db, institution_id, *State)
    if institution.state == State.DRAFT and institution.submitted_at is not None:
        return
    move(db, institution, Action.REOPEN, actor)
    tell_of(db, institution, "institution.reopened")


def _known(db: ReadSession, institution_id: str, email: str) -> Editor | None:
    query = select(Editor).where(Editor.institution_id == institution_id, Editor.email_key == editor_key(db, email))
    return db.scalars(query).one_or_none()


def make_editor(
    db: WriteSession,
    institution: Institution,
    email: str,
    name: str,
    *,
    owner: bool = False,
    account_id: str | None = None,
) -> Editor:
    """Let somebody fill in the application; one who was removed before is back. Nobody is written to."""
    known = _known(db, institution.id, email)
    if known is not None:
        known.removed_at, known.role = None, OWNER if owner else known.role
        return known
    editor = Editor(
        id=new_id("edi"),
        institution_id=institution.id,
        account_id=account_id,
        email_key=editor_key(db, email),
        role=OWNER if owner else EDITING,
        invited_at=db.now,
        joined_at=None if account_id is None else db.now,
    )
    told = {"email": email, "name": " ".join(name.split())[:120]}
    editor.sealed = seal_json(db, institution.id, told, f"{EDITOR} {editor.id}")
    db.add(editor)
    db.flush()
    return editor
