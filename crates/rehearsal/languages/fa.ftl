# واژه‌های گزارش شبیه‌سازی.

## چارچوب صفحه
letters = الف ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ
kind = شبیه‌سازی یک تفاهم
title = آیا این خویشتن‌داری پابرجا می‌ماند؟
notice-title = این صفحه چیزی را پیش‌بینی نمی‌کند.
notice = هر عدد آن از فرض‌هایی برمی‌آید که زیر «بر چه استوار است» آمده‌اند، و از هیچ چیز دیگر. هر جا فرض‌ها نادرست باشند، عددها هم نادرست‌اند.
notice-short = چیزی را پیش‌بینی نمی‌کند. بر فرض‌های نشان‌داده‌شده استوار است.
contents = فهرست
partial-title = محاسبه نیمه‌کاره ماند.
partial = عددها بر اجراهایی کمتر از آنچه خواسته شده بود استوارند و از این رو بازه‌هایشان پهن‌تر است.
fact-horizon = افق
fact-variants = گزینه‌ها
fact-runs = اجراهای هر گزینه
fact-level = سطح بازه‌ها
fact-seed = بذر
fact-state = کامل بودن
state-partial = نیمه‌کاره: اجراهایی کمتر از خواسته
state-whole = همهٔ اجراها انجام شد
found = چه به دست آمد
holds = خویشتن‌داری چه مدت پابرجا می‌ماند
ends = چرا پایان می‌یابد
buys = هر شرط چه به دست می‌دهد
costs = خویشتن‌داری در برابر هزینهٔ هشدارهای نادرست
remarks = آنچه خلاف آرزوست
runs = آیا شمار اجراها بس بود
rests = بر چه استوار است
oracles = سنجش با پاسخ‌های منتشرشده
again = برای ساختن دوباره

## چه به دست آمد
called = { $letter } ({ $name })
found-first = در گزینهٔ { $variant }، احتمال اینکه خویشتن‌داری یک سال پابرجا بماند { $year } است ({ $yearInterval }) و برای { $span } احتمال آن { $end } است ({ $endInterval }).
found-first-short = در گزینهٔ { $variant }، احتمال اینکه خویشتن‌داری { $span } پابرجا بماند { $end } است ({ $endInterval }).
found-cause = آنچه در آن بیش از همه پایانش می‌دهد: { $cause }، در { $share } از اجراها.
found-range = در پایان، { $best } با { $bestValue } بالاترین است و { $worst } با { $worstValue } پایین‌ترین.
found-alike = { $n ->
    [one] این اجراها { $letters } را از { $first } بازنمی‌شناسند: بازهٔ تفاوت صفر را در بر دارد.
   *[other] این اجراها { $letters } را از { $first } بازنمی‌شناسند: بازه‌های تفاوت صفر را در بر دارند.
}
between-letters = {"، "}
interval-note = زیر هر عدد بازهٔ آن در سطح { $level } آمده است. این بازه تصادف نمونه‌گیری را می‌پوشاند، نه تردید در فرض‌ها را. همهٔ گزینه‌ها با همان رویدادهای تصادفی روبه‌رو شدند، پس تفاوت‌ها از خود عددها مطمئن‌ترند.
table-variants = گزینه‌ها در کنار هم
col-variant = گزینه
col-year = یک سال پابرجا
col-end = { $span } پابرجا
col-against = تفاوت با { $first }، واحد درصد
col-question = زمان مورد تردید
col-cost = هزینهٔ سالانهٔ هشدارهای نادرست
col-runs = اجراها

## در گذر زمان
holds-read = هر خط یک گزینه است، از آغاز تا افق؛ زمان از چپ به راست می‌رود و نوار گرد آن بازهٔ آن است. خط‌ها با بریدگی و نشانه هم از یکدیگر جدا می‌شوند، نه تنها با رنگ.
holds-read-many = هر خط یک گزینه است، از آغاز تا افق؛ زمان از چپ به راست می‌رود. خط‌ها با بریدگی و نشانه هم از یکدیگر جدا می‌شوند، نه تنها با رنگ. بازه‌هایشان پایین‌تر یک‌به‌یک آمده است.
panels = یک‌به‌یک
panels-read = هر گزینه با بازهٔ آن؛ خط نازک { $first } است.
table-dates = احتمال پابرجا ماندن خویشتن‌داری تا هر زمان
table-causes = سهم اجراهایی که به هر علت پایان یافت
ends-read = هر میله یک گزینه است؛ درازای آن سهم اجراهایی است که خویشتن‌داری پیش از افق در آن‌ها پایان یافت، جدا به علت‌ها.

## شرط‌ها
buys-read = هر شرط متن و هر فرض مدل به‌تنهایی از مقدار پایین به مقدار بالا برده شد. هرچه میله درازتر، اهمیت آن بیشتر؛ خط ایستاده { $first } است. نخست شرط‌ها می‌آیند، چون می‌توان آن‌ها را برگزید؛ سپس اثرگذارترین فرض‌ها.
buys-hidden = { $n ->
    [one] { $n } فرض دیگر نتیجه را کمتر جابه‌جا می‌کند؛ عددهایش در JSON این گزارش است.
   *[other] { $n } فرض دیگر نتیجه را کمتر جابه‌جا می‌کنند؛ عددهایشان در JSON این گزارش است.
}
buys-left-out = آزموده نشد، چون یک سر دامنه با بقیه در تناقض است: { $names }.
table-tornado = احتمال پابرجا ماندن تا افق وقتی یک چیز تغییر کند
col-name = آنچه تغییر می‌کند
col-sort = نوع
col-lower = مقدار پایین
col-upper = مقدار بالا
col-holds = تا افق پابرجا
col-difference = تفاوت، به واحد درصد
sort-term = شرط
sort-assumption = فرض
key-term = شرطی از متن
key-assumption = فرضی از مدل
key-lower-upper = در مقدار پایین، در مقدار بالا
bar-label = { $name }: از { $lower } تا { $upper }
costs-read = هر نشانه یک انتخاب شرط‌هاست. روی خط آن‌هایی هستند که هیچ انتخاب دیگری در خویشتن‌داری و هزینه هر دو از آن‌ها بهتر نیست؛ هزینه به یکای خود مدل است.
costs-best = بهترین یافته در مرزهای گفته‌شده: { $terms }. با احتمال { $value } ({ $interval }) تا افق پابرجا می‌ماند، با هزینهٔ { $cost } در سال.
costs-over = با عددهای تصادفی تازه، هزینه‌اش از مرز { $limit } در سال بیشتر است. به آن تکیه نکنید.
costs-nothing = از ترکیب‌هایی که بررسی شد ({ $n })، هیچ‌کدام در هزینهٔ { $limit } در سال نمی‌گنجد.
costs-partly = ترکیب‌ها بیش از آن بود که همه بررسی شود: هر بار یک شرط تغییر داده شد، و شاید بهتر از این هم باشد.
costs-impossible = ترکیب‌هایی که با خود در تناقض‌اند و کنار گذاشته شد: { $n }.
costs-others = { $n ->
    [one] { $n } انتخاب دیگر هم بررسی شد که در هر دو بهتر نیست.
   *[other] { $n } انتخاب دیگر هم بررسی شد؛ هیچ‌یک در هر دو بهتر نیست. همه در JSON این گزارش آمده‌اند.
}
table-frontier = انتخاب‌هایی که هیچ‌چیز در هر دو از آن‌ها بهتر نیست
col-number = شماره
col-terms = شرط‌ها
key-best = بهترین یافته
no-terms = متن به همین شکل

## آنچه مدل‌ها می‌گویند
remarks-read = مدل‌ها این را هم می‌گویند، و چون کسی امیدش را نداشت نشان داده می‌شود.
remark = { $name ->
    [mediation-adds-nothing] میانجی‌گری در اینجا چیزی نمی‌افزاید: گفت‌وگوی مستقیم طرف‌ها همان را می‌دهد.
    [faster-reporting-destroys] گزارش‌دهی سریع‌تر در اینجا خویشتن‌داری را از میان می‌برد: هر گزارش بسیار کم می‌گوید و بسیاری نادرست‌اند.
    [no-trigger-holds] هیچ تهدیدی به پاسخ نقض با نقض، هر اندازه دراز، در اینجا خویشتن‌داری را نگه نمی‌دارد.
    [term-buys-nothing] شرطی چیزی به دست نمی‌دهد که این اجراها بتوانند نشان دهند.
    [channel-worsens] خویشتن‌داری در اینجا با کانال کمتر پابرجا می‌ماند تا بی آن.
   *[other] ?
}
runs-read = برآورد برای { $first } و بازهٔ آن پس از اجراهای بیشتر و بیشتر. خطی که آرام گرفته، در نواری که در برابر تفاوت‌های مهم باریک است، می‌گوید که شمار اجراها بس بوده است.
table-convergence = برآورد پس از اجراهای بیشتر و بیشتر
col-width = پهنای بازه، واحد درصد

## فرض‌ها و پاسخ‌های منتشرشده
rests-read = این‌ها فرض‌ها هستند، اثرگذارترین‌ها نخست. ستون آخر می‌گوید احتمال پابرجا ماندن چند واحد درصد جابه‌جا می‌شود وقتی فرض در دامنهٔ خود جابه‌جا شود.
rests-not-measured = این‌ها فرض‌ها هستند. اینکه کدام‌شان بیشتر اثر دارد بررسی نشد.
rests-text = متن چنان‌که هست: { $terms }.
rests-illustrative = { $n ->
    [one] { $n } فرض از { $all } منبع ندارد. نشان‌دار است و نمونه‌ای است، نه توصیف جهان.
   *[other] { $n } فرض از { $all } منبع ندارند. نشان‌دارند و نمونه‌اند، نه توصیف جهان.
}
table-assumptions = فرض‌ها
col-assumption = فرض
col-value = مقدار
col-source = منبع
col-matters = نتیجه را جابه‌جا می‌کند، واحد درصد
illustrative = برای نمونه
oracles-read = { $n ->
    [one] همین برنامه { $n } عدد را حساب می‌کند که دیگران منتشر کرده‌اند. این می‌گوید که سازوکار درست است، نه اینکه فرض‌ها درست‌اند.
   *[other] همین برنامه { $n } عدد را حساب می‌کند که دیگران منتشر کرده‌اند. این‌ها می‌گویند که سازوکار درست است، نه اینکه فرض‌ها درست‌اند.
}
oracles-failed = { $n ->
    [one] { $n } عدد نمی‌خواند. تا وقتی نخواند، بر هیچ چیز این صفحه نباید تکیه کرد.
   *[other] { $n } عدد نمی‌خوانند. تا وقتی نخوانند، بر هیچ چیز این صفحه نباید تکیه کرد.
}
table-oracles = عددهای منتشرشده و آنچه اینجا حساب شد
col-oracle = عدد و منبع
col-published = منتشرشده
col-computed = حساب‌شده
col-error = خطا
col-agrees = می‌خواند
agrees = بله
disagrees = نه
again-read = همان متن، همان مدل، همان بذر و همان شمار اجراها همان عددها را می‌دهند، روی هر دستگاه و با هر شمار هسته.

## نمودارها
axis-holds = احتمال پابرجا ماندن خویشتن‌داری
axis-holds-cut = احتمال پابرجا ماندن خویشتن‌داری؛ محور از { $from } آغاز می‌شود
axis-holds-end = احتمال پابرجا ماندن تا افق
axis-ended = سهم اجراهایی که خویشتن‌داری در آن‌ها پایان یافت
axis-cost = هزینهٔ سالانهٔ هشدارهای نادرست
axis-runs = اجراهای انجام‌شده
axis-years = سال
axis-months = ماه
axis-days = روز
plot-survival = احتمال پابرجا ماندن خویشتن‌داری در گذر زمان
plot-survival-words = { $n ->
    [1] یک منحنی از آغاز تا { $span }. در پایان در { $bestValue } است: { $best }؛ پایین‌ترین { $worstValue }: { $worst }. همهٔ عددها در جدول پس از نمودار آمده‌اند.
   *[other] { $n } منحنی، یکی برای هر گزینه، از آغاز تا { $span }. در پایان { $best } با { $bestValue } بالاترین است و { $worst } با { $worstValue } پایین‌ترین. همهٔ عددها در جدول پس از نمودار آمده‌اند.
}
plot-panel-words = { $variant } با بازهٔ آن. پس از { $span } در { $value } است ({ $interval }).
plot-causes = چرا خویشتن‌داری پایان یافت، به تفکیک گزینه
plot-causes-words = { $n ->
    [one] { $n } میله، جدا به علت‌ها. آنچه { $variant } را بیش از همه پایان می‌دهد: { $cause }، در { $value } از اجراها. همهٔ عددها در جدول پس از نمودار آمده‌اند.
   *[other] { $n } میله، یکی برای هر گزینه، جدا به علت‌ها. آنچه { $variant } را بیش از همه پایان می‌دهد: { $cause }، در { $value } از اجراها. همهٔ عددها در جدول پس از نمودار آمده‌اند.
}
plot-tornado = آنچه هر شرط و هر فرض جابه‌جا می‌کند
plot-tornado-words = { $n ->
    [one] { $n } میله. { $name }: در { $lower } خویشتن‌داری با احتمال { $lowerValue } تا افق پابرجا می‌ماند و در { $upper } با { $upperValue }. همهٔ عددها در جدول پس از نمودار آمده‌اند.
   *[other] { $n } میله، درازترین نخست. { $name }: در { $lower } خویشتن‌داری با احتمال { $lowerValue } تا افق پابرجا می‌ماند و در { $upper } با { $upperValue }. همهٔ عددها در جدول پس از نمودار آمده‌اند.
}
plot-frontier = خویشتن‌داری و هزینهٔ هشدارهای نادرست، به تفکیک انتخاب شرط‌ها
plot-frontier-words = { $n ->
    [one] { $n } انتخاب شرط‌ها که از آن‌ها { $on } را هیچ‌چیز بهتر نمی‌کند: از { $low } با هزینهٔ { $lowCost } تا { $high } با هزینهٔ { $highCost }. عددها در جدول پس از نمودار آمده‌اند.
   *[other] { $n } انتخاب شرط‌ها که از { $on }تای آن‌ها هیچ‌چیز در هر دو بهتر نیست: از { $low } با هزینهٔ { $lowCost } تا { $high } با هزینهٔ { $highCost }. عددها در جدول پس از نمودار آمده‌اند.
}
plot-convergence = برآورد پس از اجراهای بیشتر و بیشتر
plot-convergence-words = برآورد برای { $variant }. پس از { $few } اجرا بازهٔ آن { $fewInterval } بود؛ پس از { $many } اجرا { $manyInterval } است. عددها در جدول پس از نمودار آمده‌اند.
plot-empty = چیزی برای نشان دادن نیست.

## مقدارها
interval = { $low } تا { $high }
term-value = { $term } { $value }
between-terms = {"، "}
span-years = { $n ->
    [one] { $n } سال
   *[other] { $n } سال
}
span-months = { $n ->
    [one] { $n } ماه
   *[other] { $n } ماه
}
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
span-beats = { $n ->
    [one] { $n } تپش
   *[other] { $n } تپش
}
rate-year = { $n } در سال
rate-day = { $n } در روز

## نام‌ها در پرونده‌ها
term = { $name ->
    [brake] ترمز
    [reply] مهلت پاسخ
    [notice] اعلام کنار گذاشتن
    [complaint] مهلت شکایت
    [duration] مدت
    [lasts] مدت
    [renewal] تمدید
    [renewal-before] مهلت تأیید پیش از پایان
    [batching] دسته‌کردن گزارش‌ها
    [read-back] بازگویی
    [courier] میانجی
    [channel] کانال
   *[other] ?
}
courier = { $name ->
    [faithful] میانجی امین
    [slow] میانجی کند
    [biased] میانجی جانبدار
    [faithless] میانجی پیمان‌شکن
    [absent] میانجی غایب
    [none] بدون کانال
   *[other] ?
}
value = { $name ->
    [yes] بله
    [no] نه
    [true] بله
    [false] نه
    [on] بله
    [off] نه
    [none] هیچ
    [unforgiving] بی‌گذشت
    [generous] باگذشت
    [contrite] پشیمان
    [trigger] ماشه‌ای
    [bayesian] آستانهٔ بیزی
    [bayes] آستانهٔ بیزی
    [first] طرف نخست
    [second] طرف دوم
    [table] جدول نوشته
   *[other] ?
}
variant = { $name ->
    [plain] متن به همین شکل
    [channel] با کانال
    [with-channel] با کانال
    [without-channel] بدون کانال
    [no-channel] بدون کانال
   *[other] ?
}
cause = { $name ->
    [false-alarm] هشدار نادرست
    [accident] سانحه
    [non-party] اقدام غیرطرف‌ها
    [breach] نقض واقعی
    [notice] اعلام کنار گذاشتن
    [lapse] سر آمدن بدون تمدید
   *[other] ?
}
parameter = { $name ->
    [years] افق
    [channel-kind] میانجی
    [channel-towards] طرفی که میانجی جانبدار به آن می‌گراید
    [rule] قاعدهٔ تصمیم
    [table] جدول نوشتهٔ تصمیم‌ها
    [channel-beat-seconds] تپش رله
    [channel-grace-beats] مهلت پس از پایان
    [channel-delay-beats] تأخیر افزون تا مهر شدن عمل
    [channel-loss] اتلاف در کانال
    [channel-resend-beats] انتظار پیش از ارسال دوباره
    [channel-courier-hours] زمانی که میانجی سخن را می‌رساند
    [channel-garbles] سخنی که بدفهمیده می‌رسد
    [channel-read-back] بازگویی
    [channel-read-back-hours] زمانی که بازگویی می‌افزاید
    [channel-read-back-catches] بدفهمی‌هایی که بازگویی درست می‌کند
    [channel-slow-factor] کندی میانجی کند
    [channel-bias-drops] سخنی که میانجی جانبدار می‌اندازد
    [channel-bias-factor] کندی میانجی جانبدار
    [channel-withholds] سخنی که میانجی پیمان‌شکن نگه می‌دارد
    [channel-alters] سخنی که میانجی پیمان‌شکن دگرگون می‌کند
    [channel-absent-from-days] زمانی که پس از آن میانجی غایب است
    [channel-absent-stretch-days] دوره‌های غیبت میانجی
    [channel-present-stretch-days] دوره‌های حضور میانجی
    [false-alarms-per-year] هشدارهای نادرست
    [accidents-per-year] سانحه‌ها
    [non-party-acts-per-year] اقدام‌های غیرطرف‌ها
    [opportunities-per-year] فرصت‌های سود از نقض
    [false-alarm-burst] هشدارهایی که هر هشدار در پی می‌آورد
    [accident-burst] سانحه‌هایی که هر سانحه در پی می‌آورد
    [non-party-burst] اقدام‌هایی که هر اقدام غیرطرف‌ها در پی می‌آورد
    [opportunity-burst] فرصت‌هایی که هر فرصت در پی می‌آورد
    [burst-days] زمانی که یکی دیگری را در پی می‌آورد
    [notices-false-alarm] هشدارهایی که به تصمیم‌گیران می‌رسد
    [notices-accident] سانحه‌هایی که دیده می‌شود
    [notices-non-party-act] اقدام‌های غیرطرف‌ها که دیده می‌شود
    [notices-breach] نقض‌هایی که دیده می‌شود
    [noticing-hours] زمان تا دیده شدن واقعه
    [attribution-false-alarm-breach] هشدار نادرست که نقض شمرده شود
    [attribution-false-alarm-accident] هشدار نادرست که سانحه شمرده شود
    [attribution-false-alarm-non-party] هشدار نادرست که اقدام غیرطرف‌ها شمرده شود
    [attribution-false-alarm-nothing] هشدار نادرست که هیچ شمرده شود
    [attribution-accident-breach] سانحه که نقض شمرده شود
    [attribution-accident-accident] سانحه که سانحه شمرده شود
    [attribution-accident-non-party] سانحه که اقدام غیرطرف‌ها شمرده شود
    [attribution-accident-nothing] سانحه که هیچ شمرده شود
    [attribution-non-party-breach] اقدام غیرطرف‌ها که نقض شمرده شود
    [attribution-non-party-accident] اقدام غیرطرف‌ها که سانحه شمرده شود
    [attribution-non-party-non-party] اقدام غیرطرف‌ها که همان شمرده شود
    [attribution-non-party-nothing] اقدام غیرطرف‌ها که هیچ شمرده شود
    [attribution-breach-breach] نقض که نقض شمرده شود
    [attribution-breach-accident] نقض که سانحه شمرده شود
    [attribution-breach-non-party] نقض که اقدام غیرطرف‌ها شمرده شود
    [attribution-breach-nothing] نقض که هیچ شمرده شود
    [second-look] هشدارهایی که کارکنان خودش می‌یابند
    [second-look-hours] زمانی که کارکنانش می‌یابند
    [hair-trigger] دست زدن بی‌درنگ با هشدار
    [patience-hours] شکیبایی با هشدار بی‌توضیح
    [waits-for-reply] انتظار تا پایان مهلت پاسخ
    [honours-brake] انتظار تا ترمز برقرار است
    [opens-above] باوری که بالاتر از آن رویداد می‌گشاید
    [urgent-above] باوری که بالاتر از آن رویداد فوری است
    [lawful] اعلام به جای دست زدن بی‌درنگ
    [convinced] باوری که یقین شمرده شود
    [generosity] نقض‌هایی که قاعدهٔ باگذشت می‌بخشد
    [trigger-days] مدتی که ماشه خویشتن‌داری را معلق می‌کند
    [threshold] باوری که بالاتر از آن خویشتن‌داری را وامی‌نهد
    [standing-days] یاد خطای خود
    [suspended-strikes-per-year] ضربه‌ها هنگام تعلیق
    [finding-out-hours] زمان دانستن آنچه افرادش کردند
    [works-to-deadline] سهمی از مهلت ماندهٔ پاسخ که می‌گیرد
    [answers] اصل پاسخ دادن
    [provisional] پاسخ ناتمام در پایان مهلت
    [convinces] توضیح‌های راست که قانع می‌کند
    [admits] نقض‌هایی که پذیرفته می‌شود
    [self-reports] سانحه‌های خود که ناپرسیده گزارش شود
    [credence] باوری که با آن آغاز می‌کند
    [worth-of-words] وزن توضیح قانع‌کننده
    [worth-of-code] وزن پاسخ در دفتر ثبت
    [worth-of-silence] وزن خاموشی پس از مهلت
    [worth-of-admission] وزن پذیرش
    [trust-gain] اعتمادی که ماجرای روشن‌شده می‌افزاید
    [trust-loss] اعتمادی که ماجرای ناروشن می‌گذارد
    [quiet-days] زمانی که آموخته نیمی می‌ارزد
    [temptation] سود شکستن یک‌طرفه
    [reward] سود وقتی هر دو نگه دارند
    [punishment] سود بدون خویشتن‌داری
    [sucker] سود وقتی تنها دیگری بشکند
    [advantage-days] مدت ماندن برتری
    [impatience-per-year] ناشکیبایی
    [feared-breaks-per-year] نقض‌هایی که از دیگری می‌ترسد
    [strong] احتمال پیشین نیرومند بودن
    [strong-temptation] وسوسهٔ طرف نیرومند، چند برابر
    [open-breach] نقض‌های آشکاری که خویشتن‌داری را پایان می‌دهد
    [threatens] تهدید آشکار بر سر هشدار
    [audience-cost] هزینهٔ عمل نکردن به تهدید آشکار
    [forgets] فراموش کردن تأیید دوباره
    [grudge] خودداری از تأیید به سبب ماجرا
    [grudge-days] مدت کینه از ماجرا
    [renewal-lead-hours] چه مدت پیش از مهلت تأیید می‌کند
    [question-cost-per-day] هزینهٔ یک روز مورد تردید
    [alarm-cost] هزینهٔ هشدار بی‌سبب
   *[other] ?
}
of-side = { $side ->
    [first] { $what } (طرف نخست)
   *[second] { $what } (طرف دوم)
}
