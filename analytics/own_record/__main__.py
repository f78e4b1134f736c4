"""Print the data dictionary: `python -m analytics.own_record > docs/privacy/data-dictionary.md`."""

import argparse
import sys

from analytics.own_record.dictionary import dictionary


def main() -> int:
    """Print the page. Return 0; wrong use exits with 2."""
    argparse.ArgumentParser(
        prog="python -m analytics.own_record",
        description="Print the data dictionary.",
        epilog="example: python -m analytics.own_record > docs/privacy/data-dictionary.md",
    ).parse_args()
    print(dictionary())
    return 0


if __name__ == "__main__":
    sys.exit(main())
