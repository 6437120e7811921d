"""Collect the Dutch translations.

Usage: python scripts/translations.py            extract, merge the parts, write and compile
       python scripts/translations.py --check    exit 1 on anything untranslated, fuzzy or uneven

English is the language of the source and needs no catalogue. Each feature keeps its Dutch in
`translations/parts/<feature>.po`; a part wins over what the merged catalogue said before.
"""

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
PARTS = ROOT / "translations" / "parts"
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "_n": (1, 2),
    "lazy_ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[\d.]*[a-zA-Z]|%%")


def extract() -> Catalog:
    """Every message of the source, with the places where it stands (files, no line numbers)."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as lines:
        mapping, options = parse_mapping_cfg(lines)
    found = Catalog(locale="nl", charset="utf-8")
    messages = extract_from_dir(
        ROOT,
        method_map=[
            (pattern, method) for pattern, method in mapping if _first_folder(pattern).exists()
        ],
        options_map=options,
        keywords=KEYWORDS,
        directory_filter=lambda path: Path(path).name not in {".venv", ".git", "instance"},
    )
    for name, _line, text, comments, context in messages:
        found.add(
            text, locations=[(Path(name).as_posix(), 0)], context=context, auto_comments=comments
        )
    return found


def _first_folder(pattern: str) -> Path:
    return ROOT / pattern.split("/", 1)[0]


def read(path: Path) -> Catalog:
    """A catalogue from a file; the file's name is part of the message when it cannot be read."""
    with path.open("rb") as lines:
        try:
            return pofile.read_po(lines, locale="nl", charset="utf-8", abort_invalid=True)
        except pofile.PoFileError as error:
            raise SystemExit(f"{path.relative_to(ROOT)}: {error}") from error


def merge() -> Catalog:
    """The source's messages with their translations: the parts first, then what was known."""
    catalogue = extract()
    known = [read(CATALOGUE)] if CATALOGUE.exists() else []
    for before in known:  # the same texts make the same file, whenever it is made
        catalogue.creation_date = before.creation_date
    for source in [*known, *(read(path) for path in sorted(PARTS.glob("*.po")))]:
        for message in source:
            target = catalogue.get(message.id, message.context) if message.id else None
            if target is not None and _is_filled(message):
                target.string = _shaped(target, message)
                target.flags = message.flags & {"fuzzy"} | target.flags - {"fuzzy"}
    return catalogue


def _is_filled(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(strings) and all(strings)


def _shaped(target: Message, message: Message) -> str | tuple[str, ...]:
    """The translation in the shape of the target: plural forms where it has them."""
    if target.pluralizable:
        return message.string if message.pluralizable else (message.string, message.string)
    return message.string[0] if message.pluralizable else message.string


def problems(catalogue: Catalog) -> Iterator[str]:
    """One line for each message that a Dutch reader would see wrong."""
    for message in catalogue:
        if not message.id:
            continue
        name = message.id[0] if message.pluralizable else message.id
        place = ", ".join(sorted({path for path, _line in message.locations})[:3])
        if message.fuzzy:
            yield f"fuzzy: {name!r} ({place})"
        elif not _is_filled(message):
            yield f"untranslated: {name!r} ({place})"
        elif not _same_placeholders(message):
            yield f"placeholders differ: {name!r} ({place})"


def differing(parts: dict[str, Catalog]) -> Iterator[str]:
    """One line for each message that two parts say differently: one of them would lose silently."""
    said: dict[object, tuple[str, str]] = {}
    for name, part in parts.items():
        for message in part:
            if not message.id:
                continue
            key = (message.id if isinstance(message.id, str) else message.id[0], message.context)
            words = message.string if isinstance(message.string, str) else message.string[0]
            first, known = said.setdefault(key, (name, words))
            if known != words:
                yield f"said differently in {first} and {name}: {key[0]!r}"


def _same_placeholders(message: Message) -> bool:
    """Each translation uses the source's placeholders; a plural form may leave the number out."""
    if not message.pluralizable:
        return _placeholders(message.id) == _placeholders(message.string)
    allowed = _placeholders(message.id[0]) | _placeholders(message.id[1])
    needed = _placeholders(message.id[1])
    return all(_placeholders(text) <= allowed for text in message.string) and (
        _placeholders(message.string[-1]) == needed
    )


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def write(catalogue: Catalog) -> None:
    """Write the catalogue and its compiled form, each beside its place and then renamed."""
    catalogue.header_comment = "# Dutch, merged by scripts/translations.py from the parts."
    catalogue.fuzzy = False
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    for path, dump in ((CATALOGUE, _dump_po), (CATALOGUE.with_suffix(".mo"), mofile.write_mo)):
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            dump(file, catalogue)
        Path(name).chmod(0o644)
        Path(name).replace(path)


def _dump_po(file: object, catalogue: Catalog) -> None:
    pofile.write_po(
        file, catalogue, sort_output=True, include_lineno=False, ignore_obsolete=True, width=100
    )


def main() -> int:
    """Write, or check only."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 on a problem")
    check = parser.parse_args().check
    catalogue = merge()
    if not check:
        write(catalogue)
    parts = {path.stem: read(path) for path in sorted(PARTS.glob("*.po"))}
    found = [*problems(catalogue), *differing(parts)]
    for line in found:
        print(line)
    count = sum(1 for message in catalogue if message.id)
    print(f"{count} messages, {len(found)} to look at")
    return 1 if check and found else 0


if __name__ == "__main__":
    sys.exit(main())
