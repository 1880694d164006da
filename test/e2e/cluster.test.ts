import assert from 'node:assert/strict';
import {test} from 'node:test';
import {patienceMs} from '../tools/eventually.ts';
import {startProgram, temporaryHome} from '../tools/program.ts';
import {RawApi} from '../tools/raw-api.ts';

const kubeconfig = process.env['KUBECONFIG_E2E'];
const options = {skip: kubeconfig === undefined && 'KUBECONFIG_E2E is not set: no real cluster', timeout: 300_000};

/** A namespace of this test's own, on the cluster of KUBECONFIG_E2E; gone at the end. */
async function ownNamespace(api: RawApi): Promise<AsyncDisposable & {name: string}> {
	const name = `k8tui-e2e-${Math.random().toString(36).slice(2, 8)}`;
	await api.createNamespace(name);
	return {
		name,
		async [Symbol.asyncDispose]() {
			await api.call('DELETE', `/api/v1/namespaces/${name}`);
		},
	};
}

const configMap = (name: string, data: Readonly<Record<string, string>>) => ({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name}, data});

test('objects of a real cluster come, change and go on the screen while one looks', options, async () => {
	using home = temporaryHome();
	using api = new RawApi(kubeconfig ?? '');
	await using namespace = await ownNamespace(api);
	const path = `/api/v1/namespaces/${namespace.name}/configmaps`;
	await using session = startProgram(home.path, ['configmaps', '-n', namespace.name], {columns: 120, rows: 30, env: {KUBECONFIG: kubeconfig}});
	// Every namespace gets this one from the controller manager.
	await session.waitFor('kube-root-ca.crt');
	await api.call('POST', path, configMap('colours', {red: '1'}));
	await session.waitFor(/colours +1 /);
	await api.call('PUT', `${path}/colours`, configMap('colours', {red: '1', green: '2', blue: '3'}));
	await session.waitFor(/colours +3 /);
	await api.call('DELETE', `${path}/colours`);
	await session.waitFor(screen => !screen.text().includes('colours'));
	session.press(':quit<enter>');
	assert.equal((await session.exited).code, 0);
});

test('a namespace appears in the table and leaves it', options, async () => {
	using home = temporaryHome();
	using api = new RawApi(kubeconfig ?? '');
	await using session = startProgram(home.path, ['namespaces'], {columns: 120, rows: 200, env: {KUBECONFIG: kubeconfig}});
	await session.waitFor('kube-system');
	let name = '';
	{
		await using namespace = await ownNamespace(api);
		({name} = namespace);
		await session.waitFor(new RegExp(`${name} +Active`));
	}
	await session.waitFor(screen => !screen.text().includes(name), 2 * patienceMs);
});

test('the object page of a real object: its YAML, and back to the table', options, async () => {
	using home = temporaryHome();
	await using session = startProgram(home.path, ['namespaces'], {columns: 120, rows: 40, env: {KUBECONFIG: kubeconfig}});
	await session.waitFor('kube-system');
	session.press('/kube-system<enter>');
	await session.waitFor(screen => /kube-system/.test(screen.text()) && !/kube-public/.test(screen.text()));
	session.press('y');
	await session.waitFor(/kind: Namespace/);
	session.press('<esc>');
	await session.waitFor(/NAME.*STATUS/);
});
