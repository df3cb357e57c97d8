# SPDX-License-Identifier: AGPL-3.0-or-later
"""viewrules: what HTML a view may hold, as tables; viewgen.py applies them."""
import html
import re


def _words(text):
    return frozenset(text.split())


VOID = _words('area base br col embed hr img input link meta source track wbr')
SVG_ROOTS = _words('svg math')

# Whitespace and line breaks in these are the reader's, not the author's.
PREFORMATTED = _words('pre textarea')
# Only text and character references, no tags.
TEXT_ONLY = _words('textarea title')
# Nothing at all may stand in these: scripts and styles are files of their own.
EMPTY = _words('script style iframe')
FORBIDDEN_ELEMENTS = {
    'base': 'it turns every address of the page',
    'embed': 'it runs foreign code',
    'object': 'it runs foreign code',
    'applet': 'it runs foreign code',
    'frame': 'frames are gone',
    'frameset': 'frames are gone',
    'xmp': 'its text cannot be escaped',
    'plaintext': 'its text cannot be escaped',
    'noembed': 'its text cannot be escaped',
    'noframes': 'its text cannot be escaped',
    'listing': 'its text cannot be escaped',
    'animate': 'it can set an address',
    'set': 'it can set an address',
    'animatetransform': 'movement belongs in the styles',
    'animatemotion': 'movement belongs in the styles',
    'marquee': 'movement belongs in the styles',
    'foreignobject': 'HTML inside SVG is a way around the rules',
}

URL_ATTRIBUTES = _words(
    'href src srcset imagesrcset action formaction poster cite data ping manifest background'
    ' longdesc xlink:href usemap'
    ' hx-get hx-post hx-put hx-patch hx-delete hx-push-url hx-replace-url'
    ' sse-connect hx-sse-connect hx-sse:connect'
)
FORBIDDEN_ATTRIBUTES = {
    'style': 'styles are classes in ui/',
    'srcdoc': 'it is a page without rules',
    'http-equiv': 'headers are sent by web/',
    'hx-vars': 'it is evaluated as a script',
}
# htmx reads code in these; a value could bring its own.
LITERAL_ONLY = _words('hx-vals hx-headers hx-trigger')

# Attributes that are read aloud or shown.
SPOKEN_ATTRIBUTES = _words(
    'title alt placeholder label summary abbr aria-label aria-description aria-roledescription'
    ' aria-valuetext aria-placeholder aria-braillelabel aria-brailleroledescription'
    ' hx-confirm hx-prompt data-confirm data-confirm-detail data-confirm-yes data-label'
    ' data-live-status data-message data-title'
)
BUTTON_TYPES = _words('submit button reset')

BLOCKS = _words(
    'address article aside blockquote details dialog div dl fieldset figcaption figure footer form'
    ' h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section table ul'
)
# What the HTML parser would close or throw away; so the page would not be what the view says.
MAY_NOT_HOLD = {
    'p': BLOCKS,
    'a': _words('a button input select textarea'),
    'button': _words('a button input select textarea'),
    'form': _words('form'),
    'label': _words('label'),
    'option': _words('option select'),
    'dt': _words('h1 h2 h3 h4 h5 h6 header footer section article'),
    **{f'h{n}': _words('h1 h2 h3 h4 h5 h6 div p ul ol table') for n in range(1, 7)},
}
# An element that may stand in one of these only, as its parent.
NEEDS_PARENT = {
    'li': _words('ul ol menu'),
    'tr': _words('thead tbody tfoot table'),
    'td': _words('tr'),
    'th': _words('tr'),
    'dt': _words('dl div'),
    'dd': _words('dl div'),
    'thead': _words('table'),
    'tbody': _words('table'),
    'tfoot': _words('table'),
    'caption': _words('table'),
    'figcaption': _words('figure'),
    'summary': _words('details'),
    'legend': _words('fieldset'),
    'option': _words('select optgroup datalist'),
}
TABLE_PARTS = {
    'table': _words('caption colgroup thead tbody tfoot tr'),
    'thead': _words('tr'),
    'tbody': _words('tr'),
    'tfoot': _words('tr'),
    'tr': _words('td th'),
    'ul': _words('li'),
    'ol': _words('li'),
    'dl': _words('dt dd div'),
}


def has_letters(text):
    """Whether a reader would see a word: &aacute; counts, &nbsp; does not."""
    return any(sign.isalpha() for sign in html.unescape(text))


def why_not_attribute(name):
    """Why no view may carry this attribute, not even as a literal; None when it may."""
    if name.startswith('on') or name.startswith('hx-on'):
        return 'scripts live in ui/, not in attributes'
    return FORBIDDEN_ATTRIBUTES.get(name)


def why_not_address(text):
    """Why this literal may not be an address; None when it may."""
    if '//' in text or '\\' in text:
        return 'that leads to another host'
    if not text.startswith(('/', '#')):
        return 'a literal address starts with / or #; any other is a value of type Url'
    return None


def why_not_htmx(name, text):
    """Why this literal would be run as code by htmx; None when it would not."""
    if not name.startswith('hx-'):
        return None
    if re.match(r'\s*(js|javascript):', text, re.I):
        return 'htmx would run it as a script'
    if name == 'hx-trigger' and '[' in text:
        return 'htmx would run the filter as a script'
    return None


def why_not_element(name, stack):
    """Why this element may not be opened inside the stack of open ones; None when it may."""
    if name in FORBIDDEN_ELEMENTS:
        return FORBIDDEN_ELEMENTS[name]
    for outer in stack:
        if name in MAY_NOT_HOLD.get(outer, ()) and not _walled(outer, stack):
            return f'<{outer}> cannot hold it'
    parent = stack[-1] if stack else None
    if parent and name in NEEDS_PARENT and parent not in NEEDS_PARENT[name]:
        return f'its parent is <{parent}>, not {_list(NEEDS_PARENT[name])}'
    if parent in TABLE_PARTS and name not in TABLE_PARTS[parent] | {'template', 'script'}:
        return f'<{parent}> holds {_list(TABLE_PARTS[parent])} only'
    return None


def _walled(outer, stack):
    """Inside a dialog, an SVG or a table's cell the parser forgets an open <p>."""
    inside = stack[len(stack) - stack[::-1].index(outer):]
    return outer == 'p' and bool({'button', 'td', 'th', 'svg', 'object'} & set(inside))


def _list(names):
    return ' '.join(f'<{name}>' for name in sorted(names))
