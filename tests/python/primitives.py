"""What codes and bundles are made of (docs/PROTOCOL.md, 1): canonical CBOR, COSE_Sign1, signatures, key ids, base45."""

import hashlib

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
from cryptography.hazmat.primitives.hashes import SHA256

MAX_TIME = 253402300799
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ED25519_ORDER = 2**252 + 27742317777372353535851937790883648493
SMALL_ORDER = {
    int.from_bytes(bytes.fromhex(point), "little")
    for point in (
        "00" * 32,
        "01" + "00" * 31,
        "ec" + "ff" * 30 + "7f",
        "ed" + "ff" * 30 + "7f",
        "ee" + "ff" * 30 + "7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
}
BASE45 = {c: n for n, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}


class Refused(Exception):
    pass


def require(condition, reason):
    if not condition:
        raise Refused(reason)


# Section 1: building blocks


def canonical(data, reason):
    """The value of deterministic CBOR. Decoded, encoded again, compared."""
    try:
        value = cbor2.loads(data)
        again = cbor2.dumps(value, canonical=True)
    except Exception:
        raise Refused(reason) from None
    require(again == data, reason)
    return value


def is_uint(value):
    return type(value) is int and 0 <= value < 2**64


def map_of(value, required, optional, reason):
    require(type(value) is dict, reason)
    require(required <= set(value) <= required | optional, reason)
    require(all(type(key) is int for key in value), reason)
    return value


def sign1(value, reason):
    require(type(value) is list and len(value) == 4, reason)
    protected, unprotected, payload, signature = value
    require(type(protected) is bytes and type(payload) is bytes, reason)
    require(unprotected == {} and type(unprotected) is dict, reason)
    require(type(signature) is bytes and len(signature) == 64, reason)
    return protected, payload, signature


def sig_structure(protected, aad, payload):
    return cbor2.dumps(["Signature1", protected, aad, payload], canonical=True)


def is_small_order(point):
    return int.from_bytes(point, "little") % 2**255 in SMALL_ORDER


def ed25519_is_right(key, message, signature):
    if is_small_order(key) or is_small_order(signature[:32]):
        return False
    if int.from_bytes(signature[32:], "little") >= ED25519_ORDER:
        return False
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def p256_is_right(key, message, signature):
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    if not (0 < r < P256_ORDER and 0 < s <= P256_ORDER // 2):
        return False
    try:
        point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key)
        point.verify(utils.encode_dss_signature(r, s), message, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


def key_id(public_key):
    return hashlib.sha256(public_key).digest()[:8]


def covers(outer, division):
    for size in (10000, 100):
        if outer % size == 0:
            return outer // size == division // size
    return outer == division


# Section 2: the code


def base45(text):
    out = bytearray()
    for start in range(0, len(text), 3):
        part = text[start : start + 3]
        require(len(part) > 1 and all(c in BASE45 for c in part), "code_base45_invalid")
        number = sum(BASE45[c] * 45**place for place, c in enumerate(part))
        require(number < 256 ** (len(part) - 1), "code_base45_invalid")
        out += number.to_bytes(len(part) - 1, "big")
    return bytes(out)
