// SPDX-License-Identifier: AGPL-3.0-or-later
// Who else has this open: <div data-lease="/mesa/agenda/…/apartar" data-lease-text="{name} … {time}">.
// A form (data-lease-writes) says every minute that it is open, and once more when it is left; a page
// only asks. It hinders nobody: the version decides when both save.

const EVERY_MS = 60_000;

function csrf() {
    return document.querySelector("form input[name='csrf']")?.value ?? "";
}

function body(leave) {
    const fields = new URLSearchParams({ csrf: csrf() });
    if (leave) {
        fields.set("leave", "1");
    }
    return fields;
}

// The instant comes with the city's offset: its hour is the one on the office's wall.
function clock(instant) {
    return instant.slice(11, 16);
}

function line(place, lease) {
    const notice = document.createElement("p");
    notice.className = "notice warn";
    const words = document.createElement("span");
    words.textContent = place.dataset.leaseText
        .replace("{name}", lease.name)
        .replace("{time}", clock(lease.since_at));
    notice.append(words);
    return notice;
}

function show(place, leases) {
    const said = leases.map((lease) => lease.name + lease.since_at).join();
    if (place.dataset.said !== said) {
        place.dataset.said = said;
        place.replaceChildren(...leases.map((lease) => line(place, lease)));
    }
}

async function ask(place) {
    const writes = "leaseWrites" in place.dataset;
    const headers = { Accept: "application/json" };
    const options = writes ? { method: "POST", body: body(false), headers } : { headers };
    try {
        const answer = await fetch(place.dataset.lease, options);
        if (answer.ok) {
            show(place, (await answer.json()).items);
        }
    } catch {
        // No network for a moment: the next minute asks again.
    }
}

for (const place of document.querySelectorAll("[data-lease]")) {
    ask(place);
    setInterval(() => document.visibilityState === "visible" && ask(place), EVERY_MS);
    if ("leaseWrites" in place.dataset) {
        window.addEventListener("pagehide", () => {
            navigator.sendBeacon(place.dataset.lease, body(true));
        });
    }
}
