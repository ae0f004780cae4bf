"""An HTTP server that answers by path and ends with its standard input, and reports nothing but its port: {"event": "listening", "port": N}.

/echo      200, a JSON object with the method, path, headers and body that arrived
/status/N  that status, with a short body
/redirect  302 to /echo
/large/N   200 with N bytes
/slow      never answers
/count     200, the number of connections accepted so far
--tls FILE speak TLS with the certificate and key in FILE
"""

import argparse
import json
import os
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    connections = 0

    def setup(self):
        Handler.connections += 1
        super().setup()

    def log_message(self, *arguments):
        pass

    def reply(self, status, body, headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.path.startswith("/echo"):
            seen = {
                "method": self.command,
                "path": self.path,
                "headers": [[name.lower(), value] for name, value in self.headers.items()],
                "body": body.decode("latin-1"),
            }
            self.reply(200, json.dumps(seen).encode(), [("Content-Type", "application/json"), ("X-Two", "a"), ("X-Two", "b")])
        elif self.path.startswith("/status/"):
            self.reply(int(self.path.split("/")[2]), b"as asked")
        elif self.path == "/redirect":
            self.reply(302, b"", [("Location", "/echo")])
        elif self.path.startswith("/large/"):
            self.reply(200, b"x" * int(self.path.split("/")[2]))
        elif self.path == "/slow":
            time.sleep(600)
        elif self.path == "/count":
            self.reply(200, str(Handler.connections).encode())
        else:
            self.reply(404, b"")

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer


def leave_with_parent():
    sys.stdin.read()
    os._exit(0)


class Server(ThreadingHTTPServer):
    daemon_threads = True


threading.Thread(target=leave_with_parent, daemon=True).start()
parser = argparse.ArgumentParser()
parser.add_argument("--tls")
arguments = parser.parse_args()
server = Server(("127.0.0.1", 0), Handler)
if arguments.tls:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(arguments.tls)
    server.socket = context.wrap_socket(server.socket, server_side=True)
sys.stdout.write(json.dumps({"event": "listening", "port": server.server_address[1]}) + "\n")
sys.stdout.flush()
server.serve_forever()
