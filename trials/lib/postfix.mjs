// SPDX-License-Identifier: AGPL-3.0-or-later
// postfix.mjs: a real Postfix on a free loopback port with folders of its own; it takes mail for one domain and sends none.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { later } from "./later.mjs";
import { makeFolder } from "./vocero.mjs";

const execute = promisify(execFile);
const POSTFIX = "/usr/sbin/postfix";
const MAIL_USER = 65534; // nobody: owns the mailboxes

/** Why there is no Postfix here; undefined when there is. */
export function noPostfix() {
    if (!existsSync(POSTFIX)) {
        return "the package postfix is not installed";
    }
    return process.getuid() === 0 ? undefined : "Postfix starts as root only";
}

function freePort() {
    return new Promise((done) => {
        const probe = createServer();
        probe.listen(0, "127.0.0.1", () => {
            const { port } = probe.address();
            probe.close(() => done(port));
        });
    });
}

const main = (folder, domain) => `compatibility_level = 3.6
queue_directory = ${folder}/queue
data_directory = ${folder}/lib
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file_prefixes = ${folder}
maillog_file = ${folder}/log
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.${domain}
mydestination =
alias_maps =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_recipient_restrictions = reject_unlisted_recipient, reject_unknown_recipient_domain, permit_mynetworks, reject
smtpd_helo_required = yes
strict_rfc821_envelopes = yes
virtual_mailbox_domains = ${domain}
virtual_mailbox_base = ${folder}/mail
virtual_mailbox_maps = texthash:${folder}/mailboxes
virtual_uid_maps = static:${MAIL_USER}
virtual_gid_maps = static:${MAIL_USER}
virtual_minimum_uid = 100
default_transport = error:nothing leaves this machine
relay_transport = error:nothing leaves this machine
`;

const services = (port) => `127.0.0.1:${port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;

async function settle(folder, domain, mailboxes, port) {
    await chmod(folder, 0o755);
    for (const name of ["queue", "lib", "mail"]) {
        await mkdir(join(folder, name));
    }
    await execute("chown", ["postfix", join(folder, "lib")]);
    await execute("chown", [`${MAIL_USER}:${MAIL_USER}`, join(folder, "mail")]);
    const lines = mailboxes.map((name) => `${name}@${domain} ${name}/\n`).join("");
    await writeFile(join(folder, "mailboxes"), lines);
    await writeFile(join(folder, "main.cf"), main(folder, domain));
    await writeFile(join(folder, "master.cf"), services(port));
}

/** The bytes of what lies in a mailbox, once it holds that many. */
async function mailbox(folder, name, count) {
    const place = join(folder, "mail", name, "new");
    for (let turn = 0; turn < 200; turn++) {
        const files = existsSync(place) ? await readdir(place) : [];
        if (files.length >= count) {
            return Promise.all(files.sort().map((file) => readFile(join(place, file))));
        }
        await sleep(100);
    }
    throw new Error(`${name} got fewer than ${count}: ${await readFile(join(folder, "log"), "utf8")}`);
}

export async function startPostfix(t, domain, mailboxes) {
    const folder = await makeFolder(t);
    const port = await freePort();
    await settle(folder, domain, mailboxes, port);
    later(t, () => execute(POSTFIX, ["-c", folder, "stop"]).catch(() => {})); // it may never have started
    await execute(POSTFIX, ["-c", folder, "start"]);
    return {
        url: `smtp://127.0.0.1:${port}`,
        mailbox: (name, count = 1) => mailbox(folder, name, count),
        log: () => readFile(join(folder, "log"), "utf8"),
    };
}
