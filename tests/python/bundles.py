"""Trust bundles, status lists and the other signed bundles (docs/PROTOCOL.md, 4 and 5)."""

import re
import zlib

from primitives import (
    MAX_TIME, Refused, canonical, ed25519_is_right, is_small_order, is_uint, key_id, map_of, require, sig_structure,
    sign1,
)


def open_parts(data, typ):
    require(len(data) <= 2 * 1024 * 1024, "bundle_too_large")
    wrong = "bundle_not_canonical"
    protected, payload, signature = sign1(canonical(data, wrong), wrong)
    header = map_of(canonical(protected, wrong), {1, 4, 16}, {15}, wrong)
    signed_at = map_of(header[15], {6}, set(), wrong)[6] if 15 in header else None
    require(signed_at is None or is_time(signed_at), wrong)
    require(type(header[1]) is int and type(header[4]) is bytes and len(header[4]) == 8, wrong)
    require(type(header[16]) is str, wrong)
    require(header[16] == typ, "bundle_wrong_kind")
    require(header[1] == -19, "bundle_algorithm_not_allowed")
    return header[4], signed_at, payload, signature, sig_structure(protected, b"", payload)


def open_trust(data, root, at, lowest):
    signer, _, payload, signature, signed = open_parts(data, "application/health-code-trust+cbor")
    require(signer == key_id(root), "bundle_signer_unknown")
    require(ed25519_is_right(root, signed, signature), "bundle_signature_wrong")
    trust = canonical(payload, "bundle_not_canonical")
    try:
        in_range = trust_is_in_range(trust)
    except (Refused, KeyError, TypeError):
        in_range = False
    require(in_range, "bundle_content_invalid")
    require(at < trust[3], "bundle_expired")
    require(trust[2] <= at + trust[5][2], "bundle_from_future")
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


def is_localized(texts, shortest, longest):
    """By language tag, at least in Chinese and English, at most in 32 languages."""
    tag = re.compile("[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*")
    return type(texts) is dict and {"zh", "en"} <= texts.keys() and len(texts) <= 32 and all(
        type(name) is str and len(name) <= 35 and tag.fullmatch(name) and is_text(text, shortest, longest)
        for name, text in texts.items()
    )


def trust_is_in_range(trust):
    wrong = "bundle_content_invalid"
    map_of(trust, {1, 2, 3, 4, 5, 6, 7, 8}, set(), wrong)
    policy = map_of(trust[5], {1, 2, 3, 4, 5}, {6}, wrong)
    keys = []
    good = is_uint(trust[1]) and is_time(trust[2]) and is_time(trust[3]) and trust[2] < trust[3]
    good &= all(len(trust[part]) <= 4096 for part in (4, 6, 7, 8))
    good &= is_in(policy[1], 1, 600) and is_in(policy[2], 0, 300) and is_in(policy[3], 5, policy[1])
    good &= is_in(policy.get(6, 1), 1, 1)
    good &= is_in(policy[4], 0, 31622400) and policy[5] == sorted(set(policy[5])) and set(policy[5]) <= {0, 1, 2}
    for region in trust[4]:
        map_of(region, {1, 2, 4}, set(), wrong)
        good &= is_division(region[1]) and is_localized(region[2], 1, 96)
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
        map_of(rule, {1, 4, 6, 7}, {2, 3, 5}, wrong)
        good &= is_text(rule[1], 1, 64) and is_localized(rule[7], 0, 512)
        good &= is_division(rule.get(2, 100000)) and is_division(rule.get(5, 100000)) and is_in(rule.get(3, 0), 0, 1)
        good &= is_in(rule[4], 0, 2) and is_in(rule[6], 0, 2)
    for order in trust[7]:
        map_of(order, {1, 2, 3}, set(), wrong)
        good &= is_division(order[1]) and is_time(order[2]) and is_in(order[3], 0, 604800)
    for order in trust[8]:
        map_of(order, {1, 2, 3}, set(), wrong)
        good &= is_division(order[1]) and is_time(order[2]) and is_localized(order[3], 0, 512)
    return good


def signed_by(data, typ, trust, at):
    """The region and the key that signed, whatever its time."""
    signer, signed_at, payload, signature, signed = open_parts(data, typ)
    require(at < trust[3], "bundle_expired")
    require(trust[2] <= at + trust[5][2], "bundle_from_future")
    reasons = ["bundle_signer_unknown", "bundle_signer_key_not_valid", "bundle_signature_wrong"]
    furthest = 0
    for region in trust[4]:
        for key in region[4]:
            if key_id(key[1]) != signer:
                continue
            if at >= key.get(4, at + 1):
                furthest = max(furthest, 1)
            elif not ed25519_is_right(key[1], signed, signature):
                furthest = max(furthest, 2)
            else:
                return payload, signed_at, region, key
    raise Refused(reasons[furthest])


def open_bundle(data, typ, trust, at):
    payload, signed_at, region, key = signed_by(data, typ, trust, at)
    signed_at = at if signed_at is None else signed_at
    require(signed_at <= at + trust[5][2], "bundle_from_future")
    require(key[2] <= signed_at <= key[3], "bundle_signer_key_not_valid")
    return payload, region[1], key_id(key[1])


def may_revoke(of, signed_at, region, key):
    """Section 6: the key itself until 8 days after its end, or one of the region that is good as long."""
    if of == key_id(key[1]):
        return key[2] <= signed_at <= key[3] + 8 * 86400
    others = [other for other in region[4] if key_id(other[1]) == of]
    require(others, "bundle_content_invalid")
    return key[2] <= signed_at <= key[3] and others[0][3] <= key[3]


def open_status(data, trust, at, lowest):
    payload, _, region, key = signed_by(data, "application/health-code-revocations+cbor", trust, at)
    wrong, invalid = "bundle_not_canonical", "bundle_content_invalid"
    found = map_of(canonical(payload, wrong), {1, 2, 3, 4, 5, 6, 7}, set(), wrong)
    require(type(found[1]) is bytes and len(found[1]) == 8 and all(is_uint(found[name]) for name in (2, 3, 4, 5, 6)), wrong)
    days = found[7]
    require(type(days) is dict, wrong)
    require(all(is_uint(day) and type(packed) is bytes for day, packed in days.items()), wrong)
    signed_at, ends, ttl, since, until = (found[name] for name in (2, 3, 4, 5, 6))
    require(all(map(is_time, (signed_at, ends, since, until))) and ttl > 0 and len(days) <= 1000, invalid)
    require(since < until, invalid)
    require(may_revoke(found[1], signed_at, region, key), "bundle_signer_key_not_valid")
    require(signed_at <= at + trust[5][2], "bundle_from_future")
    require(at < ends, "bundle_expired")
    require(until >= lowest, "bundle_rolled_back")
    left, revoked = 500_000, set()
    for day, packed in days.items():
        require(day <= 2932896, invalid)
        indexes = unpack(packed, left)
        left -= len(indexes)
        revoked |= {(day, index) for index in indexes}
    return {"key_id": found[1], "from": since, "until": until, "as_of": min(until, signed_at), "exp": ends, "revoked": revoked}


def unpack(packed, most):
    """The indexes of a day: gaps of four bytes, first the highest bytes of all of them."""
    invalid = "bundle_content_invalid"
    unpacker = zlib.decompressobj()
    try:
        planes = unpacker.decompress(packed, 4 * most + 1)
    except zlib.error:
        raise Refused(invalid) from None
    require(len(planes) <= 4 * most, "bundle_too_large")
    require(unpacker.eof and not unpacker.unused_data, invalid)
    count, rest = divmod(len(planes), 4)
    require(count > 0 and rest == 0, invalid)
    indexes, following = [], 0
    for place in range(count):
        gap = int.from_bytes(planes[place::count], "big")
        indexes.append(following + gap)
        following += gap + 1
    require(indexes[-1] < 1 << 32, invalid)
    return indexes


def first_day(as_of):
    return max(0, as_of - 8 * 86400) // 86400


class Status:
    """What a base and the deltas that follow on it say of one key's credentials."""

    def __init__(self, base):
        require(base["from"] == 0, "bundle_delta_gap")
        self.until, self.exp, self.revoked = base["until"], base["exp"], base["revoked"]
        self.as_of, self.first_day = base["as_of"], first_day(base["as_of"])

    def add(self, found):
        if found["until"] < self.until:
            return
        require(found["from"] <= self.until, "bundle_delta_gap")
        self.until, self.exp, self.as_of = found["until"], found["exp"], found["as_of"]
        lowest = self.first_day if found["from"] else 0
        self.first_day = max(lowest, first_day(self.as_of))
        self.revoked = self.revoked | found["revoked"]

    def is_revoked(self, exp, index):
        """A day that no grace reaches any more is not covered."""
        day = exp // 86400
        return day < self.first_day or (day, index) in self.revoked


# Section 8: the vectors
