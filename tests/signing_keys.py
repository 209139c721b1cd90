"""Device keys of tests: what a browser's WebCrypto would make and sign."""

import base64

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fourcorners.devices.signing import message


def text_of_bytes(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


class BrowserKey:
    """A key pair that stays in one browser."""

    def __init__(self) -> None:
        self.private = generate_private_key(SECP256R1())
        public = self.private.public_key()
        self.public = text_of_bytes(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))

    def sign(self, method: str, path: str, challenge: str) -> str:
        r, s = decode_dss_signature(self.private.sign(message(method, path, challenge), ECDSA(SHA256())))
        return text_of_bytes(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
