import assert from 'node:assert/strict';
import {test} from 'node:test';
import {openApp} from '../tools/open-app.ts';
import {openNetworkScreen, untilShown} from '../tools/network-app.ts';

test('a probe shows first what it sends, and raises the mode for it; Esc sends nothing', async () => {
	await using app = await openNetworkScreen(':net path web.shop');
	await app.press('m');
	assert.match(app.text(), /path from shop\/\S+ to web\.shop, on prod-eu1/);
	assert.match(app.text(), /The mode is raised from READ-ONLY to PROBE/);
	assert.match(app.text(), /Leaves: nothing/);
	await app.press('<esc>');
	assert.match(app.text(), /no traffic sent/);
	assert.equal(app.state().level, 'read');
	assert.ok(!app.server.requests.all().some(({path}) => path.includes('/exec')));
});

test('the consent runs it: progress, then what was measured at each step', async () => {
	await using app = await openNetworkScreen(':net path web.shop');
	await app.press('m<enter>');
	assert.equal(app.state().level, 'probe');
	await untilShown(app, /run \d+s ago, \d+\/\d+/);
	assert.match(app.text(), /PATH COMPLETE: web\.shop: the path is complete, and every probe arrived/);
	assert.match(app.text(), /probe from shop\//);
	assert.ok(app.server.requests.all().some(({path}) => path.includes('/exec')));
});

test('y: the same kind of probe is not asked for again in this session, but not sooner than 10 s', async () => {
	await using app = await openNetworkScreen(':net path web.shop');
	await app.press('my<enter>');
	await untilShown(app, /run \d+s ago/);
	await app.press('r');
	assert.match(app.text(), /the next one may begin in \d+ s/);
	await app.pass(11_000);
	await app.press('r');
	assert.equal(app.state().dialog, undefined);
	await untilShown(app, /run [0-5]s ago/);
});

test('Ctrl-C cancels what runs, and quits only where nothing does', async () => {
	await using app = await openNetworkScreen(':net dns');
	await app.press('m');
	// Both at once: whatever the probes need they have no time for it.
	app.controller.press('\r', {});
	app.controller.press('c', {ctrl: true});
	await untilShown(app, /cancelled/);
	assert.equal(app.asked.quit, 0);
	await app.press('<c-c>');
	assert.match(app.text(), /The same key again within 2 s quits/);
});

test('f previews the fix and copies its command, Y f copies it at once, Y m the whole report', async () => {
	await using app = await openNetworkScreen(':net path promo.shop', {scenario: 'no-endpoints'});
	const command = `kubectl -n shop patch service promo -p '{"spec":{"selector":{"app":"promo"}}}'`;
	await app.press('f');
	assert.match(app.text(), /nothing is changed yet/);
	await app.press('<enter>');
	assert.deepEqual(app.copied, [command]);
	await app.press('Yf');
	assert.deepEqual(app.copied, [command, command]);
	await app.press('Ym');
	assert.match(app.copied[2] ?? '', /^> `k8tui net path promo\.shop` - context prod-eu1.*\n\n## SVC_SELECTOR_NO_POD/);
	await app.press(':save ticket.md<enter>');
	assert.match(app.saved.get('ticket.md') ?? '', /### What to do/);
});

test('every tab opens by its number; another client and target are taken over', async () => {
	await using app = await openNetworkScreen(':net');
	for (const [key, active] of [
		['1', '[1 DNS]'],
		['2', '[2 Path]'],
		['3', '[3 Policy]'],
		['4', '[4 Probes]'],
		['5', '[5 Routes]'],
	] as const) {
		await app.press(key);
		await app.pass(1500);
		assert.ok(app.text().includes(active), active);
	}
	await app.press('2t');
	assert.match(app.text(), /net path/);
	await app.press('cart.shop<enter>');
	await app.pass(1500);
	assert.match(app.text(), /-> cart\.shop/);
	await app.press(':net from nobody/none<enter>');
	await app.pass(1500);
	assert.match(app.text(), /There is no pod nobody\/none/);
});

test('where nothing can be asked, m says why', async () => {
	await using app = await openNetworkScreen(':net routes');
	await app.press('m');
	assert.match(app.text(), /There is nothing to probe on this tab/);
	await app.press('2m');
	assert.match(app.text(), /Name a destination first: t/);
});

test('n goes to what is wrong', async () => {
	await using app = await openNetworkScreen(':net path promo.shop', {scenario: 'no-endpoints'});
	await app.press('ggn');
	assert.match(app.text(), />\s+3 X Endpoints/);
});

test('a mode that is pinned refuses, with the reason, before anything is shown', async () => {
	await using app = await openApp({columns: 100, rows: 30, pinned: true});
	await app.press(':net path web.shop<enter>');
	await app.pass(2500);
	await app.press('m');
	assert.match(app.text(), /pinned to READ-ONLY: by --read-only/);
	assert.equal(app.state().dialog, undefined);
});

test('what if: the grid as it would be with a file, and as it is again', async () => {
	const policy =
		'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny-all, namespace: shop}\nspec: {podSelector: {}, policyTypes: [Ingress]}\n';
	await using app = await openApp({columns: 140, rows: 40, files: {'deny.yaml': policy}});
	await app.press(':net policy<enter>');
	await app.pass(2500);
	assert.doesNotMatch(app.text(), /WHAT IF/);
	await app.press(':net what-if deny.yaml<enter>');
	await app.pass(1000);
	assert.match(app.text(), /The grid shows what deny\.yaml would change/);
	assert.match(app.text(), /WHAT IF shop\/deny-all is new/);
	await app.press(':net what-if<enter>');
	await app.pass(1000);
	assert.doesNotMatch(app.text(), /WHAT IF/);
});

test('another port, and a look at another tab, leave the cursor of the grid where it was', async () => {
	await using app = await openNetworkScreen(':net policy');
	const cursor = (): string | undefined =>
		app
			.text()
			.split('\n')
			.find(line => line.startsWith('>'))
			?.trim();
	const name = (line: string | undefined): string | undefined => line?.split(/\s+/)[1];
	await app.press('jjl');
	const [row, column] = [name(cursor()), cursor()?.indexOf('[')];
	assert.notEqual(column, -1);
	await app.press('p5432<enter>');
	await app.pass(1000);
	assert.deepEqual([name(cursor()), cursor()?.indexOf('[')], [row, column]);
	await app.press('1');
	await app.pass(1000);
	await app.press('3');
	await app.pass(1000);
	assert.deepEqual([name(cursor()), cursor()?.indexOf('[')], [row, column]);
});

test('m on a cell of the grid leads to where its traffic can be probed; Esc goes back', async () => {
	await using app = await openNetworkScreen(':net policy', {scenario: 'policy-blocks-dns'});
	assert.match(app.text(), /X DENIED {2}shop\/cart -> kube-system\/coredns udp\/53/, 'the cell of the finding');
	await app.press('m');
	await app.pass(2000);
	assert.match(app.text(), /\[1 DNS\]/);
	assert.match(app.text(), /NetworkPolicy shop\/egress-lockdown keeps shop\/cart-/);
	await app.press('<esc>');
	await app.pass(1000);
	assert.match(app.text(), /\[3 Policy\]/);
});

test('Y l gives the command line that opens the same', async () => {
	await using app = await openNetworkScreen(':net path web.shop');
	await app.press(':net from shop/web-1<enter>Yl');
	assert.equal(app.copied[0], 'k8tui net path web.shop --from shop/web-1 --context prod-eu1');
});
