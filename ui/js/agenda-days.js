// SPDX-License-Identifier: AGPL-3.0-or-later
// The days of a month's or a week's grid, and times as the grid writes them: "2022-07-14T10:00" of a
// clock on the wall. They are reckoned in UTC, where no hour is skipped or doubled.

const MINUTE_MS = 60_000;

export function gridOf(node) {
    return node?.closest?.("[data-grid]") ?? null;
}

/** The dates that a grid shows, in order. */
export function datesOf(grid) {
    const dates = [...grid.querySelectorAll("[data-day]")].map((cell) => cell.dataset.day);
    return [...new Set(dates)].sort();
}

/** What can have the cursor on a day: its number, then its events. */
export function itemsOf(grid, date) {
    const cells = grid.querySelectorAll(`[data-day="${date}"], [data-head="${date}"]`);
    const links = [...cells].flatMap((cell) => [...cell.querySelectorAll("a[href]")]);
    return links.filter((link) => link.checkVisibility?.() ?? true);
}

export function dateOf(link) {
    const cell = link.closest("[data-day], [data-head]");
    return cell?.dataset.day ?? cell?.dataset.head ?? null;
}

function instantOf(wall) {
    return Date.parse(`${wall}Z`);
}

function wallOf(instant) {
    return new Date(instant).toISOString().slice(0, 16);
}

export function addMinutes(wall, minutes) {
    return wallOf(instantOf(wall) + minutes * MINUTE_MS);
}

export function addDays(wall, days) {
    return addMinutes(wall, days * 24 * 60);
}

export function onDate(wall, date) {
    return `${date}${wall.slice(10)}`;
}

/** "jueves, 14 de julio, 10:00" in the page's language. */
export function sayTime(wall, allDay) {
    const day = { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" };
    const hour = allDay ? {} : { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const format = new Intl.DateTimeFormat(document.documentElement.lang, { ...day, ...hour });
    return format.format(instantOf(wall));
}
