"""What an institution's application cannot do."""

from typing import ClassVar

from fourcorners.kit.errors import Refusal

__all__ = [
    "ApplicationIncomplete",
    "ChangePending",
    "EditorLinkInvalid",
    "FieldUnknown",
    "InstitutionReferenceTaken",
    "KindNotAllowed",
    "NotOpenForChanges",
    "PartyUnknown",
    "SectionChanged",
    "TooManyOfThem",
    "TransitionNotAllowed",
]


class TransitionNotAllowed(Refusal):
    """An application cannot go from the state it is in to the one asked for."""

    code: ClassVar[str] = "institution_transition_not_allowed"


class KindNotAllowed(Refusal):
    """What is said of the institution does not go with the kind it applies as."""

    code: ClassVar[str] = "institution_kind_not_allowed"
    retryable: ClassVar[bool] = True


class ApplicationIncomplete(Refusal):
    """An application lacks something that it needs to be submitted; the message names each item."""

    code: ClassVar[str] = "institution_application_incomplete"
    retryable: ClassVar[bool] = True


class SectionChanged(Refusal):
    """Somebody else wrote in the same field meanwhile; `version`, `fields` and `values` say what is there now."""

    code: ClassVar[str] = "institution_section_changed"
    retryable: ClassVar[bool] = True


class FieldUnknown(Refusal):
    """There is no such section or field, or its value is of another kind or too long; `problems` names each field."""

    code: ClassVar[str] = "institution_field_unknown"


class NotOpenForChanges(Refusal):
    """The application is with the reviewers, or closed: nothing can be changed now; `state` says where it stands."""

    code: ClassVar[str] = "institution_not_open"


class PartyUnknown(Refusal):
    """Nobody of that id is named in this application, or not any more."""

    code: ClassVar[str] = "institution_party_unknown"


class TooManyOfThem(Refusal):
    """An application holds only so many people, papers and editors; `limit` says how many."""

    code: ClassVar[str] = "institution_too_many"


class InstitutionReferenceTaken(Refusal):
    """Another institution has this reference."""

    code: ClassVar[str] = "institution_reference_taken"


class EditorLinkInvalid(Refusal):
    """The link to an application has run out, was taken back, or never was one."""

    code: ClassVar[str] = "institution_link_invalid"


class ChangePending(Refusal):
    """A change of the authorised user is open already, or none is open; `state` says where it stands."""

    code: ClassVar[str] = "institution_change_pending"
