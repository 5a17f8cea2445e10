"""What stands between a desk and Greenhouse when nothing works: servers that answer wrongly."""
import http.server
import os
import re
import socket
import ssl
import subprocess
import tempfile
import threading
import urllib.request

SIGN_IN_PAGE = (b'<!DOCTYPE html><html><head><title>Welcome to the Harbour Hotel</title></head>'
                b'<body><form>Room number: <input></form></body></html>')


class Server(http.server.ThreadingHTTPServer):
    """Answers everything alike on a port of its own, and remembers all that was said to it.

    Status and headers may be changed while it serves. With a folder to put a certificate into, it
    speaks TLS."""

    def __init__(self, status=200, headers=(), body=b'', certificate=None):
        self.status, self.headers, self.body = status, list(headers), body
        self.heard = []
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def answer(self):
                length = int(self.headers.get('Content-Length') or 0)
                server.heard.append('%s\n%s\n%s' % (self.requestline, self.headers,
                                                    self.rfile.read(length).decode()))
                self.send_response(server.status)
                for name, value in server.headers:
                    self.send_header(name, value)
                self.send_header('Content-Length', str(len(server.body)))
                self.end_headers()
                self.wfile.write(server.body)

            do_GET = do_POST = do_CONNECT = answer

            def log_message(self, *arguments):
                pass

        super().__init__(('127.0.0.1', 0), Handler)
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*_make_certificate(certificate))
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.port = self.server_port
        self.url = '%s://127.0.0.1:%d' % ('https' if certificate else 'http', self.port)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, address):
        """Whoever hangs up, as one does on a certificate that is not trusted, is no news."""

    def close(self):
        self.shutdown()
        self.server_close()


class Misleader(http.server.ThreadingHTTPServer):
    """Stands before a sandbox, and names another host where an answer's Link leads on to it."""

    def __init__(self, sandbox, elsewhere):
        self.n_misled = 0
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                request = urllib.request.Request(sandbox.web_url + self.path,
                                                 headers=dict(self.headers))
                with urllib.request.urlopen(request, timeout=30) as answer:
                    body, link = answer.read(), answer.headers.get('Link')
                self.send_response(200)
                self.send_header('Content-Type', 'application/json')
                self.send_header('Content-Length', str(len(body)))
                if link and 'rel="next"' in link:
                    server.n_misled += 1
                    self.send_header('Link', re.sub(r'<https?://[^/]*', '<' + elsewhere, link))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        super().__init__(('127.0.0.1', 0), Handler)
        self.url = 'http://127.0.0.1:%d' % self.server_port
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self):
        self.shutdown()
        self.server_close()


class Cutter:
    """Takes every connection, and hangs up as soon as something was said."""

    def __init__(self):
        self.socket = socket.create_server(('127.0.0.1', 0))
        self.url = 'http://127.0.0.1:%d' % self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


def _make_certificate(folder):
    """One that nobody signed but itself, for the right address."""
    key, certificate = (os.path.join(folder, name) for name in ('key.pem', 'certificate.pem'))
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
                    'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1',
                    '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate],
                   check=True, capture_output=True)
    return certificate, key


def free_address():
    """Where nobody listens."""
    with socket.create_server(('127.0.0.1', 0)) as nobody:
        return 'http://127.0.0.1:%d' % nobody.getsockname()[1]


def folder():
    return tempfile.mkdtemp(prefix='trouble.')
