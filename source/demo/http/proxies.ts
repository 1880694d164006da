import {numberAt, recordsAt, textAt} from '../json.ts';
import {podsBehind} from '../control-plane/endpoint-slices.ts';
import {isReady} from '../control-plane/owned-pods.ts';
import {coreDnsMetrics} from '../metrics/core-dns-metrics.ts';
import {badRequest, noSuchResource, notFound, StatusError} from '../status-error.ts';
import type {StoredObject} from '../stored-object.ts';
import type {Answer, ApiContext, KindRequest} from './api-context.ts';
import {answerNodeProxy, pageNotFound} from './node-proxy.ts';

type Target = Readonly<{scheme: string; name: string; port: string}>;

/** `[scheme:]name[:port]`, as apimachinery's SplitSchemeNamePort reads it. Throws 400. */
function targetOf(text: string, noun: string): Target {
	const parts = text.split(':');
	const [first = '', second = '', third = ''] = parts;
	if (parts.length === 1) return {scheme: '', name: first, port: ''};
	if (parts.length === 2) return {scheme: '', name: first, port: second};
	if (parts.length === 3 && ['', 'http', 'https'].includes(first)) return {scheme: first, name: second, port: third};
	throw badRequest(`invalid ${noun} request ${JSON.stringify(text)}`);
}

function unavailable(message: string): StatusError {
	return new StatusError({code: 503, reason: 'ServiceUnavailable', message});
}

/** What a pod's port says to a plain HTTP GET: CoreDNS has metrics and a health page, nothing else of the demo is known. */
function answerPort(request: KindRequest, pod: StoredObject, port: number): Answer {
	const isDns = pod.metadata.labels?.['k8s-app'] === 'kube-dns';
	const address = `${textAt(pod, 'status', 'podIP')}:${port}`;
	const {rest} = request.info;
	const plain = {'Content-Type': 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores'};
	if (!isDns || ![8080, 8181, 9153].includes(port)) throw unavailable(`error trying to reach service: dial tcp ${address}: connect: connection refused`);
	if (port === 9153 && rest === 'metrics') return {status: 200, body: coreDnsMetrics(pod, request.now), headers: plain};
	if ((port === 8080 && rest === 'health') || (port === 8181 && rest === 'ready')) return {status: 200, body: 'OK', headers: plain};
	return pageNotFound;
}

function answerPod(context: ApiContext, request: KindRequest): Answer {
	const {name, port} = targetOf(request.info.name, 'pod');
	const pod = context.cluster.get('pods', request.info.namespace, name);
	if (pod === undefined) throw notFound(request.kind, name);
	const [first] = recordsAt(pod, 'spec', 'containers').flatMap(container => recordsAt(container, 'ports'));
	if (textAt(pod, 'status', 'podIP') === '') throw badRequest('address not allowed');
	return answerPort(request, pod, port === '' ? numberAt(first, 'containerPort') : Number(port));
}

function answerService(context: ApiContext, request: KindRequest): Answer {
	const {cluster} = context;
	const {name, port} = targetOf(request.info.name, 'service');
	const service = cluster.get('services', request.info.namespace, name);
	if (service === undefined) throw notFound(request.kind, name);
	const ports = recordsAt(service, 'spec', 'ports');
	const chosen = port === '' ? ports[0] : ports.find(candidate => textAt(candidate, 'name') === port || String(numberAt(candidate, 'port')) === port);
	const [pod] = podsBehind(cluster, service).filter(isReady);
	if (pod === undefined || chosen === undefined) throw unavailable(`no endpoints available for service ${JSON.stringify(request.info.name)}`);
	const target = chosen['targetPort'];
	return answerPort(request, pod, typeof target === 'number' ? target : numberAt(chosen, 'port'));
}

/** Any `.../proxy/...`: to a kubelet, a pod or a Service, for reading. Throws 404, 503. */
export function answerProxy(context: ApiContext, request: KindRequest): Answer {
	if (request.info.verb !== 'get') throw noSuchResource();
	switch (request.kind.plural) {
		case 'nodes':
			return answerNodeProxy(context, request);
		case 'pods':
			return answerPod(context, request);
		case 'services':
			return answerService(context, request);
		default:
			throw noSuchResource();
	}
}
