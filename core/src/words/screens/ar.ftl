# كل كلمات شاشات التطبيقات، بالعربية. المعرّفات واحدة في كل اللغات: `<الشاشة>-<المحتوى>`، والمشترك `common-<المحتوى>`.
# ما يتبع الحالة أو البيانات (التنبيهات والألوان والأسباب والأخطاء) يقوله المحرّك نفسه، في ../ar.ftl.

## Common

common-app-name = الرمز الصحي
common-back = رجوع
common-cancel = إلغاء
common-close = إغلاق
common-done = تم
common-retry = إعادة المحاولة
common-save = حفظ
common-edit = تغيير
common-delete = حذف
common-dismiss = حسنًا
common-yes = نعم
common-no = لا
common-more = المزيد
common-call-number = اتصل بالرقم { $number }
common-call-by-hand = لا يستطيع هذا الجهاز الاتصال. اطلب الرقم { $number } من هاتف.
common-offline = بلا اتصال، وما زال يعمل
common-as-of = آخر بيانات: { $time }
common-problem-title = توجد مشكلة
common-error-code = الرمز: { $code }
common-update-by-hand = احصل على الإصدار الأحدث من حيث حصلت على هذا التطبيق.
common-not-saved = لم يُحفظ. جرّب مكانًا آخر.
common-received = استُلم
common-strip-more = { $count ->
        [zero] لا تنبيهات أخرى
        [one] تنبيه آخر
        [two] تنبيهان آخران
        [few] { $count } تنبيهات أخرى
        [many] { $count } تنبيهًا آخر
       *[other] { $count } تنبيه آخر
    }
common-count-of = { $done } من { $total }
common-days = { $count ->
        [zero] { $count } يوم
        [one] يوم واحد
        [two] يومان
        [few] { $count } أيام
        [many] { $count } يومًا
       *[other] { $count } يوم
    }
common-optional = { $label } (اختياري)
common-spoken = { $label }: { $value }
common-green-means = لا قيود
common-yellow-means = الزم البيت وتابع يوميًّا
common-red-means = لا تخرج، واتصل
common-orange-means = لا تخرج، وأقرّ يوميًّا

## Opening

opening-title = جارٍ فتح رمزك الصحي
opening-loading = لحظة من فضلك…
opening-retry = إعادة المحاولة
opening-reset = الحذف والبدء من جديد
opening-reset-title = هل تريد حذف الرمز الصحي من هذا الهاتف؟
opening-reset-effects = يُحذف من هذا الهاتف: تسجيلك ورمزك وسجل تغيّراته وكل ما لم يُرسل بعد. ما لدى الجهة الصحية يبقى لديها. بعد ذلك يجب أن ينقل مكتبها تسجيلك إلى هذا الهاتف.
opening-reset-confirm = حذف
opening-get-help = اتصل بالرقم 12320 للمساعدة
opening-update = تحديث التطبيق

## Onboarding

onboarding-title = الرمز الصحي
onboarding-lead = رمزك الصحي على هذا الهاتف، حتى من دون شبكة.
onboarding-point-show = أظهره عند الباب. يتغيّر الرمز كل بضع ثوانٍ ولا يمكن نسخه.
onboarding-point-why = اعرف سبب لونه، واعترض إن كان خطأ.
onboarding-point-private = لا تتبّع ولا إعلانات. لا يُرسل إلا ما تقرّ به.
onboarding-start = ابدأ
onboarding-language = اللغة
onboarding-consent-title = قبل التسجيل
onboarding-consent-who = من يتلقى البيانات
onboarding-consent-who-text = الجهة الصحية في منطقتك، ولا أحد غيرها.
onboarding-consent-what = ما البيانات
onboarding-consent-what-text = هويتك وصحتك وأين أقمت.
onboarding-consent-why = لأي غرض
onboarding-consent-why-text = لتحديد لون رمزك وفق القواعد المنشورة.
onboarding-consent-how-long = إلى متى
onboarding-consent-how-long-text = للمدة التي تنص عليها تلك القواعد، ويمكنك طلب محوها من الإعدادات.
onboarding-consent-agree = أوافق
onboarding-consent-not-now = ليس الآن
onboarding-consent-not-now-text = من دون الموافقة لا يوجد رمز. يمكنك العودة في أي وقت.

## Forms

form-registration-title = التسجيل
form-declaration-title = الإقرار الصحي
form-entry-title = إقرار الدخول
form-dependant-title = رمز لمن ترعاه
form-for = من أجل: { $names }
form-birth-date = تاريخ الميلاد
form-birth-date-hint = لا تذكره هذه الوثيقة
form-care-code = رمز الطرف الآخر
form-care-code-hint = 12 حرفًا ورقمًا يعرضها هاتفه أو هاتف من يرعاه. اتركه فارغًا إن لم يوجد.
form-care-code-own = 12 حرفًا ورقمًا يعرضها هاتف من كان يرعاك
form-agree-and-add = الموافقة نيابة عنه والإرسال
form-scan = مسح الرمز
form-read-passport = القراءة من جواز السفر
form-progress = { $step } من { $total }
form-continue = متابعة
form-back = السابق
form-problem-title = توجد مشكلة
form-problem-go-to = انتقل إلى: { $label }
form-check-title = راجع إجاباتك
form-check-lead = هل كل شيء صحيح؟ لم يُرسل شيء بعد.
form-change = تغيير
form-change-spoken = تغيير: { $label }
form-not-answered = بلا إجابة
form-submit-registration = تسجيل
form-submit-declaration = إرسال الإقرار
form-agree-and-register = الموافقة والتسجيل
form-taken = استلمته الجهة الصحية
form-refused = تطلب الجهة الصحية تغييرًا: انظر الشاشة الأولى
form-outdated = يوجد نموذج أحدث: حدّث التطبيق من فضلك. هذا النموذج ما زال يمكن إرساله.
form-saved-title = حُفظ
form-saved = محفوظ هنا، ويُرسل مرة واحدة عند الاتصال
form-to-home = إلى رمزي
form-date-year = السنة
form-date-month = الشهر
form-date-day = اليوم
form-date-hint = مثلًا 27 ثم 3 ثم 2026
# ترتيب المربعات: day وmonth وyear.
form-date-order = day month year
form-document-kind = نوع الوثيقة
form-document-other-kind = استعمال وثيقة أخرى
form-document-number = الرقم
form-document-number-hint = كما هو مطبوع على الوثيقة، ويمكن كتابة X
form-document-check-last = تحقق من الخانة الأخيرة.
form-choose-one = اختر واحدًا
form-choose-any = اختر كل ما ينطبق
form-division-hint = ستة أرقام، وكثيرًا ما تكون أول ستة أرقام من رقم الهوية
form-search = اكتب للبحث
form-search-none = لم يُعثر على شيء. جرّب كلمات أخرى.
form-search-more = { $count ->
        [zero] لا مزيد، اكتب للبحث
        [one] بقي واحد، اكتب للبحث
        [two] بقي اثنان، اكتب للبحث
        [few] بقيت { $count }، اكتب للبحث
        [many] بقي { $count }، اكتب للبحث
       *[other] بقي { $count }، اكتب للبحث
    }
form-number-unit = { $value } { $unit }
form-consent = الموافقة
form-to-proof = متابعة: إثبات الهوية
form-agree-and-prove = موافقة وإثبات الهوية

## Home

home-title = رمزي الصحي
home-show-code = إظهار الرمز
home-why = لماذا؟
home-declare = الإقرار الصحي
home-check-in = متابعة اليوم
home-history = سجل التغيّرات
home-itinerary = السفر
home-family = رموز العائلة
home-paper = الرمز الورقي
home-results = الفحوص والتطعيمات
home-entry = الدخول من الخارج
home-handed-over = لديّ رمز ممن كان يرعاني
home-bulletins = الإعلانات
home-unread = { $count ->
        [zero] لا جديد
        [one] إعلان جديد
        [two] إعلانان جديدان
        [few] { $count } إعلانات جديدة
        [many] { $count } إعلانًا جديدًا
       *[other] { $count } إعلان جديد
    }
home-clinics = العيادات
home-settings = الإعدادات
home-sync = تحديث
home-syncing = جارٍ التحديث…
home-as-of = آخر بيانات: { $time }
home-never-synced = لم يتصل بعد
home-waiting-title = في انتظار الإرسال
home-waiting = { $count ->
        [zero] لا نموذج ينتظر.
        [one] نموذج واحد ينتظر، ويُرسل مرة واحدة عند الاتصال.
        [two] نموذجان ينتظران، يُرسل كل منهما مرة واحدة عند الاتصال.
        [few] { $count } نماذج تنتظر، يُرسل كل منها مرة واحدة عند الاتصال.
        [many] { $count } نموذجًا ينتظر، يُرسل كل منها مرة واحدة عند الاتصال.
       *[other] { $count } نموذج ينتظر، يُرسل كل منها مرة واحدة عند الاتصال.
    }
home-refused-title = يحتاج إلى انتباهك
home-refused-mend = تصحيح
home-not-registered-title = لا رمز صحي بعد
home-not-registered-text = سجّل مرة واحدة، ويستغرق ذلك نحو دقيقتين.
home-queued-title = حُفظ التسجيل
home-queued-text = محفوظ هنا، ويُرسل مرة واحدة عند الاتصال
home-refused-registration-title = يحتاج التسجيل إلى مراجعة
home-awaiting-title = تم التسجيل
home-awaiting-text = قدّم الإقرار الصحي، ثم يظهر لونك.
home-unknown-title = يحتاج إلى تحديث
home-news-title = تغيّر لونك
home-news-read = قرأت هذا
home-appeals-title = تظلّماتك

## Code

code-title = الرمز الصحي
code-scan-hint = ضعه أمام الماسح
code-image = الرمز الصحي، { $name }، { $colour }. ضعه أمام الماسح.
code-as-of = آخر بيانات: { $time }
code-why = لماذا؟
code-person = عن هذا الشخص
code-none-title = لا رمز بعد
code-none-text = سجّل وقدّم الإقرار، ثم يظهر رمزك هنا.
code-expired-title = يحتاج إلى تحديث
code-expired-text = انتهى الرمز. اتصل بالإنترنت مرة واحدة فيعود هنا.
code-connect = الاتصال
code-screenshot = صورة الرمز لا تفتح بابًا: ينتهي وقتها بعد ثوانٍ.

## Why

why-title = لماذا هذا اللون
why-reason = السبب
why-since = منذ
why-what-to-do = ما عليك فعله
why-rule = القاعدة
why-rule-name = مجموعة القواعد { $id }، الإصدار { $version }
why-check-ins = المتابعة اليومية
why-check-in-done = { $date }: تمت
why-check-in-missed = { $date }: فاتت
why-check-in-today = { $date }: اليوم
why-check-in-coming = { $date }: قادم
why-check-in-unknown = { $date }: لم تُؤكَّد بعد
why-steps = كيف يصير أخضر
why-dispute = تظلّم
why-history = سجل التغيّرات
why-differs-title = يصل هذا الهاتف إلى لون آخر
why-differs-text = وفق القواعد المنشورة وما تقوله الجهة الصحية عنك يصل هذا الهاتف إلى لون آخر. تظلّم، وعلى الجهة الصحية أن تنظر في الأمر.
why-matches = وفق القواعد المنشورة يصل هذا الهاتف إلى اللون نفسه.
why-unchecked = لا يستطيع هذا الهاتف التحقق من اللون بنفسه الآن.
why-officer-title = بقرار من الموظفين
why-officer-text = وقّع موظفان هذا القرار.
why-citizen-id = رقمك لدى الجهة الصحية
why-call = اتصل بالرقم 12320

## History

history-title = سجل التغيّرات
history-empty = لا تغيّرات بعد. يُحفظ هنا كل تغيّر للون مع سببه.
history-change = من { $from } إلى { $to }
history-first = اللون الأول: { $to }
history-same = { $to } كما كان، لسبب آخر
history-reason = السبب
history-changed-at = تغيّر في { $time }
history-call = اتصل بالرقم 12320
history-alarm-read = قرأت هذا
history-alarm-noticed = لاحظه هذا الهاتف { $time }
history-alarms-past = ما لوحظ من قبل
history-unread = تغيّر لا تقرؤه هذه النسخة من التطبيق
history-entry = القيد { $number }: { $hash }
history-see = عرض السجل

## Appeals

appeal-title = التظلّم من اللون
appeal-one-title = تظلّمك
appeal-list-title = تظلّماتك
appeal-lead = قل ما الخطأ بكلماتك، وأضف صورًا أو ملفات PDF تبيّنه. ينظر فيه موظفان.
appeal-no-colour = لا لون بعد للتظلّم منه.
appeal-concerns = بخصوص هذا اللون
appeal-colour-receipt = إيصال اللون { $hash }
appeal-statement = ما الخطأ؟
appeal-statement-hint = مثلًا: لم أكن في تلك المدينة في ذلك اليوم.
appeal-length = الأحرف: { $count } من { $max }
appeal-evidence = الأدلة
appeal-evidence-none = لم يُضف شيء
appeal-add-picture = إضافة صورة
appeal-add-document = إضافة ملف PDF
appeal-adding = جارٍ التصغير والحفظ…
appeal-remove = إزالة
appeal-remove-spoken = إزالة: { $what }
appeal-draft-kept = ما تكتبه وتضيفه يبقى على هذا الهاتف، ويمكنك المتابعة لاحقًا.
appeal-check-title = راجع قبل الإرسال
appeal-check-text = لا يراه إلا موظفو الجهة الصحية.
appeal-send = إرسال التظلّم
appeal-deadline = موعد القرار
appeal-deadline-short = القرار قبل { $time }
appeal-asked-for = المطلوب
appeal-asked-by = أرسل قبل
appeal-answer = أرسل المطلوب
appeal-answer-title = الرد على السلطة
appeal-answer-send = أرسل الرد
appeal-answer-statement = ردّك
appeal-answer-refused = لم يُقبل ردّك الأخير: { $reason }
appeal-progress = ما جرى حتى الآن
appeal-decided-at = وقت القرار
appeal-reason = السبب
appeal-officers = بكلمات الموظفَين
appeal-two-officers = وقّع موظفان هذا القرار.
appeal-received-at = وقت الاستلام
appeal-receipt = رقم الإيصال
appeal-again = تظلّم جديد
appeal-see-colour = عرض اللون وسببه
appeal-see = عرض التظلّم
appeal-new-decision = جديد: { $title }
appeal-withdraw = سحب التظلّم
appeal-withdraw-title = سحب هذا التظلّم؟
appeal-withdraw-text = لن ينظر فيه أحد، ويبقى لونك كما هو. يمكنك أن تتظلّم لاحقًا.
appeal-keep = الإبقاء عليه
appeal-dismiss = إزالته من القائمة

## Proof of identity

proof-title = إثبات الهوية
proof-not-needed = لا يُطلب هنا شيء، ولا يلزمك فعل شيء.
proof-registering = بعد الإثبات يُرسل تسجيلك معه.
proof-type-code = إدخال الرمز
proof-not-here = لا يستطيع هذا التطبيق ذلك هنا.
proof-login-failed = لم يكتمل تسجيل الدخول. لم يُرسل شيء، فحاول مرة أخرى.
proof-login-title = سجّل الدخول في المتصفح
proof-login-open = صفحة تسجيل الدخول مفتوحة في المتصفح. سجّل الدخول هناك ثم عد إلى هنا.
proof-login-by-hand = لا يمكن فتح متصفح هنا. افتح هذا العنوان في متصفح على هذا الجهاز:
proof-login-again = فتح الصفحة من جديد
proof-login-copy = نسخ العنوان
proof-login-back-title = انتهى تسجيل الدخول
proof-login-back = أغلق هذه الصفحة وعد إلى الرمز الصحي.
proof-login-late = استغرق تسجيل الدخول وقتًا طويلًا. لم يُرسل شيء، فحاول مرة أخرى.
proof-login-unreachable = لا يمكن الوصول إلى خدمة تسجيل الدخول. تحقق من الشبكة وحاول مرة أخرى.
proof-code-title = رمز من المكتب
proof-code-hint = 16 حرفًا على ورقة المكتب. لا تهم الأحرف الكبيرة ولا المسافات.
proof-send = إرسال
proof-without = نقل المكتب تسجيلي إلى هذا الهاتف: المتابعة دون إثبات
proof-scan = مسح المربع على الورقة
proof-since = أُثبتت { $time }
proof-see = إثبات الهوية

## Itinerary

itinerary-title = السفر
itinerary-lead = أين كنت أو أين ستذهب. لا يُرسل إلا ما تكتبه هنا.
itinerary-empty = لم تُكتب أي رحلة بعد.
itinerary-add = إضافة رحلة
itinerary-leg-title = رحلة
itinerary-leg-number = الرحلة { $number }
itinerary-place = المكان
itinerary-from = اليوم الأول
itinerary-until = اليوم الأخير
itinerary-transport = الوسيلة
itinerary-transport-train = قطار
itinerary-transport-flight = طائرة
itinerary-transport-coach = حافلة
itinerary-transport-car = سيارة
itinerary-transport-ship = سفينة
itinerary-transport-other = غير ذلك
itinerary-number = رقم القطار أو الرحلة الجوية
itinerary-number-hint = مثلًا G7، واتركه فارغًا إن لم يوجد
itinerary-dates = من { $from } إلى { $until }
itinerary-check = راجعها ثم أرسلها. لم يُرسل شيء بعد.
itinerary-remove = حذف هذه الرحلة
itinerary-send = إرسال
itinerary-queued-title = حُفظت
itinerary-queued-text = محفوظة هنا، وتُرسل مرة واحدة عند الاتصال

## Bulletins

bulletins-title = الإعلانات
bulletins-empty = لا إعلانات في منطقتك.
bulletins-published = { $time }
bulletins-level-information = معلومات
bulletins-level-notice = تنبيه
bulletins-level-urgent = عاجل
bulletins-new = جديد
bulletins-signed = بتوقيع الجهة الصحية
bulletins-link = اقرأ المزيد

## Clinics

clinics-title = العيادات
clinics-empty = لا عيادة مسجّلة قريبة من هنا.
clinics-open-now = مفتوحة الآن
clinics-closed-now = مغلقة
clinics-distance = على بعد { $distance }
clinics-metres = { $number } م
clinics-kilometres = { $number } كم
clinics-closes-at = تغلق { $time }
clinics-opens-at = تفتح { $time }
clinics-hours-unknown = اتصل قبل أن تذهب
clinics-everywhere = كل الأحياء
clinics-district = الحي { $number }
clinics-own-district = الحي الذي أنا فيه
clinics-call-spoken = اتصل بـ { $name }
clinics-directions = الطريق
clinics-no-position = اختر حيّك، فموقعك غير مطلوب.
clinics-choose-district = اختيار الحي
clinics-use-position = استعمال موقعي
clinics-position-private = موقعك يبقى على هذا الهاتف.
clinics-fever = عيادة الحمّى

## Dependants

family-title = رموز العائلة
family-myself = أنا
family-show-codes = عرض الرموز
family-add = إضافة شخص
family-full = لا يمكن إضافة المزيد.
family-register-first = سجّل نفسك أولًا.
family-declare = إقرار واحد لعدة أشخاص
family-declare-lead = لمن هذا الإقرار؟
family-declare-nobody = اختر شخصًا واحدًا على الأقل.
family-add-title = إضافة شخص
family-add-lead = يمكن أن يكون لطفل أو لمسنّ بلا هاتف رمزه هنا. ولا بد من موافقة طرفه.
family-add-code = له هاتف أو يرعاه أحد
family-add-code-text = اطلب أن يعرض ذلك الهاتف رمزًا، ثم امسحه أو اكتبه في آخر صفحة.
family-add-new = غير مسجّل بعد
family-add-new-text = املأ الاستمارة. تكفي للطفل شهادة الميلاد.
family-add-desk = أو في المكتب
family-add-desk-text = خذ وثيقته ورقم هذا الهاتف إلى المكتب، فيوافق عنه.
family-mend = تعديل البيانات
family-ask-anew = الطلب من جديد
family-remove = الحذف من هذا الهاتف
family-own-phone = نقله إلى هاتفه
family-other-carer = راعٍ آخر
family-who-cares = من يرعاه
family-leave = التوقف عن الرعاية
family-leave-title = التوقف عن رعاية { $name }؟
family-leave-code = يُحذف رمزه واستماراته وسجله من هذا الهاتف.
family-leave-last = إن لم يرعه غيرك، تمحو الجهة الصحية تسجيله أيضًا.
family-leave-order = يبقى قرار الموظفين قائمًا.
family-leave-confirm = التوقف عن الرعاية
family-code-title = رمز للطرف الآخر
family-code-image = رمز ليمسحه الهاتف الآخر
family-code-until = حتى { $time }
family-code-once = هذا ليس رمزًا صحيًا، ولا يفتح بابًا.
family-code-another = عرض رمز آخر
family-carers = من يرعاني
family-carers-lead = يمكن لهذه الهواتف عرض رمزك وملء الاستمارات عنك.
family-carers-none = لا أحد يرعى رمزك.
family-carers-code = عرض رمز لراعٍ
family-carers-end = إنهاء الرعاية
family-carers-end-title = إنهاء هذه الرعاية؟
family-carers-end-text = لن يعرض ذلك الهاتف رمزك، ولن يملأ شيئًا عنك.
family-carers-end-confirm = إنهاء

## Paper

paper-title = الرمز الورقي
paper-lead = ورقة تُعرض مع الوثيقة حيث لا هاتف. تُصنع ما دام الرمز أخضر.
paper-days = كم يومًا
paper-days-most = من 1 إلى { $count } يومًا
paper-ask = طلب ورقة
paper-ask-newer = طلب ورقة أحدث
paper-newer = ورقة أحدث
paper-desk-only = تُصنع الأوراق في هذه المنطقة في المكتب فقط.
paper-sheet-title = رمز صحي على ورق
paper-image = رمز الورقة
paper-no-colour = لا لون عليها: تتحقق الأبواب هل ما زالت قائمة.
paper-by-desk = صُنعت في المكتب
paper-dates = { $from } – { $until }
paper-save = حفظ الصورة للطباعة
paper-saved = حُفظت. اطبعها بعرض 4 سم على الأقل.
paper-end = إنهاء هذه الورقة
paper-advice = للعلم
paper-earlier = أوراق سابقة
paper-replace-title = استبدال الورقة؟
paper-replace-text = حالما تُصنع الورقة الأحدث تنتهي هذه فورًا. أتلفها.
paper-replace-confirm = استبدال
paper-end-title = إنهاء الورقة؟
paper-end-text = بعد اتصال هذا الهاتف لا تُستعمل الورقة أبدًا.
paper-end-confirm = إنهاء

## Visitors

passport-title = القراءة من جواز السفر
passport-lead = اكتب أو ألصق السطرين أو الثلاثة أسفل صفحة الجواز.
passport-lines = الأسطر في الأسفل
passport-private = لا تُحفظ صورة، ويدخل ما يُقرأ في الاستمارة فقط.
passport-read = قراءة
passport-read-again = قراءة من جديد
passport-take = ملء الاستمارة
passport-corrected = قُرئت على أنها ما تشبهه:
passport-name = الاسم
passport-number = رقم الوثيقة
passport-nationality = الجنسية
passport-born = تاريخ الميلاد
passport-expires = تنتهي في
entry-title = الدخول من الخارج
entry-declare = الإقرار بالدخول
entry-entered-on = يوم الدخول
entry-declarations = الإقرارات اليومية
entry-earliest-green = أخضر على أقرب تقدير
regions-title = في مناطق أخرى
regions-lead = ما يُعدّ به رمزك في كل منطقة:

## Results

results-title = الفحوص والتطعيمات
results-see = عرض النتائج
results-new = جديد
results-past = نتائج سابقة
results-over = لم تعد تُحتسب
results-place = المختبر والمكان
results-product = اللقاح أو الفحص
results-earlier = ما أُبلغ به من قبل
results-proof = إثبات للآخرين
results-proof-text = وقّعت الجهة الصحية هذه النتيجة لك. ملفٌّ بها يتحقق منه الآخرون دون سؤال أحد.
results-proof-save = حفظ الإثبات
results-proof-saved = حُفظ. فيه نتيجتك، فلا تعطه لمن لا شأن له.
results-find-test = البحث عن مكان للفحص

## EU certificates

dcc-title = شهادات الاتحاد الأوروبي
dcc-lead = شهادات من دول الاتحاد الأوروبي: تُقرأ هنا، وتقدّمها إن أردت أن تُحتسب لرمزك الصحي.
dcc-add = إضافة شهادة
dcc-full = { $count } شهادة محفوظة، وهذا أقصى عدد. أزل واحدة لتضيف أخرى.
dcc-add-lead = امسح المربع على الشهادة، أو اختر صورة لها، أو ألصق نصها. لا يُحفظ شيء قبل موافقتك.
dcc-scan = مسح المربع
dcc-picture = اختيار صورة
dcc-no-code = لا مربع يُقرأ في هذه الصورة.
dcc-text = نص الشهادة
dcc-text-hint = يبدأ بـ HC1:
dcc-read = قراءة
dcc-keep = الحفظ على هذا الهاتف
dcc-person = لمن هي
dcc-in-certificate = في الشهادة
dcc-in-document = كما سُجّلت هنا
dcc-not-said = لم يُذكر
dcc-not-fulfilled = ما لم يتحقق هنا
dcc-content = ما تقوله
dcc-hand-in = تقديم
dcc-compare = المقارنة والتقديم
dcc-confirm-title = أهذه الشهادة لك؟
dcc-confirm-text = يقارنها الموظفون بوثيقتك قبل أن تُحتسب.
dcc-confirm = هي لي، قدّمها
dcc-remove = إزالة
dcc-remove-title = إزالة هذه الشهادة؟
dcc-remove-text = تُزال من هذا الهاتف. وإن كانت قد قُدّمت فلن تُحتسب لرمزك الصحي بعد ذلك.

## Export

export-title = بياناتي
export-lead = هذا كل ما يُحفظ عنك. يمكنك حفظه وأخذه معك.
export-authority = ما تحفظه الجهة الصحية
export-not-requested = لم تُطلب بعد. اطلبها فتأتي مع الاتصالات القادمة.
export-requested = طُلبت. تحتاج إلى شبكة.
export-coming = وصل جزء، ويأتي الباقي مع الاتصالات القادمة.
export-held = وصلت كلها، انظر أدناه.
export-ask = طلبها
export-ask-again = الطلب من جديد
export-save-file = حفظ الملف
export-save-page = حفظ صفحة للطباعة
export-saved = حُفظ. الملف غير مقفل، فاحفظه بأمان.

## Settings

settings-title = الإعدادات
settings-language = اللغة
settings-language-name = العربية
settings-elder = نص كبير وشاشات بسيطة
settings-elder-text = نص وأزرار أكبر، وأشياء أقل في الشاشة.
settings-sound = الصوت
settings-brightness = أعلى سطوع عند إظهار الرمز
settings-lock = فتح القفل قبل إظهار الرمز
settings-grants = الكاميرا والموقع والإشعارات
settings-grants-text = يُسمح بها أو تُمنع في إعدادات الهاتف، ويعمل التطبيق بدون أيٍّ منها.
settings-checkpoint = التحقق من رموز الآخرين بهذا الهاتف
settings-export = بياناتي
settings-about = حول التطبيق
settings-about-version = الإصدار { $version }
settings-about-root-key = بصمة المفتاح الوطني
settings-about-root-key-text = قارنها بما تنشره الجهة الصحية.
settings-about-store = مكان الحفظ على هذا الهاتف، لمن يساعدك إذا تلف
settings-device-id = رقم هذا الهاتف لدى مكتب الخدمة
settings-device-id-none = مفتاح هذا الهاتف لا يجيب الآن
settings-licences = التراخيص
settings-licences-text = هذا التطبيق برنامج حر برخصة Apache License 2.0. والمكتبات التي فيه بهذه الرخصة أو برخص MIT أو BSD أو ISC أو MPL 2.0 أو Unicode، وكل منها مذكور في شيفرته.
settings-licences-lead = هذا التطبيق برخصة Apache License 2.0. وفيه هذه المكتبات:
settings-erase = محو رمزي الصحي
settings-erase-title = هل تريد محو كل شيء؟
settings-erase-lead = يضيع هذا إلى الأبد:
settings-erase-code = رمزك ولونه
settings-erase-registration = تسجيلك لدى الجهة الصحية
settings-erase-history = سجل التغيّرات على هذا الهاتف
settings-erase-drafts = المسوّدات والإجابات
settings-erase-pending = { $count ->
        [zero] لا شيء ينتظر الإرسال.
        [one] نموذج واحد لم يُرسل بعد
        [two] نموذجان لم يُرسلا بعد
        [few] { $count } نماذج لم تُرسل بعد
        [many] { $count } نموذجًا لم يُرسل بعد
       *[other] { $count } نموذج لم يُرسل بعد
    }
settings-erase-after = يُطلب من الجهة الصحية محو ما لديها، فتجيب بإيصال.
settings-erase-export = حفظ بياناتي أولًا
settings-erase-confirm = محو
settings-erased-title = تم المحو
settings-erased-text = لم يبقَ شيء منه على هذا الهاتف. تؤكد الجهة الصحية متى محت ما لديها.
settings-erased-kept = ما تحتفظ به الجهة الصحية، وإلى متى
settings-erased-kept-until = { $what } (حتى { $time })
settings-erased-receipt = الإيصال { $id }
settings-start-again = البدء من جديد

## Checkpoint

checkpoint-title = نقطة التحقق
checkpoint-pass = مرور
checkpoint-check = تحقّق
checkpoint-stop = قف
checkpoint-cannot-tell = لا يمكن الحكم
checkpoint-scan-hint = ضع الرمز داخل الإطار
checkpoint-next = التالي
checkpoint-compare = قارن بالوثيقة
checkpoint-compare-name = قارن الاسم بالوثيقة
checkpoint-compare-document = قارن الأحرف الأخيرة بالوثيقة
checkpoint-compare-nothing = لا يذكر هذا الرمز صاحبه، فلا شيء يُقارن
checkpoint-name = الاسم
checkpoint-document = آخر الأرقام
checkpoint-assurance = الهوية
checkpoint-assurance-hardware = المفتاح في شريحة الأمان في الهاتف
checkpoint-assurance-software = المفتاح في ذاكرة الهاتف
checkpoint-assurance-paper = رمز مطبوع
checkpoint-region = جهة الإصدار
checkpoint-lists-as-of = آخر قوائم: { $time }
checkpoint-lists-old-title = القوائم قديمة
checkpoint-lists-old-text = اتصل بالإنترنت مرة واحدة لجلبها. حتى ذلك الحين قد تمرّ رموز ملغاة.
checkpoint-torch-on = المصباح مضاء
checkpoint-torch-off = المصباح مطفأ
checkpoint-place = المكان
checkpoint-place-none = لم يُحدَّد مكان
checkpoint-counters = مرور { $pass }، تحقّق { $check }، قف { $stop }، لا يمكن الحكم { $unknown }
checkpoint-several = في الصورة أكثر من رمز: شخص واحد في كل مرة
checkpoint-camera-denied-title = لا كاميرا
checkpoint-camera-denied-text = اسمح بالكاميرا في إعدادات الهاتف لمسح الرموز.
checkpoint-camera-settings = فتح الإعدادات
checkpoint-act-move-closer = قرّب الهاتف وامسح من جديد.
checkpoint-act-show-health-code = اطلب فتح الرمز الصحي وإظهاره.
checkpoint-act-show-live-code = اطلب فتح التطبيق وإظهار رمزه الآن: لا صورة ولا رمز سابق.
checkpoint-act-connect-their-phone = اطلب أن يتصل هاتف الشخص بالإنترنت مرة واحدة، ثم امسح من جديد.
checkpoint-act-show-for-this-place = اطلب إظهار الرمز لهذا المكان.
checkpoint-act-fetch-lists = صِل هذا الهاتف بالإنترنت مرة واحدة لجلب القوائم.
checkpoint-act-set-clock = قارن ساعتي الهاتفين واضبط الخاطئة، ثم امسح من جديد.
checkpoint-act-ask-for-document = اطلب الوثيقة.
checkpoint-act-compare-with-document = قارن الاسم والأحرف الأخيرة بالوثيقة. إن تطابقت فاسمح بالدخول.
checkpoint-act-show-newer-sheet = اطلب ورقة أحدث أو الرمز على الهاتف.
checkpoint-lists-none-title = لا قوائم بعد
checkpoint-lists-none-text = اتصل بالإنترنت مرة واحدة. بعدها يتحقق هذا الهاتف من الرموز حتى من دون شبكة.
checkpoint-lists-fetch = جلب القوائم
checkpoint-lists-fetching = جارٍ جلب القوائم…
checkpoint-lists-failed = لا اتصال. أعد المحاولة.
checkpoint-choose-picture = اختيار صورة
checkpoint-type = كتابة الرمز أو لصقه
checkpoint-type-label = نص الرمز
checkpoint-type-hint = من دون كاميرا: النص الذي يحمله الرمز كما أُرسل أو قُرئ في مكان آخر.
checkpoint-type-check = تحقّق
checkpoint-torch-switch = المصباح
checkpoint-place-hint = كما على ملصق المكان: حروف A-Z وأرقام وشرطات
checkpoint-place-wrong = هذا ليس معرّف مكان: من 1 إلى 16 من الحروف A-Z أو الأرقام أو الشرطات.

## Outside of the app: notification, tile, widget, shortcut

outside-changed = تغيّر الرمز الصحي: مطلوب منك إجراء
outside-channel = تغيّرات رمزك الصحي
outside-show-code = إظهار الرمز الصحي
outside-tile = الرمز الصحي
outside-widget-hint = المس لإظهار الرمز
outside-camera-use = تقرأ الكاميرا الرموز عند نقطة التحقق. لا تُحفظ أي صورة.

## Around the screens: the lock, an app that was built for nobody
lock-title = الرمز الصحي مقفل
lock-text = افتح قفل هاتفك للمتابعة.
lock-open = فتح القفل
opening-no-authority-title = غير مُعدّ
opening-no-authority-text = صُنع هذا التطبيق من دون جهة صحية، فلا توجد جهة للتسجيل لديها.
