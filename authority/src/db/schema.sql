-- Schema 1. Every row of a citizen carries the citizen's id, so that the tables can be sharded by it. Three things are
-- unique beyond one citizen: document hash, status index, id of a colour change.
-- Sealed columns hold XChaCha20-Poly1305 under a key that is not in this file (see db/sealing.rs).

CREATE TABLE settings (
    name  TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE citizens (
    citizen_id      TEXT PRIMARY KEY NOT NULL,   -- random UUID
    document_hash   BLOB NOT NULL UNIQUE CHECK (length(document_hash) = 32), -- HMAC of kind and number
    identity        BLOB NOT NULL,               -- sealed JSON
    consent_version INTEGER NOT NULL,
    consented_at    INTEGER NOT NULL,
    registered_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
    device_id     TEXT PRIMARY KEY NOT NULL,
    citizen_id    TEXT NOT NULL REFERENCES citizens (citizen_id),
    public_key    BLOB NOT NULL CHECK (length(public_key) IN (32, 33)),
    hardware      INTEGER NOT NULL CHECK (hardware IN (0, 1)),
    registered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_of_citizen ON devices (citizen_id);

CREATE TABLE registrations (
    device_id       TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    body_hash       BLOB NOT NULL CHECK (length(body_hash) = 32), -- keyed: the body holds a document number
    citizen_id      TEXT NOT NULL REFERENCES citizens (citizen_id),
    PRIMARY KEY (device_id, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE uploads (
    citizen_id   TEXT NOT NULL REFERENCES citizens (citizen_id),
    kind         INTEGER NOT NULL CHECK (kind IN (0, 1, 2)), -- declaration, itinerary, correction
    id           BLOB NOT NULL CHECK (length(id) = 16),      -- UUIDv7 of the phone
    body_hash    BLOB NOT NULL CHECK (length(body_hash) = 32), -- keyed
    body         BLOB NOT NULL,                              -- sealed, the exact bytes received
    received_at  INTEGER NOT NULL,
    decided_by   INTEGER,                                    -- corrections only
    PRIMARY KEY (citizen_id, kind, id)
) STRICT;

-- Days on which a declaration was received: what streaks are counted from. Nothing is ever filled in later.
CREATE TABLE check_ins (
    citizen_id TEXT NOT NULL REFERENCES citizens (citizen_id),
    day        TEXT NOT NULL,                                -- YYYY-MM-DD in the rule set's time zone
    PRIMARY KEY (citizen_id, day)
) STRICT, WITHOUT ROWID;

-- Facts of the newest declaration and of the newest of each declared risk: what the rules need, five at most.
CREATE TABLE declared (
    citizen_id TEXT PRIMARY KEY NOT NULL REFERENCES citizens (citizen_id),
    facts      BLOB NOT NULL                                 -- sealed JSON list
) STRICT;

CREATE TABLE decisions (
    citizen_id   TEXT PRIMARY KEY NOT NULL REFERENCES citizens (citizen_id),
    colour       INTEGER NOT NULL CHECK (colour BETWEEN 0 AND 2),
    reason       INTEGER NOT NULL CHECK (reason BETWEEN 0 AND 255),
    rule_version INTEGER NOT NULL,
    since        INTEGER NOT NULL,
    decided_day  TEXT NOT NULL,
    input_hash   BLOB NOT NULL CHECK (length(input_hash) = 32), -- keyed hash of facts and rule set
    receipt      BLOB NOT NULL                                  -- sealed, signed by the issuer
) STRICT;

CREATE TABLE colour_history (
    citizen_id   TEXT NOT NULL REFERENCES citizens (citizen_id),
    sequence     INTEGER NOT NULL,
    colour       INTEGER NOT NULL,
    reason       INTEGER NOT NULL,
    rule_set_id  TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    rule_id      TEXT NOT NULL,
    since        INTEGER NOT NULL,
    PRIMARY KEY (citizen_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE credentials (
    sequence     INTEGER PRIMARY KEY,
    status_index INTEGER NOT NULL UNIQUE,
    citizen_id   TEXT NOT NULL REFERENCES citizens (citizen_id),
    device_id    TEXT NOT NULL REFERENCES devices (device_id),
    colour       INTEGER NOT NULL,
    reason       INTEGER NOT NULL,
    rule_version INTEGER NOT NULL,
    issued_at    INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    revoked_at   INTEGER,
    credential   BLOB NOT NULL                                  -- sealed
) STRICT;
CREATE INDEX credentials_of_citizen ON credentials (citizen_id, sequence);
CREATE INDEX credentials_revoked ON credentials (status_index) WHERE revoked_at IS NOT NULL;
CREATE INDEX credentials_by_expiry ON credentials (expires_at);

CREATE TABLE colour_changes (
    citizen_id  TEXT NOT NULL REFERENCES citizens (citizen_id),
    sequence    INTEGER NOT NULL,
    change_id   BLOB NOT NULL UNIQUE CHECK (length(change_id) = 16),
    change      BLOB NOT NULL,                                  -- the exact bytes that both officers signed
    colour      INTEGER NOT NULL,
    reason      INTEGER NOT NULL,
    officer_1   TEXT NOT NULL,
    signature_1 BLOB NOT NULL CHECK (length(signature_1) = 64),
    officer_2   TEXT NOT NULL CHECK (officer_2 <> officer_1),
    signature_2 BLOB NOT NULL CHECK (length(signature_2) = 64),
    head        BLOB NOT NULL CHECK (length(head) = 32),        -- hash over the head before, change and signatures
    received_at INTEGER NOT NULL,
    PRIMARY KEY (citizen_id, sequence)
) STRICT, WITHOUT ROWID;
