"""Pictures of the comments as GitHub would show them, to be looked at: `make pictures`.

It needs, beside the tests' packages: `cmarkgfm` (PyPI), GitHub's own reading of Markdown;
`github-markdown-css` (npm), GitHub's look, as a folder of style sheets; and Chromium or Chrome.
GitHub's sanitiser is not in it. The pictures are for eyes alone and never committed.

    python -m tests.render.pictures --css node_modules/github-markdown-css --into pictures
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import cmarkgfm
from cmarkgfm.cmark import Options
from tests.render.scenes import HEAD, ORGANISATION, POSTED, REVIEWS

from casework.render.check_run import check_run, undetermined_summary
from casework.render.job_summary import Entry, job_summary
from casework.render.summary import summary

WIDTHS = {"desktop": 1000, "phone": 390}
LOOKS = {"light": "#ffffff", "dark": "#0d1117"}
# Of about the width of the letters that GitHub takes on a phone.
FONT = '14px/1.5 "Segoe UI", "DejaVu Sans Condensed"'
PAGE = """<!doctype html><meta charset="utf-8"><style>{style}
html, body {{ margin: 0; background: {colour}; }}
.markdown-body {{ width: {width}px; padding: 16px; box-sizing: border-box; font: {font}; }}
</style><article class="markdown-body">{body}</article>"""


def texts():
    """The texts to be looked at, by name."""
    reviews = {**REVIEWS, **{f"posted-{name}": POSTED[name] for name in POSTED}}
    for name, review in reviews.items():
        yield name, summary(review(), ORGANISATION)
    check = check_run(POSTED["three-cases"](), ORGANISATION, HEAD)
    yield "check-summary", check.summary
    yield "check-text", check.text
    reason, remedy = "GitHub must answer within two minutes; it did not.", "Wait some minutes."
    yield "undetermined", undetermined_summary(reason, remedy, HEAD)
    body = summary(POSTED["no-case"](), ORGANISATION)
    trouble = "The comment on pull request 12 could not be written: GitHub refused it."
    yield "job-summary", job_summary([Entry(12, body), Entry(None, None, trouble, remedy)])


def page(markdown, look, width, css, *, opened):
    html = cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
    if opened:
        html = html.replace("<details>", "<details open>")
    style = (css / f"github-markdown-{look}.css").read_text("utf-8")
    return PAGE.format(style=style, colour=LOOKS[look], width=width, font=FONT, body=html)


def browser():
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    return found or sys.exit("Pictures need Chromium or Chrome on the path; there is none.")


def photograph(html, width, picture, height):
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(html, "utf-8")
        # A window cannot be as narrow as a phone: the page is, whatever the window's width.
        subprocess.run(
            [
                browser(), "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--disable-background-networking", f"--user-data-dir={folder}/profile",
                f"--window-size={max(width, 500)},{height}", f"--screenshot={picture}",
                source.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="which ones; all, if none is named")
    parser.add_argument("--css", type=Path, default=Path("node_modules/github-markdown-css"))
    parser.add_argument("--into", type=Path, default=Path("build/pictures"))
    parser.add_argument("--opened", action="store_true", help="with everything folded out")
    parser.add_argument("--height", type=int, default=2400)
    parser.add_argument("--look", choices=LOOKS, action="append")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    for name, markdown in texts():
        if options.names and name not in options.names:
            continue
        for look in options.look or LOOKS:
            for device, width in WIDTHS.items():
                html = page(markdown, look, width, options.css, opened=options.opened)
                picture = options.into.resolve() / f"{name}-{device}-{look}.png"
                photograph(html, width, picture, options.height)


if __name__ == "__main__":
    main()
