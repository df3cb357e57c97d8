# SPDX-License-Identifier: AGPL-3.0-or-later
"""measures: each function measures one thing and yields rows of the table."""
import http.client
import os
import re
import shutil
import signal
import subprocess
import time

import cities
import pictures
import tools
from tools import Failed, Load, Program, fetch, median, megabytes, pinned, run, spread

RUNS = 5
HERE = os.path.dirname(os.path.abspath(__file__))
POST = os.path.join(HERE, 'post.lua')
MB = 1024 * 1024


class Row:
    """One line of the table: the target is the most, or with at_least the least, that is right."""

    def __init__(self, what, figure, target, form='{:.2f}', at_least=False, beside=''):
        self.what, self.beside = what, beside
        self.figure = form.format(figure)
        self.target = f'{"≥" if at_least else "≤"} {form.format(target)}'
        self.met = figure >= target if at_least else figure <= target


class Bench:
    """What all measurements share: the binary, the programs, a temporary folder, cities."""

    def __init__(self, vocero, programs, folder):
        self.vocero, self.programs, self.folder = vocero, programs, folder
        self.cities = cities.Cities(vocero, programs, folder)

    def program(self, name):
        return os.path.join(self.programs, name)

    def serve(self, data):
        """The real program, one answering thread, on the server's core."""
        command = [self.vocero, 'serve', '--data', data, '--listen', '127.0.0.1:0', '--no-work']
        return Program(pinned(tools.SERVER_CORE, command), {'VOCERO_SERVER_THREADS': '1'})

    def server(self, name, data):
        """The server with measuring's own addresses."""
        return Program(pinned(tools.SERVER_CORE, [self.program(name), data, 1]))


def address_of(program):
    """The last word of the line that a server prints."""
    return program.line.split()[-1]


def port_of(program):
    return int(address_of(program).rpartition(':')[2])


# ---- 1. a public page from memory, beside nginx with the same bytes in a file ----

NGINX = '''
worker_processes 1;
worker_cpu_affinity {mask};
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
{user}
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush {nopush};
    gzip off;
    open_file_cache max=16 inactive=60s;
    open_file_cache_valid 60s;
    keepalive_requests 1000000000;
    types {{ text/html html; }}
    client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
'''


class Nginx(Program):
    """One worker on the server's core that serves the page from a file."""

    def __init__(self, folder, page, nopush):
        os.makedirs(folder)
        port = tools.free_port()
        with open(os.path.join(folder, 'page.html'), 'wb') as f:
            f.write(page)
        user = 'user root;' if os.geteuid() == 0 else ''
        with open(os.path.join(folder, 'nginx.conf'), 'w') as f:
            f.write(NGINX.format(folder=folder, port=port, user=user, nopush=nopush,
                                 mask=f'{1 << tools.SERVER_CORE:b}'))
        nginx = shutil.which('nginx') or '/usr/sbin/nginx'
        super().__init__([nginx, '-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;',
                          '-e', os.path.join(folder, 'error.log')], wait_for_line=False)
        self.url = f'http://127.0.0.1:{port}/page.html'
        tools.wait_for_port(port)
        if fetch(self.url) != page:
            raise Failed('nginx does not serve the same bytes')


def nearest_page(base, wanted):
    """The address whose page is nearest to that many bytes, and the page."""
    addresses = [f'{base}/agenda?mes=2022-{month:02}' for month in range(1, 13)]
    pages = {address: fetch(address) for address in addresses}
    address = min(addresses, key=lambda a: abs(len(pages[a]) - wanted))
    return address, pages[address]


def cpu_a_request(pid, url, seconds=2):
    before = tools.cpu_seconds(pid)
    done = tools.load_pinned(url, 32, seconds)
    return (tools.cpu_seconds(pid) - before) / done.requests * 1e6


def page_from_memory(bench):
    # Vocero as an operator would run it: with its line a request in the log, which nginx is spared.
    # The target speaks of nginx with tcp_nopush as it is when nobody sets it; the other is told beside.
    with bench.serve(bench.cities.sizes()) as vocero:
        url, page = nearest_page(address_of(vocero), 20 * 1024)
        with Nginx(os.path.join(bench.folder, 'nginx'), page, 'off') as nginx, \
                Nginx(os.path.join(bench.folder, 'nginx-nopush'), page, 'on') as nopush:
            sides = [(vocero.pid, url), (nginx.pid, nginx.url), (nopush.pid, nopush.url)]
            rounds = [[cpu_a_request(*side) for side in sides] for _ in range(RUNS + 1)][1:]
    ratios = [ours / theirs for ours, theirs, _ in rounds]
    ours, theirs, other = (median(side) for side in zip(*rounds))
    yield Row(f'public page of {len(page) / 1024:.1f} KB from memory: CPU a request beside nginx',
              median(ratios), 0.85,
              beside=f'{spread(ratios)}; {ours:.1f} and {theirs:.1f} µs, with tcp_nopush {other:.1f} µs')


# ---- 2. durable writes ----

def writing_server(bench, name, data, slow):
    """On the server's core, so that both writers may use as much and wrk never takes from them."""
    command = [bench.program(name), data, 1]
    if slow:
        command = ['env', 'LD_PRELOAD=' + bench.program('libbench_slow_disk.so'), *command]
    return Program(pinned(tools.SERVER_CORE, command))


def posts(bench, name, data, slow):
    with writing_server(bench, name, data, slow) as server:
        url = address_of(server) + '/banco/renglon'
        tools.load_pinned(url, 64, 1, POST)
        return tools.load_pinned(url, 64, 3, POST).rate


def grouped_beside_alone(bench, data, slow):
    """The ratio of each of the alternating runs, and the medians of both sides."""
    names = ('bench_server', 'bench_server_alone')
    pairs = [[posts(bench, name, data, slow) for name in names] for _ in range(RUNS)]
    grouped, alone = (median([pair[i] for pair in pairs]) for i in (0, 1))
    return [a / b for a, b in pairs], f'{grouped:.0f} and {alone:.0f} a second'


def reads_beside_writes(bench, data, slow):
    """GET p50 of one reader, in microseconds: alone, and while 64 clients write."""
    with writing_server(bench, 'bench_server', data, slow) as server:
        base = address_of(server)
        read = base + '/banco/renglones'
        tools.load_pinned(read, 1, 1)
        idle = tools.load_pinned(read, 1, 2).p50
        command = tools.load_command(base + '/banco/renglon', 64, 4, POST)
        with subprocess.Popen(pinned(tools.CLIENT_CORE, command), stdout=subprocess.PIPE,
                              text=True) as writing:
            time.sleep(1)
            busy = tools.load_pinned(read, 1, 2).p50
            Load(writing.communicate()[0])
    return idle, busy


def readers_meanwhile(bench, data):
    """The target is about waiting for commits. Where a sync takes next to nothing, 64 writers that
    never pause keep the server's core full, and a reader waits for that: told beside."""
    waits = [reads_beside_writes(bench, data, True) for _ in range(RUNS)]
    ratios = [busy / idle for idle, busy in waits]
    idle, busy = (median(side) for side in zip(*waits))
    _, saturated = reads_beside_writes(bench, data, False)
    yield Row('GET of 20 rows while they write to the latter: p50 beside idle', median(ratios), 2,
              beside=f'{spread(ratios)}; {busy:.0f} and {idle:.0f} µs; this disk, core full: {saturated:.0f} µs')


def durable_posts(bench):
    data = bench.cities.fresh('escrituras')
    for where, slow in (('this disk', False), ('a disk of 5 ms', True)):
        ratios, beside = grouped_beside_alone(bench, data, slow)
        yield Row(f'durable POST, 64 clients, {where}: requests a second beside a commit a request',
                  median(ratios), 5, at_least=True, beside=f'{spread(ratios)}; {beside}')
    yield from readers_meanwhile(bench, data)


# ---- 3. and 5. pages without a socket ----

def pages(bench, address, *folders):
    """Of each folder: median, least, most microseconds, bytes."""
    words = run(pinned(tools.SERVER_CORE, [bench.program('bench_pages'), address, *folders]))
    return [tuple(map(float, line.split())) for line in words.splitlines()]


def page_rendered(bench):
    address, data = f'/agenda?dia={cities.DAY}', bench.cities.twenty_rows()
    middle, least, most, size = pages(bench, address, data)[0]
    yield Row('page of 20 rows rendered: queries, view, frame (µs of CPU)', middle, 60, '{:.1f}',
              beside=f'{least:.1f}…{most:.1f}; {size / 1024:.1f} KB')


VIEWS = (
    ('month', f'/mesa/agenda?mes={cities.MONTH}'),
    ('week', f'/mesa/agenda?semana={cities.WEEK}'),
    ('day with lanes', f'/mesa/agenda?dia={cities.DAY}'),
    ('list', f'/mesa/agenda?mes={cities.MONTH}&vista=lista'),
    ('uncovered ones of a month', f'/mesa/agenda?mes={cities.MONTH}&figura=events_not_covered'),
    ('lanes', f'/mesa/coberturas/carriles?dia={cities.DAY}'),
    ('heat', f'/mesa/coberturas/calor?mes={cities.MONTH}'),
    ('board', '/mesa/coberturas/tablero'),
    ('open coverages', '/mesa/coberturas'),
    ('home of the desk', '/mesa'),
    ('notices', '/mesa/avisos'),
    ('book of places', '/mesa/lugares'),
    ('field page', '/mesa/campo'),
    ('public month', f'/agenda?mes={cities.MONTH}'),
    ('report of a month', f'/mesa/informes/{cities.MONTH}'),
)


def months_among_many(bench):
    small, large = bench.cities.one_month(), bench.cities.large()
    what_all = f'{cities.EVENTS:,} events, {cities.COVERAGES:,} coverages, {cities.SERIES:,} series'
    for what, address in VIEWS:
        (alone, *_), (among, least, most, _) = pages(bench, address, small, large)
        yield Row(f'{what}: {what_all} beside one month', among / alone, 1.5,
                  beside=f'{least / alone:.2f}…{most / alone:.2f}; {among:.0f} and {alone:.0f} µs')


# ---- documents and feeds ----

def milliseconds(bench, what, address, data, target):
    middle, least, most, size = pages(bench, address, data)[0]
    return Row(f'{what} (ms of CPU)', middle / 1000, target, '{:.1f}',
               beside=f'{least / 1000:.1f}…{most / 1000:.1f}; {size / 1024:.1f} KB')


def papers(bench):
    large = bench.cities.large()
    report = f'/mesa/informes/{cities.MONTH}'
    yield milliseconds(bench, 'report of a month among ten years', report, large, 150)
    yield milliseconds(bench, 'its PDF', report + '.pdf', large, 200)
    yield milliseconds(bench, 'its workbook', report + '.xlsx', large, 200)
    yield milliseconds(bench, 'its text document', report + '.docx', large, 200)
    yield milliseconds(bench, 'ICS feed of 2,000 events', f'/agenda.ics?mes={cities.MONTH}',
                       bench.cities.full_month(), 30)


# ---- releases: a hundred, and a hundred thousand ----

FEW, MANY = 100, 100_000
# What is asked of both; or of the large one, and of the small one what fills as much of a page.
RELEASE_VIEWS = (
    ('list', '/comunicados'),
    ('list of a topic', '/comunicados?tema=cultura'),
    ('list of a month', '/comunicados?mes=2022-07'),
    ('feed with full text', '/comunicados.atom'),
    ('search, a word that one has', '/buscar?q=54321', '/buscar?q=908'),
    ('search, a common word and one that one has', '/buscar?q=drenaje+54321', '/buscar?q=drenaje+908'),
    ('search, words that one in 75 has', '/buscar?q=vacunas+99', '/buscar?q=vacunas'),
    ('search, a word that all have', '/buscar?q=programa'),
    ('search, two words, one kind', '/buscar?q=drenaje+Satelite&tipo=comunicados'),
    ('front page', '/'),
    ('list at the desk', '/mesa/comunicados'),
    ('search at the desk', '/mesa/buscar?q=programa'),
)


def releases_among_many(bench):
    (small, few), (large, many) = bench.cities.releases(FEW), bench.cities.releases(MANY)
    middle, least, most, size = pages(bench, f'/comunicados/{many}', large)[0]
    yield Row(f'a release, not from memory, among {MANY:,} (ms of CPU)', middle / 1000, 2,
              beside=f'{least / 1000:.2f}…{most / 1000:.2f}; {size / 1024:.1f} KB')
    for what, address, *of_few in RELEASE_VIEWS:
        if of_few:
            (alone, *_), (among, least, most, _) = *pages(bench, *of_few, small), *pages(bench, address, large)
        else:
            (alone, *_), (among, least, most, _) = pages(bench, address, small, large)
        yield Row(f'releases: {what}: {MANY:,} beside {FEW}', among / alone, 1.5,
                  beside=f'{least / alone:.2f}…{most / alone:.2f}; {among:.0f} and {alone:.0f} µs')


# ---- a text that came by a messaging app, among what was published ----

TEXTS = 100_000
WITH_POSTGRES = os.path.join(HERE, '..', 'dev', 'with-postgres')


def recognised(name, command):
    """Rows of what bench_likeness prints: 95th percentiles."""
    for line in run(command).splitlines():
        what, middle, late, most, right = line[:32].strip(), *line[32:].split()
        yield Row(f'{what}, among {TEXTS:,} texts on {name}: 95th percentile (ms)', float(late), 50,
                  '{:.1f}', beside=f'median {middle}, most {most}; right answers {right} %')


def texts_recognised(bench):
    program = bench.program('bench_likeness')
    sqlite = 'sqlite:' + os.path.join(bench.folder, 'likeness.db')
    yield from recognised('SQLite', [program, sqlite, str(TEXTS)])
    yield from recognised('PostgreSQL', [WITH_POSTGRES, 'sh', '-c',
                                         f'exec "$0" "$VOCERO_TEST_POSTGRES" {TEXTS}', program])


# ---- 4. a calendar comes in ----

def import_once(bench, name, calendar):
    """Seconds on the clock, and seconds of CPU."""
    data = bench.cities.fresh(name)
    began, used = time.monotonic(), tools.cpu_of_ended_children()
    words = run([bench.vocero, 'import', 'agenda', calendar, '--data', data])
    took, used = time.monotonic() - began, tools.cpu_of_ended_children() - used
    if '10000 new' not in words:
        raise Failed(f'the import says: {words}')
    return took, used


def calendar_imported(bench):
    calendar = os.path.join(bench.folder, 'diez-mil.ics')
    cities.write_calendar(calendar, 10000)
    took, used = zip(*[import_once(bench, f'entrada-{n}', calendar) for n in range(RUNS)])
    yield Row('10,000 events imported (seconds)', median(took), 3,
              beside=f'{spread(took)}; CPU {median(used):.2f} s')


# ---- 6. start, rest, a large upload ----

def start_once(bench, data):
    """Seconds from exec to the first byte of an answer, and the resting memory a second later."""
    began = time.monotonic()
    with Program([bench.vocero, 'serve', '--data', data, '--listen', '127.0.0.1:0']) as vocero:
        fetch(address_of(vocero) + '/agenda')
        took = time.monotonic() - began
        time.sleep(1)
        return took, tools.memory(vocero.pid, 'VmRSS')


def starting(bench):
    runs = [start_once(bench, bench.cities.one_month()) for _ in range(RUNS)]
    took = [seconds * 1000 for seconds, _ in runs]
    resting = [megabytes(size) for _, size in runs]
    yield Row('start to first answer (ms)', median(took), 100, '{:.0f}',
              beside=spread(took, '{:.0f}'))
    yield Row('resting memory (MB RSS)', median(resting), 30, '{:.1f}',
              beside=spread(resting, '{:.1f}'))


def send_file(base, size):
    piece = b'\0' * MB
    headers = {'Content-Type': 'application/octet-stream', 'Content-Length': str(size)}
    connection = http.client.HTTPConnection(base.removeprefix('http://'), timeout=120)
    connection.request('POST', '/banco/archivo', (piece for _ in range(size // MB)), headers)
    answer = connection.getresponse()
    words = answer.read()
    if answer.status not in (200, 201):
        raise Failed(f'the upload is answered {answer.status}: {words[:200]}')
    connection.close()


def large_upload(bench):
    size = 1536 * MB
    data = bench.cities.fresh('subidas')
    with Program([bench.program('bench_server'), data, 2]) as server:
        send_file(address_of(server), 8 * MB)
        before = tools.memory(server.pid, 'VmRSS')
        tools.forget_peak(server.pid)
        began = time.monotonic()
        send_file(address_of(server), size)
        took = time.monotonic() - began
        added = tools.memory(server.pid, 'VmHWM') - before
    shutil.rmtree(os.path.join(data, 'vault'), ignore_errors=True)
    yield Row('an upload of 1.5 GB into the vault adds at its peak (MB RSS)', megabytes(added), 16,
              '{:.1f}', beside=f'{took:.1f} s, fsync and all')


# ---- 7. viewers ----

VIEWERS, EVENTS = 10000, 15


def many_viewers(bench):
    data = bench.cities.fresh('espectadores')
    with bench.server('bench_server', data) as server:
        empty = tools.memory(server.pid, 'VmRSS')
        command = [bench.program('bench_viewers'), port_of(server), '/banco/flujo', VIEWERS]
        with Program(pinned(tools.CLIENT_CORE, command)) as viewers:
            publish(server, 3)
            seen, used = int(viewers.ask('how many')), tools.cpu_seconds(server.pid)
            publish(server, EVENTS)
            delivered = int(viewers.ask('how many')) - seen
            used = tools.cpu_seconds(server.pid) - used
            each = (tools.memory(server.pid, 'VmRSS') - empty) / VIEWERS
    if delivered != VIEWERS * EVENTS:
        raise Failed(f'{VIEWERS * EVENTS - delivered} events did not arrive within their second')
    yield Row(f'{VIEWERS:,} viewers, a message a second: CPU an event delivered (µs)',
              used / delivered * 1e6, 18, '{:.1f}', beside=f'{EVENTS} messages, none lost')
    yield Row('memory a viewer (KB RSS)', each / 1024, 8, '{:.1f}', beside='without the kernel\'s')


def pictures_copied(bench):
    """In pictures.py."""
    yield from pictures.copies_made(bench, Row)


def photos_asked(bench, name, photos):
    """What each list and its count take, in milliseconds, by name."""
    lines = run([bench.program('bench_photos'), f'sqlite:{bench.folder}/{name}.db', photos]).splitlines()
    return {m[1].strip(): float(m[2]) for m in (re.match(r'(.+?)\s+\d+ of\s+\d+  median\s+([\d.]+) ms', line) for line in lines) if m}


def photos_among_many(bench):
    """The desk's lists of pictures: 100,000 of them beside 200, which fill their pages too (bench_photos.c)."""
    few, many = photos_asked(bench, 'photos-few', 200), photos_asked(bench, 'photos-many', 100000)
    for what, took in many.items():
        yield Row(f'photos, {what}: 100,000 beside 200', took / few[what], 1.5, '{:.2f}', beside=f'{took:.2f} and {few[what]:.2f} ms')


def archive_sent(bench):
    """The archive of a gallery, put together while it is sent."""
    _, wall, core = run([bench.program('bench_archive')]).split()
    yield Row('a gallery as one archive, put together while it is sent (MB/s a core)', float(core), 200, '{:.0f}', at_least=True,
              beside=f'{float(wall):.0f} MB/s on the clock')


def publish(server, times):
    for _ in range(times):
        os.kill(server.pid, signal.SIGUSR1)
        time.sleep(1)


ALL = {
    'page': page_from_memory,
    'posts': durable_posts,
    'render': page_rendered,
    'import': calendar_imported,
    'months': months_among_many,
    'papers': papers,
    'releases': releases_among_many,
    'likeness': texts_recognised,
    'start': starting,
    'upload': large_upload,
    'viewers': many_viewers,
    'pictures': pictures_copied,
    'photos': photos_among_many,
    'archive': archive_sent,
}
