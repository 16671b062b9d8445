# No speaker has reviewed this translation yet.

## The house

app = Backchannel
language-name = עברית
skip-to-content = דילוג אל התוכן
menu = דפים
intermediary = המתווך
utc = UTC
none = אין
not-yet = טרם
unknown = לא ידוע
back = חזרה
yes = כן
no = לא
more = עוד
older = ישן יותר
newer = חדש יותר
close-it = סגירה
print = הדפסה
not-kept = נוסחו אינו שמור עוד כאן.
hidden-for-sharing = מוסתר בזמן שיתוף המסך
in-english = דברי התחנה עצמה, באנגלית:
copied-nothing = לא נשלח דבר.
optional = אפשר להשאיר ריק

## Pages

page-overview = סקירה
page-dispatches = מברקים
page-write = כתיבה
page-notify = הודעה או שאילתה
page-convey = מסירה
page-understandings = הבנות
page-incidents = תקריות
page-line = הקו
page-people = אנשים
page-public = דברים בפומבי
page-claims = טענות
page-record = רישום
page-settings = הגדרות

## Top of every page

beat-now = פעימה { $k }
beat-of = פעימה { $k }
beat-none = אין עדיין פעימה
line-state = { $state ->
    [up] הקו פועל
    [catching-up] בהשלמת פערים
    [joining] בהצטרפות
    [removed] התחנה הוסרה מן הערוץ
   *[down] הקו מנותק
}
side-and-role = { $label } · { $role ->
    [head] ראש המשלחת
    [principal] בעל סמכות
    [envoy] שליח
    [observer] משקיף
   *[intermediary] מתווך
}
role = { $role ->
    [head] ראש המשלחת
    [principal] בעל סמכות
    [envoy] שליח
    [observer] משקיף
   *[intermediary] מתווך
}
hide-content = הסתרת התוכן
show-content = הצגת התוכן
content-is-hidden = התוכן מוסתר. אין בדף זה דבר ממה שנאמר.
lock-now = נעילה מיידית
shortcuts = מקשים
connection-lost = שולחן העבודה אינו משיב. מה שמוקלד נשאר בדף זה. הפעולה תימשך מאליה כשישוב שולחן העבודה.
station-silent = התחנה אינה משיבה. ייתכן שפעימתה נעצרה. מה שמוקלד נשאר כאן.
station-silent-hint = להפעלתה: backchannel station run
page-is-stale = ייתכן שהמוצג כאן אינו עדכני.

## Entering

enter-title = כניסה לשולחן העבודה
enter-code = הקוד שבקישור
enter-go = כניסה
enter-refused = הקישור כבר שימש, או שהוא ישן מדי.
enter-refused-hint = יש להריץ: backchannel desk
enter-why = קישור פותח את שולחן העבודה פעם אחת, בדפדפן אחד.

## Locked

locked-title = התחנה נעולה
locked-what = הפעימה נמשכת, ומה שמגיע נשמר בלי שייקרא. הצד האחר רואה שתחנתכם נעולה.
passphrase = משפט סיסמה
unlock = שחרור הנעילה
unlock-wait = שחרור הנעילה אורך כשנייה.
locked-arrivals = דבר ממה שהגיע אינו מוצג לפני שחרור הנעילה.

## Overview

ov-line = הקו
ov-in-force = חל עתה
ov-clocks = שעונים פועלים
ov-needs-me = ממתין לכם
ov-recent = לאחרונה
ov-nothing-in-force = אין דבר שחל.
ov-no-clocks = אין שעון פועל.
ov-needs-nothing = אין דבר הממתין לכם עתה.
ov-last-beat = הפעימה האחרונה
ov-every = פעימה כל { $n } שנ׳
ov-heard = נשמע לאחרונה
ov-side-state = { $state ->
    [here] נשמע
    [silent] שותק
    [locked] נשמע, התחנה נעולה
   *[never] טרם נשמע
}
ov-until = עד
ov-no-end = עד שמישהו ימסור הודעה
need-unread = { $n ->
    [one] מברק אחד לא נקרא
    [two] שני מברקים לא נקראו
   *[other] { $n } מברקים לא נקראו
}
need-convey = { $n ->
    [one] מברק אחד ממתין למסירה
    [two] שני מברקים ממתינים למסירה
   *[other] { $n } מברקים ממתינים למסירה
}
need-answer = מתבקשת תשובה
need-clarify = תקרית ממתינה להסבר מצדכם
need-approve = נוסח ממתין לאישורכם
need-try = נוסח שצדכם אישר ממתין להחלתו
need-release = הודעה ממתינה לאדם שני: ביכולתכם לשחרר אותה
need-roster = שינוי בהרכב המשלחת ממתין לאישורכם
need-line-answer = בדיקת קו ממתינה לתשובה מאדם
need-alarm = יש התרעה פתוחה
need-renew = המועד האחרון מתקרב וצדכם טרם אישר מחדש
need-verify = איש עדיין לא וידא מיהו הצד האחר
need-duty = המשמרת נמסרת למי שיקבל אותה
need-draft = { $n ->
    [one] טיוטה אחת שמורה
    [two] שתי טיוטות שמורות
   *[other] { $n } טיוטות שמורות
}
clock-answer = מועד התשובה
clock-brake = הבלם מסתיים
clock-reply = מועד ההסבר
clock-end = סיום
clock-notice = ההודעה תחול
clock-left = בעוד { $span }
clock-ago = לפני { $span }
span-days = { $n ->
    [one] יום אחד
    [two] יומיים
   *[other] { $n } ימים
}
span-hours = { $n ->
    [one] שעה אחת
    [two] שעתיים
   *[other] { $n } שעות
}
span-minutes = { $n ->
    [one] דקה אחת
    [two] שתי דקות
   *[other] { $n } דקות
}
span-seconds = { $n ->
    [one] שנייה אחת
    [two] שתי שניות
   *[other] { $n } שניות
}

## Words of dispatches

form = { $form ->
    [oral-message] מסר בעל פה
    [note-of-oral-message] רישום של מסר בעל פה
    [non-paper] נון־פייפר
    [aide-memoire] אד־ממואר
    [bout-de-papier] פיסת נייר (bout de papier)
    [note-verbale] נוטה ורבלית
    [notification] הודעה
   *[other] מברק
}
form-rule = { $form ->
    [oral-message] נאמר מפי המתווך. מה שנשמר הוא רישום של המסר, והוא מסומן כך לעד. בלי תאריך, כותרת או נמען.
    [non-paper] לקורא לא מוצגים מחבר, תאריך או התחייבות.
    [aide-memoire] גוף שלישי, עם תאריך; בלי נוסחי נימוס, בלי נמען, בלי חתימה.
    [bout-de-papier] עובדות בלבד; בלי כותרת, בלי תאריך, בלי חתימה.
    [note-verbale] גוף שלישי, המסמך הרשמי ביותר; עם נמען.
   *[other] הודעה לפי תבנית או לפי מספר בספר הצפנים.
}
kind = { $kind ->
    [conveyance] נמסר בידי המתווך
    [read-back] חזרה על הדברים
   *[dispatch] מברק
}
precedence = { $p ->
    [flash] בזק
    [immediate] מיידי
    [priority] קדימות
   *[routine] שגרה
}
disclosure = { $d ->
    [verbatim] מילה במילה
    [in-substance] עיקרי הדברים
   *[hold] לשמירה
}
disclosure-rule = { $d ->
    [verbatim] המתווך מוסר אותו בדיוק כלשונו.
    [in-substance] המתווך רשאי לומר אותו בלשונו שלו.
   *[hold] למתווך לבדו. אינו נמסר הלאה.
}
retention = { $r ->
    [keep] נשמר
    [read-and-return] לקריאה ולהחזרה
   *[until] נשמר עד מועד
}
layer = { $layer ->
    [party-text] נוסחו של הצד עצמו
    [note-of-oral-message] רישום של מסר בעל פה; לא נוסחו של הצד עצמו
    [intermediary-rendering] ניסוחו של המתווך; לא דברי הצד
    [read-back] מה שהובן
    [message] הודעה לפי תבנית
   *[other] נוסח
}
passage-state = { $state ->
    [guarded-matched] מילה במילה, הושווה ונמצא זהה
    [guarded-not-yet-matched] מילה במילה, טרם הושווה
    [no-salt-the-intermediary-s-words] נאמר שהוא מילה במילה, אך אין מול מה להשוות: יש לראות בו את דברי המתווך
    [not-conveyed-verbatim] לא נמסר מילה במילה
    [altered] ALTERED: אינו מה שמחברו חתם בחותמו
   *[other] { $state }
}
step = { $step ->
    [sent] נשלח
    [acknowledged] תחנתם אישרה קבלה
    [read] נקרא
    [conveyed] נמסר
    [read-back] חזרו על הדברים
    [received] תחנתם אישרה קבלה
    [declined] נמסר סירוב
    [answered] נענה
    [returned] הוחזר
    [waiting] ממתין לחותם
   *[other] { $step }
}
unattended = נמסר בידי תחנת המתווך מאליה; איש שם לא קרא אותו.
by-registry = הועבר דרך המרשם: שום אדם מטעם המתווך לא מסר אותו.
unreviewed-translation = שום דובר של שפה זו לא בדק תרגום זה.
late-by = באיחור של { $span }
early-by = בהקדמה של { $span }
beyond = מחוץ למה שנקבו בו שני הצדדים

## Dispatches

dp-none = דבר לא הגיע, ודבר לא נשלח.
dp-opening = פתיחת מברק מודיעה לשולחו שקראתם אותו.
dp-all = הכול
dp-unread = לא נקראו
dp-sent = נשלחו
dp-unread-mark = לא נקרא
dp-altered = קטע הוא ALTERED
dp-answered = נענה
dp-reply-by = מתבקשת תשובה עד
dp-overdue = התבקשה תשובה עד
dp-from = מאת
dp-room = חדר
dp-vouching = רק המתווך ערב לזהותו של הצד האחר.
dp-passage-n = קטע { $n }
dp-path = דרכו
dp-receipts = אישורים
dp-who = מי
dp-what = מה
dp-at = בשעה
dp-told = כפי שמסר המתווך
dp-not-sealed = נשמר כאן לבטח. הוא יוצא עם הפעימות הבאות; דבר אינו בגדר נשלח לפני שנרשם בפעימתו.
dp-waits-registry = הוא ממתין עד שחותמותיו יהיו במרשם.
dp-read-back = חזרה על הדברים
dp-read-back-why = יש לומר בלשונכם מה הובן. צדם רואה זאת לצד מה שהתכוונו אליו.
dp-read-back-do = שליחת החזרה על הדברים
dp-return = החזרתו
dp-return-why = הוא הושאל לקריאה. החזרתו מוחקת את נוסחו כאן, ומודיעה על כך לשולחו.
dp-return-do = מחיקה כאן והחזרה
dp-reply = תשובה
dp-convey = מסירה
dp-understood = מה שהובן
dp-heading = כותרת
dp-date = תאריך
dp-addressee = הנמען
dp-carriage = מה עלה בו אצל הצד האחר
dp-clock = שעון
dp-query-state = { $state ->
    [running] מצפים לתשובה
    [overdue] לא באה תשובה במועד
   *[answered] נענה
}

## Writing

wr-title = מברק
wr-answers = במענה ל
wr-to = אל
wr-to-delegation = משלחתכם שלכם
wr-to-intermediary = המתווך לבדו
wr-to-party = { $party }, באמצעות המתווך
wr-form = צורה
wr-precedence = דחיפות
wr-retention = שמירה
wr-until = נשמר עד (UTC)
wr-reply-by = מתבקשת תשובה עד (UTC)
wr-passage = קטע { $n }
wr-disclosure = מה רשאי המתווך לעשות בו
wr-text-in = נוסח בשפה: { $language }
wr-add-passage = הוספת קטע
wr-remove-passage = הסרת קטע זה
wr-add-language = הוספת שפה
wr-remove-language = הסרת שפה זו
wr-language = שפה
wr-send = שליחה
wr-draft-kept = הטיוטה שמורה בכספת, { $time }
wr-draft-not-kept = טרם נשמרה
wr-draft-drop = השלכת הטיוטה
wr-drafts = טיוטות
wr-findings = מה אומרים הכללים
wr-no-findings = כללי הצורה נשמרו.
wr-seen = מה יראה הצד האחר
wr-seen-intermediary = מה יראה המתווך
wr-seen-delegation = מה תראה משלחתכם
wr-seen-held = דבר מקטע זה.
wr-seen-substance = מה שינסח ממנו המתווך, בלשונו שלו.
wr-seen-author = יוצג להם שמקורו ב־{ $party }.
wr-seen-no-author = לא יוצגו להם מחבר ותאריך.
wr-leaves = הוא יוצא לכל המוקדם בפעימה { $k }
wr-leaves-registry = ואם יש בו קטעים הנמסרים מילה במילה, רק משחותמותיהם במרשם
wr-nothing-yet = עוד לא נכתב דבר.

## Conveyance

cv-title = שולחן המסירה
cv-none = דבר אינו ממתין למסירה.
cv-waiting = למסירה
cv-done = נמסרו
cv-to = אל ההיוועצות הנפרדת של { $party }
cv-original = מה שנמסר לידיכם
cv-goes = מה שיוצא
cv-verbatim-goes = יוצא כלשונו.
cv-substance-goes = יוצא רק בלשונכם, להלן.
cv-hold-stays = נשאר אצלכם. אינו יכול לצאת.
cv-rendering = ניסוחכם בשפה: { $language }
cv-rendering-why = הוא מוצג להם כדבריכם, לעולם לא כדברי הצד. תחנתכם מסרבת לשש מילים רצופות מקטע שנמסר לשמירה; פרפרזה אין ביכולתה לגלות.
cv-convey = מסירה
cv-refused = סירוב: היה בכך כדי למסור הלאה מה שנמסר לשמירה.
cv-read-backs = חזרות על הדברים

## Messages by template

nt-title = הודעה או שאילתה
nt-why = בלי ניסוח ובלי תרגום: אותן תבניות מצויות בידי שני הצדדים. ההודעה יוצאת מיד.
nt-templates = תבניות
nt-codebook = ספר הצפנים
nt-asks = מבקשת תשובה
nt-number = מספר
nt-to = אל
nt-send = שליחה
nt-field-hint = { $type ->
    [instant] UTC, כגון 2026-11-25T12:00Z
    [window] כגון 2026-12-01T06:00Z included to 2026-12-03T06:00Z excluded
    [place] כגון 36°30'N 12°15'E
    [area] כגון circle 36.5N 12.25E 5km, או polygon 36N 12E; 36N 13E; 37N 12E
    [track] כגון 36N 12E; 36N 13E
    [distance] כגון 40 km
    [count] מספר שלם
    [number] מספר שלם
    [reference] מספרו של מברק, או תחילתו
    [clause] מספרה של הבנה, וסעיף
   *[line] שורת טקסט אחת
}
nt-answers = במענה ל

## Understandings

un-none = אין עדיין נוסח.
un-new = נוסח חדש
un-new-why = נוסח נכתב כקובץ (TOML). הכללים נבדקים בזמן ההקלדה.
un-file = הנוסח כקובץ
un-lay = הנחה לפני הצדדים
un-state = { $state ->
    [draft] בניסוח
    [submitted] על השולחן
    [frozen] מוקפאת
    [approving] בהליך אישור
    [deposited] הופקדה
    [in-effect] חלה
    [in-question] מוטלת בספק
    [renewed] חודשה
    [suspended] מושעית
    [lapsed] פקעה
    [withdrawn] חדלו ממנה לאחר הודעה
    [superseded] הוחלפה בנוסח אחר
    [abandoned] הונחה בצד
    [void] לא יצאה אל הפועל
   *[other] לא ידוע כאן
}
un-form = { $form ->
    [joint] מסמך משותף, נחתם יחד
   *[gentle] הבנת ג׳נטלמנים, ניתנת להכחשה לעד
}
un-version = גרסה { $n }
un-not-frozen = טרם הוקפאה
un-digest = קוד הזיהוי
un-words = מילות קוד הזיהוי
un-words-why = לפני האישור יש להשוות מילים אלה עם שאר המאשרים, בדרך אחרת.
un-pen = העט בידי { $who }
un-clause = סעיף
un-on-table = על השולחן, חדש מן הגרסה האחרונה
un-tab = { $tab ->
    [text] נוסח
    [comments] הערות
    [versions] גרסאות
    [checks] בדיקות
    [approval] אישור
    [ceremony] טקס
   *[life] מהלך הזמן
}
un-comments-none = איש לא העיר.
un-comment = הערה
un-comment-on = על סעיף { $clause }
un-comment-whole = על הנוסח כולו
un-comment-who-sees = המחזיק בעט וצדכם רואים אותה; הצד האחר אינו רואה.
un-comment-send = שליחת ההערה
un-diff = מה השתנה מגרסה { $from } לגרסה { $to }
un-diff-none = דבר לא השתנה.
un-diff-one = יש גרסה אחת: אין מה להשוות.
un-gone = הוסר
un-new-words = חדש
un-checks-none = הכללים לא העלו דבר.
un-severity = { $s ->
    [refuse] טעון תיקון
   *[warn] ראוי לעיון נוסף
}
un-freeze = הקפאה
un-freeze-why = לגרסה מוקפאת מספר וקוד זיהוי, זהים אצל הכול. מכאן ואילך אפשר לאשר אותה.
un-approve = אישור גרסה זו
un-approve-why = האישור הוא לנוסח שזה בדיוק קוד הזיהוי שלו. איש אינו קשור בו עדיין.
un-approve-passphrase = משפט הסיסמה מאשר את זהותכם.
un-take-back = חזרה מן האישור
un-approved-of = אישרו { $by } מתוך { $quorum }
un-you-approved = אישרתם אותה.
un-deposit = פתיחת הליך ההחלה
un-deposit-why = הבטחת צדכם נמסרת לנפקד. היא נחשבת רק משמסרו כולם את שלהם וכולם אישרו קבלה. כל עוד לא שוחררה, ביכולתכם למשוך אותה.
un-deposit-withdraw = משיכת ההפקדה
un-ceremony = { $stage ->
    [approved] אישר
    [ready] מוכן
    [deposited] הפקיד
    [released] שוחרר
   *[acknowledged] אישר קבלה
}
un-ceremony-none = טרם נעשה ניסיון.
un-ceremony-limit = המועד שקבע הנפקד
un-try-fate = { $fate ->
    [open] בעיצומו
    [settled] הושלם: חל על הכול
    [not-acknowledged-in-time] הקבלה לא אושרה במועד: בטל לכול
    [a-roster-changed] הרכבה של משלחת השתנה: בטל לכול
    [the-heads-named-it-differently] ראשי המשלחות נקבו בו באופן שונה: בטל לכול
   *[destroyed] הושמד: בטל לכול
}
un-who-can-prove = מי יכול להוכיח מה עתה
un-prove = { $what ->
    [nothing] אין בידי איש דבר שיוכיח משהו למישהו.
    [to-depositary] בידי הנפקד מצוי מה שנמסר. אין בו כדי להוכיח דבר לזר, והוא מושמד או משוחרר.
    [each-other] כל צד משוכנע. לזר אין לכך ערך: כל ראש משלחת יכול לעשות כמותו לבדו.
   *[anybody] כל מחזיק בנוסח החתום יכול להראותו לכל אדם, עם תעודת הנפקד.
}
un-life = מהלכה על ציר הזמן
un-life-now = עתה
un-from = מן
un-until = עד
un-renew = אישור מחדש לתקופה נוספת
un-renew-why = דבר אינו נחתם מחדש. היא נמשכת אם כל הצדדים מאשרים מחדש לפני הסוף.
un-reaffirmed = אושר מחדש בידי
un-withdraw = הודעת פרישה
un-withdraw-why = היא חלה לאחר פרק הזמן שקובע הנוסח, לעולם לא מיד. כל עוד הבלם חל, דבר אינו מסתיים.
un-withdraw-back = חזרה מן ההודעה
un-urgent = עילה דחופה
un-notice-of = הודעת הפרישה של { $party } תחול
un-held = הבלם מעכב את הסוף, שהיה קבוע ל
un-suspended-until = מושעית עד
un-told = אישור שנמסרה הודעה לקשורים בה
un-told-zone = תחום
un-abandon = הנחת העט
un-incident = פתיחת תקרית
un-burned = נעשה כאן ביעור של נוסחה; מצבה נשמר.
un-unfinished = { $party }: טרם אמרו זאת כל מי שעליהם לומר
un-paper-title = הבנה
un-paper-gentle = רשומה בלשונו של המתווך. הנוסחים בשפות המוצגות שווי מעמד.
un-paper-joint = מסמך של הצדדים

## Incidents

in-none = אין תקרית.
in-of = מעשה של { $of }
in-by = הועלתה בידי { $by }
in-self = דווחה בידי { $by } על מעשה עצמי
in-clause = לפי סעיף { $clause }
in-state = { $state ->
    [open] פתוחה
    [explained] ניתן הסבר
    [contested] שנויה במחלוקת
    [found] ממצא משותף
   *[closed] סגורה
}
in-occurred = אירעה
in-opened = הועלתה
in-answer-due = מועד ההסבר
in-brake = הבלם חל עד
in-brake-what = כל עוד הוא חל, שום צד אינו יכול לסיים את האיפוק על פי תנאיו. הוא עוצר את הרישום, לא את הכוחות.
in-clarified = ההסבר שניתן
in-answer = { $a ->
    [accident] תאונה
    [individuals] מעשה של יחידים, לא של המדינה
    [permitted] מעשה מותר
    [denied] מוכחש: לא מעשה שלנו
   *[admitted] מודים בכך
}
in-remedy = הדבר יתוקן.
in-contested-by = חלקו עליה
in-findings = ממצאים
in-joint = ממצא משותף
in-view-of = דעת { $party }
in-established = { $e ->
    [substantiated] הוכח
    [not-substantiated] לא הוכח
   *[undetermined] לא נקבע
}
in-intent = { $i ->
    [intentional] בכוונה
    [accidental] בשוגג
   *[undetermined] לא נקבע
}
in-outcome = { $o ->
    [reaffirmed] אישור מחדש
    [remedied] תיקון
    [suspended] השעיה
    [dropped] הטענה נזנחה
    [denounced-after-notice] סיום לאחר הודעה
   *[unresolved] ללא פתרון
}
in-open = פתיחת תקרית
in-open-why = אדם אחד רשאי לעשות זאת לבדו. מאותו רגע הבלם חל על שני הצדדים.
in-of-whom = של מי המעשה
in-own = מעשה שלנו
in-when = מתי אירע (UTC)
in-which-clause = סעיף
in-not-urgent = אינה דחופה: להמתין לזמן הקבוע בנוסח
in-do-open = פתיחה והפעלת הבלם
in-explain = הסבר
in-explain-do = שליחת ההסבר
in-contest = לחלוק על ההסבר
in-find = ממצא
in-find-established = העובדות
in-find-intent = כוונה
in-find-own = דעתנו שלנו בלבד, לצד הממצא המשותף
in-find-do = העלאת הממצא על הרישום
in-close = סגירה
in-close-as = תוצאה
in-close-until = מושעית עד (UTC)
in-close-do = סגירה, יחד עם האחרים
in-close-waits = היא נסגרת כשהאחרים אומרים כך גם הם.
in-ask = שאילתה או הסבר לפי תבנית
in-ask-why = המילים לכך מוכנות בשש שפות.

## The line

ln-strip = הפעימות האחרונות
ln-strip-why = סימן אחד לכל פעימה: נחתמה, הוחמצה או טרם באה.
ln-strip-said = נחתמו: { $sealed }, לא נחתמו: { $missed }
ln-rooms = חדרים
ln-room = חדר
ln-seats = מושבים
ln-members = חברים
ln-waiting = ממתין ליציאה
ln-room-state = { $state ->
    [in-the-room] בחדר
    [joining] בהצטרפות
    [returning] בשיבה
   *[removed] הוסר
}
ln-alarms = התרעות
ln-no-alarms = לא הועלתה התרעה.
ln-do = מה לעשות
ln-open = פתוחה
ln-cleared = הוסרה
ln-alarm = { $name ->
    [SILENT] אין פעימה, או אין דבר מראש משלחת, זה { $n } פעימות.
    [GAP] תאים שחבר מסר לא הגיעו.
    [WITHHELD] תאים שלכם אינם נחתמים.
    [SKEW] הפעימה ושעון המחשב הזה התרחקו זה מזה.
    [UNREADABLE] תאיו של חבר אינם נפתחים כאן.
    [RESTORED] הממסר חזר למצב ישן יותר.
    [CHAIN] פעימה לא באה בהמשך לקודמתה. היא נדחתה.
    [ALTERED] קטע שיש למסור מילה במילה אינו מה שמחברו חתם בחותמו.
    [ALTERED-CELL] תא אחר עומד במקומכם.
    [FORK] לשתי תחנות הוצגו פעימות שונות.
    [UNANSWERED] בדיקת קו לא נענתה. ההתרעה אינה אומרת מדוע.
   *[other] נצפה: { $name }.
}
ln-advice = { $name ->
    [SILENT] יש לבדוק את הקו ואת השעון; אחר כך לשאול בדרך אחרת.
    [GAP] יש לצפות לעיכוב. אם הדבר נמשך, יש לפנות בדרך אחרת.
    [WITHHELD] יש לבדוק את הקו שלכם. אם הדבר נמשך, יש לפנות בדרך אחרת.
    [SKEW] יש לבדוק את שעון המחשב הזה; אחר כך לשאול את המפעיל.
    [UNREADABLE] יש לשאול את החבר בדרך אחרת; ייתכן שעליו להצטרף מחדש.
    [RESTORED] יש לשאול את המפעיל. מה שקבלתו לא אושרה נשלח שוב.
    [CHAIN] אם הדבר נמשך, יש לשאול את המפעיל.
    [ALTERED] אין להסתמך עליו. יש לדאוג שיימסר שוב.
    [ALTERED-CELL] הממסר אינו נאמן. יש להודיע לצד האחר בדרך אחרת.
    [FORK] אין להסתמך על דבר מאז. יש להשוות את הרישומים בדרך אחרת.
    [UNANSWERED] אין לנחש את הסיבה. יש לשאול בדרך אחרת.
   *[other] יש לקרוא את דברי התחנה.
}
ln-sides = קווים
ln-line-state = { $state ->
    [suspended] מושעה
   *[open] פתוח
}
ln-suspended-by = הושעה בידי { $by }
ln-schedule = נבדק כל { $n } דקות
ln-next = הבדיקה הבאה
ln-next-by = בידי { $by }
ln-no-schedule = לא נקבע לוח בדיקות.
ln-last-human = האדם האחרון שנשמע
ln-checks = בדיקות הקו
ln-no-checks = לא נעשתה בדיקה.
ln-check-made = { $made ->
    [automatic] בידי התחנה
   *[person] בידי אדם
}
ln-check-answered = נענתה
ln-check-unanswered = לא נענתה
ln-check-waits = ממתינה לתשובה
ln-check-now = בדיקת הקו עתה
ln-answer-now = תשובה מאדם
ln-answer-text = שורת טקסט
ln-suspend = השעיה
ln-suspend-from = מן (UTC)
ln-suspend-reason = סיבה, אם יש לתת אותה
ln-resume = חידוש
ln-set-schedule = קביעת הלוח
ln-every = מספר הדקות בין בדיקות
ln-watch = המשמרת
ln-on-duty = במשמרת
ln-nobody = אין איש
ln-hand-over = העברת המשמרת
ln-hand-note = הערה למי שיקבל אותה
ln-hand-open = מה שנותר פתוח
ln-take = קבלת המשמרת
ln-second = אדם שני משחרר כל הודעה לצד אחר
ln-second-on = אדם שני משחרר הודעות
ln-second-set = שינוי
ln-release = שחרור
ln-offered = הועברה בידי { $by }
ln-no-cause = התרעה אומרת מה נצפה, לעולם לא מי אשם.

## People

pe-own = משלחתכם
pe-label = שם
pe-role = תפקיד
pe-invited = הוזמן, טרם הגיע
pe-expires = תקף עד
pe-quorum = { $n ->
    [one] ראש משלחת אחד או בעל סמכות אחד מחליט
    [two] שני ראשי משלחת או בעלי סמכות מחליטים יחד
   *[other] { $n } ראשי משלחת או בעלי סמכות מחליטים יחד
}
pe-proposed = שינוי ממתין לאישור
pe-proposed-what = אישרו { $approved } מתוך { $needs }
pe-adds = הוספה
pe-removes = הסרה
pe-new-quorum = ואז { $n } מחליטים יחד
pe-approve = אישור השינוי
pe-drop = זניחת השינוי
pe-add = הוספת חבר משלחת
pe-add-do = הכנת הזמנה
pe-add-why = ההזמנה היא סוד, ויפה לשימוש אחד. יש למסור אותה פנים אל פנים.
pe-invitation = ההזמנה
pe-invitation-once = היא מוצגת פעם אחת. יש לשמור אותה, למסור אותה פנים אל פנים, ואז למחוק את העותק שבידכם.
pe-save = שמירה כקובץ
pe-remove = הסרת חבר משלחת
pe-remove-who = את מי
pe-remove-reason = סיבה, המוצגת למשלחתכם
pe-remove-do = הסרה מכל החדרים
pe-remove-why = מן הפעימה שבה הדבר נחתם אותה תחנה אינה קוראת עוד דבר. מה שקראה לפני כן נשאר בידה.
pe-set-quorum = כמה מחליטים
pe-others = הצד האחר
pe-vouched = יש ערב לזהותו
pe-not-vouched = אין עדיין ערב לזהותו
pe-verify = מי עומד מאחורי הצד האחר
pe-verify-state = { $state ->
    [only-the-intermediary-vouches] רק המתווך ערב לזהותו.
    [words-offered] הוצעו מילים, וטרם אושרו בידי כולם.
    [envoy-words] אושר במילים שנשא שליח.
    [compared-words] אושר במילים שהשוו שני ראשי משלחות.
   *[mismatch] המילים אינן תואמות. מישהו טעה בהקלדה, או שמישהו עומד באמצע.
}
pe-verify-limit = אם לעולם לא יוודא איש, המתווך יוכל לעמוד בין שני הצדדים בלי שייראה. השוואה אחת מגלה זאת.
pe-words = שתים־עשרה מילים, בידי שליח
pe-words-why = ראש משלחת אחד מכין אותן; שליח נושא אותן על נייר, לא באמצעות המתווך; ראש המשלחת האחר מזין אותן.
pe-words-new = הכנת שתים־עשרה מילים
pe-words-shown = יש לכתוב אותן עתה על נייר. הן מוצגות פעם אחת.
pe-words-enter = הזנת שתים־עשרה מילים
pe-words-enter-do = הזנה
pe-compare = ארבע מילים, השוואה בקול
pe-compare-why = שני ראשי המשלחות פותחים את ההשוואה, וקוראים זה לזה את ארבע המילים בדרך שבה הם מכירים זה את זה.
pe-compare-begin = פתיחת ההשוואה
pe-compare-words = ארבע המילים שלכם
pe-compare-same = הן זהות
pe-compare-different = הן שונות
pe-fingerprint = ספרות, השוואה בעת הפנאי
pe-fingerprint-why = אותן ספרות בשני הקצוות פירושן שאיש אינו עומד באמצע. אין הדבר משאיר סימן.
pe-mine = אתם

## Public words

pu-statements = הצהרות פומביות
pu-no-statements = לא הודיעו על הצהרה פומבית.
pu-announce = הודעה על הצהרה לפני שתימסר
pu-mark = כיצד צדכם רואה אותה
pu-view = { $v ->
    [rhetoric] רטוריקה
    [not-rhetoric] יותר מרטוריקה
   *[undecided] לא הוחלט
}
pu-noticed = הודיעו עליה מראש
pu-not-noticed = לא הודיעו עליה מראש
pu-differ = הצדדים חלוקים.
pu-note = הערה
pu-exposures = חשיפת הערוץ
pu-no-exposures = לא דווחה חשיפה.
pu-report = דיווח על חשיפה
pu-lines = מה אומרים אם שואלים
pu-lines-agreed = זהה בשני הצדדים
pu-lines-differ = הצדדים לא נקבו באותו נוסח.
pu-existence = בעניין הקיום
pu-content = בעניין התוכן
pu-propose = הצעת הנוסח
pu-corrections = תיקונים
pu-compare = השוואת טקסט שפורסם לרישום שלכם
pu-compare-why = דבר אינו יוצא מתחנה זו. ההשוואה אומרת כמה מן הטקסט מצוי כאן ברישום.
pu-published = הטקסט שפורסם
pu-compare-do = השוואה
pu-found = { $found } מתוך { $words } מילים מצויות כאן ברישום
pu-found-nothing = דבר ממנו אינו מצוי כאן ברישום.

## The record

rc-why = הרישום שלכם, לפי הסדר: מה בא, מה יצא, וכל צעד עם פעימתו. יש להניחו לצד הרישום של הצד האחר.
rc-none = הרישום ריק.

## Settings

st-language = שפה
st-theme = בהירות
st-theme-of = { $theme ->
    [light] בהיר
    [dark] כהה
   *[auto] כפי שנקבע במחשב זה
}
st-numerals = ספרות
st-numerals-of = { $n ->
    [local] של השפה
   *[latin] 0 עד 9
}
st-save = שמירה
st-share = מצב שיתוף מסך
st-share-why = כל עוד הוא פועל, אין בדפים תוכן כלל: רק צורות, מצבים ושעונים.
st-lock = נעילה
st-lock-after = נעילה מאליה לאחר
st-lock-never = לעולם לא: חדר משמרת שאינו נעזב
st-lock-minutes = { $n ->
    [one] דקה אחת בלי הקשה או לחיצה
    [two] שתי דקות בלי הקשה או לחיצה
   *[other] { $n } דקות בלי הקשה או לחיצה
}
st-burn = ביעור
st-burn-what = ביעור משמיד את המפתחות לרישומי חדר מיום אחד, או מכל הימים, בתחנה זו.
st-burn-erases = הוא מוחק: נוסחי מברקים, מסירות, הבנות והערות מאותו חדר ומאותו זמן, כאן.
st-burn-keeps = הוא אינו מוחק: את העותקים שבידי הצד האחר; את מה שאנשים כתבו לעצמם; את מצבן של הבנות, הנמשך בלי מילותיהן; טיוטות, שאותן משליכים אחת אחת.
st-burn-room = חדר
st-burn-day = יום (UTC)
st-burn-all = כל הימים
st-burn-sure = ידוע לי שאין מזה חזרה
st-burn-do = ביעור
st-burned = נעשה ביעור, כאן.
st-files = התבניות של ערוץ זה
st-files-why = תבניות וספרי צפנים שיש לערוץ זה מלבד אלה של המערכת.
st-stop = עצירת התחנה
st-stop-why = המושב משתתק, והאחרים רואים זאת.
st-retention = שמירה
st-retention-why = לכמה זמן מותר לשמור נוסח נקבע לכל מברק בעת כתיבתו.
st-sessions = שולחן עבודה זה
st-leave = יציאה משולחן העבודה
st-leave-why = לדפדפן זה לא מוצג עוד דבר. התחנה ממשיכה.

## What the desk says of what was asked

fault-title = { $kind ->
    [refused] כלל מונע זאת
    [usage] הדבר לא הובן
    [not-found] אין דבר בשם זה
    [locked] התחנה נעולה
    [wrong-passphrase] משפט הסיסמה שגוי
    [unreachable] התחנה אינה משיבה
    [check-failed] בדיקה נכשלה
    [csrf] הדף ישן מדי
    [too-long] ארוך מדי
   *[internal] התוכנה כשלה
}
fault-hint = { $kind ->
    [refused] יש לשנות את מה שנקוב במילים שלהלן ולנסות שוב. לא נשלח דבר.
    [usage] יש לתקן את מה שנקוב במילים שלהלן. לא נשלח דבר.
    [not-found] ייתכן שנמחק, או שהוא שייך לתחנה אחרת.
    [locked] יש לשחרר את הנעילה ולנסות שוב.
    [wrong-passphrase] יש לנסות שוב. אי אפשר לשחזר אותו.
    [unreachable] יש להפעיל את התחנה. מה שהוקלד נשאר כאן.
    [check-failed] יש לקרוא את המילים שלהלן.
    [csrf] יש לטעון את הדף מחדש. עד אז נשאר כאן מה שהוקלד.
    [too-long] יש לקצר. לא נשלח דבר.
   *[internal] יש לנסות שוב; אם התקלה חוזרת, יש לדווח עליה.
}
fault-page-missing = אין דף כזה
fault-door = בקשה זו לא באה מן הדף של שולחן העבודה. לא נעשה דבר.

## Keys

keys-title = מקשים
keys-why = הם פועלים כשאין מקלידים.
key-help = דף זה
key-goto = g, ואחריו אות: מעבר לדף
key-next = הבא ברשימה
key-previous = הקודם
key-open = פתיחה
key-write = כתיבת מברק
key-lock = נעילה מיידית
key-share = הסתרת התוכן או הצגתו
key-escape = סגירה, או יציאה משדה

## Kinds of what happened

journal = { $kind ->
    [connected] הקו פועל
    [disconnected] הקו מנותק
    [joined] הצטרפות לערוץ
    [room-ready] חדר מוכן
    [member-joined] מישהו הצטרף לחדר
    [member-removed] מישהו הוסר
    [removed] תחנה זו הוסרה
    [roster] משלחת השתנתה
    [roster-proposed] הוצע שינוי בהרכב המשלחת
    [roster-approved] אושר שינוי בהרכב המשלחת
    [verified] וידאו מיהו הצד האחר
    [verify-mismatch] המילים אינן תואמות
    [received] הגיע מברק
    [acknowledged] תחנתם אישרה קבלה
    [sent] נשלח
    [read] נקרא
    [conveyed] נמסר
    [read-back] חזרו על הדברים
    [altered] קטע הוא ALTERED
    [matched] הושווה ונמצא זהה
    [not-conveyed] לא נמסר מילה במילה
    [alarm] הועלתה התרעה
    [alarm-cleared] הוסרה התרעה
    [catching-up] בהשלמת פערים
    [caught-up] הפערים הושלמו
    [rejoining] בהצטרפות מחדש
    [refused] דבר מה נדחה
    [returned] הוחזר
    [declined] נמסר סירוב
    [reply-soon] מועד תשובה מתקרב
    [reply-overdue] מועד תשובה חלף
    [locked] התחנה ננעלה
    [unlocked] הנעילה שוחררה
    [restored] הממסר שוחזר
    [understanding] נוסח או הערה
    [ceremony] טקס נמשך
    [in-effect] חלה
    [in-question] מוטלת בספק
    [suspended] מושעית
    [ended] הסתיימה
    [reminder] תזכורת
    [undeliverable] לא ניתן היה להביא ליעד
    [burned] נעשה ביעור כאן
    [claim] מרשם הטענות
    [incident] תקרית
    [line-unanswered] בדיקת קו לא נענתה
    [registry-used] המרשם העביר זאת בלי המתווך, ששתק
    [not-told] לא לכל הקשורים נמסרה הודעה
   *[other] { $kind }
}

## Rules, and what was added last

rule = { $rule ->
    [FORM-1] הודעה בעל פה אינה נושאת תאריך, כותרת או נמען.
    [FORM-2] נון־פייפר אינו נושא תאריך או נמען. יש להסירם, או לבחור אד־ממואר.
    [FORM-3] אד־ממואר נושא תאריך: יש למלא אותו.
    [FORM-4] אד־ממואר אינו נושא נמען. יש להסירו, או לבחור נוטה ורבלית.
    [FORM-5] פיסת נייר אינה נושאת תאריך, כותרת או נמען.
    [FORM-6] נוטה ורבלית ממוענת: יש למלא אל מי.
    [FORM-7] צורה זו אינה נושאת חתימה: יש להסיר את השורה הנראית כך.
    [FORM-8] צורה זו אינה נושאת תאריך: יש להסיר את שורת התאריך.
    [FORM-9] נון־פייפר אינו מתחייב בגוף ראשון.
    [FORM-10] צורה זו נכתבת בגוף שלישי.
    [FORM-11] באד־ממואר אין דברי נימוסין.
    [FORM-12] אד־ממואר אינו פונה לאיש.
    [FORM-13] פיסת נייר מציינת עובדות בלבד: כאן יש שיפוט או התחייבות.
    [CHECK-1] סוף נקבע בשעתו ובהפרשו מ־UTC: ליום לבדו שתי קריאות.
    [CHECK-2] לא נאמר אם רגע הסוף עדיין נכלל בפרק הזמן.
    [CHECK-3] התחייבות אומרת היכן ומתי היא חלה.
    [CHECK-4] המותר מכסה את האסור באותו מקום: יש להתיר מעשה מצומצם יותר, או מקום אחר.
    [CHECK-5] מעשה מותר נאמר במילים בלבד: אין מה להשוות.
    [CHECK-6] לא נאמר כיצד שני תחומים נמצאים זה ביחס לזה: יש לומר אם הם נפרדים.
    [CHECK-7] הגנה עצמית, כשהיא נאמרת לבדה, בולעת את ההתחייבות: יש לומר מה משמעה כאן, או להשמיטה.
    [CHECK-8] שם, מונח, משמעות או סעיף חסרים באחת השפות.
    [CHECK-9] בתרגום יש פסקאות, מקומות למילוי, מונחים מסומנים או מספרים שאינם כבנוסח שבשפת הניסוח.
    [CHECK-10] שתי מילים המתחלפות זו בזו מופיעות בשפה אחת: יש להכניס את שתיהן למילון.
    [CHECK-11] מונח מסומן אינו במילון.
    [CHECK-12] מונח מקצועי אינו מסומן ואינו במילון.
    [CHECK-13] מילה מסגירה לשון אמנה, כאשר הצורה אינה אמורה להיות אמנה.
    [CHECK-14] איש לא בדק תרגום זה.
    [CHECK-15] להבטחה אין הבטחה שכנגד: כל צד מבטיח לכל צד המבטיח לו.
    [CHECK-16] הצדדים מבטיחים זה לזה בעניין מעשים שונים: יש לוודא שזו הכוונה.
    [CHECK-17] מונח במילון טרם אושר בידי כל הצדדים.
    [CHECK-18] שום סעיף אינו אומר זאת.
    [CHECK-19] מקום למילוי לא מולא, או שיש סימן שאינו במקומו.
    [CHECK-20] חסר דבר שראוי שהבנה תאמר.
    [CHECK-21] הזמנים אינם מתיישבים זה עם זה.
    [CHECK-22] אין זה קוד של מעשה מקובץ המעשים.
    [CHECK-23] נוסח הבא במקום נוסח אחר מתחיל ברגע אחד בכל מקום.
    [LIFE-3] אין עושים זאת במצב שבו נמצאת ההבנה, או שכבר נעשה.
    [LIFE-4] אדם זה אינו רשאי לעשות זאת, או שאינו רשאי לעשות זאת לבדו.
    [LIFE-9] גרסה מוקפאת במספר גבוה ממספרי הגרסאות הקודמות.
    [LIFE-10] רק הגרסה המוקפאת מאושרת, ורק בידי המאשרים מטעם הצד.
    [LIFE-11] אין אישור לחזור ממנו; או שהצד הפקיד, והוא מושך תחילה את הפקדתו.
    [LIFE-12] ניסיון זה אינו יכול להתחיל: נוסחו אינו ידוע כאן, או שכולם כבר אישרו קבלה, או שראשי המשלחות אינם אומרים אותו דבר.
    [LIFE-13] מועד הניסיון חלף, או שהוא לא התחיל מעולם, או שמספר המחליטים הדרוש מטעם הצד לא אישר נוסח זה.
    [LIFE-14] אין הפקדה למשוך; מה ששוחרר אין מושכים אותו ואין משמידים אותו.
    [LIFE-17] אישור הקבלה בא לאחר המועד, או שדבר לא שוחרר: איש אינו קשור.
    [LIFE-19] הרכבה של משלחת השתנה: הנוסח מוקפא מחדש.
    [LIFE-22] אין בתנאים תחום כזה, או שלא כולם אישרו קבלה.
    [LIFE-24] אי אפשר לאשר זאת מחדש עתה: מחוץ לפרק הזמן שנקבע לכך, או שנמסרה הודעת פרישה, או שאין בתנאים חידוש.
    [LIFE-25] התנאים אינם מתירים הודעה כזאת, או שהיא קצרה מן הקבוע בהם, או שאין הודעה לחזור ממנה.
    [LIFE-27] ברישום יש יותר משהבנה מכילה, או מספר מחליטים דרוש שאין להשיגו.
    [LIFE-28] הבנה אחרת באה במקומה, או שהרגע כבר עבר.
    [INCIDENT-2] המעשה רחוק מדי בעבר, או בעתיד, או מחוץ לזמן שבו ההבנה חלה.
    [INCIDENT-5] זהו עניינו של צד אחר, או שאין תקרית כזאת.
    [INCIDENT-7] התקרית סגורה, או שהרגע כבר עבר.
    [INCIDENT-9] הצד הזה פתח 64 תקריות בתוך שנה; יש לשלוח מברק במקום זאת.
   *[other] -
}
in-queries = שאילתות ממתינות
in-query-answer = תשובה לפי תבנית
in-query-write = תשובה בלשונכם
in-query-none = אין שאילתה הממתינה לצדכם.
st-retention-default = מה נקבע למברק חדש
wr-kept-here = נשמר בכספת בזמן ההקלדה, ונמצא שוב כאן ובדף המברקים.
dp-thread = השתלשלות הדברים
room-name = { $room ->
    [delegation] חדר המשלחת
    [registry] המרשם
   *[caucus] ההיוועצות הנפרדת של { $party }
}

## Rehearsal

page-rehearsal = חזרה
rh-why = שנו תנאי וראו כיצד העקומה זזה. שתי העקומות נבנות מאותם אירועים.
rh-which = הבנה
rh-none = אין נוסח לערוך בו חזרה.
rh-channel = השליח
rh-first = כיצד מחליט הצד הראשון
rh-second = כיצד מחליט הצד השני
rh-as-assumed = כפי שבהנחות
rh-model = הנחות, בקובץ
rh-model-hint = אם יישאר ריק, כל המספרים הם דוגמה. הסתברות אפשר לקחת ממרשם הטענות שלכם: credence = {"{"} claim = "4f2a91c0" {"}"}. docs/spec/rehearsal.md
rh-curves = { $plain }: הטקסט כפי שהוא. { $changed }: כפי ששונה כאן.
rh-runs = הרצות לכל אחת: { $n }; רווחים ברמה של { $level }.
rh-more = עוד הרצות, תרשימים ודף להדפסה: backchannel rehearse

## Claims

cl-why = מה אחרים טוענים, איך הדבר מדורג, ועד כמה כל אחד במשלחתכם מאמין בו. הדבר נשאר בחדר המשלחת שלכם בלבד. דבר אינו נכון משום שהוא רשום כאן.
cl-why-own = מה אחרים טוענים, איך אתם מדרגים זאת, ועד כמה אתם מאמינים בכך. הדבר נשאר בתחנה הזאת. דבר אינו נכון משום שהוא רשום כאן.
cl-none = אין טענות במרשם.
cl-reliability = { $r ->
    [a] A: מהימן לגמרי
    [b] B: מהימן בדרך כלל
    [c] C: מהימן למדי
    [d] D: בדרך כלל לא מהימן
    [e] E: לא מהימן
   *[f] F: אי אפשר לשפוט
}
cl-credibility = { $c ->
    [c1] 1: מאושר ממקורות אחרים
    [c2] 2: כנראה נכון
    [c3] 3: אולי נכון
    [c4] 4: מפוקפק
    [c5] 5: לא סביר
   *[c6] 6: אי אפשר לשפוט
}
cl-reliability-of = המקור
cl-credibility-of = מה שהוא אומר
cl-said-public = נאמר בפומבי
cl-said-private = לא נאמר בפומבי
cl-by = נרשמה בידי
cl-amended = תוקנה
cl-withdrawn = נמשכה
cl-source = מנין היא באה
cl-evidence = איזו ראיה תשנה את ההערכה
cl-rests = על מה היא נשענת
cl-rests-hint = מספרי מברקים או תחילתם, אחד בשורה
cl-not-here = אינו רשום כאן
cl-credences = עד כמה מאמינים בה
cl-no-credence = איש לא אמר עד כמה הוא מאמין בה.
cl-percent = { $n } %
cl-first = נאמר לראשונה
cl-change = { $way ->
    [up] עלה, קודם { $n } %
    [down] ירד, קודם { $n } %
   *[same] כמקודם, { $n } %
}
cl-older = נאמר לפני שהטענה תוקנה.
cl-enter = לרשום טענה
cl-enter-do = לרשום אותה
cl-who = של מי הטענה
cl-who-hint = שם של צד, או כל אדם במילים שלכם
cl-text = מה נטען, בשפה: { $language }
cl-when = מתי נטען (UTC)
cl-public = הדבר נאמר בפומבי
cl-statements = הצהרות פומביות שהיא נשענת עליהן
cl-statements-hint = היכן ומתי נאמרה כל אחת, אחת בשורה
cl-then = היא מגיעה למשלחתכם בלבד, ומופיעה כאן לאחר שנחתמה.
cl-believe = עד כמה אתם מאמינים בה
cl-believe-percent = מ-0 (לא נכון בוודאות) עד 100 (נכון בוודאות)
cl-because = מדוע
cl-believe-do = לומר זאת
cl-amend = לתקן אותה
cl-withdraw = למשוך אותה
cl-withdraw-why = היא נשארת רשומה כטענה שנמשכה.
cl-history = מה נרשם, לפי הסדר
cl-did = { $what ->
    [entered] רשם אותה
    [amended] תיקן אותה
    [withdrawn] משך אותה
   *[believed] מאמין בה במידה של
}
