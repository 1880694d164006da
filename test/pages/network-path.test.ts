import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {NetworkModel} from '../../source/core/net/network-model.ts';
import {networkScreen} from '../../source/core/net/network-start.ts';
import type {Page} from '../../source/core/page.ts';
import {networkPathPage} from '../../source/pages/network-path.ts';
import {web, webService, webWith} from '../core/net/trace/trace-fixture.ts';
import {resourceType} from '../tools/fake-client.ts';
import {pathModel} from './network-fixture.ts';
import {assertFits, setting, textOf} from './page-fixture.ts';

const services = resourceType({plural: 'services', kind: 'Service'});
const tools = {catalogue: {ofObject: (_version: string, kind: string) => (kind === 'Service' ? services : undefined)}};
const screen = networkScreen({tab: 'path'});
const broken = webWith(webService({selector: {app: 'webs'}}), []);

function page(model: NetworkModel, columns = 80, rows = 24): Page {
	return networkPathPage(model, screen, setting(columns, rows), tools);
}

function has(made: Page, pattern: RegExp): void {
	assert.match(textOf(made).join('\n'), pattern);
}

test('one break, above the step that cannot work; what comes after it is marked as not reached', () => {
	const made = page(pathModel('web', broken));
	const lines = textOf(made);
	assert.match(lines[0] ?? '', /^ X BREAK at step 3: Service shop\/web selects no pod \(app=webs\); nearest: 2 pods/);
	const at = lines.findIndex(line => line.includes('= BREAK ='));
	assert.match(lines[at + 1] ?? '', /3 X Endpoints/);
	assert.equal(lines.filter(line => line.includes(' BREAK =')).length, 1);
	for (const title of ['Pods', 'Container', 'Policy']) assert.match(lines.find(line => line.includes(title)) ?? '', /\? .*not reached/);
	assert.equal(made.first, 'step:3');
	assert.match(plain(made.status ?? []), /Steps below the break are predictions/);
});

test('no step that was not reached, and none that could not be read, is a plus (screens.md 12, 14)', () => {
	for (const line of textOf(page(pathModel('web', broken)))) if (line.includes('not reached')) assert.doesNotMatch(line, /\d \+/);
	const view = pathModel('api.example.com:443', web);
	has(page(view), /\? NOT DECIDED/);
});

test('what to do is in reach, its command whole, at 80x24', () => {
	const made = page(pathModel('web', broken));
	const fix = made.lines.find(({id}) => id === 'fix:0');
	assert.equal(fix?.copy, `kubectl -n shop patch service web -p '{"spec":{"selector":{"app":"web"}}}'`);
	assert.ok(made.fixed.length + made.lines.indexOf(fix) < setting(80, 24).body.rows);
	has(page(pathModel('web', broken), 140, 40), /kubectl -n shop patch service web -p '\{"spec":\{"selector":\{"app":"web"\}\}\}'/);
});

test("a path that is complete says that it was only read; Enter opens a step's object", () => {
	const made = page(pathModel('web', web));
	has(made, /\+ PATH COMPLETE.*no traffic was sent/);
	has(made, /m probe asks|There is|Name a destination/);
	const step = made.lines.find(({id}) => id === 'step:2');
	assert.deepEqual(step?.enter?.[0]?.type, 'open');
});

test('while probes run, and after them: progress, time, what was left behind', () => {
	const running = pathModel('web', web, {run: {state: 'running', way: 'exec', done: 12, total: 24, startedAt: 0}});
	has(page(running), /running 12\/24\. Ctrl-C cancels/);
	const ended = pathModel('web', web, {
		run: {state: 'ended', way: 'ephemeral', at: 0, tookMs: 4200, cancelled: true, leftBehind: ['ephemeral container k8tui-x in shop/cart']},
	});
	has(page(ended), /Probed in 4\.2 s, cancelled\. r probes again/);
	has(page(ended), /! left in the cluster: ephemeral container k8tui-x in shop\/cart/);
});

test('nothing asked yet: Services to choose from', () => {
	const made = page(pathModel(undefined, web));
	has(made, /Where to\? t names a destination/);
	const choice = made.lines.find(({id}) => id === 'service:web.shop');
	assert.deepEqual(choice?.enter, [{type: 'change', screen: {type: 'network', tab: 'path', target: 'web.shop', top: 0}}]);
});

test('nothing is said about the way before the objects are there', () => {
	const model = pathModel('web', web);
	const loading = {...model, view: {...model.view, readable: () => ({state: 'loading'}) as const}};
	assert.deepEqual(textOf(page(loading)), [' ~ READING - Services, EndpointSlices, pods, policies']);
});

test('every size; hostile words from the cluster', () => {
	const hostile = webWith(webService({selector: {app: 'we\u001b[31mbs'}}), []);
	for (const model of [pathModel('web', broken), pathModel('web', web), pathModel(undefined, web), pathModel('web', hostile)])
		assertFits(at => networkPathPage(model, screen, at, tools));
});
