# كلمات تقرير المحاكاة.

## إطار الصفحة
letters = أ ب ج د ه و ز ح ط ي ك ل م ن س ع ف ص ق ر ش ت ث خ ذ ض
kind = محاكاة تفاهم
title = هل يصمد ضبط النفس هذا؟
notice-title = هذه الصفحة لا تتنبأ بشيء.
notice = كل رقم فيها ناتج عن الافتراضات المدرجة تحت «ما يستند إليه هذا»، ولا ينتج عن أي شيء سواها. وحيث تخطئ الافتراضات تخطئ الأرقام.
notice-short = لا يتنبأ بشيء. يستند إلى الافتراضات المبينة.
contents = المحتويات
partial-title = توقف الحساب قبل تمامه.
partial = تستند الأرقام إلى عدد من عمليات المحاكاة أقل من المطلوب، ولذلك اتسعت فتراتها.
fact-horizon = الأفق
fact-variants = البدائل
fact-runs = عمليات المحاكاة لكل بديل
fact-level = مستوى الفترات
fact-seed = البذرة
fact-state = الاكتمال
state-partial = توقف قبل تمامه: عمليات أقل من المطلوب
state-whole = أجريت جميع عمليات المحاكاة
found = ما الذي تبين
holds = كم يصمد ضبط النفس
ends = لماذا ينتهي
buys = ما الذي يكسبه كل شرط
costs = ضبط النفس وكلفة الإنذارات الكاذبة
remarks = ما جاء على غير المأمول
runs = هل كفى عدد عمليات المحاكاة
rests = ما يستند إليه هذا
oracles = مقارنة بأجوبة منشورة
again = لإعادة إنتاجه

## ما الذي تبين
called = { $letter } ({ $name })
found-first = في البديل { $variant }، احتمال أن يصمد ضبط النفس سنة واحدة هو { $year } ({ $yearInterval })، واحتمال أن يصمد { $span } هو { $end } ({ $endInterval }).
found-first-short = في البديل { $variant }، احتمال أن يصمد ضبط النفس { $span } هو { $end } ({ $endInterval }).
found-cause = أكثر ما ينهيه هناك: { $cause }، في { $share } من عمليات المحاكاة.
found-range = عند النهاية الأعلى هو { $best } بنسبة { $bestValue }، والأدنى هو { $worst } بنسبة { $worstValue }.
found-alike = { $n ->
    [one] هذه العمليات لا تميز { $letters } من { $first }: فترة الفرق تشمل الصفر.
    [two] هذه العمليات لا تميز { $letters } من { $first }: فترتا الفرق تشملان الصفر.
    [few] هذه العمليات لا تميز { $letters } من { $first }: فترات الفروق تشمل الصفر.
    [many] هذه العمليات لا تميز { $letters } من { $first }: فترات الفروق تشمل الصفر.
   *[other] هذه العمليات لا تميز { $letters } من { $first }: فترات الفروق تشمل الصفر.
}
between-letters = {"، "}
interval-note = تحت كل رقم فترته عند المستوى { $level }. وهي تغطي مصادفة السحب، لا الشك في الافتراضات. وقد مرت البدائل كلها بالأحداث العارضة نفسها، فالفروق أوثق من الأرقام التي تقع بينها.
table-variants = البدائل جنبا إلى جنب
col-variant = البديل
col-year = يصمد سنة واحدة
col-end = يصمد { $span }
col-against = الفرق عن { $first }، بالنقاط المئوية
col-question = الوقت موضع التساؤل
col-cost = كلفة الإنذارات الكاذبة في السنة
col-runs = عمليات المحاكاة

## عبر الزمن
holds-read = كل خط بديل واحد، من البداية إلى الأفق، ويجري الزمن من اليسار إلى اليمين؛ والشريط حوله فترته. وتختلف الخطوط بالتقطيع والعلامة كما تختلف باللون.
holds-read-many = كل خط بديل واحد، من البداية إلى الأفق، ويجري الزمن من اليسار إلى اليمين. وتختلف الخطوط بالتقطيع والعلامة كما تختلف باللون. وفتراتها مبينة أدناه واحدا واحدا.
panels = واحدا واحدا
panels-read = كل بديل مع فترته؛ والخط الرفيع هو { $first }.
table-dates = احتمال أن يصمد ضبط النفس حتى كل أجل
table-causes = حصة عمليات المحاكاة التي انتهت لكل سبب
ends-read = كل عمود بديل واحد؛ وطوله حصة العمليات التي انتهى فيها ضبط النفس قبل الأفق، مقسمة على الأسباب.

## الشروط
buys-read = حرك كل شرط من شروط النص، وكل افتراض من افتراضات النموذج، وحده من قيمته الدنيا إلى قيمته العليا. وكلما طال العمود زادت أهميته؛ والخط القائم هو { $first }. تأتي الشروط أولا لأنها تُختار، ثم الافتراضات الأكثر أثرا.
buys-hidden = { $n ->
    [one] افتراض واحد آخر يحرك النتيجة أقل من ذلك؛ وأرقامه في ملف JSON لهذا التقرير.
    [two] افتراضان آخران يحركان النتيجة أقل من ذلك؛ وأرقامهما في ملف JSON لهذا التقرير.
    [few] { $n } افتراضات أخرى تحرك النتيجة أقل من ذلك؛ وأرقامها في ملف JSON لهذا التقرير.
    [many] { $n } افتراضا آخر تحرك النتيجة أقل من ذلك؛ وأرقامها في ملف JSON لهذا التقرير.
   *[other] { $n } افتراض آخر تحرك النتيجة أقل من ذلك؛ وأرقامها في ملف JSON لهذا التقرير.
}
buys-left-out = لم يجرَّب لأن أحد طرفي المدى يناقض الباقي: { $names }.
table-tornado = احتمال الصمود حتى الأفق حين يتغير أمر واحد
col-name = ما يتغير
col-sort = النوع
col-lower = القيمة الدنيا
col-upper = القيمة العليا
col-holds = يصمد حتى الأفق
col-difference = الفرق بالنقاط
sort-term = شرط
sort-assumption = افتراض
key-term = شرط من شروط النص
key-assumption = افتراض من افتراضات النموذج
key-lower-upper = عند القيمة الدنيا، عند القيمة العليا
bar-label = { $name }: من { $lower } إلى { $upper }
costs-read = كل علامة اختيار واحد للشروط. وعلى الخط ما لا يفوقه اختيار آخر في ضبط النفس وفي الكلفة معا؛ والكلفة بوحدة النموذج نفسه.
costs-best = أفضل ما وجد ضمن الحدود المقررة: { $terms }. يصمد حتى الأفق باحتمال { $value } ({ $interval })، بكلفة { $cost } في السنة.
costs-over = وبأرقام عشوائية جديدة تفوق كلفته الحد { $limit } في السنة. فلا تعتمدوا عليه.
costs-nothing = من التوليفات التي نُظر فيها ({ $n }) لا تبقى أي منها ضمن كلفة { $limit } في السنة.
costs-partly = كانت التوليفات أكثر من أن يُنظر فيها كلها: فغُيّر شرط واحد في كل مرة، وقد يوجد ما هو أفضل.
costs-impossible = التوليفات التي تناقض نفسها فتُركت: { $n }.
costs-others = { $n ->
    [one] نظر في اختيار واحد آخر، وليس أفضل في الأمرين معا.
    [two] نظر في اختيارين آخرين، وليس أي منهما أفضل في الأمرين معا. وهما في ملف JSON لهذا التقرير.
    [few] نظر في { $n } اختيارات أخرى، وليس أي منها أفضل في الأمرين معا. وكلها في ملف JSON لهذا التقرير.
    [many] نظر في { $n } اختيارا آخر، وليس أي منها أفضل في الأمرين معا. وكلها في ملف JSON لهذا التقرير.
   *[other] نظر في { $n } اختيار آخر، وليس أي منها أفضل في الأمرين معا. وكلها في ملف JSON لهذا التقرير.
}
table-frontier = اختيارات لا يفوقها غيرها في الأمرين معا
col-number = الرقم
col-terms = الشروط
key-best = أفضل ما وجد
no-terms = النص كما هو

## ما تقوله النماذج
remarks-read = تقول النماذج هذا أيضا، وهو مبين لأن أحدا لم يكن يأمله.
remark = { $name ->
    [mediation-adds-nothing] الوساطة لا تضيف شيئا هنا: فالكلام المباشر بين الجانبين يفعل مثل فعلها.
    [faster-reporting-destroys] الإبلاغ الأسرع يهدم ضبط النفس هنا: فكل بلاغ يقول القليل، والكاذب منها كثير.
    [no-trigger-holds] لا تهديد بالرد على الخرق بالخرق، مهما طال، يسند ضبط النفس هنا.
    [term-buys-nothing] شرط لا يكسب شيئا تستطيع هذه العمليات أن تبينه.
    [channel-worsens] ضبط النفس يصمد هنا مع القناة أقل مما يصمد بدونها.
   *[other] ?
}
runs-read = التقدير للبديل { $first } وفترته بعد عدد متزايد من عمليات المحاكاة. فإذا استقر الخط في شريط ضيق بالقياس إلى الفروق المهمة، دل ذلك على أن العدد كاف.
table-convergence = التقدير بعد عدد متزايد من عمليات المحاكاة
col-width = عرض الفترة، بالنقاط المئوية

## الافتراضات والأجوبة المنشورة
rests-read = هذه هي الافتراضات، وأكثرها أثرا أولا. ويبين العمود الأخير بكم نقطة مئوية يتحرك احتمال الصمود حين يتحرك الافتراض على مداه.
rests-not-measured = هذه هي الافتراضات. ولم يُنظر في أيها أكثر أثرا.
rests-text = النص كما هو: { $terms }.
rests-illustrative = { $n ->
    [one] واحد من { $all } لا مصدر له. وهو معلم، ويقوم مقام المثال لا مقام وصف العالم.
    [two] اثنان من { $all } لا مصدر لهما. وهما معلمان، ويقومان مقام المثال لا مقام وصف العالم.
    [few] { $n } من { $all } لا مصدر لها. وهي معلمة، وتقوم مقام المثال لا مقام وصف العالم.
    [many] { $n } من { $all } لا مصدر لها. وهي معلمة، وتقوم مقام المثال لا مقام وصف العالم.
   *[other] { $n } من { $all } لا مصدر لها. وهي معلمة، وتقوم مقام المثال لا مقام وصف العالم.
}
table-assumptions = الافتراضات
col-assumption = الافتراض
col-value = القيمة
col-source = المصدر
col-matters = يحرك النتيجة بمقدار، بالنقاط المئوية
illustrative = للتوضيح فقط
oracles-read = { $n ->
    [one] يحسب البرنامج نفسه رقما واحدا نشره غيرنا. وهو يدل على سلامة الآلة، لا على صحة الافتراضات.
    [two] يحسب البرنامج نفسه رقمين نشرهما غيرنا. وهما يدلان على سلامة الآلة، لا على صحة الافتراضات.
    [few] يحسب البرنامج نفسه { $n } أرقام نشرها غيرنا. وهي تدل على سلامة الآلة، لا على صحة الافتراضات.
    [many] يحسب البرنامج نفسه { $n } رقما نشرها غيرنا. وهي تدل على سلامة الآلة، لا على صحة الافتراضات.
   *[other] يحسب البرنامج نفسه { $n } رقم نشرها غيرنا. وهي تدل على سلامة الآلة، لا على صحة الافتراضات.
}
oracles-failed = { $n ->
    [one] رقم واحد لا يطابق. ولا يعول على شيء في هذه الصفحة حتى يطابق.
    [two] رقمان لا يطابقان. ولا يعول على شيء في هذه الصفحة حتى يطابقا.
    [few] { $n } أرقام لا تطابق. ولا يعول على شيء في هذه الصفحة حتى تطابق.
    [many] { $n } رقما لا تطابق. ولا يعول على شيء في هذه الصفحة حتى تطابق.
   *[other] { $n } رقم لا تطابق. ولا يعول على شيء في هذه الصفحة حتى تطابق.
}
table-oracles = أرقام منشورة وما حسب هنا
col-oracle = الرقم ومصدره
col-published = المنشور
col-computed = المحسوب
col-error = الخطأ
col-agrees = يطابق
agrees = نعم
disagrees = لا
again-read = النص نفسه والنموذج نفسه والبذرة نفسها وعدد العمليات نفسه تعطي الأرقام نفسها، على أي جهاز وعلى أي عدد من أنويته.

## الرسوم
axis-holds = احتمال صمود ضبط النفس
axis-holds-cut = احتمال صمود ضبط النفس؛ يبدأ المحور عند { $from }
axis-holds-end = احتمال الصمود حتى الأفق
axis-ended = حصة العمليات التي انتهى فيها ضبط النفس
axis-cost = كلفة الإنذارات الكاذبة في السنة
axis-runs = عمليات المحاكاة المجراة
axis-years = بالسنوات
axis-months = بالأشهر
axis-days = بالأيام
plot-survival = احتمال صمود ضبط النفس عبر الزمن
plot-survival-words = { $n ->
    [1] منحنى واحد من البداية إلى { $span }. عند النهاية { $bestValue }: { $best }؛ والأدنى { $worstValue }: { $worst }. وجميع الأرقام في الجدول بعد الرسم.
   *[other] عدد المنحنيات { $n }، واحد لكل بديل، من البداية إلى { $span }. عند النهاية الأعلى هو { $best } بنسبة { $bestValue }، والأدنى هو { $worst } بنسبة { $worstValue }. وجميع الأرقام في الجدول بعد الرسم.
}
plot-panel-words = { $variant } مع فترته. بعد { $span } يبلغ { $value } ({ $interval }).
plot-causes = لماذا انتهى ضبط النفس، بحسب البديل
plot-causes-words = { $n ->
    [one] عمود واحد مقسم على الأسباب. أكثر ما ينهي { $variant }: { $cause }، في { $value } من العمليات. وجميع الأرقام في الجدول بعد الرسم.
    [two] عمودان، واحد لكل بديل، مقسمان على الأسباب. أكثر ما ينهي { $variant }: { $cause }، في { $value } من العمليات. وجميع الأرقام في الجدول بعد الرسم.
   *[other] عدد الأعمدة { $n }، واحد لكل بديل، مقسمة على الأسباب. أكثر ما ينهي { $variant }: { $cause }، في { $value } من العمليات. وجميع الأرقام في الجدول بعد الرسم.
}
plot-tornado = ما يحركه كل شرط وكل افتراض
plot-tornado-words = { $n ->
    [one] عمود واحد. { $name }: عند { $lower } يصمد ضبط النفس حتى الأفق باحتمال { $lowerValue }، وعند { $upper } باحتمال { $upperValue }. وجميع الأرقام في الجدول بعد الرسم.
   *[other] عدد الأعمدة { $n }، أطولها أولا. { $name }: عند { $lower } يصمد ضبط النفس حتى الأفق باحتمال { $lowerValue }، وعند { $upper } باحتمال { $upperValue }. وجميع الأرقام في الجدول بعد الرسم.
}
plot-frontier = ضبط النفس وكلفة الإنذارات الكاذبة، بحسب اختيار الشروط
plot-frontier-words = { $n ->
    [one] اختيار واحد للشروط، ومما لا يفوقه غيره { $on }: من { $low } بكلفة { $lowCost } إلى { $high } بكلفة { $highCost }. والأرقام في الجدول بعد الرسم.
   *[other] عدد اختيارات الشروط { $n }، ومما لا يفوقه غيره في الأمرين معا { $on }: من { $low } بكلفة { $lowCost } إلى { $high } بكلفة { $highCost }. والأرقام في الجدول بعد الرسم.
}
plot-convergence = التقدير بعد عدد متزايد من عمليات المحاكاة
plot-convergence-words = التقدير للبديل { $variant }. بعد { $few } من العمليات كانت فترته { $fewInterval }؛ وبعد { $many } صارت { $manyInterval }. والأرقام في الجدول بعد الرسم.
plot-empty = لا شيء للعرض.

## القيم
interval = { $low } إلى { $high }
term-value = { $term } { $value }
between-terms = {"، "}
span-years = { $n ->
    [one] سنة واحدة
    [two] سنتين
    [few] { $n } سنوات
    [many] { $n } سنة
   *[other] { $n } سنة
}
span-months = { $n ->
    [one] شهر واحد
    [two] شهرين
    [few] { $n } أشهر
    [many] { $n } شهرا
   *[other] { $n } شهر
}
span-days = { $n ->
    [one] يوم واحد
    [two] يومين
    [few] { $n } أيام
    [many] { $n } يوما
   *[other] { $n } يوم
}
span-hours = { $n ->
    [one] ساعة واحدة
    [two] ساعتين
    [few] { $n } ساعات
    [many] { $n } ساعة
   *[other] { $n } ساعة
}
span-minutes = { $n ->
    [one] دقيقة واحدة
    [two] دقيقتين
    [few] { $n } دقائق
    [many] { $n } دقيقة
   *[other] { $n } دقيقة
}
span-seconds = { $n ->
    [one] ثانية واحدة
    [two] ثانيتين
    [few] { $n } ثوان
    [many] { $n } ثانية
   *[other] { $n } ثانية
}
span-beats = { $n ->
    [one] نبضة واحدة
    [two] نبضتان
    [few] { $n } نبضات
    [many] { $n } نبضة
   *[other] { $n } نبضة
}
rate-year = { $n } في السنة
rate-day = { $n } في اليوم

## الأسماء في الملفات
term = { $name ->
    [brake] الكبح
    [reply] مهلة الرد
    [notice] الإشعار
    [complaint] مهلة الشكوى
    [duration] المدة
    [lasts] المدة
    [renewal] التجديد
    [renewal-before] مهلة التأكيد قبل النهاية
    [batching] تجميع البلاغات
    [read-back] تأكيد الفهم
    [courier] الوسيط
    [channel] القناة
   *[other] ?
}
courier = { $name ->
    [faithful] وسيط أمين
    [slow] وسيط بطيء
    [biased] وسيط منحاز
    [faithless] وسيط غير أمين
    [absent] وسيط غائب
    [none] بلا قناة
   *[other] ?
}
value = { $name ->
    [yes] نعم
    [no] لا
    [true] نعم
    [false] لا
    [on] نعم
    [off] لا
    [none] لا شيء
    [unforgiving] لا تغتفر
    [generous] سخية
    [contrite] نادمة
    [trigger] قاعدة زناد
    [bayesian] عتبة بايزية
    [bayes] عتبة بايزية
    [first] الجانب الأول
    [second] الجانب الثاني
    [table] جدول مكتوب
   *[other] ?
}
variant = { $name ->
    [plain] النص كما هو
    [channel] مع القناة
    [with-channel] مع القناة
    [without-channel] بلا قناة
    [no-channel] بلا قناة
   *[other] ?
}
cause = { $name ->
    [false-alarm] إنذار كاذب
    [accident] حادث عرضي
    [non-party] فعل غير الأطراف
    [breach] خرق حقيقي
    [notice] إشعار بالإنهاء
    [lapse] انقضاء بلا تجديد
   *[other] ?
}
parameter = { $name ->
    [years] الأفق
    [channel-kind] الوسيط
    [channel-towards] الجانب الذي ينحاز إليه وسيط منحاز
    [rule] قاعدة القرار
    [table] جدول قرارات مكتوب
    [channel-beat-seconds] نبضة المرحّل
    [channel-grace-beats] مهلة بعد الانتهاء
    [channel-delay-beats] تأخر إضافي حتى ختم الفعل
    [channel-loss] الفقد على القناة
    [channel-resend-beats] انتظار قبل إعادة الإرسال
    [channel-courier-hours] الوقت الذي ينقل فيه الوسيط الكلام
    [channel-garbles] كلام يصل على غير فهمه
    [channel-read-back] تأكيد الفهم
    [channel-read-back-hours] الوقت الذي يضيفه تأكيد الفهم
    [channel-read-back-catches] سوء فهم يصححه تأكيد الفهم
    [channel-slow-factor] بطء وسيط بطيء
    [channel-bias-drops] كلام يسقطه وسيط منحاز
    [channel-bias-factor] بطء وسيط منحاز
    [channel-withholds] كلام يحجبه وسيط غير أمين
    [channel-alters] كلام يغيره وسيط غير أمين
    [channel-absent-from-days] الوقت الذي يغيب الوسيط بعده
    [channel-absent-stretch-days] فترات غياب الوسيط
    [channel-present-stretch-days] فترات حضور الوسيط
    [false-alarms-per-year] الإنذارات الكاذبة
    [accidents-per-year] الحوادث العرضية
    [non-party-acts-per-year] أفعال غير الأطراف
    [opportunities-per-year] فرص الكسب بخرق
    [false-alarm-burst] إنذارات كاذبة يجرها كل إنذار
    [accident-burst] حوادث يجرها كل حادث
    [non-party-burst] أفعال يجرها كل فعل لغير الأطراف
    [opportunity-burst] فرص تجرها كل فرصة
    [burst-days] الوقت الذي يجر بعده أحدها الآخر
    [notices-false-alarm] إنذارات كاذبة تبلغ أصحاب القرار
    [notices-accident] حوادث تُلاحظ
    [notices-non-party-act] أفعال لغير الأطراف تُلاحظ
    [notices-breach] خروق تُلاحظ
    [noticing-hours] الوقت حتى تُلاحظ الواقعة
    [attribution-false-alarm-breach] إنذار كاذب يُعد خرقا
    [attribution-false-alarm-accident] إنذار كاذب يُعد حادثا عرضيا
    [attribution-false-alarm-non-party] إنذار كاذب يُعد فعلا لغير الأطراف
    [attribution-false-alarm-nothing] إنذار كاذب يُعرف أنه لا شيء
    [attribution-accident-breach] حادث عرضي يُعد خرقا
    [attribution-accident-accident] حادث عرضي يُعرف على حقيقته
    [attribution-accident-non-party] حادث عرضي يُعد فعلا لغير الأطراف
    [attribution-accident-nothing] حادث عرضي يُعد لا شيء
    [attribution-non-party-breach] فعل لغير الأطراف يُعد خرقا
    [attribution-non-party-accident] فعل لغير الأطراف يُعد حادثا عرضيا
    [attribution-non-party-non-party] فعل لغير الأطراف يُعرف على حقيقته
    [attribution-non-party-nothing] فعل لغير الأطراف يُعد لا شيء
    [attribution-breach-breach] خرق يُعرف على حقيقته
    [attribution-breach-accident] خرق يُعد حادثا عرضيا
    [attribution-breach-non-party] خرق يُعد فعلا لغير الأطراف
    [attribution-breach-nothing] خرق يُعد لا شيء
    [second-look] إنذارات كاذبة يكشفها موظفوه
    [second-look-hours] الوقت الذي يكشفها فيه موظفوه
    [hair-trigger] التصرف فورا عند الإنذار
    [patience-hours] الصبر على إنذار لا يفسره أحد
    [waits-for-reply] الانتظار حتى نهاية مهلة الرد
    [honours-brake] الانتظار ما دام الكبح قائما
    [opens-above] اعتقاد يُفتح فوقه حادث
    [urgent-above] اعتقاد يكون الحادث فوقه عاجلا
    [lawful] إشعار حيث كان سيتصرف فورا
    [convinced] اعتقاد يُعد اقتناعا
    [generosity] خروق تتجاوز عنها قاعدة سخية
    [trigger-days] مدة تعليق ضبط النفس بالزناد
    [threshold] اعتقاد يُترك فوقه ضبط النفس
    [standing-days] تذكّر خطأ ارتكبه هو
    [suspended-strikes-per-year] ضربات أثناء التعليق
    [finding-out-hours] وقت معرفة ما فعله رجاله
    [works-to-deadline] حصة من مهلة الرد الباقية يستغرقها أيضا
    [answers] الرد أصلا
    [provisional] رد جزئي عند نهاية المهلة
    [convinces] توضيحات صادقة تقنع
    [admits] خروق يُقر بها
    [self-reports] حوادثه التي يبلغ عنها دون سؤال
    [credence] التصديق الذي يبدأ به
    [worth-of-words] وزن توضيح مقنع
    [worth-of-code] وزن رد في السجل
    [worth-of-silence] وزن الصمت بعد المهلة
    [worth-of-admission] وزن الإقرار
    [trust-gain] ثقة يكسبها أمر فُسر
    [trust-loss] ثقة يبقيها أمر لم يُفسر
    [quiet-days] الوقت الذي ينتصف فيه وزن ما تُعلم
    [temptation] عائد كسر ضبط النفس وحده
    [reward] عائد التزام الجانبين
    [punishment] العائد بلا ضبط نفس
    [sucker] العائد حين يكسره الآخر وحده
    [advantage-days] مدة بقاء الميزة
    [impatience-per-year] نفاد الصبر
    [feared-breaks-per-year] خروق يخشاها من الآخر
    [strong] الاحتمال القبلي أن يكون قويا
    [strong-temptation] إغراء الجانب القوي، مضاعفا
    [open-breach] خروق بينة ينتهي بها ضبط النفس
    [threatens] تهديدات علنية بسبب إنذار
    [audience-cost] كلفة عدم تنفيذ تهديد علني
    [forgets] نسيان التأكيد من جديد
    [grudge] الامتناع عن التأكيد بسبب أمر
    [grudge-days] مدة المؤاخذة بأمر
    [renewal-lead-hours] كم قبل الأجل يؤكد من جديد
    [question-cost-per-day] كلفة يوم موضع تساؤل
    [alarm-cost] كلفة إنذار بلا سبب
   *[other] ?
}
of-side = { $side ->
    [first] { $what } (الجانب الأول)
   *[second] { $what } (الجانب الثاني)
}
