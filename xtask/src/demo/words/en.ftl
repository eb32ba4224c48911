# What the demo tells, English. Ids are the same in every language.

prepare = The authority prepares: national root, two regions, server.
register = The citizen registers and declares. The network is not needed yet.
sync = The phone syncs once.
synced = { $uploads ->
        [one] one upload
       *[other] { $uploads } uploads
    } sent, { $bundles ->
        [one] one bundle
       *[other] { $bundles } bundles
    } checked
rule = rule { $rule }
code = The code. It changes every 25 seconds; each is signed by the phone.
scan = Any reader of QR codes shows its text; what a checkpoint says of it comes next.
next-code = Waiting for the next one.
enter = Press Enter to go on.
too-small = This terminal has { $columns } columns and { $rows } rows; the code needs { $wide } and { $high }.
    Make it larger, or open this picture, which is made anew with each code:
switch-off = The authority's server is switched off.
check = A checkpoint in Wuhan checks the codes of Hangzhou, offline.
check-shown = the code just shown
check-replayed = the same code again
check-screenshot = the first code a minute later (a screenshot)
refused = { $what }: { $reason }
officers = Two officers sign a change of colour: close contact.
one-officer = officer-1 alone
two-officers = officer-1 and officer-2
push = A push hints; the phone asks the authority itself.
colour-change = { $from } becomes { $to }
check-again = The checkpoint gets the new list; the old green code and the new yellow one are refused.
check-yellow = the yellow code
check-before = the green code from before
why = why: { $text }
instruction = what to do: { $text }
earliest-green = green again from { $day } at the earliest
same-by-rules = The phone computed the same from the published rules.
alert = Alert: { $text }
took = [{ $milliseconds } ms]
held = All of it held.
did-not-hold = Did not hold: { $what }
out-unusable = { $path }: { $reason }. Name another folder with --out; nothing was done yet.
read-only = the file system there is read-only
no-permission = you may not write there
not-a-folder = a file is in the way of the folder
storage-full = the disk is full
not-writable = it cannot be written to
next = What you can do next:
next-keep = keep codes, pictures and what a checkpoint needs in a folder:
next-check = check code-1 yourself, as of the second it was shown (without --at it is too old by now):
next-pictures = the codes as pictures: { $first } and { $second }
next-picture = the code as a picture: { $first }
next-authority = run an authority of your own (authority/README.md):
next-apps = write an app, in Kotlin (docs/KOTLIN.md) or Swift (docs/SWIFT.md):
