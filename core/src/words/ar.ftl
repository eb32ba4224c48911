# كل نص يقرؤه الناس، بالعربية. المعرّفات واحدة في كل اللغات. الأرقام بالشكل 0-9 كما في الرمز نفسه.

## What the citizen agrees to, and what a checkpoint says

registers-again = فقدت الجهة الصحية تسجيل هذا الهاتف. يعيد هاتفك التسجيل من تلقاء نفسه، ويرسل من جديد ما لا يزال محفوظًا لديه. لا يلزمك شيء، وسيُحدَّد لونك من جديد.
consent-text = أوافق على أن تتلقى الجهة الصحية في منطقتي ما أُقرّ به (الهوية والحالة الصحية وأماكن الإقامة)، وأن تحدد لون رمزي وفق القواعد المنشورة، وأن تحتفظ به للمدة التي تنص عليها تلك القواعد. عند إظهار الرمز لا يرى من يتحقق منه إلا اسمي مخفيًّا بعضه وآخر أرقام وثيقتي واللون. ويحق لي أن أعترض على اللون وأن أسحب هذه الموافقة.
accepted = الرمز أصلي. دع الشخص يدخل.

## Colours

colour-green = أخضر
    .title = أخضر: لا قيود
    .spoken = الرمز الصحي: أخضر. لا قيود.
colour-yellow = أصفر
    .title = أصفر: الزم البيت وتابع يوميًّا
    .spoken = الرمز الصحي: أصفر. الزم البيت وسجّل متابعتك كل يوم.
colour-red = أحمر
    .title = أحمر: لا تخرج، واتصل
    .spoken = الرمز الصحي: أحمر. لا تخرج، واتصل بالرقم 12320.
colour-orange = برتقالي
    .title = برتقالي: لا تخرج، وأقرّ يوميًّا
    .spoken = الرمز الصحي الدولي: برتقالي. لا تخرج، وأقرّ عن صحتك كل يوم.
status-unknown = يحتاج إلى تحديث
    .spoken = الرمز الصحي: يحتاج إلى تحديث. لونه غير معروف الآن.
status-no_colour = لا لون بعد
    .spoken = الرمز الصحي: لا لون له بعد.

## What the home screen says first, and what its button does

notice-region_ended = انتهى العمل بالرمز الصحي في هذه المنطقة: { $time }. { $reason }
notice-update_needed = حدّث التطبيق: لم تعد الجهة الصحية تدعم هذا الإصدار.
notice-expired = انتهت مدة رمزك. اتصل بالإنترنت مرة واحدة لتحصل على رمز جديد، ولا يُعرض اللون السابق.
notice-device_unknown = لم تعد الجهة الصحية تعرف هذا الهاتف. سجّل من جديد، أو اسأل مكتب الخدمة.
notice-upload_refused = { $count ->
        [zero] لم يُرفض شيء مما أرسلته.
        [one] لم يُقبل شيء مما أرسلته. اطّلع على السبب.
        [two] لم يُقبل أمران مما أرسلته. اطّلع على السبب.
        [few] لم تُقبل { $count } أمور مما أرسلته. اطّلع على السبب.
        [many] لم يُقبل { $count } أمرًا مما أرسلته. اطّلع على السبب.
       *[other] لم يُقبل { $count } أمر مما أرسلته. اطّلع على السبب.
    }
notice-appeal_overdue = { $count ->
        [zero] لم يتأخر الرد على أي تظلّم.
        [one] لم ترد السلطة على تظلّمك في الموعد. اتصل بها واذكر إيصال تظلّمك.
        [two] لم ترد السلطة على تظلّمين لك في الموعد. اتصل بها واذكر إيصاليهما.
        [few] لم ترد السلطة على { $count } تظلّمات لك في الموعد. اتصل بها واذكر إيصالاتها.
        [many] لم ترد السلطة على { $count } تظلّمًا لك في الموعد. اتصل بها واذكر إيصالاتها.
       *[other] لم ترد السلطة على { $count } تظلّم لك في الموعد. اتصل بها واذكر إيصالاتها.
    }
notice-appeal_asked = { $count ->
        [zero] لا تطلب السلطة شيئًا.
        [one] تطلب السلطة المزيد بشأن تظلّمك. اطّلع على المطلوب وأرسله.
        [two] تطلب السلطة المزيد بشأن تظلّمين لك. اطّلع على المطلوب وأرسله.
        [few] تطلب السلطة المزيد بشأن { $count } تظلّمات لك. اطّلع على المطلوب وأرسله.
        [many] تطلب السلطة المزيد بشأن { $count } تظلّمًا لك. اطّلع على المطلوب وأرسله.
       *[other] تطلب السلطة المزيد بشأن { $count } تظلّم لك. اطّلع على المطلوب وأرسله.
    }
notice-appeal_decided = { $count ->
        [zero] لم يُبتّ في أي تظلّم.
        [one] تم البتّ في تظلّمك. اطّلع على النتيجة.
        [two] تم البتّ في تظلّمين لك. اطّلع على النتيجة.
        [few] تم البتّ في { $count } تظلّمات لك. اطّلع على النتيجة.
        [many] تم البتّ في { $count } تظلّمًا لك. اطّلع على النتيجة.
       *[other] تم البتّ في { $count } تظلّم لك. اطّلع على النتيجة.
    }
notice-colour_differs = وفق القواعد المنشورة يصل هذا الهاتف إلى لون آخر. اطّلع على السبب، واعترض.
notice-colour_alarm = سلسلة تغيّرات لونك غير متطابقة. اطّلع على ما لوحظ.
notice-clock_never_set = لا يعرف الهاتف الوقت. اتصل بالإنترنت مرة واحدة.
notice-certificate_refused = لا يمكن الوثوق بهذه الشبكة الآن. لم يُرسل شيء.
notice-captive_portal = تطلب هذه الشبكة تسجيل الدخول أولًا. لم يُرسل شيء.
notice-offline = بلا اتصال، وما زال يعمل
notice-server_busy = لا يجيب خادم الجهة الصحية الآن. ستُعاد المحاولة تلقائيًّا.
notice-grace_in_force = الخوادم متوقفة. بأمر من الجهة الصحية يُقبل رمزك حتى { $time }.
notice-stale = آخر تحديث: { $time }
notice-sunset_coming = سينتهي العمل بالرمز الصحي في هذه المنطقة: { $time }. { $reason }
notice-clock_wrong = ساعة الهاتف غير مضبوطة، ورمزك ما زال يعمل
    .without-code = ساعة الهاتف غير مضبوطة
notice-uploads_waiting = { $count ->
        [zero] لا شيء ينتظر الإرسال
        [one] محفوظ هنا، ويُرسل مرة واحدة عند الاتصال
        [two] أمران محفوظان هنا، يُرسل كل منهما مرة واحدة عند الاتصال
        [few] { $count } أمور محفوظة هنا، يُرسل كل منها مرة واحدة عند الاتصال
        [many] { $count } أمرًا محفوظًا هنا، يُرسل كل منها مرة واحدة عند الاتصال
       *[other] { $count } أمر محفوظ هنا، يُرسل كل منها مرة واحدة عند الاتصال
    }
notice-uploads_of_newer_app = حفظ إصدار أحدث من التطبيق شيئًا هنا. حدّث التطبيق لإرساله.
notice-update_advised = يوجد إصدار أحدث من التطبيق.

## Where the store does not open

opening-key_unavailable = افتح قفل الهاتف وحاول من جديد. إذا استمر ذلك بعد إعادة تشغيل الهاتف فقد ضاع المفتاح، ولا يمكن قراءة المحفوظ هنا بعد الآن. تسجيلك ما زال لدى الجهة الصحية: يمكنك الحذف هنا والبدء من جديد، ثم ينقل مكتبها تسجيلك إلى هذا الهاتف.
    .title = مخزن المفاتيح في الهاتف لا يجيب
opening-key_lost = ضاع المفتاح الذي يحمي رمزك الصحي على هذا الهاتف، كما يحدث بعد إعادة ضبط قفل الشاشة. لا يمكن قراءة المحفوظ هنا بعد الآن، وما زال تسجيلك لدى الجهة الصحية. يمكنك الحذف هنا والبدء من جديد، ثم ينقل مكتب الجهة الصحية تسجيلك إلى هذا الهاتف.
    .title = ضاع المفتاح
opening-store_damaged = البيانات المحفوظة على هذا الهاتف تالفة. لم يُحذف شيء، وما زال تسجيلك لدى الجهة الصحية. يمكنك الحذف هنا والبدء من جديد، وعندها يضيع ما لم يُرسل بعد.
    .title = البيانات المحفوظة تالفة
opening-store_newer = كتب هذه البيانات إصدار أحدث من التطبيق. لم يضع شيء: حدّث التطبيق.
    .title = حدّث التطبيق
opening-no_space = أفرغ بعض المساحة وحاول من جديد. لم يضع شيء.
    .title = مساحة الهاتف ممتلئة
opening-in_use = البيانات مفتوحة في مكان آخر. أغلق التطبيق هناك وحاول من جديد. لم يضع شيء.
    .title = مفتوح من قبل
opening-other = لم يُحذف شيء. حاول من جديد، وإذا استمر ذلك فاتصل بالرقم 12320.
    .title = تعذّر فتح الرمز الصحي

## The one button

step-register = التسجيل
step-mend_registration = تصحيح التسجيل
step-connect = الاتصال
step-declare = الإقرار الصحي
step-check_in_today = متابعة اليوم
step-declare_entry = الإقرار بالدخول
step-show_code = إظهار الرمز
step-save_data = احفظ بياناتك
step-update = تحديث التطبيق

## Reasons: why, and what to do

reason-clear = لا شيء في السجل ولا في إقرارك يقيّدك.
    .instruction = تنقّل بحرية. قدّم إقرارًا جديدًا إذا تغيّرت صحتك.
reason-not_declared = لا يوجد منك إقرار صحي، أو مضت مدته.
    .instruction = املأ الإقرار الصحي.
reason-symptoms_declared = أقررت بوجود أعراض.
    .instruction = الزم البيت، وسجّل متابعتك كل يوم، واتصل بالرقم 12320 إذا ساءت حالتك.
reason-fever = أُقرّ بوجود حمّى أو قيست حرارة مرتفعة.
    .instruction = اذهب إلى عيادة الحمّى، ولا تستخدم المواصلات العامة.
reason-close_contact = أنت مخالط قريب لحالة مؤكدة.
    .instruction = الزم البيت وانتظر اتصال الحي، وسجّل متابعتك كل يوم.
reason-confirmed = أنت مسجّل كحالة مؤكدة.
    .instruction = اتبع تعليمات المستشفى.
reason-suspected = أنت مسجّل كحالة مشتبه بها.
    .instruction = اعزل نفسك وانتظر نتيجة الفحص.
reason-asymptomatic = أنت مسجّل كمصاب بلا أعراض.
    .instruction = اتبع تعليمات المراقبة الطبية.
reason-high_risk_place = أقمت في مكان عالي الخطورة.
    .instruction = الزم البيت المدة المحددة، وسجّل متابعتك كل يوم.
reason-medium_risk_place = أقمت في مكان متوسط الخطورة.
    .instruction = سجّل متابعتك كل يوم طوال المدة المحددة.
reason-arrived_from_abroad = وصلت من خارج البلاد.
    .instruction = ابقَ في الحجر الصحي، وسجّل متابعتك كل يوم.
reason-check_ins_running = لم تكتمل متابعتك اليومية بعد.
    .instruction = واصل المتابعة كل يوم، فاليوم الفائت يعيد العدّ من البداية.
reason-test_overdue = تأخر فحص مطلوب منك عن موعده.
    .instruction = أجرِ الفحص في أقرب موقع.
reason-exposure_matched = كنت في مكان نُشر أن فيه تعرضًا للعدوى.
    .instruction = اتصل بالحي واتبع تعليماته.
reason-measure_lifted = رُفع الإجراء المتخذ بشأنك.
    .instruction = تنقّل بحرية.
reason-error_corrected = صُحّح خطأ في سجلك.
    .instruction = لا يلزمك شيء.
reason-unknown = هذا الإصدار من التطبيق لا يعرف السبب.
    .instruction = حدّث التطبيق، أو اسأل المكتب الذي اتخذ القرار.

## Check-ins, and kinds of identity documents

check-ins = تمت المتابعة { $done } من { $required }، { $left ->
        [zero] ولم يبقَ أي يوم
        [one] وبقي يوم واحد
        [two] وبقي يومان
        [few] وبقيت { $left } أيام
        [many] وبقي { $left } يومًا
       *[other] وبقي { $left } يوم
    }.
check-ins-reset = اليوم الفائت يعيد العدّ من البداية.
way-declare = املأ الإقرار الصحي.
way-check-ins = سجّل متابعتك كل يوم دون انقطاع: { $left ->
        [zero] لم يبقَ أي يوم
        [one] بقي يوم واحد
        [two] بقي يومان
        [few] بقيت { $left } أيام
        [many] بقي { $left } يومًا
       *[other] بقي { $left } يوم
    }.
way-check-in-today = لم تسجّل متابعة اليوم بعد.
way-check-in-tomorrow = سجّلت متابعة اليوم، والتالية غدًا.
way-wait = لا شيء عليك فعله سوى الانتظار.
way-connect = وفق القواعد المنشورة يمكن أن يصير أخضر الآن. اتصل بالإنترنت كي تقرر الجهة الصحية من جديد.
way-office = لا يرفع هذا إلا الموظفون. اتصل بالحي أو بالرقم 12320.
way-object = إن كان خطأ فاعترض.
way-earliest = أخضر في { $date } على أقرب تقدير.
export-title = ما يحفظه هذا الهاتف عنك
export-details-title = بياناتك
export-colour-title = رمزك الصحي
export-history-title = تغيّرات رمزك
export-declared-title = آخر ما أقررت به
export-appeals-title = الاعتراضات
export-dependants-title = من ترعاهم
export-paper-title = الرموز الورقية
export-unsent-title = لم يُرسل بعد
export-erasures-title = ما تم محوه
export-authority-title = ما تحفظه الجهة المختصة عنك
export-holdings-not-requested = لم يُطلب بعد. اطلبه فيصل مع الاتصالات التالية.
export-holdings-requested = طُلب. يصل مع الاتصالات التالية.
export-holdings-coming = وصل بعضه، والباقي يصل مع الاتصالات التالية.
export-upload-data-request = طلب بيانات الجهة المختصة
export-file-title = الملف للبرامج الأخرى
export-nothing = لا شيء.
export-colour = اللون
export-why = السبب
export-since = منذ
export-rule = القاعدة
export-citizen-id = رقمك لدى الجهة المختصة
export-waiting = ينتظر الشبكة.
export-refused = رفضته الجهة المختصة.
export-upload-registration = التسجيل
export-upload-declaration = الإقرار الصحي
export-upload-itinerary = مسار التنقل
export-upload-correction = اعتراض
export-upload-other = محتوى آخر
export-erased = تم محوه من هذا الهاتف.
export-file = السجلات
export-records = { $count ->
        [zero] لا توجد سجلات.
        [one] سجل واحد كما هو محفوظ.
        [two] سجلان كما هما محفوظان.
        [few] { $count } سجلات كما هي محفوظة.
        [many] { $count } سجلًا كما هي محفوظة.
       *[other] { $count } سجل كما هي محفوظة.
    }
export-left-out = مستثنى
export-left-out-text = المفاتيح الخاصة: من يملكها يستطيع عرض رمزك.
export-phone-records = كل سجل على هذا الهاتف
export-authority-records = كل سجل لدى الجهة المختصة
export-bytes = { $count } حرفًا للبرامج، وهي في الملف.
export-cut = الباقي في الملف.
export-page = الصفحة { $page } من { $pages }
sunset-coming-title = سينتهي العمل بالرمز الصحي في هذه المنطقة
sunset-coming = ينتهي العمل به { $ends }. ما يحفظه هذا الهاتف عنك يُمحى { $erased }، هنا ولدى الجهة المختصة. احفظ بياناتك قبل ذلك إن أردت الاحتفاظ بها.
sunset-ended-title = انتهى العمل بالرمز الصحي في هذه المنطقة
sunset-ended = انتهى العمل به { $ends }، ولم يعد أي رمز معمولًا به. ما يحفظه هذا الهاتف عنك يُمحى { $erased }، هنا ولدى الجهة المختصة. احفظ بياناتك قبل ذلك إن أردت الاحتفاظ بها.
sunset-erased-title = مُحي كل شيء
sunset-erased = انتهى العمل بالرمز الصحي في هذه المنطقة { $ends }. ما كان يحفظه هذا الهاتف عنك مُحي { $erased }. وطُلب من الجهة المختصة محو بياناتها أيضًا، ويصل إيصالها حين تجيب.
erasure-waiting = لم يتم الوصول إلى الجهة الصحية بعد.
erasure-confirmed = أكدته الجهة الصحية.
erasure-nothing_held = لا شيء عنك لدى الجهة الصحية.
erasure-refused = رفضته الجهة الصحية.
erasure-other = حدّث التطبيق لترى جواب الجهة الصحية.
erasure-step-connect = صِل هذا الهاتف بالإنترنت مرة واحدة.
erasure-step-keep = احتفظ بالإيصال.
erasure-step-call = اتصل بالرقم 12320.
erasure-step-update = حدّث التطبيق.
document-kind-resident_id = بطاقة هوية المقيم
    .form = 18 خانة على البطاقة: 6 أرقام للمنطقة، ثم تاريخ الميلاد، ثم 3 أرقام، ثم خانة تحقق قد تكون X. تصاريح إقامة أهالي هونغ كونغ وماكاو وتايوان بالشكل نفسه، وتبدأ بـ 81 أو 82 أو 83.
document-kind-passport = جواز سفر
    .form = من 5 إلى 9 حروف وأرقام، في أعلى صفحة الصورة وفي الأسطر أسفلها.
document-kind-hk_macao_permit = تصريح سفر أهالي هونغ كونغ وماكاو إلى البر الرئيسي
    .form = حرف H أو M و8 أرقام على وجه البطاقة؛ وفي البطاقات القديمة رقمان إضافيان لعدد التجديدات.
document-kind-taiwan_permit = تصريح سفر أهالي تايوان إلى البر الرئيسي
    .form = 8 أرقام على وجه البطاقة؛ وفي الدفاتر القديمة رقمان إضافيان وربما حرف.
document-kind-foreign_permanent_resident = بطاقة الإقامة الدائمة للأجانب
    .form = 18 خانة تبدأ بالرقم 9 منذ 2023؛ وقبل ذلك 15: ثلاثة حروف للبلد و12 رقمًا.
document-kind-birth_certificate = شهادة ميلاد (لطفل)
    .form = حرف و9 أرقام في أعلى الشهادة. لطفل في رعايتك؛ ولا يُذكر فيه تاريخ الميلاد.
document-kind-other = وثيقة أخرى
    .form = من 4 إلى 32 حرفًا ورقمًا، كما في الوثيقة.

## Problems that a server names (RFC 9457)

problem-malformed = تعذّرت قراءة الطلب.
problem-signature_refused = توقيع الطلب ناقص أو خاطئ.
problem-nonce_required = يجب توقيع الطلب برقم جديد يُستعمل مرة واحدة.
problem-device_unknown = الجهة الصحية لا تعرف هذا الهاتف.
problem-subject_unknown = لا يوجد هذا الشخص على هذا الجهاز.
problem-officers_refused = يجب أن يوقّع موظفان مختلفان.
problem-not_found = لا يوجد شيء كهذا.
problem-method_not_allowed = هذه الطريقة غير مسموح بها هنا.
problem-already_registered = هذه الوثيقة مسجّلة على هاتف آخر. تحقق من الرقم. إذا كان التسجيل لك على هاتف أو تطبيق لم يعد معك، فاذهب بوثيقتك إلى مكتب الجهة الصحية: يستطيع نقل تسجيلك إلى هذا الهاتف.
problem-details_fixed = حددت الجهة الصحية لونًا بناءً على اسمك ووثيقتك. لا يغيّرهما الآن إلا مكتبها، فأحضر وثيقتك. رقم الهاتف والعنوان يمكنك تغييرهما هنا.
problem-registration_ended = نقل مكتب الجهة الصحية هذا التسجيل إلى هاتف آخر. إذا كان ذلك خطأ فاذهب بوثيقتك إلى المكتب. ولاستعمال هذا الهاتف لشخص آخر امحُ الرمز الصحي منه أولًا.
problem-identity_proof_required = لا يُسجَّل أحد هنا دون إثبات الهوية. أضف رمز تفعيل من مكتب الحي، أو سجّل الدخول، ثم أرسل من جديد.
problem-identity_proof_refused = لم يُقبل إثبات الهوية. اطّلع على السبب وأرسل إثباتًا آخر.
problem-identity_needs_desk = لا عيب في إثباتك، لكنه لا يوافق تسجيلًا قائمًا. اذهب بكل وثائقك إلى مكتب الجهة الصحية.
problem-dependants_remain = في رعاية هذا الشخص أشخاص آخرون، ويجب البدء بهم.
problem-care_not_agreed = لم يوافق أحد على هذا: يلزم رمز ممن يعتني بهذا الشخص الآن، أو موافقة مكتب السلطة.
problem-care_full = لا مزيد: بلغ عدد من تعتني بهم، أو عدد مقدمي الرعاية لهذا الشخص، الحد المسموح.
problem-too_large = الطلب أكبر من اللازم.
problem-unsupported_media_type = نوع المحتوى غير مفهوم.
problem-invalid = رُفضت إحدى القيم.
problem-id_reused = استُعمل هذا المعرّف لمحتوى آخر.
problem-form_unknown = هذا النموذج أو إصداره غير معروف.
problem-rate_limited = الطلبات كثيرة جدًّا. انتظر قليلًا.
problem-quota_used_up = لا يُقبل المزيد اليوم، والباقي يُرسل غدًا.
problem-internal = حدث عطل في الخادم.
problem-not_issuing = لا تصدر الجهة الصحية رموزًا الآن لأن مفتاحها لا يُستعمل في هذا الوقت. الرمز على هذا الهاتف يبقى كما هو.
problem-unavailable = الخادم غير متاح الآن. انتظر.

## DocumentError

document_number_format = شكل الرقم لا يناسب هذا النوع من الوثائق.
document_check_digit = رقم التحقق لا يطابق: ابحث عن رقم كُتب خطأ.
document_province_unknown = في الرقم رمز مقاطعة غير معروف.
document_birth_date_invalid = تاريخ الميلاد داخل الرقم غير صحيح.
document_nationality_mismatch = هذا النوع من الوثائق لا يناسب الجنسية المكتوبة.
document_of_another_kind = هذا الرقم لنوع آخر من الوثائق أو يكاد يكون كذلك. اختر ذلك النوع، وإن لم يناسب أي نوع فاسأل مكتب الحي.
mrz_layout = هذه ليست الأسطر الثلاثة أو السطرين في جواز أو بطاقة. اقرأها أو اكتبها كلها.
mrz_visa = هذه تأشيرة. استخدم صفحة البيانات في جواز السفر.
mrz_character = حرف لا مكان له هنا. قارنه بالوثيقة.
mrz_number_check = رقم الوثيقة لا يوافق رقم التحقق. قارنه بالوثيقة.
mrz_birth_check = تاريخ الميلاد لا يوافق رقم التحقق. قارنه بالوثيقة.
mrz_expiry_check = تاريخ الانتهاء لا يوافق رقم التحقق. قارنه بالوثيقة.
mrz_optional_check = الرقم الشخصي لا يوافق رقم التحقق. قارنه بالوثيقة.
mrz_composite_check = رقم التحقق الأخير لا يوافق الأسطر. قارنها بالوثيقة.
mrz_birth_date = تاريخ الميلاد غير ممكن. قارنه بالوثيقة.
mrz_expiry_date = تاريخ الانتهاء غير ممكن. قارنه بالوثيقة.
mrz_number_missing = لا يوجد رقم وثيقة في هذه الأسطر.
mrz_name_missing = لا يوجد اسم في هذه الأسطر.

## PhoneError

answer_phone_invalid = هذا ليس رقم هاتف.
phone_area_code_missing = اكتب رمز المنطقة (مثل 0571) قبل الرقم. ومن خارج البلاد اكتب علامة + ورمز البلد.
phone_country_unknown = لا يوجد بلد له الرمز المكتوب بعد علامة +.
phone_several = اكتب رقم هاتف واحدًا فقط.

## PortError

key_unavailable = رفض مخزن المفاتيح في الهاتف استعمال المفتاح.
key_envelope_refused = مغلّف المفتاح المحفوظ ليس لهذا الهاتف أو جرى تغييره.
entropy_unavailable = لم يعطِ الهاتف أرقامًا عشوائية.
host_failed = حدث عطل في التطبيق.

## TransportError

network_unreachable = تعذّر الوصول إلى الخادم.
network_deadline_passed = لم يجب الخادم في الوقت المحدد.
cancelled = توقف بناءً على الطلب.
network_certificate_refused = لم يستطع الخادم إثبات هويته. لم يُرسل شيء.
network_certificate_time = شهادة الخادم لا توافق وقت هذا الهاتف. انظر أولًا إلى تاريخ الهاتف ووقته.
network_answer_too_large = الجواب أكبر من اللازم.
network_answer_malformed = تعذّرت قراءة الجواب.

## AnswerError

answer_required = هذه الإجابة مطلوبة.
answer_unknown_field = لا يوجد هذا السؤال في النموذج.
answer_wrong_type = نوع الإجابة غير مناسب.
answer_too_short = النص قصير جدًّا.
answer_too_long = النص طويل جدًّا.
answer_character_forbidden = في النص حرف غير مسموح به.
answer_character_private = في النص حرف لا تستطيع كل الأجهزة إظهاره. اكتب الحرف المعتاد، أو المكتوب في السطر المقروء آليًّا في وثيقتك.
answer_name_without_letter = يجب أن يبدأ الاسم بحرف ظاهر.
# نص الحرف المرفوض، مع رمزه وموضعه.
character-place = { $text } ({ $character }، الحرف رقم { $place })
answer_pattern_mismatch = شكل النص ليس كما ينبغي.
answer_not_a_number = هذا ليس رقمًا.
answer_below_minimum = القيمة أقل من المسموح به.
answer_above_maximum = القيمة أكبر من المسموح به.
answer_too_precise = المنازل العشرية أكثر من اللازم.
answer_not_a_date = هذا ليس تاريخًا.
answer_date_too_early = التاريخ مبكر جدًّا.
answer_date_too_late = التاريخ متأخر جدًّا.
answer_choice_unknown = هذا ليس من الخيارات.
answer_choice_exclusive = لا يمكن جمع هذا الخيار مع غيره.
answer_division_unknown = هذا ليس رمز منطقة إدارية.
answer_document_kind_refused = هذا النوع من الوثائق غير مقبول.
answer_needs_desk = حُدّد لون بناءً على هذا. لا يغيّره الآن إلا مكتب الجهة الصحية، فأحضر وثيقتك.
answer_condition_failed = تعذّر تقدير شرط هذا السؤال في النموذج.
answers_too_many = الإجابات أكثر من اللازم.
answers_today_invalid = تاريخ اليوم غير صحيح.

## ItineraryError

itinerary_leg_count = الرحلة من مرحلة واحدة إلى 50 مرحلة.
itinerary_until_before_from = اليوم الأخير قبل اليوم الأول.
itinerary_transport_unknown = اختر القطار أو الطائرة أو الحافلة أو السيارة أو السفينة أو غير ذلك.
itinerary_number_invalid = في رقم القطار أو الرحلة الجوية حروف وأرقام وعلامتا - و/ فقط، وطوله 16 على الأكثر.

## FormError

form_too_large = النموذج أكبر من اللازم.
form_malformed = تعذّرت قراءة النموذج.
form_version_invalid = إصدار النموذج غير صحيح.
form_id_invalid = في النموذج معرّف غير صحيح.
form_duplicate = تكرر في النموذج ما يجب ألا يتكرر.
form_text_invalid = في النموذج نص ناقص أو طويل جدًّا.
form_count_invalid = أجزاء النموذج أقل من اللازم أو أكثر.
form_attribute_unfit = في النموذج صفة لا تناسب نوع الحقل.
form_range_invalid = في النموذج مجال غير صحيح.
form_pattern_invalid = في النموذج نمط غير صحيح.
form_condition_invalid = في النموذج شرط غير صحيح.
form_reference_unknown = في النموذج شرط يشير إلى سؤال غير موجود أو لاحق.
form_fact_unknown = يسأل النموذج عن أمر لا يعرفه هذا الإصدار.

## CodeError

code_claims_out_of_range = توجد قيمة لا يتسع لها الرمز الصحي.
code_credential_malformed = تعذّرت قراءة بيانات الرمز المحفوظة. يلزم الحصول على جديدة.
code_audience_invalid = رمز المكان غير صحيح.
code_signer_mismatch = بيانات الرمز لهاتف آخر.
code_signer_failed = لم يستطع مفتاح الهاتف التوقيع.

## Refusal

code_too_long = هذا أطول من أن يكون رمزًا صحيًّا.
not_a_health_code = هذا ليس رمزًا صحيًّا.
code_base45_invalid = الرمز تالف: تعذّر فك نصه.
code_not_canonical = الرمز تالف أو مزوّر: ليس على الشكل الوحيد المسموح به.
code_claims_invalid = في الرمز قيمة غير مسموح بها.
code_algorithm_not_allowed = الرمز موقّع بطريقة غير مسموح بها.
trust_bundle_expired = قائمة الجهات في نقطة التحقق هذه قديمة. حدّثها.
trust_bundle_from_future = قائمة الجهات في نقطة التحقق هذه مؤرخة في المستقبل: ساعتها متأخرة. اضبطها.
issuer_unknown = لم تصدر الرمز جهة معروفة.
issuer_key_not_valid = مفتاح الجهة غير صالح لهذا الرمز.
region_ended = انتهى العمل بالرموز الصحية في هذه المنطقة.
credential_signature_wrong = الرمز مزوّر أو تالف: توقيع الجهة خاطئ.
presentation_signature_wrong = لم يصنع هذا الرمز الهاتفُ الذي أُصدر له.
credential_not_yet_valid = الرمز غير صالح بعد.
credential_expired = انتهت مدة الرمز. يجب أن يتصل الهاتف بالإنترنت مرة واحدة.
presentation_too_old = هذه الصورة قديمة. اطلب الرمز المباشر.
presentation_from_future = ساعة الهاتف أو ساعة نقطة التحقق غير مضبوطة.
presentation_outside_credential = صُنعت الصورة خارج مدة صلاحية الرمز.
wrong_audience = صُنع الرمز لمكان آخر.
credential_revoked = أُلغي هذا الرمز.
paper_expired = انتهى تاريخ هذه الورقة.
paper_revoked = لم تعد هذه الورقة سارية: حلّت محلها ورقة أحدث، أو تغيّر اللون.
paper_needs_status_list = لا تقول الورقة شيئًا دون قائمة حديثة بما أُلغي، وليست هنا قائمة كهذه.
presentation_replayed = عُرضت هذه الصورة نفسها هنا من قبل. انتظر الصورة التالية.
colour_not_admitted = الرمز أصلي، لكن لونه لا يسمح بالدخول هنا.
paper_shown_elsewhere = عُرضت هذه الورقة نفسها عند باب آخر قبل لحظات. إحداهما نسخة.
paper_shown_again = عُرضت هذه الورقة نفسها هنا قبل لحظات. قد تكون نسخة.
compare_with_document = الورقة سارية. قارن الاسم والأحرف الأخيرة بالوثيقة.

## PapersSeenError

papers_seen_too_large = قائمة الأوراق المعروضة أكبر من المسموح.
papers_seen_unreadable = تعذّرت قراءة قائمة الأوراق المعروضة.

## RuleError

rule_not_an_operation = في قاعدة شيء ليس عملية.
rule_unknown_operator = تستعمل قاعدة عملية غير معروفة.
rule_operand_count = عدد قيم العملية أكثر من اللازم أو أقل.
rule_operand_not_literal = المقدار أو الوحدة أو الترتيب في قاعدة ليس قيمة صريحة.
rule_literal_not_allowed = في قاعدة قيمة لا يجوز كتابتها صراحة.
rule_path_invalid = تشير قاعدة إلى بياناتها بمسار غير صحيح.
rule_too_deep = قاعدة متداخلة أكثر من اللازم.
rule_too_many_nodes = قاعدة أكبر من اللازم.
rule_text_too_long = نص في قاعدة أطول من اللازم.
rule_neither_truthy_nor_falsy = شرط ليس صوابًا ولا خطأ.
rule_not_an_integer = تحتاج قاعدة إلى عدد صحيح ووجدت غيره.
rule_not_a_date_time = تحتاج قاعدة إلى تاريخ ووجدت غيره.
rule_not_an_array = تحتاج قاعدة إلى قائمة ووجدت غيرها.
rule_not_text = تحتاج قاعدة إلى نص ووجدت غيره.
rule_date_invalid = تعذّرت قراءة تاريخ.
rule_date_out_of_range = تاريخ خارج المجال المسموح.
rule_integer_out_of_range = عدد خارج المجال المسموح.
rule_budget_spent = احتاج حساب القاعدة إلى خطوات أكثر من اللازم.
rule_value_too_deep = أنتجت قاعدة قيمة متداخلة أكثر من اللازم.
rule_set_too_large = مجموعة القواعد أكبر من اللازم.
rule_set_malformed = تعذّرت قراءة مجموعة القواعد.
rule_set_field_invalid = في مجموعة القواعد حقل غير صحيح.
rule_id_repeated = قاعدتان لهما المعرّف نفسه.
rule_catch_all_missing = لا تنتهي مجموعة القواعد بقاعدة لبقية الناس.
rule_unknown_colour = تذكر قاعدة لونًا غير معروف.
rule_unknown_reason = تذكر قاعدة سببًا غير معروف.
rule_set_not_in_force = مجموعة القواعد غير معمول بها في هذا اليوم.
rule_facts_inconsistent = الوقائع يناقض بعضها بعضًا.
rule_fact_unknown = في القرار أمر لا يعرفه هذا الإصدار.

## SessionFault

consent_missing = اقرأ نص الموافقة واقبله أولًا من فضلك.
already_registered_here = هذا الهاتف مسجّل من قبل بهذه البيانات نفسها.
not_registered = سجّل أولًا من فضلك.
region_has_ended = انتهى العمل بالرمز الصحي في هذه المنطقة، ولم يعد التسجيل ممكنًا.
no_code_yet = لا رمز بعد. قدّم الإقرار الصحي واتصل بالإنترنت مرة واحدة.
form_refused = تحتاج بعض الإجابات إلى مراجعة.
clock_wrong = تاريخ الهاتف ووقته غير مضبوطين. اضبطهما في إعدادات الهاتف وحاول من جديد.
record_unreadable = تعذّرت قراءة سجل محفوظ.
sync_dependants_remain = في رعاية صاحب هذا الهاتف أشخاص آخرون، ويجب البدء بهم.

## SyncRefusal

sync_answer_malformed = تعذّرت قراءة جواب الجهة الصحية.
sync_index_malformed = تعذّرت قراءة قائمة البيانات المنشورة.
sync_index_entry_malformed = تعذّرت قراءة سطر من قائمة البيانات المنشورة، وبقية الأسطر مأخوذ بها.
sync_bundle_altered = البيانات المنشورة ليست كما في القائمة.
sync_bundle_rolled_back = تعرض الجهة الصحية بيانات أقدم مما لدى هذا الهاتف.
sync_bundle_too_large = البيانات المنشورة أكبر من اللازم.
sync_bundle_not_as_listed = اسم البيانات المنشورة أو إصدارها ليس كما في القائمة.
sync_bundle_missing = البيانات المنشورة غير موجودة.
sync_part_missing = تعذّر جلب شيء مما تحفظه لك الجهة الصحية.
sync_batch_contradicts_itself = أرسلت الجهة الصحية رموزًا لا تتفق فيما بينها.
sync_batch_too_large = أرسلت الجهة الصحية رموزًا كثيرة دفعة واحدة.
sync_part_too_large = شيء مما تحفظه لك الجهة الصحية أكبر من اللازم.
sync_part_unreadable = شيء محفوظ على هذا الهاتف من إصدار أحدث من التطبيق.
sync_no_trust_bundle = قائمة الجهات غير معروفة بعد.
sync_credential_of_other_device = الرمز لهاتف آخر.
sync_receipt_of_other_citizen = الشرح يخص شخصًا آخر.
sync_state_contradicts_itself = الرمز والشرح لا يتفقان.
sync_too_long = تبادل البيانات مع الجهة الصحية لا ينتهي.

## SyncError

sync_base_url_invalid = عنوان الجهة الصحية ليس عنوان https صحيحًا.
sync_outbox_full = نماذج كثيرة تنتظر الإرسال. اتصل بالشبكة أولًا.
sync_upload_size_refused = ما يُراد إرساله فارغ أو أكبر من اللازم.
sync_subject_unknown = هذا الشخص ليس على هذا الهاتف.
sync_upload_unknown = لا يوجد شيء كهذا ينتظر الإرسال.
sync_erasure_unknown = لا يوجد محو كهذا على هذا الهاتف.
sync_erasure_waiting = لم تؤكد الجهة الصحية هذا المحو بعد.
sync_erasures_full = طلبات محو كثيرة تنتظر التأكيد.
sync_upload_damaged = تعذّرت قراءة نموذج ينتظر الإرسال.
sync_store_failed = حدث عطل في مخزن الهاتف.
sync_port_failed = حدث عطل في التطبيق.

## HttpError

http_roots_invalid = تعذّرت قراءة قائمة جهات التصديق.
http_runtime_failed = تعذّر بدء الاتصال بالشبكة.
http_not_built_in = ليس في هذا التطبيق اتصال بالشبكة.

## StoreError

store_key_unavailable = لم يعطِ مخزن المفاتيح في الهاتف مفتاح البيانات. افتح قفل الهاتف وحاول من جديد.
store_key_refused = البيانات المحفوظة مقفلة بمفتاح غير الذي في هذا الهاتف الآن.
store_entropy_unavailable = لم يعطِ الهاتف أرقامًا عشوائية، فلم يُحفظ شيء.
store_envelope_missing = الملف الذي فيه مفتاح البيانات المحفوظة غير موجود.
store_envelope_damaged = الملف الذي فيه مفتاح البيانات المحفوظة تالف.
store_anchor_damaged = الملف الذي يدل على آخر ما حُفظ غير موجود أو تالف.
store_record_altered = سجل محفوظ تالف أو جرى تغييره.
store_records_lost = بعض السجلات المحفوظة مفقودة.
store_rolled_back = البيانات المحفوظة أقدم من آخر ما حُفظ.
store_damaged = ملفات البيانات المحفوظة تالفة.
store_already_open = البيانات المحفوظة مفتوحة في مكان آخر.
store_disk_full = لا مساحة فارغة في الهاتف. أفرغ بعضها، ثم افتح التطبيق من جديد.
store_io_failed = حدث عطل في وحدة تخزين الهاتف.
store_writes_stopped = فشل حفظ سابق. افتح التطبيق من جديد قبل أن تحفظ شيئًا آخر.
store_newer_schema = كتب البيانات المحفوظة إصدار أحدث من التطبيق. حدّث التطبيق.
store_no_migration = البيانات المحفوظة أقدم من أن يقرأها هذا الإصدار من التطبيق.
store_key_too_long = اسم السجل فارغ أو طويل جدًّا.
store_record_unreadable = سجل محفوظ شكله غير معروف لهذا الإصدار من التطبيق.
store_value_too_large = السجل أكبر من أن يُحفظ.

## SignatureRefusal

request_signature_header_too_long = ترويسة التوقيع أطول من اللازم.
request_signature_digest_mismatch = محتوى الطلب لا يطابق بصمته.
request_signature_malformed = تعذّرت قراءة توقيع الطلب.
request_signature_components = التوقيع لا يشمل كل ما يجب.
request_signature_parameters = معامل من معاملات التوقيع ناقص أو غير معروف.
request_signature_algorithm = طريقة التوقيع غير مقبولة.
request_signature_key_mismatch = يذكر الطلب مفتاحًا آخر.
request_signature_wrong = توقيع الطلب خاطئ.
erasure_receipt_malformed = هذا ليس إيصال محو.
erasure_device_signature_wrong = لم يوقّع الهاتف ما في الإيصال.
erasure_not_asked = الإيصال عن شيء لم يُطلب.

## DeviceKeyError

device_key_invalid = شكل مفتاح الجهاز غير معروف.

## BundleError

bundle_too_large = البيانات أكبر من اللازم.
bundle_not_canonical = البيانات تالفة أو مزوّرة.
bundle_wrong_kind = البيانات من نوع آخر.
bundle_algorithm_not_allowed = البيانات موقّعة بطريقة غير مسموح بها.
bundle_signer_unknown = لم توقّع البيانات جهة معروفة.
bundle_signer_key_not_valid = المفتاح الذي وقّع البيانات لا يُقبل لها.
bundle_signature_wrong = البيانات مزوّرة أو تالفة: التوقيع خاطئ.
bundle_content_invalid = في البيانات قيمة غير مسموح بها.
bundle_from_future = البيانات مؤرخة في المستقبل: ساعة هذا الجهاز أو ساعة الجهة الصحية غير مضبوطة.
bundle_expired = البيانات قديمة.
bundle_rolled_back = البيانات أقدم مما لدى هذا الجهاز.
bundle_delta_gap = قائمة الرموز الملغاة تتمة لقوائم ليست هنا: اجلب القائمة كاملة.

## PictureError

picture_text_not_alphanumeric = النص فارغ أو فيه حرف لا يقبله رمز QR في وضع الحروف والأرقام.
picture_text_too_long = النص أطول من أن يعرضه الهاتف في رمز QR.
picture_scale_not_allowed = حجم المربع الواحد خارج المجال المسموح.
picture_not_encoded = تعذّر صنع الصورة.

## PdfError

pdf_font_unreadable = تعذّرت قراءة الخط.
pdf_font_lacks_character = ليس في الخط علامة لحرف من النص.
pdf_not_made = تعذّر صنع الصفحة: لا يُسمح بتضمين هذا الخط.

## BindingError

argument_invalid = أعطى التطبيق قيمة لا يمكن استعمالها.
closed = أغلق التطبيق الرمز الصحي.
internal_error = حدث عطل داخلي. لم يضع شيء مما حُفظ.

## Appeals

appeal-queued = محفوظ هنا، ويُرسل مرة واحدة عند الاتصال.
    .title = محفوظ هنا
appeal-sending = وصل إلى السلطة { $sent } من { $all } من أجزاء أدلتك. يستمر إرسال الباقي تلقائيًا، ولا يُرسل شيء مرتين.
    .title = جارٍ الإرسال
appeal-refused = لم يُقبل: { $reason }
    .title = لم يُقبل
appeal-received = تسلّمت السلطة تظلّمك ووقّعت على موعد للرد: { $left }.
    .title = تم التسلّم
appeal-asked = موعد الرد متوقف حتى { $answer } بانتظار ما ترسله. بعد ذلك يُبتّ بما هو موجود.
    .title = تطلب السلطة المزيد
appeal-answering = ردّك محفوظ هنا، ويُرسل مرة واحدة عند الاتصال.
    .title = ردّك في الطريق
appeal-overdue = وقّعت السلطة على أن ترد قبل { $deadline } ولم ترد. إيصالك يثبت ذلك.
    .title = انقضى الموعد
appeal-withdrawing = طلب السحب محفوظ هنا، ويُرسل مرة واحدة عند الاتصال.
    .title = جارٍ السحب
appeal-withdrawn = سحبت هذا التظلّم، ويبقى لونك كما هو.
    .title = تم السحب
appeal-upheld = رأى موظفان أنك على حق. صُحّح الخطأ، ويُحدَّد لونك مما بقي وفق القواعد.
    .title = أنت على حق
appeal-partly = رأى موظفان أنك على حق في جزء من التظلّم. صُحّح هذا الجزء، ويُحدَّد لونك مما بقي وفق القواعد.
    .title = أنت على حق في جزء منه
appeal-rejected = نظر فيه موظفان ولم يجدا ما يُصحَّح.
    .title = لم يُصحَّح شيء
appeal-decided = بتّ فيه موظفان. حدّث التطبيق لترى النتيجة.
    .title = تم البتّ فيه
appeal-step-connect = اتصل بالشبكة مرة واحدة.
appeal-step-wait = لا يلزمك فعل شيء.
appeal-step-answer = أرسل المطلوب.
appeal-step-call = اتصل بالرقم 12320 واذكر إيصال تظلّمك.
appeal-step-again = يمكنك أن تتظلّم من جديد.
appeal-step-see_colour = اطّلع على لونك وسببه.
appeal-reason-record_wrong = كان أحد السجلات المؤثرة في لونك خطأً.
appeal-reason-record_of_another_person = احتُسب عليك سجل شخص آخر.
appeal-reason-record_missing = كان ينقص سجل يؤثر في لونك.
appeal-ask-clearer_picture = لا يمكن قراءة إحدى الصور: أرسل صورة أوضح.
appeal-ask-explain_more = اذكر ما حدث بتفصيل أكثر.
appeal-ask-identity_document = أرسل صورة وثيقة تبيّن هويتك.
appeal-ask-proof_of_stay = أرسل ما يبيّن أين كنت في ذلك اليوم.
appeal-ask-test_report = أرسل تقرير الفحص.
appeal-ask-vaccination_record = أرسل سجل التطعيم.
appeal-ask-other = يحتاج الموظفون إلى المزيد بشأن تظلّمك. اتصل بالرقم 12320 لمعرفته.
appeal-event-received = تم تسلّم التظلّم
appeal-event-asked = طُلب المزيد
appeal-event-answered = تم تسلّم ردّك
appeal-event-withdrawn = سُحب
appeal-event-decided = تم البتّ فيه
appeal-reason-answer_mistaken = كانت إحدى إجاباتك سهوًا.
appeal-reason-evidence_convinces = ما أرسلته يبيّن أن الأمر كان على خلاف ذلك.
appeal-reason-rules_applied_rightly = السجلات صحيحة والقواعد طُبّقت كما ينبغي.
appeal-reason-evidence_not_enough = ما أرسلته لا يبيّن أن السجلات خاطئة.
appeal-reason-evidence_not_readable = تعذّرت قراءة ما أرسلته.
appeal-reason-about_something_else = يتعلق التظلّم بأمر لا يحدد لونك.
appeal-reason-other = لسبب آخر، اطّلع على كلام الموظفين.
appeal-limits = { $count ->
        [zero] لا يمكن إضافة شيء، والحد { $size } ميغابايت.
        [one] صورة واحدة أو ملف PDF واحد، حتى { $size } ميغابايت.
        [two] صورتان أو ملفا PDF، حتى { $size } ميغابايت لكل منهما.
        [few] حتى { $count } صور أو ملفات PDF، كل منها حتى { $size } ميغابايت.
        [many] حتى { $count } صورة أو ملف PDF، كل منها حتى { $size } ميغابايت.
       *[other] حتى { $count } صورة أو ملف PDF، كل منها حتى { $size } ميغابايت.
    }
appeals-count = { $count ->
        [zero] لم تقدّم أي تظلّم.
        [one] تظلّم واحد.
        [two] تظلّمان.
        [few] { $count } تظلّمات.
        [many] { $count } تظلّمًا.
       *[other] { $count } تظلّم.
    }
appeals-asked = { $count ->
        [zero] لا يُطلب شيء.
        [one] يُطلب المزيد بشأن تظلّم واحد.
        [two] يُطلب المزيد بشأن تظلّمين.
        [few] يُطلب المزيد بشأن { $count } تظلّمات.
        [many] يُطلب المزيد بشأن { $count } تظلّمًا.
       *[other] يُطلب المزيد بشأن { $count } تظلّم.
    }
appeals-new = { $count ->
        [zero] لم يُبتّ في أي تظلّم.
        [one] تم البتّ في تظلّم واحد.
        [two] تم البتّ في تظلّمين.
        [few] تم البتّ في { $count } تظلّمات.
        [many] تم البتّ في { $count } تظلّمًا.
       *[other] تم البتّ في { $count } تظلّم.
    }
appeals-overdue = { $count ->
        [zero] لم ينقض موعد أي تظلّم.
        [one] انقضى موعد تظلّم واحد.
        [two] انقضى موعد تظلّمين.
        [few] انقضى موعد { $count } تظلّمات.
        [many] انقضى موعد { $count } تظلّمًا.
       *[other] انقضى موعد { $count } تظلّم.
    }
evidence-picture = صورة، { $size } كيلوبايت
evidence-pdf = ملف PDF، { $size } كيلوبايت

## EvidenceError

evidence_too_large = الملف أكبر من 2 ميغابايت. صغّره وأضفه من جديد.
evidence_too_many = لا يمكن إضافة المزيد: الحد خمسة، ويُحتسب ما ينتظر الإرسال أيضًا.
evidence_empty = الملف فارغ.
evidence_heic = صور HEIC لا تُقرأ في كل مكان. احفظها بصيغة JPEG وأضفها من جديد.
evidence_other_type = ليس صورة (JPEG أو PNG) ولا ملف PDF.
evidence_twice = أُضيف من قبل.
evidence_inconsistent = ما وصل ليس ما أُعلن عنه. تظلّم من جديد.
evidence_lost = لم تعد الأدلة على هذا الهاتف. أضفها وتظلّم من جديد.

## AppealError

appeal_unknown = لا يوجد تظلّم كهذا.
appeal_closed = هذا التظلّم بُتّ فيه أو سُحب.
appeal_open = ما زال هذا التظلّم ينتظر الرد. اسحبه أولًا.
appeal_not_asked = لا يُطلب شيء بشأن هذا التظلّم، أو أن ردّك في الطريق.
appeal_too_many_open = تظلّمات كثيرة لك تنتظر الرد. انتظر الرد على أحدها أو اسحب واحدًا.
appeal_not_ours = ما أخبرت به السلطة عن تظلّم لا يخص هذا الشخص.

## BulletinsError

bulletins_malformed = تعذّرت قراءة الإعلانات.
bulletins_id_invalid = معرّف إعلان غير صحيح أو مكرر.
bulletins_text_invalid = نص إعلان فارغ أو طويل جدًّا، أو ناقص في إحدى اللغات.
bulletins_value_invalid = في إعلان قيمة غير مسموح بها.

## ClinicsError

clinics_malformed = تعذّرت قراءة قائمة العيادات.
clinics_id_invalid = معرّف في قائمة العيادات غير صحيح أو مكرر.
clinics_text_invalid = اسم عيادة أو عنوانها فارغ أو طويل جدًّا، أو ناقص في إحدى اللغات.
clinics_value_invalid = في قائمة العيادات قيمة غير مسموح بها.
clinics_hours_invalid = تعذّرت قراءة مواعيد عيادة أو الأيام الخاصة، أو مواعيد العطل ناقصة.

# Proof of identity

activation_code_too_short = رمز التفعيل من 16 حرفًا، وما زال بعضها ناقصًا.
activation_code_too_long = رمز التفعيل من 16 حرفًا، وهذه أكثر.
activation_code_character_not_used = أحد هذه الأحرف لا يرد في أي رمز تفعيل. في الرموز الأرقام 3 و4 و6 و7 و9 والحروف اللاتينية ما عدا B وI وL وO وQ وS وV وZ.
activation_code_mistyped = أحد أحرف الرمز خطأ، أو تبادل اثنان منها مكانيهما. قارنه بالورقة.
identity_policy_malformed = تعذّرت قراءة سياسة إثبات الهوية.
identity_policy_ways_invalid = ليس في سياسة إثبات الهوية أي طريقة، أو فيها أكثر مما يجوز، أو طريقة مكررة.
identity_policy_value_invalid = في سياسة إثبات الهوية قيمة غير مسموح بها.
identity_policy_keys_invalid = ليس في مجموعة مفاتيح سياسة إثبات الهوية مفتاح يمكن استعماله، أو فيها مفتاح لا يجوز.
identity_proof_not_known_yet = لا يعرف هذا الهاتف بعد أي إثباتات تقبلها الجهة الصحية. اتصل بالشبكة مرة ثم حاول من جديد.
identity_proof_kind_not_taken = لا تقبل الجهة الصحية إثباتًا من هذا النوع.
identity_proof_unreadable = تعذّرت قراءة الإثبات. سجّل الدخول من جديد.
identity_proof_code_unknown = لا يوجد رمز كهذا لهذا الاسم وهذه الوثيقة. قارن الرمز والاسم والرقم بالورقة.
identity_proof_code_expired = انتهت مدة الرمز. يعطيك مكتب الحي رمزًا جديدًا.
identity_proof_code_used = استُعمل هذا الرمز من قبل. يعطيك مكتب الحي رمزًا جديدًا.
identity_proof_code_struck_off = ألغى المكتب هذا الرمز. اطلب منه رمزًا جديدًا.
identity_proof_issuer_refused = لا تقبل الجهة الصحية تسجيل الدخول من هذا المصدر، أو لم يوقّعه هو.
identity_proof_wrong_audience = لم يكن تسجيل الدخول هذا للرمز الصحي. سجّل الدخول من هنا من جديد.
identity_proof_other_device = كان تسجيل الدخول على هاتف آخر. سجّل الدخول على هذا الهاتف.
identity_proof_expired = انتهت مدة تسجيل الدخول. سجّل الدخول من جديد.
identity_proof_not_yet_valid = لم تبدأ مدة تسجيل الدخول بعد. حاول من جديد بعد بضع دقائق.
identity_proof_other_person = الإثبات لشخص غير صاحب الاسم والوثيقة اللذين أدخلتهما. قارن بينهما.
moved_by_proof = أثبتَّ هويتك على هاتف آخر، وصار رمزك الصحي عليه. إذا لم تكن أنت من فعل ذلك فاذهب بوثيقتك إلى مكتب الجهة الصحية.
taken_over_by_proof = أثبت شخص أن هذه الوثيقة له. ولم يُثبَت هنا شيء، فانتهى التسجيل على هذا الهاتف. إذا كانت الوثيقة لك فاذهب بها إلى مكتب الجهة الصحية.
login_provider_unusable = لا يمكن استخدام خدمة تسجيل الدخول من هنا. أثبت هويتك بطريقة أخرى أو اسأل في المكتب.
login_other = الرد الذي وصل ليس لتسجيل الدخول هذا. لم يُرسل شيء، فسجّل الدخول من هنا من جديد.
login_declined = لم تسجّل الدخول أو لم توافق. لم يُرسل شيء.
login_refused = لم تسمح لك خدمة تسجيل الدخول بالدخول. حاول لاحقًا أو أثبت هويتك بطريقة أخرى.
login_no_token = لم ترسل خدمة تسجيل الدخول إثباتًا. حاول لاحقًا أو أثبت هويتك بطريقة أخرى.
proof-step-prove = أثبت هويتك
proof-code-missing = { $count ->
        [zero] لا ينقص أي حرف
        [one] ينقص حرف واحد
        [two] ينقص حرفان
        [few] تنقص { $count } أحرف
        [many] ينقص { $count } حرفًا
       *[other] ينقص { $count } حرف
    }
proof-introduction-not_known = لا يعرف هذا الهاتف بعد أي إثباتات تقبلها الجهة الصحية. اتصل بالشبكة مرة.
proof-introduction-required = لا تسجّل الجهة الصحية أحدًا دون إثبات الهوية، حتى لا يسجّل غيرك وثيقتك.
proof-introduction-no_code = يمكنك التسجيل دون إثبات الهوية، أما الرمز الصحي فتحصل عليه بعد أن تثبت هويتك.
proof-introduction-compare = دون إثبات الهوية تقارن نقاط التحقق رمزك الصحي بوثيقتك. ومع الإثبات يمكنك أيضًا الانتقال إلى هاتف جديد بنفسك.
proof-introduction-optional = لا يلزمك هنا إثبات الهوية. ومعه لا يستطيع غيرك أن يأخذ وثيقتك، ويمكنك الانتقال إلى هاتف جديد بنفسك.
proof-not_registered = غير مسجّل
    .text = يمكنك إثبات هويتك مع التسجيل أو بعده.
    .spoken = إثبات الهوية: لم تسجّل بعد.
proof-unproven = لم تُثبَت الهوية
    .text = أثبت هويتك حتى لا يأخذ غيرك وثيقتك، وحتى تستطيع الانتقال إلى هاتف جديد بنفسك.
    .spoken = إثبات الهوية: لم يُثبَت شيء بعد.
proof-waiting = لم يُرسَل الإثبات بعد
    .text = إثباتك محفوظ على هذا الهاتف، ويُرسَل مرة واحدة عند الاتصال بالشبكة.
    .spoken = إثبات الهوية: ينتظر الشبكة.
proof-refused = لم يُقبل الإثبات
    .text = لم تقبل الجهة الصحية الإثبات. حاول من جديد أو اسأل مكتب الحي.
    .spoken = إثبات الهوية: لم يُقبل. اطّلع على السبب.
proof-moved = انتقلت إلى هاتف آخر
    .text = أثبتّ هويتك على هاتف آخر، ورمزك الصحي صار عليه.
    .spoken = لم يعد هذا الهاتف مستخدمًا: انتقلت إلى هاتف آخر.
proof-taken_over = انتهى التسجيل
    .text = أثبت شخص آخر أن الوثيقة له.
    .spoken = انتهى تسجيلك على هذا الهاتف. اطّلع على السبب.
proof-needs_desk = اذهب إلى المكتب
    .text = لا يوافق إثباتك تسجيلًا قائمًا. اذهب بكل وثائقك إلى مكتب الجهة الصحية.
    .spoken = إثبات الهوية: على مكتب الجهة الصحية أن يراك ويرى وثائقك.
proof-proven = ثبتت الهوية
    .text = الإثبات نفسه على هاتف جديد ينقل رمزك الصحي إليه، ثم ينتهي هنا.
    .spoken = إثبات الهوية: ثبتت.
proof-way-activation_code = رمز تفعيل من مكتب الحي
    .text = اذهب بوثيقتك إلى مكتب الحي. تحصل على رمز من 16 حرفًا، فاكتبه أو امسح مربّعه. يُستعمل مرة واحدة.
proof-way-oidc = تسجيل الدخول
    .text = سجّل الدخول بحسابك الموثّق باسمك الحقيقي. يخبر تسجيل الدخول الجهة الصحية باسمك ووثيقتك دون غيرهما.
proof-way-host_assertion = عبر هذا التطبيق
    .text = يعرف التطبيق الذي أنت فيه اسمك الحقيقي، ويخبر به الجهة الصحية إن وافقت.

## الزوار: الجوازات والدخول والمناطق الأخرى

document-residence-81 = تصريح إقامة لأهالي هونغ كونغ
document-residence-82 = تصريح إقامة لأهالي ماكاو
document-residence-83 = تصريح إقامة لأهالي تايوان
name-same = الاسمان متطابقان.
name-same_as_far_as_shown = الاسمان متطابقان بقدر ما تتسع له الوثيقة.
name-differs = الاسمان مختلفان. قارنهما بالوثيقة.
name-cannot_tell = لا يقارن هذين الاسمين إلا الناس. انظر إلى كليهما.
mrz-place = السطر { $line }، الحرف { $column }
mrz-corrected = السطر { $line }، الحرف { $column }: قُرئ { $read } على أنه { $taken }.
mrz-sound = قُرئت الوثيقة
    .spoken = قُرئت الوثيقة، وأرقام التحقق موافقة.
    .step = قارنها بالوثيقة ثم تابع.
mrz-expired = انتهت مدة الوثيقة
    .spoken = قُرئت الوثيقة، وقد انتهت مدتها.
    .step = استخدم وثيقة أحدث، أو اسأل المكتب.
mrz-check = شيء لا يتوافق
    .spoken = قُرئت الأسطر، وفيها شيء لا يتوافق.
    .step = قارن المواضع المعلَّمة بالوثيقة، أو اقرأها من جديد.
mrz-unread = لم تُقرأ وثيقة
    .spoken = لم تُقرأ وثيقة.
    .step = وجّه الكاميرا إلى الأسطر في الأسفل، أو اكتبها.
entry-not_a_visitor = لا دخول للإقرار به
    .spoken = لا يوجد دخول للإقرار به.
    .step = لا يلزم شيء.
entry-to_declare = أقرّ بدخولك
    .spoken = لم تُقرّ بدخولك بعد.
    .step = املأ إقرار الدخول.
entry-waiting = حُفظ إقرار الدخول ولم يُرسل بعد
    .spoken = إقرار دخولك محفوظ هنا، ويُرسل مرة واحدة عند الاتصال.
    .step = اتصل بالشبكة مرة.
entry-refused = لم يُقبل إقرار الدخول
    .spoken = لم يُقبل إقرار دخولك.
    .step = انظر السبب، ثم املأه من جديد.
entry-running = تم الإقرار بالدخول
    .spoken = أقررت بدخولك. واصل الإقرار عن صحتك كل يوم.
    .step = أقرّ عن صحتك اليوم.
entry-done = اكتملت الإقرارات
    .spoken = اكتملت إقراراتك، ورمزك أخضر.
    .step = لا يلزم شيء.
elsewhere-step-admitted = الدخول مسموح.
elsewhere-step-not_admitted = لا يُسمح بالدخول بهذا اللون. اسأل المنطقة قبل السفر.
elsewhere-same = في { $region }: { $there }، كما هنا
elsewhere-mapped = هنا: { $own }، وفي { $region }: { $there } (القاعدة { $rule })
elsewhere-spoken = يُحسب رمزك في { $region }: { $there }. { $step }
door-same = هذا الرمز: { $own }
door-mapped = { $own }: يُحسب هنا { $here } (القاعدة { $rule })
door-spoken = الرمز: { $own }، ويُحسب هنا: { $here }. { $step }

## EU certificates

dcc_text_too_long = النص أطول من أن يكون شهادة.
dcc_not_a_certificate = هذا الرمز ليس شهادة أوروبية.
dcc_text_damaged = نص الشهادة تالف. امسحه مرة أخرى.
dcc_compression_damaged = تعذّر فك ضغط الشهادة. امسحها مرة أخرى.
dcc_too_large = فيها أكثر مما يجوز أن تحمله شهادة.
dcc_compression_trailing = أُضيف شيء بعد الشهادة.
dcc_cbor_damaged = محتوى الشهادة تالف.
dcc_cbor_trailing = أُضيف شيء بعد محتوى الشهادة.
dcc_length_indefinite = كُتبت الشهادة بصيغة لا تُقرأ هنا: طول غير محدد.
dcc_key_repeated = تذكر الشهادة شيئًا مرتين.
dcc_too_deep = بنية الشهادة أعمق مما تكون عليه الشهادات.
dcc_value_unknown = في الشهادة قيمة لا ترد في الشهادات.
dcc_tag_wrong = وُسمت الشهادة بأنها شيء آخر.
dcc_not_signed = لم تُركَّب الشهادة كشهادة موقّعة.
dcc_header_critical = تطلب الشهادة شيئًا غير معروف هنا.
dcc_algorithm_missing = لا تذكر الشهادة كيف وُقّعت.
dcc_algorithm_not_allowed = وُقّعت الشهادة بطريقة لا تُحتسب.
dcc_kid_missing = لا تذكر الشهادة أي مفتاح وقّعها.
dcc_content_missing = يوجد توقيع بلا محتوى.
dcc_signature_encoded = كُتب التوقيع بصيغة غير صيغة الشهادات.
dcc_signature_length = طول التوقيع غير ممكن.
dcc_claims_malformed = محتوى الشهادة ليس على هيئة شهادة.
dcc_issuer_invalid = لا تذكر الشهادة البلد الذي أصدرها.
dcc_time_invalid = لا تذكر الشهادة متى تبدأ ومتى تنتهي.
dcc_times_contradict = تنتهي الشهادة قبل إصدارها.
dcc_certificate_missing = لا توجد فيها شهادة صحية.
dcc_version_unknown = الشهادة من صيغة لا يعرفها هذا الإصدار.
dcc_kind_missing = ليست الشهادة عن تطعيم ولا فحص ولا تعافٍ.
dcc_several_entries = الشهادة عن عدة أمور معًا.
dcc_field_missing = ينقص الشهادةَ شيء.
dcc_field_invalid = في الشهادة شيء بصيغة غير ممكنة.
dcc_name_invalid = الاسم في الشهادة غير مكتوب كما تكتبه الشهادات.
dcc_birth_date_invalid = تاريخ الميلاد في الشهادة غير ممكن.
dcc_date_invalid = في الشهادة تاريخ غير ممكن.
dcc_disease_other = الشهادة عن مرض آخر.
dcc_no_trust_list = لا توجد قائمة جهات الإصدار على هذا الهاتف بعد. اتصل مرة واحدة.
dcc_key_unknown = المفتاح المذكور أنه وقّعها ليس في أي قائمة هنا.
dcc_key_withdrawn = أُزيل المفتاح الذي وقّعها من القائمة.
dcc_key_of_another_country = المفتاح لبلد غير الذي تذكره الشهادة.
dcc_key_of_another_algorithm = المفتاح لطريقة توقيع أخرى.
dcc_signature_wrong = التوقيع لا يطابق. غُيّرت الشهادة أو وقّعها مفتاح آخر.
dcc_key_not_valid = لم يكن المفتاح قيد الاستخدام عند التوقيع، أو لم يعد كذلك.
dcc_key_not_for_kind = لا يجوز لهذا المفتاح توقيع شهادات من هذا النوع.
dcc_issued_in_future = الشهادة من وقت لم يأتِ بعد. هل ساعة الهاتف صحيحة؟
dcc_expired = انقضى وقت الشهادة.
dcc_no_rules = لا توجد هنا بعد قواعد تُحتسب بها الشهادات.
dcc_not_accepted = لا تُحتسب وفق قواعد هذه المنطقة.
dcc_rule_failed = تعذّر تطبيق قاعدة عليها فلا تُحتسب. قد يفيد تحديث التطبيق.
dcc_presented_by_another = سلّم شخص آخر هذه الشهادة من قبل. توجه إلى المكتب ومعك الشهادة والوثيقة.
dcc_names_not_confirmed = الاسمان ليسا متطابقين. قارن بينهما وأكّد أن الشهادة لك.
dcc_too_many = لا تُحفظ شهادات أكثر هنا. أزل واحدة أولًا.
dcc_unknown = لا توجد شهادة كهذه هنا.
dcc_nothing_to_decide = لا تنتظر أسماء هذه الشهادة قرارًا.
dcc_part_unreadable = تعذّرت قراءة ما تقوله الجهة عن شهاداتك. يبقى ما كان معروفًا.
dcc_list_malformed = تعذّرت قراءة القائمة الخاصة بالشهادات.
dcc_list_value_invalid = معرّف أو إصدار أو عدد في القائمة غير ممكن.
dcc_list_key_invalid = في القائمة مفتاح لا يمكن استخدامه.
dcc_list_rule_invalid = في القائمة قاعدة لا يمكن استخدامها.
dcc_list_text_invalid = في القائمة نص فارغ أو طويل أو ناقص بالإنجليزية أو الصينية.

dcc-none = لا توجد شهادة أوروبية محفوظة هنا.
dcc-some = الشهادات الأوروبية المحفوظة على هذا الهاتف.
dcc-some-unchecked = الشهادات الأوروبية المحفوظة على هذا الهاتف. تُفحص متى وُجدت قائمة جهات الإصدار: اتصل مرة واحدة.
dcc-kind-vaccination = شهادة تطعيم أوروبية
dcc-kind-test = شهادة فحص أوروبية
dcc-kind-recovery = شهادة تعافٍ أوروبية
dcc-status-counts = التوقيع سليم، وتُحتسب هنا.
dcc-status-not_accepted = التوقيع سليم، ولا تُحتسب هنا.
dcc-status-no_rules = التوقيع سليم. لا يُعرف بعد هل تُحتسب هنا.
dcc-status-unchecked = لم تُفحص بعد.
dcc-status-key_unknown = جهة الإصدار غير معروفة هنا.
dcc-status-key_withdrawn = سُحب مفتاح جهة الإصدار، فلم تعد تُحتسب.
dcc-status-expired = انقضى وقتها.
dcc-status-refused = لا يُعتد بها.
dcc-status-unreadable = لم تُقرأ.
dcc-sent-waiting = محفوظة هنا. تُرسل متى اتصل هذا الهاتف.
dcc-sent-refused = لم تقبلها الجهة.
dcc-sent-received = وصلت إلى الجهة.
dcc-sent-at_desk = وصلت إلى الجهة. الاسمان غير متطابقين، فينظر فيها الموظفون أولًا.
dcc-sent-agreed = وصلت إلى الجهة. رأى الموظفون أنها لك.
dcc-sent-not_ours = رأى الموظفون أنها ليست لك. لا تُحتسب.
dcc-step-keep = احفظها على هذا الهاتف.
dcc-step-submit = سلّمها لتُحتسب لرمزك الصحي.
dcc-step-compare = قارن بين الاسمين. إن كانت الشهادة لك فأكّد ذلك وسلّمها، ثم ينظر فيها الموظفون.
dcc-step-connect = صل هذا الهاتف مرة واحدة.
dcc-step-wait = انتظر: ستُخبر هنا.
dcc-step-desk = إن رأيت أن هذا خطأ فتوجه إلى المكتب ومعك الوثيقة والشهادة.
dcc-step-ask_issuer = اطلب شهادة جديدة ممن أصدرها.
dcc-step-register = سجّل أولًا، ثم يمكن تسليمها.
dcc-step-none = لا شيء مطلوب منك.
dcc-part-surname = اسم العائلة
dcc-part-given_names = الأسماء الشخصية
dcc-part-birth_date = تاريخ الميلاد
dcc-names-same = متطابق
    .all = الاسمان متطابقان.
dcc-names-differ = غير متطابق
    .all = الاسم أو تاريخ الميلاد غير مطابق للمسجّل.
dcc-names-open = لا يمكن مقارنته
    .all = لا يمكن لآلة أن تقارن الاسمين: يقارنهما الناس.
dcc-line-product = اللقاح
dcc-line-vaccine = نوع اللقاح
dcc-line-maker = الشركة المصنّعة
dcc-line-dose = الجرعة
dcc-line-day = يوم الجرعة
dcc-line-test = نوع الفحص
dcc-line-test-name = اسم الفحص
dcc-line-test-maker = منتج الفحص
dcc-line-sampled = وقت أخذ العينة
dcc-line-result = النتيجة
dcc-line-centre = مكان الفحص
dcc-line-first-positive = أول فحص إيجابي
dcc-line-from = من
dcc-line-until = إلى
dcc-line-country = البلد
dcc-line-issuer = جهة الإصدار
dcc-line-identifier = المعرّف
dcc-line-expires = ينتهي التوقيع
dcc-test-naat = الحمض النووي
dcc-test-antigen = المستضد السريع
dcc-result-detected = مكتشف
dcc-result-not_detected = غير مكتشف
dcc-dose = { $dose } من { $of }

## PaperError

paper_days_out_of_range = لا تُصنع هنا أوراق لهذا العدد من الأيام.
paper_not_green = تُصنع الورقة ما دام الرمز الصحي أخضر، وهو ليس كذلك الآن.
paper_too_many_today = لا تُصنع لك أوراق أخرى اليوم. اطلبها غدًا.
paper_key_too_short = لا يمكن الآن صنع ورقة لهذه المدة الطويلة. اطلب أيامًا أقل.
paper_sheets_unreadable = تعذّرت قراءة ما تقوله الجهة عن أوراقك. يبقى ما كان معروفًا من قبل.

## أوراق

paper-sheet-good = يمكن إظهار هذه الورقة عند الأبواب مع الوثيقة.
paper-sheet-replaced = حلّت ورقة أحدث محل هذه الورقة.
paper-sheet-revoked = أُنهيت هذه الورقة.
paper-sheet-ended = انتهت هذه الورقة لأن الرمز الصحي تغيّر أو بسبب الانتقال إلى هاتف آخر. يمكن طلب ورقة جديدة.
paper-sheet-over = مضى اليوم الأخير لهذه الورقة.
paper-sheet-other = لا يمكن استعمال هذه الورقة.
paper-advice-document = يقارن الباب الاسم والأحرف الأخيرة بالوثيقة: احملهما معًا.
paper-advice-newer = تُنهي ورقةٌ أحدث هذه الورقة فورًا، وكذلك تغيّر الرمز الصحي.
paper-advice-lost = هل ضاعت؟ أنهِها هنا أو اطلب إنهاءها حيث صُنعت. النسخة تُقرأ كالورقة نفسها.
paper-waiting-request = حُفظ هنا. تُصنع الورقة بعد اتصال هذا الهاتف.
paper-waiting-end = حُفظ هنا. تنتهي الورقة بعد اتصال هذا الهاتف.
paper-status-none = لا توجد ورقة سارية.
paper-status-asked = طُلبت ورقة.
paper-status-counts = الورقة سارية حتى { $day }.
paper-status-ending = يجري إنهاء الورقة.
paper-step-ask = اطلب ورقة من هنا أو من مكتب الخدمة.
paper-step-connect = صِل هذا الهاتف بالإنترنت مرة واحدة.
paper-step-carry = احملها مع وثيقة الهوية.
dependants-none = لا أحد يُعتنى به على هذا الهاتف. يمكن أن يكون لطفل أو مسن رمزه الخاص هنا.
dependants-some = أشخاص يُعتنى بهم على هذا الهاتف، لكل منهم رمزه الخاص.
dependants-waiting = هناك من ينتظر جواب السلطة. اتصل بالإنترنت.
care-state-waiting = طُلب ذلك، ولم تجب السلطة بعد.
care-state-refused = لم تتم الموافقة بعد.
care-state-in_care = يُعتنى به على هذا الهاتف.
care-state-ended = لم يعد يُعتنى به على هذا الهاتف.
care-key-hardware = مفتاح رموز هذا الشخص في عتاد هذا الهاتف.
care-key-store = مفتاح رموز هذا الشخص في التخزين المشفّر لهذا التطبيق.
care-next-waiting = اتصل بالإنترنت.
care-next-refused = اكتب الرمز الذي يعرضه الطرف الآخر، أو اسأل في مكتب السلطة.
care-next-ended = أزله من هذا الهاتف، أو اطلب من جديد برمز من الطرف الآخر.
care-code-waiting = اتصل بالإنترنت: يُعمل بالرمز بعد إبلاغ السلطة به.
care-code-for_carer = دع مقدم الرعاية الآخر يمسح هذا الرمز أو يكتبه. يصلح مرة واحدة.
care-code-for_phone = امسح هذا الرمز أو اكتبه على هاتف الشخص نفسه عند التسجيل. يصلح مرة واحدة.
care-code-over = انتهى هذا الرمز. اعرض رمزًا آخر.
code-shown-before = عُرض هذا الرمز من قبل: إذا جمعت الأماكن ما تمسحه فيمكنها أن تعرف أن المرتين من هذا الهاتف.
group-title = { $name }، { $position } من { $count }
care_code_mistyped = ليس هذا هو الرمز المعروض: تحقق من كل حرف ورقم من جديد.
care_birth_date_invalid = تاريخ الميلاد غير موجود، أو يختلف عما في الوثيقة.
care_too_many_on_phone = لا يمكن الاعتناء بمزيد من الأشخاص على هاتف واحد.
care-ends = بلغ سن الرشد أو سيبلغه قريبًا: تنتهي الرعاية على هذا الهاتف في { $date }. اعرض قبل ذلك رمزًا لهاتفه الخاص.
carer-this_phone = أنت، منذ { $date }
carer-other_phone = مقدم رعاية آخر، منذ { $date }
carer-this_phone-moved = أنت، منذ { $date }؛ بهذا الهاتف منذ { $moved }
carer-other_phone-moved = مقدم رعاية آخر، منذ { $date }؛ بهاتف آخر منذ { $moved }

# The chain of changes

chain-whole = كل تغيّر للونك أبلغت به الجهة موجود هنا، وكلها صحيحة.
chain-alarms_read = كل تغيّر للونك أبلغت به الجهة موجود هنا. ما لا يتطابق قرأته وهو أدناه؛ وكل تغيّر مذكور أنه صحيح فهو صحيح.
chain-alarmed = هناك ما لا يتطابق في تغيّرات لونك.
chain-incomplete = لم تصل كل تغيّرات لونك بعد. اتصل بالإنترنت مرة أخرى.
chain-not_by_authority = لا تحتفظ هذه الجهة بسلسلة للتغيّرات.
change-verified = تم الفحص
change-alarmed = غير صحيح
change-not_now = لم يُفحص بعد: اتصل بالإنترنت مرة واحدة
change-not_by_this_version = لا تقرؤه هذه النسخة من التطبيق
change-lost = فقدته الجهة
chain-by-officers = بأمر من مسؤولَين: { $first } و{ $second }
chain-by-rule = وفق القاعدة المنشورة { $rule }
chain-next = اتصل بالجهة الصحية واذكر ما تعرضه هذه الصفحة.
chain-next-restored = إذا كان تغيّر يهمّك مفقودًا الآن فاتصل بالجهة الصحية.
chain-alarm-silent_change = تغيّر لونك أو سببه دون قيد في سلسلة التغيّرات.
chain-alarm-gap = هناك قيود مفقودة في سلسلة التغيّرات.
chain-alarm-fork = تعرض الجهة سلسلة تغيّرات غير التي رآها هذا الهاتف.
chain-alarm-shortened = تعرض الجهة تغيّرات أقل مما رآه هذا الهاتف.
chain-alarm-withdrawn = لم تعد الجهة تعرض سلسلة التغيّرات.
chain-alarm-second_signature_missing = أمر بشأن لونك لا يحمل توقيع مسؤولَين. إذا مُحي تسجيلك ثم سجّلت من جديد فقد جاء معه أمر سابق دون توقيع.
chain-alarm-same_officer = وقّع مسؤول واحد مرتين على أمر بشأن لونك.
chain-alarm-signature_wrong = توقيع على أمر بشأن لونك غير صحيح.
chain-alarm-officer_unknown = مسؤول وقّع على أمر بشأن لونك ليس في القائمة المنشورة.
chain-alarm-officer_not_valid = لم يكن مفتاح مسؤول ساريًا عند توقيع أمر بشأن لونك.
chain-alarm-reason_not_for_colour = أمر بشأن لونك يذكر سببًا لا يناسب اللون.
chain-alarm-reason_unknown = أمر بشأن لونك يذكر سببًا لا تعرفه هذه النسخة من التطبيق. إذا كان التطبيق محدّثًا فلا وجود لهذا السبب.
chain-alarm-order_of_other = في سلسلة تغيّراتك أمر أو قيد يخص شخصًا آخر.
chain-alarm-order_unreadable = تعذّرت قراءة أمر بشأن لونك.
chain-alarm-restored = أُعيدت الجهة إلى حالة سابقة وفقدت تغيّرات يحفظها هذا الهاتف.
chain-alarm-other = لاحظت نسخة أحدث من التطبيق أمرًا بشأن تغيّرات لونك.

# نتائج الفحوص والتطعيمات

results-none = لا توجد هنا نتائج فحوص أو تطعيمات.
results-none_count = لا توجد نتيجة سارية الآن. النتائج السابقة محفوظة أدناه.
results-clock-never_set = ساعة هذا الهاتف غير صحيحة، لذلك لا يُعرض الوقت المتبقي. اتصل بالإنترنت مرة واحدة.
results-clock-own = يُحسب الوقت المتبقي بساعة هذا الهاتف وقد لا تكون دقيقة. اتصل بالإنترنت مرة واحدة.
result-over = انتهت مدته.
result-withdrawn = سحبها المختبر
result-negative = سلبي
result-positive = إيجابي
result-pending = لا نتيجة بعد
result-inconclusive = لم تُعطِ العينة نتيجة
result-vaccinated = أُعطيت الجرعة
result-other = نتيجة لا يستطيع هذا الإصدار بيانها
result-kind-nucleic_acid = فحص الحمض النووي
result-kind-antigen = فحص المستضد
result-kind-antibody = فحص الأجسام المضادة
result-kind-vaccination = تطعيم
result-kind-other = فحص آخر
result-fact-negative = تنظر القواعد إلى يوم هذا الفحص السلبي.
result-fact-positive = تنظر القواعد إلى يوم هذا الفحص الإيجابي.
result-fact-vaccinated = تنظر القواعد إلى يوم هذه الجرعة.
result-step-connect = اتصل بالإنترنت مرة واحدة: تصل النتيجة تلقائيًا.
result-step-test_again = أجرِ فحصًا آخر.
result-step-see_colour = انظر لونك وسببه. إن كانت النتيجة خاطئة أو ليست لك فاعترض هناك.
result-step-call = اتصل بالرقم 12320 لمعرفة معناها.
result-step-update = حدّث التطبيق لرؤيتها.
way-test = فحص سلبي في يوم لاحق يبلّغ عنه مختبر يقصّر هذه المدة.
why-report-appeal = { $what }: أُضيف بقرار موظفَين بشأن تظلّمك { $report }.
why-report-exposure = انتهاء المخالطة أو الإقامة
why-report = يوم { $what } مأخوذ من بلاغ المختبر { $report }، انظر نتائجك.
why-report-negative = فحص سلبي
why-report-positive = فحص إيجابي
why-report-recovered = التعافي
why-report-vaccinated = التطعيم
result_unknown = لا توجد هنا هذه النتيجة.
results_unreadable = تعذرت قراءة النتائج التي أرسلتها الجهة.
result_not_verified = توجد نتيجة لم توقعها الجهة لهذا الشخص.
laboratory_unknown = لا يوجد مختبر بهذا المعرّف يحق له الإبلاغ هنا.
laboratory_not_valid = لا يحق لهذا المختبر الإبلاغ الآن.
report_signature_wrong = لم يوقّع المختبر هذا البلاغ.
report_malformed = هذا ليس بلاغًا بالصيغة المطلوبة.
report_other_authority = البلاغ موجّه إلى جهة أخرى.
report_count = لا نتيجة في البلاغ أو فيه أكثر من المسموح.
result_id_reused = سبق الإبلاغ بهذا المعرّف والإصدار بمحتوى آخر.
result_version_not_next = هذا ليس الإصدار التالي لأحدث إصدار.
result_other_document = الإصدارات السابقة تخص وثيقة أخرى.
result_in_future = وقت أخذ العينة لم يحن بعد.
result_too_old = العينة قديمة فلا يمكن الإبلاغ عنها.
result_field_invalid = في النتيجة قيمة لا يمكن أن تكون.
result_kind_not_allowed = لا يحق للمختبر الإبلاغ عن هذا النوع.
result_document_refused = لا يمكن أن يكون هذا رقم وثيقة من هذا النوع.
laboratories_invalid = في قائمة المختبرات ما لا يمكن أن يكون.
problem-laboratory_refused = رُفض بلاغ المختبر
result-until = حتى { $moment }
result-sampled = أُخذت العينة { $time }
result-given = أُعطيت { $time }
result-reported = أُبلغ عنها { $time }
result-dose = الجرعة { $number }
result-dose-of = الجرعة { $number } من { $of }
result-earlier = قبل ذلك: { $outcome }، أُبلغ عنها { $time }
results-some = { $count ->
        [zero] لا نتيجة سارية أو منتظرة.
        [one] نتيجة واحدة سارية أو منتظرة.
        [two] نتيجتان ساريتان أو منتظرتان.
        [few] { $count } نتائج سارية أو منتظرة.
        [many] { $count } نتيجة سارية أو منتظرة.
       *[other] { $count } نتيجة سارية أو منتظرة.
    }
results-unverified = { $count ->
        [zero] لا نتيجة بلا توقيع.
        [one] وصلت نتيجة لم توقعها الجهة لهذا الشخص. لا تُعرض، وتُطلب من جديد.
        [two] وصلت نتيجتان لم توقعهما الجهة لهذا الشخص. لا تُعرضان، وتُطلبان من جديد.
        [few] وصلت { $count } نتائج لم توقعها الجهة لهذا الشخص. لا تُعرض، وتُطلب من جديد.
        [many] وصلت { $count } نتيجة لم توقعها الجهة لهذا الشخص. لا تُعرض، وتُطلب من جديد.
       *[other] وصلت { $count } نتيجة لم توقعها الجهة لهذا الشخص. لا تُعرض، وتُطلب من جديد.
    }
notice-new_results = { $count ->
        [zero] لا نتائج جديدة.
        [one] وصلت نتيجة جديدة.
        [two] وصلت نتيجتان جديدتان.
        [few] وصلت { $count } نتائج جديدة.
        [many] وصلت { $count } نتيجة جديدة.
       *[other] وصلت { $count } نتيجة جديدة.
    }
