"""Say clearly that the port is taken, before anything is started. Usage: ledig_port.py PORT"""

import socket
import sys


def ledig(port: int) -> bool:
    """True when 127.0.0.1:port can be listened on now."""
    with socket.socket() as kontakt:
        kontakt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            kontakt.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


if __name__ == "__main__":
    valgt = int(sys.argv[1])
    if not ledig(valgt):
        sys.exit(f"Port {valgt} på 127.0.0.1 er opptatt. Stopp det som bruker den, eller: PORT={valgt + 1} make run")
