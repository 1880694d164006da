import type {Catalogue} from '../../core/catalogue.ts';
import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import type {ContainerChoice} from '../../core/logs/container-choice.ts';
import type {LogPast} from '../../core/logs/log-past.ts';
import type {LogTarget} from '../../core/logs/log-target.ts';
import type {LogRange} from '../../core/logs/logs-model.ts';
import type {Scopes} from '../scope-handle.ts';

/** What the log engine needs of a connected cluster. */
export type LogsClient = Pick<ClusterClient, 'logs' | 'nodeLog' | 'get'>;

/** Whose logs, and how much of them. Whoever wants something else makes a new one: the old one ends with its last subscriber. */
export type LogsOptions = Readonly<{
	client: LogsClient;
	scopes: Scopes;
	/** The kinds of the server. */
	catalogue(): Catalogue;
	/** Tells when the catalogue is another. */
	onCatalogue?(changed: () => void): () => void;
	clock: Clock;
	/** Server time, ms since the epoch. */
	now(): number;
	/** 0 <= n < 1; spreads the tries after a failure. */
	random(): number;
	target: LogTarget;
	/** Which containers of each pod; all where missing. */
	containers?: ContainerChoice;
	/** How much of the past of the containers that are there at the start; later ones and later runs are read from their beginning. */
	range: LogRange | LogPast;
	/** The run before the current one, which has ended. */
	previous: boolean;
	/** Events of the pods are merged in. */
	events: boolean;
	/** What the ring holds at most; default 20,000 and 32 MB. */
	maxRecords?: number;
	maxBytes?: number;
}>;
