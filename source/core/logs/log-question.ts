/** One request of a container's log (`GET .../pods/{name}/log`); timestamps are always asked for. */
export type LogQuestion = Readonly<{
	namespace: string;
	pod: string;
	container: string;
	follow: boolean;
	previous: boolean;
	/** RFC 3339, whole seconds. */
	sinceTime?: string;
	sinceSeconds?: number;
	tailLines?: number;
	limitBytes?: number;
}>;

/** One request of the node log query (`GET .../nodes/{name}/proxy/logs/?query=`). Only a journal takes the options; a log file is always whole. */
export type NodeLogQuestion = Readonly<{node: string; service: string; sinceTime?: string; tailLines?: number}>;
