import type {FeedSink} from '../core/feed.ts';

/** The same sink until the signal aborts, and silence after: nobody listens any more to what is still on its way. */
export function gateSink(sink: FeedSink, signal: AbortSignal): FeedSink {
	const gate =
		<T extends readonly unknown[]>(call: (...values: T) => void) =>
		(...values: T) => {
			if (!signal.aborted) call(...values);
		};
	return {
		columns: gate(sink.columns),
		beginList: gate(sink.beginList),
		page: gate(sink.page),
		endList: gate(sink.endList),
		apply: gate(sink.apply),
		stream: gate(sink.stream),
		partial: gate(sink.partial),
	};
}
