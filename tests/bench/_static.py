"""The peer: a bare Flask view that renders a template in which nothing changes."""

import os
from typing import Any

from flask import Flask, render_template

app = Flask(__name__, template_folder=os.environ["STATIC_TEMPLATES"])


@app.get("/healthz")
def health() -> str:
    return "ok"


@app.get("/<name>")
def page(name: str) -> Any:
    return render_template(f"{name}.html")
