# قاعدة منشورة بالكلمات: يكون اللون ما دامت الشروط قائمة. ما هو بحروف لاتينية معزول بعلامتين (Unicode, UAX 9).

rule = يكون اللون { $colour } ما دام الآتي قائمًا: { $condition }.
unnamed = مجموعة القواعد { "\u2068" }{ $id }{ "\u2069" }، الإصدار { $version }
and = { $left }، و{ $right }
or = { $left }، أو { $right }

order = يوجد قرار من الموظفين بشأنك
order-colour = قرّر الموظفون لك اللون: { $colour }
order-lifted = رفع الموظفون الإجراء المتخذ بشأنك
order-reason = سببه واحد من: { $reasons }
reasons = { $left }، { $right }
no-declaration = لا يوجد منك إقرار صحي
declaration = يوجد منك إقرار صحي
check-ins-below = { $count ->
        [zero] لم تتم المتابعة اليومية بعده
        [one] لم تتم المتابعة اليومية بعده
        [two] لم تتم متابعتان يوميتان متتاليتان
        [few] لم تتم { $count } متابعات يومية متتالية
        [many] لم تتم { $count } متابعة يومية متتالية
       *[other] لم تتم { $count } متابعة يومية متتالية
    }
days-below = { $count ->
        [zero] لم يمضِ يوم على ذلك
        [one] لم يمضِ يوم على ذلك
        [two] لم يمضِ يومان على ذلك
        [few] لم تمضِ { $count } أيام على ذلك
        [many] لم يمضِ { $count } يومًا على ذلك
       *[other] لم يمضِ { $count } يوم على ذلك
    }
no-other = لا تنطبق أي قاعدة من قواعد الأحمر والأصفر

declared-entry = أقررت بدخولك من الخارج
declared-negativeTest = أقررت بفحص سلبي
declared-positiveTest = يوجد لك فحص إيجابي
no-entry = لا يوجد إقرار بدخولك
not-tested = لا يوجد فحص سلبي بعد الدخول
not-tested-since = لم يبلّغ أي مختبر عن فحص سلبي في يوم لاحق
tested-since = بلّغ مختبر عن فحص سلبي في يوم لاحق
stayed-in = كنت خلال 14 يومًا قبل الدخول في أحد هذه البلدان: { "\u2068" }{ $countries }{ "\u2069" }
declared-contact = أقررت بمخالطة حالة مؤكدة
declared-fever = أقررت بوجود حمّى
declared-highRiskStay = أقررت بالإقامة في مكان عالي الخطورة
declared-symptoms = أقررت بوجود أعراض

reason-clear = لا شيء في السجل
reason-not_declared = لا إقرار
reason-symptoms_declared = أعراض في الإقرار
reason-fever = حمّى
reason-close_contact = مخالطة قريبة
reason-confirmed = حالة مؤكدة
reason-suspected = حالة مشتبه بها
reason-asymptomatic = إصابة بلا أعراض
reason-high_risk_place = مكان عالي الخطورة
reason-medium_risk_place = مكان متوسط الخطورة
reason-arrived_from_abroad = وصول من خارج البلاد
reason-check_ins_running = متابعة غير مكتملة
reason-test_overdue = فحص متأخر
reason-exposure_matched = مكان تعرض للعدوى
reason-measure_lifted = رفع الإجراء
reason-error_corrected = تصحيح خطأ
