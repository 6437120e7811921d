"""What becomes of the Markdown that people write."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pioneers.markup.rendering import LONGEST, excerpt, to_html, to_text

BAD = [
    "<script>alert(1)</script>",
    "<iframe src='https://evil.example'></iframe>",
    "[klik](javascript:alert(1))",
    "[klik](JaVaScRiPt:alert(1))",
    "[klik](java&#115;cript:alert(1))",
    "[klik](<java\tscript:alert(1)>)",
    "[klik](data:text/html;base64,PHNjcmlwdD4=)",
    "[klik](vbscript:x)",
    "[klik](file:///etc/passwd)",
    "[klik](//evil.example/x)",
    "[klik](/\\evil.example)",
    "![x](data:image/svg+xml;base64,AAAA)",
    "![x](https://evil.example/pixel.gif)",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[a](https://x.example 'b\" onmouseover=\"alert(1)')",
    "<svg onload=alert(1)>",
    "<style>body{display:none}</style>",
    "<javascript:alert(1)>",
]
TAG = re.compile(r"<(/?)([a-z0-9]+)([^>]*)>")
ALLOWED = {
    *("p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "s", "a", "blockquote", "br", "hr"),
    *("code", "pre", "table", "thead", "tbody", "tr", "th", "td", "img"),
}


def harmless(html: str) -> bool:
    """Nothing but known elements, no handlers, no addresses with other schemes."""
    for _slash, tag, rest in TAG.findall(html):
        names = re.findall(r'([a-z-]+)="', re.sub(r'="[^"]*"', '="', rest))
        if tag not in ALLOWED or set(names) - {
            "href",
            "title",
            "rel",
            "src",
            "alt",
            "start",
            "scope",
        }:
            return False
        for url in re.findall(r'(?:href|src)="([^"]*)"', rest):
            if url.startswith(("//", "/\\")):
                return False
            if re.match(r"[a-z][a-z0-9+.-]*:", url, re.I) and not re.match(
                r"(https?|mailto):", url, re.I
            ):
                return False
    return True


@pytest.mark.parametrize("text", BAD)
def test_nothing_harmful_comes_out(text: str) -> None:
    assert harmless(str(to_html(text)))


@given(
    st.text(alphabet=st.sampled_from("<>[]()!*_#`\"'&;:/\\ \n\tjavscriptdaonhef="), max_size=200)
)
def test_nothing_harmful_comes_out_of_any_text(text: str) -> None:
    assert harmless(str(to_html(text)))


def test_html_is_shown_as_it_was_typed() -> None:
    assert "&lt;b&gt;" in to_html("<b>vet</b>")


def test_headings_begin_at_the_second_level_and_skip_none() -> None:
    html = to_html("# Een\n\n#### Diep\n\n## Twee\n\n# Weer\n")
    assert re.findall(r"<h(\d)>", str(html)) == ["2", "3", "2", "2"]
    assert "<h2>Eerst</h2>" in to_html("### Eerst")


def test_links_outside_are_not_vouched_for() -> None:
    assert 'rel="noopener nofollow"' in to_html("[x](https://elders.example/)")
    assert "rel=" not in to_html("[x](/kennis/hier)")
    assert 'href="mailto:a@b.example"' in to_html("[x](mailto:a@b.example)")


def test_pictures_of_others_leave_their_description() -> None:
    html = to_html("Zie ![de **kaart**](https://evil.example/a.png).")
    assert "<img" not in html
    assert "de kaart" in html
    assert '<img src="/bestand/ab/k.png"' in to_html("![kaart](/bestand/ab/k.png)")


def test_tables_name_their_columns_and_carry_no_style() -> None:
    html = to_html("| a | b |\n|--:|---|\n| 1 | 2 |")
    assert '<th scope="col">a</th>' in html
    assert "style" not in html


def test_the_words_are_left_alone() -> None:
    assert to_text("# Kop\n\nEen **vet** [woord](https://x.example)\nen `code`.") == (
        "Kop\nEen vet woord en code."
    )


def test_an_excerpt_ends_with_a_whole_word() -> None:
    assert excerpt("Een lang verhaal over loslaten", 18) == "Een lang verhaal…"
    assert excerpt("Kort", 18) == "Kort"
    assert len(excerpt("x" * 500, 160)) == 160


def test_a_text_without_end_is_cut_and_answers_soon() -> None:
    assert len(to_html("[" * (LONGEST * 2))) < LONGEST * 2
    to_html("> " * 5000 + "x")
    to_html("*a **b " * 5000)
