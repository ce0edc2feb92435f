"""A statement as a tagged PDF; its pictures for files that cannot hold a drawing."""

import json
from dataclasses import asdict

from consult.reports.document import Statement
from consult.settings import ROOT
from consult.web import typesetting

SHEET = ROOT / "templates" / "reports" / "statement.typ"
DOTS_PER_INCH = 220
ONE_A_PAGE = b"""#set page(width: 160mm, height: auto, margin: 0pt)
#set text(font: ("Libertinus Serif", "DejaVu Sans Mono"))
#for (at, drawn) in json(bytes(sys.inputs.pictures)).enumerate() {
  if at > 0 { pagebreak() }
  image(bytes(drawn), format: "svg", width: 100%)
}
"""


def pdf(statement: Statement) -> bytes:
    given = asdict(statement)
    written = given.pop("written")
    return typesetting.pdf(SHEET, "statement", given, written)


def pictures(drawn: list[str]) -> list[bytes]:
    """Each drawing as a PNG, by the same means and with the same letters as in the PDF."""
    import typst

    if not drawn:
        return []
    typesetting.learn(set("".join(drawn)))
    made = typst.compile(
        ONE_A_PAGE,
        format="png",
        ppi=DOTS_PER_INCH,
        sys_inputs={"pictures": json.dumps(typesetting.printable(drawn), ensure_ascii=False)},
        font_paths=typesetting.fonts(),
    )
    return [made] if isinstance(made, bytes) else list(made)
