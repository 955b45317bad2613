"""YAML text to data with positions: our own composer over PyYAML's stream of events.

A scenario is plain data, so everything in YAML that makes data depend on more than what stands in
its place is refused: anchors and aliases (which also make bombs), tags, merge keys, directives,
further documents. The composer keeps its own stack, so no nesting can exhaust Python's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NoReturn

import yaml

from simulator.errors import Issue, Path, ScenarioError
from simulator.loading.documents import (
    NOT_WRITTEN,
    NOTHING_INSIDE,
    TOP,
    Document,
    Inside,
    Mark,
    Place,
    Spot,
    lines_of,
)
from simulator.loading.scalars import read_plain
from simulator.loading.syntax import syntax_issue

DEEPEST: Final = 64
"""How many collections may stand inside each other."""

MOST_NODES: Final = 1_000_000
"""How many keys and values a document may have."""

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one where PyYAML has it
_REFUSED_VERSION: Final = (1, 1)
_UNPRINTABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def compose(
    text: str, file: str, shown: str | None = None, *, may_be_nothing: bool = False
) -> Document:
    """Return the one document that `text` holds.

    `file` is its name in positions. `shown` is the text for excerpts if that differs, its
    columns being those of `text`. A document that says nothing but `null` is empty, unless it
    `may_be_nothing`. What is refused but can be stepped over stands in `Document.issues`.

    Raises:
        ScenarioError: the text is no YAML, is empty, nests too deep or has too many nodes.
    """
    composer = _Composer(text if shown is None else shown, file)
    strange = _UNPRINTABLE.search(text)
    if strange is not None:
        composer.stop_at_character(text, strange)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            composer.take(event)
            if composer.is_over:
                break
    except yaml.YAMLError as error:
        last_line = len(lines_of(text.rstrip()))
        raise ScenarioError([composer.document.marked(*syntax_issue(error, last_line))]) from None
    return composer.finished(may_be_nothing=may_be_nothing)


@dataclass(slots=True)
class _Open:
    """A mapping or sequence whose end has not come yet."""

    mark: Mark
    entries: dict[str, object] | list[object]
    inside: dict[str | int, Place] = field(default_factory=dict)
    key: str | None = None
    key_mark: Mark | None = None
    is_dropped: bool = False  # the entry being read: its key was refused


class _Composer:
    """Takes events one by one and builds what they mean."""

    def __init__(self, text: str, file: str) -> None:
        top = Place(None, TOP, NOTHING_INSIDE)
        self.document = Document(file, text, None, top)
        self.is_over = False
        self._open: list[_Open] = []
        self._nodes = 0
        self._root: tuple[object, Place] | None = None
        self._issues: list[Issue] = []
        self._unread: set[Path] = set()
        self._takers: dict[type[yaml.Event], Callable[..., None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._start,
            yaml.SequenceStartEvent: self._start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def take(self, event: yaml.Event) -> None:
        """Take the next event."""
        taker = self._takers.get(type(event))
        if taker is None:
            return
        mark: Mark = event.start_mark or self.document.root.value
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._stop(
                mark,
                f"a scenario may have {MOST_NODES:,} keys and values",
                "too-large",
                "use counts such as 'hosts: 40' instead of listing things",
            )
        taker(event, mark)

    def finished(self, *, may_be_nothing: bool) -> Document:
        """Return the document, once all events were taken."""
        if self._root is None or not (may_be_nothing or self._issues or self._root[0] is not None):
            self._stop(
                TOP,
                "the file is empty",
                "empty-file",
                "a scenario starts with 'version: 1' and 'time:'",
            )
        data, root = self._root
        shown = self.document
        return Document(
            shown.file, shown.text, data, root, tuple(self._issues), frozenset(self._unread)
        )

    def stop_at_character(self, text: str, match: re.Match[str]) -> NoReturn:
        """Refuse a character that YAML does not allow."""
        before = lines_of(text[: match.start()])
        mark = Spot(len(before) - 1, len(before[-1]))
        self._stop(
            mark,
            f"the character U+{ord(match[0]):04X} may not stand in a scenario",
            "control-character",
            "remove it, or save the file as plain UTF-8 text",
        )

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        text, is_plain = event.value, not event.style
        is_decorated = event.anchor is not None or event.tag is not None
        if is_decorated:
            self._decorated(event, mark)
        frame = self._open[-1] if self._open else None
        if frame is not None and frame.key is None and type(frame.entries) is dict:
            self._key(frame, text, mark, is_plain=is_plain)
        else:
            value = read_plain(text) if is_plain and not is_decorated else text
            self._add(value, mark, NOTHING_INSIDE if text or not is_plain else NOT_WRITTEN)

    def _key(self, frame: _Open, key: str, mark: Mark, *, is_plain: bool) -> None:
        frame.key, frame.key_mark, frame.is_dropped = key, mark, False
        if key == "<<" and is_plain:
            self._refuse(
                mark,
                "merge keys are not allowed in a scenario",
                "merge-key",
                "write the keys out; if '<<' is a name, put it in quotes",
            )
            frame.is_dropped = True
        elif key in frame.entries:
            first = frame.inside[key].key
            line = 0 if first is None else first.line + 1
            self._refuse(
                mark,
                f"the key {key!r} stands here twice: first in line {line}, again "
                f"in line {mark.line + 1}",
                "duplicate-key",
                "keep one of the two",
            )
            frame.is_dropped = True

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, mark: Mark) -> None:
        if len(self._open) >= DEEPEST:
            self._stop(
                mark,
                f"this is nested more than {DEEPEST} levels deep",
                "too-deep",
                "a scenario needs far fewer levels; look for brackets left open",
            )
        if event.anchor is not None or event.tag is not None:
            self._decorated(event, mark)
        self._open.append(_Open(mark, {} if isinstance(event, yaml.MappingStartEvent) else []))

    def _end(self, _event: yaml.Event, _mark: Mark) -> None:
        frame = self._open.pop()
        data = tuple(frame.entries) if isinstance(frame.entries, list) else frame.entries
        self._add(data, frame.mark, frame.inside)

    def _alias(self, event: yaml.AliasEvent, mark: Mark) -> None:
        self._refuse(
            mark,
            f"aliases are not allowed in a scenario: *{event.anchor}",
            "alias",
            "write the value out here; if it is text, put it in quotes",
        )
        self._unread.add(self._here())
        self._add(None, mark, NOTHING_INSIDE)

    def _document(self, event: yaml.DocumentStartEvent, mark: Mark) -> None:
        if self._root is not None:
            self._refuse(
                mark,
                "a file holds one scenario, and a second document starts here",
                "second-document",
                "put it in a file of its own",
            )
            self.is_over = True
        elif event.tags or event.version == _REFUSED_VERSION:
            self._refuse(
                mark,
                "directives are not allowed in a scenario",
                "directive",
                "remove the lines that start with '%'; files are read as YAML 1.2",
            )

    def _add(self, value: object, mark: Mark, inside: Inside) -> None:
        """Put a finished value into what is open: under its key, or as the next element."""
        if not self._open:
            self._root = (value, Place(None, mark, inside))
            return
        frame = self._open[-1]
        entries, key = frame.entries, frame.key
        if isinstance(entries, list):
            frame.inside[len(entries)] = Place(None, mark, inside)
            entries.append(value)
        elif key is None:
            self._refuse(
                mark,
                "a key must be plain text",
                "key",
                "put the key in quotes if it starts with '[', '{', '*' or '?'",
            )
            frame.key, frame.is_dropped = "", True
        else:
            if not frame.is_dropped:
                entries[key] = value
                frame.inside[key] = Place(frame.key_mark, mark, inside)
            frame.key = None

    def _decorated(self, event: yaml.NodeEvent, mark: Mark) -> None:
        """Refuse the anchor or tag on a node; a tagged value counts as unread."""
        tag = getattr(event, "tag", None)
        if event.anchor is not None:
            self._refuse(
                mark,
                f"anchors are not allowed in a scenario: &{event.anchor}",
                "anchor",
                "write each value out where it is used; if it is text, put it in quotes",
            )
        if tag is not None:
            self._refuse(
                mark,
                f"tags are not allowed in a scenario: {tag}",
                "tag",
                "remove it; if it is text, put it in quotes",
            )
            self._unread.add(self._here())

    def _here(self) -> Path:
        """Return the path of the node that comes next."""
        return tuple(
            len(frame.entries) if isinstance(frame.entries, list) else frame.key or ""
            for frame in self._open
        )

    def _refuse(self, mark: Mark, message: str, code: str, hint: str) -> None:
        issue = Issue(self._here(), message, code, hint)
        self._issues.append(self.document.marked(issue, mark))

    def _stop(self, mark: Mark, message: str, code: str, hint: str) -> NoReturn:
        self._refuse(mark, message, code, hint)
        raise ScenarioError(self._issues)
