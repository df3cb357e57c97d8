// SPDX-License-Identifier: AGPL-3.0-or-later
// wordpress.test.mjs: two hundred posts of a real WordPress come over, by REST and by its file, and are the same afterwards.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { ask } from "./lib/client.mjs";
import { shareDesk } from "./lib/desk.mjs";
import { noWordPress, WordPress } from "./lib/wordpress.mjs";
import { bodyKind, fill, POSTS, WITH_INSERTS } from "./lib/wordpress-posts.mjs";

const skip = noWordPress();
const inside = { env: { VOCERO_NET_INSIDE: "true" } };
const byRest = shareDesk(inside);
const byFile = shareDesk(inside);
const endings = [];
after(() => Promise.all(endings.map((end) => end())));
let site;
let posts;

before(async () => {
    if (skip) {
        return;
    }
    site = await WordPress.start({ after: (ending) => endings.push(ending) });
    posts = await fill(site);
});

const published = () => posts.filter((post) => post.status === "publish");

async function importInto(desk, from, ...options) {
    return JSON.parse(await desk.city.must(["import", "wordpress", from, "--json", ...options], inside));
}

const asUser = () => ["--user", site.user, "--password-file", site.passwordFile];

const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", hellip: "…", ndash: "–", mdash: "—" };

function decoded(text) {
    return text
        .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
        .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
        .replace(/&(\w+);/g, (whole, name) => NAMED[name] ?? whole);
}

/** Letters only: where a line ends is another matter, and quotes are turned by WordPress when it shows a post. */
function letters(html) {
    const visible = html
        .replace(/<(script|style|iframe)\b[\s\S]*?<\/\1>/g, "")
        .replace(/<img[^>]*>/g, "")
        .replace(/\[contact-form[^\]]*\]/g, "")
        .replace(/<\/?[a-z!][^>]*>/gi, "");
    return decoded(visible)
        .replace(/[“”″"«»]/g, '"')
        .replace(/[‘’′']/g, "'")
        .replace(/[–—]|--/g, "-")
        .replace(/[\s-]+/g, "")
        .normalize("NFC");
}

async function release(desk, slug) {
    const answer = await ask(desk.server, `/comunicados/${slug}.json`);
    assert.equal(answer.status, 200, slug);
    return answer.json;
}

/** Its address here: where the one that it had leads. */
async function newAddress(desk, post) {
    const old = await ask(desk.server, new URL(post.link).pathname);
    assert.equal(old.status, 301, post.link);
    const [, slug] = old.headers.get("location").match(/\/comunicados\/([a-z0-9-]+)$/);
    if (/^[a-z0-9-]{1,70}$/.test(post.slug)) {
        assert.equal(slug, post.slug);
    }
    return slug;
}

/** Its picture shows once the desk's jobs have made the smaller copies. */
async function withCover(desk, post, slug) {
    for (let tries = 0; tries < 600; tries++) {
        const here = await release(desk, slug);
        if (here.cover || !post.featured_media) {
            return here;
        }
        await new Promise((wake) => setTimeout(wake, 200));
    }
    assert.fail(`${post.link}: its picture never came`);
}

async function compare(desk, post) {
    const here = await withCover(desk, post, await newAddress(desk, post));
    assert.equal(letters(here.title), letters(post.title.rendered), post.link);
    assert.equal(new Date(here.published_at).getTime(), new Date(`${post.date_gmt}Z`).getTime(), post.link);
    assert.match(here.folio, new RegExp(`^WP/${post.id}/`));
    assert.equal(here.code, undefined, "nobody sealed it here");
    assert.equal(letters(here.body_html), letters(post.content.rendered), post.link);
    if (post.excerpt.raw) {
        assert.equal(letters(here.lead), letters(post.excerpt.raw), post.link);
    }
    assert.equal(Boolean(here.cover), Boolean(post.featured_media), post.link);
    assert.ok(!/<script|<iframe|onclick/.test(here.body_html));
}

test("two hundred posts come over REST, each as it was", { skip }, async () => {
    const desk = await byRest();
    const report = await importInto(desk, site.url, ...asUser());
    assert.equal(report.posts, POSTS);
    assert.equal(report.created, POSTS);
    assert.equal(report.refused, 0);
    assert.ok(report.pictures >= 66, `${report.pictures} pictures`);
    for (const post of published()) {
        await compare(desk, post);
    }
});

test("what could not be taken is listed by post", { skip }, async () => {
    const desk = await byRest();
    const again = await importInto(desk, site.url, ...asUser(), "--dry-run");
    assert.equal(again.created, 0, "everything is known");
    const fresh = await byFile();
    const report = await importInto(fresh, site.url, "--dry-run");
    const odd = published().filter((post) => bodyKind(post.number) === WITH_INSERTS);
    for (const post of odd) {
        const told = report.lines.filter((line) => line.post === post.id).map((line) => line.why);
        assert.ok(told.some((why) => why.includes("<iframe> https://www.youtube.com/embed/abc")), told.join("; "));
        assert.ok(told.some((why) => why.includes("[contact-form-7")), told.join("; "));
    }
    const list = await ask(fresh.server, "/comunicados.json");
    assert.equal(list.json.items.length, 0, "a dry run writes nothing");
});

test("a second time changes nothing, and what changed there comes as an edition", { skip }, async () => {
    const desk = await byRest();
    const again = await importInto(desk, site.url, ...asUser());
    assert.equal(again.unchanged, POSTS);
    assert.equal(again.created + again.updated, 0);
    const post = published()[0];
    await site.make(`posts/${post.id}`, { content: "<p>Texto corregido allá.</p>" });
    const changed = await importInto(desk, site.url, ...asUser());
    assert.equal(changed.updated, 1);
    const here = await release(desk, await newAddress(desk, post));
    assert.match(here.body_html, /Texto corregido allá/);
    assert.equal(here.corrections.length, 1);
    await site.make(`posts/${post.id}`, { content: post.content.raw });
    const back = await importInto(desk, site.url, ...asUser());
    assert.equal(back.updated, 1);
});

test("the file of the same site gives the same", { skip }, async () => {
    const desk = await byFile();
    const file = await site.export();
    const report = await importInto(desk, file);
    assert.equal(report.posts, POSTS);
    assert.equal(report.created, POSTS);
    for (const post of published()) {
        await compare(desk, post);
    }
    const again = await importInto(desk, file);
    assert.equal(again.unchanged, POSTS);
});

test("drafts, private and scheduled posts wait at the desk", { skip }, async () => {
    const desk = await byRest();
    const list = await desk.client.get("/mesa/comunicados.json?estado=draft");
    const titles = list.json.items.map((item) => item.title);
    assert.equal(titles.length, 4, titles.join("; "));
});

test("a file that says nonsense is refused with its line, and nothing is written", { skip }, async () => {
    const desk = await byFile();
    const whole = await readFile(await site.export(), "utf8");
    const cases = {
        "cut off": whole.slice(0, whole.length / 2),
        "an entity bomb": whole.replace("<rss", '<!DOCTYPE rss [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<rss'),
        "not what it says": Buffer.from(whole, "latin1"),
        "no WordPress": "<html><body>hola</body></html>",
        "nothing": "",
    };
    for (const [name, content] of Object.entries(cases)) {
        const file = await desk.city.file("malo.xml", content);
        const { status, stderr } = await desk.city.run(["import", "wordpress", file], inside);
        assert.equal(status, 1, name);
        assert.ok(stderr.length > 20 && !stderr.includes("Sanitizer"), `${name}: ${stderr}`);
    }
});
