"""Files as people send them, small and real enough."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def archive(*members: tuple[str, bytes]) -> bytes:
    """A ZIP file of these members."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as written:
        for name, content in members:
            written.writestr(zipfile.ZipInfo(name), content)  # at no hour
    return made.getvalue()


def word(*members: tuple[str, bytes]) -> bytes:
    """A document of Word, with further members."""
    return archive(
        ("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>"), *members
    )
