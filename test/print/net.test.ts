import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Finding} from '../../source/core/finding.ts';
import {fault} from '../../source/core/net/fault.ts';
import {netMarkdown} from '../../source/core/net/net-markdown.ts';
import type {NetReport} from '../../source/core/net/net-report.ts';
import {emptyReport} from '../../source/core/net/report/empty-report.ts';
import {netJson} from '../../source/print/net-json.ts';
import {netText} from '../../source/print/net-text.ts';
import {viewNow} from '../tools/cluster-view.ts';

const subject = {apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'promo', uid: 'u1'};
const command = `kubectl -n shop patch service promo -p '{"spec":{"selector":{"app":"promo"}}}'`;

function finding(id: string, rest: Partial<Finding> = {}): Finding {
	return {
		...fault({id, family: 'Service', severity: 'critical', confidence: 'proven', subject, title: `${id} of shop/promo`}),
		since: viewNow - 60_000,
		...rest,
	};
}

const report: NetReport = {
	...emptyReport('path'),
	verdict: {
		id: 'SVC_SELECTOR_NO_POD',
		title: 'Service shop/promo selects no pod',
		confidence: 'proven',
		severity: 'critical',
		subject,
		evidence: [{ref: subject, path: 'spec.selector', value: 'app=promos'}],
		remedy: [{text: 'Select app=promo', command, changes: true}],
	},
	findings: [
		finding('SVC_SELECTOR_NO_POD', {title: 'Service shop/promo selects no pod'}),
		finding('ING_BACKEND_EMPTY', {causes: ['SVC_SELECTOR_NO_POD Service shop/promo']}),
		finding('SVC_PARTIAL_READY', {severity: 'warning'}),
	],
	ruledOut: [{id: 'DNS_NAME_WRONG', why: 'promo.shop resolves'}],
	notChecked: [{what: 'policies', why: 'User viewer may not list networkpolicies'}],
	steps: [
		{title: 'DNS', state: 'ok', evidence: ['promo.shop -> 10.96.1.1']},
		{title: 'Endpoints', state: 'broken', evidence: ['selects no pod', 'nearest: app=promo'], ref: subject},
		{title: 'Policy', state: 'predicted', evidence: ['not evaluated']},
	],
	sources: ['shop/cart'],
	cells: [
		{
			row: 'R11',
			from: {role: 'A', namespace: 'shop', pod: 'cart', container: 'main', node: 'n1', podIp: '10.244.1.20', hasDns: false},
			to: {kind: 'endpoint', title: 'web-1', address: '10.244.1.9', port: 8080, node: 'n2'},
			protocol: 'tcp',
			transport: 'timeout',
			tried: 7,
			failed: 3,
			tool: 'nc',
			detail: 'timed out\u009b31m',
			at: viewNow,
		},
	],
	leftBehind: ['ephemeral container k8tui-x in shop/cart'],
};

test('JSON: a verdict, findings in one form, what was ruled out and not checked, cells and steps', () => {
	// The text that was just made.
	const value = JSON.parse(netJson(report, {view: 'path', destination: 'promo.shop', from: 'shop/cart'})) as Record<string, unknown>;
	assert.deepEqual(Object.keys(value), [
		'view',
		'destination',
		'from',
		'verdict',
		'findings',
		'ruledOut',
		'notChecked',
		'sources',
		'cells',
		'steps',
		'leftBehind',
	]);
	assert.deepEqual(Object.keys(value['verdict'] as object), ['id', 'title', 'confidence', 'severity', 'subject', 'evidence', 'remedy']);
	const [first] = value['findings'] as ReadonlyArray<Record<string, unknown>>;
	assert.equal(first?.['since'], new Date(viewNow - 60_000).toISOString());
	for (const key of ['id', 'family', 'severity', 'class', 'confidence', 'subject', 'title', 'evidence', 'remedy', 'causes', 'key'])
		assert.ok(first && key in first, key);
	const [cell] = value['cells'] as ReadonlyArray<Record<string, unknown>>;
	assert.deepEqual(
		['from', 'to', 'protocol', 'transport', 'answer', 'ms'].map(key => cell?.[key]),
		['shop/cart', 'web-1', 'tcp', 'timeout', null, null],
	);
	assert.doesNotMatch(netJson(report, {}), /[\x7f-\x9f]/);
});

test('JSON of a policy question: allowed is true, false or null, and says why', () => {
	// As above.
	const value = JSON.parse(netJson({...report, allowed: null, why: ['policies could not be read']}, {})) as Record<string, unknown>;
	assert.deepEqual([value['allowed'], value['why']], [null, ['policies could not be read']]);
});

test('text: the verdict first, the path with its break, probes, what is left; consequences are counted', () => {
	const lines = netText(report, 'shop/cart').split('\n');
	assert.equal(lines[0], 'X SVC_SELECTOR_NO_POD  Service shop/promo selects no pod (high)');
	assert.equal(lines[3], `     ${command}`);
	const text = lines.join('\n');
	assert.match(
		text,
		/2 X Endpoints {2}selects no pod\n {8}nearest: app=promo\n {2}-+ the path breaks here\n {2}3 \? Policy {2}not evaluated {2}\(not reached\)/,
	);
	assert.match(text, /R11 +shop\/cart +n1 +web-1 +10\.244\.1\.9:8080 +tcp +- +3\/7 timeout/);
	assert.match(text, /Also found\n {2}! SVC_PARTIAL_READY/);
	assert.match(text, /and 1 consequence of what is told here/);
	assert.ok(!/Also found[\s\S]*ING_BACKEND_EMPTY/.test(text));
	assert.match(text, /Left in the cluster\n {2}ephemeral container/);
	assert.match(text, /\? policies: User viewer may not list networkpolicies/);
	const hostile = netText({...report, verdict: {...report.verdict, title: 'a\u001b]0;x\u0007b'}});
	assert.doesNotMatch(hostile, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
});

test('Markdown: for a ticket, with commands in fences and nothing that Markdown would take for its own', () => {
	const text = netMarkdown(
		report,
		{command: 'k8tui net path promo.shop -o md', context: 'prod-eu1', version: 'v1.34.2', at: viewNow, demo: false},
		'shop/cart',
	);
	assert.match(text, /^> `k8tui net path promo\.shop -o md` - context prod-eu1, v1\.34\.2, 2026-01-02 14:02:31Z\n\n## SVC_SELECTOR_NO_POD\n/);
	assert.ok(text.includes(`\`\`\`sh\n${command}\n\`\`\``));
	assert.match(text, /### Path\n\n- 1\. OK DNS/);
	const odd = {...report, verdict: {...report.verdict, title: 'a | b <img src=x>', remedy: [{text: 'x', command: 'echo ```', changes: false}]}};
	const escaped = netMarkdown(odd, {command: 'k8tui', context: 'c', version: 'v', at: viewNow, demo: true});
	assert.ok(escaped.includes('a \\| b \\<img src=x\\>'));
	assert.ok(escaped.includes('````sh\necho ```\n````'));
	assert.match(escaped, /DEMO DATA/);
});
