import type {ClusterView} from '../check.ts';
import {textAt} from '../field.ts';
import type {KubeObject} from '../kubernetes.ts';
import {labelsMatch} from '../label-selector.ts';
import type {NetIngress, NetPod} from './net-objects.ts';
import {hasEnded} from './trace/cluster-index.ts';

export const classAnnotation = 'kubernetes.io/ingress.class';
export const defaultClassAnnotation = 'ingressclass.kubernetes.io/is-default-class';

/** Controllers by the name that IngressClasses call them by (`spec.controller`), and how their pods are labelled. `outside`: they run with the cloud. */
const controllers: ReadonlyArray<Readonly<{name: RegExp; title: string; labels: ReadonlyArray<Readonly<Record<string, string>>>; outside?: true}>> = [
	{
		name: /^k8s\.io\/ingress-nginx/,
		title: 'ingress-nginx',
		labels: [{'app.kubernetes.io/name': 'ingress-nginx'}, {app: 'ingress-nginx'}, {app: 'nginx-ingress'}, {'app.kubernetes.io/name': 'rke2-ingress-nginx'}],
	},
	{name: /^nginx\.org\/ingress-controller/, title: 'NGINX Ingress Controller', labels: [{'app.kubernetes.io/name': 'nginx-ingress'}, {app: 'nginx-ingress'}]},
	{name: /^traefik\.io\/ingress-controller/, title: 'Traefik', labels: [{'app.kubernetes.io/name': 'traefik'}, {app: 'traefik'}]},
	{
		name: /^haproxy(?:-ingress)?\.(?:github\.io|org)\//,
		title: 'HAProxy',
		labels: [{'app.kubernetes.io/name': 'haproxy-ingress'}, {'app.kubernetes.io/name': 'kubernetes-ingress'}, {run: 'haproxy-ingress'}],
	},
	{name: /^projectcontour\.io\//, title: 'Contour', labels: [{app: 'envoy'}, {'app.kubernetes.io/name': 'contour'}, {app: 'contour'}]},
	{
		name: /^ingress-controllers\.konghq\.com\//,
		title: 'Kong',
		labels: [{'app.kubernetes.io/name': 'kong'}, {app: 'ingress-kong'}, {'app.kubernetes.io/name': 'gateway'}],
	},
	{name: /^istio\.io\/ingress-controller/, title: 'Istio', labels: [{istio: 'ingressgateway'}]},
	{name: /^ingress\.k8s\.aws\/alb/, title: 'AWS load balancers', labels: [{'app.kubernetes.io/name': 'aws-load-balancer-controller'}], outside: true},
	{name: /^(?:k8s\.io|networking\.gke\.io)\/(?:ingress-gce|gce)/, title: 'GKE', labels: [], outside: true},
	{name: /^azure\/application-gateway/, title: 'Azure Application Gateway', labels: [{app: 'ingress-appgw'}], outside: true},
];
/** What the old annotation and classes without an object mean. */
const byClassName: Readonly<Record<string, string>> = {
	nginx: 'k8s.io/ingress-nginx',
	traefik: 'traefik.io/ingress-controller',
	haproxy: 'haproxy.org/ingress-controller',
	contour: 'projectcontour.io/contour',
	kong: 'ingress-controllers.konghq.com/kong',
	gce: 'k8s.io/ingress-gce',
	alb: 'ingress.k8s.aws/alb',
};

export type ControllerOf = Readonly<{
	/** The class by name; undefined: none is given, and there is no default one. */
	className: string | undefined;
	/** Its IngressClass; undefined: there is none of that name. */
	object: KubeObject | undefined;
	/** `k8s.io/ingress-nginx`; undefined: not known. */
	controller: string | undefined;
	/** As its users know it. */
	title: string | undefined;
	outside: boolean;
	pods: readonly NetPod[];
}>;

/** The class name of an Ingress: its field, else the old annotation, else the default class. */
export function classNameOf(view: ClusterView, ingress: NetIngress): string | undefined {
	const named = ingress.spec?.ingressClassName ?? ingress.metadata.annotations?.[classAnnotation];
	if (named !== undefined && named !== '') return named;
	return view.all('ingressclasses.networking.k8s.io').find(({metadata}) => metadata.annotations?.[defaultClassAnnotation] === 'true')?.metadata.name;
}

/** Who carries an Ingress out, as far as objects show it. */
export function controllerPods(view: ClusterView, ingress: NetIngress): ControllerOf {
	return controllerOfClass(view, classNameOf(view, ingress));
}

/** As above, for a class. */
export function controllerOfClass(view: ClusterView, className: string | undefined): ControllerOf {
	const make = (): ControllerOf => findController(view, className);
	// Hundreds of Ingresses have one class, and its pods are looked for among all.
	return view.once?.(`controller of ${className ?? ''}`, make) ?? make();
}

function findController(view: ClusterView, className: string | undefined): ControllerOf {
	const object = className === undefined ? undefined : view.all('ingressclasses.networking.k8s.io').find(({metadata}) => metadata.name === className);
	const controller = textAt(object, 'spec', 'controller') ?? (className === undefined ? undefined : byClassName[className]);
	const known = controller === undefined ? undefined : controllers.find(({name}) => name.test(controller));
	const pods = known
		? view.all<NetPod>('pods').filter(pod => !hasEnded(pod) && known.labels.some(labels => labelsMatch(labels, pod.metadata.labels ?? {})) && !isHelper(pod))
		: [];
	return {className, object, controller, title: known?.title, outside: known?.outside === true, pods};
}

/** Jobs that make certificates, default backends and svclb pods carry the same labels and pass nothing on. */
function isHelper({metadata}: NetPod): boolean {
	const component = metadata.labels?.['app.kubernetes.io/component'];
	return (
		component === 'admission-webhook' ||
		component === 'default-backend' ||
		metadata.ownerReferences?.some(({kind}) => kind === 'Job') === true ||
		metadata.name.startsWith('svclb-')
	);
}
