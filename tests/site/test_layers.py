"""Imports go down only, and files and functions stay readable."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted([*(ROOT / "pioneers").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")])
FILE_LINES = 400
FUNCTION_LINES = 40
OUTER = frozenset({"flask", "flask_login", "sqlalchemy"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    """The file's path within the project."""
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    """The lines of a function's body, without signature and docstring."""
    first = function.body[1 if ast.get_docstring(function) and function.body[1:] else 0]
    return (function.end_lineno or 0) - first.lineno + 1


def test_imports_go_down_only() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_a_file_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES
    long = [
        f"{function.name}: {length(function)} lines"
        for function in functions(path)
        if length(function) > FUNCTION_LINES
    ]
    assert not long


def test_the_clock_is_asked_in_one_place() -> None:
    asking = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        if path.is_relative_to(ROOT / "pioneers") and path.name != "clock.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "utcnow", "today"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"datetime", "date"}
    ]
    assert not asking


def test_only_views_and_commands_commit() -> None:
    committing = [
        f"{name(path)}:{node.lineno}"
        for path in SOURCES
        if path.name in {"rules.py", "models.py", "queries.py", "actions.py", "forms.py"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    ]
    assert not committing


def test_rules_know_no_database_and_no_request() -> None:
    knowing = [
        f"{name(path)}: {module}"
        for path in SOURCES
        if path.name == "rules.py"
        for module in _imports(path)
        if module.split(".")[0] in {"flask", "sqlalchemy"}
        or module in {"pioneers.db", "pioneers.clock"}
    ]
    assert not knowing


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
