import assert from 'node:assert/strict';
import {test} from 'node:test';
import {plain} from '../../source/core/line.ts';
import type {Problem} from '../../source/core/problem.ts';
import {objectTabs} from '../../source/core/screen.ts';
import {objectPage} from '../../source/pages/object.ts';
import {crashing, crashingModel, modelOf, screenOf, served} from './object-fixture.ts';
import {assertFits, now, setting, textOf} from './page-fixture.ts';

const summary = screenOf(crashingModel, 'summary');

test('80x24: the summary of a crashing pod', () => {
	const page = objectPage(crashingModel, summary, setting(80, 24));
	assert.equal(page.crumb, 'checkout-5b8c9f7d66-xw8pl');
	assert.equal(plain(page.head), 'X CrashLoopBackOff, 30 restar~');
	assert.deepEqual(textOf(page), [
		' [1 Summary]  2 YAML  3 Events 2  4 Logs  5 Metrics  6 Related 6',
		' ------------------------------------------------------------------------------',
		' WHY  X CrashLoopBackOff, 30 restarts',
		'       container app CrashLoopBackOff, last run exit 1 2m ago, 30 restarts:',
		'       back-off 5m0s restarting failed container=app',
		'',
		' Owner     ReplicaSet/checkout-5b8c9f7d66',
		'   of      Deployment/checkout',
		' Node      node-a2 10.0.1.22                         Pod IP    10.244.2.37',
		' QoS       Burstable       SA        checkout        Start     9m',
		' Priority  0               DNS       ClusterFirst    Restart   Always',
		' Phase     Running         Created   9m',
		'',
		'   CONTAINER  STATE             LAST       READY  RESTARTS  CPU R/L  MEM R/L',
		' X app        CrashLoopBackOff  exit 1 2m  no           30  250m/-   256Mi/512Mi',
		' + envoy      Running 9m        -          yes           0  -        -',
		' . migrate    Done (init) 9m    -          -             0  -        -',
		'   hidden at this width: IMAGE',
		'',
		' VOLUMES',
		'   db  secret checkout-db',
		'   tmp  emptyDir',
		'',
		'   CONDITION        STATUS  SINCE  REASON',
		' + PodScheduled     True       9m',
		' + Initialized      True       9m',
		' ! ContainersReady  False      8m  ContainersNotReady: containers with unready ~',
		' X Ready            False      8m  ContainersNotReady: containers with unready ~',
		'',
		' LABELS 2',
		'   app=checkout  pod-template-hash=5b8c9f7d66',
	]);
});

test('140x40: the summary of a crashing pod', () => {
	assert.deepEqual(textOf(objectPage(crashingModel, summary, setting(140, 40))), [
		' [1 Summary]  2 YAML  3 Events 2  4 Logs  5 Metrics  6 Related 6',
		' ------------------------------------------------------------------------------------------------------------------------------------------',
		' WHY  X CrashLoopBackOff, 30 restarts',
		'       container app CrashLoopBackOff, last run exit 1 2m ago, 30 restarts: back-off 5m0s restarting failed container=app',
		'',
		' Owner     ReplicaSet/checkout-5b8c9f7d66',
		'   of      Deployment/checkout',
		' Node      node-a2 10.0.1.22                   Pod IP    10.244.2.37                         QoS       Burstable',
		' SA        checkout                            Start     9m                                  Priority  0',
		' DNS       ClusterFirst                        Restart   Always                              Phase     Running',
		' Created   9m',
		'',
		'   CONTAINER  STATE             LAST       READY  RESTARTS  CPU R/L  MEM R/L      IMAGE',
		' X app        CrashLoopBackOff  exit 1 2m  no           30  250m/-   256Mi/512Mi  registry.corp/shop/checkout:2.18.0',
		' + envoy      Running 9m        -          yes           0  -        -            registry.corp/mesh/envoy:1.31',
		' . migrate    Done (init) 9m    -          -             0  -        -            registry.corp/shop/migrate:2.18.0',
		'',
		' VOLUMES',
		'   db  secret checkout-db',
		'   tmp  emptyDir',
		'',
		'   CONDITION        STATUS  SINCE  REASON',
		' + PodScheduled     True       9m',
		' + Initialized      True       9m',
		' ! ContainersReady  False      8m  ContainersNotReady: containers with unready status: [app]',
		' X Ready            False      8m  ContainersNotReady: containers with unready status: [app]',
		'',
		' LABELS 2',
		'   app=checkout  pod-template-hash=5b8c9f7d66',
	]);
});

test('events, newest first', () => {
	assert.deepEqual(textOf(objectPage(crashingModel, screenOf(crashingModel, 'events'), setting(80, 24))), [
		' 1 Summary  2 YAML  [3 Events 2]  4 Logs  5 Metrics  6 Related 6',
		' ------------------------------------------------------------------------------',
		'   LAST  TYPE     REASON       COUNT  FROM     MESSAGE',
		' !  60s  Warning  BackOff  x30 in 8m  kubelet  Back-off restarting failed conta~',
		'     9m  Normal   Pulled              kubelet  Container image "checkout:2.18.0~',
	]);
});

test('what is around it, with what is missing or not allowed', () => {
	assert.deepEqual(textOf(objectPage(crashingModel, screenOf(crashingModel, 'related'), setting(80, 24))), [
		' 1 Summary  2 YAML  3 Events 2  4 Logs  5 Metrics  [6 Related 6]',
		' ------------------------------------------------------------------------------',
		'   HOW              KIND            NAME                 STATE',
		' ! owner            ReplicaSet      checkout-5b8c9f7d66  0/3 ready',
		' X owner            Deployment      checkout             0/3 ready',
		' + node             Node            node-a2              Ready',
		' + service account  ServiceAccount  checkout',
		' ? mounts           Secret          checkout-db          not allowed',
		' X env from         ConfigMap       checkout-env         not there',
	]);
});

test('Enter goes to owner, node and service account; nothing opens what is not there', () => {
	const {lines} = objectPage(crashingModel, summary, setting(80, 24));
	const opened = lines.flatMap(({id, enter}) =>
		enter?.[0]?.type === 'open' && enter[0].screen.type === 'object' ? [[id, enter[0].screen.kind, enter[0].screen.ref.name]] : [],
	);
	assert.deepEqual(opened, [
		['fact:Owner:ReplicaSet/checkout-5b8c9f7d66', 'replicasets.apps', 'checkout-5b8c9f7d66'],
		['fact:  of:Deployment/checkout', 'deployments.apps', 'checkout'],
		['fact:Node:node-a2 10.0.1.22', 'nodes', 'node-a2'],
		['fact:SA:checkout', 'serviceaccounts', 'checkout'],
	]);
	const related = objectPage(crashingModel, screenOf(crashingModel, 'related'), setting(80, 24)).lines;
	assert.equal(related.find(({id}) => id === 'related:5:checkout-env')?.enter, undefined);
	assert.equal(related.find(({id}) => id === 'related:4:checkout-db')?.enter?.length, 1);
});

test('the focused line in full where its line is cut', () => {
	const page = objectPage(crashingModel, {...summary, cursor: 'container:app:app'}, setting(80, 24));
	assert.equal(plain(page.status ?? []), ' registry.corp/shop/checkout:2.18.0   p shows the run of app that crashed');
});

test('YAML: every line takes the cursor, scrolls, and shows what the search found', () => {
	const page = objectPage(crashingModel, screenOf(crashingModel, 'yaml', {search: 'Checkout-5b', cursor: 'line:14'}), setting(80, 24));
	assert.deepEqual(textOf(page).slice(2, 6), [' apiVersion: v1', ' kind: Pod', ' metadata:', '   creationTimestamp: "2026-01-02T13:53:31Z"']);
	assert.equal(
		page.lines.every(({id, scrolls}, index) => id === `line:${index + 1}` && scrolls === true),
		true,
	);
	assert.equal(
		page.lines.some(({line}) => line.some(({inverse}) => inverse)),
		false,
		'capitals in the search count',
	);
	const found = objectPage(crashingModel, screenOf(crashingModel, 'yaml', {search: 'checkout-5b', cursor: 'line:14'}), setting(80, 24));
	const marked = found.lines.flatMap(({id, line}) => line.flatMap(part => (part.inverse ? [[id, part.text]] : [])));
	assert.deepEqual(marked, [
		['line:8', 'checkout-5b'],
		['line:14', 'checkout-5b'],
	]);
	assert.equal(plain(found.status ?? []), ' 97 lines   2 of 2 lines with checkout-5b   without managedFields (m shows them)');
});

const secret = modelOf(served('v1', 'Secret', {metadata: {name: 'db', namespace: 'shop'}, type: 'Opaque', data: {password: btoa('planted-value-1')}}));

test('YAML of a Secret is masked until a key is revealed', () => {
	const text = (revealed: readonly string[]) => textOf(objectPage(secret, screenOf(secret, 'yaml', {revealed}), setting(80, 24))).join('\n');
	assert.match(text([]), /password: \(masked, 15 bytes\)/);
	assert.doesNotMatch(text([]), /planted|cGxhbnRlZC/);
	assert.match(text(['password']), /password: planted-value-1/);
});

test('the hint of x says what it does next', () => {
	const hint = (revealed: readonly string[]) =>
		objectPage(secret, screenOf(secret, 'yaml', {revealed}), setting(80, 24)).hints.find(({keys}) => keys === 'x')?.title;
	assert.equal(hint([]), 'decode');
	assert.equal(hint(['password']), 'hide');
});

test('the YAML tab asks for managedFields only when they are shown', () => {
	const asked: boolean[] = [];
	const model = {...crashingModel, yaml};
	function yaml(options: Readonly<{managedFields: boolean}>): readonly string[] {
		asked.push(options.managedFields);
		return ['kind: Pod'];
	}
	objectPage(model, screenOf(model, 'yaml'), setting(80, 24));
	objectPage(model, screenOf(model, 'yaml', {managedFields: true}), setting(80, 24));
	objectPage(model, summary, setting(80, 24));
	assert.deepEqual(asked, [false, true]);
});

const refused: Problem = {code: 'refused', what: 'Could not read pod checkout', cause: 'connection refused by 10.0.0.10:6443'};

test('deleted, missing, denied, disconnected and loading each say so', () => {
	const at = setting(80, 24);
	const {object: _, ...absent} = crashingModel;
	assert.equal(textOf(objectPage({...crashingModel, data: 'deleted'}, summary, at))[1], ' - This object was deleted. Below is its last state.');
	assert.equal(plain(objectPage({...crashingModel, data: 'deleted'}, summary, at).head), '- deleted');
	assert.equal(textOf(objectPage({...absent, data: 'missing'}, summary, at))[2], ' ? There is no Pod checkout-5b8c9f7d66-xw8pl in namespace shop.');
	const denied = {state: 'denied', since: now, problem: {...refused, code: 'forbidden', cause: 'you may not get pods'}} as const;
	assert.equal(textOf(objectPage({...absent, data: 'none', stream: denied}, summary, at))[2], ' ? Could not read pod checkout: you may not get pods.');
	const reconnecting = {state: 'reconnecting', since: now - 42_000, problem: refused, nextTryAt: now + 6000} as const;
	assert.equal(
		textOf(objectPage({...crashingModel, stream: reconnecting}, summary, at))[1],
		' ! connection refused by 10.0.0.10:6443. Next try in 6 s (r now). 42s old',
	);
	const again = {...reconnecting, since: now - 400};
	assert.doesNotMatch(textOf(objectPage({...crashingModel, stream: again}, summary, at)).join(), /Next try/, 'a watch that is only opened again');
	assert.equal(textOf(objectPage({...absent, data: 'none'}, summary, at))[2], ' Reading Pod shop/checkout-5b8c9f7d66-xw8pl');
});

test('no events, and events that may not be read, are told apart', () => {
	const {events: _, ...unread} = crashingModel;
	const screen = screenOf(crashingModel, 'events');
	const text = (model: typeof unread & Pick<Partial<typeof crashingModel>, 'events'>) => textOf(objectPage(model, screen, setting(100, 24)))[2];
	assert.equal(text({...crashingModel, events: []}), ' No event about this object. The API server keeps events for an hour unless told otherwise.');
	assert.equal(text(unread), ' Reading events');
	assert.equal(
		text({...unread, eventsStream: {state: 'denied', since: now, problem: refused}}),
		' ? Could not read pod checkout: connection refused by 10.0.0.10:6443.',
	);
});

test('no page promises what does not exist yet', () => {
	for (const tab of objectTabs) {
		const page = objectPage(crashingModel, screenOf(crashingModel, tab), setting(200, 40));
		assert.doesNotMatch([...textOf(page), ...page.hints.map(({title}) => title)].join('\n'), /shell|diagnos/i);
	}
});

test('every line fits every size on every tab', () => {
	const evil = served('v1', 'Pod', {...crashing, metadata: {...crashing.metadata, name: '日本語\u001b]0;x\u0007-web', labels: {a: '\u202eevil'}}});
	for (const model of [crashingModel, secret, modelOf(evil, {tone: 'error', why: 'exit\u0007 1'})])
		for (const tab of objectTabs) assertFits(at => objectPage(model, screenOf(model, tab), at));
});
