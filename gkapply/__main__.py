"""``python -m gkapply`` is ``gkapply``."""

from gkapply.cli import main

if __name__ == "__main__":
    main()
