// SPDX-License-Identifier: AGPL-3.0-or-later
// databases.mjs: the two databases that the program stands on; PostgreSQL is dev/with-postgres's.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { later } from "./later.mjs";

const runFile = promisify(execFile);

export const DATABASES = ["sqlite", "postgresql"];

const postgres = process.env.VOCERO_TEST_POSTGRES;
let made = 0;

/** Why a test cannot have this database; false when it can. */
export function missing(kind) {
    return kind === "postgresql" && !postgres && "needs dev/with-postgres";
}

function urlOf(name) {
    return postgres.replace("///postgres?", `///${name}?`);
}

async function psql(url, sql) {
    const options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", sql];
    const { stdout } = await runFile("psql", options);
    return stdout.trim();
}

async function openPostgres(t) {
    const name = `trial_${process.pid}_${++made}`;
    await psql(postgres, `CREATE DATABASE ${name}`);
    later(t, () => psql(postgres, `DROP DATABASE ${name} WITH (FORCE)`));
    return { kind: "postgresql", url: urlOf(name), query: (sql) => psql(urlOf(name), sql) };
}

/** A database of its own for one city. SQLite's lies in the data folder by itself. */
export async function openDatabase(t, kind) {
    return kind === "postgresql" ? openPostgres(t) : { kind };
}
