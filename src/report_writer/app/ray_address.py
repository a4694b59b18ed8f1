"""Whether anything like Ray answers at an address: its own client tries for minutes before it says no."""

import os
import socket

from report_writer.app.services import UsageError

_SECONDS = 5.0
# The beginning of HTTP/2, which Ray's head speaks: the preface and an empty frame of settings.
_HELLO = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0])
_KIND, _SETTINGS = 3, 4
_NO_PORT = "请写集群头节点的 主机:端口，如 10.0.0.1:6379"


def refuse_silent(address: str) -> None:
    """Raise UsageError where nobody answers at `HOST:PORT`, or something that is not Ray.

    `auto`, the cluster of this machine, is left to Ray. RFC 9113 section 3.4 has the first bytes.
    """
    if address == "auto":
        return
    if "://" in address:
        raise UsageError(
            f"Ray 地址“{address}”不支持；请在集群的一台机器上运行，{_NO_PORT.removeprefix('请')}"
        )
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise UsageError(f"Ray 地址“{address}”不对；{_NO_PORT}")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=_SECONDS) as there:
            if os.environ.get("RAY_USE_TLS", "0") not in {"", "0"}:
                return
            there.sendall(_HELLO)
            answer = there.recv(9)
    except (OSError, UnicodeError) as error:
        why = "没有应答" if isinstance(error, TimeoutError) else getattr(error, "strerror", None)
        raise UsageError(f"Ray 集群 {address} 连不上（{why or error}）；{_NO_PORT}") from error
    if len(answer) <= _KIND or answer[_KIND] != _SETTINGS:
        raise UsageError(f"{address} 有应答，但不是 Ray 集群；{_NO_PORT}")
