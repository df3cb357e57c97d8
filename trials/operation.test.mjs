// SPDX-License-Identifier: AGPL-3.0-or-later
// operation.test.mjs: what an operator lives through: starts that must fail, stops, reloads, a full disk.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFile, chmod, chown, copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { MONTH } from "./lib/calendar.mjs";
import { Client, ask } from "./lib/client.mjs";
import { DATABASES, missing } from "./lib/databases.mjs";
import { FORM, logIn, openDesk } from "./lib/desk.mjs";
import { later } from "./lib/later.mjs";
import { begin } from "./lib/raw.mjs";
import { tamper } from "./lib/sqlite.mjs";
import { EventStream } from "./lib/stream.mjs";
import { ADMIN, BINARY, PASSWORD, City, makeCity, makeFolder, run } from "./lib/vocero.mjs";

const EVENT = { title: "Banderazo de obra", starts_at: "2022-07-05T10:00", ends_at: "2022-07-05T11:00" };

// One line that says what and the cure, and exit 1.
async function refusesToServe(city, why, options) {
    const { status, stdout, stderr } = await city.run(["serve", "--listen", "127.0.0.1:0"], options);
    assert.equal(status, 1, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, why);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
}

// ---- starts that must fail ----

for (const kind of DATABASES) {
    test(`a second serve on the same data folder is refused (${kind})`, { skip: missing(kind) }, async (t) => {
        const { city, server } = await openDesk(t, { kind });
        await refusesToServe(city, new RegExp(`served already by process ${server.pid}`));
        assert.equal((await ask(server, "/salud")).status, 200);
        assert.equal(await server.stop(), 0);
        const next = await city.serve();
        assert.equal((await ask(next, "/salud")).status, 200);
    });
}

async function giveAway(folder) {
    for (const name of await readdir(folder, { recursive: true })) {
        await chown(join(folder, name), 65534, 65534);
    }
    await chown(folder, 65534, 65534);
}

// The checkout may lie in a home that nobody else can enter.
async function forEverybody(city) {
    const copy = join(city.folder, "vocero");
    await copyFile(BINARY, copy);
    await chmod(copy, 0o755);
    return copy;
}

// Root may write everywhere, so there the program runs as nobody.
test("a data folder that cannot be written is said so", async (t) => {
    const city = await makeCity(t);
    await chmod(city.folder, 0o755);
    const isRoot = process.getuid() === 0;
    if (isRoot) {
        await giveAway(city.data);
    }
    await chmod(join(city.data, "vocero.db"), 0o444);
    await chmod(city.data, 0o555);
    later(t, () => chmod(city.data, 0o755));
    const as = isRoot ? { uid: 65534, gid: 65534, binary: await forEverybody(city), cwd: "/" } : {};
    await refusesToServe(city, /cannot be written.*(right|Give the folder)/, as);
    const check = await city.run(["check"], as);
    assert.equal(check.status, 1);
    assert.match(check.stdout, /WRONG data folder/);
});

test("a database of a newer version is left alone", async (t) => {
    const city = await makeCity(t);
    await tamper(city, "INSERT INTO store_step VALUES (9000, 'future', 'x', 0)");
    await refusesToServe(city, /(newer Vocero|Vocero más nuevo).*future.*(Install|Instala)/);
    assert.deepEqual(await tamper(city, "SELECT count(*) FROM store_step WHERE number = 9000"), [[1]]);
});

test("a database whose steps were altered is left alone", async (t) => {
    const city = await makeCity(t);
    await tamper(city, "UPDATE store_step SET checksum = 'x' WHERE number = 10");
    await refusesToServe(city, /(another text of step|otro texto del paso) 0010_agenda/);
});

test("a file that is no database is left alone", async (t) => {
    const city = await makeCity(t);
    await writeFile(join(city.data, "vocero.db"), "esto no es una base de datos\n".repeat(200));
    await refusesToServe(city, /not a database/);
});

test("there is no data folder, or it holds a desk already", async (t) => {
    const folder = await makeFolder(t);
    const nowhere = new City(t, join(folder, "nada"), { kind: "sqlite" });
    await refusesToServe(nowhere, /there is no data folder .*vocero init/);
    const city = await makeCity(t);
    const again = await city.run(["init", "--admin", "otra@x.example"]);
    assert.equal(again.status, 1);
    assert.match(again.stderr, /nothing was changed/);
});

const WRONG_SETTINGS = {
    "[city]\nzone = Marte/Olimpo": /Marte\/Olimpo/,
    "[server]\nthreads = muchos": /threads/,
    "[server]\nhead_deadline = 0": /head_deadline/,
    "[server]\nnada = 1": /nobody knows the key/,
    "[ciudad]\nname = X": /nobody knows the key/,
    "esto no son ajustes": /vocero\.conf/,
    "[log]\nlevel = gritos": /debug, info, warn or error/,
    "[server]\nbase_url = ayuntamiento": /base_url/,
    "[server]\nlisten = aquí": /aquí/,
    "[db]\nurl = mysql://x": /mysql/,
    "[db]\nurl = file:/nonexistent/secreto": /secreto/,
};

test("settings that are wrong are named with the cure, before anything starts", async (t) => {
    const city = await makeCity(t);
    for (const [text, why] of Object.entries(WRONG_SETTINGS)) {
        await writeFile(join(city.data, "vocero.conf"), `${text}\n`);
        const { status, stderr } = await run(["serve", "--data", city.data]);
        assert.equal(status, 1, `${text}: ${stderr}`);
        assert.match(stderr, why);
    }
});

test("an address that another listens at is said so", async (t) => {
    const { server } = await openDesk(t);
    const other = await makeCity(t);
    const { status, stderr } = await other.run(["serve", "--listen", `127.0.0.1:${server.port}`]);
    assert.equal(status, 1);
    assert.match(stderr, new RegExp(String(server.port)));
});

// ---- stopping and reloading ----

test("SIGTERM finishes the request that is being answered, and ends with 0", async (t) => {
    const { server } = await openDesk(t);
    const body = new URLSearchParams({ mail: ADMIN, password: PASSWORD }).toString();
    const login = await begin(server, `POST /entrar HTTP/1.1\r\nHost: x\r\nContent-Type: ${FORM}\r\nContent-Length: ${body.length}\r\n`);
    login.send(body);
    assert.equal(await server.stop(), 0, server.log.join("\n"));
    assert.equal((await login.answer()).status, 303);
    await assert.rejects(fetch(server.url));
});

test("SIGINT ends with 0, too, and streams do not hold it up", async (t) => {
    const { server, client } = await openDesk(t);
    const stream = await EventStream.open(server, "/mesa/flujo", { Authorization: client.headers.Authorization });
    const began = Date.now();
    assert.equal(await server.stop("SIGINT"), 0);
    assert.ok(Date.now() - began < 8000);
    stream.close();
});

async function until(condition, ms = 10_000) {
    for (const end = Date.now() + ms; Date.now() < end; await sleep(50)) {
        if (await condition()) {
            return true;
        }
    }
    return false;
}

test("SIGHUP reloads the settings, and keeps the old ones when the new are wrong", async (t) => {
    const { city, server } = await openDesk(t);
    const conf = join(city.data, "vocero.conf");
    await ask(server, "/");
    await writeFile(conf, "[city]\noffice = Oficina Nueva\n");
    server.signal("SIGHUP");
    const shows = async () => (await ask(server, "/")).text.includes("Oficina Nueva");
    assert.ok(await until(shows), "the front page shows the new name");
    await writeFile(conf, "[city]\nzone = Marte/Olimpo\n");
    server.signal("SIGHUP");
    assert.ok(await until(() => server.log.some((line) => line.includes("settings_not_reloaded"))));
    assert.ok(await shows());
    assert.equal(await server.stop(), 0);
});

// ---- a full disk ----

const MEGABYTE = 1024 * 1024;

function mountSmall(folder, megabytes) {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m,mode=755`, "tmpfs", folder], { stdio: "pipe" });
}

function whyNoSmallDisk() {
    if (process.getuid() !== 0) {
        return "needs root, for a small disk";
    }
    try {
        execFileSync("unshare", ["-m", "true"], { stdio: "pipe" });
        return false;
    } catch {
        return "a disk cannot be mounted here";
    }
}

async function makeCityOnSmallDisk(t, megabytes) {
    const folder = await makeFolder(t);
    const disk = join(folder, "disk");
    await mkdir(disk);
    mountSmall(disk, megabytes);
    later(t, () => execFileSync("umount", ["-l", disk]));
    const city = new City(t, disk, { kind: "sqlite" });
    const password = await city.file("password", PASSWORD);
    await city.must(["init", "--admin", ADMIN, "--password-file", password]);
    return { city, disk };
}

async function fill(path) {
    for (const size of [MEGABYTE, 4096]) {
        try {
            for (;;) {
                await appendFile(path, Buffer.alloc(size));
            }
        } catch (error) {
            assert.equal(error.code, "ENOSPC");
        }
    }
}

async function postUntilRefused(client) {
    const kept = [];
    for (let i = 0; i < 2000; i++) {
        const answer = await client.post("/mesa/agenda", { ...EVENT, title: `Antes ${i}`, description: "x".repeat(8000) });
        if (answer.status !== 201) {
            return { kept, refused: answer };
        }
        kept.push(answer.json.id);
    }
    return { kept };
}

test("a full disk: 503 with the reason, nothing lost, and it goes on when there is room", { skip: whyNoSmallDisk() }, async (t) => {
    const { city, disk } = await makeCityOnSmallDisk(t, 96);
    const server = await city.serve();
    const client = new Client(server, await city.token());
    assert.equal((await ask(server, "/salud")).status, 200);
    const first = await client.post("/mesa/agenda", EVENT);
    assert.equal(first.status, 201, first.text);
    await fill(join(disk, "filler"));
    const { kept, refused } = await postUntilRefused(client);
    assert.equal(refused?.status, 503, refused?.text);
    assert.match(refused.json.error.message, /disk|disco/i);
    const health = await ask(server, "/salud");
    assert.equal(health.status, 503);
    assert.equal(health.json.disk, false);
    assert.equal((await client.get(`/mesa/agenda/${first.json.id}`)).status, 200, "reading goes on");
    await rm(join(disk, "filler"));
    assert.equal((await client.post("/mesa/agenda", { ...EVENT, title: "Después" })).status, 201);
    for (const id of kept) {
        assert.equal((await client.get(`/mesa/agenda/${id}`)).status, 200);
    }
    const all = await client.all("/mesa/agenda?mes=2022-07");
    assert.equal(all.length, kept.length + 2);
    assert.equal(await server.stop(), 0);
    assert.match((await city.run(["check"])).stdout, /the chain holds/);
});

// ---- looking at it ----

test("/salud and /metrics tell how it is", async (t) => {
    const { server, client } = await openDesk(t);
    await client.post("/mesa/agenda", EVENT);
    const health = await ask(server, "/salud");
    assert.equal(health.status, 200);
    assert.deepEqual([health.json.ok, health.json.database, health.json.writer], [true, true, true]);
    const { status, text, headers } = await ask(server, "/metrics");
    assert.equal(status, 200);
    assert.match(headers.get("content-type"), /^text\/plain; version=0\.0\.4/);
    for (const line of text.trim().split("\n")) {
        assert.match(line, /^(# (TYPE|HELP) \w+ .+|\w+(\{[^}]*\})? [-+.\deE]+)$/, line);
    }
    assert.match(text, /^vocero_jobs\{state="waiting"\} \d+$/m);
});

test("check is content with a good city, as text and as JSON", async (t) => {
    const { city, client } = await openDesk(t);
    await client.post("/mesa/agenda", EVENT);
    const said = await city.must(["check"]);
    assert.match(said, /journal +\d+ lines, the chain holds/);
    assert.ok(!said.includes("WRONG"), said);
    const lines = (await city.must(["check", "--json"])).trim().split("\n");
    assert.ok(lines.length >= 8 && lines.every((line) => JSON.parse(line).ok));
});

const TAMPERINGS = {
    "a line of the journal was rewritten": "UPDATE journal_line SET actor_name = 'Otra' WHERE id = 2",
    "a line of the journal was taken out": "DELETE FROM journal_line WHERE id = 2",
    "the journal was cut off": "DELETE FROM journal_line WHERE id = (SELECT max(id) FROM journal_line)",
};

for (const [name, sql] of Object.entries(TAMPERINGS)) {
    test(`check notices that ${name}`, async (t) => {
        const city = await makeCity(t);
        await city.must(["import", "agenda", MONTH]);
        assert.equal((await city.run(["check"])).status, 0);
        await tamper(city, sql);
        const { status, stdout } = await city.run(["check"]);
        assert.equal(status, 1);
        assert.match(stdout, /WRONG journal .*chain (breaks at line \d+|does not end where it should).*Cure: /);
    });
}

// ---- promises to programs ----

for (const kind of DATABASES) {
    test(`an Idempotency-Key gives the first answer again, also after a restart (${kind})`, { skip: missing(kind) }, async (t) => {
        const { city, server, client, token } = await openDesk(t, { kind });
        const key = { "Idempotency-Key": "clave-1" };
        const first = await client.post("/mesa/agenda", EVENT, key);
        const again = await client.post("/mesa/agenda", EVENT, key);
        assert.equal(first.status, 201, first.text);
        assert.deepEqual([again.status, again.text], [201, first.text]);
        assert.equal(again.headers.get("location"), first.headers.get("location"));
        const other = await client.post("/mesa/agenda", { ...EVENT, title: "Otra cosa" }, key);
        assert.equal(other.status, 422);
        await server.stop();
        const later = new Client(await city.serve(), token);
        const third = await later.post("/mesa/agenda", EVENT, key);
        assert.deepEqual([third.status, third.json.id], [201, first.json.id]);
        assert.equal((await later.get("/mesa/agenda?mes=2022-07")).json.total, 1);
    });

    test(`the second editor loses politely: version and If-Match (${kind})`, { skip: missing(kind) }, async (t) => {
        const { client } = await openDesk(t, { kind });
        const made = (await client.post("/mesa/agenda", EVENT)).json;
        const at = `/mesa/agenda/${made.id}`;
        const etag = (await client.get(at)).headers.get("etag");
        const won = await client.post(at, { ...EVENT, title: "Uno", version: made.version });
        assert.equal(won.status, 200, won.text);
        assert.ok(won.json.version > made.version);
        const lost = await client.post(at, { ...EVENT, title: "Dos", version: made.version });
        assert.ok([409, 412].includes(lost.status), lost.text);
        const late = await client.post(at, { ...EVENT, title: "Tres" }, { "If-Match": etag });
        assert.equal(late.status, 412, late.text);
        const fresh = (await client.get(at)).headers.get("etag");
        const fine = await client.post(at, { ...EVENT, title: "Cuatro" }, { "If-Match": fresh });
        assert.equal(fine.status, 200, fine.text);
        assert.equal((await client.get(at)).json.title, "Cuatro");
    });

    test(`the stream tells what others change, and again from Last-Event-ID (${kind})`, { skip: missing(kind) }, async (t) => {
        const { server, client } = await openDesk(t, { kind });
        const who = { Authorization: client.headers.Authorization };
        const stream = await EventStream.open(server, "/mesa/flujo", who);
        assert.match(stream.answer.headers.get("content-type"), /^text\/event-stream/);
        const made = (await client.post("/mesa/agenda", EVENT)).json;
        const first = await stream.next();
        assert.equal(first.event, "journal");
        assert.equal(JSON.parse(first.data).id, made.id);
        stream.close();
        const second = (await client.post("/mesa/agenda", { ...EVENT, title: "Segundo" })).json;
        const third = (await client.post("/mesa/agenda", { ...EVENT, title: "Tercero" })).json;
        const back = await EventStream.open(server, "/mesa/flujo", { ...who, "Last-Event-ID": first.id });
        assert.equal(JSON.parse((await back.next()).data).id, second.id);
        assert.equal(JSON.parse((await back.next()).data).id, third.id);
        back.close();
    });
}

test("pages come from memory with strong tags, and are new once something public changed", async (t) => {
    const { server, client } = await openDesk(t);
    const first = await ask(server, "/agenda?mes=2022-07");
    const etag = first.headers.get("etag");
    assert.match(etag, /^"[^"]+"$/);
    const same = await ask(server, "/agenda?mes=2022-07", { headers: { "If-None-Match": etag } });
    assert.deepEqual([same.status, same.text], [304, ""]);
    await client.post("/mesa/agenda", { ...EVENT, visibility: "public", status: "confirmed" });
    const changed = await ask(server, "/agenda?mes=2022-07", { headers: { "If-None-Match": etag } });
    assert.equal(changed.status, 200);
    assert.match(changed.text, /Banderazo de obra/);
    assert.equal(first.headers.get("set-cookie"), null);
});

test("a session is listed, and ends with the logout", async (t) => {
    const { server } = await openDesk(t);
    const cookie = await logIn(server);
    const page = await ask(server, "/mesa/yo", { headers: { Cookie: cookie } });
    assert.equal(page.status, 200);
    const csrf = page.text.match(/name="csrf" value="([^"]+)"/)[1];
    const body = new URLSearchParams({ csrf }).toString();
    const out = await ask(server, "/salir", { method: "POST", body, headers: { Cookie: cookie, "Content-Type": FORM } });
    assert.equal(out.status, 303);
    const after = await ask(server, "/mesa/yo", { headers: { Cookie: cookie } });
    assert.ok([302, 303, 401].includes(after.status), `${after.status}`);
});
