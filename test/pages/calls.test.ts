import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {Page} from '../../source/core/page.ts';
import {callsPage} from '../../source/pages/calls.ts';
import {calls, forbidden} from './other-fixture.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const small = setting(80, 24);
const large = setting(140, 40);

function status(page: Page): string {
	return plain(page.status ?? []);
}

test('calls: failures first, then what is open, then the rest', () => {
	const page = callsPage(calls, {type: 'calls', top: 0}, small);
	assert.equal(plain(page.head), '4 calls  2 open  1 failed');
	assert.deepEqual(textOf(page), [
		' ------------------------------------------------------------------------------',
		'   VERB   PATH                                            STATUS     TIME  BYTES',
		' X GET    /api/v1/namespaces/shop/secrets                 403        5 ms    310',
		' ~ POST   /apis/authorization.k8s~lfsubjectaccessreviews  waiting      0s      0',
		' + WATCH  /api/v1/pods?watch=1&resourceVersion=12         200 open     9m  1.2Mi',
		' . GET    /apis                                           200       31 ms   18Ki',
		'   hidden at this width: FIRST, LAST BYTE, TRIES',
	]);
	assert.match(status(callsPage(calls, {type: 'calls', top: 0}, setting(300, 24))), /Server said: secrets is forbidden: User "bob" .* Audit-Id a-1$/);
	assert.equal(status(callsPage(calls, {type: 'calls', top: 0, cursor: 'call:1'}, small)), ' /api/v1/pods?watch=1&resourceVersion=12');
});

test('calls at 140 columns', () => {
	assert.deepEqual(textOf(callsPage(calls, {type: 'calls', top: 0}, large)), [
		' ------------------------------------------------------------------------------------------------------------------------------------------',
		'   VERB   PATH                                                    STATUS     TIME  FIRST  BYTES  LAST BYTE  TRIES',
		' X GET    /api/v1/namespaces/shop/secrets                         403        5 ms   4 ms    310          -      1',
		' ~ POST   /apis/authorization.k8s.io/v1/selfsubjectaccessreviews  waiting      0s      -      0          -      3',
		' + WATCH  /api/v1/pods?watch=1&resourceVersion=12                 200 open     9m  95 ms  1.2Mi         0s      1',
		' . GET    /apis                                                   200       31 ms  12 ms   18Ki          -      1',
	]);
});

test('a call that was cancelled is no error', () => {
	const [first] = calls;
	assert.ok(first);
	const page = callsPage([{...first, endedAt: first.startedAt + 10, problem: {...forbidden, code: 'cancelled'}}], {type: 'calls', top: 0}, large);
	assert.match(textOf(page)[2] ?? '', /cancelled/);
	assert.equal(plain(page.head), '1 call  0 open  0 failed');
});

test('every line fits every size', () => assertFits(at => callsPage(calls, {type: 'calls', top: 0}, at)));
