import type {ClusterView} from '../check.ts';
import type {BlackboxFacts} from './dns/dns-observations.ts';
import type {NetService} from './net-objects.ts';

/** A blackbox exporter of the cluster, as the service proxy reaches it. */
export type BlackboxExporter = Readonly<{namespace: string; service: string; port: string}>;
/** What it is to ask. `module`: by its own configuration; those of the file that comes with it unless said otherwise. */
export type BlackboxQuestion = Readonly<{kind: 'http' | 'tcp' | 'dns'; target: string; module?: string}>;

const usualPort = 9115;
const known = new Set(['prometheus-blackbox-exporter', 'blackbox-exporter', 'blackbox']);
const nameLabels = ['app.kubernetes.io/name', 'app', 'k8s-app'];
/**
 * blackbox.yml and example.yml of prometheus/blackbox_exporter. The one that comes with it has no module for DNS, because such a module
 * holds the name to ask for: these are what people call theirs.
 */
const modules: Readonly<Record<BlackboxQuestion['kind'], readonly string[]>> = {
	http: ['http_2xx'],
	tcp: ['tcp_connect'],
	dns: ['dns_udp', 'dns', 'dns_udp_example'],
};

/** The blackbox exporter, by the labels and ports of Services; undefined where there is none. */
export function findBlackbox(view: ClusterView): BlackboxExporter | undefined {
	const found = view.all<NetService>('services').find(({metadata: {labels = {}, name}, spec}) => {
		const isNamed = nameLabels.some(label => known.has(labels[label] ?? '')) || known.has(name);
		return isNamed && (spec?.ports ?? []).length > 0;
	});
	if (!found) return undefined;
	const ports = found.spec?.ports ?? [];
	const port = ports.find(one => one.port === usualPort) ?? ports.find(({name}) => name === 'http' || name === 'https') ?? ports[0];
	// The proxy takes `https:name:port` where the exporter speaks TLS (kube-prometheus puts kube-rbac-proxy before it).
	const word = port?.name ?? String(port?.port ?? usualPort);
	return {namespace: found.metadata.namespace ?? 'default', service: found.metadata.name, port: word};
}

/** The modules that may answer it, the likeliest first: an exporter has those of its own configuration. */
export function blackboxModules({kind, module}: BlackboxQuestion): readonly string[] {
	return module === undefined ? modules[kind] : [module];
}

/** What an observation of it is called. */
export function blackboxTarget({kind, target}: BlackboxQuestion): string {
	return `${kind} ${target}`;
}

/** What `/probe` answers: metrics. undefined where they are not those of a probe (an unknown module is told in words). */
export function readBlackbox(text: string): BlackboxFacts | undefined {
	const value = (name: string): number | undefined => {
		const found = new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(text)?.[1];
		const number = Number(found ?? Number.NaN);
		return Number.isNaN(number) ? undefined : number;
	};
	const success = value('probe_success');
	if (success === undefined) return undefined;
	const [seconds, dnsSeconds, httpStatus, failedCode] = [
		'probe_duration_seconds',
		'probe_dns_lookup_time_seconds',
		'probe_http_status_code',
		'probe_failed_due_to_regex',
	].map(value);
	return {
		success: success === 1,
		...(seconds === undefined ? {} : {seconds}),
		...(dnsSeconds === undefined ? {} : {dnsSeconds}),
		...(httpStatus === undefined || httpStatus === 0 ? {} : {httpStatus}),
		...(failedCode === 1 ? {failedByRegex: true} : {}),
	};
}

/** `answers in 0.03 s, HTTP 200, name in 2 ms`. */
export function blackboxText({success, seconds, dnsSeconds, httpStatus, failedByRegex}: BlackboxFacts): string {
	return [
		success ? 'answers' : 'fails',
		...(seconds === undefined ? [] : [`in ${Math.round(seconds * 1000)} ms`]),
		...(httpStatus === undefined ? [] : [`HTTP ${httpStatus}`]),
		...(dnsSeconds === undefined ? [] : [`name in ${Math.round(dnsSeconds * 1000)} ms`]),
		...(failedByRegex === true ? ['its content is not what the module wants'] : []),
	].join(', ');
}
