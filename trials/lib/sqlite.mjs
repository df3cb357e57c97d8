// SPDX-License-Identifier: AGPL-3.0-or-later
// sqlite.mjs: a statement into a city's SQLite file behind the program's back.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const runFile = promisify(execFile);
const SCRIPT = `
import json, sqlite3, sys
with sqlite3.connect(sys.argv[1]) as db:
    print(json.dumps(db.execute(sys.argv[2]).fetchall()))
`;

/** The rows of a statement, each a list of values. */
export async function tamper(city, sql) {
    const path = join(city.data, "vocero.db");
    const { stdout } = await runFile("python3", ["-c", SCRIPT, path, sql]);
    return JSON.parse(stdout);
}
