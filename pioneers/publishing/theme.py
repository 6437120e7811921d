"""A programme's colours as a stylesheet on the tokens; they were checked when they were set."""

from collections.abc import Mapping

from pioneers.publishing.colours import tokens


def stylesheet(brand: str, warm: str) -> str:
    """The tokens that differ from the house's, in light and in dark."""
    found = tokens(brand, warm)
    return (
        f":root {{ {_written(found.light)} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {_written(found.dark)} }} }}\n"
    )


def _written(values: Mapping[str, str]) -> str:
    return " ".join(f"--pioneers-{name}:{value};" for name, value in values.items())
