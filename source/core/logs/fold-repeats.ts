import type {LineEntry} from './log-entry.ts';
import type {UnderstoodLine} from './understand-line.ts';

/** As far back as this many rows a source's line is counted where it stands; further back the eye would not find it. */
const reach = 16;

/** Does a line say the same as the newest entry of its source, near enough to be counted there? Its own time in the line may differ. */
export function isRepeat(entry: LineEntry, understood: UnderstoodLine, newestOrder: number): boolean {
	const before = entry.understood;
	return (
		newestOrder - entry.order <= reach &&
		before.message === understood.message &&
		before.level === understood.level &&
		before.format === understood.format &&
		before.fields.length === understood.fields.length &&
		before.fields.every(([name, value], index) => understood.fields[index]?.[0] === name && understood.fields[index]?.[1] === value)
	);
}
