"""Old formats (.doc, .rtf, .odt) made into .docx by LibreOffice, in a process of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from roadmap.reading.file_error import FileError
from roadmap.reading.kind import FileKind

MOST_SECONDS = 60
MOST_MEMORY = 4 * 1024**2
"""Kilobytes of address space."""

_NAMES = {
    FileKind.DOC: "старый формат Word (.doc)",
    FileKind.RTF: "формат RTF",
    FileKind.ODT: "формат OpenDocument (.odt)",
}
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
</item>
<item oor:path="/org.openoffice.Inet/Settings">
<prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop>
<prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop>
<prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop>
<prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop>
</item>
</oor:items>
"""
"""No macros, and nothing that a stranger's document names is fetched from the network."""


def docx_from(content: bytes, kind: FileKind, seconds: int = MOST_SECONDS) -> bytes:
    """The document as .docx, made in at most `seconds`.

    Raises FileError where LibreOffice is not installed or cannot read the file.
    """
    office = shutil.which("soffice")
    if office is None:
        raise FileError(f"Это {_NAMES[kind]}. Откройте документ в Word или LibreOffice и сохраните как .docx.")
    with tempfile.TemporaryDirectory(prefix="roadmap-") as folder:
        source = Path(folder, f"source.{kind}")
        source.write_bytes(content)
        settings = Path(folder, "profile", "user", "registrymodifications.xcu")
        settings.parent.mkdir(parents=True)
        settings.write_text(_SETTINGS)
        _convert(office, source, seconds)
        try:
            return source.with_suffix(".docx").read_bytes()
        except FileNotFoundError as error:
            raise _failed(kind) from error


def _convert(office: str, source: Path, seconds: int) -> None:
    """Run LibreOffice within limits of time and memory; its children end with it."""
    command = [
        *("/bin/sh", "-c", f'ulimit -v {MOST_MEMORY}; ulimit -t {seconds}; exec "$@"', "sh", office),
        *(f"-env:UserInstallation=file://{source.parent}/profile", "--headless", "--norestore", "--nolockcheck"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(source.parent), str(source)),
    ]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(source.parent), "LANG": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 -- our own command, names of our own files
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            pass
        finally:
            _end(process.pid)


def _end(group: int) -> None:
    """End whatever is left of the session that was started."""
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return


def _failed(kind: FileKind) -> FileError:
    return FileError(f"Это {_NAMES[kind]}, и прочитать его не удалось. Откройте документ в Word и сохраните как .docx.")
