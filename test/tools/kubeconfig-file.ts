import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

type Fields = Readonly<Record<string, unknown>>;

/** Writes a kubeconfig with one context `here` into a folder; JSON is YAML. Returns its path. */
export function kubeconfigFile(folder: string, server: string, fields: Readonly<{cluster?: Fields; user?: Fields; namespace?: string}> = {}): string {
	const {cluster = {}, user, namespace} = fields;
	const context = {cluster: 'c', user: user === undefined ? '' : 'tester', ...(namespace === undefined ? {} : {namespace})};
	const config = {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': 'here',
		contexts: [{name: 'here', context}],
		clusters: [{name: 'c', cluster: {server, ...cluster}}],
		users: user === undefined ? [] : [{name: 'tester', user}],
	};
	const path = join(folder, 'kubeconfig');
	writeFileSync(path, JSON.stringify(config));
	return path;
}
