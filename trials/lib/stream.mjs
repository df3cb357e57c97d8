// SPDX-License-Identifier: AGPL-3.0-or-later
// stream.mjs: reads server-sent events (HTML standard, "Server-sent events").

function readFrame(frame) {
    const event = {};
    for (const line of frame.split("\n")) {
        const [, name, value] = line.match(/^(\w+): ?(.*)$/) ?? [];
        if (name) {
            event[name] = value;
        }
    }
    return event;
}

/** A stream that was opened: next() gives the next event, close() leaves. */
export class EventStream {
    static async open(server, path, headers) {
        const stream = new EventStream();
        stream.control = new AbortController();
        stream.answer = await fetch(new URL(path, server.url), {
            headers: { Accept: "text/event-stream", ...headers },
            signal: stream.control.signal,
        });
        stream.frames = stream.read();
        return stream;
    }

    async *read() {
        let text = "";
        const decoder = new TextDecoder();
        for await (const chunk of this.answer.body) {
            text += decoder.decode(chunk, { stream: true });
            for (let end; (end = text.indexOf("\n\n")) >= 0; text = text.slice(end + 2)) {
                const event = readFrame(text.slice(0, end));
                if (event.data) {
                    yield event;
                }
            }
        }
    }

    async next(waitMs = 10_000) {
        const timer = setTimeout(() => this.close(), waitMs);
        try {
            const { value } = await this.frames.next();
            return value;
        } finally {
            clearTimeout(timer);
        }
    }

    close() {
        this.control.abort();
    }
}
