"""The program under test: a demonstration database and a server of its own, ended with the run."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

PROGRAM = ".build/debug/wasl"


def command(folder, *words):
    """What `wasl …` prints, on the database of the site whose folder it is."""
    environment = dict(os.environ, WASL_DATABASE=f"sqlite:{folder}/wasl.sqlite")
    done = subprocess.run([PROGRAM, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"browser: wasl {' '.join(words)} ended with {done.returncode}\n{done.stderr}")
    return done.stdout


class Site:
    """`with Site() as base:` gives the address of a running site; `Site(address)` uses one that runs already."""

    def __init__(self, base=None):
        self.base = base.rstrip("/") if base else None
        self.folder = None
        self.server = None

    def __enter__(self):
        if self.base:
            return self.base
        if not os.access(PROGRAM, os.X_OK):
            raise SystemExit(f"browser: {PROGRAM} is not built; run: swift build --product wasl")
        self.folder = tempfile.mkdtemp(prefix="wasl-browser.")
        try:
            return self.start()
        except BaseException:
            self.__exit__()
            raise

    def start(self):
        environment = dict(os.environ, WASL_DATABASE=f"sqlite:{self.folder}/wasl.sqlite")
        for words in (["migrate"], ["data", "load"], ["demo"]):
            print(f"browser: wasl {' '.join(words)}")
            done = subprocess.run([PROGRAM, *words], env=environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            if done.returncode not in (0, 3):
                raise SystemExit(f"browser: wasl {' '.join(words)} ended with {done.returncode}\n{done.stdout}")
        port = free_port()
        log = open(f"{self.folder}/server.log", "w", encoding="utf-8")
        self.server = subprocess.Popen([PROGRAM, "serve", "--host", "127.0.0.1", "--port", str(port),
                                        "--requests-per-minute", "0"],
                                       env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        base = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.server.poll() is not None:
                raise SystemExit(f"browser: the server ended with {self.server.returncode}\n{self.log_tail()}")
            try:
                with urllib.request.urlopen(f"{base}/en", timeout=30) as reply:
                    if reply.status == 200:
                        return base
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise SystemExit(f"browser: the server did not answer within a minute\n{self.log_tail()}")

    def log_tail(self):
        try:
            with open(f"{self.folder}/server.log", encoding="utf-8", errors="replace") as log:
                return "".join(log.readlines()[-40:])
        except (OSError, TypeError):
            return ""

    def __exit__(self, *_):
        if self.server and self.server.poll() is None:
            self.server.terminate()
            try:
                self.server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


def free_port():
    """A port nobody listens on now. Another program could take it before we do; then the start fails loudly."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
