"""A verifier of health codes, written from docs/PROTOCOL.md alone on published CBOR and cryptography libraries.

Usage: verify.py VECTORS_DIR
Runs every vector, prints one line for each that differs and a JSON summary as the last line; exit 0 only if none does.
"""

import hashlib
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


def read_code(text):
    """Steps 1 to 4: the bytes, and whether they are a sheet of paper: then its protected header has a 4."""
    wrong = "code_not_canonical"
    text = re.sub("^]Q[0-6]", "", text.strip("\r\n\t"))
    require(len(text.encode()) <= 512, "code_too_long")
    require(text.startswith("JKM1:"), "not_a_health_code")
    outer = sign1(canonical(base45(text[5:]), wrong), wrong)
    header = canonical(outer[0], wrong)
    return outer, type(header) is dict and 4 in header


def read_paper(outer):
    """Step 4 for a sheet of paper."""
    wrong = "code_not_canonical"
    header = map_of(canonical(outer[0], wrong), {1, 4}, set(), wrong)
    claims = map_of(canonical(outer[1], wrong), {4, 9}, set(), wrong)
    require(type(header[1]) is int and type(header[4]) is bytes and len(header[4]) == 4, wrong)
    require(is_uint(claims[4]) and type(claims[9]) is bytes, wrong)
    return {"inner": outer, "issuer_algorithm": header[1], "kid": header[4], "exp": claims[4], "scope": claims[9]}


def read_presentation(outer):
    """Step 4: the parts, their shape being right."""
    wrong = "code_not_canonical"
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
    name = read_name(name)
    return {
        "colour": colour, "assurance": ASSURANCES[assurance], "subjectKind": SUBJECTS[subject], "scheme": scheme,
        "reason": None if scope[1] == 255 else REASONS[scope[1]] if scope[1] < len(REASONS) else "other",
        "version": int.from_bytes(scope[2:4], "big"), "lifetime": 900 * scope[4],
        "index": int.from_bytes(scope[5:9], "big"), "tail": scope[9:13].decode(), "name": name,
    }


def read_name(name):
    wrong = "code_claims_invalid"
    require(1 <= len(name) <= 24, wrong)
    try:
        name = name.decode()
    except UnicodeDecodeError:
        raise Refused(wrong) from None
    require(not HIDDEN.search(name), wrong)
    return name


def check_paper(code):
    """Steps 5 and 6 for a sheet of paper."""
    wrong = "code_claims_invalid"
    scope = code["scope"]
    require(code["exp"] <= MAX_TIME and len(scope) > 10, wrong)
    require(scope[0] & 0b10001111 == 0b1000 and 1 <= scope[1] <= 180, wrong)
    require(re.fullmatch(rb"[0-9A-Z*]{4}", scope[6:10]), wrong)
    name = read_name(scope[10:])
    require(code["issuer_algorithm"] == -19, "code_algorithm_not_allowed")
    return {
        "colour": 0, "subjectKind": SUBJECTS[scope[0] >> 4 & 3], "scheme": scope[0] >> 6, "lifetime": 86400 * scope[1],
        "index": int.from_bytes(scope[2:6], "big"), "tail": scope[6:10].decode(), "name": name,
    }


def paper_id(signature):
    return hashlib.sha256(b"JKM1 paper seen" + signature[:32]).digest()[:8]


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
        self.papers, self.papers_elsewhere = {}, {}

    def add_papers_seen(self, data):
        wrong = "papers_seen_unreadable"
        shown = canonical(data, wrong)
        require(type(shown) is list and len(shown) == 2 and shown[0] == 1 and len(shown[1]) % 16 == 0, wrong)
        for place in range(0, len(shown[1]), 16):
            entry = shown[1][place:place + 16]
            self.papers_elsewhere[entry[:8]] = int.from_bytes(entry[8:], "big")

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
        outer, is_paper = read_code(text)
        if is_paper:
            return self.paper_steps(read_paper(outer), at, verdict)
        code = read_presentation(outer)
        scope = check_values(code)
        start, policy = code["exp"] - scope["lifetime"], self.trust[5]
        accept, skew, status_max_age = policy[1], policy[2], policy[4]
        region, issuer_id = self.issuer(code, start, at, b"JKM1 credential")

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

    def paper_steps(self, code, at, verdict):
        scope = check_paper(code)
        start, policy = code["exp"] - scope["lifetime"], self.trust[5]
        accept, skew, status_max_age = policy[1], policy[2], policy[4]
        region, issuer_id = self.issuer(code, start, at, b"JKM1 paper")
        verdict |= {
            "maskedName": scope["name"], "documentTail": scope["tail"], "assurance": "paper",
            "subjectKind": scope["subjectKind"], "scheme": SCHEMES[scope["scheme"]], "region": region[1],
            "regionName": region[2], "credentialExpiresAt": code["exp"],
        }
        require(start <= at + skew, "credential_not_yet_valid")
        require(at < code["exp"], "paper_expired")
        status = self.status.get(issuer_id)
        if status:
            age = at - status.as_of
            verdict |= {"statusAgeSecs": age, "statusChecked": -skew <= age <= status_max_age and at < status.exp}
            require(not status.is_revoked(code["exp"], scope["index"]), "paper_revoked")
        require(verdict["statusChecked"], "paper_needs_status_list")
        local = self.local_colour(scope, region[1], verdict)
        verdict |= {"colour": "green", "localColour": COLOURS[local]}
        require(local in policy[5], "colour_not_admitted")
        sheet = paper_id(code["inner"][2])
        here, elsewhere = self.papers.get(sheet), self.papers_elsewhere.get(sheet)
        self.papers[sheet] = at
        require(elsewhere is None or abs(at - elsewhere) > accept, "paper_shown_elsewhere")
        require(here is None or abs(at - here) > accept, "paper_shown_again")
        raise Refused("compare_with_document")

    def issuer(self, code, start, at, aad):
        """Steps 7 to 11."""
        require(at < self.trust[3], "trust_bundle_expired")
        require(self.trust[2] <= at + self.trust[5][2], "trust_bundle_from_future")
        reasons = ["issuer_unknown", "issuer_key_not_valid", "region_ended", "credential_signature_wrong"]
        signed = sig_structure(code["inner"][0], aad, code["inner"][1])
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
    if "seenElsewhere" in vector:
        checkpoint.add_papers_seen(bytes.fromhex(vector["seenElsewhere"]))
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
    for name in ("valid.json", "invalid.json", "edge.json", "paper.json"):
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
