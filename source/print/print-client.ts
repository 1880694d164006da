import type {ClusterClient} from '../core/cluster-client.ts';

/** What one-shot output needs of a connected cluster. */
export type PrintClient = Pick<ClusterClient, 'context' | 'feedOf' | 'get' | 'list' | 'skewMs' | 'table' | 'version'>;
