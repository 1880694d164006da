import type {Check, ClusterView} from '../core/check.ts';
import type {Finding} from '../core/finding.ts';
import {fact, fault} from '../core/net/fault.ts';
import type {NetService} from '../core/net/net-objects.ts';
import {parseIp} from '../core/net/policy/ip-address.ts';
import {refOf, titleOf} from '../core/net/trace/cluster-index.ts';
import {nearNames} from '../core/net/trace/near-miss.ts';

/** diagnosis.md 2.2, check 25. Whether a name of outside is known there is not said without a probe. */
export const serviceExternalName: Check = {
	ids: ['SVC_EXTERNALNAME_BAD'],
	title: 'ExternalName Services name a host',
	family: 'Service',
	reads: ['services'],
	graceMs: 0,
	*run(view) {
		const services = view.all<NetService>('services');
		const names = new Set(services.map(titleOf));
		for (const service of services) {
			const name = (service.spec?.externalName ?? '').replace(/\.$/, '');
			if (service.spec?.type !== 'ExternalName' || name === '') continue;
			const wrong = wrongForm(name) ?? missingService(view, name, names);
			if (wrong !== undefined) yield badName(service, name, wrong, suggestion(view, name, services));
		}
	},
};

function wrongForm(name: string): string | undefined {
	if (parseIp(name)) return 'it is an address, and DNS takes it for a name';
	return /[/:]/.test(name) ? 'it is no host name: it has a scheme, a port or a path' : undefined;
}

/** `web.shop` of `web.shop.svc.cluster.local`. */
function inCluster({clusterDomain}: ClusterView, name: string): Readonly<{service: string; namespace: string}> | undefined {
	const suffix = `.svc.${clusterDomain}`;
	const [service = '', namespace = '', ...more] = name.endsWith(suffix) ? name.slice(0, -suffix.length).split('.') : [];
	return service === '' || namespace === '' || more.length > 0 ? undefined : {service, namespace};
}

function missingService(view: ClusterView, name: string, names: ReadonlySet<string>): string | undefined {
	const found = inCluster(view, name);
	return found && !names.has(`${found.namespace}/${found.service}`) ? `there is no Service ${found.namespace}/${found.service}` : undefined;
}

/** The host that was probably meant. */
function suggestion(view: ClusterView, name: string, services: readonly NetService[]): string | undefined {
	const host = /^[a-z]+:\/\/([^/:]+)/i.exec(name)?.[1] ?? (parseIp(name) ? undefined : /^([A-Za-z0-9.-]+)[/:]/.exec(name)?.[1]);
	if (host !== undefined) return host;
	const found = inCluster(view, name);
	if (!found) return undefined;
	const [near] = nearNames(
		found.service,
		found.namespace,
		services.map(({metadata}) => ({namespace: metadata.namespace ?? '', name: metadata.name})),
	);
	return near === undefined ? undefined : `${near}.svc.${view.clusterDomain}`;
}

function badName(service: NetService, name: string, wrong: string, host: string | undefined): Finding {
	const ref = refOf(service);
	return fault({
		id: 'SVC_EXTERNALNAME_BAD',
		family: 'Service',
		severity: 'warning',
		confidence: 'proven',
		subject: ref,
		title: `Service ${titleOf(service)}: ExternalName ${name}: ${wrong}${host === undefined ? '' : `; nearest: ${host}`}`,
		evidence: [fact(ref, 'spec.externalName', name)],
		remedy: [
			{
				text: 'Name a host',
				command: `kubectl -n ${ref.namespace ?? ''} patch service ${ref.name} -p '{"spec":{"externalName":"${host ?? 'HOST'}"}}'`,
				changes: true,
			},
		],
	});
}
