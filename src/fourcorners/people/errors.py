"""What the individual flow declines to do."""

from typing import ClassVar

from fourcorners.kit.errors import Refusal

__all__ = [
    "CountryUnsupported",
    "DetailsInvalid",
    "DocumentUnsupported",
    "Incomplete",
    "ItemNotAsked",
    "LinkInvalid",
    "PersonaUnknown",
    "ReferenceTaken",
    "TooManySubmissions",
    "TriggerUnknown",
    "Underage",
    "WrongState",
]


class WrongState(Refusal):
    """The case is not in a state in which this can be done."""

    code = "wrong_state"


class CountryUnsupported(Refusal):
    """People of this country cannot be served (FAI14, IND4)."""

    code = "country_unsupported"


class DocumentUnsupported(Refusal):
    """This kind of document is not taken from this country (IDP1)."""

    code = "document_unsupported"
    retryable: ClassVar[bool] = True


class DetailsInvalid(Refusal):
    """A field of the personal data is missing or malformed; `problems` names each field and what is wrong."""

    code = "details_invalid"
    retryable: ClassVar[bool] = True


class Underage(Refusal):
    """Below the minimum age on the day of submission (FAI15, IND3)."""

    code = "underage"


class Incomplete(Refusal):
    """Something is missing; `missing` lists the items."""

    code = "incomplete"
    retryable: ClassVar[bool] = True


class ItemNotAsked(Refusal):
    """Only what is asked for can be handed in: accepted items are kept (IND7)."""

    code = "item_not_asked"


class TooManySubmissions(Refusal):
    """The cap of submissions a day is reached (IND7); `again_at` says when the next one is possible."""

    code = "too_many_submissions"
    retryable: ClassVar[bool] = True


class ReferenceTaken(Refusal):
    """Another applicant has this external reference."""

    code = "reference_taken"


class LinkInvalid(Refusal):
    """The link was not made here, has run out or was taken back."""

    code = "link_invalid"


class PersonaUnknown(Refusal):
    """There is no persona of this name, or none in this world; `personas` lists those that there are."""

    code = "persona_unknown"


class TriggerUnknown(Refusal):
    """This is no reason to verify somebody anew; `known` lists those that there are (IND9)."""

    code = "trigger_unknown"
