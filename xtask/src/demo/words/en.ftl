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
next-code = Waiting for the next one.
scan = Scan it if you like. Press Enter to go on.
switch-off = The authority's server is switched off.
check = A checkpoint in Wuhan checks the codes of Hangzhou, offline.
officers = Two officers sign a change of colour: close contact.
push = A push hints; the phone asks the authority itself.
check-again = The checkpoint gets the new list; the old green code and the new yellow one are refused.
why = why: { $text }
instruction = what to do: { $text }
earliest-green = green again from { $day } at the earliest
same-by-rules = The phone computed the same from the published rules.
alert = Alert: { $text }
held = All of it held.
did-not-hold = Did not hold: { $what }
next = Next:
next-keep = keeps the codes, to check one yourself
next-authority = an authority of your own
next-check = Check code-1 yourself, as of the second it was shown (without --at it is too old by now):
