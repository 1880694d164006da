import assert from 'node:assert/strict';
import {test} from 'node:test';
import {maskText, plainMask} from '../../source/core/share/mask-text.ts';
import type {DemoServer} from '../../source/demo/server.ts';
import {plantedSecrets} from '../core/share/planted-secrets.ts';
import {openApp, type TestApp} from '../tools/open-app.ts';

const plain = {addresses: false, names: false};
/** A value that only its place makes secret: a variable's, a Secret's. */
const bare = 'plover-magic-word';

/** Secrets wherever a cluster can have them. */
function plant(server: DemoServer): void {
	const texts = Object.fromEntries(plantedSecrets.map(({text}, index) => [`note-${index}`, text]));
	const metadata = {name: 'leaky', namespace: 'shop', annotations: {...texts, 'kubectl.kubernetes.io/last-applied-configuration': `{"x":"${bare}"}`}};
	const container = {
		name: 'app',
		image: 'https://bot:hunter2@registry.corp/shop/web:1',
		env: [{name: 'WORD', value: bare}],
		args: plantedSecrets.map(({text}) => text),
	};
	server.cluster.create({apiVersion: 'v1', kind: 'Pod', metadata, spec: {containers: [container]}});
	server.cluster.create({apiVersion: 'v1', kind: 'ConfigMap', metadata, data: {...texts, password: bare}});
	server.cluster.create({apiVersion: 'v1', kind: 'Secret', type: 'Opaque', metadata, data: {word: Buffer.from(bare).toString('base64')}, stringData: {}});
	for (const [index, {text}] of plantedSecrets.entries()) {
		server.cluster.create({
			apiVersion: 'v1',
			kind: 'Event',
			metadata: {name: `leaky.${index}`, namespace: 'shop'},
			involvedObject: {apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name: 'leaky'},
			type: 'Warning',
			reason: 'Leak',
			message: text,
			lastTimestamp: '2026-01-14T14:02:00Z',
			count: 1,
		});
	}
}

const secrets = [...new Set([bare, ...plantedSecrets.map(({secret}) => secret)])];

function assertNoSecret(text: string, where: string): void {
	// A line of the screen may end in the middle of a secret; whole ones are what may never be seen.
	const found = secrets.find(secret => text.includes(secret));
	assert.equal(found, undefined, `${where} shows ${found}`);
}

/** Every place where one of them could be seen. */
const walk = [
	':pods<enter>',
	'/leaky<enter>',
	'<enter>',
	'2',
	'G',
	'3',
	'<esc><esc><esc>',
	':cm<enter>/leaky<enter>',
	'y',
	'G',
	'<esc><esc>',
	':secrets<enter>/leaky<enter>',
	'y',
	'x',
	'<esc><esc>',
	':events<enter>',
	'G',
	':api<enter>',
	':ctx<enter>',
];

async function walked(app: TestApp, see: (where: string) => void): Promise<void> {
	for (const keys of walk) {
		await app.press(keys);
		await app.pass(400);
		see(keys);
	}
}

test('while people watch, no planted secret is on any screen', async () => {
	await using app = await openApp({share: plain, prepare: plant, columns: 140, rows: 40});
	await walked(app, where => assertNoSecret(app.text(), where));
	assert.match(app.text(), /SHARE .*READ-ONLY/);
});

test('the corpus is there to be seen without share mode', async () => {
	await using app = await openApp({prepare: plant, columns: 200, rows: 90});
	await app.press(':cm/leaky<enter>y');
	assert.match(app.text(), /hunter2/);
});

test('copies and exports hold no secret; exports also while nobody watches', async () => {
	for (const share of [plain, undefined]) {
		await using app = await openApp({...(share === undefined ? {} : {share}), prepare: plant, columns: 140, rows: 40});
		for (const keys of ['E t', 'E m', 'E j', 'E s']) {
			for (const view of [':cm/leaky<enter>y', ':pods/leaky<enter>y', ':events<enter>']) {
				await app.press(`${view}${keys.replace(' ', '')}`);
				await app.pass(1100);
			}
		}
		assert.ok(app.saved.size > 0);
		for (const [path, text] of app.saved) assertNoSecret(text, `${path}, share ${share === undefined ? 'off' : 'on'}`);
		if (share !== undefined) {
			await app.press(':cm/leaky<enter>y');
			await app.pass(400);
			await app.press('Yy');
			for (const text of app.copied) assertNoSecret(text, 'the clipboard');
		}
	}
});

test('viewers see what was done, which keys, how much is masked, and where the cursor is', async () => {
	await using app = await openApp({share: plain, prepare: plant, columns: 140, rows: 36});
	await app.press(':pods<enter>');
	await app.pass(400);
	await app.press('/lea<enter>');
	await app.press('y');
	await app.pass(400);
	const text = app.text();
	assert.match(text, /DID +14:\d\d:\d\dZ .*leaky/);
	assert.match(text, /KEYS +.*\(typing hidden\).*Enter.*y/);
	assert.doesNotMatch(text, /KEYS.*l {2}e {2}a/);
	assert.match(text, /masked \d+ values/);
	assert.match(text, /user hidden/);
	assert.match(text, /^>>?.*<<$/m);
	assert.doesNotMatch(text, /KEYS.*Space/);
});

test('another screen comes a moment after the key; the next key comes after it', async () => {
	await using app = await openApp({share: plain});
	await app.press(':pods<enter>');
	assert.equal(app.state().stack.length, 2);
	await app.press(':svc<enter>/kube');
	assert.equal(app.state().stack.at(-1)?.type, 'table');
});

test('share mode goes on and off where one is, and takes the level back', async () => {
	await using app = await openApp({prepare: plant, columns: 140, rows: 40});
	await app.press(':mode write<enter><enter>');
	assert.equal(app.state().level, 'write');
	await app.press(':cm/leaky<enter>y');
	await app.press(':share on<enter>');
	await app.pass(1000);
	assert.equal(app.state().level, 'read');
	assertNoSecret(app.text(), 'the YAML after :share on');
	await app.press(':mode write<enter>');
	assert.match(app.text(), /People are watching/);
	await app.press('<esc>');
	await app.press(':share off<enter>');
	await app.pass(1000);
	assert.match(app.text(), /hunter2/);
});

test('a text that was masked for the screen is what a reader without the cluster would get', () => {
	assert.equal(maskText(`x ${bare}`, plainMask), `x ${bare}`, 'a bare word is masked by its place alone, never by its text');
});
