"""``python -m govreport``: the command ``govreport``."""

from govreport.cli import entry

if __name__ == "__main__":
    entry()
