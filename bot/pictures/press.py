"""A program of its own: an SVG on stdin becomes a PNG on stdout.

Rasterising holds the interpreter for a tenth of a second, which no message of the service should wait for, and
whatever it takes in memory goes with the process.
"""

import sys

ZOOM = 2


def main() -> None:
    """Read, paint, write; nothing outside the SVG is looked at but the font."""
    from pylopdf_fonts_zh_cn import sans_path  # noqa: PLC0415 - the service looks up this file's path only
    from resvg_py import svg_to_bytes  # noqa: PLC0415

    text = sys.stdin.buffer.read().decode()
    font = [str(sans_path())]
    sys.stdout.buffer.write(svg_to_bytes(svg_string=text, zoom=ZOOM, skip_system_fonts=True, font_files=font))


if __name__ == "__main__":
    main()
