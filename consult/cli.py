"""The operator's commands: each subject's own, gathered."""

from importlib import import_module

from flask import Flask

SUBJECTS_WITH_COMMANDS: tuple[str, ...] = ()


def init_app(app: Flask) -> None:
    for subject in SUBJECTS_WITH_COMMANDS:
        import_module(f"consult.{subject}.commands").init_app(app)
