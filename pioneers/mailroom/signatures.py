"""Whether SendGrid signed a request: ECDSA over the timestamp and the body (its own helper stumbles
over a signature that is no base64, and over a body that is no text)."""

import base64
import binascii


def is_signed(key: str, timestamp: str, payload: bytes, signature: str) -> bool:
    """Whether `signature` (base64) is that of the holder of the public key `key` (base64, DER)."""
    # Takes memory in every process, and most hear no events.
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        public = load_der_public_key(base64.b64decode(key, validate=True))
        given = base64.b64decode(signature, validate=True)
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        return False
    if not isinstance(public, ec.EllipticCurvePublicKey):
        return False
    try:
        public.verify(given, timestamp.encode() + payload, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True
