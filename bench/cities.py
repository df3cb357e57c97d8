# SPDX-License-Identifier: AGPL-3.0-or-later
"""cities: data folders to measure with, made once a run."""
import os

from tools import run

MAIL = 'banco@vocero.example'
MONTH = '2022-06'                 # the month that is looked at
DAY = '2022-06-14'                # with twenty events
WEEK = '2022-W24'
EVENTS, COVERAGES = 8000, 20000   # of the large city
SERIES = 1000                     # in it besides, none of them in that month
MONTHS = 100                      # that they lie in


class Cities:
    """Folders below one temporary folder."""

    def __init__(self, vocero, programs, folder):
        self.vocero, self.programs, self.folder = vocero, programs, folder
        self.made = {}

    def path(self, name):
        return os.path.join(self.folder, name)

    def fresh(self, name):
        """A new desk with its administrator and nothing else."""
        data = self.path(name)
        secret = self.path('contrasena')
        with open(secret, 'w') as f:
            f.write('banco-de-pruebas-de-vocero\n')
        run([self.vocero, 'init', '--data', data, '--admin', MAIL, '--password-file', secret])
        return data

    def fill(self, data, when, events, coverages):
        run([os.path.join(self.programs, 'bench_fill'), data, when, events, coverages, MAIL])

    def _once(self, name, make):
        if name not in self.made:
            self.made[name] = make(name)
        return self.made[name]

    def one_month(self):
        """One month of the large city, alone."""
        return self._once('un-mes', self._one_month)

    def _one_month(self, name):
        data = self.fresh(name)
        self.fill(data, MONTH, EVENTS // MONTHS, COVERAGES // MONTHS)
        return data

    def large(self):
        """The same month among a hundred."""
        return self._once('ocho-anos', self._large)

    def _large(self, name):
        data = self.fresh(name)
        first = 2022 * 12 + 5 - MONTHS // 2
        for n in range(first, first + MONTHS):
            self.fill(data, f'{n // 12}-{n % 12 + 1:02}', EVENTS // MONTHS, COVERAGES // MONTHS)
        calendar = self.path('series.ics')
        write_series(calendar, SERIES)
        run([self.vocero, 'import', 'agenda', calendar, '--data', data])
        return data

    def full_month(self):
        """One month with 2,000 events."""
        return self._once('mes-lleno', self._full_month)

    def _full_month(self, name):
        data = self.fresh(name)
        self.fill(data, MONTH, 2000, 0)
        return data

    def releases(self, count):
        """So many published releases over ten years (bench_press_fill.c); the folder, and the slug of the youngest."""
        return self._once(f'comunicados-{count}', lambda name: self._releases(name, count))

    def _releases(self, name, count):
        data = self.fresh(name)
        said = run([os.path.join(self.programs, 'bench_press_fill'), data, str(count)])
        return data, said.strip()

    def sizes(self):
        """Months with 4, 8, 12… events, so that one of them makes a page of 20 KB."""
        return self._once('tamanos', self._sizes)

    def _sizes(self, name):
        data = self.fresh(name)
        for n in range(12):
            self.fill(data, f'2022-{n + 1:02}', 4 * (n + 1), 0)
        return data

    def twenty_rows(self):
        """Twenty events on one day, and nothing else."""
        return self._once('veinte', self._twenty_rows)

    def _twenty_rows(self, name):
        data = self.fresh(name)
        self.fill(data, DAY, 20, 0)
        return data


def write_series(path, series):
    """Weekly ones of four occurrences, from 2023 on."""
    lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Vocero//bench//ES']
    for n in range(series):
        start = f'{2023 + n // 336}{n // 28 % 12 + 1:02}{n % 28 + 1:02}T{8 + n % 12:02}'
        lines += [
            'BEGIN:VEVENT', f'UID:serie-{n}@banco.example', 'DTSTAMP:20220101T000000Z',
            f'DTSTART;TZID=America/Mexico_City:{start}0000', 'DURATION:PT1H',
            'RRULE:FREQ=WEEKLY;COUNT=4', f'SUMMARY:Taller semanal número {n}', 'END:VEVENT',
        ]
    lines.append('END:VCALENDAR')
    with open(path, 'w', newline='') as f:
        f.write('\r\n'.join(lines) + '\r\n')


def write_calendar(path, events):
    """A calendar file: timed events over two years, in the city's zone, at forty places."""
    lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Vocero//bench//ES']
    for n in range(events):
        month, day = n // 28 % 24, n % 28 + 1
        start = f'{2022 + month // 12}{month % 12 + 1:02}{day:02}T{8 + n % 12:02}'
        lines += [
            'BEGIN:VEVENT', f'UID:{n}@banco.example', 'DTSTAMP:20220101T000000Z',
            f'DTSTART;TZID=America/Mexico_City:{start}0000',
            f'DTEND;TZID=America/Mexico_City:{start}4500',
            f'SUMMARY:Acto público número {n} con vecinos de la colonia',
            'DESCRIPTION:Con la presencia de autoridades municipales y',
            '  vecinos de la zona. Entrada libre\\, cupo limitado.',
            f'LOCATION:Plaza {n % 40}\\, Centro', 'CATEGORIES:Obras,Servicios',
            'STATUS:CONFIRMED', 'END:VEVENT',
        ]
    lines.append('END:VCALENDAR')
    with open(path, 'w', newline='') as f:
        f.write('\r\n'.join(lines) + '\r\n')
