// SPDX-License-Identifier: AGPL-3.0-or-later
// wordpress.mjs: a real WordPress on loopback, from Debian's packages, for as long as a test runs.
//
// MariaDB listens on a socket in the test's folder, PHP's own server on a free port; nothing of it goes outside.

import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, chown, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { later } from "./later.mjs";
import { makeFolder } from "./vocero.mjs";

const run = promisify(execFile);
const SOURCE = "/usr/share/wordpress";
const PROGRAMS = ["/usr/sbin/mariadbd", "/usr/bin/mariadb-install-db", "/usr/bin/php", `${SOURCE}/wp-load.php`];

/** Why there is no WordPress; false when there is one. */
export function noWordPress() {
    const missing = PROGRAMS.filter((program) => !existsSync(program));
    return missing.length > 0 && `needs ${missing.join(", ")}: dev/setup trials installs them`;
}

function freePort() {
    return new Promise((done) => {
        const server = createServer();
        server.listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => done(port));
        });
    });
}

async function until(what, ready) {
    for (let tries = 0; tries < 240; tries++) {
        if (await ready().catch(() => false)) {
            return;
        }
        await new Promise((wake) => setTimeout(wake, 250));
    }
    throw new Error(`${what} did not come up`);
}

function start(t, program, args, options) {
    const child = spawn(program, args, { stdio: "ignore", detached: true, ...options });
    later(t, () => {
        try {
            process.kill(-child.pid); // its workers with it
        } catch {
            // it ended by itself
        }
    });
    return child;
}

// The server does not run as root.
async function databaseUser() {
    const passwd = await readFile("/etc/passwd", "utf8");
    const [, , uid, gid] = passwd.split("\n").find((line) => line.startsWith("mysql:")).split(":");
    return process.getuid() === 0 ? { uid: Number(uid), gid: Number(gid) } : {};
}

async function startDatabase(t, folder) {
    const data = join(folder, "db");
    const socket = join(data, "s.sock");
    const user = await databaseUser();
    await mkdir(data);
    if (user.uid) {
        await chown(data, user.uid, user.gid);
    }
    await run("mariadb-install-db", [
        "--no-defaults",
        `--datadir=${data}`,
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
        ...(user.uid ? ["--user=mysql"] : []),
    ]);
    const options = [
        "--no-defaults",
        `--datadir=${data}`,
        `--socket=${socket}`,
        `--pid-file=${join(data, "pid")}`,
        "--skip-networking",
        "--innodb-buffer-pool-size=64M",
    ];
    start(t, "mariadbd", options, user);
    const ask = (sql) => run("mariadb", ["--no-defaults", `--socket=${socket}`, "-uroot", "-e", sql]);
    await until("MariaDB", async () => Boolean(await ask("select 1")));
    await ask(
        "create database wp; create user wp@localhost identified by 'wp'; grant all on wp.* to wp@localhost",
    );
    return socket;
}

const KEYS = ["AUTH", "SECURE_AUTH", "LOGGED_IN", "NONCE"].flatMap((name) => [`${name}_KEY`, `${name}_SALT`]);

function configuration(socket, url) {
    const values = {
        DB_NAME: "wp",
        DB_USER: "wp",
        DB_PASSWORD: "wp",
        DB_HOST: `localhost:${socket}`,
        DB_CHARSET: "utf8mb4",
        DB_COLLATE: "",
        WP_ENVIRONMENT_TYPE: "local", // application passwords over plain http
        WP_HOME: url,
        WP_SITEURL: url,
        FS_METHOD: "direct",
        ...Object.fromEntries(KEYS.map((key) => [key, `only-for-this-test-${key}`])),
    };
    const lines = Object.entries(values).map(([name, value]) => `define('${name}', '${value}');`);
    return `<?php
${lines.join("\n")}
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
$table_prefix = 'wp_';
if (!defined('ABSPATH')) {
    define('ABSPATH', __DIR__ . '/');
}
require_once ABSPATH . 'wp-settings.php';
`;
}

// What is no file is WordPress' own address.
const ROUTER = `<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$file = __DIR__ . '/site' . $path;
if ($path !== '/' && is_file($file) && substr($path, -4) !== '.php') {
    return false;
}
if (!is_file($file)) {
    $path = '/index.php';
    $file = __DIR__ . '/site/index.php';
}
$_SERVER['SCRIPT_NAME'] = $path;
$_SERVER['SCRIPT_FILENAME'] = $file;
chdir(dirname($file));
require $file;
`;

const ENTER = (url, site) => `<?php
$_SERVER['HTTP_HOST'] = '${new URL(url).host}';
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
require '${site}/wp-load.php';
`;

const INSTALL = `
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Ayuntamiento de prueba', 'admin', 'admin@prueba.example', true, '', 'clave-de-prueba');
update_option('permalink_structure', '/%year%/%monthnum%/%postname%/');
update_option('timezone_string', 'America/Mexico_City');
flush_rewrite_rules(true);
wp_delete_post(1, true);
$password = WP_Application_Passwords::create_new_application_password(1, ['name' => 'prueba']);
echo "\\nPASSWORD=" . $password[0] . "\\n";
`;

const EXPORT = `
require_once ABSPATH . 'wp-admin/includes/export.php';
wp_set_current_user(1);
ob_start();
export_wp(['content' => 'all']);
file_put_contents($argv[1], ob_get_clean());
`;

export class WordPress {
    constructor(folder, url) {
        this.folder = folder;
        this.url = url;
        this.user = "admin";
    }

    static async start(t) {
        const folder = await makeFolder(t);
        await chmod(folder, 0o755);
        const port = await freePort();
        const site = new WordPress(folder, `http://127.0.0.1:${port}`);
        await site.install(await startDatabase(t, folder));
        const options = ["-d", "upload_max_filesize=64M", "-d", "post_max_size=70M", "-S", `127.0.0.1:${port}`];
        start(t, "php", [...options, "-t", join(folder, "site"), join(folder, "router.php")], {
            env: { ...process.env, PHP_CLI_SERVER_WORKERS: "4" },
        });
        await until("WordPress", async () => (await fetch(`${site.url}/wp-json/`)).ok);
        return site;
    }

    async install(socket) {
        const root = join(this.folder, "site");
        await cp(SOURCE, root, { recursive: true, dereference: true });
        await mkdir(join(root, "wp-content/uploads"), { recursive: true });
        await writeFile(join(root, "wp-config.php"), configuration(socket, this.url));
        await writeFile(join(this.folder, "router.php"), ROUTER);
        const said = await this.php("define('WP_INSTALLING', true);", INSTALL);
        this.password = /PASSWORD=(\S+)/.exec(said)[1];
        this.passwordFile = join(this.folder, "password");
        await writeFile(this.passwordFile, `${this.password}\n`);
    }

    /** Runs PHP inside the site; before: ahead of its start. */
    async php(before, code, args = []) {
        const file = join(this.folder, `run-${Math.random()}.php`);
        const enter = ENTER(this.url, join(this.folder, "site")).replace("<?php", `<?php ${before}`);
        await writeFile(file, enter + code);
        const { stdout } = await run("php", ["-d", "sendmail_path=/bin/true", file, ...args], {
            maxBuffer: 64 * 1024 * 1024,
        });
        return stdout;
    }

    /** Its export file, as the administration page gives it. */
    async export() {
        const file = join(this.folder, "export.xml");
        await this.php("", EXPORT, [file]);
        return file;
    }

    async ask(path, { method = "GET", body, headers = {} } = {}) {
        const authorization = `Basic ${Buffer.from(`${this.user}:${this.password}`).toString("base64")}`;
        const json = body && !(body instanceof Uint8Array);
        const answer = await fetch(`${this.url}/wp-json/wp/v2/${path}`, {
            method,
            headers: { authorization, ...(json ? { "content-type": "application/json" } : {}), ...headers },
            body: json ? JSON.stringify(body) : body,
        });
        if (!answer.ok) {
            throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
        }
        return answer.json();
    }

    make(kind, body) {
        return this.ask(kind, { method: "POST", body });
    }

    upload(name, type, bytes) {
        return this.ask("media", {
            method: "POST",
            body: bytes,
            headers: { "content-type": type, "content-disposition": `attachment; filename="${name}"` },
        });
    }
}
