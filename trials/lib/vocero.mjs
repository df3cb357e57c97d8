// SPDX-License-Identifier: AGPL-3.0-or-later
// vocero.mjs: the program from outside: commands, cities in temporary folders, servers on free ports.
//
// VOCERO_BINARY names the program. What a test makes is taken away when the test ends.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { openDatabase } from "./databases.mjs";
import { later } from "./later.mjs";

export const ADMIN = "admin@sanluis.example";
export const PASSWORD = "Cantera rosa 1592";

const COMMAND_MS = 120_000;
const DEMO_MS = 300_000;
const START_MS = 60_000;
const STOP_MS = 30_000;

function findBinary() {
    const named = process.env.VOCERO_BINARY;
    if (!named || !existsSync(named)) {
        throw new Error("VOCERO_BINARY must name the program: trials/run BINARY does that");
    }
    return resolve(named);
}

export const BINARY = findBinary();

// Settings of who runs the tests must not reach the program; one with sanitizers ends at a finding.
function environment(extra = {}) {
    const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("VOCERO_"));
    return { UBSAN_OPTIONS: "halt_on_error=1", ...Object.fromEntries(kept), ...extra };
}

/** Runs a command to its end, whatever that is. */
export function run(args, { env, input = "", uid, gid, binary = BINARY, cwd, timeout = COMMAND_MS } = {}) {
    return new Promise((done) => {
        const options = {
            env: environment(env),
            timeout,
            killSignal: "SIGKILL", // what hangs may not hear another
            uid,
            gid,
            cwd,
            maxBuffer: 256 * 1024 * 1024,
        };
        const child = execFile(binary, args, options, (error, stdout, stderr) => {
            const status = error ? (error.code ?? error.signal) : 0;
            done({ status, stdout, stderr });
        });
        child.stdin.on("error", () => {}); // who reads nothing may close early
        child.stdin.end(input);
    });
}

/** Runs a command that must succeed, and gives what it said. */
export async function must(args, options) {
    const { status, stdout, stderr } = await run(args, options);
    if (status !== 0) {
        throw new Error(`vocero ${args.join(" ")} ended with ${status}: ${stderr}`);
    }
    return stdout;
}

/** A folder that is gone after the test. */
export async function makeFolder(t) {
    const folder = await mkdtemp(join(tmpdir(), "vocero-"));
    later(t, () => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
    return folder;
}

/** A city: a data folder, a database, options for every command. */
export class City {
    constructor(t, folder, database) {
        this.t = t;
        this.folder = folder;
        this.data = join(folder, "data");
        this.database = database;
        this.options = ["--data", this.data, ...(database.url ? ["--db", database.url] : [])];
    }

    run(args, options) {
        return run([...args, ...this.options], options);
    }

    must(args, options) {
        return must([...args, ...this.options], options);
    }

    async file(name, content) {
        const path = join(this.folder, name);
        await writeFile(path, content);
        return path;
    }

    async token(mail = ADMIN, scope = "desk") {
        const said = await this.must(["user", "token", mail, "--scope", scope]);
        return said.trim();
    }

    async addPerson(mail, role, name = mail) {
        const password = await this.file("password", PASSWORD);
        const who = ["--name", name, "--role", role, "--password-file", password];
        await this.must(["user", "add", mail, ...who]);
    }

    serve(options) {
        return Server.start(this, options);
    }
}

/** A new city with its first administrator. */
export async function makeCity(t, kind = "sqlite") {
    const folder = await makeFolder(t);
    const city = new City(t, folder, await openDatabase(t, kind));
    const password = await city.file("password", `${PASSWORD}\n`);
    const who = ["--name", "San Luis Potosí", "--admin", ADMIN, "--password-file", password];
    await city.must(["init", "--zone", "America/Mexico_City", ...who]);
    return city;
}

// Its pictures take their time: made once in a process, copied for each test.
let demo = null;

async function makeDemoOnce() {
    const folder = await mkdtemp(join(tmpdir(), "vocero-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    const data = join(folder, "data");
    const said = await must(["demo", "--data", data], { timeout: DEMO_MS });
    const [, mail, password] = said.match(/with (\S+) and the password (\S+)/);
    return { data, mail, password };
}

/** The invented city that `make run` shows. */
export async function makeDemo(t) {
    demo ??= makeDemoOnce();
    const { data, mail, password } = await demo;
    const city = new City(t, await makeFolder(t), await openDatabase(t, "sqlite"));
    await cp(data, city.data, { recursive: true });
    return Object.assign(city, { mail, password });
}

/** A running `vocero serve`. */
export class Server {
    constructor(child) {
        this.child = child;
        this.pid = child.pid;
        this.log = [];
        this.ended = once(child, "exit").then(([code, signal]) => code ?? signal);
    }

    static async start(city, { env, args = [] } = {}) {
        const command = ["serve", "--listen", "127.0.0.1:0", ...args, ...city.options];
        const child = spawn(BINARY, command, { env: environment(env) });
        const server = new Server(child);
        createInterface({ input: child.stderr }).on("line", (line) => server.log.push(line));
        later(city.t, () => server.kill());
        await server.waitForAddress();
        return server;
    }

    // The one line on standard output says where it is.
    async waitForAddress() {
        const lines = createInterface({ input: this.child.stdout });
        const late = AbortSignal.timeout(START_MS);
        const said = once(lines, "line", { signal: late }).then(([line]) => line);
        const line = await Promise.race([said, this.ended.then((how) => ({ how }))]);
        if (typeof line !== "string") {
            throw new Error(`serve ended with ${line.how}: ${this.log.join("\n")}`);
        }
        this.url = line.match(/http:\/\/\S+/)[0];
        this.port = Number(new URL(this.url).port);
    }

    get isRunning() {
        return this.child.exitCode === null && this.child.signalCode === null;
    }

    signal(name) {
        this.child.kill(name);
    }

    /** Asks it to stop; gives the exit status. */
    async stop(name = "SIGTERM") {
        this.signal(name);
        const late = new Promise((_, fail) => {
            const message = `serve did not stop within ${STOP_MS} ms`;
            setTimeout(() => fail(new Error(message)), STOP_MS).unref();
        });
        return Promise.race([this.ended, late]);
    }

    async kill() {
        if (this.isRunning) {
            this.signal("SIGKILL");
        }
        await this.ended;
    }
}
