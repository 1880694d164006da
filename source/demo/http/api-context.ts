import type {IncomingHttpHeaders} from 'node:http';
import type {DemoCluster} from '../cluster.ts';
import type {Fault} from '../faults.ts';
import type {DemoKind} from '../kind.ts';
import type {DemoUser} from '../rbac.ts';
import type {LogBook} from '../logs/log-book.ts';
import type {Rendering} from '../rendering.ts';
import type {RequestInfo} from './request-info.ts';
import type {Snapshots} from './snapshots.ts';

/** What every handler works on. */
export type ApiContext = Readonly<{cluster: DemoCluster; rendering: Rendering; snapshots: Snapshots; logs: LogBook}>;

/** One request that has been let in. */
export type ApiRequest = Readonly<{
	method: string;
	url: URL;
	headers: IncomingHttpHeaders;
	body: string;
	user: DemoUser;
	/** The server's time as this request sees it: a lying clock is included. */
	now: number;
	faults: readonly Fault[];
}>;

/** One that names a kind the server has. */
export type KindRequest = ApiRequest & Readonly<{info: Extract<RequestInfo, {isResource: true}>; kind: DemoKind}>;

export type Answer = Readonly<{status: number; body: string; headers?: Readonly<Record<string, string>>}>;
