import type {ClusterClient} from '../core/cluster-client.ts';
import type {ServerColumn} from '../core/feed.ts';
import type {Item} from '../core/kubernetes.ts';
import type {ResourceType} from '../core/resource-type.ts';

/** A `name` asks for that object alone; `object` mode brings whole objects with the rows. */
export type TableOptions = Readonly<{namespace?: string; name?: string; labelSelector?: string; fieldSelector?: string; mode: 'metadata' | 'object'}>;

/** Columns and rows as the server prints them, in its order. */
export type ServerTable = Readonly<{columns: readonly ServerColumn[]; items: readonly Item[]}>;

/** What one-shot output needs of a connected cluster. Every promise rejects with a ProblemError and with nothing else. */
export type PrintClient = Pick<ClusterClient, 'context' | 'feedOf' | 'get' | 'list' | 'version' | 'skewMs'> &
	Readonly<{
		/** All pages of the Table of a kind, read once. */
		table(type: ResourceType, options: TableOptions, signal: AbortSignal): Promise<ServerTable>;
	}>;
