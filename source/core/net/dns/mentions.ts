import type {ClusterView} from '../../check.ts';
import {listAt, textAt} from '../../field.ts';
import type {DnsPod} from './dns-cluster.ts';

/** Where a pod's spec names something of the cluster: `spec.containers[0].env[DB_HOST]`. Never the value. */
export type Mention = Readonly<{path: string; form: 'svc' | 'service.namespace' | 'service'}>;

/** The first place in env, args or command of a pod that names a Service as a host. Who issues or may read tokens is no host. */
export function clusterNameMention(view: ClusterView, pod: DnsPod): Mention | undefined {
	const services = view.all('services').map(({metadata: {namespace = '', name}}) => ({namespace, name}));
	const own = new Set(services.filter(({namespace}) => namespace === pod.metadata.namespace).map(({name}) => name));
	const full = new Set(services.map(({namespace, name}) => `${name}.${namespace}`));
	for (const {path, text} of textsOf(pod)) {
		if (/issuer|audience/i.test(`${path} ${text}`)) continue;
		if (/\.svc(?:[.:/\s,;]|$)/.test(text)) return {path, form: 'svc'};
		const hosts = [...text.matchAll(/(?:\/\/|@|^|[=,\s])([a-z0-9-]+(?:\.[a-z0-9-]+)?)(?=[:/,\s]|$)/g)].map(([, host = '']) => host);
		if (hosts.some(host => full.has(host))) return {path, form: 'service.namespace'};
		// A single word is a host only in a URL: `web` alone may be anything.
		const inUrl = [...text.matchAll(/\/\/(?:[^/@\s]*@)?([a-z0-9-]+)(?=[:/]|$)/g)].map(([, host = '']) => host);
		if (inUrl.some(host => own.has(host))) return {path, form: 'service'};
	}
	return undefined;
}

function textsOf({spec}: DnsPod): ReadonlyArray<Readonly<{path: string; text: string}>> {
	return (spec?.containers ?? []).flatMap((container, index) => [
		...listAt(container, 'env').map(variable => ({
			path: `spec.containers[${index}].env[${textAt(variable, 'name') ?? ''}]`,
			text: textAt(variable, 'value') ?? '',
		})),
		...['command', 'args'].flatMap(field =>
			listAt(container, field).map((word, at) => ({path: `spec.containers[${index}].${field}[${at}]`, text: typeof word === 'string' ? word : ''})),
		),
	]);
}
