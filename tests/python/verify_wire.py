"""What a phone makes of an index and of an answer's headers, written from docs/PROTOCOL.md alone ("Old meets new").

Usage: verify_wire.py VECTORS_FILE
Runs every vector, prints one line for each that differs and a JSON summary as the last line; exit 0 only if none does.
"""

import json
import re
import sys
from pathlib import Path

KINDS = {"trust", "revocation-list", "rule-set", "form"}
MAX_ENTRIES = 256
MAX_SIZE = 1_048_576
MALFORMED = "sync_index_entry_malformed"


class LeftOut(Exception):
    """An entry does not count; the code says why."""


def is_uint(value):
    return type(value) is int and 0 <= value < 1 << 64


def read_entry(entry):
    """The entry; None if its kind is not known."""
    if type(entry) is not dict or type(entry.get("kind")) is not str:
        raise LeftOut(MALFORMED)
    kind, name, sha256 = entry["kind"], entry.get("name"), entry.get("sha256")
    if kind not in KINDS:
        return None
    is_fine = (
        type(name) is str and re.fullmatch(r"[A-Za-z0-9._-]{0,64}", name)
        and (kind != "trust" or name == "")
        and type(sha256) is str and re.fullmatch(r"[0-9a-f]{64}", sha256)
        and is_uint(entry.get("version")) and is_uint(entry.get("size"))
    )
    if not is_fine:
        raise LeftOut(MALFORMED)
    if entry["size"] > MAX_SIZE:
        raise LeftOut("sync_bundle_too_large")
    return [kind, name, entry["version"]]


def read_index(body):
    try:
        index = json.loads(body)
    except ValueError:
        index = None
    if type(index) is not dict or type(index.get("bundles")) is not list:
        return {"counts": None, "leftOut": None, "error": "sync_index_malformed"}
    counts, left_out, names = [], None, set()
    for entry in index["bundles"]:
        try:
            read = read_entry(entry)
            if read is None:
                continue
            if (read[0], read[1]) in names or len(counts) == MAX_ENTRIES:
                raise LeftOut(MALFORMED)
            names.add((read[0], read[1]))
            counts.append(read)
        except LeftOut as why:
            left_out = left_out or str(why)
    return {"counts": counts, "leftOut": left_out, "error": None}


def version(text):
    match = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)([-+].*)?", text)
    return tuple(int(number) for number in match.group(1, 2, 3)) if match else None


def read_supported(vector):
    protocols, oldest = vector["protocols"], vector["oldestApp"]
    spoken = None
    if protocols is not None and re.fullmatch(r" *\d+ *(, *\d+ *)*", protocols):
        spoken = [int(number) for number in protocols.split(",")]
    oldest = version(oldest) if oldest is not None else None
    if spoken is None and oldest is None:
        return None
    if (oldest and version(vector["app"]) < oldest) or (spoken and vector["protocol"] not in spoken):
        return "needed"
    return "advised" if any(number > vector["protocol"] for number in spoken or []) else "not_needed"


def main():
    vectors = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    passed, failed = 0, []
    for vector in vectors["indexes"]:
        found = read_index(vector["body"])
        expected = {key: vector[key] for key in found}
        passed += found == expected
        if found != expected:
            failed.append(vector["name"])
            print(f"{vector['name']}: expected {expected}, found {found}")
    for vector in vectors["supported"]:
        found = read_supported(vector)
        passed += found == vector["update"]
        if found != vector["update"]:
            failed.append(vector["name"])
            print(f"{vector['name']}: expected {vector['update']}, found {found}")
    print(json.dumps({"passed": passed, "failed": failed}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
