// One connection to the desk for all tabs of a browser, which would otherwise hold one each, and browsers hold few. It passes on what it is
// told and keeps nothing but the last word on whether the station is there.
"use strict";

const tabs = new Set();
let source = null;
let again = 0;
let last = "here";

function tell(name, data) {
    for (const tab of tabs) tab.postMessage([name, data]);
}

function leave() {
    clearTimeout(again);
    again = 0;
    source?.close();
    source = null;
}

function follow() {
    leave();
    source = new EventSource("/live");
    source.addEventListener("open", () => tell("open", ""));
    source.addEventListener("error", () => {
        tell("error", "");
        // The browser connects again by itself unless it was refused: the session may be another by then.
        if (source?.readyState === EventSource.CLOSED) again = setTimeout(follow, 2000);
    });
    for (const name of ["gone", "here"]) source.addEventListener(name, () => { last = name; tell(name, ""); });
    for (const name of ["beat", "news", "locked", "hide", "show"]) source.addEventListener(name, (event) => tell(name, event.data));
}

addEventListener("connect", (event) => {
    const tab = event.ports[0];
    tabs.add(tab);
    tab.onmessage = () => {
        tabs.delete(tab);
        if (!tabs.size) leave();
    };
    if (!source) follow();
    // What came between the making of the page and now is on no page yet.
    else if (source.readyState === EventSource.OPEN) tab.postMessage(["open", ""]);
    if (last === "gone") tab.postMessage(["gone", ""]);
});
