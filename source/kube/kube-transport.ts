/** One request of the API server; `path` as on the wire, without the server's own prefix. */
export type KubeRequest = Readonly<{
	/** Default GET. */
	method?: string;
	path: string;
	/** An undefined value leaves the parameter out. */
	query?: Readonly<Record<string, string | undefined>>;
	/** Sent as JSON. */
	body?: unknown;
	accept: string;
	/** Which connections it takes: bulk keeps long lists from holding up short questions. */
	pool?: 'short' | 'bulk';
	timeoutMs?: number;
	/** Statuses outside 2xx that are an answer, not a problem. */
	allowStatus?: readonly number[];
	headers?: Readonly<Record<string, string>>;
}>;

export type KubeHeaders = Readonly<Record<string, string | string[] | undefined>>;
export type KubeAnswer = Readonly<{status: number; headers: KubeHeaders; body: Buffer}>;
export type KubeStream = Readonly<{status: number; headers: KubeHeaders; body: AsyncIterable<Buffer>}>;

export type KubeStreamRequest = Pick<KubeRequest, 'path' | 'query' | 'accept'> &
	Readonly<{
		/** Called when it has waited a while for a free connection. */
		queued?: () => void;
		/** How long its pieces may gather before they are delivered: to wake up for each of 40 a second costs many times what they cost together. */
		gatherMs?: number;
	}>;

/**
 * The door to one API server, as the readers of this folder use it. Rejects with a ProblemError and nothing else;
 * so does the iteration of a stream's body when the connection breaks.
 */
export type KubeTransport = Readonly<{
	request(request: KubeRequest, signal: AbortSignal): Promise<KubeAnswer>;
	/** Resolves with the head of the answer; the body follows as it comes. */
	stream(request: KubeStreamRequest, signal: AbortSignal): Promise<KubeStream>;
	/** Server time minus local time, ms; 0 until known. */
	skewMs(): number;
	/** After a suspend nothing is known of the connections: closes all of them. */
	renewConnections?(): void;
}>;
