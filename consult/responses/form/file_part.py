"""The question that asks for a file."""

from collections.abc import Iterator
from typing import Any

import wtforms
from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from consult.responses.form.files import HeldFile
from consult.responses.form.part import Part
from consult.responses.receiving import Filed, Said


class Ticks(wtforms.SelectMultipleField):
    """Any values: what they name is looked up among what there is."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, **options)


class Files(Part):
    """Up to five files. What has arrived is in `form.held` (`filing.py`), so that it is sent once."""

    def fields(self) -> Iterator[tuple[str, Any]]:
        yield self.name, wtforms.MultipleFileField(self.question.title, **self.about)
        yield f"{self.name}.remove", Ticks(gettext("Remove"), id=f"{self.id}-remove")

    def sent(self, form: Any) -> list[FileStorage]:
        """The files that came with this request."""
        return [
            file for file in form[self.name].data or () if isinstance(file, FileStorage) and file.filename
        ]

    def removed(self, form: Any) -> set[str]:
        return set(form[f"{self.name}.remove"].data or ())

    def held(self, form: Any) -> list[HeldFile]:
        return list(getattr(form, "held", {}).get(self.question.id, ()))

    def check(self, form: Any) -> None:
        problems = getattr(form, "not_held", {}).get(self.question.id, ())
        form[self.name].errors = [*form[self.name].errors, *problems]

    def said(self, form: Any) -> list[Said]:
        return [Said(self.question.id, text=file.name) for file in self.held(form)]

    def files(self, form: Any) -> list[Filed]:
        return [
            Filed(self.question.id, file.name, file.media_type, file.sha256, file.content)
            for file in self.held(form)
        ]

    def lacking(self) -> str:
        return gettext("Choose a file for “%(question)s”.", question=self.question.title)
