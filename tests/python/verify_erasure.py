"""Checks receipts for erasings, written from docs/PROTOCOL.md alone ("Erasing").

Usage: verify_erasure.py VECTORS_FILE
Runs every vector, prints one line for each that differs and a JSON summary as the last line; exit 0 only if none does.
"""

import base64
import hashlib
import json
import re
import sys
from pathlib import Path

from bundles import open_bundle, open_trust
from primitives import Refused, ed25519_is_right, p256_is_right, require

TYPE = "application/health-code-erasure+json"
MALFORMED = "erasure_receipt_malformed"
TEXTS = ("citizenId", "subject", "request", "deviceKey", "deviceSignature")


def base64url(text):
    require(re.fullmatch(r"[A-Za-z0-9_-]*", text), MALFORMED)
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        raise Refused(MALFORMED) from None


def read(payload):
    try:
        receipt = json.loads(payload)
    except ValueError:
        raise Refused(MALFORMED) from None
    require(type(receipt) is dict, MALFORMED)
    require(all(type(receipt.get(name)) is str for name in TEXTS), MALFORMED)
    require(all(type(receipt.get(name)) is int for name in ("erasedAt", "revokedCredentials")), MALFORMED)
    require(re.fullmatch(r"[a-z0-9-]{1,36}", receipt["subject"]), MALFORMED)
    require(type(receipt.get("kept")) is list, MALFORMED)
    for item in receipt["kept"]:
        require(type(item) is dict and type(item.get("what")) is str and type(item.get("until")) is int, MALFORMED)
        require(type(item.get("text")) is dict, MALFORMED)
    return receipt


def device_signed(receipt):
    key, signature = base64url(receipt["deviceKey"]), base64url(receipt["deviceSignature"])
    require(len(key) in (32, 33), MALFORMED)
    is_right = p256_is_right if len(key) == 33 else ed25519_is_right
    text = receipt["request"].encode()
    require(len(signature) == 64 and is_right(key, text, signature), "erasure_device_signature_wrong")
    return key


def asked(receipt, key):
    lines = receipt["request"].split("\n")
    device = base64.urlsafe_b64encode(hashlib.sha256(key).digest()[:16]).decode().rstrip("=")
    return (
        len(lines) == 6
        and lines[0] == '"@method": DELETE'
        and lines[2].startswith('"@path": /')
        and lines[2].endswith("/v1/subjects/" + receipt["subject"])
        and f';keyid="{device}";' in lines[5]
    )


def open_receipt(data, trust, at):
    payload, _, _ = open_bundle(data, TYPE, trust, at)
    receipt = read(payload)
    require(asked(receipt, device_signed(receipt)), "erasure_not_asked")
    return receipt


def run(case, trust, at):
    try:
        receipt = open_receipt(bytes.fromhex(case["receipt"]), trust, at)
    except Refused as refused:
        return str(refused) == case["expect"]
    says = {name: receipt[name] for name in ("subject", "citizenId", "erasedAt", "revokedCredentials")}
    says["kept"] = [[item["what"], item["until"]] for item in receipt["kept"]]
    return case["expect"] == "ok" and case.get("content", says) == says


def main():
    vectors = json.loads(Path(sys.argv[1]).read_text())
    trust = open_trust(bytes.fromhex(vectors["trustBundle"]), bytes.fromhex(vectors["rootKey"]), vectors["at"], 0)
    failed = [case["name"] for case in vectors["cases"] if not run(case, trust, vectors["at"])]
    for name in failed:
        print("differs:", name)
    print(json.dumps({"passed": len(vectors["cases"]) - len(failed), "failed": failed}))
    sys.exit(1 if failed else 0)


main()
