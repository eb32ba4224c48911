# The authority's texts for operators and officers, English. Ids are the same in every language.

## AuthorityError

config_unreadable = The configuration cannot be read.
config_key_unknown = There is no such setting.
config_invalid = A setting is outside of what it may be.
file_unreadable = A file cannot be read.
file_unwritable = A file cannot be written, or exists already.
key_file_exposed = A key file can be read by other users: set its mode to 600.
key_invalid = This is not a key.
authority_trust_bundle_refused = The trust bundle does not verify, has expired, or does not list this authority's key.
trust_content_invalid = The text of the trust bundle cannot be used.
trust_bundle_un_revokes = A key that was revoked would count again, which nothing may do. List the next key instead.
trust_bundle_key_outlived = A key would be good for longer than the one after it, which could not sign its status list then. Let the old one end earlier or the new one later (--key-not-after), or the bundle count longer (--valid-days).
definition_refused = A rule set or a form cannot be used.
tls_refused = The certificate or its key cannot be used.
sheet_refused = The sheet of paper cannot be printed.
data_in_use = Another authority is running on this data folder.
authority_database_schema_foreign = The database was made by another version of this program.
database_missing = The database that this data folder had is gone, and with it what was revoked: restore the backup. If there is none, have the national root revoke the issuer key, and start in an empty folder with a new one.
issuer_key_of_another_store = This key's time is over, and another database issued under it: start with that database, or with a new key.
authority_database_damaged = The database is damaged.
database_refused = The database cannot be opened.
storage_key_wrong = The storage key is missing or is not the one of this database.
backup_key_wrong = The backup was sealed for another key.
backup_damaged = This is no backup, or it was altered.
backup_cut_off = The backup ends too early, or its end was altered.
backup_signature_refused = The backup was not signed by the issuer key that is expected.
backup_of_another_region = The backup is of another region.
backup_newer = The backup was made by a newer version of this program.
status_list_refused = The status list cannot be used.
status_list_of_another_region = The status list is about the codes of another region.
status_list_older_than_backup = The status list is older than the backup and tells nothing that was revoked since. Give a newer one, or --revoke-all.
listen_failed = The address cannot be listened on.
citizen_unknown = Nobody is registered with this document.
open_appeal_unknown = No appeal with this id waits for a decision.
evidence_gone = The evidence is not kept any more.
officer_key_of_another = This is another officer's key.
no_entropy = The system gave no randomness.
server_refused = The server refused.
server_unreachable = The server cannot be reached or could not prove who it is.

## StoreError

database_busy = The database has too much to do.
database_closed = The server is stopping.
database_disk_full = The server's disk is full.
database_disk_failed = The server's disk failed.
database_read_only = The database may not be written.
database_damaged = The database is damaged.
database_schema_foreign = The database was made by another version of this program.
database_key_wrong = The storage key is not the one of this database.
database_seal_broken = A record was altered or moved.
database_record_unreadable = A record cannot be read.
database_conflict = Other acts on the same citizen came first.
database_outcome_unknown = It is not known whether this was done.
database_unit_fenced = This was called off by another act.
database_unit_too_large = This is too much for one act.
database_row_not_named = An act used a record that it had not named.
database_indexes_exhausted = There are no free places in the status list.
database_no_entropy = The system gave no randomness.
database_faulted = The database met a fault of the program.

## What the command line says

failed = error: { $code }: { $text }
failed-at = error: { $code }: { $text } [{ $at }]
nothing-to-do = Nothing to do: everything is there.
made-issuer-key = made issuer key { $file } (public key { $key })
made-national-root = made national root of its own, FOR DEVELOPMENT ONLY: { $bundle } with { $public } and { $secret }
made-officers = made two officers, enrolled in { $file }; their keys in { $folder } belong on two people's own machines
backup-made = { $file } holds { $citizens ->
        [one] one citizen
       *[other] { $citizens } citizens
    }
backup-without = not in it: { $key }; keep a copy elsewhere
backup-whole = { $file } opens and is whole
restore-kept = { $file } was there and stays as it is
restored = { $folder } is as it was at { $time }; what was acknowledged later is not in it
restored-with-lists = { $count ->
        [one] one credential
       *[other] { $count } credentials
    } revoked after the backup by the status lists of { $time }; what was revoked later than that is unknown
restored-without-lists = { $count ->
        [one] one credential
       *[other] { $count } credentials
    } revoked, all that the backup knew; codes issued after the backup count until they end, 24 hours at most
restore-put-back = { $file } is as of { $time }: compare with now (officers who were dismissed since, an older trust bundle)
restored-orders = officers: draft, sign and submit the orders since { $time } anew
restored-uploads = phones send at most 20 uploads of the last 14 days again, and those count as of the day on which they come
restored-citizens = { $count ->
        [one] one citizen's code was
       *[other] { $count } citizens' codes were
    } revoked after the backup, and why is unknown here until the phone or the officers send it again; the ids:
asking-document = Document number (one line on standard input; it is not kept):
serving = Health Code authority at { $url }, clients must trust { $ca }, { $officers ->
        [one] one officer
       *[other] { $officers } officers
    } enrolled
own-ca = the certificate's own CA
stopping = Stopping: no new requests, the running ones are finished.
stopped = Stopped.
trust-bundles-same = They say the same.
trust-bundle-signed = { $regions ->
        [one] one region
       *[other] { $regions } regions
    }, version { $version }, { $bytes } bytes
region-without-key = attention: { $division } has no key from { $end } on, before the bundle ends
key-outlived = attention: key { $old } is good for longer than { $next }, which cannot sign its status list; let one of them end otherwise (--key-not-after)
needs-signatures = { $file } now needs two officers' signatures
signing = signing as { $officer }: { $order }
signing-content = signing as { $officer }: { $order } over { $bytes } bytes
signatures = { $count ->
        [2] 2 of 2 signatures: it can be submitted
       *[other] { $count } of 2 signatures
    }
signatures-too-many = { $count } signatures, but it takes exactly two: draft again
code-sheet-made = The sheet is in { $file }: print it, give it to the citizen, delete the file. The code is shown this once.
code-sheet-title = Activation code of the health code
code-sheet-for = For the document that ends in { $tail }. Good until { $until }, once.
code-sheet-steps = Register in the health code app; where it asks for a proof of identity, type this code or scan the square.
code-sheet-warning = Give this sheet to nobody: whoever has it and knows your document can register as you.
sheet-printed = { $file } is ready to be printed, on A5 or A4 without scaling; delete it afterwards: who has it has the sheet
