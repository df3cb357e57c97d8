# SPDX-License-Identifier: AGPL-3.0-or-later
"""tools: programs started and ended, CPU and memory read from /proc, wrk's words read, medians."""
import os
import re
import resource
import signal
import socket
import statistics
import subprocess
import time
import urllib.request

TICK = os.sysconf('SC_CLK_TCK')
SERVER_CORE, CLIENT_CORE = 0, (os.cpu_count() or 1) - 1


class Failed(Exception):
    """A measurement could not be made."""


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def pinned(core, command):
    return ['taskset', '-c', str(core), *map(str, command)]


def run(command, **more):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, **more)
    if done.returncode:
        raise Failed(f'{command[0]} failed: {done.stderr.strip() or done.stdout.strip()}')
    return done.stdout


def fetch(url):
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read()


class Program:
    """A program beside us, ended at the end of the block. The first line it prints is self.line."""

    def __init__(self, command, environment=None, wait_for_line=True):
        self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env={**os.environ, **(environment or {})})
        self.pid = self.process.pid
        self.line = self.process.stdout.readline().strip() if wait_for_line else ''
        if wait_for_line and not self.line:
            self.process.wait()
            by_hand = ' '.join(map(str, command))
            raise Failed(f'it ended at once; run it by hand to see why: {by_hand}')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()

    def ask(self, line):
        self.process.stdin.write(line + '\n')
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()


# ---- what a process used ----

def children(pid):
    with open(f'/proc/{pid}/task/{pid}/children') as f:
        return list(map(int, f.read().split()))


def cpu_seconds(pid):
    """User and system time of a process and of its children, so that nginx's worker counts."""
    with open(f'/proc/{pid}/stat') as f:
        fields = f.read().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK + sum(map(cpu_seconds, children(pid)))


def memory(pid, key):
    """VmRSS (now) or VmHWM (the most so far) in bytes."""
    with open(f'/proc/{pid}/status') as f:
        return int(re.search(rf'^{key}:\s+(\d+) kB', f.read(), re.M).group(1)) * 1024


def forget_peak(pid):
    with open(f'/proc/{pid}/clear_refs', 'w') as f:
        f.write('5')


def cpu_of_ended_children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# ---- wrk ----

def _microseconds(text):
    number, unit = re.fullmatch(r'([\d.]+)(us|ms|s)', text).groups()
    return float(number) * {'us': 1, 'ms': 1e3, 's': 1e6}[unit]


class Load:
    """What wrk saw."""

    def __init__(self, words):
        trouble = re.search(r'Non-2xx or 3xx responses: \d+|Socket errors: .*', words)
        found = [re.search(line, words, re.M) for line in
                 (r'(\d+) requests in', r'Requests/sec: +([\d.]+)', r'^ +50% +([\d.]+(?:us|ms|s))')]
        if trouble or None in found:
            raise Failed(f'wrk met trouble: {trouble.group(0) if trouble else words.strip()}')
        self.requests = int(found[0].group(1))
        self.rate = float(found[1].group(1))
        self.p50 = _microseconds(found[2].group(1))


def load_command(url, connections, seconds, script=None):
    command = ['wrk', '-t1', f'-c{connections}', f'-d{seconds}s', '--latency', '--timeout', '10s']
    return command + (['-s', script] if script else []) + [url]


def load_pinned(url, connections, seconds, script=None):
    """From the client's core, for a server that is pinned to the other."""
    return Load(run(pinned(CLIENT_CORE, load_command(url, connections, seconds, script))))


# ---- numbers ----

def median(values):
    return statistics.median(values)


def spread(values, form='{:.2f}'):
    """From the least to the most."""
    return f'{form.format(min(values))}…{form.format(max(values))}'


def megabytes(n):
    return n / 1024 / 1024


def wait_for_port(port, seconds=5):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return
        except OSError:
            time.sleep(0.01)
    raise Failed(f'nothing listens at port {port}')
