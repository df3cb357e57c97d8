# SPDX-License-Identifier: AGPL-3.0-or-later
"""The views' generator: what it writes, and that each rule refuses."""
import os
import re
import unittest

from support import GOLDEN, TreeTest, read

import viewgen
from viewplace import ViewError

DOOR = 'desks/press/press_room.h'
ARGS = 'const Release *r, Url url, List list'


def view(inside):
    return f'{{% view press_view({ARGS}) %}}\n{inside}\n{{% end %}}\n'


def c_of(inside):
    return viewgen.render('v.html', view(inside), 'v.h', [DOOR])[0]


def sent(inside):
    """All literals of a view as one text, a ● for each value."""
    out = []
    for match in re.finditer(r'html_raw\(h, (.*?), \d+\);|^ *put\w*\(', c_of(inside), re.S | re.M):
        literals = re.findall(r'"((?:[^"\\]|\\.)*)"', match[1] or '')
        text = ''.join(literals).replace('\\n', '\n').replace('\\"', '"')
        out.append(text if match[1] else '●')
    return ''.join(out)


class Golden(TreeTest):
    def test_both_files_are_as_expected(self):
        text = read(os.path.join(GOLDEN, 'press_views.html'))
        code, head = viewgen.render('press_views.html', text, 'press_views.h', [DOOR])
        self.assertEqual(code, read(os.path.join(GOLDEN, 'press_views.c')))
        self.assertEqual(head, read(os.path.join(GOLDEN, 'press_views.h')))

    def test_the_c_compiles(self):
        self.assert_compiles(os.path.join(GOLDEN, 'press_views.c'))

    def test_the_command_writes_what_ninja_needs(self):
        self.fill({'v.html': view('<br>')})
        status, said = self.run_tool('viewgen.py', 'v.html', 'v.c', 'v.h', DOOR, '--depfile', 'v.d')
        self.assertEqual((status, said), (0, ''))
        self.assert_compiles('v.c')
        self.assertIn('v.c: v.html ', self.read('v.d'))
        self.assertIn('viewrules.py', self.read('v.d'))

    def test_the_command_says_where(self):
        self.fill({'v.html': view('<p>\nword')})
        self.assertEqual(self.run_tool('viewgen.py', 'v.html', 'v.c', 'v.h'),
                         (1, 'v.html:3: "word" would not be translated: write {{ _("…") }}\n'))


class Types(TreeTest):
    def compile(self, inside):
        code, head = viewgen.render('v.html', view(inside), 'v.h', [DOOR])
        self.fill({'v.c': code, 'v.h': head})

    def test_a_text_in_href_does_not_compile(self):
        self.compile('<a href="{{ r->title }}">·</a>')
        self.assert_does_not_compile('v.c', 'v.html:2')

    def test_a_url_in_href_compiles(self):
        self.compile('<a href="{{ url }}" title="{{ r->title }}">{{ r->title }}</a>'
                     '{% each Release x in list %}{{ x->id }}{% end %}')
        self.assert_compiles('v.c')

    def test_safe_html_in_an_attribute_does_not_compile(self):
        self.compile('<p title="{{ r->body }}">{{ r->id }}</p>')
        self.assert_does_not_compile('v.c', 'v.html:2')

    def test_an_error_in_an_expression_points_into_the_view(self):
        self.compile('<p>\n{{ r->nothing }}</p>')
        self.assert_does_not_compile('v.c', 'v.html:3')

    def test_an_error_in_a_condition_points_into_the_view(self):
        self.compile('<p></p>\n{% if (nothing) %}\n<p></p>\n{% end %}')
        self.assert_does_not_compile('v.c', 'v.html:3')


class Literals(unittest.TestCase):
    def test_blanks_between_tags_become_one(self):
        self.assertEqual(sent('<p>  ·   ·</p>\n\n   <p>\n</p>'), '<p> · ·</p>\n<p>\n</p>')

    def test_lines_with_blocks_alone_leave_no_trace(self):
        self.assertEqual(sent('<ul>\n  {% if (1) %}\n  <li></li>\n  {% end %}\n</ul>'),
                         '<ul>\n<li></li>\n</ul>')
        self.assertEqual(sent('<i>·</i>\n {% if (1) %}{% if (1) %} \n·{% end %}{% end %}\n ·'),
                         '<i>·</i>\n·\n·')

    def test_a_blank_between_values_stays(self):
        self.assertEqual(sent('{{ r->id }} {{ r->id }}\n{{ r->id }}'), '● ●\n●')

    def test_what_is_preformatted_is_not_touched(self):
        for tag in ('pre', 'textarea'):
            text = f'<{tag}>\n  ·\n\n    {{{{ r->title }}}}  </{tag}>'
            self.assertEqual(sent(text), text.replace('{{ r->title }}', '●'))

    def test_a_preformatted_block_keeps_the_lines_of_blocks(self):
        self.assertEqual(sent('<pre>\n  {% if (1) %}\n  ·\n{% end %}</pre>'),
                         '<pre>\n  \n  ·\n</pre>')

    def test_comments_are_not_sent(self):
        self.assertEqual(sent('<p><!-- words --></p>{# {{ more }} #}<br>'), '<p></p><br>')

    def test_values_of_attributes_are_not_touched(self):
        self.assertEqual(sent('<p class="a  b"   id="c"></p>'), '<p class="a  b" id="c"></p>')

    def test_single_signs_and_digits_need_no_translation(self):
        text = '<p>· – € % : / 12 &nbsp;&times;&copy; ¿ … →</p>'
        self.assertEqual(sent(text), text)

    def test_attributes_without_value(self):
        text = '<input name="a" required hidden><details open></details>'
        self.assertEqual(sent(text), text)

    def test_svg_closes_itself(self):
        text = '<svg viewBox="0 0 1 1"><path d="M0 0"/><use href="#i-x"/></svg>'
        self.assertEqual(sent(text), text)


# name: (the inside of a view, the line of the view that is blamed, part of the sentence)
REFUSED = {
    'a word': ('<p>Hello</p>', 2, '"Hello" would not be translated'),
    'a word behind blank lines': ('<p>\n\n  Hello</p>', 4, 'would not be translated'),
    'a letter as a character reference': ('<p>&aacute;</p>', 2, 'would not be translated'),
    'a word in title': ('<title>City</title>', 2, 'would not be translated'),
    'a word in option': ('<select><option>One</option></select>', 2, 'would not be translated'),
    'a word in aria-label': ('<p aria-label="Word"></p>', 2, 'aria-label="Word" would not'),
    'a word in title=""': ('<p title="Word"></p>', 2, 'would not be translated'),
    'a word in alt': ('<img src="/a" alt="Word">', 2, 'would not be translated'),
    'a word in placeholder': ('<input placeholder="Word">', 2, 'would not be translated'),
    'a word beside a value': ('<p title="Word {{ r->id }}"></p>', 2, 'would not be translated'),
    'a word in a branch': ('<p title="{% if (1) %}Word{% else %}{{ r->id }}{% end %}"></p>', 2,
                           'would not be translated'),
    'a word in hx-confirm': ('<p hx-confirm="Sure?"></p>', 2, 'would not be translated'),
    'a word on a button': ('<input type="submit" value="Send">', 2, 'value of this button'),
    'a word as description': ('<meta name="description" content="Word">', 2, 'description'),
    'a bare text in a value': ('<p>{{ r ? "yes" : "no" }}</p>', 2, '"yes" would not be'),
    'a bare text in parentheses': ('<p>{{ (r ? "yes" : _("no")) }}</p>', 2, '"yes" would not be'),
    'a bare text in a spoken attribute': ('<p title="{{ r ? "yes" : "" }}"></p>', 2, 'would not be'),
    'onclick': ('<p onclick="x()"></p>', 2, 'onclick in <p>: scripts live in ui/'),
    'onclick without value': ('<p onclick></p>', 2, 'scripts live in ui/'),
    'hx-on': ('<p hx-on:click="x()"></p>', 2, 'scripts live in ui/'),
    'style': ('<p style="color: red"></p>', 2, 'styles are classes'),
    'srcdoc': ('<iframe srcdoc="{{ r->title }}"></iframe>', 2, 'srcdoc'),
    'http-equiv': ('<meta http-equiv="refresh">', 2, 'headers are sent by web/'),
    'a script': ('<script>1</script>', 2, '<script> without src'),
    'a script with src and content': ('<script src="/a.js">1</script>', 2, 'nothing may stand in'),
    'a value in a script': ('<script src="/a.js">{{ r->id }}</script>', 2, 'nothing may stand in'),
    'a style sheet': ('<style>p {}</style>', 2, '<style>: styles are files'),
    'base': ('<base href="/">', 2, 'it turns every address'),
    'object': ('<object data="/a"></object>', 2, 'foreign code'),
    'a value in hx-vals': ('<p hx-vals="{{ r->title }}"></p>', 2, 'htmx reads code there'),
    'js: in hx-vals': ('<p hx-vals="js:{a: 1}"></p>', 2, 'run it as a script'),
    'a filter in hx-trigger': ('<p hx-trigger="click[x()]"></p>', 2, 'run the filter'),
    'another host': ('<a href="https://example.org/">·</a>', 2, 'leads to another host'),
    'another host without scheme': ('<a href="//example.org/">·</a>', 2, 'another host'),
    'another host with a backslash': ('<a href="/\\example.org/">·</a>', 2, 'another host'),
    'a relative address': ('<a href="x">·</a>', 2, 'starts with / or #'),
    'a javascript: address': ('<a href="javascript:x">·</a>', 2, 'starts with / or #'),
    'an empty address': ('<form action=""></form>', 2, 'starts with / or #'),
    'an address of two pieces': ('<a href="/x/{{ url }}">·</a>', 2, 'one value of type Url'),
    'an address with a tail': ('<a href="{{ url }}#x">·</a>', 2, 'one value of type Url'),
    'an address of two values': ('<a href="{{ url }}{{ url }}">·</a>', 2, 'one value of type Url'),
    'a branch in an address': ('<a href="{% if (1) %}/{% end %}">·</a>', 2, 'one value of type'),
    'pieces in hx-post': ('<form hx-post="/x?{{ r->id }}"></form>', 2, 'one value of type Url'),
    'a source set of another host': ('<img alt="" src="/a" srcset="/a 1x, //b/c 2x">', 2,
                                     'another host'),
    'a value in a tag': ('<p {{ r->title }}></p>', 2, 'not in the tag itself'),
    'a value as a tag': ('<{{ r->title }}>', 2, 'a lone "<"'),
    'a value in an unquoted attribute': ('<p id={{ r->id }}></p>', 2, 'quote the value of id'),
    'an unquoted attribute': ('<p id=a></p>', 2, 'quote the value of id'),
    'an attribute twice': ('<p id="a" id="b"></p>', 2, 'id stands twice'),
    'an attribute again in a branch': ('<p id="a"{% if (1) %} id="b"{% end %}></p>', 2, 'twice'),
    'an attribute again after a branch': (
        '<p{% if (1) %} id="a"{% else %} class="b"{% end %} id="c"></p>', 2, 'twice'),
    'no blank before an attribute': ('<p id="a"class="b"></p>', 2, 'a blank before class'),
    'no blank in a branch': ('<p id="a"{% if (1) %}class="b"{% end %}></p>', 2, 'a blank before'),
    'no blank after a branch': ('<p{% if (1) %} id="a"{% end %}hidden></p>', 2, 'a blank before'),
    'an element left open': ('<div>\n<p></p>', 4, 'ends inside <div>'),
    'an element closed twice': ('<p></p>\n</p>', 3, '</p> closes nothing'),
    'elements crossed': ('<b>\n<i></b></i>', 3, '</b> where <i> of line 3 is open'),
    'a branch that opens': ('{% if (1) %}\n<div>\n{% end %}</div>', 4, 'ends inside <div>'),
    'branches that differ': ('{% if (1) %}<b>{% else %}<i>{% end %}', 2, 'ends inside <b>'),
    'a branch that closes a tag': ('<p{% if (1) %}>{% end %}', 2, 'began in the tag <p>'),
    'a loop that opens': ('{% for (;;) %}<b>{% end %}', 2, 'ends inside <b>'),
    'a break inside an element': ('{% for (;;) %}<b>{% break %}</b>{% end %}', 2, 'inside <b>'),
    'a break outside of a loop': ('{% break %}', 2, 'outside of a loop'),
    'a division that closes itself': ('<div/>', 2, 'does not close itself'),
    'a lone <': ('<p>1 < 2</p>', 2, 'a lone "<"'),
    'a value in a comment': ('<!-- {{ r->id }} -->', 2, 'use {# … #}'),
    'a block in a paragraph': ('<p><div></div></p>', 2, '<p> cannot hold it'),
    'a link in a link': ('<a href="/"><b><a href="/">·</a></b></a>', 2, '<a> cannot hold it'),
    'a form in a form': ('<form><div><form></form></div></form>', 2, '<form> cannot hold it'),
    'a row outside of a table': ('<div><tr></tr></div>', 2, 'its parent is <div>'),
    'a division in a list': ('<ul><div></div></ul>', 2, '<ul> holds <li> only'),
    'a tag in a text area': ('<textarea><b></b></textarea>', 2, 'holds text only'),
    'a picture without alt': ('<img src="/a">', 2, '<img> without alt'),
    'a value without end': ('<p>\n{{ r->id </p>', 3, '{{ without }}'),
    'a note without end': ('{# x', 2, '{# without #}'),
    'an empty value': ('{{ }}', 2, 'an empty {{ }}'),
    'a view in a view': ('{% view other() %}{% end %}', 2, 'inside the view of line 1'),
    'an unknown block': ('{% endif %}', 2, 'is nothing that a view knows'),
    'a return': ('{% return (1) %}', 2, 'is nothing that a view knows'),
    'a condition without parentheses': ('{% if x == 1 %}{% end %}', 2, 'put parentheses'),
    'else without if': ('{% for (;;) %}{% else %}{% end %}', 2, 'else belongs to an if'),
    'none without each': ('{% if (1) %}{% none %}{% end %}', 2, 'none belongs to an each'),
    'each without a list': ('{% each Release r %}{% end %}', 2, 'write {% each Type name'),
    'a call in a tag': ('<p {% call x() %}></p>', 2, 'cannot be called in the tag'),
    'a call without parentheses': ('{% call x %}', 2, 'write {% call name(args) %}'),
}

OUTSIDE = {
    'HTML outside of a view': ('<p></p>', 1, 'HTML outside of a view'),
    'a value outside of a view': ('\n{{ x }}', 2, 'a value outside of a view'),
    'a block outside of a view': ('{% if (1) %}', 1, 'outside of a view'),
    'a view without end': ('\n{% view a() %}\n<br>', 2, 'this view is not ended'),
    'a block without end': ('{% view a() %}\n{% if (1) %}', 2, 'this if is not ended'),
    'a view without arguments': ('{% view a %}', 1, 'write {% view name('),
}


class Refusals(unittest.TestCase):
    def assert_refused(self, text, line, why):
        with self.assertRaises(ViewError) as caught:
            viewgen.render('v.html', text, 'v.h', [])
        self.assertIn(why, str(caught.exception))
        self.assertEqual(caught.exception.line, line)

    def test_each_rule_refuses_inside_a_view(self):
        for name, (inside, line, why) in REFUSED.items():
            with self.subTest(name):
                self.assert_refused(view(inside), line, why)

    def test_each_rule_refuses_outside_of_views(self):
        for name, (text, line, why) in OUTSIDE.items():
            with self.subTest(name):
                self.assert_refused(text, line, why)


class Allowed(unittest.TestCase):
    def test_what_is_near_to_a_refusal(self):
        for inside in (
            '<p class="{{ r ? "on" : "off" }}"></p>',
            '<p>{{ r ? _("yes") : "" }}</p>',
            '<p>{{ word(h, "iso", 1) }}</p>',
            '<p>{{ "PDF" }}</p>',
            '<input type="hidden" value="word">',
            '<p class="a{% if (1) %} b{% end %}"></p>',
            '<p{% if (1) %} id="a"{% else %} id="b"{% end %}></p>',
            '<img src="{{ url }}" alt="">',
            '<img src="{{ url }}"{% if (1) %} alt=""{% else %} alt="{{ r->title }}"{% end %}>',
            '<button type="submit" hx-post="{{ url }}" hx-trigger="click">{{ _("Go") }}</button>',
            '<p><span></span></p><div><p></p></div>',
            '<table><tbody><tr><td><div></div></td></tr></tbody></table>',
            '<dl><div><dt>·</dt><dd>·</dd></div></dl>',
            '<details><summary>·</summary><p>·</p></details>',
            '<!doctype html><html lang="es"><body></body></html>',
        ):
            with self.subTest(inside):
                c_of(inside)


if __name__ == '__main__':
    unittest.main()
