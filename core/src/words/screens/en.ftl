# Every word of the apps' screens, English. Ids are the same in every language: `<screen>-<what>`, shared ones `common-<what>`.
# What depends on state or data (notices, colours, reasons, errors) the core says itself, in ../en.ftl.

## Common

common-app-name = Health Code
common-back = Back
common-cancel = Cancel
common-close = Close
common-done = Done
common-retry = Try again
common-save = Save
common-edit = Change
common-delete = Delete
common-dismiss = Dismiss
common-yes = Yes
common-no = No
common-more = More
common-call-number = Call { $number }
common-call-by-hand = This device cannot call. Dial { $number } on a phone.
common-offline = Offline, still works
common-as-of = As of { $time }
common-problem-title = There is a problem
common-error-code = Code: { $code }
common-update-by-hand = Get the newer version where you got this app.
common-not-saved = It was not saved. Try another place.
common-received = Received
common-strip-more = { $count ->
        [one] { $count } more notice
       *[other] { $count } more notices
    }
common-count-of = { $done } of { $total }
common-days = { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
common-optional = { $label } (optional)
common-spoken = { $label }: { $value }
common-green-means = No restriction
common-yellow-means = Stay home, check in daily
common-red-means = Stay in, call
common-orange-means = Stay in, declare daily

## Opening

opening-title = Opening your health code
opening-loading = One moment…
opening-retry = Try again
opening-reset = Delete and start anew
opening-reset-title = Delete the health code on this phone?
opening-reset-effects = This deletes from this phone: your registration, your code, its history, and everything that has not been sent yet. The authority keeps what it has. Afterwards its desk must move your registration to this phone.
opening-reset-confirm = Delete
opening-get-help = Call 12320 for help
opening-update = Update the app

## Onboarding

onboarding-title = Health Code
onboarding-lead = Your health code, on this phone, also without a network.
onboarding-point-show = Show it at the door. The code changes every few seconds and cannot be copied.
onboarding-point-why = See why it has its colour, and object if it is wrong.
onboarding-point-private = No tracking, no adverts. Only what you declare is sent.
onboarding-start = Start
onboarding-language = Language
onboarding-consent-title = Before you register
onboarding-consent-who = Who gets it
onboarding-consent-who-text = The health authority of your region, nobody else.
onboarding-consent-what = What
onboarding-consent-what-text = Your identity, your health, where you stayed.
onboarding-consent-why = What for
onboarding-consent-why-text = To decide the colour of your code by published rules.
onboarding-consent-how-long = How long
onboarding-consent-how-long-text = As long as those rules say; you can have it erased in the settings.
onboarding-consent-agree = I agree
onboarding-consent-not-now = Not now
onboarding-consent-not-now-text = Without it there is no code. You can come back at any time.

## Forms

form-registration-title = Register
form-declaration-title = Health declaration
form-entry-title = Entry declaration
form-dependant-title = A code for somebody you look after
form-for = For: { $names }
form-birth-date = Day of birth
form-birth-date-hint = The document does not say it
form-care-code = Code of the other side
form-care-code-hint = 12 letters and digits that their phone, or that of whoever looks after them, shows. Leave it empty if there is none.
form-care-code-own = 12 letters and digits that the phone of whoever looked after you shows
form-agree-and-add = Agree for them and send
form-scan = Scan
form-read-passport = Read from a passport
form-progress = { $step } of { $total }
form-continue = Continue
form-back = Back
form-problem-title = There is a problem
form-problem-go-to = Go to: { $label }
form-check-title = Check your answers
form-check-lead = Is everything right? Nothing was sent yet.
form-change = Change
form-change-spoken = Change: { $label }
form-not-answered = Not answered
form-submit-registration = Register
form-submit-declaration = Send declaration
form-agree-and-register = Agree and register
form-taken = The authority has received it
form-refused = The authority asks for a change: see the first screen
form-outdated = There is a newer form: please update the app. This one can still be sent.
form-saved-title = Saved
form-saved = Saved here; sent once when online
form-to-home = To my code
form-date-year = Year
form-date-month = Month
form-date-day = Day
form-date-hint = For example 27 3 2026
# The order of the boxes: year, month, day.
form-date-order = day month year
form-document-kind = Kind of document
form-document-other-kind = Use another document
form-document-number = Number
form-document-number-hint = As printed on the document; X can be typed
form-document-check-last = Check the last digit.
form-choose-one = Choose one
form-choose-any = Choose all that apply
form-division-hint = Six digits, often the first six of a resident identity number
form-search = Type to search
form-search-none = Nothing found. Try other words.
form-search-more = { $count ->
        [one] { $count } more; type to search
       *[other] { $count } more; type to search
    }
form-number-unit = { $value } { $unit }
form-consent = Consent
form-to-proof = Go on: prove who you are
form-agree-and-prove = Agree and prove who you are

## Home

home-title = My health code
home-show-code = Show code
home-why = Why?
home-declare = Declare health
home-check-in = Check in for today
home-history = History
home-itinerary = Travel
home-family = Family
home-paper = Paper code
home-results = Tests and vaccinations
home-entry = Entry from abroad
home-handed-over = I have a code from my carer
home-bulletins = News
home-unread = { $count } new
home-clinics = Clinics
home-settings = Settings
home-sync = Refresh
home-syncing = Refreshing…
home-as-of = As of { $time }
home-never-synced = Not connected yet
home-waiting-title = Waiting to be sent
home-waiting = { $count ->
        [one] { $count } form waits; it is sent once when online.
       *[other] { $count } forms wait; each is sent once when online.
    }
home-refused-title = Needs your attention
home-refused-mend = Mend
home-not-registered-title = No health code yet
home-not-registered-text = Register once; it takes about two minutes.
home-queued-title = Registration saved
home-queued-text = Saved here; sent once when online
home-refused-registration-title = The registration needs another look
home-awaiting-title = Registered
home-awaiting-text = Declare your health; your colour follows.
home-unknown-title = Needs update
home-news-title = Your colour has changed
home-news-read = I have read this
home-appeals-title = Your appeals

## Code

code-title = Health code
code-scan-hint = Hold to the scanner
code-image = Health code, { $name }, { $colour }. Hold to the scanner.
code-as-of = As of { $time }
code-why = Why?
code-person = About this person
code-none-title = No code yet
code-none-text = Register and declare; then your code is here.
code-expired-title = Needs update
code-expired-text = The code has ended. Connect once; then it is here again.
code-connect = Connect
code-screenshot = A picture of the code opens no door: it is out of date within seconds.

## Why

why-title = Why this colour
why-reason = Reason
why-since = Since
why-what-to-do = What to do
why-rule = The rule
why-rule-name = Rule set { $id }, version { $version }
why-check-ins = Daily check-ins
why-check-in-done = { $date }: done
why-check-in-missed = { $date }: missed
why-check-in-today = { $date }: today
why-check-in-coming = { $date }: to come
why-check-in-unknown = { $date }: not confirmed yet
why-steps = How it becomes green
why-dispute = Appeal
why-history = History of changes
why-differs-title = This phone comes to another colour
why-differs-text = By the published rules and what the authority says of you, this phone comes to another colour. Appeal, and the authority must look at it.
why-matches = This phone comes to the same colour by the published rules.
why-unchecked = This phone cannot check the colour by itself now.
why-officer-title = Decided by officers
why-officer-text = Two officers signed this decision.
why-citizen-id = Your number at the authority
why-call = Call 12320

## History

history-title = History of changes
history-empty = No changes yet. Each change of colour is kept here with its reason.
history-change = { $from } to { $to }
history-first = First colour: { $to }
history-same = { $to }, for another reason
history-reason = Reason
history-changed-at = Changed at { $time }
history-call = Call 12320
history-alarm-read = I have read this
history-alarm-noticed = Noticed by this phone { $time }
history-alarms-past = Noticed before
history-unread = A change that this version of the app cannot read
history-entry = Entry { $number }: { $hash }
history-see = See the history

## Appeals

appeal-title = Appeal against the colour
appeal-one-title = Your appeal
appeal-list-title = Your appeals
appeal-lead = Say what is wrong, in your words; add photographs or PDFs that show it. Two officers look at it.
appeal-no-colour = There is no colour to appeal against yet.
appeal-concerns = About this colour
appeal-colour-receipt = Receipt of the colour: { $hash }
appeal-statement = What is wrong?
appeal-statement-hint = For example: I was not in that city on that day.
appeal-length = { $count } of { $max } characters
appeal-evidence = Evidence
appeal-evidence-none = None added
appeal-add-picture = Add a photograph
appeal-add-document = Add a PDF
appeal-adding = Making it smaller and keeping it…
appeal-remove = Remove
appeal-remove-spoken = Remove: { $what }
appeal-draft-kept = What you write and add is kept on this phone; you can go on later.
appeal-check-title = Check before sending
appeal-check-text = Only officers of the authority see it.
appeal-send = Send appeal
appeal-deadline = Decided by
appeal-deadline-short = Decided by { $time }
appeal-asked-for = Asked for
appeal-asked-by = Answer by
appeal-answer = Answer
appeal-answer-title = Answer the authority
appeal-answer-send = Send answer
appeal-answer-statement = Your answer
appeal-answer-refused = Your last answer was not accepted: { $reason }
appeal-progress = So far
appeal-decided-at = Decided
appeal-reason = Reason
appeal-officers = In the officers' words
appeal-two-officers = Two officers signed this decision.
appeal-received-at = Received
appeal-receipt = Number of the receipt
appeal-again = Appeal again
appeal-see-colour = See the colour and why
appeal-see = See the appeal
appeal-new-decision = New: { $title }
appeal-withdraw = Withdraw the appeal
appeal-withdraw-title = Withdraw this appeal?
appeal-withdraw-text = Nobody looks at it any more, and your colour stays as it is. You can appeal again later.
appeal-keep = Keep it
appeal-dismiss = Take it off the list

## Proof of identity

proof-title = Prove who you are
proof-not-needed = Nothing is asked for here; you need to do nothing.
proof-registering = Once you have proven it, your registration is sent together with the proof.
proof-type-code = Type the code
proof-not-here = This app cannot do this here.
proof-login-failed = The login was not finished. Nothing was sent; try again.
proof-login-title = Log in in the browser
proof-login-open = The login page is open in the browser. Log in there, then come back here.
proof-login-by-hand = No browser can be opened here. Open this address in a browser on this device:
proof-login-again = Open the page again
proof-login-copy = Copy the address
proof-login-back-title = That was the login
proof-login-back = Close this page and go back to the health code.
proof-login-late = The login took too long. Nothing was sent; try again.
proof-login-unreachable = The login service cannot be reached. Check the network and try again.
proof-code-title = Code from the desk
proof-code-hint = 16 characters, on the sheet from the desk. Capitals and spaces do not matter.
proof-send = Send
proof-without = The desk moved my registration to this phone: go on without
proof-scan = Scan the square on the sheet
proof-since = Proven { $time }
proof-see = Proof of identity

## Itinerary

itinerary-title = Travel
itinerary-lead = Where you were or will go. Only what you enter here is sent.
itinerary-empty = No journey entered yet.
itinerary-add = Add a journey
itinerary-leg-title = Journey
itinerary-leg-number = Journey { $number }
itinerary-place = Where
itinerary-from = First day
itinerary-until = Last day
itinerary-transport = How
itinerary-transport-train = Train
itinerary-transport-flight = Flight
itinerary-transport-coach = Coach
itinerary-transport-car = Car
itinerary-transport-ship = Ship
itinerary-transport-other = Other
itinerary-number = Train or flight number
itinerary-number-hint = For example G7; leave it empty if there is none
itinerary-dates = { $from } to { $until }
itinerary-check = Check it, then send. Nothing was sent yet.
itinerary-remove = Remove this journey
itinerary-send = Send
itinerary-queued-title = Saved
itinerary-queued-text = Saved here; sent once when online

## Bulletins

bulletins-title = News
bulletins-empty = No news of your region.
bulletins-published = { $time }
bulletins-level-information = Information
bulletins-level-notice = Notice
bulletins-level-urgent = Urgent
bulletins-new = New
bulletins-signed = Signed by the authority
bulletins-link = Read more

## Clinics

clinics-title = Clinics
clinics-empty = No clinic is listed near here.
clinics-open-now = Open now
clinics-closed-now = Closed
clinics-distance = { $distance } away
clinics-metres = { $number } m
clinics-kilometres = { $number } km
clinics-closes-at = Closes { $time }
clinics-opens-at = Opens { $time }
clinics-hours-unknown = Call before you go
clinics-everywhere = All districts
clinics-district = District { $number }
clinics-own-district = My district
clinics-call-spoken = Call { $name }
clinics-directions = Directions
clinics-no-position = Choose your district; your position is not needed.
clinics-choose-district = Choose district
clinics-use-position = Use my position
clinics-position-private = Your position stays on this phone.
clinics-fever = Fever clinic

## Dependants

family-title = Family
family-myself = Myself
family-show-codes = Show the codes
family-add = Add a person
family-full = No more people can be added.
family-register-first = Register yourself first.
family-declare = One declaration for several
family-declare-lead = Whom is it for?
family-declare-nobody = Choose somebody.
family-add-title = Add a person
family-add-lead = A child, or an elder without a phone, can have a code of their own here. Their side must agree.
family-add-code = They have a phone, or somebody looks after them
family-add-code-text = Have that phone show a code; scan or type it on the form's last page.
family-add-new = Not registered anywhere yet
family-add-new-text = Fill in the form. For a child, a birth certificate is enough.
family-add-desk = Or at the desk
family-add-desk-text = Take their document and this phone's number there; the desk agrees for them.
family-mend = Change the details
family-ask-anew = Ask anew
family-remove = Remove from this phone
family-own-phone = A phone of their own
family-other-carer = Another carer
family-who-cares = Who looks after them
family-leave = Stop looking after
family-leave-title = Stop looking after { $name }?
family-leave-code = Their code, forms and history are deleted from this phone.
family-leave-last = If nobody else looks after them, the authority erases their registration too.
family-leave-order = An officers' order stays.
family-leave-confirm = Stop looking after
family-code-title = Code for the other side
family-code-image = Code for the other phone to scan
family-code-until = Until { $time }
family-code-once = This is no health code: it opens no door.
family-code-another = Show another code
family-carers = Who looks after me
family-carers-lead = These phones can show your code and fill in forms for you.
family-carers-none = Nobody looks after your code.
family-carers-code = Show a code for a carer
family-carers-end = End this care
family-carers-end-title = End this care?
family-carers-end-text = That phone shows your code no more, and fills in nothing for you.
family-carers-end-confirm = End it

## Paper

paper-title = Paper code
paper-lead = A sheet to show, with the document, where there is no phone. It is made while the health code is green.
paper-days = For how many days
paper-days-most = 1 to { $count } days
paper-ask = Ask for a sheet
paper-ask-newer = Ask for a newer sheet
paper-newer = A newer sheet
paper-desk-only = In this region sheets are made at the desk alone.
paper-sheet-title = Health code on paper
paper-image = Code of the sheet
paper-no-colour = There is no colour on it: doors look up whether it still counts.
paper-by-desk = Made at the desk
paper-dates = { $from } to { $until }
paper-save = Save the picture to print it
paper-saved = Saved. Print it at least 4 cm wide.
paper-end = End this sheet
paper-advice = To know
paper-earlier = Sheets of before
paper-replace-title = Replace the sheet?
paper-replace-text = As soon as the newer sheet is made, this one ends at once. Destroy it.
paper-replace-confirm = Replace
paper-end-title = End the sheet?
paper-end-text = Once this phone was online, the sheet can be used no more, for good.
paper-end-confirm = End it

## Visitors

passport-title = Read from a passport
passport-lead = Type or paste the two or three lines at the bottom of the passport's page.
passport-lines = Lines at the bottom
passport-private = No picture is kept; what is read goes into the form alone.
passport-read = Read
passport-read-again = Read again
passport-take = Fill in the form
passport-corrected = Read as what they look like:
passport-name = Name
passport-number = Document number
passport-nationality = Nationality
passport-born = Day of birth
passport-expires = Expires
entry-title = Entry from abroad
entry-declare = Declare the entry
entry-entered-on = Day of entry
entry-declarations = Daily declarations
entry-earliest-green = Green at the earliest
regions-title = In other regions
regions-lead = What your code counts as in each region:

## Results

results-title = Tests and vaccinations
results-see = See the results
results-new = New
results-past = Earlier
results-over = Counts no more
results-place = Laboratory and place
results-product = Vaccine or test
results-earlier = Reported before
results-proof = Proof for others
results-proof-text = The authority signed this result for you. A file with it can be checked by others, without asking anybody.
results-proof-save = Save the proof
results-proof-saved = Saved. It names what was found: give it to nobody who need not know.
results-find-test = Find a place to test

## EU certificates

dcc-title = EU certificates
dcc-lead = From a country of the EU: read here, and handed in if you want it to count for your health code.
dcc-add = Add a certificate
dcc-full = { $count } certificates are kept, the most there can be. Remove one to add another.
dcc-add-lead = Scan the square on the certificate, choose a picture of it, or paste its text. Nothing is kept before you say so.
dcc-scan = Scan the square
dcc-picture = Choose a picture
dcc-no-code = There is no square to read in this picture.
dcc-text = Text of the certificate
dcc-text-hint = Begins with HC1:
dcc-read = Read
dcc-keep = Keep on this phone
dcc-person = Whose it is
dcc-in-certificate = In the certificate
dcc-in-document = As registered here
dcc-not-said = Not said
dcc-not-fulfilled = Not fulfilled here
dcc-content = What it says
dcc-hand-in = Hand in
dcc-compare = Compare and hand in
dcc-confirm-title = Is this certificate yours?
dcc-confirm-text = Officers compare it with your document before it counts.
dcc-confirm = It is mine, hand in
dcc-remove = Remove
dcc-remove-title = Remove this certificate?
dcc-remove-text = It goes from this phone. Where it was handed in, it counts for your health code no more.

## Export

export-title = My data
export-lead = This is everything that is held of you. You can save it and take it with you.
export-authority = What the authority holds
export-not-requested = Not asked for yet. Ask for it, and it comes with the next connections.
export-requested = Asked for. It needs a network.
export-coming = A part is here; the rest comes with the next connections.
export-held = All of it is here, below.
export-ask = Ask for it
export-ask-again = Ask again
export-save-file = Save the file
export-save-page = Save a page to print
export-saved = Saved. The file is not locked: keep it safe.

## Settings

settings-title = Settings
settings-language = Language
settings-language-name = English
settings-elder = Large text and simple screens
settings-elder-text = Bigger text and buttons, fewer things at once.
settings-sound = Sound
settings-brightness = Full brightness while the code is shown
settings-lock = Unlock before showing the code
settings-grants = Camera, place and notifications
settings-grants-text = Allowed or not in the phone's settings; the app works without each of them.
settings-checkpoint = Check others' codes on this phone
settings-export = My data
settings-about = About
settings-about-version = Version { $version }
settings-about-root-key = The national key's fingerprint
settings-about-root-key-text = Compare it with what the authority publishes.
settings-about-store = Where this phone keeps it, for who helps when it is damaged
settings-device-id = This phone's number at the desk
settings-device-id-none = This phone's key does not answer just now
settings-licences = Licences
settings-licences-text = This app is free software under the Apache License 2.0. The libraries in it are under that licence, MIT, BSD, ISC, MPL 2.0 or the Unicode licence; its source lists each of them.
settings-licences-lead = This app is under the Apache License 2.0. It contains these libraries:
settings-erase = Erase my health code
settings-erase-title = Erase everything?
settings-erase-lead = This is lost for good:
settings-erase-code = Your code and its colour
settings-erase-registration = Your registration at the authority
settings-erase-history = The history of changes on this phone
settings-erase-drafts = Drafts and answers
settings-erase-pending = { $count ->
        [0] Nothing waits to be sent.
        [one] { $count } form that was not sent yet
       *[other] { $count } forms that were not sent yet
    }
settings-erase-after = The authority is asked to erase what it holds, and answers with a receipt.
settings-erase-export = Save my data first
settings-erase-confirm = Erase
settings-erased-title = Erased
settings-erased-text = Nothing of it is left on this phone. The authority confirms when it has erased its part.
settings-erased-kept = What the authority keeps, and until when
settings-erased-kept-until = { $what } (until { $time })
settings-erased-receipt = Receipt { $id }
settings-start-again = Start again

## Checkpoint

checkpoint-title = Checkpoint
checkpoint-pass = Pass
checkpoint-check = Check
checkpoint-stop = Stop
checkpoint-cannot-tell = Cannot tell
checkpoint-scan-hint = Hold the code into the frame
checkpoint-next = Next
checkpoint-compare = Compare with the document
checkpoint-compare-name = Compare the name with the document
checkpoint-compare-document = Compare the last characters with the document
checkpoint-compare-nothing = This code does not say whose it is: there is nothing to compare
checkpoint-name = Name
checkpoint-document = Ends in
checkpoint-assurance = Identity
checkpoint-assurance-hardware = Key in the phone's security chip
checkpoint-assurance-software = Key in the phone's storage
checkpoint-assurance-paper = Printed code
checkpoint-region = Issued by
checkpoint-lists-as-of = Lists as of { $time }
checkpoint-lists-old-title = The lists are old
checkpoint-lists-old-text = Connect once to fetch them. Until then some revoked codes may pass.
checkpoint-torch-on = Torch on
checkpoint-torch-off = Torch off
checkpoint-place = Place
checkpoint-place-none = No place set
checkpoint-counters = { $pass } passed, { $check } to check, { $stop } stopped, { $unknown } could not be told
checkpoint-several = Several codes in the picture: one person at a time
checkpoint-camera-denied-title = No camera
checkpoint-camera-denied-text = Allow the camera in the phone's settings to scan codes.
checkpoint-camera-settings = Open settings
checkpoint-act-move-closer = Hold the phone closer and scan again.
checkpoint-act-show-health-code = Have the health code opened and shown.
checkpoint-act-show-live-code = Have the app opened and its own code shown: no picture, no code of before.
checkpoint-act-connect-their-phone = Have their phone connect once, then scan again.
checkpoint-act-show-for-this-place = Have the code shown for this place.
checkpoint-act-fetch-lists = Connect this phone once to fetch the lists.
checkpoint-act-set-clock = Compare both phones' clocks, set the wrong one, scan again.
checkpoint-act-ask-for-document = Ask for the document.
checkpoint-act-compare-with-document = Compare name and last characters with the document. Same: let in.
checkpoint-act-show-newer-sheet = Ask for a newer sheet, or the code on the phone.
checkpoint-lists-none-title = No lists yet
checkpoint-lists-none-text = Connect once. Then this phone checks codes, also without a network.
checkpoint-lists-fetch = Fetch lists
checkpoint-lists-fetching = Fetching lists…
checkpoint-lists-failed = No connection. Try again.
checkpoint-choose-picture = Choose a picture
checkpoint-type = Type or paste a code
checkpoint-type-label = Text of the code
checkpoint-type-hint = Without a camera: the text that the code stands for, as it was sent or read elsewhere.
checkpoint-type-check = Check
checkpoint-torch-switch = Torch
checkpoint-place-hint = As on the place's poster: letters A-Z, digits, hyphens
checkpoint-place-wrong = This is no place's id: 1 to 16 letters A-Z, digits or hyphens.

## Outside of the app: notification, tile, widget, shortcut

outside-changed = Health code changed: action needed
outside-channel = Changes of your health code
outside-show-code = Show health code
outside-tile = Health code
outside-widget-hint = Tap for the code
outside-camera-use = The camera reads codes at the checkpoint. No picture is kept.

## Around the screens: the lock, an app that was built for nobody
lock-title = Health Code is locked
lock-text = Unlock with your phone's own lock to go on.
lock-open = Unlock
opening-no-authority-title = Not set up
opening-no-authority-text = This app was built without an authority, so there is nobody to register with.
