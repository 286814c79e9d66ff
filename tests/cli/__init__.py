"""The command line from outside: arguments in, exit code and text out."""
