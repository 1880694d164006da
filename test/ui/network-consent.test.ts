import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {TestApp} from '../tools/open-app.ts';
import {openNetworkScreen, untilShown} from '../tools/network-app.ts';

const blackbox = {
	apiVersion: 'v1',
	kind: 'Service',
	metadata: {namespace: 'monitoring', name: 'blackbox', labels: {'app.kubernetes.io/name': 'prometheus-blackbox-exporter'}},
	spec: {ports: [{name: 'http', port: 9115}], clusterIP: '10.96.9.9'},
};

const sent = (app: TestApp, pattern: RegExp): number => app.server.requests.all().filter(({method, path}) => pattern.test(`${method} ${path}`)).length;

test('four ways, each with what it runs, of which image, what stays and what it costs; nothing is sent by looking at them', async () => {
	await using app = await openNetworkScreen(':net path web.shop', {demo: true});
	await app.press('m');
	assert.match(app.text(), /0 passive {2}\[1 exec\] {2}2 ephemeral {3}3 pod/);
	assert.match(app.text(), /Runs: commands in \d containers that run already/);
	await app.press('2');
	assert.match(app.text(), /\[2 ephemeral\]/);
	assert.match(app.text(), /Image: nicolaka\/netshoot:\S+; :net image takes another/);
	assert.match(app.text(), /It cannot be removed: it stays/);
	await app.press('<tab>');
	assert.match(app.text(), /\[3 pod\]/);
	assert.match(app.text(), /pods of our own in namespace default/);
	await app.press('<tab>');
	assert.match(app.text(), /\[0 passive\]/);
	assert.match(app.text(), /Runs: nothing\. Objects, logs and metrics are read/);
	await app.press('<enter>');
	assert.equal(app.state().dialog, undefined);
	assert.equal(app.state().level, 'read');
	assert.match(app.text(), /no traffic sent/);
	assert.equal(sent(app, /exec|ephemeralcontainers|^POST \S+\/pods$/), 0);
});

test('pods of our own: made, asked from, deleted; m begins with that way again, and passive takes it all back', async () => {
	await using app = await openNetworkScreen(':net path web.shop', {demo: true, living: true});
	await app.press('m3y<enter>');
	await untilShown(app, /run \d+s ago, \d+\/\d+/);
	// The client is let in by a policy that says nothing of the pods that stand in for it.
	assert.match(app.text(), /the policies of shop admit no pod of default/);
	assert.match(app.text(), /2 ! Service/);
	const made = sent(app, /^POST \S+\/namespaces\/default\/pods$/);
	assert.ok(made >= 3, `${made} pods`);
	assert.equal(sent(app, /^DELETE \S+\/pods\/k8tui-probe-/), made, 'all of them are gone again');
	await app.pass(11_000);
	await app.press('m');
	assert.equal(app.state().dialog, undefined, 'it was not to be asked again');
	await untilShown(app, /run [0-5]s ago/);
	await app.pass(11_000);
	await app.press('M');
	assert.match(app.text(), /\[3 pod\]/);
	await app.press('0<enter>');
	assert.equal(app.state().level, 'read');
	await app.press('m');
	assert.match(app.text(), /\[1 exec\]/);
	assert.match(app.text(), /The mode is raised from READ-ONLY to PROBE/);
});

test('an ephemeral container is named at the end: it stays', async () => {
	await using app = await openNetworkScreen(':net dns', {demo: true, living: true});
	await app.press(':net image registry.example.test/tools:2<enter>');
	assert.match(app.text(), /are made of registry\.example\.test\/tools:2/);
	await app.press('m2<enter>');
	await untilShown(app, /run \d+s ago, \d+\/\d+/);
	assert.equal(sent(app, /^PATCH \S+\/ephemeralcontainers$/), 1, 'the client alone');
	assert.match(app.text(), /left in the cluster: ephemeral container k8tui-probe-\S+ in pod shop\//);
});

test('what is made in a production cluster asks for its name; exec does not', async () => {
	await using app = await openNetworkScreen(':net path web.shop');
	await app.press('m3');
	assert.match(app.text(), /Type prod-eu1 to confirm/);
	await app.press('<enter>');
	assert.notEqual(app.state().dialog, undefined);
	await app.press('<tab><tab>');
	assert.match(app.text(), /\[1 exec\]/);
	assert.doesNotMatch(app.text(), /to confirm/);
});

test('a way that the rights do not allow says which; Enter sends nothing', async () => {
	await using app = await openNetworkScreen(':net path web.shop', {as: 'alice'});
	await app.press('m');
	assert.match(app.text(), /\[1 exec: not allowed\]/);
	assert.match(app.text(), /Refused: you may not create and get pods\/exec in shop/);
	await app.press('3');
	assert.match(app.text(), /Refused: you may not create and delete pods in default/);
	await app.press('<enter>');
	assert.equal(app.state().dialog, undefined);
	assert.equal(app.state().level, 'read');
	assert.equal(sent(app, /exec|^POST \S+\/pods$/), 0);
});

test('what was typed stays while the answer about the rights comes', async () => {
	await using app = await openNetworkScreen(':net path web.shop');
	await app.press('m');
	await app.press('3prod');
	await app.pass(1000);
	assert.match(app.text(), /Type prod-eu1 to confirm: prod_/);
});

test('an admission that refuses is told by the run, and by the dialog when it is asked again', async () => {
	await using app = await openNetworkScreen(':net path web.shop', {
		demo: true,
		living: true,
		prepare: server => {
			server.faults.add({
				method: 'POST',
				path: /\/namespaces\/default\/pods$/,
				fault: {kind: 'status', status: 403, message: 'admission webhook "images" denied the request'},
			});
		},
	});
	await app.press('m3<enter>');
	await untilShown(app, /run \d+s ago/);
	assert.match(app.text(), /not checked: probes from a pod on \S+: admission webhook "images" denied/);
	await app.pass(11_000);
	await app.press('m');
	assert.match(app.text(), /\[3 pod: failed before\]/);
	assert.match(app.text(), /The last time nothing could be asked in this way: admission webhook/);
});

test('a blackbox exporter is asked as well: the consent names it, and its row says whose it is', async () => {
	await using app = await openNetworkScreen(':net dns', {demo: true, prepare: server => void server.cluster.create(blackbox)});
	await app.press('m');
	assert.match(app.text(), /The blackbox exporter monitoring\/blackbox is asked as well/);
	await app.press('<enter>');
	await untilShown(app, /run \d+s ago, \d+\/\d+/);
	assert.ok(sent(app, /services\/blackbox(:|%3A)http\/proxy\/probe/) > 0);
	assert.match(app.text(), /monitoring\/blackbox \(exporter\)/);
});
