import type {Readability} from '../check.ts';
import type {Finding} from '../finding.ts';
import type {Ref} from '../kubernetes.ts';
import type {Tone} from '../tone.ts';

export const routeTypes = ['Ingress', 'Gateway', 'HTTPRoute', 'GRPCRoute', 'LoadBalancer', 'NodePort'] as const;
export type RouteType = (typeof routeTypes)[number];

/** A short text with its meaning; `-` where there is nothing to say. */
export type RouteFact = Readonly<{text: string; tone: Tone}>;

/** One way into the cluster: a host and path, a listener, a port of a Service. */
export type RouteRow = Readonly<{
	id: string;
	type: RouteType;
	ref: Ref;
	/** Qualified plural name of its kind, to open it. */
	kind: string;
	/** The gravest of its findings; `unknown` where something could not be read. */
	tone: Tone;
	/** `shop/public`. */
	title: string;
	/** `shop.test/cart`, `203.0.113.20:443`, `*:30080`. */
	entry: string;
	/** `web:80`; `-` for a Gateway. */
	backend: string;
	/** `2/2` endpoints, `missing`, `programmed`. */
	ready: RouteFact;
	/** `61d`, `exists`, `missing`, `not read`, `-`. */
	tls: RouteFact;
	/** The class, with how many pods of its controller are ready: `nginx 2/2`. */
	served: RouteFact;
	/** What it is told about in full: class, controller, address, certificate. */
	details: readonly string[];
	findings: readonly Finding[];
}>;

/** What the Routes tab shows. */
export type RoutesModel = Readonly<{
	namespace?: string;
	rows: readonly RouteRow[];
	/** Left out by `only X`. */
	hidden: number;
	counts: Readonly<Record<RouteType, number>>;
	/** Kinds that could not be read. */
	unread: ReadonlyArray<Readonly<{kind: string; readable: Readability}>>;
	loading: readonly string[];
	/** The line under the cursor. */
	cursor?: string;
}>;

/** How the lines of the tab are named among the page's lines. */
export const routeRowPrefix = 'route:';
