"""What 10,000 cases are compared with: one process that reads and parses them, and no more."""

import sys
from pathlib import Path

import yaml
from markdown_it import MarkdownIt

markdown = MarkdownIt("commonmark")
for path in sorted(Path(sys.argv[1]).glob("cases/*/*.md")):
    text = path.read_bytes().decode("utf-8")
    _, front, body = text.split("---\n", 2)
    yaml.load(front, Loader=yaml.CSafeLoader)
    markdown.parse(body)
