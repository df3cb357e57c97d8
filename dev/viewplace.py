# SPDX-License-Identifier: AGPL-3.0-or-later
"""viewplace: where in the HTML a view stands, so that each value is escaped for its place.

The place is followed literal by literal: between tags, inside a tag, inside a quoted value; which
elements are open; what the attribute has held so far. What cannot be safe, is not well formed or
would escape translation is refused at once, with the line.
"""
import re
from dataclasses import dataclass, field, replace

import viewrules as rules

MARKUP = re.compile(
    r'(?P<comment><!--.*?-->)|(?P<doctype><!doctype[^>]*>)'
    r'|</(?P<closed>[a-zA-Z][\w:-]*)\s*>|<(?P<opened>[a-zA-Z][\w:-]*)',
    re.S | re.I,
)
IN_TAG = re.compile(
    r'(?P<space>\s+)|(?P<end>/?>)|(?P<name>[^\s=/>"\'<{}]+)(?P<equals>\s*=\s*(?P<quote>["\']?))?'
)


class ViewError(Exception):
    """What is wrong, and how many lines into the piece that was fed."""

    def __init__(self, line, why):
        super().__init__(why)
        self.line = line


@dataclass
class Place:
    state: str = 'text'         # text, tag, value
    tag: str = ''
    attribute: str = ''
    quote: str = ''
    spaced: bool = False        # in a tag: a new attribute may begin
    held: str = ''              # what the value holds so far; \0 stands for a {{ }}
    seen: dict = field(default_factory=dict)    # the tag's attributes with their literal values
    stack: list = field(default_factory=list)   # open elements: (name, line)
    line: int = 1

    def copy(self):
        return replace(self, seen=dict(self.seen), stack=list(self.stack))

    def open_elements(self):
        return [name for name, _ in self.stack]

    def same_as(self, other):
        """Whether the page stands where it stood: what a branch must leave behind."""
        return self._signature() == other._signature()

    def _signature(self):
        in_value = self.attribute if self.state == 'value' else ''
        in_tag = self.tag if self.state != 'text' else ''
        return self.state, in_tag, in_value, self.open_elements()

    def describe(self):
        if self.state == 'text':
            inside = self.open_elements()
            return f'inside <{inside[-1]}>' if inside else 'outside of every element'
        if self.state == 'value':
            return f'in {self.attribute}="…" of <{self.tag}>'
        return f'in the tag <{self.tag}>'

    def fail(self, why):
        raise ViewError(self.line, why)

    def preformatted(self):
        return bool(rules.PREFORMATTED & set(self.open_elements()))

    # ---- values -----------------------------------------------------------------------------

    def verb_for_value(self):
        """Which verb writes a {{ value }} here; refuses where none would be safe."""
        if self.state == 'tag':
            self.fail('a value stands in text or in a quoted attribute, not in the tag itself')
        if self.state == 'text':
            inner = self.stack[-1][0] if self.stack else ''
            if inner in rules.EMPTY:
                self.fail(f'nothing may stand in <{inner}>')
            return 'put_attr' if inner in rules.TEXT_ONLY else 'put'
        return self._verb_for_attribute()

    def _verb_for_attribute(self):
        name = self.attribute
        if name in rules.LITERAL_ONLY:
            self.fail(f'no values in {name}: htmx reads code there')
        if name in rules.URL_ATTRIBUTES:
            if self.held:
                self.fail(f'{name} takes one value of type Url and nothing beside it')
            self.held = '\0'
            return 'put_url'
        self.held += '\0'
        return 'put_attr'

    def check_block(self):
        """Refuses a {% %} that would make an address of pieces."""
        if self.state == 'value' and self.attribute in rules.URL_ATTRIBUTES:
            self.fail(f'{self.attribute} takes one value of type Url and nothing beside it')

    # ---- literals ---------------------------------------------------------------------------

    def feed(self, text):
        """Follows a literal; returns it as it will be sent: fewer blanks, no comments."""
        out, at = [], 0
        while at < len(text):
            step = {'text': self._text, 'tag': self._tag, 'value': self._value}[self.state]
            sent, after = step(text, at)
            self.line += text.count('\n', at, after)
            out.append(sent)
            at = after
        return ''.join(out)

    def _text(self, text, at):
        stop = text.find('<', at)
        if stop != at:
            stop = len(text) if stop < 0 else stop
            return self._words(text[at:stop]), stop
        match = MARKUP.match(text, at)
        if not match:
            if text.startswith('<!--', at):
                self.fail('a comment ends before the next {{ or {%; use {# … #} around those')
            self.fail('a lone "<" in text: write &lt;')
        if match['comment']:
            return '', match.end()
        if match['closed']:
            self._close(match['closed'].lower())
        elif match['opened']:
            self._open(match['opened'].lower())
        return match.group(), match.end()

    def _words(self, text):
        """Text between tags: no letters, and blanks only as far as they mean something."""
        inner = self.stack[-1][0] if self.stack else ''
        if inner in rules.EMPTY and text.strip():
            self._skip_blank(text)
            self.fail(f'nothing may stand in <{inner}>: scripts and styles are files in ui/')
        if rules.has_letters(text):
            self._skip_blank(text)
            self.fail(f'"{" ".join(text.split())[:60]}" would not be translated: '
                      'write {{ _("…") }}')
        if self.preformatted():
            return text
        return re.sub(r'\s+', lambda blanks: '\n' if '\n' in blanks[0] else ' ', text)

    def _skip_blank(self, text):
        self.line += text[:len(text) - len(text.lstrip())].count('\n')

    def _open(self, name):
        stack = self.open_elements()
        if stack and stack[-1] in rules.TEXT_ONLY:
            self.fail(f'<{stack[-1]}> holds text only')
        why = rules.why_not_element(name, stack)
        if why:
            self.fail(f'<{name}>: {why}')
        self.state, self.tag, self.attribute = 'tag', name, ''
        self.spaced, self.seen = False, {}

    def _close(self, name):
        if not self.stack:
            self.fail(f'</{name}> closes nothing')
        opened, line = self.stack[-1]
        if opened != name:
            self.fail(f'</{name}> where <{opened}> of line {line} is open')
        self.stack.pop()

    def _tag(self, text, at):
        match = IN_TAG.match(text, at)
        if not match:
            self.fail(f'broken tag <{self.tag}: unexpected {text[at]!r}')
        if match['space']:
            self.spaced = True
            return ' ', match.end()
        if match['end']:
            self._end_tag(match['end'])
        else:
            self._begin_attribute(match)
        return match.group(), match.end()

    def _end_tag(self, end):
        in_svg = rules.SVG_ROOTS & set(self.open_elements() + [self.tag])
        if end == '/>' and self.tag not in rules.VOID and not in_svg:
            self.fail(f'<{self.tag}/> does not close itself in HTML: write </{self.tag}>')
        self._check_whole_tag()
        if self.tag not in rules.VOID and end != '/>':
            self.stack.append((self.tag, self.line))
        self.state, self.attribute = 'text', ''

    def _check_whole_tag(self):
        """What can be said only when all attributes are known."""
        seen = self.seen
        if self.tag == 'script' and 'src' not in seen:
            self.fail('<script> without src: scripts are files in ui/')
        if self.tag == 'style':
            self.fail('<style>: styles are files in ui/')
        shown = self.tag == 'input' and seen.get('type') in rules.BUTTON_TYPES and 'value' in seen
        if shown and rules.has_letters(seen['value']):
            self.fail('the value of this button would not be translated: write {{ _("…") }}')
        described = self.tag == 'meta' and seen.get('name') == 'description'
        if described and rules.has_letters(seen.get('content', '')):
            self.fail('the description would not be translated: write {{ _("…") }}')
        if self.tag == 'img' and 'alt' not in seen:
            self.fail('<img> without alt')

    def _begin_attribute(self, match):
        name = match['name'].lower()
        if not self.spaced:
            self.fail(f'a blank before {name} in <{self.tag}>')
        if name in self.seen:
            self.fail(f'{name} stands twice in <{self.tag}>')
        why = rules.why_not_attribute(name)
        if why:
            self.fail(f'{name} in <{self.tag}>: {why}')
        if match['equals'] and not match['quote']:
            self.fail(f'quote the value of {name}')
        self.seen[name] = ''
        self.attribute, self.spaced = name, False
        if match['equals']:
            self.state, self.quote, self.held = 'value', match['quote'], ''

    def _value(self, text, at):
        stop = text.find(self.quote, at)
        ended = stop >= 0
        piece = text[at:stop] if ended else text[at:]
        if piece and self.attribute in rules.URL_ATTRIBUTES and self.held:
            self.fail(f'{self.attribute} takes one value of type Url and nothing beside it')
        self.held += piece
        if not ended:
            if self.attribute in rules.URL_ATTRIBUTES and piece:
                self.fail(f'{self.attribute} takes one value of type Url and nothing beside it')
            return piece, len(text)
        self._end_value()
        return piece + self.quote, stop + 1

    def _end_value(self):
        name, held = self.attribute, self.held
        self.seen[name] = held
        if name in rules.URL_ATTRIBUTES and held != '\0':
            why = rules.why_not_address(held)
            if why:
                self.fail(f'{name}="{held}": {why}')
        why = rules.why_not_htmx(name, held)
        if why:
            self.fail(f'{name}="{held}": {why}')
        if name in rules.SPOKEN_ATTRIBUTES and rules.has_letters(held):
            self.fail(f'{name}="{held}" would not be translated: write {{{{ _("…") }}}}'
                      .replace('\0', '{{ … }}'))
        self.state, self.spaced = 'tag', False
