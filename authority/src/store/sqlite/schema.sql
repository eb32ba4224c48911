-- Schema 4. What a citizen has is in `records` alone, all of it under the citizen's id, so that the table can be
-- sharded by it. Everything else is unique over citizens, or public.
-- `value` of every record but the head (kind 0) is sealed: XChaCha20-Poly1305 under a key that is not in this file
-- (see store/sealing.rs). Plain are random ids, kinds, versions, times of expiry, device ids and keyed hashes.

CREATE TABLE settings (
    name  TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- With rowid: values of a kilobyte would make a tree of the key too deep.
CREATE TABLE records (
    citizen    BLOB NOT NULL CHECK (length(citizen) = 16), -- random UUID
    subject    BLOB NOT NULL,                              -- empty: the citizen; else a dependant's id
    kind       INTEGER NOT NULL,                           -- 0 head, 1 unit, others in cases/records.rs
    key        BLOB NOT NULL,
    value      BLOB NOT NULL,
    expires_at INTEGER,                                    -- nobody needs it afterwards; Unix seconds
    PRIMARY KEY (citizen, subject, kind, key)
) STRICT;
CREATE INDEX records_by_expiry ON records (expires_at) WHERE expires_at IS NOT NULL;

-- Taken by insert-if-absent; an owner whose unit is not in its partition is an orphan.
CREATE TABLE reservations (
    space   INTEGER NOT NULL,
    value   BLOB NOT NULL,
    citizen BLOB NOT NULL CHECK (length(citizen) = 16),
    unit    BLOB NOT NULL CHECK (length(unit) = 17),
    PRIMARY KEY (space, value)
) STRICT, WITHOUT ROWID;

-- Blocks of status indexes that may still be in use.
CREATE TABLE leases (
    block   INTEGER PRIMARY KEY,
    free_at INTEGER NOT NULL
) STRICT;

-- A credential is named by the day (since 1970, UTC) on which it ends and its status index.
CREATE TABLE revocations (
    day          INTEGER NOT NULL,
    status_index INTEGER NOT NULL,
    free_at      INTEGER NOT NULL,
    listed       INTEGER,          -- number of the listing that it is on
    PRIMARY KEY (day, status_index)
) STRICT, WITHOUT ROWID;
CREATE INDEX revocations_by_expiry ON revocations (free_at);
CREATE INDEX revocations_by_listing ON revocations (listed);

-- Under which keys this database issued: status lists are published of these alone. No row is ever taken away.
CREATE TABLE issuer_keys (
    public_key BLOB PRIMARY KEY NOT NULL CHECK (length(public_key) = 32)
) STRICT, WITHOUT ROWID;

-- Public bundles, unsigned, with the order of the officers who published them.
CREATE TABLE publications (
    kind         TEXT NOT NULL,
    name         TEXT NOT NULL,
    version      INTEGER NOT NULL,
    content      BLOB NOT NULL,
    officers     BLOB NOT NULL,
    published_at INTEGER NOT NULL,
    PRIMARY KEY (kind, name, version)
) STRICT;
