# המילים של דוח ההדמיה.

## מסגרת העמוד
letters = א ב ג ד ה ו ז ח ט י כ ל מ נ ס ע פ צ ק ר ש ת
kind = הדמיה של הבנה
title = האם האיפוק הזה יחזיק?
notice-title = העמוד הזה אינו חוזה דבר.
notice = כל מספר בו נובע מן ההנחות המנויות תחת "על מה זה נשען", ומשום דבר אחר. היכן שהן שגויות, שגויים גם המספרים.
notice-short = אינו חוזה דבר. נשען על ההנחות המוצגות.
contents = תוכן
partial-title = החישוב נקטע.
partial = המספרים נשענים על פחות הרצות ממה שהתבקש, ולכן הרווחים שלהם רחבים יותר.
fact-horizon = אופק
fact-variants = חלופות
fact-runs = הרצות לכל חלופה
fact-level = רמת הרווחים
fact-seed = זרע
fact-state = שלמות
state-partial = נקטע: פחות הרצות ממה שהתבקש
state-whole = כל ההרצות בוצעו
found = מה נמצא
holds = כמה זמן האיפוק מחזיק
ends = מדוע הוא מסתיים
buys = מה נותן כל תנאי
costs = האיפוק מול מחיר אזעקות השווא
remarks = מה שמנוגד למשאלות
runs = האם היו די הרצות
rests = על מה זה נשען
oracles = השוואה לתשובות שפורסמו
again = כדי להפיק שוב

## מה נמצא
called = { $letter } ({ $name })
found-first = בחלופה { $variant }, ההסתברות שהאיפוק יחזיק שנה אחת היא { $year } ({ $yearInterval }), ולמשך { $span } היא { $end } ({ $endInterval }).
found-first-short = בחלופה { $variant }, ההסתברות שהאיפוק יחזיק { $span } היא { $end } ({ $endInterval }).
found-cause = מה שמסיים אותו שם לרוב: { $cause }, ב־{ $share } מן ההרצות.
found-range = בסוף, { $best } גבוהה מכולן עם { $bestValue }, ו־{ $worst } נמוכה מכולן עם { $worstValue }.
found-alike = { $n ->
    [one] ההרצות האלה אינן מבחינות בין { $letters } ל־{ $first }: רווח ההפרש כולל אפס.
    [two] ההרצות האלה אינן מבחינות בין { $letters } ל־{ $first }: רווחי ההפרשים כוללים אפס.
   *[other] ההרצות האלה אינן מבחינות בין { $letters } ל־{ $first }: רווחי ההפרשים כוללים אפס.
}
between-letters = {", "}
interval-note = מתחת לכל מספר מופיע הרווח שלו ברמה של { $level }. הוא מכסה את מקריות ההגרלה, לא את הספק בהנחות. כל החלופות פגשו אותם אירועים מקריים, ולכן ההפרשים ודאיים יותר מן המספרים שהם מפרידים.
table-variants = החלופות זו לצד זו
col-variant = חלופה
col-year = מחזיק שנה אחת
col-end = מחזיק { $span }
col-against = הפרש מ־{ $first }, בנקודות אחוז
col-question = זמן בסימן שאלה
col-cost = מחיר אזעקות השווא לשנה
col-runs = הרצות
rare-read = האיפוק עשוי גם להסתיים לעתים כה נדירות, עד שהרצות רגילות כמעט אינן מראות זאת. כאן הדרך אל סופו נחתכת לרמות של סכנה גוברת, וניסיונות שמגיעים לרמה מועתקים וממשיכים במקריות חדשה. ההסתברות נשענת על אותם כללים ועל אותן הנחות, והיא לכל הסיבות יחד.
table-rare = סופים שהרצות רגילות עשויות להיות מעטות מכדי להראות
col-breakdown = מסתיים תוך { $span }
col-trials = ניסיונות שהתחילו
col-note = הערה
rare-rough = גס: דרושות הרצות נוספות
rare-lacks = { $name ->
    [unreached] אף ניסיון לא הגיע לסוף
    [stopped] נעצר לפני שהיה מה להראות
   *[other] ?
}

## לאורך הזמן
holds-read = כל קו הוא חלופה אחת, מן ההתחלה ועד האופק; הזמן מתקדם משמאל לימין, והפס סביב הקו הוא הרווח שלו. הקווים נבדלים במקטעים ובסימנים, לא רק בצבע.
holds-read-many = כל קו הוא חלופה אחת, מן ההתחלה ועד האופק; הזמן מתקדם משמאל לימין. הקווים נבדלים במקטעים ובסימנים, לא רק בצבע. הרווחים שלהם מוצגים להלן אחד אחד.
panels = אחת אחת
panels-read = כל חלופה עם הרווח שלה; הקו הדק הוא { $first }.
table-dates = ההסתברות שהאיפוק יחזיק עד כל מועד
table-causes = חלק ההרצות שהסתיימו מכל סיבה
ends-read = כל עמודה היא חלופה אחת; אורכה הוא חלק ההרצות שבהן האיפוק הסתיים לפני האופק, מחולק לפי סיבות.

## התנאים
buys-read = כל תנאי בנוסח וכל הנחה במודל הוזזו לבדם מן הערך הנמוך לערך הגבוה. ככל שהעמודה ארוכה יותר, כך הדבר חשוב יותר; הקו האנכי הוא { $first }. תחילה באים התנאים, כי אותם אפשר לבחור; אחריהם ההנחות המשפיעות ביותר.
buys-hidden = { $n ->
    [one] הנחה אחת נוספת מזיזה את התוצאה פחות; המספרים שלה נמצאים ב־JSON של הדוח.
    [two] שתי הנחות נוספות מזיזות את התוצאה פחות; המספרים שלהן נמצאים ב־JSON של הדוח.
   *[other] { $n } הנחות נוספות מזיזות את התוצאה פחות; המספרים שלהן נמצאים ב־JSON של הדוח.
}
buys-left-out = לא נוסה, כי קצה אחד של התחום סותר את השאר: { $names }.
table-tornado = ההסתברות להחזיק עד האופק כאשר דבר אחד משתנה
col-name = מה משתנה
col-sort = סוג
col-lower = ערך נמוך
col-upper = ערך גבוה
col-holds = מחזיק עד האופק
col-difference = הפרש, בנקודות
sort-term = תנאי
sort-assumption = הנחה
key-term = תנאי בנוסח
key-assumption = הנחה במודל
key-lower-upper = בערך הנמוך, בערך הגבוה
bar-label = { $name }: { $lower } עד { $upper }
costs-read = כל סימן הוא בחירת תנאים אחת. על הקו נמצאות הבחירות ששום בחירה אחרת אינה טובה מהן גם באיפוק וגם במחיר; המחיר ביחידות של המודל עצמו.
costs-best = הטובה ביותר שנמצאה בגבולות שנקבעו: { $terms }. היא מחזיקה עד האופק בהסתברות { $value } ({ $interval }), במחיר { $cost } לשנה.
costs-over = במספרים אקראיים חדשים המחיר גבוה מהמגבלה { $limit } לשנה. אל תסתמכו עליה.
costs-nothing = מן הצירופים שנבדקו ({ $n }) אין אחד שנשאר במחיר של { $limit } לשנה.
costs-partly = היו יותר מדי צירופים מכדי לבדוק את כולם: בכל פעם שונה תנאי אחד, וייתכן שיש טובים יותר.
costs-impossible = צירופים שסותרים את עצמם ולא נכללו: { $n }.
costs-others = { $n ->
    [one] נבדקה עוד בחירה אחת, והיא אינה טובה יותר בשני הדברים.
    [two] נבדקו עוד שתי בחירות; אף אחת אינה טובה יותר בשני הדברים. הן נמצאות ב־JSON של הדוח.
   *[other] נבדקו עוד { $n } בחירות; אף אחת אינה טובה יותר בשני הדברים. כולן נמצאות ב־JSON של הדוח.
}
table-frontier = בחירות ששום אחרת אינה טובה מהן בשני הדברים
col-number = מס׳
col-terms = תנאים
key-best = הטובה שנמצאה
no-terms = הנוסח כמות שהוא

## מה אומרים המודלים
remarks-read = גם זאת אומרים המודלים, והדבר מוצג מפני שאיש לא קיווה לו.
remark = { $name ->
    [mediation-adds-nothing] התיווך אינו מוסיף דבר כאן: שיחה ישירה בין הצדדים משיגה אותו הדבר.
    [faster-reporting-destroys] דיווח מהיר יותר הורס כאן את האיפוק: כל דיווח אומר מעט מדי, ורבים מדי שגויים.
    [no-trigger-holds] שום איום להשיב על הפרה בהפרה, ארוך ככל שיהיה, אינו מקיים כאן את האיפוק.
    [term-buys-nothing] תנאי אינו נותן דבר שההרצות האלה יכלו להראות.
    [channel-worsens] האיפוק מחזיק כאן פחות עם הערוץ מאשר בלעדיו.
   *[other] ?
}
runs-read = האומדן עבור { $first } והרווח שלו אחרי עוד ועוד הרצות. קו שנח, בתוך פס צר ביחס להפרשים החשובים, אומר שהיו די הרצות.
table-convergence = האומדן אחרי עוד ועוד הרצות
col-width = רוחב הרווח, בנקודות אחוז

## הנחות ותשובות שפורסמו
rests-read = אלה ההנחות, המשפיעות ביותר תחילה. העמודה האחרונה אומרת בכמה נקודות אחוז זזה ההסתברות להחזיק כאשר ההנחה זזה לאורך התחום שלה.
rests-not-measured = אלה ההנחות. לא נבדק אילו מהן משפיעות ביותר.
rests-text = הטקסט כפי שהוא: { $terms }.
rests-illustrative = { $n ->
    [one] לאחת מתוך { $all } אין מקור. היא מסומנת, והיא דוגמה ולא תיאור של העולם.
    [two] לשתיים מתוך { $all } אין מקור. הן מסומנות, והן דוגמאות ולא תיאור של העולם.
   *[other] ל־{ $n } מתוך { $all } אין מקור. הן מסומנות, והן דוגמאות ולא תיאור של העולם.
}
table-assumptions = הנחות
col-assumption = הנחה
col-value = ערך
col-source = מקור
col-matters = מזיזה את התוצאה ב, בנקודות אחוז
illustrative = להמחשה
oracles-read = { $n ->
    [one] אותה תוכנה מחשבת מספר אחד שאחרים פרסמו. הוא אומר שהמנגנון תקין, לא שההנחות נכונות.
    [two] אותה תוכנה מחשבת שני מספרים שאחרים פרסמו. הם אומרים שהמנגנון תקין, לא שההנחות נכונות.
   *[other] אותה תוכנה מחשבת { $n } מספרים שאחרים פרסמו. הם אומרים שהמנגנון תקין, לא שההנחות נכונות.
}
oracles-failed = { $n ->
    [one] מספר אחד אינו תואם. אין להסתמך על דבר בעמוד זה עד שיתאים.
    [two] שני מספרים אינם תואמים. אין להסתמך על דבר בעמוד זה עד שיתאימו.
   *[other] { $n } מספרים אינם תואמים. אין להסתמך על דבר בעמוד זה עד שיתאימו.
}
table-oracles = מספרים שפורסמו ומה שחושב כאן
col-oracle = מספר ומקור
col-published = פורסם
col-computed = חושב
col-error = שגיאה
col-agrees = תואם
agrees = כן
disagrees = לא
again-read = אותו נוסח, אותו מודל, אותו זרע ואותו מספר הרצות נותנים אותם מספרים, בכל מחשב ובכל מספר של ליבות.

## תרשימים
axis-holds = ההסתברות שהאיפוק מחזיק
axis-holds-cut = ההסתברות שהאיפוק מחזיק; הציר מתחיל ב־{ $from }
axis-holds-end = ההסתברות להחזיק עד האופק
axis-ended = חלק ההרצות שבהן האיפוק הסתיים
axis-cost = מחיר אזעקות השווא לשנה
axis-runs = הרצות שבוצעו
axis-years = שנים
axis-months = חודשים
axis-days = ימים
plot-survival = ההסתברות שהאיפוק מחזיק, לאורך הזמן
plot-survival-words = { $n ->
    [1] עקומה אחת, מן ההתחלה ועד { $span }. בסוף היא ב־{ $bestValue }: { $best }; הנמוכה ביותר { $worstValue }: { $worst }. כל המספרים בטבלה שאחרי התרשים.
   *[other] { $n } עקומות, אחת לכל חלופה, מן ההתחלה ועד { $span }. בסוף { $best } גבוהה מכולן, ב־{ $bestValue }, ו־{ $worst } נמוכה מכולן, ב־{ $worstValue }. כל המספרים בטבלה שאחרי התרשים.
}
plot-panel-words = { $variant } עם הרווח שלה. אחרי { $span } היא ב־{ $value } ({ $interval }).
plot-causes = מדוע האיפוק הסתיים, לפי חלופה
plot-causes-words = { $n ->
    [one] עמודה אחת, מחולקת לפי סיבות. מה שמסיים לרוב את { $variant }: { $cause }, ב־{ $value } מן ההרצות. כל המספרים בטבלה שאחרי התרשים.
    [two] שתי עמודות, אחת לכל חלופה, מחולקות לפי סיבות. מה שמסיים לרוב את { $variant }: { $cause }, ב־{ $value } מן ההרצות. כל המספרים בטבלה שאחרי התרשים.
   *[other] { $n } עמודות, אחת לכל חלופה, מחולקות לפי סיבות. מה שמסיים לרוב את { $variant }: { $cause }, ב־{ $value } מן ההרצות. כל המספרים בטבלה שאחרי התרשים.
}
plot-tornado = מה מזיזים כל תנאי וכל הנחה
plot-tornado-words = { $n ->
    [one] עמודה אחת. { $name }: ב־{ $lower } האיפוק מחזיק עד האופק בהסתברות { $lowerValue }, ב־{ $upper } בהסתברות { $upperValue }. כל המספרים בטבלה שאחרי התרשים.
   *[other] { $n } עמודות, הארוכה תחילה. { $name }: ב־{ $lower } האיפוק מחזיק עד האופק בהסתברות { $lowerValue }, ב־{ $upper } בהסתברות { $upperValue }. כל המספרים בטבלה שאחרי התרשים.
}
plot-frontier = האיפוק ומחיר אזעקות השווא, לפי בחירת תנאים
plot-frontier-words = { $n ->
    [one] בחירת תנאים אחת, ומתוכן { $on } ששום אחרת אינה טובה מהן: מ־{ $low } במחיר { $lowCost } עד { $high } במחיר { $highCost }. המספרים בטבלה שאחרי התרשים.
   *[other] { $n } בחירות תנאים, ומתוכן { $on } ששום אחרת אינה טובה מהן בשני הדברים: מ־{ $low } במחיר { $lowCost } עד { $high } במחיר { $highCost }. המספרים בטבלה שאחרי התרשים.
}
plot-convergence = האומדן אחרי עוד ועוד הרצות
plot-convergence-words = האומדן עבור { $variant }. אחרי { $few } הרצות היה הרווח שלו { $fewInterval }; אחרי { $many } הרצות הוא { $manyInterval }. המספרים בטבלה שאחרי התרשים.
plot-empty = אין מה להציג.

## ערכים
interval = { $low } עד { $high }
term-value = { $term } { $value }
between-terms = {", "}
span-years = { $n ->
    [one] שנה אחת
    [two] שנתיים
   *[other] { $n } שנים
}
span-months = { $n ->
    [one] חודש אחד
    [two] חודשיים
   *[other] { $n } חודשים
}
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
span-beats = { $n ->
    [one] פעימה אחת
    [two] שתי פעימות
   *[other] { $n } פעימות
}
rate-year = { $n } לשנה
rate-day = { $n } ליום

## שמות בקבצים
term = { $name ->
    [brake] בלם
    [reply] זמן תשובה
    [notice] הודעת פרישה
    [complaint] חלון תלונה
    [duration] משך
    [lasts] משך
    [renewal] חידוש
    [renewal-before] זמן לאישור מחדש לפני הסוף
    [batching] קיבוץ דיווחים
    [read-back] חזרה על הדברים
    [courier] מתווך
    [channel] ערוץ
   *[other] ?
}
courier = { $name ->
    [faithful] מתווך נאמן
    [slow] מתווך איטי
    [biased] מתווך מוטה
    [faithless] מתווך בוגדני
    [absent] מתווך נעדר
    [none] בלי ערוץ
   *[other] ?
}
value = { $name ->
    [yes] כן
    [no] לא
    [true] כן
    [false] לא
    [on] כן
    [off] לא
    [none] אין
    [unforgiving] בלתי סלחני
    [generous] נדיב
    [contrite] מתחרט
    [trigger] כלל הדק
    [bayesian] סף בייסיאני
    [bayes] סף בייסיאני
    [first] הצד הראשון
    [second] הצד השני
    [table] טבלה כתובה
   *[other] ?
}
variant = { $name ->
    [plain] הנוסח כמות שהוא
    [channel] עם הערוץ
    [with-channel] עם הערוץ
    [without-channel] בלי ערוץ
    [no-channel] בלי ערוץ
   *[other] ?
}
cause = { $name ->
    [false-alarm] אזעקת שווא
    [accident] תאונה
    [non-party] מעשה של מי שאינו צד
    [breach] הפרה של ממש
    [notice] הודעת פרישה
    [lapse] פקיעה בלי חידוש
   *[other] ?
}
parameter = { $name ->
    [years] אופק
    [channel-kind] מתווך
    [channel-towards] הצד שמתווך מוטה נוטה אליו
    [rule] כלל החלטה
    [table] טבלת החלטות כתובה
    [channel-beat-seconds] פעימת הממסר
    [channel-grace-beats] ארכה אחרי סיום
    [channel-delay-beats] עיכוב נוסף עד חתימת פעולה
    [channel-loss] אובדן בערוץ
    [channel-resend-beats] המתנה לפני שליחה חוזרת
    [channel-courier-hours] הזמן שבו המתווך מעביר דברים
    [channel-garbles] דברים שמגיעים ולא הובנו כהלכה
    [channel-read-back] חזרה על הדברים
    [channel-read-back-hours] הזמן שמוסיפה חזרה על הדברים
    [channel-read-back-catches] אי־הבנות שחזרה על הדברים מתקנת
    [channel-slow-factor] איטיות של מתווך איטי
    [channel-bias-drops] דברים שמתווך מוטה משמיט
    [channel-bias-factor] איטיות של מתווך מוטה
    [channel-withholds] דברים שמתווך בוגדני מעכב
    [channel-alters] דברים שמתווך בוגדני משנה
    [channel-absent-from-days] הזמן שאחריו המתווך נעדר
    [channel-absent-stretch-days] פרקי היעדרות של המתווך
    [channel-present-stretch-days] פרקי נוכחות של המתווך
    [false-alarms-per-year] אזעקות שווא
    [accidents-per-year] תאונות
    [non-party-acts-per-year] מעשים של מי שאינו צד
    [opportunities-per-year] הזדמנויות להרוויח מהפרה
    [false-alarm-burst] אזעקות שווא שכל אחת גוררת
    [accident-burst] תאונות שכל אחת גוררת
    [non-party-burst] מעשים שכל מעשה כזה גורר
    [opportunity-burst] הזדמנויות שכל אחת גוררת
    [burst-days] הזמן שאחריו אחד גורר את הבא
    [notices-false-alarm] אזעקות שווא שמגיעות למחליטים
    [notices-accident] תאונות שמבחינים בהן
    [notices-non-party-act] מעשים של מי שאינו צד שמבחינים בהם
    [notices-breach] הפרות שמבחינים בהן
    [noticing-hours] הזמן עד שמבחינים בעובדה
    [attribution-false-alarm-breach] אזעקת שווא שנחשבת להפרה
    [attribution-false-alarm-accident] אזעקת שווא שנחשבת לתאונה
    [attribution-false-alarm-non-party] אזעקת שווא שנחשבת למעשה של מי שאינו צד
    [attribution-false-alarm-nothing] אזעקת שווא שמזוהה ככלום
    [attribution-accident-breach] תאונה שנחשבת להפרה
    [attribution-accident-accident] תאונה שמזוהה ככזאת
    [attribution-accident-non-party] תאונה שנחשבת למעשה של מי שאינו צד
    [attribution-accident-nothing] תאונה שנחשבת לכלום
    [attribution-non-party-breach] מעשה של מי שאינו צד שנחשב להפרה
    [attribution-non-party-accident] מעשה של מי שאינו צד שנחשב לתאונה
    [attribution-non-party-non-party] מעשה של מי שאינו צד שמזוהה ככזה
    [attribution-non-party-nothing] מעשה של מי שאינו צד שנחשב לכלום
    [attribution-breach-breach] הפרה שמזוהה ככזאת
    [attribution-breach-accident] הפרה שנחשבת לתאונה
    [attribution-breach-non-party] הפרה שנחשבת למעשה של מי שאינו צד
    [attribution-breach-nothing] הפרה שנחשבת לכלום
    [second-look] אזעקות שווא שאנשיו מגלים
    [second-look-hours] הזמן שבו אנשיו מגלים
    [hair-trigger] פעולה מיידית על אזעקה
    [patience-hours] סבלנות לאזעקה שאיש אינו מסביר
    [waits-for-reply] המתנה עד תום זמן התשובה
    [honours-brake] המתנה כל עוד הבלם חל
    [opens-above] אמונה שמעליה נפתחת תקרית
    [urgent-above] אמונה שמעליה תקרית דחופה
    [lawful] הודעה במקום פעולה מיידית
    [convinced] אמונה שנחשבת לשכנוע
    [generosity] הפרות שכלל נדיב מוותר עליהן
    [trigger-days] משך ההשעיה בידי כלל הדק
    [threshold] אמונה שמעליה נוטשים את האיפוק
    [standing-days] זיכרון של אשמה משלו
    [suspended-strikes-per-year] תקיפות בזמן ההשעיה
    [finding-out-hours] הזמן לברר מה עשו אנשיו
    [works-to-deadline] חלק מזמן התשובה שנותר שהוא לוקח
    [answers] עצם התשובה
    [provisional] תשובה חלקית בתום הזמן
    [convinces] הסברים כנים שמשכנעים
    [admits] הפרות שמודים בהן
    [self-reports] תאונות משלו שמדווחות בלי שנשאל
    [credence] האמון שבו הוא פותח
    [worth-of-words] משקל של הסבר משכנע
    [worth-of-code] משקל של תשובה במרשם
    [worth-of-silence] משקל של שתיקה מעבר לזמן
    [worth-of-admission] משקל של הודאה
    [trust-gain] אמון שמוסיף עניין שהוסבר
    [trust-loss] אמון שמותיר עניין שלא הוסבר
    [quiet-days] הזמן שבו הנלמד שוקל מחצית
    [temptation] תועלת מהפרה לבדו
    [reward] תועלת כששניהם שומרים
    [punishment] תועלת בלי איפוק
    [sucker] תועלת כשהאחר לבדו מפר
    [advantage-days] משך היתרון
    [impatience-per-year] קוצר רוח
    [feared-breaks-per-year] הפרות שהוא חושש מהן
    [strong] הסתברות מוקדמת להיות חזק
    [strong-temptation] הפיתוי של צד חזק, ככפולה
    [open-breach] הפרות גלויות שמסיימות את האיפוק
    [threatens] איומים פומביים בשל אזעקה
    [audience-cost] מחיר של איום פומבי שלא מומש
    [forgets] שכחה לאשר מחדש
    [grudge] הימנעות מאישור מחדש בשל עניין
    [grudge-days] משך הנטירה בשל עניין
    [renewal-lead-hours] כמה זמן לפני המועד הוא מאשר
    [question-cost-per-day] מחיר של יום בסימן שאלה
    [alarm-cost] מחיר של אזעקה על לא כלום
   *[other] ?
}
of-side = { $side ->
    [first] { $what } (הצד הראשון)
   *[second] { $what } (הצד השני)
}
