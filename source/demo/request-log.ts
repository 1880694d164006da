/** One request as the server saw it. */
export type SeenRequest = {
	readonly method: string;
	/** Path and query. */
	readonly url: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly user: string;
	readonly userAgent: string;
	readonly at: number;
	/** undefined until it is answered. */
	status: number | undefined;
	isOpen: boolean;
};

export type RequestLog = Readonly<{
	add(request: SeenRequest): void;
	/** The requests seen, oldest first; at most the last 10,000. */
	all(): readonly SeenRequest[];
	clear(): void;
}>;

const capacity = 10_000;

export function createRequestLog(): RequestLog {
	let seen: SeenRequest[] = [];
	return {
		add(request) {
			seen.push(request);
			if (seen.length > 2 * capacity) seen = seen.slice(-capacity);
		},
		all: () => seen.slice(-capacity),
		clear() {
			seen = [];
		},
	};
}
