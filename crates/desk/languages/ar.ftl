# No speaker has reviewed this translation yet.

## The house

app = Backchannel
language-name = العربية
skip-to-content = الانتقال إلى المحتوى
menu = الصفحات
intermediary = الوسيط
utc = UTC
none = لا شيء
not-yet = ليس بعد
unknown = غير معروف
back = رجوع
yes = نعم
no = لا
more = المزيد
older = الأقدم
newer = الأحدث
close-it = إغلاق
print = طباعة
not-kept = نصها لم يعد محفوظا هنا.
hidden-for-sharing = مخفي أثناء مشاركة الشاشة
in-english = كلام المحطة نفسها، بالإنكليزية:
copied-nothing = لم يُرسل شيء.
optional = يجوز تركه فارغا

## Pages

page-overview = نظرة عامة
page-dispatches = البرقيات
page-write = كتابة
page-notify = إخطار أو استفسار
page-convey = النقل
page-understandings = التفاهمات
page-incidents = الحوادث
page-line = الخط
page-people = الأشخاص
page-public = الأقوال العلنية
page-claims = الأقوال المدعاة
page-record = سجل الوقائع
page-settings = الإعدادات

## Top of every page

beat-now = النبضة { $k }
beat-of = النبضة { $k }
beat-none = لا نبضة بعد
line-state = { $state ->
    [up] الخط متصل
    [catching-up] جار استدراك ما فات
    [joining] جار الانضمام
    [removed] أُخرجت المحطة من القناة
   *[down] الخط منقطع
}
side-and-role = { $label } · { $role ->
    [head] رئيس الوفد
    [principal] صاحب القرار
    [envoy] مبعوث
    [observer] مراقب
   *[intermediary] الوسيط
}
role = { $role ->
    [head] رئيس الوفد
    [principal] صاحب القرار
    [envoy] مبعوث
    [observer] مراقب
   *[intermediary] الوسيط
}
hide-content = إخفاء المحتوى
show-content = إظهار المحتوى
content-is-hidden = المحتوى مخفي. لا شيء مما قاله أحد يظهر في هذه الصفحة.
lock-now = القفل الآن
shortcuts = المفاتيح
connection-lost = المكتب لا يجيب. ما تكتبونه يبقى في هذه الصفحة. ويُستأنف العمل تلقائيا حين يعود المكتب.
station-silent = المحطة لا تجيب. قد تكون نبضتها توقفت. ما تكتبونه يبقى هنا.
station-silent-hint = تُشغل بالأمر: backchannel station run
page-is-stale = قد يكون المعروض هنا قديما.

## Entering

enter-title = الدخول إلى المكتب
enter-code = رمز رابطكم
enter-go = دخول
enter-refused = هذا الرابط استُعمل من قبل أو انقضى وقته.
enter-refused-hint = يُستعمل الأمر: backchannel desk
enter-why = الرابط يفتح المكتب مرة واحدة، في متصفح واحد.

## Locked

locked-title = المحطة مقفلة
locked-what = النبضة مستمرة، وما يصل يُحفظ دون قراءة. ويرى الطرف الآخر أن محطتكم مقفلة.
passphrase = عبارة المرور
unlock = فتح القفل
unlock-wait = يستغرق فتح القفل نحو ثانية.
locked-arrivals = لا يظهر شيء مما وصل قبل فتح القفل.

## Overview

ov-line = الخط
ov-in-force = ما يسري
ov-clocks = المهل الجارية
ov-needs-me = ما ينتظركم
ov-recent = آخر ما جرى
ov-nothing-in-force = ليس هناك ما يسري.
ov-no-clocks = لا مهلة جارية.
ov-needs-nothing = لا شيء ينتظركم الآن.
ov-last-beat = آخر نبضة
ov-every = نبضة كل { $n } ث
ov-heard = آخر ما سُمع
ov-side-state = { $state ->
    [here] مسموع
    [silent] صامت
    [locked] مسموع، والمحطة مقفلة
   *[never] لم يُسمع بعد
}
ov-until = حتى
ov-no-end = حتى يقدم أحد إشعارا
need-unread = { $n ->
    [one] برقية واحدة غير مقروءة
    [two] برقيتان غير مقروءتين
    [few] { $n } برقيات غير مقروءة
    [many] { $n } برقية غير مقروءة
   *[other] { $n } برقية غير مقروءة
}
need-convey = { $n ->
    [one] برقية واحدة تنتظر النقل
    [two] برقيتان تنتظران النقل
    [few] { $n } برقيات تنتظر النقل
    [many] { $n } برقية تنتظر النقل
   *[other] { $n } برقية تنتظر النقل
}
need-answer = جواب مطلوب
need-clarify = حادث ينتظر توضيحكم
need-approve = نص ينتظر موافقتكم
need-try = نص وافق عليه جانبكم ينتظر إجراءات السريان
need-release = رسالة تنتظر شخصا ثانيا: لكم أن تجيزوها
need-roster = تغيير في الوفد ينتظر موافقتكم
need-line-answer = فحص للخط ينتظر جوابا من شخص
need-alarm = إنذار مفتوح
need-renew = نهاية تقترب ولم يؤكد جانبكم من جديد
need-verify = لم يتثبت أحد بعد من هوية الطرف الآخر
need-duty = المناوبة مسلَّمة لمن يتسلمها
need-draft = { $n ->
    [one] مسودة واحدة محفوظة
    [two] مسودتان محفوظتان
    [few] { $n } مسودات محفوظة
    [many] { $n } مسودة محفوظة
   *[other] { $n } مسودة محفوظة
}
clock-answer = أجل الجواب
clock-brake = نهاية الكبح
clock-reply = أجل التوضيح
clock-end = الانتهاء
clock-notice = سريان الإشعار
clock-left = بعد { $span }
clock-ago = قبل { $span }
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

## Words of dispatches

form = { $form ->
    [oral-message] رسالة شفوية
    [note-of-oral-message] تدوين لرسالة شفوية
    [non-paper] ورقة غير رسمية
    [aide-memoire] مذكرة تذكيرية
    [bout-de-papier] قصاصة ورق
    [note-verbale] مذكرة شفوية
    [notification] إخطار
   *[other] برقية
}
form-rule = { $form ->
    [oral-message] يقولها الوسيط. وما يُحفظ هو تدوين لها، ويُعلَّم كذلك على الدوام. لا تاريخ ولا عنوان ولا مخاطَب.
    [non-paper] لا يُعرض على القارئ مؤلف ولا تاريخ ولا التزام.
    [aide-memoire] بصيغة الغائب، مؤرخة؛ دون عبارات مجاملة ولا مخاطَب ولا توقيع.
    [bout-de-papier] وقائع فقط؛ دون عنوان ولا تاريخ ولا توقيع.
    [note-verbale] بصيغة الغائب، وهي أكثر الوثائق رسمية؛ موجهة إلى مخاطَب.
   *[other] رسالة بقالب أو برقم من كتاب الرموز.
}
kind = { $kind ->
    [conveyance] منقولة عن طريق الوسيط
    [read-back] تأكيد فهم
   *[dispatch] برقية
}
precedence = { $p ->
    [flash] خاطفة
    [immediate] فورية
    [priority] ذات أولوية
   *[routine] عادية
}
disclosure = { $d ->
    [verbatim] بنصها
    [in-substance] بمضمونها
   *[hold] محجوبة
}
disclosure-rule = { $d ->
    [verbatim] ينقلها الوسيط كما هي تماما.
    [in-substance] للوسيط أن ينقل مضمونها بكلماته.
   *[hold] للوسيط وحده. لا تتجاوزه.
}
retention = { $r ->
    [keep] محفوظة
    [read-and-return] تُقرأ وتُعاد
   *[until] محفوظة حتى تاريخ
}
layer = { $layer ->
    [party-text] نص الطرف نفسه
    [note-of-oral-message] تدوين لرسالة شفوية؛ ليس نص الطرف نفسه
    [intermediary-rendering] صياغة الوسيط؛ ليست كلمات الطرف
    [read-back] ما فُهم
    [message] رسالة وفق قالبها
   *[other] نص
}
passage-state = { $state ->
    [guarded-matched] بنصها، قورنت ووُجدت مطابقة
    [guarded-not-yet-matched] بنصها، لم تُقارن بعد
    [no-salt-the-intermediary-s-words] يقال إنها بنصها، وليس هناك ما تُقارن به: تؤخذ على أنها كلمات الوسيط
    [not-conveyed-verbatim] لم تُنقل بنصها
    [altered] ALTERED: ليست ما ختمه صاحبها
   *[other] { $state }
}
step = { $step ->
    [sent] أُرسلت
    [acknowledged] أقرت محطتهم بتسلمها
    [read] قُرئت
    [conveyed] نُقلت
    [read-back] أُكد فهمها
    [received] أقرت محطتهم بتسلمها
    [declined] اعتُذر عنه
    [answered] أُجيب عنها
    [returned] أُعيدت
    [waiting] تنتظر الختم
   *[other] { $step }
}
unattended = نقلتها محطة الوسيط من تلقاء نفسها؛ ولم يكن أحد هناك قد قرأها.
by-registry = مرت عن طريق السجل: لم ينقلها شخص من جانب الوسيط.
unreviewed-translation = لم يراجع هذه الترجمة متكلم بهذه اللغة.
late-by = متأخرة بمقدار { $span }
early-by = مبكرة بمقدار { $span }
beyond = خارج ما حدده الطرفان

## Dispatches

dp-none = لم يصل شيء ولم يُرسل شيء.
dp-opening = فتح البرقية يُعلم مرسلها بأنكم قرأتموها.
dp-all = الكل
dp-unread = غير المقروءة
dp-sent = المرسلة
dp-unread-mark = غير مقروءة
dp-altered = فقرة حالتها ALTERED
dp-answered = أُجيب عنها
dp-reply-by = الجواب مطلوب في موعد أقصاه
dp-overdue = كان الجواب مطلوبا في موعد أقصاه
dp-from = من
dp-room = الغرفة
dp-vouching = لا يشهد على هوية الطرف الآخر إلا الوسيط.
dp-passage-n = الفقرة { $n }
dp-path = مسارها
dp-receipts = إشعارات التسلم
dp-who = من
dp-what = ماذا
dp-at = الوقت
dp-told = كما أخبر الوسيط
dp-not-sealed = محفوظة هنا حفظا ثابتا. تغادر مع النبضات التالية؛ ولا يُعد شيء مرسلا قبل أن يثبت تحت نبضته.
dp-waits-registry = تنتظر إلى أن تصير أختامها لدى السجل.
dp-read-back = تأكيد الفهم
dp-read-back-why = يُذكر هنا بكلماتكم ما فهمتموه. ويراه جانبهم إلى جانب المقصود.
dp-read-back-do = إرسال تأكيد الفهم
dp-return = إعادتها
dp-return-why = أُعيرت للقراءة. وإعادتها تمحو نصها هنا، وتُعلم مرسلها بذلك.
dp-return-do = محوها هنا وإعادتها
dp-reply = إجابة
dp-convey = نقل
dp-understood = ما فُهم
dp-heading = العنوان
dp-date = التاريخ
dp-addressee = المخاطَب
dp-carriage = ما آلت إليه لدى الطرف الآخر
dp-clock = المهلة
dp-query-state = { $state ->
    [running] جواب مستحق
    [overdue] لا جواب في الأجل
   *[answered] أُجيب عنه
}

## Writing

wr-title = برقية
wr-answers = ردا على
wr-to = إلى
wr-to-delegation = وفدكم
wr-to-intermediary = الوسيط وحده
wr-to-party = { $party }، عن طريق الوسيط
wr-form = الشكل
wr-precedence = الأسبقية
wr-retention = الحفظ
wr-until = تُحفظ حتى (UTC)
wr-reply-by = الجواب مطلوب في موعد أقصاه (UTC)
wr-passage = الفقرة { $n }
wr-disclosure = ما للوسيط أن يفعله بها
wr-text-in = النص بلغة: { $language }
wr-add-passage = إضافة فقرة
wr-remove-passage = حذف هذه الفقرة
wr-add-language = إضافة لغة
wr-remove-language = حذف هذه اللغة
wr-language = اللغة
wr-send = إرسال
wr-draft-kept = المسودة محفوظة في الخزانة، { $time }
wr-draft-not-kept = لم تُحفظ بعد
wr-draft-drop = التخلص من المسودة
wr-drafts = المسودات
wr-findings = ما تقوله القواعد
wr-no-findings = قواعد الشكل مراعاة.
wr-seen = ما سيراه الطرف الآخر
wr-seen-intermediary = ما سيراه الوسيط
wr-seen-delegation = ما سيراه وفدكم
wr-seen-held = لا شيء من هذه الفقرة.
wr-seen-substance = ما يصوغه الوسيط منها بكلماته.
wr-seen-author = يُعرض عليهم أنها من { $party }.
wr-seen-no-author = لا يُعرض عليهم مؤلف ولا تاريخ.
wr-leaves = تغادر في النبضة { $k } على أقرب تقدير
wr-leaves-registry = وإن كانت فيها فقرات تُنقل بنصها، فبعد أن تصير أختامها لدى السجل
wr-nothing-yet = لم يكتب شيء بعد.

## Conveyance

cv-title = مكتب النقل
cv-none = لا شيء ينتظر النقل.
cv-waiting = ما ينتظر النقل
cv-done = ما نُقل
cv-to = إلى الغرفة المنفردة للطرف { $party }
cv-original = ما سُلم إليكم
cv-goes = ما يُنقل
cv-verbatim-goes = تُنقل كما هي.
cv-substance-goes = لا تُنقل إلا بكلماتكم، أدناه.
cv-hold-stays = تبقى لديكم. لا يمكن نقلها.
cv-rendering = صياغتكم بلغة: { $language }
cv-rendering-why = تُعرض عليهم على أنها كلماتكم، لا كلمات الطرف أبدا. ترفض محطتكم ست كلمات متتالية من فقرة محجوبة؛ ولا تستطيع كشف إعادة الصياغة.
cv-convey = نقل
cv-refused = مرفوض: كان سينقل ما يبقى محجوبا.
cv-read-backs = تأكيدات الفهم

## Messages by template

nt-title = إخطار أو استفسار
nt-why = لا صياغة ولا ترجمة: لدى الجانبين القوالب نفسها. وتُرسل على الفور.
nt-templates = القوالب
nt-codebook = كتاب الرموز
nt-asks = يطلب جوابا
nt-number = الرقم
nt-to = إلى
nt-send = إرسال
nt-field-hint = { $type ->
    [instant] بتوقيت UTC، مثل 2026-11-25T12:00Z
    [window] مثل 2026-12-01T06:00Z included to 2026-12-03T06:00Z excluded
    [place] مثل 36°30'N 12°15'E
    [area] مثل circle 36.5N 12.25E 5km أو polygon 36N 12E; 36N 13E; 37N 12E
    [track] مثل 36N 12E; 36N 13E
    [distance] مثل 40 km
    [count] عدد صحيح
    [number] عدد صحيح
    [reference] رقم برقية، أو أوله
    [clause] رقم تفاهم، وبند
   *[line] سطر واحد من النص
}
nt-answers = ردا على

## Understandings

un-none = لا نص بعد.
un-new = نص جديد
un-new-why = يُكتب النص في ملف (TOML). وتُدقق القواعد أثناء الكتابة.
un-file = النص في ملف
un-lay = طرحه على الأطراف
un-state = { $state ->
    [draft] قيد الصياغة
    [submitted] مطروح
    [frozen] مثبت
    [approving] قيد الموافقة
    [deposited] مودع
    [in-effect] سار
    [in-question] موضع تساؤل
    [renewed] مجدد
    [suspended] معلق
    [lapsed] انقضى
    [withdrawn] تُرك بعد إشعار
    [superseded] حل محله نص آخر
    [abandoned] نُحي جانبا
    [void] لم يسفر عن شيء
   *[other] غير معروف هنا
}
un-form = { $form ->
    [joint] صك مشترك، يوقع معا
   *[gentle] صيغة تفاهم الشرف، قابلة للإنكار على الدوام
}
un-version = النسخة { $n }
un-not-frozen = غير مثبت بعد
un-digest = البصمة
un-words = كلمات البصمة
un-words-why = قبل الموافقة، تُقارن هذه الكلمات مع سائر من يوافقون، بطريق آخر.
un-pen = القلم لدى { $who }
un-clause = البند
un-on-table = مطروح، أحدث من آخر نسخة
un-tab = { $tab ->
    [text] النص
    [comments] الملاحظات
    [versions] النسخ
    [checks] التدقيق
    [approval] الموافقة
    [ceremony] المراسم
   *[life] مدة السريان
}
un-comments-none = لم يبد أحد ملاحظة.
un-comment = ملاحظة
un-comment-on = على البند { $clause }
un-comment-whole = على النص كله
un-comment-who-sees = يراها صاحب القلم وجانبكم؛ ولا يراها الطرف الآخر.
un-comment-send = إرسال الملاحظة
un-diff = ما تغير من النسخة { $from } إلى النسخة { $to }
un-diff-none = لم يتغير شيء.
un-diff-one = هناك نسخة واحدة: لا شيء يُقارن.
un-gone = محذوف
un-new-words = جديد
un-checks-none = لم تجد القواعد شيئا.
un-severity = { $s ->
    [refuse] لا بد من إصلاحه
   *[warn] يحسن النظر فيه ثانية
}
un-freeze = تثبيت
un-freeze-why = للنسخة المثبتة رقم وبصمة واحدان لدى الجميع. وعندئذ تمكن الموافقة عليها.
un-approve = الموافقة على هذه النسخة
un-approve-why = توافقون على النص الذي له هذه البصمة بعينها. ولا شيء يلزم أحدا بعد.
un-approve-passphrase = عبارة المرور تؤكد أنكم من يوافق.
un-take-back = سحب الموافقة
un-approved-of = وافق { $by } من { $quorum }
un-you-approved = لقد وافقتم عليه.
un-deposit = بدء إجراءات السريان
un-deposit-why = يذهب تطمين جانبكم إلى الوديع. ولا يُعتد به إلا حين يسلم الجميع تطميناتهم ويقر الجميع بتسلمها. ولكم أن تسحبوه إلى أن يُفرج عنه.
un-deposit-withdraw = سحب الإيداع
un-ceremony = { $stage ->
    [approved] وافق
    [ready] على استعداد
    [deposited] أودع
    [released] أُفرج عنه
   *[acknowledged] أقر بالتسلم
}
un-ceremony-none = لم تجر أي محاولة بعد.
un-ceremony-limit = الأجل الذي حدده الوديع
un-try-fate = { $fate ->
    [open] جارية
    [settled] تمت: سار للجميع
    [not-acknowledged-in-time] لم يُقر بالتسلم في الأجل: لاغ للجميع
    [a-roster-changed] تغيرت قائمة وفد: لاغ للجميع
    [the-heads-named-it-differently] سماه الرؤساء بتسميات مختلفة: لاغ للجميع
   *[destroyed] أُتلف: لاغ للجميع
}
un-who-can-prove = من يستطيع الآن إثبات ماذا
un-prove = { $what ->
    [nothing] ليس لدى أحد ما يثبت شيئا لأحد.
    [to-depositary] لدى الوديع ما سُلم إليه. وهو لا يثبت شيئا لغير المعنيين، ومصيره الإتلاف أو الإفراج.
    [each-other] كل جانب مقتنع. أما لغير المعنيين فلا قيمة له: فكل رئيس يستطيع أن يصنع مثله وحده.
   *[anybody] لكل من لديه النص الموقع أن يعرضه على أي كان، مع شهادة الوديع.
}
un-life = مدة السريان على خط الزمن
un-life-now = الآن
un-from = من
un-until = حتى
un-renew = تأكيده من جديد لمدة أخرى
un-renew-why = لا شيء يوقع من جديد. ويستمر إذا أكده كل طرف من جديد قبل نهايته.
un-reaffirmed = أكده من جديد
un-withdraw = تقديم إشعار
un-withdraw-why = يسري بعد المدة التي يحددها النص، ولا يسري فورا أبدا. وما دام الكبح قائما لا ينتهي شيء.
un-withdraw-back = سحب الإشعار
un-urgent = سبب عاجل
un-notice-of = سريان إشعار { $party }
un-held = الكبح يؤخر النهاية، وكان موعدها
un-suspended-until = معلق حتى
un-told = تأكيد إخبار المعنيين
un-told-zone = المنطقة
un-abandon = وضع القلم
un-incident = فتح ملف حادث
un-burned = حُرق نصه هنا؛ وحالته محفوظة.
un-unfinished = { $party }: لم يقله بعد كل من يُنتظر منهم قوله
un-paper-title = تفاهم
un-paper-gentle = محفوظ بكلمات الوسيط. والنسخ باللغات المعروضة متكافئة.
un-paper-joint = صك الأطراف

## Incidents

in-none = لا حادث.
in-of = فعل من { $of }
in-by = أثاره { $by }
in-self = أبلغ عنه { $by } من تلقاء نفسه
in-clause = بموجب البند { $clause }
in-state = { $state ->
    [open] مفتوح
    [explained] موضَّح
    [contested] معترض عليه
    [found] خلاصة مشتركة
   *[closed] مغلق
}
in-occurred = وقت الوقوع
in-opened = وقت الإثارة
in-answer-due = أجل التوضيح
in-brake = الكبح قائم حتى
in-brake-what = ما دام قائما لا يستطيع أي جانب أن ينهي ضبط النفس وفق شروطه. وهو يمسك السجل لا القوات.
in-clarified = التوضيح
in-answer = { $a ->
    [accident] حادث عرضي
    [individuals] فعل أفراد، لا فعل الدولة
    [permitted] فعل مسموح به
    [denied] منفي: ليس من فعلنا
   *[admitted] معترف به
}
in-remedy = يُجبر ضرره.
in-contested-by = اعترض عليه
in-findings = الخلاصات
in-joint = خلاصة مشتركة
in-view-of = نظرة { $party }
in-established = { $e ->
    [substantiated] ثابت
    [not-substantiated] غير ثابت
   *[undetermined] لم يتحدد
}
in-intent = { $i ->
    [intentional] متعمد
    [accidental] عرضي
   *[undetermined] لم يتحدد
}
in-outcome = { $o ->
    [reaffirmed] تأكيد من جديد
    [remedied] جبر
    [suspended] تعليق
    [dropped] صرف نظر
    [denounced-after-notice] انتهاء بعد إشعار
   *[unresolved] لم يحسم
}
in-open = فتح ملف حادث
in-open-why = لشخص واحد أن يفعل ذلك وحده. ويقوم الكبح من ذلك الحين على الجانبين.
in-of-whom = فعل من
in-own = فعلنا نحن
in-when = متى وقع (UTC)
in-which-clause = البند
in-not-urgent = ليس عاجلا: يُنتظر الوقت المحدد في النص
in-do-open = فتحه وإقامة الكبح
in-explain = توضيح
in-explain-do = إرسال التوضيح
in-contest = اعتراض
in-find = خلاصة
in-find-established = الوقائع
in-find-intent = القصد
in-find-own = نظرتنا وحدنا، إلى جانب الخلاصة المشتركة
in-find-do = تسجيل الخلاصة
in-close = إغلاق
in-close-as = النتيجة
in-close-until = معلق حتى (UTC)
in-close-do = إغلاقه مع الآخرين
in-close-waits = يُغلق حين يقول الآخرون القول نفسه.
in-ask = استفسار أو توضيح بقالب
in-ask-why = الكلمات اللازمة جاهزة بست لغات.

## The line

ln-strip = آخر النبضات
ln-strip-why = علامة لكل نبضة: مختومة، أو فائتة، أو لم تأت بعد.
ln-strip-said = مختومة: { $sealed }، غير مختومة: { $missed }
ln-rooms = الغرف
ln-room = الغرفة
ln-seats = المقاعد
ln-members = الأعضاء
ln-waiting = في انتظار المغادرة
ln-room-state = { $state ->
    [in-the-room] في الغرفة
    [joining] جار الانضمام
    [returning] جارية العودة
   *[removed] أُخرج
}
ln-alarms = الإنذارات
ln-no-alarms = لم يصدر أي إنذار.
ln-do = ما العمل
ln-open = مفتوح
ln-cleared = زال
ln-alarm = { $name ->
    [SILENT] لا نبضة، أو لا شيء من رئيس وفد، طوال نبضات عددها { $n }.
    [GAP] خلايا سلمها عضو لم تصل.
    [WITHHELD] خلايا من عندكم لا تُختم.
    [SKEW] افترقت النبضة وساعة هذا الجهاز.
    [UNREADABLE] خلايا عضو لا تُفتح هنا.
    [RESTORED] رجع المرحِّل إلى حالة أقدم.
    [CHAIN] نبضة لم تتبع سابقتها. وقد رُفضت.
    [ALTERED] فقرة تُنقل بنصها ليست ما ختمه صاحبها.
    [ALTERED-CELL] خلية أخرى تقوم في مكانكم.
    [FORK] عُرضت على محطتين نبضتان مختلفتان.
    [UNANSWERED] لم يُجب عن فحص للخط. والإنذار لا يذكر السبب.
   *[other] رُصد: { $name }.
}
ln-advice = { $name ->
    [SILENT] يُفحص الخط والساعة؛ ثم يُستفسر بطريق آخر.
    [GAP] يُتوقع التأخير. فإن استمر فبطريق آخر.
    [WITHHELD] يُفحص خطكم. فإن استمر الأمر فبطريق آخر.
    [SKEW] تُفحص ساعة هذا الجهاز؛ ثم يُسأل المشغل.
    [UNREADABLE] يُسأل العضو بطريق آخر؛ وقد يحتاج إلى الانضمام من جديد.
    [RESTORED] يُسأل المشغل. وما لم يُقر بتسلمه يُرسل من جديد.
    [CHAIN] إن استمر الأمر فيُسأل المشغل.
    [ALTERED] لا يُعتمد عليها. ويُطلب نقلها من جديد.
    [ALTERED-CELL] المرحِّل غير أمين. يُخبر الطرف الآخر بطريق آخر.
    [FORK] لا يُعتمد على شيء منذئذ. تُقارن السجلات بطريق آخر.
    [UNANSWERED] لا يُخمن السبب. يُستفسر بطريق آخر.
   *[other] يُقرأ كلام المحطة.
}
ln-sides = الخطوط
ln-line-state = { $state ->
    [suspended] معلق
   *[open] مفتوح
}
ln-suspended-by = علقه { $by }
ln-schedule = المدة بين الفحوص بالدقائق: { $n }
ln-next = الفحص التالي
ln-next-by = يجريه { $by }
ln-no-schedule = لم يوضع جدول فحوص.
ln-last-human = آخر شخص سُمع
ln-checks = فحوص الخط
ln-no-checks = لم يُجر أي فحص.
ln-check-made = { $made ->
    [automatic] من المحطة
   *[person] من شخص
}
ln-check-answered = أُجيب عنه
ln-check-unanswered = لم يُجب عنه
ln-check-waits = ينتظر جوابا
ln-check-now = فحص الخط الآن
ln-answer-now = إجابة من شخص
ln-answer-text = سطر من النص
ln-suspend = تعليق
ln-suspend-from = من (UTC)
ln-suspend-reason = السبب، إن أُريد ذكره
ln-resume = استئناف
ln-set-schedule = وضع الجدول
ln-every = المدة بين الفحوص بالدقائق
ln-watch = المناوبة
ln-on-duty = المناوب
ln-nobody = لا أحد
ln-hand-over = تسليم المناوبة
ln-hand-note = ملاحظة لمن يتسلمها
ln-hand-open = ما يبقى معلقا
ln-take = تسلم المناوبة
ln-second = كل رسالة إلى طرف آخر يجيزها شخص ثان
ln-second-on = يجيز الرسائل شخص ثان
ln-second-set = تغيير القاعدة
ln-release = إجازتها
ln-offered = سلمها { $by }
ln-no-cause = الإنذار يذكر ما رُصد، ولا يذكر أبدا من المسؤول.

## People

pe-own = وفدكم
pe-label = الاسم
pe-role = الصفة
pe-invited = دُعي ولم يحضر بعد
pe-expires = صالح حتى
pe-quorum = { $n ->
    [one] يقرر واحد من الرؤساء أو أصحاب القرار
    [two] يقرر معا اثنان من الرؤساء أو أصحاب القرار
    [few] يقرر معا { $n } من الرؤساء أو أصحاب القرار
    [many] يقرر معا { $n } من الرؤساء أو أصحاب القرار
   *[other] يقرر معا { $n } من الرؤساء أو أصحاب القرار
}
pe-proposed = تغيير ينتظر الموافقة
pe-proposed-what = وافق { $approved } من { $needs }
pe-adds = يضيف
pe-removes = يُخرج
pe-new-quorum = وعندئذ يكون عدد من يقررون معا { $n }
pe-approve = الموافقة على التغيير
pe-drop = ترك التغيير
pe-add = إضافة مندوب
pe-add-do = إعداد دعوة
pe-add-why = الدعوة سر يصلح للاستعمال مرة واحدة. تُسلم باليد.
pe-invitation = الدعوة
pe-invitation-once = تُعرض مرة واحدة. يرجى حفظها وتسليمها باليد ثم محو نسختكم.
pe-save = حفظ في ملف
pe-remove = إخراج مندوب
pe-remove-who = من
pe-remove-reason = السبب، ويُعرض على وفدكم
pe-remove-do = إخراج من كل غرفة
pe-remove-why = ابتداء من النبضة التي يُختم فيها لا تقرأ تلك المحطة شيئا بعد ذلك. وما قرأته من قبل فهو لديها.
pe-set-quorum = عدد من يقررون
pe-others = الطرف الآخر
pe-vouched = مشهود له
pe-not-vouched = غير مشهود له بعد
pe-verify = من يقف وراء الطرف الآخر
pe-verify-state = { $state ->
    [only-the-intermediary-vouches] لا يشهد عليه إلا الوسيط.
    [words-offered] عُرضت كلمات ولم يؤكدها الجميع بعد.
    [envoy-words] مؤكد بكلمات حملها مبعوث.
    [compared-words] مؤكد بكلمات قارنها رئيسان.
   *[mismatch] الكلمات غير متطابقة. أخطأ أحد في الكتابة، أو يقف أحد بين الجانبين.
}
pe-verify-limit = إن لم يتثبت أحد قط، أمكن للوسيط أن يقف بين الجانبين دون أن يُرى. ومقارنة واحدة تكشف ذلك.
pe-words = اثنتا عشرة كلمة يحملها مبعوث
pe-words-why = يعدها أحد الرئيسين؛ ويحملها مبعوث على ورق، لا عن طريق الوسيط؛ ويدخلها الرئيس الآخر.
pe-words-new = إعداد اثنتي عشرة كلمة
pe-words-shown = تُكتب الآن على ورق. وتُعرض مرة واحدة.
pe-words-enter = إدخال اثنتي عشرة كلمة
pe-words-enter-do = إدخالها
pe-compare = أربع كلمات تُقارن بالصوت
pe-compare-why = يفتح الرئيسان المقارنة، ويقرأ كل منهما الكلمات الأربع للآخر بطريق يعرف فيه أحدهما الآخر.
pe-compare-begin = فتح المقارنة
pe-compare-words = كلماتكم الأربع
pe-compare-same = متطابقة
pe-compare-different = مختلفة
pe-fingerprint = أرقام تُقارن على مهل
pe-fingerprint-why = تطابق الأرقام عند الجانبين يعني أن لا أحد يقف بينهما. ولا يترك ذلك أثرا.
pe-mine = أنتم

## Public words

pu-statements = التصريحات العلنية
pu-no-statements = لم يُعلن مسبقا أي تصريح علني.
pu-announce = إشعار مسبق بتصريح قبل الإدلاء به
pu-mark = نظرة جانبكم إليه
pu-view = { $v ->
    [rhetoric] خطاب سياسي
    [not-rhetoric] أكثر من خطاب سياسي
   *[undecided] لم يحسم
}
pu-noticed = سبقه إشعار
pu-not-noticed = لم يسبقه إشعار
pu-differ = يختلف الجانبان.
pu-note = ملاحظة
pu-exposures = انكشاف القناة
pu-no-exposures = لم يُبلغ عن أي انكشاف.
pu-report = الإبلاغ عن انكشاف
pu-lines = ما يقال عند السؤال
pu-lines-agreed = الصيغة نفسها عند الجانبين
pu-lines-differ = لم يسم الجانبان الصيغة نفسها.
pu-existence = بشأن الوجود
pu-content = بشأن المحتوى
pu-propose = اقتراح الصيغة
pu-corrections = التصحيحات
pu-compare = مقارنة نص منشور بسجلكم
pu-compare-why = لا يغادر هذه المحطة شيء. ويظهر كم من النص مثبت في السجل هنا.
pu-published = النص المنشور
pu-compare-do = مقارنة
pu-found = الكلمات المثبتة في السجل هنا: { $found } من { $words }
pu-found-nothing = لا شيء منه مثبت في السجل هنا.

## The record

rc-why = سجل وقائعكم، بالترتيب: ما جاء وما ذهب، وكل خطوة مع نبضتها. ويمكن وضعه إلى جانب سجل الطرف الآخر.
rc-none = سجل الوقائع خال.

## Settings

st-language = اللغة
st-theme = الإضاءة
st-theme-of = { $theme ->
    [light] فاتحة
    [dark] داكنة
   *[auto] كما في إعداد هذا الجهاز
}
st-numerals = الأرقام
st-numerals-of = { $n ->
    [local] أرقام اللغة
   *[latin] من 0 إلى 9
}
st-save = حفظ
st-share = وضع المشاركة
st-share-why = ما دام قائما لا تحمل الصفحات أي محتوى: الأشكال والحالات والمهل فقط.
st-lock = القفل
st-lock-after = القفل التلقائي بعد
st-lock-never = أبدا: قاعة مناوبة لا تخلو أبدا
st-lock-minutes = { $n ->
    [one] دقيقة واحدة دون ضغط مفتاح أو نقر
    [two] دقيقتين دون ضغط مفتاح أو نقر
    [few] { $n } دقائق دون ضغط مفتاح أو نقر
    [many] { $n } دقيقة دون ضغط مفتاح أو نقر
   *[other] { $n } دقيقة دون ضغط مفتاح أو نقر
}
st-burn = الحرق
st-burn-what = الحرق يتلف، في هذه المحطة، مفاتيح سجلات غرفة ليوم واحد أو لكل الأيام.
st-burn-erases = يمحو هنا: نصوص البرقيات والمنقولات والتفاهمات والملاحظات لتلك الغرفة وتلك المدة.
st-burn-keeps = لا يمحو: نسخ الطرف الآخر؛ وما دونه الناس؛ وحالة التفاهمات، وهي تستمر دون نصوصها؛ والمسودات، فهذه يُتخلص منها واحدة واحدة.
st-burn-room = الغرفة
st-burn-day = اليوم (UTC)
st-burn-all = كل الأيام
st-burn-sure = أعلم أنه لا رجوع فيه
st-burn-do = حرق
st-burned = حُرق هنا.
st-files = القوالب الخاصة بهذه القناة
st-files-why = قوالب وكتب رموز لهذه القناة إلى جانب القوالب الأساسية.
st-stop = إيقاف المحطة
st-stop-why = يصمت المقعد، ويرى الآخرون ذلك.
st-retention = الحفظ
st-retention-why = تُختار مدة حفظ النص لكل برقية عند كتابتها.
st-sessions = هذا المكتب
st-leave = مغادرة هذا المكتب
st-leave-why = لا يُعرض على هذا المتصفح شيء بعد ذلك. والمحطة مستمرة.

## What the desk says of what was asked

fault-title = { $kind ->
    [refused] ترفضه قاعدة
    [usage] لم يُفهم هذا
    [not-found] لا شيء بهذا الاسم
    [locked] المحطة مقفلة
    [wrong-passphrase] عبارة المرور خاطئة
    [unreachable] المحطة لا تجيب
    [check-failed] لم ينجح أحد الفحوص
    [csrf] انقضى وقت الصفحة
    [too-long] هذا أطول مما ينبغي
   *[internal] تعطل البرنامج
}
fault-hint = { $kind ->
    [refused] يرجى تغيير ما تذكره الكلمات أدناه ثم المحاولة من جديد. لم يُرسل شيء.
    [usage] يرجى إصلاح ما تذكره الكلمات أدناه. لم يُرسل شيء.
    [not-found] ربما مُحي، أو يعود إلى محطة أخرى.
    [locked] يُفتح القفل ثم تُعاد المحاولة.
    [wrong-passphrase] يرجى المحاولة من جديد. ولا سبيل إلى استعادتها.
    [unreachable] يرجى تشغيل المحطة. ما كتبتموه يبقى هنا.
    [check-failed] التفصيل في الكلمات أدناه.
    [csrf] يرجى تحميل الصفحة من جديد. ما كتبتموه يبقى هنا إلى ذلك الحين.
    [too-long] يرجى اختصاره. لم يُرسل شيء.
   *[internal] يرجى المحاولة من جديد؛ فإن تكرر التعطل فيرجى الإبلاغ عنه.
}
fault-page-missing = لا صفحة كهذه
fault-door = لم يأت هذا الطلب من صفحة المكتب نفسه. لم يُفعل شيء.

## Keys

keys-title = المفاتيح
keys-why = تعمل حين لا تكونون في أثناء الكتابة.
key-help = هذه القائمة
key-goto = g ثم حرف: الانتقال إلى صفحة
key-next = التالي في القائمة
key-previous = السابق
key-open = فتحه
key-write = كتابة برقية
key-lock = القفل الآن
key-share = إخفاء المحتوى أو إظهاره
key-escape = إغلاق، أو مغادرة خانة

## Kinds of what happened

journal = { $kind ->
    [connected] الخط متصل
    [disconnected] الخط منقطع
    [joined] تم الانضمام إلى القناة
    [room-ready] غرفة جاهزة
    [member-joined] انضم عضو إلى غرفة
    [member-removed] أُخرج عضو
    [removed] أُخرجت هذه المحطة
    [roster] تغير وفد
    [roster-proposed] تغيير في الوفد مقترح
    [roster-approved] تغيير في الوفد ووفق عليه
    [verified] تم التثبت من هوية الطرف الآخر
    [verify-mismatch] الكلمات غير متطابقة
    [received] وصلت برقية
    [acknowledged] أقرت محطتهم بالتسلم
    [sent] أُرسلت
    [read] قُرئت
    [conveyed] نُقلت
    [read-back] أُكد فهمها
    [altered] فقرة حالتها ALTERED
    [matched] قورنت ووُجدت مطابقة
    [not-conveyed] لم تُنقل بنصها
    [alarm] صدر إنذار
    [alarm-cleared] زال إنذار
    [catching-up] جار استدراك ما فات
    [caught-up] استُدرك ما فات
    [rejoining] جار الانضمام من جديد
    [refused] رُفض شيء
    [returned] أُعيدت
    [declined] اعتُذر عنه
    [reply-soon] أجل جواب يقترب
    [reply-overdue] فات أجل جواب
    [locked] قُفلت
    [unlocked] فُتح القفل
    [restored] استُرجعت حالة المرحِّل
    [understanding] نص أو ملاحظة
    [ceremony] المراسم جارية
    [in-effect] سار
    [in-question] موضع تساؤل
    [suspended] معلق
    [ended] انتهى
    [reminder] تذكير
    [undeliverable] تعذر التسليم
    [burned] حُرق هنا
    [claim] سجل الأقوال المدعاة
    [incident] حادث
    [line-unanswered] لم يُجب عن فحص للخط
    [registry-used] نقلها السجل متجاوزا وسيطا صامتا
    [not-told] لم يُخبر كل المعنيين
   *[other] { $kind }
}

## Rules, and what was added last

rule = { $rule ->
    [FORM-1] الرسالة الشفوية لا تحمل تاريخا ولا عنوانا ولا مخاطبا.
    [FORM-2] الورقة غير الرسمية لا تحمل تاريخا ولا مخاطبا. احذفهما أو اختر مذكرة تذكيرية.
    [FORM-3] المذكرة التذكيرية مؤرخة: اكتب التاريخ.
    [FORM-4] المذكرة التذكيرية لا تحمل مخاطبا. احذفه أو اختر مذكرة شفوية.
    [FORM-5] القصاصة لا تحمل تاريخا ولا عنوانا ولا مخاطبا.
    [FORM-6] المذكرة الشفوية موجهة: اكتب إلى من.
    [FORM-7] هذه الصيغة لا تحمل توقيعا: احذف السطر الذي يشبهه.
    [FORM-8] هذه الصيغة لا تحمل تاريخا: احذف السطر الذي هو تاريخ.
    [FORM-9] الورقة غير الرسمية لا تتضمن التزاما بصيغة المتكلم.
    [FORM-10] تكتب هذه الصيغة بضمير الغائب.
    [FORM-11] المذكرة التذكيرية خالية من عبارات المجاملة.
    [FORM-12] المذكرة التذكيرية لا تخاطب أحدا.
    [FORM-13] القصاصة تذكر الوقائع وحدها: وهذا حكم أو التزام.
    [CHECK-1] تُذكر النهاية بساعتها وفرقها عن UTC: فلليوم وحده قراءتان.
    [CHECK-2] لم يُذكر هل لحظة النهاية داخلة في المدة.
    [CHECK-3] التعهد يذكر أين ومتى يسري.
    [CHECK-4] المسموح به يشمل المحظور في المكان نفسه: يرجى السماح بفعل أضيق، أو في مكان آخر.
    [CHECK-5] فعل مسموح به وُصف بالكلمات وحدها: لا شيء يُقارن.
    [CHECK-6] لم يُذكر كيف تقع منطقتان إحداهما من الأخرى: يرجى ذكر هل هما منفصلتان.
    [CHECK-7] الدفاع عن النفس، إن ذُكر وحده، يبتلع التعهد: يرجى ذكر معناه هنا، أو حذفه.
    [CHECK-8] ينقص في إحدى اللغات اسم أو مصطلح أو معنى أو بند.
    [CHECK-9] في ترجمة فقرات أو خانات أو مصطلحات معلَّمة أو أعداد غير ما في نسخة الصياغة.
    [CHECK-10] وردت في لغة واحدة كلمتان يُخلط بينهما: يرجى وضعهما كلتيهما في المسرد.
    [CHECK-11] مصطلح معلَّم ليس في المسرد.
    [CHECK-12] مصطلح فني غير معلَّم وليس في المسرد.
    [CHECK-13] كلمة تنم عن معاهدة، ويُراد للصيغة ألا تكون معاهدة.
    [CHECK-14] لم يراجع أحد هذه الترجمة.
    [CHECK-15] تطمين لا مقابل له: كل طرف يقدم تطمينا إلى كل طرف يقدم إليه تطمينا.
    [CHECK-16] تطمئن الأطراف بعضها بعضا بشأن أفعال مختلفة: يرجى التثبت من أن هذا مقصود.
    [CHECK-17] مصطلح في المسرد لم تؤكده جميع الأطراف بعد.
    [CHECK-18] ليس هناك بند يذكر هذا.
    [CHECK-19] خانة لم تُملأ، أو علامة في غير موضعها.
    [CHECK-20] ينقص شيء مما ينبغي أن يذكره التفاهم.
    [CHECK-21] المواعيد لا يستقيم بعضها مع بعض.
    [CHECK-22] ليس هذا رمز فعل من ملف الأفعال.
    [CHECK-23] النص الذي يحل محل نص آخر يبدأ في لحظة واحدة في كل مكان.
    [LIFE-3] لا يُفعل هذا والتفاهم في حالته هذه، أو أنه فُعل من قبل.
    [LIFE-4] ليس لهذا الشخص أن يفعل هذا، أو ليس له أن يفعله وحده.
    [LIFE-9] تُثبت النسخة برقم أعلى من أرقام ما سبقها.
    [LIFE-10] لا يُوافَق إلا على النسخة المثبتة، ولا يوافق عليها إلا من يوافقون عن الطرف.
    [LIFE-11] ليست هناك موافقة تُسحب؛ أو أن الطرف أودع، فيسحب إيداعه أولا.
    [LIFE-12] لا يمكن أن تبدأ هذه المحاولة: نصها غير معروف هنا، أو أقر الجميع بالتسلم من قبل، أو لا يقول رؤساء الوفود القول نفسه.
    [LIFE-13] انقضى أجل المحاولة، أو لم تبدأ قط، أو لم يوافق على هذا النص العدد اللازم من جانب الطرف.
    [LIFE-14] ليس هناك إيداع يُسحب؛ وما أُفرج عنه لا يُسحب ولا يُتلف.
    [LIFE-17] جاء الإقرار بالتسلم بعد الأجل، أو لم يُفرج عن شيء: لا شيء يلزم أحدا.
    [LIFE-19] تغيرت قائمة وفد: يُثبت النص من جديد.
    [LIFE-22] لا تعرف الشروط منطقة كهذه، أو لم يقر الجميع بالتسلم بعد.
    [LIFE-24] لا يمكن تأكيده من جديد الآن: خارج المدة المحددة لذلك، أو قُدم إشعار، أو لا تعرف الشروط تجديدا.
    [LIFE-25] لا تجيز الشروط إشعارا كهذا، أو هو أقصر مما تحدده، أو ليس هناك إشعار يُسحب.
    [LIFE-27] في السجل أكثر مما يتسع له تفاهم، أو عدد لازم للقرار لا سبيل إلى بلوغه.
    [LIFE-28] تفاهم آخر يحل محله، أو أن اللحظة مضت.
    [INCIDENT-2] الواقعة أقدم مما ينبغي، أو في المستقبل، أو خارج مدة السريان.
    [INCIDENT-5] هذا يعود إلى طرف آخر، أو ليس هناك حادث كهذا.
    [INCIDENT-7] الحادث مغلق، أو أن اللحظة مضت.
    [INCIDENT-9] فتح هذا الطرف 64 حادثًا خلال عام؛ أرسِل برقية بدلًا من ذلك.
   *[other] -
}
in-queries = استفسارات تنتظر
in-query-answer = الإجابة عنه بقالب
in-query-write = الإجابة عنه بكلماتكم
in-query-none = لا استفسار ينتظر جانبكم.
st-retention-default = ما تُضبط عليه البرقية الجديدة
wr-kept-here = يُحفظ في الخزانة أثناء الكتابة، ويوجد من جديد هنا وفي صفحة البرقيات.
dp-thread = المتصل بها
room-name = { $room ->
    [delegation] غرفة الوفد
    [registry] السجل
   *[caucus] الغرفة المنفردة للطرف { $party }
}

## Rehearsal

page-rehearsal = تجربة مسبقة
rh-why = غيّروا شرطا وانظروا كيف يتحرك المنحنى. المنحنيان من الأحداث نفسها.
rh-which = التفاهم
rh-none = لا نص يُجرَّب.
rh-channel = حامل الرسائل
rh-first = كيف يقرر الطرف الأول
rh-second = كيف يقرر الطرف الثاني
rh-as-assumed = كما في الافتراضات
rh-model = الافتراضات، في ملف
rh-model-hint = إذا تُرك فارغا فكل الأرقام أمثلة. ويمكن أخذ احتمال من سجل الأقوال المدعاة لديكم: credence = {"{"} claim = "4f2a91c0" {"}"}. docs/spec/rehearsal.md
rh-curves = { $plain }: النص كما هو. { $changed }: كما غُيّر هنا.
rh-runs = عدد التجارب لكل منحنى: { $n }؛ بفترات ثقة { $level }.
rh-more = لمزيد من التجارب والرسوم وصفحة للطباعة: backchannel rehearse

## Claims

cl-why = ما يدّعيه الآخرون، وكيف قُدّرت درجته، وإلى أي حد يصدقه كل فرد من وفدكم. يبقى ذلك في غرفة وفدكم وحدها. ولا يصير الشيء صحيحا لأنه مدوّن هنا.
cl-why-own = ما يدّعيه الآخرون، وكيف تقدّرون درجته، وإلى أي حد تصدقونه. يبقى ذلك في هذه المحطة. ولا يصير الشيء صحيحا لأنه مدوّن هنا.
cl-none = لا قول مدعى في السجل.
cl-reliability = { $r ->
    [a] A: موثوق تماما
    [b] B: موثوق عادة
    [c] C: موثوق إلى حد ما
    [d] D: غير موثوق عادة
    [e] E: غير موثوق
   *[f] F: لا يمكن الحكم عليه
}
cl-credibility = { $c ->
    [c1] 1: أكدته مصادر أخرى
    [c2] 2: صحيح على الأرجح
    [c3] 3: قد يكون صحيحا
    [c4] 4: مشكوك فيه
    [c5] 5: مستبعد
   *[c6] 6: لا يمكن الحكم عليه
}
cl-reliability-of = المصدر
cl-credibility-of = ما يقوله
cl-said-public = قيل علنا
cl-said-private = لم يُقل علنا
cl-by = أدخله
cl-amended = عُدّل
cl-withdrawn = سُحب
cl-source = من أين جاء
cl-evidence = أي دليل يغيّر تقديره
cl-rests = ما يستند إليه
cl-rests-hint = أرقام برقيات أو بداياتها، واحد في كل سطر
cl-not-here = غير مدوّن هنا
cl-credences = إلى أي حد يُصدَّق
cl-no-credence = لم يقل أحد إلى أي حد يصدقه.
cl-percent = { $n } ٪
cl-first = قيل أول مرة
cl-change = { $way ->
    [up] ارتفع، وكان { $n } ٪
    [down] انخفض، وكان { $n } ٪
   *[same] كما كان، { $n } ٪
}
cl-older = قيل قبل أن يُعدّل القول.
cl-enter = إدخال قول مدعى
cl-enter-do = إدخاله
cl-who = لمن هذا القول
cl-who-hint = اسم طرف، أو أي أحد بعبارتكم
cl-text = ما يُدّعى، بلغة: { $language }
cl-when = متى قيل (UTC)
cl-public = قيل علنا
cl-statements = تصريحات علنية يستند إليها
cl-statements-hint = أين ومتى صدر كل منها، واحد في كل سطر
cl-then = يصل إلى وفدكم وحده، ويظهر هنا متى خُتم.
cl-believe = إلى أي حد تصدقونه
cl-believe-percent = من 0 (غير صحيح قطعا) إلى 100 (صحيح قطعا)
cl-because = لماذا
cl-believe-do = قول ذلك
cl-amend = تعديله
cl-withdraw = سحبه
cl-withdraw-why = يبقى مدوّنا على أنه مسحوب.
cl-history = ما أُدخل، بالترتيب
cl-did = { $what ->
    [entered] أدخله
    [amended] عدّله
    [withdrawn] سحبه
   *[believed] يصدقه بنسبة
}
