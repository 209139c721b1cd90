"""What the ground floor declines to do."""

from fourcorners.kit.errors import Refusal

__all__ = [
    "Busy",
    "FileInfected",
    "KeyDestroyed",
    "MasterKeyInvalid",
    "NotFound",
    "ScannerUnavailable",
    "SealBroken",
    "StoreUnavailable",
]


class NotFound(Refusal):
    """There is nothing of that id here, or nothing that you may see."""

    code = "not_found"


class Busy(Refusal):
    """Somebody else is writing the same thing and did not finish in time."""

    code = "busy"
    retryable = True


class StoreUnavailable(Refusal):
    """The database or the file store does not answer; nothing was changed."""

    code = "store_unavailable"
    retryable = True


class FileInfected(Refusal):
    """The operator's virus scanner found something in the file; it was neither opened nor kept."""

    code = "file_infected"
    retryable = True


class ScannerUnavailable(Refusal):
    """The virus scanner does not answer, or not clearly; the file was not kept."""

    code = "scanner_unavailable"
    retryable = True


class MasterKeyInvalid(Refusal):
    """The master key is not the base64 of 32 bytes, or it is not the one that wrapped what is to be opened."""

    code = "master_key_invalid"


class KeyDestroyed(Refusal):
    """The data of this person were erased: their key is gone."""

    code = "key_destroyed"


class SealBroken(Refusal):
    """Sealed bytes were changed, cut, or belong to another person or purpose."""

    code = "seal_broken"
