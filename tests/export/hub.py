"""The part of the Hugging Face hub's HTTP interface that a push uses, in memory."""

import base64
import contextlib
import hashlib
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Hub:
    """A hub of one repository: its files, its commits, and what it is told to spoil or refuse."""

    def __init__(self):
        self.files = {}
        self.commits = 0
        self.spoilt = None
        self.refuses = False
        self.asked = []

    def commit(self, lines):
        for line in lines:
            value = line["value"]
            if line["key"] == "file":
                content = base64.b64decode(value["content"])
                self.files[value["path"]] = content[::-1] if value["path"] == self.spoilt else content
            elif line["key"] == "deletedFile":
                self.files.pop(value["path"])
        self.commits += 1
        return f"{self.commits:040x}"


def _handler(hub):  # noqa: C901  (one method a verb)
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def _send(self, status, body=b"", **headers):
            self.send_response(status)
            for name, value in {"Content-Length": len(body), **headers}.items():
                self.send_header(name.replace("_", "-"), str(value))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def _json(self, value, status=200):
            self._send(status, json.dumps(value).encode(), Content_Type="application/json")

        def _body(self):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))

        def do_POST(self):
            body = self._body()
            hub.asked.append(("POST", self.path))
            host = f"http://{self.headers['Host']}"
            if hub.refuses:
                self._json({"error": "You have no right to write here"}, 403)
            elif self.path == "/api/repos/create":
                asked = json.loads(body)
                name = f"{asked['organization']}/{asked['name']}"
                self._json({"url": f"{host}/datasets/{name}", "name": name, "id": "0"})
            elif self.path == "/api/validate-yaml":
                self._json({"errors": [], "warnings": []})
            elif "/preupload/" in self.path:
                files = [
                    {"path": each["path"], "uploadMode": "regular", "shouldIgnore": False}
                    for each in json.loads(body)["files"]
                ]
                self._json({"files": files})
            elif "/commit/" in self.path:
                oid = hub.commit([json.loads(line) for line in body.splitlines()])
                self._json({"commitOid": oid, "commitUrl": f"{host}/datasets/a/b/commit/{oid}", "success": True})
            else:
                self._json({"error": "not found"}, 404)

        def do_GET(self):
            hub.asked.append((self.command, self.path))
            resolved = re.fullmatch(r"/datasets/[^?]+?/resolve/([^/]+)/([^?]+)(?:\?.*)?", self.path)
            if resolved:
                name = resolved[2]
                if name not in hub.files:
                    self._send(404, b"", X_Error_Code="EntryNotFound")
                    return
                content = hub.files[name]
                etag = f'"{hashlib.sha1(content).hexdigest()}"'
                self._send(200, content, ETag=etag, X_Repo_Commit=f"{hub.commits:040x}")
            elif self.path.startswith("/api/datasets/"):
                siblings = [{"rfilename": name} for name in sorted(hub.files)]
                tree = [
                    {"type": "file", "path": name, "size": len(content), "oid": "0" * 40}
                    for name, content in sorted(hub.files.items())
                ]
                info = {"id": "a/b", "sha": f"{hub.commits:040x}", "siblings": siblings, "private": False, "tags": []}
                self._json(tree if "/tree/" in self.path else info)
            else:
                self._json({"error": "not found"}, 404)

        do_HEAD = do_GET

    return Handler


@contextlib.contextmanager
def serving(hub):
    """Serve a hub on a free port of this machine and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(hub))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
