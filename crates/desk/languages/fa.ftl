# No speaker has reviewed this translation yet.
# The words of the desk. Every language has every message, with the same variables and the same cases: the build checks it.
# Quiet words. In the gentlemen's form and in the intermediary's voice: assures, in effect, discontinue; never agree, shall, enter into force.

## The house

app = Backchannel
language-name = فارسی
skip-to-content = رفتن به محتوا
menu = صفحه‌ها
intermediary = میانجی
utc = UTC
none = هیچ
not-yet = هنوز نه
unknown = نامعلوم
back = بازگشت
yes = بله
no = خیر
more = بیشتر
older = قدیمی‌تر
newer = تازه‌تر
close-it = بستن
print = چاپ
not-kept = متن آن دیگر در اینجا نگه‌داری نمی‌شود.
hidden-for-sharing = تا زمانی که صفحه به اشتراک گذاشته شده، پنهان است
in-english = سخن خود ایستگاه، به انگلیسی:
copied-nothing = چیزی فرستاده نشد.
optional = می‌تواند خالی بماند

## Pages

page-overview = نمای کلی
page-dispatches = پیام‌های رسمی
page-write = نگارش
page-notify = اطلاع یا پرسش
page-convey = انتقال
page-understandings = تفاهم‌ها
page-incidents = رویدادها
page-line = خط
page-people = افراد
page-public = سخنان علنی
page-claims = ادعاها
page-record = پرونده
page-settings = تنظیمات

## Top of every page

beat-now = تپش { $k }
beat-of = تپش { $k }
beat-none = هنوز تپشی نیست
line-state = { $state ->
    [up] خط وصل است
    [catching-up] در حال رسیدن به تپش جاری
    [joining] در حال پیوستن
    [removed] از کانال حذف شده
   *[down] خط قطع است
}
side-and-role = { $label } · { $role ->
    [head] رئیس هیئت
    [principal] مقام ارشد
    [envoy] فرستاده
    [observer] ناظر
   *[intermediary] میانجی
}
role = { $role ->
    [head] رئیس هیئت
    [principal] مقام ارشد
    [envoy] فرستاده
    [observer] ناظر
   *[intermediary] میانجی
}
hide-content = پنهان کردن محتوا
show-content = نمایش محتوا
content-is-hidden = محتوا پنهان است. هیچ‌یک از گفته‌ها در این صفحه نیست.
lock-now = قفل کردن
shortcuts = کلیدها
connection-lost = میز کار پاسخ نمی‌دهد. آنچه می‌نویسید در این صفحه می‌ماند. با بازگشت میز کار، کار خودبه‌خود ادامه می‌یابد.
station-silent = ایستگاه پاسخ نمی‌دهد. شاید تپش آن ایستاده باشد. آنچه می‌نویسید در اینجا می‌ماند.
station-silent-hint = آن را با این فرمان راه بیندازید: backchannel station run
page-is-stale = آنچه در اینجا دیده می‌شود شاید قدیمی باشد.

## Entering

enter-title = ورود به میز کار
enter-code = کد پیوند شما
enter-go = ورود
enter-refused = این پیوند پیش‌تر به کار رفته یا بیش از حد قدیمی است.
enter-refused-hint = اجرا کنید: backchannel desk
enter-why = هر پیوند میز کار را یک بار و در یک مرورگر باز می‌کند.

## Locked

locked-title = ایستگاه قفل است
locked-what = تپش ادامه دارد و آنچه می‌رسد ناخوانده نگه داشته می‌شود. طرف دیگر می‌بیند که ایستگاه شما قفل است.
passphrase = گذرواژه
unlock = گشودن قفل
unlock-wait = گشودن قفل حدود یک ثانیه زمان می‌برد.
locked-arrivals = آنچه رسیده است، پیش از گشودن قفل نشان داده نمی‌شود.

## Overview

ov-line = خط
ov-in-force = برقرار
ov-clocks = مهلت‌های جاری
ov-needs-me = در انتظار شما
ov-recent = به‌تازگی
ov-nothing-in-force = تفاهمی برقرار نیست.
ov-no-clocks = مهلتی جاری نیست.
ov-needs-nothing = اکنون چیزی در انتظار شما نیست.
ov-last-beat = آخرین تپش
ov-every = هر { $n } ثانیه یک تپش
ov-heard = آخرین بار شنیده شد
ov-side-state = { $state ->
    [here] شنیده شد
    [silent] خاموش
    [locked] شنیده شد، ایستگاه قفل است
   *[never] هنوز شنیده نشده
}
ov-until = تا
ov-no-end = تا زمانی که یکی از طرف‌ها کنار گذاشتن را اعلام کند
need-unread = { $n ->
    [one] { $n } پیام رسمی ناخوانده است
   *[other] { $n } پیام رسمی ناخوانده است
}
need-convey = { $n ->
    [one] { $n } پیام رسمی در انتظار انتقال است
   *[other] { $n } پیام رسمی در انتظار انتقال است
}
need-answer = پاسخی خواسته شده است
need-clarify = رویدادی در انتظار توضیح شماست
need-approve = متنی در انتظار تأیید شماست
need-try = متنی که طرف شما تأیید کرده در انتظار برقرار شدن است
need-release = پیامی در انتظار نفر دوم است: می‌توانید آن را آزاد کنید
need-roster = تغییری در هیئت در انتظار تأیید شماست
need-line-answer = آزمون خط در انتظار پاسخ یک شخص است
need-alarm = هشداری باز است
need-renew = پایانی نزدیک است و طرف شما دوباره تأیید نکرده است
need-verify = هنوز کسی از هویت طرف دیگر مطمئن نشده است
need-duty = نوبت کشیک آمادهٔ تحویل گرفتن است
need-draft = { $n ->
    [one] { $n } پیش‌نویس نگه داشته شده است
   *[other] { $n } پیش‌نویس نگه داشته شده است
}
clock-answer = موعد پاسخ
clock-brake = پایان ترمز
clock-reply = موعد توضیح
clock-end = پایان
clock-notice = اثرگذاری اعلام
clock-left = تا { $span } دیگر
clock-ago = { $span } پیش
span-days = { $n ->
    [one] { $n } روز
   *[other] { $n } روز
}
span-hours = { $n ->
    [one] { $n } ساعت
   *[other] { $n } ساعت
}
span-minutes = { $n ->
    [one] { $n } دقیقه
   *[other] { $n } دقیقه
}
span-seconds = { $n ->
    [one] { $n } ثانیه
   *[other] { $n } ثانیه
}

## Words of dispatches

form = { $form ->
    [oral-message] پیام شفاهی
    [note-of-oral-message] یادداشت پیام شفاهی
    [non-paper] نان‌پیپر
    [aide-memoire] یادداشت یادآوری (aide-memoire)
    [bout-de-papier] تکه‌کاغذ (bout de papier)
    [note-verbale] یادداشت رسمی (note verbale)
    [notification] اطلاع‌رسانی
   *[other] پیام رسمی
}
form-rule = { $form ->
    [oral-message] میانجی آن را شفاهی می‌گوید. آنچه نگه داشته می‌شود یادداشتی از آن است و برای همیشه چنین نشان‌دار می‌ماند. بدون تاریخ، عنوان و خطاب.
    [non-paper] به خواننده نه نویسنده‌ای نشان داده می‌شود، نه تاریخی و نه تعهدی.
    [aide-memoire] سوم‌شخص، تاریخ‌دار؛ بدون تعارفات، خطاب و امضا.
    [bout-de-papier] تنها واقعیت‌ها؛ بدون عنوان، تاریخ و امضا.
    [note-verbale] سوم‌شخص، رسمی‌ترین سند؛ دارای خطاب.
   *[other] پیامی بر پایهٔ یک الگو یا شماره‌ای از کتابچهٔ رمز.
}
kind = { $kind ->
    [conveyance] منتقل‌شده از سوی میانجی
    [read-back] بازگویی
   *[dispatch] پیام رسمی
}
precedence = { $p ->
    [flash] آنی
    [immediate] فوری
    [priority] دارای اولویت
   *[routine] عادی
}
disclosure = { $d ->
    [verbatim] عین عبارت
    [in-substance] مضمون
   *[hold] نزد میانجی بماند
}
disclosure-rule = { $d ->
    [verbatim] میانجی آن را درست همان‌گونه که هست می‌رساند.
    [in-substance] میانجی می‌تواند آن را به بیان خود بگوید.
   *[hold] تنها برای میانجی. از آن فراتر نمی‌رود.
}
retention = { $r ->
    [keep] نگه‌داری می‌شود
    [read-and-return] خوانده و بازگردانده شود
   *[until] تا تاریخی معین نگه‌داری می‌شود
}
layer = { $layer ->
    [party-text] متن خود طرف
    [note-of-oral-message] یادداشت پیام شفاهی؛ نه متن خود طرف
    [intermediary-rendering] بیان میانجی؛ نه سخن طرف
    [read-back] آنچه فهمیده شد
    [message] پیامی بر پایهٔ الگو
   *[other] متن
}
passage-state = { $state ->
    [guarded-matched] عین عبارت، مقایسه شد و یکسان بود
    [guarded-not-yet-matched] عین عبارت، هنوز مقایسه نشده
    [no-salt-the-intermediary-s-words] گفته می‌شود عین عبارت است، اما چیزی برای مقایسه نیست: سخن میانجی دانسته شود
    [not-conveyed-verbatim] عیناً منتقل نشده
    [altered] ALTERED: آن نیست که نویسنده‌اش مهر کرد
   *[other] { $state }
}
step = { $step ->
    [sent] فرستاده شد
    [acknowledged] ایستگاهشان اعلام وصول کرد
    [read] خوانده شد
    [conveyed] منتقل شد
    [read-back] بازگو شد
    [received] ایستگاهشان اعلام وصول کرد
    [declined] پذیرفته نشد
    [answered] پاسخ داده شد
    [returned] بازگردانده شد
    [waiting] در انتظار مهر شدن
   *[other] { $step }
}
unattended = ایستگاه میانجی آن را خودکار رساند؛ در آنجا کسی آن را نخوانده بود.
by-registry = از راه دفتر ثبت رفت: هیچ شخصی از سوی میانجی آن را نرساند.
unreviewed-translation = هیچ گویندهٔ این زبان این ترجمه را بازبینی نکرده است.
late-by = { $span } دیرتر
early-by = { $span } زودتر
beyond = بیرون از آنچه هر دو طرف نام بردند

## Dispatches

dp-none = چیزی نرسیده و چیزی فرستاده نشده است.
dp-opening = با باز کردن یک پیام رسمی، فرستنده آگاه می‌شود که آن را خوانده‌اید.
dp-all = همه
dp-unread = ناخوانده
dp-sent = فرستاده‌شده
dp-unread-mark = ناخوانده
dp-altered = یک بخش ALTERED است
dp-answered = پاسخ داده شد
dp-reply-by = پاسخ خواسته شده تا
dp-overdue = پاسخ خواسته شده بود تا
dp-from = از
dp-room = اتاق
dp-vouching = تنها میانجی گواه هویت طرف دیگر است.
dp-passage-n = بخش { $n }
dp-path = مسیر آن
dp-receipts = رسیدها
dp-who = چه کسی
dp-what = چه چیزی
dp-at = زمان
dp-told = به گفتهٔ میانجی
dp-not-sealed = در اینجا پایدار ذخیره شده است. با تپش‌های بعدی می‌رود؛ پیش از آنکه زیر تپش خود جای گیرد، چیزی فرستاده نمی‌شود.
dp-waits-registry = در انتظار است تا دفتر ثبت مهرهای آن را داشته باشد.
dp-read-back = بازگویی
dp-read-back-why = آنچه را فهمیده‌اید به بیان خود بگویید. طرف دیگر آن را کنار آنچه منظور بود می‌بیند.
dp-read-back-do = ارسال بازگویی
dp-return = بازگرداندن
dp-return-why = برای خواندن امانت داده شده بود. بازگرداندن، متن آن را در اینجا پاک می‌کند و این را به فرستنده می‌گوید.
dp-return-do = پاک کردن در اینجا و بازگرداندن
dp-reply = پاسخ
dp-convey = انتقال
dp-understood = آنچه فهمیده شد
dp-heading = عنوان
dp-date = تاریخ
dp-addressee = خطاب به
dp-carriage = سرنوشت آن نزد طرف دیگر
dp-clock = مهلت
dp-query-state = { $state ->
    [running] پاسخ در موعد خود انتظار می‌رود
    [overdue] در موعد پاسخی نرسید
   *[answered] پاسخ داده شد
}

## Writing

wr-title = پیام رسمی
wr-answers = در پاسخ به
wr-to = به
wr-to-delegation = هیئت خودتان
wr-to-intermediary = تنها میانجی
wr-to-party = { $party }، از راه میانجی
wr-form = قالب
wr-precedence = فوریت
wr-retention = نگه‌داری
wr-until = نگه‌داری تا (UTC)
wr-reply-by = پاسخ خواسته می‌شود تا (UTC)
wr-passage = بخش { $n }
wr-disclosure = آنچه میانجی می‌تواند با آن بکند
wr-text-in = متن به زبان { $language }
wr-add-passage = افزودن بخش
wr-remove-passage = برداشتن این بخش
wr-add-language = افزودن زبان
wr-remove-language = برداشتن این زبان
wr-language = زبان
wr-send = ارسال
wr-draft-kept = پیش‌نویس در مخزن امن نگه داشته شد، { $time }
wr-draft-not-kept = هنوز نگه داشته نشده
wr-draft-drop = دور انداختن پیش‌نویس
wr-drafts = پیش‌نویس‌ها
wr-findings = آنچه قواعد می‌گویند
wr-no-findings = قواعد قالب رعایت شده است.
wr-seen = آنچه طرف دیگر خواهد دید
wr-seen-intermediary = آنچه میانجی خواهد دید
wr-seen-delegation = آنچه هیئت شما خواهد دید
wr-seen-held = هیچ چیز از این بخش.
wr-seen-substance = آنچه میانجی به بیان خود از آن می‌گوید.
wr-seen-author = به آنان نشان داده می‌شود که از سوی { $party } است.
wr-seen-no-author = نه نویسنده‌ای به آنان نشان داده می‌شود و نه تاریخی.
wr-leaves = زودترین زمان رفتن آن تپش { $k } است
wr-leaves-registry = و اگر بخش‌هایی عیناً رسانده می‌شود، پس از آنکه دفتر ثبت مهرهای آن‌ها را داشته باشد
wr-nothing-yet = هنوز چیزی نوشته نشده است.

## Conveyance

cv-title = میز انتقال
cv-none = چیزی در انتظار انتقال نیست.
cv-waiting = برای انتقال
cv-done = منتقل‌شده
cv-to = به نشست جداگانهٔ { $party }
cv-original = آنچه به شما سپرده شد
cv-goes = آنچه می‌رود
cv-verbatim-goes = همان‌گونه که هست می‌رود.
cv-substance-goes = تنها به بیان شما می‌رود، در زیر.
cv-hold-stays = نزد شما می‌ماند. نمی‌تواند برود.
cv-rendering = بیان شما به زبان { $language }
cv-rendering-why = به آنان به عنوان سخن شما نشان داده می‌شود، هرگز نه سخن طرف. ایستگاه شما شش واژهٔ پیاپی از بخش نگه‌داشتنی را رد می‌کند؛ بازگفتن همان معنا با واژه‌های دیگر را نمی‌تواند دریابد.
cv-convey = انتقال
cv-refused = رد شد: آنچه را نزد میانجی می‌ماند منتقل می‌کرد.
cv-read-backs = بازگویی‌ها

## Messages by template

nt-title = اطلاع یا پرسش
nt-why = بی‌نیاز از نگارش و ترجمه: هر دو طرف الگوهای یکسان دارند. بی‌درنگ می‌رود.
nt-templates = الگوها
nt-codebook = کتابچهٔ رمز
nt-asks = پاسخ می‌خواهد
nt-number = شماره
nt-to = به
nt-send = ارسال
nt-field-hint = { $type ->
    [instant] به وقت UTC: 2026-11-25T12:00Z
    [window] به وقت UTC: 2026-12-01T06:00Z included to 2026-12-03T06:00Z excluded
    [place] با نشان N/S و E/W: 36°30'N 12°15'E
    [area] مانند circle 36.5N 12.25E 5km یا polygon 36N 12E; 36N 13E; 37N 12E
    [track] با نشان N/S و E/W: 36N 12E; 36N 13E
    [distance] با یکای km: 40 km
    [count] عدد صحیح
    [number] عدد صحیح
    [reference] شمارهٔ یک پیام رسمی، یا آغاز آن
    [clause] شمارهٔ یک تفاهم، و یک بند
   *[line] یک سطر متن
}
nt-answers = در پاسخ به

## Understandings

un-none = هنوز متنی نیست.
un-new = متن تازه
un-new-why = متن به صورت فایل (TOML) نوشته می‌شود. قواعد هنگام نوشتن بررسی می‌شود.
un-file = متن به صورت فایل
un-lay = ارائه به طرف‌ها
un-state = { $state ->
    [draft] در دست نگارش
    [submitted] روی میز
    [frozen] تثبیت‌شده
    [approving] در دست تأیید
    [deposited] سپرده‌شده
    [in-effect] برقرار
    [in-question] محل پرسش
    [renewed] تمدیدشده
    [suspended] معلق
    [lapsed] پایان‌یافته
    [withdrawn] کنار گذاشته‌شده پس از اعلام
    [superseded] جایگزین‌شده با متنی دیگر
    [abandoned] رهاشده
    [void] به جایی نرسید
   *[other] در اینجا نامعلوم
}
un-form = { $form ->
    [joint] سند مشترک، با امضای همگان
   *[gentle] قالب نزاکتی، برای همیشه انکارپذیر
}
un-version = نسخهٔ { $n }
un-not-frozen = هنوز تثبیت نشده
un-digest = چکیدهٔ رمزی
un-words = واژه‌های چکیدهٔ رمزی
un-words-why = پیش از تأیید، این واژه‌ها را از راهی دیگر با سایر تأییدکنندگان مقایسه کنید.
un-pen = قلم در دست { $who } است
un-clause = بند
un-on-table = روی میز، تازه‌تر از آخرین نسخه
un-tab = { $tab ->
    [text] متن
    [comments] نظرها
    [versions] نسخه‌ها
    [checks] بررسی‌ها
    [approval] تأیید
    [ceremony] آیین برقراری
   *[life] دورهٔ عمر
}
un-comments-none = کسی نظر نداده است.
un-comment = نظر
un-comment-on = دربارهٔ بند { $clause }
un-comment-whole = دربارهٔ کل متن
un-comment-who-sees = دارندهٔ قلم و طرف خودتان آن را می‌بینند؛ طرف دیگر نمی‌بیند.
un-comment-send = ارسال نظر
un-diff = آنچه از نسخهٔ { $from } تا { $to } تغییر کرد
un-diff-none = چیزی تغییر نکرده است.
un-diff-one = تنها یک نسخه هست: چیزی برای مقایسه نیست.
un-gone = حذف‌شده
un-new-words = تازه
un-checks-none = قواعد ایرادی نمی‌یابند.
un-severity = { $s ->
    [refuse] اصلاح آن لازم است
   *[warn] دوباره بررسی شود
}
un-freeze = تثبیت
un-freeze-why = نسخهٔ تثبیت‌شده یک شماره و یک چکیدهٔ رمزی دارد که برای همه یکسان است. سپس تأیید آن ممکن است.
un-approve = تأیید این نسخه
un-approve-why = متنی را تأیید می‌کنید که درست همین چکیدهٔ رمزی را دارد. هنوز کسی پایبند نیست.
un-approve-passphrase = گذرواژه نشان می‌دهد که این خود شمایید.
un-take-back = پس گرفتن تأیید
un-approved-of = { $by } از { $quorum } تأیید کرده‌اند
un-you-approved = شما آن را تأیید کرده‌اید.
un-deposit = آغاز برقرار کردن
un-deposit-why = اطمینان طرف شما نزد امین می‌رود. تنها زمانی به شمار می‌آید که همه اطمینان خود را تسلیم و همه وصول را اعلام کرده باشند. تا پیش از آزاد شدن می‌توانید آن را پس بگیرید.
un-deposit-withdraw = پس گرفتن سپرده
un-ceremony = { $stage ->
    [approved] تأییدشده
    [ready] آماده
    [deposited] سپرده‌شده
    [released] آزادشده
   *[acknowledged] وصول اعلام شد
}
un-ceremony-none = هنوز کوششی نشده است.
un-ceremony-limit = مهلت امین
un-try-fate = { $fate ->
    [open] در جریان
    [settled] نهایی شد: برای همه برقرار است
    [not-acknowledged-in-time] وصول در موعد اعلام نشد: برای همه بی‌اثر
    [a-roster-changed] فهرست اعضا تغییر کرد: برای همه بی‌اثر
    [the-heads-named-it-differently] رؤسای هیئت‌ها آن را متفاوت نام بردند: برای همه بی‌اثر
   *[destroyed] نابود شد: برای همه بی‌اثر
}
un-who-can-prove = چه کسی اکنون چه چیزی را می‌تواند ثابت کند
un-prove = { $what ->
    [nothing] هیچ‌کس چیزی ندارد که چیزی را به کسی ثابت کند.
    [to-depositary] امین آنچه را تسلیم شده در دست دارد. این برای شخص ثالث چیزی را ثابت نمی‌کند و نابود یا آزاد می‌شود.
    [each-other] هر طرف اطمینان یافته است. برای شخص ثالث ارزشی ندارد: هر رئیس هیئت می‌تواند همان را به‌تنهایی بسازد.
   *[anybody] هر دارندهٔ متن امضاشده می‌تواند آن را همراه با گواهی امین به هر کس نشان دهد.
}
un-life = دورهٔ عمر بر محور زمان
un-life-now = اکنون
un-from = از
un-until = تا
un-renew = تأیید دوباره برای دوره‌ای دیگر
un-renew-why = چیزی از نو امضا نمی‌شود. اگر همهٔ طرف‌ها پیش از پایان دوباره تأیید کنند، ادامه می‌یابد.
un-reaffirmed = دوباره تأییدشده از سوی
un-withdraw = اعلام کنار گذاشتن
un-withdraw-why = پس از مدتی که متن نام می‌برد اثر می‌کند، هرگز نه بی‌درنگ. تا ترمز برقرار است، چیزی پایان نمی‌یابد.
un-withdraw-back = پس گرفتن اعلام
un-urgent = دلیل فوری
un-notice-of = اعلام { $party } اثر می‌کند از
un-held = ترمز پایان را عقب نگه می‌دارد؛ زمان پیشین پایان:
un-suspended-until = معلق تا
un-told = تأیید آگاه شدن کسانی که به آن پایبندند
un-told-zone = منطقه
un-abandon = زمین گذاشتن قلم
un-incident = گشودن رویداد
un-burned = متن آن در اینجا سوزانده شد؛ وضعیت آن نگه داشته شده است.
un-unfinished = { $party }: هنوز همهٔ کسانی که گفتهٔ آنان لازم است آن را نگفته‌اند
un-paper-title = تفاهم
un-paper-gentle = به بیان میانجی نگه داشته شده است. نسخه‌های زبان‌های نشان‌داده‌شده هم‌ارزند.
un-paper-joint = سند طرف‌ها

## Incidents

in-none = رویدادی نیست.
in-of = اقدام { $of }
in-by = مطرح‌شده از سوی { $by }
in-self = گزارش خود { $by }
in-clause = ذیل بند { $clause }
in-state = { $state ->
    [open] گشوده
    [explained] توضیح داده شد
    [contested] مورد اختلاف
    [found] یافتهٔ مشترک
   *[closed] بسته
}
in-occurred = زمان رخداد
in-opened = زمان طرح
in-answer-due = موعد توضیح
in-brake = ترمز برقرار است تا
in-brake-what = تا ترمز برقرار است، هیچ طرفی نمی‌تواند خویشتن‌داری را به استناد مفاد آن پایان دهد. ترمز پرونده را نگه می‌دارد، نه نیروها را.
in-clarified = توضیح داده‌شده به عنوان
in-answer = { $a ->
    [accident] سانحه
    [individuals] اقدام افراد، نه دولت
    [permitted] اقدام مجاز
    [denied] انکار می‌شود: اقدام ما نیست
   *[admitted] پذیرفته می‌شود
}
in-remedy = قرار است جبران شود.
in-contested-by = اعلام‌کنندهٔ اختلاف
in-findings = یافته‌ها
in-joint = یافتهٔ مشترک
in-view-of = نظر { $party }
in-established = { $e ->
    [substantiated] محرز
    [not-substantiated] محرز نشد
   *[undetermined] نامعلوم
}
in-intent = { $i ->
    [intentional] عمدی
    [accidental] تصادفی
   *[undetermined] نامعلوم
}
in-outcome = { $o ->
    [reaffirmed] دوباره تأیید شد
    [remedied] جبران شد
    [suspended] تعلیق شد
    [dropped] پیگیری نشد
    [denounced-after-notice] پس از اعلام پایان یافت
   *[unresolved] حل نشد
}
in-open = گشودن رویداد
in-open-why = یک نفر به‌تنهایی می‌تواند آن را بگشاید. ترمز از آن پس برای هر دو طرف برقرار است.
in-of-whom = اقدام چه کسی
in-own = اقدام خود ما
in-when = زمان رخداد (UTC)
in-which-clause = بند
in-not-urgent = فوری نیست: تا زمان معین متن منتظر بماند
in-do-open = گشودن رویداد و برقرار کردن ترمز
in-explain = توضیح
in-explain-do = ارسال توضیح
in-contest = اعلام اختلاف
in-find = یافته
in-find-established = واقعیت‌ها
in-find-intent = قصد
in-find-own = تنها نظر خود ما، در کنار یافتهٔ مشترک
in-find-do = ثبت یافته در پرونده
in-close = بستن
in-close-as = نتیجه
in-close-until = معلق تا (UTC)
in-close-do = بستن آن، همراه با دیگران
in-close-waits = زمانی بسته می‌شود که دیگران نیز همین را بگویند.
in-ask = پرسش یا توضیح با الگو
in-ask-why = عبارت‌های آن به شش زبان آماده است.

## The line

ln-strip = آخرین تپش‌ها
ln-strip-why = هر تپش یک نشان: مهرشده، از دست‌رفته یا هنوز نیامده.
ln-strip-said = مهرشده: { $sealed }، مهرنشده: { $missed }
ln-rooms = اتاق‌ها
ln-room = اتاق
ln-seats = جایگاه‌ها
ln-members = اعضا
ln-waiting = در انتظار رفتن
ln-room-state = { $state ->
    [in-the-room] در اتاق
    [joining] در حال پیوستن
    [returning] در حال بازگشت
   *[removed] حذف‌شده
}
ln-alarms = هشدارها
ln-no-alarms = هشداری داده نشده است.
ln-do = آنچه می‌توان کرد
ln-open = باز
ln-cleared = برطرف‌شده
ln-alarm = { $name ->
    [SILENT] به مدت { $n } تپش، تپشی یا نشانی از یک رئیس هیئت نرسیده است.
    [GAP] سلول‌هایی که یک عضو تحویل داد نرسیده است.
    [WITHHELD] سلول‌های خود شما مهر نمی‌شود.
    [SKEW] تپش و ساعت این دستگاه از هم فاصله گرفته‌اند.
    [UNREADABLE] سلول‌های یک عضو در اینجا باز نمی‌شود.
    [RESTORED] رله به وضعیتی قدیمی‌تر بازگشت.
    [CHAIN] یک تپش دنبالهٔ تپش پیشین نبود. رد شد.
    [ALTERED] بخشی که عیناً رسانده می‌شد آن نیست که نویسنده‌اش مهر کرد.
    [ALTERED-CELL] سلول دیگری در جای شما قرار دارد.
    [FORK] به دو ایستگاه تپش‌های متفاوت نشان داده شد.
    [UNANSWERED] به آزمون خط پاسخ داده نشد. هشدار علت را نمی‌گوید.
   *[other] مشاهده: { $name }.
}
ln-advice = { $name ->
    [SILENT] خط و ساعت را بررسی کنید؛ سپس از راهی دیگر بپرسید.
    [GAP] تأخیر ممکن است. اگر ادامه یافت، از راهی دیگر استفاده کنید.
    [WITHHELD] خط خود را بررسی کنید. اگر ادامه یافت، از راهی دیگر استفاده کنید.
    [SKEW] ساعت این دستگاه را بررسی کنید؛ سپس از متصدی بپرسید.
    [UNREADABLE] از راهی دیگر از آن عضو بپرسید؛ شاید پیوستن دوبارهٔ او لازم باشد.
    [RESTORED] از متصدی بپرسید. آنچه وصولش اعلام نشده بود دوباره فرستاده می‌شود.
    [CHAIN] اگر ادامه یافت، از متصدی بپرسید.
    [ALTERED] به آن تکیه نکنید. بخواهید دوباره رسانده شود.
    [ALTERED-CELL] رله درستکار نیست. از راهی دیگر به طرف دیگر خبر دهید.
    [FORK] به هیچ چیز پس از آن تکیه نکنید. پرونده‌ها را از راهی دیگر مقایسه کنید.
    [UNANSWERED] علت را حدس نزنید. از راهی دیگر بپرسید.
   *[other] سخن ایستگاه را بخوانید.
}
ln-sides = خط‌ها
ln-line-state = { $state ->
    [suspended] معلق
   *[open] باز
}
ln-suspended-by = معلق‌شده از سوی { $by }
ln-schedule = آزمون هر { $n } دقیقه
ln-next = آزمون بعدی
ln-next-by = از سوی { $by }
ln-no-schedule = برنامه‌ای برای آزمون تعیین نشده است.
ln-last-human = آخرین بار که شخصی شنیده شد
ln-checks = آزمون‌های خط
ln-no-checks = آزمونی انجام نشده است.
ln-check-made = { $made ->
    [automatic] از سوی ایستگاه
   *[person] از سوی یک شخص
}
ln-check-answered = پاسخ داده شد
ln-check-unanswered = بی‌پاسخ
ln-check-waits = در انتظار پاسخ
ln-check-now = آزمون خط
ln-answer-now = پاسخ به عنوان شخص
ln-answer-text = یک سطر متن
ln-suspend = تعلیق
ln-suspend-from = از (UTC)
ln-suspend-reason = دلیل، اگر قرار است گفته شود
ln-resume = ازسرگیری
ln-set-schedule = تعیین برنامه
ln-every = فاصلهٔ آزمون‌ها به دقیقه
ln-watch = نوبت کشیک
ln-on-duty = سر نوبت
ln-nobody = هیچ‌کس
ln-hand-over = تحویل نوبت
ln-hand-note = یادداشت برای تحویل‌گیرنده
ln-hand-open = آنچه باز مانده است
ln-take = تحویل گرفتن نوبت
ln-second = نفر دوم هر پیام به طرف دیگر را آزاد می‌کند
ln-second-on = پیام‌ها را نفر دوم آزاد می‌کند
ln-second-set = تغییر
ln-release = آزاد کردن
ln-offered = تحویل‌دهنده: { $by }
ln-no-cause = هشدار می‌گوید چه مشاهده شد، هرگز نه اینکه تقصیر کیست.

## People

pe-own = هیئت شما
pe-label = نام
pe-role = نقش
pe-invited = دعوت‌شده، هنوز نیامده
pe-expires = معتبر تا
pe-quorum = { $n ->
    [one] { $n } رئیس هیئت یا مقام ارشد تصمیم می‌گیرد
   *[other] { $n } رئیس هیئت یا مقام ارشد با هم تصمیم می‌گیرند
}
pe-proposed = تغییری در انتظار تأیید است
pe-proposed-what = { $approved } از { $needs } تأیید کرده‌اند
pe-adds = می‌افزاید
pe-removes = حذف می‌کند
pe-new-quorum = سپس { $n } نفر با هم تصمیم می‌گیرند
pe-approve = تأیید تغییر
pe-drop = انصراف از تغییر
pe-add = افزودن عضو هیئت
pe-add-do = ساختن دعوت‌نامه
pe-add-why = دعوت‌نامه محرمانه و یک‌بارمصرف است. آن را حضوری تحویل دهید.
pe-invitation = دعوت‌نامه
pe-invitation-once = تنها یک بار نشان داده می‌شود. آن را ذخیره کنید، حضوری تحویل دهید و سپس نسخهٔ خود را پاک کنید.
pe-save = ذخیره به صورت فایل
pe-remove = حذف عضو هیئت
pe-remove-who = چه کسی
pe-remove-reason = دلیل، که به هیئت شما نشان داده می‌شود
pe-remove-do = حذف از همهٔ اتاق‌ها
pe-remove-why = از تپشی که حذف در آن مهر شود، آن ایستگاه دیگر چیزی نمی‌خواند. آنچه را پیش‌تر خوانده است، دارد.
pe-set-quorum = شمار تصمیم‌گیرندگان
pe-others = طرف دیگر
pe-vouched = گواهی‌شده
pe-not-vouched = هنوز گواهی نشده
pe-verify = چه کسی پشت طرف دیگر است
pe-verify-state = { $state ->
    [only-the-intermediary-vouches] تنها میانجی گواه آن است.
    [words-offered] واژه‌ها عرضه شده و هنوز همه آن‌ها را تأیید نکرده‌اند.
    [envoy-words] با واژه‌هایی که فرستاده‌ای برد تأیید شد.
    [compared-words] با واژه‌هایی که دو رئیس هیئت مقایسه کردند تأیید شد.
   *[mismatch] واژه‌ها یکسان نیست. یا کسی اشتباه نوشته، یا کسی در میان ایستاده است.
}
pe-verify-limit = اگر کسی هرگز از این مطمئن نشود، میانجی می‌تواند نادیده میان دو طرف بایستد. یک مقایسه آن را آشکار می‌کند.
pe-words = دوازده واژه، به دست یک فرستاده
pe-words-why = یک رئیس هیئت آن‌ها را می‌سازد؛ فرستاده‌ای آن‌ها را روی کاغذ می‌برد، نه از راه میانجی؛ رئیس هیئت دیگر آن‌ها را وارد می‌کند.
pe-words-new = ساختن دوازده واژه
pe-words-shown = هم‌اکنون روی کاغذ بنویسید. تنها یک بار نشان داده می‌شود.
pe-words-enter = دوازده واژه را وارد کنید
pe-words-enter-do = وارد کردن
pe-compare = چهار واژه، مقایسه با صدا
pe-compare-why = هر دو رئیس هیئت مقایسه را باز می‌کنند و چهار واژه را از راهی که در آن یکدیگر را می‌شناسند برای هم می‌خوانند.
pe-compare-begin = باز کردن مقایسه
pe-compare-words = چهار واژهٔ شما
pe-compare-same = یکسان است
pe-compare-different = متفاوت است
pe-fingerprint = رقم‌ها، مقایسه در فرصت مناسب
pe-fingerprint-why = رقم‌های یکسان در دو سو یعنی کسی در میان نایستاده است. نشانی بر جا نمی‌گذارد.
pe-mine = شما

## Public words

pu-statements = اظهارنظرهای علنی
pu-no-statements = اظهارنظری علنی اطلاع داده نشده است.
pu-announce = اطلاع پیشاپیش از اظهارنظر
pu-mark = برداشت طرف شما از آن
pu-view = { $v ->
    [rhetoric] لفاظی سیاسی
    [not-rhetoric] بیش از لفاظی سیاسی
   *[undecided] تصمیم‌گرفته‌نشده
}
pu-noticed = پیشاپیش اطلاع داده شد
pu-not-noticed = پیشاپیش اطلاع داده نشد
pu-differ = نظر طرف‌ها متفاوت است.
pu-note = یادداشت
pu-exposures = افشای کانال
pu-no-exposures = افشایی گزارش نشده است.
pu-report = گزارش افشا
pu-lines = آنچه در پاسخ به پرسش گفته می‌شود
pu-lines-agreed = نزد هر دو طرف یکسان
pu-lines-differ = طرف‌ها عبارت یکسانی نام نبرده‌اند.
pu-existence = عبارت دربارهٔ وجود
pu-content = عبارت دربارهٔ محتوا
pu-propose = پیشنهاد عبارت
pu-corrections = اصلاح‌ها
pu-compare = مقایسهٔ متن منتشرشده با پروندهٔ شما
pu-compare-why = چیزی از این ایستگاه بیرون نمی‌رود. نشان می‌دهد چه اندازه از متن در پروندهٔ اینجا هست.
pu-published = متن منتشرشده
pu-compare-do = مقایسه
pu-found = { $found } واژه از { $words } واژه در پروندهٔ اینجا هست
pu-found-nothing = هیچ بخشی از آن در پروندهٔ اینجا نیست.

## The record

rc-why = پروندهٔ خود شما، به ترتیب: آنچه آمد، آنچه رفت و هر گام با تپش آن. آن را کنار پروندهٔ طرف دیگر بگذارید.
rc-none = پرونده خالی است.

## Settings

st-language = زبان
st-theme = روشنایی
st-theme-of = { $theme ->
    [light] روشن
    [dark] تیره
   *[auto] برابر تنظیم این دستگاه
}
st-numerals = ارقام
st-numerals-of = { $n ->
    [local] ارقام همین زبان
   *[latin] 0 تا 9
}
st-save = ذخیره
st-share = حالت اشتراک صفحه
st-share-why = تا روشن است، صفحه‌ها هیچ محتوایی ندارند: تنها قالب‌ها، وضعیت‌ها و مهلت‌ها.
st-lock = قفل
st-lock-after = قفل شدن خودکار پس از
st-lock-never = هرگز: اتاق کشیکی که هیچ‌گاه خالی نمی‌ماند
st-lock-minutes = { $n ->
    [one] { $n } دقیقه بدون فشردن کلید یا کلیک
   *[other] { $n } دقیقه بدون فشردن کلید یا کلیک
}
st-burn = سوزاندن
st-burn-what = سوزاندن، کلیدهای پروندهٔ یک روز یا همهٔ روزهای یک اتاق را در این ایستگاه نابود می‌کند.
st-burn-erases = پاک می‌کند: متن پیام‌های رسمی، انتقال‌ها، تفاهم‌ها و نظرهای آن اتاق و زمان، در اینجا.
st-burn-keeps = پاک نمی‌کند: نسخه‌های طرف دیگر؛ آنچه افراد نوشته‌اند؛ وضعیت تفاهم‌ها، که بدون عبارت‌هایش ادامه می‌یابد؛ پیش‌نویس‌ها، که یک‌به‌یک دور انداخته می‌شود.
st-burn-room = اتاق
st-burn-day = روز (UTC)
st-burn-all = همهٔ روزها
st-burn-sure = می‌دانم که بازگشت‌پذیر نیست
st-burn-do = سوزاندن
st-burned = در اینجا سوزانده شد.
st-files = الگوهای این کانال
st-files-why = الگوها و کتابچه‌های رمزی که این کانال افزون بر نمونه‌های پایه دارد.
st-stop = متوقف کردن ایستگاه
st-stop-why = جایگاه خاموش می‌شود و دیگران این را می‌بینند.
st-retention = نگه‌داری
st-retention-why = مدت نگه‌داری متن برای هر پیام رسمی هنگام نگارش آن انتخاب می‌شود.
st-sessions = این میز کار
st-leave = ترک این میز کار
st-leave-why = دیگر چیزی به این مرورگر نشان داده نمی‌شود. ایستگاه به کار خود ادامه می‌دهد.

## What the desk says of what was asked

fault-title = { $kind ->
    [refused] قاعده‌ای آن را رد می‌کند
    [usage] این فهمیده نشد
    [not-found] چیزی با این نام نیست
    [locked] ایستگاه قفل است
    [wrong-passphrase] گذرواژه نادرست است
    [unreachable] ایستگاه پاسخ نمی‌دهد
    [check-failed] یک بررسی ناموفق بود
    [csrf] صفحه بیش از حد قدیمی است
    [too-long] بیش از حد طولانی است
   *[internal] برنامه با خطا روبه‌رو شد
}
fault-hint = { $kind ->
    [refused] آنچه را عبارت زیر نام می‌برد تغییر دهید و دوباره بکوشید. چیزی فرستاده نشد.
    [usage] آنچه را عبارت زیر نام می‌برد اصلاح کنید. چیزی فرستاده نشد.
    [not-found] شاید پاک شده یا از آن ایستگاه دیگری باشد.
    [locked] قفل را بگشایید و دوباره بکوشید.
    [wrong-passphrase] دوباره بکوشید. بازیابی آن ممکن نیست.
    [unreachable] ایستگاه را راه بیندازید. آنچه نوشته‌اید در اینجا می‌ماند.
    [check-failed] عبارت زیر را ببینید.
    [csrf] صفحه را دوباره بار کنید. آنچه نوشته‌اید تا آن زمان در اینجا می‌ماند.
    [too-long] آن را کوتاه کنید. چیزی فرستاده نشد.
   *[internal] دوباره بکوشید؛ اگر باز خطا داد، آن را گزارش کنید.
}
fault-page-missing = چنین صفحه‌ای نیست
fault-door = این درخواست از صفحهٔ خود میز کار نیامده است. کاری انجام نشد.

## Keys

keys-title = کلیدها
keys-why = هنگامی کار می‌کنند که در حال نوشتن نیستید.
key-help = همین راهنما
key-goto = g و سپس یک حرف، رفتن به یک صفحه
key-next = بعدی در فهرست
key-previous = قبلی
key-open = باز کردن
key-write = نگارش پیام رسمی
key-lock = قفل کردن
key-share = پنهان کردن یا نمایش محتوا
key-escape = بستن، یا بیرون رفتن از یک کادر

## Kinds of what happened

journal = { $kind ->
    [connected] خط وصل شد
    [disconnected] خط قطع شد
    [joined] به کانال پیوست
    [room-ready] یک اتاق آماده است
    [member-joined] کسی به یک اتاق پیوست
    [member-removed] کسی حذف شد
    [removed] این ایستگاه حذف شد
    [roster] یک هیئت تغییر کرد
    [roster-proposed] تغییری در هیئت پیشنهاد شد
    [roster-approved] تغییری در هیئت تأیید شد
    [verified] هویت طرف دیگر مسلم شد
    [verify-mismatch] واژه‌ها یکسان نیست
    [received] یک پیام رسمی رسید
    [acknowledged] ایستگاهشان اعلام وصول کرد
    [sent] فرستاده شد
    [read] خوانده شد
    [conveyed] منتقل شد
    [read-back] بازگو شد
    [altered] یک بخش ALTERED است
    [matched] مقایسه شد و یکسان بود
    [not-conveyed] عیناً منتقل نشد
    [alarm] هشداری داده شد
    [alarm-cleared] هشداری برطرف شد
    [catching-up] در حال رسیدن به تپش جاری
    [caught-up] به تپش جاری رسید
    [rejoining] در حال پیوستن دوباره
    [refused] چیزی رد شد
    [returned] بازگردانده شد
    [declined] پذیرفته نشد
    [reply-soon] موعد یک پاسخ نزدیک است
    [reply-overdue] موعد یک پاسخ گذشته است
    [locked] قفل شد
    [unlocked] قفل گشوده شد
    [restored] رله بازیابی شد
    [understanding] متن یا نظر
    [ceremony] آیین برقراری پیش می‌رود
    [in-effect] برقرار شد
    [in-question] محل پرسش شد
    [suspended] معلق شد
    [ended] پایان یافت
    [reminder] یادآوری
    [undeliverable] تحویل ممکن نشد
    [burned] در اینجا سوزانده شد
    [claim] دفتر ادعاها
    [incident] رویداد
    [line-unanswered] به آزمون خط پاسخ داده نشد
    [registry-used] میانجی خاموش بود: دفتر ثبت آن را رساند
    [not-told] همهٔ کسانی که پایبندند آگاه نشده‌اند
   *[other] { $kind }
}

## Rules, and what was added last

rule = { $rule ->
    [FORM-1] پیام شفاهی تاریخ، عنوان و مخاطب ندارد.
    [FORM-2] نان‌پیپر تاریخ و مخاطب ندارد. آن‌ها را بردارید، یا یادداشت یادآوری را برگزینید.
    [FORM-3] یادداشت یادآوری تاریخ دارد: تاریخ را بنویسید.
    [FORM-4] یادداشت یادآوری مخاطب ندارد. آن را بردارید، یا یادداشت رسمی را برگزینید.
    [FORM-5] تکه‌کاغذ تاریخ، عنوان و مخاطب ندارد.
    [FORM-6] یادداشت رسمی مخاطب دارد: بنویسید خطاب به کیست.
    [FORM-7] این قالب امضا ندارد: سطری را که مانند امضاست بردارید.
    [FORM-8] این قالب تاریخ ندارد: سطر تاریخ را بردارید.
    [FORM-9] نان‌پیپر تعهدی از زبان اول شخص ندارد.
    [FORM-10] این قالب به سوم شخص نوشته می‌شود.
    [FORM-11] یادداشت یادآوری تعارف ندارد.
    [FORM-12] یادداشت یادآوری کسی را خطاب نمی‌کند.
    [FORM-13] تکه‌کاغذ تنها واقعیت‌ها را می‌گوید: این داوری یا تعهد است.
    [CHECK-1] پایان با ساعت و اختلاف آن با UTC گفته می‌شود: روز به‌تنهایی دو خوانش دارد.
    [CHECK-2] گفته نشده است که لحظهٔ پایان هنوز جزو مدت است یا نه.
    [CHECK-3] هر تعهد می‌گوید کجا و چه زمانی برقرار است.
    [CHECK-4] آنچه مجاز است آنچه را در همان جا ممنوع است در بر می‌گیرد: اقدامی محدودتر یا جای دیگری را مجاز کنید.
    [CHECK-5] اقدامی مجاز تنها با واژه‌ها بیان شده است: چیزی برای مقایسه نیست.
    [CHECK-6] گفته نشده است که دو منطقه نسبت به هم چگونه قرار دارند: بگویید که از هم جدا هستند یا نه.
    [CHECK-7] دفاع از خود، اگر به‌تنهایی گفته شود، تعهد را فرو می‌برد: بگویید در اینجا چه معنایی دارد، یا آن را بردارید.
    [CHECK-8] یک نام، اصطلاح، معنا یا بند در یکی از زبان‌ها نیست.
    [CHECK-9] پاراگراف‌ها، جاهای خالی، اصطلاح‌های نشان‌دار یا عددهای یک ترجمه با نسخهٔ زبان نگارش تفاوت دارد.
    [CHECK-10] دو واژه که با هم اشتباه گرفته می‌شود در یک زبان آمده است: هر دو را در واژه‌نامه بگذارید.
    [CHECK-11] یک اصطلاح نشان‌دار در واژه‌نامه نیست.
    [CHECK-12] یک اصطلاح فنی نه نشان‌دار است و نه در واژه‌نامه.
    [CHECK-13] واژه‌ای از معاهده نشان دارد، حال آنکه قرار است این قالب معاهده نباشد.
    [CHECK-14] کسی این ترجمه را بازبینی نکرده است.
    [CHECK-15] یک اطمینان همتای متقابل ندارد: هر طرف به هر طرفی اطمینان می‌دهد که به او اطمینان می‌دهد.
    [CHECK-16] طرف‌ها دربارهٔ اقدام‌های متفاوتی به یکدیگر اطمینان می‌دهند: مطمئن شوید که منظور همین است.
    [CHECK-17] یکی از اصطلاح‌های واژه‌نامه هنوز به تأیید همهٔ طرف‌ها نرسیده است.
    [CHECK-18] هیچ بندی این را نمی‌گوید.
    [CHECK-19] یک جای خالی پر نشده است، یا نشانه‌ای نابجا هست.
    [CHECK-20] چیزی که گفتن آن در تفاهم لازم است نیامده است.
    [CHECK-21] زمان‌ها با یکدیگر جور نیست.
    [CHECK-22] این کد هیچ اقدامی در فایل اقدام‌ها نیست.
    [CHECK-23] متنی که جایگزین متن دیگری می‌شود همه‌جا در یک لحظه آغاز می‌شود.
    [LIFE-3] این کار در وضعیت کنونی تفاهم انجام نمی‌شود، یا پیش‌تر انجام شده است.
    [LIFE-4] این شخص نمی‌تواند این کار را بکند، یا نمی‌تواند به‌تنهایی بکند.
    [LIFE-9] نسخه با شماره‌ای بالاتر از شماره‌های پیشین تثبیت می‌شود.
    [LIFE-10] تنها نسخهٔ تثبیت‌شده تأیید می‌شود، و تنها به دست کسانی که از سوی طرف تأیید می‌کنند.
    [LIFE-11] تأییدی نیست که پس گرفته شود؛ یا طرف سپرده‌ای دارد و نخست سپردهٔ خود را پس می‌گیرد.
    [LIFE-12] این کوشش نمی‌تواند آغاز شود: متن آن در اینجا نامعلوم است، یا همه پیش‌تر وصول را اعلام کرده‌اند، یا رؤسای هیئت‌ها یک چیز نمی‌گویند.
    [LIFE-13] مهلت کوشش گذشته است، یا هرگز آغاز نشده، یا شمار لازم تصمیم‌گیرندگان طرف این متن را تأیید نکرده‌اند.
    [LIFE-14] سپرده‌ای نیست که پس گرفته شود؛ آنچه آزاد شده است نه پس گرفته می‌شود و نه نابود.
    [LIFE-17] اعلام وصول دیرتر از موعد رسیده، یا چیزی آزاد نشده است: کسی پایبند نیست.
    [LIFE-19] فهرست اعضا تغییر کرد: متن از نو تثبیت می‌شود.
    [LIFE-22] چنین منطقه‌ای در مفاد متن نیست، یا هنوز همه وصول را اعلام نکرده‌اند.
    [LIFE-24] اکنون تأیید دوبارهٔ آن ممکن نیست: بیرون از بازهٔ زمانی آن است، یا کنار گذاشتن اعلام شده است، یا تمدیدی در مفاد متن نیست.
    [LIFE-25] مفاد متن چنین اعلامی را روا نمی‌دارد، یا اعلام کوتاه‌تر از مدت مفاد متن است، یا اعلامی نیست که پس گرفته شود.
    [LIFE-27] در پرونده بیش از گنجایش یک تفاهم هست، یا شمار لازمی برای تصمیم که دست‌یافتنی نیست.
    [LIFE-28] تفاهم دیگری جای آن را می‌گیرد، یا آن لحظه گذشته است.
    [INCIDENT-2] زمان واقعه بیش از حد دور است، یا در آینده است، یا بیرون از مدت برقرار بودن.
    [INCIDENT-5] این کار با طرف دیگری است، یا چنین رویدادی نیست.
    [INCIDENT-7] رویداد بسته است، یا آن لحظه گذشته است.
    [INCIDENT-9] این طرف در یک سال 64 رویداد گشوده است؛ به جای آن پیامی رسمی بفرستید.
   *[other] -
}
in-queries = پرسش‌های در انتظار
in-query-answer = پاسخ به آن با الگو
in-query-write = پاسخ به آن به بیان خود
in-query-none = پرسشی در انتظار طرف شما نیست.
st-retention-default = تنظیم پیش‌فرض هر پیام رسمی تازه
wr-kept-here = هنگام نوشتن در مخزن امن نگه داشته می‌شود و دوباره در اینجا و در صفحهٔ پیام‌های رسمی یافت می‌شود.
dp-thread = مرتبط با هم
room-name = { $room ->
    [delegation] اتاق هیئت
    [registry] دفتر ثبت
   *[caucus] نشست جداگانهٔ { $party }
}

## Rehearsal

page-rehearsal = تمرین
rh-why = شرطی را تغییر دهید و ببینید منحنی چگونه جابه‌جا می‌شود. هر دو منحنی از همان رویدادهاست.
rh-which = تفاهم
rh-none = متنی برای تمرین نیست.
rh-channel = پیک
rh-first = طرف نخست چگونه تصمیم می‌گیرد
rh-second = طرف دوم چگونه تصمیم می‌گیرد
rh-as-assumed = چنان‌که در فرض‌ها آمده
rh-model = فرض‌ها، به صورت فایل
rh-model-hint = اگر خالی بماند، همهٔ عددها نمونه‌اند. احتمال را می‌توان از دفتر ادعاهای خودتان گرفت: credence = {"{"} claim = "4f2a91c0" {"}"}. docs/spec/rehearsal.md
rh-curves = { $plain }: متن چنان‌که هست. { $changed }: چنان‌که اینجا تغییر داده شد.
rh-runs = شمار اجراهای هر کدام: { $n }؛ بازه‌ها با اطمینان { $level }.
rh-more = اجراهای بیشتر، نمودارها و صفحه‌ای برای چاپ: backchannel rehearse

## Claims

cl-why = آنچه دیگران ادعا می‌کنند، درجه‌ای که به آن داده شده، و اینکه هر یک از هیئت شما تا چه اندازه آن را باور دارد. این در اتاق هیئت شما می‌ماند. هیچ چیز به‌صرف آمدن در اینجا راست نیست.
cl-why-own = آنچه دیگران ادعا می‌کنند، درجه‌ای که به آن می‌دهید، و اینکه تا چه اندازه آن را باور دارید. این در همین ایستگاه می‌ماند. هیچ چیز به‌صرف آمدن در اینجا راست نیست.
cl-none = ادعایی در دفتر نیست.
cl-reliability = { $r ->
    [a] A: کاملا قابل اعتماد
    [b] B: معمولا قابل اعتماد
    [c] C: نسبتا قابل اعتماد
    [d] D: معمولا غیرقابل اعتماد
    [e] E: غیرقابل اعتماد
   *[f] F: نمی‌توان داوری کرد
}
cl-credibility = { $c ->
    [c1] 1: تأییدشده از منابع دیگر
    [c2] 2: احتمالا درست
    [c3] 3: شاید درست
    [c4] 4: مشکوک
    [c5] 5: بعید
   *[c6] 6: نمی‌توان داوری کرد
}
cl-reliability-of = منبع
cl-credibility-of = آنچه می‌گوید
cl-said-public = علنی گفته شد
cl-said-private = علنی گفته نشد
cl-by = واردشده از سوی
cl-amended = اصلاح شد
cl-withdrawn = پس گرفته شد
cl-source = از کجا آمده است
cl-evidence = چه شاهدی آن را تغییر می‌دهد
cl-rests = بر چه استوار است
cl-rests-hint = شمارهٔ پیام‌ها یا آغاز آن‌ها، هر سطر یکی
cl-not-here = در اینجا ثبت نیست
cl-credences = تا چه اندازه باور می‌شود
cl-no-credence = هیچ‌کس نگفته که تا چه اندازه آن را باور دارد.
cl-percent = { $n } ٪
cl-first = نخستین بار گفته شد
cl-change = { $way ->
    [up] بالاتر، پیش‌تر { $n } ٪
    [down] پایین‌تر، پیش‌تر { $n } ٪
   *[same] مانند پیش، { $n } ٪
}
cl-older = پیش از اصلاح ادعا گفته شد.
cl-enter = وارد کردن یک ادعا
cl-enter-do = وارد کردن آن
cl-who = ادعای چه کسی است
cl-who-hint = نام یک طرف، یا هر کس به زبان خودتان
cl-text = آنچه ادعا می‌شود، به زبان { $language }
cl-when = چه زمانی ادعا شد (UTC)
cl-public = علنی گفته شد
cl-statements = اظهارنظرهای علنی که بر آن‌ها استوار است
cl-statements-hint = هر یک کجا و کی گفته شد، هر سطر یکی
cl-then = تنها به هیئت شما می‌رسد و پس از مهر شدن اینجا می‌آید.
cl-believe = تا چه اندازه آن را باور دارید
cl-believe-percent = از 0 (قطعا نادرست) تا 100 (قطعا درست)
cl-because = چرا
cl-believe-do = گفتن آن
cl-amend = اصلاح آن
cl-withdraw = پس گرفتن آن
cl-withdraw-why = به‌عنوان پس‌گرفته‌شده ثبت می‌ماند.
cl-history = آنچه وارد شد، به ترتیب
cl-did = { $what ->
    [entered] آن را وارد کرد
    [amended] آن را اصلاح کرد
    [withdrawn] آن را پس گرفت
   *[believed] آن را باور دارد به اندازهٔ
}
