import type {ClusterView} from '../check.ts';
import type {Finding} from '../finding.ts';
import {type Tone, worse} from '../tone.ts';
import {gatewayRows, routeRows} from './routes/gateway-rows.ts';
import {ingressRows} from './routes/ingress-rows.ts';
import type {RawRow, RouteContext} from './routes/raw-row.ts';
import {serviceRows} from './routes/service-rows.ts';
import {type RouteRow, routeRowPrefix, type RoutesModel, type RouteType} from './routes-model.ts';
import {serviceFacts} from './service-facts.ts';
import {tlsSecretState} from './tls-secrets.ts';

export type RoutesWish = Readonly<{
	namespace?: string;
	faultsOnly?: boolean;
	/** The line under the cursor, by id. */
	cursor?: string;
	findings?: readonly Finding[];
}>;

const needed = [
	'ingresses.networking.k8s.io',
	'services',
	'endpointslices.discovery.k8s.io',
	'gateways.gateway.networking.k8s.io',
	'httproutes.gateway.networking.k8s.io',
	'ingressclasses.networking.k8s.io',
	'secrets',
	'pods',
];

/** Every way into the cluster, with what stands behind it. */
export function routesModel(view: ClusterView, {namespace, faultsOnly = false, cursor, findings = []}: RoutesWish): RoutesModel {
	const services = new Map(serviceFacts(view).map(facts => [facts.title, facts]));
	const context: RouteContext = {view, service: (place, name) => services.get(`${place}/${name}`), tls: tlsSecretState(view)};
	const raw = [...ingressRows(context), ...gatewayRows(context), ...routeRows(context), ...serviceRows(context, [...services.values()])];
	const own = raw.filter(({ref}) => namespace === undefined || ref.namespace === namespace);
	const judged = withUniqueIds(own.map(row => withFindings(row, findings)));
	const rows = faultsOnly ? judged.filter(({tone}) => tone === 'error' || tone === 'warning' || tone === 'unknown') : judged;
	const states = needed.map(kind => ({kind, readable: view.readable(kind)}));
	const isMoved = cursor !== undefined && rows.some(({id}) => `${routeRowPrefix}${id}` === cursor);
	const worst = rows.find(({tone}) => tone === 'error') ?? rows.find(({tone}) => tone === 'warning') ?? rows[0];
	const at = isMoved ? cursor : worst && `${routeRowPrefix}${worst.id}`;
	return {
		...(namespace === undefined ? {} : {namespace}),
		rows,
		hidden: judged.length - rows.length,
		counts: countsOf(judged),
		unread: states.filter(({readable}) => 'problem' in readable),
		loading: states.filter(({readable}) => readable.state === 'loading').map(({kind}) => kind),
		...(at === undefined ? {} : {cursor: at}),
	};
}

const tones: Readonly<Record<Finding['severity'], Tone>> = {critical: 'error', warning: 'warning', info: 'text'};

/** The findings about the object itself (and, where they speak of one of its entries, about this one), its backend, and its class. */
function withFindings({about, part, ...row}: RawRow, findings: readonly Finding[]): RouteRow {
	const own = findings.filter(({class: of, subject, key}) => {
		if (of !== 'fault') return false;
		const isOwn = subject.kind === row.ref.kind && subject.name === row.ref.name && subject.namespace === row.ref.namespace;
		if (isOwn) return !isOfOtherEntry(key, part);
		return about.some(({kind, namespace, name}) => subject.kind === kind && subject.namespace === namespace && subject.name === name);
	});
	const graveness = own.map(({severity}) => tones[severity]);
	const tone = graveness.reduce((a, b) => worse(a, b), row.tone);
	return {...row, tone, findings: own};
}

/** A key ends with what of the object is meant: `ING_BACKEND_MISSING Ingress shop/public shop.test/`. */
function isOfOtherEntry(key: string, part: string): boolean {
	return /^(?:ING_BACKEND|ROUTE_BACKEND)/.test(key) && part !== '' && !key.endsWith(` ${part}`);
}

function countsOf(rows: readonly RouteRow[]): RoutesModel['counts'] {
	const of = (type: RouteType): number => rows.filter(row => row.type === type).length;
	return {
		Ingress: of('Ingress'),
		Gateway: of('Gateway'),
		HTTPRoute: of('HTTPRoute'),
		GRPCRoute: of('GRPCRoute'),
		LoadBalancer: of('LoadBalancer'),
		NodePort: of('NodePort'),
	};
}

function withUniqueIds(rows: readonly RouteRow[]): readonly RouteRow[] {
	const seen = new Map<string, number>();
	return rows.map(row => {
		const count = seen.get(row.id) ?? 0;
		seen.set(row.id, count + 1);
		return count === 0 ? row : {...row, id: `${row.id} #${count + 1}`};
	});
}
