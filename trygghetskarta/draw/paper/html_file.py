"""A paper as one HTML file that opens without a network, and as pieces of a page.

Structure is said with HTML's own elements (headings, lists, tables with a head, pictures with
their words), so that a screen reader finds its way; a print style sets it on A4.
"""

import base64

from trygghetskarta.draw.browser_files import browser_file
from trygghetskarta.draw.paper.document import (
    Block,
    Bullets,
    Cell,
    Document,
    Note,
    OwnText,
    Picture,
    Section,
    Table,
    Text,
)
from trygghetskarta.words import situation_words, texts
from trygghetskarta.words.safe import html_text

MEDIA = "text/html"
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def body_style() -> str:
    """Looks of the pieces, for a page that shows them among its own."""
    return browser_file(__package__, "paper.css")


def to_html(document: Document) -> bytes:
    """Set a paper as one HTML file.

    Parameters
    ----------
    document
        Its parts.

    Returns
    -------
    bytes
        UTF-8, the same for the same paper. Pictures lie in it; it asks for nothing, and a policy
        in it forbids that and every script. Outside text is never taken for markup.
    """
    body = [
        _head(document),
        _contents(document) if document.contents else "",
        *(section(one, f"avsnitt-{number}") for number, one in enumerate(document.sections)),
        foot(document),
    ]
    title = html_text(document.title)
    page = (
        '<!DOCTYPE html>\n<html lang="sv"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><meta name="author" content="{html_text(texts.APP)}">'
        f"<style>\n{browser_file(__package__, 'page.css')}\n{body_style()}</style></head><body>"
        f'<main class="tk-paper">\n{"".join(body)}</main></body></html>\n'
    )
    return page.encode("utf-8")


def head(document: Document, level: int = 1) -> str:
    """The paper's title, summary and facts.

    Parameters
    ----------
    document
        The paper.
    level
        Level of its title among the headings of the page.
    """
    mark = f'<p class="mark">{html_text(document.marked)}</p>' if document.marked else ""
    facts = "".join(
        f"<dt>{html_text(name)}</dt><dd>{html_text(value)}</dd>" for name, value in document.facts
    )
    return (
        f"{mark}<h{level}>{html_text(document.title)}</h{level}>"
        f'<p class="lead">{html_text(document.summary)}</p>'
        + (f"<dl>{facts}</dl>" if facts else "")
    )


def _head(document: Document) -> str:
    return f"<header>{head(document)}</header>\n"


def _contents(document: Document) -> str:
    lines = "".join(
        f'<li class="l{one.level}"><a href="#avsnitt-{number}">{html_text(one.heading)}</a></li>'
        for number, one in enumerate(document.sections)
        if one.level <= 2
    )
    label = html_text(situation_words.CONTENTS)
    return f'<nav aria-label="{label}"><h2>{label}</h2><ol>{lines}</ol></nav>\n'


def section(content: Section, anchor: str = "") -> str:
    """A heading with what stands below it, one level below the paper's title."""
    level = content.level + 1
    name = f' id="{anchor}"' if anchor else ""
    blocks = "".join(_block(block) for block in content.content)
    return f"<section><h{level}{name}>{html_text(content.heading)}</h{level}>{blocks}</section>\n"


def foot(document: Document) -> str:
    """The lines that must follow."""
    told = [document.footer, *document.caption] if document.footer else document.caption
    lines = "".join(f"<p>{html_text(line)}</p>" for line in told)
    return f'<footer class="foot">{lines}</footer>'


def _block(block: Block) -> str:
    match block:
        case Text(text):
            return f"<p>{html_text(text)}</p>"
        case Bullets(lines):
            return f"<ul>{''.join(f'<li>{html_text(line)}</li>' for line in lines)}</ul>"
        case Note(text):
            return f'<p class="note">{html_text(text)}</p>'
        case OwnText(label, paragraphs):
            told = "".join(f"<p>{html_text(text)}</p>" for text in paragraphs)
            return f'<div class="own"><p class="own-label">{html_text(label)}</p>{told}</div>'
        case Picture():
            return _picture(block)
        case Table():
            return _table(block)


def _picture(picture: Picture) -> str:
    content = base64.b64encode(picture.png).decode("ascii")
    caption = f"<figcaption>{html_text(picture.caption)}</figcaption>" if picture.caption else ""
    return (
        f'<figure><img src="data:image/png;base64,{content}" alt="{html_text(picture.told)}">'
        f"{caption}</figure>"
    )


def _table(table: Table) -> str:
    caption = f"<caption>{html_text(table.title)}</caption>" if table.title else ""
    looks = ['class="n"' if table.is_numeric(n) else "" for n in range(len(table.headings))]
    head_row = "".join(
        f'<th scope="col" {look}>{html_text(text)}</th>'
        for text, look in zip(table.headings, looks, strict=True)
    )
    rows = "".join(f"<tr>{_row(row, looks)}</tr>" for row in table.rows)
    # A box that scrolls must be reachable from the keyboard.
    label = html_text(table.title or " ".join(table.headings[:2]))
    return (
        f'<div class="box" tabindex="0" role="region" aria-label="{label}"><table>{caption}'
        f"<thead><tr>{head_row}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(row: tuple[Cell, ...], looks: list[str]) -> str:
    first, *rest = (_cell(cell) for cell in row)
    others = "".join(f"<td {look}>{told}</td>" for told, look in zip(rest, looks[1:], strict=True))
    return f'<th scope="row">{first}</th>{others}'


def _cell(cell: Cell) -> str:
    bold = [f"<strong>{html_text(cell.bold)}</strong>"] if cell.bold else []
    return "<br>".join([*bold, *(html_text(line) for line in cell.lines if line)])
