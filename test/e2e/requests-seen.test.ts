import assert from 'node:assert/strict';
import {readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {test} from 'node:test';
import {startDemo} from '../../source/demo/server.ts';
import {runProgram, startProgram, temporaryHome} from '../tools/program.ts';
import {repositoryRoot} from '../tools/repository.ts';

// package.json has a version, or npm would not have taken it.
const {version} = JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')) as {version: string};
const reviews: ReadonlySet<string> = new Set([
	'/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
	'/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
	'/apis/authentication.k8s.io/v1/selfsubjectreviews',
]);

/** Every screen, what is pressed to get there, and what shows that it is there. */
const journey: ReadonlyArray<readonly [string, RegExp]> = [
	['', /HEALTH/],
	['<enter>', /● live|READY/],
	[':overview<enter>', /HEALTH/],
	[':pods -A<enter>', /▸.+\d+\/\d+ +Running/],
	['jj', /PREVIEW/],
	['N', /NAME↓/],
	['/web<enter>', /hidden by filter|shown/],
	['<enter>', /\[1 Summary\]/],
	['2', /kind: Pod/],
	['m', /managedFields:/],
	['3', /\[3 Events/],
	['6', /\[6 Related/],
	[':deploy/web -n shop<enter>', /\[1 Summary\]/],
	['u', /Related|Used/],
	[':secrets -n shop<enter>', /▸ +checkout-db/],
	['y', /kind: Secret/],
	[':nodes<enter>', /▸. +node-/],
	['d', /\[1 Summary\]/],
	[':events<enter>', /REASON/],
	[':backups -A<enter>', /▸.*/],
	[':ctx<enter>', /demo/],
	[':ns<enter>', /kube-system/],
	[':calls<enter>', /GET/],
	[':aliases<enter>', /deploy/],
	['?', /> Help/],
	['<esc>', /^(?!.*> Help)/s],
	['<c-p>', /\+-/],
	['<esc>', /^(?!.*\+-)/s],
	[':pods -n shop -l app=web<enter>', /READY +STATUS/],
	['<c-r>', /READY +STATUS/],
];

test('T62: a journey through all screens sends nothing but GET and access reviews, each with our user agent', {timeout: 900_000}, async () => {
	await using demo = await startDemo({story: 'no-endpoints'});
	using home = temporaryHome();
	const env = {KUBECONFIG: join(home.path, 'config')};
	writeFileSync(env.KUBECONFIG, demo.kubeconfig({namespace: 'shop'}));
	await using session = startProgram(home.path, [], {columns: 160, rows: 45, env});
	for (const [keys, expected] of journey) {
		session.press(keys);
		await session.waitFor(expected);
	}
	for (const kind of demo.cluster.kinds.all().filter(({verbs}) => verbs === undefined || verbs.includes('list'))) {
		const name = kind.group === '' ? kind.plural : `${kind.plural}.${kind.group}`;
		session.press(`:${name}${kind.namespaced ? ' -A' : ''}<enter>`);
		await session.waitFor(`same view: k8tui ${kind.plural}`);
	}
	session.press(':quit<enter>');
	assert.equal((await session.exited).code, 0);
	for (const args of [['--check'], ['pods', '-A', '-o', 'wide'], ['pods', '-o', 'json'], ['deploy/web', '-o', 'yaml'], ['all', '-A', '-o', 'jsonl']])
		await runProgram(home.path, args, env);
	const seen = demo.requests.all();
	assert.ok(seen.length > 100, `${seen.length} requests`);
	assert.ok(
		seen.some(({method}) => method === 'POST'),
		'access reviews were asked',
	);
	const foreign = seen.filter(({method, path}) => method !== 'GET' && !(method === 'POST' && reviews.has(path)));
	assert.deepEqual(
		foreign.map(({method, url}) => `${method} ${url}`),
		[],
	);
	const unnamed = seen.filter(({userAgent}) => !userAgent.startsWith(`k8tui/${version} (`));
	assert.deepEqual(
		unnamed.map(({url, userAgent}) => `${url} ${userAgent}`),
		[],
	);
	const proxied = seen.filter(({path}) => /\/(?:proxy|exec|attach|portforward|log)(?:\/|$)/.test(path));
	assert.deepEqual(
		proxied.map(({url}) => url),
		[],
	);
});
