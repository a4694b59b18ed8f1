"""`python -m report_writer` is the command line."""

from report_writer.cli.main import run

if __name__ == "__main__":
    run()
