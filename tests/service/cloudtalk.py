"""The sandbox's CloudTalk, asked over HTTP as CloudTalk wants to be asked."""
import base64
import http.client
import json
import urllib.parse


class Reply:
    """What came back: the status, the headers, the text, and what was in the envelope."""

    def __init__(self, answer):
        self.status = answer.status
        self.headers = answer.headers
        self.data = answer.read()
        self.text = self.data.decode(errors='replace')
        try:
            self.json = json.loads(self.text)
        except ValueError:
            self.json = None
        self.envelope = self.json['responseData'] if isinstance(self.json, dict) else None

    @property
    def rows(self):
        return self.envelope['data']

    @property
    def message(self):
        return self.envelope.get('message')


class CloudTalk:
    """One pair of keys at one address; and the switches only a sandbox has."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        self.key_id = sandbox.cloudtalk_key_id
        self.secret = sandbox.cloudtalk_secret
        self.url = urllib.parse.urlsplit(sandbox.cloudtalk_url)

    def basic(self):
        pair = '%s:%s' % (self.key_id, self.secret)
        return 'Basic ' + base64.b64encode(pair.encode()).decode()

    def headers(self, body):
        headers = {'Authorization': self.basic(), 'Accept': 'application/json', 'User-Agent': 'a test'}
        return headers | ({'Content-Type': 'application/json'} if body is not None else {})

    def ask(self, method, path, body=None, headers=None, **query):
        """A header that is None is not sent; a body that is text goes out as it is."""
        if query:
            path += '?' + urllib.parse.urlencode(query)
        sent = self.headers(body) | (headers or {})
        data = body if body is None or isinstance(body, str) else json.dumps(body)
        connection = http.client.HTTPConnection(self.url.netloc, timeout=30)
        try:
            connection.request(method, self.url.path + path, data and data.encode(),
                               {name: value for name, value in sent.items() if value is not None})
            return Reply(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, **query):
        return self.ask('GET', path, **query)

    def rows(self, path, kind, **query):
        """The rows of a list, out of their wrapping."""
        return [row[kind] for row in self.get(path, **query).rows]

    # What only a sandbox lets one do

    def switch(self, what, **wish):
        return self.sandbox.ask('POST', '/sandbox/cloudtalk/' + what, wish)['id']

    def reset(self):
        self.sandbox.ask('DELETE', '/sandbox/cloudtalk')

    def calls(self):
        """All calls, those too that no list shows."""
        return self.sandbox.ask('GET', '/sandbox/cloudtalk/calls')

    def asked(self):
        """The calls that were asked for through the API."""
        return [call for call in self.calls() if call['asked']]

    def texts(self):
        return self.sandbox.ask('GET', '/sandbox/cloudtalk/texts')

    def contacts(self):
        """The company's contacts by their names."""
        return {contact['name']: contact for contact in self.sandbox.ask('GET', '/sandbox/cloudtalk/contacts')}

    def fault(self, fault, method, path, **more):
        self.sandbox.fault(fault, method, self.url.path + path, **more)
