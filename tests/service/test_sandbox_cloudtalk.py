"""The sandbox's CloudTalk refuses what CloudTalk refuses, and is as loose with types as CloudTalk is."""
import datetime
import re

import cloudtalk
import tool

RECRUITER = 4071
NIAMH = '+447700900142'
LONDON = '+442079460100'
LEEDS = '+441134960123'


def instant(text):
    """A time in whichever form it came, in seconds; one without a zone is in UTC."""
    time = datetime.datetime.fromisoformat(text.replace('Z', '+00:00'))
    return (time if time.tzinfo else time.replace(tzinfo=datetime.timezone.utc)).timestamp()


class Case(tool.Test):
    options = ('--candidates', '20', '--allowance', '0')

    def setUp(self):
        super().setUp()
        self.ct = cloudtalk.CloudTalk(self.sandbox)
        self.ct.reset()

    def assertAnswer(self, reply, status, message=None, *fields):
        """CloudTalk's envelope: the status in both places, the sentence, and which fields are wrong."""
        self.assertEqual((reply.status, reply.envelope.get('status')), (status, status), reply.text)
        self.assertEqual(reply.message, message)
        self.assertEqual(sorted(reply.envelope.get('data') or []), sorted(fields))

    def call(self, callee=NIAMH, agent=RECRUITER):
        return self.ct.ask('POST', '/calls/create.json', {'agent_id': agent, 'callee_number': callee})

    def send(self, message='Hello', sender=LONDON, recipient=NIAMH, **more):
        return self.ct.ask('POST', '/sms/send.json',
                           {'sender': sender, 'recipient': recipient, 'message': message, **more})

    def history(self, **query):
        return [row['Cdr'] for row in self.ct.get('/calls/index.json', **query).rows]

    def wait_for_row(self, **query):
        return tool.wait(lambda: self.history(**query), 'a row in the history')[0]


class TheWayIn(Case):
    def test_no_user_agent_is_stopped_at_the_edge(self):
        reply = self.ct.ask('GET', '/agents/index.json', headers={'User-Agent': None, 'Authorization': None})
        self.assertEqual(reply.status, 403)
        self.assertIn('text/html', reply.headers['Content-Type'])
        self.assertIn('<html>', reply.text)

    def test_keys(self):
        for authorization in (None, 'Basic AAAA', 'Bearer ' + self.ct.secret):
            reply = self.ct.ask('GET', '/agents/index.json', headers={'Authorization': authorization})
            self.assertAnswer(reply, 401, 'Unauthorized action')
        self.ct.switch('keys', keys='withdrawn')
        self.assertEqual(self.ct.get('/agents/index.json').status, 401)
        self.ct.switch('keys', keys='ok')
        self.assertEqual(self.ct.get('/agents/index.json').status, 200)

    def test_the_secret_has_signs_that_cannot_stand_in_an_address(self):
        self.assertRegex(self.ct.secret, r'[:%"]')
        self.assertNotEqual(self.ct.secret, self.ct.secret.encode('ascii', 'ignore').decode())

    def test_a_read_says_what_it_accepts(self):
        self.assertEqual(self.ct.ask('GET', '/agents/index.json', headers={'Accept': None}).status, 406)
        self.assertEqual(self.ct.ask('GET', '/agents/index.json', headers={'Accept': 'text/html'}).status, 406)
        self.assertEqual(self.ct.ask('GET', '/agents/index.json', headers={'Accept': '*/*'}).status, 200)

    def test_a_write_says_what_it_sends(self):
        reply = self.ct.ask('POST', '/calls/create.json', {'agent_id': RECRUITER, 'callee_number': NIAMH},
                            headers={'Content-Type': 'text/plain'})
        self.assertEqual(reply.status, 406)
        self.assertEqual(self.ct.asked(), [])

    def test_verbs_and_paths(self):
        for method, path in (('PATCH', '/tags/add.json'), ('POST', '/tags/add.json'), ('PUT', '/calls/create.json'),
                             ('GET', '/calls/show/70311450.json'), ('GET', '/agents/index'), ('GET', '/me.json'),
                             ('DELETE', '/tags/delete/abc.json')):
            self.assertEqual(self.ct.ask(method, path, {'name': 'x'}).status, 404, (method, path))

    def test_what_is_wrong_may_be_told_in_the_body_alone(self):
        self.ct.switch('settings', status_in_body=True)
        reply = self.call(agent=1)
        self.assertEqual((reply.status, reply.envelope['status']), (200, 404))


class Lists(Case):
    def test_agents(self):
        agents = {agent['email']: agent for agent in self.ct.rows('/agents/index.json', 'Agent') if agent['name']}
        mine = agents[self.sandbox.recruiter]
        self.assertEqual(int(mine['id']), RECRUITER)
        self.assertEqual(mine['availability_status'], 'online')
        self.assertEqual(re.sub(r'\D', '', str(mine['default_number'])), LONDON[1:])
        self.assertEqual(len(mine['associated_numbers']), 4)
        self.assertEqual({agent['availability_status'] for agent in agents.values()},
                         {'online', 'offline', 'paused', 'calling'})
        self.assertIn(False, [agent['status_outbound'] in (True, 1, '1') for agent in agents.values()])
        self.assertIn(False, [agent['is_daily_limit_ok'] in (True, 1, '1') for agent in agents.values()])

    def test_a_row_may_mean_nobody(self):
        self.assertIn('0', [agent['id'] for agent in self.ct.rows('/agents/index.json', 'Agent')])
        self.assertIn(0, [tag['id'] for tag in self.ct.rows('/tags/index.json', 'Tag')])

    def test_types_are_loose(self):
        def forms(path, kind, *fields):
            return {type(row[field]) for row in self.ct.rows(path, kind) for field in fields}
        self.assertEqual(forms('/agents/index.json', 'Agent', 'id'), {str, int})
        self.assertEqual(forms('/numbers/index.json', 'CallNumber', 'connected_to'), {str, int})
        self.assertEqual(forms('/calls/index.json', 'Cdr', 'billsec', 'talking_time'), {str, int})
        self.assertEqual(forms('/calls/index.json', 'Cdr', 'recorded', 'is_voicemail'), {str, bool, int})
        self.assertEqual(forms('/calls/index.json', 'Cdr', 'public_external', 'public_internal'),
                         {str, int, type(None)})
        times = [row[field] for row in self.ct.rows('/calls/index.json', 'Cdr')
                 for field in ('started_at', 'ended_at')]
        for form in (r'T[\d:]+\.000Z$', r'\d [\d:]+$', r'\+02:00$'):
            self.assertTrue(any(re.search(form, time) for time in times), form)

    def test_filters(self):
        def ids(path, kind, **query):
            return [int(row['id']) for row in self.ct.rows(path, kind, **query)]
        self.assertEqual(ids('/agents/index.json', 'Agent', id=4072), [4072])
        self.assertEqual(ids('/agents/index.json', 'Agent', associated_number=LEEDS), [4071, 4073, 4083])
        self.assertEqual(ids('/numbers/index.json', 'CallNumber', country_code=49), [954])
        self.assertEqual(ids('/numbers/index.json', 'CallNumber', connected_to=3), [958])
        self.assertEqual(ids('/numbers/index.json', 'CallNumber', is_free=1), [960])
        self.assertEqual(ids('/tags/index.json', 'Tag', id=319), [319])

    def test_queries_that_cannot_be(self):
        for path, query in (('/agents/index.json', {'limit': 0}), ('/agents/index.json', {'limit': 1001}),
                            ('/agents/index.json', {'page': 0}), ('/agents/index.json', {'id': 'abc'}),
                            ('/numbers/index.json', {'is_free': 2}), ('/numbers/index.json', {'connected_to': 4}),
                            ('/calls/index.json', {'type': 'Outgoing'}), ('/calls/index.json', {'status': 'ended'}),
                            ('/calls/index.json', {'date_from': 'yesterday'}),
                            ('/calls/index.json', {'date_to': '2025-03-04T09:12:08'})):
            self.assertAnswer(self.ct.get(path, **query), 406, 'Invalid input data.', *query)

    def test_pages(self):
        first = self.ct.get('/agents/index.json', limit=3).envelope
        self.assertEqual((first['itemsCount'], first['pageCount'], first['pageNumber'], first['limit']), (8, 3, 1, 3))
        last = self.ct.get('/agents/index.json', limit=3, page=3).envelope
        self.assertEqual((last['pageNumber'], len(last['data'])), (3, 2))
        self.assertEqual(self.ct.get('/agents/index.json', limit=3, page=4).rows, [])
        self.assertNotIn('pageCount', self.ct.get('/numbers/index.json').envelope)

    def test_tags(self):
        added = self.ct.ask('PUT', '/tags/add.json', {'name': 'Greenhouse'})
        self.assertAnswer(added, 201, None, 'id')
        tag = int(added.envelope['data']['id'])
        self.assertAnswer(self.ct.ask('PUT', '/tags/add.json', {'name': 'Greenhouse'}), 406, 'Invalid input data.',
                          'name')
        for body in ({}, {'name': ''}, {'name': 5}, {'name': None}, ['Greenhouse']):
            self.assertEqual(self.ct.ask('PUT', '/tags/add.json', body).status, 406, body)
        self.assertAnswer(self.ct.ask('POST', '/tags/edit/%d.json' % tag, {'name': 'Client'}), 406,
                          'Invalid input data.', 'name')
        self.assertAnswer(self.ct.ask('POST', '/tags/edit/%d.json' % tag, {'name': 'Hiring'}), 200)
        self.assertEqual([row['name'] for row in self.ct.rows('/tags/index.json', 'Tag', id=tag)], ['Hiring'])
        self.assertAnswer(self.ct.ask('DELETE', '/tags/delete/%d.json' % tag), 200)
        self.assertAnswer(self.ct.ask('DELETE', '/tags/delete/%d.json' % tag), 404, 'Not found.')


class Calls(Case):
    def test_refusals(self):
        for body in ({}, [], {'agent_id': RECRUITER}, {'callee_number': NIAMH},
                     {'agent_id': str(RECRUITER), 'callee_number': NIAMH},
                     {'agent_id': RECRUITER, 'callee_number': int(NIAMH)}, 'no JSON'):
            self.assertEqual(self.ct.ask('POST', '/calls/create.json', body).status, 406, body)
        for callee in ('07700900142', '447700900142', '+44 7700 900142', '+44(0)7700900142', '+97912345678', ''):
            self.assertAnswer(self.call(callee), 406, 'Invalid input data.', 'callee_number')
        self.assertAnswer(self.call(agent=999), 404, 'Not found.')
        self.assertAnswer(self.call(agent=4072), 403, 'Agent is not online.')
        self.assertAnswer(self.call(agent=4073), 403, 'Agent is not online.')
        self.assertAnswer(self.call(agent=4076), 409, 'Agent is already calling.')
        self.assertAnswer(self.call(agent=4077), 406, 'Invalid input data.', 'agent_id')
        self.assertAnswer(self.call(agent=4080), 406, 'Invalid input data.', 'agent_id')
        self.assertEqual(self.ct.asked(), [])

    def test_who_is_paused_may_be_rung_or_not(self):
        self.ct.switch('settings', paused_refuses=False)
        self.assertAnswer(self.call(agent=4073), 200)

    def test_states_are_for_tests_to_set(self):
        self.ct.switch('agents', agent=self.sandbox.recruiter, state='offline')
        self.assertEqual(self.call().status, 403)
        self.ct.switch('agents', agent=RECRUITER, state='online', may_call_out=False)
        self.assertEqual(self.call().status, 406)
        self.ct.reset()
        self.assertEqual(self.call().status, 200)

    def test_answered(self):
        self.ct.switch('next', pick_up_ms=0, talk_ms=0)
        reply = self.call()
        self.assertAnswer(reply, 200)
        self.assertNotIn('data', reply.envelope)
        row = self.wait_for_row(user_id=RECRUITER, public_external=NIAMH, type='outgoing', limit=5)
        self.assertEqual(re.sub(r'\D', '', str(row['public_internal'])), LONDON[1:])
        self.assertTrue(row['answered_at'])
        self.assertTrue(row['recording_link'].startswith(self.sandbox.web_url))

    def test_one_call_at_a_time(self):
        self.ct.switch('next', pick_up_ms=0, talk_ms=-1)
        self.assertEqual(self.call().status, 200)
        self.assertAnswer(self.call(), 409, 'Agent is already calling.')
        states = [row['availability_status'] for row in self.ct.rows('/agents/index.json', 'Agent', id=RECRUITER)]
        self.assertEqual(states, ['calling'])
        self.ct.switch('calls', id=self.ct.asked()[0]['id'], action='end')
        self.assertEqual(self.call().status, 200)

    def test_only_what_has_ended_is_listed(self):
        self.ct.switch('next', pick_up_ms=0, talk_ms=-1)
        self.call()
        self.assertEqual(self.history(public_external=NIAMH), [])
        self.ct.switch('calls', id=self.ct.asked()[0]['id'], action='end')
        self.assertEqual(len(self.history(public_external=NIAMH)), 1)

    def test_what_runs_is_listed_too(self):
        self.ct.switch('settings', listed='running')
        self.ct.switch('next', pick_up_ms=0, ring_ms=60000, talk_ms=-1, wrap_up_ms=-1)
        self.call()
        identity = self.ct.asked()[0]['id']
        row = self.history(call_id=identity)[0]
        self.assertEqual((row['answered_at'], row['ended_at']), (None, None))
        self.ct.switch('calls', id=identity, action='answer')
        self.assertTrue(self.history(call_id=identity)[0]['answered_at'])
        self.assertIsNone(self.history(call_id=identity)[0]['ended_at'])
        self.ct.switch('calls', id=identity, action='end')
        self.assertTrue(self.history(call_id=identity)[0]['ended_at'])
        self.assertEqual(self.ct.asked()[0]['state'], 'wrap_up')

    def test_what_is_wrapped_up_is_listed(self):
        self.ct.switch('settings', listed='wrapped_up')
        self.ct.switch('next', pick_up_ms=0, talk_ms=0, wrap_up_ms=-1)
        self.call()
        tool.wait(lambda: self.ct.asked()[0]['state'] == 'wrap_up', 'the end')
        self.assertEqual(self.history(public_external=NIAMH), [])
        self.ct.switch('calls', id=self.ct.asked()[0]['id'], action='wrap_up')
        self.assertEqual(len(self.history(public_external=NIAMH)), 1)

    def test_rows_may_come_late(self):
        self.ct.switch('settings', lag_ms=3600000)
        self.ct.switch('next', pick_up_ms=0, talk_ms=0)
        self.call()
        self.assertEqual(self.history(public_external=NIAMH), [])
        self.sandbox.set_clock(3601)
        self.assertEqual(len(self.history(public_external=NIAMH)), 1)

    def test_an_agent_who_does_not_pick_up_leaves_no_row(self):
        self.ct.switch('settings', listed='running')
        self.ct.switch('next', outcome='agent_missed')
        self.assertEqual(self.call().status, 200)
        self.assertEqual(self.ct.asked()[0]['state'], 'agent')
        self.assertEqual(self.call().status, 409)
        self.sandbox.set_clock(21)
        self.assertEqual(self.ct.asked()[0]['state'], 'given_up')
        self.assertEqual(self.history(public_external=NIAMH), [])
        self.assertEqual(self.call().status, 200)

    def test_nobody_is_rung_for_longer_than_twenty_seconds(self):
        self.ct.switch('next', pick_up_ms=21000)
        self.call()
        for seconds, state in ((19, 'agent'), (22, 'given_up')):
            self.sandbox.set_clock(seconds)
            self.assertEqual(self.ct.asked()[0]['state'], state)

    def test_the_ring_may_be_shorter(self):
        self.ct.switch('settings', agent_ring_ms=0)
        self.ct.switch('next', pick_up_ms=1)
        self.call()
        self.assertEqual(self.ct.asked()[0]['state'], 'given_up')

    def test_a_person_picks_up(self):
        self.ct.switch('agents', agent=RECRUITER, pick_up_ms=-1)
        self.call()
        identity = self.ct.asked()[0]['id']
        self.assertEqual(self.ct.asked()[0]['state'], 'agent')
        self.ct.switch('calls', id=identity, action='pick_up')
        self.assertEqual(self.ct.asked()[0]['state'], 'ringing')

    def test_outcomes(self):
        for outcome, status in (('no_answer', 'missed'), ('busy', 'missed'), ('answered', 'answered')):
            self.ct.switch('next', outcome=outcome, pick_up_ms=0)
            self.call()
            row = self.wait_for_row(call_id=self.ct.asked()[-1]['id'], status=status)
            self.assertEqual(int(row['talking_time']), 0)
            self.assertNotIn(row['is_voicemail'], (True, 1, '1'), outcome)
        self.ct.switch('next', outcome='voicemail', pick_up_ms=0)
        self.call()
        self.assertIn(self.wait_for_row(call_id=self.ct.asked()[-1]['id'])['is_voicemail'], (True, 1, '1'))

    def test_several_calls_as_planned(self):
        self.ct.switch('next', outcome='busy', pick_up_ms=0, times=2)
        self.ct.switch('next', outcome='no_answer', pick_up_ms=0)
        for _ in range(3):
            self.assertEqual(self.call().status, 200)
            tool.wait(lambda: self.ct.asked()[-1]['state'] == 'over', 'the end')
        self.assertEqual([call['outcome'] for call in self.ct.asked()], ['busy', 'busy', 'no_answer'])

    def test_from_outside(self):
        identity = self.ct.switch('calls', type='incoming', external=NIAMH, ring_ms=4000, talk_ms=61000,
                                  wrap_up_ms=2000)
        row = self.history(public_external=NIAMH, type='incoming')[0]
        self.assertEqual((int(row['id']), int(row['talking_time']), int(row['user_id'])), (identity, 61, RECRUITER))
        self.assertIn(int(row['waiting_time']), (3, 4, 5))
        self.assertLessEqual(instant(row['started_at']), instant(row['answered_at']))
        withheld = self.ct.switch('calls', type='incoming', agent=0, outcome='missed', ring_ms=20000)
        row = self.history(call_id=withheld, status='missed')[0]
        self.assertIn(row['public_external'], (None, ''))
        self.assertIsNone(row['user_id'])
        self.assertEqual(self.ct.asked(), [])

    def test_notes_and_tags_come_later(self):
        identity = self.ct.switch('calls', type='outgoing', external=NIAMH, talk_ms=5000)
        self.assertEqual(self.ct.rows('/calls/index.json', 'Notes', call_id=identity), [[]])
        self.ct.switch('calls', id=identity, notes=['Wants hybrid, two days'], tags=['Screened', 'Hot'])
        row = self.ct.get('/calls/index.json', call_id=identity).rows[0]
        self.assertEqual([text for note in row['Notes'] for text in note.values()][1::2], ['Wants hybrid, two days'])
        self.assertEqual([tag['name'] for tag in row['Tags']], ['Screened', 'Hot'])
        self.assertEqual(len(self.history(tag_id=320)), 1)

    def test_windows_of_time(self):
        self.ct.switch('calls', type='outgoing', external=NIAMH, ago_ms=3600000)
        begin = self.history(public_external=NIAMH)[0]['started_at']
        for shift, count in ((-1, 1), (0, 1), (1, 0)):
            time = datetime.datetime.fromtimestamp(instant(begin) + shift, datetime.timezone.utc)
            for form in ('%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M:%SZ', '%Y-%m-%dT%H:%M:%S.000Z'):
                found = self.history(public_external=NIAMH, date_from=time.strftime(form))
                self.assertEqual(len(found), count, (shift, form))

    def test_newest_first_whoever_was_asked_first(self):
        self.ct.switch('calls', type='outgoing', external=NIAMH, ago_ms=60000)
        self.ct.switch('calls', type='outgoing', external=NIAMH, ago_ms=3600000)
        starts = [instant(row['started_at']) for row in self.history()]
        self.assertEqual(starts, sorted(starts, reverse=True))

    def test_a_plus_that_is_not_escaped_finds_nobody(self):
        self.ct.switch('calls', type='outgoing', external=NIAMH)
        self.assertEqual(self.ct.get('/calls/index.json?public_external=' + NIAMH).rows, [])
        self.assertEqual(len(self.history(public_external=NIAMH)), 1)

    def test_recordings(self):
        identity = self.ct.switch('calls', type='outgoing', external=NIAMH, talk_ms=5000)
        path = '/calls/recording/%d.json' % identity
        self.assertAnswer(self.ct.get(path), 404, 'Not found.')
        self.ct.switch('settings', recording_ms=0)
        types = set()
        for shift in range(2):
            reply = self.ct.ask('GET', '/calls/recording/%d.json' % (identity + shift), headers={'Accept': 'audio/*'})
            self.assertTrue(reply.data.startswith(b'RIFF') and b'WAVEfmt' in reply.data)
            types.add(reply.headers['Content-Type'])
            self.ct.switch('calls', type='outgoing', external=NIAMH, talk_ms=5000)
        self.assertEqual(types, {'audio/x-wav', 'application/octet-stream'})
        self.ct.switch('calls', id=identity, recording='gone')
        self.assertAnswer(self.ct.get(path), 410, 'Recording expired.')
        self.ct.switch('settings', recordings='off')
        identity = self.ct.switch('calls', type='outgoing', external=NIAMH, talk_ms=5000)
        self.assertIsNone(self.history(call_id=identity)[0]['recording_link'])
        self.assertEqual(self.ct.get('/calls/recording/%d.json' % identity).status, 404)

    def test_a_row_may_tell_late_of_its_recording(self):
        self.ct.switch('settings', link='uploaded', recording_ms=3600000)
        identity = self.ct.switch('calls', type='outgoing', external=NIAMH, talk_ms=5000)
        self.assertIsNone(self.history(call_id=identity)[0]['recording_link'])
        self.sandbox.set_clock(3601)
        self.assertTrue(self.history(call_id=identity)[0]['recording_link'])

    def test_a_recording_has_a_page(self):
        self.ct.switch('settings', recording_ms=0)
        identity = self.ct.switch('calls', type='outgoing', external=NIAMH, talk_ms=5000)
        link = self.history(call_id=identity)[0]['recording_link']
        page = self.sandbox.ask('GET', link[len(self.sandbox.web_url):])
        self.assertIn(NIAMH, page)
        self.assertIn('<audio controls src="data:audio/wav;base64,UklGR', page)
        self.ct.switch('calls', id=identity, recording='gone')
        with self.assertRaises(OSError) as raised:
            self.sandbox.ask('GET', link[len(self.sandbox.web_url):])
        raised.exception.close()
        self.assertEqual(raised.exception.code, 404)

    def test_trouble_is_told_in_its_own_envelope(self):
        for after, count in ((False, 0), (True, 1)):
            self.ct.fault('status', 'POST', '/calls/create.json', after_store=after)
            self.assertAnswer(self.call(), 500, 'Something went wrong.')
            self.assertEqual(len(self.ct.asked()), count)

    def test_a_cut_before_and_after(self):
        for after, count in ((False, 0), (True, 1)):
            self.ct.fault('cut', 'POST', '/calls/create.json', after_store=after)
            with self.assertRaises(OSError):
                self.call()
            self.assertEqual(len(self.ct.asked()), count)


class Texts(Case):
    def test_sent(self):
        words = set()
        for _ in range(2):
            reply = self.send('Thursday — 10:00?')
            self.assertEqual(reply.status, 200)
            self.assertEqual(reply.envelope['data']['message'], 'Thursday — 10:00?')
            self.assertNotIn('id', reply.envelope['data'])
            words.add(reply.envelope['success'])
        self.assertEqual(words, {True, 'true'})
        sent = self.ct.texts()[0]
        self.assertEqual((sent['sender'], sent['recipient'], sent['message'], sent['refusal']),
                         (LONDON, NIAMH, 'Thursday — 10:00?', None))

    def test_refusals(self):
        for wish in ({'sender': '02079460100'}, {'recipient': '07700900142'}, {'message': ''}, {'message': None},
                     {'message': 5}, {'message': 'x' * 1601}, {'images_by_url': 'x'}):
            self.assertAnswer(self.send(**wish), 400, 'Bad request')
        self.assertEqual(self.ct.texts(), [])

    def test_the_carrier_refuses_under_a_200(self):
        flags = set()
        for sender, words in ((LEEDS, 'Bad number configuration'), ('+442079460111', 'Unknown number'),
                              ('+442079460177', 'Unknown number')):
            reply = self.send(sender=sender)
            self.assertEqual((reply.status, reply.envelope['data']), (200, words))
            flags.add(reply.envelope['success'])
        self.assertEqual(flags, {False, 'false'})
        self.ct.switch('numbers', number=LEEDS, may_text=True)
        self.assertIn(self.send(sender=LEEDS).envelope['success'], (True, 'true'))

    def test_refused_on_request(self):
        self.ct.switch('texts', refusal='Not allowed country.')
        self.assertEqual(self.send().envelope['data'], 'Not allowed country.')
        self.assertIn(self.send().envelope['success'], (True, 'true'))
        self.assertEqual([text['refusal'] for text in self.ct.texts()], ['Not allowed country.', None])

    def test_no_money(self):
        self.ct.switch('texts', credit=False)
        self.assertAnswer(self.send(), 403, 'Insufficient Funds')
        self.assertEqual(self.ct.texts(), [])

    def test_a_cut_before_and_after(self):
        for after, count in ((False, 0), (True, 1)):
            self.ct.fault('cut', 'POST', '/sms/send.json', after_store=after)
            with self.assertRaises(OSError):
                self.send()
            self.assertEqual(len(self.ct.texts()), count)


class Allowance(Case):
    def test_so_many_a_window_for_the_company(self):
        self.ct.switch('allowance', limit=3, seconds=3600)
        left = [self.ct.get('/agents/index.json').headers['X-CloudTalkAPI-Remaining'] for _ in range(3)]
        self.assertEqual(left, ['2', '1', '0'])
        refused = self.ct.get('/agents/index.json')
        self.assertAnswer(refused, 429, 'Too Many Requests')
        self.assertEqual(refused.headers['X-CloudTalkAPI-Limit'], '3')
        self.assertGreater(int(refused.headers['X-CloudTalkAPI-ResetTime']), 1700000000)
        self.assertIsNone(refused.headers['Retry-After'])
        self.sandbox.set_clock(3600)
        self.assertEqual(self.ct.get('/agents/index.json').status, 200)

    def test_strangers_use_nothing_up(self):
        self.ct.switch('allowance', limit=1, seconds=3600)
        for _ in range(3):
            self.ct.ask('GET', '/agents/index.json', headers={'Authorization': None})
        self.assertEqual(self.ct.get('/agents/index.json').status, 200)

    def test_it_may_tell_with_a_refusal_alone(self):
        self.ct.switch('allowance', limit=1, seconds=3600, told='refused')
        self.assertIsNone(self.ct.get('/agents/index.json').headers['X-CloudTalkAPI-Remaining'])
        self.assertEqual(self.ct.get('/agents/index.json').headers['X-CloudTalkAPI-Remaining'], '0')

    def test_colleagues_use_it_too(self):
        self.ct.switch('allowance', limit=60, seconds=3600, others=58)
        self.assertEqual([self.ct.get('/tags/index.json').status for _ in range(3)], [200, 200, 429])


class Switches(Case):
    def test_wishes_nobody_can_fulfil(self):
        for what, wish in (('agents', {'agent': 1, 'state': 'offline'}), ('agents', {'agent': 4071, 'state': 'away'}),
                           ('next', {'outcome': 'lost'}), ('calls', {'type': 'sideways'}), ('calls', {}),
                           ('calls', {'type': 'incoming', 'external': '0770'}), ('calls', {'id': 5}),
                           ('calls', {'id': 70311450, 'action': 'end'}), ('numbers', {'number': NIAMH}),
                           ('allowance', {'limit': -1}), ('keys', {}), ('settings', {'listed': 'never'}),
                           ('nothing', {})):
            with self.assertRaises(OSError, msg=(what, wish)) as raised:
                self.ct.switch(what, **wish)
            self.assertEqual(raised.exception.code, 400)
            raised.exception.close()


class Usual(tool.Test):
    """As CloudTalk has it, where nobody asked for anything else."""
    options = ('--candidates', '5')

    def test_sixty_a_minute(self):
        ct = cloudtalk.CloudTalk(self.sandbox)
        ct.reset()
        first = ct.get('/agents/index.json')
        self.assertEqual((first.headers['X-CloudTalkAPI-Limit'], first.headers['X-CloudTalkAPI-Remaining']),
                         ('60', '59'))

    def test_a_call_goes_by_itself(self):
        ct = cloudtalk.CloudTalk(self.sandbox)
        ct.ask('POST', '/calls/create.json', {'agent_id': RECRUITER, 'callee_number': NIAMH})
        self.assertEqual(ct.asked()[-1]['state'], 'agent')
        for seconds, state in ((2, 'ringing'), (10, 'talking'), (24, 'wrap_up'), (40, 'over')):
            self.sandbox.set_clock(seconds)
            self.assertEqual(ct.asked()[-1]['state'], state)


if __name__ == '__main__':
    tool.main()
