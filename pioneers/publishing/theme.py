"""A programme's colours as a stylesheet on the tokens. Contrast is checked in `colours`."""


def stylesheet(brand: str, warm: str) -> str:
    """The tokens that differ from the house's; colours were checked when they were set."""
    lines = []
    if brand:
        lines += [f"--pioneers-brand:{brand};", f"--pioneers-brand-strong:{brand};"]
    if warm:
        lines += [f"--pioneers-warm:{warm};"]
    return "@media (prefers-color-scheme: light) { :root { " + " ".join(lines) + " } }\n"
