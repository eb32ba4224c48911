# A rule of a published rule set in words: { $colour } as long as its conditions hold.

rule = { $colour } as long as { $condition }.
unnamed = Rule set { $id }, version { $version }
and = { $left } and { $right }
or = { $left } or { $right }

order = there is a decision of officers about you
order-colour = officers decided { $colour } for you
order-lifted = officers lifted the measure against you
order-reason = their reason is one of: { $reasons }
reasons = { $left }, { $right }
no-declaration = there is no health declaration from you
declaration = there is a health declaration from you
check-ins-below = { $count ->
        [one] the daily check-in after it is not done
       *[other] fewer than { $count } daily check-ins in a row are done
    }
days-below = { $count ->
        [one] less than a day has passed since
       *[other] less than { $count } days have passed since
    }
no-other = none of the rules for red and yellow holds

declared-entry = you declared an entry from abroad
declared-negativeTest = you declared a negative test
declared-positiveTest = a positive test is known of you
no-entry = there is no declaration of your entry
not-tested = no negative test of after the entry is known
not-tested-since = no laboratory reported a negative test of a later day
tested-since = a laboratory reported a negative test of a later day
stayed-in = you were in one of these countries in the 14 days before: { $countries }
declared-contact = you declared contact with a confirmed case
declared-fever = you declared a fever
declared-highRiskStay = you declared a stay in a high-risk place
declared-symptoms = you declared symptoms

reason-clear = nothing on record
reason-not_declared = no declaration
reason-symptoms_declared = declared symptoms
reason-fever = fever
reason-close_contact = close contact
reason-confirmed = confirmed case
reason-suspected = suspected case
reason-asymptomatic = infection without symptoms
reason-high_risk_place = high-risk place
reason-medium_risk_place = medium-risk place
reason-arrived_from_abroad = arrival from abroad
reason-check_ins_running = check-ins not complete
reason-test_overdue = test overdue
reason-exposure_matched = place of exposure
reason-measure_lifted = measure lifted
reason-error_corrected = error corrected
