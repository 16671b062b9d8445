// The one script of the desk. It does four things: writes local times beside UTC, brings pages up to date without touching what is being
// typed, sends forms and shows their answers in place, and serves the keyboard. Nothing is kept in the browser.
"use strict";

const root = document.documentElement;
const lang = root.lang;

// Times -------------------------------------------------------------------------------------------------------------------------------

const locale = lang + (root.hasAttribute("data-latin") ? "-u-nu-latn" : lang === "ar" ? "-u-nu-arab" : "");
const whole = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });
const hour = new Intl.DateTimeFormat(locale, { timeStyle: "medium" });

function writeTimes(within) {
    for (const time of within.querySelectorAll("time[datetime]")) {
        const place = time.querySelector("[data-local]");
        const at = new Date(time.dateTime);
        const today = at.toDateString() === new Date().toDateString();
        if (place && !Number.isNaN(at.getTime())) place.textContent = (today ? hour : whole).format(at);
    }
}

// Bringing the page up to date --------------------------------------------------------------------------------------------------------

// Forms somebody typed in, and those of them that are not kept yet as they stand.
const typed = new Set();
const dirty = new Set();
// What fills in or chooses for somebody may tell of a list only when it has changed.
function entered(take) {
    document.addEventListener("input", take);
    document.addEventListener("change", (event) => { if (event.target.matches("select, input[type=checkbox], input[type=radio]")) take(event); });
}
entered((event) => {
    const form = event.target.closest("form");
    if (form) { typed.add(form); dirty.add(form); }
});

// A part is left alone while somebody types in it, has typed in it, or has opened something in it that has an answer.
function inUse(part) {
    const active = document.activeElement;
    if (active && part.contains(active) && active.matches("input, textarea, select, button, summary")) return true;
    for (const form of typed) if (part.contains(form)) return true;
    return part.querySelector("[data-answer]:not(:empty), dialog[open]") !== null;
}

// No part moves under a hand: while the pointer's main button is down, or the pointer went over something to press just now, parts stay
// as they are, and what was aimed at is what is pressed. Not for long: a pointer may rest, or its button come up where no page is told of it.
let pressed = false;
let aimed = -Infinity;
let waits = 0;
for (const name of ["pointermove", "pointerdown", "pointerup"]) addEventListener(name, (event) => {
    pressed = (event.buttons & 1) > 0;
    if (event.target.closest?.("main a, main button, main summary, main input, main select, main label")) aimed = performance.now();
}, { passive: true });
for (const name of ["pointercancel", "blur", "contextmenu", "dragend", "visibilitychange"]) addEventListener(name, () => { pressed = false; }, { passive: true });
function inHand() {
    const now = performance.now();
    if (!pressed && now - aimed >= 1000) { waits = 0; return false; }
    waits = waits || now;
    if (now - waits < (pressed ? 30000 : 5000)) return true;
    waits = 0;
    return false;
}

function put(part, fresh) {
    const held = document.activeElement && part.contains(document.activeElement) ? document.activeElement : null;
    const open = new Set([...part.querySelectorAll("details[open]")].map((one) => one.id).filter(Boolean));
    const where = held && (held.id ? `#${CSS.escape(held.id)}` : held.getAttribute("href") && `a[href="${CSS.escape(held.getAttribute("href"))}"]`);
    for (const one of fresh.querySelectorAll("details")) if (open.has(one.id)) one.open = true;
    writeTimes(fresh);
    part.replaceWith(fresh);
    restoreAll(fresh);
    if (where) fresh.querySelector(where)?.focus({ preventScroll: true });
}

let last = 0;
let fetching = false;
let again = false;
async function refresh() {
    if (fetching) { again = true; return; }
    fetching = true;
    last = performance.now();
    try {
        const answer = await fetch(location.href, { headers: { "X-Desk-Live": "1" } });
        if (answer.redirected && new URL(answer.url).pathname !== location.pathname) { moved(answer.url); return; }
        if (!answer.ok) return;
        if (document.querySelector("[data-missing]")) { location.reload(); return; }
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        // Content was hidden or shown while this page did not follow.
        const hides = fresh.documentElement.hasAttribute("data-shared");
        if (hides !== root.hasAttribute("data-shared")) { told[hides ? "hide" : "show"](); return; }
        if (inHand()) { soon(400); return; }
        for (const part of document.querySelectorAll("[data-live]")) {
            const next = fresh.getElementById(part.id);
            if (next && plain(next) !== plain(part) && !inUse(part)) put(part, document.importNode(next, true));
        }
        root.dataset.fresh = String(Number(root.dataset.fresh || 0) + 1);
    } catch {
        lost(true);
    } finally {
        fetching = false;
        if (again) { again = false; soon(); }
    }
}

// What a part says, without what this script wrote into it.
function plain(part) {
    const copy = part.cloneNode(true);
    for (const place of copy.querySelectorAll("[data-local]")) place.textContent = "";
    for (const beat of copy.querySelectorAll("[data-beat]")) { beat.textContent = ""; beat.dataset.beat = ""; }
    for (const one of copy.querySelectorAll("details")) one.removeAttribute("open");
    return copy.outerHTML;
}

let timer = 0;
function soon(ms = 150) {
    if (!timer) timer = setTimeout(() => { timer = 0; refresh(); }, ms);
}

const unsaved = () => [...typed].some((form) => form.isConnected);
function moved(url) {
    // The door or the lock took the page's place. What is being typed elsewhere than in a kept draft stays until the person leaves.
    const path = new URL(url).pathname;
    if (path === "/locked" || !unsaved()) location.replace(url);
    else lost(true);
}

function lost(is, id = "lost") {
    const note = document.getElementById(id);
    if (note) note.hidden = !is;
}

// What the desk tells, by name.
let opened = false;
const told = {
    open: () => { if (opened) refresh(); else soon(); opened = true; lost(false); },
    error: () => lost(true),
    gone: () => lost(true, "silent"),
    here: () => { lost(false); lost(false, "silent"); soon(); },
    beat: (data) => {
        lost(false);
        lost(false, "silent");
        const [number, ...words] = data.split(" ");
        for (const beat of document.querySelectorAll("[data-beat]")) {
            beat.textContent = words.join(" ");
            beat.dataset.beat = number;
        }
        // What changes with time alone is no news: a beat brings the page up to date when that was some seconds ago.
        if (performance.now() - last > 4000 || document.querySelector("[data-each-beat]")) soon();
    },
    news: (data) => {
        const news = document.getElementById("news");
        if (news && data !== "-") news.textContent = data;
        soon();
    },
    locked: () => { if (location.pathname !== "/locked") location.replace("/locked"); },
    hide: () => { if (!root.hasAttribute("data-shared")) cover(); },
    show: () => { if (root.hasAttribute("data-shared")) location.reload(); else document.getElementById("main").hidden = false; },
};

// Another tab hid content: this one covers its own at once, keeps what is being typed, and comes again without content.
// What could not be kept stays here, covered, until content may be seen again.
async function cover() {
    document.getElementById("main").hidden = true;
    if (await keepAll()) location.reload();
}

function follow() {
    const take = ([name, data]) => told[name]?.(data);
    if ("SharedWorker" in window) {
        const { port } = new SharedWorker(root.dataset.worker, { name: locale });
        port.onmessage = (event) => take(event.data);
        addEventListener("pagehide", () => port.postMessage("bye"));
    } else {
        const source = new EventSource("/live");
        for (const name of Object.keys(told)) source.addEventListener(name, (event) => take([name, event.data]));
        addEventListener("pagehide", () => source.close());
    }
    addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

// Forms -------------------------------------------------------------------------------------------------------------------------------

const bodyOf = (form, button) => new URLSearchParams(new FormData(form, button));

async function send(form, button) {
    if (button) button.setAttribute("aria-busy", "true");
    const place = form.querySelector("[data-answer]") || makePlace(form);
    let goes = false;
    try {
        await keepAll();
        sending.add(draftOf(form));
        await keeping.get(draftOf(form));
        const answer = await fetch(button?.hasAttribute("formaction") ? button.formAction : form.action,
            { method: "POST", body: bodyOf(form, button), headers: { "X-Desk": "1" } });
        const go = answer.headers.get("X-Desk-Go");
        if (go) { goes = true; typed.delete(form); dirty.delete(form); location.assign(go); return; }
        if (answer.redirected) { moved(answer.url); return; }
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        place.replaceChildren(...fresh.body.childNodes);
        writeTimes(place);
        if (answer.ok) { typed.delete(form); dirty.delete(form); }
        place.setAttribute("tabindex", "-1");
        place.focus();
    } catch {
        lost(true);
    } finally {
        // Until another page is there, this one lives on: what the station has taken is not kept any more.
        if (!goes) { sending.delete(draftOf(form)); keepSoon(form); }
        if (button) button.removeAttribute("aria-busy");
    }
}

function makePlace(form) {
    const place = document.createElement("div");
    place.dataset.answer = "";
    form.append(place);
    return place;
}

// A button that changes the form itself: another passage, another language.
async function reshape(form, button) {
    if (button.getAttribute("aria-busy") === "true" || sending.has(draftOf(form))) return;
    button.setAttribute("aria-busy", "true");
    reshaping.add(form);
    try { await reshaped(form, button); } catch { lost(true); } finally { button.removeAttribute("aria-busy"); reshaping.delete(form); }
}
const reshaping = new Set();
const stateOf = (field) => field.type === "radio" || field.type === "checkbox" ? field.checked : field.value;
async function reshaped(form, button) {
    const before = [...form.elements].map((field) => [field, stateOf(field)]);
    const answer = await fetch(button.formAction, { method: "POST", body: bodyOf(form, button), headers: { "X-Desk": "1" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.id);
    if (!fresh) return;
    const next = document.importNode(fresh, true);
    // What was typed and chosen while the answer was on its way.
    for (const [field, was] of before) {
        if (!field.name || stateOf(field) === was) continue;
        const ticks = field.type === "radio" || field.type === "checkbox";
        const all = [...next.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)];
        const same = all.find((one) => one.type === field.type && (!ticks || one.value === field.value));
        if (same && ticks) same.checked = field.checked;
        else if (same) same.value = field.value;
    }
    typed.delete(form);
    dirty.delete(form);
    form.replaceWith(next);
    typed.add(next);
    dirty.add(next);
    writeTimes(next);
    (next.querySelector("[autofocus]") || next.querySelector("textarea"))?.focus();
    check(next);
    keepSoon(next);
}

document.addEventListener("submit", (event) => {
    const form = event.target;
    const button = event.submitter;
    if (button?.hasAttribute("data-reshape")) { event.preventDefault(); reshape(form, button); return; }
    if (form.hasAttribute("data-act")) {
        event.preventDefault();
        if (button?.getAttribute("aria-busy") !== "true" && !reshaping.has(form)) send(form, button);
    }
});

// The rules, while one types.
let checking = 0;
async function check(form) {
    const into = document.getElementById(form.dataset.into);
    if (!form.dataset.check || !into) return;
    const mine = ++checking;
    try {
        const answer = await fetch(form.dataset.check, { method: "POST", body: bodyOf(form), headers: { "X-Desk": "1" } });
        if (mine !== checking || answer.redirected) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        into.replaceChildren(...fresh.body.childNodes);
        into.dataset.checked = String(mine);
        writeTimes(into);
    } catch { lost(true); }
}

// Drafts: into the vault, a second after the last key, and before anything else is asked for. A form that is being sent is not kept: what the
// station has taken must not come back as a draft.
const timers = new WeakMap();
const sending = new Set();
function keepSoon(form) {
    if (!form.dataset.keep || !dirty.has(form)) return;
    // What stood there of an earlier state is not so any more.
    const note = document.getElementById(form.dataset.kept);
    if (note) note.textContent = "";
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => keepDraft(form), 1000));
}
// One keeping of a draft at a time, and one more behind it: what it was before must not be written after what it is. True unless it should
// be kept and could not be.
const keeping = new Map();
const behind = new Map();
const stands = new Map();
const draftOf = (form) => form.elements.draft?.value || form;
function keepDraft(form, more = {}) {
    if (!form.dataset.keep) return Promise.resolve(true);
    const draft = draftOf(form);
    // A form that changed its shape is another with the same draft.
    stands.set(draft, form);
    const begin = () => {
        behind.delete(draft);
        const now = keepNow(stands.get(draft), more);
        keeping.set(draft, now);
        now.then(() => { if (keeping.get(draft) === now) keeping.delete(draft); });
        return now;
    };
    // A page that is going away waits for nothing.
    if (more.keepalive || !keeping.has(draft)) return begin();
    if (!behind.has(draft)) behind.set(draft, keeping.get(draft).then(begin));
    return behind.get(draft);
}
async function keepNow(form, more) {
    if (!form.dataset.keep || !dirty.has(form) || sending.has(draftOf(form)) || !form.isConnected) return true;
    clearTimeout(timers.get(form));
    dirty.delete(form);
    const note = document.getElementById(form.dataset.kept);
    try {
        const answer = await fetch(form.dataset.keep, { method: "POST", body: bodyOf(form), headers: { "X-Desk": "1" }, ...more });
        const kept = answer.ok && !answer.redirected;
        if (!kept) dirty.add(form);
        if (answer.redirected) return false;
        const text = await answer.text();
        if (note && !(kept && dirty.has(form))) note.textContent = new DOMParser().parseFromString(text, "text/html").body.textContent.trim();
        if (kept) named(form);
        return kept;
    } catch { dirty.add(form); lost(true); return false; }
}
async function keepAll() {
    let all = true;
    for (const form of typed) all = await keepDraft(form) && all;
    return all;
}
// A page for something new is another each time: once its draft is kept, its address leads to that.
function named(form) {
    if (location.pathname !== "/write") return;
    const path = `/write?draft=${form.elements.draft.value}`;
    history.replaceState(null, "", path);
    for (const from of document.querySelectorAll('form.simple input[name="from"]')) from.value = path;
}
addEventListener("pagehide", () => { for (const form of dirty) keepDraft(form, { keepalive: true }); });
// A page is asked for before the one that is left is told of it: whoever follows a link leaves once all is kept.
document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link?.target || link?.download;
    if (!link || elsewhere || event.defaultPrevented || !(dirty.size || keeping.size) || link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    // What could not be kept would be lost: the form says why, and whoever follows the link once more leaves all the same.
    if (await keepAll() || stays === link) location.assign(link.href);
    else stays = link;
});
let stays = null;

// What was typed on this page before, and kept.
function restore(form) {
    const place = form.querySelector("[data-values]");
    for (const [name, value] of JSON.parse(place.dataset.values)) {
        for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=hidden])`)) {
            if (field.type === "checkbox" || field.type === "radio") field.checked = field.value === value;
            else field.value = value;
        }
    }
    place.remove();
    typed.add(form);
    for (let around = form.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
}

function restoreAll(within) {
    for (const place of within.querySelectorAll("form [data-values]")) restore(place.closest("form"));
}

let waiting = 0;
entered((event) => {
    const form = event.target.closest("form[data-check], form[data-keep]");
    if (!form) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => check(form), 350);
    keepSoon(form);
});

// Whoever types or clicks is there: the desk locks by itself when nobody is.
let seen = 0;
function here() {
    const now = performance.now();
    if (seen && now - seen < 20000 || !root.hasAttribute("data-inside")) return;
    seen = now;
    fetch("/here", { headers: { "X-Desk": "1" } }).catch(() => {});
}
addEventListener("keydown", here, { passive: true });
addEventListener("pointerdown", here, { passive: true });

// The keyboard ------------------------------------------------------------------------------------------------------------------------

let going = false;
function step(by) {
    const rows = [...document.querySelectorAll("main .rows a[data-row], main .rows > li a:first-of-type")];
    if (!rows.length) return;
    const at = rows.indexOf(document.activeElement);
    rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))].focus();
}
function press(key) { document.querySelector(`form[data-key="${key}"] button`)?.click(); }
// The key only hides: a letter that was meant for a field must not show everything to a room.
function hide() { document.querySelector('form[data-key="share"][data-want="hide"] button')?.click(); }
// The letter of a key by its place: layouts of other scripts have other letters there.
const letter = (event) => /^Key[A-Z]$/.test(event.code) ? (event.shiftKey ? event.code[3] : event.code[3].toLowerCase()) : event.key;
function keys() { document.getElementById("keys")?.showModal(); }

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const typing = event.target.matches("input, textarea, select");
    if (event.key === "Escape") { if (typing) event.target.blur(); return; }
    if (typing || document.querySelector("dialog[open]")) return;
    if (root.hasAttribute("data-nokeys")) return;
    const key = letter(event);
    if (going) {
        going = false;
        document.querySelector(`a[data-goto="${CSS.escape(key)}"]`)?.click();
        return;
    }
    const acts = { g: () => { going = true; }, j: () => step(1), k: () => step(-1), "?": keys, h: hide, L: () => press("lock"),
        w: () => document.querySelector('a[data-goto="w"]')?.click() };
    if (acts[key]) { event.preventDefault(); acts[key](); }
});
document.addEventListener("click", (event) => {
    if (event.target.closest("[data-keys]")) keys();
    if (event.target.closest("[data-print]")) print();
    const save = event.target.closest("[data-save]");
    if (save) {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([document.getElementById(save.dataset.save).textContent], { type: "text/plain" }));
        link.download = save.dataset.name;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    }
});

// The door: the code of the link stands behind the mark #, which no browser sends; it leaves the address bar at once.
function enter() {
    const form = document.getElementById("enter");
    if (!form || location.hash.length < 2) return;
    form.elements.code.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    form.requestSubmit();
}

writeTimes(document);
document.querySelector(".menu [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
if (root.hasAttribute("data-inside")) follow();
restoreAll(document);
for (const form of document.querySelectorAll("form[data-check]")) check(form);
enter();
