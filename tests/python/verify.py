"""A verifier of health codes, written from docs/PROTOCOL.md alone on published CBOR and cryptography libraries.

Usage: verify.py VECTORS_DIR
Runs every vector, prints one line for each that differs and a JSON summary as the last line; exit 0 only if none does.
"""

import hashlib
import json
import re
import sys
import zlib
from pathlib import Path

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
COLOURS = ["green", "yellow", "red"]
ASSURANCES = ["hardware", "software", "paper"]
SUBJECTS = ["self", "dependant", "visitor"]
SCHEMES = ["domestic", "international"]
REASONS = [
    "clear", "not_declared", "symptoms_declared", "fever", "close_contact", "confirmed", "suspected", "asymptomatic",
    "high_risk_place", "medium_risk_place", "arrived_from_abroad", "check_ins_running", "test_overdue",
    "exposure_matched", "measure_lifted", "error_corrected",
]
HIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)


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


def read_presentation(text):
    """Steps 1 to 4: the parts, their shape being right."""
    wrong = "code_not_canonical"
    require(len(text.encode()) <= 512, "code_too_long")
    require(text.startswith("JKM1:"), "not_a_health_code")
    outer = sign1(canonical(base45(text[5:]), wrong), wrong)
    header = map_of(canonical(outer[0], wrong), {1, 13}, set(), wrong)
    claims = map_of(canonical(outer[1], wrong), {6}, {3, 39}, wrong)
    require(type(header[1]) is int and is_uint(claims[6]), wrong)
    require(type(claims.get(3, "")) is str and type(claims.get(39, b"")) is bytes, wrong)

    inner = sign1(header[13], wrong)
    issuer_header = map_of(canonical(inner[0], wrong), {1, 4}, set(), wrong)
    credential = map_of(canonical(inner[1], wrong), {4, 8, 9}, set(), wrong)
    require(type(issuer_header[1]) is int, wrong)
    require(type(issuer_header[4]) is bytes and len(issuer_header[4]) == 4, wrong)
    cnf = map_of(credential[8], {3}, set(), wrong)
    require(is_uint(credential[4]) and type(cnf[3]) is bytes and type(credential[9]) is bytes, wrong)
    return {
        "outer": outer, "algorithm": header[1], "iat": claims[6], "aud": claims.get(3), "nonce": claims.get(39),
        "inner": inner, "issuer_algorithm": issuer_header[1], "kid": issuer_header[4],
        "exp": credential[4], "key": cnf[3], "scope": credential[9],
    }


def read_scope(scope):
    """Step 5, the part about scope."""
    wrong = "code_claims_invalid"
    require(len(scope) > 12, wrong)
    flags, name = scope[0], scope[12:]
    colour, assurance, subject, scheme = flags & 3, flags >> 2 & 3, flags >> 4 & 3, flags >> 6
    require(colour < 3 and assurance < 3 and subject < 3 and scheme < 2, wrong)
    require(scope[1] < len(REASONS) and 16 <= scope[4] <= 96, wrong)
    require(re.fullmatch(rb"[0-9A-Z*]{4}", scope[8:12]), wrong)
    try:
        name = name.decode()
    except UnicodeDecodeError:
        raise Refused(wrong) from None
    require(len(scope) - 12 <= 24 and not HIDDEN.search(name), wrong)
    return {
        "colour": colour, "assurance": ASSURANCES[assurance], "subjectKind": SUBJECTS[subject], "scheme": scheme,
        "reason": REASONS[scope[1]], "version": int.from_bytes(scope[2:4], "big"), "lifetime": 900 * scope[4],
        "index": int.from_bytes(scope[5:8], "big"), "tail": scope[8:12].decode(), "name": name,
    }


def check_values(code):
    """Steps 5 and 6."""
    wrong = "code_claims_invalid"
    require(code["exp"] <= MAX_TIME and code["iat"] <= MAX_TIME, wrong)
    key, aud, nonce = code["key"], code["aud"], code["nonce"]
    require(len(key) == 32 or (len(key) == 33 and key[0] in (2, 3)), wrong)
    require(aud is None or re.fullmatch(r"[A-Z0-9-]{1,16}", aud), wrong)
    require(nonce is None or 8 <= len(nonce) <= 32, wrong)
    scope = read_scope(code["scope"])
    require(code["issuer_algorithm"] == -19, "code_algorithm_not_allowed")
    require(code["algorithm"] == (-9 if len(key) == 33 else -19), "code_algorithm_not_allowed")
    return scope


# Section 3: checking


class Checkpoint:
    def __init__(self, trust, status_lists, place, local_division):
        self.trust, self.place, self.local_division = trust, place, local_division
        self.status = {}
        for found in status_lists:
            known = self.status.get(found["key_id"])
            if known is None or known["iat"] <= found["iat"]:
                self.status[found["key_id"]] = found
        self.seen = set()

    def check(self, text, at):
        names = (
            "colour localColour mappingRule healthReason maskedName documentTail assurance subjectKind scheme region "
            "regionNameZh regionNameEn ruleSetVersion credentialExpiresAt presentationAgeSecs statusAgeSecs"
        )
        verdict = dict.fromkeys(names.split())
        verdict |= {"statusChecked": False, "trustAgeSecs": at - self.trust[2], "accepted": False}
        try:
            self.steps(text, at, verdict)
            verdict |= {"accepted": True, "reason": "accepted"}
        except Refused as refused:
            verdict["reason"] = str(refused)
        return verdict

    def steps(self, text, at, verdict):
        code = read_presentation(text)
        scope = check_values(code)
        start, policy = code["exp"] - scope["lifetime"], self.trust[5]
        accept, skew, status_max_age = policy[1], policy[2], policy[4]
        require(at < self.trust[3], "trust_bundle_expired")
        region, issuer_id = self.issuer(code, start, at)

        signed = sig_structure(code["outer"][0], b"JKM1 presentation", code["outer"][1])
        is_right = p256_is_right if len(code["key"]) == 33 else ed25519_is_right
        require(is_right(code["key"], signed, code["outer"][2]), "presentation_signature_wrong")
        local = self.local_colour(scope, region[1], verdict)
        verdict |= {
            "colour": COLOURS[scope["colour"]], "localColour": COLOURS[local], "healthReason": scope["reason"],
            "maskedName": scope["name"], "documentTail": scope["tail"], "assurance": scope["assurance"],
            "subjectKind": scope["subjectKind"], "scheme": SCHEMES[scope["scheme"]], "region": region[1],
            "regionNameZh": region[2], "regionNameEn": region[3], "ruleSetVersion": scope["version"],
            "credentialExpiresAt": code["exp"], "presentationAgeSecs": at - code["iat"],
        }

        orders = [order for order in self.trust[7] if covers(order[1], region[1]) and at <= order[2]]
        end = code["exp"] + max((order[3] for order in orders), default=0)
        require(start <= at + skew, "credential_not_yet_valid")
        require(at < end, "credential_expired")
        require(at - code["iat"] <= accept, "presentation_too_old")
        require(code["iat"] - at <= skew, "presentation_from_future")
        require(start <= code["iat"] < end, "presentation_outside_credential")
        require(code["aud"] in (None, self.place), "wrong_audience")

        status = self.status.get(issuer_id)
        if status:
            age = at - status["iat"]
            verdict |= {"statusAgeSecs": age, "statusChecked": age <= status_max_age and at < status["exp"]}
            require(not is_revoked(status, scope["index"]), "credential_revoked")
        shown = (code["inner"][2], code["iat"], code["aud"])
        require(shown not in self.seen, "presentation_replayed")
        self.seen.add(shown)
        require(local in policy[5], "colour_not_admitted")

    def issuer(self, code, start, at):
        """Steps 8 to 11."""
        reasons = ["issuer_unknown", "issuer_key_not_valid", "region_ended", "credential_signature_wrong"]
        signed = sig_structure(code["inner"][0], b"JKM1 credential", code["inner"][1])
        furthest = 0
        for region in self.trust[4]:
            for key in region[4]:
                if not key_id(key[1]).startswith(code["kid"]):
                    continue
                ended = any(covers(order[1], region[1]) and order[2] <= at for order in self.trust[8])
                if not (key[2] <= start <= key[3] and at < key.get(4, at + 1)):
                    step = 1
                elif ended:
                    step = 2
                elif not ed25519_is_right(key[1], signed, code["inner"][2]):
                    step = 3
                else:
                    return region, key_id(key[1])
                furthest = max(furthest, step)
        raise Refused(reasons[furthest])

    def local_colour(self, scope, division, verdict):
        here = self.local_division
        if here != division:
            for rule in self.trust[6]:
                if (
                    rule[4] == scope["colour"]
                    and rule.get(3, scope["scheme"]) == scope["scheme"]
                    and (2 not in rule or covers(rule[2], division))
                    and (5 not in rule or (here is not None and covers(rule[5], here)))
                ):
                    verdict["mappingRule"] = rule[1]
                    return rule[6]
        return scope["colour"]


# Sections 4 to 6: bundles


def open_parts(data, typ):
    require(len(data) <= 2 * 1024 * 1024, "bundle_too_large")
    wrong = "bundle_not_canonical"
    protected, payload, signature = sign1(canonical(data, wrong), wrong)
    header = map_of(canonical(protected, wrong), {1, 4, 16}, set(), wrong)
    require(type(header[1]) is int and type(header[4]) is bytes and len(header[4]) == 8, wrong)
    require(type(header[16]) is str, wrong)
    require(header[16] == typ, "bundle_wrong_kind")
    require(header[1] == -19, "bundle_algorithm_not_allowed")
    return header[4], payload, signature, sig_structure(protected, b"", payload)


def open_trust(data, root, at, lowest):
    signer, payload, signature, signed = open_parts(data, "application/health-code-trust+cbor")
    require(signer == key_id(root), "bundle_signer_unknown")
    require(ed25519_is_right(root, signed, signature), "bundle_signature_wrong")
    trust = canonical(payload, "bundle_not_canonical")
    try:
        in_range = trust_is_in_range(trust)
    except (Refused, KeyError, TypeError):
        in_range = False
    require(in_range, "bundle_content_invalid")
    require(at < trust[3], "bundle_expired")
    require(trust[1] >= lowest, "bundle_rolled_back")
    return trust


def is_in(value, low, high):
    return type(value) is int and low <= value <= high


def is_time(value):
    return is_in(value, 0, MAX_TIME)


def is_division(value):
    return is_in(value, 100000, 999999)


def is_text(value, low, high):
    return type(value) is str and low <= len(value.encode()) <= high


def is_point(key):
    """On the curve (RFC 8032, 5.1.3) and not of small order."""
    p = 2**255 - 19
    y = int.from_bytes(key, "little") % 2**255 % p
    d = -121665 * pow(121666, -1, p)
    x_squared = (y * y - 1) * pow(d * y * y + 1, -1, p) % p
    return pow(x_squared, (p - 1) // 2, p) in (0, 1) and not is_small_order(key)


def trust_is_in_range(trust):
    wrong = "bundle_content_invalid"
    map_of(trust, {1, 2, 3, 4, 5, 6, 7, 8}, set(), wrong)
    policy = map_of(trust[5], {1, 2, 3, 4, 5}, set(), wrong)
    keys = []
    good = is_uint(trust[1]) and is_time(trust[2]) and is_time(trust[3]) and trust[2] < trust[3]
    good &= all(len(trust[part]) <= 4096 for part in (4, 6, 7, 8))
    good &= is_in(policy[1], 1, 600) and is_in(policy[2], 0, 300) and is_in(policy[3], 5, policy[1])
    good &= is_in(policy[4], 0, 31622400) and policy[5] == sorted(set(policy[5])) and set(policy[5]) <= {0, 1, 2}
    for region in trust[4]:
        map_of(region, {1, 2, 3, 4}, set(), wrong)
        good &= is_division(region[1]) and is_text(region[2], 1, 96) and is_text(region[3], 1, 96)
        good &= len(region[4]) <= 16
        for key in region[4]:
            map_of(key, {1, 2, 3}, {4}, wrong)
            good &= len(key[1]) == 32 and is_point(key[1])
            good &= is_time(key[2]) and is_time(key[3]) and key[2] <= key[3] and is_time(key.get(4, 0))
            keys.append(key[1])
    ids = [key_id(key)[:4] for key in keys]
    good &= len(set(keys)) == len(keys) and all(ids.count(found) <= 8 for found in ids)
    good &= len({region[1] for region in trust[4]}) == len(trust[4])
    for rule in trust[6]:
        map_of(rule, {1, 4, 6, 7, 8}, {2, 3, 5}, wrong)
        good &= is_text(rule[1], 1, 64) and is_text(rule[7], 0, 512) and is_text(rule[8], 0, 512)
        good &= is_division(rule.get(2, 100000)) and is_division(rule.get(5, 100000)) and is_in(rule.get(3, 0), 0, 1)
        good &= is_in(rule[4], 0, 2) and is_in(rule[6], 0, 2)
    for order in trust[7]:
        map_of(order, {1, 2, 3}, set(), wrong)
        good &= is_division(order[1]) and is_time(order[2]) and is_in(order[3], 0, 604800)
    for order in trust[8]:
        map_of(order, {1, 2, 3, 4}, set(), wrong)
        good &= is_division(order[1]) and is_time(order[2]) and is_text(order[3], 0, 512) and is_text(order[4], 0, 512)
    return good


def open_bundle(data, typ, trust, at):
    signer, payload, signature, signed = open_parts(data, typ)
    require(at < trust[3], "bundle_expired")
    reasons = ["bundle_signer_unknown", "bundle_signer_key_not_valid", "bundle_signature_wrong"]
    furthest = 0
    for region in trust[4]:
        for key in region[4]:
            if key_id(key[1]) != signer:
                continue
            if not (key[2] <= at <= key[3] and at < key.get(4, at + 1)):
                furthest = max(furthest, 1)
            elif not ed25519_is_right(key[1], signed, signature):
                furthest = max(furthest, 2)
            else:
                return payload, region[1], signer
    raise Refused(reasons[furthest])


def open_status(data, trust, at, lowest):
    payload, _, signer = open_bundle(data, "application/statuslist+cwt", trust, at)
    wrong = "bundle_not_canonical"
    claims = map_of(canonical(payload, wrong), {2, 4, 6, 65533, 65534}, set(), wrong)
    found = claims[65533]
    require(type(found) is dict and set(found) == {"lst", "bits"}, wrong)
    require(type(claims[2]) is str and all(is_uint(claims[key]) for key in (4, 6, 65534)), wrong)
    require(type(found["lst"]) is bytes and is_uint(found["bits"]), wrong)
    invalid = "bundle_content_invalid"
    require(is_time(claims[4]) and is_time(claims[6]) and claims[65534] > 0 and found["bits"] == 1, invalid)
    require(claims[2] == "urn:health-code:status:" + signer.hex(), invalid)
    require(at < claims[4], "bundle_expired")
    require(claims[6] >= lowest, "bundle_rolled_back")
    unpacker = zlib.decompressobj()
    try:
        bits = unpacker.decompress(found["lst"], 2 * 1024 * 1024 + 1)
    except zlib.error:
        raise Refused(invalid) from None
    require(len(bits) <= 2 * 1024 * 1024, "bundle_too_large")
    require(unpacker.eof and not unpacker.unused_data, invalid)
    return {"key_id": signer, "iat": claims[6], "exp": claims[4], "bits": bits}


def is_revoked(status, index):
    if index >= 8 * len(status["bits"]):
        return True
    return bool(status["bits"][index // 8] >> index % 8 & 1)


# Section 8: the vectors


def run_code(vector, published):
    root = bytes.fromhex(published["rootKey"])
    trust = open_trust(bytes.fromhex(published["trustBundles"][vector["trust"]]), root, 1800000000, 0)
    lists = [
        open_status(bytes.fromhex(published["statusLists"][name]), trust, 1800000000, 0)
        for name in vector["statusLists"]
    ]
    checkpoint = Checkpoint(trust, lists, vector["place"], vector["localDivision"])
    for shown in vector["shownBefore"]:
        checkpoint.check(shown["text"], shown["at"])
    return checkpoint.check(vector["text"], vector["at"])


def run_bundle(vector, published):
    root = bytes.fromhex(published["rootKey"])
    data, at, lowest = bytes.fromhex(vector["bytes"]), vector["at"], vector["lowest"]
    trust = open_trust(bytes.fromhex(published["trustBundles"][vector["trust"]]), root, 1800000000, 0)
    try:
        if vector["kind"] == "trust":
            opened = open_trust(data, root, at, lowest)
            content = {"version": opened[1], "divisions": [region[1] for region in opened[4]]}
        elif vector["kind"] == "status-list":
            opened = open_status(data, trust, at, lowest)
            asked = vector["content"]["revoked"] + vector["content"]["notRevoked"] if vector["content"] else []
            content = {
                "issuedAt": opened["iat"],
                "revoked": [index for index in asked if is_revoked(opened, index)],
                "notRevoked": [index for index in asked if not is_revoked(opened, index)],
            }
        else:
            payload, division, _ = open_bundle(data, vector["kind"], trust, at)
            content = {"payload": payload.hex(), "division": division}
        return {"expect": "ok", "content": content}
    except Refused as refused:
        return {"expect": str(refused), "content": None}


def main():
    folder = Path(sys.argv[1])
    load = lambda name: json.loads((folder / name).read_text(encoding="utf-8"))
    published = load("published.json")
    passed, failed = 0, []
    for name in ("valid.json", "invalid.json", "edge.json"):
        for vector in load(name):
            found = run_code(vector, published)
            if found == vector["expect"]:
                passed += 1
            else:
                failed.append(vector["name"])
                expect = vector["expect"]
                differing = {key: (expect.get(key), found.get(key)) for key in expect if expect[key] != found.get(key)}
                print(f"{vector['name']}: expected, found: {differing}")
    for vector in load("bundles.json"):
        found = run_bundle(vector, published)
        if found == {"expect": vector["expect"], "content": vector["content"]}:
            passed += 1
        else:
            failed.append(vector["name"])
            print(f"{vector['name']}: expected {vector['expect']}, found {found}")
    print(json.dumps({"passed": passed, "failed": failed}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
