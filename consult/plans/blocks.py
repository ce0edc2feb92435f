"""The words of a section or a policy as blocks, for what is no web page: plain text, a report, a PDF.

`asdict` of a block is data that typst can set: `kind` says what it is, and no word in it is ever markup.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markdown_it.tree import SyntaxTreeNode

from consult.plans.wording import reader


@dataclass(frozen=True)
class Run:
    """Words that are set alike."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class Paragraph:
    runs: list[Run]
    kind: str = "paragraph"


@dataclass(frozen=True)
class Heading:
    runs: list[Run]
    level: int
    kind: str = "heading"


@dataclass(frozen=True)
class Points:
    """A list; each point holds blocks. `first` is the number of the first, or 0 where they have none."""

    items: list[list["Block"]]
    first: int
    kind: str = "points"


@dataclass(frozen=True)
class Quote:
    blocks: list["Block"]
    kind: str = "quote"


@dataclass(frozen=True)
class Table:
    headings: list[list[Run]]
    rows: list[list[list[Run]]]
    kind: str = "table"


@dataclass(frozen=True)
class Rule:
    kind: str = "rule"


Block = Paragraph | Heading | Points | Quote | Table | Rule


def blocks(text: str) -> list[Block]:
    """What the Markdown says, block by block."""
    return list(of_all(SyntaxTreeNode(reader.parse(text))))


def of_all(node: SyntaxTreeNode) -> Iterator[Block]:
    for child in node.children:
        yield from of(child)


def of(node: SyntaxTreeNode) -> Iterator[Block]:
    match node.type:
        case "paragraph":
            yield Paragraph(runs(node))
        case "heading":
            yield Heading(runs(node), int(node.tag[1]))
        case "bullet_list" | "ordered_list":
            first = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
            yield Points([list(of_all(item)) for item in node.children], first)
        case "blockquote":
            yield Quote(list(of_all(node)))
        case "fence":
            yield Paragraph([Run(node.content.rstrip("\n"))])
        case "table":
            yield table(node)
        case "hr":
            yield Rule()


def table(node: SyntaxTreeNode) -> Table:
    head, *body = node.children
    rows = [row for part in body for row in part.children]
    return Table(
        [runs(cell) for cell in head.children[0].children],
        [[runs(cell) for cell in row.children] for row in rows],
    )


def runs(node: SyntaxTreeNode) -> list[Run]:
    """The words in a block, those that are set alike together."""
    joined: list[Run] = []
    for inline in node.children:
        for run in within(inline, Run("")):
            if joined and replace(joined[-1], text=run.text) == run:
                joined[-1] = replace(run, text=joined[-1].text + run.text)
            elif run.text:
                joined.append(run)
    return joined


def within(node: SyntaxTreeNode, style: Run) -> Iterator[Run]:
    match node.type:
        case "text" | "code_inline":
            yield replace(style, text=node.content)
        case "softbreak" | "hardbreak":
            yield replace(style, text="\n")
        case "image":
            yield replace(style, text=f"[picture: {node.content}]" if node.content else "[picture]")
        case _:
            inner = style
            if node.type == "strong":
                inner = replace(style, bold=True)
            elif node.type == "em":
                inner = replace(style, italic=True)
            elif node.type == "link":
                inner = replace(style, href=str(node.attrs.get("href", "")))
            for child in node.children:
                yield from within(child, inner)


def plain(text: str) -> str:
    """The words alone, an empty line between blocks."""
    return "\n\n".join(lines_of(block) for block in blocks(text))


def lines_of(block: Block) -> str:
    match block:
        case Paragraph() | Heading():
            return said(block.runs)
        case Points():
            numbers = range(block.first, block.first + len(block.items))
            signs = [f"{number}. " if block.first else "• " for number in numbers]
            points = ("\n".join(map(lines_of, item)).replace("\n", "\n  ") for item in block.items)
            return "\n".join(sign + point for sign, point in zip(signs, points, strict=True))
        case Quote():
            return "\n\n".join(map(lines_of, block.blocks))
        case Table():
            return "\n".join(" | ".join(map(said, row)) for row in [block.headings, *block.rows])
        case _:
            return ""


def said(together: list[Run]) -> str:
    return "".join(run.text for run in together)
