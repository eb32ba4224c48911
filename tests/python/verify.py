"""A verifier of health codes, written from docs/PROTOCOL.md alone on published CBOR and cryptography libraries.

Usage: verify.py VECTORS_DIR
Runs every vector, prints one line for each that differs and a JSON summary as the last line; exit 0 only if none does.
"""

import json
import re
import sys
from pathlib import Path

from bundles import Status, open_bundle, open_status, open_trust
from primitives import (
    MAX_TIME, Refused, base45, canonical, covers, ed25519_is_right, is_uint, key_id, map_of, p256_is_right, require,
    sig_structure, sign1,
)

COLOURS = ["green", "yellow", "red"]
ASSURANCES = ["hardware", "software", "paper", "paper"]
SUBJECTS = ["self", "dependant", "visitor", "other"]
SCHEMES = ["domestic", "international"]
REASONS = [
    "clear", "not_declared", "symptoms_declared", "fever", "close_contact", "confirmed", "suspected", "asymptomatic",
    "high_risk_place", "medium_risk_place", "arrived_from_abroad", "check_ins_running", "test_overdue",
    "exposure_matched", "measure_lifted", "error_corrected",
]
HIDDEN = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)


def read_presentation(text):
    """Steps 1 to 4: the parts, their shape being right."""
    wrong = "code_not_canonical"
    text = re.sub("^]Q[0-6]", "", text.strip("\r\n\t"))
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
    require(len(scope) > 13, wrong)
    flags, name = scope[0], scope[13:]
    colour, assurance, subject, scheme = flags & 3, flags >> 2 & 3, flags >> 4 & 3, flags >> 6
    require(colour < 3 and scheme < 2, wrong)
    require(16 <= scope[4] <= 96, wrong)
    require(re.fullmatch(rb"[0-9A-Z*]{4}", scope[9:13]), wrong)
    try:
        name = name.decode()
    except UnicodeDecodeError:
        raise Refused(wrong) from None
    require(len(scope) - 13 <= 24 and not HIDDEN.search(name), wrong)
    return {
        "colour": colour, "assurance": ASSURANCES[assurance], "subjectKind": SUBJECTS[subject], "scheme": scheme,
        "reason": None if scope[1] == 255 else REASONS[scope[1]] if scope[1] < len(REASONS) else "other",
        "version": int.from_bytes(scope[2:4], "big"), "lifetime": 900 * scope[4],
        "index": int.from_bytes(scope[5:9], "big"), "tail": scope[9:13].decode(), "name": name,
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
            if known is None:
                self.status[found["key_id"]] = Status(found)
            else:
                known.add(found)
        self.seen = set()

    def check(self, text, at):
        names = (
            "colour localColour mappingRule healthReason maskedName documentTail assurance subjectKind scheme region "
            "regionName ruleSetVersion credentialExpiresAt presentationAgeSecs statusAgeSecs"
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
        require(self.trust[2] <= at + skew, "trust_bundle_from_future")
        region, issuer_id = self.issuer(code, start, at)

        signed = sig_structure(code["outer"][0], b"JKM1 presentation", code["outer"][1])
        is_right = p256_is_right if len(code["key"]) == 33 else ed25519_is_right
        require(is_right(code["key"], signed, code["outer"][2]), "presentation_signature_wrong")
        local = self.local_colour(scope, region[1], verdict)
        verdict |= {
            "colour": COLOURS[scope["colour"]], "localColour": COLOURS[local], "healthReason": scope["reason"],
            "maskedName": scope["name"], "documentTail": scope["tail"], "assurance": scope["assurance"],
            "subjectKind": scope["subjectKind"], "scheme": SCHEMES[scope["scheme"]], "region": region[1],
            "regionName": region[2], "ruleSetVersion": scope["version"],
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
            age = at - status.as_of
            verdict |= {"statusAgeSecs": age, "statusChecked": -skew <= age <= status_max_age and at < status.exp}
            require(not status.is_revoked(code["exp"], scope["index"]), "credential_revoked")
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
            Status(opened)
            asked = vector["content"]["revoked"] + vector["content"]["notRevoked"] if vector["content"] else []
            content = {
                "until": opened["until"],
                "revoked": [place for place in asked if tuple(place) in opened["revoked"]],
                "notRevoked": [place for place in asked if tuple(place) not in opened["revoked"]],
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
