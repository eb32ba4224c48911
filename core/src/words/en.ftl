# Every text that a person reads, English. Ids are the same in every language.

## What the citizen agrees to, and what a checkpoint says

registers-again = The authority had lost this phone's registration. Your phone registers again by itself and sends again what it still has. You need to do nothing; your colour is decided anew.
consent-text = I agree that the health authority of my region receives what I declare (identity, health, places of stay), decides the colour of my code from it by published rules, and keeps it as long as those rules say. My code shows a checkpoint only my masked name, the last digits of my document and the colour. I may object to a colour and withdraw this consent.
accepted = The code is genuine. Let the person in.

## Colours

colour-green = Green
    .title = Green: no restriction
    .spoken = Health code: green. No restriction.
colour-yellow = Yellow
    .title = Yellow: stay home, check in daily
    .spoken = Health code: yellow. Stay at home and check in every day.
colour-red = Red
    .title = Red: stay in, call
    .spoken = Health code: red. Stay in, and call 12320.
colour-orange = Orange
    .title = Orange: stay in, declare daily
    .spoken = International health code: orange. Stay in, and declare your health every day.
status-unknown = Needs update
    .spoken = Health code: needs update. Its colour is not known now.
status-no_colour = No colour yet
    .spoken = Health code: there is no colour yet.

## What the home screen says first, and what its button does

notice-region_ended = The health codes of this region have ended: { $time }. { $reason }
notice-update_needed = Update the app: the authority does not support this version any more.
notice-expired = Your code does not count any more. Connect once to get a new one; the last colour is not shown.
notice-device_unknown = The authority does not know this phone any more. Register again, or ask its desk.
notice-upload_refused = { $count ->
        [one] Something that you sent was not accepted. See why.
       *[other] { $count } things that you sent were not accepted. See why.
    }
notice-appeal_overdue = { $count ->
        [one] The authority did not decide your appeal in time. Call it, and name the receipt of your appeal.
       *[other] The authority did not decide { $count } of your appeals in time. Call it, and name their receipts.
    }
notice-appeal_asked = { $count ->
        [one] The authority asks for more on your appeal. See what, and send it.
       *[other] The authority asks for more on { $count } of your appeals. See what, and send it.
    }
notice-appeal_decided = { $count ->
        [one] Your appeal was decided. See how.
       *[other] { $count } of your appeals were decided. See how.
    }
notice-colour_differs = By the published rules this phone comes to another colour. See why, and object.
notice-colour_alarm = The chain of changes of your colour does not fit. Look at what was noticed.
notice-clock_never_set = The phone does not know the time. Connect once.
notice-certificate_refused = This network cannot be trusted now. Nothing was sent.
notice-captive_portal = This network wants a login first. Nothing was sent.
notice-offline = Offline, still works
notice-server_busy = The authority's server does not answer now. It is asked again by itself.
notice-grace_in_force = Servers are out of service. By order of the authority your code is accepted until { $time }.
notice-stale = Not updated since { $time }
notice-sunset_coming = The health codes of this region end: { $time }. { $reason }
notice-clock_wrong = Phone clock is off; your code still works
    .without-code = Phone clock is off
notice-uploads_waiting = { $count ->
        [one] Saved here; sent once when online
       *[other] { $count } things saved here; each sent once when online
    }
notice-uploads_of_newer_app = A newer version of this app saved something here. Update the app to send it.
notice-update_advised = A newer version of the app is there.

## Where the store does not open

opening-key_unavailable = Unlock the phone and try again. If it stays so after a restart, the key is lost, and what is stored here cannot be read any more. The authority still has your registration: you can delete it here and start anew, and its desk moves the registration to this phone.
    .title = The phone's key store does not answer
opening-key_lost = The key that protects your health code on this phone is gone, as after a reset of the screen lock. What is stored here cannot be read any more; the authority still has your registration. You can delete it here and start anew; the authority's desk then moves your registration to this phone.
    .title = The key is lost
opening-store_damaged = What is stored on this phone is damaged. Nothing was deleted; the authority still has your registration. You can delete it here and start anew; what was not sent yet is then lost.
    .title = The stored data is damaged
opening-store_newer = A newer version of this app wrote the data. Nothing is lost: update the app.
    .title = Update the app
opening-no_space = Free some space and try again. Nothing is lost.
    .title = The phone is full
opening-in_use = The data is open elsewhere. Close the app there and try again. Nothing is lost.
    .title = Already open
opening-other = Nothing was deleted. Try again; if it stays so, call 12320.
    .title = The health code could not be opened

## The one button

step-register = Register
step-mend_registration = Mend registration
step-connect = Connect
step-declare = Declare health
step-check_in_today = Check in for today
step-declare_entry = Declare your entry
step-show_code = Show code
step-save_data = Save your data
step-update = Update the app

## Reasons: why, and what to do

reason-clear = Nothing on record and nothing declared that restricts you.
    .instruction = Move freely. Declare again if your health changes.
reason-not_declared = You have not declared your health, or your declaration has run out.
    .instruction = Fill in the health declaration.
reason-symptoms_declared = You declared symptoms.
    .instruction = Stay at home, check in every day, call 12320 if it gets worse.
reason-fever = A fever was declared or found.
    .instruction = Go to a fever clinic; do not use public transport.
reason-close_contact = You are a close contact of a confirmed case.
    .instruction = Stay at home and wait for the community's call; check in every day.
reason-confirmed = You are recorded as a confirmed case.
    .instruction = Follow the hospital's instructions.
reason-suspected = You are recorded as a suspected case.
    .instruction = Isolate and wait for the test result.
reason-asymptomatic = You are recorded as infected without symptoms.
    .instruction = Follow the instructions for medical observation.
reason-high_risk_place = You stayed in a high-risk place.
    .instruction = Stay at home for the time given and check in every day.
reason-medium_risk_place = You stayed in a medium-risk place.
    .instruction = Check in every day for the time given.
reason-arrived_from_abroad = You arrived from abroad.
    .instruction = Stay in quarantine and check in every day.
reason-check_ins_running = Your daily check-ins are not complete yet.
    .instruction = Keep checking in every day; a missed day starts the count again.
reason-test_overdue = A required test is overdue.
    .instruction = Take the test at the nearest site.
reason-exposure_matched = You were at a published place of exposure.
    .instruction = Call your community and follow its instructions.
reason-measure_lifted = The measure against you was lifted.
    .instruction = Move freely.
reason-error_corrected = An error in your record was corrected.
    .instruction = Nothing to do.
reason-unknown = The reason is not known to this version of the app.
    .instruction = Update the app, or ask the office that decided.

## Check-ins, and kinds of identity documents

check-ins = { $done } of { $required } daily check-ins done, { $left ->
        [one] { $left } day
       *[other] { $left } days
    } to go.
check-ins-reset = A missed day starts the count again.
way-declare = Fill in the health declaration.
way-check-ins = Check in every day for { $left ->
        [one] { $left } more day
       *[other] { $left } more days
    } in a row.
way-check-in-today = Today's check-in is still to be done.
way-check-in-tomorrow = Today's check-in is done; the next one is due tomorrow.
way-wait = There is nothing to do but to wait.
way-connect = By the published rules it can be green now. Connect, so that the authority decides anew.
way-office = Only officers can lift this. Call your community or 12320.
way-object = If it is wrong, object.
way-earliest = Green on { $date } at the earliest.
export-title = What this phone holds of you
export-details-title = Who you are
export-colour-title = Your health code
export-history-title = Changes of your code
export-declared-title = What you declared last
export-appeals-title = Appeals
export-dependants-title = Whom you care for
export-paper-title = Codes on paper
export-unsent-title = Not sent yet
export-erasures-title = What was erased
export-authority-title = What the authority holds of you
export-holdings-not-requested = Not asked for yet. Ask for it, and it comes with the next connections.
export-holdings-requested = Asked for. It comes with the next connections.
export-holdings-coming = A part of it is here; the rest comes with the next connections.
export-upload-data-request = Request for the authority's data
export-file-title = The file for other programs
export-nothing = Nothing.
export-colour = Colour
export-why = Reason
export-since = Since
export-rule = Rule
export-citizen-id = Your number at the authority
export-waiting = Waits for the network.
export-refused = Refused by the authority.
export-upload-registration = Registration
export-upload-declaration = Health declaration
export-upload-itinerary = Itinerary
export-upload-correction = Objection
export-upload-other = Another message
export-erased = Erased from this phone.
export-file = Records
export-records = { $count ->
        [one] { $count } record, each as it is stored.
       *[other] { $count } records, each as it is stored.
    }
export-left-out = Left out
export-left-out-text = Private keys: whoever has them could show your code.
export-phone-records = Every record on this phone
export-authority-records = Every record at the authority
export-bytes = { $count } characters for programs; they are in the file.
export-cut = The rest is in the file.
export-page = Page { $page } of { $pages }
sunset-coming-title = The health codes of this region end
sunset-coming = They end { $ends }. What this phone holds of you is erased { $erased }, here and at the authority. Save your data before that if you want to keep them.
sunset-ended-title = The health codes of this region have ended
sunset-ended = They ended { $ends }; no code counts any more. What this phone holds of you is erased { $erased }, here and at the authority. Save your data before that if you want to keep them.
sunset-erased-title = Everything was erased
sunset-erased = The health codes of this region ended { $ends }. What this phone held of you was erased { $erased }. The authority is asked to erase its data as well; its receipt comes once it answers.
erasure-waiting = The authority was not reached yet.
erasure-confirmed = The authority confirmed it.
erasure-nothing_held = The authority holds nothing of you.
erasure-refused = The authority refused.
erasure-other = Update the app to see what the authority answered.
erasure-step-connect = Connect this phone once.
erasure-step-keep = Keep the receipt.
erasure-step-call = Call 12320.
erasure-step-update = Update the app.
document-kind-resident_id = Resident identity card
    .form = 18 characters on the card: 6 digits of division, birth date, 3 digits, check character, which may be X. Residence permits for Hong Kong, Macao and Taiwan residents have the same form, beginning with 81, 82 or 83.
document-kind-passport = Passport
    .form = 5 to 9 letters and digits, at the top right of the page with the picture and in the lines below it.
document-kind-hk_macao_permit = Mainland travel permit for Hong Kong and Macao residents
    .form = H or M and 8 digits on the front of the card; older cards add 2 digits that count renewals.
document-kind-taiwan_permit = Mainland travel permit for Taiwan residents
    .form = 8 digits on the front of the card; older booklets add 2 digits and perhaps a letter.
document-kind-foreign_permanent_resident = Foreign permanent resident identity card
    .form = 18 characters beginning with 9 since 2023; before that 15: three letters of the country and 12 digits.
document-kind-birth_certificate = Birth certificate (a child's)
    .form = A letter and 9 digits, at the top of the certificate. For a child in your care; it does not say the day of birth.
document-kind-other = Other document
    .form = 4 to 32 letters and digits, as on the document.

## Problems that a server names (RFC 9457)

problem-malformed = The request cannot be read.
problem-signature_refused = The request's signature is missing or wrong.
problem-nonce_required = The request must be signed with a fresh nonce.
problem-device_unknown = The authority does not know this phone.
problem-subject_unknown = This device has no such person.
problem-officers_refused = Two different officers must sign.
problem-not_found = There is no such thing.
problem-method_not_allowed = The method is not allowed here.
problem-already_registered = This document is registered with another phone. Check the number. If it is your own, on a phone or in an app that you no longer have, go to the authority's desk with your document: it can move your registration to this phone.
problem-details_fixed = The authority has decided a colour on your name and document. Only its desk can change these now; bring your document. Phone number and address you can change here.
problem-registration_ended = The authority's desk moved this registration to another phone. If that is not right, go to the desk with your document. To use this phone for somebody else, erase the health code on it first.
problem-identity_proof_required = Nobody is registered here without a proof of identity. Add a code from a community desk, or log in, and send again.
problem-identity_proof_refused = The proof of identity was not accepted. See what is wrong with it, and send another one.
problem-identity_needs_desk = Your proof is good, but the registration that it meets has another one. Go to the authority's desk with all your documents.
problem-dependants_remain = There are people in this person's care; they come first.
problem-care_not_agreed = Nobody agreed to this: a code of who cares for this person now is needed, or the authority's desk.
problem-care_full = No more: you care for as many people, or this person has as many carers, as is allowed.
problem-too_large = The request is too large.
problem-unsupported_media_type = The content type is not understood.
problem-invalid = A value was refused.
problem-id_reused = This id was used for another body.
problem-form_unknown = This form or its version is not known.
problem-rate_limited = Too many requests; wait.
problem-quota_used_up = No more can be taken today; what is left is sent tomorrow.
problem-internal = The server failed.
problem-not_issuing = The authority issues no codes now, since its key may not be used at this time; the code on this phone stays as it is.
problem-unavailable = The server cannot serve now; wait.

## DocumentError

document_number_format = The number does not have the form of this kind of document.
document_check_digit = The check digit does not match: look for a mistyped digit.
document_province_unknown = The number names an unknown province.
document_birth_date_invalid = The birth date inside the number is not a date.
document_nationality_mismatch = This kind of document does not go with the nationality.
document_of_another_kind = This is, or nearly is, the number of another kind of document. Choose that kind; if none fits, ask a community desk.
mrz_layout = These are not the two or three lines of a passport or card. Read or type all of them.
mrz_visa = This is a visa. Use the passport's own page.
mrz_character = A character does not belong at this place. Compare it with the document.
mrz_number_check = The document number does not match its check digit. Compare it with the document.
mrz_birth_check = The birth date does not match its check digit. Compare it with the document.
mrz_expiry_check = The date of expiry does not match its check digit. Compare it with the document.
mrz_optional_check = The personal number does not match its check digit. Compare it with the document.
mrz_composite_check = The last check digit does not match the lines. Compare them with the document.
mrz_birth_date = The birth date cannot be. Compare it with the document.
mrz_expiry_date = The date of expiry cannot be. Compare it with the document.
mrz_number_missing = There is no document number in these lines.
mrz_name_missing = There is no name in these lines.

## PhoneError

answer_phone_invalid = This is not a phone number.
phone_area_code_missing = Write the area code (such as 0571) before the number; from abroad + and the country's code.
phone_country_unknown = No country has the code after the +.
phone_several = Write one phone number only.

## PortError

key_unavailable = The phone's key store refused the key.
key_envelope_refused = The stored key envelope does not belong to this phone or was altered.
entropy_unavailable = The phone gave no randomness.
host_failed = The app around the core failed.

## TransportError

network_unreachable = The server cannot be reached.
network_deadline_passed = The server did not answer in time.
cancelled = Stopped on request.
network_certificate_refused = The server could not prove who it is. Nothing was sent.
network_certificate_time = The server's certificate does not fit this phone's time. Look at the phone's date and time first.
network_answer_too_large = The answer is too large.
network_answer_malformed = The answer could not be read.

## AnswerError

answer_required = This must be answered.
answer_unknown_field = The form has no such question.
answer_wrong_type = The answer has the wrong type.
answer_too_short = The text is too short.
answer_too_long = The text is too long.
answer_character_forbidden = The text contains a character that is not allowed.
answer_character_private = The text contains a character that not every device can show. Write the standard character, or the one in your document's machine-readable line.
answer_name_without_letter = A name begins with a letter or a character that can be seen.
# The text of a refused character, with its code point and its place.
character-place = { $text } ({ $character }, character { $place })
answer_pattern_mismatch = The text does not have the expected form.
answer_not_a_number = This is not a number.
answer_below_minimum = The value is below the allowed range.
answer_above_maximum = The value is above the allowed range.
answer_too_precise = The value has too many decimal places.
answer_not_a_date = This is not a date.
answer_date_too_early = The date is too early.
answer_date_too_late = The date is too late.
answer_choice_unknown = This is not one of the choices.
answer_choice_exclusive = This choice cannot be combined with others.
answer_division_unknown = This is not a division code.
answer_document_kind_refused = This kind of document is not accepted.
answer_needs_desk = A colour was decided on this. Only the authority's desk can change it now; bring your document.
answer_condition_failed = The form's condition on this question cannot be evaluated.
answers_too_many = There are too many answers.
answers_today_invalid = The current date is wrong.

## ItineraryError

itinerary_leg_count = An itinerary has 1 to 50 legs.
itinerary_until_before_from = The last day is before the first.
itinerary_transport_unknown = Choose train, flight, coach, car, ship or other.
itinerary_number_invalid = A train or flight has letters, digits, - and / in its number, at most 16.

## FormError

form_too_large = The form is too large.
form_malformed = The form cannot be read.
form_version_invalid = The form's version is wrong.
form_id_invalid = An id in the form is wrong.
form_duplicate = Something that must be unique in the form occurs twice.
form_text_invalid = A text in the form is missing or too long.
form_count_invalid = The form has too few or too many parts.
form_attribute_unfit = An attribute does not go with the kind of field.
form_range_invalid = A range in the form is wrong.
form_pattern_invalid = A pattern in the form is wrong.
form_condition_invalid = A condition in the form is wrong.
form_reference_unknown = A condition refers to an unknown or later question.
form_fact_unknown = The form asks for a fact that this version does not know.

## CodeError

code_claims_out_of_range = A value does not fit into a health code.
code_credential_malformed = The stored credential cannot be read. A new one is needed.
code_audience_invalid = The place code is wrong.
code_signer_mismatch = The credential belongs to another phone.
code_signer_failed = The phone's key could not sign.

## Refusal

code_too_long = This is too long for a health code.
not_a_health_code = This is not a health code.
code_base45_invalid = The code is damaged: its text cannot be decoded.
code_not_canonical = The code is damaged or forged: it does not have the one allowed form.
code_claims_invalid = The code holds a value that is not allowed.
code_algorithm_not_allowed = The code is signed in a way that is not allowed.
trust_bundle_expired = This checkpoint's list of authorities is out of date. Update it.
trust_bundle_from_future = This checkpoint's list of authorities is dated in the future: its clock is slow. Set it.
issuer_unknown = The code was not issued by a known authority.
issuer_key_not_valid = The authority's key is not valid for this code.
region_ended = This region's health codes have ended.
credential_signature_wrong = The code is forged or damaged: the authority's signature is wrong.
presentation_signature_wrong = The code was not made by the phone that it was issued to.
credential_not_yet_valid = The code is not valid yet.
credential_expired = The code has expired. The phone must go online once.
presentation_too_old = This picture is too old. Ask for the live code.
presentation_from_future = The phone's or the checkpoint's clock is wrong.
presentation_outside_credential = The picture was made outside of the code's time of validity.
wrong_audience = The code was made for another place.
credential_revoked = The code was revoked.
paper_expired = The sheet is past its date.
paper_revoked = The sheet counts no more: a newer one took its place, or the colour changed.
paper_needs_status_list = A sheet says nothing without a current list of what was revoked, and there is none here.
presentation_replayed = This very picture was shown here before. Wait for the next one.
colour_not_admitted = The code is genuine; its colour does not admit here.
paper_shown_elsewhere = This very sheet was shown at another door a moment ago. One of the two is a copy.
paper_shown_again = This very sheet was shown here a moment ago. It may be a copy.
compare_with_document = The sheet holds. Compare name and last characters with the document.

## PapersSeenError

papers_seen_too_large = The list of sheets that were seen is too large.
papers_seen_unreadable = The list of sheets that were seen cannot be read.

## RuleError

rule_not_an_operation = A rule contains something that is not an operation.
rule_unknown_operator = A rule uses an unknown operator.
rule_operand_count = An operation has too many or too few operands.
rule_operand_not_literal = An amount, unit or index in a rule is not a plain value.
rule_literal_not_allowed = A rule contains a value that may not be written out.
rule_path_invalid = A rule names its data by a wrong path.
rule_too_deep = A rule is nested too deeply.
rule_too_many_nodes = A rule is too large.
rule_text_too_long = A text in a rule is too long.
rule_neither_truthy_nor_falsy = A condition is neither true nor false.
rule_not_an_integer = A rule needs a whole number and found something else.
rule_not_a_date_time = A rule needs a date and found something else.
rule_not_an_array = A rule needs a list and found something else.
rule_not_text = A rule needs a text and found something else.
rule_date_invalid = A date cannot be read.
rule_date_out_of_range = A date is out of range.
rule_integer_out_of_range = A number is out of range.
rule_budget_spent = Evaluating a rule took too many steps.
rule_value_too_deep = A rule produced a value that is nested too deeply.
rule_set_too_large = The rule set is too large.
rule_set_malformed = The rule set cannot be read.
rule_set_field_invalid = A field of the rule set is wrong.
rule_id_repeated = Two rules have the same id.
rule_catch_all_missing = The rule set does not end in a rule for everyone else.
rule_unknown_colour = A rule names an unknown colour.
rule_unknown_reason = A rule names an unknown reason.
rule_set_not_in_force = The rule set is not in force on this day.
rule_facts_inconsistent = The facts contradict each other.
rule_fact_unknown = The decision counts something that this version does not know.

## SessionFault

consent_missing = Please read and accept the consent text first.
already_registered_here = This phone is registered already, with these very details.
not_registered = Please register first.
region_has_ended = The health codes of this region have ended. Nobody registers here any more.
no_code_yet = There is no code yet. Declare your health and connect once.
form_refused = Some answers need another look.
clock_wrong = The phone's date and time are wrong. Set them in the phone's settings and try again.
record_unreadable = A stored record cannot be read.
sync_dependants_remain = There are people in the owner's care on this phone; they come first.

## SyncRefusal

sync_answer_malformed = The authority's answer cannot be read.
sync_index_malformed = The list of published data cannot be read.
sync_index_entry_malformed = A line of the list of published data cannot be read; the others count.
sync_bundle_altered = Published data are not what the list says.
sync_bundle_rolled_back = The authority offers older data than this phone has.
sync_bundle_too_large = Published data are too large.
sync_bundle_not_as_listed = Published data are of another name or version than the list says.
sync_bundle_missing = Published data are missing.
sync_part_missing = Something that the authority keeps for you could not be fetched.
sync_batch_contradicts_itself = The authority sent codes that do not fit each other.
sync_batch_too_large = The authority sent too many codes at once.
sync_part_too_large = Something that the authority keeps for you is too large.
sync_part_unreadable = Something that is kept on this phone is of a newer version of the app.
sync_no_trust_bundle = The list of authorities is not known yet.
sync_credential_of_other_device = The code is for another phone.
sync_receipt_of_other_citizen = The explanation is about somebody else.
sync_state_contradicts_itself = Code and explanation do not agree.
sync_too_long = The exchange with the authority does not come to an end.

## SyncError

sync_base_url_invalid = The authority's address is not an https address.
sync_outbox_full = Too many forms wait to be sent. Connect to the network first.
sync_upload_size_refused = What is to be sent is empty or too large.
sync_subject_unknown = This person is not on this phone.
sync_upload_unknown = There is no such upload.
sync_erasure_unknown = There is no such erasing on this phone.
sync_erasure_waiting = The authority has not confirmed this erasing yet.
sync_erasures_full = Too many erasings wait to be confirmed.
sync_upload_damaged = A form that waits to be sent cannot be read.
sync_store_failed = The phone's store failed.
sync_port_failed = The app around the core failed.

## HttpError

http_roots_invalid = The list of certificate authorities cannot be read.
http_runtime_failed = The network layer could not start.
http_not_built_in = This app has no network of its own and brought none.

## StoreError

store_key_unavailable = The phone's key store did not give the store's key. Unlock the phone and try again.
store_key_refused = The stored data was sealed with another key than this phone now has.
store_entropy_unavailable = The phone gave no randomness, so nothing was stored.
store_envelope_missing = The file with the wrapped key of the stored data is missing.
store_envelope_damaged = The file with the wrapped key of the stored data is damaged.
store_anchor_damaged = The file that tells how far the stored data had come is missing or damaged.
store_record_altered = A stored record is damaged or was altered.
store_records_lost = Stored records are missing.
store_rolled_back = The stored data is older than what was last saved.
store_damaged = The files of the stored data are damaged.
store_already_open = The stored data is already open elsewhere.
store_disk_full = The phone has no free space. Free some, then open the app again.
store_io_failed = The phone's storage failed.
store_writes_stopped = An earlier write failed. Open the app again before saving more.
store_newer_schema = The stored data was written by a newer version of the app. Update the app.
store_no_migration = The stored data is too old for this version of the app.
store_key_too_long = The name of the record is empty or too long.
store_record_unreadable = A stored record has a form that this version of the app does not know.
store_value_too_large = The record is too large to be stored.

## SignatureRefusal

request_signature_header_too_long = A signature header is too long.
request_signature_digest_mismatch = The request's body does not match its digest.
request_signature_malformed = The request's signature cannot be read.
request_signature_components = The signature does not cover what it must.
request_signature_parameters = A parameter of the signature is missing or unknown.
request_signature_algorithm = The signature's algorithm is not accepted.
request_signature_key_mismatch = The request names another key.
request_signature_wrong = The request's signature is wrong.
erasure_receipt_malformed = This is not a receipt for an erasing.
erasure_device_signature_wrong = The phone did not sign what the receipt says.
erasure_not_asked = The receipt is for something that was not asked for.

## DeviceKeyError

device_key_invalid = The device key has an unknown form.

## BundleError

bundle_too_large = The data are too large.
bundle_not_canonical = The data are damaged or forged.
bundle_wrong_kind = The data are of another kind.
bundle_algorithm_not_allowed = The data are signed in a way that is not allowed.
bundle_signer_unknown = The data were not signed by a known authority.
bundle_signer_key_not_valid = The key that signed the data may not be used for them.
bundle_signature_wrong = The data are forged or damaged: the signature is wrong.
bundle_content_invalid = The data hold a value that is not allowed.
bundle_from_future = The data are dated in the future: the clock of this device or of the authority is wrong.
bundle_expired = The data are out of date.
bundle_rolled_back = The data are older than what this device already has.
bundle_delta_gap = A list of revoked codes follows on others that are missing here: fetch the whole list.

## PictureError

picture_text_not_alphanumeric = The text is empty or holds a character that QR's alphanumeric mode does not have.
picture_text_too_long = The text is too long for a QR code that a phone can show.
picture_scale_not_allowed = The size of a module in pixels is outside of the allowed range.
picture_not_encoded = The picture could not be encoded.

## PdfError

pdf_font_unreadable = The font cannot be read.
pdf_font_lacks_character = The font has no sign for a character of the text.
pdf_not_made = The page cannot be made: the font may not be embedded.

## BindingError

argument_invalid = The app passed a value that cannot be used.
closed = The app has closed the health code.
internal_error = The core failed. Nothing that was saved is lost.

## Appeals

appeal-queued = Saved here. It is sent once when online.
    .title = Saved here
appeal-sending = The authority has { $sent } of { $all } pieces of your evidence. The rest goes on by itself; nothing is sent twice.
    .title = Being sent
appeal-refused = It was not accepted: { $reason }
    .title = Not accepted
appeal-received = The authority has your appeal and signed a deadline: { $left }.
    .title = Received
appeal-asked = Until { $answer } the authority's deadline waits for your answer. Then it decides with what it has.
    .title = The authority asks for more
appeal-answering = Your answer is saved here. It is sent once when online.
    .title = Answer on its way
appeal-overdue = The authority signed that it decides by { $deadline }, and has not. Your receipt proves it.
    .title = The deadline has passed
appeal-withdrawing = Your withdrawal is saved here. It is sent once when online.
    .title = Being withdrawn
appeal-withdrawn = You withdrew this appeal. Your colour stays as it is.
    .title = Withdrawn
appeal-upheld = Two officers found that you are right. What was wrong is corrected, and your colour follows from what is left by the rules.
    .title = You are right
appeal-partly = Two officers found that you are right in part. That part is corrected, and your colour follows from what is left by the rules.
    .title = You are right in part
appeal-rejected = Two officers looked at it and found nothing to correct.
    .title = Nothing was corrected
appeal-decided = Two officers decided it. Update the app to see how.
    .title = Decided
appeal-step-connect = Connect once.
appeal-step-wait = You need to do nothing.
appeal-step-answer = Send what is asked for.
appeal-step-call = Call 12320 and name the receipt of your appeal.
appeal-step-again = You can appeal again.
appeal-step-see_colour = See your colour and why.
appeal-reason-record_wrong = A record that counted for your colour was wrong.
appeal-reason-record_of_another_person = A record of another person was counted for you.
appeal-reason-record_missing = A record that counts for your colour was missing.
appeal-ask-clearer_picture = A picture cannot be read: please send a clearer one.
appeal-ask-explain_more = Please say in more detail what happened.
appeal-ask-identity_document = Please send a picture of a document that shows who you are.
appeal-ask-proof_of_stay = Please send something that shows where you were on that day.
appeal-ask-test_report = Please send the report of the test.
appeal-ask-vaccination_record = Please send the record of the vaccination.
appeal-ask-other = The officers need more for your appeal. Call 12320 to hear what.
appeal-event-received = Appeal received
appeal-event-asked = More was asked for
appeal-event-answered = Your answer was received
appeal-event-withdrawn = Withdrawn
appeal-event-decided = Decided
appeal-reason-answer_mistaken = An answer of yours was a mistake.
appeal-reason-evidence_convinces = What you sent shows that it was otherwise.
appeal-reason-rules_applied_rightly = The records are right, and the rules were applied rightly.
appeal-reason-evidence_not_enough = What you sent does not show that the records are wrong.
appeal-reason-evidence_not_readable = What you sent cannot be read.
appeal-reason-about_something_else = It is about something that does not decide your colour.
appeal-reason-other = For another reason, see the officers' words.
appeal-limits = Up to { $count } photographs or PDFs, { $size } MB each.
appeals-count = { $count ->
        [0] You have not appealed.
        [one] One appeal.
       *[other] { $count } appeals.
    }
appeals-asked = { $count ->
        [one] More is asked for on one appeal.
       *[other] More is asked for on { $count } appeals.
    }
appeals-new = { $count ->
        [one] One appeal was decided.
       *[other] { $count } appeals were decided.
    }
appeals-overdue = { $count ->
        [one] The deadline of one appeal has passed.
       *[other] The deadlines of { $count } appeals have passed.
    }
evidence-picture = Photograph, { $size } KB
evidence-pdf = PDF, { $size } KB

## EvidenceError

evidence_too_large = This is larger than 2 MB. Make it smaller and add it again.
evidence_too_many = No more can be added: five at most, and what still waits to be sent counts too.
evidence_empty = There is nothing in this file.
evidence_heic = Photographs of the kind HEIC cannot be read everywhere. Save it as a JPEG and add it again.
evidence_other_type = This is neither a photograph (JPEG, PNG) nor a PDF.
evidence_twice = This was added already.
evidence_inconsistent = What arrived is not what was announced. Appeal again.
evidence_lost = The evidence is not on this phone any more. Add it and appeal again.

## AppealError

appeal_unknown = There is no such appeal.
appeal_closed = This appeal is decided or withdrawn.
appeal_open = This appeal still waits for its decision. Withdraw it first.
appeal_not_asked = Nothing is asked for on this appeal, or your answer is on its way.
appeal_too_many_open = Too many of your appeals wait for a decision. Wait for one, or withdraw one.
appeal_not_ours = What the authority told of an appeal is not about this person.

## BulletinsError

bulletins_malformed = The bulletins cannot be read.
bulletins_id_invalid = An id of the bulletins is wrong or stands twice.
bulletins_text_invalid = A text of the bulletins is empty, too long, or missing in a language.
bulletins_value_invalid = A value of the bulletins is not allowed.

## ClinicsError

clinics_malformed = The list of clinics cannot be read.
clinics_id_invalid = An id of the list of clinics is wrong or stands twice.
clinics_text_invalid = A name or an address of a clinic is empty, too long, or missing in a language.
clinics_value_invalid = A value of the list of clinics is not allowed.
clinics_hours_invalid = The hours of a clinic or the special days cannot be read, or the hours of holidays are missing.

# Proof of identity

activation_code_too_short = The code has 16 characters; some are missing.
activation_code_too_long = The code has 16 characters; these are more.
activation_code_character_not_used = One of these characters is in no code. Codes have the digits 3, 4, 6, 7, 9 and letters without B, I, L, O, Q, S, V, Z.
activation_code_mistyped = A character of the code is wrong, or two have changed places. Compare it with the sheet.
identity_policy_malformed = The policy of identity proofs cannot be read.
identity_policy_ways_invalid = The policy of identity proofs has no way, too many, or one twice.
identity_policy_value_invalid = A value of the policy of identity proofs is not allowed.
identity_policy_keys_invalid = A key set of the policy of identity proofs has no key that can be used, or one that must not be.
identity_proof_not_known_yet = This phone does not know yet which proofs the authority takes. Connect once, then try again.
identity_proof_kind_not_taken = The authority does not take proofs of this kind.
identity_proof_unreadable = The proof cannot be read. Log in again.
identity_proof_code_unknown = There is no such code for this name and document. Compare code, name and number with the sheet.
identity_proof_code_expired = The time of the code is over. The community desk gives you a new one.
identity_proof_code_used = The code was used. The community desk gives you a new one.
identity_proof_code_struck_off = The desk has struck the code off. Ask there for a new one.
identity_proof_issuer_refused = The authority does not take logins of this issuer, or this was not signed by it.
identity_proof_wrong_audience = The login was made for something else than the health code. Log in again from here.
identity_proof_other_device = The login was made on another phone. Log in on this one.
identity_proof_expired = The time of the login is over. Log in again.
identity_proof_not_yet_valid = The time of the login has not begun. Try again in a few minutes.
identity_proof_other_person = The proof is of somebody else than the name and document that you gave. Compare both.
moved_by_proof = You proved on another phone who you are; that phone has your health code now. If that was not you, go to the authority's desk with your document.
taken_over_by_proof = Somebody proved that this document is theirs. Here nothing was proven, so the registration on this phone has ended. If the document is yours, go to the authority's desk with it.
login_provider_unusable = The login service cannot be used from here. Prove your identity in another way, or ask at the desk.
login_other = The answer that came was not to this login. Nothing was sent; log in again from here.
login_declined = You did not log in, or did not agree. Nothing was sent.
login_refused = The login service did not let you in. Try again later, or prove your identity in another way.
login_no_token = The login service sent no proof. Try again later, or prove your identity in another way.
proof-step-prove = Prove who you are
proof-code-missing = { $count ->
        [one] One character is missing
       *[other] { $count } characters are missing
    }
proof-introduction-not_known = This phone does not know yet which proofs of identity the authority takes. Connect once.
proof-introduction-required = The authority registers nobody without a proof of identity, so that no one else can register your document.
proof-introduction-no_code = You can register without a proof of identity; a health code you get once you have proven who you are.
proof-introduction-compare = Without a proof of identity, checkpoints compare your health code with your document. With a proof, you can also move to a new phone by yourself.
proof-introduction-optional = You need no proof of identity here. With one, nobody else can hold your document, and you can move to a new phone by yourself.
proof-not_registered = Not registered
    .text = You can show who you are together with the registration, or later.
    .spoken = Proof of identity: you are not registered yet.
proof-unproven = Identity not proven
    .text = Prove who you are, so that nobody else can take over your document and you can move to a new phone by yourself.
    .spoken = Proof of identity: not proven yet.
proof-waiting = Proof not sent yet
    .text = Your proof is saved on this phone, and sent once when online.
    .spoken = Proof of identity: it waits for a network.
proof-refused = Proof not accepted
    .text = The authority did not accept the proof. Try again, or ask a community desk.
    .spoken = Proof of identity: not accepted. See why.
proof-moved = Moved to another phone
    .text = You proved who you are on another phone, which has your health code now.
    .spoken = This phone is not in use any more: you moved to another phone.
proof-taken_over = Registration ended
    .text = Somebody else proved that the document is theirs.
    .spoken = Your registration on this phone has ended. See why.
proof-needs_desk = To the desk, please
    .text = Your proof meets a registration with another one. Go to the authority's desk with all your documents.
    .spoken = Proof of identity: the authority's desk has to see you and your documents.
proof-proven = Identity proven
    .text = The same proof on a new phone moves your health code there; this phone then ends.
    .spoken = Proof of identity: proven.
proof-way-activation_code = Code from a community desk
    .text = Go to a community desk with your document. You get a code of 16 characters: type it, or scan its square. It serves once.
proof-way-oidc = Log in
    .text = Log in with your real-name account. The login tells the authority your name and document, and nothing else.
proof-way-host_assertion = By this app
    .text = The app that you are in knows your real name. It tells the authority, if you agree.

## Visitors: passports, entries, other regions

document-residence-81 = Residence permit for Hong Kong residents
document-residence-82 = Residence permit for Macao residents
document-residence-83 = Residence permit for Taiwan residents
name-same = The names are the same.
name-same_as_far_as_shown = The names are the same as far as the document has room.
name-differs = The names differ. Compare them with the document.
name-cannot_tell = These names can only be compared by people. Look at both.
mrz-sound = The document was read
    .spoken = The document was read. Check digits match.
    .step = Compare with the document, then go on.
mrz-expired = The document has expired
    .spoken = The document was read. It has expired.
    .step = Use a newer document, or ask the desk.
mrz-check = Something does not match
    .spoken = The lines were read, and something does not match.
    .step = Compare the marked places with the document, or read it again.
mrz-unread = No document was read
    .spoken = No document was read.
    .step = Hold the camera over the two or three lines at the bottom, or type them.
mrz-place = line { $line }, character { $column }
mrz-corrected = Line { $line }, character { $column }: { $read } was read as { $taken }.
entry-not_a_visitor = No entry to declare
    .spoken = There is no entry to declare.
    .step = Nothing to do.
entry-to_declare = Declare your entry
    .spoken = Your entry is not declared yet.
    .step = Fill in the entry declaration.
entry-waiting = Entry saved, not sent yet
    .spoken = Your entry declaration is saved here and is sent once when there is a network.
    .step = Connect once.
entry-refused = Entry declaration not accepted
    .spoken = Your entry declaration was not accepted.
    .step = See why, and fill it in again.
entry-running = Entry declared
    .spoken = Your entry is declared. Keep declaring your health every day.
    .step = Declare your health today.
entry-done = Declarations complete
    .spoken = Your declarations are complete. Your code is green.
    .step = Nothing to do.
elsewhere-step-admitted = Entry is allowed.
elsewhere-step-not_admitted = Not let in with this colour. Ask the region before travelling.
elsewhere-same = { $there } in { $region }, as here
elsewhere-mapped = { $own } here, { $there } in { $region } (rule { $rule })
elsewhere-spoken = Your code counts as { $there } in { $region }. { $step }
door-same = This code: { $own }
door-mapped = { $own }: counts as { $here } here (rule { $rule })
door-spoken = Code: { $own }; counts here as { $here }. { $step }

## EU certificates

dcc_text_too_long = The text is too long for a certificate.
dcc_not_a_certificate = This code is not an EU certificate.
dcc_text_damaged = The text of the certificate is damaged. Scan it again.
dcc_compression_damaged = The certificate cannot be unpacked. Scan it again.
dcc_too_large = There is more in it than a certificate may hold.
dcc_compression_trailing = Something was added behind the certificate.
dcc_cbor_damaged = The content of the certificate is damaged.
dcc_cbor_trailing = Something was added behind the content of the certificate.
dcc_length_indefinite = The certificate is written in a form that is not read here: a length is left open.
dcc_key_repeated = The certificate says something twice.
dcc_too_deep = The certificate is built more deeply than a certificate is.
dcc_value_unknown = The certificate holds a value that no certificate has.
dcc_tag_wrong = The certificate is marked as something else.
dcc_not_signed = The certificate is not put together as a signed one.
dcc_header_critical = The certificate asks for something that is not known here.
dcc_algorithm_missing = The certificate does not say how it was signed.
dcc_algorithm_not_allowed = The certificate was signed in a way that does not count.
dcc_kid_missing = The certificate does not say which key signed it.
dcc_content_missing = There is a signature and no content.
dcc_signature_encoded = The signature is written in another form than certificates have.
dcc_signature_length = The signature has a length that it cannot have.
dcc_claims_malformed = The content of the certificate is not what a certificate says.
dcc_issuer_invalid = The certificate does not name the country that issued it.
dcc_time_invalid = The certificate does not say from when to when it is good.
dcc_times_contradict = The certificate ends before it was issued.
dcc_certificate_missing = There is no health certificate in it.
dcc_version_unknown = The certificate is of a form that this version does not know.
dcc_kind_missing = The certificate is about no vaccination, no test and no recovery.
dcc_several_entries = The certificate is about several things at once.
dcc_field_missing = Something is missing in the certificate.
dcc_field_invalid = Something in the certificate has a form that it cannot have.
dcc_name_invalid = The name in the certificate is not written as certificates write names.
dcc_birth_date_invalid = The date of birth in the certificate cannot be.
dcc_date_invalid = A date in the certificate cannot be.
dcc_disease_other = The certificate is about another disease.
dcc_no_trust_list = There is no list of issuers on this phone yet. Connect once.
dcc_key_unknown = The key that is said to have signed it is on no list here.
dcc_key_withdrawn = The key that signed it was taken off the list.
dcc_key_of_another_country = The key belongs to another country than the certificate names.
dcc_key_of_another_algorithm = The key is for another way of signing.
dcc_signature_wrong = The signature does not fit. The certificate was changed, or another key signed it.
dcc_key_not_valid = The key was not in use when it signed, or is not any more.
dcc_key_not_for_kind = The key may not sign certificates of this kind.
dcc_issued_in_future = The certificate is from a time that has not come. Is the phone's clock right?
dcc_expired = The certificate is past its time.
dcc_no_rules = There are no rules here yet by which a certificate counts.
dcc_not_accepted = By the rules of this region it does not count.
dcc_rule_failed = A rule cannot be applied to it, so it does not count. An update of the app may help.
dcc_presented_by_another = Somebody else handed this certificate in before. Go to the desk with certificate and document.
dcc_names_not_confirmed = The names are not the same. Compare both and confirm that the certificate is yours.
dcc_too_many = No more certificates are kept here. Remove one first.
dcc_unknown = There is no such certificate here.
dcc_nothing_to_decide = The names of this certificate wait for no decision.
dcc_part_unreadable = What the authority says of your certificates cannot be read. What was known before stays.
dcc_list_malformed = The list about certificates cannot be read.
dcc_list_value_invalid = An id, a version or a number of entries in the list cannot be.
dcc_list_key_invalid = A key of the list cannot be used.
dcc_list_rule_invalid = A rule of the list cannot be used.
dcc_list_text_invalid = A text of the list is blank, too long, or missing in English or Chinese.

dcc-none = No EU certificate is kept here.
dcc-some = The EU certificates that are kept on this phone.
dcc-some-unchecked = The EU certificates that are kept on this phone. They are checked once there is a list of issuers: connect once.
dcc-kind-vaccination = EU vaccination certificate
dcc-kind-test = EU test certificate
dcc-kind-recovery = EU recovery certificate
dcc-status-counts = The signature is right, and it counts here.
dcc-status-not_accepted = The signature is right. It does not count here.
dcc-status-no_rules = The signature is right. Whether it counts here is not known yet.
dcc-status-unchecked = Not checked yet.
dcc-status-key_unknown = The issuer is not known here.
dcc-status-key_withdrawn = The issuer's key was withdrawn. It counts no more.
dcc-status-expired = Past its time.
dcc-status-refused = It does not hold.
dcc-status-unreadable = Not read.
dcc-sent-waiting = Saved here. It goes out once this phone was online.
dcc-sent-refused = The authority did not take it.
dcc-sent-received = The authority has it.
dcc-sent-at_desk = The authority has it. The names are not the same, so officers look at it first.
dcc-sent-agreed = The authority has it. Officers found that it is yours.
dcc-sent-not_ours = Officers found that it is not yours. It does not count.
dcc-step-keep = Keep it on this phone.
dcc-step-submit = Hand it in, so that it counts for your health code.
dcc-step-compare = Compare both names. If the certificate is yours, confirm it and hand it in; officers look at it then.
dcc-step-connect = Connect this phone once.
dcc-step-wait = Wait: you are told here.
dcc-step-desk = If you think that is wrong, go to the desk with document and certificate.
dcc-step-ask_issuer = Ask whoever issued it for a new one.
dcc-step-register = Register first: then it can be handed in.
dcc-step-none = There is nothing to do.
dcc-part-surname = Surname
dcc-part-given_names = Given names
dcc-part-birth_date = Date of birth
dcc-names-same = The same
    .all = The names are the same.
dcc-names-differ = Not the same
    .all = Name or date of birth are not the same as those that are registered.
dcc-names-open = Cannot be compared
    .all = The names cannot be compared by a machine: people compare them.
dcc-line-product = Vaccine
dcc-line-vaccine = Kind of vaccine
dcc-line-maker = Manufacturer
dcc-line-dose = Dose
dcc-line-day = Day of the dose
dcc-line-test = Kind of test
dcc-line-test-name = Name of the test
dcc-line-test-maker = Test and manufacturer
dcc-line-sampled = Sample taken
dcc-line-result = Result
dcc-line-centre = Place of the test
dcc-line-first-positive = First positive test
dcc-line-from = From
dcc-line-until = To
dcc-line-country = Country
dcc-line-issuer = Issued by
dcc-line-identifier = Identifier
dcc-line-expires = Signature ends
dcc-test-naat = Nucleic acid
dcc-test-antigen = Rapid antigen
dcc-result-detected = Detected
dcc-result-not_detected = Not detected
dcc-dose = { $dose } of { $of }

## PaperError

paper_days_out_of_range = Sheets are not made for so many days here.
paper_not_green = A sheet is made while the health code is green. It is not now.
paper_too_many_today = No more sheets are made for you today. Ask again tomorrow.
paper_key_too_short = A sheet cannot be made for so long at present. Ask for fewer days.
paper_sheets_unreadable = What the authority says of your sheets cannot be read. What was known before stays.

## Sheets of paper

paper-sheet-good = This sheet can be shown at doors, with the document.
paper-sheet-replaced = A newer sheet took the place of this one.
paper-sheet-revoked = This sheet was ended.
paper-sheet-ended = This sheet ended because the health code changed, or because of a move to another phone. A new one can be asked for.
paper-sheet-over = This sheet is past its last day.
paper-sheet-other = This sheet cannot be used.
paper-advice-document = Doors compare name and last characters with the document: carry both.
paper-advice-newer = A newer sheet ends this one at once, and so does a change of the health code.
paper-advice-lost = Lost? End it here, or have it ended where it was made. A copy is as good as the sheet.
paper-waiting-request = Saved here. The sheet is made once this phone was online.
paper-waiting-end = Saved here. The sheet ends once this phone was online.
paper-status-none = There is no sheet that counts.
paper-status-asked = A sheet was asked for.
paper-status-counts = A sheet counts until { $day }.
paper-status-ending = The sheet is being ended.
paper-step-ask = Ask for a sheet here, or at the desk.
paper-step-connect = Connect this phone once.
paper-step-carry = Carry it together with the document.
dependants-none = Nobody is looked after on this phone. A child or an elder can have a code of their own here.
dependants-some = People who are looked after on this phone, each with a code of their own.
dependants-waiting = Somebody waits for the authority's answer. Connect to the internet.
care-state-waiting = Asked for; the authority has not answered yet.
care-state-refused = Not agreed yet.
care-state-in_care = Looked after on this phone.
care-state-ended = Not looked after on this phone any more.
care-key-hardware = The key of this person's codes is in the hardware of this phone.
care-key-store = The key of this person's codes is in the encrypted storage of this app.
care-next-waiting = Connect to the internet.
care-next-refused = Type a code that the other side shows, or ask at the authority's desk.
care-next-ended = Remove from this phone, or ask anew with a code of the other side.
care-code-waiting = Connect to the internet: the code counts once the authority was told of it.
care-code-for_carer = Have the other carer scan or type this code. It counts once.
care-code-for_phone = Scan or type this code on the person's own phone when registering there. It counts once.
care-code-over = This code counts no more. Show another one.
code-shown-before = This code was shown before: doors that pool what they scan can tell that both times it was this phone.
group-title = { $name }, { $position } of { $count }
care_code_mistyped = This is not the code that was shown: look at each letter and digit again.
care_birth_date_invalid = The day of birth is missing, or is not the one of the document.
care_too_many_on_phone = More people cannot be looked after on one phone.
care-ends = Of age soon or by now: the care on this phone ends on { $date }. Show a code for a phone of their own before that.
carer-this_phone = You, since { $date }
carer-other_phone = Another carer, since { $date }
carer-this_phone-moved = You, since { $date }; with this phone since { $moved }
carer-other_phone-moved = Another carer, since { $date }; with another phone since { $moved }

# The chain of changes

chain-whole = Every change of your colour that the authority told of is here, and each holds.
chain-alarms_read = Every change of your colour that the authority told of is here. What did not fit you have read, see below; each change that says so holds.
chain-alarmed = Something about the changes of your colour does not fit.
chain-incomplete = Not all changes of your colour have come yet. Connect once more.
chain-not_by_authority = This authority keeps no chain of changes.
change-verified = Checked
change-alarmed = Does not hold
change-not_now = Not checked yet: connect once
change-not_by_this_version = Not by this version of the app
change-lost = Lost by the authority
chain-by-officers = By an order of two officers: { $first } and { $second }
chain-by-rule = By the published rule { $rule }
chain-next = Call the health authority and say what this page shows.
chain-next-restored = If a change that counts for you is missing now, call the health authority.
chain-alarm-silent_change = Your colour or its reason changed without an entry in the chain of changes.
chain-alarm-gap = Entries are missing in the chain of changes.
chain-alarm-fork = The authority shows another chain of changes than the one that this phone saw.
chain-alarm-shortened = The authority shows fewer changes than this phone saw.
chain-alarm-withdrawn = The authority shows no chain of changes any more.
chain-alarm-second_signature_missing = An order about your colour does not carry two officers' signatures. If you were erased and registered again, an earlier order came along without them.
chain-alarm-same_officer = One officer alone signed an order about your colour twice.
chain-alarm-signature_wrong = A signature under an order about your colour does not hold.
chain-alarm-officer_unknown = An officer who signed an order about your colour is not on the published list.
chain-alarm-officer_not_valid = An officer's key did not count when an order about your colour was signed.
chain-alarm-reason_not_for_colour = An order about your colour gives a reason that does not fit the colour.
chain-alarm-reason_unknown = An order about your colour gives a reason that this version of the app does not know. If the app is up to date, there is no such reason.
chain-alarm-order_of_other = An order or entry for somebody else is in the chain of your changes.
chain-alarm-order_unreadable = An order about your colour cannot be read.
chain-alarm-restored = The authority was put back to an earlier state and lost changes that this phone holds.
chain-alarm-other = A newer version of the app noticed something about the changes of your colour.

# Results of tests and vaccinations

results-none = No results of tests or vaccinations are here.
results-none_count = No result counts now. Earlier ones are kept below.
results-clock-never_set = The clock of this phone cannot be right, so no countdown is shown. Connect once.
results-clock-own = Countdowns go by the clock of this phone, which may be off. Connect once.
result-over = Its time is over.
result-withdrawn = Withdrawn by the laboratory
result-negative = Negative
result-positive = Positive
result-pending = No result yet
result-inconclusive = The sample told nothing
result-vaccinated = Dose given
result-other = A result that this version cannot tell
result-kind-nucleic_acid = Nucleic acid test
result-kind-antigen = Antigen test
result-kind-antibody = Antibody test
result-kind-vaccination = Vaccination
result-kind-other = Another test
result-fact-negative = The rules see the day of this negative test.
result-fact-positive = The rules see the day of this positive test.
result-fact-vaccinated = The rules see the day of this dose.
result-step-connect = Connect once: the result comes by itself.
result-step-test_again = Take another test.
result-step-see_colour = See your colour and why. If the result is not yours or wrong, appeal there.
result-step-call = Call 12320 to ask what it means.
result-step-update = Update the app to see it.
way-test = A negative test of a later day, reported by a laboratory, shortens this.
why-report-appeal = { $what }: added by two officers' decision on your appeal { $report }.
why-report-exposure = contact or stay ended
why-report = The day of { $what } comes from the report { $report } of a laboratory, see your results.
why-report-negative = a negative test
why-report-positive = a positive test
why-report-recovered = a recovery
why-report-vaccinated = a vaccination
result_unknown = There is no such result here.
results_unreadable = The results that the authority sent cannot be read.
result_not_verified = A result is not signed by the authority for this person.
laboratory_unknown = No laboratory with this id may report here.
laboratory_not_valid = The laboratory may not report now.
report_signature_wrong = The laboratory did not sign this report.
report_malformed = This is not a report in the required form.
report_other_authority = The report is for another authority.
report_count = The report has no result, or too many.
result_id_reused = This id and version were reported with another content.
result_version_not_next = This is not the version after the newest.
result_other_document = The versions before were of another document.
result_in_future = The time of the sample is still to come.
result_too_old = The sample is too old to be reported.
result_field_invalid = The result says something that no result can say.
result_kind_not_allowed = The laboratory may not report this kind.
result_document_refused = This cannot be the number of such a document.
laboratories_invalid = The list of laboratories says something that cannot be.
problem-laboratory_refused = The laboratory's report is refused
result-until = until { $moment }
result-sampled = Sampled { $time }
result-given = Given { $time }
result-reported = Reported { $time }
result-dose = Dose { $number }
result-dose-of = Dose { $number } of { $of }
result-earlier = Before: { $outcome }, reported { $time }
results-some = { $count ->
        [one] One result counts or is awaited.
       *[other] { $count } results count or are awaited.
    }
results-unverified = { $count ->
        [one] One result that came is not signed by the authority for this person. It is not shown, and is asked for again.
       *[other] { $count } results that came are not signed by the authority for this person. They are not shown, and are asked for again.
    }
notice-new_results = { $count ->
        [one] A new result is here.
       *[other] { $count } new results are here.
    }
