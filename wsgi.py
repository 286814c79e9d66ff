"""For any WSGI server: ``wsgi:application``."""

from gkapply import create_app

application = create_app()
